// SPDX-License-Identifier: Apache-2.0
import Alterations
import DelimitedText
import TestSupport
import Testing
@testable import Knowledge

/// A table of invented rules over the reference tables that are loaded already.
func inventedTable(_ rules: [InventedRule]) -> KnowledgeBase {
  let bytes = Array(InventedRule.text(rules).utf8)
  let result = RuleReader(reference: Clinic.table.reference, tableName: "invented.tsv", tableNumber: 0)
    .read(NamedTable(bytes.span))
  precondition(result.faults.isEmpty, "\(result.faults)")
  let source = KnowledgeBase.Source(name: "invented.tsv", version: "1", digest: "")
  return KnowledgeBase(reference: Clinic.table.reference, rules: result.rules, sources: [source], faults: [])
}

extension InventedClinic {
  /// A clinic that knows these rules alone.
  init(_ rules: InventedRule...) { self.init(table: inventedTable(rules)) }
}

extension Clinic.Answer {
  /// A cell of the row of a rule; `nil` when the rule was not met.
  ///
  /// To be compared with what stands there: what does not stand there is true of a missing row too.
  func cell(_ ruleID: String, _ column: String) -> String? { rows(["rule_id": ruleID]).first?[column] }

  /// Whether the rule was met.
  func meets(_ ruleID: String) -> Bool { has(["rule_id": ruleID]) }

  /// The words of the column `flags` of a rule; the test fails when the rule was not met.
  func flags(_ ruleID: String, at location: Testing.SourceLocation = #_sourceLocation) -> [String] {
    if !meets(ruleID) { Issue.record("rule \(ruleID) was not met", sourceLocation: location) }
    return (cell(ruleID, "flags") ?? "").split(separator: ";").map(String.init)
  }

  /// The derived pairs, in their order.
  var pairs: [[String: String]] { rows(["flags": "candidate_combination"]) }
}

/// A mutation with what a test says of it.
func mutation(
  _ gene: String, _ change: String, fraction: Double? = nil, cells: Double? = nil,
  origin: AlterationOrigin = .unknown, cautions: [Caution] = []
) -> Alteration {
  let protein = ProteinChange(change)
  let event = SequenceChange(effect: protein.map { VariantEffect($0) } ?? .unknown, proteinChange: protein)
  return Alteration(
    gene: gene, event: .sequence(event), asWritten: change, origin: origin, variantAlleleFraction: fraction,
    cancerCellFraction: cells, cautions: cautions)
}
