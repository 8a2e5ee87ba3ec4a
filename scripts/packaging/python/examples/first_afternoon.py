# SPDX-License-Identifier: Apache-2.0
# %% [markdown]
# # A first afternoon with oncomatch
#
# The cells of this file run one after the other, in Jupyter, in an editor that knows `# %%`, or as a script:
#
#     pip install oncomatch polars
#     python first_afternoon.py SampleData

# %%
import pathlib
import sys
import tempfile

import oncomatch
import polars as pl

samples = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "SampleData")
out = pathlib.Path(tempfile.mkdtemp()) / "reports"

# %% [markdown]
# ## One tumor in words

# %%
answer = oncomatch.query("LUAD", ["EGFR p.L858R", "TP53 p.R175H"])
print(answer.options.select("rank", "therapy", "tier", "standing").head(5))
print(answer.remarks)

# %% [markdown]
# ## A cohort
#
# A run that finds nothing new does nothing, so this cell may be run again and again.

# %%
output = oncomatch.run(samples, out)
tables = output.read()
print(tables)
print(tables.options.select("sample_id", "rank", "therapy", "tier", "because").head())

# %% [markdown]
# ## How many samples have which best tier?

# %%
best = tables.samples.group_by("highest_tier").len().sort("highest_tier")
print(best)
assert best["len"].sum() == tables.samples.height

# %% [markdown]
# ## Options with their evidence
#
# Keys are those of datapackage.json; the two tables join on them.

# %%
key = list(tables.primary_key("options"))
evidence = tables.options.join(tables.therapies, on=key, how="inner", suffix="_of_row")
print(evidence.select(*key, "verdict", "rule_id", "references_of_row").head())
assert evidence.height >= tables.options.height

# %% [markdown]
# ## What goes wrong is said, with its place

# %%
bad = out.parent / "cohort" / "CUT"
bad.mkdir(parents=True)
(bad / "calls.maf.gz").write_bytes((samples / "LMS-01" / "LMS-01.maf.gz").read_bytes()[:100])
try:
    oncomatch.run(bad.parent, out.parent / "other")
except oncomatch.OncomatchError as fault:
    print(type(fault).__name__, fault.exit_code, fault.file, fault.line, fault.problem)
else:
    raise SystemExit("a file that is cut was read")

# %%
print(tables.options.filter(pl.col("group") == "opened").height, "therapies are open to someone")
