public import TargetTable

/// What all rules for and against a therapy come to; the column `verdict`.
public enum Verdict: String, Sendable {
  case supported, conditional, conflicting, overridden, caution, withdrawn, hypothesis
}

/// One rule met by one sample: a row of therapies.tsv.
public struct TherapyMatch: Sendable {
  /// The rule shown.
  public var rule: Rule
  /// Its place among the table's rules.
  public let ruleIndex: Int
  /// How many more rows of the tables carry the same claim.
  public var moreSupport: Int
  /// The rules behind ``moreSupport``.
  public var supportingRules: [Rule]
  /// The OncoTree code the match was made with; empty when the tumor type is unknown.
  public let tumorType: String
  /// How close the tumor type is to the rule's.
  public let proximity: Proximity
  /// The step of the ladder.
  public let rung: Rung
  /// The alterations that satisfied the rule, by their place in the sample's list.
  public let alterations: [Int]
  /// Those of ``alterations`` that the rule's own gene brought in, without what it merely requires beside them.
  let ownAlterations: [Int]
  /// The tier and ESCAT class.
  public var tier: Tier
  /// What would have to be tested; empty unless the match is conditional.
  public var condition: [String]
  /// Words of caution: `subclonal`, `type_less_specific`, ...
  public var flags: [String]
  /// What all rules come to for this row.
  public var verdict: Verdict
  /// Identifiers of the rules that speak against this row, or for it in the case of a resistance row.
  public var opposedBy: [String]

  /// Whether the row needs no alteration.
  public var isHistology: Bool { rule.eventClass == .histology || rule.eventClass == .proteinTarget }
}

/// A rule about an altered gene that was not met, and the first thing that failed.
public struct NearMiss: Sendable {
  /// The rule.
  public let rule: Rule
  /// The alteration that came near, by its place in the sample's list.
  public let alteration: Int
  /// What failed, with both values: `codon 816 against EXON 11 (550-592)`.
  public let reason: String
}

/// All that was found for one sample.
public struct SampleMatches: Sendable {
  /// The sample's alterations as they were judged, in input order.
  public var alterations: [JudgedAlteration]
  /// The rows of therapies.tsv in their order.
  public var therapies: [TherapyMatch]
  /// Pairs derived from single-agent rows, best first; level E and no more.
  public var combinations: [CandidateCombination]
  /// Rules that were not met, and why.
  public var nearMisses: [NearMiss]
  /// Tests that would open a rule, each with the therapies behind it, sorted.
  public var openTests: [(test: String, therapies: [String])]
  /// Remarks on the diagnosis, each with its reason.
  public var diagnosisReviews: [String]
}
