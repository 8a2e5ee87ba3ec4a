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
  /// Findings gene by gene: their places and what rules ask of them before they look at them.
  private let places: [Int]
  private let outlines: [FindingOutline]
  /// By the number of a gene or biomarker: where its findings begin in the lists and where they end.
  private let ranges: [Range<Int32>]
  /// Genes and biomarkers with findings.
  private let found: [Int32]
  /// What the sample answers to what rules require, and the findings that meet it.
  private var answers: AnswersByNumber<Ternary>
  private var companions: AnswersByNumber<[Int]>

  init(_ facts: EvaluationContext, _ index: RuleIndex) {
    self.facts = facts
    self.index = index
    var places: [Int] = []
    places.reserveCapacity(facts.alterations.count + 8)
    var ranges = [Range<Int32>](repeating: 0..<0, count: index.geneNumbers.count)
    var found: [Int32] = []
    for (name, findings) in facts.byName {
      guard let number = index.geneNumbers[name] else { continue }
      ranges[Int(number)] = Int32(places.count)..<Int32(places.count + findings.count)
      places += findings
      found.append(number)
    }
    self.places = places
    outlines = places.map { facts.outlines[$0] }
    self.ranges = ranges
    self.found = found
    answers = AnswersByNumber(count: index.requirementCount)
    companions = AnswersByNumber(count: index.requirementCount)
  }

  /// The same sample for another table.
  ///
  /// - Parameter numbers: By the number of a gene or biomarker in the first table: that in the other one, or -1.
  init(_ first: RuleSubject, _ index: RuleIndex, _ numbers: [Int32]) {
    facts = first.facts
    self.index = index
    var places: [Int] = []
    var ranges = [Range<Int32>](repeating: 0..<0, count: index.geneNumbers.count)
    var found: [Int32] = []
    for number in first.found {
      let own = numbers[Int(number)]
      guard own >= 0 else { continue }
      let range = first.ranges[Int(number)]
      ranges[Int(own)] = Int32(places.count)..<Int32(places.count + range.count)
      places += first.places[Int(range.lowerBound)..<Int(range.upperBound)]
      found.append(own)
    }
    self.places = places
    outlines = places.map { first.facts.outlines[$0] }
    self.ranges = ranges
    self.found = found
    answers = AnswersByNumber(count: index.requirementCount)
    companions = AnswersByNumber(count: index.requirementCount)
  }

  /// The findings of a rule's gene or biomarker, by their places in the lists of all.
  private func findings(_ rule: Int) -> Range<Int> {
    let range = ranges[Int(index.genes[rule])]
    return Int(range.lowerBound)..<Int(range.upperBound)
  }

  /// Whether there is no finding of a rule's gene or biomarker.
  func lacksFindings(_ rule: Int) -> Bool { findings(rule).isEmpty }

  /// The places of the findings of a rule's gene or biomarker.
  func candidates(_ rule: Int) -> [Int] { Array(places[findings(rule)]) }

  /// The findings of a rule's gene that have what one of its atoms asks for at least, each with the atom.
  func forEachCandidate(_ rule: Int, _ body: (_ finding: Int, _ alternative: Int, _ rung: Rung) -> Void) {
    let atoms = index.atoms.places(of: rule)
    for finding in findings(rule) where outlines[finding].isReadable {
      for atom in atoms where index.atoms[atom].mayBeSatisfied(by: outlines[finding]) {
        body(places[finding], atom - atoms.lowerBound, index.atoms[atom].rung)
      }
    }
  }

  /// What the sample answers to what a rule requires beside its own alteration.
  func answer(_ rule: Int) -> Ternary {
    let number = Int(index.requirementOfRule[rule])
    guard number >= 0 else { return .yes }
    if let known = answers[number] { return known }
    let answer = facts.evaluate(index.requirement(number))
    answers[number] = answer
    return answer
  }

  /// The findings by which what a rule requires is met.
  func companions(_ rule: Int, of trial: RuleEvaluation) -> [Int] {
    let number = Int(index.requirementOfRule[rule])
    guard number >= 0 else { return [] }
    if let known = companions[number] { return known }
    let requires = index.requirement(number)
    let found = trial.companions(of: requires) + trial.standIns(requires)
    companions[number] = found
    return found
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
      guard status.genes.contains(where: { facts.byName[$0] != nil }), let number = index.geneNumbers[status.name]
      else { continue }
      rules.insert(contentsOf: index.rules(of: number))
    }
    return rules
  }
}

/// Values for a few of many numbers: what was never asked costs a place in a list of numbers alone.
private struct AnswersByNumber<Value> {
  /// By number: where its value stands, from 1 on; 0 for none.
  private var places: [Int32]
  private var values: [Value] = []

  init(count: Int) { places = [Int32](repeating: 0, count: count) }

  subscript(number: Int) -> Value? {
    get {
      let place = Int(places[number])
      return place == 0 ? nil : values[place - 1]
    }
    set {
      guard let newValue else { return }
      values.append(newValue)
      places[number] = Int32(values.count)
    }
  }
}
