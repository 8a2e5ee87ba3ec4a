internal import Alterations
internal import DelimitedText

/// Reads the CombinedVariantOutput of Illumina's TruSight Oncology 500: sections in brackets, each with keys and values
/// or with a table of its own.
///
/// Layout: https://support-docs.illumina.com/SW/DRAGEN_TSO500_v2.1/Content/SW/TSO500/CombinedVariantOutput.htm.
struct SectionedReportReader: RecordReader {
  private let header: InputHeader

  var formatName: String { "combined variants (TruSight Oncology 500)" }
  var assays: [AssayKind] { [.mutations, .copyNumber, .fusions, .biomarkers] }
  var headerIsData: Bool { true }

  static func recognizes(_ header: InputHeader) -> Bool {
    guard let first = header.cells.first?.lowercased() else { return false }
    return first == "[analysis details]" || first == "[sequencing run details]" || first == "[tmb]"
      || first == "[small variants]"
  }

  init(_ header: InputHeader) { self.header = header }

  /// The table of a section whose rows are being read.
  private struct Section {
    var name = ""
    var columns: [String: Int] = [:]
  }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout ReadRows) {
    var fields = RowFields(separator: header.separator)
    var section = Section()
    var sampleID = ""
    var batch = -1
    while let line = walker.next(in: text) {
      if RowFields.isEmpty(line, text) { continue }
      fields.split(line, text)
      // In brackets, as missing cells are in other tables.
      let first = ByteText.string(text.extracting(fields.raw(0)))
      if first.hasPrefix("["), first.hasSuffix("]") {
        section = Section(name: String(first.dropFirst().dropLast()).lowercased())
        continue
      }
      if section.name == "analysis details" {
        let key = InputHeader.key(first)
        if key == "dnasampleid" || key == "pairid" || key == "sampleid" || key == "rnasampleid", sampleID.isEmpty {
          sampleID = fields.string(1, text)
        }
        continue
      }
      if batch < 0 { batch = content.batchNumber(of: sampleID) }
      readRow(fields, first, &section, walker.lineNumber, batch, text, &content)
    }
    if batch < 0 { _ = content.batchNumber(of: sampleID) }
  }

  private func readRow(
    _ fields: RowFields, _ first: String, _ section: inout Section, _ line: Int, _ batch: Int, _ text: Span<UInt8>,
    _ content: inout ReadRows
  ) {
    switch section.name {
    case "tmb", "msi", "gis", "hrd":
      let key = InputHeader.key(first)
      let value = fields.string(1, text)
      if key == "totaltmb" || key == "tmb" {
        keep("TMB", value, "mut/Mb", line, batch, &content)
      } else if key == "percentunstablemsisites" || key == "msistatus" {
        keep("MSI", instability(key, value), "", line, batch, &content)
      }
    case "small variants", "gene amplifications", "copy number variants", "splice variants", "fusions", "dna fusions",
      "rna fusions":
      let names = (0..<fields.count).map { InputHeader.key(fields.string($0, text)) }
      if section.columns.isEmpty {
        if names.contains("gene") || names.contains("genepair") {
          section.columns = Dictionary(
            names.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
        }
        return
      }
      content.rowsRead += 1
      // `NA` alone stands where a section has no rows.
      if fields.count < 2 || first.isEmpty && names.allSatisfy(\.isEmpty) {
        return content.filter(batch, "no finding in this section")
      }
      keepFinding(fields, section, line, batch, text, &content)
    default: break
    }
  }

  /// The share of unstable sites that the maker's guide calls high is 20 percent.
  private func instability(_ key: String, _ value: String) -> String {
    guard key == "percentunstablemsisites", let share = WrittenNumber(value).value else { return value }
    return share >= 20 ? "high" : "stable"
  }

  private func keep(
    _ name: String, _ value: String, _ unit: String, _ line: Int, _ batch: Int, _ content: inout ReadRows
  ) {
    content.rowsRead += 1
    guard !value.isEmpty else { return content.filter(batch, "biomarker without a value") }
    content.batches[batch].counts.read += 1
    content.batches[batch].keepBiomarker(name, value, scale: unit, line: line)
  }

  private func keepFinding(
    _ fields: RowFields, _ section: Section, _ line: Int, _ batch: Int, _ text: Span<UInt8>, _ content: inout ReadRows
  ) {
    func cell(_ names: String...) -> Range<Int> {
      fields.cell(names.lazy.compactMap { section.columns[$0] }.first, text)
    }
    func string(_ range: Range<Int>) -> String { ByteText.string(text.extracting(range)) }
    switch section.name {
    case "small variants":
      let gene = cell("gene")
      let reading = Consequences.builtIn.read(cell("consequences", "consequence"), in: text)
      let protein = string(cell("pdotnotation"))
      let coding = cell("cdotnotation")
      guard !gene.isEmpty else {
        return content.reject(
          batch, InputError(path: header.path, line: line, column: "Gene", problem: "is empty (the row names no gene)"))
      }
      guard
        reading.consequence.isLookedAt(
          gene: text.extracting(gene), coding: text.extracting(coding), statesProtein: !protein.isEmpty)
      else { return content.filter(batch, "non-coding class") }
      var mutation = RawMutation()
      mutation.gene = content.batches[batch].keep(text.extracting(gene))
      mutation.proteinChange = content.batches[batch].keep(protein)
      mutation.codingChange = content.batches[batch].keep(text.extracting(coding))
      content.batches[batch].keep(reading, of: &mutation, text)
      if let depth = ByteText.count(text.extracting(cell("depth"))) { mutation.depth = Int32(clamping: depth) }
      if let share = ByteText.number(text.extracting(cell("allelefrequency"))) {
        mutation.alleleFraction = Float(share > 1 ? share / 100 : share)
      }
      content.batches[batch].add(.mutation(mutation), line: line)
    case "gene amplifications", "copy number variants":
      var copyNumber = RawCopyNumber()
      copyNumber.gene = content.batches[batch].keep(text.extracting(cell("gene")))
      // The section lists amplifications by their fold change; newer releases say what it is in a column of its own.
      let type = string(cell("type", "alteration", "cnvtype", "call"))
      let word =
        ["<dup>", "dup", "gain", ""].contains(type.lowercased())
        ? "amplification" : type.lowercased() == "<del>" ? "loss" : type
      copyNumber.amount = content.batches[batch].keep(word)
      content.batches[batch].add(.copyNumber(copyNumber), line: line)
    case "splice variants":
      var fusion = RawFusion()
      fusion.first = content.batches[batch].keep(text.extracting(cell("gene")))
      fusion.second = fusion.first
      let exons = string(cell("affectedexons", "affectedexon"))
      fusion.name = content.batches[batch].keep("exon \(exons) skipping")
      content.batches[batch].add(.fusion(fusion), line: line)
    default:
      var fusion = RawFusion()
      let pair = string(cell("genepair", "gene", "fusion"))
      let parts = FusionName.partners(pair, separator: pair.contains("/") ? "/" : "-")
      fusion.first = content.batches[batch].keep(parts?.first ?? "")
      fusion.second = content.batches[batch].keep(parts?.second ?? "")
      fusion.name = content.batches[batch].keep(pair)
      content.batches[batch].add(.fusion(fusion), line: line)
    }
    content.batches[batch].counts.read += 1
  }
}
