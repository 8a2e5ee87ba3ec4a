// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// Reads segments of log2 ratios: SEG of DNAcopy and cBioPortal, TCGA's segment files, CNVkit's segments.
///
/// Ratios are no calls. They become copies where purity and ploidy of the sample are known
/// (``RecordBatch/settleRatios(fit:)``); without them the sample says what is missing.
struct LogRatioReader: RecordReader {
  private enum Kind: String {
    case seg = "SEG"
    case tcga = "TCGA"
    case cbs = "CBS"
    case cnvkit = "CNVkit"
    case gatk = "GATK, modeled"
  }

  private let header: InputHeader
  private let kind: Kind
  private let sample, chromosome, start, end, ratio, genes, build: Int?

  var formatName: String { "segments of log2 ratios (\(kind.rawValue))" }
  /// None: only with purity and ploidy do ratios say that copies were looked at.
  var assays: [AssayKind] { [] }

  static func recognizes(_ header: InputHeader) -> Bool { kind(of: header) != nil }

  private static func kind(of header: InputHeader) -> Kind? {
    if header.has("chrom", "loc.start", "loc.end", "seg.mean") { return .seg }
    if header.has("chromosome", "start.bp", "end.bp", "seg.cn") { return .cbs }
    if header.has("chromosome", "start", "end", "segment_mean") { return .tcga }
    // ModelSegments: the median of the modeled ratio.
    if header.has("contig", "start", "end", "log2_copy_ratio_posterior_50") { return .gatk }
    // Its table of bins has no column of probes; a bin is no segment.
    return header.has("chromosome", "start", "end", "gene", "log2", "probes") ? .cnvkit : nil
  }

  init(_ header: InputHeader) {
    self.header = header
    let kind = Self.kind(of: header) ?? .seg
    self.kind = kind
    sample = header.sampleColumn ?? header.column("id", "gdc_aliquot")
    chromosome = header.column("chrom", "chromosome", "contig")
    start = header.column("loc.start", "start.bp", "start")
    end = header.column("loc.end", "end.bp", "end")
    ratio = header.column("seg.mean", "seg.cn", "segment_mean", "log2", "log2_copy_ratio_posterior_50")
    genes = kind == .cnvkit ? header.column("gene") : nil
    build = header.column("ncbi_build", "genome_build", "build", "assembly")
  }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout ReadRows) {
    var fields = RowFields(separator: header.separator)
    while let line = walker.next(in: text) {
      if RowFields.isBlank(line, text) || kind == .gatk && text[line.lowerBound] == UInt8(ascii: "@") { continue }
      fields.split(line, text)
      content.rowsRead += 1
      let sampleID = fields.string(sample, text)
      let batch = content.batchNumber(of: sampleID)
      content.noteBuild(fields, build, text, line: walker.lineNumber)
      if fields.isCut(before: chromosome, start, end, ratio, sample) {
        content.reject(batch, .cutRow(fields, of: header, line: walker.lineNumber))
        continue
      }
      if sample != nil, sampleID.isEmpty {
        content.reject(
          batch, .empty(sample, of: header, line: walker.lineNumber, remedy: "the row belongs to no sample"))
        continue
      }
      let written = fields.string(ratio, text)
      if written.isEmpty {
        content.filter(batch, "not assayed", line: walker.lineNumber)
        continue
      }
      guard let value = WrittenNumber(written).value else {
        content.reject(batch, header.noNumber(ratio, written, line: walker.lineNumber))
        continue
      }
      read(value, fields, walker.lineNumber, text, batch, &content)
    }
  }

  private func read(
    _ value: Double, _ fields: RowFields, _ line: Int, _ text: Span<UInt8>, _ batch: Int, _ content: inout ReadRows
  ) {
    let own = content.batches[batch].keep(String(value))
    let place = content.batches[batch].keep(fields.string(chromosome, text))
    guard genes == nil else {
      let names = GeneList.genes(fields.string(genes, text))
      if names.isEmpty { content.filter(batch, "segment without a gene", line: line) }
      for name in names {
        var copyNumber = RawCopyNumber()
        copyNumber.gene = content.batches[batch].keep(name)
        copyNumber.amount = own
        copyNumber.isRatio = true
        copyNumber.chromosome = place
        content.batches[batch].counts.read += 1
        content.batches[batch].add(.copyNumber(copyNumber), line: line)
      }
      return
    }
    guard let first = header.position(fields, start, text), let last = header.position(fields, end, text), first <= last
    else {
      return content.reject(
        batch,
        InputError(
          path: header.path, line: line, column: header.name(start), value: fields.string(start, text),
          problem: "is no position on a chromosome that lies before \(header.name(end))"))
    }
    var segment = RawSegment()
    segment.chromosome = place
    segment.start = first
    segment.end = last
    segment.copies = own
    segment.isRatio = true
    segment.build = content.batches[batch].keep(fields.string(build, text))
    content.batches[batch].counts.read += 1
    content.batches[batch].add(.segment(segment), line: line)
  }
}

extension InputHeader {
  /// A position on a chromosome, counted from 1; `nil` when the cell is none.
  func position(_ fields: RowFields, _ column: Int?, _ text: Span<UInt8>) -> Int32? {
    let cell = text.extracting(fields.cell(column, text))
    // Some tools write large positions as 1.2e+08.
    if let whole = ByteText.count(cell) { return Int32(exactly: whole) }
    return ByteText.number(cell).flatMap { Int32(exactly: $0.rounded()) }
  }

  /// A cell in the place of a number that is none, or none that is clear.
  func noNumber(_ column: Int?, _ value: String, line: Int) -> InputError {
    InputError(
      path: path, line: line, column: name(column), value: value,
      problem: WrittenNumber(value) == .unclear
        ? "may be thousands or decimals (write the number with a decimal point and no thousands separator)"
        : "is no number")
  }
}
