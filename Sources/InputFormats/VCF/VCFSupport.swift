// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// The reads behind one allele in one column of a VCF, in the dialects of the callers.
struct VCFSupport {
  /// Whether the genotype names the allele; `nil` without a genotype.
  private(set) var isCalled: Bool?
  /// Whether the genotype is called and names other alleles alone: `0/0`.
  private(set) var isCalledWithout = false
  /// Reads with the allele; -1 when not given.
  private(set) var altCount = -1
  /// Reads in all; -1 when not given.
  private(set) var depth = -1
  /// The allele's fraction; -1 when not given.
  private(set) var fraction: Double = -1

  /// Whether the tumor has the allele, as far as the column tells.
  var isPresent: Bool {
    if isCalled == true || altCount > 0 || fraction > 0 { return true }
    return isCalled == nil && altCount != 0 && fraction != 0
  }

  /// Whether no genotype is called and the column states that no read lies there.
  var isUncovered: Bool { isCalled != true && !isCalledWithout && depth == 0 && altCount <= 0 }

  /// Whether the genotype names the allele and no read carries it: some callers write one genotype for all records.
  var isWithoutReads: Bool { isCalled == true && altCount == 0 && depth > 0 && fraction <= 0 }

  /// The keys of `FORMAT` that are read.
  private enum Key: Int, CaseIterable {
    case genotype, ad, rd, dp, ao, ro, af, freq, fa, dv, dr, rv, rr, au, cu, gu, tu, tar, tir, pr, sr, su, adt, dpt, dp4
  }

  private static let names: [(StaticString, Key)] = [
    ("GT", .genotype), ("AD", .ad), ("RD", .rd), ("DP", .dp), ("AO", .ao), ("RO", .ro), ("AF", .af), ("FREQ", .freq),
    ("FA", .fa), ("DV", .dv), ("DR", .dr), ("RV", .rv), ("RR", .rr), ("AU", .au), ("CU", .cu), ("GU", .gu),
    ("TU", .tu), ("TAR", .tar), ("TIR", .tir), ("PR", .pr), ("SR", .sr), ("SU", .su), ("ADT", .adt), ("DPT", .dpt),
    ("VAF", .af), ("VF", .af), ("DP4", .dp4),
  ]

  private var cells: [Range<Int>]

  /// Reads a column.
  ///
  /// - Parameters:
  ///   - allele: The number of the allele in `ALT`, counted from 1.
  ///   - bases: The allele.
  init(format: Range<Int>, column: Range<Int>, allele: Int, bases: Range<Int>, _ text: Span<UInt8>) {
    cells = Array(repeating: 0..<0, count: Key.allCases.count)
    split(format, column, text)
    readGenotype(allele, text)
    readCounts(allele, bases, text)
    if altCount >= 0, depth > 0, fraction < 0 { fraction = min(1, Double(altCount) / Double(depth)) }
  }

  private mutating func split(_ format: Range<Int>, _ column: Range<Int>, _ text: Span<UInt8>) {
    var key = format.lowerBound
    var value = column.lowerBound
    while key < format.upperBound, value < column.upperBound {
      let keyEnd = Self.end(key, format.upperBound, UInt8(ascii: ":"), text)
      let valueEnd = Self.end(value, column.upperBound, UInt8(ascii: ":"), text)
      if keyEnd - key <= 4 {
        let name = text.extracting(key..<keyEnd)
        for (known, place) in Self.names where ByteText.equals(name, known) { cells[place.rawValue] = value..<valueEnd }
      }
      key = keyEnd + 1
      value = valueEnd + 1
    }
  }

  private static func end(_ start: Int, _ limit: Int, _ byte: UInt8, _ text: Span<UInt8>) -> Int {
    var index = start
    while index < limit, text[index] != byte { index += 1 }
    return index
  }

  private func cell(_ key: Key) -> Range<Int> { cells[key.rawValue] }

  /// The number at a place of a comma list, counted from 0; -1 when it is not given.
  private func number(_ key: Key, _ place: Int = 0, _ text: Span<UInt8>) -> Double {
    let range = cell(key)
    var start = range.lowerBound
    var left = place
    while start < range.upperBound {
      let stop = Self.end(start, range.upperBound, UInt8(ascii: ","), text)
      if left == 0 {
        let part = text.extracting(start..<stop)
        if let count = ByteText.count(part), part[part.count - 1] != UInt8(ascii: "%"), Self.isWhole(part) {
          return Double(count)
        }
        guard let value = ByteText.number(part) else { return -1 }
        return part[part.count - 1] == UInt8(ascii: "%") ? value / 100 : value
      }
      left -= 1
      start = stop + 1
    }
    return -1
  }

  private static func isWhole(_ part: Span<UInt8>) -> Bool {
    for index in part.indices where part[index] < 0x30 || part[index] > 0x39 { return false }
    return true
  }

  private func count(_ key: Key, _ place: Int = 0, _ text: Span<UInt8>) -> Int {
    let value = number(key, place, text)
    return value < 0 || value > 1e9 ? -1 : Int(value)
  }

  private func values(_ key: Key, _ text: Span<UInt8>) -> Int {
    let range = cell(key)
    var found = range.isEmpty ? 0 : 1
    for index in range where text[index] == UInt8(ascii: ",") { found += 1 }
    return found
  }

  /// The sum of a comma list; values that are not given count nothing.
  private func sum(_ key: Key, _ text: Span<UInt8>) -> Int {
    (0..<values(key, text)).reduce(0) { $0 + max(0, count(key, $1, text)) }
  }

  private mutating func readGenotype(_ allele: Int, _ text: Span<UInt8>) {
    let range = cell(.genotype)
    guard !range.isEmpty else { return }
    isCalled = false
    var value = -1
    var isWhole = true
    for index in range {
      let byte = text[index]
      if byte == UInt8(ascii: ".") { isWhole = false }
      if byte >= 0x30, byte <= 0x39 {
        value = min(max(value, 0) * 10 + Int(byte - 0x30), 10_000)
      } else {
        if value == allele { isCalled = true }
        value = -1
      }
    }
    if value == allele { isCalled = true }
    isCalledWithout = isWhole && isCalled == false
  }

  private mutating func readCounts(_ allele: Int, _ bases: Range<Int>, _ text: Span<UInt8>) {
    let stated = count(.dp, 0, text)
    if values(.ad, text) > 1 {
      take(count(.ad, allele, text), of: sum(.ad, text), stated)
    } else if !cell(.ad).isEmpty, !cell(.rd).isEmpty {
      // VarScan: one number each.
      let alt = count(.ad, 0, text)
      take(alt, of: max(0, alt) + max(0, count(.rd, 0, text)), stated)
    } else if !cell(.ao).isEmpty {
      take(count(.ao, allele - 1, text), of: sum(.ao, text) + max(0, count(.ro, 0, text)), stated)
    } else if !cell(.tir).isEmpty {
      let alt = count(.tir, 0, text)
      take(alt, of: max(0, alt) + max(0, count(.tar, 0, text)), -1)
    } else if !cell(.au).isEmpty, bases.count == 1, let key = Self.base(text[bases.lowerBound]) {
      let all = [Key.au, .cu, .gu, .tu].reduce(0) { $0 + max(0, count($1, 0, text)) }
      take(count(key, 0, text), of: all, -1)
    } else if !cell(.adt).isEmpty {
      take(count(.adt, allele, text), of: sum(.adt, text), count(.dpt, 0, text))
    } else if !cell(.dr).isEmpty, !cell(.dv).isEmpty {
      let alt = max(0, count(.dv, 0, text)) + max(0, count(.rv, 0, text))
      take(alt, of: alt + max(0, count(.dr, 0, text)) + max(0, count(.rr, 0, text)), -1)
    } else if !cell(.dv).isEmpty {
      take(count(.dv, 0, text), of: stated, stated)
    } else if values(.pr, text) == 2 || values(.sr, text) == 2 {
      let alt = max(0, count(.pr, 1, text)) + max(0, count(.sr, 1, text))
      take(alt, of: alt + max(0, count(.pr, 0, text)) + max(0, count(.sr, 0, text)), -1)
    } else if values(.dp4, text) == 4 {
      // Forward and reverse reads of the reference, then those of the change.
      let alt = max(0, count(.dp4, 2, text)) + max(0, count(.dp4, 3, text))
      take(alt, of: sum(.dp4, text), stated)
    } else if !cell(.su).isEmpty {
      altCount = count(.su, 0, text)
    }
    readFraction(allele, stated, text)
  }

  private mutating func readFraction(_ allele: Int, _ stated: Int, _ text: Span<UInt8>) {
    if depth < 0 { depth = stated }
    guard altCount < 0 || depth <= 0 else { return }
    for key in [Key.af, .fa, .freq] {
      // One fraction for all alleles is written once.
      let place = values(key, text) > 1 ? allele - 1 : 0
      let value = number(key, place, text)
      guard value >= 0 else { continue }
      fraction = value > 1 ? min(1, value / 100) : value
      if altCount < 0, depth > 0 { altCount = Int((fraction * Double(depth)).rounded()) }
      return
    }
  }

  private static func base(_ byte: UInt8) -> Key? {
    switch byte & 0xDF {
    case UInt8(ascii: "A"): .au
    case UInt8(ascii: "C"): .cu
    case UInt8(ascii: "G"): .gu
    case UInt8(ascii: "T"): .tu
    default: nil
    }
  }

  /// Takes counts; the fraction is of the reads that name an allele, the depth the greater of both.
  private mutating func take(_ alt: Int, of total: Int, _ stated: Int) {
    guard alt >= 0 else { return }
    altCount = alt
    depth = max(total, stated)
    if total > 0 { fraction = min(1, Double(alt) / Double(total)) }
  }
}
