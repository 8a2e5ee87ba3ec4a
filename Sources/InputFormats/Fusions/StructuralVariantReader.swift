// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// Reads cBioPortal `data_sv` and the OncoKB annotator's form of it: one rearrangement a row, one or two sites.
///
/// The first site is not promised to be the 5-prime one. Where the descriptions of the sites tell the genes' directions,
/// `Connection_Type` and they give the order; without them only `5to3` does.
struct StructuralVariantReader: RecordReader {
  private var columns: InputHeader
  private let sampleColumn, firstGene, secondGene, frame, event, kind, annotation, connection, status: Int?
  private let firstDescription, secondDescription, firstRegion, secondRegion, firstNumber, secondNumber: Int?
  private let rnaSupport, dnaSupport, build: Int?
  private let firstChromosome, secondChromosome, firstPosition, secondPosition: Int?
  private let words: RearrangementCells
  private let gate: CallGate

  var formatName: String { "structural variants (cBioPortal)" }
  var assays: [AssayKind] { [.fusions] }

  static func recognizes(_ header: InputHeader) -> Bool {
    header.sampleColumn != nil
      && header.column("site1_hugo_symbol", "site2_hugo_symbol", "genea", "gene_a") != nil
  }

  init(_ header: InputHeader) {
    columns = header
    sampleColumn = columns.sampleColumn
    gate = CallGate(header)
    firstGene = columns.column("site1_hugo_symbol", "genea", "gene_a")
    secondGene = columns.column("site2_hugo_symbol", "geneb", "gene_b")
    frame = columns.column("site2_effect_on_frame")
    event = columns.column("event_info")
    kind = columns.column("class", "sv_type", "structural_variant_type")
    annotation = columns.column("annotation")
    connection = columns.column("connection_type")
    status = columns.column("sv_status")
    firstDescription = columns.column("site1_description")
    secondDescription = columns.column("site2_description")
    firstRegion = columns.column("site1_region")
    secondRegion = columns.column("site2_region")
    firstNumber = columns.column("site1_region_number")
    secondNumber = columns.column("site2_region_number")
    rnaSupport = columns.column("rna_support")
    dnaSupport = columns.column("dna_support")
    build = columns.column("ncbi_build", "genome_build", "build")
    firstChromosome = columns.column("site1_chromosome")
    secondChromosome = columns.column("site2_chromosome")
    firstPosition = columns.column("site1_position")
    secondPosition = columns.column("site2_position")
    words = RearrangementCells(
      header,
      taken: [
        sampleColumn, firstGene, secondGene, frame, event, connection, status, firstDescription, secondDescription,
      ])
  }

  func reading(_ path: String) -> Self? {
    var other = self
    other.columns = columns.of(path)
    return other
  }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout ReadRows) {
    var fields = RowFields(separator: columns.separator)
    var tally = gate.tally
    while let line = walker.next(in: text) {
      if RowFields.isBlank(line, text) { continue }
      fields.split(line, text)
      content.rowsRead += 1
      let sample = fields.cell(sampleColumn, text)
      let batch = content.batchNumber(of: text.extracting(sample))
      content.noteBuild(fields, build, text, line: walker.lineNumber)
      content.batches[batch].counts.read += 1
      let first = fields.cell(firstGene, text)
      let second = fields.cell(secondGene, text)
      if sample.isEmpty || (first.isEmpty && second.isEmpty) {
        content.batches[batch].counts.rejected += 1
        content.rejected.append(
          InputError(
            path: columns.path, line: walker.lineNumber,
            column: columns.name(sample.isEmpty ? sampleColumn : firstGene),
            problem: sample.isEmpty
              ? "is empty (the row belongs to no sample)" : "is empty, and so is the other site (name one gene)"))
        continue
      }
      var doubt: Int?
      switch gate.check(text, &tally, { fields.raw(gate.columns[$0]) }) {
      case .call: break
      case .noCall(let reason, _, _):
        content.setAside(batch, reason, line: walker.lineNumber)
        continue
      case .doubtful(let number): doubt = number
      }
      content.batches[batch].add(
        .fusion(fusion(fields, text, &content.batches[batch])), line: walker.lineNumber, doubt: doubt)
    }
    content.add(tally)
  }

  private func fusion(_ fields: RowFields, _ text: Span<UInt8>, _ batch: inout RecordBatch) -> RawFusion {
    let first = fields.string(firstGene, text)
    let second = fields.string(secondGene, text)
    var fusion = RawFusion()
    var details = words.text(fields, text)
    var isReversed = false
    if !first.isEmpty, first == second {
      if let exons = exonsInside(fields, text) { details = exons + "\n" + details }
    } else if !first.isEmpty, !second.isEmpty {
      switch arrangement(fields, text, first, second) {
      case .firstIsFivePrime: fusion.isOrdered = true
      case .secondIsFivePrime:
        isReversed = true
        fusion.isOrdered = true
      case .antisense: details = "antisense\n" + details
      // Two 5-prime or two 3-prime ends; where the strands are not told a frame that is stated goes before it.
      case nil: details += "\n" + fields.string(connection, text)
      }
      keepJunction(fields, text, isReversed, &fusion)
    }
    let sites = [
      breakpoint(fields, text, firstChromosome, firstPosition),
      breakpoint(fields, text, secondChromosome, secondPosition),
    ]
    fusion.first = batch.keep(isReversed ? second : first)
    fusion.second = batch.keep(isReversed ? first : second)
    fusion.firstBreakpoint = batch.keep(sites[isReversed ? 1 : 0])
    fusion.secondBreakpoint = batch.keep(sites[isReversed ? 0 : 1])
    fusion.build = batch.keep(text.extracting(fields.cell(build, text)))
    fusion.name = batch.keep(info(fields, text, isInOneGene: first == second))
    fusion.frame = batch.keep(text.extracting(fields.cell(frame, text)))
    fusion.details = batch.keep(details)
    fusion.status = batch.keep(text.extracting(fields.cell(status, text)))
    return fusion
  }

  private func breakpoint(_ fields: RowFields, _ text: Span<UInt8>, _ chromosome: Int?, _ position: Int?) -> String {
    let place = fields.string(position, text)
    return place.isEmpty ? "" : "\(fields.string(chromosome, text)):\(place)"
  }

  /// The exons at the junction of two genes, from the descriptions of the sites or their numbers.
  private func keepJunction(
    _ fields: RowFields, _ text: Span<UInt8>, _ isReversed: Bool, _ fusion: inout RawFusion
  ) {
    let one = BreakpointSite(fields.string(firstDescription, text))
    let two = BreakpointSite(fields.string(secondDescription, text))
    let (five, three) = isReversed ? (two, one) : (one, two)
    if fusion.isOrdered, five.isForward != nil {
      if let exon = five.nextExon {
        fusion.firstExon = Int16(clamping: exon - 1)
      } else {
        fusion.firstExon = Int16(clamping: five.cutExon ?? 0)
      }
      fusion.secondExon = Int16(clamping: three.nextExon ?? three.cutExon ?? 0)
      return
    }
    guard isExon(fields, text, firstRegion), isExon(fields, text, secondRegion) else { return }
    let numbers = [firstNumber, secondNumber].map { Int16(clamping: number(fields, text, $0) ?? 0) }
    fusion.firstExon = numbers[isReversed ? 1 : 0]
    fusion.secondExon = numbers[isReversed ? 0 : 1]
  }

  private func number(_ fields: RowFields, _ text: Span<UInt8>, _ column: Int?) -> Int? {
    ByteText.count(text.extracting(fields.cell(column, text))).flatMap { $0 > 0 ? Int($0) : nil }
  }

  private func isExon(_ fields: RowFields, _ text: Span<UInt8>, _ region: Int?) -> Bool {
    let word = fields.string(region, text).lowercased()
    return word.isEmpty || word.hasPrefix("exon")
  }

  private func arrangement(
    _ fields: RowFields, _ text: Span<UInt8>, _ first: String, _ second: String
  ) -> BreakpointSite.Arrangement? {
    let way = fields.string(connection, text)
    let one = BreakpointSite(fields.string(firstDescription, text))
    let two = BreakpointSite(fields.string(secondDescription, text))
    guard let found = BreakpointSite.arrangement(way, one, two) else { return way == "5to3" ? .firstIsFivePrime : nil }
    // Curators swap the symbols and leave the descriptions where they were.
    guard one.gene == second, two.gene == first else { return found }
    return switch found {
    case .firstIsFivePrime: .secondIsFivePrime
    case .secondIsFivePrime: .firstIsFivePrime
    case .antisense: .antisense
    }
  }

  /// The name of the event; a bare `Fusion` says nothing of a rearrangement inside one gene.
  private func info(_ fields: RowFields, _ text: Span<UInt8>, isInOneGene: Bool) -> String {
    let event = fields.string(event, text)
    if !event.isEmpty, !(isInOneGene && event.lowercased() == "fusion") { return event }
    let annotation = fields.string(annotation, text)
    if !annotation.isEmpty { return annotation }
    return isInOneGene ? fields.string(kind, text) : event
  }

  /// What a rearrangement inside one gene does to its exons, by the descriptions of its sites or their numbers.
  private func exonsInside(_ fields: RowFields, _ text: Span<UInt8>) -> String? {
    let kind = fields.string(kind, text).lowercased()
    let event =
      kind.hasPrefix("del") ? "deletion" : kind.hasPrefix("dup") || kind.hasPrefix("tandem_dup") ? "duplication" : nil
    let one = BreakpointSite(fields.string(firstDescription, text))
    let two = BreakpointSite(fields.string(secondDescription, text))
    if let a = one.nextExon, let b = two.nextExon {
      guard a != b, let event else { return nil }
      return ExonWords.text(min(a, b)...max(a, b) - 1, event)
    }
    guard one.cutExon == nil, two.cutExon == nil, let last = number(fields, text, firstNumber),
      let next = number(fields, text, secondNumber)
    else { return nil }
    let regions = [firstRegion, secondRegion].map { fields.string($0, text).lowercased() }
    if regions.allSatisfy({ $0.hasPrefix("intron") }) {
      guard last != next, let event else { return nil }
      return ExonWords.text(min(last, next) + 1...max(last, next), event)
    }
    guard regions.allSatisfy({ $0.isEmpty || $0.hasPrefix("exon") }) else { return nil }
    // In RNA the two are the exons that are joined; in DNA the breaks lie within them.
    let isRNA = ByteText.equals(text.extracting(fields.cell(rnaSupport, text)), "yes")
    guard isRNA || !ByteText.equals(text.extracting(fields.cell(dnaSupport, text)), "yes") else { return nil }
    if event == "duplication" { return ExonWords.text(min(last, next)...max(last, next), "duplication") }
    if event == "deletion", next < last { return ExonWords.junction(last: next, first: last) }
    return ExonWords.junction(last: last, first: next)
  }
}
