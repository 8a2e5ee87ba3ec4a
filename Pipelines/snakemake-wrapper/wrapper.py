# SPDX-License-Identifier: Apache-2.0
"""Snakemake wrapper for oncomatch run."""

__license__ = "Apache-2.0"

from snakemake.shell import shell

log = snakemake.log_fmt_shell(stdout=True, stderr=True)
extra = snakemake.params.get("extra", "")

# The folder of the reports is the output, or the folder of the tables that the rule names.
out = snakemake.output.get("reports")
if out is None:
    tables = list(snakemake.output)
    folders = {table.rpartition("/")[0] for table in tables}
    if len(folders) != 1:
        raise ValueError("all outputs of a rule with oncomatch have to lie in one folder")
    out = folders.pop() or "."

inputs = snakemake.input.get("files") or [
    file
    for file in snakemake.input
    if file not in (snakemake.input.get("samples"), snakemake.input.get("settings"), snakemake.input.get("panel"))
    and file not in (snakemake.input.get("tables") or [])
]
if isinstance(inputs, str):
    inputs = [inputs]

options = []
for name in ("samples", "settings", "panel"):
    if snakemake.input.get(name):
        options += [f"--{name}", snakemake.input.get(name)]
tables = snakemake.input.get("tables") or []
for table in [tables] if isinstance(tables, str) else tables:
    options += ["--table", table]
if snakemake.params.get("tumor_type"):
    options += ["--tumor-type", snakemake.params.tumor_type]

# 3: some samples failed; they are named in the log and in samples.tsv, and would fail again.
shell(
    "(oncomatch run {inputs:q} {options:q} --jobs {snakemake.threads} {extra} --out {out:q}"
    " || test $? -eq 3) {log}"
)
