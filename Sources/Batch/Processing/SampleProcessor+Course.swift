// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import InputFormats
internal import Matching
internal import Reports

extension SampleProcessor {
  /// Puts what the lab states in its place.
  ///
  /// - Returns: Whether anything is stated of the sample.
  func override(
    _ sample: AssembledSample, _ profile: inout SampleProfile, _ notEvaluated: inout Matcher.NotEvaluated,
    _ message: inout String
  ) -> Bool {
    var stated = OverrideWork(
      overrides.of(sample.sampleID, sample.inputIDs)
        .filter { settings.reportsGermline || $0.statement.call != .germline })
    stated.apply(to: &profile.alterations, &notEvaluated)
    for remark in stated.remarks { append(remark, to: &message) }
    return !stated.overrides.isEmpty
  }

  /// Alterations that the lab says are of the germline, where those are not reported.
  func leftOutByLab(_ sample: AssembledSample) -> (@Sendable (Alteration) -> Bool)? {
    if settings.reportsGermline { return nil }
    let stated = overrides.of(sample.sampleID, sample.inputIDs).filter { $0.statement.call == .germline }
    if stated.isEmpty { return nil }
    return { alteration in stated.contains { $0.names(alteration) } }
  }

  /// Names what the lab's classifications contradict.
  func noteContradictions(_ matches: SampleMatches, _ message: inout String) {
    for remark in OverrideWork.contradictions(matches.alterations) { append(remark, to: &message) }
  }

  /// Notes what places a sample in its patient's course.
  func place(_ sample: AssembledSample, _ panel: Set<String>?, in result: inout Result) {
    var remarks: [String] = []
    result.course = courses.facts(
      of: sample.sampleID, names: sample.inputIDs, sample.entry, panel: panel, remarks: &remarks)
    if result.course != nil {
      result.panel = panel
      result.course?.filteredCalls = result.countsByFile.values.reduce(0) { $0 + $1.filteredCalls }
    }
    for remark in remarks { append(remark, to: &result.report.remark) }
  }
}
