// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

extension ReportFormat {
  /// Files of a cBioPortal study: attributes of the samples, and each sample's page as a resource.
  package static let cbioportal = ReportFormat(
    "cbioportal",
    cohort: { view in
      CBioPortalStudy(view: view).files
    })
}

/// Attributes of the samples and the definition of their pages as resources, as cBioPortal's importer reads them.
///
/// The folder is a study of its own, so that the importer's validator can look at it; for an existing study its data
/// files are copied there. Resources need the address under which the pages are served.
struct CBioPortalStudy {
  private let view: CohortView
  private let patients: PortalIdentifiers
  private let samples: PortalIdentifiers

  init(view: CohortView) {
    self.view = view
    var patients: [String] = []
    var samples: [String] = []
    var row = TSVRow(table: view.feed.samples)
    while row.next() {
      patients.append(Self.patient(row))
      samples.append(Self.sample(row))
    }
    self.patients = PortalIdentifiers(patients)
    self.samples = PortalIdentifiers(samples)
  }

  private static func sample(_ row: TSVRow) -> String { row.value(row.header.column("sample_id")) }

  /// A sample whose patient is not known is a patient of its own.
  private static func patient(_ row: TSVRow) -> String {
    let patient = row.value(row.header.column("patient_id"))
    return patient.isEmpty ? sample(row) : patient
  }

  private static let study = "oncomatch"

  /// An attribute of a sample.
  private struct Attribute {
    let name: String
    let title: String
    let description: String
    let type: String
    /// The column of samples.tsv.
    let column: String
  }

  private static let attributes = [
    Attribute(
      name: "ONCOTREE_CODE", title: "Oncotree Code", description: "Tumor type used for matching", type: "STRING",
      column: "tumor_type"),
    Attribute(
      name: "ONCOMATCH_STATUS", title: "oncomatch status", description: "What happened to the sample", type: "STRING",
      column: "status"),
    Attribute(
      name: "ONCOMATCH_HIGHEST_TIER", title: "oncomatch highest tier",
      description: "Highest tier of a row of an alteration (AMP/ASCO/CAP)", type: "STRING", column: "highest_tier"),
    Attribute(
      name: "ONCOMATCH_HIGHEST_LEVEL", title: "oncomatch highest level",
      description: "Strongest level of a row that speaks for a therapy", type: "STRING",
      column: "highest_sensitivity_level"),
    Attribute(
      name: "ONCOMATCH_RESISTANCE_LEVEL", title: "oncomatch resistance level",
      description: "Strongest level of a row that speaks against a therapy", type: "STRING",
      column: "highest_resistance_level"),
    Attribute(
      name: "ONCOMATCH_MATCHED", title: "oncomatch matched alterations",
      description: "Alterations that a rule reads", type: "NUMBER", column: "n_matched"),
    Attribute(
      name: "ONCOMATCH_OPTIONS", title: "oncomatch options",
      description: "Therapies that are opened, wait for a test or stand for the tumor type", type: "NUMBER",
      column: "n_options"),
    Attribute(
      name: "ONCOMATCH_CLOSED", title: "oncomatch closed therapies",
      description: "Therapies that a finding speaks against", type: "NUMBER", column: "n_closed"),
    Attribute(
      name: "ONCOMATCH_BEST_OPTION", title: "oncomatch best option", description: "The therapy of rank 1",
      type: "STRING", column: "best_option"),
    Attribute(
      name: "ONCOMATCH_BECAUSE", title: "oncomatch best option because of",
      description: "The alterations that the therapy of rank 1 rests on", type: "STRING", column: "best_because"),
  ]

  var files: [ReportFile] {
    var texts: [(name: String, text: String)] = [
      (
        "meta_study.txt",
        meta([
          ("type_of_cancer", "mixed"), ("name", "oncomatch reports"),
          (
            "description",
            "Therapies matched to alterations by oncomatch \(view.versions.program). \(ReportContext.statements[0])"
          ),
          ("add_global_case_list", "true"),
        ])
      ),
      (
        "meta_clinical_sample.txt",
        meta([
          ("genetic_alteration_type", "CLINICAL"), ("datatype", "SAMPLE_ATTRIBUTES"),
          ("data_filename", "data_clinical_sample.txt"),
        ])
      ),
      ("data_clinical_sample.txt", attributes),
    ]
    if !view.address.isEmpty {
      texts += [
        (
          "meta_resource_definition.txt",
          meta([("resource_type", "DEFINITION"), ("data_filename", "data_resource_definition.txt")])
        ),
        (
          "data_resource_definition.txt",
          """
          RESOURCE_ID\tRESOURCE_TYPE\tDISPLAY_NAME\tDESCRIPTION\tOPEN_BY_DEFAULT\tPRIORITY
          ONCOMATCH_REPORT\tSAMPLE\toncomatch report\tTherapies matched to the sample's alterations\tfalse\t1

          """
        ),
        (
          "meta_resource_sample.txt",
          meta([("resource_type", "SAMPLE"), ("data_filename", "data_resource_sample.txt")])
        ),
        ("data_resource_sample.txt", resources),
      ]
    }
    return texts.map { ReportFile(name: "cbioportal/" + $0.name, bytes: Array($0.text.utf8)) }
  }

  private func meta(_ lines: [(String, String)]) -> String {
    (lines.prefix(1) + [("cancer_study_identifier", Self.study)] + lines.dropFirst())
      .map { "\($0.0): \($0.1)\n" }.joined()
  }

  private var attributes: String {
    let keys = [
      Attribute(
        name: "PATIENT_ID", title: "Patient Identifier", description: "Identifier of the patient", type: "STRING",
        column: "patient_id"),
      Attribute(
        name: "SAMPLE_ID", title: "Sample Identifier", description: "Identifier of the sample", type: "STRING",
        column: "sample_id"),
    ]
    let all = keys + Self.attributes
    func line(_ cells: [String]) -> String { cells.joined(separator: "\t") + "\n" }
    var text = "#" + line(all.map(\.title)) + "#" + line(all.map(\.description)) + "#" + line(all.map(\.type))
    text += "#" + line(all.map { _ in "1" }) + line(all.map(\.name))
    var row = TSVRow(table: view.feed.samples)
    let columns = row.header.columns(Self.attributes.map(\.column))
    while row.next() {
      text += line([patients[Self.patient(row)], samples[Self.sample(row)]] + columns.map(row.value))
    }
    return text
  }

  private var resources: String {
    let base = view.address.hasSuffix("/") ? view.address : view.address + "/"
    var text = "PATIENT_ID\tSAMPLE_ID\tRESOURCE_ID\tURL\n"
    var row = TSVRow(table: view.feed.samples)
    while row.next() {
      if Cohort.isListedOnly(row["status"], folder: row["directory"]) { continue }
      let sample = Self.sample(row)
      let folder = ReferenceLink.encoded(view.folderName(sample))
      text +=
        [
          patients[Self.patient(row)], samples[sample], "ONCOMATCH_REPORT",
          base + "samples/\(folder)/\(folder).report.html",
        ].joined(separator: "\t") + "\n"
    }
    return text
  }
}
