// SPDX-License-Identifier: Apache-2.0
package import Alterations

/// What the grades of stains say of a status.
package struct StainGrades: Sendable {
  /// What a grade says of a word of a status.
  package enum Answer: String, Sendable {
    case yes, no
    /// Not before the next test.
    case open
  }

  /// One grade of a stain.
  package struct Grade: Sendable {
    let scale: String
    let number: Double
    let answers: [String: Answer]
    /// The test that tells where the grade does not; empty where it does.
    package let nextTest: String
  }

  private let byGene: [String: [Grade]]

  init(_ rows: [FactRow]) {
    var byGene: [String: [Grade]] = [:]
    for row in rows {
      guard let number = Double(row["grade"]) else { continue }
      let answers = ["positive", "negative", "low"].compactMap { word in
        Answer(rawValue: row[word]).map { (word, $0) }
      }
      byGene[row["gene"], default: []].append(
        Grade(
          scale: row["scale"], number: number, answers: Dictionary(uniqueKeysWithValues: answers),
          nextTest: row["next_test"]))
    }
    self.byGene = byGene
  }

  /// Whether some grade of the gene's stain counts as low.
  package func namesLow(_ gene: String) -> Bool { byGene[gene]?.contains { $0.answers["low"] == .yes } ?? false }

  /// Whether some grade of the gene's stain leaves the status to the next test.
  package func contains(_ gene: String) -> Bool { byGene[gene]?.contains { !$0.nextTest.isEmpty } ?? false }

  /// The grade that a number on a scale is; a number between two is the lower one.
  package func grade(of gene: String, scale: String, _ number: Double) -> Grade? {
    byGene[gene]?.last { $0.scale == scale && $0.number <= number }
  }

  /// Whether a result is a grade that leaves the status open.
  package func isOpen(_ measurement: Measurement) -> Bool { openGrade(measurement) != nil }

  /// The grade of a result that leaves the status open; `nil` for all other results.
  package func openGrade(_ measurement: Measurement) -> Grade? {
    guard let number = measurement.number else { return nil }
    return byGene[measurement.name]?.first {
      $0.scale == measurement.scale && $0.number == number && !$0.nextTest.isEmpty
    }
  }

  /// What a number on a scale says of a word; `nil` where the table has neither.
  package func answer(_ word: String, gene: String, scale: String, _ number: Double) -> Answer? {
    grade(of: gene, scale: scale, number)?.answers[word]
  }
}

/// Stains whose rules hold in their own tumor and through a bridge only.
package struct LineageStains: Sendable {
  private let words: [String: [String]]

  init(_ rows: [FactRow]) {
    words = Dictionary(rows.map { ($0["stain"], [$0["only_for"]]) }, uniquingKeysWith: +)
  }

  /// Whether a rule about a stain is bound to its lineage.
  package func bind(_ rule: Rule) -> Bool {
    words[rule.gene]?.contains { $0.isEmpty || rule.specText.contains($0) } ?? false
  }
}
