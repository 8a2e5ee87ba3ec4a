# SPDX-License-Identifier: Apache-2.0
"""The tables of an output folder."""
from __future__ import annotations

import dataclasses
import functools
import json
import pathlib
from typing import Any

from . import _frames
from ._errors import Fault, InputError
from ._frames import Frame, FrameKind
from ._program import Path


@dataclasses.dataclass(frozen=True)
class ForeignKey:
    """Columns of a table that name rows of another."""

    columns: tuple[str, ...]
    table: str
    referenced: tuple[str, ...]


class Tables:
    """The tables of an output folder, each read when it is first asked for."""

    def __init__(self, folder: Path, kind: FrameKind) -> None:
        self.folder = pathlib.Path(folder)
        self.kind = kind
        path = self.folder / "datapackage.json"
        try:
            #: datapackage.json.
            self.package: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as fault:
            problem = f"is no output folder of oncomatch ({fault})"
            raise InputError(f"{self.folder}: {problem}", 66, [Fault(str(path), None, "", "", problem)]) from fault
        self._resources = {item["name"].replace("-", "_"): item for item in self.package["resources"]}
        self._frames: dict[str, Frame] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the tables that are there."""
        return tuple(self._resources)

    def __getitem__(self, name: str) -> Frame:
        if name not in self._frames:
            resource = self._resources[name]
            text = (self.folder / resource["path"]).read_bytes().decode("utf-8")
            self._frames[name] = _frames.frame(text, resource["schema"]["fields"], self.kind)
        return self._frames[name]

    def primary_key(self, name: str) -> tuple[str, ...]:
        """The columns that name a row of a table; none where it has no such."""
        return tuple(self._resources[name]["schema"].get("primaryKey", ()))

    def foreign_keys(self, name: str) -> tuple[ForeignKey, ...]:
        """The columns of a table that name rows of others."""
        return tuple(
            ForeignKey(
                tuple(key["fields"]),
                key["reference"]["resource"].replace("-", "_"),
                tuple(key["reference"]["fields"]),
            )
            for key in self._resources[name]["schema"].get("foreignKeys", ())
        )

    @property
    def options(self) -> Frame:
        """One row for each sample, tumor type and therapy: the answer, best first."""
        return self["options"]

    @property
    def therapies(self) -> Frame:
        """The evidence: one row for each sample, match and therapy."""
        return self["therapies"]

    @property
    def alterations(self) -> Frame:
        """Every alteration kept, matched or not."""
        return self["alterations"]

    @property
    def samples(self) -> Frame:
        """One row for each sample, matched or not."""
        return self["samples"]

    @property
    def agents(self) -> Frame:
        """One row for each agent, sample and tumor type."""
        return self["agents"]

    @property
    def rejected(self) -> Frame:
        """Rows and files that could not be read."""
        return self["rejected"]

    @property
    def changes(self) -> Frame:
        """What changed since the run before."""
        return self["changes"]

    @functools.cached_property
    def run(self) -> dict[str, Any]:
        """run.json."""
        return dict(json.loads((self.folder / "run.json").read_text(encoding="utf-8")))

    def report(self, sample: str) -> dict[str, Any]:
        """The JSON report of a sample."""
        path = self.folder / "samples" / sample / f"{sample}.report.json"
        return dict(json.loads(path.read_text(encoding="utf-8")))

    def __repr__(self) -> str:
        return f"<oncomatch.Tables of {self.folder}: {', '.join(self.names)}>"


def read(out: Path, *, frame: FrameKind | None = None) -> Tables:
    """The tables of an output folder.

    Args:
        out: What `oncomatch run` or `merge` wrote.
        frame: "polars", "pandas" or "rows"; what is installed unless given.
    """
    return Tables(out, _frames.chosen(frame))
