# SPDX-License-Identifier: Apache-2.0
"""Compares oncomatch with unzipping, copying and short scripts, and prints goals and results.

Started by scripts/bench, which builds what is measured.
"""

import argparse
import csv
import glob
import hashlib
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import instructions
import machine
from figures import Part, Row, at_most, faster, markdown_of, memory_at_most, seconds_at_most, text_of
from measuring import Failed, Job, Use, at_once, rounds

HERE = Path(__file__).resolve().parent
COMPARISONS = HERE.parent / "Comparisons"
PARTS = ["S", "instructions", "C", "growth", "large", "startup", "broken"]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench", description="Measures oncomatch and prints goals and ratios.")
    parser.add_argument("--quick", action="store_true", help="small data, one round: whether it runs, not how fast")
    parser.add_argument("--runs", type=int, metavar="N", help="rounds (5 unless given; medians are shown)")
    parser.add_argument("--only", choices=PARTS, action="append", help="one part; may be repeated")
    parser.add_argument("--instructions", action="store_true", help="instead: instructions beside the figures kept for them")
    parser.add_argument("--record", action="store_true", help="with --instructions: keep what was counted")
    parser.add_argument("--work", metavar="DIR", help="folder for data, kept and used again (else a temporary one)")
    parser.add_argument("--markdown", metavar="FILE", help="also write the figures as a page of the documentation")
    parser.add_argument("--binary", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--generate", required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.runs is not None and options.runs < 1:
        parser.error("--runs is at least 1")
    if options.record and not options.instructions:
        parser.error("--record goes with --instructions")
    if options.quick and options.markdown:
        parser.error("--quick measures nothing that a page could show")
    options.runs = options.runs or (1 if options.quick else 5)
    options.only = [] if options.instructions else options.only or PARTS
    return options


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def rows_a_sample(out: Path, samples: int) -> float:
    """How many rows the tables of therapies hold for each sample of a cohort."""
    tables = (out / f"{name}.tsv" for name in ("therapies", "options", "agents"))
    return sum(sum(1 for _ in open(table, "rb")) - 1 for table in tables) / samples


class Bench:
    def __init__(self, options: argparse.Namespace, work: Path):
        self.options = options
        self.binary = options.binary
        self.data = work / "data"
        self.out = work / "out"
        self.data.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(self.out, ignore_errors=True)
        self.out.mkdir()
        self.numbers = itertools.count()
        self.missing: dict[str, str] = {}
        for tool, package in (("igzip", "isal"), ("gzip", "gzip")) if options.only else ():
            if not shutil.which(tool):
                self.missing[tool] = f"{tool} is missing (Debian package {package})"
                say(f"bench: {self.missing[tool]}; what is measured against it is left out")
        self.python = self.comparisons() if "S" in options.only else None

    # Tools and data

    def comparisons(self) -> str | None:
        """Python with Polars and DuckDB of the pinned versions, in a folder of the user's cache."""
        pins = COMPARISONS / "requirements.txt"
        digest = hashlib.sha256(pins.read_bytes() + sys.version.encode()).hexdigest()[:12]
        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "oncomatch" / f"benchmarks-{digest}"
        python = cache / "bin" / "python3"
        if not (cache / "complete").exists():
            shutil.rmtree(cache, ignore_errors=True)
            install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(pins)]
            for command in ([sys.executable, "-m", "venv", str(cache)], install):
                done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
                if done.returncode != 0:
                    reason = (done.stdout.strip().split("\n") or [""])[-1]
                    self.missing["python"] = (
                        "Polars and DuckDB cannot be installed (Debian packages python3-pip and python3-venv, and the network)"
                    )
                    say(f"bench: {self.missing['python']}: {reason}; their scripts are left out")
                    shutil.rmtree(cache, ignore_errors=True)
                    return None
            (cache / "complete").touch()
        return str(python)

    def generated(self, name: str, *settings: str) -> tuple[Path, list[str]]:
        """Generated files, made again when the generator or its settings changed, and what the generator printed."""
        folder = self.data / name
        made = self.data / f"{name}.json"
        key = [list(settings), hashlib.sha256(Path(self.options.generate).read_bytes()).hexdigest()]
        if made.exists():
            known = json.loads(made.read_text())
            if known["key"] == key:
                return folder, known["printed"]
        say(f"bench: making {name} ({' '.join(settings)})")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        target = [str(folder)]
        if "--cohort" in settings:
            target = [str(folder / "cohort.maf.gz"), "--sheet", str(folder / "clinical.tsv")]
        done = subprocess.run([self.options.generate, *target, *settings], stdout=subprocess.PIPE, text=True, check=True)
        made.write_text(json.dumps({"key": key, "printed": done.stdout.splitlines()}))
        return folder, done.stdout.splitlines()

    def samples(self, count: int) -> Path:
        rows = 20 if self.options.quick else 300
        return self.generated(f"S{count}", "--samples", str(count), "--rows", str(rows))[0]

    def counted(self, count: int) -> Path:
        """Samples of which instructions are counted: three files each."""
        settings = ("--samples", str(count), "--rows", "300", "--with-copy-number", "--with-fusions")
        return self.generated(f"counted{count}", *settings)[0]

    @staticmethod
    def packed(folder: Path) -> list[str]:
        files = sorted(glob.glob(f"{folder}/**/*.gz", recursive=True))
        for file in files:
            with open(file, "rb") as content:
                while content.read(1 << 20):
                    pass
        return files

    @staticmethod
    def described(files: list[str], what: str) -> str:
        packed = sum(os.path.getsize(file) for file in files)
        return f"{what}, {packed / 1e6:.1f} MB packed"

    # Jobs

    def put_aside(self, out: Path) -> None:
        """Makes place for another round. What stood there is removed at the end of all: ext4 looks at every inode that
        was freed in the last minute before it gives out a new one, and that would be measured."""
        if out.exists():
            out.rename(self.out / f"old-{next(self.numbers)}")

    def run(self, job: str, *settings: str, force: bool = True) -> Job:
        """A run into an empty folder."""
        out = self.out / job.replace(" ", "-").replace(",", "")
        command = [self.binary, "run", *settings, "--out", str(out), "--jobs", "2"] + (["--force"] if force else [])

        def check() -> None:
            manifest = json.loads((out / "run.json").read_text())
            made.stages.append({stage["stage"]: stage["seconds"] for stage in manifest["stages"]})

        made = Job(job, lambda: at_once(command), lambda: self.put_aside(out), check)
        made.out = out
        return made

    def unzip(self, files: list[str], tool: str = "igzip", processes: int = 2) -> Use:
        shares = [files[number::processes] for number in range(processes)]
        return at_once(*([tool, "-dc", *share] for share in shares if share))

    def unzip_and_copy(self, name: str, files: list[str], finished: Job) -> Job:
        copy = self.out / f"copy-of-{finished.out.name}"
        command = ["cp", "-r", str(finished.out), str(copy)]
        return Job(
            name,
            lambda: self.unzip(files).then(at_once(command)),
            lambda: self.put_aside(copy),
        )

    def join(self, name: str, script: str, files: list[str], *settings: str) -> Job:
        rules = self.out / "rules.tsv"
        if not rules.exists():
            with open(rules, "wb") as table:
                subprocess.run([self.binary, "table", "export"], stdout=table, stderr=subprocess.DEVNULL, check=True)
        out = self.out / name.replace(" ", "-").replace(",", "")
        command = [self.python, str(COMPARISONS / script), str(rules), str(out), *settings, *files]
        return Job(name, lambda: at_once(command), lambda: self.put_aside(out))

    # Parts

    def part_s(self) -> Part:
        count = 60 if self.options.quick else 1000
        folder = self.samples(count)
        files = self.packed(folder)
        part = Part("S", self.described(files, f"{count:,} gzipped MAFs of 115 columns, one per sample"))
        cohort = self.run("cohort tables only", str(folder), "--formats", "tsv", "--no-sample-files")
        tables = self.run("tables of each sample", str(folder), "--formats", "tsv")
        everything = self.run("all formats", str(folder))
        again = self.nothing_new(everything, folder)
        jobs = [cohort, tables, everything, again]
        floors: list[Job] = []
        if "igzip" not in self.missing:
            unzip = Job("igzip -dc, two at once", lambda: self.unzip(files))
            tables_floor = self.unzip_and_copy("igzip, then cp -r of the tables", files, tables)
            everything_floor = self.unzip_and_copy("igzip, then cp -r of all formats", files, everything)
            floors = [unzip, tables_floor, everything_floor]
            jobs = [unzip, cohort, tables, tables_floor, everything, everything_floor, again]
        if "gzip" not in self.missing:
            floors.append(Job("gzip -dc", lambda: self.unzip(files, "gzip", 1)))
            jobs.append(floors[-1])
        others: list[Job] = []
        if self.python:
            others = [
                self.join("Polars, one TSV per sample", "join_polars.py", files),
                self.join("Polars, one TSV for all", "join_polars.py", files, "--one-table"),
                self.join("DuckDB, one TSV per sample", "join_duckdb.py", files),
                self.join("DuckDB, one TSV for all", "join_duckdb.py", files, "--one-table"),
            ]
            jobs += others
        rounds(jobs, self.options.runs, "S")
        if "igzip" not in self.missing:
            part.rows += [
                at_most(cohort, unzip, 3.3, "cohort tables only", "two igzip -dc"),
                at_most(tables, tables_floor, 1.5, "tables of each sample", "igzip and cp -r"),
                at_most(everything, everything_floor, 1.8, "all formats", "igzip and cp -r"),
            ]
        if self.python:
            part.rows.append(faster(tables, others[0], 4, "tables of each sample", "Polars, one TSV per sample"))
            part.rows.append(
                Row("cohort tables only", cohort, "(beside Polars, one TSV for all)", f"{others[1].ratio(cohort):.1f} x")
            )
        part.rows += [memory_at_most(job, 45, job.name) for job in (cohort, tables, everything)]
        part.rows.append(seconds_at_most(again, 0.1, "nothing new, second run", ", no file written"))
        part.rows += [Row(job.name, job) for job in floors + others]
        part.staged = [(job.name, job) for job in (cohort, tables, everything)]
        part.left_out = list(self.missing.values())
        return part

    def part_instructions(self) -> Part:
        """Instructions of a further sample, beside those of unzipping it, and of one question."""
        few, many = (20, 60) if self.options.quick else (100, 200)
        title = f"In the program and its libraries (Valgrind): {many} samples as in S less {few}, one worker"
        part = Part("Instructions", title)
        tools = {"valgrind": "valgrind", "strip": "binutils", "igzip": "isal"}
        part.left_out = [f"{tool} is missing (Debian package {tools[tool]})" for tool in tools if not shutil.which(tool)]
        if part.left_out:
            return part
        stripped = instructions.stripped(self.binary, self.out)

        def counted(count: int) -> tuple[int, int]:
            folder = self.samples(count)
            arguments = ["run", str(folder), "--out", str(self.out / f"counted-{count}"), *instructions.COHORT_TABLES]
            return instructions.counted(stripped, arguments), instructions.counted("igzip", ["-dc", *self.packed(folder)])

        ours, floor = (more - fewer for more, fewer in zip(counted(many), counted(few)))
        sample = ours / (many - few)
        part.rows.append(
            Row(
                "cohort tables only, a sample",
                None,
                "at most 2.9 x igzip -dc",
                f"{ours / floor:.2f} x ({sample / 1e6:.1f} million)",
                ours <= 2.9 * floor,
            )
        )
        question = instructions.counted(stripped, instructions.QUESTION)
        part.rows.append(
            Row("oncomatch query", None, "at most 60 million", f"{question / 1e6:.0f} million", question <= 60e6)
        )
        return part

    def nothing_new(self, finished: Job, folder: Path) -> Job:
        """A second run on what the first has done: it says nothing and touches nothing."""
        command = [self.binary, "run", str(folder), "--out", str(finished.out), "--jobs", "2"]
        before: list = []

        def listing() -> list:
            entries = []
            for place, folders, files in os.walk(finished.out):
                for name in folders + files:
                    status = os.lstat(os.path.join(place, name))
                    entries.append((place, name, status.st_ino, status.st_mtime_ns, status.st_size))
            return sorted(entries)

        def check() -> None:
            if listing() != before:
                raise Failed("a run with nothing new touched its output")

        return Job(
            "nothing new", lambda: at_once(command, silent=True), lambda: before.__setitem__(slice(None), listing()), check
        )

    def part_c(self) -> Part:
        samples, rows = (40, 50) if self.options.quick else (3334, 300)
        settings = ["--cohort", "--samples", str(samples), "--rows", str(rows)]
        plain, _ = self.generated("C", *settings)
        blocks, _ = self.generated("C-bgzip", *settings, "--bgzip")
        files, blocked = self.packed(plain), self.packed(blocks)
        part = Part("C", self.described(files, f"{samples * rows:,} rows of {samples:,} samples in one gzipped MAF"))
        sheet = ["--samples", str(plain / "clinical.tsv")]
        cohort = self.run("C cohort tables only", *files, *sheet, "--formats", "tsv", "--no-sample-files")
        tables = self.run("C tables of each sample", *files, *sheet, "--formats", "tsv")
        bgzip = self.run("C bgzip, cohort tables only", *blocked, *sheet, "--formats", "tsv", "--no-sample-files")
        jobs = [cohort, tables, bgzip]
        floors: list[Job] = []
        if "igzip" not in self.missing:
            unzip = Job("igzip -dc", lambda: self.unzip(files))
            unzip_blocks = Job("igzip -dc of the bgzip-packed file", lambda: self.unzip(blocked))
            copy = self.unzip_and_copy("igzip, then cp -r of the tables", files, tables)
            floors = [unzip, unzip_blocks, copy]
            jobs = [unzip, cohort, tables, copy, unzip_blocks, bgzip]
        if "gzip" not in self.missing:
            floors.append(Job("gzip -dc", lambda: self.unzip(files, "gzip")))
            jobs.append(floors[-1])
        rounds(jobs, self.options.runs, "C")
        if floors and "igzip" not in self.missing:
            part.rows += [
                at_most(cohort, unzip, 1.8, "cohort tables only", "igzip -dc"),
                at_most(bgzip, unzip_blocks, 1.2, "bgzip-packed, cohort tables only", "igzip -dc"),
                at_most(tables, copy, 1.4, "tables of each sample", "igzip and cp -r"),
            ]
        names = [("cohort tables only", cohort), ("bgzip-packed, cohort tables only", bgzip), ("tables of each sample", tables)]
        part.rows += [memory_at_most(job, 111, name) for name, job in names]
        part.rows += [Row(job.name, job) for job in floors]
        part.staged = names
        part.left_out = [self.missing[tool] for tool in ("igzip", "gzip") if tool in self.missing]
        return part

    def part_growth(self) -> Part:
        counts = [10, 60, 240] if self.options.quick else [100, 1000, 10_000]
        part = Part("Growth", "Tables of each sample for more and more samples as in S, `--formats tsv --jobs 2`")
        jobs = []
        for count in counts:
            folder = self.samples(count)
            self.packed(folder)
            jobs.append(self.run(f"{count:,} samples", str(folder), "--formats", "tsv"))
        rounds(jobs, self.options.runs, "growth")
        part.rows.append(Row(jobs[0].name, jobs[0]))
        for fewer, more, factor in zip(jobs, jobs[1:], (more / fewer for fewer, more in zip(counts, counts[1:]))):
            ratio = more.ratio(fewer) / factor
            part.rows.append(
                Row(more.name, more, f"at most 1.05 x linear from {fewer.name}", f"{ratio:.2f} x linear", ratio <= 1.05)
            )
        ratio = jobs[2].ratio(jobs[1], "memory")
        part.rows.append(
            Row(jobs[2].name, jobs[2], f"memory flat: at most 1.2 x that of {jobs[1].name}", f"{ratio:.2f} x", ratio <= 1.2)
        )
        part.rows.append(memory_at_most(jobs[2], 200, jobs[2].name))
        return part

    def part_large(self) -> Part:
        samples = 500 if self.options.quick else 1_000_000
        folder, _ = self.generated("large", "--cohort", "--samples", str(samples), "--rows", "1")
        files = self.packed(folder)
        part = Part("Many samples", self.described(files, f"{samples:,} samples of one row in one gzipped MAF"))
        tables = [*files, "--formats", "tsv", "--no-sample-files"]
        untyped = self.run("many samples", *tables)
        typed = self.run("many samples of a type", *tables, "--tumor-type", "LMS")
        rounds([untyped, typed], self.options.runs, "many samples")
        name = f"cohort tables of {samples:,} samples"
        with_type = f"the same, all of type LMS: {rows_a_sample(typed.out, samples):.0f} rows a sample for the type alone"
        part.rows += [
            seconds_at_most(untyped, 30, name),
            memory_at_most(untyped, 600, name),
            Row(with_type, typed),
            memory_at_most(typed, 600, with_type),
        ]
        return part

    def part_startup(self) -> Part:
        part = Part("Start-up", "Medians of many starts")
        version = Job("--version", lambda: at_once([self.binary, "--version"]))
        query = Job("query", lambda: at_once([self.binary, *instructions.QUESTION]))
        rounds([version, query], 2 if self.options.quick else self.options.runs * 4, "start-up")
        part.rows.append(seconds_at_most(version, 0.007, "oncomatch --version"))
        part.rows.append(seconds_at_most(query, 0.02, "oncomatch query, built-in table loaded"))
        return part

    def part_broken(self) -> Part:
        samples, broken, rows = (60, 20, 5) if self.options.quick else (1000, 50, 100)
        settings = ["--samples", str(samples), "--rows", str(rows), "--with-copy-number", "--with-fusions"]
        folder, printed = self.generated("broken", *settings, "--broken", str(broken))
        expected = sorted(line.split("\t")[0] for line in printed)
        out = self.out / "broken"
        command = [self.binary, "run", str(folder), "--out", str(out), "--jobs", "2", "--force"]
        job = Job("broken", lambda: at_once(command, status=3), lambda: self.put_aside(out))
        rounds([job], 1, "broken")
        with open(out / "samples.tsv", encoding="utf-8", newline="") as table:
            found = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
        failed = sorted(row["sample_id"] for row in found if row["status"] == "failed" and row["message"])
        whole = sum(row["status"] in ("reported", "no_match") for row in found)
        name = f"{broken} of {samples:,} samples broken"
        part = Part("Broken samples", "MAF, copy number and fusions; each broken file in another way")
        part.rows.append(
            Row(
                name,
                job,
                f"exit 3, {samples - broken} reports, {broken} reasons",
                f"exit 3, {whole} reports, {len(failed)} reasons",
                failed == expected and whole == samples - broken,
            )
        )
        if failed != expected:
            raise Failed(f"broken and not failed, or the other way round: {sorted(set(failed) ^ set(expected))}")
        return part


def main() -> int:
    options = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    work = Path(options.work).resolve() if options.work else Path(tempfile.mkdtemp(prefix="oncomatch-bench-"))
    try:
        bench = Bench(options, work)
        if options.instructions:
            return 0 if instructions.compare(instructions.measure(bench.binary, bench.counted, work), options.record) else 1
        facts = machine.description(bench.binary, str(work), bench.python)
        makers = {
            "S": bench.part_s,
            "instructions": bench.part_instructions,
            "C": bench.part_c,
            "growth": bench.part_growth,
            "large": bench.part_large,
            "startup": bench.part_startup,
            "broken": bench.part_broken,
        }
        parts = [makers[name]() for name in PARTS if name in options.only]
        print("\n".join(f"{name}: {value}" for name, value in facts))
        print(text_of(parts, judged=not options.quick))
        if options.markdown:
            Path(options.markdown).write_text(markdown_of(parts, facts, options.runs), encoding="utf-8")
        return 0
    except (Failed, instructions.Unable) as problem:
        say(f"bench: {problem}")
        return 1
    except KeyboardInterrupt:
        return 130
    finally:
        shutil.rmtree(work / "out" if options.work else work, ignore_errors=True)


sys.exit(main())
