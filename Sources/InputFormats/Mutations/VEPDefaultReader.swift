// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// Reads the output of VEP that is no VCF: one transcript a row, with symbol, HGVS and flags as `KEY=value` in the last column,
/// or, with `--tab`, in columns of their own.
///
/// Layout: https://www.ensembl.org/info/docs/tools/vep/vep_formats.html. Of the transcripts of one variant and gene the
/// one that VEP picked, the MANE Select or the canonical one is taken, else the first; the others are kept beside it.
struct VEPDefaultReader: RecordReader {
  private let header: InputHeader
  private let variant, gene, consequence, extra, positions, residues, feature, location, allele: Int?
  /// The columns of `--tab`, by the names of their tags.
  private let tagColumns: [(name: String, column: Int)]
  private let build: GenomeBuild?
  private let gate: CallGate

  var formatName: String { extra == nil ? "VEP (table)" : "VEP (default output)" }
  var assays: [AssayKind] { [.mutations] }

  static func recognizes(_ header: InputHeader) -> Bool {
    header.has("uploaded_variation", "consequence") && (header.column("extra") != nil || header.sampleColumn == nil)
  }

  init(_ header: InputHeader) {
    self.header = header
    variant = header.column("uploaded_variation")
    gene = header.column("gene")
    consequence = header.column("consequence")
    extra = header.column("extra")
    positions = header.column("protein_position")
    residues = header.column("amino_acids")
    feature = header.column("feature")
    location = header.column("location")
    allele = header.column("allele")
    tagColumns = ["SYMBOL", "HGVSc", "HGVSp", "PICK", "CANONICAL", "MANE_SELECT", "CLIN_SIG"].compactMap { name in
      header.column(name.lowercased()).map { (name, $0) }
    }
    build = header.preamble.lazy.filter { $0.lowercased().contains("assembly") }.compactMap { GenomeBuild($0) }.first
    gate = CallGate(header)
  }

  private struct Row {
    let line: Int
    let rank: Int
    let cells: [Range<Int>]
    let tags: [String: String]
    /// The number of the test that takes it out unless its column was not filled.
    let doubt: Int?
  }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout ReadRows) {
    var fields = RowFields(separator: header.separator)
    var tally = gate.tally
    var best: [String: Row] = [:]
    var others: [String: [Row]] = [:]
    var order: [String] = []
    let batch = content.batchNumber(of: "")
    while let line = walker.next(in: text) {
      if RowFields.isBlank(line, text) { continue }
      fields.split(line, text)
      content.rowsRead += 1
      if fields.isCut(before: gene, consequence, extra) {
        content.reject(batch, .cutRow(fields, of: header, line: walker.lineNumber))
        continue
      }
      let verdict = gate.check(text, &tally) { fields.raw(gate.columns[$0]) }
      if let reason = verdict.reason {
        content.filter(batch, reason, line: walker.lineNumber)
        continue
      }
      let tags = tags(fields, text)
      let key = fields.string(variant, text) + "\t" + (tags["SYMBOL"] ?? fields.string(gene, text))
      let row = Row(
        line: walker.lineNumber, rank: Self.rank(tags), cells: (0..<fields.count).map { fields.cell($0, text) },
        tags: tags, doubt: verdict.doubt)
      if let known = best[key] {
        content.filter(batch, "another transcript of the same mutation", line: walker.lineNumber)
        others[key, default: []].append(row.rank > known.rank ? known : row)
        if row.rank > known.rank { best[key] = row }
      } else {
        order.append(key)
        best[key] = row
      }
    }
    for key in order {
      if let row = best[key] { keep(row, others[key] ?? [], text, batch, &content) }
    }
    content.add(tally)
  }

  private func cell(_ column: Int?, _ row: Row) -> Range<Int> {
    column.map { $0 < row.cells.count ? row.cells[$0] : 0..<0 } ?? 0..<0
  }

  private func protein(_ row: Row, _ reading: Consequence, _ text: Span<UInt8>) -> String {
    let stated =
      row.tags["HGVSp"]
      ?? VEPResidues.change(
        residues: ByteText.string(text.extracting(cell(residues, row))),
        place: ByteText.string(text.extracting(cell(positions, row))), shiftsFrame: reading.effect == .frameshift)
    return stated.replacing("%3D", with: "=")
  }

  private func keep(_ row: Row, _ others: [Row], _ text: Span<UInt8>, _ batch: Int, _ content: inout ReadRows) {
    let reading = Consequences.builtIn.read(cell(consequence, row), in: text)
    let symbol = Array((row.tags["SYMBOL"] ?? "").utf8)
    let coding = Array((row.tags["HGVSc"] ?? "").utf8)
    let protein = protein(row, reading.consequence, text)
    let isLookedAt = reading.consequence.isLookedAt(
      gene: symbol.span, coding: coding.span, statesProtein: !protein.isEmpty,
      tellsResidues: ProteinCell.tellsResidues(Array(protein.utf8).span))
    guard isLookedAt else {
      return content.filter(batch, "non-coding class", line: row.line)
    }
    let identifier = GeneIdentifier(text.extracting(cell(gene, row)), bare: .entrez) ?? GeneIdentifier()
    guard !symbol.isEmpty || identifier.isSet else {
      return content.reject(
        batch, .empty(gene, of: header, line: row.line, remedy: "the row names no gene; run VEP with --symbol"))
    }
    var mutation = RawMutation()
    mutation.gene = content.batches[batch].keep(symbol.span)
    mutation.geneID = identifier
    mutation.proteinChange = content.batches[batch].keep(protein)
    mutation.codingChange = content.batches[batch].keep(coding.span)
    content.batches[batch].keep(reading, of: &mutation, text)
    if CodingGeneNames.keepPlace(of: symbol.span, statesProtein: !protein.isEmpty) {
      mutation.place = content.batches[batch].keep(place(row, others, text))
    }
    if let stated = row.tags["CLIN_SIG"] {
      mutation.statements = StatedPathogenicity(Array(stated.utf8).span, column: "clinsig")
    }
    content.batches[batch].counts.read += 1
    content.batches[batch].add(.mutation(mutation), line: row.line, doubt: row.doubt)
  }

  /// Where the change lies, for substitutions, and what it is in the other transcripts.
  private func place(_ row: Row, _ others: [Row], _ text: Span<UInt8>) -> PlaceText {
    let parts = ByteText.string(text.extracting(cell(location, row))).split(separator: ":")
    let bases = ByteText.string(text.extracting(cell(variant, row))).split(separator: "_").last ?? ""
    let pair = bases.split(separator: "/")
    // The uploaded name tells the reference base where VEP made it: `7_140753336_A/T`.
    let isPlain = parts.count == 2 && pair.count == 2 && pair[0].utf8.count == 1 && pair[1].utf8.count == 1
    func span(_ text: Substring) -> [UInt8] { Array(text.utf8) }
    var place = PlaceText(
      transcript: text.extracting(cell(feature, row)), chromosome: span(isPlain ? parts[0] : "").span,
      position: span(isPlain ? parts[1] : "").span, reference: span(isPlain ? pair[0] : "").span,
      alternate: span(isPlain ? pair[1] : "").span, notation: text.extracting(0..<0), build: build)
    for other in others {
      let reading = Consequences.builtIn.read(cell(consequence, other), in: text)
      let change = Array(protein(other, reading.consequence, text).utf8)
      if change.isEmpty { continue }
      place.add(
        transcript: text.extracting(cell(feature, other)), codingChange: Array((other.tags["HGVSc"] ?? "").utf8).span,
        proteinChange: change.span)
    }
    return place
  }

  private func tags(_ fields: RowFields, _ text: Span<UInt8>) -> [String: String] {
    var tags: [String: String] = [:]
    for item in fields.string(extra, text).split(separator: ";") {
      let parts = item.split(separator: "=", maxSplits: 1)
      if parts.count == 2 { tags[String(parts[0])] = String(parts[1]) }
    }
    for (name, column) in tagColumns {
      let value = fields.string(column, text)
      if !value.isEmpty { tags[name] = value }
    }
    return tags
  }

  private static func rank(_ tags: [String: String]) -> Int {
    (tags["MANE_SELECT"] != nil ? 4 : 0) + (tags["PICK"] == "1" ? 2 : 0) + (tags["CANONICAL"] == "YES" ? 1 : 0)
  }
}
