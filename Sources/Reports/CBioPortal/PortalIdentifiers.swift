// SPDX-License-Identifier: Apache-2.0
internal import SystemIO

/// Identifiers as cBioPortal's importer takes them: at most 63 letters, digits, `-`, `_` and `.`, one an original.
///
/// Other characters become `_`, and so does the hyphen of what looks like a month and a day. Where that would give two
/// samples one name, where the name is too long, and where the importer would read it as "missing", eight digits of the
/// original's digest end it.
struct PortalIdentifiers {
  private static let longest = 63
  private let names: [String: String]

  /// The identifiers of distinct or repeated originals; their order says nothing.
  init(_ originals: [String]) {
    let distinct = Set(originals)
    var counts: [String: Int] = [:]
    for original in distinct { counts[Self.plain(original), default: 0] += 1 }
    var names: [String: String] = [:]
    for original in distinct {
      let plain = Self.plain(original)
      let isFit = plain.utf8.count <= Self.longest && counts[plain] == 1 && !["", "na"].contains(plain.lowercased())
      names[original] = isFit ? plain : Self.shortened(plain, original)
    }
    self.names = names
  }

  /// The identifier of one of the originals.
  subscript(original: String) -> String { names[original] ?? Self.shortened(Self.plain(original), original) }

  private static func plain(_ text: String) -> String {
    let name = String(
      text.unicodeScalars.map { scalar in
        let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
        return isPlain || ["-", "_", "."].contains(scalar) ? Character(scalar) : "_"
      })
    // The importer's validator takes `Mar-12` for a date that a spreadsheet made.
    let parts = name.lowercased().split(separator: "-", omittingEmptySubsequences: false)
    let isDate = parts.count == 2 && parts.contains { months.contains(String($0)) }
    return isDate ? name.replacing("-", with: "_") : name
  }

  private static let months: Set<String> = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  private static func shortened(_ plain: String, _ original: String) -> String {
    let digest = XXH64.hex(Array(original.utf8).span).prefix(8)
    return plain.prefix(longest - 9) + "_" + digest
  }
}
