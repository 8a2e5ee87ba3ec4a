internal import Alterations
internal import Knowledge
internal import Matching

/// Writes a sample's report as plain text for a terminal.
package enum ReportText {
  /// The report's text.
  package static func text(_ report: SampleReport, context: ReportContext) -> [UInt8] {
    var lines: [String] = []
    let tree = context.table.reference.tumorTypes
    let types = report.tumorTypes.map { code in "\(code) (\(tree.node(code)?.name ?? ""))" }
    lines.append("Tumor type: " + (types.isEmpty ? "unknown" : types.joined(separator: "; ")))
    if let matches = report.matches {
      for review in matches.diagnosisReviews { lines.append("! " + review) }
      for section in ReportSection.allCases {
        let rows = matches.therapies.filter { ReportSection($0) == section }
        guard !rows.isEmpty else { continue }
        lines += ["", section.title]
        for match in rows { lines += row(match, matches) }
      }
      if !matches.combinations.isEmpty {
        lines += ["", "Candidate combinations (derived, level E)"]
        for pair in matches.combinations {
          let evidence =
            pair.pairRules.isEmpty
            ? "no study of the pair in the table" : pair.pairRules.flatMap(\.references).joined(separator: ", ")
          lines.append("  \(pair.therapy): \(pair.pathways.joined(separator: ", ")); \(evidence)")
        }
      }
      let tests = matches.testsInWords
      if !tests.isEmpty {
        lines += ["", "Tests that would open a rule"]
        for (test, therapies) in tests {
          lines.append("  \(test): \(therapies.joined(separator: ", "))")
        }
      }
      lines += ["", "Alterations"]
      if matches.alterations.isEmpty { lines.append("  none") }
      for judged in matches.alterations {
        let alteration = judged.alteration
        lines.append(
          "  \(alteration.gene) \(alteration.description) (written: \(alteration.asWritten)): "
            + "\(judged.oncogenicity.verdict.rawValue); \(judged.reason)")
      }
      if !matches.nearMisses.isEmpty {
        lines += ["", "Near misses"]
        for miss in matches.nearMisses {
          let alteration = matches.alterations[miss.alteration].alteration
          lines.append(
            "  \(alteration.gene) \(alteration.description): \(miss.rule.id) \(miss.rule.therapy): \(miss.reason.words)"
          )
        }
      }
    }
    lines.append("")
    lines.append("oncomatch \(context.programVersion)")
    for source in context.table.sources {
      let version = source.version.isEmpty ? "(no version stated)" : source.version
      lines.append("table \(source.name) \(version) xxh64:\(source.digest)")
    }
    lines += ReportContext.statements
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  private static func row(_ match: TherapyMatch, _ matches: SampleMatches) -> [String] {
    let rule = match.rule
    let found = match.alterations.map { index in
      let judged = matches.alterations[index]
      return "\(judged.displayGene(rule: rule)) \(judged.description)"
    }
    var head = "  " + (rule.agents.isEmpty ? rule.gene : rule.therapy)
    if match.tier != .none { head += "  \(match.tier.name)" }
    head += "  level \(rule.level.rawValue)" + (match.verdictName.isEmpty ? "" : "  " + match.verdictName)
    var lines = [head]
    var basis = found.isEmpty ? (match.isHistology ? "histology" : rule.specText) : found.joined(separator: ", ")
    basis += "; \(match.rung.rawValue) match, tumor type \(match.proximity.rawValue)"
    lines.append("      \(basis)")
    let date = rule.statusDate.isEmpty ? "date unknown" : rule.statusDate
    lines.append("      \(rule.body.rawValue) \(rule.status.rawValue) (\(date)), line \(rule.line.rawValue)")
    if !match.openQuestions.isEmpty { lines.append("      needs: " + match.condition.joined(separator: "; ")) }
    if !match.cautions.isEmpty {
      lines.append("      caution: " + match.cautions.map(\.words).joined(separator: "; "))
    }
    if !match.opposedBy.isEmpty { lines.append("      against: " + match.opposedBy.joined(separator: ", ")) }
    if !rule.note.isEmpty { lines.append("      note: " + rule.note) }
    let more = match.moreSupport > 0 ? " and \(match.moreSupport) more" : ""
    lines.append("      \(rule.id)\(more): " + rule.references.joined(separator: ", "))
    return lines
  }
}

extension ReportSection {
  /// The heading for people.
  var title: String {
    switch self {
    case .options: "Therapies an alteration may open"
    case .conditional: "Conditional on a test"
    case .resistance: "Resistance"
    case .noBenefit: "Tested without benefit"
    case .histology: "By tumor type only"
    case .context: "Context and conventional therapy"
    case .withdrawn: "Withdrawn, not an option"
    }
  }
}
