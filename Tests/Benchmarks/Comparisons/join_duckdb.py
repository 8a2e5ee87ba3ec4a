# SPDX-License-Identifier: Apache-2.0
"""The smaller job with DuckDB: mutations joined with the exported rules by gene and change, one TSV a sample.

No copy number, fusions, tumor types or weighing of evidence: what a short script does.

    join_duckdb.py RULES.tsv OUT [--one-table] MAF...
"""

import os
import sys

import duckdb

ONE_TABLE = "--one-table" in sys.argv
RULES, OUT, *MAFS = [argument for argument in sys.argv[1:] if argument != "--one-table"]

PLAIN = "delim = '\t', header = true, quote = '', escape = '', all_varchar = true, auto_detect = false"


def columns(path):
    """The names of a table's columns, so that nothing has to be guessed from the rows."""
    import gzip

    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt") as lines:
        for line in lines:
            if not line.startswith("#"):
                names = line.rstrip("\n").split("\t")
                return "columns = {" + ", ".join(f"'{name}': 'VARCHAR'" for name in names) + "}"


os.makedirs(OUT)
target = f"'{OUT}/therapies.tsv' (FORMAT csv, DELIMITER '\t', HEADER true)"
if not ONE_TABLE:
    target = f"'{OUT}' (FORMAT csv, DELIMITER '\t', HEADER true, PARTITION_BY (sample), OVERWRITE_OR_IGNORE true)"
duckdb.sql("SET preserve_insertion_order = false")
duckdb.execute(
    f"""
    COPY (
      SELECT
        maf.Tumor_Sample_Barcode AS sample, maf.Hugo_Symbol, maf.HGVSp_Short, maf.Variant_Classification,
        maf.t_alt_count, maf.t_depth, rule.rule_id, rule.agents, rule.direction, rule.level, rule.reference
      FROM read_csv(?, comment = '#', {PLAIN}, {columns(MAFS[0])}) AS maf
      JOIN read_csv(?, comment = '', {PLAIN}, {columns(RULES)}) AS rule
        ON rule.gene = maf.Hugo_Symbol AND rule.alteration_spec = maf.HGVSp_Short
      ORDER BY sample, maf.Hugo_Symbol, maf.HGVSp_Short, rule.rule_id
    ) TO {target}
    """,
    [MAFS, RULES],
)
