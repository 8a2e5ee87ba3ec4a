// SPDX-License-Identifier: Apache-2.0
internal import Matching

extension ReportFormat {
  /// All of the report for programs.
  package static let json = ReportFormat(
    "json", isStandard: true, details: .nearMisses,
    sample: { view in
      [ReportFile(name: ".report.json", bytes: ReportJSON.text(view.report, context: view.context))]
    })
}
