// SPDX-License-Identifier: Apache-2.0
extension ReportFormat {
  /// All of the report for programs.
  package static let json = ReportFormat(
    "json", isStandard: true, showsNearMisses: true,
    sample: { view in
      [ReportFile(name: ".report.json", bytes: ReportJSON.text(view.report, context: view.context))]
    })
}
