// SPDX-License-Identifier: Apache-2.0
internal import Knowledge
internal import Matching

/// What the findings say beside therapies, in lines.
enum StatementText {
  static func lines(_ matches: SampleMatches, _ tree: TumorTypeTree) -> [String] {
    var lines: [String] = []
    for kind in Rule.Statement.Kind.allCases {
      let rows = matches.statements.filter { $0.statement.kind == kind }
      guard !rows.isEmpty else { continue }
      lines += ["", kind.title]
      for row in rows {
        let words = StatementWords(row, matches)
        let test = row.openQuestions.isEmpty ? "" : "; test: " + row.plainCondition
        lines.append("  \(row.rule.level.rawValue)  \(words.basis): \(words.claim(tree))\(test)")
        if !row.rule.note.isEmpty { lines.append("      note: " + row.rule.note) }
        let more = row.supportingRules.isEmpty ? "" : " and \(row.supportingRules.count) more"
        lines.append(
          "      \(row.rule.id)\(more): " + row.rule.references.map(ReferenceLink.plain).joined(separator: ", "))
      }
    }
    return lines
  }
}

extension StatementMatch {
  /// What would have to be tested, for people.
  var plainCondition: String { openQuestions.map(\.plain).joined(separator: "; ") }
}

/// What concerns the patient and not the tumor, in lines.
enum GermlineText {
  static func lines(_ matches: SampleMatches, _ reference: ReferenceTables) -> [String] {
    let found = GermlineFindings(matches, reference)
    var lines: [String] = []
    if !found.findings.isEmpty { lines += ["", "Germline findings"] }
    for finding in found.findings {
      let annotated = matches.alterations[finding.alteration]
      lines.append("  \(annotated.gene) \(annotated.plain): \(finding.origin); \(GermlineFindings.advice)")
      lines.append("      " + annotated.classification)
      if !finding.predisposition.isEmpty { lines.append("      predisposition: " + finding.predisposition) }
      if !finding.therapies.isEmpty { lines.append("      therapies: " + finding.therapies.joined(separator: ", ")) }
    }
    if !found.alleles.isEmpty { lines += ["", "Alleles that matter for the dose of drugs"] }
    for item in found.alleles {
      lines.append("  \(item.words); \(GermlineFindings.advice)")
      lines.append("      " + ReferenceLink.plain(item.allele.reference))
    }
    return lines
  }
}
