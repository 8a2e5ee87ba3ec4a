// SPDX-License-Identifier: Apache-2.0
/// A table that turns the next bits of a deflate stream into a symbol in one or two steps.
///
/// An entry is 32 bits: what the symbol stands for in the upper half, flags, the length of the code word in bits 8...13,
/// and in the lowest byte how many bits to take, extra bits included. Code words longer than the table's index continue
/// in a subtable behind it. Two literals whose code words fit into the index together share one entry.
@safe struct HuffmanTable: ~Copyable {
  /// A literal byte, in bits 8...15.
  static let literal: UInt32 = 0x8000_0000
  /// Two literal bytes, the second in bits 16...23.
  static let pair: UInt32 = 0x4000_0000
  /// Not a literal, length or distance: a subtable, the end of the block, or a code word that does not exist.
  static let exceptional: UInt32 = 0x8000
  /// The start of a subtable in bits 16...30, the bits of its index in bits 8...13.
  static let subtable: UInt32 = 0x4000
  /// The end of the block.
  static let endOfBlock: UInt32 = 0x2000

  /// The entries.
  let entries: UnsafeMutablePointer<UInt32>
  /// The bits of the main table's index.
  let indexBits: Int
  private let capacity: Int
  private let meanings: [UInt32]

  /// Code words of at most 15 bits need no more than this behind the main table, however the lengths are chosen.
  private static let subtableRoom = 2048

  /// - Parameters:
  ///   - indexBits: The bits of the main table's index.
  ///   - meanings: By symbol: its entry without lengths, and the number of its extra bits in the lowest byte.
  init(indexBits: Int, meanings: [UInt32]) {
    self.indexBits = indexBits
    self.meanings = meanings
    capacity = 1 << indexBits + Self.subtableRoom
    unsafe entries = .allocate(capacity: capacity)
    unsafe entries.initialize(repeating: Self.exceptional, count: capacity)
  }

  deinit { unsafe entries.deallocate() }

  /// Builds the table from the lengths of the code words; `false` when there is no such code.
  ///
  /// - Parameter lengths: By symbol, 0 for one that does not occur.
  func build(_ lengths: ArraySlice<UInt8>) -> Bool {
    var counts = [Int](repeating: 0, count: 16)
    for length in lengths { counts[Int(length)] += 1 }
    let used = lengths.count - counts[0]
    counts[0] = 0
    var space = 0
    for length in 1...15 { space = space << 1 + counts[length] }
    // As zlib has it: a code is complete, or it is one word of one bit, or there is none at all.
    guard space == 1 << 15 || used == 0 || used == 1 && counts[1] == 1 else { return false }
    unsafe entries.update(repeating: Self.exceptional, count: capacity)

    var places = [Int](repeating: 0, count: 17)
    for length in 1...15 { places[length + 1] = places[length] + counts[length] }
    var sorted = [Int](repeating: 0, count: used)
    for (symbol, length) in zip(0..., lengths) where length > 0 {
      sorted[places[Int(length)]] = symbol
      places[Int(length)] += 1
    }
    var codeWord = 0
    var next = 0
    var end = 1 << indexBits
    var prefix = -1
    var start = 0
    var startBits = 0
    for length in 1...15 {
      for left in stride(from: counts[length], to: 0, by: -1) {
        let symbol = sorted[next]
        next += 1
        let reversed = Self.reversed(codeWord, length)
        if length <= indexBits {
          fill(reversed, step: 1 << length, end: 1 << indexBits, entry(symbol, length))
        } else {
          if reversed & (1 << indexBits - 1) != prefix {
            prefix = reversed & (1 << indexBits - 1)
            start = end
            startBits = length - indexBits
            var words = left
            while words < 1 << startBits, indexBits + startBits < 15 {
              startBits += 1
              words = words << 1 + counts[indexBits + startBits]
            }
            end += 1 << startBits
            guard end <= capacity else { return false }
            unsafe entries[prefix] =
              Self.exceptional | Self.subtable | UInt32(start) << 16 | UInt32(startBits) << 8 | UInt32(indexBits)
          }
          fill(
            start + reversed >> indexBits, step: 1 << (length - indexBits), end: start + 1 << startBits,
            entry(symbol, length - indexBits))
        }
        codeWord += 1
      }
      codeWord <<= 1
    }
    joinLiterals()
    return true
  }

  /// Lets literals that follow each other within the index share an entry.
  private func joinLiterals() {
    guard let first = meanings.first, first & Self.literal != 0 else { return }
    // What follows stands at a smaller index, so going down it is still single; entry 0 may follow itself.
    let zero = unsafe entries[0]
    for index in stride(from: 1 << indexBits - 1, through: 0, by: -1) {
      let entry = unsafe entries[index]
      guard entry & Self.literal != 0 else { continue }
      let length = entry & 0xFF
      let next = unsafe index == 0 ? zero : entries[index >> Int(length)]
      guard next & Self.literal != 0, length + next & 0xFF <= UInt32(indexBits) else { continue }
      unsafe entries[index] =
        Self.literal | Self.pair | (next & 0xFF00) << 8 | entry & 0xFF00 | (length + next & 0xFF)
    }
  }

  private func fill(_ first: Int, step: Int, end: Int, _ entry: UInt32) {
    var index = first
    while index < end {
      unsafe entries[index] = entry
      index += step
    }
  }

  private func entry(_ symbol: Int, _ length: Int) -> UInt32 {
    guard symbol < meanings.count else { return Self.exceptional }
    let meaning = meanings[symbol]
    if meaning & Self.literal != 0 { return meaning | UInt32(length) }
    return meaning + UInt32(length) << 8 + UInt32(length)
  }

  private static func reversed(_ word: Int, _ length: Int) -> Int {
    var rest = word
    var result = 0
    for _ in 0..<length {
      result = result << 1 | rest & 1
      rest >>= 1
    }
    return result
  }

  /// Literals, the end of the block, and lengths of matches.
  static func literalsAndLengths() -> HuffmanTable {
    var meanings = (0..<256).map { literal | UInt32($0) << 8 }
    meanings.append(exceptional | endOfBlock)
    var base: UInt32 = 3
    for symbol in 257..<285 {
      let extra: UInt32 = symbol < 265 ? 0 : UInt32(symbol - 261) / 4
      meanings.append(base << 16 | extra)
      base += 1 << extra
    }
    meanings.append(258 << 16)
    return HuffmanTable(indexBits: 11, meanings: meanings)
  }

  /// Distances of matches.
  static func distances() -> HuffmanTable {
    var meanings: [UInt32] = []
    var base: UInt32 = 1
    for symbol in 0..<30 {
      let extra: UInt32 = symbol < 4 ? 0 : UInt32(symbol - 2) / 2
      meanings.append(base << 16 | extra)
      base += 1 << extra
    }
    return HuffmanTable(indexBits: 9, meanings: meanings)
  }

  /// The lengths of code words, which a block packs as well.
  static func codeLengths() -> HuffmanTable {
    HuffmanTable(indexBits: 7, meanings: (0..<19).map { UInt32($0) << 16 })
  }
}
