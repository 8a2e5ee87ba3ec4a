// SPDX-License-Identifier: Apache-2.0
/// The names of a table of genes where the build has laid them out: nothing is read before somebody asks for a name.
///
/// A name is found by its hash, whose upper bits say where the few names with the same bits stand.
package struct LaidOutGenes: Sendable {
  /// What is laid out, each by itself.
  package struct Numbers: Sendable {
    /// By the upper bits of a hash: the first name; one more at the end.
    package let buckets: LaidOutNumbers
    /// Of each name where it stands in the rows, and what it means.
    package let names: LaidOutNumbers
    /// Of each gene where its row begins.
    package let rows: LaidOutNumbers
    /// Of each ambiguous name how many genes answer to it, and which.
    package let rivals: LaidOutNumbers

    /// All four.
    package init(buckets: LaidOutNumbers, names: LaidOutNumbers, rows: LaidOutNumbers, rivals: LaidOutNumbers) {
      self.buckets = buckets
      self.names = names
      self.rows = rows
      self.rivals = rivals
    }
  }

  private let numbers: Numbers
  private let text: GeneRows

  /// How many bits of a hash the buckets go by.
  static let bucketBits = 16
  /// The bits of what a name means; those above them are of its hash.
  static let meanings = 1 << 18 - 1

  /// Some lower bits of a hash, where the bits of what a name means leave room.
  static func mark(_ hash: UInt64) -> Int { Int(hash & 0x3F) << 18 }

  /// - Parameter text: The rows of the table.
  package init(_ numbers: Numbers, text: GeneRows) {
    self.numbers = numbers
    self.text = text
  }

  /// The number of genes.
  var count: Int { numbers.rows.count }

  /// The same genes read from the rows.
  func parsed() -> GeneCatalog { text.withBytes { GeneCatalog(rows: $0, capacity: 160_000) } }

  /// A gene's symbol, with which its row begins.
  func symbol(_ gene: GeneID) -> String {
    text.withBytes { rows in
      let start = min(numbers.rows[Int(gene.rawValue)], rows.count)
      var end = start
      while end < rows.count, !Self.endsName(rows[end]) { end += 1 }
      return String(copying: rows.extracting(start..<end))
    }
  }

  /// What a name means, as the catalog numbers meanings; `nil` for a name that is not there.
  func meaning(_ name: Span<UInt8>, _ hash: UInt64) -> Int32? {
    guard let number = find(name, hash) else { return nil }
    let meaning = numbers.names[number * 2 + 1] & Self.meanings
    return switch meaning & 3 {
    case 0: Int32(meaning >> 2)
    case 1: Int32(-2 - meaning >> 2)
    default: -1
    }
  }

  /// The genes that answer to an ambiguous name.
  func rivals(_ name: Span<UInt8>, _ hash: UInt64) -> [GeneID] {
    guard let number = find(name, hash) else { return [] }
    let meaning = numbers.names[number * 2 + 1] & Self.meanings
    guard meaning & 3 == 2 else { return [] }
    let start = meaning >> 2
    return (0..<numbers.rivals[start]).map { GeneID(rawValue: Int32(numbers.rivals[start + 1 + $0])) }
  }

  private func find(_ name: Span<UInt8>, _ hash: UInt64) -> Int? {
    let bucket = Int(hash >> UInt64(64 - Self.bucketBits))
    let end = numbers.buckets[bucket + 1]
    var number = numbers.buckets[bucket]
    let mark = Self.mark(hash)
    while number < end {
      // Of names with the same upper bits, the mark leaves the one that is looked for.
      if numbers.names[number * 2 + 1] & ~Self.meanings == mark,
        text.withBytes({ Self.holds(name, $0, at: numbers.names[number * 2]) })
      {
        return number
      }
      number += 1
    }
    return nil
  }

  private static func holds(_ name: Span<UInt8>, _ rows: Span<UInt8>, at start: Int) -> Bool {
    guard name.count > 0, start + name.count <= rows.count else { return false }
    for index in name.indices {
      let byte = rows[start + index]
      if GeneCatalog.upper(byte) != GeneCatalog.upper(name[index]) || endsName(byte) { return false }
    }
    return start + name.count == rows.count || endsName(rows[start + name.count])
  }

  private static func endsName(_ byte: UInt8) -> Bool {
    byte == 0x09 || byte == 0x0A || byte == UInt8(ascii: ";")
  }
}

/// The rows of a table of genes that are compiled into the program.
@safe package struct GeneRows: @unchecked Sendable {
  // Sendable since the bytes are constants: they neither change nor go away.
  private let buffer: UnsafeBufferPointer<UInt8>

  /// Bytes that have to stay there as long as the program runs.
  package init(_ buffer: UnsafeBufferPointer<UInt8>) { unsafe self.buffer = buffer }

  /// Hands the bytes to `body`.
  @inline(__always)
  func withBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    body(unsafe Span(_unsafeElements: buffer))
  }
}

extension GeneCatalog {
  /// The numbers of a catalog that was read from rows and to which nothing was added.
  package struct Layout: Sendable {
    /// As ``LaidOutGenes/Numbers`` has them.
    package var buckets: [Int] = []
    package var names: [Int] = []
    package var rows: [Int] = []
    package var rivals: [Int] = []
  }

  /// What the build writes of the catalog.
  package func layout() -> Layout {
    var layout = Layout()
    layout.rows = symbols.map { Int(names[Int($0)].start) }
    let known = slots.filter { $0 >= 0 }.map { number in
      let name = names[Int(number)]
      return (bucket: hash(name) >> UInt64(64 - LaidOutGenes.bucketBits), name: name, number: number)
    }
    layout.buckets = [Int](repeating: 0, count: 1 << LaidOutGenes.bucketBits + 1)
    for (bucket, name, number) in known.sorted(by: { ($0.bucket, $0.name.start) < ($1.bucket, $1.name.start) }) {
      layout.buckets[Int(bucket) + 1] += 1
      var meaning = Int(name.meaning) << 2
      if name.meaning < -1 { meaning = Int(-2 - name.meaning) << 2 | 1 }
      if name.meaning == -1 {
        meaning = layout.rivals.count << 2 | 2
        let genes = rivals[number] ?? []
        layout.rivals += [genes.count] + genes.map { Int($0.rawValue) }
      }
      precondition(meaning <= LaidOutGenes.meanings, "more genes than can be laid out")
      layout.names += [Int(name.start), meaning | LaidOutGenes.mark(hash(name))]
    }
    for bucket in 1..<layout.buckets.count { layout.buckets[bucket] += layout.buckets[bucket - 1] }
    return layout
  }

  private func hash(_ name: Name) -> UInt64 { hash(Int(name.start)..<Int(name.start + name.count)) }
}
