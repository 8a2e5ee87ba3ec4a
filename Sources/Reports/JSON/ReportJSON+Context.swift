// SPDX-License-Identifier: Apache-2.0
internal import JSONText
internal import Knowledge
internal import Matching

extension ReportJSON {
  /// A row of context.tsv.
  static func statement(
    _ row: StatementMatch, _ matches: SampleMatches, _ context: ReportContext, _ json: inout JSONWriter
  ) {
    let words = StatementWords(row, matches)
    json.object { json in
      json.value("kind", row.statement.kind.rawValue)
      json.value("statement", row.statement.rawValue)
      json.value("words", words.claim(context.table.reference.tumorTypes))
      json.array("alterations") { json in for place in row.alterations { json.value(nil, place) } }
      json.values("genes", words.genes)
      json.value("tumor_type", row.tumorType)
      json.values("tumor_scope", row.rule.scope.include)
      json.value("proximity", row.proximity.rawValue)
      json.value("rung", row.rung.rawValue)
      json.value("level", row.rule.level.rawValue)
      json.values("condition", row.openQuestions.map(\.words))
      json.values("flags", row.cautions.map(\.code))
      json.value("rule_id", row.rule.id)
      json.value("more_support", row.supportingRules.count)
      json.values("references", row.rule.references)
      json.value("table_version", context.table.version(of: row.rule))
      json.value("note", row.rule.note)
    }
  }
}
