// SPDX-License-Identifier: Apache-2.0
internal import InputFormats
internal import Reports

extension SampleProcessor {
  /// Notes what places a sample in its patient's course.
  func place(_ sample: AssembledSample, _ panel: Set<String>?, in result: inout Result) {
    var remarks: [String] = []
    result.course = courses.facts(
      of: sample.sampleID, names: sample.inputIDs, sample.entry, panel: panel, remarks: &remarks)
    if result.course != nil {
      result.panel = panel
      result.course?.filteredCalls = result.countsByFile.values.reduce(0) { $0 + $1.filteredCalls }
    }
    for remark in remarks { append(remark, to: &result.report.message) }
  }
}
