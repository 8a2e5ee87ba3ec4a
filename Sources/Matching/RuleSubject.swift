// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// One sample as the rules of one table ask it: its findings by the numbers of their genes, and its answers to what rules
/// require.
///
/// Rules by the dozen require the same, so that each requirement is evaluated once.
final class RuleSubject {
  let facts: EvaluationContext
  let index: RuleIndex
  /// By the number of a gene or biomarker: the places of its findings.
  private let places: [[Int]]
  /// Genes and biomarkers with findings.
  private let found: [Int32]
  /// By the number of a requirement.
  private var answers: [Ternary?]

  init(_ facts: EvaluationContext, _ index: RuleIndex) {
    self.facts = facts
    self.index = index
    var places = [[Int]](repeating: [], count: index.geneNumbers.count)
    var found: [Int32] = []
    for (name, findings) in facts.byName {
      guard let number = index.geneNumbers[name] else { continue }
      places[Int(number)] = findings
      found.append(number)
    }
    self.places = places
    self.found = found
    answers = Array(repeating: nil, count: index.requirements.count)
  }

  /// The places of the findings of a rule's gene or biomarker.
  func candidates(_ rule: Int) -> [Int] { places[Int(index.genes[rule])] }

  /// What the sample answers to what a rule requires beside its own alteration.
  func answer(_ rule: Int) -> Ternary {
    let number = Int(index.requirementOfRule[rule])
    guard number >= 0 else { return .yes }
    if let known = answers[number] { return known }
    let answer = facts.evaluate(index.requirements[number])
    answers[number] = answer
    return answer
  }

  /// Whether what a rule requires is known not to hold.
  func isRuledOut(_ rule: Int) -> Bool {
    if case .no = answer(rule) { return true }
    return false
  }

  /// The rules about what was found and about what is made of it, beside others.
  func rules(beside others: NumberSet) -> NumberSet {
    var rules = others
    for gene in found { rules.insert(contentsOf: index.rules(of: gene)) }
    for status in facts.tables.biomarkers.made where facts.byName[status.name] == nil {
      guard let number = index.geneNumbers[status.name], status.genes.contains(where: { facts.byName[$0] != nil }) else {
        continue
      }
      rules.insert(contentsOf: index.rules(of: number))
    }
    return rules
  }
}
