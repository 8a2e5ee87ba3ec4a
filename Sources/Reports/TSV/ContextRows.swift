// SPDX-License-Identifier: Apache-2.0
internal import Alterations
package import DelimitedText
internal import Knowledge
internal import Matching

extension TableRows {
  /// Rows of context.tsv: what the findings say beside therapies.
  package static func context(_ report: SampleReport, context: ReportContext, into buffer: inout TSVWriter) {
    guard let matches = report.matches else { return }
    for row in matches.statements {
      let words = StatementWords(row, matches)
      buffer.cell(report.sampleID)
      buffer.cell(row.tumorType)
      buffer.cell(row.statement.kind.rawValue)
      buffer.cell(words.genes.joined(separator: ";"))
      buffer.cell(words.found.map(\.description).joined(separator: ";"))
      buffer.cell(words.found.map(\.asWritten).joined(separator: ";"))
      buffer.cell(row.statement.rawValue)
      buffer.cell(row.rule.level.rawValue)
      buffer.cell(row.rule.scope.include.joined(separator: ";"))
      buffer.cell(row.proximity.rawValue)
      buffer.cell(row.rung.rawValue)
      buffer.cell(row.openQuestions.map(\.words).joined(separator: ";"))
      buffer.cell(row.cautions.map(\.code).joined(separator: ";"))
      buffer.cell(row.rule.id)
      buffer.cell(row.supportingRules.count)
      buffer.cell(row.rule.references.joined(separator: ";"))
      buffer.cell(context.table.version(of: row.rule))
      buffer.cell(row.rule.note)
      buffer.endRow()
    }
    germline(report, matches, context, &buffer)
  }

  private static func germline(
    _ report: SampleReport, _ matches: SampleMatches, _ context: ReportContext, _ buffer: inout TSVWriter
  ) {
    let found = GermlineFindings(matches, context.table.reference)
    guard !found.isEmpty else { return }
    let version = context.table.reference.facts.version
    func row(_ place: Int, _ kind: String, _ statement: String, _ reference: String, _ note: [String]) {
      let annotated = matches.alterations[place]
      buffer.cell(report.sampleID)
      buffer.cell(report.tumorType)
      buffer.cell(kind)
      buffer.cell(annotated.gene)
      buffer.cell(annotated.description)
      buffer.cell(annotated.asWritten)
      buffer.cell(statement)
      for _ in 0..<5 { buffer.cell("") }
      buffer.cell(annotated.alteration.cautions.map(\.code).joined(separator: ";"))
      buffer.cell("")
      buffer.cell(0)
      buffer.cell(reference)
      buffer.cell(version)
      buffer.cell(note.filter { !$0.isEmpty }.joined(separator: "; "))
      buffer.endRow()
    }
    for finding in found.findings {
      row(
        finding.alteration, "germline", finding.isStated ? "stated" : "likely", "",
        [
          matches.alterations[finding.alteration].classification, finding.predisposition, GermlineFindings.advice,
          finding.therapies.isEmpty ? "" : "therapies: " + finding.therapies.joined(separator: ", "),
        ])
    }
    for item in found.alleles {
      row(
        item.alteration, "dose", item.allele.function.rawValue, item.allele.reference,
        [item.words, GermlineFindings.advice])
    }
  }
}

/// What a row that speaks of no therapy rests on, in words.
struct StatementWords {
  /// The findings.
  let found: [AnnotatedAlteration]
  /// Their genes, each once; the row's own where nothing was found.
  let genes: [String]
  private let row: StatementMatch

  init(_ row: StatementMatch, _ matches: SampleMatches) {
    self.row = row
    found = row.alterations.map { matches.alterations[$0] }
    var genes: [String] = []
    for annotated in found where !genes.contains(annotated.displayGene(rule: row.rule)) {
      genes.append(annotated.displayGene(rule: row.rule))
    }
    self.genes = genes.isEmpty ? [row.rule.gene] : genes
  }

  /// `EWSR1::FLI1 fusion`, `TP53 R175H and ATRX loss`.
  var basis: String {
    found.isEmpty ? row.rule.plainAsked : found.map { $0.plain(under: row.rule) }.joined(separator: " and ")
  }

  /// The tumors the row is about, in words.
  func scope(_ tree: TumorTypeTree) -> String {
    if row.rule.scope.include == ["ANY"] { return "" }
    return row.rule.scope.include.map { code in tree.node(code)?.name ?? tree.groupWords(code) }.joined(separator: ", ")
  }

  /// What it says, for people: `supports the diagnosis Ewing sarcoma`.
  func claim(_ tree: TumorTypeTree) -> String {
    let scope = scope(tree)
    let tumor = scope.isEmpty ? "" : " in " + scope
    return switch row.statement {
    case .supportsDiagnosis: "supports the diagnosis " + scope
    case .opposesDiagnosis: "speaks against the diagnosis " + scope
    case .noDiagnosticValue: "was looked at and does not tell " + scope
    case .betterOutcome: "better outcome" + tumor
    case .poorOutcome: "poor outcome" + tumor
    case .noEffectOnOutcome: "no effect on the outcome seen" + tumor
    case .predisposing: "predisposing"
    case .protective: "protective"
    case .notPredisposing: "not held to be predisposing"
    case .uncertainPredisposition: "uncertain whether predisposing"
    case .oncogenic: "oncogenic" + tumor
    case .notOncogenic: "not found to be oncogenic" + tumor
    case .gainOfFunction: "gain of function" + tumor
    case .lossOfFunction: "loss of function" + tumor
    case .dominantNegative: "dominant negative" + tumor
    case .neomorphic: "neomorphic" + tumor
    case .unalteredFunction: "function not altered" + tumor
    case .noGainOfFunction: "no gain of function seen" + tumor
    case .noLossOfFunction: "no loss of function seen" + tumor
    case .notDominantNegative: "not dominant negative" + tumor
    case .notNeomorphic: "not neomorphic" + tumor
    }
  }
}

extension Rule.Statement.Kind {
  /// The heading for people.
  var title: String {
    switch self {
    case .diagnosis: "Diagnosis"
    case .prognosis: "Prognosis"
    case .predisposition: "Predisposition"
    case .oncogenicity: "Oncogenicity"
    case .function: "Function of the change"
    }
  }
}
