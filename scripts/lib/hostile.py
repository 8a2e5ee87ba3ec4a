#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a cohort whose names and values try to become markup, formulas, paths or ends of lines.

    hostile.py DIR
"""
import gzip
import pathlib
import sys

HEADER = "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\tt_alt_count\tt_ref_count\n"
NAMES = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'; DROP TABLE samples; --", "=cmd|'/C calc'!A0",
    "+1+1", "@SUM(1)", "-2+3", "../../up", "/etc/passwd", "a b%2Fc#d?e", "NA", "007", "TRUE", "1e3", "None",
    "a\u202Eb", "\u00e9\u4e2d\U0001F9EC", "x" * 200, "\"", "&amp;",
]


def main(folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True)
    rows = HEADER
    for name in NAMES:
        rows += f"EGFR\tMissense_Mutation\t{name}\tp.L858R\t30\t70\n"
        rows += f"EGFR\tMissense_Mutation\t{name}\tp.T790M\t10\t90\n"
        rows += f"<b>{name}</b>\tMissense_Mutation\t{name}\tp.A5T\t1\t9\n"
        rows += f"KIT\t<i>{name}</i>\t{name}\t<script>{name}\t1\t9\n"
        rows += f"2-Sep\tMissense_Mutation\t{name}\tp.A5T\t1\t9\n"
    (folder / "cohort.maf").write_text(rows, encoding="utf-8")
    sheet = "sample_id\tpatient_id\ttumor_type\tsite\tprior_therapy\n"
    for number, name in enumerate(NAMES):
        sheet += f"{name}\t<u>{name}\t{['LUAD', '<script>type'][number % 2]}\t<b>{name}\tgefitinib;<b>{name}\n"
    (folder / "sheet.tsv").write_text(sheet, encoding="utf-8")
    broken = folder / "CUT <b>" / "m.maf.gz"
    broken.parent.mkdir()
    broken.write_bytes(gzip.compress((HEADER + "KIT\tMissense_Mutation\tCUT\tp.V559D\t1\t1\n").encode() * 9)[:-20])
    # A table of one's own, its free fields hostile too; in a hidden folder it is no file of a sample.
    table = folder / ".table" / "rules.txt"
    table.parent.mkdir()
    evil = "<script>alert('rule')</script>\"&"
    columns = ["rule_id", "gene", "event_class", "alteration_spec", "oncotree_include", "agents", "direction", "level",
               "reference", "note"]
    table.write_text(
        "\t".join(columns) + "\n" + "\t".join(
            ["X1", "EGFR", "MUT", "p.L858R", "ANY", "selumetinib", "sensitivity", "C", "PMID:1", evil]) + "\n",
        encoding="utf-8")
    return 0


sys.exit(main(*sys.argv[1:]))
