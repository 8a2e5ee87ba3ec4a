// SPDX-License-Identifier: Apache-2.0

/// Small numbers, such as the places of rules in a table or those of agents, a bit for each; they come in order.
struct NumberSet: Sendable, Sequence {
  private var words: [UInt64]

  /// Some numbers below a limit.
  init(below limit: Int, _ numbers: [Int] = []) {
    words = [UInt64](repeating: 0, count: (limit + 63) / 64)
    insert(contentsOf: numbers)
  }

  mutating func insert(_ number: Int) { words[number >> 6] |= 1 << UInt64(number & 63) }

  mutating func insert(contentsOf numbers: [Int]) { for number in numbers { insert(number) } }

  mutating func insert(contentsOf numbers: some Sequence<Int32>) { for number in numbers { insert(Int(number)) } }

  /// The numbers that are in both.
  func intersection(_ other: NumberSet) -> NumberSet {
    var common = self
    for place in words.indices { common.words[place] &= other.words[place] }
    return common
  }

  func makeIterator() -> Iterator { Iterator(words: words) }

  struct Iterator: IteratorProtocol {
    private let words: [UInt64]
    private var place = 0
    private var rest: UInt64

    fileprivate init(words: [UInt64]) {
      self.words = words
      rest = words.first ?? 0
    }

    mutating func next() -> Int? {
      while rest == 0 {
        place += 1
        guard place < words.count else { return nil }
        rest = words[place]
      }
      let bit = rest.trailingZeroBitCount
      rest &= rest - 1
      return place << 6 + bit
    }
  }
}

/// Places in a list by a number that few of them share, such as that of a therapy.
struct PlacesByNumber {
  /// By number: the last place that was added.
  private var last: [Int32]
  /// By place: the one with the same number that was added before; -1 for none.
  private var before: [Int32] = []

  init(numbers: Int) { last = [Int32](repeating: -1, count: numbers) }

  /// Adds the next place of the list.
  mutating func append(_ number: Int32) {
    let place = Int32(before.count)
    before.append(last[Int(number)])
    last[Int(number)] = place
  }

  /// A place with the number for which more holds.
  func place(_ number: Int32, where isOne: (Int) -> Bool) -> Int? {
    var place = last[Int(number)]
    while place >= 0 {
      if isOne(Int(place)) { return Int(place) }
      place = before[Int(place)]
    }
    return nil
  }
}
