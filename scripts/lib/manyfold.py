#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes samples with many findings, whose reports have hundreds of rows: manyfold.py DIR."""
import pathlib
import sys

MISSENSE = "Missense_Mutation"
# Tumor type, mutations (gene, class, change) and copy numbers of each sample.
SAMPLES = {
    "MANY-LUAD": (
        "LUAD",
        [("EGFR", MISSENSE, "p.L858R"), ("EGFR", MISSENSE, "p.T790M"), ("EGFR", MISSENSE, "p.C797S"),
         ("BRAF", MISSENSE, "p.V600E"), ("KRAS", MISSENSE, "p.G12C"), ("PIK3CA", MISSENSE, "p.E545K"),
         ("MET", "Splice_Site", "p.X1010_splice"), ("TP53", MISSENSE, "p.R248Q")],
        {"MET": 2, "ERBB2": 2, "PTEN": -2}),
    "MANY-ULMS": (
        "ULMS",
        [("TP53", MISSENSE, "p.R175H"), ("PIK3CA", MISSENSE, "p.H1047R"), ("ATRX", "Nonsense_Mutation", "p.R1426*"),
         ("MED12", MISSENSE, "p.G44D")],
        {"BRCA2": -2, "RB1": -2, "PTEN": -2, "CDKN2A": -2, "MYOCD": 2, "KIT": 0}),
}


def main(folder):
    root = pathlib.Path(folder)
    root.mkdir(parents=True)
    sheet = ["sample_id\ttumor_type"]
    for name, (tumor_type, mutations, copies) in SAMPLES.items():
        sheet.append(f"{name}\t{tumor_type}")
        place = root / name
        place.mkdir()
        rows = [f"{gene}\t{kind}\t{change}\t{name}\t40\t60" for gene, kind, change in mutations]
        header = "Hugo_Symbol\tVariant_Classification\tHGVSp_Short\tTumor_Sample_Barcode\tt_alt_count\tt_ref_count"
        (place / "mutations.maf").write_text("\n".join([header] + rows) + "\n", encoding="utf-8")
        rows = [f"{gene}\t{name}\t{value}" for gene, value in copies.items()]
        (place / "copies.tsv").write_text("\n".join(["Hugo_Symbol\tSample_Id\tValue"] + rows) + "\n", encoding="utf-8")
    (root / "clinical.tsv").write_text("\n".join(sheet) + "\n", encoding="utf-8")


main(sys.argv[1])
