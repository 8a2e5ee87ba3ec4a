// SPDX-License-Identifier: Apache-2.0
/// Numbers below 16,777,216 that were written when the program was built and are read where they stand.
///
/// Each is four characters of six bits, the lowest first, so that the build can write them as a text of the program.
@safe package struct LaidOutNumbers: @unchecked Sendable {
  // Sendable since the bytes are constants: they neither change nor go away.
  private let digits: UnsafeRawPointer?
  /// How many there are.
  package let count: Int

  /// The character of 0.
  private static let zero: UInt8 = 0x3F
  /// The least number that has no characters.
  package static let limit = 1 << 24

  /// The numbers whose characters begin at an address; they have to stay there as long as the program runs.
  package init(_ digits: UnsafeBufferPointer<UInt8>) {
    unsafe self.digits = UnsafeRawPointer(digits.baseAddress)
    count = digits.count / 4
  }

  private init(_ digits: UnsafeRawPointer?, count: Int) {
    unsafe self.digits = digits
    self.count = count
  }

  /// The number at a place; 0 outside of them.
  package subscript(place: Int) -> Int {
    @inline(__always) get {
      guard place >= 0, place < count, let digits = unsafe digits else { return 0 }
      return Int(Self.number(unsafe UInt32(littleEndian: (digits + place * 4).loadUnaligned(as: UInt32.self))))
    }
  }

  /// The number of four characters.
  @inline(__always) private static func number(_ characters: UInt32) -> UInt32 {
    let word = characters &- 0x3F3F_3F3F
    let pairs = (word & 0x003F_003F) | (word & 0x3F00_3F00) >> 2
    return pairs & 0xFFF | pairs >> 4 & 0xFF_F000
  }

  /// Those in a range; fewer where it reaches beyond them.
  package func part(_ start: Int, _ length: Int) -> LaidOutNumbers {
    guard let digits = unsafe digits, start >= 0, start < count, length > 0 else {
      return unsafe LaidOutNumbers(nil, count: 0)
    }
    return unsafe LaidOutNumbers(digits + start * 4, count: min(length, count - start))
  }

  /// So many numbers from a place on, each less by one: -1 is laid out as 0.
  package func array(_ start: Int, _ length: Int) -> [Int32] {
    let length = max(0, min(length, count - start))
    // Filling an empty array would write its count into the one empty array that all threads share.
    if length == 0 { return [] }
    guard start >= 0, let digits = unsafe digits else { return [Int32](repeating: -1, count: length) }
    return unsafe [Int32](unsafeUninitializedCapacity: length) { buffer, filled in
      // Within bounds, and without a question for each, so that several are read at once.
      let first = unsafe digits + start * 4
      for place in 0..<length {
        let word = unsafe UInt32(littleEndian: (first + place * 4).loadUnaligned(as: UInt32.self))
        unsafe (buffer.baseAddress.unsafelyUnwrapped + place).initialize(
          to: Int32(truncatingIfNeeded: Self.number(word)) &- 1)
      }
      filled = length
    }
  }

  /// The characters of a number.
  package static func append(_ number: Int, to digits: inout [UInt8]) {
    precondition(number >= 0 && number < limit, "a number that cannot be laid out")
    for shift in [0, 6, 12, 18] { digits.append(zero + UInt8(number >> shift & 0x3F)) }
  }
}
