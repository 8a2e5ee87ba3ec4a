// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// Reads Mutation Annotation Format, one sample or many in a file.
///
/// The header is read once; parts of the file may then be read by several threads.
struct MAFReader: RecordReader {
  private(set) var path: String
  let columns: MAFColumns
  private let finder: FieldFinder
  /// The place of the matched normal's column among those that are looked for.
  private let normalSlot: Int
  private let side: SideColumns
  private let gate: CallGate
  /// The column of the normal tissue beside the sample, -1 where there is none.
  private let normalColumn: Int
  private let consequences = Consequences.builtIn
  private let separator: UInt8

  static func recognizes(_ header: InputHeader) -> Bool { MAFColumns.recognizes(header) }

  init(_ header: InputHeader) throws(InputError) {
    columns = MAFColumns(header)
    path = header.path
    guard columns.position(.gene) >= 0 else {
      throw InputError(
        path: path, line: header.line, column: "Hugo_Symbol",
        problem:
          "is missing from the header (a MAF needs its gene column; annotate the file with vcf2maf or Genome Nexus)")
    }
    side = SideColumns(header, gene: columns.position(.gene))
    gate = CallGate(header, except: ["filter"])
    normalColumn = header.matchedNormalColumn ?? -1
    let wanted = columns.positions + side.columns + gate.columns
    normalSlot = wanted.count
    separator = header.separator
    finder = FieldFinder(columns: wanted + [normalColumn], separator: header.separator)
  }

  func reading(_ path: String) -> Self? {
    var other = self
    other.path = path
    return other
  }

  var formatName: String { "MAF (\(columns.dialect))" }
  var mayHoldSamples: Bool { true }
  var namesSamples: Bool { columns.position(.sample) >= 0 }
  var assays: [AssayKind] { [.mutations] }
  var readsInParts: Bool { true }
  var readsSamplesApart: Bool { namesSamples }

  /// Reads lines of data into `content`.
  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout ReadRows) {
    var finder = finder
    var tally = gate.tally
    let hasBuilds = columns.position(.build) >= 0
    let needed = max(columns.position(.gene), columns.position(.sample)) + 1
    while let line = walker.next(in: text) {
      if line.isEmpty || Self.isBlankOrComment(line, text) { continue }
      let walked = finder.find(in: text, line: line)
      content.rowsRead += 1
      if walked < needed {
        reject(
          &content, batch: content.batchNumber(of: ""), line: walker.lineNumber,
          column: "",
          value: "",
          problem: "has \(walked) of \(columns.columnCount) columns (the row is cut short; export the file again)")
        continue
      }
      let sample = finder.trimmed(MAFColumns.Field.sample.rawValue, in: text)
      if columns.position(.sample) >= 0, ByteText.isMissing(text.extracting(sample)) {
        reject(
          &content, batch: content.batchNumber(of: ""), line: walker.lineNumber,
          column: columns.name(.sample), value: "", problem: "is empty (the row belongs to no sample)")
        continue
      }
      let number = content.batchNumber(of: text.extracting(sample))
      if normalColumn >= 0, content.batches[number].matchedNormal.isEmpty {
        content.batches[number].noteNormal(text.extracting(finder.trimmed(normalSlot, in: text)))
      }
      if hasBuilds {
        content.builds.note(
          text.extracting(finder.trimmed(MAFColumns.Field.build.rawValue, in: text)),
          line: walker.lineNumber)
      }
      readRow(text, &finder, line, line: walker.lineNumber, batch: number, into: &content, &tally)
    }
    content.add(tally)
  }

  private static func isBlankOrComment(_ line: Range<Int>, _ text: Span<UInt8>) -> Bool {
    if text[line.lowerBound] == UInt8(ascii: "#") { return true }
    guard text[line.lowerBound] <= 0x20 else { return false }
    for index in line where text[index] > 0x20 { return false }
    return true
  }

  private func reject(
    _ content: inout ReadRows, batch: Int, line: Int, column: String, value: String, problem: String
  ) {
    content.batches[batch].counts.read += 1
    content.batches[batch].counts.rejected += 1
    content.rejected.append(InputError(path: path, line: line, column: column, value: value, problem: problem))
  }

  private func readRow(
    _ text: Span<UInt8>, _ finder: inout FieldFinder, _ row: Range<Int>, line: Int, batch: Int,
    into content: inout ReadRows,
    _ tally: inout CallGate.Tally
  ) {
    // Nothing of the finder is changed; what is passed by value here is copied for every row.
    func cell(_ field: MAFColumns.Field) -> Range<Int> {
      finder.cell(field.rawValue, in: text)
    }
    var isRefused = false
    let filterCell = cell(.filter)
    if !filterCell.isEmpty, !ByteText.equals(text.extracting(filterCell), "PASS") {
      content.batches[batch].counts.filteredCalls += 1
      content.filter(batch, "FILTER not PASS", line: line)
      isRefused =
        cell(.gene).isEmpty
        ? liesInKnownRegion(text, cell) : CodingGeneNames.contains(text.extracting(cell(.gene)))
      if !isRefused { return }
    }
    let firstSide = MAFColumns.Field.allCases.count
    var doubt: Int?
    if !gate.isEmpty {
      let firstGate = firstSide + side.columns.count
      switch gate.check(text, &tally, { finder.trimmed(firstGate + $0, in: text) }) {
      case .call: break
      case .noCall where isRefused: return
      case .noCall(let reason, let mayBeCall, let leavesOpen):
        if mayBeCall { content.batches[batch].counts.filteredCalls += 1 }
        if leavesOpen { content.batches[batch].noteLeftOpen(text.extracting(cell(.gene))) }
        return content.filter(batch, reason, line: line)
      case .doubtful(let number): doubt = number
      }
    }
    var effect = cell(.classification)
    if effect.isEmpty { effect = cell(.consequence) }
    let gene = cell(.gene)
    let reading = consequences.read(effect, in: text)
    let use = reading.consequence.use
    let coding = cell(.codingChange)
    var protein = cell(.proteinChange)
    if protein.isEmpty { protein = cell(.secondProteinChange) }
    let byResidues = protein.isEmpty ? changeByResidues(row, text, reading.consequence.effect) : ""
    guard
      reading.consequence.isLookedAt(
        gene: text.extracting(gene), coding: text.extracting(coding),
        statesProtein: !protein.isEmpty || !byResidues.isEmpty,
        tellsResidues: ProteinCell.tellsResidues(text.extracting(protein)),
        // A base that is not there is written `-`.
        addsCodons: cell(.alternate).count > cell(.reference).count + 2)
    else { return isRefused ? () : content.filter(batch, "non-coding class", line: line) }
    let identifier = side.identifier(text) { finder.trimmed(firstSide + $0, in: text) }
    let isByPlace = gene.isEmpty && !identifier.isSet && liesInKnownRegion(text, cell)
    if gene.isEmpty, !identifier.isSet, !isByPlace {
      if isRefused { return }
      return reject(
        &content, batch: batch, line: line, column: columns.name(.gene), value: "",
        problem: "is empty (the row names no gene)")
    }
    var mutation = RawMutation()
    // Some cohorts write the duplication into the gene: `FLT3_ITD`.
    let isDuplication = gene.count > 4 && Self.endsWithITD(text.extracting(gene))
    let name = isDuplication ? gene.dropLast(4) : gene
    if isDuplication { protein = gene.suffix(3) }
    mutation.gene = content.batches[batch].keep(text.extracting(name))
    mutation.proteinChange =
      byResidues.isEmpty
      ? content.batches[batch].keep(text.extracting(protein)) : content.batches[batch].keep(byResidues)
    mutation.codingChange = content.batches[batch].keep(text.extracting(coding))
    content.batches[batch].keep(reading, of: &mutation, text)
    mutation.status = content.batches[batch].keep(text.extracting(cell(.mutationStatus)))
    let alt = ByteText.count(text.extracting(cell(.altCount)))
    let ref = ByteText.count(text.extracting(cell(.refCount)))
    let depth = ByteText.count(text.extracting(cell(.depth)))
    func note(_ field: MAFColumns.Field, _ isRead: Bool) {
      if isRead { return }
      let written = cell(field)
      if written.isEmpty { return }
      content.noteUnread(text.extracting(written), column: columns.name(field), line: line, path: path)
    }
    note(.altCount, alt != nil)
    note(.refCount, ref != nil)
    note(.depth, depth != nil)
    if let alt { mutation.altCount = Int32(clamping: alt) }
    if let depth {
      mutation.depth = Int32(clamping: depth)
    } else if let alt, let ref {
      mutation.depth = Int32(clamping: alt + ref)
    }
    if mutation.altCount >= 0, mutation.depth > 0 {
      mutation.alleleFraction = Float(mutation.altCount) / Float(mutation.depth)
    } else {
      let stated = ByteText.share(text.extracting(cell(.alleleFraction)), isPercent: columns.fractionIsPercent)
      note(.alleleFraction, stated != nil)
      if let stated { mutation.alleleFraction = Float(stated) }
    }
    if let frequency = ByteText.number(text.extracting(cell(.populationFrequency))) {
      mutation.populationFrequency = Float(frequency)
    }
    if isByPlace
      || CodingGeneNames.keepPlace(of: text.extracting(name), statesProtein: !mutation.proteinChange.isEmpty)
    {
      mutation.place = content.batches[batch].keep(place(finder, gene: name, text, cell))
    }
    if use == .promoter, let position = ByteText.count(text.extracting(cell(.position))) {
      mutation.position = Int32(clamping: position)
    }
    mutation.geneID = identifier
    mutation.statements = side.stated(text) { finder.trimmed(firstSide + $0, in: text) }
    mutation.cellFraction = side.cellFraction(text) { finder.trimmed(firstSide + $0, in: text) }
    if isRefused { return content.batches[batch].addRefused(.mutation(mutation), line: line) }
    content.batches[batch].add(
      use == .fusion ? .fusion(RawFusion(mutation)) : .mutation(mutation), line: line, doubt: doubt)
    content.batches[batch].counts.read += 1
  }

  /// Whether a row that names no gene has its place where the tables know one.
  private func liesInKnownRegion(_ text: Span<UInt8>, _ cell: (MAFColumns.Field) -> Range<Int>) -> Bool {
    guard let position = ByteText.count(text.extracting(cell(.position))), !cell(.alternate).isEmpty else {
      return false
    }
    return KnownRegions.builtIn.contains(
      position, length: max(1, cell(.reference).count), on: text.extracting(cell(.chromosome)))
  }

  /// The change of the protein by VEP's columns, of classes that change it; empty where there are none.
  private func changeByResidues(_ row: Range<Int>, _ text: Span<UInt8>, _ effect: VariantEffect) -> String {
    guard let columns = columns.residues else { return "" }
    switch effect {
    case .missense, .nonsense, .frameshift, .inframeDeletion, .inframeInsertion: break
    default: return ""
    }
    var fields = RowFields(separator: separator)
    fields.split(row, text)
    return VEPResidues.change(
      residues: fields.string(columns.letters, text), place: fields.string(columns.place, text),
      shiftsFrame: effect == .frameshift)
  }

  /// Where the change lies, and what it is in the other transcripts of the gene.
  private func place(
    _ finder: FieldFinder, gene: Range<Int>, _ text: Span<UInt8>, _ cell: (MAFColumns.Field) -> Range<Int>
  ) -> PlaceText {
    // A base that is not there is written `-`, which elsewhere is an empty cell.
    func allele(_ field: MAFColumns.Field) -> Range<Int> { finder.trimmed(field.rawValue, in: text) }
    let build = cell(.build)
    var alternate = allele(.alternate)
    // Some callers put the change in the first of the two.
    if ByteText.areSame(alternate, allele(.reference), text) { alternate = allele(.otherAlternate) }
    var place = PlaceText(
      transcript: text.extracting(cell(.transcript)), chromosome: text.extracting(cell(.chromosome)),
      position: text.extracting(cell(.position)), reference: text.extracting(allele(.reference)),
      alternate: text.extracting(alternate), notation: text.extracting(cell(.genomic)),
      build: GenomeBuild(cell: text.extracting(build)))
    if DoseGenes.contains(text.extracting(gene)) {
      place.identify(numbers: text.extracting(cell(.numbers)), genotype: text.extracting(0..<0))
    }
    let effects = finder.field(MAFColumns.Field.allEffects.rawValue)
    if !effects.isEmpty { AllEffects.add(effects, of: gene, to: &place, text) }
    return place
  }

  private static func endsWithITD(_ gene: Span<UInt8>) -> Bool {
    let end = gene.extracting(gene.count - 4..<gene.count)
    return ByteText.equals(end, "_ITD") || ByteText.equals(end, "-ITD")
  }
}
