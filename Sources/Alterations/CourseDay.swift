// SPDX-License-Identifier: Apache-2.0
/// A day in the course of a patient: a date, or a number of days on a scale of the patient's own.
package struct CourseDay: Hashable, Sendable {
  /// Whether it is a date; days of the two kinds cannot be compared.
  package let isDate: Bool
  /// Days since 1970-01-01, or since the patient's own day 0.
  package let number: Int

  private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

  /// A date; `nil` where the calendar has none.
  package init?(year: Int, month: Int, day: Int) {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1900...2199).contains(year), (1...12).contains(month), (1...lengths[month - 1]).contains(day) else {
      return nil
    }
    // Years are counted from March, so that the day that is not always there is the last one.
    let shifted = month > 2 ? year : year - 1
    let era = shifted / 400
    let ofEra = shifted - era * 400
    let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    isDate = true
    number = era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
  }

  /// The date so many days behind 1970-01-01.
  package init(date number: Int) {
    isDate = true
    self.number = number
  }

  /// A day of the patient's own scale.
  package init(relative number: Int) {
    isDate = false
    self.number = number
  }

  /// The day that a text states: `2021-03-04`, `20210304`, `2021/03/04`, `4-Mar-2021`, `Mar 4, 2021`, `31.12.2021`, a
  /// time behind it aside, or `day 12`; `nil` for anything else, such as `03/04/2021`, which is one day here and another
  /// one there.
  ///
  /// - Parameter countsDays: Whether a bare number counts days, as it does in timelines.
  package init?(_ text: String, countsDays: Bool = false) {
    let lowered = text.lowercased()
    if lowered.hasPrefix("day "), let number = Int(lowered.dropFirst(4)) {
      self.init(relative: number)
      return
    }
    if countsDays, let number = Double(lowered), number == number.rounded(), abs(number) < 100_000 {
      self.init(relative: Int(number))
      return
    }
    var date = lowered.prefix { $0 != "t" && $0 != " " }
    // The T of a time is none of `oct` and `sept`.
    if lowered.contains(where: { $0.isLetter && $0 != "t" && $0 != "z" }) { date = lowered[...] }
    if date.count == 8, date.allSatisfy({ $0.isASCII && $0.isNumber }) {
      let digits = date.compactMap(\.wholeNumberValue)
      self.init(
        year: digits[..<4].reduce(0) { $0 * 10 + $1 }, month: digits[4] * 10 + digits[5],
        day: digits[6] * 10 + digits[7]
      )
      return
    }
    let parts = date.split { "-/., ".contains($0) }
    guard parts.count == 3, parts.allSatisfy({ $0.utf8.count <= 9 }) else { return nil }
    if parts[0].count == 4, let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]) {
      self.init(year: year, month: month, day: day)
      return
    }
    guard parts[2].count == 4, let year = Int(parts[2]) else { return nil }
    if let day = Int(parts[0]), let month = Self.month(parts[1]) {
      self.init(year: year, month: month, day: day)
    } else if let day = Int(parts[1]), let month = Self.month(parts[0]) {
      self.init(year: year, month: month, day: day)
    } else if let first = Int(parts[0]), let second = Int(parts[1]), first > 12 || second > 12 || first == second {
      // Of two numbers one of which is no month there is one reading.
      self.init(year: year, month: min(first, second), day: max(first, second))
    } else {
      return nil
    }
  }

  /// The number of a month by its English name.
  private static func month(_ word: Substring) -> Int? {
    guard word.allSatisfy(\.isLetter) else { return nil }
    return months.firstIndex(of: String(word.prefix(3))).map { $0 + 1 }
  }
}

extension CourseDay: CustomStringConvertible {
  /// `2021-03-04`, or `day 12`.
  package var description: String {
    guard isDate else { return "day \(number)" }
    let shifted = number + 719_468
    let era = shifted / 146_097
    let ofEra = shifted - era * 146_097
    let year = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * year + year / 4 - year / 100)
    let month = (5 * ofYear + 2) / 153
    let day = ofYear - (153 * month + 2) / 5 + 1
    let civil = month < 10 ? month + 3 : month - 9
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    return "\(year + era * 400 + (civil <= 2 ? 1 : 0))-\(two(civil))-\(two(day))"
  }
}
