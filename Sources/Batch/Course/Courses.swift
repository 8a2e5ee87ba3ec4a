// SPDX-License-Identifier: Apache-2.0
internal import Reports
internal import SystemIO

/// What run.json says of a sample's place in its patient's course.
struct RecordedCourse: Hashable, Sendable {
  var facts = CourseFacts()
  /// The digest of the section in the sample's report; empty where it has none.
  var section = ""
  /// The digest of the report's files without the section; empty where it has none.
  var base = ""
}

/// The files of a sample's report as they are once its section has its place.
struct PlacedReport {
  var files: FileSizes
  var report: String
  var section: String
  var base: String
}

/// The courses of a cohort's patients: patients.tsv, and the section in the report of each of their samples.
///
/// In: what the samples' rows say, whoever made them and when. Out: the same bytes for a run that made all samples anew, for
/// one that read a single new sample, and for a merge. Nothing is read where no sample has a date.
struct Courses<Source: CohortSource> {
  private let source: Source
  private let output: String
  /// Genes assayed, by what they are called in run.json.
  private var panels: [String: Set<String>] = [:]
  /// Samples with a date or place, by patient, in the order of the cohort.
  private var patients: [String: [String]] = [:]
  /// Samples of patients with a course that have no date.
  private var undated: [String: [String]] = [:]
  /// Samples that have, or had, a section.
  private var concerned: [String] = []

  init(_ source: Source, output: String) throws(SystemError) {
    self.source = source
    self.output = output
    for id in source.order where source.course(of: id) != nil || source.placed(id)?.course?.section.isEmpty == false {
      concerned.append(id)
    }
    if concerned.isEmpty { return }
    try source.settleRows()
    for id in concerned where source.course(of: id) != nil {
      let patient = try patient(of: id)
      if !patient.isEmpty { patients[patient, default: []].append(id) }
    }
    patients = patients.filter { $0.value.count > 1 }
    guard !patients.isEmpty else { return }
    panels = source.panels.mapValues(CoursePanels.genes)
    for id in source.order where source.course(of: id) == nil {
      let patient = try patient(of: id)
      if patients[patient] != nil { undated[patient, default: []].append(id) }
    }
  }

  private func patient(of id: String) throws(SystemError) -> String {
    CourseSample.patient(try source.rows(.samples, of: id))
  }

  /// Writes the rows of patients.tsv and the sections of reports.
  ///
  /// - Returns: What became of the reports that differ from those that the samples' own work left.
  func write(
    rows pass: ([UInt8]) throws(SystemError) -> Void
  ) throws(SystemError) -> [String: PlacedReport] {
    var placed: [String: PlacedReport] = [:]
    var done: Set<String> = []
    for patient in patients.keys.sorted(by: { $0.isBefore($1) }) {
      guard let course = try course(patient) else { continue }
      try pass(course.rows)
      for id in course.sampleIDs {
        let section = CourseSection(course, sampleID: id, folderName: SampleName.encoded)
        if let report = try place(section, in: id) { placed[id] = report }
        done.insert(id)
      }
    }
    for id in concerned where !done.contains(id) {
      if let report = try place(nil, in: id) { placed[id] = report }
    }
    return placed
  }

  /// Whether there is nothing to write or to take away.
  var isIdle: Bool { concerned.isEmpty }

  private func course(_ patient: String) throws(SystemError) -> PatientCourse? {
    var samples: [CourseSample] = []
    for id in patients[patient] ?? [] {
      guard let course = source.course(of: id) else { continue }
      let sample = CourseSample(
        facts: course.facts, samples: try source.rows(.samples, of: id),
        alterations: try source.rows(.alterations, of: id), options: try source.rows(.options, of: id),
        therapies: try source.rows(.therapies, of: id), genes: panels[course.facts.panel],
        isWholeExome: source.isWholeExome)
      if let sample { samples.append(sample) }
    }
    return PatientCourse(samples, undated: undated[patient] ?? [])
  }

  /// Gives a sample's report its section, or takes it out.
  ///
  /// - Returns: The files as they are now; `nil` where they are what the samples' own work left.
  private func place(_ section: CourseSection?, in id: String) throws(SystemError) -> PlacedReport? {
    guard let now = source.placed(id), !now.files.isEmpty else { return nil }
    let (digest, known) = (section?.digest ?? "", now.course?.section ?? "")
    let base = now.course.map { $0.base.isEmpty ? now.report : $0.base } ?? now.report
    if digest == known {
      return digest.isEmpty ? nil : PlacedReport(files: now.files, report: now.report, section: digest, base: base)
    }
    let folder = RecordedReports.folder(output, id)
    let name = folder + "/" + SampleName.encoded(id)
    var files = now.files
    for suffix in CourseSection.fileNames where files.has(suffix) {
      var bytes: [UInt8] = []
      try FileReading.read(name + suffix, into: &bytes)
      guard let placed = CourseSection.placed(section, in: bytes, named: suffix) else { continue }
      try FileWriting.replace(name + suffix, with: placed.span)
      files.replace(suffix, with: placed.count)
    }
    var sample = now
    sample.files = files
    guard let report = RecordedReports.digest(of: sample, in: folder) else {
      throw SystemError(.read, folder, code: 5)
    }
    return PlacedReport(files: files, report: report, section: digest, base: digest.isEmpty ? "" : base)
  }
}
