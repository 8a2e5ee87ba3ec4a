// SPDX-License-Identifier: Apache-2.0
package import Alterations

/// One row of the target-to-agent table: one therapy, one direction, one biomarker expression, one tumor scope, one
/// piece of support (guide: RuleTable, Columns).
///
/// A class, since rows of reports hold many references to one rule.
public final class Rule: Sendable {
  /// The kind of evidence a rule reads.
  package enum EventClass: String, Sendable, CaseIterable {
    case mutation = "MUT"
    case copyNumber = "CNA"
    case fusion = "FUSION"
    case lossOfFunction = "LOF"
    case expression = "EXPR"
    case biomarker = "BIOMARKER"
    case wildType = "WT"
    case histology = "HISTOLOGY"
    case pathway = "PATHWAY"
    case proteinTarget = "PROTEIN_TARGET"
  }

  /// What the evidence says of the therapy.
  public enum Direction: String, Sendable, CaseIterable {
    case sensitivity, resistance
    case noBenefit = "no_benefit"
    case context
  }

  /// Who says it.
  public enum Authority: String, Sendable, CaseIterable {
    case fda = "FDA"
    case ema = "EMA"
    case guideline, literature
  }

  /// Where the therapy stands with that body.
  public enum RegulatoryStatus: String, Sendable, CaseIterable {
    case approved, accelerated, withdrawn
    case offLabel = "off-label"
    case investigational, conventional
    case notApplicable = "n/a"
  }

  /// The line of treatment.
  package enum Line: String, Sendable, CaseIterable {
    case any, neoadjuvant, adjuvant, consolidation, maintenance, first
    case secondPlus = "second_plus"
    case last
  }

  /// The evidence level, A1 strongest (guide: Evidence, Levels and tiers).
  public enum Level: String, Sendable, CaseIterable, Comparable {
    case a1 = "A1"
    case a2 = "A2"
    case b = "B"
    case c = "C"
    case d = "D"
    case e = "E"

    /// The step of the level, 0 for A1 and A2 up to 4 for E.
    package var step: Int {
      switch self {
      case .a1, .a2: 0
      case .b: 1
      case .c: 2
      case .d: 3
      case .e: 4
      }
    }

    private var order: Int { self == .a1 ? -1 : step }

    /// 0 for A1, 1 for A2 and so on.
    package var place: Int { self == .a1 ? 0 : step + 1 }

    /// Stronger is smaller.
    public static func < (left: Level, right: Level) -> Bool { left.order < right.order }
  }

  /// Where the altered allele has to come from.
  package enum Origin: String, Sendable, CaseIterable {
    case somatic, germline, either
  }

  /// The stable identifier.
  public let id: String
  /// The gene or biomarker; `-` for histology rules.
  public let gene: String
  /// The kind of evidence.
  package let eventClass: EventClass
  /// The column `alteration_spec` as written.
  public let specText: String
  /// Its alternatives.
  package let alternatives: [AlterationSpec]
  /// The column `requires` as written.
  public let requiresText: String
  /// Its expression.
  package let requires: Predicate?
  /// Where the allele has to come from.
  package let origin: Origin
  /// The tumor types.
  package let scope: TumorScope
  /// `uterine`, `extra-uterine`, or empty.
  package let site: TumorSite?
  /// The agents given together; empty for a context row without one.
  public let agents: [String]
  /// The agents joined by ` + `.
  public let therapy: String
  /// What the evidence says; `context` for a row that speaks of no therapy.
  public let direction: Direction
  /// What a row says that speaks of no therapy; `nil` for a rule about one.
  public let statement: Statement?
  /// Who says it.
  public let authority: Authority
  /// Where it stands with that body.
  public let regulatoryStatus: RegulatoryStatus
  /// ISO date of the status; empty when unknown.
  package let statusDate: String
  /// ISO date of the withdrawal; empty when none or unknown.
  package let withdrawnDate: String
  /// The line of treatment.
  package let line: Line
  /// The evidence level.
  public let level: Level
  /// `PMID:...`, `DOI:...`, `LABEL:...`, `NCT...`.
  public let references: [String]
  /// The limits of the evidence in our words.
  public let note: String
  /// A query that the rule must match; empty when none is given.
  package let exampleHit: String
  /// A query that the rule must not match; empty when none is given.
  package let exampleMiss: String
  /// Where the fact was read.
  package let source: String
  /// ISO date of the source.
  package let sourceDate: String
  /// ISO date of the last review.
  public let reviewed: String
  /// How well the claim is supported, and whom it is for.
  package let support: Support
  /// Which table the row is in, by number.
  package let table: Int
  /// The line of the row in that table.
  package let lineNumber: Int

  init(
    id: String, gene: String, eventClass: EventClass, specText: String, alternatives: [AlterationSpec],
    requiresText: String, requires: Predicate?, origin: Origin, scope: TumorScope, site: TumorSite?, agents: [String],
    direction: Direction, statement: Statement? = nil, authority: Authority, regulatoryStatus: RegulatoryStatus,
    statusDate: String,
    withdrawnDate: String, line: Line,
    level: Level, references: [String], note: String, exampleHit: String, exampleMiss: String, source: String,
    sourceDate: String, reviewed: String, support: Support, table: Int, lineNumber: Int
  ) {
    self.id = id
    self.gene = gene
    self.eventClass = eventClass
    self.specText = specText
    self.alternatives = alternatives
    self.requiresText = requiresText
    self.requires = requires
    self.origin = origin
    self.scope = scope
    self.site = site
    self.agents = agents
    therapy = agents.joined(separator: " + ")
    self.direction = direction
    self.statement = statement
    self.authority = authority
    self.regulatoryStatus = regulatoryStatus
    self.statusDate = statusDate
    self.withdrawnDate = withdrawnDate
    self.line = line
    self.level = level
    self.references = references
    self.note = note
    self.exampleHit = exampleHit
    self.exampleMiss = exampleMiss
    self.source = source
    self.sourceDate = sourceDate
    self.reviewed = reviewed
    self.support = support
    self.table = table
    self.lineNumber = lineNumber
  }

  /// The agents in alphabetical order joined by ` + `: the same for every way of writing one combination.
  package var therapyKey: String { agents.count < 2 ? therapy : agents.sorted().joined(separator: " + ") }

  /// What the row claims, the same for every row of support (guide: RuleTable, The claim key).
  package var claimKey: String {
    let parts = [
      gene, specText, requiresText, therapyKey, directionWord, Self.sortedList(scope.include),
      Self.sortedList(scope.exclude), authority.rawValue, line.rawValue, origin.rawValue, site?.rawValue ?? "",
      regulatoryStatus == .withdrawn ? "withdrawn" : "",
    ]
    return (parts + [support.effect?.rawValue].compactMap(\.self)).joined(separator: "|")
  }

  private static func sortedList(_ items: [String]) -> String {
    items.count < 2 ? items.first ?? "" : items.sorted().joined(separator: ";")
  }

  /// The columns of a rule table, in order.
  package static var columns: [String] { RuleReader.columns }

  /// The row as it stands in a table, in the order of ``columns``.
  package var cells: [String] {
    [
      id, gene, eventClass.rawValue, specText, requiresText, origin.rawValue, scope.include.joined(separator: ";"),
      scope.exclude.joined(separator: ";"), site?.rawValue ?? "", agents.isEmpty ? "-" : therapy, directionWord,
      authority.rawValue, regulatoryStatus.rawValue, statusDate, withdrawnDate, line.rawValue, level.rawValue,
      references.joined(separator: ";"), note, exampleHit, exampleMiss, source, sourceDate, reviewed,
    ] + support.cells
  }
}
