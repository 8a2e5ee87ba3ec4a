// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

extension CourseDay {
  /// The day of the built-in tables and ten years more.
  ///
  /// The clock of the machine is not asked: what is said of a sample today has to be said of it in a year, too.
  private static let last: CourseDay? = {
    let version = KnowledgeBase.builtInVersion.prefix(10).map { $0 == "." ? "-" : $0 }
    return CourseDay(String(version)).map { CourseDay(date: $0.number + 3653) }
  }()

  /// Whether it is a date that no sample, therapy or signature can have as long as these tables are used.
  var isFarAhead: Bool {
    guard isDate, let last = Self.last else { return false }
    return number > last.number
  }

  /// How such a day is told of.
  static let farAhead = "more than ten years after the program's tables (check the year)"
}
