# SPDX-License-Identifier: Apache-2.0
"""One tumor in words."""
from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from typing import Any

from . import _frames, _program
from ._errors import NothingUnderstood, error
from ._frames import Frame, FrameKind
from ._program import Path


class Answer:
    """What the program says of one tumor."""

    def __init__(self, arguments: list[str], report: dict[str, Any], remarks: list[str], kind: FrameKind | None) -> None:
        self._arguments = arguments
        self._kind = kind
        #: The whole report, as `oncomatch schema report` describes it.
        self.report = report
        #: What was not understood or assumed, a line each.
        self.remarks = remarks

    @functools.cached_property
    def options(self) -> Frame:
        """One row for each therapy, best first, as options.tsv."""
        return self._frame("options", "options")

    @functools.cached_property
    def therapies(self) -> Frame:
        """The evidence, as therapies.tsv."""
        return self._frame("tsv", "therapies")

    def _frame(self, form: str, table: str) -> Frame:
        kind = _frames.chosen(self._kind)
        text = _program.call("query", f"--format={form}", *self._arguments).stdout
        return _frames.frame(text, _program.schema(table)["fields"], kind)

    def __repr__(self) -> str:
        return f"<oncomatch.Answer: {len(self.report.get('options', []))} options, {len(self.remarks)} remarks>"


def query(
    tumor_type: str | None,
    findings: str | Sequence[str],
    *,
    site: str | None = None,
    origin: str | None = None,
    prior_therapy: str | Sequence[str] | None = None,
    panel: Path | None = None,
    purity: float | None = None,
    age: float | None = None,
    grade: str | int | None = None,
    genome: str | None = None,
    regulator: str | None = None,
    tables: Path | Sequence[Path] | None = None,
    builtin_table: bool = True,
    frame: FrameKind | None = None,
) -> Answer:
    """Matches one tumor, as `oncomatch query` does.

    Args:
        tumor_type: OncoTree code, name or alias.
        findings: As a clinician writes them: "EGFR p.L858R", "HER2 amp", "TMB 14", "KRAS wt".
        frame: "polars", "pandas" or "rows"; what is installed unless given.

    Raises:
        NothingUnderstood: Findings were given, and none was understood.
        OncomatchError: Another of its kinds, such as SettingsError for a bad table.
    """
    arguments = [
        word
        for name, value in (
            ("tumor-type", tumor_type),
            ("site", site),
            ("origin", origin),
            ("prior-therapy", prior_therapy),
            ("panel", panel),
            ("purity", purity),
            ("age", age),
            ("grade", grade),
            ("genome", genome),
            ("regulator", regulator),
            ("table", tables),
            ("no-builtin-table", not builtin_table),
        )
        for word in _program.option(name, value)
    ]
    arguments += ["--", *([findings] if isinstance(findings, str) else findings)]
    done = _program.call("query", "--format=json", "--log-format=json", *arguments, check=False)
    events = _program.log(done.stderr)
    if done.returncode == 65 and done.stdout:
        raise NothingUnderstood(_program.messages(events), 65, _program.faults(events))
    if done.returncode != 0:
        raise error(done.returncode, _program.faults(events), _program.messages(events))
    remarks = [event["message"] for event in events if event["type"] == "message"]
    return Answer(arguments, json.loads(done.stdout), remarks, frame)
