// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// Tables that this program wrote, whatever they are called now: what they say was said of other inputs, so that they are
/// named and left alone.
struct OwnTables: InputReader {
  /// How the header of each begins.
  private static let beginnings = [
    ["sample_id", "patient_id", "tumor_type", "rank", "therapy", "group"],
    ["sample_id", "tumor_type", "gene", "alteration", "alteration_as_written", "therapy"],
    ["sample_id", "gene", "kind", "alteration", "alteration_as_written", "class"],
    ["sample_id", "patient_id", "tumor_type", "tumor_type_source", "status", "highest_tier"],
    ["sample_id", "tumor_type", "kind", "gene", "alteration", "alteration_as_written"],
    ["sample_id", "therapy", "direction", "change", "before", "after"],
    ["sample_id", "gene", "alteration", "rule_id", "therapy", "direction"],
    ["sample_id", "trial_id", "title", "arm", "phase", "status"],
    ["agent", "sample_id", "tumor_type", "tier", "direction", "verdict"],
    ["patient_id", "subject", "gene", "alteration", "therapy", "from"],
    ["file", "line", "column", "value", "problem"],
  ]

  let formatName = "table of oncomatch"
  var rowKind: TableLayout.RowKind? { nil }

  static func recognizes(_ header: InputHeader) -> Bool { beginnings.contains { header.cells.starts(with: $0) } }

  init(_ header: InputHeader) {}

  func readAll(_ text: Span<UInt8>, walker: inout LineWalker, path: String) -> FileContent {
    let reason = "is a table that oncomatch wrote (give the files that it was made from)"
    return FileContent(path: path, format: formatName, .refused(Refusal(reason: reason, isCohort: true)))
  }
}
