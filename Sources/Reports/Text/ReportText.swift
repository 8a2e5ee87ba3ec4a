// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge
internal import Matching

/// Writes a sample's report as plain text for a terminal: the summary of its first page, then the evidence by therapy.
package enum ReportText {
  /// The report's text.
  package static func text(_ report: SampleReport, context: ReportContext) -> [UInt8] {
    var lines: [String] = []
    let reference = context.table.reference
    let tree = reference.tumorTypes
    let types = report.tumorTypes.map { code in "\(code) (\(tree.node(code)?.name ?? ""))" }
    lines.append("Tumor type: " + (types.isEmpty ? "unknown" : types.joined(separator: "; ")))
    lines.append(SampleSummary.assays(report))
    if let matches = report.matches {
      lines += SummaryText(report: report, matches: matches, reference: reference).lines
      lines += TrialText(matches: matches).lines
      lines += EvidenceText(matches: matches).lines
      lines += StatementText.lines(matches, tree)
      lines += GermlineText.lines(matches, context.table.reference)
      lines += alterations(matches)
    }
    lines.append("")
    lines.append("oncomatch \(context.programVersion)")
    for source in context.table.sources {
      let version = source.version.isEmpty ? "(no version stated)" : source.version
      lines.append("table \(source.name) \(version) xxh64:\(source.digest)")
    }
    lines += ReportContext.statements
    return Array((lines.joined(separator: "\n") + "\n").utf8.map { $0 < 0x20 && $0 != 0x0A ? 0x3F : $0 })
  }

  private static func alterations(_ matches: SampleMatches) -> [String] {
    var lines = ["", "Alterations"]
    if matches.alterations.isEmpty { lines.append("  none") }
    for annotated in matches.alterations {
      lines.append(
        "  \(annotated.plainName) (written: \(annotated.asWritten)): "
          + "\(ReportWords.oncogenicity(annotated.oncogenicity.verdict)); \(annotated.plainReason)")
    }
    guard !matches.nearMisses.isEmpty else { return lines }
    lines += ["", "Near misses"]
    for miss in matches.nearMisses {
      let annotated = matches.alterations[miss.alteration]
      lines.append("  \(annotated.plainName): \(miss.rule.id) \(miss.rule.therapy): \(miss.reason.words)")
    }
    return lines
  }
}

/// The summary of a sample in lines.
private struct SummaryText {
  let report: SampleReport
  let matches: SampleMatches
  let tree: TumorTypeTree
  let summary: SampleSummary

  init(report: SampleReport, matches: SampleMatches, reference: ReferenceTables) {
    self.report = report
    self.matches = matches
    tree = reference.tumorTypes
    summary = SampleSummary(report, reference)
  }

  var lines: [String] {
    var lines: [String] = []
    if !report.isRuleMet { lines.append(SampleSummary.verdict(report)) }
    lines += opened + conditional + closed
    if !summary.byTumorType.isEmpty {
      lines += ["", "What stands for this tumor without an alteration"]
      let names = summary.byTumorType.prefix(SampleSummary.openLines).map { option in
        let verdict = option.verdict == .supported ? "" : ", " + ReportWords.verdict(option.verdict)
        let also = option.plainAlso(matches).map { ", " + $0 } ?? ""
        return "\(DrugName.plain(option.therapy)) (\(option.best.rule.level.rawValue)\(verdict)\(also))"
      }
      let more = summary.byTumorType.count - names.count
      lines.append("  " + names.joined(separator: "; ") + (more > 0 ? "; and \(more) more" : ""))
    }
    if !summary.tests.isEmpty {
      lines += ["", "Which test would open a label or guideline"]
      lines += summary.tests.prefix(SampleSummary.openLines).map { "  \($0.title): \($0.words)" }
    }
    if !summary.confirmations.isEmpty {
      lines += ["", "What to confirm"]
      lines += summary.confirmations.map { "  \($0.what): \($0.how)" }
    }
    return lines
  }

  private var opened: [String] {
    var lines = ["", "What an alteration opens"]
    let shown = summary.opened.prefix(SampleSummary.openLines)
    if shown.isEmpty { lines.append("  nothing by the table's rules") }
    for option in shown { lines += self.lines(option) }
    let rest = summary.opened.count - shown.count
    if rest + summary.folded.count > 0 {
      lines.append("  " + SampleSummary.foldWords(more: rest, summary.folded) + " (evidence below)")
    }
    return lines
  }

  private var conditional: [String] {
    guard !summary.conditional.isEmpty || !summary.conditionalFolded.isEmpty else { return [] }
    var lines = ["", "Waiting for a test"]
    let shown = summary.conditional.prefix(summary.conditionalLines)
    for option in shown { lines += self.lines(option) }
    let rest = summary.conditional.count - shown.count
    if rest + summary.conditionalFolded.count > 0 {
      lines.append("  " + SampleSummary.foldWords(more: rest, summary.conditionalFolded) + " (evidence below)")
    }
    return lines
  }

  private var closed: [String] {
    guard !summary.closed.isEmpty else { return [] }
    var lines = ["", "What is closed, and by what"]
    let closed = summary.closedLines
    for line in closed.open {
      let isShared = line.hasOneReference
      let names = line.closings.map { closing in
        let own = isShared ? nil : closing.row.rule.references.first.map { ", " + ReferenceLink.short($0) }
        return "\(DrugName.plain(closing.therapy)) (\(closing.strength)\(own ?? ""))"
      }
      let first = isShared ? line.closings.first?.row.rule.references.first : nil
      let shared = first.map { "; " + ReferenceLink.short($0) }
      let verb = line.isSeveral ? "close" : "closes"
      lines.append("  \(line.found) \(verb) \(names.joined(separator: ", "))\(shared ?? "")")
    }
    let rest = closed.folded.flatMap(\.closings)
    if !rest.isEmpty { lines.append("  \(SampleSummary.foldWords(rest)) (evidence below)") }
    return lines
  }

  private func lines(_ option: TherapyOption) -> [String] {
    var second = ReportWords.verdict(option.verdict) + "; " + option.approval(tree)
    if let reference = option.bestReference { second += "; " + ReferenceLink.short(reference) }
    var lines = [
      "  \(option.best.tier.name) \(option.best.rule.level.rawValue)  \(DrugName.plain(option.therapy))\(summary.hasSeveralTypes ? " (\(option.tumorType))" : "")  because of \(option.plainBecause(matches))",
      "      " + second,
    ]
    if !option.openQuestions.isEmpty { lines.append("      test: " + option.best.plainCondition) }
    if option.verdict == .conflicting || option.verdict == .caution, let row = option.bestAgainst {
      let found = row.alterations.map { matches.alterations[$0].plain(under: row.rule) }.joined(separator: " and ")
      lines.append(
        "      against: \(found.isEmpty ? "tumor type" : found) (\(row.rule.level.rawValue), \(row.rule.id))")
    }
    return lines
  }
}

/// The evidence of a sample in lines, by section and therapy.
private struct EvidenceText {
  let matches: SampleMatches

  var lines: [String] {
    var sorted = SortedRows()
    var answers: [String: TherapyOption.Group] = [:]
    for option in matches.options {
      let key = option.agents.sorted().joined(separator: " + ")
      if answers[key] == nil { answers[key] = option.group }
    }
    for (index, match) in matches.therapies.enumerated() { sorted.add(index, match, answers[match.rule.therapyKey]) }
    var lines: [String] = []
    for section in ReportSection.allCases {
      if section == .resistance { lines += self.lines("Closed by what was found", sorted.closed) }
      lines += self.lines("Evidence: " + section.title, sorted.groups[section] ?? [])
    }
    if !matches.combinations.isEmpty {
      lines += ["", "Candidate combinations (derived, level E)"]
      for pair in matches.combinations {
        let evidence =
          pair.pairRules.isEmpty
          ? "no study of the pair in the table" : pair.pairRules.flatMap(\.references).joined(separator: ", ")
        lines.append("  \(DrugName.plain(pair.therapy)): \(pair.pathways.joined(separator: ", ")); \(evidence)")
      }
    }
    return lines
  }

  private func lines(_ title: String, _ groups: [SectionTherapy]) -> [String] {
    guard !groups.isEmpty else { return [] }
    var lines = ["", title]
    for group in groups {
      lines.append("  \(DrugName.plain(group.name)) (\(ReportWords.count(group.rows.count, "row", "rows")))")
      for index in group.rows { lines += row(matches.therapies[index]) }
    }
    return lines
  }

  private func row(_ match: TherapyMatch) -> [String] {
    let rule = match.rule
    let found = match.alterations.map { matches.alterations[$0].plain(under: rule) }.joined(separator: ", ")
    let basis = found.isEmpty ? (match.isHistology ? "tumor type" : rule.plainAsked) : found
    let tier = match.tier == .none ? "" : match.tier.name + " "
    var lines = [
      "    \(tier)\(rule.level.rawValue)\(match.verdictName.isEmpty ? "" : " " + ReportWords.verdict(match)): \(basis); \(ReportWords.rung(match.rung)); "
        + ReportWords.proximity(match.proximity),
      "        " + ReportWords.regulatoryStatus(rule) + (rule.line == .any ? "" : "; " + ReportWords.line(rule.line)),
    ]
    if !match.openQuestions.isEmpty { lines.append("        test: " + match.plainCondition) }
    if !match.cautions.isEmpty {
      lines.append("        caution: " + match.cautions.map(\.words).joined(separator: "; "))
    }
    if !match.opposedBy.isEmpty { lines.append("        against: " + match.opposedBy.joined(separator: ", ")) }
    if !rule.note.isEmpty { lines.append("        note: " + rule.note) }
    let more = match.moreSupport > 0 ? " and \(match.moreSupport) more" : ""
    lines.append("        \(rule.id)\(more): " + rule.references.map(ReferenceLink.plain).joined(separator: ", "))
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
