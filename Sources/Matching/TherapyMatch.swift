// SPDX-License-Identifier: Apache-2.0
package import Alterations
public import Knowledge

/// What all rules for and against a therapy come to; the column `verdict`.
public enum Verdict: String, CaseIterable, Sendable {
  case supported, conditional, conflicting, overridden, caution, withdrawn, hypothesis
}

/// One rule met by one sample: a row of therapies.tsv.
///
/// Rows are weighed against each other by the hundred; a copy costs no more than one reference until it is changed.
public struct TherapyMatch: Sendable {
  private var storage: Storage

  /// The rule shown.
  public var rule: Rule { storage.rule }
  /// Its place among the table's rules.
  package var ruleIndex: Int { storage.ruleIndex }
  /// How many more rows of the tables carry the same claim.
  public var moreSupport: Int { supportingRules.count }
  /// The rules behind ``moreSupport``.
  package var supportingRules: [Rule] {
    get { unsafe storage.supportingRules }
    _modify {
      makeUnique()
      yield unsafe &storage.supportingRules
    }
  }
  /// The OncoTree code the match was made with; empty when the tumor type is unknown.
  public var tumorType: String { storage.tumorType }
  /// How close the tumor type is to the rule's.
  package var proximity: Proximity { storage.proximity }
  /// The step of the ladder.
  package var rung: Rung { storage.rung }
  /// The alterations that satisfied the rule, by their place in the sample's list.
  public var alterations: [Int] { storage.alterations }
  /// Those of ``alterations`` that the rule's own gene brought in, without what it merely requires beside them.
  package var ownAlterations: [Int] { storage.ownAlterations }
  /// The tier and ESCAT class.
  public package(set) var tier: Tier {
    get { unsafe storage.tier }
    _modify {
      makeUnique()
      yield unsafe &storage.tier
    }
  }
  /// What would have to be tested; empty unless the match is conditional.
  package var openQuestions: [OpenQuestion] {
    get { unsafe storage.openQuestions }
    _modify {
      makeUnique()
      yield unsafe &storage.openQuestions
    }
  }
  /// What a reader has to bear in mind, the rule's own first.
  package var cautions: [Caution] {
    get { unsafe storage.cautions }
    _modify {
      makeUnique()
      yield unsafe &storage.cautions
    }
  }
  /// What all rules come to for this row.
  public var verdict: Verdict {
    get { unsafe storage.verdict }
    _modify {
      makeUnique()
      yield unsafe &storage.verdict
    }
  }
  /// The word of the column `verdict`; empty for context, which speaks neither for nor against a therapy.
  public var verdictName: String { rule.direction == .context ? "" : verdict.rawValue }
  /// Identifiers of the rules that speak against this row, or for it in the case of a resistance row.
  package var opposedBy: [String] {
    get { unsafe storage.opposedBy }
    _modify {
      makeUnique()
      yield unsafe &storage.opposedBy
    }
  }

  /// Whether it is met, without a condition, though no alteration meets it: by what was looked for and not found.
  package var holdsByWildType: Bool {
    guard !isHistology, rule.direction != .context else { return false }
    switch verdict {
    case .supported, .conflicting, .overridden, .caution: return true
    case .conditional, .withdrawn, .hypothesis: return false
    }
  }

  /// Whether the row needs no alteration.
  package var isHistology: Bool { rule.eventClass == .histology || rule.eventClass == .proteinTarget }

  init(
    rule: Rule, ruleIndex: Int, tumorType: String, proximity: Proximity, rung: Rung, alterations: [Int],
    ownAlterations: [Int], tier: Tier, openQuestions: [OpenQuestion], cautions: [Caution]
  ) {
    storage = Storage(
      rule: rule, ruleIndex: ruleIndex, tumorType: tumorType, proximity: proximity, rung: rung,
      alterations: alterations, ownAlterations: ownAlterations, tier: tier, openQuestions: openQuestions,
      cautions: cautions)
  }

  private mutating func makeUnique() {
    if !isKnownUniquelyReferenced(&storage) { storage = storage.copy() }
  }

  /// Shared by copies and changed only while there is one.
  ///
  /// That is why nothing can read while it is changed, and no access is checked: these are read a thousand times a sample.
  private final class Storage: @unchecked Sendable {
    let rule: Rule
    let ruleIndex: Int
    @exclusivity(unchecked) var supportingRules: [Rule] = []
    let tumorType: String
    let proximity: Proximity
    let rung: Rung
    let alterations: [Int]
    let ownAlterations: [Int]
    @exclusivity(unchecked) var tier: Tier
    @exclusivity(unchecked) var openQuestions: [OpenQuestion]
    @exclusivity(unchecked) var cautions: [Caution]
    @exclusivity(unchecked) var verdict = Verdict.supported
    @exclusivity(unchecked) var opposedBy: [String] = []

    init(
      rule: Rule, ruleIndex: Int, tumorType: String, proximity: Proximity, rung: Rung, alterations: [Int],
      ownAlterations: [Int], tier: Tier, openQuestions: [OpenQuestion], cautions: [Caution]
    ) {
      self.rule = rule
      self.ruleIndex = ruleIndex
      self.tumorType = tumorType
      self.proximity = proximity
      self.rung = rung
      self.alterations = alterations
      self.ownAlterations = ownAlterations
      unsafe self.tier = tier
      unsafe self.openQuestions = openQuestions
      unsafe self.cautions = cautions
    }

    func copy() -> Storage {
      let copy = unsafe Storage(
        rule: rule, ruleIndex: ruleIndex, tumorType: tumorType, proximity: proximity, rung: rung,
        alterations: alterations, ownAlterations: ownAlterations, tier: tier, openQuestions: openQuestions,
        cautions: cautions)
      unsafe copy.supportingRules = supportingRules
      unsafe copy.verdict = verdict
      unsafe copy.opposedBy = opposedBy
      return copy
    }
  }
}

/// A rule about an altered gene that was not met, and the first thing that failed.
package struct NearMiss: Sendable {
  /// The rule.
  package let rule: Rule
  /// The rule's place in the table.
  package let ruleIndex: Int
  /// The alteration that came near, by its place in the sample's list.
  package let alteration: Int
  /// What failed, with both values.
  package let reason: MissReason
}

/// All that was found for one sample.
public struct SampleMatches: Sendable {
  /// The sample's alterations as they were judged, in input order.
  public var alterations: [AnnotatedAlteration]
  /// The rows of therapies.tsv in their order.
  public var therapies: [TherapyMatch]
  /// One answer for each therapy, in the order of options.tsv.
  package var options: [TherapyOption]
  /// Agents of the tumor type that a row against their class closes.
  package var classClosings: [ClassClosing]
  /// Pairs derived from single-agent rows, best first; level E and no more.
  package var combinations: [CandidateCombination]
  /// Rules that were not met, and why.
  package var nearMisses: [NearMiss]
  /// What would open a rule if it were known, each with the therapies behind it.
  package var openTests: [OpenQuestion: Set<String>]
  /// What tests would open a label or a guideline, assays first.
  package var labelOpenings: [LabelOpening]
  /// Findings that ask for a second look at the diagnosis.
  package var diagnosisReviews: [DiagnosisReview]
  /// What the findings say of diagnosis, prognosis, predisposition and function: the rows of context.tsv.
  public var statements: [StatementMatch] = []
  /// Places of alterations that may be of the patient and not of the tumor alone, and of those of genes that say how
  /// drugs are borne.
  package var constitutional: [Int] = []
  /// What the studies of a registry come to; `nil` where none was given.
  package var trials: SampleTrials?
}
