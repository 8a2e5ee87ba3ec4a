internal import Alterations
internal import DelimitedText

/// Reads cBioPortal `data_sv` and the OncoKB annotator's form of it: one rearrangement a row, one or two sites.
///
/// The first site is not promised to be the 5-prime one. Where the descriptions of the sites tell the genes' directions,
/// `Connection_Type` and they give the order; without them only `5to3` does.
struct StructuralVariantReader: RecordReader {
  private let columns: InputHeader
  private let sampleColumn, firstGene, secondGene, frame, event, kind, annotation, connection, status: Int?
  private let firstDescription, secondDescription, firstRegion, secondRegion, firstNumber, secondNumber: Int?
  private let rnaSupport: Int?
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
  }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout ReadRows) {
    var fields = RowFields(separator: columns.separator)
    var tally = gate.tally
    while let line = walker.next(in: text) {
      if RowFields.isBlank(line, text) { continue }
      fields.split(line, text)
      content.rowsRead += 1
      let sample = fields.cell(sampleColumn, text)
      let batch = content.batchNumber(of: ByteText.string(text.extracting(sample)))
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
      case .noCall(let reason):
        content.batches[batch].counts.filtered += 1
        content.filteredReasons[reason, default: 0] += 1
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
    var effect = fields.string(frame, text)
    var isReversed = false
    if !first.isEmpty, first == second {
      let exons = lostExons(fields, text)
      if let exons { effect = ExonDeletion.text(exons) }
    } else if !first.isEmpty, !second.isEmpty {
      switch arrangement(fields, text, first, second) {
      case .firstIsFivePrime: fusion.isOrdered = true
      case .secondIsFivePrime:
        isReversed = true
        fusion.isOrdered = true
      case .antisense: effect = "antisense"
      case nil: break
      }
    }
    fusion.first = batch.keep(isReversed ? second : first)
    fusion.second = batch.keep(isReversed ? first : second)
    fusion.name = batch.keep(info(fields, text, isInOneGene: first == second))
    fusion.frame = batch.keep(effect)
    fusion.status = batch.keep(text.extracting(fields.cell(status, text)))
    return fusion
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

  /// What the row says in words; a bare `Fusion` says nothing of a rearrangement inside one gene.
  private func info(_ fields: RowFields, _ text: Span<UInt8>, isInOneGene: Bool) -> String {
    let event = fields.string(event, text)
    if !event.isEmpty, !(isInOneGene && event.lowercased() == "fusion") { return event }
    let annotation = fields.string(annotation, text)
    if !annotation.isEmpty { return annotation }
    return isInOneGene ? fields.string(kind, text) : event
  }

  /// The exons that a rearrangement inside one gene takes away.
  private func lostExons(_ fields: RowFields, _ text: Span<UInt8>) -> ClosedRange<Int>? {
    let one = BreakpointSite(fields.string(firstDescription, text))
    let two = BreakpointSite(fields.string(secondDescription, text))
    if let a = one.nextExon, let b = two.nextExon {
      guard a != b, fields.string(kind, text).lowercased() == "deletion" else { return nil }
      return min(a, b)...max(a, b) - 1
    }
    // In RNA the two regions are the exons that are joined.
    guard ByteText.equals(text.extracting(fields.cell(rnaSupport, text)), "yes"),
      ByteText.equals(text.extracting(fields.cell(firstRegion, text)), "exon"),
      ByteText.equals(text.extracting(fields.cell(secondRegion, text)), "exon"),
      let last = ByteText.count(text.extracting(fields.cell(firstNumber, text))),
      let next = ByteText.count(text.extracting(fields.cell(secondNumber, text))), next > last + 1
    else { return nil }
    return last + 1...next - 1
  }
}
