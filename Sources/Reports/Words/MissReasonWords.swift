// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge
package import Matching

extension MissReason.Barrier {
  /// Why the rule stays where it is.
  var words: String {
    switch self {
    case .boundToItsTumor: "this kind of rule does not cross"
    case .backboneOfAnotherTumor: "backbone of another tumor"
    }
  }
}

extension MissReason {
  /// What failed, with both values.
  package var words: String {
    switch self {
    case .tumorType(let code, let scope, let barrier):
      "tumor type \(code.isEmpty ? "unknown" : code) against \(scope.joined(separator: ";"))"
        + (barrier.map { " (\($0.words))" } ?? "")
    case .statedAbsent: "stated to be absent"
    case .notEvaluated(let reason): reason
    case .benign(let finding, let oncogenicity): "\(finding) is held to be benign (\(oncogenicity.reason))"
    case .namedAsSensitive(let finding): "a row for the agent, as strong or stronger, names \(finding)"
    case .codonOutside(let codon, let range, let label):
      "codon \(codon) against \(label.lowercased()) (\(range.lowerBound)-\(range.upperBound))"
    case .otherCodon(let codon, let wanted): "codon \(codon) against \(wanted)"
    case .otherEffect(let effect, let wanted): "\(effect.rawValue) against \(wanted.rawValue)"
    case .otherFinding(let finding, let gene, let wanted):
      Self.words(finding, asked: Self.asked(wanted, gene: gene))
    case .otherOrigin(let origin, let wanted): "\(origin.rawValue) against \(wanted.rawValue)"
    case .notFound(let predicate): "no \(predicate.text)"
    case .isPresent(let predicate): "\(predicate.text) is present"
    case .found(let gene, let finding): "\(gene) \(finding) found"
    case .measured(let name, let measurement): "\(name) is \(measurement.description)"
    case .amplified(let gene): "\(gene) is amplified"
    case .otherGrade(let grade, let wanted): "grade \(grade) against grade \(wanted.description)"
    case .otherStatus(let name): "\(name) status differs"
    case .receptorsNegative(let names): "\(names.joined(separator: " and ")) are negative"
    case .receptorPositive: "a hormone receptor is positive"
    case .noPriorTherapy(let therapy): "no prior \(therapy)"
    case .all(let reasons): reasons.map(\.words).joined(separator: " and ")
    }
  }

  /// As ``words``, for a rule of which it is known what it asks for: most rules that are not met ask for another finding.
  ///
  /// - Parameter asked: As ``asked(_:gene:)`` says it of the rule.
  func words(asked: String) -> String {
    if case .otherFinding(let finding, _, _) = self { Self.words(finding, asked: asked) } else { words }
  }

  private static func words(_ finding: String, asked: String) -> String { finding + " against " + asked }

  /// What a rule asks of its gene: `p.V600E or p.V600K`.
  static func asked(_ alternatives: [AlterationSpec], gene: String) -> String {
    alternatives.map { $0.text(gene: gene) }.joined(separator: " or ")
  }
}
