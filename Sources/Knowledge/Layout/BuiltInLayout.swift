// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import CBuiltInTables

/// What the build laid out of the tables that are compiled into the program, so that a program starts without reading them.
///
/// It is made of the same tables by the reader of tables. Where it is not there, or is not of these tables, they are read.
package struct BuiltInLayout: Sendable {
  /// A part of it.
  package enum Section: Int, CaseIterable, Sendable {
    case geneBuckets, geneNames, geneRows, geneRivals
    /// The rules about therapies, and the rows that speak of none.
    case rules, statements
    /// What matching asks of both.
    case matchingOfRules, matchingOfStatements
    case tumorTypes, agents
  }

  /// What stands first: another number for another way to lay tables out.
  static let format = 3
  /// How many numbers a sum takes.
  private static let sumLength = 3

  private let sections: [LaidOutNumbers]

  /// That of the program; `nil` where it has none.
  package static let linked: BuiltInLayout? = unsafe linkedDigits { unsafe BuiltInLayout($0) }

  /// The characters of the layout of the program.
  package static func linkedDigits<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    var count = 0
    let digits = unsafe oncomatch_layout(&count)
    return unsafe body(UnsafeBufferPointer(start: digits, count: count))
  }

  /// A layout from its characters, which have to stay where they are; `nil` where they are damaged or of other tables.
  package init?(_ digits: UnsafeBufferPointer<UInt8>) {
    let numbers = unsafe LaidOutNumbers(digits)
    let head = Self.head(of: BuiltInTable.allCases)
    guard digits.count == numbers.count * 4, numbers.count > Self.headLength, numbers[1] == numbers.count,
      head.indices.allSatisfy({ $0 == 1 || numbers[$0] == head[$0] })
    else { return nil }
    let bodyStart = head.count + Self.sumLength
    let body = unsafe UnsafeBufferPointer(rebasing: digits[(bodyStart * 4)...])
    let sum = unsafe Self.sum(body)
    guard sum.indices.allSatisfy({ numbers[head.count + $0] == sum[$0] }) else { return nil }
    var start = Self.headLength
    sections = Section.allCases.indices.map { section in
      let length = numbers[bodyStart + section]
      defer { start += length }
      return numbers.part(start, length)
    }
  }

  /// The numbers of a part.
  func numbers(_ section: Section) -> LaidOutNumbers { sections[section.rawValue] }

  /// The numbers of a part, one behind the other.
  package func stream(_ section: Section) -> LaidOutStream { LaidOutStream(numbers(section)) }

  /// Lays parts out.
  package static func digits(_ parts: [Section: [Int]]) -> [UInt8] {
    let body = Section.allCases.map { parts[$0]?.count ?? 0 } + Section.allCases.flatMap { parts[$0] ?? [] }
    var digits: [UInt8] = []
    for number in body { LaidOutNumbers.append(number, to: &digits) }
    let sum = unsafe digits.withUnsafeBufferPointer { unsafe Self.sum($0) }
    var head = head(of: BuiltInTable.allCases)
    head[1] = head.count + sumLength + body.count
    var first: [UInt8] = []
    for number in head + sum { LaidOutNumbers.append(number, to: &first) }
    return first + digits
  }

  private static let headLength = 2 + BuiltInTable.allCases.count + sumLength * 2 + Section.allCases.count

  /// The numbers by which a layout is known to be of these tables; the second, how many numbers there are, is left open.
  private static func head(of tables: [BuiltInTable]) -> [Int] {
    var head = [format, 0]
    for table in tables { head.append(table.withBytes { $0.count } % LaidOutNumbers.limit) }
    var sum: UInt64 = 0
    for table in tables {
      let own = table.withBytes { bytes in
        unsafe bytes.withUnsafeBufferPointer { unsafe oncomatch_sum($0.baseAddress, $0.count) }
      }
      sum = (sum &* 31) ^ own
    }
    return head + parts(of: sum)
  }

  private static func sum(_ digits: UnsafeBufferPointer<UInt8>) -> [Int] {
    parts(of: unsafe oncomatch_sum(digits.baseAddress, digits.count))
  }

  private static func parts(of sum: UInt64) -> [Int] {
    (0..<sumLength).map { Int(sum >> UInt64(24 * $0) & UInt64(LaidOutNumbers.limit - 1)) }
  }
}

/// Numbers of a layout, read one behind the other.
package struct LaidOutStream: Sendable {
  private let numbers: LaidOutNumbers
  private var place = 0

  init(_ numbers: LaidOutNumbers) { self.numbers = numbers }

  /// The next number; 0 behind the last.
  package mutating func number() -> Int {
    defer { place += 1 }
    return numbers[place]
  }

  /// So many numbers, where they stand.
  mutating func part(_ count: Int) -> LaidOutNumbers {
    defer { place += count }
    return numbers.part(place, count)
  }

  /// Small numbers, -1 the least.
  package mutating func array() -> [Int32] {
    let count = number()
    defer { place += count }
    return numbers.array(place, count)
  }

  /// Lists of small numbers.
  package mutating func lists() -> [[Int32]] {
    let (lengths, all) = (array(), array())
    var start = 0
    return lengths.map { length in
      let end = min(start + Int(length), all.count)
      defer { start = end }
      return length == 0 ? [] : Array(all[start..<end])
    }
  }

  /// Yes and no.
  package mutating func flags() -> [Bool] { array().map { $0 != 0 } }

  /// Cases by their place among all.
  package mutating func cases<Case: CaseIterable>() -> [Case] {
    let all = Array(Case.allCases)
    return array().map { all[min(Int($0), all.count - 1)] }
  }

  /// Texts without line ends.
  package mutating func texts() -> [String] {
    let count = number()
    var (texts, bytes): ([String], [UInt8]) = ([], [])
    texts.reserveCapacity(count)
    while texts.count < count {
      let three = number()
      if three == 0 { break }
      for shift in [0, 8, 16] {
        let byte = UInt8(three >> shift & 0xFF)
        if byte == 0x0A {
          texts.append(String(decoding: bytes, as: UTF8.self))
          bytes.removeAll(keepingCapacity: true)
        } else if byte != 0 {
          bytes.append(byte)
        }
      }
    }
    return texts
  }
}

/// Numbers to be laid out, as ``LaidOutStream`` reads them.
package struct LayoutNumbers: Sendable {
  /// All so far.
  package private(set) var numbers: [Int] = []

  /// None yet.
  package init() {}

  /// Adds one number.
  package mutating func append(_ number: Int) { numbers.append(number) }

  /// Adds small numbers, -1 the least.
  package mutating func append(_ array: [Int32]) {
    numbers.append(array.count)
    numbers += array.map { Int($0) + 1 }
  }

  /// Adds lists of small numbers.
  package mutating func append(lists: [[Int32]]) {
    append(lists.map { Int32($0.count) })
    append(lists.flatMap(\.self))
  }

  /// Adds yes and no.
  package mutating func append(flags: [Bool]) { append(flags.map { $0 ? 1 : 0 }) }

  /// Adds cases by their place among all.
  package mutating func append<Case: CaseIterable & Equatable>(cases: [Case]) {
    let all = Array(Case.allCases)
    append(cases.map { one in Int32(all.firstIndex(of: one) ?? 0) })
  }

  /// Adds texts without line ends.
  package mutating func append(texts: [String]) {
    numbers.append(texts.count)
    var bytes: [UInt8] = []
    for text in texts { bytes += Array(text.utf8) + [0x0A] }
    while bytes.count % 3 != 0 { bytes.append(0) }
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let three = bytes[start..<(start + 3)].reversed().reduce(0) { $0 << 8 | Int($1) }
      numbers.append(three)
    }
  }
}
