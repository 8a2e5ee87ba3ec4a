// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import Reports
internal import SystemIO

/// The files of samples' reports as the last run left them.
struct RecordedReports {
  private let previous: RecordedRun
  private let output: String
  private let verifies: Bool
  private let isWritten: Bool

  init(_ previous: RecordedRun, _ options: RunOptions) {
    self.previous = previous
    output = options.output
    verifies = options.verifies
    isWritten = options.writesSampleFiles && !options.formats.isEmpty
  }

  /// The folder of a sample's report.
  static func folder(_ output: String, _ id: String) -> String { output + "/samples/" + SampleName.encoded(id) }

  /// Why the report of a sample has to be made again; `nil` when it is what the last run wrote.
  func fault(of sample: RunRecord.Sample) -> ReadingCause? {
    guard isWritten else { return nil }
    // Of a sample without a file an earlier report may stay, which is not this one.
    if sample.inputs.isEmpty, sample.files.isEmpty, sample.status == .notEvaluated { return nil }
    let folder = Self.folder(output, sample.id)
    guard let stamp = FileStamp(path: folder), stamp.isDirectory, !sample.files.isEmpty else { return .reportMissing }
    // A run that was killed has written here.
    if stamp.modified > previous.modified { return .interrupted }
    let name = folder + "/" + SampleName.encoded(sample.id)
    for (suffix, size) in sample.files.byName {
      guard let stamp = FileStamp(link: name + suffix), stamp.isRegular else { return .reportMissing }
      if stamp.modified > previous.modified { return .interrupted }
      if stamp.size != size { return .reportChanged }
    }
    guard verifies else { return nil }
    return Self.digest(of: sample, in: folder) == sample.report ? nil : .reportChanged
  }

  /// The digest of a sample's files; `nil` where one cannot be read.
  static func digest(of sample: RunRecord.Sample, in folder: String) -> String? {
    let name = folder + "/" + SampleName.encoded(sample.id)
    var digest = ReportDigest()
    var bytes: [UInt8] = []
    for suffix in sample.files.names {
      guard (try? FileReading.read(name + suffix, into: &bytes, isRegular: true)) != nil else { return nil }
      digest.add(suffix, bytes)
    }
    return digest.text
  }
}

/// The digest of a sample's files, which come in the order of their names.
struct ReportDigest {
  private var hash = XXH64.Stream()

  mutating func add(_ name: String, _ bytes: [UInt8]) {
    hash.update(Array("\(name)\n\(bytes.count)\n".utf8).span)
    hash.update(bytes.span)
  }

  var text: String { hash.hex }
}
