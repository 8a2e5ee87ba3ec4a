// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// Reads the `multianno` table of ANNOVAR: one variant a row, with the changes in all transcripts in one cell.
///
/// The first transcript with a protein change is taken. Where the table was made of a VCF its `FILTER` is heeded.
struct AnnovarReader: RecordReader {
  private let path: String
  private let separator: UInt8
  private let model: String
  private let sampleColumn, geneColumn, regionColumn, effectColumn, changeColumn, detailColumn: Int?
  private let chromosome, start, reference, alternate, other: Int?
  /// The build that the name of the file tells, as ANNOVAR writes it: `S1.hg38_multianno.txt`.
  private let build: GenomeBuild?
  private let frequencies: [Int]
  private let side: SideColumns
  private let gate: CallGate

  var formatName: String { "ANNOVAR table (\(model))" }
  var mayHoldSamples: Bool { true }
  var assays: [AssayKind] { [.mutations] }

  private static let models = ["refgene", "refgenewithver", "ncbirefseq", "ensgene", "knowngene"]

  static func recognizes(_ header: InputHeader) -> Bool { model(of: header) != nil }

  /// The gene model with a column of changes: RefSeq before others, as it comes with symbols.
  private static func model(of header: InputHeader) -> String? {
    if let known = models.first(where: { header.has("aachange." + $0, "gene." + $0) }) { return known }
    for name in header.cells where name.lowercased().hasPrefix("aachange.") {
      let model = String(name.lowercased().dropFirst(9))
      if header.has("gene." + model) { return model }
    }
    return nil
  }

  init(_ header: InputHeader) {
    path = header.path
    separator = header.separator
    let model = Self.model(of: header) ?? ""
    self.model = header.name(header.column("aachange." + model)).split(separator: ".").last.map(String.init) ?? model
    sampleColumn = header.sampleColumn
    geneColumn = header.column("gene." + model)
    regionColumn = header.column("func." + model)
    effectColumn = header.column("exonicfunc." + model)
    changeColumn = header.column("aachange." + model)
    detailColumn = header.column("genedetail." + model)
    chromosome = header.column("chr")
    start = header.column("start")
    reference = header.column("ref")
    alternate = header.column("alt")
    build = GenomeBuild(header.path.split(separator: "/").last ?? "")
    other = header.column("otherinfo1", "otherinfo")
    side = SideColumns(header, gene: geneColumn)
    gate = CallGate(header)
    frequencies = [
      "gnomad_exome_all", "gnomad_genome_all", "gnomad_exome_af", "gnomad_genome_af", "gnomad40_exome_af",
      "gnomad40_genome_af", "gnomad211_exome_af", "exac_all",
    ].compactMap { header.column($0) }
  }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout ReadRows) {
    var fields = RowFields(separator: separator)
    var tally = gate.tally
    while let line = walker.next(in: text) {
      if RowFields.isBlank(line, text) { continue }
      fields.split(line, text)
      content.rowsRead += 1
      let sample = fields.cell(sampleColumn, text)
      let batch = content.batchNumber(of: text.extracting(sample))
      content.batches[batch].counts.read += 1
      if let problem = fault(fields, sample, text) {
        content.batches[batch].counts.rejected += 1
        content.rejected.append(
          InputError(path: path, line: walker.lineNumber, column: problem.column, problem: problem.text))
        continue
      }
      if let reason = reasonToFilter(fields, text) {
        if reason == "FILTER not PASS" { content.batches[batch].counts.filteredCalls += 1 }
        content.setAside(batch, reason, line: walker.lineNumber)
        continue
      }
      var doubt: Int?
      switch gate.check(text, &tally, { fields.raw(gate.columns[$0]) }) {
      case .call: break
      case .noCall(let reason, let mayBeCall, let leavesOpen):
        if mayBeCall { content.batches[batch].counts.filteredCalls += 1 }
        if leavesOpen { content.batches[batch].noteLeftOpen(text.extracting(fields.cell(geneColumn, text))) }
        content.setAside(batch, reason, line: walker.lineNumber)
        continue
      case .doubtful(let number): doubt = number
      }
      let mutation = mutation(fields, &content.batches[batch], text)
      content.batches[batch].add(.mutation(mutation), line: walker.lineNumber, doubt: doubt)
    }
    content.add(tally)
  }

  private func fault(_ fields: RowFields, _ sample: Range<Int>, _ text: Span<UInt8>) -> (column: String, text: String)?
  {
    if fields.count <= max(geneColumn ?? 0, changeColumn ?? 0) {
      return ("", "has \(fields.count) cells (the row is cut short; export the file again)")
    }
    if sampleColumn != nil, sample.isEmpty {
      return ("Tumor_Sample_Barcode", "is empty (the row belongs to no sample)")
    }
    if fields.cell(geneColumn, text).isEmpty, fields.cell(changeColumn, text).isEmpty, region(fields, text).isExonic {
      return ("Gene." + model, "is empty (the row names no gene)")
    }
    return nil
  }

  /// Where a variant lies by the words of `Func`.
  private struct Region {
    /// In coding sequence, or in a part that the vocabulary does not name.
    var isExonic = false
    /// At a splice site.
    var isSplicing = false
    /// What the most severe of the words says.
    var reading = Consequences.Reading()
  }

  private func region(_ fields: RowFields, _ text: Span<UInt8>) -> Region {
    // Two overlapping genes give `exonic;splicing`.
    let cell = fields.cell(regionColumn, text)
    let reading = Consequences.builtIn.read(cell, in: text)
    return Region(
      isExonic: cell.isEmpty || !reading.unknown.isEmpty || Consequences.builtIn.says(.unknown, cell, in: text),
      isSplicing: Consequences.builtIn.says(.splice, cell, in: text), reading: reading)
  }

  private func reasonToFilter(_ fields: RowFields, _ text: Span<UInt8>) -> String? {
    if let vcf = vcfStart(fields, text) {
      let filter = fields.string(vcf + 6, text)
      if !filter.isEmpty, filter != "PASS" { return "FILTER not PASS" }
    }
    let region = region(fields, text)
    if region.isExonic || region.isSplicing { return nil }
    let gene = Array(gene(fields, text).utf8)
    // An intron's coding change is not told.
    let isLookedAt = region.reading.consequence.isLookedAt(
      gene: gene.span, coding: text.extracting(0..<0), statesProtein: !fields.cell(changeColumn, text).isEmpty,
      addsCodons: fields.written(alternate).count > fields.written(reference).count + 2)
    return isLookedAt ? nil : "non-coding class"
  }

  /// The first column of the VCF record that ANNOVAR carries along behind zygosity, quality and depth.
  private func vcfStart(_ fields: RowFields, _ text: Span<UInt8>) -> Int? {
    guard let other, fields.count > other + 10 else { return nil }
    let place = other + 3
    guard fields.string(place, text) == fields.string(chromosome, text),
      ByteText.count(text.extracting(fields.cell(place + 1, text))) != nil
    else { return nil }
    return place
  }

  private func gene(_ fields: RowFields, _ text: Span<UInt8>) -> String {
    let cell = fields.string(geneColumn, text)
    return cell.split(whereSeparator: { $0 == ";" || $0 == "," }).first.map(String.init) ?? cell
  }

  private func mutation(_ fields: RowFields, _ batch: inout RecordBatch, _ text: Span<UInt8>) -> RawMutation {
    var mutation = RawMutation()
    let region = region(fields, text)
    var gene = gene(fields, text)
    // Of two overlapping genes the first.
    let effectCell = fields.cell(effectColumn, text)
    let firstEnd = effectCell.first { text[$0] == UInt8(ascii: ";") } ?? effectCell.upperBound
    var effect = Consequences.builtIn.read(effectCell.lowerBound..<firstEnd, in: text)
    let changes = fields.string(changeColumn, text).split(whereSeparator: { $0 == "," || $0 == ";" })
    let chosen = (changes.first { $0.contains(":p.") } ?? changes.first)?.split(separator: ":") ?? []
    if let named = chosen.first, chosen.count > 2 { gene = String(named) }
    var coding = chosen.first { $0.hasPrefix("c.") } ?? ""
    if chosen.count < 3, region.isSplicing {
      effect = region.reading
      effect.unknown = 0..<0
      let detail = fields.string(detailColumn, text).split(whereSeparator: { $0 == "," || $0 == ";" }).first ?? ""
      coding = detail.split(separator: ":").first { $0.hasPrefix("c.") } ?? ""
    }
    if region.reading.consequence.use == .promoter, !region.isExonic, !region.isSplicing {
      effect = region.reading
      effect.unknown = 0..<0
      mutation.position = ByteText.count(text.extracting(fields.cell(start, text))).map { Int32(clamping: $0) } ?? 0
    }
    mutation.gene = batch.keep(Array(gene.utf8).span)
    mutation.statements = side.stated(text) { fields.raw(side.columns[$0]) }
    mutation.cellFraction = side.cellFraction(text) { fields.raw(side.columns[$0]) }
    mutation.proteinChange = batch.keep(Array((chosen.first { $0.hasPrefix("p.") } ?? "").utf8).span)
    mutation.codingChange = batch.keep(Array(coding.utf8).span)
    batch.keep(effect, of: &mutation, text)
    mutation.place = keepPlace(gene, changes, chosen.dropFirst().first ?? "", fields, &batch, text)
    if !region.reading.unknown.isEmpty { batch.countUnknown(text.extracting(region.reading.unknown)) }
    for column in frequencies {
      guard let value = ByteText.number(text.extracting(fields.cell(column, text))) else { continue }
      mutation.populationFrequency = max(mutation.populationFrequency, Float(value))
    }
    // Of two columns with genotypes it is not told which is the tumor.
    if let vcf = vcfStart(fields, text), fields.count == vcf + 10 {
      let support = VCFSupport(
        format: fields.cell(vcf + 8, text), column: fields.cell(vcf + 9, text), allele: 1,
        bases: fields.cell(vcf + 4, text), text)
      mutation.altCount = Int32(clamping: support.altCount)
      mutation.depth = Int32(clamping: support.depth)
      mutation.alleleFraction = Float(support.fraction)
    }
    return mutation
  }

  /// Where the change lies, and what it is in each transcript of the list.
  private func keepPlace(
    _ gene: String, _ changes: [Substring], _ transcript: Substring, _ fields: RowFields, _ batch: inout RecordBatch,
    _ text: Span<UInt8>
  ) -> TextSlice {
    guard CodingGeneNames.contains(Array(gene.utf8).span) else { return TextSlice() }
    var place = PlaceText(
      transcript: Array(transcript.utf8).span, chromosome: text.extracting(fields.cell(chromosome, text)),
      position: text.extracting(fields.cell(start, text)),
      reference: text.extracting(fields.written(reference)), alternate: text.extracting(fields.written(alternate)),
      notation: text.extracting(0..<0), build: build)
    for change in changes {
      let parts = change.split(separator: ":")
      guard parts.count > 2, parts[0] == gene, let protein = parts.first(where: { $0.hasPrefix("p.") }) else {
        continue
      }
      let coding = parts.first { $0.hasPrefix("c.") } ?? ""
      place.add(
        transcript: Array(parts[1].utf8).span, codingChange: Array(coding.utf8).span,
        proteinChange: Array(protein.utf8).span)
    }
    return batch.keep(place)
  }
}
