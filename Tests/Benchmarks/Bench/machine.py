# SPDX-License-Identifier: Apache-2.0
"""The machine and the tools, as far as figures depend on them."""

import datetime
import os
import platform
import shutil
import subprocess


def first_line(*command: str) -> str:
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip().split("\n")[0]


def value_in(path: str, key: str, separator: str) -> str:
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            name, _, value = line.partition(separator)
            if name.strip() == key:
                return value.strip().strip('"')
    return ""


def description(binary: str, folder: str, comparisons: str | None) -> list[tuple[str, str]]:
    memory = int(value_in("/proc/meminfo", "MemTotal", ":").split()[0]) / 1024**2
    load = os.getloadavg()[0]
    facts = [
        ("recorded", datetime.date.today().isoformat()),
        ("program", first_line(binary, "--version")),
        ("processor", f"{value_in('/proc/cpuinfo', 'model name', ':')}, {os.cpu_count()} cores"),
        ("memory", f"{memory:.0f} GB"),
        ("system", f"{value_in('/etc/os-release', 'PRETTY_NAME', '=')}, Linux {platform.release().split('-')[0]}"),
        ("files on", first_line("stat", "-f", "-c", "%T", folder)),
        ("Swift", first_line("swift", "--version").split(" (")[0]),
    ]
    for tool in ("igzip", "gzip"):
        if shutil.which(tool):
            facts.append((tool, first_line(tool, "--version").split(" ")[-1]))
    if comparisons:
        for module in ("polars", "duckdb"):
            facts.append((module, first_line(comparisons, "-c", f"import {module}; print({module}.__version__)")))
    busy = "" if load < 0.5 else ": others used the machine, so seconds are provisional"
    facts.append(("load when it began", f"{load:.1f}{busy}"))
    return facts
