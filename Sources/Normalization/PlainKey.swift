// SPDX-License-Identifier: Apache-2.0
/// Tells plain changes of genes apart; twelve bytes of text stand in two numbers.
struct PlainKey: Equatable {
  /// The longest change that a key can hold, in bytes.
  static let longest = 12

  private let gene: Int32
  private let high: UInt64
  private let low: UInt32

  /// A key of no gene, which no change has.
  init() { (gene, high, low) = (-1, 0, 0) }

  init(gene: Int32, change: Span<UInt8>, replacingLastBy last: UInt8? = nil) {
    var high: UInt64 = 0
    var low: UInt32 = 0
    for index in change.indices {
      var byte = change[index]
      if let last, index == change.count - 1 { byte = last }
      if index < 8 { high = high << 8 | UInt64(byte) } else { low = low << 8 | UInt32(byte) }
    }
    (self.gene, self.high, self.low) = (gene, high, low)
  }

  /// Whether it is the key of a gene's change.
  var isSet: Bool { gene >= 0 }

  /// A number that differs for most keys.
  var scattered: UInt64 {
    let mixed = (high ^ UInt64(low) << 17 ^ UInt64(UInt32(bitPattern: gene)) << 40) &* 0x9E37_79B9_7F4A_7C15
    return mixed ^ mixed >> 29
  }
}

/// Places by ``PlainKey``: open addressing, at most half full.
struct PlainPlaces {
  /// Which of two lists, and where in it.
  struct Place {
    let isListed: Bool
    private let number: Int32

    init(isListed: Bool, place: Int) { (self.isListed, number) = (isListed, Int32(place)) }

    var place: Int { Int(number) }
  }

  private var keys: [PlainKey] = []
  private var places: [Place] = []
  private var filled: [Int32] = []

  /// The place of a key; `nil` when it has none.
  subscript(_ key: PlainKey) -> Place? {
    guard !keys.isEmpty else { return nil }
    let slot = slot(of: key)
    return keys[slot].isSet ? places[slot] : nil
  }

  /// Gives a key its place, also where it had another.
  mutating func set(_ key: PlainKey, to place: Place) {
    if (filled.count + 1) * 2 > keys.count { grow() }
    let slot = slot(of: key)
    if !keys[slot].isSet {
      keys[slot] = key
      filled.append(Int32(slot))
    }
    places[slot] = place
  }

  private func slot(of key: PlainKey) -> Int {
    let mask = keys.count - 1
    var slot = Int(truncatingIfNeeded: key.scattered) & mask
    while keys[slot].isSet, keys[slot] != key { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    let old = filled.map { (keys[Int($0)], places[Int($0)]) }
    let size = max(256, keys.count * 2)
    keys = Array(repeating: PlainKey(), count: size)
    places = Array(repeating: Place(isListed: false, place: 0), count: size)
    filled.removeAll(keepingCapacity: true)
    for (key, place) in old { set(key, to: place) }
  }
}
