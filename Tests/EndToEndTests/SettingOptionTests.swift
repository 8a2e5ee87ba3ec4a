// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reports
import Testing

@testable import Batch
@testable import oncomatch

/// The options of `oncomatch run` that state settings.
struct SettingOptionTests {
  private static let values = [
    "samples": "sheet.tsv", "overrides": "stated.tsv", "tumor-type": "LMS", "quiet-time": "60", "formats": "tsv,FHIR",
    "max-text-size": "1000",
    "max-line-size": "1000", "report-url": "https://reports.example", "jobs": "3", "regulator": "EMA",
    "genome": "GRCh38",
  ]

  private func settings(_ arguments: [String]) throws -> RunSettings {
    try RunCommand.parse(["INPUT", "--out", "OUT"] + arguments).effectiveSettings()
  }

  @Test func `each option states its setting and no other`() throws {
    #expect(try settings([]).values.isEmpty)
    for setting in SettingTable.shared.list {
      guard let name = setting.option?.name else { continue }
      if setting.expectedInFile == "true or false" {
        for (option, value) in [("--" + name, true), ("--no-" + name, false)] {
          let stated = try settings([option]).values
          #expect(stated.keys.elementsEqual([setting.key]) && stated[setting.key] as? Bool == value, "\(option)")
        }
      } else {
        let value = try #require(Self.values[name], "a value to try --\(name) with")
        #expect(try settings(["--" + name, value]).values.keys.elementsEqual([setting.key]), "--\(name)")
      }
    }
    let read = try settings(Self.values.flatMap { ["--" + $0.key, $0.value] })
    #expect(read.sheet == "sheet.tsv" && read.tumorType == "LMS" && read.quietTime == 60 && read.workers == 3)
    #expect(read.formats == [.tsv, .fhir] && read.maxTextSize == 1000 && read.reportAddress.hasSuffix(".example"))
  }

  @Test func `the help says of each option what the table of settings says`() {
    // Lines are broken to the width of the terminal.
    let help = RunCommand.helpMessage().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for setting in SettingTable.shared.list {
      guard let option = setting.option else { continue }
      let place = option.value.isEmpty ? "/--no-\(option.name)" : " <\(option.value)>"
      #expect(help.contains("--\(option.name)\(place) \(option.help)"), "--\(option.name)")
    }
  }

  @Test func `options that other commands have too state settings as well`() throws {
    let read = try settings(["--panel", "genes.txt", "--table", "a.tsv", "--table", "b.tsv", "--no-builtin-table"])
    #expect(read.panelFile == "genes.txt" && read.tables == ["a.tsv", "b.tsv"] && !read.usesBuiltInTable)
  }

  @Test(arguments: [
    ("jobs", "0", "a number of workers, 1 to 1024"), ("jobs", "two", "a number of workers"),
    ("quiet-time", "-1", "a number of seconds"), ("formats", "tsv,pdf", "a list, joined by commas, of tsv, json"),
    ("max-line-size", "0", "a number of bytes"), ("report-url", "ftp://reports.example", "begins with https://"),
    ("report-url", "https://a b", "an address"),
  ])
  func `a value that the setting cannot have is refused with what is expected`(
    option: String, value: String, message: String
  ) {
    let error = #expect(throws: (any Error).self) { try settings(["--\(option)=\(value)"]) }
    let text = error.map { RunCommand.fullMessage(for: $0) } ?? ""
    #expect(text.contains("'\(value)'") && text.contains("--\(option)") && text.contains(message), "\(text)")
  }
}
