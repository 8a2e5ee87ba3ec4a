// SPDX-License-Identifier: Apache-2.0
/// Inflates a deflate stream (RFC 1951) piece by piece, for files too large to be unpacked in one piece.
///
/// libdeflate, which unpacks whole buffers, has no such mode, and zlib's takes more than twice as long. As in libdeflate
/// 64 bits are held at a time, and literals and matches are decoded without asking after every symbol whether there is
/// room. Input and output are the caller's; matches reach back into what stands before the output.
@safe final class Inflater {
  /// Why ``run(_:_:)`` returned.
  enum Pause {
    /// The input is used up, but for less than one code word.
    case needsInput
    /// Fewer than ``outputMargin`` bytes of room are left.
    case outputIsFull
    /// The stream is at its end; the input stands at the byte behind it.
    case end
    case corrupt
    /// The input ended, and the stream did not.
    case truncated
  }

  /// Packed bytes that lie in memory.
  @safe struct Input {
    let base: UnsafePointer<UInt8>
    /// The next byte.
    var position: Int
    /// The end of the bytes; behind it are ``Inflater/padding`` more that can be read.
    let end: Int
    /// Whether no bytes follow these; what is behind the end is zero then.
    let isLast: Bool
  }

  /// Room for text.
  @safe struct Output {
    let base: UnsafeMutablePointer<UInt8>
    /// Where text of this stream begins; matches reach no further back.
    let start: Int
    /// Where the next byte goes.
    var position: Int
    /// The end of the room.
    let end: Int
  }

  /// Bytes that must be readable behind an input.
  static let padding = 64
  /// Room that a step may need at most; a call with less makes nothing.
  static let outputMargin = 320

  private enum Mode {
    case blockHeader
    case stored(Int)
    case codes
    case done
  }

  private var mode = Mode.blockHeader
  private var bits: UInt64 = 0
  private var count: UInt64 = 0
  private var isFinalBlock = false
  private var holdsFixedCodes = false
  private let literals = HuffmanTable.literalsAndLengths()
  private let distances = HuffmanTable.distances()
  private let codeLengths = HuffmanTable.codeLengths()

  /// Code lengths of a block take no more bytes than this.
  private static let longestHeader = 640
  private static let stepInput = 40

  /// Makes ready for another stream.
  func reset() {
    mode = .blockHeader
    bits = 0
    count = 0
    isFinalBlock = false
  }

  /// Inflates until one side runs out.
  func run(_ input: inout Input, _ output: inout Output) -> Pause {
    while true {
      switch mode {
      case .blockHeader:
        if !input.isLast, input.end - input.position < Self.longestHeader { return pause(.needsInput, &input) }
        guard readBlockHeader(&input) else { return overran(input) ? .truncated : .corrupt }
        if overran(input) { return .truncated }
      case .stored(let left):
        let taken = min(left, input.end - input.position, output.end - output.position)
        unsafe (output.base + output.position).update(from: input.base + input.position, count: taken)
        input.position += taken
        output.position += taken
        if taken == left {
          mode = isFinalBlock ? .done : .blockHeader
          continue
        }
        mode = .stored(left - taken)
        if output.position == output.end { return .outputIsFull }
        return input.isLast ? .truncated : .needsInput
      case .codes:
        switch decode(&input, &output) {
        case .end:
          if overran(input) { return .truncated }
          mode = isFinalBlock ? .done : .blockHeader
        case .corrupt: return overran(input) ? .truncated : .corrupt
        case .needsInput: return input.isLast ? .truncated : pause(.needsInput, &input)
        case let other: return overran(input) ? .truncated : pause(other, &input)
        }
      case .done:
        input.position -= Int(count >> 3)
        bits = 0
        count = 0
        return .end
      }
    }
  }

  /// Gives whole bytes that were not used back to the input.
  private func pause(_ reason: Pause, _ input: inout Input) -> Pause {
    input.position -= Int(count >> 3)
    count &= 7
    bits &= 1 << count - 1
    return reason
  }

  private func overran(_ input: Input) -> Bool { input.position - Int(count >> 3) > input.end }

  // MARK: Block headers

  @inline(__always)
  private func need(_ wanted: UInt64, _ input: inout Input) {
    while count < wanted {
      // Behind the end of the last input there are zeros, for a while; who reads them all overran.
      let byte = unsafe input.position < input.end + Self.padding ? input.base[input.position] : 0
      bits |= UInt64(byte) << count
      input.position += 1
      count += 8
    }
  }

  @inline(__always)
  private func take(_ wanted: UInt64, _ input: inout Input) -> Int {
    need(wanted, &input)
    let value = bits & (1 << wanted - 1)
    bits >>= wanted
    count -= wanted
    return Int(value)
  }

  private func readBlockHeader(_ input: inout Input) -> Bool {
    isFinalBlock = take(1, &input) == 1
    switch take(2, &input) {
    case 0:
      input.position -= Int(count >> 3)
      bits = 0
      count = 0
      let size = take(16, &input)
      guard take(16, &input) == ~size & 0xFFFF else { return false }
      mode = .stored(size)
    case 1:
      if !holdsFixedCodes { buildFixedCodes() }
      mode = .codes
    case 2:
      guard readCodes(&input) else { return false }
      mode = .codes
    default: return false
    }
    return true
  }

  private func buildFixedCodes() {
    var lengths = [UInt8](repeating: 8, count: 288)
    for symbol in 144..<256 { lengths[symbol] = 9 }
    for symbol in 256..<280 { lengths[symbol] = 7 }
    let isMade = literals.build(lengths[...]) && distances.build([UInt8](repeating: 5, count: 32)[...])
    precondition(isMade, "the fixed codes are complete")
    holdsFixedCodes = true
  }

  private static let lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

  private func readCodes(_ input: inout Input) -> Bool {
    holdsFixedCodes = false
    let literalCount = take(5, &input) + 257
    let distanceCount = take(5, &input) + 1
    let lengthCount = take(4, &input) + 4
    guard literalCount <= 286, distanceCount <= 30 else { return false }
    var own = [UInt8](repeating: 0, count: 19)
    for place in 0..<lengthCount { own[Self.lengthOrder[place]] = UInt8(take(3, &input)) }
    guard codeLengths.build(own[...]) else { return false }
    var lengths: [UInt8] = []
    lengths.reserveCapacity(320)
    let wanted = literalCount + distanceCount
    while lengths.count < wanted {
      need(14, &input)
      let entry = unsafe codeLengths.entries[Int(bits & 127)]
      guard entry & HuffmanTable.exceptional == 0, !overran(input) else { return false }
      _ = take(UInt64(entry & 0xFF), &input)
      switch entry >> 16 {
      case 16:
        guard let last = lengths.last else { return false }
        lengths += repeatElement(last, count: 3 + take(2, &input))
      case 17: lengths += repeatElement(0, count: 3 + take(3, &input))
      case 18: lengths += repeatElement(0, count: 11 + take(7, &input))
      case let length: lengths.append(UInt8(length))
      }
    }
    // A block that could not end is none.
    guard lengths.count == wanted, lengths[256] > 0 else { return false }
    return literals.build(lengths[..<literalCount]) && distances.build(lengths[literalCount...])
  }

  // MARK: Symbols

  private func decode(_ input: inout Input, _ output: inout Output) -> Pause {
    let packed = unsafe UnsafeRawPointer(input.base)
    let text = unsafe UnsafeMutableRawPointer(output.base)
    let literals = unsafe self.literals.entries
    let distances = unsafe self.distances.entries
    let literalMask = UInt64(1 << self.literals.indexBits - 1)
    let distanceMask = UInt64(1 << self.distances.indexBits - 1)
    let start = output.start
    let inputEnd = input.isLast ? input.end + Self.padding - Self.stepInput : input.end - Self.stepInput
    let outputEnd = output.end - Self.outputMargin
    var position = input.position
    var out = output.position
    var bits = self.bits
    var count = self.count
    defer {
      input.position = position
      output.position = out
      self.bits = bits
      self.count = count
    }
    if position > inputEnd { return .needsInput }
    if out > outputEnd { return .outputIsFull }
    unsafe Self.refill(packed, &position, &bits, &count)
    var entry = unsafe literals[Int(truncatingIfNeeded: bits & literalMask)]
    while true {
      if entry & HuffmanTable.literal != 0 {
        // Three entries of the main table take at most 33 of the 56 bits.
        unsafe Self.put(entry, text, &out)
        Self.consume(entry, &bits, &count)
        entry = unsafe literals[Int(truncatingIfNeeded: bits & literalMask)]
        if entry & HuffmanTable.literal != 0 {
          unsafe Self.put(entry, text, &out)
          Self.consume(entry, &bits, &count)
          entry = unsafe literals[Int(truncatingIfNeeded: bits & literalMask)]
          if entry & HuffmanTable.literal != 0 {
            unsafe Self.put(entry, text, &out)
            Self.consume(entry, &bits, &count)
            if position > inputEnd { return .needsInput }
            if out > outputEnd { return .outputIsFull }
            unsafe Self.refill(packed, &position, &bits, &count)
            entry = unsafe literals[Int(truncatingIfNeeded: bits & literalMask)]
            continue
          }
        }
        unsafe Self.refill(packed, &position, &bits, &count)
      }
      if entry & HuffmanTable.exceptional != 0 {
        if entry & HuffmanTable.subtable != 0 {
          Self.consume(entry, &bits, &count)
          entry = unsafe literals[
            Int(entry >> 16) &+ Int(truncatingIfNeeded: bits & ((1 &<< UInt64(entry &>> 8 & 63)) &- 1))]
        }
        if entry & HuffmanTable.literal != 0 {
          unsafe Self.put(entry, text, &out)
          Self.consume(entry, &bits, &count)
          if position > inputEnd { return .needsInput }
          if out > outputEnd { return .outputIsFull }
          unsafe Self.refill(packed, &position, &bits, &count)
          entry = unsafe literals[Int(truncatingIfNeeded: bits & literalMask)]
          continue
        }
        if entry & HuffmanTable.exceptional != 0 {
          guard entry & HuffmanTable.endOfBlock != 0 else { return .corrupt }
          Self.consume(entry, &bits, &count)
          return .end
        }
      }
      let length = Self.value(entry, bits)
      Self.consume(entry, &bits, &count)
      unsafe Self.refill(packed, &position, &bits, &count)
      entry = unsafe distances[Int(truncatingIfNeeded: bits & distanceMask)]
      if entry & HuffmanTable.exceptional != 0 {
        guard entry & HuffmanTable.subtable != 0 else { return .corrupt }
        Self.consume(entry, &bits, &count)
        entry = unsafe distances[
          Int(entry >> 16) &+ Int(truncatingIfNeeded: bits & ((1 &<< UInt64(entry &>> 8 & 63)) &- 1))]
        guard entry & HuffmanTable.exceptional == 0 else { return .corrupt }
      }
      let distance = Self.value(entry, bits)
      Self.consume(entry, &bits, &count)
      guard distance <= out &- start else { return .corrupt }
      let target = out
      out &+= length
      let mayGoOn = position <= inputEnd && out <= outputEnd
      if mayGoOn {
        // The next entry is fetched while the match is copied.
        unsafe Self.refill(packed, &position, &bits, &count)
        entry = unsafe literals[Int(truncatingIfNeeded: bits & literalMask)]
      }
      unsafe Self.copy(text, from: target &- distance, to: target, length, distance)
      if !mayGoOn { return position > inputEnd ? .needsInput : .outputIsFull }
    }
  }

  /// Writes one literal or two.
  @inline(__always)
  private static func put(_ entry: UInt32, _ text: UnsafeMutableRawPointer, _ out: inout Int) {
    unsafe text.storeBytes(
      of: UInt16(truncatingIfNeeded: entry &>> 8).littleEndian, toByteOffset: out, as: UInt16.self)
    out &+= 1 &+ Int(truncatingIfNeeded: entry &>> 30 & 1)
  }

  /// Holds at least 56 bits.
  @inline(__always)
  private static func refill(
    _ packed: UnsafeRawPointer, _ position: inout Int, _ bits: inout UInt64, _ count: inout UInt64
  ) {
    let word = unsafe UInt64(littleEndian: packed.loadUnaligned(fromByteOffset: position, as: UInt64.self))
    bits |= word &<< count
    position &+= Int(truncatingIfNeeded: (63 &- count) &>> 3)
    count |= 56
  }

  @inline(__always)
  private static func consume(_ entry: UInt32, _ bits: inout UInt64, _ count: inout UInt64) {
    let taken = UInt64(entry & 0xFF)
    bits &>>= taken
    count &-= taken
  }

  /// The base of a length or distance and its extra bits.
  @inline(__always)
  private static func value(_ entry: UInt32, _ bits: UInt64) -> Int {
    let own = bits & ((1 &<< UInt64(entry & 0xFF)) &- 1)
    return Int(entry >> 16) &+ Int(truncatingIfNeeded: own &>> UInt64(entry &>> 8 & 63))
  }

  /// Copies a match; up to 40 bytes behind it are written over, for which there is room.
  @inline(__always)
  private static func copy(
    _ text: UnsafeMutableRawPointer, from: Int, to: Int, _ length: Int, _ distance: Int
  ) {
    var source = from
    var target = to
    let end = to &+ length
    if distance >= 8 {
      repeat {
        unsafe text.storeBytes(
          of: text.loadUnaligned(fromByteOffset: source, as: UInt64.self), toByteOffset: target, as: UInt64.self)
        unsafe text.storeBytes(
          of: text.loadUnaligned(fromByteOffset: source &+ 8, as: UInt64.self), toByteOffset: target &+ 8,
          as: UInt64.self)
        source &+= 16
        target &+= 16
      } while target < end
    } else if distance == 1 {
      let byte = unsafe text.load(fromByteOffset: source, as: UInt8.self)
      let word = UInt64(byte) &* 0x0101_0101_0101_0101
      repeat {
        unsafe text.storeBytes(of: word, toByteOffset: target, as: UInt64.self)
        target &+= 8
      } while target < end
    } else {
      while target < end {
        unsafe text.storeBytes(
          of: text.load(fromByteOffset: source, as: UInt8.self), toByteOffset: target, as: UInt8.self)
        source &+= 1
        target &+= 1
      }
    }
  }
}
