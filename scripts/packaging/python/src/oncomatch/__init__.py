# SPDX-License-Identifier: Apache-2.0
"""Match tumor alterations to therapies, offline: the program `oncomatch` for Python.

    import oncomatch
    output = oncomatch.run(["SampleData"], "reports")
    print(output.read().options)

Everything is decided by the program; this package starts it and reads what it wrote. For research use.
"""
from __future__ import annotations

from ._errors import (
    Busy,
    Fault,
    InputError,
    Interrupted,
    NothingUnderstood,
    OncomatchError,
    OutputError,
    ProgramError,
    SamplesFailed,
    SettingsError,
    UsageError,
)
from ._frames import Frame, FrameKind, Rows
from ._program import call, program, schema, versions
from ._query import Answer, query
from ._read import ForeignKey, Tables, read
from ._run import Output, run

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "Busy",
    "Fault",
    "ForeignKey",
    "Frame",
    "FrameKind",
    "InputError",
    "Interrupted",
    "NothingUnderstood",
    "OncomatchError",
    "Output",
    "OutputError",
    "ProgramError",
    "Rows",
    "SamplesFailed",
    "SettingsError",
    "Tables",
    "UsageError",
    "call",
    "program",
    "query",
    "read",
    "run",
    "schema",
    "versions",
]
