// SPDX-License-Identifier: Apache-2.0
internal import Alterations

/// Names, each with a number: read from a table, or where the build laid them out.
package enum NumberedNames: Sendable {
  case read([String: Int32])
  case laidOut(LaidOutNames)

  /// The number of a name; `nil` for one that is not there.
  package subscript(name: String) -> Int? {
    switch self {
    case .read(let numbers): numbers[name].map { Int($0) }
    case .laidOut(let names): names.number(of: name)
    }
  }

  /// All names with their numbers.
  package var all: [String: Int32] {
    switch self {
    case .read(let numbers): numbers
    case .laidOut(let names): names.all
    }
  }
}

/// Names in the order of their bytes, of which none is made before somebody asks for all.
///
/// Three bytes are one number, the first the highest, so that numbers compare as bytes do.
package struct LaidOutNames: Sendable {
  /// By name: its number.
  private let values: LaidOutNumbers
  /// By name: where its bytes begin, and where the last one's end.
  private let starts: LaidOutNumbers
  private let bytes: LaidOutNumbers

  init(_ stream: inout LaidOutStream) {
    let count = stream.number()
    values = stream.part(count)
    starts = stream.part(count + 1)
    bytes = stream.part(starts[count])
  }

  /// The number of a name; `nil` for one that is not there.
  func number(of name: String) -> Int? {
    let name = Self.packed(name)
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      let order = order(middle, name)
      if order == 0 { return values[middle] }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  /// All names with their numbers.
  var all: [String: Int32] {
    var all: [String: Int32] = [:]
    all.reserveCapacity(values.count)
    for place in 0..<values.count {
      var name: [UInt8] = []
      for index in starts[place]..<starts[place + 1] {
        for shift in [16, 8, 0] { name.append(UInt8(bytes[index] >> shift & 0xFF)) }
      }
      while name.last == 0 { name.removeLast() }
      all[String(decoding: name, as: UTF8.self)] = Int32(values[place])
    }
    return all
  }

  /// Below 0 where the name at a place comes before another one, above 0 where it comes after it.
  private func order(_ place: Int, _ name: [Int]) -> Int {
    let (start, end) = (starts[place], starts[place + 1])
    for (index, other) in name.enumerated() {
      guard start + index < end else { return -1 }
      let own = bytes[start + index]
      if own != other { return own < other ? -1 : 1 }
    }
    return end - start - name.count
  }

  private static func packed(_ name: String) -> [Int] {
    var (numbers, three, count): ([Int], Int, Int) = ([], 0, 0)
    numbers.reserveCapacity((name.utf8.count + 2) / 3)
    for byte in name.utf8 {
      three = three << 8 | Int(byte)
      count += 1
      if count % 3 == 0 {
        numbers.append(three)
        three = 0
      }
    }
    if count % 3 != 0 { numbers.append(three << (8 * (3 - count % 3))) }
    return numbers
  }

  fileprivate static func write(_ names: [String: Int32], to numbers: inout LayoutNumbers) {
    let sorted = names.map { (bytes: packed($0.key), number: Int($0.value)) }
      .sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    numbers.append(sorted.count)
    for name in sorted { numbers.append(name.number) }
    var start = 0
    for name in sorted {
      numbers.append(start)
      start += name.bytes.count
    }
    numbers.append(start)
    for byte in sorted.flatMap(\.bytes) { numbers.append(byte) }
  }
}

extension LaidOutStream {
  /// Names with their numbers.
  package mutating func names() -> NumberedNames { .laidOut(LaidOutNames(&self)) }
}

extension LayoutNumbers {
  /// Adds names with their numbers.
  package mutating func append(names: NumberedNames) { LaidOutNames.write(names.all, to: &self) }
}
