# SPDX-License-Identifier: Apache-2.0
"""Commands run and measured: wall time, CPU seconds and peak memory as the kernel counts them."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

LAUNCHER = Path(__file__).resolve().parent / "launch.py"


@dataclass
class Use:
    """What commands took."""

    wall: float = 0  # seconds
    cpu: float = 0  # seconds, user and system
    memory: float = 0  # MB at the peak; of commands that run at once, the sum

    def then(self, later: "Use") -> "Use":
        return Use(self.wall + later.wall, self.cpu + later.cpu, max(self.memory, later.memory))


class Failed(Exception):
    """A command ended as it should not."""


def at_once(*commands: list[str], status: int = 0, silent: bool = False) -> Use:
    """Runs the commands at the same time; each has to end with `status`, and to print nothing if `silent`."""
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as figures:
        report = figures.fileno()
        launcher = ["sh", "-c", f'exec "$@" 3>&{report}', "sh", sys.executable, "-I", "-S", str(LAUNCHER)]
        subprocess.run(
            launcher,
            input=json.dumps(commands).encode(),
            stdout=printed if silent else subprocess.DEVNULL,
            stderr=said,
            pass_fds=[report],
            check=True,
        )
        texts = []
        for file in (said, printed, figures):
            file.seek(0)
            texts.append(file.read())
    complaints = b"".join(texts[:2]).decode(errors="replace")
    wall, ended = json.loads(texts[2])
    for command, (code, _, _) in zip(commands, ended):
        if code != status:
            raise Failed(f"{' '.join(command[:6])} ... ended with {code}:\n{complaints[-2000:]}")
        if silent and complaints:
            raise Failed(f"{' '.join(command[:6])} ... is not silent: {complaints[-2000:]}")
    return Use(wall, sum(cpu for _, cpu, _ in ended), sum(memory for _, _, memory in ended) / 1024)


@dataclass
class Job:
    """One thing to measure, several times."""

    name: str
    work: Callable[[], Use]
    prepare: Callable[[], None] = lambda: None
    check: Callable[[], None] = lambda: None
    uses: list[Use] = field(default_factory=list)
    stages: list[dict[str, float]] = field(default_factory=list)

    def once(self) -> None:
        self.prepare()
        # What earlier jobs wrote is not left for this one to wait for.
        os.sync()
        self.uses.append(self.work())
        self.check()

    @property
    def use(self) -> Use:
        """The medians."""
        return Use(*(statistics.median(getattr(use, part) for use in self.uses) for part in ("wall", "cpu", "memory")))

    def ratio(self, floor: "Job", part: str = "wall") -> float:
        """The median of the ratios of each round, as a machine's pace drifts from round to round."""
        return statistics.median(
            getattr(use, part) / getattr(other, part) for use, other in zip(self.uses, floor.uses)
        )


def rounds(jobs: list[Job], runs: int, progress: str) -> None:
    """Runs all jobs one after the other, `runs` times."""
    for number in range(runs):
        if sys.stderr.isatty():
            print(f"\r{progress}: round {number + 1} of {runs} ", end="", file=sys.stderr, flush=True)
        for job in jobs:
            job.once()
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)
