# SPDX-License-Identifier: Apache-2.0
"""Finding and starting the program."""
from __future__ import annotations

import json
import os
import pathlib
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from typing import Any, Union

from ._errors import Fault, ProgramError, error

#: A path as Python's own functions take it.
Path = Union[str, "os.PathLike[str]"]


def program() -> str:
    """The path of the program: that of ONCOMATCH_PROGRAM, of this installation, or the first on PATH."""
    named = os.environ.get("ONCOMATCH_PROGRAM")
    if named:
        return named
    schemes = [sysconfig.get_path("scripts")]
    user = sysconfig.get_preferred_scheme("user") if sys.version_info >= (3, 10) else "posix_user"
    schemes.append(sysconfig.get_path("scripts", scheme=user))
    # `pip install --target FOLDER` puts it beside the package.
    schemes.append(str(pathlib.Path(__file__).resolve().parent.parent / "bin"))
    for folder in schemes:
        path = os.path.join(folder, "oncomatch")
        if os.access(path, os.X_OK):
            return path
    found = shutil.which("oncomatch")
    if found:
        return found
    raise ProgramError("the program oncomatch is not there (install a wheel, or name it with ONCOMATCH_PROGRAM)", 127)


def call(
    *arguments: Path, stdin: str | None = None, check: bool = True
) -> subprocess.CompletedProcess[str]:
    """Runs any command of the program: `call("table", "info").stdout`.

    With `check`, an exit code other than 0 is an exception.
    """
    words = [program(), *(os.fspath(argument) for argument in arguments)]
    try:
        done = subprocess.run(
            words, input=stdin or "", stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", errors="replace"
        )
    except OSError as fault:
        raise ProgramError(f"{words[0]} cannot be started: {fault.strerror}", 127) from fault
    if check and done.returncode != 0:
        events = log(done.stderr)
        raise error(done.returncode, faults(events), messages(events))
    return done


def log(text: str) -> list[dict[str, Any]]:
    """The events of a log; a line that is no JSON is a message."""
    events = []
    for line in text.splitlines():
        try:
            event = json.loads(line)
        except ValueError:
            event = line
        events.append(event if isinstance(event, dict) else {"type": "message", "message": line})
    return events


def faults(events: Sequence[Mapping[str, Any]]) -> list[Fault]:
    """The faults that a log names."""
    return [Fault.of(event) for event in events if event["type"] in ("error", "fault")]


def messages(events: Sequence[Mapping[str, Any]]) -> str:
    """What a log says, a line each."""
    return "\n".join(event["message"] for event in events if event["type"] in ("error", "message"))


def versions() -> dict[str, Any]:
    """The versions of program, tables, facts and layouts."""
    return dict(json.loads(call("--version", "--format", "json").stdout))


def schema(table: str | None = None) -> dict[str, Any]:
    """The schema of a table, of all, of `report`, `run` or `log`."""
    return dict(json.loads(call("schema", *([table] if table else [])).stdout))


def option(name: str, value: object) -> list[str]:
    """The words of an option; none where it is not given."""
    if value is None or value is False:
        return []
    if value is True:
        return [f"--{name}"]
    if isinstance(value, (str, os.PathLike)):
        return [f"--{name}={os.fspath(value)}"]
    if isinstance(value, Sequence):
        return [f"--{name}={os.fspath(item)}" for item in value]
    return [f"--{name}={value}"]
