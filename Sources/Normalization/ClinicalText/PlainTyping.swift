// SPDX-License-Identifier: Apache-2.0
/// Text in the characters that findings are read in.
///
/// Texts copied from reports and pages hold full-width letters, blanks that do not break, minus signs and raised signs;
/// each stands for a plain character.
enum PlainTyping {
  /// The text with plain characters in the place of their kin.
  static func of(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 && $0 != 0x09 }) { return text }
    var plain = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      // The letter of German keyboards in the place of the Greek one: `PDGFRß`.
      if scalar == "ß", let before = plain.last, before.properties.isUppercase {
        plain.append("β")
        continue
      }
      if let replaced = replacement(scalar) { plain.append(contentsOf: replaced.unicodeScalars) }
    }
    return String(plain)
  }

  /// What a character stands for; `nil` where it has no width.
  private static func replacement(_ scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0).map { String($0) }
    case 0x09, 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: " "
    case 0xAD, 0x200B...0x200F, 0x2060, 0xFEFF: nil
    case 0x2010...0x2015, 0x2212, 0x2296, 0xFE58, 0xFE63, 0x207B, 0x208B: "-"
    case 0x2295, 0x207A, 0x208A: "+"
    case 0x2044, 0x2215: "/"
    case 0xD7: "x"
    case 0x2A7D, 0x2266: "≤"
    case 0x2A7E, 0x2267: "≥"
    default: String(scalar)
    }
  }
}
