// SPDX-License-Identifier: Apache-2.0
/// The style of a sample's printed sheets: sample, table and page number on each.
struct PrintedSheet {
  let sample: String
  let table: String

  /// A style sheet of its own, since its words are the sample's.
  var bytes: [UInt8] {
    Array(
      ("@page{@top-left{content:\"\(Self.escaped(sample))\";font:9pt sans-serif}"
        + "@bottom-left{content:\"oncomatch table \(Self.escaped(table))\";font:9pt sans-serif}"
        + "@bottom-right{content:\"page \" counter(page) \" of \" counter(pages);font:9pt sans-serif}}").utf8)
  }

  /// A text that may stand in a string of a style sheet: all but letters, digits and spaces as numbers.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars.prefix(120) {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", " ", "-", ".", "_", ",": result.unicodeScalars.append(scalar)
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{200E}", "\u{200F}", "\u{2028}"..."\u{202E}",
        "\u{2066}"..."\u{2069}":
        result += "\\FFFD "
      default: result += "\\" + String(scalar.value, radix: 16) + " "
      }
    }
    return result
  }
}
