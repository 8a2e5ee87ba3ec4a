// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

internal import CByteScan

/// Walks the lines of some bytes without copying them.
///
/// Lines end with LF, CRLF or a lone CR, in any mix: a CR that another program took for an end of line joins no two rows.
/// Lines are counted by the byte that ends most of them.
package struct LineWalker {
  /// The byte that ends a line: LF, or CR for texts of old.
  package let terminator: UInt8
  /// Where the next line begins.
  package private(set) var offset: Int
  /// The number of the line that was returned last, counted from 1.
  package private(set) var lineNumber: Int

  /// The other byte that ends a line.
  private let other: UInt8
  /// The next place of it; smaller than `offset` when it has to be looked for.
  private var otherPlace = -1
  /// Where the counted line ends that the next one is a part of.
  private var lineEnd = -1
  /// A line that is passed over wherever it stands.
  private let passedOver: [UInt8]

  /// A walk from `offset` on, whose first line has the number `firstLine`.
  ///
  /// - Parameter passedOver: A line that is passed over wherever it stands: the header, which comes again where files
  ///   were put behind one another; none when empty.
  package init(offset: Int = 0, firstLine: Int = 1, terminator: UInt8 = 0x0A, passingOver passedOver: [UInt8] = []) {
    self.offset = offset
    self.passedOver = passedOver
    self.terminator = terminator
    other = terminator == 0x0A ? 0x0D : 0x0A
    lineNumber = firstLine - 1
  }

  /// The end-of-line byte of a text, judged by its first 64 KiB.
  package static func terminator(of text: Span<UInt8>) -> UInt8 {
    var sawReturn = false
    for index in 0..<min(text.count, 1 << 16) {
      if text[index] == 0x0A { return 0x0A }
      if text[index] == 0x0D { sawReturn = true }
    }
    return sawReturn ? 0x0D : 0x0A
  }

  /// The bytes of the next line without its end; `nil` after the last.
  package mutating func next(in text: Span<UInt8>) -> Range<Int>? {
    while let line = nextOfAll(in: text) {
      if passedOver.isEmpty || !isPassedOver(line, text) { return line }
    }
    return nil
  }

  private func isPassedOver(_ line: Range<Int>, _ text: Span<UInt8>) -> Bool {
    // A file that was put behind another one may begin with a byte order mark.
    guard line.count == passedOver.count || line.count == passedOver.count + 3 && text[line.lowerBound] == 0xEF else {
      return false
    }
    let start = line.upperBound - passedOver.count
    for index in passedOver.indices where passedOver[index] != text[start + index] { return false }
    return true
  }

  @inline(__always)
  private mutating func nextOfAll(in text: Span<UInt8>) -> Range<Int>? {
    guard offset < text.count else { return nil }
    let start = offset
    if lineEnd < start {
      lineEnd = Self.firstIndex(of: terminator, in: text, from: start) ?? text.count
      lineNumber += 1
    }
    if otherPlace < start { otherPlace = Self.firstIndex(of: other, in: text, from: start) ?? .max }
    var end = lineEnd
    if otherPlace < end, other == 0x0A || otherPlace + 1 < end {
      end = otherPlace
      offset = end + 1
      return start..<end
    }
    offset = end + 1
    if end > start, text[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }

  /// The place of the first such byte at or after `start`.
  @inline(__always)
  package static func firstIndex(of byte: UInt8, in text: Span<UInt8>, from start: Int) -> Int? {
    guard start < text.count else { return nil }
    let found = unsafe text.withUnsafeBufferPointer { buffer -> Int in
      guard let base = buffer.baseAddress else { return -1 }
      let from = unsafe UnsafeRawPointer(base)
      guard let hit = unsafe memchr(from + start, Int32(byte), buffer.count - start) else { return -1 }
      return unsafe UnsafeRawPointer(hit) - from
    }
    return found < 0 ? nil : found
  }
}

/// Finds the fields of a line and stops at the last one that is needed.
///
/// Only the ends of columns are noted; where a field stands is worked out when it is asked for, which of most columns
/// nobody does.
package struct FieldFinder: Sendable {
  /// For each wanted column its position in the line; -1 is never found.
  private let wanted: [Int]
  private let last: Int
  private let separator: UInt8
  /// Where the columns of the line at hand end.
  private var ends: [Int]
  private var line = 0..<0
  private var found = -1

  /// - Parameters:
  ///   - columns: Positions of wanted columns, counted from 0, in any order; -1 stands for one that is not there.
  ///   - separator: TAB, or a comma and the like, between which a quoted cell may hold the separator.
  package init(columns: [Int], separator: UInt8 = 0x09) {
    wanted = columns
    last = columns.max() ?? -1
    self.separator = separator
    // A block of 64 bytes may hold as many separators behind the last that is needed.
    ends = [Int](repeating: 0, count: last + 66)
  }

  /// The bytes of a wanted column, by its place among the columns; empty where the line ends before it.
  @inline(__always)
  package func field(_ slot: Int) -> Range<Int> {
    let column = wanted[slot]
    guard column >= 0, column <= found else { return line.upperBound..<line.upperBound }
    return (column == 0 ? line.lowerBound : ends[column - 1] + 1)..<ends[column]
  }

  /// The bytes of a wanted column without white space and stray quotes at their ends.
  package func trimmed(_ slot: Int, in text: Span<UInt8>) -> Range<Int> { ByteText.trimmed(field(slot), in: text) }

  /// What a wanted column states: trimmed, and empty where the cell says that nothing is known.
  package func cell(_ slot: Int, in text: Span<UInt8>) -> Range<Int> {
    let field = field(slot)
    if field.isEmpty { return field }
    // Five letters or more with letters at both ends are trimmed, and no word for "missing".
    if field.count > 4, Self.isLetter(text[field.lowerBound]), Self.isLetter(text[field.upperBound - 1]) {
      return field
    }
    let range = ByteText.trimmed(field, in: text)
    return ByteText.isMissing(text.extracting(range)) ? range.lowerBound..<range.lowerBound : range
  }

  @inline(__always)
  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  /// Finds the columns of a line.
  ///
  /// - Returns: How many columns were walked over.
  package mutating func find(in text: Span<UInt8>, line: Range<Int>) -> Int {
    self.line = line
    found = -1
    guard last >= 0 else { return 0 }
    if separator == 0x09 { findPlain(in: text) } else { findQuoted(in: text) }
    return min(found, last) + 1
  }

  private mutating func findPlain(in text: Span<UInt8>) {
    var found = 0
    var position = line.lowerBound
    let end = line.upperBound
    // Blocks may reach beyond the line and never beyond the text.
    let lastBlock = min(end - 1, text.count - 64)
    unsafe text.withUnsafeBufferPointer { bytes in
      unsafe ends.withUnsafeMutableBufferPointer { ends in
        guard let base = bytes.baseAddress else { return }
        while found <= last, position <= lastBlock {
          var places = unsafe oncomatch_places_of_64(base + position, separator)
          while places != 0 {
            unsafe ends[found] = position &+ places.trailingZeroBitCount
            found &+= 1
            places &= places &- 1
          }
          position &+= 64
        }
        while found <= last, position < end {
          if unsafe base[position] == separator {
            unsafe ends[found] = position
            found &+= 1
          }
          position &+= 1
        }
        while found > 0, unsafe ends[found - 1] >= end { found &-= 1 }
        unsafe ends[found] = end
      }
    }
    self.found = found
  }

  private mutating func findQuoted(in text: Span<UInt8>) {
    found = 0
    var isQuoted = false
    for index in line where found <= last {
      if text[index] == UInt8(ascii: "\"") { isQuoted.toggle() }
      guard text[index] == separator, !isQuoted else { continue }
      ends[found] = index
      found += 1
    }
    ends[found] = line.upperBound
  }
}
