// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// Reads any table with a gene and a change of it in a row, under the names that labs give such columns.
///
/// A column named `alteration`, `mutation` or `variant` may hold an amplification, a fusion or a biomarker too.
struct MutationTableReader: RecordReader {
  private let columns: InputHeader
  private let gene, sample, change, coding, effect, status, filter, fraction, depth, altCount: Int?
  private let place: PlaceColumns
  /// The column of the normal tissue beside the sample.
  private let normal: Int?
  /// Whether a cell of the change may hold something else than a protein change.
  private let isMixed: Bool
  private let side: SideColumns
  private let gate: CallGate
  /// Whether the name of the column of fractions says that they are percentages.
  private let namesPercent: Bool

  var formatName: String { isMixed ? "alterations (table)" : "mutations (table)" }
  var mayHoldSamples: Bool { true }
  var assays: [AssayKind] { [.mutations] }

  static func recognizes(_ header: InputHeader) -> Bool {
    guard geneColumn(header) != nil || PlaceColumns(header).hasNotation, !header.speaksOfTherapies,
      header.column("copy_number_alteration") == nil
    else { return false }
    if proteinColumn(header) != nil { return true }
    // Without a sample in its rows a table is of one; lists of what is known of changes look alike.
    let isOfOne = header.column("alteration", "mutation", "alterations") != nil || codingColumn(header) != nil
    guard header.sampleColumn != nil || isOfOne && !header.speaksOfKnowledge else { return false }
    return alterationColumn(header) != nil || codingColumn(header) != nil || PlaceColumns(header).hasNotation
  }

  init(_ header: InputHeader) {
    columns = header
    gene = Self.geneColumn(header)
    sample = header.sampleColumn
    let protein = Self.proteinColumn(header)
    change = protein ?? Self.alterationColumn(header)
    isMixed = protein == nil && change != nil
    coding = Self.codingColumn(header)
    effect = header.column(
      "variant_classification", "consequence", "effect", "variant_class", "mutation_type", "alteration_type",
      "variant_effect", "variantinfo", "function", "mutation type", "mutationtype")
    status = header.column("mutation_status", "somatic_status", "origin", "somatic_germline")
    filter = header.column("filter")
    fraction =
      header.column(
        "vaf", "t_vaf", "tumor_vaf", "allele_fraction", "allele_frequency", "variant_allele_frequency",
        "variant_allele_fraction", "tumor_f", "% frequency", "allele freq (t)", "variant frequency")
      ?? header.column(byKey: [
        "vaf", "tvaf", "tumorvaf", "vafpercent", "percentvaf", "vafpct", "pctvaf", "allelefraction", "allelefrequency",
        "allelefractionpercent", "allelefrequencypercent", "variantallelefrequency", "variantallelefraction",
        "variantfrequency", "mutantallelefrequency", "mutantallelefraction",
      ])
    depth = header.column("depth", "t_depth", "tumor_depth", "dp", "coverage")
    place = PlaceColumns(header)
    normal = header.matchedNormalColumn
    altCount = header.column("t_alt_count", "alt_count", "tumor_alt_count", "alt_reads", "altcount")
    side = SideColumns(header, gene: gene)
    gate = CallGate(header, except: ["filter"])
    let name = fraction.map { header.cells[$0].lowercased() } ?? ""
    namesPercent = name.contains("%") || name.contains("percent") || name.contains("pct")
  }

  private static func geneColumn(_ header: InputHeader) -> Int? {
    header.column(byKey: [
      "hugosymbol", "gene", "genesymbol", "symbol", "genename", "hgncsymbol", "hugogenesymbol", "genes",
    ])
  }

  private static func proteinColumn(_ header: InputHeader) -> Int? {
    header.column(byKey: [
      "proteinchange", "hgvspshort", "hgvsp", "aachange", "aminoacidchange", "aamutation", "mutationaa",
      "proteinmutation", "proteinvariant", "hgvsprotein", "pdotnotation", "aminoacidvariant", "aminoacidmutation",
      "proteinalteration", "aminoacidschange", "proteinhgvs", "aavariant",
    ])
      // Beside a column of the coding change, as Ion Reporter has it: alone it may be a stain.
      ?? (codingColumn(header) != nil ? header.column("protein") : nil)
  }

  private static func codingColumn(_ header: InputHeader) -> Int? {
    header.column(
      "hgvsc", "hgvs.c", "hgvs_c", "cdna_change", "coding_change", "cdna", "cds_mutation", "c_change", "dnachange",
      "coding")
  }

  private static func alterationColumn(_ header: InputHeader) -> Int? {
    header.column("alteration", "mutation", "variant", "alterations")
  }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout ReadRows) {
    var fields = RowFields(separator: columns.separator)
    var tally = gate.tally
    let isPercent = namesPercent || holdsPercentages(text, walker)
    while let line = walker.next(in: text) {
      if RowFields.isBlank(line, text) { continue }
      fields.split(line, text)
      content.rowsRead += 1
      let sampleCell = fields.cell(sample, text)
      let batch = content.batchNumber(of: text.extracting(sampleCell))
      if let normal { content.batches[batch].noteNormal(text.extracting(fields.cell(normal, text))) }
      content.noteBuild(fields, place.build, text, line: walker.lineNumber)
      content.batches[batch].counts.read += 1
      let identifier = side.identifier(text) { fields.raw(side.columns[$0]) }
      let missing =
        fields.cell(gene, text).isEmpty && !identifier.isSet ? gene : sample != nil && sampleCell.isEmpty ? sample : nil
      if let missing {
        content.batches[batch].counts.rejected += 1
        content.rejected.append(
          InputError(
            path: columns.path, line: walker.lineNumber, column: columns.name(missing),
            problem: missing == gene
              ? "is empty (the row names no gene)" : "is empty (the row belongs to no sample)"))
        continue
      }
      let filterCell = text.extracting(fields.cell(filter, text))
      if filterCell.count > 0, !ByteText.equals(filterCell, "PASS"), !CallWords.isCallOfCopies(filterCell) {
        content.batches[batch].counts.filteredCalls += 1
        content.setAside(batch, "FILTER not PASS", line: walker.lineNumber)
        if CodingGeneNames.contains(text.extracting(fields.cell(gene, text))),
          case let reading = Consequences.builtIn.read(fields.cell(effect, text), in: text),
          case .mutation(let refused)? = statement(fields, reading, isPercent, &content.batches[batch], text)
        {
          content.batches[batch].addRefused(.mutation(refused), line: walker.lineNumber)
        }
        continue
      }
      var doubt: Int?
      switch gate.check(text, &tally, { fields.raw(gate.columns[$0]) }) {
      case .call: break
      case .noCall(let reason, let mayBeCall, let leavesOpen):
        if mayBeCall { content.batches[batch].counts.filteredCalls += 1 }
        if leavesOpen { content.batches[batch].noteLeftOpen(text.extracting(fields.cell(gene, text))) }
        content.setAside(batch, reason, line: walker.lineNumber)
        continue
      case .doubtful(let number): doubt = number
      }
      if setsAside(fields, batch, walker.lineNumber, text, &content) { continue }
      let reading = Consequences.builtIn.read(fields.cell(effect, text), in: text)
      noteUnread(fields, walker.lineNumber, text, &content)
      guard let statement = statement(fields, reading, isPercent, &content.batches[batch], text) else {
        content.setAside(batch, "non-coding class", line: walker.lineNumber)
        continue
      }
      content.batches[batch].add(statement, line: walker.lineNumber, doubt: doubt)
    }
    content.add(tally)
  }

  /// Whether numbers above 1 in the column of fractions say that all of them are percentages: beside `35` a `0.8` is no
  /// share of 80 %.
  ///
  /// One among many, one a little above 1 and one above 100 are faults of their rows and not the scale of the column.
  private func holdsPercentages(_ text: Span<UInt8>, _ start: LineWalker) -> Bool {
    guard fraction != nil else { return false }
    var walker = start
    var fields = RowFields(separator: columns.separator)
    var (percentages, all) = (0, 0)
    while let line = walker.next(in: text) {
      fields.split(line, text)
      let cell = text.extracting(fields.cell(fraction, text))
      guard let number = ByteText.number(cell), (0...100).contains(number), cell[cell.count - 1] != UInt8(ascii: "%")
      else { continue }
      all += 1
      if number > Self.aboveOne { percentages += 1 }
    }
    return percentages > 0 && percentages * 20 >= all
  }

  /// Up to here a fraction above 1 is an estimate gone wrong.
  private static let aboveOne = 1.1

  /// A fraction of reads; `nil` for a number that is none.
  private func share(_ cell: Span<UInt8>, isPercent: Bool) -> Double? {
    if !isPercent, let number = ByteText.number(cell), number > 1, number <= Self.aboveOne { return nil }
    return ByteText.share(cell, isPercent: isPercent)
  }

  /// Sets a row aside where a word stands in the place of its reads or fraction: `not detected`, `below LOD`.
  private func setsAside(
    _ fields: RowFields, _ batch: Int, _ line: Int, _ text: Span<UInt8>, _ content: inout ReadRows
  ) -> Bool {
    for column in [fraction, altCount] {
      let cell = text.extracting(fields.cell(column, text))
      guard cell.count > 1, cell[0] | 0x20 >= 0x61, cell[0] | 0x20 <= 0x7A, let said = CallPhrase(cell) else {
        continue
      }
      if said == .open { content.batches[batch].noteLeftOpen(text.extracting(fields.cell(gene, text))) }
      content.setAside(batch, said == .absent ? "stated as no mutation" : "stated as uncertain", line: line)
      return true
    }
    return false
  }

  /// Says which cells of reads and fractions are no clear numbers.
  private func noteUnread(_ fields: RowFields, _ line: Int, _ text: Span<UInt8>, _ content: inout ReadRows) {
    for column in [depth, altCount, fraction] {
      let cell = fields.cell(column, text)
      if cell.isEmpty { continue }
      let isRead =
        column == fraction
        ? share(text.extracting(cell), isPercent: false) != nil : ByteText.count(text.extracting(cell)) != nil
      if !isRead {
        content.noteUnread(text.extracting(cell), column: columns.name(column), line: line, path: columns.path)
      }
    }
  }

  /// What a row states; `nil` when its class lies outside of coding sequence.
  private func statement(
    _ fields: RowFields, _ reading: Consequences.Reading, _ isPercent: Bool, _ batch: inout RecordBatch,
    _ text: Span<UInt8>
  ) -> RawRecord.Statement? {
    if isMixed, let other = otherStatement(fields, &batch, text) { return other }
    let isLookedAt = reading.consequence.isLookedAt(
      gene: text.extracting(fields.cell(gene, text)), coding: text.extracting(fields.cell(coding, text)),
      statesProtein: !fields.cell(change, text).isEmpty,
      tellsResidues: ProteinCell.tellsResidues(text.extracting(fields.cell(change, text))))
    guard isLookedAt else { return nil }
    var mutation = RawMutation()
    mutation.gene = batch.keep(text.extracting(fields.cell(gene, text)))
    mutation.proteinChange = batch.keep(text.extracting(fields.cell(change, text)))
    mutation.codingChange = batch.keep(text.extracting(fields.cell(coding, text)))
    batch.keep(reading, of: &mutation, text)
    mutation.place = place.keep(
      fields, gene: fields.cell(gene, text), statesProtein: !mutation.proteinChange.isEmpty, &batch, text)
    mutation.status = batch.keep(text.extracting(fields.cell(status, text)))
    mutation.geneID = side.identifier(text) { fields.raw(side.columns[$0]) }
    mutation.statements = side.stated(text) { fields.raw(side.columns[$0]) }
    mutation.cellFraction = side.cellFraction(text) { fields.raw(side.columns[$0]) }
    if let all = ByteText.count(text.extracting(fields.cell(depth, text))) { mutation.depth = Int32(clamping: all) }
    if let alt = ByteText.count(text.extracting(fields.cell(altCount, text))) {
      mutation.altCount = Int32(clamping: alt)
    }
    if mutation.altCount >= 0, mutation.depth > 0 {
      mutation.alleleFraction = min(1, Float(mutation.altCount) / Float(mutation.depth))
    } else {
      let cell = text.extracting(fields.cell(fraction, text))
      if let stated = share(cell, isPercent: isPercent) { mutation.alleleFraction = Float(stated) }
    }
    return reading.consequence.use == .fusion ? .fusion(RawFusion(mutation)) : .mutation(mutation)
  }

  /// What a row states that is no mutation; `nil` when it is one.
  private func otherStatement(
    _ fields: RowFields, _ batch: inout RecordBatch, _ text: Span<UInt8>
  ) -> RawRecord.Statement? {
    let name = fields.string(gene, text)
    let value = fields.string(change, text)
    let lowered = value.lowercased()
    func keep(_ value: String) -> TextSlice { batch.keep(Array(value.utf8).span) }
    if name.lowercased() == "other biomarkers" {
      // `MSI-H` and `Tumor Mutational Burden-High`: the name stands before the hyphen.
      return .biomarker(
        batch.biomarker(
          lowered.hasPrefix("m") ? "MSI" : lowered.hasPrefix("t") ? "TMB" : name,
          value.split(separator: "-").last.map(String.init) ?? value))
    }
    if Self.copyNumberWords.contains(lowered) {
      var copyNumber = RawCopyNumber()
      copyNumber.gene = keep(name)
      copyNumber.amount = keep(value)
      return .copyNumber(copyNumber)
    }
    guard lowered.contains("fusion") || value.contains("::") || value.contains("--") else { return nil }
    let partners = FusionName.partners(value, of: name)
    // A change beside the fusion, and a partner without the gene, are read in words.
    let parts = value.split { ";,".contains($0) }
    if parts.count > 1, parts.contains(where: { Self.isChange($0) }) { return nil }
    if partners.second.isEmpty,
      value.split(whereSeparator: { " ()".contains($0) }).contains(where: { Self.mayBePartner($0, of: name) })
    {
      return nil
    }
    var fusion = RawFusion()
    fusion.first = keep(partners.first)
    fusion.second = keep(partners.second)
    fusion.name = keep(value)
    return .fusion(fusion)
  }

  private static func isChange(_ part: Substring) -> Bool {
    part.split(separator: " ").contains { $0.contains(where: \.isNumber) && ProteinChange(String($0)) != nil }
  }

  /// Whether a word in capitals stands beside a gene that is another one's, as far as its letters tell.
  private static func mayBePartner(_ word: Substring, of gene: String) -> Bool {
    word.count > 2 && word.uppercased() == word && word != gene && word != "FUSION" && word.first?.isLetter == true
      && word.allSatisfy { $0.isLetter || $0.isNumber }
  }

  private static let copyNumberWords: Set<String> = [
    "amplification", "amp", "amplified", "deletion", "deleted", "homozygous deletion", "homdel", "deep deletion",
    "gain", "loss", "copy number gain", "heterozygous loss", "loh",
  ]
}
