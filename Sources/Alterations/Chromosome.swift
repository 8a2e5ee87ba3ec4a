// SPDX-License-Identifier: Apache-2.0

/// Names of human chromosomes.
package enum Chromosome {
  /// A chromosome as the tables write it: `chr17`, `17.0` and `NC_000017.11` are `17`, `23` is `X`; other names as they are.
  package static func plain(_ name: some StringProtocol) -> String {
    var rest = name[...]
    let bytes = rest.utf8
    // Nearly all names are plain, or have the prefix.
    if let first = bytes.first, first | 0x20 == UInt8(ascii: "c"), bytes.count > 3, rest.prefix(3).lowercased() == "chr"
    {
      rest = rest.dropFirst(3)
    }
    if rest.hasPrefix("NC_0000"), let number = Int(rest.dropFirst(7).prefix(2)), number > 0 {
      return named(number) ?? String(name)
    }
    if rest.hasSuffix(".0") { rest = rest.dropLast(2) }
    switch rest {
    case "23", "x": return "X"
    case "24", "y": return "Y"
    default: return String(rest)
    }
  }

  private static func named(_ number: Int) -> String? {
    switch number {
    case 1...22: String(number)
    case 23: "X"
    case 24: "Y"
    default: nil
    }
  }
}
