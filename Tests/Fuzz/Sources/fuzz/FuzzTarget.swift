// SPDX-License-Identifier: Apache-2.0
@testable import Alterations
@testable import Batch
@testable import DelimitedText
import Foundation
@testable import Gzip
@testable import InputFormats
@testable import Knowledge
@testable import Matching
@testable import Query
@testable import Reports
@testable import TrialFiles

/// Something that takes bytes from outside; each has a corpus of its own.
///
/// The readers share one entry, since the header decides which of them reads; a corpus of its own for each kind keeps
/// the search near that kind.
enum FuzzTarget: String, CaseIterable {
  case gunzip, maf, vcf, mutations, copynumber, fusions, biomarkers, reports, sheets, protein, query, table, trials
  case overrides, run

  func run(_ bytes: [UInt8]) {
    switch self {
    case .gunzip: Self.gunzip(bytes)
    case .maf, .vcf, .mutations, .copynumber, .fusions, .biomarkers, .reports, .sheets: Self.read(bytes)
    case .protein: Self.protein(bytes)
    case .query: Self.query(bytes)
    case .table: Self.table(bytes)
    case .trials: Self.trials(bytes)
    case .overrides: Self.overrides(bytes)
    case .run: WholeRun.run(bytes)
    }
  }

  private static let file = place + ".gz"

  /// Unpacks in memory and piece by piece; both say the same, and never more than the limit.
  private static func gunzip(_ bytes: [UInt8]) {
    let limit = 1 << 20
    var whole: [UInt8]?
    do {
      var text: [UInt8] = []
      try Gunzip().unpack(bytes.span, into: &text, limit: limit)
      require(text.count <= limit, "\(text.count) bytes")
      whole = text
    } catch {
      require(!error.description.isEmpty, "no reason")
      if case .tooLarge = error { return }
    }
    guard Gunzip.isGzip(bytes.span) else { return }
    try? Data(bytes).write(to: URL(filePath: file))
    let piecewise = pieces(limit: limit, room: 512 + (bytes.last.map(Int.init) ?? 0))
    require(
      piecewise == whole, "\(whole?.count ?? -1) bytes in one piece, \(piecewise?.count ?? -1) bytes piece by piece")
  }

  private static func pieces(limit: Int, room: Int) -> [UInt8]? {
    guard let stream = try? GzipStream(file, expecting: nil, limit: limit) else { return nil }
    let begin = GzipStream.history
    var buffer = [UInt8](repeating: 0, count: begin + room)
    var text: [UInt8] = []
    while true {
      guard let (end, isEnd) = try? stream.fill(&buffer, from: begin) else { return nil }
      text += buffer[begin..<end]
      if isEnd { return text }
      let kept = Array(buffer[end - begin..<end])
      buffer.replaceSubrange(0..<begin, with: kept)
    }
  }

  /// Reads a file; every row has one fate.
  private static func read(_ bytes: [UInt8]) {
    // Tables of expression are read where cut-offs are stated, matrices by the name of the file too.
    var columns = ColumnNames()
    columns.expression.highScore = 2
    columns.expression.highTPM = 100
    guard let opened = try? OpenedInput(bytes.span, path: "input.zscores", columns: columns) else { return }
    let content = opened.readAll(bytes.span)
    var batches: [RecordBatch] = []
    if case .alterations(let rows) = content.kind { batches = rows.batches }
    for batch in batches {
      let counts = batch.counts
      require(
        // What its caller refused is counted as filtered, and kept.
        counts.read == batch.records.count { !$0.isRefused } + counts.filtered + counts.rejected,
        "\(content.format): \(counts) with \(batch.records.count) records")
      for record in batch.records {
        record.forEachText { _ = batch.string($0) }
      }
      var settled = batch
      let outcome = settled.settleRatios(fit: PurityAndPloidy(purity: 0.5, ploidy: 2))
      let setAside = outcome.withoutFit.count + outcome.onSexChromosome.count
      require(settled.records.count + setAside == batch.records.count, "\(content.format): ratios lost")
    }
    for error in content.rejected { require(!error.problem.isEmpty, "no reason") }
  }

  /// Reads a change and what it is written as; the second reading says the same as the first.
  private static func protein(_ bytes: [UInt8]) {
    guard let change = ProteinChange(utf8: bytes) else { return }
    let text = change.description
    guard let again = ProteinChange(text) else {
      return require(false, "'\(String(decoding: bytes, as: UTF8.self))' is written '\(text)', which cannot be read")
    }
    require(again.description == text, "'\(text)' is read as '\(again.description)'")
  }

  private static let builtIn = KnowledgeBase.load()
  private static let asker = TumorQuery(table: builtIn)

  /// Asks; the first line is the tumor type, the others are findings.
  private static func query(_ bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    var question = TumorQuery.Question()
    question.tumorType = lines.first.map(String.init) ?? ""
    question.findings = lines.dropFirst().map(String.init)
    let answer = asker.answer(question)
    let rows = asker.therapies(answer)
    require(rows.last == 0x0A, "the table has no end")
    let context = ReportContext(table: builtIn, programVersion: "")
    let json = ReportJSON.text(answer.report, context: context)
    require((try? JSONSerialization.jsonObject(with: Data(json))) != nil, "the report is not JSON")
  }

  /// Reads what a lab states; a row that is used has a statement, who made it, when and why.
  private static func overrides(_ bytes: [UInt8]) {
    let read: LabOverrides
    do {
      read = try LabOverrides(bytes, path: "overrides") { asker.findings($0) }
    } catch {
      require(!error.errors.isEmpty, "no reason")
      return error.errors.forEach { require(!$0.problem.isEmpty, "no reason") }
    }
    for item in read.of("S1") {
      let stated = item.statement
      require(stated.classification != nil || stated.call != nil, "nothing stated in line \(item.line)")
      require(!stated.who.isEmpty && !stated.when.isEmpty && !stated.why.isEmpty, "\(stated)")
      require(item.names(item.alteration), "line \(item.line) does not name its own alteration")
    }
  }

  private static let trialReader = TrialFileReader(builtIn.reference)

  /// Reads a registry, and asks its studies of a tumor; what is met misses nothing.
  private static func trials(_ bytes: [UInt8]) {
    let file: TrialRegistry.File
    do {
      file = try trialReader.read(bytes, name: "trials", date: "")
    } catch {
      return require(!error.problem.isEmpty, "no reason")
    }
    require(!file.trials.isEmpty, "a file without studies was read")
    let asker = TumorQuery(table: builtIn, regulator: .any, trials: TrialRegistry([file]), keepsTrialsNotMet: true)
    var question = TumorQuery.Question()
    question.tumorType = "LUAD"
    question.findings = ["KIT p.D816V", "EML4-ALK", "TMB 14"]
    let answer = asker.answer(question)
    for match in answer.report.matches?.trials?.matches ?? [] {
      require((match.verdict == .met) == (match.unknown.isEmpty && match.failed.isEmpty), "\(match)")
    }
    require(asker.trials(answer).last == 0x0A, "the table has no end")
  }

  /// Loads a table of one's own alone, and asks it.
  private static func table(_ bytes: [UInt8]) {
    let table = KnowledgeBase.load(includingBuiltIn: false, userTables: [("mine.tsv", bytes)])
    for fault in table.faults { require(!fault.description.isEmpty, "no reason") }
    guard !table.rules.isEmpty else { return }
    _ = TableLint(table: table).findings(today: "2026-11-23")
    var question = TumorQuery.Question()
    question.tumorType = "LMS"
    question.findings = ["KIT p.D816V", "CDKN2A deletion", "EML4-ALK", "TMB 14"]
    _ = TumorQuery(table: table).answer(question)
  }
}
