internal import Alterations
internal import DelimitedText

/// Reads the default output of VEP: one transcript a row, with symbol, HGVS and flags as `KEY=value` in the last column.
///
/// Layout: https://www.ensembl.org/info/docs/tools/vep/vep_formats.html. Of the transcripts of one variant and gene the
/// one that VEP picked, the MANE Select or the canonical one is taken, else the first.
struct VEPDefaultReader: RecordReader {
  private let header: InputHeader
  private let variant, gene, consequence, extra, positions, residues: Int?

  var formatName: String { "VEP (default output)" }
  var assays: [AssayKind] { [.mutations] }

  static func recognizes(_ header: InputHeader) -> Bool { header.has("uploaded_variation", "consequence", "extra") }

  init(_ header: InputHeader) {
    self.header = header
    variant = header.column("uploaded_variation")
    gene = header.column("gene")
    consequence = header.column("consequence")
    extra = header.column("extra")
    positions = header.column("protein_position")
    residues = header.column("amino_acids")
  }

  private struct Row {
    let line: Int
    let rank: Int
    let cells: [Range<Int>]
    let extra: [String: String]
  }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout ReadRows) {
    var fields = RowFields(separator: header.separator)
    var best: [String: Row] = [:]
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
      let tags = Self.tags(fields.string(extra, text))
      let key = fields.string(variant, text) + "\t" + (tags["SYMBOL"] ?? fields.string(gene, text))
      let row = Row(
        line: walker.lineNumber, rank: Self.rank(tags), cells: (0..<fields.count).map { fields.cell($0, text) },
        extra: tags)
      if let known = best[key] {
        content.filter(batch, "another transcript of the same mutation")
        if row.rank > known.rank { best[key] = row }
      } else {
        order.append(key)
        best[key] = row
      }
    }
    for key in order {
      if let row = best[key] { keep(row, text, batch, &content) }
    }
  }

  private func keep(_ row: Row, _ text: Span<UInt8>, _ batch: Int, _ content: inout ReadRows) {
    func cell(_ column: Int?) -> Range<Int> { column.map { $0 < row.cells.count ? row.cells[$0] : 0..<0 } ?? 0..<0 }
    let reading = Consequences.builtIn.read(cell(consequence), in: text)
    let symbol = Array((row.extra["SYMBOL"] ?? "").utf8)
    let coding = Array((row.extra["HGVSc"] ?? "").utf8)
    let protein =
      row.extra["HGVSp"]
      ?? change(ByteText.string(text.extracting(cell(residues))), ByteText.string(text.extracting(cell(positions))))
    guard reading.consequence.isLookedAt(gene: symbol.span, coding: coding.span, statesProtein: !protein.isEmpty) else {
      return content.filter(batch, "non-coding class")
    }
    let identifier = GeneIdentifier(text.extracting(cell(gene)), bare: .entrez) ?? GeneIdentifier()
    guard !symbol.isEmpty || identifier.isSet else {
      return content.reject(
        batch, .empty(gene, of: header, line: row.line, remedy: "the row names no gene; run VEP with --symbol"))
    }
    var mutation = RawMutation()
    mutation.gene = content.batches[batch].keep(symbol.span)
    mutation.geneID = identifier
    mutation.proteinChange = content.batches[batch].keep(protein.replacing("%3D", with: "="))
    mutation.codingChange = content.batches[batch].keep(coding.span)
    content.batches[batch].keep(reading, of: &mutation, text)
    if let stated = row.extra["CLIN_SIG"] {
      mutation.statements = StatedPathogenicity(Array(stated.utf8).span, column: "clinsig")
    }
    content.batches[batch].counts.read += 1
    content.batches[batch].add(.mutation(mutation), line: row.line)
  }

  /// `V/E` at `600` as a change, where VEP was run without HGVS.
  private func change(_ residues: String, _ place: String) -> String {
    let pair = residues.split(separator: "/")
    guard pair.count == 2, pair[0].count == 1, pair[1].count == 1, let number = Int(place.prefix { $0.isNumber }),
      pair[0] != "-", pair[1] != "-"
    else { return "" }
    return "p.\(pair[0])\(number)\(pair[1])"
  }

  private static func tags(_ cell: String) -> [String: String] {
    var tags: [String: String] = [:]
    for item in cell.split(separator: ";") {
      let parts = item.split(separator: "=", maxSplits: 1)
      if parts.count == 2 { tags[String(parts[0])] = String(parts[1]) }
    }
    return tags
  }

  private static func rank(_ tags: [String: String]) -> Int {
    (tags["MANE_SELECT"] != nil ? 4 : 0) + (tags["PICK"] == "1" ? 2 : 0) + (tags["CANONICAL"] == "YES" ? 1 : 0)
  }
}
