// SPDX-License-Identifier: Apache-2.0
internal import CLibdeflate
package import SystemIO

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Why a file could not be read to its end.
package enum StreamProblem: Error, Sendable, CustomStringConvertible {
  /// The compressed data are not what they should be.
  case gunzip(GunzipProblem)
  /// The system cannot read the file.
  case system(SystemError)
  /// The file is not what it was when it was found.
  case changed

  /// What to tell a person.
  package var description: String {
    switch self {
    case .gunzip(let problem): problem.description
    case .system(let error): error.description
    case .changed: "changed while it was read (is it still being written? it is read again in the next run)"
    }
  }
}

/// A file that is read, and unpacked where it is gzip, piece by piece in constant memory.
///
/// Reads one member or many, checks their sums and lengths, allows zeros behind the last and nothing else.
@safe package final class GzipStream {
  private let path: String
  private let descriptor: Int32
  private let size: Int
  private let packed: UnsafeMutablePointer<UInt8>
  private var position = 0
  private var end = 0
  private var isLast = false
  private var total = 0
  private var hash = XXH64.Stream()
  private let inflater = Inflater()
  private var isGzip: Bool?
  private var isInMember = false
  private var members = 0
  /// Whether the member is a block of `bgzip`, whose files end with an empty one.
  private var isBlock = false
  private var memberSize = 0
  private var check: UInt32 = 0
  private var made = 0
  private let limit: Int

  private static let packedSize = 1 << 18
  /// How far back matches reach, in bytes.
  package static let history = 1 << 15

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - expected: The size that it should have; another is an error at the end. `nil` for what is no regular file.
  ///   - limit: The largest text to make, in bytes.
  package init(_ path: String, expecting expected: Int?, limit: Int) throws(SystemError) {
    self.path = path
    self.limit = limit
    size = expected ?? -1
    let opened: Int32?
    var failure: SystemError?
    do throws(SystemError) {
      opened = try FileReading.opened(path, isRegular: expected != nil).descriptor
    } catch {
      (opened, failure) = (nil, error)
    }
    descriptor = opened ?? -1
    unsafe packed = .allocate(capacity: Self.packedSize + Inflater.padding)
    unsafe packed.initialize(repeating: 0, count: Self.packedSize + Inflater.padding)
    if let failure { throw failure }
  }

  deinit {
    unsafe packed.deallocate()
    if descriptor >= 0 { close(descriptor) }
  }

  /// The digest of the bytes on disk, once all are read.
  package var digest: String { hash.hex }

  /// Makes text until the buffer is full or the file ends.
  ///
  /// - Parameters:
  ///   - buffer: Receives the text from `start` on. Of the bytes before it, the last 32 KiB are the text made before.
  ///   - start: Where the new text begins.
  /// - Returns: Where the new text ends, and whether the file does.
  package func fill(_ buffer: inout [UInt8], from start: Int) throws(StreamProblem) -> (end: Int, isEnd: Bool) {
    var (made, isEnd) = (start, false)
    var failure: StreamProblem?
    unsafe buffer.withUnsafeMutableBufferPointer { room in
      guard let base = room.baseAddress else { return }
      do throws(StreamProblem) {
        unsafe (made, isEnd) = try fill(base, from: start, to: room.count)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return (made, isEnd)
  }

  private func fill(
    _ room: UnsafeMutablePointer<UInt8>, from start: Int, to roomEnd: Int
  ) throws(StreamProblem) -> (Int, Bool) {
    var place = start
    if isGzip == nil {
      try load()
      isGzip = unsafe end >= 2 && packed[0] == 0x1F && packed[1] == 0x8B
    }
    guard isGzip == true else {
      while place < roomEnd {
        if position == end {
          if isLast { break }
          try load()
        }
        let taken = min(end - position, roomEnd - place)
        unsafe (room + place).update(from: packed + position, count: taken)
        position += taken
        place += taken
        try count(taken)
      }
      return (place, isLast && position == end)
    }
    while true {
      if !isInMember {
        guard try beginMember() else { return (place, true) }
      }
      var input = unsafe Inflater.Input(base: packed, position: position, end: end, isLast: isLast)
      var output = unsafe Inflater.Output(
        base: room, start: max(0, place - memberSize), position: place, end: roomEnd)
      let pause = inflater.run(&input, &output)
      position = input.position
      let new = output.position - place
      if new > 0 {
        check = unsafe libdeflate_crc32(check, room + place, new)
        place = output.position
        memberSize += new
        try count(new)
      }
      switch pause {
      case .outputIsFull: return (place, false)
      case .needsInput: try load()
      case .end: try endMember()
      case .corrupt: throw .gunzip(.corrupt)
      case .truncated: throw .gunzip(.truncated)
      }
    }
  }

  private func count(_ new: Int) throws(StreamProblem) {
    made += new
    if made > limit { throw .gunzip(.tooLarge(limit: limit)) }
  }

  /// Moves what is left to the front and reads on.
  private func load() throws(StreamProblem) {
    let left = end - position
    unsafe packed.update(from: packed + position, count: left)
    position = 0
    end = left
    while !isLast, end < Self.packedSize {
      let got = unsafe read(descriptor, packed + end, Self.packedSize - end)
      if got < 0 {
        if errno == EINTR { continue }
        throw .system(SystemError(.read, path))
      }
      if got == 0 {
        isLast = true
      } else {
        hash.update(unsafe Span(_unsafeStart: packed + end, count: got))
        end += got
        total += got
        // A file that grows while it is read has no end.
        if size >= 0, total > size { throw .changed }
      }
    }
    if isLast {
      unsafe (packed + end).update(repeating: 0, count: Inflater.padding)
      if size >= 0, total != size { throw .changed }
    }
  }

  // MARK: Members

  private func byte() throws(StreamProblem) -> UInt8 {
    if position == end {
      if isLast { throw .gunzip(.truncated) }
      try load()
      if position == end { throw .gunzip(.truncated) }
    }
    position += 1
    return unsafe packed[position - 1]
  }

  private func number(_ bytes: Int) throws(StreamProblem) -> Int {
    var value = 0
    for index in 0..<bytes { value |= Int(try byte()) << (8 * index) }
    return value
  }

  /// Reads the header of the next member; `false` when there is none.
  private func beginMember() throws(StreamProblem) -> Bool {
    if members > 0 {
      // Zeros behind the last member, as tapes and some file systems add them, are no data.
      let offset = total - (end - position)
      var zeros = 0
      while true {
        if position == end {
          if isLast {
            if isBlock, memberSize > 0 { throw .gunzip(.truncated) }
            return false
          }
          try load()
          continue
        }
        if unsafe packed[position] != 0 { break }
        position += 1
        zeros += 1
      }
      if zeros > 0 { throw .gunzip(.trailingBytes(offset: offset)) }
      if end - position < 2 { try load() }
      guard unsafe end - position >= 2 && packed[position] == 0x1F && packed[position + 1] == 0x8B else {
        throw .gunzip(.trailingBytes(offset: offset))
      }
    }
    if end - position < BGZF.headerSize { try load() }
    isBlock = unsafe BGZF.blockSize(Span(_unsafeStart: packed + position, count: end - position)) != nil
    _ = try number(2)
    guard try byte() == 8 else { throw .gunzip(.corrupt) }
    let flags = try byte()
    guard flags & 0xE0 == 0 else { throw .gunzip(.corrupt) }
    _ = try number(6)
    if flags & 4 != 0 { for _ in 0..<(try number(2)) { _ = try byte() } }
    if flags & 8 != 0 { while try byte() != 0 {} }
    if flags & 16 != 0 { while try byte() != 0 {} }
    if flags & 2 != 0 { _ = try number(2) }
    inflater.reset()
    isInMember = true
    members += 1
    memberSize = 0
    check = libdeflate_crc32(0, nil, 0)
    return true
  }

  private func endMember() throws(StreamProblem) {
    isInMember = false
    guard try number(4) == Int(check), try number(4) == memberSize & 0xFFFF_FFFF else { throw .gunzip(.corrupt) }
  }
}
