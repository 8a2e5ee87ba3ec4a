// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// The age of a patient as sheets state it.
enum PatientAge {
  /// Ages that a person may have.
  private static let possible = 0.0...130.0
  /// From here on an age that is stated as a lower bound, which keeps a person from being known, stands for itself.
  private static let leastBound = 80.0
  private static let years: Set<String> = ["", "y", "yr", "yrs", "year", "years", "y/o", "yo", "yearold", "yearsold"]
  private static let months: Set<String> = ["mo", "mos", "month", "months", "monthold", "monthsold"]

  /// Reads a cell: `12`, `12 years`, `12y`, `18 months`, `over 89`; `nil` where it says no age that there may be.
  static func years(_ cell: String) -> Double? {
    var text = cell.lowercased().filter { !$0.isWhitespace }
    var isBound = false
    for sign in [">=", ">", "\u{2265}", "over"] where text.hasPrefix(sign) {
      text.removeFirst(sign.count)
      isBound = true
      break
    }
    if text.hasSuffix("+") {
      text.removeLast()
      isBound = true
    }
    let digits = text.prefix { $0.isNumber || $0 == "." }
    let unit = text.dropFirst(digits.count).filter { $0 != "-" }
    guard var age = ByteText.number(Array(digits.utf8).span) else { return nil }
    if months.contains(unit) { age /= 12 } else if !years.contains(unit) { return nil }
    guard possible.contains(age), !isBound || age >= leastBound else { return nil }
    return age
  }
}
