// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import Reports
internal import SystemIO

/// The rows of a run's tables while its samples are finished: written in the order of the samples as far as they come in
/// it.
///
/// Samples come nearly in order, since files are read in order; a few wait here until those before them are done. When
/// all came in order the files are the tables already; otherwise their parts are put in order from here. Of a sample
/// whose rows are written stays how many bytes they are.
final class SampleTables: Sendable {
  /// Rows not yet in the files.
  private struct Waiting {
    let id: String
    let number: Int
    let rows: [[UInt8]]
  }

  private struct State {
    let files: [GrowingFile]
    /// By the identifiers of their samples.
    var waiting: [Waiting] = []
    var waitingBytes = 0
    /// Samples that workers are at.
    var inHand: [String] = []
    var lastID: String?
    var isSorted = true
    /// Places in the order of writing, by the number of the sample; -1 while its rows wait.
    var places: [Int32] = []
    /// Sizes of rows in the order of writing, those of all tables of a sample after each other.
    var sizes: [UInt32] = []
    /// Where the rows of every ``stride``-th sample begin, in all tables.
    var begins: [Int] = []
    /// What was read last of each table, and where it begins.
    var windows: [(begin: Int, bytes: [UInt8])]
  }

  /// The tables.
  let tables: [OutputTable]
  private let state: Locked<State>

  private static let suffix = ".rows.part"
  private static let stride = 64
  private static let longestWait = 64
  private static let largestWait = 2 << 20
  /// Rows that wait for a sample that a worker is at, in bytes; more are written out of order.
  private static let largestGap = 16 << 20
  private static let windowSize = 256 << 10

  init(_ tables: [OutputTable], in output: String) throws(SystemError) {
    self.tables = tables
    var files: [GrowingFile] = []
    for table in tables {
      let file = try GrowingFile(output + "/" + table.fileName, suffix: Self.suffix)
      try file.append { (bytes) throws(SystemError) in bytes += table.header.line }
      files.append(file)
    }
    let windows = [(begin: Int, bytes: [UInt8])](repeating: (0, []), count: files.count)
    state = Locked(State(files: files, windows: windows))
  }

  /// Notes that a worker is at a sample: rows of those behind it wait.
  func begin(_ id: String) { state.withLock { $0.inHand.append(id) } }

  /// Notes that a worker left a sample alone: nothing waits for it.
  func leave(_ id: String) { state.withLock { Self.leave(id, &$0) } }

  private static func leave(_ id: String, _ state: inout State) {
    guard let place = state.inHand.firstIndex(of: id) else { return }
    state.inHand.swapAt(place, state.inHand.count - 1)
    state.inHand.removeLast()
  }

  /// Takes the rows of a finished sample, one array a table.
  ///
  /// - Returns: The number under which they are found.
  func add(_ id: String, _ rows: [[UInt8]]) throws(SystemError) -> Int {
    let (number, failure) = state.withLock { state -> (Int, SystemError?) in
      Self.leave(id, &state)
      let number = state.places.count
      state.places.append(-1)
      state.waiting.insert(Waiting(id: id, number: number, rows: rows), at: Self.place(of: id, in: state))
      for own in rows { state.waitingBytes += own.count }
      guard state.waiting.count > Self.longestWait || state.waitingBytes > Self.largestWait else {
        return (number, nil)
      }
      var count = state.waiting.count / 2 + 1
      if state.waitingBytes < Self.largestGap {
        for id in state.inHand { count = min(count, Self.place(of: id, in: state)) }
      }
      return (number, Self.write(count, &state))
    }
    if let failure { throw failure }
    return number
  }

  /// Where a sample stands among those that wait, behind one of its name.
  private static func place(of id: String, in state: State) -> Int {
    state.waiting.lowerBound(isBefore: { !id.isBefore($0.id) })
  }

  private static func write(_ count: Int, _ state: inout State) -> SystemError? {
    do throws(SystemError) {
      for item in state.waiting.prefix(count) {
        if let last = state.lastID, !last.isBefore(item.id) { state.isSorted = false }
        state.lastID = item.id
        let place = state.sizes.count / state.files.count
        state.places[item.number] = Int32(place)
        if place % stride == 0 { for file in state.files { state.begins.append(file.end) } }
        for (file, rows) in zip(state.files, item.rows) {
          state.waitingBytes -= rows.count
          state.sizes.append(UInt32(rows.count))
          try file.append { (bytes) throws(SystemError) in bytes += rows }
        }
      }
      state.waiting.removeFirst(count)
      return nil
    } catch {
      return error
    }
  }

  /// Some of the samples are none of the cohort: what was written of them is no part of the tables.
  func forgetSome() { state.withLock { $0.isSorted = false } }

  /// Lets what still waits go to the files; no rows follow.
  func close() throws(SystemError) {
    if let failure = state.withLock({ Self.write($0.waiting.count, &$0) }) { throw failure }
  }

  /// Whether all samples came in order.
  var isSorted: Bool { state.withLock { $0.isSorted } }

  /// Appends the rows of a finished sample, once all rows are here.
  func rows(_ table: OutputTable, of number: Int, into bytes: inout [UInt8]) throws(SystemError) {
    guard let index = tables.firstIndex(of: table) else { return }
    var found: [UInt8] = []
    swap(&found, &bytes)
    let failure = state.withLock { state -> SystemError? in
      do throws(SystemError) { try Self.read(index, number, &state, into: &found) } catch { return error }
      return nil
    }
    swap(&found, &bytes)
    if let failure { throw failure }
  }

  private static func read(
    _ index: Int, _ number: Int, _ state: inout State, into bytes: inout [UInt8]
  ) throws(SystemError) {
    let place = Int(state.places[number])
    let count = state.files.count
    let first = place / stride * stride
    var begin = state.begins[place / stride * count + index]
    for before in first..<place { begin += Int(state.sizes[before * count + index]) }
    let size = Int(state.sizes[place * count + index])
    guard state.isSorted else { return try state.files[index].read(begin, size, into: &bytes) }
    // Read from end to end, in larger pieces.
    let known = state.windows[index].begin..<state.windows[index].begin + state.windows[index].bytes.count
    if begin < known.lowerBound || begin + size > known.upperBound {
      state.windows[index].begin = begin
      state.windows[index].bytes.removeAll(keepingCapacity: true)
      let file = state.files[index]
      let end = begin < file.size ? file.size : file.end
      let wanted = max(size, min(windowSize, end - begin))
      try file.read(begin, wanted, into: &state.windows[index].bytes)
    }
    let start = begin - state.windows[index].begin
    bytes += state.windows[index].bytes[start..<start + size]
  }

  /// One of the tables as a file.
  private struct File: TableFile {
    let tables: SampleTables
    let index: Int

    func finish() throws(SystemError) -> String {
      let (digest, failure) = tables.state.withLock { state -> (String, SystemError?) in
        do throws(SystemError) { return (try state.files[index].finish(), nil) } catch { return ("", error) }
      }
      if let failure { throw failure }
      return digest
    }

    func moveIntoPlace() throws(SystemError) {
      let failure = tables.state.withLock { state -> SystemError? in
        do throws(SystemError) { try state.files[index].moveIntoPlace() } catch { return error }
        return nil
      }
      if let failure { throw failure }
    }
  }

  /// The file of a table whose rows are all in order.
  func file(of table: OutputTable) -> (any TableFile)? {
    tables.firstIndex(of: table).map { File(tables: self, index: $0) }
  }
}
