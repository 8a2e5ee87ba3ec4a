// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge
internal import Matching

/// A line of the first page: a test that would open a label or a guideline.
struct TestLine {
  /// A finding that the test would look for, with the therapies behind it.
  struct Finding {
    /// `NTRK1, NTRK2 or NTRK3 fusion`.
    let name: String
    let therapies: [String]
    /// `any solid tumor`; empty for the sample's own tumor.
    let scope: String

    /// `NTRK1 or NTRK2 fusion: larotrectinib (any solid tumor)`.
    var words: String { "\(name): \(plainTherapies)" }

    /// `larotrectinib (any solid tumor)`.
    var plainTherapies: String {
      let more = therapies.count > 4 ? " and \(therapies.count - 3) more" : ""
      let named = therapies.prefix(more.isEmpty ? 4 : 3).map(DrugName.plain).joined(separator: ", ")
      return "\(named)\(more)\(scope.isEmpty ? "" : " (\(scope))")"
    }
  }

  /// `Fusions were not assayed`, `HER2 IHC 3+`.
  let title: String
  /// Whether a whole kind of assay is missing.
  let isAssay: Bool
  let findings: [Finding]

  /// Findings of one line that stand open.
  static let openFindings = 6

  /// The findings in words, at most ``openFindings``.
  var words: String {
    let more = findings.count - Self.openFindings
    return findings.prefix(Self.openFindings).map { $0.name == title ? $0.plainTherapies : $0.words }.joined(
      separator: "; ")
      + (more > 0 ? "; and \(ReportWords.count(more, "further finding", "further findings"))" : "")
  }

  /// The lines of a sample: the kinds of assay that it lacks, then single tests that these do not cover.
  static func lines(_ report: SampleReport, _ matches: SampleMatches, _ tree: TumorTypeTree) -> [TestLine] {
    var lines: [TestLine] = []
    var covered: Set<String> = []
    for opening in matches.labelOpenings {
      switch opening.need {
      case .assay(let kind):
        guard report.assaysMissing.contains(kind) else { continue }
        let name = kind.rawValue.withSpaces
        let verb = kind == .copyNumber ? "was" : "were"
        lines.append(
          TestLine(
            title: "\(name.prefix(1).uppercased() + name.dropFirst()) \(verb) not assayed", isAssay: true,
            findings: findings(opening.rules, kind, tree)))
        if kind == .biomarkers { covered.formUnion(opening.rules.map(\.gene)) }
      case .confirmation(let place):
        let name = matches.alterations[place].plainName
        lines.append(
          TestLine(
            title: "\(name), once confirmed by a second test", isAssay: false,
            findings: findings(opening.rules, .fusions, tree)))
      case .question(let question):
        if case .finding(let gene, _) = question, covered.contains(gene) { continue }
        let findings = findings(opening.rules, nil, tree)
        lines.append(TestLine(title: question.plain, isAssay: false, findings: findings))
      }
    }
    return lines
  }

  /// Rules by finding; genes that open the same therapies in the same tumors stand together.
  private static func findings(_ rules: [Rule], _ kind: AssayKind?, _ tree: TumorTypeTree) -> [Finding] {
    struct Entry {
      let gene: String
      let suffix: String
      let scope: String
      var therapies: [String]
    }
    var entries: [Entry] = []
    for rule in rules {
      let (gene, suffix) = parts(rule, kind)
      let scope = rule.scope.include.first { $0 == "SOLID_TUMOR" || $0 == "ANY" }.map(tree.groupWords) ?? ""
      let same = entries.filter { $0.gene == gene && $0.suffix == suffix }
      // What stands for this tumor need not stand for any again.
      if !scope.isEmpty, same.contains(where: { $0.scope.isEmpty && $0.therapies.contains(rule.therapy) }) { continue }
      if let place = entries.firstIndex(where: { $0.gene == gene && $0.suffix == suffix && $0.scope == scope }) {
        if !entries[place].therapies.contains(rule.therapy) { entries[place].therapies.append(rule.therapy) }
      } else {
        entries.append(Entry(gene: gene, suffix: suffix, scope: scope, therapies: [rule.therapy]))
      }
    }
    var merged: [(genes: [String], entry: Entry)] = []
    for entry in entries {
      let place = merged.firstIndex { known in
        !entry.suffix.isEmpty && known.entry.suffix == entry.suffix && known.entry.scope == entry.scope
          && known.entry.therapies.sorted() == entry.therapies.sorted()
      }
      if let place { merged[place].genes.append(entry.gene) } else { merged.append(([entry.gene], entry)) }
    }
    return merged.map { genes, entry in
      let names =
        genes.count < 2 ? genes[0] : genes.dropLast().joined(separator: ", ") + " or " + (genes.last ?? "")
      return Finding(
        name: entry.suffix.isEmpty ? names : names + " " + entry.suffix, therapies: entry.therapies, scope: entry.scope)
    }
  }

  /// The gene and what is looked for in it; the whole finding and nothing behind it for a biomarker.
  private static func parts(_ rule: Rule, _ kind: AssayKind?) -> (String, String) {
    switch kind {
    case .mutations: (rule.gene, "mutation")
    case .copyNumber:
      (rule.gene, rule.alternatives.contains(.copyNumber(.amplification)) ? "amplification" : "change of copy number")
    case .fusions: (rule.gene, "fusion")
    case .biomarkers, nil: (rule.plainAsked.isEmpty ? "tumor type" : rule.plainAsked, "")
    }
  }
}
