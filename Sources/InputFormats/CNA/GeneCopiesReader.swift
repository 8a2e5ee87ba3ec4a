// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// Reads total copies by gene: PURPLE's gene and driver tables, CNVkit's called segments and gene metrics, copies of
/// the two alleles with genes, and plain tables with a gene and its copies.
///
/// Copies become calls by the ploidy of the sample where it is known (guide: Normalizing, Copy number). A row that lists
/// several genes counts once for each gene. Records carry the copies as written and, where the
/// tool says more than its number, the tool's call.
struct GeneCopiesReader: RecordReader {
  private enum Source: String {
    case purpleGenes = "copy number (PURPLE genes)"
    case drivers = "drivers (PURPLE, LINX)"
    case cnvkit = "copy number (CNVkit)"
    case alleles = "copy number (alleles by gene)"
    case plain = "copy number (copies by gene)"
  }

  private let header: InputHeader
  private let source: Source
  private let gene, copies, largest, minor, driver, sample, purity, ploidy, ratio: Int?
  private let side: SideColumns
  private let gate: CallGate

  var formatName: String { source.rawValue }
  var mayHoldSamples: Bool { true }
  var assays: [AssayKind] { [.copyNumber] }

  private static let geneColumns = [
    "gene", "hugo_symbol", "gene_symbol", "symbol", "gene_name", "genes", "gene.symbol",
  ]
  static let totalColumns = [
    "total_cn", "copy_number", "copynumber", "total_copy_number", "absolute_cn", "copies", "tcn", "ntotal",
  ]
  private static let majorColumns = ["nmajor", "major_cn", "major_copy_number", "cn_major"]
  private static let minorColumns = [
    "nminor", "minor_cn", "minor_copy_number", "cn_minor", "minminorallelecopynumber", "lcn", "cn2",
  ]

  /// Signals of a gene over those of its chromosome's middle, of an in situ hybridization.
  private static let ratios: Set<String> = [
    "ratio", "fishratio", "ishratio", "generatio", "her2ratio", "her2cep17", "her2cep17ratio", "cep17ratio",
    "ratiocep17", "metcep7", "metcep7ratio", "mdm2cep12", "mdm2cep12ratio", "fgfr1cep8", "egfrcep7", "cepratio",
    "signalratio",
  ]

  static func recognizes(_ header: InputHeader) -> Bool { source(of: header) != nil }

  /// Whether a table with genes holds mutations, its copies standing beside them.
  static func isOfMutations(_ header: InputHeader) -> Bool {
    header.column(
      "variant_classification", "hgvsp_short", "hgvsp", "hgvsc", "protein_change", "aa_change", "amino_acid_change",
      "cdna_change", "consequence", "tumor_seq_allele2", "alt", "ref", "mutation", "alteration", "variant") != nil
  }

  private static func source(of header: InputHeader) -> Source? {
    guard header.column(anyOf: geneColumns) != nil, !isOfMutations(header) else { return nil }
    if header.has("driver", "mincopynumber", "maxcopynumber") { return .drivers }
    if header.has("mincopynumber", "maxcopynumber") { return .purpleGenes }
    if header.has("log2", "cn") { return .cnvkit }
    // PureCN's table of genes: `C` is the number of copies.
    if header.has("gene.symbol", "c", "seg.mean") { return .plain }
    if header.column(anyOf: totalColumns) != nil, header.column("copy_number_alteration") == nil { return .plain }
    return header.column(anyOf: majorColumns) != nil && header.column(anyOf: minorColumns) != nil ? .alleles : nil
  }

  init(_ header: InputHeader) {
    self.header = header
    source = Self.source(of: header) ?? .plain
    gene = header.column(anyOf: Self.geneColumns)
    copies =
      switch source {
      case .purpleGenes, .drivers: header.column("mincopynumber")
      case .cnvkit: header.column("cn")
      case .alleles: header.column(anyOf: Self.majorColumns)
      case .plain: header.column(anyOf: Self.totalColumns) ?? header.column("c")
      }
    largest = header.column("maxcopynumber")
    minor = header.column(anyOf: Self.minorColumns) ?? (header.has("gene.symbol", "c") ? header.column("m") : nil)
    driver = header.column("driver")
    sample = header.sampleColumn
    side = SideColumns(header, gene: gene)
    gate = CallGate(header, except: ["call"])
    purity = header.column("purity")
    ploidy = header.column("ploidy")
    ratio = header.cells.indices.first { Self.ratios.contains(InputHeader.key(header.cells[$0])) }
  }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout ReadRows) {
    var fields = RowFields(separator: header.separator)
    var tally = gate.tally
    noteRatio(&content)
    while let line = walker.next(in: text) {
      if RowFields.isBlank(line, text) { continue }
      fields.split(line, text)
      content.rowsRead += 1
      let sampleID = fields.string(sample, text)
      let batch = content.batchNumber(of: sampleID)
      if fields.isCut(before: gene, copies, sample) || source == .alleles && fields.isCut(before: minor) {
        content.reject(batch, .cutRow(fields, of: header, line: walker.lineNumber))
        continue
      }
      if sample != nil, sampleID.isEmpty {
        content.reject(
          batch, .empty(sample, of: header, line: walker.lineNumber, remedy: "the row belongs to no sample"))
        continue
      }
      keepFacts(fields, text, &content.batches[batch])
      let verdict = gate.check(text, &tally) { fields.raw(gate.columns[$0]) }
      if let reason = verdict.reason {
        content.filter(batch, reason, line: walker.lineNumber)
        continue
      }
      let names = GeneList.genes(fields.string(gene, text))
      guard !names.isEmpty else {
        if source == .cnvkit || source == .alleles {
          content.filter(batch, "segment without a gene", line: walker.lineNumber)
        } else {
          content.reject(batch, .empty(gene, of: header, line: walker.lineNumber, remedy: "the row names no gene"))
        }
        continue
      }
      if source == .drivers, isOtherDriver(fields, names, text, walker.lineNumber, batch, &content) { continue }
      guard let amount = amount(fields, text) else {
        for _ in names { content.filter(batch, "not assayed", line: walker.lineNumber) }
        continue
      }
      if let error = contradiction(amount, fields, text, line: walker.lineNumber) {
        content.reject(batch, error)
        continue
      }
      if let refusal = refusal(of: amount, line: walker.lineNumber) { return content.refuse(refusal) }
      for name in names {
        keep(
          name, names.count == 1 ? side.identifier(text) { fields.raw(side.columns[$0]) } : GeneIdentifier(), amount,
          statedCall(fields, text), (walker.lineNumber, verdict.doubt), &content.batches[batch])
      }
    }
    content.add(tally)
  }

  /// Why copies and the log2 ratio beside them cannot both be; `nil` where they can.
  ///
  /// Neither purity nor ploidy turns a gain into a loss.
  private func contradiction(_ amount: String, _ fields: RowFields, _ text: Span<UInt8>, line: Int) -> InputError? {
    // Other tables have thousands of rows and no such column.
    guard source == .cnvkit else { return nil }
    let cell = fields.string(header.column("log2"), text)
    guard let number = WrittenNumber(amount).value, let log2 = WrittenNumber(cell).value else {
      return nil
    }
    let isContradictory = number >= 4 && log2 < -0.3 || number <= 0 && log2 > -0.3 || number == 1 && log2 > 0.3
    guard isContradictory else { return nil }
    return InputError(
      path: header.path, line: line, column: header.name(copies), value: amount,
      problem: "and a log2 ratio of \(cell) contradict each other (call the segments again)")
  }

  /// Why a column cannot be one of copies; `nil` where it can.
  ///
  /// Noise of PURPLE and CNVkit goes below 0 where nothing is left; their columns hold no calls.
  private func refusal(of amount: String, line: Int) -> Refusal? {
    switch source {
    case .purpleGenes, .drivers, .cnvkit: return nil
    case .alleles, .plain: break
    }
    guard let number = WrittenNumber(amount).value, number <= -1 else { return nil }
    return Refusal(
      reason:
        "holds \(amount) in line \(line), which is not a number of copies (where the column \(header.name(copies)) holds calls of -2 to 2, name it copy_number_call)"
    )
  }

  /// The copies of a row as written; `nil` when they are missing.
  private func amount(_ fields: RowFields, _ text: Span<UInt8>) -> String? {
    if source == .drivers, fields.string(driver, text).lowercased() == "partial_amp" {
      return fields.string(largest, text)
    }
    let cell = fields.string(copies, text)
    guard source == .alleles else { return cell.isEmpty ? nil : cell }
    let other = fields.string(minor, text)
    if cell.isEmpty || other.isEmpty { return nil }
    guard let one = WrittenNumber(cell).value, let two = WrittenNumber(other).value else { return "\(cell)+\(other)" }
    let sum = one + two
    return sum == sum.rounded() && abs(sum) < 1e9 ? String(Int(sum)) : String(sum)
  }

  /// What a row says beyond the number of copies: a driver's kind, or that one parent's allele is lost.
  private func statedCall(_ fields: RowFields, _ text: Span<UInt8>) -> String {
    if source == .drivers {
      let word = fields.string(driver, text)
      return switch word.lowercased() {
      case "del": "HOMDEL"
      case "het_del": "heterozygous deletion"
      default: word
      }
    }
    let lowest = ByteText.number(text.extracting(fields.cell(minor, text)))
    return lowest.map { $0 < 0.5 } ?? false ? "LOH" : ""
  }

  private func keep(
    _ gene: String, _ identifier: GeneIdentifier, _ amount: String, _ call: String,
    _ row: (line: Int, doubt: Int?), _ batch: inout RecordBatch
  ) {
    batch.counts.read += 1
    var copyNumber = RawCopyNumber()
    copyNumber.gene = batch.keep(gene)
    copyNumber.geneID = identifier
    copyNumber.amount = batch.keep(amount)
    // A word in a column of copies is a call: `amplified`.
    if WrittenNumber(amount) != .none || source != .plain {
      copyNumber.isCopies = true
      copyNumber.call = batch.keep(call)
    }
    batch.add(.copyNumber(copyNumber), line: row.line, doubt: row.doubt)
  }

  /// Rearrangements that break a gene and leave its copies (hmftools, DriverType).
  ///
  /// Of a disruption of one allele, or of a deletion that the patient was born with, the row does not say what is left.
  private static let disruptions: [String: (words: String, status: String)] = [
    "hom_del_disruption": ("homozygous disruption", "somatic"),
    "hom_dup_disruption": ("homozygous disruption", "somatic"),
    "germline_hom_dup_disruption": ("homozygous disruption", "germline"),
    "disruption": ("disruption", "somatic"), "germline_disruption": ("disruption", "germline"),
    "germline_deletion": ("germline deletion", "germline"),
  ]

  /// Says that a ratio beside the copies is passed over.
  private func noteRatio(_ content: inout ReadRows) {
    guard let ratio, source == .plain else { return }
    content.remarks.append(
      "the column \(header.name(ratio)) is not used, the copies are (give what a hybridization comes to as a biomarker: "
        + "HER2 ISH = positive)")
  }

  /// Settles a driver that is no change of copies.
  private func isOtherDriver(
    _ fields: RowFields, _ genes: [String], _ text: Span<UInt8>, _ line: Int, _ batch: Int, _ content: inout ReadRows
  ) -> Bool {
    let word = fields.string(driver, text).lowercased()
    if let disruption = Self.disruptions[word] {
      for gene in genes { keepDisruption(disruption, of: gene, line, &content.batches[batch]) }
      return true
    }
    guard let reason = reasonToPass(word) else { return false }
    content.filter(batch, reason, line: line)
    return true
  }

  private func keepDisruption(
    _ disruption: (words: String, status: String), of gene: String, _ line: Int, _ batch: inout RecordBatch
  ) {
    var fusion = RawFusion()
    fusion.first = batch.keep(gene)
    fusion.second = fusion.first
    fusion.name = batch.keep(disruption.words)
    fusion.status = batch.keep(disruption.status)
    batch.counts.read += 1
    batch.add(.fusion(fusion), line: line)
  }

  private func keepFacts(_ fields: RowFields, _ text: Span<UInt8>, _ batch: inout RecordBatch) {
    func stated(_ column: Int?) -> Double? { column == nil ? nil : BatchFacts.number(fields.string(column, text)) }
    if batch.facts.purity == nil { batch.facts.purity = stated(purity) }
    if batch.facts.ploidy == nil { batch.facts.ploidy = stated(ploidy) }
  }

  /// Drivers by mutation stand in the mutation file.
  private func reasonToPass(_ driver: String) -> String? {
    switch driver {
    case "amp", "partial_amp", "del", "het_del", "loh": nil
    default: "driver by \(driver.isEmpty ? "nothing stated" : driver), no copy number"
    }
  }
}
