// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge
internal import Matching

/// What every tier, level, verdict, standing and mark on the page stands for; only those that are used.
extension SamplePage {
  func legend(_ html: inout HTMLBuffer) {
    let groups = legendGroups.filter { !$0.entries.isEmpty }
    guard !groups.isEmpty else { return }
    html.element("section", "id=\"legend\" aria-labelledby=\"h-legend\"") { html in
      html.element("h2", "id=\"h-legend\"", text: "Words on this page")
      html.element("dl", "class=\"kv\"") { html in
        for group in groups {
          html.element("dt", text: group.title)
          html.element("dd") { html in
            html.list(group.entries, separator: "; ") { html, entry in
              html.element("b", text: entry.word)
              html.text(" " + entry.meaning)
            }
          }
        }
      }
    }
    html.newline()
  }

  private typealias Entry = (word: String, meaning: String)

  private var legendGroups: [(title: String, entries: [Entry])] {
    let rows = matches.therapies
    let options = report.matches?.options ?? []
    let tiers = Set(rows.map(\.tier))
    var steps = Tier.Step.allCases.filter { step in tiers.contains { $0.grade == .step(step) } }
      .map { Entry($0.rawValue, $0.meaning) }
    if tiers.contains(where: \.isResistance) { steps.append(("R:", "speaks against the therapy")) }
    if tiers.contains(where: { if case .histology = $0.grade { true } else { false } }) {
      steps.append(("H:", "stands for the tumor type, whatever was found; the level follows"))
    }
    let levels = Set(rows.map(\.rule.level))
    let verdicts = Set(rows.map(\.verdict)).union(options.map(\.verdict))
    let standings = Set(
      options.filter { $0.group == .opened || $0.group == .conditional }.filter { $0.labels.isEmpty || $0.isExplained }
        .map(\.standing))
    return [
      ("Tier", steps),
      ("Level", Rule.Level.allCases.filter(levels.contains).map { ($0.rawValue, $0.meaning) }),
      ("Verdict", Verdict.allCases.filter(verdicts.contains).map { (ReportWords.verdict($0), $0.meaning) }),
      (
        "Standing",
        TherapyOption.Standing.allCases.filter(standings.contains).map { ($0.words, $0.meaning) }
      ),
      ("Tumor", tumorEntries(options)), ("Mark", marks),
    ]
  }

  /// The codes of tumor types that labels name.
  private func tumorEntries(_ options: [TherapyOption]) -> [Entry] {
    let tree = context.table.reference.tumorTypes
    var codes: Set<String> = []
    for option in options where option.group == .opened || option.group == .conditional {
      for label in option.foreignLabels { codes.formUnion(label.codes.prefix(4)) }
    }
    return codes.sorted().compactMap { code in tree.node(code).map { (code, $0.name) } }
  }

  private var marks: [Entry] {
    var marks: [Entry] = []
    let alterations = matches.alterations
    if alterations.contains(where: { $0.outcome == .vus }) {
      marks.append(("VUS", "variant of uncertain significance"))
    }
    if alterations.contains(where: { $0.alteration.variantAlleleFraction != nil }) {
      marks.append(("VAF", "share of reads with the change"))
    }
    if alterations.contains(where: { $0.alteration.cancerCellFraction != nil }) {
      marks.append(("CCF", "share of tumor cells with the change"))
    }
    if matches.therapies.contains(where: { !$0.tier.escat.isEmpty }) {
      marks.append(("ESCAT", "scale of ESMO for targets, derived here from level and tumor"))
    }
    let tests = summary.tests.map(\.words) + summary.conditional.map(\.best.plainCondition)
    let said = Set(tests.flatMap { $0.split(whereSeparator: { !$0.isLetter }) })
    for (word, meaning) in MeasurementTest.scaleMeanings where said.contains(word[...]) {
      marks.append((word, meaning))
    }
    if matches.therapies.contains(where: { $0.rule.references.contains { $0.hasPrefix("PMID:") } }) {
      marks.append(("PMID", "number of a paper in PubMed"))
    }
    return marks
  }
}

extension TherapyOption {
  /// Whether its standing stands in words beside its labels.
  fileprivate var isExplained: Bool {
    switch standing {
    case .approvedHere, .approvedOtherTumor: false
    case .approvedOtherRegulator, .guideline, .investigational, .literature: true
    }
  }
}
