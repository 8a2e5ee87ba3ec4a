# SPDX-License-Identifier: Apache-2.0
"""Counts the instructions of a run with Valgrind and compares them with figures kept beside this file.

Seconds depend on the machine and on what else it does; instructions of the same program on the same files are the same
to a thousandth, so that a change that makes the program slower is seen on a busy machine too.
"""

import json
import re
import shutil
import subprocess
from pathlib import Path

KEPT = Path(__file__).resolve().parent.parent / "instructions.json"
ALLOWED = 1.05
# Samples of the smaller and of the larger run: what both have in common is the start of the program.
SAMPLES = (50, 100)


COHORT_TABLES = ["--jobs", "1", "--formats", "tsv", "--no-sample-files"]
QUESTION = ["query", "--tumor-type", "LUAD", "EGFR p.L858R"]


class Unable(Exception):
    """The count cannot be made here."""


def stripped(binary: str, work: Path) -> Path:
    """The program without the names that a debugger shows: Valgrind would read all of them, which takes longer than a run."""
    place = work / "oncomatch-stripped"
    subprocess.run(["strip", "--strip-debug", "-o", str(place), binary], check=True)
    return place


def counted(binary: Path | str, arguments: list[str]) -> int:
    """Instructions of one run, in the program and its libraries, not in the kernel."""
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", str(binary), *arguments]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode != 0 or not found:
        raise Unable(f"{' '.join(command)} ends with {done.returncode}: {done.stderr[-1000:]}")
    return int(found[1])


def measure(binary: str, samples, work: Path) -> dict[str, int]:
    """What a start costs and what each further sample costs; `samples` makes the files of a number of samples."""
    for tool, package in (("valgrind", "valgrind"), ("strip", "binutils")):
        if not shutil.which(tool):
            raise Unable(f"{tool} is missing (Debian package {package})")
    program = stripped(binary, work)
    totals = []
    for count in SAMPLES:
        out = work / f"out-{count}"
        totals.append(counted(program, ["run", str(samples(count)), "--out", str(out), *COHORT_TABLES]))
    sample = (totals[1] - totals[0]) // (SAMPLES[1] - SAMPLES[0])
    return {
        "cohort tables, a sample": sample,
        "cohort tables, start": totals[0] - SAMPLES[0] * sample,
        "query": counted(program, QUESTION),
        "--version": counted(program, ["--version"]),
    }


def compare(found: dict[str, int], record: bool) -> bool:
    """Prints what was counted beside what is kept; whether nothing grew by more than is allowed."""
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    fine = True
    print(f"{'millions of instructions':28} {'now':>9} {'kept':>9} {'ratio':>6}")
    for name, count in found.items():
        before = kept.get(name)
        ratio = count / before if before else None
        grew = ratio is None or ratio > ALLOWED
        fine = fine and not grew
        shown = f"{before / 1e6:9.2f} {ratio:6.3f}{'  grew' if grew else ''}" if before else f"{'none':>9}"
        print(f"{name:28} {count / 1e6:9.2f} {shown}")
    if record:
        KEPT.write_text(json.dumps(found, indent=2) + "\n")
        return True
    if not fine:
        print(f"bench: more than {ALLOWED:g} times the figures of {KEPT.name}; where it is meant: --instructions --record")
    return fine
