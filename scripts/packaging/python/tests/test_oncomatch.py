# SPDX-License-Identifier: Apache-2.0
"""The installed package against the sample cohort; ONCOMATCH_SAMPLES names its folder, else SampleData is looked for here.

Tests of a kind of frame run where it is installed.
"""
from __future__ import annotations

import importlib.util
import os
import pathlib
import subprocess
import tempfile
import unittest

import oncomatch

SAMPLES = pathlib.Path(os.environ.get("ONCOMATCH_SAMPLES") or "SampleData").resolve()
KINDS = [kind for kind in ("polars", "pandas", "rows") if kind == "rows" or importlib.util.find_spec(kind)]


def rows(frame: oncomatch.Frame) -> oncomatch.Rows:
    """Any frame as rows."""
    if isinstance(frame, list):
        return frame
    if hasattr(frame, "to_dicts"):
        return list(frame.to_dicts())
    return [
        {name: None if value is None or value != value else value for name, value in row.items()}
        for row in frame.astype(object).where(frame.notna(), None).to_dict("records")
    ]


class ProgramTests(unittest.TestCase):
    def test_the_program_is_that_of_the_package(self) -> None:
        said = subprocess.run([oncomatch.program(), "--version"], capture_output=True, text=True, check=True).stdout
        self.assertEqual(said.split()[1], oncomatch.__version__)
        self.assertEqual(oncomatch.versions()["program"]["version"], oncomatch.__version__)

    def test_any_command_can_be_called_and_its_failure_is_an_exception(self) -> None:
        self.assertIn("rules\t", oncomatch.call("table", "info").stdout)
        with self.assertRaises(oncomatch.UsageError) as caught:
            oncomatch.call("table", "no-such-command")
        self.assertEqual(caught.exception.exit_code, 64)
        self.assertEqual(oncomatch.call("table", "no-such-command", check=False).returncode, 64)

    def test_schemas_are_those_of_the_program(self) -> None:
        self.assertEqual(oncomatch.schema("options")["primaryKey"], ["sample_id", "tumor_type", "therapy"])
        self.assertIn("sample_states", oncomatch.schema("run")["properties"])

    def test_a_program_that_is_not_there_is_said(self) -> None:
        before = os.environ.get("ONCOMATCH_PROGRAM")
        os.environ["ONCOMATCH_PROGRAM"] = "/no/such/program"
        try:
            with self.assertRaisesRegex(oncomatch.ProgramError, "/no/such/program"):
                oncomatch.versions()
        finally:
            if before is None:
                del os.environ["ONCOMATCH_PROGRAM"]
            else:
                os.environ["ONCOMATCH_PROGRAM"] = before


class QueryTests(unittest.TestCase):
    def test_the_answer_is_that_of_the_command(self) -> None:
        for kind in KINDS:
            with self.subTest(kind):
                answer = oncomatch.query("LUAD", ["EGFR p.L858R", "TP53 p.R175H"], frame=kind)
                said = oncomatch.call("query", "--tumor-type", "LUAD", "EGFR p.L858R", "TP53 p.R175H").stdout
                self.assertEqual(len(rows(answer.therapies)), said.count("\n") - 1)
                options = rows(answer.options)
                self.assertEqual([row["rank"] for row in options][:3], [1, 2, 3])
                self.assertIn("osimertinib", [row["therapy"] for row in options])
                self.assertEqual(answer.report["schema"], "oncomatch.sample-report")

    def test_findings_and_options_reach_the_program(self) -> None:
        plain = oncomatch.query("LUAD", "EGFR p.L858R", frame="rows")
        self.assertEqual(plain.report["tumor"]["types"][0]["oncotree_code"], "LUAD")
        many = oncomatch.query(
            "LUAD", "EGFR p.L858R, KRAS wt", prior_therapy=["gefitinib", "erlotinib"], purity=0.6, frame="rows"
        )
        self.assertEqual(many.report["tumor"]["purity"], 0.6)
        self.assertEqual(len(many.report["tumor"]["prior_therapy"]), 2)
        # A finding that begins with a hyphen is no option.
        with self.assertRaises(oncomatch.NothingUnderstood):
            oncomatch.query("LUAD", ["--version"])

    def test_what_is_not_understood_is_a_remark_or_an_exception(self) -> None:
        answer = oncomatch.query("LUAD", ["EGFR p.L858R", "no such thing"], frame="rows")
        self.assertTrue(any("no such thing" in line for line in answer.remarks), answer.remarks)
        with self.assertRaises(oncomatch.NothingUnderstood) as caught:
            oncomatch.query("LUAD", ["no such thing"])
        self.assertIn("no such thing", caught.exception.message)
        with self.assertRaises(oncomatch.UsageError):
            oncomatch.query("LUAD", ["EGFR p.L858R"], purity=7)


class RunTests(unittest.TestCase):
    def setUp(self) -> None:
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.place = pathlib.Path(place.name)

    def cohort(self) -> pathlib.Path:
        """A sample that is well and one whose file is cut."""
        folder = self.place / "in"
        for name in ("GOOD", "007"):
            (folder / name).mkdir(parents=True)
            (folder / name / "m.maf").write_text(
                "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\tt_alt_count\tt_ref_count\n"
                f"KIT\tMissense_Mutation\t{name}\tp.V559D\t40\t60\n"
            )
        (folder / "BAD").mkdir()
        (folder / "BAD" / "cut.maf.gz").write_bytes(b"\x1f\x8b\x08\x00\x00")
        return folder

    def test_frames_have_the_keys_and_types_of_the_data_package(self) -> None:
        output = oncomatch.run(SAMPLES, self.place / "out", quiet_time=0)
        self.assertEqual(output.exit_code, 0)
        self.assertEqual(output.summary["exit_code"], 0)
        for kind in KINDS:
            with self.subTest(kind):
                tables = output.read(frame=kind)
                self.assertEqual(len(rows(tables.samples)), 17)
                self.assertGreater(len(rows(tables.options)), 20)
                for name in tables.names:
                    found = rows(tables[name])
                    key = tables.primary_key(name)
                    if key:
                        self.assertEqual(len({tuple(row[part] for part in key) for row in found}), len(found), name)
                    for foreign in tables.foreign_keys(name):
                        there = {tuple(row[c] for c in foreign.referenced) for row in rows(tables[foreign.table])}
                        for row in found:
                            if name != "changes":
                                self.assertIn(tuple(row[c] for c in foreign.columns), there)
                self.assertEqual(tables.primary_key("options"), ("sample_id", "tumor_type", "therapy"))
                self.assertEqual(tables.run["samples"]["reported"], 15)
                self.assertEqual(tables.report("LMS-01")["sample_id"], "LMS-01")

    def test_cells_are_what_the_file_says(self) -> None:
        (self.place / "sheet.tsv").write_text("sample_id\ttumor_type\nGOOD\tGIST\n007\tGIST\nBAD\tGIST\n")
        output = oncomatch.run(
            self.cohort(), self.place / "out", samples=self.place / "sheet.tsv", formats=["tsv"], allow_failed=True
        )
        lines = (self.place / "out" / "alterations.tsv").read_text().splitlines()
        header, cells = lines[0].split("\t"), [line.split("\t") for line in lines[1:]]
        for kind in KINDS:
            with self.subTest(kind):
                found = rows(output.read(frame=kind).alterations)
                self.assertEqual([row["sample_id"] for row in found], [row[0] for row in cells])
                self.assertIn("007", [row["sample_id"] for row in found])
                for row, line in zip(found, cells):
                    for name, cell in zip(header, line):
                        if row[name] is None or cell == "":
                            self.assertEqual((row[name], cell), (None, ""), name)
                        elif isinstance(row[name], str):
                            self.assertEqual(row[name], cell, name)
                        else:
                            self.assertEqual(float(row[name] or 0), float(cell), name)

    @unittest.skipUnless("polars" in KINDS, "polars is not installed")
    def test_types_in_polars(self) -> None:
        import polars

        options = oncomatch.run(SAMPLES, self.place / "out").read(frame="polars").options
        self.assertEqual(options.schema["rank"], polars.Int64)
        self.assertEqual(options.schema["therapy"], polars.String)
        self.assertIsInstance(options.schema["group"], polars.Enum)

    @unittest.skipUnless("pandas" in KINDS, "pandas is not installed")
    def test_types_in_pandas(self) -> None:
        options = oncomatch.run(SAMPLES, self.place / "out").read(frame="pandas").options
        self.assertEqual(str(options["rank"].dtype), "Int64")
        self.assertEqual(str(options["therapy"].dtype), "string")
        self.assertEqual(str(options["group"].dtype), "category")

    def test_an_empty_table_has_its_columns(self) -> None:
        output = oncomatch.run(SAMPLES, self.place / "out", formats="tsv", sample_files=False)
        for kind in KINDS:
            frame = output.read(frame=kind).rejected
            self.assertEqual(rows(frame), [])
            if kind != "rows":
                self.assertEqual(list(frame.columns), ["file", "line", "column", "value", "problem"])

    def test_samples_that_fail_are_an_exception_with_their_place_and_the_output(self) -> None:
        folder = self.cohort()
        with self.assertRaises(oncomatch.SamplesFailed) as caught:
            oncomatch.run(folder, self.place / "out", tumor_type="GIST")
        self.assertEqual(list(caught.exception.failed), ["BAD"])
        self.assertEqual(caught.exception.file, str(folder / "BAD" / "cut.maf.gz"))
        self.assertTrue(caught.exception.problem)
        found = {row["sample_id"]: row["status"] for row in rows(caught.exception.output.read(frame="rows").samples)}
        self.assertEqual(found, {"007": "reported", "BAD": "failed", "GOOD": "reported"})
        self.assertEqual(oncomatch.run(folder, self.place / "out", tumor_type="GIST", allow_failed=True).exit_code, 3)

    def test_a_fault_of_a_table_has_file_line_column_and_value(self) -> None:
        table = self.place / "rules.tsv"
        text = [line for line in oncomatch.call("table", "export").stdout.splitlines() if not line.startswith("#")]
        cells = dict(zip(text[0].split("\t"), next(line for line in text if "\tEGFR\t" in line).split("\t")))
        cells.update(rule_id="X1", gene="NOGENE7")
        table.write_text(text[0] + "\n" + "\t".join(cells.values()) + "\n")
        for ask in (
            lambda: oncomatch.query("LUAD", "EGFR p.L858R", tables=table),
            lambda: oncomatch.run(SAMPLES, self.place / "out", tables=[table]),
        ):
            with self.assertRaises(oncomatch.SettingsError) as caught:
                ask()
            self.assertEqual(caught.exception.file, str(table))
            self.assertEqual(caught.exception.line, 2)
            self.assertIn(("gene", "NOGENE7"), [(fault.column, fault.value) for fault in caught.exception.faults])

    def test_each_kind_of_failure_has_its_exception(self) -> None:
        out = self.place / "out"
        for expected, ask in (
            (oncomatch.InputError, lambda: oncomatch.run(self.place / "nothing", out)),
            (oncomatch.UsageError, lambda: oncomatch.run(SAMPLES, out, jobs=0)),
            (oncomatch.UsageError, lambda: oncomatch.run(SAMPLES, out, tumor_type="no such type")),
            (oncomatch.OutputError, lambda: oncomatch.run(SAMPLES, "/proc/never")),
            (oncomatch.InputError, lambda: oncomatch.read(self.place / "nothing", frame="rows")),
            (ValueError, lambda: oncomatch.read(out, frame="excel")),  # type: ignore[arg-type]
        ):
            with self.subTest(expected.__name__), self.assertRaises(expected):
                ask()

    def test_without_polars_and_pandas_frames_ask_for_one(self) -> None:
        if len(KINDS) > 1:
            self.skipTest("one of them is installed")
        with self.assertRaisesRegex(ImportError, "pip install polars"):
            oncomatch.run(SAMPLES, self.place / "out").read()


if __name__ == "__main__":
    unittest.main()
