// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// The builds of the genome that the rows of a file name.
struct StatedBuilds: Sendable {
  /// The last cell, which mostly is the next one too.
  private var last: [UInt8] = []
  /// The first line of each build, counted from 1.
  private var lines: [GenomeBuild: Int] = [:]

  /// Notes what a row says of its build.
  @inline(__always)
  mutating func note(_ cell: Span<UInt8>, line: Int) {
    if cell.isEmpty || isLast(cell) { return }
    take(cell, line)
  }

  @inline(__always)
  private func isLast(_ cell: Span<UInt8>) -> Bool {
    guard cell.count == last.count else { return false }
    for index in cell.indices where cell[index] != last[index] { return false }
    return true
  }

  private mutating func take(_ cell: Span<UInt8>, _ line: Int) {
    last = []
    for index in cell.indices { last.append(cell[index]) }
    if let build = GenomeBuild(ByteText.string(cell)), lines[build] == nil { lines[build] = line }
  }

  /// Takes up what other rows of the file name.
  mutating func append(_ other: StatedBuilds) { lines.merge(other.lines, uniquingKeysWith: min) }

  /// Why the file cannot be used: its positions are counted in two ways; `nil` where one build is named or none.
  func fault(in path: String) -> InputError? {
    guard lines.count > 1 else { return nil }
    let named = lines.sorted { $0.value < $1.value }.map { "\($0.key.name) in line \($0.value)" }
    return InputError(
      path: path, line: lines.values.max(), column: "genome build",
      problem: "names two builds of the genome in one file, \(named.joined(separator: " and ")) "
        + "(give a file for each, or bring all rows to one build)")
  }
}
