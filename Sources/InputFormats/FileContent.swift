// SPDX-License-Identifier: Apache-2.0
package import Alterations
package import DelimitedText

/// What one input file is and states.
package struct FileContent: Sendable {
  /// The path as it is printed.
  package let path: String
  /// The name of the format and its dialect: `MAF (vcf2maf)`; `unknown` for other files.
  package let format: String
  /// What the file is.
  package var kind: InputContent
  /// Rows that cannot be read, in file order.
  package var rejected: [InputError] = []
  /// Remarks about the file as a whole, for `check`.
  package var remarks: [String] = []
  /// Rows of data seen, all samples together.
  package var rowsRead = 0
  /// Why what was read cannot be used, so that its samples fail; `nil` when it can.
  package var fault: InputError?
  /// How its lines lie; `nil` where they are no rows of a table.
  package var layout: TableLayout?
  /// The names of its columns, where one of them names the row's sample; else none.
  package var columnNames: Set<String> = []

  /// A file of a known kind.
  package init(path: String, format: String, _ kind: InputContent) {
    self.path = path
    self.format = format
    self.kind = kind
  }

  /// A file of no known kind, with the reason.
  package init(path: String, unknown reason: String) {
    self.init(path: path, format: "unknown", .unknown(reason))
  }

  /// Whether an identifier is the name of a column: the file holds a second header, with other columns than the first.
  package func isOfSecondHeader(_ sampleID: String) -> Bool { columnNames.contains(sampleID) }

  /// Whether all rows were rejected, and none was of a sample that it names.
  var lacksIdentifiers: Bool {
    guard case .alterations(let rows) = kind else { return false }
    let unnamed = rows.batches.filter(\.sampleID.isEmpty)
    return unnamed.count == rows.batches.count
      && unnamed.contains { $0.counts.rejected > 0 }
      && unnamed.allSatisfy { $0.records.isEmpty && $0.counts.rejected == $0.counts.read }
  }

  /// What is wrong with a file that holds a second header with other columns; `nil` where it holds none.
  var secondHeader: InputError? {
    guard case .alterations(let rows) = kind,
      let batch = rows.batches.first(where: { isOfSecondHeader($0.sampleID) })
    else { return nil }
    return InputError(
      path: path, line: batch.records.first.map { Int($0.line) }, column: "", value: batch.sampleID,
      problem: "is the name of a column where a sample's identifier is expected: a second header, with other columns "
        + "than the first (were two files put behind one another? give each of them apart)")
  }

  /// A file that cannot be read.
  package init(path: String, failed error: InputError) { self.init(path: path, format: "unknown", .failed(error)) }
}

/// What an input file is.
package enum InputContent: Sendable {
  /// Alterations and measurements by sample.
  case alterations(SampleRows)
  /// What a lab says of its samples.
  case sampleSheet(SampleSheet)
  /// The genes of an assay.
  case genePanel(GenePanel)
  /// Which samples were tested with which panels.
  case samplePanels(SamplePanels)
  /// A file of a known kind that gives no calls; it is named and left alone, other files of its samples are read.
  case refused(Refusal)
  /// A file of no known kind, with the reason; it is left alone.
  case unknown(String)
  /// A file that cannot be read; its samples fail.
  case failed(InputError)

  /// Identifiers that its rows are under, each once; empty where a row states none.
  package var sampleIDs: [String] {
    switch self {
    case .alterations(let rows): rows.batches.map(\.sampleID)
    case .refused(let refusal): refusal.sampleID.isEmpty ? [] : [refusal.sampleID]
    case .sampleSheet, .genePanel, .samplePanels, .unknown, .failed: []
    }
  }

  /// The sample sheet, if it is one.
  package var sheet: SampleSheet? {
    if case .sampleSheet(let sheet) = self { return sheet }
    return nil
  }
}

/// Alterations and measurements by sample.
package struct SampleRows: Sendable {
  /// Samples in order of first appearance.
  package var batches: [RecordBatch] = []
  /// Which kinds of alteration the file can report even where it reports none.
  package var assays: [AssayKind] = []
  /// Rows not looked at, by reason.
  package var filtered = ReasonCounts()
  /// Whether other samples were taken out while it was read.
  package var isRest = false
  /// Whether the file speaks of one sample at most.
  package var isOfOneSample: Bool { !isRest && batches.count <= 1 }

  /// Rows of no sample yet.
  package init(batches: [RecordBatch] = [], assays: [AssayKind] = [], filtered: ReasonCounts = ReasonCounts()) {
    (self.batches, self.assays, self.filtered) = (batches, assays, filtered)
  }
}

/// The genes of an assay.
package struct GenePanel: Sendable {
  /// What samples call it.
  package let name: String
  /// Gene names as written.
  package let genes: [String]
}

/// Which samples were tested with which panels.
package struct SamplePanels: Sendable {
  /// Names of panels by sample.
  package var panels: [String: Set<String>] = [:]
  /// Kinds of alteration looked for, by sample.
  package var tests: [String: Set<AssayKind>] = [:]
}

/// Why a file of a known kind gives no calls.
package struct Refusal: Sendable {
  /// The reason, with what to do instead.
  package let reason: String
  /// Whether it is a table of many samples, so that none of them is its own.
  package var isCohort = false
  /// The only sample of the file, where it names one; else empty.
  package var sampleID = ""
  /// Which kinds of alteration its samples miss without it.
  package var assays: [AssayKind] = []
}
