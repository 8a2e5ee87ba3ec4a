// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import Reports
internal import SystemIO

/// A table on its way to its place.
protocol TableFile {
  /// Writes what is left; the file is not in its place yet.
  ///
  /// - Returns: The digest of all bytes.
  func finish() throws(SystemError) -> String
  /// Puts the file in its place.
  func moveIntoPlace() throws(SystemError)
}

extension GrowingFile: TableFile {}

/// The rows of one table while its samples are finished: written in the order of the samples as far as they come in it.
///
/// Samples come nearly in order, since files are read in order; a few wait here until those before them are done. When
/// all came in order the file is the table already; otherwise its parts are put in order from here.
final class SampleOrderedTable: TableFile, Sendable {
  private struct State {
    let file: GrowingFile
    /// Rows not yet in the file, in the order of their samples.
    var waiting: [(id: String, rows: [UInt8])] = []
    var waitingBytes = 0
    var lastID: String?
    var isSorted = true
    var places: [String: (offset: Int, count: Int)] = [:]
  }

  /// The table.
  let table: OutputTable
  private let state: Locked<State>

  private static let longestWait = 64
  private static let largestWait = 2 << 20

  init(_ table: OutputTable, in output: String) throws(SystemError) {
    self.table = table
    let file = try GrowingFile(output + "/" + table.fileName, suffix: Self.suffix)
    try file.append { (bytes) throws(SystemError) in bytes += table.header.line }
    state = Locked(State(file: file))
  }

  private static let suffix = ".rows.part"

  /// Takes the rows of a finished sample.
  func add(_ id: String, _ rows: [UInt8]) throws(SystemError) {
    let failure = state.withLock { state -> SystemError? in
      var place = state.waiting.count
      while place > 0, id.utf8.lexicographicallyPrecedes(state.waiting[place - 1].id.utf8) { place -= 1 }
      state.waiting.insert((id, rows), at: place)
      state.waitingBytes += rows.count
      guard state.waiting.count > Self.longestWait || state.waitingBytes > Self.largestWait else { return nil }
      return Self.write(state.waiting.count / 2 + 1, &state)
    }
    if let failure { throw failure }
  }

  /// Lets what still waits go to the file; no rows follow.
  func close() throws(SystemError) {
    if let failure = state.withLock({ Self.write($0.waiting.count, &$0) }) { throw failure }
  }

  func finish() throws(SystemError) -> String {
    let (digest, failure) = state.withLock { state -> (String, SystemError?) in
      do throws(SystemError) { return (try state.file.finish(), nil) } catch { return ("", error) }
    }
    if let failure { throw failure }
    return digest
  }

  func moveIntoPlace() throws(SystemError) {
    let failure = state.withLock { state -> SystemError? in
      do throws(SystemError) { try state.file.moveIntoPlace() } catch { return error }
      return nil
    }
    if let failure { throw failure }
  }

  private static func write(_ count: Int, _ state: inout State) -> SystemError? {
    do throws(SystemError) {
      for item in state.waiting.prefix(count) {
        if let last = state.lastID, !last.utf8.lexicographicallyPrecedes(item.id.utf8) { state.isSorted = false }
        state.lastID = item.id
        state.waitingBytes -= item.rows.count
        state.places[item.id] = (state.file.end, item.rows.count)
        try state.file.append { (bytes) throws(SystemError) in bytes += item.rows }
      }
      state.waiting.removeFirst(count)
      return nil
    } catch {
      return error
    }
  }

  /// Whether all samples came in order.
  var isSorted: Bool { state.withLock { $0.isSorted } }

  /// Appends the rows of a finished sample.
  func rows(of id: String, into bytes: inout [UInt8]) throws(SystemError) {
    let (rows, failure) = state.withLock { state -> ([UInt8], SystemError?) in
      var rows: [UInt8] = []
      do throws(SystemError) {
        if let place = state.places[id] { try state.file.read(place.offset, place.count, into: &rows) }
      } catch {
        return ([], error)
      }
      return (rows, nil)
    }
    if let failure { throw failure }
    bytes += rows
  }
}
