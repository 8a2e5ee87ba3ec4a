// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// Words that cells use of a call, compared without letter case, blanks, hyphens and underscores; those of results are of
/// ``ResultWords``.
enum CallWords: Int, CaseIterable, Sendable {
  case empty, noCall, open, takenBack, no, yes, pass, referenceGenotype, normalTissue

  /// The letters and digits of the words, as cells hold them.
  private var words: [[UInt8]] {
    switch self {
    case .noCall: ResultWords.cells([.absent])
    case .open: ResultWords.cells([.untested, .uncertain])
    case .empty, .takenBack, .no, .yes, .pass, .referenceGenotype, .normalTissue: spelled.map { Array($0.utf8) }
    }
  }

  private var spelled: [String] {
    switch self {
    case .noCall, .open: []
    case .empty: ["none"]
    // Of a column that may also say what a change means.
    case .takenBack: ["artifact", "artefact", "falsepositive", "rejected", "failed", "notconfirmed", "unconfirmed"]
    case .no: ["false", "no", "0", "f", "n"]
    case .yes: ["true", "yes", "1", "t", "y"]
    case .pass: ["pass", "passed", "rescue", "ok", "none", "pass;pass", "pass,pass", "gain", "loss"]
    case .referenceGenotype:
      [
        "0/0", "0|0", "./.", ".|.", "homref", "homozygousreference", "homozygousref", "ref/ref", "wt", "wildtype",
        "nocall",
      ]
    case .normalTissue:
      [
        "normal", "matchednormal", "normaltissue", "solidtissuenormal", "bloodderivednormal", "adjacentnormal",
        "healthytissue", "normalcontrol",
      ]
    }
  }

  /// The words of each case.
  private static let lists: [[[UInt8]]] = allCases.map(\.words)
  /// The bytes that words of each case begin with, a bit for each by its low six bits: most cells are none of them.
  var beginnings: UInt64 {
    Self.lists[rawValue].reduce(0) { set, word in set | Self.bit(word[0]) }
  }

  /// Whether a cell that begins with this byte may be one of the words with these beginnings; what is skipped may stand
  /// before any word.
  @inline(__always)
  static func mayBegin(_ first: UInt8, _ beginnings: UInt64) -> Bool {
    beginnings & bit(lower(first)) != 0 || isSkipped(first)
  }

  private static func bit(_ byte: UInt8) -> UInt64 { 1 << UInt64(byte & 63) }

  private static func isSkipped(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
  }

  private static func lower(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte }

  /// Whether a filter is the call itself: Ion Reporter marks copies that are amplified or lost by `GAIN` and `LOSS`.
  static func isCallOfCopies(_ filter: Span<UInt8>) -> Bool {
    ByteText.equals(filter, "GAIN") || ByteText.equals(filter, "LOSS")
  }

  /// Whether the cell is one of the words.
  func contain(_ cell: Span<UInt8>) -> Bool {
    guard cell.count <= 40 else { return false }
    return Self.lists[rawValue].contains { Self.equals(cell, $0) }
  }

  private static func equals(_ cell: Span<UInt8>, _ word: [UInt8]) -> Bool {
    guard cell.count >= word.count else { return false }
    var place = 0
    for index in cell.indices where !isSkipped(cell[index]) {
      guard place < word.count, word[place] == lower(cell[index]) else { return false }
      place += 1
    }
    return place == word.count
  }
}
