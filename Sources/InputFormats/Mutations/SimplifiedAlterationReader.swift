// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// Reads MOAlmanac's simplified input and its tables of cell lines: one alteration of any kind a row.
struct SimplifiedAlterationReader: RecordReader {
  private let columns: InputHeader
  private let kind, feature, type, change, sample: Int?

  var formatName: String { "alterations (MOAlmanac)" }
  var mayHoldSamples: Bool { true }
  var assays: [AssayKind] { [.mutations, .copyNumber, .fusions] }

  static func recognizes(_ header: InputHeader) -> Bool { header.has("feature", "alteration_type", "alteration") }

  init(_ header: InputHeader) {
    columns = header
    kind = header.column("feature_type")
    feature = header.column("feature")
    type = header.column("alteration_type")
    change = header.column("alteration")
    sample = header.sampleColumn
  }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout ReadRows) {
    var fields = RowFields(separator: columns.separator)
    while let line = walker.next(in: text) {
      if RowFields.isBlank(line, text) { continue }
      fields.split(line, text)
      content.rowsRead += 1
      let sampleCell = fields.cell(sample, text)
      let batch = content.batchNumber(of: text.extracting(sampleCell))
      content.batches[batch].counts.read += 1
      let missing = fields.cell(feature, text).isEmpty ? feature : sample != nil && sampleCell.isEmpty ? sample : nil
      if let missing {
        content.batches[batch].counts.rejected += 1
        content.rejected.append(
          InputError(
            path: columns.path, line: walker.lineNumber, column: columns.name(missing),
            problem: "is empty (the row needs it)"))
        continue
      }
      switch statement(fields, &content.batches[batch], text) {
      case .filtered(let reason):
        content.setAside(batch, reason, line: walker.lineNumber)
      case .kept(let statement): content.batches[batch].add(statement, line: walker.lineNumber)
      }
    }
  }

  /// What becomes of a row.
  private enum Outcome {
    case kept(RawRecord.Statement)
    /// The row is not looked at, for a stated reason.
    case filtered(String)
  }

  private func statement(_ fields: RowFields, _ batch: inout RecordBatch, _ text: Span<UInt8>) -> Outcome {
    let gene = fields.string(feature, text)
    let type = fields.string(type, text)
    let change = fields.string(change, text)
    func keep(_ value: String) -> TextSlice { batch.keep(Array(value.utf8).span) }
    switch kindWord(fields, type, change, text) {
    case "somatic variant", "germline variant":
      let reading = Consequences.builtIn.read(fields.cell(self.type, text), in: text)
      let isLookedAt = reading.consequence.isLookedAt(
        gene: text.extracting(fields.cell(feature, text)), coding: text.extracting(0..<0),
        statesProtein: !change.isEmpty)
      guard isLookedAt else { return .filtered("non-coding class") }
      var mutation = RawMutation()
      mutation.gene = keep(gene)
      mutation.proteinChange = keep(change)
      batch.keep(reading, of: &mutation, text)
      if let word = fields.string(kind, text).split(separator: " ").first { mutation.status = keep(String(word)) }
      return .kept(.mutation(mutation))
    case "copy number":
      var copyNumber = RawCopyNumber()
      copyNumber.gene = keep(gene)
      copyNumber.amount = keep(type)
      return .kept(.copyNumber(copyNumber))
    case "rearrangement":
      let partners = FusionName.partners(change, of: gene)
      var fusion = RawFusion()
      fusion.first = keep(partners.first)
      fusion.second = keep(partners.second)
      fusion.name = keep(change.isEmpty ? type : change)
      return .kept(.fusion(fusion))
    case "microsatellite stability": return .kept(.biomarker(batch.biomarker("MSI", gene)))
    case "mutational burden":
      return .kept(.biomarker(batch.biomarker("TMB", change.isEmpty ? (type.isEmpty ? gene : type) : change)))
    default: return .filtered("feature type without rules")
    }
  }

  /// The kind of alteration; a table without the column tells it by its words.
  private func kindWord(_ fields: RowFields, _ type: String, _ change: String, _ text: Span<UInt8>) -> String {
    if kind != nil { return fields.string(kind, text).lowercased() }
    switch type.lowercased() {
    case "amplification": return "copy number"
    case "deletion" where change.isEmpty: return "copy number"
    case "fusion", "translocation", "rearrangement": return "rearrangement"
    default: return "somatic variant"
    }
  }
}
