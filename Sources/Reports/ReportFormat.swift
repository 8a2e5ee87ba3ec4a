// SPDX-License-Identifier: Apache-2.0
package import Matching

/// A form in which results are written.
///
/// A format is one file that says what it writes for a sample, for the cohort or for both, and one line in
/// ``allCases``; nothing else knows the formats apart.
public struct ReportFormat: RawRepresentable, CaseIterable, Hashable, Sendable {
  /// All formats, in the order of `--help`.
  public static let allCases: [ReportFormat] = [.tsv, .json, .html, .fhir, .multiqc, .cbioportal]

  /// The formats that are written unless others are asked for.
  public static let standard: Set<ReportFormat> = Set(allCases.filter(\.isStandard))

  /// The files that formats write of a sample, by what stands behind its name.
  package static let sampleFileNames = [
    ".options.tsv", ".therapies.tsv", ".alterations.tsv", ".report.json", ".report.html", ".fhir.json",
  ]

  /// The files that formats write of the cohort, by their path in the output folder, where it is always the same.
  package static let cohortFileNames = ["index.html", ChangesHTML.fileName, "multiqc/oncomatch_mqc.tsv"]

  /// The files of the study that ``cbioportal`` writes, each of which names this program; those of an existing study have
  /// the same names.
  package static let portalFileNames = [
    "meta_study.txt", "meta_clinical_sample.txt", "data_clinical_sample.txt", "meta_resource_definition.txt",
    "data_resource_definition.txt", "meta_resource_sample.txt",
  ].map { "cbioportal/" + $0 }

  /// The word of the command line.
  public let rawValue: String
  /// Whether it is written unless others are asked for.
  let isStandard: Bool
  /// What it shows of a match beside its rows.
  package let details: MatchDetails
  /// Whether it shows changes of the coding sequence.
  package let showsCodingChanges: Bool
  /// What it writes of one sample.
  private let sample: (@Sendable (SampleView) -> [ReportFile])?
  /// What it writes of the cohort.
  private let cohort: (@Sendable (CohortView) -> [ReportFile])?

  init(
    _ rawValue: String, isStandard: Bool = false, details: MatchDetails = [], showsCodingChanges: Bool = false,
    sample: (@Sendable (SampleView) -> [ReportFile])? = nil, cohort: (@Sendable (CohortView) -> [ReportFile])? = nil
  ) {
    self.rawValue = rawValue
    self.isStandard = isStandard
    self.details = details
    self.showsCodingChanges = showsCodingChanges
    self.sample = sample
    self.cohort = cohort
  }

  /// The format of a word; `nil` for one that names none.
  public init?(rawValue: String) {
    guard let known = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = known
  }

  /// The files of one sample, named by what follows its own name.
  package func files(of view: SampleView) -> [ReportFile] { sample?(view) ?? [] }

  /// The files of the cohort, named by their path in the output folder.
  package func files(of view: CohortView) -> [ReportFile] { cohort?(view) ?? [] }

  /// Whether it writes files of the cohort.
  package var hasCohortFiles: Bool { cohort != nil }

  /// Formats are told apart by their words.
  public static func == (one: ReportFormat, other: ReportFormat) -> Bool { one.rawValue == other.rawValue }

  /// Formats are told apart by their words.
  public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}

/// One file of an output.
package struct ReportFile: Sendable {
  /// What follows the sample's name, or the path of a file of the cohort.
  package let name: String
  /// The content.
  package let bytes: [UInt8]
}

/// What a format may show of one sample.
package struct SampleView: Sendable {
  let report: SampleReport
  let context: ReportContext
  /// The name of the sample's folder and files.
  let name: String
  /// The sample's rows of options.tsv.
  let options: [UInt8]
  /// The sample's rows of therapies.tsv.
  let therapies: [UInt8]
  /// The sample's rows of alterations.tsv.
  let alterations: [UInt8]

  /// A sample's report with its rows of the tables.
  package init(
    report: SampleReport, context: ReportContext, name: String, options: [UInt8] = [], therapies: [UInt8],
    alterations: [UInt8]
  ) {
    self.report = report
    self.context = context
    self.name = name
    self.options = options
    self.therapies = therapies
    self.alterations = alterations
  }
}

/// What a format may show of the cohort.
package struct CohortView {
  let feed: CohortFeed
  let changes: ChangesFeed
  let versions: RunVersions
  /// The address under which the output folder is served; empty when not known.
  let address: String
  /// The name of a sample's folder and files.
  let folderName: (String) -> String

  /// Whether a sample has a page.
  let hasPage: (String) -> Bool

  /// A cohort from its tables.
  package init(
    feed: CohortFeed, changes: ChangesFeed, versions: RunVersions, address: String,
    folderName: @escaping (String) -> String, hasPage: @escaping (String) -> Bool = { _ in true }
  ) {
    self.feed = feed
    self.changes = changes
    self.versions = versions
    self.address = address
    self.folderName = folderName
    self.hasPage = hasPage
  }
}
