// SPDX-License-Identifier: Apache-2.0
import Testing
@testable import DelimitedText

struct WrittenNumberTests {
  @Test(arguments: [
    ("12.5", 12.5), ("12,5", 12.5), ("0,125", 0.125), ("1,234.5", 1234.5), ("1.234,5", 1234.5),
    ("1,234,567", 1_234_567),
    ("1.234.567", 1_234_567), ("1 234,5", 1234.5), ("12'345", 12345), ("12,5 %", 12.5), ("-1,5", -1.5),
    ("1234,5678", 1234.5678),
    ("0,5", 0.5), ("14", 14), ("1e3", 1000),
  ])
  func `a number is read whole, whatever divides its decimals and thousands`(text: String, expected: Double) {
    #expect(WrittenNumber(text) == .value(expected))
  }

  @Test(arguments: ["1,234", "12,345", "123,456"])
  func `thousands or decimals are unclear where only other numbers tell`(text: String) {
    #expect(WrittenNumber(text) == .unclear)
    #expect(WrittenNumber(text, convention: .comma).value.map { $0 < 1000 } == true)
    #expect(WrittenNumber(text, convention: .point).value.map { $0 >= 1000 } == true)
  }

  @Test(arguments: ["", "12,5,6", "1.2.3", "abc", "12 mut/Mb", "1,23,4", "1 23", ",5", "nan", "inf"])
  func `what is no number from end to end is none`(text: String) {
    #expect(WrittenNumber(text) == .none)
  }

  @Test func `other cells of a column tell what a comma divides`() {
    #expect(WrittenNumber.convention(of: ["1,234", "12,5"]) == .comma)
    #expect(WrittenNumber.convention(of: ["1,234", "0.8"]) == .point)
    #expect(WrittenNumber.convention(of: ["1,234", "7"]) == nil)
    #expect(WrittenNumber.convention(of: ["12,5", "0.8"]) == nil)
  }

  @Test(arguments: [("12,5 mut/Mb", "12,5"), ("14 mut/Mb", "14"), ("1 234 reads", "1 234"), ("90%", "90"), ("3+", "3")])
  func `the number that a text begins with ends where its digits do`(text: String, expected: String) {
    #expect(WrittenNumber.prefix(of: text) == expected)
  }
}
