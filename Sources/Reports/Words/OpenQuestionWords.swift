// SPDX-License-Identifier: Apache-2.0
internal import Knowledge
public import Matching

extension OpenQuestion {
  /// The test to make or the fact to find out.
  package var words: String {
    switch self {
    case .finding(let gene, let spec): spec.text(gene: gene)
    case .change(let gene, let wanted): "which change of \(gene) (\(Self.list(wanted, of: gene)))"
    case .member(let gene, let family): "whether \(family) is \(gene)"
    case .mutations(let gene): "\(gene) mutation testing"
    case .lossOfBothAlleles(let gene): "loss of both alleles of \(gene)"
    case .exonOfFusion(let gene): "exon of \(gene) at the junction of the fusion"
    case .germlineOrigin: "germline testing"
    case .status(let names): names.joined(separator: " and ") + " status"
    case .value(let name, let scale): scale.isEmpty ? name : "\(name) \(scale)"
    case .shareOfCells(let gene, let grade): "share of tumor cells with \(gene) IHC \(grade)+"
    case .test(let name): name
    case .priorTherapy(let therapy): "prior therapy: \(therapy)"
    case .grade: "grade of the tumor"
    case .clinical(let fact): fact
    }
  }
}

extension OpenQuestion {
  /// What would do, without the gene before each: `p.E542K, p.E545K or p.H1047R`.
  private static func list(_ specs: [AlterationSpec], of gene: String) -> String {
    var items: [String] = []
    for spec in specs {
      let text = spec.text(gene: gene)
      let item = text.hasPrefix(gene + " ") ? String(text.dropFirst(gene.count + 1)) : text
      if !items.contains(item) { items.append(item) }
    }
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " or " + last
  }
}

extension TherapyMatch {
  /// What would have to be found out, in words; empty unless the match is conditional.
  public var condition: [String] { openQuestions.map(\.words) }
}

extension SampleMatches {
  /// Tests that would open a rule in words, each with the therapies behind it, sorted.
  package var testsInWords: [(test: String, therapies: [String])] {
    var therapies: [String: Set<String>] = [:]
    for (question, behind) in openTests { therapies[question.words, default: []].formUnion(behind) }
    return therapies.keys.sorted().map { ($0, (therapies[$0] ?? []).sorted()) }
  }
}
