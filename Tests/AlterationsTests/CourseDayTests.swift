// SPDX-License-Identifier: Apache-2.0
import Alterations
import Testing

struct CourseDayTests {
  @Test(arguments: [
    ("1970-01-01", 0), ("2000-02-29", 11_016), ("1969-12-31", -1), ("2024-02-29T10:11:12Z", 19_782),
    ("20240229", 19_782), ("2024/2/29", 19_782), ("29-Feb-2024", 19_782), ("29 February 2024", 19_782),
    ("2024.02.29", 19_782), ("1-Oct-2024", 19_997), ("1 sept 2024", 19_967), ("29.02.2024", 19_782),
    ("29/2/2024", 19_782), ("2/29/2024", 19_782), ("Feb 29, 2024", 19_782), ("October 1 2024", 19_997),
    ("01.01.1970", 0),
  ])
  func `a date is a day of the calendar`(text: String, number: Int) throws {
    let day = try #require(CourseDay(text))
    #expect(day.isDate && day.number == number)
    #expect(CourseDay(day.description) == day)
  }

  @Test(arguments: [
    "", " ", "03/04/2021", "3.4.2021", "2021", "2021-03", "2021-02-29", "2021-13-01", "2021-00-10", "21-03-04", "today",
    "2021-03-04-05", "99999999", "day", "day x", "12", "2021-03-xx", "31-Foo-2021", "Foo 31, 2021", "31.02.2021",
    "13/13/2021", "12/11/2021", "29.2.24", "999999999999999999-01-01", "--",
    "T",
  ])
  func `what is no clear date is none`(text: String) {
    #expect(CourseDay(text) == nil)
  }

  @Test func `days of a patient's own scale`() {
    #expect(CourseDay("-12", countsDays: true) == CourseDay(relative: -12))
    #expect(CourseDay("2021", countsDays: true) == CourseDay(relative: 2021))
    #expect(CourseDay("12.0", countsDays: true)?.description == "day 12")
    #expect(CourseDay("day -3") == CourseDay(relative: -3))
    #expect(CourseDay("1e300", countsDays: true) == nil && CourseDay("nan", countsDays: true) == nil)
    #expect(CourseDay("2021-03-04", countsDays: true)?.isDate == true)
  }

  @Test func `every day of 200 years is the one after the day before`() {
    var expected: Int?
    for year in 1900...2099 {
      for month in 1...12 {
        for day in 1...31 {
          guard let found = CourseDay(year: year, month: month, day: day) else { continue }
          if let expected { #expect(found.number == expected) }
          expected = found.number + 1
          #expect(CourseDay(found.description) == found)
        }
      }
    }
    #expect(expected == 47_482)
  }
}
