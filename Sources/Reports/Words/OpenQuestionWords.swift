internal import Knowledge
public import Matching

extension OpenQuestion {
  /// The test to make or the fact to find out.
  package var words: String {
    switch self {
    case .finding(let gene, let spec): spec.text(gene: gene)
    case .mutations(let gene): "\(gene) mutation testing"
    case .lossOfBothAlleles(let gene): "loss of both alleles of \(gene)"
    case .exonOfFusion(let gene): "exon of \(gene) at the junction of the fusion"
    case .germlineOrigin: "germline testing"
    case .status(let names): names.joined(separator: " and ") + " status"
    case .value(let name, let scale): scale.isEmpty ? name : "\(name) \(scale)"
    case .shareOfCells(let gene, let grade): "share of tumor cells with \(gene) IHC \(grade)+"
    case .test(let name): name
    case .priorTherapy(let therapy): "prior therapy: \(therapy)"
    case .clinical(let fact): fact
    }
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
