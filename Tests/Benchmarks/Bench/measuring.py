"""Commands run and measured: wall time, CPU seconds and peak memory as the kernel counts them."""

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import Callable


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
    """Runs the commands at the same time; each has to end with `status`.

    The kernel counts the memory of a process from the moment it is forked, so that nothing shows less than this
    script itself, some 25 MB.
    """
    use = Use()
    with open(os.devnull, "wb") as nothing, open(os.devnull, "rb") as no_input:
        start = time.perf_counter()
        running = []
        for command in commands:
            stdout = subprocess.PIPE if silent else nothing
            running.append(
                subprocess.Popen(command, stdin=no_input, stdout=stdout, stderr=subprocess.PIPE, close_fds=True)
            )
        for process, command in zip(running, commands):
            said = process.stderr.read()
            printed = process.stdout.read() if silent else b""
            _, code, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(code)
            process.stderr.close()
            use.cpu += usage.ru_utime + usage.ru_stime
            use.memory += usage.ru_maxrss / 1024
            if process.returncode != status:
                what = " ".join(command[:6])
                raise Failed(f"{what} ... ended with {process.returncode}:\n{said.decode(errors='replace')[-2000:]}")
            if silent and said + printed:
                raise Failed(f"{' '.join(command[:6])} ... is not silent: {(said + printed).decode(errors='replace')}")
        use.wall = time.perf_counter() - start
    return use


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
