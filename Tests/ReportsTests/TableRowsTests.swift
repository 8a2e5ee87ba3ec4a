// SPDX-License-Identifier: Apache-2.0
import Alterations
import DelimitedText
import Knowledge
import Matching
import TestSupport
import Testing
@testable import Reports

/// Each cell stands below its column's name: a report in which no two values are alike.
struct TableRowsTests {
  private static let table = KnowledgeBase(
    tables: [
      (
        "mine.tsv",
        Array(
          InventedRule.text([
            InventedRule("R1", "EGFR", "p.L858R", "gefitinib", level: "A1", in: "LUAD"),
            InventedRule("R2", "EGFR", "p.L858R", "erlotinib", level: "B", in: "LUAD"),
            InventedRule("R3", "EGFR", "CODON 858", "osimertinib", level: "C", in: "LUAD", ["note": "the note"]),
            InventedRule("R4", "KRAS", "p.G12C", "sotorasib", in: "LUAD", ["requires": "NOT PTEN LOF"]),
            InventedRule("R5", "KRAS", "p.G12C", "adagrasib", in: "LUAD", ["requires": "NOT PTEN LOF"]),
            InventedRule(
              "R6", "BRAF", "p.V600E", "vemurafenib", level: "A1", in: "LUAD",
              ["status": "withdrawn", "withdrawn_date": "2020-01-01"]),
            .resistance("X1", "EGFR", "p.T790M", "erlotinib", level: "C", in: "LUAD"),
          ]).utf8)
      )
    ], includingBuiltIn: false)

  private static let report: SampleReport = {
    var report = SampleReport(sampleID: "the sample")
    report.patientID = "the patient"
    report.tumorTypes = ["LUAD", "LUSC"]
    report.tumorTypeSource = "the source of the type"
    report.remark = "the message"
    report.inputIDs = ["one id", "another id"]
    report.directory = "the folder"
    report.assaysSeen = [.mutations, .fusions]
    report.assaysMissing = [.copyNumber, .biomarkers]
    (report.rowsRead, report.rowsMatched, report.rowsUnmatched) = (1001, 1002, 1003)
    (report.rowsFiltered, report.rowsRejected) = (1004, 1005)
    report.files = [3: "the file"]
    let changes = [
      ("EGFR", "p.L858R"), ("EGFR", "p.T790M"), ("KRAS", "p.G12C"), ("BRAF", "p.V600E"), ("TTN", "p.A9T"),
      ("TTN", "p.A10T"),
    ]
    let alterations = changes.map {
      Alteration(
        gene: $0.0, event: .sequence(SequenceChange(effect: .missense, proteinChange: ProteinChange($0.1))),
        asWritten: "written \($0.1)", origin: .somatic, variantAlleleFraction: 0.25, cancerCellFraction: 0.75,
        copyNumber: 3, source: SourceLocation(file: 3, line: 77))
    }
    report.matches = Matcher(table: table).match(
      SampleProfile(sampleID: "the sample", tumorTypes: ["LUAD"], alterations: alterations))
    return report
  }()

  private func rows(_ table: OutputTable, _ write: (inout TSVWriter) -> Void) -> [[String: String]] {
    var buffer = TSVWriter()
    buffer.row(table.columns)
    write(&buffer)
    return Table(String(decoding: buffer.bytes, as: UTF8.self)).rows
  }

  @Test func `samples.tsv has each value below its name`() throws {
    let rows = rows(.samples) { TableRows.sample(Self.report, into: &$0) }
    let row = try #require(rows.first)
    let expected = [
      "sample_id": "the sample", "patient_id": "the patient", "tumor_type": "LUAD;LUSC",
      "tumor_type_source": "the source of the type", "status": "reported", "highest_tier": "I-A",
      "highest_sensitivity_level": "A1", "highest_resistance_level": "C", "n_alterations": "6", "n_matched": "4",
      "n_therapies": "5",
      "n_conditional": "2", "n_withdrawn": "1",
      "assays_seen": "mutations;fusions", "assays_missing": "copy_number;biomarkers", "rows_read": "1001",
      "rows_matched": "1002", "rows_unmatched": "1003", "rows_filtered": "1004", "rows_rejected": "1005",
      "message": "the message", "input_ids": "one id;another id", "directory": "the folder",
      "best_option": "gefitinib", "best_because": "EGFR p.L858R", "n_options": "4", "n_closed": "1",
    ]
    let distinct = row.filter { !["n_options", "n_closed"].contains($0.key) }.map(\.value)
    #expect(Set(distinct).count == distinct.count, "two values are alike, so that columns could be swapped: \(row)")
    for column in OutputTable.samples.columns { #expect(row[column] == expected[column], "\(column)") }
  }

  @Test func `alterations.tsv has each value below its name`() throws {
    let rows = rows(.alterations) { TableRows.alterations(Self.report, into: &$0) }
    let row = try #require(rows.first)
    let expected = [
      "sample_id": "the sample", "gene": "EGFR", "kind": "MUT", "alteration": "p.L858R",
      "alteration_as_written": "written p.L858R", "class": "missense", "oncogenicity": "oncogenic", "vaf": "0.25",
      "ccf": "0.75", "copy_number": "3", "origin": "somatic", "outcome": "matched", "file": "the file", "line": "77",
    ]
    let filled = row.values.filter { !$0.isEmpty }
    #expect(Set(filled).count == filled.count, "two values are alike: \(row)")
    for (column, value) in expected { #expect(row[column] == value, "\(column)") }
    #expect(row["oncogenicity_reason"]?.hasPrefix("listed hotspot change") == true)
    #expect(row["reason"]?.hasPrefix("read by") == true)
  }

  @Test func `therapies.tsv has each value below its name`() throws {
    let context = ReportContext(table: Self.table, programVersion: "1")
    let rows = rows(.therapies) { TableRows.therapies(Self.report, context: context, into: &$0) }
    let matches = try #require(Self.report.matches).therapies
    var seen = 0
    for match in matches {
      let row = try #require(rows.first { $0["rule_id"] == match.rule.id }, "\(match.rule.id)")
      let rule = match.rule
      let expected = [
        "sample_id": "the sample", "tumor_type": "LUAD", "therapy": rule.therapy,
        "direction": rule.direction.rawValue, "level": rule.level.rawValue, "tier": match.tier.name,
        "escat": match.tier.escat, "proximity": match.proximity.rawValue, "rung": match.rung.rawValue,
        "body": rule.authority.rawValue, "status": rule.regulatoryStatus.rawValue, "status_date": rule.statusDate,
        "verdict": match.verdict.rawValue, "condition": match.condition.joined(separator: ";"),
        "more_support": String(match.moreSupport), "table_version": Self.table.version(of: rule),
        "line": rule.line.rawValue,
      ]
      for (column, value) in expected { #expect(row[column] == value, "\(column) of \(rule.id)") }
      seen += 1
    }
    #expect(seen == matches.count && seen > 0)
  }
}
