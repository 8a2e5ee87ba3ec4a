// SPDX-License-Identifier: Apache-2.0
/// A sample identifier as the name of a folder: it never leaves the place it is given (guide: Runs, The output folder).
enum SampleName {
  /// The identifier itself where it is a plain name, else an encoding of it with `%` and two digits a byte.
  static func encoded(_ sampleID: String) -> String {
    var name = ""
    for byte in sampleID.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x30...0x39,
        UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "@"),
        UInt8(ascii: "="):
        name.unicodeScalars.append(UnicodeScalar(byte))
      case 0x80...: name += percent(byte)
      case 0x20 where !name.isEmpty: name += "%20"
      default: name += percent(byte)
      }
    }
    if name.hasPrefix(".") { name = "%2E" + name.dropFirst() }
    if name.isEmpty { name = "%00" }
    guard name.utf8.count > 120 else { return name }
    // Over-long names keep their beginning and gain a check sum.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in sampleID.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    return String(name.prefix(100)) + "~" + String(hash, radix: 16)
  }

  /// The identifier with control characters encoded, so that no two are printed alike: `a\nb` is `a%0Ab`.
  static func printable(_ sampleID: String) -> String {
    guard sampleID.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return sampleID }
    var name = ""
    for scalar in sampleID.unicodeScalars {
      if scalar.value < 0x20 || scalar.value == 0x7F {
        name += percent(UInt8(scalar.value))
      } else {
        name.unicodeScalars.append(scalar)
      }
    }
    return name
  }

  private static func percent(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return "%" + (digits.utf8.count == 1 ? "0" + digits : digits)
  }
}
