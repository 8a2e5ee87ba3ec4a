// SPDX-License-Identifier: Apache-2.0
/// The genes that one cell names.
enum GeneList {
  /// `CDK4,MDM2`, `CDK4/MDM2`, and `CDKN2A/B`, whose second name takes the beginning of the first.
  ///
  /// What tools write for stretches between genes is none.
  static func genes(_ cell: String) -> [String] {
    // One symbol and nothing else, as nearly all cells are.
    if cell.utf8.count > 1, cell.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x80 && !Self.marks.contains($0) }),
      !Self.isNoGene(cell)
    {
      return [cell]
    }
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

  private static let marks: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "/")]

  /// What callers write where a row is of no gene.
  private static func isNoGene(_ name: String) -> Bool {
    switch name.utf8.first {
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "A"), UInt8(ascii: "B"), UInt8(ascii: "N"),
      UInt8(ascii: "a"), UInt8(ascii: "b"), UInt8(ascii: "n"):
      break
    default: return false
    }
    return ["-", ".", "antitarget", "background", "none"].contains(name.lowercased())
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
