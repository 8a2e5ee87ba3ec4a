// SPDX-License-Identifier: Apache-2.0
package import Knowledge
package import Query

/// A row of an invented rule table: what a test speaks of is said, everything else has a plain value.
package struct InventedRule: Sendable {
  /// The cells by column.
  package var cells: [String: String]

  /// A rule of a drug for a finding.
  ///
  /// - Parameters:
  ///   - id: The identifier.
  ///   - gene: The gene or biomarker; `-` for a histology rule.
  ///   - spec: The column `alteration_spec`.
  ///   - agents: The therapy.
  ///   - changes: Other columns, by name.
  package init(
    _ id: String, _ gene: String, _ spec: String, _ agents: String, level: String = "B", in scope: String = "LMS",
    _ changes: KeyValuePairs<String, String> = [:]
  ) {
    cells = [
      "rule_id": id, "gene": gene, "event_class": Self.eventClass(gene, spec), "alteration_spec": spec,
      "oncotree_include": scope, "agents": agents, "direction": "sensitivity", "level": level,
      "reference": level == "A1" ? "LABEL:FDA invented" : "PMID:1",
    ]
    for (column, value) in changes { cells[column] = value }
  }

  /// The same rule against the therapy.
  package static func resistance(
    _ id: String, _ gene: String, _ spec: String, _ agents: String, level: String = "B", in scope: String = "LMS",
    _ changes: KeyValuePairs<String, String> = [:]
  ) -> InventedRule {
    var rule = InventedRule(id, gene, spec, agents, level: level, in: scope, changes)
    rule.cells["direction"] = "resistance"
    return rule
  }

  private static func eventClass(_ gene: String, _ spec: String) -> String {
    if gene == "-" { return "HISTOLOGY" }
    if ["TMB", "MSI", "MMR", "HRD", "TLS"].contains(gene) { return "BIOMARKER" }
    if ["PD-L1", "HR"].contains(gene) { return "EXPR" }
    switch spec {
    case "WT": return "WT"
    case "AMP", "GAIN", "LOSS", "HOMDEL", "LOH": return "CNA"
    case "LOF", "BIALLELIC": return "LOF"
    case "activation": return "PATHWAY"
    default: return spec.hasPrefix("FUSION") || spec.contains("::") ? "FUSION" : "MUT"
    }
  }

  /// The rows as a user's table.
  package static func text(_ rules: [InventedRule]) -> String {
    let lines = rules.map { rule in Rule.columns.map { rule.cells[$0] ?? "" }.joined(separator: "\t") }
    return ([Rule.columns.joined(separator: "\t")] + lines).joined(separator: "\n") + "\n"
  }
}

/// Questions answered with a table other than the built-in one.
package struct InventedClinic: Sendable {
  /// The table.
  package let table: KnowledgeBase
  private let query: TumorQuery

  /// A clinic that knows the rules of a table.
  package init(table: KnowledgeBase) {
    self.table = table
    query = TumorQuery(table: table)
  }

  /// Asks about findings in a tumor.
  package func ask(
    _ tumorType: String, _ findings: String..., with change: (inout TumorQuery.Question) -> Void = { _ in }
  ) -> Clinic.Answer {
    var question = TumorQuery.Question()
    question.tumorType = tumorType
    question.findings = findings
    change(&question)
    let answer = query.answer(question)
    return Clinic.Answer(
      therapies: Table(String(decoding: query.therapies(answer), as: UTF8.self)),
      options: Table(String(decoding: query.options(answer), as: UTF8.self)),
      remarks: answer.remarks.map(\.description))
  }
}
