// SPDX-License-Identifier: Apache-2.0
package import DelimitedText
internal import Knowledge
internal import Matching

extension TableRows {
  /// Rows of trials.tsv, best first.
  package static func trials(_ report: SampleReport, into buffer: inout TSVWriter) {
    guard let matches = report.matches, let trials = matches.trials else { return }
    for match in trials.matches {
      let trial = trials.trial(match)
      let file = trials.file(match)
      buffer.cell(report.sampleID)
      buffer.cell(trial.id)
      buffer.cell(trial.title)
      buffer.cell(trials.arm(match).name)
      buffer.cell(trial.phase)
      buffer.cell(trial.status.words)
      buffer.cell((trial.countries ?? []).joined(separator: ";"))
      buffer.cell(match.verdict.rawValue)
      buffer.cell(match.met.map(\.words).joined(separator: ";"))
      buffer.cell(match.unknown.map(\.words).joined(separator: ";"))
      buffer.cell(match.verdict == .notMet ? match.failed.map(\.words).joined(separator: ";") : "")
      buffer.cell(trials.alterationWords(match, matches).joined(separator: ";"))
      buffer.cell(trial.unread.map(\.words).joined(separator: ";"))
      buffer.cell(trial.updated)
      buffer.cell(file.date)
      buffer.cell(file.name)
      buffer.endRow()
    }
  }
}
