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
      Self.words(tumorType: code, RuleAsked.against(scope), barrier)
    case .statedAbsent: "stated to be absent"
    case .notEvaluated(let reason): reason
    case .benign(let finding, let oncogenicity): "\(finding) is held to be benign (\(oncogenicity.reason))"
    case .namedAsSensitive(let finding): "a row for the agent, as strong or stronger, names \(finding)"
    case .codonOutside(let codon, let range, let label):
      "codon \(codon) against \(label.lowercased()) (\(range.lowerBound)-\(range.upperBound))"
    case .otherCodon(let codon, let wanted): "codon \(codon) against \(wanted)"
    case .otherEffect(let effect, let wanted): "\(effect.rawValue) against \(wanted.rawValue)"
    case .otherFinding(let finding, let gene, let wanted):
      finding + RuleAsked.against(wanted, gene: gene)
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

  /// As ``words``, for a rule of which it is known what it asks for: most rules that are not met ask for another finding
  /// or another tumor type.
  func words(asked: RuleAsked) -> String {
    switch self {
    case .otherFinding(let finding, _, _): finding + asked.findings
    case .tumorType(let code, _, let barrier): Self.words(tumorType: code, asked.scope, barrier)
    default: words
    }
  }

  /// - Parameters:
  ///   - code: The sample's; empty when it is not known.
  ///   - scope: The rule's, as ``RuleAsked`` says it.
  static func words(tumorType code: String, _ scope: String, _ barrier: Barrier?) -> String {
    // Two pieces that fit into a text of 15 bytes, then the long one: made hundreds of times a sample.
    let words = ("tumor type " + (code.isEmpty ? "unknown" : code)) + scope
    return if let barrier { words + " (" + barrier.words + ")" } else { words }
  }
}

/// What a rule asks for, as the words of a near miss end.
struct RuleAsked: Sendable {
  /// Of its gene: ` against p.V600E or p.V600K`.
  let findings: String
  /// Its tumor types as the table writes them: ` against LUAD;LUSC`.
  let scope: String
  /// Its tumor types, groups by their names.
  let plainScope: String

  init(_ rule: Rule, tumorTypes: TumorTypeTree) {
    findings = Self.against(rule.alternatives, gene: rule.gene)
    scope = Self.against(rule.scope.include)
    plainScope = Self.against(rule.scope.include.map(tumorTypes.groupWords))
  }

  static func against(_ alternatives: [AlterationSpec], gene: String) -> String {
    " against " + alternatives.map { $0.text(gene: gene) }.joined(separator: " or ")
  }

  static func against(_ scope: [String]) -> String { " against " + scope.joined(separator: ";") }
}
