// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Files that hold what the program is expected to write, to be read in review.
///
/// With `RECORD_GOLDEN=1` in the environment they are written anew in place of compared, and the test fails, so that
/// nobody takes such a run for a passed one.
enum Golden {
  private static let isRecording = ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1"

  /// Expects that a text is what a file holds, and says where they part.
  static func expect(
    _ text: String, in file: URL, _ remark: String = "", at location: Testing.SourceLocation = #_sourceLocation
  ) throws {
    if isRecording {
      try Data(text.utf8).write(to: file)
      Issue.record("recorded \(file.lastPathComponent): look at it and commit it", sourceLocation: location)
      return
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    guard text != expected else { return }
    let (new, old) = (lines(text), lines(expected))
    let place = zip(new, old).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(new.count, old.count)
    let name = file.lastPathComponent + (remark.isEmpty ? "" : ", " + remark)
    Issue.record(
      """
      \(name), line \(place + 1) of \(old.count) (\(new.count) now):
      expected: \(old.indices.contains(place) ? old[place] : "the end")
      written:  \(new.indices.contains(place) ? new[place] : "the end")
      """, sourceLocation: location)
  }

  private static func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// A table with a column's cells left empty, and what stood in them.
  static func without(_ column: String, in table: String) -> (table: String, cells: Set<String>) {
    var cells: Set<String> = []
    var place: Int?
    let rows = table.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var row = line.split(separator: "\t", omittingEmptySubsequences: false)
      if let place, row.indices.contains(place) {
        cells.insert(String(row[place]))
        row[place] = ""
      } else if place == nil {
        place = row.firstIndex(of: Substring(column))
      }
      return row.joined(separator: "\t")
    }
    return (rows.joined(separator: "\n"), cells)
  }
}
