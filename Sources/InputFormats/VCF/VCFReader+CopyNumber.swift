// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// What records say of whole stretches and of fusions in keys of their own, whether they are annotated or not.
///
/// Layouts: DRAGEN, Copy Number Variant Caller (`CN`, `MCN`) and TruSight Oncology 500 (`FC`, `ANT`); Illumina/canvas
/// (`CN`, `MCC`); etal/cnvkit, export.py (`CN`, `FOLD_CHANGE`); GATK, PostprocessGermlineCNVCalls (`CN`); Ion Reporter
/// and Oncomine (`RAW_CN`, `FUNC`, `GENE_NAME`); nf-core/rnafusion, vcf_collect.py (`GENEA`, `GENEB`).
extension VCFReader {
  /// One record of a stretch.
  private struct Stretch {
    var copies: Double?
    /// Copies of the parent's allele of which there are fewer.
    var minor: Double?
    var hasFold = false
    var genes: [String] = []
    var end: Int?
  }

  /// Reads a record whose alleles are symbols as copies or as a fusion that its keys name.
  ///
  /// - Returns: Whether it was read; if not, it is left to the readers of annotation and of sites.
  func readNamed(
    _ alleles: Range<Int>, _ row: Row, _ text: Span<UInt8>, _ state: inout State
  ) -> Bool {
    guard let first = alleles.first else { return false }
    if text[first] == UInt8(ascii: "<") {
      let words = ByteText.string(text.extracting(alleles)).uppercased().split(separator: ",")
        .map { $0.dropFirst().prefix { $0 != ">" && $0 != ":" } }
      guard words.allSatisfy(Self.isOfCopies), let word = words.first else { return false }
      return readStretch(String(words.count > 1 ? "CNV" : word), row, text, &state)
    }
    return Self.isBreakend(text.extracting(alleles)) && readNamedFusion(row, text, &state)
  }

  private static func isOfCopies(_ word: Substring) -> Bool {
    ["DUP", "DEL", "CNV", "AMP", "GAIN", "LOSS", "LOH", "CNLOH"].contains(word)
      || word.hasPrefix("CN") && word.count > 2 && word.dropFirst(2).allSatisfy(\.isNumber)
  }

  // MARK: Copies

  private func readStretch(_ word: String, _ row: Row, _ text: Span<UInt8>, _ state: inout State) -> Bool {
    let format = ByteText.string(text.extracting(row.format)).split(separator: ":")
    let isCopyNumber =
      value("SVTYPE", row, text) == "CNV" || format.contains { ["CN", "TCN", "FC"].contains($0) }
      || value("CN", row, text) != nil || value("RAW_CN", row, text) != nil || value("FOLD_CHANGE", row, text) != nil
    // Callers of rearrangements count reads of the ends; what they call may be a part of a gene.
    let isOfEnds =
      value("SVTYPE", row, text) != "CNV" && format.contains { ["PR", "SR", "DV", "RV", "SU"].contains($0) }
    guard isCopyNumber, !isOfEnds else { return false }
    let stretch = stretch(word, format, row, text)
    guard !stretch.genes.isEmpty || stretch.end != nil else { return false }
    let call = call(word, stretch, row, format, text)
    if stretch.copies == nil, call.isEmpty {
      state.filter("not assayed")
      return true
    }
    let copies = stretch.copies.map(Self.plain) ?? ""
    for name in stretch.genes {
      var copyNumber = RawCopyNumber()
      copyNumber.gene = state.keep(Array(name.utf8))
      copyNumber.isCopies = !copies.isEmpty
      copyNumber.amount = state.keep(Array((copies.isEmpty ? call : copies).utf8))
      if !copies.isEmpty { copyNumber.call = state.keep(Array(call.utf8)) }
      state.add(.copyNumber(copyNumber), line: row.line)
    }
    guard stretch.genes.isEmpty, let end = stretch.end else { return true }
    var segment = RawSegment()
    segment.chromosome = state.keep(text.extracting(row.chromosome))
    segment.start = Int32(clamping: row.position)
    segment.end = Int32(clamping: end)
    segment.copies = state.keep(Array(copies.utf8))
    segment.call = state.keep(Array(call.utf8))
    if let build = header.build { segment.build = state.keep(Array(build.name.utf8)) }
    state.add(.segment(segment), line: row.line)
    return true
  }

  private func stretch(_ word: String, _ format: [Substring], _ row: Row, _ text: Span<UInt8>) -> Stretch {
    let cells = ByteText.string(text.extracting(row.tumor)).split(separator: ":", omittingEmptySubsequences: false)
    func number(_ key: String) -> Double? {
      format.firstIndex { $0 == key }.flatMap { $0 < cells.count ? WrittenNumber(cells[$0]).value : nil }
    }
    func stated(_ key: StaticString) -> Double? { value(key, row, text).flatMap { WrittenNumber($0).value } }
    var stretch = Stretch()
    stretch.copies = number("CN") ?? number("TCN") ?? stated("RAW_CN") ?? stated("CN")
    if stretch.copies == nil, word.hasPrefix("CN") { stretch.copies = Double(word.dropFirst(2)) }
    // DRAGEN counts the lesser allele, Canvas the greater one.
    stretch.minor = number("MCN")
    if stretch.minor == nil, let copies = stretch.copies, let major = number("MCC") { stretch.minor = copies - major }
    stretch.hasFold = number("FC") != nil || stated("FOLD_CHANGE") != nil
    if let end = stated("END") {
      stretch.end = Int(exactly: end)
    } else if let length = stated("SVLEN").flatMap({ Int(exactly: abs($0)) }), length < 1_000_000_000 {
      stretch.end = row.position + length
    }
    if let end = stretch.end, end <= row.position { stretch.end = nil }
    stretch.genes = genes(row, text)
    return stretch
  }

  /// The genes that keys of the record, or its identifier, name.
  private func genes(_ row: Row, _ text: Span<UInt8>) -> [String] {
    for key in ["ANT", "GENE_NAME", "GENE", "GENES"] as [StaticString] {
      if let value = value(key, row, text) { return GeneList.genes(value.replacing("|", with: ",")) }
    }
    if let function = value("FUNC", row, text), let gene = Self.member("gene", of: function) { return [gene] }
    return CodingGeneNames.contains(text.extracting(row.id)) ? [ByteText.string(text.extracting(row.id))] : []
  }

  /// What the record calls it, beside the number of copies or in its place.
  private func call(_ word: String, _ stretch: Stretch, _ row: Row, _ format: [Substring], _ text: Span<UInt8>)
    -> String
  {
    if let copies = stretch.copies { return stretch.minor.map { $0 < 0.5 && copies >= 0.5 } ?? false ? "LOH" : "" }
    switch word {
    case "AMP": return "amplification"
    // A panel's list of amplifications, by their fold change.
    case "DUP" where format.contains("FC"): return "amplification"
    case "DUP", "GAIN": return "gain"
    case "LOH", "CNLOH": return "LOH"
    case "DEL", "LOSS":
      guard format.first == "GT" else { return "loss" }
      let genotype = ByteText.string(text.extracting(row.tumor)).prefix { $0 != ":" }
      return genotype == "1/1" || genotype == "1|1" ? "homozygous deletion" : "loss"
    default: return ""
    }
  }

  private static func plain(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e9 ? String(Int(number)) : String(number)
  }

  // MARK: Fusions

  private func readNamedFusion(_ row: Row, _ text: Span<UInt8>, _ state: inout State) -> Bool {
    var fusion = RawFusion()
    if let first = value("GENEA", row, text), let second = value("GENEB", row, text) {
      fusion.first = state.keep(Array(first.utf8))
      fusion.second = state.keep(Array(second.utf8))
      fusion.isOrdered = true
      fusion.frame = state.keep(Array((value("FRAME_STATUS", row, text) ?? "").utf8))
      state.add(.fusion(fusion), line: row.line)
      return true
    }
    // Of Ion Torrent, one record for each end: `EML4-ALK.E13A20.COSF408_1`, `MET-MET.M13M15_2`.
    guard let kind = value("SVTYPE", row, text), ["Fusion", "RNAExonVariant"].contains(kind) else { return false }
    if let reads = value("READ_COUNT", row, text), WrittenNumber(reads).value == 0 {
      state.filter("no reads of the change")
      return true
    }
    let parts = ByteText.string(text.extracting(row.id)).split(separator: ".")
    guard let name = parts.first, name.contains("-") else { return false }
    let exons = parts.count > 1 ? Self.exons(parts[1]) : nil
    let genes = name.split(separator: "-")
    fusion.name = state.keep(Array(name.utf8))
    if genes.count == 2 {
      fusion.first = state.keep(Array(genes[0].utf8))
      fusion.second = state.keep(Array(genes[1].utf8))
      fusion.isOrdered = true
      if genes[0] == genes[1], let exons, let words = ExonWords.junction(last: exons.last, first: exons.first) {
        fusion.details = state.keep(Array(words.utf8))
      }
    }
    if let exons, genes.first != genes.last {
      fusion.firstExon = Int16(clamping: exons.last)
      fusion.secondExon = Int16(clamping: exons.first)
    }
    state.add(.fusion(fusion), line: row.line)
    return true
  }

  /// The exons of `E13A20`, `M13M15_1` or `E6aA20`.
  private static func exons(_ word: Substring) -> (last: Int, first: Int)? {
    let numbers = word.prefix { $0 != "_" }.split { !$0.isNumber }.compactMap { Int($0) }
    return numbers.count == 2 && word.first?.isLetter == true ? (numbers[0], numbers[1]) : nil
  }

  // MARK: Keys

  /// The value of a key of `INFO`; `nil` where it is not given.
  func value(_ name: StaticString, _ row: Row, _ text: Span<UInt8>) -> String? {
    var start = row.info.lowerBound
    while start < row.info.upperBound {
      let end = min(
        LineWalker.firstIndex(of: UInt8(ascii: ";"), in: text, from: start) ?? row.info.upperBound, row.info.upperBound)
      let equals = min(LineWalker.firstIndex(of: UInt8(ascii: "="), in: text, from: start) ?? end, end)
      if equals < end, ByteText.equals(text.extracting(start..<equals), name) {
        let value = text.extracting(equals + 1..<end)
        // Ion Reporter's lists stand in brackets, as missing cells do elsewhere; two strands may be `--`.
        let isMissing = value.count < 5 && !ByteText.equals(value, "--") && ByteText.isMissing(value)
        return isMissing ? nil : ByteText.string(value)
      }
      start = end + 1
    }
    return nil
  }

  /// A member of Ion Reporter's `FUNC=[{'gene':'ERBB2','exon':'20'}]`.
  private static func member(_ name: String, of text: String) -> String? {
    guard let key = text.firstRange(of: "'\(name)':'") else { return nil }
    let value = text[key.upperBound...].prefix { $0 != "'" }
    return value.isEmpty ? nil : String(value)
  }
}
