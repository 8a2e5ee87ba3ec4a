// SPDX-License-Identifier: Apache-2.0
internal import Reports

/// Why every sample is made anew.
enum RunCause: Hashable, CaseIterable, Sendable {
  /// There is no earlier run.
  case first
  case forced, program, table, settings, part
  /// A table of the last run is not what that run wrote, so that no rows can be taken from it.
  case damagedTable

  /// What a dry run says.
  var words: String {
    switch self {
    case .first: "new"
    case .forced: "forced"
    case .program: "program changed"
    case .table: "table changed"
    case .settings: "settings changed"
    case .part: "part of the cohort changed"
    case .damagedTable: "a table of the last run was changed"
    }
  }

  /// What changes.tsv says where neither files nor the row of the sheet are others.
  var changeCause: ChangeCause {
    switch self {
    case .program: .program
    case .table: .table
    case .first, .forced, .settings, .part, .damagedTable: .input
    }
  }
}

/// Why every sample of a run that could carry some over is read again after all.
enum RedoCause: Hashable, Sendable {
  /// A file that lies flat and may have rows of any sample.
  case flatFile(String)
  case panels
  /// Identifiers of two samples are one on paper.
  case printedAlike

  /// What a dry run says.
  var words: String {
    switch self {
    case .flatFile(let path): "\(path) is new or changed"
    case .panels: "a gene panel changed"
    case .printedAlike: "identifiers of two samples are printed the same"
    }
  }
}

/// Why the files of a folder are read again.
enum ReadingCause: Hashable, Sendable {
  /// A file that the last run did not read.
  case new(String)
  case changed(String)
  case removed(String)
  /// Something in the folder cannot be looked at, in the words of the system.
  case unreadable(String)
  /// Folders of one name stand or fall together.
  case namesake
  /// The folder holds a cohort of its own, which is read as files that lie flat are.
  case severalSamples
  /// Its sample failed in the last run.
  case failed
  /// Its sample was left for this run.
  case deferred
  /// Files outside the folder have rows of its sample.
  case sharedSample
  /// Reports were written after the record, by a run that did not come to its end.
  case interrupted
  /// A file of its report is not there any more.
  case reportMissing
  /// A file of its report is not what the last run wrote.
  case reportChanged
  /// Its row of the sample sheet changed.
  case sheetRow
  /// A file that lies flat has, or had, rows of it.
  case flatRows(String)

  /// What a dry run says.
  var words: String {
    switch self {
    case .new(let path): "\(path) is new"
    case .changed(let path): "\(path) changed"
    case .removed(let path): "\(path) is gone"
    case .unreadable(let fault): fault
    case .namesake: "another folder of this name changed"
    case .severalSamples: "holds several samples"
    case .failed: "failed last time"
    case .deferred: "was left for this run"
    case .sharedSample: "other files have rows of it"
    case .interrupted: "an earlier run was interrupted"
    case .reportMissing: "its report is missing"
    case .reportChanged: "its report was changed"
    case .sheetRow: "its row of the sample sheet changed"
    case .flatRows(let path): "\(path) has rows of it"
    }
  }
}
