# SPDX-License-Identifier: Apache-2.0
"""What goes wrong, as exceptions; which one it is, is said by the program's exit code."""
from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._run import Output


@dataclasses.dataclass(frozen=True)
class Fault:
    """One fault and its place."""

    #: The file or table.
    file: str
    #: The line, counted from 1; None where the whole file is at fault.
    line: int | None
    #: The column; empty where there is none.
    column: str
    #: The text found; empty where there is none.
    value: str
    #: What is wrong, and the remedy.
    problem: str

    @classmethod
    def of(cls, event: Mapping[str, Any]) -> Fault:
        """The fault of an event of the program's log, or of a row of rejected.tsv."""
        return cls(
            event.get("file") or "",
            event.get("line"),
            event.get("column") or "",
            event.get("value") or "",
            event.get("problem") or event.get("message") or "",
        )


class OncomatchError(Exception):
    """The program did not do what was asked for."""

    def __init__(self, message: str, exit_code: int, faults: Sequence[Fault] = ()) -> None:
        super().__init__(message)
        self.message = message
        #: The exit code of the program.
        self.exit_code = exit_code
        #: All faults that it named.
        self.faults = tuple(faults)
        first = self.faults[0] if self.faults else Fault("", None, "", "", message)
        #: The place of the first fault.
        self.file = first.file
        self.line = first.line
        self.column = first.column
        self.value = first.value
        self.problem = first.problem


class UsageError(OncomatchError):
    """An argument is wrong, or the output is an input (64)."""


class InputError(OncomatchError):
    """No input could be read (65), or one is not there (66)."""


class NothingUnderstood(InputError):
    """Findings were given and none was understood (65)."""


class OutputError(OncomatchError):
    """The output cannot be created or written (73, 74)."""


class Busy(OncomatchError):
    """Another run holds the output folder (75); later it may work."""


class SettingsError(OncomatchError):
    """Settings or a table are not valid (78)."""


class Interrupted(OncomatchError):
    """A signal ended the program; what was finished is complete."""


class ProgramError(OncomatchError):
    """A bug in the program, or a program that cannot be started."""


class SamplesFailed(OncomatchError):
    """The run came to its end, and some samples failed (3); the others are complete, in `output`."""

    def __init__(self, message: str, exit_code: int, faults: Sequence[Fault], output: Output) -> None:
        super().__init__(message, exit_code, faults)
        self.output = output
        #: Why, by identifier of the sample.
        self.failed: Mapping[str, str] = output.failed


_KINDS: Mapping[int, type[OncomatchError]] = {
    64: UsageError,
    65: InputError,
    66: InputError,
    73: OutputError,
    74: OutputError,
    75: Busy,
    78: SettingsError,
}


def error(exit_code: int, faults: Sequence[Fault], words: str) -> OncomatchError:
    """The exception for an exit code."""
    message = words or "\n".join(fault.problem for fault in faults) or f"oncomatch ended with {exit_code}"
    kind = _KINDS.get(exit_code, Interrupted if exit_code < 0 or exit_code > 128 else ProgramError)
    return kind(message, exit_code, faults)
