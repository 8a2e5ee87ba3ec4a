// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import Dispatch
internal import Gzip
internal import InputFormats
internal import SystemIO

/// The read stage for a large file: one worker reads and unpacks it piece by piece, and whoever is free parses.
///
/// A few buffers go round: unpacked text with the 32 KiB before it that matches may reach into, cut at ends of lines.
/// Contents are joined in the order of the file. Memory is that of the buffers and of what rows state.
final class StreamedFile: Sendable {
  /// Text on its way from the unpacking worker to a parsing one; one of them holds it at a time.
  private final class Buffer: @unchecked Sendable {
    var bytes: [UInt8]
    init(_ size: Int) { bytes = [UInt8](repeating: 0, count: size) }

    /// Shows a part of the bytes.
    func show<Result, Failure: Error>(
      _ range: Range<Int>, _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
      let bytes = self.bytes
      return try body(bytes.span.extracting(range))
    }
  }

  /// What is shared between workers.
  private struct State {
    var spare: [Buffer] = []
    var made = 0
    /// Parts that were handed out and have not come back.
    var open = 0
    var finished: [Int: ReadRows] = [:]
    var next = 0
    var content: ReadRows?

    // Of files made of blocks, which are unpacked out of order and cut in order.
    /// Unpacked groups that wait for those before them.
    var unpacked: [Int: (buffer: Buffer, end: Int)] = [:]
    var nextToCut = 0
    /// The beginning of a line whose end stands in the next group.
    var carried: [UInt8] = []
    var line = 0
    var parts = 0
    var failure: (any Error)?
  }

  private let path: String
  private let stamp: FileStamp?
  private let maxTextSize: Int
  private let maxLineSize: Int
  private let helpers: (any JobBoard)?
  private let state = Locked(State())
  private let returned = DispatchSemaphore(value: 0)

  private let partSize: Int
  private let columns: ColumnNames
  private let tracesRows: Bool
  private let sink: (any SampleSink)?
  private let known: Set<String>

  /// The text of a part as it is outside of tests, in bytes.
  static let usualPartSize = 1 << 20

  /// A header may need this much text to be found, and no more.
  private static let largestHeader = 64 << 20

  /// - Parameters:
  ///   - partSize: The text of a part, in bytes.
  ///   - sink: Takes samples before all rows are read.
  ///   - known: Samples that are not wanted, as they are printed.
  init(
    _ path: String, expecting stamp: FileStamp?, maxTextSize: Int, maxLineSize: Int = RunOptions.usualLineSize,
    columns: ColumnNames = ColumnNames(), helpers: (any JobBoard)?, partSize: Int = usualPartSize,
    tracesRows: Bool = false,
    sink: (any SampleSink)? = nil, leavingOut known: Set<String> = []
  ) {
    (self.sink, self.known) = (sink, known)
    self.tracesRows = tracesRows
    self.path = path
    self.partSize = partSize
    self.columns = columns
    self.stamp = stamp
    self.maxTextSize = maxTextSize
    self.maxLineSize = maxLineSize
    self.helpers = helpers
  }

  /// Samples that were taken before the end come again.
  private struct GivenUp: Error {}

  private func goOn() throws(GivenUp) { if sink?.hasGivenUp() == true { throw GivenUp() } }

  func read() -> FileLoader.Outcome {
    var digest = ""
    var content: FileContent
    do {
      let size = stamp.flatMap { $0.isRegular ? $0.size : nil }
      if let size, let blocks = BlockReader(path, expecting: size, groupSize: partSize), let found = try read(blocks) {
        content = found
        digest = "xxh64:" + blocks.digest
      } else {
        let stream = try GzipStream(path, expecting: size, limit: maxTextSize)
        content = try read(stream)
        digest = "xxh64:" + stream.digest
      }
      if let stamp, stamp.isRegular, FileStamp(path: path)?.isSame(as: stamp) != true { throw StreamProblem.changed }
    } catch is GivenUp {
      wait()
      state.withLock { $0 = State() }
      return read()
    } catch let error as InputError {
      content = FileContent(path: path, failed: error)
    } catch {
      content = FileContent(path: path, failed: InputError(path: path, problem: "\(error)"))
    }
    wait()
    return FileLoader.Outcome(content: content, digest: digest)
  }

  private func read(_ stream: GzipStream) throws -> FileContent {
    let buffer = Buffer(GzipStream.history + partSize)
    let begin = GzipStream.history
    var (end, isEnd) = try stream.fill(&buffer.bytes, from: begin)
    func open(_ end: Int) throws(InputError) -> OpenedInput {
      try buffer.show(begin..<end) { (text) throws(InputError) in try OpenedInput(text, path: path, columns: columns) }
    }
    func refuseBlank(_ end: Int) throws(InputError) {
      let fault = buffer.show(begin..<end) { LineLimit.fault(in: $0, path: path, limit: .max) }
      if let fault { throw fault }
    }
    try refuseBlank(end)
    var opened = try open(end)
    while !isEnd, !opened.isRecognized || !opened.readsInParts || opened.offset > end - begin {
      // A file that must be read in one piece, or whose header is longer than usual.
      let limit = opened.isRecognized ? maxTextSize : Self.largestHeader
      if buffer.bytes.count >= limit { break }
      buffer.bytes += repeatElement(0, count: min(buffer.bytes.count, maxTextSize))
      (end, isEnd) = try stream.fill(&buffer.bytes, from: end)
      try refuseBlank(end)
      opened = try open(end)
    }
    guard opened.readsInParts else {
      let content = buffer.show(begin..<end) { opened.readAll($0, tracesRows: tracesRows) }
      // The rest is read for its digest, and for the sums that say whether the file is whole.
      while !isEnd {
        Self.keepHistory(&buffer.bytes, end)
        (end, isEnd) = try stream.fill(&buffer.bytes, from: begin)
      }
      return content
    }
    try readParts(of: stream, opened, buffer, upTo: end, isEnd: isEnd)
    return joined(opened)
  }

  /// Hands out the text of a file from end to end, cut at ends of lines; the first of it is read already.
  private func readParts(
    of stream: GzipStream, _ opened: OpenedInput, _ first: Buffer, upTo firstEnd: Int, isEnd isWhole: Bool
  ) throws {
    var (buffer, end, isEnd) = (first, firstEnd, isWhole)
    var start = GzipStream.history + opened.offset
    var line = opened.firstLine
    var number = 0
    while true {
      let cut: Int? =
        isEnd ? end : buffer.show(0..<end) { Self.lastLineEnd($0, from: start, opened.terminator) }
      guard let cut else {
        // A line longer than the buffer.
        if end - start > maxLineSize {
          throw LineLimit.fault(path: path, line: line, limit: maxLineSize)
        }
        buffer.bytes += repeatElement(0, count: buffer.bytes.count)
        (end, isEnd) = try stream.fill(&buffer.bytes, from: end)
        continue
      }
      let lines = buffer.show(start..<cut) { Self.lineEnds($0, opened.terminator) }
      let fault = buffer.show(start..<cut) {
        LineLimit.fault(in: $0, path: path, limit: maxLineSize, terminator: opened.terminator, firstLine: line)
      }
      if let fault { throw fault }
      if isEnd, let fault = buffer.show(start..<cut, { opened.cutShort($0, firstLine: line) }) { throw fault }
      let kept = max(end - cut, GzipStream.history)
      let full = buffer
      if !isEnd {
        buffer = spareBuffer()
        let needed = kept + partSize
        if buffer.bytes.count < needed { buffer.bytes = [UInt8](repeating: 0, count: needed) }
        buffer.bytes.replaceSubrange(0..<kept, with: full.bytes[end - kept..<end])
      }
      hand(Part(buffer: full, start: start, end: cut, line: line, number: number), opened)
      try goOn()
      number += 1
      line += lines
      if isEnd { break }
      start = kept - (end - cut)
      (end, isEnd) = try stream.fill(&buffer.bytes, from: kept)
    }
    wait()
    try goOn()
  }

  private struct Part: Sendable {
    let buffer: Buffer
    let start: Int
    let end: Int
    let line: Int
    let number: Int
  }

  // MARK: Blocks

  /// Room before the text of a group for the beginning of its first line.
  private static let headRoom = 1 << 16

  /// Reads a file made of blocks, which all workers unpack; `nil` when it has to be read from end to end.
  private func read(_ blocks: BlockReader) throws -> FileContent? {
    do {
      return try readParts(blocks)
    } catch is BlockReader.NotBlocks {
      wait()
      state.withLock { $0 = State() }
      return nil
    }
  }

  private func readParts(_ blocks: BlockReader) throws -> FileContent? {
    guard let first = try blocks.next(), first.textSize > 0 else { return nil }
    let head = Buffer(Self.headRoom + first.textSize)
    try Gunzip().unpack(first, into: &head.bytes, at: Self.headRoom)
    let end = Self.headRoom + first.textSize
    let opened = try head.show(Self.headRoom..<end) { try OpenedInput($0, path: path, columns: columns) }
    guard opened.readsInParts, opened.offset <= first.textSize else { return nil }
    state.withLock { state in
      state.line = opened.firstLine
      state.open = 1
    }
    cut(0, head, end, skipping: opened.offset, opened)
    var number = 1
    var total = first.textSize
    while let group = try blocks.next() {
      try goOn()
      total += group.textSize
      if total > maxTextSize { throw StreamProblem.gunzip(.tooLarge(limit: maxTextSize)) }
      let (own, buffer) = (number, spareBuffer())
      number += 1
      state.withLock { $0.open += 1 }
      let job: Job = { [self] in
        let end = Self.headRoom + group.textSize
        if buffer.bytes.count < end { buffer.bytes = [UInt8](repeating: 0, count: end) }
        do throws(GunzipProblem) {
          try Gunzip().unpack(group, into: &buffer.bytes, at: Self.headRoom)
        } catch {
          state.withLock { $0.failure = $0.failure ?? StreamProblem.gunzip(error) }
        }
        cut(own, buffer, end, skipping: 0, opened)
      }
      if let helpers { helpers.add(job: job) } else { job() }
    }
    wait()
    let rest = state.withLock { state in
      let rest = Buffer(0)
      rest.bytes = state.carried
      let part = Part(buffer: rest, start: 0, end: rest.bytes.count, line: state.line, number: state.parts)
      state.open += 1
      return part
    }
    parse(rest, opened)
    try goOn()
    if let failure = state.withLock({ $0.failure }) { throw failure }
    return joined(opened)
  }

  /// Cuts unpacked groups at ends of lines, in their order as far as they are there, and hands the parts out.
  private func cut(_ number: Int, _ buffer: Buffer, _ end: Int, skipping: Int, _ opened: OpenedInput) {
    let parts = state.withLock { state in
      state.unpacked[number] = (buffer, end)
      var parts: [Part] = []
      while let (buffer, end) = state.unpacked.removeValue(forKey: state.nextToCut) {
        let text = Self.headRoom + (state.nextToCut == 0 ? skipping : 0)
        state.nextToCut += 1
        let last = buffer.show(0..<end) { Self.lastLineEnd($0, from: text, opened.terminator) }
        guard let last, state.failure == nil else {
          if state.failure == nil { state.carried += buffer.bytes[text..<end] }
          if state.carried.count > maxLineSize {
            state.failure = LineLimit.fault(path: path, line: state.line, limit: maxLineSize)
          }
          state.spare.append(buffer)
          state.open -= 1
          continue
        }
        var start = text - state.carried.count
        if start >= 0 {
          buffer.bytes.replaceSubrange(start..<text, with: state.carried)
        } else {
          buffer.bytes.insert(contentsOf: state.carried, at: text)
          start = text
        }
        let shift = start == text ? state.carried.count : 0
        state.carried = Array(buffer.bytes[last + shift..<end + shift])
        parts.append(Part(buffer: buffer, start: start, end: last + shift, line: state.line, number: state.parts))
        state.parts += 1
        let (lines, fault) = buffer.show(start..<last + shift) { text in
          (
            Self.lineEnds(text, opened.terminator),
            LineLimit.fault(
              in: text, path: path, limit: maxLineSize, terminator: opened.terminator, firstLine: state.line)
          )
        }
        state.line += lines
        state.failure = state.failure ?? fault
      }
      return parts
    }
    for part in parts {
      let job: Job = { [self] in parse(part, opened) }
      if let helpers { helpers.add(job: job) } else { job() }
    }
    returned.signal()
  }

  // MARK: Buffers

  private func spareBuffer() -> Buffer {
    sink?.relieve()
    let most = 2 * (helpers?.workers ?? 1) + 1
    while true {
      let found = state.withLock { state -> Buffer? in
        if let spare = state.spare.popLast() { return spare }
        guard state.made < most else { return nil }
        state.made += 1
        return Buffer(GzipStream.history + partSize)
      }
      if let found { return found }
      // All buffers are full: the others are slower, so help them.
      if let job = helpers?.takeJob() { job() } else { returned.wait() }
    }
  }

  private static func keepHistory(_ bytes: inout [UInt8], _ end: Int) {
    let kept = Array(bytes[max(0, end - GzipStream.history)..<end])
    bytes.replaceSubrange(0..<kept.count, with: kept)
  }

  private static func lastLineEnd(_ text: Span<UInt8>, from start: Int, _ terminator: UInt8) -> Int? {
    var place = text.count
    while place > start {
      if text[place - 1] == terminator { return place }
      place -= 1
    }
    return nil
  }

  private static func lineEnds(_ text: Span<UInt8>, _ terminator: UInt8) -> Int {
    var count = 0
    var place = 0
    while let found = LineWalker.firstIndex(of: terminator, in: text, from: place) {
      count += 1
      place = found + 1
    }
    return count
  }

  // MARK: Parts

  private func hand(_ part: Part, _ opened: OpenedInput) {
    state.withLock { $0.open += 1 }
    let job: Job = { [self] in parse(part, opened) }
    if let helpers { helpers.add(job: job) } else { job() }
  }

  private func parse(_ part: Part, _ opened: OpenedInput) {
    var content = part.buffer.show(0..<part.end) {
      opened.readPart($0, from: part.start, firstLine: part.line, tracesRows: tracesRows)
    }
    if !known.isEmpty { content.leaveOut { known.contains(SampleName.printable($0)) } }
    let rows = content
    state.withLock { state in
      state.spare.append(part.buffer)
      state.finished[part.number] = rows
      join(&state, opened)
      state.open -= 1
    }
    returned.signal()
  }

  /// Joins contents in the order of the file as far as they are there.
  private func join(_ state: inout State, _ opened: OpenedInput) {
    while let part = state.finished.removeValue(forKey: state.next) {
      state.next += 1
      let isGrouped = part.areGrouped
      // Taken out, since what is changed in place is not to be copied.
      var content: ReadRows
      if let before = state.content.take() {
        content = before
        content.append(part)
      } else {
        content = part
      }
      sink?.take(from: &content, isGrouped: isGrouped, opened)
      state.content = content
    }
  }

  /// The content of all parts together.
  private func joined(_ opened: OpenedInput) -> FileContent {
    let rows = state.withLock { state in
      defer { state.content = nil }
      return state.content
    }
    return opened.content(of: rows ?? opened.readPart([UInt8]().span, from: 0, firstLine: opened.firstLine))
  }

  /// Waits until all parts have come back, and helps.
  private func wait() {
    while state.withLock({ $0.open > 0 }) {
      if let job = helpers?.takeJob() { job() } else { returned.wait() }
    }
  }
}
