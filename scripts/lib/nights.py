#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random histories of nights over a small cohort: after every night the output has to equal that of a fresh run.

    nights.py PROGRAM [--seconds N] [--seed N] [--verbose]
    nights.py PROGRAM --faults N                            instead: N calls of each kind fail, in a run, an increment, a merge

Files arrive, grow, are cut, renamed and taken away, a disk is not mounted, the sheet is edited or broken, tables, settings
and formats change, outputs are damaged and runs are killed. Where a run keeps what it cannot make anew it has to say so,
and what it keeps has to be what it was. The seed is printed; the same seed is the same history.
"""
import argparse
import gzip
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HEADER = "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\tt_alt_count\tt_depth\n"
CHANGES = [
    ("BRAF", "p.V600E"), ("KRAS", "p.G12C"), ("EGFR", "p.L858R"), ("KIT", "p.V559D"), ("PIK3CA", "p.H1047R"),
    ("TP53", "p.R175H"), ("NRAS", "p.Q61R"), ("IDH1", "p.R132H"), ("TTN", "p.A100T"), ("1-Mar", "p.A1V"),
]
TYPES = ["LUAD", "MEL", "GIST", "COAD", "LMS", "nonsense type"]
RULES = (
    "rule_id\tgene\tevent_class\talteration_spec\toncotree_include\tagents\tdirection\tbody\tstatus\tlevel\treference\n"
    "X1\tTP53\tMUT\tp.R175H\tANY\timatinib\tresistance\tliterature\tn/a\tE\tPMID:1\n"
)
# What depends on time and on earlier runs.
OWN = {"run.json", "changes.tsv", "changes.html"}


class Difference(Exception):
    """The output is not what it should be."""


class World:
    """The inputs, what the program is told, and what it wrote."""

    def __init__(self, program, place, seed):
        self.program, self.place, self.dice = program, pathlib.Path(place), random.Random(seed)
        self.input, self.out = self.place / "in", self.place / "out"
        self.away = self.place / "away"
        self.log, self.number = [], 0
        self.sheet = {}
        self.options = {"formats": None, "table": False, "settings": False, "prune": False, "jobs": 2}
        (self.place / "x.tsv").write_text(RULES)
        (self.place / "s.toml").write_text("[gates]\nmin_vaf = 0.2\n")
        self.input.mkdir()
        for _ in range(4):
            self.add_sample()
        if self.dice.random() < 0.7:
            self.edit_sheet()

    # Files

    def maf(self, sample, rows=None):
        text = HEADER
        for _ in range(rows or self.dice.randint(1, 4)):
            gene, change = self.dice.choice(CHANGES)
            alt = self.dice.randint(1, 60)
            text += f"{gene}\tMissense_Mutation\t{sample}\t{change}\t{alt}\t100\n"
        return text

    def write(self, path, text):
        path.parent.mkdir(parents=True, exist_ok=True)
        data = text if isinstance(text, bytes) else text.encode()
        if path.suffix == ".gz":
            data = gzip.compress(data, mtime=0)
        if self.dice.random() < 0.3 and path.exists():
            with open(path, "r+b") as file:
                file.truncate(0)
                file.write(data)
            return
        new = path.with_name(".new")
        new.write_bytes(data)
        os.replace(new, path)

    def samples(self):
        return sorted(p for p in self.input.rglob("*") if p.is_dir() and any(c.is_file() for c in p.iterdir()))

    def files(self):
        return sorted(p for p in self.input.rglob("*") if p.is_file() and not p.is_symlink())

    # What happens in a day

    def add_sample(self):
        self.number += 1
        name = f"S{self.number}"
        folder = self.input / name if self.dice.random() < 0.8 else self.input / "site" / name
        suffix = self.dice.choice([".maf", ".maf.gz"])
        self.write(folder / (name + suffix), self.maf(name))

    def add_file(self):
        if folders := self.samples():
            folder = self.dice.choice(folders)
            kind = self.dice.choice(["cna.tsv", "more.maf", "note.log", "README", "meta_01.maf"])
            text = {
                "cna.tsv": "gene\tcall\nERBB2\tAMP\n", "note.log": "nothing of interest\n", "README": "read me\n",
                "more.maf": self.maf(folder.name), "meta_01.maf": self.maf(folder.name),
            }[kind]
            self.write(folder / kind, text)

    def flat_file(self):
        self.number += 1
        name = f"F{self.number}" if self.dice.random() < 0.6 else self.some_id()
        self.write(self.input / f"{name}.maf", self.maf(name))

    def some_id(self):
        return f"S{self.dice.randint(1, max(1, self.number))}"

    def cohort_file(self):
        ids = sorted({self.some_id() for _ in range(3)})
        if self.dice.random() < 0.5:
            rows = "".join(self.maf(sample).removeprefix(HEADER) for sample in ids)
            self.write(self.input / "data_mutations.txt", HEADER + rows)
        else:
            values = "\t".join(self.dice.choice(["-2", "0", "2"]) for _ in ids)
            self.write(self.input / "data_cna.txt", "Hugo_Symbol\t" + "\t".join(ids) + f"\nCDKN2A\t{values}\n")

    def grow(self):
        if files := [p for p in self.files() if p.suffix == ".maf"]:
            path = self.dice.choice(files)
            with open(path, "a", encoding="utf-8") as file:
                file.write(f"KRAS\tMissense_Mutation\t{path.stem}\tp.G12D\t30\t100\n")

    def cut(self):
        if files := self.files():
            path = self.dice.choice(files)
            os.truncate(path, self.dice.randint(0, path.stat().st_size))

    def rename_file(self):
        if files := self.files():
            path = self.dice.choice(files)
            os.rename(path, path.with_name("r" + path.name))

    def rename_folder(self):
        if folders := self.samples():
            path = self.dice.choice(folders)
            if path != self.input:
                os.rename(path, path.with_name("R" + path.name))

    def touch(self):
        if files := self.files():
            os.utime(self.dice.choice(files))

    def odd_time(self):
        if files := self.files():
            odd = self.dice.choice([-(10**10), 10**10, 1])
            os.utime(self.dice.choice(files), (odd, odd))

    def remove_file(self):
        if files := self.files():
            self.dice.choice(files).unlink()

    def remove_folder(self):
        if (folders := self.samples()) and (path := self.dice.choice(folders)) != self.input:
            shutil.rmtree(path)

    def pipe(self):
        if folders := self.samples():
            path = self.dice.choice(folders) / "pipe.maf"
            path.unlink() if path.exists() else os.mkfifo(path)

    def sheet_path(self):
        return self.input / ("sheet.tsv.gz" if self.dice.random() < 0.2 else "sheet.tsv")

    def edit_sheet(self):
        for _ in range(self.dice.randint(1, 3)):
            row = self.sheet.setdefault(self.some_id(), {})
            row["tumor_type"] = self.dice.choice(TYPES)
            row["purity"] = self.dice.choice(["0.8", "0.3", ""])
        if self.sheet and self.dice.random() < 0.3:
            del self.sheet[self.dice.choice(sorted(self.sheet))]
        text = "sample_id\ttumor_type\tpurity\n"
        for sample, row in sorted(self.sheet.items()):
            text += f"{sample}\t{row['tumor_type']}\t{row['purity']}\n"
        path = self.sheet_path()
        for other in self.input.glob("sheet.tsv*"):
            if other != path:
                other.unlink()
        self.write(path, text)

    def break_sheet(self):
        for path in self.input.glob("sheet.tsv*"):
            way = self.dice.choice(["cut", "empty", "header", "gone"])
            if way == "gone":
                path.unlink()
            elif way == "empty":
                os.truncate(path, 0)
            elif way == "cut":
                os.truncate(path, path.stat().st_size // 2)
            else:
                self.write(path, "sampl\ttumr\n")

    def change_options(self):
        what = self.dice.choice(["formats", "table", "settings", "prune", "jobs"])
        self.options[what] = {
            "formats": self.dice.choice([None, "tsv", "json,html", "tsv,json,html,fhir", "none"]),
            "jobs": self.dice.choice([1, 2, 5]),
        }.get(what, not self.options.get(what))

    def damage_output(self):
        files = [p for p in self.out.rglob("*") if p.is_file() and p.name != "run.json"] if self.out.exists() else []
        if files:
            path = self.dice.choice(sorted(files))
            way = self.dice.choice(["remove", "cut", "edit"])
            if way == "remove":
                path.unlink()
            elif way == "cut":
                os.truncate(path, path.stat().st_size // 2)
            else:
                path.write_bytes(path.read_bytes().replace(b"a", b"b"))

    ACTIONS = [
        (add_sample, 4), (add_file, 4), (flat_file, 2), (cohort_file, 2), (grow, 3), (cut, 2), (rename_file, 1),
        (rename_folder, 1), (touch, 2), (odd_time, 1), (remove_file, 1), (remove_folder, 2), (pipe, 1), (edit_sheet, 4),
        (break_sheet, 1), (change_options, 3), (damage_output, 2),
    ]

    # Nights

    def arguments(self, out):
        arguments = [self.program, "run", str(self.input), "--out", str(out), "--jobs", str(self.options["jobs"])]
        formats = self.options["formats"]
        arguments += ["--no-sample-files"] if formats == "none" else ["--formats", formats] if formats else []
        if self.options["table"]:
            arguments += ["--table", str(self.place / "x.tsv")]
        if self.options["settings"]:
            arguments += ["--settings", str(self.place / "s.toml")]
        return arguments

    def call(self, arguments, kill_after=None):
        process = subprocess.Popen(
            arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            said = process.communicate(timeout=kill_after or 120)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
            if kill_after is None:
                raise Difference("a run does not end") from None
            return None, ""
        if process.returncode < 0 or process.returncode not in (0, 3, 64, 65, 66, 73, 74, 75, 78):
            raise Difference(f"a run ended with {process.returncode}: {said[1][-2000:]}")
        return process.returncode, said[1]

    def content(self, out):
        files = {}
        for path in sorted(out.rglob("*")) if out.exists() else []:
            name = str(path.relative_to(out))
            if path.is_file() and name not in OWN:
                data = path.read_bytes()
                if name == "agents.tsv":
                    data = b"\n".join(sorted(line.rsplit(b"\t", 1)[0] for line in data.splitlines()))
                files[name] = data
        return files

    def expect_fresh(self, code, said, meant):
        fresh = self.place / "fresh"
        shutil.rmtree(fresh, ignore_errors=True)
        other, _ = self.call(self.arguments(fresh) + meant)
        if code != other:
            raise Difference(f"ends with {code}, a fresh run with {other}: {said}")
        if not fresh.exists():
            return
        mine, theirs = self.content(self.out), self.content(fresh)
        gone = set(json.loads((self.out / "run.json").read_text())["gone"])
        for name in sorted(set(mine) | set(theirs)):
            parts = name.split("/")
            if parts[0] == "samples" and parts[1] in gone:
                continue
            if mine.get(name) != theirs.get(name):
                one, two = mine.get(name), theirs.get(name)
                detail = "missing" if one is None else "too much" if two is None else first_difference(one, two)
                raise Difference(f"{name}: {detail}")

    def night(self, verbose):
        done = []
        for _ in range(self.dice.randint(1, 3)):
            action = self.dice.choices([a for a, _ in self.ACTIONS], [w for _, w in self.ACTIONS])[0]
            done.append(action.__name__)
            action(self)
        ways = ["plain"] * 6 + ["kill", "mount", "young", "verify"]
        way = self.dice.choice(ways)
        self.log.append((way, done))
        if verbose:
            print(len(self.log), way, *done, flush=True)
        arguments = self.arguments(self.out) + (["--prune"] if self.options["prune"] else [])
        if way == "kill":
            self.call(arguments, kill_after=self.dice.uniform(0.05, 1.2))
        elif way == "mount" and (self.out / "run.json").exists():
            self.unmounted(arguments)
        elif way == "young" and (self.out / "run.json").exists():
            self.young(arguments)
        elif way == "verify":
            arguments += ["--verify"]
        # What was damaged behind the program's back is found by --verify for sure, and by size and time mostly.
        if "damage_output" in done and "--verify" not in arguments:
            arguments += ["--verify"]
        code, said = self.call(arguments)
        meant = []
        if code == 66:
            if "is empty; the last run" not in said and "that the last run read; their reports" not in said:
                raise Difference(said)
            meant = ["--allow-empty"]
            code, said = self.call(arguments + meant)
            if code == 0 and not any(self.files()):
                return
        if "as the last run left them" in said and "cannot be read as one now" in said:
            if code == 0:
                raise Difference("a broken sheet ends with 0")
            return
        self.expect_fresh(code, said, meant)

    def unmounted(self, arguments):
        before = self.content(self.out)
        os.rename(self.input, self.away)
        if self.dice.random() < 0.5:
            self.input.mkdir()
        known = json.loads((self.out / "run.json").read_text())["inputs"]
        code, said = self.call(arguments)
        if known and (code != 66 or self.content(self.out) != before):
            raise Difference(f"a lost mount ends with {code} or changes the output: {said}")
        if self.input.exists():
            self.input.rmdir()
        os.rename(self.away, self.input)

    def young(self, arguments):
        """Some files are new; samples of them keep their rows and reports, and changes.tsv calls nothing lost."""
        old = time.time() - 7200
        files = self.files()
        young = set(self.dice.sample(files, min(len(files), 2)))
        stamps = {path: path.stat().st_mtime_ns for path in files}
        for path in files:
            os.utime(path, (time.time(), time.time()) if path in young else (old, old))
        code, said = self.call(arguments + ["--quiet-time", "600"])
        if code not in (0, 3, 65, 66):
            raise Difference(f"a night with young files ends with {code}: {said}")
        # The sample of a young file that was reported before is in the tables as before.
        record = json.loads((self.out / "run.json").read_text())
        listed = {sample["id"] for sample in record["sample_states"]}
        for sample in record["gone"]:
            for path in young:
                if path.parent.name == sample and sample not in listed and self.knew(sample):
                    raise Difference(f"{sample} waits and left the tables")
        for path in files:
            os.utime(path, ns=(stamps[path], stamps[path]))

    def knew(self, _sample):
        return False


# Calls that fail, each with the errors; -1 is a short count.
ERRORS = {"EIO": 5, "ENOSPC": 28, "EINTR": 4, "short": -1}
CALLS = {
    "open": ["EIO", "EINTR"], "read": ["EIO", "EINTR", "short"], "readdir": ["EIO"], "stat": ["EIO"],
    "write": ["EIO", "ENOSPC", "EINTR", "short"], "close": ["EIO"], "rename": ["EIO", "ENOSPC"], "sync": ["EIO"],
}


class Faults:
    """A run, an increment and a merge in which one call of the system fails: the right bytes, or the right code."""

    def __init__(self, program, place, seed):
        self.world = World(program, place, seed)
        self.place, self.dice = self.world.place, random.Random(seed)
        self.library = self.place / "faults.so"
        source = pathlib.Path(__file__).with_name("faults.c")
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", self.library, source, "-ldl"], check=True)
        self.world.cohort_file()
        self.tried = 0

    def call(self, arguments, call, number, error):
        count = self.place / "count"
        environment = dict(
            os.environ, LD_PRELOAD=str(self.library), FAULT_CALL=call, FAULT_NUMBER=str(number),
            FAULT_ERROR=str(ERRORS[error]), FAULT_ROOT=str(self.place), FAULT_COUNT=str(count))
        done = subprocess.run(
            arguments, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
        return done.returncode, done.stderr, int(count.read_text()) if count.exists() else 0

    def expect(self, what, out, arguments, before):
        """`before` puts the output where the call begins."""
        want = self.content_of(arguments, out, before)
        for call, errors in CALLS.items():
            for error in errors:
                before()
                code, said, calls = self.call(arguments, call, 0, error)
                if code != 0 or calls == 0:
                    raise Difference(f"{what}: {calls} calls of {call}, ends with {code} without a fault: {said}")
                places = range(1, calls + 1)
                for number in sorted(self.dice.sample(places, min(self.each, calls))):
                    before()
                    code, said, _ = self.call(arguments, call, number, error)
                    place = f"{what}, {call} {number} of {calls}: {error}"
                    self.tried += 1
                    if code not in (0, 3, 65, 66, 73, 74):
                        raise Difference(f"{place}: ends with {code}: {said[-2000:]}")
                    if code == 0 and self.world.content(out) != want:
                        raise Difference(f"{place}: ends with 0 and is not right: {self.compare(out, want)}")
                    if error in ("EINTR", "short") and call in ("read", "write") and code != 0:
                        raise Difference(f"{place}: is not an error and ends with {code}: {said}")
                    code, said = self.world.call(arguments)
                    if code != 0 or self.world.content(out) != want:
                        raise Difference(
                            f"{place}: not healed by the next run, which ends with {code}: {said}"
                            f" {self.compare(out, want)}")

    def compare(self, out, want):
        mine = self.world.content(out)
        for name in sorted(set(mine) | set(want)):
            if mine.get(name) != want.get(name):
                both = name in mine and name in want
                return name + (first_difference(mine[name], want[name]) if both else " is missing or too much")
        return ""

    def content_of(self, arguments, out, before):
        before()
        code, said = self.world.call(arguments)
        if code != 0:
            raise Difference(f"without a fault it ends with {code}: {said}")
        return self.world.content(out)

    def run(self, each):
        self.each = each
        out, kept = self.world.out, self.place / "kept"
        shutil.rmtree(self.world.input)
        for sample in ("S1", "S2"):
            self.world.write(self.world.input / sample / f"{sample}.maf", self.world.maf(sample, 3))
        self.world.write(self.world.input / "sheet.tsv", "sample_id\ttumor_type\nS1\tMEL\nS2\tLUAD\nS3\tGIST\n")
        run = self.world.arguments(out)

        def empty():
            shutil.rmtree(out, ignore_errors=True)

        self.expect("run", out, run, empty)
        empty()
        self.world.call(run)
        shutil.copytree(out, kept)
        self.world.write(self.world.input / "S3" / "S3.maf.gz", self.world.maf("S3", 3))

        def yesterday():
            empty()
            subprocess.run(["cp", "-a", kept, out], check=True)

        self.expect("increment", out, run, yesterday)
        shards = [self.place / "p1", self.place / "p2"]
        for number, shard in enumerate(shards, 1):
            code, said = self.world.call(self.world.arguments(shard) + ["--shard", f"{number}/2"])
            if code:
                raise Difference(f"a shard ends with {code}: {said}")
        self.expect("merge", out, [self.world.program, "merge", *map(str, shards), "--out", str(out)], empty)
        print(f"{self.tried} calls failed, each ended with the right bytes or the right code")


def first_difference(one, two):
    for mine, theirs in zip(one.split(b"\n"), two.split(b"\n")):
        if mine != theirs:
            place = next((i for i, (a, b) in enumerate(zip(mine, theirs)) if a != b), min(len(mine), len(theirs)))
            start = max(0, place - 200)
            return f"\n  incremental ...{mine[start:place + 200]!r}\n  fresh       ...{theirs[start:place + 200]!r}"
    return f"{len(one)} bytes, {len(two)} in a fresh run"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--nights", type=int, default=12, help="nights of one history")
    parser.add_argument("--faults", type=int, help="calls of each kind that fail")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    end, seed, nights = time.time() + options.seconds, options.seed, 0
    program = str(pathlib.Path(options.program).resolve())
    if options.faults:
        with tempfile.TemporaryDirectory(prefix="oncomatch-faults-") as place:
            try:
                Faults(program, place, seed).run(options.faults)
            except Difference as difference:
                print(f"nights.py: seed {seed}: {difference}", file=sys.stderr)
                return 1
        return 0
    while True:
        place = tempfile.mkdtemp(prefix="oncomatch-nights-")
        try:
            world = World(program, place, seed)
            for _ in range(options.nights):
                world.night(options.verbose)
                nights += 1
                if time.time() > end:
                    break
        except Difference as difference:
            print(f"nights.py: seed {seed}, night {len(world.log)}: {difference}", file=sys.stderr)
            for way, done in world.log:
                print("  ", way, *done, file=sys.stderr)
            return 1
        finally:
            if os.environ.get("KEEP") is None:
                shutil.rmtree(place, ignore_errors=True)
        if time.time() > end:
            break
        seed += 1
    print(f"{nights} nights, seeds {options.seed} to {seed}: every output as a fresh run makes it")
    return 0


sys.exit(main())
