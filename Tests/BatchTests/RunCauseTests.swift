// SPDX-License-Identifier: Apache-2.0
import Reports
import Testing
@testable import Batch

/// Every cause for which something is done again has its words, no two of them the same.
struct RunCauseTests {
  @Test func `a cause of a whole run has its words`() {
    let words: [RunCause: String] = [
      .first: "new", .forced: "forced", .program: "program changed", .table: "table changed",
      .settings: "settings changed", .part: "part of the cohort changed",
      .damagedTable: "a table of the last run was changed",
    ]
    for cause in RunCause.allCases { #expect(cause.words == words[cause], "\(cause)") }
    #expect(Set(RunCause.allCases.map(\.words)).count == RunCause.allCases.count)
  }

  @Test func `a cause of a whole run is one of those that changes.tsv knows`() {
    for cause in RunCause.allCases {
      let expected: ChangeCause = cause == .program ? .program : cause == .table ? .table : .input
      #expect(cause.changeCause == expected, "\(cause)")
    }
  }

  /// The compiler keeps both switches complete: a new case needs a name, and a name needs an example.
  enum ReadingCase: CaseIterable {
    case new, changed, removed, unreadable, namesake, severalSamples, failed, deferred, sharedSample, interrupted
    case reportMissing, reportChanged, sheetRow, flatRows

    init(_ cause: ReadingCause) {
      self =
        switch cause {
        case .new: .new
        case .changed: .changed
        case .removed: .removed
        case .unreadable: .unreadable
        case .namesake: .namesake
        case .severalSamples: .severalSamples
        case .failed: .failed
        case .deferred: .deferred
        case .sharedSample: .sharedSample
        case .interrupted: .interrupted
        case .reportMissing: .reportMissing
        case .reportChanged: .reportChanged
        case .sheetRow: .sheetRow
        case .flatRows: .flatRows
        }
    }

    var example: (cause: ReadingCause, words: String) {
      switch self {
      case .new: (.new("S1/a.maf"), "S1/a.maf is new")
      case .changed: (.changed("S1/a.maf"), "S1/a.maf changed")
      case .removed: (.removed("S1/a.maf"), "S1/a.maf is gone")
      case .unreadable: (.unreadable("S1: Permission denied"), "S1: Permission denied")
      case .namesake: (.namesake, "another folder of this name changed")
      case .severalSamples: (.severalSamples, "holds several samples")
      case .failed: (.failed, "failed last time")
      case .deferred: (.deferred, "was left for this run")
      case .sharedSample: (.sharedSample, "other files have rows of it")
      case .interrupted: (.interrupted, "an earlier run was interrupted")
      case .reportMissing: (.reportMissing, "its report is missing")
      case .reportChanged: (.reportChanged, "its report was changed")
      case .sheetRow: (.sheetRow, "its row of the sample sheet changed")
      case .flatRows: (.flatRows("a.maf"), "a.maf has rows of it")
      }
    }
  }

  @Test(arguments: ReadingCase.allCases)
  func `a cause for which a folder is read again has its words`(name: ReadingCase) {
    let (cause, words) = name.example
    #expect(ReadingCase(cause) == name)
    #expect(cause.words == words)
  }

  @Test func `no two causes have the same words`() {
    let redone = [RedoCause.flatFile("a.maf"), .panels, .printedAlike].map(\.words)
    let words = redone + ReadingCase.allCases.map(\.example.words) + RunCause.allCases.map(\.words)
    #expect(Set(words).count == words.count)
  }
}
