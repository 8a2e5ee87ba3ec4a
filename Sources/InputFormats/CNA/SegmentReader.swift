// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// Reads segments with total copies and without genes, one a row: ABSOLUTE, ASCAT, Battenberg, cn.MOPS, Control-FREEC,
/// FACETS cncf, GDC, PCGR, PURPLE, PureCN, Sequenza and tables like them; of GATK's called segments the call.
///
/// Layouts: the manuals of the tools; Control-FREEC: BoevaLab/FREEC, `_CNVs` and assess_significance.R; GDC: docs.gdc.cancer.gov, Copy Number Variation Pipeline; GATK: ModelSegments and
/// CallCopyRatioSegments. A segment becomes copies of genes once the build of the genome is known
/// (``RecordBatch/expandSegments(build:genes:)``).
struct SegmentReader: RecordReader {
  private let header: InputHeader
  private let sample, chromosome, start, end, build, call, origin: Int?
  private let total, major, minor: Int?
  /// Battenberg: copies of two populations of cells with their shares.
  private let populations: [(major: Int, minor: Int, share: Int)]

  let formatName: String
  var assays: [AssayKind] { [.copyNumber] }

  private static let chromosomes = ["chromosome", "chrom", "chr", "contig", "seqnames", "#chrom"]
  private static let starts = [
    "start", "startpos", "start.pos", "loc.start", "start_position", "start_position.bp.", "chromstart", "seg_start",
    "start_bp", "startposition", "start.bp",
  ]
  private static let ends = [
    "end", "endpos", "end.pos", "loc.end", "end_position", "end_position.bp.", "chromend", "seg_end", "stop", "end_bp",
    "endposition", "end.bp",
  ]
  private static let totals = [
    "tcn.em", "cnt", "corrected_copy_number", "copy_number", "copynumber", "total_cn", "total_copy_number", "tcn",
    "ntot", "ntotal", "absolute_cn", "copies", "cn", "c", "modal_total_cn", "copy number",
  ]
  private static let majors = ["nmajor", "major_cn", "major_copy_number", "cn_major", "majorallelecopynumber"]
  private static let minors = [
    "lcn.em", "nminor", "minor_cn", "minor_copy_number", "cn_minor", "minorallelecopynumber", "lcn",
    "corrected_minorcn",
    "minorcn", "b",
  ]
  private static let genes = ["gene", "genes", "hugo_symbol", "gene_symbol", "symbol", "gene_name", "gene.symbol"]

  static func recognizes(_ header: InputHeader) -> Bool {
    if isFreec(header.cells) { return true }
    guard header.column(anyOf: chromosomes) != nil, header.column(anyOf: starts) != nil,
      header.column(anyOf: ends) != nil, header.column(anyOf: genes) == nil, !GeneCopiesReader.isOfMutations(header)
    else { return false }
    let hasCopies =
      header.column(anyOf: totals) != nil
      || header.column(anyOf: majors) != nil && header.column(anyOf: minors) != nil
      || header.has("nmaj1_a", "nmin1_a", "frac1_a")
    return hasCopies || header.has("contig", "mean_log2_copy_ratio", "call")
  }

  /// Control-FREEC's `_CNVs`, which has no header: chromosome, start, end, copies and what they are.
  private static func isFreec(_ cells: [String]) -> Bool {
    guard cells.count >= 5, ["gain", "loss", "neutral", "normal"].contains(cells[4]) else { return false }
    return cells[1...3].allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isNumber } }
  }

  var headerIsData: Bool { Self.isFreec(header.cells) }

  init(_ file: InputHeader) {
    let isFreec = Self.isFreec(file.cells)
    let header =
      isFreec
      ? InputHeader(
        path: file.path, line: file.line,
        cells: ["chr", "start", "end", "copy number", "status", "genotype", "uncertainty", "origin", "germline"],
        separator: file.separator) : file
    self.header = file
    sample = header.sampleColumn ?? header.column("id", "gdc_aliquot")
    chromosome = header.column(anyOf: Self.chromosomes)
    start = header.column(anyOf: Self.starts)
    end = header.column(anyOf: Self.ends)
    build = header.column("ncbi_build", "genome_build", "build", "assembly")
    populations = [1, 2].compactMap { number in
      guard let major = header.column("nmaj\(number)_a"), let minor = header.column("nmin\(number)_a"),
        let share = header.column("frac\(number)_a")
      else { return nil }
      return (major, minor, share)
    }
    total = populations.isEmpty ? header.column(anyOf: Self.totals) : nil
    major = header.column(anyOf: Self.majors)
    minor = header.column(anyOf: Self.minors)
    origin = isFreec ? header.column("origin") : nil
    call = total == nil && major == nil && populations.isEmpty ? header.column("call") : nil
    formatName = "segments with copies (\(Self.tool(header)))"
  }

  private static func tool(_ header: InputHeader) -> String {
    if header.has("copy number", "status") { return "Control-FREEC" }
    if header.has("nmaj1_a", "frac1_a") { return "Battenberg" }
    if header.column("tcn.em", "lcn.em") != nil { return "FACETS" }
    if header.has("cnt", "start.pos") { return "Sequenza" }
    if header.has("bafcount", "copynumber") { return "PURPLE" }
    if header.column("gdc_aliquot") != nil { return "GDC" }
    if header.has("startpos", "nmajor") { return "ASCAT" }
    if header.has("mean_log2_copy_ratio") { return "GATK, calls" }
    if header.has("nmajor", "nminor") { return "PCGR" }
    return header.has("loc.start", "c") ? "PureCN" : "copies"
  }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout ReadRows) {
    var fields = RowFields(separator: header.separator)
    while let line = walker.next(in: text) {
      if RowFields.isBlank(line, text) || text[line.lowerBound] == UInt8(ascii: "@") { continue }
      fields.split(line, text)
      content.rowsRead += 1
      let sampleID = unquoted(fields.string(sample, text))
      let batch = content.batchNumber(of: sampleID)
      content.noteBuild(fields, build, text, line: walker.lineNumber)
      if fields.isCut(before: chromosome, start, end, sample) {
        content.reject(batch, .cutRow(fields, of: header, line: walker.lineNumber))
        continue
      }
      if sample != nil, sampleID.isEmpty {
        content.reject(
          batch, .empty(sample, of: header, line: walker.lineNumber, remedy: "the row belongs to no sample"))
        continue
      }
      guard let first = header.position(fields, start, text), let last = header.position(fields, end, text),
        first <= last
      else {
        content.reject(
          batch,
          InputError(
            path: header.path, line: walker.lineNumber, column: header.name(start), value: fields.string(start, text),
            problem: "is no position on a chromosome that lies before \(header.name(end))"))
        continue
      }
      // Control-FREEC, where it was given the normal tissue.
      if fields.string(origin, text).lowercased() == "germline" {
        content.filter(batch, "copies of the germline", line: walker.lineNumber)
        continue
      }
      var segment = RawSegment()
      if let call {
        guard let word = Self.calls[fields.written(call, text)] else {
          content.filter(batch, "no change of copy number", line: walker.lineNumber)
          continue
        }
        segment.call = content.batches[batch].keep(word)
      } else {
        if let column = unreadColumn(fields, text) {
          content.reject(
            batch, header.noNumber(column, fields.string(column, text), line: walker.lineNumber))
          continue
        }
        guard let copies = copies(fields, text) else {
          content.filter(batch, "not assayed", line: walker.lineNumber)
          continue
        }
        segment.copies = content.batches[batch].keep(copies.text)
        if copies.isOneParent { segment.call = content.batches[batch].keep("LOH") }
      }
      segment.chromosome = content.batches[batch].keep(unquoted(fields.string(chromosome, text)))
      (segment.start, segment.end) = (first, last)
      segment.build = content.batches[batch].keep(fields.string(build, text))
      content.batches[batch].counts.read += 1
      content.batches[batch].add(.segment(segment), line: walker.lineNumber)
    }
  }

  /// GATK: gained or lost beyond noise, by how much it does not say.
  private static let calls = ["+": "gain", "-": "loss", "\"+\"": "gain", "\"-\"": "loss"]

  /// The first column of copies whose cell is filled and no clear number.
  private func unreadColumn(_ fields: RowFields, _ text: Span<UInt8>) -> Int? {
    var columns = [total, total == nil ? major : nil, minor].compactMap { $0 }
    for population in populations { columns += [population.major, population.minor, population.share] }
    return columns.first { column in
      let cell = fields.cell(column, text)
      return !cell.isEmpty && Self.number(text.extracting(cell)) == nil
    }
  }

  /// A number of copies; cn.MOPS writes `CN3`.
  private static func number(_ cell: Span<UInt8>) -> Double? {
    if cell.count > 2, cell[0] == UInt8(ascii: "C"), cell[1] == UInt8(ascii: "N") {
      return ByteText.number(cell.extracting(2..<cell.count))
    }
    return ByteText.number(cell)
  }

  /// The copies of a row; `nil` when they are missing.
  private func copies(_ fields: RowFields, _ text: Span<UInt8>) -> (text: String, isOneParent: Bool)? {
    func number(_ column: Int?) -> Double? {
      column.flatMap { Self.number(text.extracting(fields.cell($0, text))) }
    }
    if !populations.isEmpty {
      var sum = 0.0
      var lowest = 0.0
      for population in populations {
        guard let major = number(population.major), let minor = number(population.minor) else { continue }
        let share = number(population.share) ?? 1
        sum += share * (major + minor)
        lowest += share * min(major, minor)
      }
      return number(populations[0].major) == nil ? nil : (Self.text(sum), lowest < 0.5 && sum >= 0.5)
    }
    let lowest = number(minor)
    if let total {
      guard let sum = number(total) else { return nil }
      return (Self.text(sum), lowest.map { $0 < 0.5 && sum >= 0.5 } ?? false)
    }
    guard let most = number(major), let lowest else { return nil }
    return (Self.text(most + lowest), min(most, lowest) < 0.5 && most + lowest >= 0.5)
  }

  private static func text(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e9 ? String(Int(number)) : String(number)
  }

  private func unquoted(_ cell: String) -> String { cell.filter { $0 != "\"" } }
}
