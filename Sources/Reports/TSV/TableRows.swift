// SPDX-License-Identifier: Apache-2.0
internal import Alterations
package import DelimitedText
internal import Matching
internal import Knowledge

/// Writes the rows of one sample into the tables.
package enum TableRows {
  /// Rows of therapies.tsv, in the order of the matches.
  package static func therapies(_ report: SampleReport, context: ReportContext, into buffer: inout TSVWriter) {
    guard let matches = report.matches else { return }
    let table = context.table
    let sampleCell = cellBytes(report.sampleID)
    for match in matches.therapies {
      row(match, sampleCell, matches, context.ruleCells[match.ruleIndex], &buffer)
    }
    for pair in matches.combinations { row(pair, report.sampleID, matches, table, &buffer) }
  }

  /// A derived pair stands behind all rows that a rule gives, as hypothesis of level E.
  private static func row(
    _ pair: CandidateCombination, _ sampleID: String, _ matches: SampleMatches, _ table: KnowledgeBase,
    _ buffer: inout TSVWriter
  ) {
    let parts = pair.parts.map { matches.therapies[$0] }
    var found: [AnnotatedAlteration] = []
    var genes: [String] = []
    for place in parts.flatMap(\.alterations) {
      let annotated = matches.alterations[place]
      if found.contains(where: { $0.alteration == annotated.alteration }) { continue }
      found.append(annotated)
      if !genes.contains(annotated.gene) { genes.append(annotated.gene) }
    }
    let reference = pair.pairRules.isEmpty ? parts.map(\.rule) : pair.pairRules
    var references: [String] = []
    for item in reference.flatMap(\.references) where !references.contains(item) { references.append(item) }
    buffer.cell(sampleID)
    buffer.cell(parts.first?.tumorType ?? "")
    buffer.list(genes)
    buffer.list(found.map(\.description))
    buffer.list(found.map(\.asWritten))
    buffer.cell(pair.therapy)
    buffer.word("sensitivity")
    buffer.word("E")
    buffer.cell(CandidateCombination.tier.name)
    buffer.word("V")
    buffer.cell(parts.map(\.proximity).max()?.rawValue ?? "")
    buffer.word("inferred")
    buffer.word("literature")
    buffer.word("n/a")
    buffer.cell("")
    buffer.word("hypothesis")
    buffer.cell("")
    buffer.cell(Caution.derivedPair.code)
    buffer.cell(parts.map(\.rule.id).joined(separator: "+"))
    buffer.cell(pair.pairRules.count)
    buffer.list(references)
    buffer.cell(table.version(ofTable: parts.first?.rule.table ?? 0))
    buffer.word("any")
    buffer.cell(note(pair, parts, matches))
    buffer.endRow()
  }

  private static func note(_ pair: CandidateCombination, _ parts: [TherapyMatch], _ matches: SampleMatches) -> String {
    var text = ""
    for part in parts {
      let rule = part.rule
      text += rule.therapy
      text += part.alterations.isEmpty ? " by histology" : " by "
      var isNext = false
      for index in part.alterations {
        if isNext { text += ", " }
        isNext = true
        text += matches.alterations[index].gene
        text += " "
        text += matches.alterations[index].description
      }
      text += " ("
      text += rule.id
      text += ", level "
      text += rule.level.rawValue
      text += "), "
    }
    if pair.pairRules.isEmpty { return text + "no study of the pair in the table" }
    return text + "the pair: " + pair.pairRules.map(\.id).joined(separator: ", ")
  }

  private static func cellBytes(_ text: String) -> [UInt8] {
    var buffer = TSVWriter()
    buffer.cell(text)
    return buffer.bytes
  }

  private static func row(
    _ match: TherapyMatch, _ sampleCell: [UInt8], _ matches: SampleMatches, _ cells: RuleCells,
    _ buffer: inout TSVWriter
  ) {
    if match.alterations.isEmpty, match.isHistology {
      buffer.cells(sampleCell)
      buffer.cell(match.tumorType)
      for _ in 0..<3 { buffer.word("") }
      return finish(match, cells, &buffer)
    }
    buffer.cells(sampleCell)
    buffer.cell(match.tumorType)
    if match.alterations.count == 1 {
      let annotated = matches.alterations[match.alterations[0]]
      buffer.cell(annotated.displayGene(rule: match.rule))
      buffer.cell(annotated.description)
      buffer.cell(annotated.asWritten)
      return finish(match, cells, &buffer)
    }
    let found = match.alterations.map { matches.alterations[$0] }
    var genes: [String] = []
    for annotated in found where !genes.contains(annotated.displayGene(rule: match.rule)) {
      genes.append(annotated.displayGene(rule: match.rule))
    }
    if found.isEmpty, !match.isHistology { genes = [match.rule.gene] }
    buffer.list(genes)
    buffer.list(found.isEmpty && match.rule.eventClass == .wildType ? ["WT"] : found.map(\.description))
    buffer.list(found.map(\.asWritten))
    finish(match, cells, &buffer)
  }

  private static func finish(_ match: TherapyMatch, _ cells: RuleCells, _ buffer: inout TSVWriter) {
    buffer.cells(cells.claim)
    buffer.cell(match.tier.name)
    buffer.cell(match.tier.escat)
    buffer.cell(match.proximity.rawValue)
    buffer.cell(match.rung.rawValue)
    buffer.cells(cells.regulatoryStatus)
    buffer.cell(match.verdictName)
    if match.openQuestions.isEmpty { buffer.word("") } else { buffer.list(match.condition) }
    buffer.list(match.cautions.map(\.code))
    buffer.cell(match.rule.id)
    buffer.cell(match.moreSupport)
    buffer.cells(cells.support)
    buffer.endRow()
  }

  /// Rows of alterations.tsv, in input order.
  package static func alterations(_ report: SampleReport, into buffer: inout TSVWriter) {
    guard let matches = report.matches else { return }
    let common = CommonCells(
      sample: cellBytes(report.sampleID), files: report.files.mapValues(cellBytes), biomarkers: Facts.builtIn.biomarkers
    )
    var next = 0
    for annotated in matches.alterations {
      let number = annotated.alteration.number
      while next < report.unlisted.count {
        let unlisted = report.unlisted[next]
        if unlisted.number > number { break }
        row(unlisted, Judgement(unlisted: unlisted), common, &buffer)
        next += 1
      }
      row(annotated.alteration, .decided(annotated), common, &buffer)
    }
    for unlisted in report.unlisted[next...] { row(unlisted, Judgement(unlisted: unlisted), common, &buffer) }
  }

  /// Cells that many rows of a sample have, and what tells them the kind of a finding.
  private struct CommonCells {
    let sample: [UInt8]
    let files: [Int32: [UInt8]]
    let biomarkers: BiomarkerTable
  }

  /// Cells that need no words of their own: class, oncogenicity and its reason; outcome and its reason.
  private enum UnlistedCells {
    static let unknown = (classified(.unknown), cells([Judgement.unknown.outcome.rawValue, Judgement.unknown.reason]))
    static let silent = (classified(.silent), cells([Judgement.silent.outcome.rawValue, Judgement.silent.reason]))

    private static func classified(_ judgement: Judgement) -> [UInt8] {
      cells([judgement.oncogenicity.verdict.rawValue, judgement.oncogenicity.reason])
    }

    private static func cells(_ words: [String]) -> [UInt8] {
      var buffer = TSVWriter()
      for word in words { buffer.cell(word) }
      return buffer.bytes
    }
  }

  private static func row(
    _ alteration: Alteration, _ judgement: Judgement, _ common: CommonCells, _ buffer: inout TSVWriter
  ) {
    buffer.cells(common.sample)
    buffer.cell(alteration.gene)
    let isSequence = alteration.isSequence
    if isSequence { buffer.word("MUT") } else { buffer.cell(common.biomarkers.kind(of: alteration)) }
    if case .decided(let annotated) = judgement {
      buffer.cell(annotated.description)
    } else {
      buffer.cell(alteration.description)
    }
    buffer.cell(alteration.asWritten)
    buffer.cell(alteration.className)
    switch judgement {
    case .unknown: buffer.cells(UnlistedCells.unknown.0)
    case .silent: buffer.cells(UnlistedCells.silent.0)
    case .decided(let annotated):
      buffer.cell(annotated.oncogenicity.verdict.rawValue)
      buffer.cell(annotated.oncogenicity.reason)
    }
    buffer.cell(alteration.variantAlleleFraction)
    buffer.cell(alteration.cancerCellFraction)
    buffer.cell(alteration.copyNumber, digits: 2)
    switch alteration.origin {
    case .somatic: buffer.word("somatic")
    case .germline: buffer.word("germline")
    case .unknown: buffer.word("")
    }
    switch judgement {
    case .unknown: buffer.cells(UnlistedCells.unknown.1)
    case .silent: buffer.cells(UnlistedCells.silent.1)
    case .decided(let annotated):
      buffer.cell(annotated.outcome.rawValue)
      buffer.cell(annotated.reason)
    }
    buffer.cells(alteration.source.flatMap { common.files[$0.file] } ?? [])
    if let line = alteration.source?.line { buffer.cell(Int(line)) } else { buffer.cell("") }
    if alteration.cautions.isEmpty { buffer.word("") } else { buffer.list(alteration.cautions.map(\.code).sorted()) }
    if isSequence { buffer.word("") } else { buffer.cell(alteration.partnerGene) }
    buffer.endRow()
  }

  /// Rows of near_misses.tsv, in the order of the rules.
  package static func nearMisses(_ report: SampleReport, into buffer: inout TSVWriter) {
    guard let matches = report.matches else { return }
    for miss in matches.nearMisses {
      let alteration = matches.alterations[miss.alteration].alteration
      buffer.cell(report.sampleID)
      buffer.cell(alteration.gene)
      buffer.cell(alteration.description)
      buffer.cell(miss.rule.id)
      buffer.cell(miss.rule.therapy)
      buffer.cell(miss.rule.direction.rawValue)
      buffer.cell(miss.reason.words)
      buffer.endRow()
    }
  }

  /// The sample's row of samples.tsv.
  package static func sample(_ report: SampleReport, into buffer: inout TSVWriter) {
    buffer.cell(report.sampleID)
    buffer.cell(report.patientID)
    buffer.cell(report.tumorType)
    buffer.cell(report.tumorTypeSource)
    buffer.cell(report.status.rawValue)
    buffer.cell(report.highestTier)
    buffer.cell(report.highestSensitivityLevel)
    buffer.cell(report.highestResistanceLevel)
    buffer.cell(report.alterationCount)
    buffer.cell(report.matchedCount)
    buffer.cell(report.therapyCount)
    buffer.cell(report.conditionalCount)
    buffer.cell(report.withdrawnCount)
    buffer.cell(report.assaysSeen.map(\.rawValue).joined(separator: ";"))
    buffer.cell(report.assaysMissing.map(\.rawValue).joined(separator: ";"))
    buffer.cell(report.rowsRead)
    buffer.cell(report.rowsMatched)
    buffer.cell(report.rowsUnmatched)
    buffer.cell(report.rowsFiltered)
    buffer.cell(report.rowsRejected)
    buffer.cell(report.message)
    buffer.list(report.inputIDs)
    buffer.cell(report.directory)
    let options = report.matches?.options ?? []
    let best = options.first { $0.rank == 1 }
    buffer.cell(best?.therapy ?? "")
    buffer.cell(best.flatMap { best in report.matches.map { best.becauseWords($0) } } ?? "")
    buffer.cell(options.count { $0.rank != nil })
    buffer.cell(options.count { $0.group == .closed })
    buffer.endRow()
  }

  /// A row of rejected.tsv.
  package static func rejected(_ error: InputError, into buffer: inout TSVWriter) {
    buffer.cell(error.path)
    if let line = error.line { buffer.cell(line) } else { buffer.cell("") }
    buffer.cell(error.column)
    buffer.cell(error.value)
    buffer.cell(error.problem)
    buffer.endRow()
  }
}

extension AnnotatedAlteration {
  /// The symbol to print beside a therapy; a fusion is printed under the rule's gene.
  func displayGene(rule: Rule) -> String {
    if gene != rule.gene, case .fusion(let fusion) = alteration.event, fusion.involves(rule.gene) { return rule.gene }
    return gene
  }
}

extension Alteration {
  /// The gene of a fusion that it does not stand under; empty for other events and for partners that are not known.
  var partnerGene: String {
    guard case .fusion(let fusion) = event else { return "" }
    return fusion.fivePrimeGene == gene ? fusion.threePrimeGene : fusion.fivePrimeGene
  }

  /// The column `class`.
  var className: String {
    switch event {
    case .sequence(let change): change.effect.rawValue
    case .copyNumber(let call): call.rawValue
    case .fusion(let fusion): fusion.className
    case .measurement: ""
    case .wildType: "wild_type"
    case .absent: "absent"
    }
  }
}

extension Fusion {
  /// What kind it is by its frame, and the exons or breakpoints that are joined.
  fileprivate var className: String {
    let kind = frame == .unknown ? "fusion" : "fusion_" + frame.rawValue
    return junction.isEmpty ? kind : "\(kind) (\(junction))"
  }
}
