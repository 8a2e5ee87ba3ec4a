// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// What an agent is, or the agents of a rule taken together.
struct TherapyTraits: OptionSet, Sendable {
  let rawValue: UInt8

  /// There is none.
  static let namesNone = TherapyTraits(rawValue: 1)
  /// One is a class of drugs.
  static let namesClass = TherapyTraits(rawValue: 1 << 1)
  /// One was withdrawn from the market.
  static let withdrawn = TherapyTraits(rawValue: 1 << 2)
  /// One acts on a pathway of signaling, in which a second hit may stand in for the first.
  static let signaling = TherapyTraits(rawValue: 1 << 3)
  /// The surroundings of the tumor decide what one does: it blocks PD-1 or PD-L1.
  static let checkpoint = TherapyTraits(rawValue: 1 << 4)
  /// It may be a part of a derived pair: one drug, on the market, of which the pathways are known.
  static let mayPair = TherapyTraits(rawValue: 1 << 5)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// - Parameter agent: The agent of the name; `nil` for one that the table of agents lacks.
  init(_ name: String, _ agent: Agent?, _ sets: MatchingSets) {
    self = []
    guard let agent else {
      if AgentTable.namesClass(name) { insert(.namesClass) }
      return
    }
    if agent.isClassToken { insert(.namesClass) }
    if !agent.withdrawn.isEmpty { insert(.withdrawn) }
    if agent.pathways.contains(where: sets.signalingPathways.contains) { insert(.signaling) }
    if agent.classes.contains(where: sets.checkpointClasses.contains) { insert(.checkpoint) }
    if agent.kind == .drug, agent.withdrawn.isEmpty, !agent.pathways.isEmpty { insert(.mayPair) }
  }
}

/// What may meet a rule where no finding does by itself; few rules have any of it.
struct StandIns: OptionSet, Sendable {
  let rawValue: UInt8

  /// Another finding, or a grade of a stain.
  static let surrogate = StandIns(rawValue: 1)
  /// A fusion whose exon nobody told.
  static let openExon = StandIns(rawValue: 1 << 1)
  /// A stain whose share of cells nobody told.
  static let openShare = StandIns(rawValue: 1 << 2)
  /// A loss that may have left one allele.
  static let oneAllele = StandIns(rawValue: 1 << 3)
  /// Results that its status is made of.
  static let derived = StandIns(rawValue: 1 << 4)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  init(_ rule: Rule, _ surrogates: RuleSurrogates, isMade: Bool) {
    self = isMade ? .derived : []
    if surrogates.readsGrade || !surrogates.findings.isEmpty { insert(.surrogate) }
    for spec in rule.alternatives {
      switch spec {
      case .fusionAtExon: insert(.openExon)
      case .measurement(let tests): if tests.contains(where: { $0.leastShare != nil }) { insert(.openShare) }
      case .copyNumber(.homozygousDeletion), .lossOfFunction, .biallelicLoss: insert(.oneAllele)
      default: break
      }
    }
  }
}

/// What may stand in for the test a rule asks for, until the test is made.
struct RuleSurrogates: Sendable {
  /// Findings that may, by their place in the table of surrogates.
  let findings: ArraySlice<Int32>
  /// Whether the rule asks for a status that a grade of the stain may leave open.
  let readsGrade: Bool

  init(findings: ArraySlice<Int32>, readsGrade: Bool) {
    self.findings = findings
    self.readsGrade = readsGrade
  }

  init(_ rule: Rule, _ facts: Facts) {
    let stainGrades = facts.stainGrades
    findings =
      facts.surrogates.indices.filter {
        facts.surrogates[$0].asked == rule.gene && facts.surrogates[$0].fits(rule)
      }.map { Int32($0) }[...]
    readsGrade =
      rule.eventClass == .expression && stainGrades.contains(rule.gene)
      && rule.alternatives.contains { spec in
        guard case .measurement(let tests) = spec else { return false }
        return tests.contains { $0.word == "positive" }
      }
  }
}
