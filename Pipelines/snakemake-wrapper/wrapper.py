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



def listed(value):
    """An input of one file or of several as a list."""
    return [] if not value else [value] if isinstance(value, str) else list(value)


named = {name: listed(snakemake.input.get(name)) for name in ("samples", "settings", "panel", "tables")}
taken = {file for files in named.values() for file in files}
inputs = listed(snakemake.input.get("files")) or [file for file in snakemake.input if file not in taken]

options = [word for name in ("samples", "settings", "panel") for file in named[name] for word in (f"--{name}", file)]
options += [word for file in named["tables"] for word in ("--table", file)]
if snakemake.params.get("tumor_type"):
    options += ["--tumor-type", snakemake.params.tumor_type]

# 3: some samples failed; they are named in the log and in samples.tsv, and would fail again.
shell(
    "(oncomatch run {inputs:q} {options:q} --jobs {snakemake.threads} {extra} --out {out:q}"
    " || test $? -eq 3) {log}"
)
