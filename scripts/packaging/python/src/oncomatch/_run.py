# SPDX-License-Identifier: Apache-2.0
"""Reports for files and folders."""
from __future__ import annotations

import dataclasses
import os
import pathlib
from collections.abc import Mapping, Sequence
from typing import Any

from . import _program
from ._errors import Fault, SamplesFailed, error
from ._frames import FrameKind
from ._program import Path
from ._read import Tables, read


@dataclasses.dataclass(frozen=True)
class Output:
    """What a run left behind."""

    #: The output folder.
    folder: pathlib.Path
    #: 0, or 3 where samples failed and that was allowed.
    exit_code: int
    #: The events of the program's log, as `oncomatch schema log` describes them.
    events: Sequence[Mapping[str, Any]] = dataclasses.field(repr=False)
    #: Why samples failed, by their identifiers.
    failed: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def summary(self) -> Mapping[str, Any]:
        """The last event: counts, seconds, versions."""
        return next((event for event in reversed(self.events) if event["type"] == "summary"), {})

    def read(self, *, frame: FrameKind | None = None) -> Tables:
        """The tables."""
        return read(self.folder, frame=frame)


def run(
    inputs: Path | Sequence[Path],
    out: Path,
    *,
    samples: Path | None = None,
    tumor_type: str | None = None,
    settings: Path | None = None,
    tables: Path | Sequence[Path] | None = None,
    builtin_table: bool = True,
    panel: Path | None = None,
    genome: str | None = None,
    regulator: str | None = None,
    formats: str | Sequence[str] | None = None,
    sample_files: bool = True,
    jobs: int | None = None,
    quiet_time: int | None = None,
    force: bool = False,
    strict: bool = False,
    prune: bool = False,
    allow_failed: bool = False,
    options: Sequence[str] = (),
) -> Output:
    """Reads samples, matches them and writes reports, as `oncomatch run` does.

    Args:
        inputs: Files, sample folders, or folders of these.
        out: The folder to write; a run with nothing new leaves it as it is.
        formats: "tsv", "json", "html", "fhir", "multiqc", "cbioportal".
        allow_failed: Whether samples that fail are no exception; `Output.failed` names them.
        options: Further options of the command, one word an item.

    Raises:
        SamplesFailed: The run is complete, and some samples failed.
        OncomatchError: Another of its kinds; nothing or only a part was written.
    """
    words = [os.fspath(inputs)] if isinstance(inputs, (str, os.PathLike)) else [os.fspath(item) for item in inputs]
    folder = pathlib.Path(out)
    arguments = [
        word
        for name, value in (
            ("out", folder),
            ("samples", samples),
            ("tumor-type", tumor_type),
            ("settings", settings),
            ("table", tables),
            ("no-builtin-table", not builtin_table),
            ("panel", panel),
            ("genome", genome),
            ("regulator", regulator),
            ("formats", formats if formats is None or isinstance(formats, str) else ",".join(formats)),
            ("no-sample-files", not sample_files),
            ("jobs", jobs),
            ("quiet-time", quiet_time),
            ("force", force),
            ("strict", strict),
            ("prune", prune),
        )
        for word in _program.option(name, value)
    ]
    done = _program.call("run", "--log-format=json", *arguments, *options, "--", *words, check=False)
    events = _program.log(done.stderr)
    failed = {event["sample_id"]: event["reason"] for event in events if event["type"] == "failed"}
    output = Output(folder, done.returncode, events, failed)
    if done.returncode == 0 or done.returncode == 3 and allow_failed:
        return output
    faults = _program.faults(events)
    if failed and (folder / "rejected.tsv").exists():
        # Where each of them went wrong stands in the table of what could not be read.
        faults += [Fault.of(row) for row in read(folder, frame="rows").rejected]
    said = [_program.messages(events), *(f"sample {name} failed: {reason}" for name, reason in failed.items())]
    message = "\n".join(line for line in said if line)
    if done.returncode == 3:
        raise SamplesFailed(message, 3, faults, output)
    raise error(done.returncode, faults, message)
