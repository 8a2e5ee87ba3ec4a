// SPDX-License-Identifier: Apache-2.0
package import Knowledge
internal import Matching

/// What a run was made with, as the cohort's pages print it.
package struct RunVersions: Sendable {
  /// Names and versions of the rule tables.
  package let tables: [String]
  /// The version of the program.
  package let program: String
  /// Names of tumor types.
  let tumorTypes: TumorTypeTree

  /// Versions from names.
  package init(tables: [String], program: String, tumorTypes: TumorTypeTree = .builtIn()) {
    self.tables = tables
    self.program = program
    self.tumorTypes = tumorTypes
  }
}

/// What all reports of a run share.
package struct ReportContext: Sendable {
  /// The table matched against.
  package let table: KnowledgeBase
  /// The version of the program.
  package let programVersion: String

  let ruleCells: RuleParts<RuleCells>
  let ruleMembers: RuleParts<RuleMembers>
  let ruleMarkup: RuleParts<RuleMarkup>
  /// What rules ask for.
  let ruleAsked: RuleParts<RuleAsked>

  /// The places of rules; empty where the table finds them.
  private let places: [ObjectIdentifier: Int]

  /// What a run's reports share.
  package init(table: KnowledgeBase, programVersion: String) {
    self.table = table
    places =
      table.rules.isLaidOut
      ? [:]
      : Dictionary(
        table.rules.enumerated().map { (ObjectIdentifier($1), $0) }, uniquingKeysWith: { first, _ in first })
    ruleCells = RuleParts(table) { RuleCells($0, of: table) }
    ruleMembers = RuleParts(table) { RuleMembers($0, of: table) }
    ruleMarkup = RuleParts(table) { RuleMarkup($0, of: table) }
    ruleAsked = RuleParts(table) { RuleAsked($0, tumorTypes: table.reference.tumorTypes) }
    self.programVersion = programVersion
  }

  /// What failed of a rule, in words.
  func words(_ miss: NearMiss) -> String { miss.reason.words(asked: ruleAsked[miss.ruleIndex]) }

  /// A rule as pages show it, that of another table as well.
  func markup(of rule: Rule) -> RuleMarkup {
    if let place = table.rules.place(of: rule) ?? places[ObjectIdentifier(rule)] {
      ruleMarkup[place]
    } else {
      RuleMarkup(rule, of: table)
    }
  }

  /// What the cohort's pages print.
  package var versions: RunVersions {
    RunVersions(
      tables: table.recorded.map { $0.name + " " + $0.version }, program: programVersion,
      tumorTypes: table.reference.tumorTypes)
  }

  /// What every report must say of its use.
  package static let statements = [
    "For research use only. Not a medical device and not a treatment recommendation.",
    "A decision about treatment belongs to a qualified team that knows the patient.",
    "The absence of a rule is not evidence against an agent.",
    "Labels differ between countries and change with time; the table's date is given above.",
  ]
}
