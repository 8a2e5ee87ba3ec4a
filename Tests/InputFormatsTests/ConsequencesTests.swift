// SPDX-License-Identifier: Apache-2.0
import Alterations
import DelimitedText
import Testing
@testable import InputFormats

/// The table of consequences and how words are looked up in it.
struct ConsequencesTests {
  /// A row of the table.
  private struct Term {
    let term: String, dialects: [String], effect: String, use: String, severity: String, source: String

    init(_ cells: [String]) {
      (term, dialects) = (cells[0], cells[1].listItems)
      (effect, use, severity, source) = (cells[2], cells[3], cells[4], cells[5])
    }
  }

  private static let terms = Consequences.withBuiltInTable { NamedTable($0) }
    .records(["term", "dialect", "effect", "use", "severity", "source"]).map(Term.init)

  private func read(_ cell: String) -> Consequences.Reading {
    let bytes = Array(cell.utf8)
    return Consequences.builtIn.read(0..<bytes.count, in: bytes.span)
  }

  /// The word that counts in a cell.
  private func word(_ cell: String) -> String {
    String(decoding: Array(cell.utf8)[read(cell).word], as: UTF8.self)
  }

  @Test func `the table names no term twice in a dialect`() {
    var seen: [String: String] = [:]
    for row in Self.terms {
      for dialect in row.dialects {
        let key = row.term.lowercased().replacing("_", with: " ").replacing("-", with: " ") + "|" + dialect
        #expect(seen[key] == nil, "\(row.term) and \(seen[key] ?? "") of \(dialect)")
        seen[key] = row.term
      }
    }
    #expect(Self.terms.count > 370)
  }

  @Test func `every effect, use and severity of the table exists, and every term names its source`() {
    let givenByNoTable: Set<Consequence.Use> = [.notStated, .notKnown]
    for row in Self.terms {
      #expect(VariantEffect(rawValue: row.effect) != nil, "\(row.term): \(row.effect)")
      let use = Consequence.Use(rawValue: row.use)
      #expect(use.map { !givenByNoTable.contains($0) } == true, "\(row.term): \(row.use)")
      #expect(Int(row.severity).map { (1...99).contains($0) } == true, "\(row.term): \(row.severity)")
      #expect(!row.source.isEmpty && !row.dialects.isEmpty, "\(row.term)")
    }
  }

  @Test func `what is not looked at is less severe than a word that is not known`() {
    for row in Self.terms where ["filter", "intron", "promoter", "stated"].contains(row.use) {
      #expect(Int(row.severity).map { $0 < Consequences.unknownSeverity } == true, "\(row.term)")
      #expect(row.effect == (row.use == "stated" ? "unknown" : "noncoding"), "\(row.term)")
    }
  }

  @Test func `every term is found in any letter case, with blanks, hyphens or underscores`() {
    for row in Self.terms {
      for spelling in [
        row.term, row.term.lowercased(), row.term.uppercased(), row.term.replacing("_", with: " "),
        row.term.replacing(" ", with: "_").replacing("-", with: "_"),
      ] {
        let reading = read(spelling)
        #expect(reading.consequence.effect.rawValue == row.effect, "\(spelling)")
        #expect(reading.consequence.use.rawValue == row.use, "\(spelling)")
        #expect(reading.severity == Int(row.severity) && reading.unknown.isEmpty, "\(spelling)")
      }
    }
  }

  @Test(arguments: [
    ("splice_region_variant&missense_variant", "missense_variant"),
    ("missense_variant,splice_region_variant", "missense_variant"),
    ("intron_variant; splice_donor_variant", "splice_donor_variant"),
    ("frameshift_variant&stop_gained", "stop_gained"), ("SPLICE_SITE_REGION+INTRON", "SPLICE_SITE_REGION"),
    ("exonic;splicing", "splicing"), ("", ""), ("synonymous_variant&coding_sequence_variant", "synonymous_variant"),
  ])
  func `of several words the most severe counts`(cell: String, expected: String) {
    #expect(word(cell) == expected)
    #expect(read(cell).unknown.isEmpty)
  }

  @Test(arguments: [
    ("telomere_variant", VariantEffect.unknown, Consequence.Use.notKnown, "telomere_variant"),
    ("intron_variant&telomere_variant", .unknown, .notKnown, "telomere_variant"),
    ("telomere_variant&stop_gained", .nonsense, .protein, "telomere_variant"),
    ("Missens", .unknown, .notKnown, "Missens"),
    ("r", .unknown, .notKnown, "r"), ("", .unknown, .notStated, ""),
  ])
  func `a word that is not in the table is unknown, and nothing beside it takes the row out`(
    cell: String, effect: VariantEffect, use: Consequence.Use, unknown: String
  ) {
    let reading = read(cell)
    #expect(reading.consequence == Consequence(effect: effect, use: use))
    #expect(String(decoding: Array(cell.utf8)[reading.unknown], as: UTF8.self) == unknown)
    let nothing: [UInt8] = []
    let isLookedAt = reading.consequence.isLookedAt(gene: nothing.span, coding: nothing.span, statesProtein: false)
    #expect(isLookedAt)
  }

  @Test(arguments: [
    ("c.375+1G>A", true), ("c.375+2T>C", true), ("c.376-1G>A", true), ("ENST1.3:c.376-2A>G", true),
    ("c.375+3A>G", false), ("c.375+12C>T", false), ("c.376-20del", false), ("c.-124C>T", false), ("c.*1+", false),
    ("", false),
  ])
  func `the two bases beside an exon are a splice site`(coding: String, isNamed: Bool) {
    let found = SpliceSite.isNamed(by: Array(coding.utf8).span)
    #expect(found == isNamed)
  }

  @Test func `classes that are not known are named with their rows, the most frequent first`() {
    #expect(
      RecordBatch.remark(onUnknownClasses: ["b": 1, "a": 1, "c": 3])
        == "class not known: 'c' (3 rows), 'a' (1 row), 'b' (1 row), judged by the protein change")
    let many = Dictionary(uniqueKeysWithValues: (1...7).map { ("w\($0)", 1) })
    #expect(RecordBatch.remark(onUnknownClasses: many).contains("'w5' (1 row), 2 more,"))
  }
}
