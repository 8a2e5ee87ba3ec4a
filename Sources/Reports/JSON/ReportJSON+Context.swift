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

  /// Findings in the germline and alleles for the dose of drugs; no key where there are none.
  static func germline(_ matches: SampleMatches, _ context: ReportContext, _ json: inout JSONWriter) {
    let found = GermlineFindings(matches, context.table.reference)
    if !found.findings.isEmpty {
      json.array("germline") { json in
        for finding in found.findings {
          let annotated = matches.alterations[finding.alteration]
          json.object { json in
            json.value("alteration", finding.alteration)
            json.value("gene", annotated.gene)
            json.value("origin", finding.isStated ? "stated" : "likely")
            json.value("classification", annotated.classification)
            json.value("predisposition", finding.predisposition)
            json.values("therapies", finding.therapies)
            json.value("advice", GermlineFindings.advice)
          }
        }
      }
    }
    guard !found.alleles.isEmpty else { return }
    json.array("dose_safety") { json in
      for item in found.alleles {
        json.object { json in
          json.value("alteration", item.alteration)
          json.value("gene", item.allele.gene)
          json.value("allele", item.allele.name)
          json.value("function", item.allele.function.rawValue)
          json.value("origin", item.isStated ? "stated" : "not_stated")
          json.value("drugs", item.allele.drugs)
          json.value("guideline", item.allele.guideline)
          json.value("reference", item.allele.reference)
          json.value("advice", GermlineFindings.advice)
        }
      }
    }
  }
}
