// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText
internal import JSONText

/// Reads results in JSON: lists of cBioPortal's API, Nirvana's annotated variants, Hartwig's ORANGE, DRAGEN's
/// microsatellites.
///
/// Layouts: https://www.cbioportal.org/api/swagger-ui (mutations, discrete copy number, structural variants, clinical data);
/// Nirvana: Illumina/NirvanaDocumentation, docs/file-formats/nirvana-json-file-format.mdx; ORANGE: hartwigmedical/hmftools,
/// orange-datamodel, its test resources; DRAGEN: `microsat_output.json` as read by umccr/dracarys.
struct JSONResultReader: RecordReader {
  let path: String

  var formatName: String { "JSON result" }
  var assays: [AssayKind] { [.mutations] }
  var rowKind: TableLayout.RowKind? { nil }
  var headerIsData: Bool { true }

  static func recognizes(_ header: InputHeader) -> Bool {
    header.cells.first.map { cell in
      cell.hasPrefix("{") || cell == "[" || cell.hasPrefix("[{") || cell.hasPrefix("[ {") || cell == "[]"
    } ?? false
  }

  init(_ header: InputHeader) { path = header.path }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout ReadRows) {
    _ = readValue(text, walker: &walker, into: &content)
  }

  func readAll(_ text: Span<UInt8>, walker: inout LineWalker, path: String) -> FileContent {
    var rows = ReadRows()
    // What is no result at all, such as a tool's report of quality, is left alone.
    guard let assays = readValue(text, walker: &walker, into: &rows) else {
      return FileContent(
        path: path,
        unknown:
          "is JSON of no known layout (known are lists of cBioPortal's API, Nirvana, ORANGE and DRAGEN's microsatellites; else give a table)"
      )
    }
    return rows.content(path: path, format: formatName, assays: assays)
  }

  /// Reads the value; says what kinds of alteration such a result reports, `nil` for one of no known layout.
  private func readValue(
    _ text: Span<UInt8>, walker: inout LineWalker, into content: inout ReadRows
  ) -> [AssayKind]? {
    let rest = text.extracting(walker.offset..<text.count)
    while walker.next(in: text) != nil {}
    let value: JSONValue
    do throws(JSONValue.Fault) {
      value = try JSONValue(rest)
    } catch {
      content.refuse(Refusal(reason: "is JSON that is damaged at byte \(error.offset) (fetch it again)"))
      return assays
    }
    let list = value.elements
    if let first = list.first, first["sampleId"] != nil {
      var seen: [AssayKind] = []
      for (place, item) in list.enumerated() {
        let assay = portal(item, place + 1, &content)
        if !seen.contains(assay) { seen.append(assay) }
      }
      return seen
    }
    if value["positions"] != nil, let head = value["header"] {
      nirvana(value, head, &content)
      return [.mutations]
    }
    if value["purple"] != nil {
      orange(value, &content)
      return [.mutations, .copyNumber, .fusions, .biomarkers]
    }
    if value["PercentageUnstableSites"] != nil {
      microsatellites(value, &content)
      return [.biomarkers]
    }
    return nil
  }

  /// DRAGEN's share of unstable sites; some versions write numbers as text.
  private func microsatellites(_ value: JSONValue, _ content: inout ReadRows) {
    let batch = content.batchNumber(of: "")
    content.rowsRead += 1
    let isValid = value["ResultIsValid"]?.flag ?? (value["ResultIsValid"]?.text?.lowercased() != "false")
    let share = value["PercentageUnstableSites"]
    let written = share?.text ?? share?.number.map { String($0) } ?? ""
    guard isValid, WrittenNumber(written).value != nil else {
      let why = value["ResultMessage"]?.text ?? ""
      return content.reject(
        batch,
        InputError(
          path: path, line: 1, column: isValid ? "PercentageUnstableSites" : "ResultIsValid",
          value: isValid ? written : "false",
          problem: "tells no result for microsatellites" + (why.isEmpty ? "" : " (\(why))")))
    }
    biomarker("MSI score", written, "", method: "DRAGEN", batch, &content)
  }

  // MARK: Rows

  func biomarker(
    _ name: String, _ value: String, _ unit: String, method: String = "", _ batch: Int, _ content: inout ReadRows
  ) {
    content.rowsRead += 1
    content.batches[batch].counts.read += 1
    content.batches[batch].keepBiomarker(name, value, scale: unit, method: method, line: 1)
  }

  func add(_ statement: RawRecord.Statement, _ place: Int, _ batch: Int, _ content: inout ReadRows) {
    content.batches[batch].counts.read += 1
    content.batches[batch].add(statement, line: place)
  }

  /// What an item states of a change.
  struct Mutation {
    var gene = ""
    var identifier = GeneIdentifier()
    var protein = ""
    var coding = ""
    /// Consequences, joined by `&`.
    var words = ""
    var status = ""
    var altCount: Int?
    var depth: Int?
    /// The fraction where no reads are counted.
    var fraction: Double?
    /// What curators say of it.
    var stated = ""
    var transcript = ""
    var chromosome = ""
    var position = ""
    var reference = ""
    var alternate = ""
    var build: GenomeBuild?
    /// What the change is in further transcripts.
    var others: [(transcript: String, coding: String, protein: String)] = []

    /// Where it lies, and what it is in other transcripts.
    var place: PlaceText {
      var place = PlaceText(
        transcript: Array(transcript.utf8).span, chromosome: Array(chromosome.utf8).span,
        position: Array(position.utf8).span, reference: Array(reference.utf8).span,
        alternate: Array(alternate.utf8).span, notation: [UInt8]().span, build: build)
      for other in others where !other.protein.isEmpty && !other.transcript.isEmpty {
        place.add(
          transcript: Array(other.transcript.utf8).span, codingChange: Array(other.coding.utf8).span,
          proteinChange: Array(other.protein.utf8).span)
      }
      return place
    }
  }

  func add(_ item: Mutation, _ place: Int, _ batch: Int, _ content: inout ReadRows) {
    let bytes = Array(item.words.utf8)
    let name = Array(item.gene.utf8)
    let reading = Consequences.builtIn.read(0..<bytes.count, in: bytes.span)
    let isLookedAt = reading.consequence.isLookedAt(
      gene: name.span, coding: Array(item.coding.utf8).span, statesProtein: !item.protein.isEmpty)
    guard isLookedAt else { return content.filter(batch, "non-coding class") }
    guard !item.gene.isEmpty || item.identifier.isSet else {
      return content.reject(
        batch, InputError(path: path, line: place, column: "gene", problem: "is empty (the item names no gene)"))
    }
    var mutation = RawMutation()
    mutation.gene = content.batches[batch].keep(item.gene)
    mutation.geneID = item.identifier
    mutation.proteinChange = content.batches[batch].keep(item.protein)
    mutation.codingChange = content.batches[batch].keep(item.coding)
    mutation.status = content.batches[batch].keep(item.status.lowercased())
    content.batches[batch].keep(reading, of: &mutation, bytes.span)
    if let alt = item.altCount, alt >= 0 { mutation.altCount = Int32(clamping: alt) }
    if let depth = item.depth, depth >= 0 { mutation.depth = Int32(clamping: depth) }
    if mutation.altCount >= 0, mutation.depth > 0 {
      mutation.alleleFraction = min(1, Float(mutation.altCount) / Float(mutation.depth))
    } else if let fraction = item.fraction, (0...1).contains(fraction) {
      mutation.alleleFraction = Float(fraction)
    }
    if !item.stated.isEmpty {
      mutation.statements = StatedPathogenicity(Array(item.stated.utf8).span, column: "clinsig")
    }
    if CodingGeneNames.keepPlace(of: name.span, statesProtein: !mutation.proteinChange.isEmpty), !item.position.isEmpty
    {
      mutation.place = content.batches[batch].keep(item.place)
    }
    add(reading.consequence.use == .fusion ? .fusion(RawFusion(mutation)) : .mutation(mutation), place, batch, &content)
  }
}
