// SPDX-License-Identifier: Apache-2.0
/// Samples that are left for the next run since a file that speaks of them is still being written.
///
/// Where that is the sheet, what is settled is read all the same, so that each sample has its row under its own name.
struct Deferral: Sendable {
  /// Why all samples are left for the next run; empty where they are not.
  var everything = ""
  /// What samples are told of files that are not read in this run, by identifier.
  var files: [String: String] = [:]
  /// Those of them that have a row though nothing else speaks of them.
  var rows: Set<String> = []
  /// Samples that stay as the last run left them, whatever files say.
  var waiting: Set<String> = []

  /// Whether no sample is told anything.
  var isEmpty: Bool { everything.isEmpty && files.isEmpty }

  /// A sample as it is reported in this run.
  func applied(to sample: AssembledSample) -> AssembledSample {
    guard !isEmpty, !sample.isDeferred else { return sample }
    var sample = sample
    if !everything.isEmpty {
      sample.isDeferred = true
      sample.remarks = [everything]
    } else if let file = files[sample.sampleID] {
      sample.remarks.append(file + ", not read")
    }
    return sample
  }
}
