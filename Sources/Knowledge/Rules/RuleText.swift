// SPDX-License-Identifier: Apache-2.0
internal import Alterations

extension Predicate {
  /// The words of the rule.
  package var text: String {
    switch self {
    case .and(let parts): parts.map(\.text).joined(separator: " and ")
    case .or(let parts): parts.map(\.text).joined(separator: " or ")
    case .not(let inner): "no \(inner.text)"
    case .alteration(let gene, let spec): spec.text(gene: gene)
    case .wildType(let gene): "\(gene) wild type"
    case .measurement(let name, let test): "\(name) \(test.description)"
    case .priorTherapy(let name): "prior therapy: \(name)"
    case .grade(let test): "grade \(test.description)"
    case .clinical(let text): text
    }
  }
}

extension AlterationSpec {
  /// The words of the rule with the gene.
  package func text(gene: String) -> String {
    switch self {
    case .exact(let change): "\(gene) \(change.description)"
    case .coding(let change): "\(gene) \(change)"
    case .codon(let codon, let residues): "\(gene) codon \(codon)\(residues.isEmpty ? "" : " [\(residues)]")"
    case .range(_, let effect, let label): "\(gene) \(label.lowercased())\(effect.map { " " + $0.rawValue } ?? "")"
    case .effect(let effect): "\(gene) \(effect.rawValue)"
    case .named(let name): "\(gene) \(name)"
    case .fusion(.any): "\(gene) fusion"
    case .fusion(.fivePrime): "\(gene) fusion as 5-prime partner"
    case .fusion(.threePrime): "\(gene) fusion as 3-prime partner"
    case .fusionAtExon(let role, let exon): "\(AlterationSpec.fusion(role).text(gene: gene)) at exon \(exon)"
    case .exactFusion(let five, let three): "\(five.isEmpty ? "v" : five)::\(three.isEmpty ? "v" : three)"
    case .copyNumber(let call): "\(gene) \(call.rawValue)"
    case .lossOfFunction: "\(gene) loss of function"
    case .biallelicLoss: "\(gene) loss of both alleles"
    case .activating: "\(gene) activating mutation"
    case .activatingHotspot: "\(gene) hotspot mutation"
    case .oncogenic: "\(gene) oncogenic change"
    case .anyChange: "any \(gene) change"
    case .wildType: "\(gene) wild type"
    case .measurement(let tests): "\(gene) " + tests.map(\.description).joined(separator: " and ")
    case .pathwayActivation: "\(gene) activation"
    case .none: gene
    }
  }
}
