// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// Reads ICGC `simple_somatic_mutation`: one row for each transcript that a mutation touches.
///
/// Of the rows of one mutation in one gene the first in coding sequence is taken. The open files name genes by Ensembl
/// identifier alone.
struct ICGCReader: RecordReader {
  private let columns: InputHeader
  private let mutation, sample, gene, consequence, protein, coding, depth, altCount, position: Int?
  private let place: PlaceColumns

  var formatName: String { "ICGC simple somatic mutations" }
  var assays: [AssayKind] { [.mutations] }

  static func recognizes(_ header: InputHeader) -> Bool {
    header.has("icgc_mutation_id", "consequence_type", "gene_affected", "aa_mutation")
  }

  init(_ header: InputHeader) {
    columns = header
    mutation = header.column("icgc_mutation_id")
    sample = header.column("icgc_sample_id", "submitted_sample_id", "icgc_donor_id")
    gene = header.column("gene_symbol", "gene_affected")
    consequence = header.column("consequence_type")
    protein = header.column("aa_mutation")
    coding = header.column("cds_mutation")
    depth = header.column("total_read_count")
    altCount = header.column("mutant_allele_read_count")
    position = header.column("chromosome_start")
    place = PlaceColumns(header)
  }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout ReadRows) {
    var fields = RowFields(separator: columns.separator)
    var seen: Set<[UInt8]> = []
    while let line = walker.next(in: text) {
      if RowFields.isBlank(line, text) { continue }
      fields.split(line, text)
      content.rowsRead += 1
      let sampleCell = fields.cell(sample, text)
      let batch = content.batchNumber(of: text.extracting(sampleCell))
      content.noteBuild(fields, place.build, text, line: walker.lineNumber)
      content.batches[batch].counts.read += 1
      if sampleCell.isEmpty {
        content.batches[batch].counts.rejected += 1
        content.rejected.append(
          InputError(
            path: columns.path, line: walker.lineNumber, column: columns.name(sample),
            problem: "is empty (the row belongs to no sample)"))
        continue
      }
      let reading = Consequences.builtIn.read(fields.cell(consequence, text), in: text)
      if let reason = reasonToFilter(fields, reading.consequence, sampleCell, &seen, text) {
        content.setAside(batch, reason, line: walker.lineNumber)
        continue
      }
      let name = text.extracting(fields.cell(gene, text))
      var mutation = RawMutation()
      mutation.gene = content.batches[batch].keep(name)
      mutation.proteinChange = content.batches[batch].keep(text.extracting(fields.cell(protein, text)))
      mutation.codingChange = content.batches[batch].keep(text.extracting(fields.cell(coding, text)))
      content.batches[batch].keep(reading, of: &mutation, text)
      mutation.place = place.keep(
        fields, gene: fields.cell(gene, text), statesProtein: !mutation.proteinChange.isEmpty, &content.batches[batch],
        text)
      if reading.consequence.use == .promoter, let place = ByteText.count(text.extracting(fields.cell(position, text)))
      {
        mutation.position = Int32(clamping: place)
      }
      mutation.status = content.batches[batch].keep(Array("somatic".utf8).span)
      if let alt = ByteText.count(text.extracting(fields.cell(altCount, text))) {
        mutation.altCount = Int32(clamping: alt)
      }
      if let all = ByteText.count(text.extracting(fields.cell(depth, text))) { mutation.depth = Int32(clamping: all) }
      for (column, isRead) in [(altCount, mutation.altCount >= 0), (depth, mutation.depth >= 0)] where !isRead {
        let cell = fields.cell(column, text)
        if !cell.isEmpty {
          content.noteUnread(
            text.extracting(cell), column: columns.name(column), line: walker.lineNumber, path: columns.path)
        }
      }
      if mutation.altCount >= 0, mutation.depth > 0 {
        mutation.alleleFraction = min(1, Float(mutation.altCount) / Float(mutation.depth))
      }
      content.batches[batch].add(.mutation(mutation), line: walker.lineNumber)
    }
  }

  private func reasonToFilter(
    _ fields: RowFields, _ stated: Consequence, _ sampleCell: Range<Int>, _ seen: inout Set<[UInt8]>,
    _ text: Span<UInt8>
  ) -> String? {
    let geneCell = fields.cell(gene, text)
    let isLookedAt = stated.isLookedAt(
      gene: text.extracting(geneCell), coding: text.extracting(fields.cell(coding, text)),
      statesProtein: !fields.cell(protein, text).isEmpty)
    if geneCell.isEmpty || !isLookedAt { return "non-coding class" }
    var key: [UInt8] = []
    for cell in [sampleCell, fields.cell(mutation, text), geneCell] {
      for index in cell { key.append(text[index]) }
      key.append(0x09)
    }
    return seen.insert(key).inserted ? nil : "another transcript of the same mutation"
  }
}
