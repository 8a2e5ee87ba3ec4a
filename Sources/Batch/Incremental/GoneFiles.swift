// SPDX-License-Identifier: Apache-2.0
internal import Reports
internal import SystemIO

/// Files of the last run that are not there any more, by sample.
enum GoneFiles {
  /// - Parameters:
  ///   - record: The last run.
  ///   - removed: Samples of earlier runs of which nothing is left now.
  ///   - isRead: Whether a sample was read again in this run.
  ///   - isHere: Whether a file is among this run's.
  static func list(
    _ record: RunRecord, removed: Set<String>, isRead: (String) -> Bool, isHere: (String) -> Bool
  ) -> [ChangesFeed.Gone] {
    var gone: [ChangesFeed.Gone] = []
    for sample in record.samples {
      let isWhole = removed.contains(sample.id)
      guard isWhole || isRead(sample.id), !record.paths(of: sample).isEmpty else { continue }
      let files = record.paths(of: sample).filter { !isHere($0) }.sorted()
      if isWhole || !files.isEmpty {
        let hasOthers = files.count < record.paths(of: sample).count
        gone.append(
          ChangesFeed.Gone(sampleID: sample.id, files: files, isWhole: isWhole, hasOthers: hasOthers))
      }
    }
    return gone.sorted { $0.sampleID.isBefore($1.sampleID) }
  }
}
