// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// What the `INFO` of one record states, as far as it is read.
struct VCFRecordInfo {
  /// The annotation, empty when there is none.
  private(set) var annotation = 0..<0
  /// `germline` or `somatic` where the caller says so.
  private(set) var status: StaticString?
  /// The identifier of the other end of a rearrangement.
  private(set) var mate = 0..<0
  /// Whether the ends of a rearrangement are known only about.
  private(set) var isImprecise = false
  /// The tumor's depth and allele fraction as PCGR's inputs write them; -1 when not given.
  private(set) var depth = -1
  private(set) var fraction: Double = -1
  /// Reads of the change and of all in a record without genotypes, as `DP4` counts them; -1 when not given.
  private(set) var altCount = -1, reads = -1
  /// Frequency in a general population; -1 when not given.
  private(set) var frequency: Double = -1

  /// What curators say of the change where the record has one allele, as `INFO` tells it.
  private(set) var statements = StatedPathogenicity()

  init(_ cell: Range<Int>, header: VCFHeader, _ text: Span<UInt8>) {
    let tag = header.layout?.tag ?? []
    var start = cell.lowerBound
    while start < cell.upperBound {
      let end = min(
        LineWalker.firstIndex(of: UInt8(ascii: ";"), in: text, from: start) ?? cell.upperBound, cell.upperBound)
      let equals = min(LineWalker.firstIndex(of: UInt8(ascii: "="), in: text, from: start) ?? end, end)
      let key = text.extracting(start..<equals)
      let value = min(equals + 1, end)..<end
      if Self.same(tag, key) {
        annotation = value
      } else {
        read(key, value, text)
        for (known, name) in header.statementTags where Self.same(known, key) {
          statements.formUnion(StatedPathogenicity(text.extracting(value), column: name))
        }
        for known in header.frequencyTags where Self.same(known, key) {
          frequency = max(frequency, VCFAnnotation.highest(value, text))
        }
      }
      start = end + 1
    }
  }

  private mutating func read(_ key: Span<UInt8>, _ value: Range<Int>, _ text: Span<UInt8>) {
    let cell = text.extracting(value)
    if ByteText.equals(key, "SOMATIC") {
      status = "somatic"
    } else if ByteText.equals(key, "GERMLINE") {
      status = "germline"
    } else if ByteText.equals(key, "SS"), status == nil {
      // VarScan: 1 germline, 2 somatic.
      if ByteText.equals(cell, "1") { status = "germline" }
      if ByteText.equals(cell, "2") { status = "somatic" }
    } else if ByteText.equals(key, "STATUS") {
      if ByteText.equals(cell, "Germline") { status = "germline" }
      if ByteText.equals(cell, "StrongSomatic") || ByteText.equals(cell, "LikelySomatic") { status = "somatic" }
    } else if ByteText.equals(key, "MATEID") {
      mate = value
    } else if ByteText.equals(key, "IMPRECISE") {
      isImprecise = true
    } else if ByteText.equals(key, "TDP") {
      depth = ByteText.count(cell) ?? -1
    } else if ByteText.equals(key, "DP4") {
      let counts = ByteText.string(cell).split(separator: ",").map { Int($0) ?? -1 }
      guard counts.count == 4, counts.allSatisfy({ $0 >= 0 && $0 < 1_000_000_000 }) else { return }
      altCount = counts[2] + counts[3]
      reads = counts.reduce(0, +)
    } else if ByteText.equals(key, "TVAF") {
      fraction = ByteText.number(cell) ?? -1
    }
  }

  private static func same(_ name: [UInt8], _ key: Span<UInt8>) -> Bool {
    guard name.count == key.count else { return false }
    for index in key.indices where name[index] != key[index] { return false }
    return true
  }
}
