// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge
internal import Reports

/// A therapy as a cell of a sheet states it, with the dates that may stand behind its name:
/// `gefitinib (2019-03-01 to 2020-02-10)`, `olaparib since 2021-05`, `imatinib 2018-01-04..2019-07-30`,
/// `gefitinib (day 10 to day 390)`.
struct StatedTherapy {
  /// What stands there without the dates.
  private(set) var name: String
  private(set) var start: CourseDay?
  private(set) var stop: CourseDay?
  /// What looks like a date and is none that is clear.
  private(set) var unclear: [String] = []

  private static let connectors: Set<String> = ["to", "from", "until", "till", "since", "-", "\u{2013}", "through"]
  private static let ends: Set<String> = ["to", "until", "till", "through"]
  /// Words behind which a date stands and nothing else.
  private static let datesFollow: Set<String> = ["since", "until", "till"]

  init(_ text: String) {
    name = text
    var words: [String] = []
    var days: [(first: CourseDay, last: CourseDay)] = []
    var isEnd = false
    var isDateNext = false
    for word in Self.words(text) {
      defer { isDateNext = Self.datesFollow.contains(word.lowercased()) }
      if let day = Self.day(word) {
        if days.isEmpty, words.last.map({ Self.ends.contains($0.lowercased()) }) == true { isEnd = true }
        days.append(day)
      } else if isDateNext || Self.isUnclearDate(word) {
        unclear.append(word)
      } else {
        words.append(word)
      }
    }
    if days.isEmpty && unclear.isEmpty { return }
    name = words.filter { !Self.connectors.contains($0.lowercased()) }.joined(separator: " ")
    guard let first = days.first else { return }
    if days.count > 1 {
      (start, stop) = (first.first, days[1].last)
    } else if isEnd {
      stop = first.last
    } else {
      start = first.first
    }
  }

  /// Whether a word is three numbers as those of a date, or two as those of a month and a year.
  private static func isUnclearDate(_ word: String) -> Bool {
    let numbers = word.split(omittingEmptySubsequences: false) { "-/.".contains($0) }
    guard numbers.allSatisfy({ (1...4).contains($0.utf8.count) && $0.allSatisfy { $0.isASCII && $0.isNumber } }) else {
      return false
    }
    return numbers.count == 3
      || numbers.count == 2 && numbers.contains { $0.utf8.count == 4 } && numbers.contains { $0.utf8.count <= 2 }
  }

  /// Words and dates of a text, brackets left out.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    for word in text.split(whereSeparator: { $0.isWhitespace || "()[],".contains($0) }) {
      let parts = word.split(separator: "..").map(String.init)
      if parts.count == 2 {
        words += parts
        continue
      }
      // An interval of dates has a slash, and so have combinations of agents.
      let halves = word.split(separator: "/").map(String.init)
      if halves.count == 2, halves.allSatisfy({ CourseDay($0) != nil }) {
        words += halves
      } else {
        words.append(String(word))
      }
      // A day of the patient's own scale is two words.
      if words.count > 1, words[words.count - 2].lowercased() == "day", let number = words.last, Int(number) != nil {
        words.replaceSubrange((words.count - 2)..., with: ["day " + number])
      }
    }
    return words
  }

  /// The first and the last day of a date, a month or a year.
  private static func day(_ word: String) -> (first: CourseDay, last: CourseDay)? {
    let word = word.hasSuffix(":") || word.hasSuffix(".") ? String(word.dropLast()) : word
    if word.hasPrefix("day ") { return CourseDay(word).map { ($0, $0) } }
    guard word.first?.isNumber == true else { return nil }
    if let day = CourseDay(word), day.isDate { return (day, day) }
    let numbers = word.split { $0 == "-" || $0 == "/" || $0 == "." }
    guard numbers.count <= 2, numbers.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }) else { return nil }
    let isYearFirst = numbers[0].count == 4
    guard let year = numbers.first(where: { $0.count == 4 }).flatMap({ Int($0) }), (1900...2199).contains(year) else {
      return nil
    }
    if numbers.count == 1 {
      guard let first = CourseDay(year: year, month: 1, day: 1), let last = CourseDay(year: year, month: 12, day: 31)
      else { return nil }
      return (first, last)
    }
    guard let month = Int(isYearFirst ? numbers[1] : numbers[0]),
      let first = CourseDay(year: year, month: month, day: 1)
    else { return nil }
    let last = (28...31).reversed().lazy.compactMap { CourseDay(year: year, month: month, day: $0) }.first
    return (first, last ?? first)
  }

  /// Names of the agents as tables write them.
  static func agents(_ text: String, _ table: AgentTable) -> [String] {
    let whole = text.trimmed
    if whole.isEmpty { return [] }
    if let agent = table.find(whole), !agent.isClassToken { return [agent.name] }
    let parts = whole.replacing(" and ", with: "+").replacing(" with ", with: "+")
      .split { "+/&,;|".contains($0) }.map(\.trimmed).filter { !$0.isEmpty }
    return parts.flatMap { part in
      if let agent = table.find(part) { return [agent.name] }
      let named = named(part, table)
      return named.isEmpty ? [part.lowercased()] : named
    }
  }

  /// Agents among other words: `imatinib 400 mg daily`.
  private static func named(_ text: String, _ table: AgentTable) -> [String] {
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    var found: [String] = []
    var place = 0
    while place < words.count {
      let run = (1...min(3, words.count - place)).reversed().lazy.compactMap { count in
        table.find(words[place..<place + count].joined(separator: " ")).map { (name: $0.name, count: count) }
      }.first
      if let run { found.append(run.name) }
      place += run?.count ?? 1
    }
    return found
  }
}

extension StringProtocol {
  /// Without white space at its ends.
  fileprivate var trimmed: String {
    var text = Substring(self)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
