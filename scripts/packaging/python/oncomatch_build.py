# SPDX-License-Identifier: Apache-2.0
"""Builds the wheel and the source archive of oncomatch, with nothing but Python; the backend that pyproject.toml names.

The wheel carries the static program that ONCOMATCH_BINARY names. The same sources, program and SOURCE_DATE_EPOCH make the
same bytes.

usage: oncomatch_build.py wheel|sdist FOLDER
"""
from __future__ import annotations

import base64
import gzip
import hashlib
import io
import os
import pathlib
import platform
import stat
import subprocess
import sys
import tarfile
import time
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent
SDIST_FILES = ["README.md", "oncomatch_build.py", "pyproject.toml"]
# A static program needs a kernel and no library; these are the oldest names of that which installers know.
TAGS = {
    "x86_64": "manylinux_2_17_x86_64.manylinux2014_x86_64.musllinux_1_1_x86_64",
    "aarch64": "manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64",
}
MACHINES = {62: "x86_64", 183: "aarch64"}


def _project() -> dict:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    return tomllib.loads(text)["project"]


def _epoch() -> int:
    # No archive of either kind has a time before 1980.
    return max(int(os.environ.get("SOURCE_DATE_EPOCH", "315532800")), 315532800)


def _licence() -> pathlib.Path | None:
    """The license: beside this file in a source archive, at the top of the repository else."""
    return next((folder / "LICENSE" for folder in (ROOT, *ROOT.parents[2:3]) if (folder / "LICENSE").exists()), None)


def _metadata(project: dict) -> str:
    lines = [
        "Metadata-Version: 2.4",
        f"Name: {project['name']}",
        f"Version: {project['version']}",
        f"Summary: {project['description']}",
        f"Requires-Python: {project['requires-python']}",
        f"License-Expression: {project['license']}",
        f"Keywords: {','.join(project['keywords'])}",
        *(f"Classifier: {word}" for word in project["classifiers"]),
    ]
    for extra, needs in sorted(project["optional-dependencies"].items()):
        lines.append(f"Provides-Extra: {extra}")
        lines += [f'Requires-Dist: {need}; extra == "{extra}"' for need in needs]
    lines += ["Description-Content-Type: text/markdown", "", (ROOT / "README.md").read_text(encoding="utf-8")]
    return "\n".join(lines)


def _program() -> tuple[bytes, str]:
    """The program that the wheel carries, and the processor it is for."""
    named = os.environ.get("ONCOMATCH_BINARY", "")
    if not named:
        raise SystemExit(
            "oncomatch: this source archive holds no program. Set ONCOMATCH_BINARY to the static program for this machine "
            "(scripts/release of the repository makes it, with Swift 6.3), or install a wheel."
        )
    program = pathlib.Path(named).read_bytes()
    if program[:4] != b"\x7fELF":
        raise SystemExit(f"oncomatch: {named} is no program for Linux")
    machine = MACHINES.get(int.from_bytes(program[18:20], "little"), platform.machine())
    offset, size, count = (
        int.from_bytes(program[32:40], "little"),
        int.from_bytes(program[54:56], "little"),
        int.from_bytes(program[56:58], "little"),
    )
    kinds = {int.from_bytes(program[offset + n * size :][:4], "little") for n in range(count)}
    if 3 in kinds:  # PT_INTERP: it asks for a loader, and so for the libraries of one system.
        raise SystemExit(f"oncomatch: {named} is not static (build it with -static-executable)")
    said = subprocess.run([named, "--version"], capture_output=True, text=True)
    if said.returncode == 0 and said.stdout.split()[1:2] != [_project()["version"]]:
        raise SystemExit(f"oncomatch: {named} is '{said.stdout.strip()}', pyproject.toml says {_project()['version']}")
    return program, machine


def _sources() -> list[tuple[str, bytes]]:
    found = sorted((ROOT / "src").rglob("*"))
    return [(str(path.relative_to(ROOT / "src")), path.read_bytes()) for path in found if path.suffix in (".py", ".typed")]


def build_wheel(wheel_directory: str, config_settings: object = None, metadata_directory: object = None) -> str:
    project = _project()
    program, machine = _program()
    name = f"{project['name']}-{project['version']}"
    tags = TAGS.get(machine, f"linux_{machine}")
    licence = _licence()
    info = f"{name}.dist-info"
    files = [(path, data, 0o644) for path, data in _sources()]
    files.append((f"{name}.data/scripts/oncomatch", program, 0o755))
    sbom = os.environ.get("ONCOMATCH_SBOM", "")
    if sbom:
        files.append((f"{info}/sboms/oncomatch.spdx.json", pathlib.Path(sbom).read_bytes(), 0o644))
    if licence:
        files.append((f"{info}/licenses/LICENSE", licence.read_bytes(), 0o644))
    metadata = _metadata(project)
    if licence:
        metadata = metadata.replace("\nKeywords:", "\nLicense-File: LICENSE\nKeywords:", 1)
    files.append((f"{info}/METADATA", metadata.encode(), 0o644))
    wheel = ["Wheel-Version: 1.0", "Generator: oncomatch_build", "Root-Is-Purelib: false"]
    wheel += [f"Tag: py3-none-{tag}" for tag in tags.split(".")]
    files.append((f"{info}/WHEEL", ("\n".join(wheel) + "\n").encode(), 0o644))
    record = [f"{path},sha256={_digest(data)},{len(data)}" for path, data, _ in files] + [f"{info}/RECORD,,"]
    files.append((f"{info}/RECORD", ("\n".join(record) + "\n").encode(), 0o644))
    out = pathlib.Path(wheel_directory) / f"{name}-py3-none-{tags}.whl"
    moment = time.gmtime(_epoch())[:6]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, data, mode in files:
            entry = zipfile.ZipInfo(path, moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = (stat.S_IFREG | mode) << 16
            archive.writestr(entry, data)
    return out.name


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def build_sdist(sdist_directory: str, config_settings: object = None) -> str:
    project = _project()
    name = f"{project['name']}-{project['version']}"
    files = [(path, (ROOT / path).read_bytes()) for path in SDIST_FILES]
    files += [(f"src/{path}", data) for path, data in _sources()]
    files += [(f"tests/{path.name}", path.read_bytes()) for path in sorted((ROOT / "tests").glob("*.py"))]
    files += [(f"examples/{path.name}", path.read_bytes()) for path in sorted((ROOT / "examples").glob("*.py"))]
    licence = _licence()
    metadata = _metadata(project)
    if licence:
        files.append(("LICENSE", licence.read_bytes()))
        metadata = metadata.replace("\nKeywords:", "\nLicense-File: LICENSE\nKeywords:", 1)
    files.append(("PKG-INFO", metadata.encode()))
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for path, data in sorted(files):
            entry = tarfile.TarInfo(f"{name}/{path}")
            entry.size, entry.mtime, entry.mode = len(data), _epoch(), 0o644
            archive.addfile(entry, io.BytesIO(data))
    out = pathlib.Path(sdist_directory) / f"{name}.tar.gz"
    with open(out, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(buffer.getvalue())
    return out.name


def get_requires_for_build_wheel(config_settings: object = None) -> list[str]:
    return [] if sys.version_info >= (3, 11) else ["tomli"]


get_requires_for_build_sdist = get_requires_for_build_wheel


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("wheel", "sdist"):
        sys.exit(__doc__)
    print((build_wheel if sys.argv[1] == "wheel" else build_sdist)(sys.argv[2]))
