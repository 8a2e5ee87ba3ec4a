// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// The genes that one cell names.
enum GeneList {
  /// `CDK4,MDM2`, `CDK4/MDM2`, and `CDKN2A/B`, whose second name takes the beginning of the first.
  ///
  /// What tools write for stretches between genes is none.
  static func genes(_ cell: String) -> [String] {
    if isOneGene(Array(cell.utf8).span) { return [cell] }
    var found: [String] = []
    for item in cell.split(whereSeparator: { $0 == "," || $0 == ";" }) {
      var first = ""
      for part in item.split(separator: "/") {
        let name = String(part.drop { $0 == " " }).dropLastBlanks
        if name.isEmpty || isNoGene(name) { continue }
        let whole = first.isEmpty ? name : completed(name, first)
        if first.isEmpty { first = name }
        if !found.contains(whole) { found.append(whole) }
      }
    }
    return found
  }

  /// Whether a cell is one symbol and nothing else, as nearly all are.
  static func isOneGene(_ cell: Span<UInt8>) -> Bool {
    guard cell.count > 1 else { return false }
    for index in cell.indices {
      switch cell[index] {
      case 0...0x20, 0x80..., UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "/"): return false
      default: break
      }
    }
    return !mayBeNoGene(cell[0]) || !isNoGene(ByteText.string(cell))
  }

  /// What callers write where a row is of no gene.
  private static func isNoGene(_ name: String) -> Bool {
    guard let first = name.utf8.first, mayBeNoGene(first) else { return false }
    return ["-", ".", "antitarget", "background", "none"].contains(name.lowercased())
  }

  /// Whether a name that begins so may be one of those.
  private static func mayBeNoGene(_ first: UInt8) -> Bool {
    switch first | 0x20 {
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "a"), UInt8(ascii: "b"), UInt8(ascii: "n"): true
    default: false
    }
  }

  /// `B` behind `CDKN2A` is CDKN2B, `3` behind `FGF4` is FGF3; a longer name stands for itself.
  static func completed(_ part: String, _ first: String) -> String {
    let isEnding = part.count <= 2 && part.allSatisfy { $0.isUppercase || $0.isNumber } && first.count > part.count + 1
    guard isEnding, let own = part.first, let last = first.dropLast(part.count - 1).last,
      own.isNumber == last.isNumber
    else { return part }
    return first.dropLast(part.count) + part
  }
}

extension String {
  /// Without blanks at the end.
  fileprivate var dropLastBlanks: String {
    var view = self[...]
    while view.last == " " { view = view.dropLast() }
    return String(view)
  }
}
