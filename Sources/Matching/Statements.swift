// SPDX-License-Identifier: Apache-2.0
package import Alterations
public import Knowledge

/// A row that speaks of no therapy, met by one sample: diagnosis, prognosis, predisposition, oncogenicity, function.
///
/// It has no tier and no verdict, so that nothing can rank it among therapies.
public struct StatementMatch: Sendable {
  /// The row shown.
  public let rule: Rule
  /// What it says.
  public let statement: Rule.Statement
  /// Further rows that say the same of the same finding.
  public internal(set) var supportingRules: [Rule] = []
  /// The OncoTree code the match was made with; empty when the tumor type is unknown.
  public let tumorType: String
  /// How close the tumor type is to the row's.
  package let proximity: Proximity
  /// The step of the ladder.
  package let rung: Rung
  /// The alterations that met it, by their place in the sample's list.
  public let alterations: [Int]
  /// What would have to be tested.
  package let openQuestions: [OpenQuestion]
  /// What a reader has to bear in mind.
  package let cautions: [Caution]

  init?(_ match: TherapyMatch) {
    guard let statement = match.rule.statement else { return nil }
    rule = match.rule
    self.statement = statement
    tumorType = match.tumorType
    proximity = match.proximity
    rung = match.rung
    alterations = match.alterations
    openQuestions = match.openQuestions
    cautions = match.cautions
  }

  /// The row with another one that says the same: the better level is shown.
  func joined(with other: StatementMatch) -> StatementMatch {
    let isBetter = (other.rule.level, other.rule.id) < (rule.level, rule.id)
    var joined = isBetter ? other : self
    joined.supportingRules = supportingRules + [isBetter ? rule : other.rule]
    return joined
  }
}

/// A finding that contradicts the diagnosis by a row of the table.
struct DiagnosisDoubt: Hashable {
  /// The finding, by its place in the sample's list.
  let alteration: Int
  /// The codes it suggests; of those it speaks against where ``isAgainst``.
  let codes: [String]
  /// Whether it speaks against the diagnosis and names no other.
  let isAgainst: Bool
}

/// Finds the rows that speak of no therapy and are met by a sample.
struct StatementMatcher: Sendable {
  private let table: KnowledgeBase
  private let index: RuleIndex
  private let proximities: ProximityCache
  /// Every row as if its tumor were the sample's, to see whether its finding is there.
  private let anywhere: ProximityCache.TumorRules
  private let absenceRules: NumberSet
  /// By number of a gene or biomarker among the rules of therapies: its number here, -1 where no row is about it.
  private let numbers: [Int32]

  /// - Parameter rules: Those of therapies, in which every gene of a row has a number.
  init?(_ statements: StatementTable?, beside rules: RuleIndex) {
    guard let table = statements?.table else { return nil }
    self.table = table
    let index = RuleIndex(table: table)
    self.index = index
    var numbers = [Int32](repeating: -1, count: rules.geneNumbers.count)
    for (name, number) in rules.geneNumbers { numbers[Int(number)] = index.geneNumbers[name] ?? -1 }
    self.numbers = numbers
    proximities = ProximityCache(table: table, index: index)
    let entry = ProximityCache.Entry(proximity: .agnostic, isLessSpecific: false, barrier: nil)
    anywhere = ProximityCache.TumorRules(Array(repeating: entry, count: table.rules.count))
    absenceRules = NumberSet(below: table.rules.count, table.absenceRules)
  }

  /// The rows met, and the findings that all but make another diagnosis or speak against this one.
  ///
  /// - Parameter sample: The sample as the rules of therapies ask it.
  func read(_ sample: RuleSubject) -> (rows: [StatementMatch], doubts: [DiagnosisDoubt]) {
    let subject = RuleSubject(sample, index, numbers)
    // Rows about what was found, and those that an absence opens.
    let candidates = subject.rules(beside: absenceRules)
    return (statements(subject, candidates), doubts(subject, candidates))
  }

  /// The rows met, in the order of reports.
  private func statements(_ subject: RuleSubject, _ candidates: NumberSet) -> [StatementMatch] {
    let facts = subject.facts
    var places: [Key: Int] = [:]
    var found: [StatementMatch] = []
    for code in facts.profile.tumorTypes.isEmpty ? [""] : facts.profile.tumorTypes {
      let tumor = proximities.rules(in: code)
      let trial = self.trial(subject, code, tumor)
      for place in candidates.intersection(tumor.inReach) where isInTumor(place, tumor.entries[place]) {
        guard case .match(let match) = trial.evaluate(place), isShown(match, facts), let row = StatementMatch(match)
        else { continue }
        let key = Key(claim: index.claims[place], tumorType: code, alterations: row.alterations)
        if let known = places[key] {
          found[known] = found[known].joined(with: row)
        } else {
          places[key] = found.count
          found.append(row)
        }
      }
    }
    return found.sorted { Self.order($0).lexicographicallyPrecedes(Self.order($1)) }
  }

  /// Findings that all but make another diagnosis, and those that speak against this one.
  private func doubts(_ subject: RuleSubject, _ candidates: NumberSet) -> [DiagnosisDoubt] {
    var doubts: [DiagnosisDoubt] = []
    let defining = candidates.filter { table.rules[$0].support.effect == .definesTumor }
    guard !defining.isEmpty else { return [] }
    for code in subject.facts.profile.tumorTypes {
      let entries = proximities.rules(in: code).entries
      let trial = self.trial(subject, code, anywhere)
      var suggested: [[Int]: [String]] = [:]
      var order: [[Int]] = []
      var fits: Set<[Int]> = []
      for place in defining {
        let rule = table.rules[place]
        guard case .match(let match) = trial.evaluate(place), match.openQuestions.isEmpty,
          !match.cautions.contains(.possibleFusion), let own = match.ownAlterations.first
        else { continue }
        let isHere = fitsTumor(entries[place])
        switch rule.statement {
        case .opposesDiagnosis where isHere:
          doubts.append(DiagnosisDoubt(alteration: own, codes: [code], isAgainst: true))
        case .supportsDiagnosis where isHere: fits.insert(match.ownAlterations)
        case .supportsDiagnosis:
          if suggested[match.ownAlterations] == nil { order.append(match.ownAlterations) }
          for code in rule.scope.include where suggested[match.ownAlterations]?.contains(code) != true {
            suggested[match.ownAlterations, default: []].append(code)
          }
        default: break
        }
      }
      for alterations in order where !fits.contains(alterations) {
        doubts.append(
          DiagnosisDoubt(alteration: alterations[0], codes: suggested[alterations] ?? [], isAgainst: false))
      }
    }
    return doubts
  }

  private struct Key: Hashable {
    let claim: Int32
    let tumorType: String
    let alterations: [Int]
  }

  private static func order(_ row: StatementMatch) -> [String] {
    let kind = Rule.Statement.Kind.allCases.firstIndex(of: row.statement.kind) ?? 0
    return [
      String(kind), String(row.rule.level.place), String(row.proximity.place), row.rule.gene, row.rule.specText,
      row.statement.rawValue, row.rule.id, row.tumorType, row.alterations.map(String.init).joined(separator: " "),
    ]
  }

  private func trial(
    _ subject: RuleSubject, _ code: String, _ rules: ProximityCache.TumorRules
  ) -> RuleEvaluation {
    RuleEvaluation(table: table, subject: subject, tumorType: code, rules: rules, wantsReasons: false)
  }

  /// The row's own tumor, the same histology elsewhere, any tumor; for a diagnosis also a wider code of it.
  private func isInTumor(_ place: Int, _ entry: ProximityCache.Entry?) -> Bool {
    guard let entry else { return false }
    if table.rules[place].statement?.kind == .diagnosis { return fitsTumor(entry) }
    return [.same, .bridge, .agnostic].contains(entry.proximity)
  }

  private func fitsTumor(_ entry: ProximityCache.Entry?) -> Bool {
    guard let entry else { return false }
    return entry.isLessSpecific || [.same, .bridge, .agnostic].contains(entry.proximity)
  }

  /// What predisposes is said of a change that is, or may well be, in the germline: in a tumor it is one of many.
  private func isShown(_ match: TherapyMatch, _ facts: EvaluationContext) -> Bool {
    guard match.openQuestions.contains(.germlineOrigin) else { return true }
    return match.ownAlterations.contains {
      facts.alterations[$0].alteration.cautions.contains(.possibleGermline)
    }
  }
}
