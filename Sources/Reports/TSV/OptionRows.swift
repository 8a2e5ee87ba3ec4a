// SPDX-License-Identifier: Apache-2.0
package import DelimitedText
internal import Knowledge
package import Matching

extension TableRows {
  /// Rows of options.tsv, in the order of the options.
  package static func options(_ report: SampleReport, into buffer: inout TSVWriter) {
    guard let matches = report.matches else { return }
    for option in matches.options {
      buffer.cell(report.sampleID)
      buffer.cell(report.patientID)
      buffer.cell(option.tumorType)
      if let rank = option.rank { buffer.cell(rank) } else { buffer.cell("") }
      buffer.cell(option.therapy)
      buffer.cell(option.group.rawValue)
      buffer.cell(option.verdict.rawValue)
      buffer.cell(option.best.tier.name)
      buffer.cell(option.best.rule.level.rawValue)
      buffer.cell(option.best.proximity.rawValue)
      buffer.cell(option.standing.rawValue)
      buffer.cell(option.authority)
      buffer.cell(option.becauseWords(matches))
      buffer.cell(option.againstWords(matches))
      buffer.list(option.best.condition)
      buffer.cell(option.rowsFor.count)
      buffer.cell(option.rowsAgainst.count)
      buffer.list(option.shownRows.map(\.rule.id))
      buffer.list(option.shownReferences)
      buffer.endRow()
    }
  }
}

extension TherapyOption {
  /// The labels in force: `FDA 2018-11-26: SOLID_TUMOR; EMA 2019-09-19: SOLID_TUMOR`.
  package var authority: String {
    if labels.isEmpty { return "" }
    return labels.map { label in
      let name = label.date.isEmpty ? label.authority.rawValue : label.authority.rawValue + " " + label.date
      return name + ": " + label.codes.joined(separator: ", ")
    }.joined(separator: "; ")
  }

  /// The rows shown first: the best one for, and the best one against.
  package var shownRows: [TherapyMatch] {
    guard let bestFor else { return bestAgainst.map { [$0] } ?? [] }
    return bestAgainst.map { [bestFor, $0] } ?? [bestFor]
  }

  /// The references of ``shownRows``, each once.
  package var shownReferences: [String] {
    var found: [String] = []
    for row in [bestFor, bestAgainst] {
      for reference in row?.rule.references ?? [] where !found.contains(reference) { found.append(reference) }
    }
    return found
  }

  /// What it rests on: `KIT p.V559D; PTEN HOMDEL`.
  package func becauseWords(_ matches: SampleMatches) -> String {
    let rule = (bestFor ?? best).rule
    let words = because.map { matches.alterations[$0].words(under: rule) }
    if !words.isEmpty { return words.joined(separator: ";") }
    return bestFor.map { $0.isHistology ? "" : $0.rule.gene + " " + ($0.rule.eventClass == .wildType ? "WT" : "") }?
      .trimmingSuffix(" ") ?? ""
  }

  /// What speaks against it: `KIT p.V654A (B, R0064)`; a study of the tumor type as a whole names the type.
  package func againstWords(_ matches: SampleMatches) -> String {
    if rowsAgainst.isEmpty { return "" }
    let rows =
      rowsAgainst.count < 2
      ? rowsAgainst
      : rowsAgainst.sorted {
        ($0.rule.level.place, $0.rule.id) < ($1.rule.level.place, $1.rule.id)
      }
    // One text that grows; parts of it and lists of them would each be made and thrown away.
    var text = ""
    for row in rows {
      let rule = row.rule
      if !text.isEmpty { text += ";" }
      if row.alterations.isEmpty {
        text += row.isHistology ? row.tumorType : rule.gene
      } else {
        var isNext = false
        for place in row.alterations {
          if isNext { text += " and " }
          isNext = true
          let found = matches.alterations[place]
          text += found.displayGene(rule: rule)
          text += " "
          text += found.description
        }
      }
      text += " ("
      text += rule.level.rawValue
      text += ", "
      text += rule.id
      text += ")"
    }
    return text
  }
}

extension AnnotatedAlteration {
  /// `KIT p.V559D`, `ALK EML4::ALK`, `TMB 14 mut/Mb`.
  func words(under rule: Rule) -> String { displayGene(rule: rule) + " " + description }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: Character) -> String {
    var text = self
    while text.last == suffix { text.removeLast() }
    return text
  }
}
