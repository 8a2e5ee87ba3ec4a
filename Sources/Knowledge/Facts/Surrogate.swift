// SPDX-License-Identifier: Apache-2.0
package import Alterations
internal import DelimitedText

/// A finding that stands in for a test until the test is made.
package struct Surrogate: Sendable, Equatable {
  /// What is found.
  package enum Finding: Sendable, Equatable {
    case copyNumber(CopyNumberCall)
    /// A result in words, without a number.
    case word(String)
  }

  /// The gene or biomarker that the finding is of.
  package let findingOf: String
  /// The finding.
  package let finding: Finding
  /// Whether it counts beside a result of the test itself.
  package let countsDespiteResult: Bool
  /// The gene or biomarker that the rule asks for.
  package let asked: String
  /// The test that is missing.
  package let missingTest: String
  /// The test that is missing where a condition of a rule asks for a positive result.
  ///
  /// A negative result is excluded by the finding. Empty where the finding says nothing of conditions.
  package let testOfCondition: String
  /// Codes of tumors in which labels accept the finding as the result itself; empty for none.
  package let meetsIn: [String]
  private let eventClass: String
  private let specHas: String
  private let specLacks: String

  init(_ row: FactRow) {
    asked = row["asked"]
    eventClass = row["event_class"]
    specHas = row["spec_has"]
    specLacks = row["spec_lacks"]
    findingOf = row["finding_of"]
    finding = CopyNumberCall(rawValue: row["finding"]).map(Finding.copyNumber) ?? .word(row["finding"])
    countsDespiteResult = row["despite_result"] == "yes"
    missingTest = row["missing_test"]
    testOfCondition = row["as_condition"]
    meetsIn = row["meets_in"].listItems
  }

  /// The word of a result that the finding stands for; empty where it is none.
  package var wanted: String { specHas }

  /// Whether a positive result of a stain stands in for a fusion of a gene.
  package func asksForFusion(of gene: String, by stain: String) -> Bool {
    asked == gene && findingOf == stain && eventClass == Rule.EventClass.fusion.rawValue && finding == .word("positive")
  }

  /// Whether labels accept the finding as the result itself in a tumor type.
  package func isMet(in code: String, _ tree: TumorTypeTree) -> Bool { meetsIn.contains { tree.covers($0, code) } }

  /// Whether the finding stands in for what a rule asks.
  package func fits(_ rule: Rule) -> Bool {
    rule.gene == asked && rule.eventClass.rawValue == eventClass
      && (specHas.isEmpty || rule.specText.holds(specHas))
      && (specLacks.isEmpty || !rule.specText.holds(specLacks))
  }
}

/// An agent's target that works only through another gene.
package struct WildTypeDependence: Sendable {
  /// The gene that the agents act on.
  package let target: String
  /// The gene that must be intact.
  package let needed: String

  init(_ row: FactRow) {
    target = row["target"]
    needed = row["needs"]
  }
}
