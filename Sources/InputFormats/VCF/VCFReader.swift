// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// Reads VCF: one row an allele that the tumor has.
///
/// The annotation of VEP, SnpEff, Funcotator and bcftools csq is read; a record without any is read by its position.
/// The order of the annotation's fields is taken from the header. Of several transcripts one is chosen (see
/// ``VCFAnnotation/best(of:for:layout:_:)``). Ends of one rearrangement in two genes become a fusion.
struct VCFReader: RecordReader {
  private let path: String
  let header: VCFHeader
  private let columnName: String

  static func recognizes(_ header: InputHeader) -> Bool {
    header.cells.prefix(5).map { $0.uppercased() } == ["CHROM", "POS", "ID", "REF", "ALT"]
  }

  init(_ header: InputHeader) {
    path = header.path
    self.header = VCFHeader(header)
    columnName = self.header.layout.map { String(decoding: $0.tag, as: UTF8.self) } ?? "INFO"
  }

  var formatName: String {
    if header.isOfCopies { return "VCF (copy numbers)" }
    if header.isOfFusions { return "VCF (fusions)" }
    if header.isOfBreaks { return "VCF (rearrangements, not annotated)" }
    return header.layout.map { "VCF (\($0.tool.name))" }
      ?? (header.namesFunctions ? "VCF (Ion Reporter)" : "VCF (not annotated)")
  }
  var assays: [AssayKind] {
    if header.isOfCopies { return [.copyNumber] }
    if header.isOfFusions || header.isOfBreaks { return [.fusions] }
    return [.mutations] + (header.hasCopies ? [.copyNumber] : []) + (header.hasFusions ? [.fusions] : [])
  }
  var rowKind: TableLayout.RowKind? { nil }

  /// What is known of the file while it is read.
  struct State {
    var content: ReadRows
    let batch: Int
    var alleles: [Range<Int>] = []
    /// What genotypes without the allele say, unless all of them are so.
    var genotypes = ReadRows.Doubt(column: "GT", reason: "genotype without the change (GT)", leavesOpen: false)
    /// What counts of reads without the allele say beside a genotype with it, unless all of them are so.
    var reads = ReadRows.Doubt(column: "AD", reason: "no read carries the change (AD)", leavesOpen: false)
    /// The number of the doubt about the row that is read.
    var doubt: Int?
    /// Whether the caller refused the row that is read: it is counted already.
    var isRefused = false

    mutating func filter(_ reason: String) {
      if isRefused { return }
      content.filter(batch, reason)
    }

    mutating func reject(_ error: InputError) {
      if isRefused { return }
      content.batches[batch].counts.read += 1
      content.batches[batch].counts.rejected += 1
      content.rejected.append(error)
    }

    mutating func add(_ statement: RawRecord.Statement, line: Int) {
      if isRefused {
        if case .mutation = statement { content.batches[batch].addRefused(statement, line: line) }
        return
      }
      content.batches[batch].counts.read += 1
      content.batches[batch].add(statement, line: line, doubt: doubt)
    }

    mutating func keep(_ cell: Span<UInt8>) -> TextSlice { content.batches[batch].keep(cell) }
    mutating func keep(_ reading: Consequences.Reading, of mutation: inout RawMutation, _ text: Span<UInt8>) {
      content.batches[batch].keep(reading, of: &mutation, text)
    }
    mutating func keep(_ place: PlaceText) -> TextSlice { content.batches[batch].keep(place) }
    mutating func keep(_ bytes: [UInt8]) -> TextSlice { content.batches[batch].keep(bytes.span) }
  }

  /// The cells of one record.
  struct Row {
    let line: Int
    let chromosome, place, id, reference, info: Range<Int>
    let format, tumor, normal: Range<Int>
    let position: Int
  }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout ReadRows) {
    guard header.refusal.isEmpty else {
      content.refuse(Refusal(reason: header.refusal))
      return
    }
    let layout = header.layout
    let batch = content.batchNumber(of: header.sampleID)
    var state = State(content: content, batch: batch)
    var cells = [Range<Int>](repeating: 0..<0, count: max(8, header.columnCount))
    while let line = walker.next(in: text) {
      if RowFields.isBlank(line, text) { continue }
      state.content.rowsRead += 1
      readLine(line, walker.lineNumber, &cells, layout, text, &state)
    }
    state.content.batches[batch].facts.fill(from: header.facts)
    if layout == nil, !header.isOfCopies, !header.isOfFusions { noteWithoutAnnotation(&state) }
    state.content.add(doubts: [state.genotypes, state.reads])
    content = state.content
  }

  var readsInParts: Bool { true }

  /// Splits a line into at most as many cells as the header has columns.
  ///
  /// - Returns: How many cells there are.
  private static func split(_ line: Range<Int>, into cells: inout [Range<Int>], _ text: Span<UInt8>) -> Int {
    var start = line.lowerBound
    for column in cells.indices {
      let tab = LineWalker.firstIndex(of: 0x09, in: text, from: start) ?? line.upperBound
      let end = min(tab, line.upperBound)
      cells[column] = ByteText.trimmed(start..<end, in: text)
      if end == line.upperBound { return column + 1 }
      start = end + 1
    }
    return cells.count
  }

  private func readLine(
    _ line: Range<Int>, _ number: Int, _ cells: inout [Range<Int>], _ layout: AnnotationLayout?, _ text: Span<UInt8>,
    _ state: inout State
  ) {
    let count = Self.split(line, into: &cells, text)
    // A record of eight cells under a header with samples states no genotypes and is read as a site.
    guard count >= 8, count == 8 || count > (header.tumorColumn ?? 0) else {
      return state.reject(
        InputError(
          path: path, line: number,
          problem: "has \(count) of \(header.columnCount) columns (the record is cut short; write the file again)"))
    }
    let filter = text.extracting(cells[6])
    let isPassed =
      ByteText.isMissing(filter) || ByteText.equals(filter, "PASS")
      || CallWords.isCallOfCopies(filter) && ByteText.equals(text.extracting(cells[4]), "<CNV>")
    if !isPassed {
      state.content.batches[state.batch].counts.filteredCalls += 1
      state.filter("FILTER not PASS")
      guard Self.mayBeDriver(cells, text) else { return }
      state.isRefused = true
    }
    defer { state.isRefused = false }
    guard let position = ByteText.count(text.extracting(cells[1])) else {
      return state.reject(
        InputError(
          path: path, line: number, column: "POS", value: ByteText.string(text.extracting(cells[1])),
          problem: "is not a position (expected a whole number)"))
    }
    let hasGenotypes = count > 8
    func column(_ place: Int?) -> Range<Int> {
      guard hasGenotypes, let place, place < count else { return 0..<0 }
      return cells[place]
    }
    let row = Row(
      line: number, chromosome: cells[0], place: cells[1], id: cells[2], reference: cells[3], info: cells[7],
      format: column(8),
      tumor: column(header.tumorColumn), normal: column(header.normalColumn), position: position)
    readAlleles(cells[4], row, layout, text, &state)
  }

  /// Whether a record that its caller refused lies where the tables know drivers.
  private static func mayBeDriver(_ cells: [Range<Int>], _ text: Span<UInt8>) -> Bool {
    let alleles = text.extracting(cells[4])
    guard let position = ByteText.count(text.extracting(cells[1])),
      alleles.indices.allSatisfy({
        alleles[$0] == UInt8(ascii: ",") || ByteText.isBases(alleles.extracting($0..<$0 + 1))
      })
    else { return false }
    return KnownRegions.builtIn.contains(position, length: cells[3].count, on: text.extracting(cells[0]))
  }

  private func readAlleles(
    _ cell: Range<Int>, _ row: Row, _ layout: AnnotationLayout?, _ text: Span<UInt8>, _ state: inout State
  ) {
    // Nearly all alleles are bases.
    if !ByteText.isBases(text.extracting(cell)), readNamed(cell, row, text, &state) { return }
    state.alleles.removeAll(keepingCapacity: true)
    var start = cell.lowerBound
    while start <= cell.upperBound {
      var end = start
      while end < cell.upperBound, text[end] != UInt8(ascii: ",") { end += 1 }
      state.alleles.append(start..<end)
      start = end + 1
    }
    let isTrimmed = Self.dropsFirstBase(row.reference, state.alleles, text)
    let info = VCFRecordInfo(row.info, header: header, text)
    var real = 0
    var present = 0
    for place in state.alleles.indices {
      let bases = state.alleles[place]
      if Self.isNoAllele(text.extracting(bases)) { continue }
      real += 1
      let support = VCFSupport(format: row.format, column: row.tumor, allele: place + 1, bases: bases, text)
      if !row.tumor.isEmpty, !support.isPresent {
        if support.isUncovered { noteUncovered(place + 1, bases, info, layout, text, &state) }
        continue
      }
      present += 1
      // Reads alone do not make a call where the caller's genotype says otherwise.
      if state.isRefused, support.isCalledWithout || support.isWithoutReads { continue }
      state.doubt = support.isCalledWithout ? 0 : support.isWithoutReads ? 1 : nil
      if !state.isRefused {
        if support.isWithoutReads { state.reads.rows += 1 } else { state.reads.saysOther = true }
        if support.isCalledWithout { state.genotypes.rows += 1 } else { state.genotypes.saysOther = true }
      }
      let isSymbolic = !ByteText.isBases(text.extracting(bases))
      let allele = VCFAnnotation.Allele(
        number: place + 1, count: state.alleles.count, bases: bases,
        trimmed: isTrimmed && !isSymbolic ? bases.dropFirst() : bases)
      if let layout {
        readAllele(allele, support, info, row, layout, text, &state)
      } else {
        readSite(allele, support, info, row, text, &state)
      }
    }
    state.doubt = nil
    if real == 0 { return state.filter("no other allele than the reference") }
    if present == 0 { state.filter("not in the tumor") }
  }

  /// A place that no read covers leaves its gene open: that nothing was seen there says nothing.
  private func noteUncovered(
    _ number: Int, _ bases: Range<Int>, _ info: VCFRecordInfo, _ layout: AnnotationLayout?, _ text: Span<UInt8>,
    _ state: inout State
  ) {
    guard let layout else { return }
    let allele = VCFAnnotation.Allele(number: number, count: state.alleles.count, bases: bases, trimmed: bases)
    guard let found = VCFAnnotation.best(of: info.annotation, for: allele, layout: layout, text) else { return }
    state.content.batches[state.batch].noteLeftOpen(text.extracting(found.gene))
  }

  /// `.`, the allele that spans a deletion, and the placeholder of gVCF.
  private static func isNoAllele(_ allele: Span<UInt8>) -> Bool {
    ByteText.isMissing(allele) || ByteText.equals(allele, "*") || ByteText.equals(allele, "<*>")
      || ByteText.equals(allele, "<NON_REF>")
  }

  /// Whether VEP names the alleles without their first base: some differ in length and all begin alike.
  private static func dropsFirstBase(_ reference: Range<Int>, _ alleles: [Range<Int>], _ text: Span<UInt8>) -> Bool {
    guard !reference.isEmpty else { return false }
    var differ = false
    for allele in alleles where ByteText.isBases(text.extracting(allele)) {
      if text[allele.lowerBound] != text[reference.lowerBound] { return false }
      if allele.count != reference.count { differ = true }
    }
    return differ
  }

  private func readAllele(
    _ allele: VCFAnnotation.Allele, _ support: VCFSupport, _ info: VCFRecordInfo, _ row: Row,
    _ layout: AnnotationLayout, _ text: Span<UInt8>, _ state: inout State
  ) {
    guard let best = VCFAnnotation.best(of: info.annotation, for: allele, layout: layout, text) else {
      // What the annotator left out is told by its place where the tables know one.
      let isKnown =
        ByteText.isBases(text.extracting(allele.bases))
        && KnownRegions.builtIn.contains(
          row.position, length: row.reference.count, on: text.extracting(row.chromosome))
      return isKnown ? readSite(allele, support, info, row, text, &state) : state.filter("without annotation")
    }
    var mutation = Self.mutation(support, info, row)
    mutation.populationFrequency = Float(max(best.frequency, info.frequency))
    let isBreakend = Self.isBreakend(text.extracting(allele.bases))
    if best.reading.consequence.use == .fusion || isBreakend {
      return readRearrangement(best, allele, info, row, layout, text, &state)
    }
    // A deletion by a symbol may reach over several genes; each of them is a row.
    let isSymbolic = !ByteText.isBases(text.extracting(allele.bases))
    let genes =
      isSymbolic ? VCFAnnotation.bestByGene(info.annotation, for: allele, layout: layout, text) : [best]
    var isUsed = false
    let addsCodons = !isSymbolic && allele.bases.count > row.reference.count + 2
    for found in genes where found.isLookedAt(text, addsCodons: addsCodons) {
      isUsed = true
      keep(mutation, found, allele, info, row, layout, text, &state)
    }
    if !isUsed { state.filter("non-coding class") }
  }

  /// What the genotype says of an allele.
  static func mutation(_ support: VCFSupport, _ info: VCFRecordInfo, _ row: Row) -> RawMutation {
    var mutation = RawMutation()
    mutation.altCount = Int32(clamping: support.altCount)
    mutation.depth = Int32(clamping: support.depth)
    mutation.alleleFraction = Float(support.fraction)
    if mutation.depth < 0 { mutation.depth = Int32(clamping: info.depth) }
    if mutation.alleleFraction < 0, info.fraction >= 0 { mutation.alleleFraction = Float(info.fraction) }
    // LoFreq writes no genotypes; the reads of its one change stand in `INFO`.
    if mutation.altCount < 0, mutation.alleleFraction < 0, row.tumor.isEmpty, row.format.isEmpty, info.reads > 0 {
      mutation.altCount = Int32(clamping: info.altCount)
      mutation.depth = max(mutation.depth, Int32(clamping: info.reads))
      mutation.alleleFraction = Float(info.altCount) / Float(info.reads)
    }
    mutation.populationFrequency = Float(info.frequency)
    return mutation
  }

  private func keep(
    _ mutation: RawMutation, _ found: VCFAnnotation, _ allele: VCFAnnotation.Allele, _ info: VCFRecordInfo, _ row: Row,
    _ layout: AnnotationLayout, _ text: Span<UInt8>, _ state: inout State
  ) {
    guard !found.gene.isEmpty else {
      return state.reject(
        InputError(
          path: path, line: row.line, column: columnName,
          value: ByteText.string(text.extracting(found.cell)), problem: "names no gene (run VEP with --symbol)"))
    }
    var mutation = mutation
    mutation.gene = state.keep(text.extracting(found.gene))
    mutation.proteinChange = keepProtein(found, layout, text, &state)
    mutation.codingChange = state.keep(text.extracting(found.codingChange))
    state.keep(found.reading, of: &mutation, text)
    mutation.status = keepStatus(allele, info, row, text, &state)
    mutation.statements = found.statements
    if allele.count == 1 { mutation.statements.formUnion(info.statements) }
    let keepsPlace = CodingGeneNames.keepPlace(
      of: text.extracting(found.gene), statesProtein: !mutation.proteinChange.isEmpty)
    if keepsPlace, ByteText.isBases(text.extracting(allele.bases)) {
      mutation.place = state.keep(place(of: found, allele, info, row, layout, text))
    }
    if found.reading.consequence.use == .promoter { mutation.position = Int32(clamping: row.position) }
    state.add(.mutation(mutation), line: row.line)
  }

  /// Where an allele lies, and what it is in the other transcripts of the gene.
  private func place(
    of found: VCFAnnotation, _ allele: VCFAnnotation.Allele, _ info: VCFRecordInfo, _ row: Row,
    _ layout: AnnotationLayout, _ text: Span<UInt8>
  ) -> PlaceText {
    var place = PlaceText(
      transcript: text.extracting(found.transcript), chromosome: text.extracting(row.chromosome),
      position: text.extracting(row.place), reference: text.extracting(row.reference),
      alternate: text.extracting(allele.bases),
      notation: text.extracting(0..<0), build: header.build)
    if DoseGenes.contains(text.extracting(found.gene)) { identify(&place, row, text) }
    VCFAnnotation.forEach(info.annotation, for: allele, layout: layout, text) { block in
      guard !block.proteinChange.isEmpty, !block.transcript.isEmpty,
        ByteText.areSame(block.gene, found.gene, text)
      else { return }
      let protein = Array(block.protein(layout, text).utf8)
      place.add(
        transcript: text.extracting(block.transcript), codingChange: text.extracting(block.codingChange),
        proteinChange: protein.span)
    }
    return place
  }

  func keepStatus(
    _ allele: VCFAnnotation.Allele, _ info: VCFRecordInfo, _ row: Row, _ text: Span<UInt8>, _ state: inout State
  ) -> TextSlice {
    var status = info.status
    if status == nil, !row.normal.isEmpty {
      let normal = VCFSupport(
        format: row.format, column: row.normal, allele: allele.number, bases: allele.bases, text)
      if normal.isCalled == true { status = "germline" }
    }
    if status == nil, header.isOfNormal { status = "germline" }
    guard let status else { return TextSlice() }
    return state.keep(Array(status.description.utf8))
  }

  /// The protein change as annotated, with `%3D` read as `=`; without one from VEP's residues and their place.
  private func keepProtein(
    _ best: VCFAnnotation, _ layout: AnnotationLayout, _ text: Span<UInt8>, _ state: inout State
  ) -> TextSlice {
    let cell = best.proteinChange
    if layout.tool == .csq { return state.keep(Array(best.protein(layout, text).utf8)) }
    if !cell.isEmpty {
      guard let percent = cell.first(where: { text[$0] == UInt8(ascii: "%") }), percent + 3 <= cell.upperBound,
        ByteText.equals(text.extracting(percent..<percent + 3), "%3D")
      else { return state.keep(text.extracting(cell)) }
      var bytes = cell.filter { $0 < percent || $0 > percent + 2 }.map { text[$0] }
      bytes.insert(UInt8(ascii: "="), at: percent - cell.lowerBound)
      return state.keep(bytes)
    }
    let change = VEPResidues.change(
      residues: ByteText.string(text.extracting(best.aminoAcids)),
      place: ByteText.string(text.extracting(best.proteinPosition)), shiftsFrame: best.shiftsFrame(text))
    return state.keep(Array(change.utf8))
  }
}
