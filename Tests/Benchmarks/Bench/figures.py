# SPDX-License-Identifier: Apache-2.0
"""What was measured as a table for a terminal and as a page of the documentation."""

from dataclasses import dataclass, field

from measuring import Job


@dataclass
class Row:
    """A job and its goal; no job where instructions were counted and not time."""

    job: str
    measured: Job | None
    target: str = ""
    reached: str = ""
    met: bool | None = None

    def cells(self, judged: bool) -> list[str]:
        verdict = "" if self.met is None else "-" if not judged else "ok" if self.met else "miss"
        words = [self.job, self.target, self.reached, verdict]
        if self.measured is None:
            return [*words, "", "", ""]
        use = self.measured.use
        digits = 3 if use.wall < 0.1 else 2
        return [
            *words,
            f"{use.wall:.{digits}f}",
            f"{use.cpu:.{digits}f}",
            f"{use.memory:.0f}",
        ]


def at_most(job: Job, floor: Job, limit: float, name: str, what: str) -> Row:
    ratio = job.ratio(floor)
    return Row(name, job, f"at most {limit:g} x {what}", f"{ratio:.2f} x", ratio <= limit)


def faster(job: Job, other: Job, limit: float, name: str, what: str) -> Row:
    ratio = other.ratio(job)
    return Row(name, job, f"at least {limit:g} x faster than {what}", f"{ratio:.1f} x", ratio >= limit)


def seconds_at_most(job: Job, limit: float, name: str, extra: str = "") -> Row:
    wall = job.use.wall
    text = f"{wall * 1000:.0f} ms" if limit < 0.1 else f"{wall:.2f} s"
    goal = f"at most {limit * 1000:.0f} ms" if limit < 0.1 else f"at most {limit:g} s"
    return Row(name, job, goal + extra, text, wall <= limit)


def memory_at_most(job: Job, limit: float, name: str) -> Row:
    memory = job.use.memory
    return Row(name, job, f"memory at most {limit:g} MB", f"{memory:.0f} MB", memory <= limit)


HEADER = ["job", "target", "reached", "", "wall s", "CPU s", "MB"]


@dataclass
class Part:
    """The figures of one part of the benchmark."""

    title: str
    data: str
    rows: list[Row] = field(default_factory=list)
    staged: list[tuple[str, Job]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def text_of(parts: list[Part], judged: bool) -> str:
    lines = []
    for part in parts:
        cells = [HEADER] + [row.cells(judged) for row in part.rows]
        widths = [max(len(row[column]) for row in cells) for column in range(len(HEADER))]
        lines += ["", f"{part.title}: {part.data}", ""]
        for row in cells:
            padded = [cell.ljust(width) if at < 4 else cell.rjust(width) for at, (cell, width) in enumerate(zip(row, widths))]
            lines.append("  " + "  ".join(padded).rstrip())
        for name, job in part.staged:
            lines.append(f"  stages of {name}: " + ", ".join(f"{stage} {value:.2f}" for stage, value in stages(job)))
        lines += [f"  left out: {reason}" for reason in part.left_out]
    return "\n".join(lines)


def stages(job: Job) -> list[tuple[str, float]]:
    """The medians of seconds of each stage, summed over workers."""
    names = job.stages[0].keys() if job.stages else []
    middle = len(job.stages) // 2
    return [(name, sorted(run[name] for run in job.stages)[middle]) for name in names]


def markdown_of(parts: list[Part], machine: list[tuple[str, str]], runs: int) -> str:
    lines = [
        "# Performance",
        "",
        "What a run costs compared with unzipping and copying, and with short scripts that do a smaller job.",
        "",
        "## Overview",
        "",
        "`scripts/bench` makes the files from a seed, runs every job on the same files, one after the other,",
        f"{runs} times, and writes this page. A ratio is the median over the rounds; the two jobs of a round run one right",
        "after the other. Seconds differ from machine to machine. The Polars and DuckDB scripts",
        "(`Tests/Benchmarks/Comparisons`) join genes and changes with the exported rules and weigh nothing; they read no",
        "copy number, fusions or tumor types. For a job that writes files for each sample, the floor is to unzip its input",
        "with two processes of `igzip -dc` and to copy the finished output with `cp -r`. No job shows less memory than the",
        "process that starts it, about 10 MB.",
        "",
        "## Machine",
        "",
        "| | |",
        "|---|---|",
    ]
    lines += [f"| {name} | {value} |" for name, value in machine]
    for part in parts:
        lines += ["", f"## {part.title}", "", f"{part.data}.", ""]
        lines += ["| " + " | ".join(HEADER) + " |", "|---|---|---|---|---:|---:|---:|"]
        lines += ["| " + " | ".join(row.cells(True)) + " |" for row in part.rows]
        if any(job.stages for _, job in part.staged):
            names = [stage for stage, _ in stages(part.staged[0][1])]
            lines += ["", "Seconds by stage, summed over the workers:", ""]
            lines += ["| | " + " | ".join(names) + " |", "|---|" + "---:|" * len(names)]
            for name, job in part.staged:
                lines.append(f"| {name} | " + " | ".join(f"{value:.2f}" for _, value in stages(job)) + " |")
        if part.left_out:
            lines += ["", "Left out: " + "; ".join(part.left_out) + "."]
    return "\n".join(lines) + "\n"
