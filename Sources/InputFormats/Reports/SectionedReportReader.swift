// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// Reads the CombinedVariantOutput of Illumina's TruSight Oncology 500: sections in brackets, each with keys and values
/// or with a table of its own; a lone `NA` stands for an empty section.
///
/// Layouts: of the local app, AWGL/TSO500_post_processing, its test data; of the DRAGEN software,
/// SACGF/variantgrid, upload/tso500.
struct SectionedReportReader: RecordReader {
  private let header: InputHeader

  var formatName: String { "combined variants (TruSight Oncology 500)" }
  var assays: [AssayKind] { [.mutations, .copyNumber, .fusions, .biomarkers] }
  var rowKind: TableLayout.RowKind? { nil }
  var headerIsData: Bool { true }

  static func recognizes(_ header: InputHeader) -> Bool {
    guard let first = header.cells.first?.lowercased() else { return false }
    if first.hasSuffix("combined variant output") { return true }
    return ["[analysis details]", "[sequencing run details]", "[tmb]", "[small variants]"].contains(first)
  }

  init(_ header: InputHeader) { self.header = header }

  /// The table of a section whose rows are being read.
  private struct Section {
    var name = ""
    var columns: [String: Int] = [:]
  }

  /// What the details of the analysis say of its samples.
  private struct Samples {
    var names: [String] = []
    var hasDNA: Bool?
    var hasRNA: Bool?

    mutating func note(_ key: String, _ value: String) {
      switch key {
      case "pairid", "sampleid": break
      case "dnasampleid": hasDNA = !value.isEmpty
      case "rnasampleid": hasRNA = !value.isEmpty
      default: return
      }
      if !value.isEmpty { names.append(value) }
    }

    /// What was tested: of DNA mutations, copies and scores, of RNA fusions.
    var assays: [AssayKind] {
      (hasDNA == false ? [] : [.mutations, .copyNumber]) + (hasRNA == false ? [] : [.fusions])
        + (hasDNA == false ? [] : [.biomarkers])
    }
  }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout ReadRows) {
    _ = readSections(text, walker: &walker, into: &content)
  }

  func readAll(_ text: Span<UInt8>, walker: inout LineWalker, path: String) -> FileContent {
    var rows = ReadRows()
    let samples = readSections(text, walker: &walker, into: &rows)
    return rows.content(path: path, format: formatName, assays: samples.assays)
  }

  private func readSections(
    _ text: Span<UInt8>, walker: inout LineWalker, into content: inout ReadRows
  ) -> Samples {
    var fields = RowFields(separator: header.separator)
    var section = Section()
    var samples = Samples()
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
        samples.note(InputHeader.key(first), fields.string(1, text))
        continue
      }
      if section.name.isEmpty { continue }
      if batch < 0 { batch = content.batchNumber(of: samples.names.first ?? "") }
      readRow(fields, first, &section, walker.lineNumber, batch, text, &content)
    }
    if batch < 0 { _ = content.batchNumber(of: samples.names.first ?? "") }
    return samples
  }

  private static let tables: Set<String> = [
    "small variants", "gene amplifications", "copy number variants", "splice variants", "fusions", "dna fusions",
    "rna fusions", "exon-level cnvs", "exon level cnvs", "exon-level copy number variants",
  ]
  /// Words in the names of sections that say nothing of a finding.
  private static let others = ["detail", "status", "metric", "qc", "notes", "run ", "library", "version"]

  private func readRow(
    _ fields: RowFields, _ first: String, _ section: inout Section, _ line: Int, _ batch: Int, _ text: Span<UInt8>,
    _ content: inout ReadRows
  ) {
    switch section.name {
    case "tmb", "msi", "gis", "hrd":
      readScore(first, fields.string(1, text), section.name, line, batch, &content)
    case let name where Self.tables.contains(name):
      let names = (0..<fields.count).map { InputHeader.key(fields.string($0, text)) }
      // A lone `NA` stands where a section has no rows.
      if names.allSatisfy(\.isEmpty) { return }
      if section.columns.isEmpty {
        if names.contains("gene") || names.contains("genepair") {
          section.columns = Dictionary(
            names.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
        }
        return
      }
      content.rowsRead += 1
      readFinding(fields, section, line, batch, text, &content)
    case let name where Self.others.contains(where: name.contains): break
    case let name:
      if first.isEmpty || first == "NA" { return }
      // The first line names columns.
      if section.columns.isEmpty {
        section.columns = [first: 0]
        let remark = "the section [\(name)] is not read"
        if !content.remarks.contains(remark) { content.remarks.append(remark) }
        return
      }
      content.rowsRead += 1
      content.reject(
        batch,
        InputError(
          path: header.path, line: line, column: name, value: first, problem: "stands in a section that is not read"))
    }
  }

  /// `BRCA1, exon 11, deleted`: a rearrangement inside the gene.
  private func readExons(
    _ gene: String, _ exons: String, _ type: String, _ fold: String, _ line: Int, _ batch: Int,
    _ content: inout ReadRows
  ) {
    var event = type.contains("del") || type.contains("loss") ? "deletion" : ""
    if type.contains("dup") || type.contains("gain") || type.contains("amp") { event = "duplication" }
    if event.isEmpty, let change = WrittenNumber(fold).value { event = change < 1 ? "deletion" : "duplication" }
    var fusion = RawFusion()
    fusion.first = content.batches[batch].keep(gene)
    fusion.second = fusion.first
    fusion.name = content.batches[batch].keep("exon \(exons.prefix { $0 != "/" }) \(event.isEmpty ? type : event)")
    content.batches[batch].counts.read += 1
    content.batches[batch].add(.fusion(fusion), line: line)
  }

  /// Lines of scores that say how they were counted.
  private static let countsOfScores: Set<String> = [
    "codingregionsizeinmegabases", "numberofpassingeligiblevariants", "usablemsisites",
    "totalmicrosatellitesitesunstable", "totalmicrosatellitesites", "sitescount",
  ]

  private func readScore(
    _ name: String, _ value: String, _ section: String, _ line: Int, _ batch: Int, _ content: inout ReadRows
  ) {
    let key = InputHeader.key(name)
    switch key {
    case "totaltmb", "tmb": keep("TMB", value, "mut/Mb", line, batch, &content)
    case "msistatus": keep("MSI", value, "", line, batch, &content)
    case "percentunstablemsisites", "percentunstablesites": keep("MSI", instability(value), "", line, batch, &content)
    case "genomicinstabilityscore": keep("Genomic Instability Score", value, "", line, batch, &content)
    case "tumorfraction":
      if let number = BatchFacts.number(value) { content.batches[batch].facts.purity = number }
    case "ploidy":
      if let number = BatchFacts.number(value) { content.batches[batch].facts.ploidy = number }
    case _ where key.isEmpty || key == "na" || Self.countsOfScores.contains(key): break
    default:
      let remark = "the line '\(name)' of the section [\(section)] is not read"
      if !content.remarks.contains(remark) { content.remarks.append(remark) }
    }
  }

  /// The share of unstable sites that the maker's guide calls high is 20 percent.
  private func instability(_ value: String) -> String {
    guard let share = WrittenNumber(value).value else { return value }
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
}

// MARK: - Findings

extension SectionedReportReader {
  private func readFinding(
    _ fields: RowFields, _ section: Section, _ line: Int, _ batch: Int, _ text: Span<UInt8>, _ content: inout ReadRows
  ) {
    func cell(_ names: String...) -> Range<Int> {
      fields.cell(names.lazy.compactMap { section.columns[$0] }.first, text)
    }
    func string(_ range: Range<Int>) -> String { ByteText.string(text.extracting(range)) }
    switch section.name {
    case "small variants": readVariant(fields, section, line, batch, text, &content)
    case "gene amplifications", "copy number variants":
      var copyNumber = RawCopyNumber()
      copyNumber.gene = content.batches[batch].keep(text.extracting(cell("gene")))
      let copies = cell("absolutecopynumber", "copynumber")
      // A section of amplifications lists them by their fold change; newer ones say what it is in a column of its own.
      let type = string(cell("copynumbervariant", "type", "alteration", "cnvtype", "call")).lowercased()
      let word = ["<dup>", "dup", "gain", ""].contains(type) ? "amplification" : type == "<del>" ? "loss" : type
      copyNumber.isCopies = !copies.isEmpty
      copyNumber.amount = content.batches[batch].keep(copies.isEmpty ? word : string(copies))
      content.batches[batch].counts.read += 1
      content.batches[batch].add(.copyNumber(copyNumber), line: line)
    case let name where name.hasPrefix("exon"):
      readExons(
        string(cell("gene")), string(cell("affectedexons", "affectedexon", "exons", "exon")),
        string(cell("cnvtype", "copynumbervariant", "exonlevelcnvtype", "type", "call", "alteration")).lowercased(),
        string(cell("foldchange")), line, batch, &content)
    case "splice variants":
      var fusion = RawFusion()
      fusion.first = content.batches[batch].keep(text.extracting(cell("gene")))
      fusion.second = fusion.first
      // `14/21`: of how many exons.
      let exons = Self.range(ofExons: string(cell("affectedexons", "affectedexon")).prefix { $0 != "/" })
      fusion.name = content.batches[batch].keep("exon \(exons) skipping")
      content.batches[batch].counts.read += 1
      content.batches[batch].add(.fusion(fusion), line: line)
    default:
      content.batches[batch].add(
        .fusion(
          fusion(
            string(cell("genepair", "gene", "fusion")), cell("breakpoint1"), cell("breakpoint2"), batch, text, &content)
        ),
        line: line)
      content.batches[batch].counts.read += 1
    }
  }

  /// `2,3,4,5,6,7` as `2-7`; other texts as they are.
  private static func range(ofExons text: Substring) -> String {
    let numbers = text.split { ",; ".contains($0) }.map { Int($0) }
    guard numbers.count > 1, let first = numbers[0], first > 0, numbers.enumerated().allSatisfy({ $1 == first + $0 })
    else { return String(text) }
    return "\(first)-\(first + numbers.count - 1)"
  }

  /// `EML4-ALK` in the order of the transcript, `PPARG/PAX8` where the order is not known; a side may list genes.
  private func fusion(
    _ pair: String, _ first: Range<Int>, _ second: Range<Int>, _ batch: Int, _ text: Span<UInt8>,
    _ content: inout ReadRows
  ) -> RawFusion {
    var fusion = RawFusion()
    let isOrdered = !pair.contains("/")
    let sign: Character = isOrdered ? "-" : "/"
    fusion.name = content.batches[batch].keep(pair)
    // Hyphens of symbols are left to who knows the genes.
    if pair.count(where: { $0 == sign }) == 1, let place = pair.firstIndex(of: sign) {
      fusion.first = content.batches[batch].keep(String(pair[..<place]))
      fusion.second = content.batches[batch].keep(String(pair[pair.index(after: place)...]))
      fusion.isOrdered = isOrdered
    }
    fusion.firstBreakpoint = content.batches[batch].keep(text.extracting(first))
    fusion.secondBreakpoint = content.batches[batch].keep(text.extracting(second))
    return fusion
  }

  private func readVariant(
    _ fields: RowFields, _ section: Section, _ line: Int, _ batch: Int, _ text: Span<UInt8>, _ content: inout ReadRows
  ) {
    func cell(_ name: String) -> Range<Int> { fields.cell(section.columns[name], text) }
    let gene = text.extracting(cell("gene"))
    let place = fields.cell(section.columns["consequences"] ?? section.columns["consequence"], text)
    let reading = Consequences.builtIn.read(place, in: text)
    let protein = ByteText.string(text.extracting(cell("pdotnotation")))
    let coding = text.extracting(cell("cdotnotation"))
    // Positions that are looked at whatever lies there have no gene.
    guard !gene.isEmpty else { return content.filter(batch, "without annotation") }
    guard reading.consequence.isLookedAt(gene: gene, coding: coding, statesProtein: !protein.isEmpty) else {
      return content.filter(batch, "non-coding class")
    }
    var mutation = RawMutation()
    mutation.gene = content.batches[batch].keep(gene)
    mutation.proteinChange = content.batches[batch].keep(protein)
    mutation.codingChange = content.batches[batch].keep(coding)
    content.batches[batch].keep(reading, of: &mutation, text)
    if let depth = ByteText.count(text.extracting(cell("depth"))) { mutation.depth = Int32(clamping: depth) }
    let share = text.extracting(cell("allelefrequency"))
    if let number = ByteText.share(share) {
      mutation.alleleFraction = Float(number)
    } else if !share.isEmpty {
      content.noteUnread(share, column: "Allele Frequency", line: line, path: header.path)
    }
    if CodingGeneNames.keepPlace(of: gene, statesProtein: !mutation.proteinChange.isEmpty) {
      let transcript = Array(ByteText.string(coding).prefix { $0 != ":" }.utf8)
      mutation.place = content.batches[batch].keep(
        PlaceText(
          transcript: transcript.span, chromosome: text.extracting(cell("chromosome")),
          position: text.extracting(cell("genomicposition")), reference: text.extracting(cell("referencecall")),
          alternate: text.extracting(cell("alternativecall")), notation: text.extracting(0..<0), build: nil))
    }
    content.batches[batch].counts.read += 1
    content.batches[batch].add(.mutation(mutation), line: line)
  }
}
