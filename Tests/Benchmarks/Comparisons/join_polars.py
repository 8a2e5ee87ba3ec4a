# SPDX-License-Identifier: Apache-2.0
"""The smaller job with Polars: mutations joined with the exported rules by gene and change, one TSV a sample.

No copy number, fusions, tumor types or weighing of evidence: what a short script does.

    join_polars.py RULES.tsv OUT [--one-table] MAF...
"""

import os
import sys

import polars as pl

ONE_TABLE = "--one-table" in sys.argv
RULES, OUT, *MAFS = [argument for argument in sys.argv[1:] if argument != "--one-table"]

KEPT = ["Tumor_Sample_Barcode", "Hugo_Symbol", "HGVSp_Short", "Variant_Classification", "t_alt_count", "t_depth"]
PLAIN = dict(separator="\t", quote_char=None, infer_schema=False)

rules = (
    pl.scan_csv(RULES, **PLAIN)
    .select("rule_id", "gene", "alteration_spec", "agents", "direction", "level", "reference")
    .filter(pl.col("alteration_spec").str.starts_with("p."))
)
matches = (
    pl.scan_csv(MAFS, comment_prefix="#", **PLAIN)
    .select(KEPT)
    .join(rules, left_on=["Hugo_Symbol", "HGVSp_Short"], right_on=["gene", "alteration_spec"])
    .collect(engine="streaming")
    .sort("Tumor_Sample_Barcode", "Hugo_Symbol", "HGVSp_Short", "rule_id")
)

os.makedirs(OUT)
if ONE_TABLE:
    matches.write_csv(f"{OUT}/therapies.tsv", separator="\t")
else:
    for (sample,), rows in matches.partition_by("Tumor_Sample_Barcode", as_dict=True).items():
        os.mkdir(f"{OUT}/{sample}")
        rows.write_csv(f"{OUT}/{sample}/{sample}.therapies.tsv", separator="\t")
