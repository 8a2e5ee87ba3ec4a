// SPDX-License-Identifier: Apache-2.0
import Alterations
import Query
import TestSupport
import Testing
@testable import Knowledge
@testable import Matching

/// Trees of conditions against a small oracle: what is unknown is never met.
struct TrialTreeTests {
  /// Random numbers that are the same in every run.
  private struct Dice: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) | (state << 31)
    }
  }

  private static func rule(_ text: String) throws -> TrialCondition {
    try #require(try ConditionReader(Clinic.table.reference).expression(text))
  }

  /// KIT amplified and BRAF p.V600E found, RB1 tested, a row on TSC2 that could not be read; a woman with leiomyosarcoma.
  private static let facts: EvaluationContext = {
    let found = [
      Alteration(gene: "KIT", event: .copyNumber(.amplification), asWritten: ""), mutation("BRAF", "p.V600E"),
      mutation("TSC2", "p.R611Q"),
    ]
    var profile = SampleProfile(sampleID: "S", tumorTypes: ["LMS"], alterations: found)
    profile.assayed.panel = ["RB1", "TSC2"]
    profile.sex = .female
    let scorer = OncogenicityScorer(table: Clinic.table)
    var annotated = found.map { AnnotatedAlteration($0, scorer.score($0)) }
    annotated[2] = AnnotatedAlteration(found[2], Oncogenicity(.notApplicable), notEvaluated: "unclear")
    return EvaluationContext(profile: profile, alterations: annotated, agents: Clinic.table.reference.agents)
  }()

  /// Leaves with what they are: 1 true, 0 false, nothing unknown.
  private static func leaves() throws -> [(condition: TrialCondition, truth: Int?)] {
    func tumor(_ code: String, _ precision: TumorClaim.Precision = .exact) -> TrialCondition {
      .tumor(TumorClaim(code, TumorScope(include: [code]), precision))
    }
    return [
      (try rule("KIT AMP"), 1), (try rule("BRAF p.V600E"), 1), (.mutation("BRAF"), 1), (try rule("WT(RB1)"), 1),
      (try rule("RB1 LOF"), 0), (.mutation("RB1"), 0), (try rule("WT(BRAF)"), 0), (try rule("BRAF p.V600K"), 0),
      (try rule("MET AMP"), nil), (try rule("WT(MET)"), nil), (.mutation("MET"), nil), (try rule("TMB >= 10"), nil),
      (try rule("PRIOR(imatinib)"), nil), (try rule("CLINICAL(ECOG 0)"), nil), (try rule("GRADE >= 2"), nil),
      // Nothing is known to be absent where rows could not be read.
      (.mutation("TSC2"), nil), (try rule("TSC2 LOF"), nil), (try rule("WT(TSC2)"), nil),
      (tumor("LMS"), 1), (tumor("GIST"), 0), (tumor("LMS", .narrower), nil), (tumor("LMS", .unknown), nil),
      (tumor("ULMS"), nil), (.sex(.female), 1), (.sex(.male), 0), (.age(MeasurementTest(.greaterOrEqual, 18)), nil),
      (.ageGroup([.adult]), nil), (.notRead("x"), nil), (.anyFusion, nil),
    ]
  }

  private static func tree(
    _ leaves: [(condition: TrialCondition, truth: Int?)], depth: Int, _ dice: inout Dice
  ) -> (TrialCondition, Int?) {
    guard depth > 0, Int.random(in: 0..<4, using: &dice) > 0 else {
      let leaf = leaves[Int.random(in: 0..<leaves.count, using: &dice)]
      return (leaf.condition, leaf.truth)
    }
    if Int.random(in: 0..<3, using: &dice) == 0 {
      let (inner, truth) = tree(leaves, depth: depth - 1, &dice)
      return (.not(inner), truth.map { 1 - $0 })
    }
    let parts = (0..<Int.random(in: 1...4, using: &dice)).map { _ in tree(leaves, depth: depth - 1, &dice) }
    // Kleene: AND is the least, OR the most of false, unknown, true.
    let values = parts.map { $0.1.map { $0 * 2 } ?? 1 }
    let isAll = Bool.random(using: &dice)
    let value = (isAll ? values.min() : values.max()) ?? 0
    return (isAll ? .all(parts.map(\.0)) : .any(parts.map(\.0)), value == 1 ? nil : value / 2)
  }

  @Test func `leaves are what they are`() throws {
    let evaluation = TrialEvaluation(Self.facts, Clinic.table.reference.tumorTypes)
    for (condition, truth) in try Self.leaves() {
      let expected: TrialMatch.Verdict = truth.map { $0 == 1 ? .met : .notMet } ?? .unknown
      #expect(evaluation.evaluate(condition).verdict == expected, "\(condition)")
    }
  }

  @Test func `a tree is met only where the oracle says true, whatever is unknown in it`() throws {
    let leaves = try Self.leaves()
    let evaluation = TrialEvaluation(Self.facts, Clinic.table.reference.tumorTypes)
    var dice = Dice(state: 24)
    var seen: [TrialMatch.Verdict: Int] = [:]
    for number in 0..<20_000 {
      let (condition, truth) = Self.tree(leaves, depth: 5, &dice)
      let expected: TrialMatch.Verdict = truth.map { $0 == 1 ? .met : .notMet } ?? .unknown
      let outcome = evaluation.evaluate(condition)
      seen[expected, default: 0] += 1
      guard outcome.verdict == expected else {
        Issue.record("tree \(number): \(outcome.verdict) against \(expected): \(condition)")
        return
      }
      switch outcome.verdict {
      case .met: #expect(outcome.gaps.isEmpty && !outcome.met.isEmpty)
      case .unknown: #expect(!outcome.gaps.isEmpty)
      case .notMet: #expect(!outcome.failed.isEmpty)
      }
    }
    #expect(seen.values.allSatisfy { $0 > 1000 } && seen.count == 3)
  }

  @Test func `the index leaves out nothing that is met or unknown`() throws {
    let leaves = try Self.leaves()
    var dice = Dice(state: 7)
    let trials = (0..<300).map { number in
      Trial(
        id: "T\(number)", title: "", status: TrialStatus("RECRUITING"), phase: "", countries: nil, updated: "",
        unread: [], arms: [Trial.Arm(name: "", condition: Self.tree(leaves, depth: 3, &dice).0)], line: 0)
    }
    let registry = TrialRegistry([
      TrialRegistry.File(name: "r", date: "", digest: "", trials: trials, faults: [], lost: 0)
    ])
    let (quick, whole) = (
      Matcher(table: Clinic.table, regulator: .any, trials: registry),
      Matcher(table: Clinic.table, regulator: .any, trials: registry, keepsTrialsNotMet: true)
    )
    let found = [
      Alteration(gene: "KIT", event: .copyNumber(.amplification), asWritten: ""), mutation("BRAF", "p.V600E"),
      mutation("RB1", "p.R320*"), mutation("MET", "p.T1010I"), mutation("TSC2", "p.R611Q"),
    ]
    for round in 0..<60 {
      var profile = SampleProfile(
        sampleID: "S", tumorTypes: [["LMS"], ["GIST"], [], ["LMS", "GIST"]][round % 4],
        alterations: found.filter { _ in Bool.random(using: &dice) })
      profile.assayed.panel = round % 3 == 0 ? nil : ["RB1", "KIT", "BRAF", "MET", "TSC2"]
      profile.sex = round % 5 == 0 ? nil : .female
      profile.age = round % 2 == 0 ? nil : 40
      profile.priorTherapy = round % 7 == 0 ? [] : nil
      var notEvaluated: Matcher.NotEvaluated = [:]
      if round % 6 == 0, !profile.alterations.isEmpty { notEvaluated[0] = "unclear" }
      let all = try #require(whole.match(profile, notEvaluated: notEvaluated).trials)
      let few = try #require(quick.match(profile, notEvaluated: notEvaluated).trials)
      let expected = all.matches.filter { $0.verdict != .notMet }.map {
        "\($0.trial) \($0.verdict) \($0.unknown.count)"
      }
      #expect(few.matches.map { "\($0.trial) \($0.verdict) \($0.unknown.count)" } == expected)
      #expect(few.notMetCount == all.notMetCount)
    }
  }
}
