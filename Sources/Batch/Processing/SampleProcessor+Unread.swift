// SPDX-License-Identifier: Apache-2.0
internal import InputFormats
internal import Reports

/// Samples whose rows are not looked at.
extension SampleProcessor {
  /// The report of a sample whose rows are not looked at, with the reason; `nil` where they are.
  func unread(_ sample: AssembledSample, _ report: inout SampleReport) -> Result? {
    if sample.isDeferred {
      report.status = .deferred
      report.remark = sample.remarks.joined(separator: "; ")
      return withoutRows(sample, report)
    }
    var failure = sample.failure.isEmpty ? disagreement(sample.entry) : sample.failure
    if failure.isEmpty, sample.parts.isEmpty, !sample.refusals.isEmpty {
      failure = sample.refusals.joined(separator: "; ")
    }
    if !failure.isEmpty {
      report.status = .failed
      report.remark = failure
      report.assaysMissing = []
      return withoutRows(sample, report)
    }
    return sample.leftOut.isEmpty ? nil : leftOut(sample, report)
  }

  /// A sample of which no row counts, whatever became of its rows when they were read.
  private func withoutRows(_ sample: AssembledSample, _ report: SampleReport) -> Result {
    var result = Result(report: report)
    for part in sample.parts {
      result.filteredByFile[part.file, default: [:]]
        .merge(part.batch.filtered.byReason.mapValues { -$0 }, uniquingKeysWith: +)
    }
    return result
  }

  /// A sample that is left out on purpose: its rows are not looked at.
  private func leftOut(_ sample: AssembledSample, _ begun: SampleReport) -> Result {
    var result = Result(report: begun)
    let reason = Self.leftOutReason
    for part in sample.parts {
      var counts = RowCounts()
      counts.read = part.batch.counts.read
      counts.rejected = part.batch.counts.rejected
      counts.filtered = counts.read - counts.rejected
      result.countsByFile[part.file, default: RowCounts()].add(counts)
      if counts.filtered > part.batch.counts.filtered {
        result.filteredByFile[part.file, default: [:]][reason, default: 0] +=
          counts.filtered - part.batch.counts.filtered
      }
    }
    settle(&result, sample)
    return result
  }

  /// Why rows of a sample that is left out are not looked at.
  static let leftOutReason = "of a sample that is left out"
}
