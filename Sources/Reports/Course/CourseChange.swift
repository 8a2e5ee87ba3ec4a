// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// One row of patients.tsv: what changed for a patient between two times.
struct CourseChange: Sendable {
  /// What the row is about.
  enum Subject: String, CaseIterable, Sendable {
    case tumorType = "tumor_type"
    case resistance, alteration, therapy
  }

  /// What happened to it.
  enum Change: String, CaseIterable, Sendable {
    // Alterations.
    case new, kept, lost, changed
    /// It is there now, and whether it was before was not looked at.
    case firstSeen = "first_seen"
    /// It was there, and was not looked for now.
    case notAssayed = "not_assayed"
    /// It was there and is not found now; whether its gene was looked at is not stated.
    case unknown
    // Resistance.
    case acquired
    case possiblyAcquired = "possibly_acquired"
    // Therapies: the part of the first page in which they stand now.
    case opened, conditional, closed, withdrawn
    case byTumorType = "by_tumor_type"
    case noBenefit = "no_benefit"
    /// What it asked for is not met any more.
    case gone
    case verdict
  }

  var patientID: String
  var subject: Subject
  var gene = ""
  var alteration = ""
  var therapy = ""
  var change: Change
  var because = ""
  /// Places of the moments.
  var earlier: Int
  var later: Int
  var earlierIDs: String
  var laterIDs: String
  var from: String
  var to: String
  var before = ""
  var after = ""
  var fractions: (vafBefore: Double?, vafAfter: Double?, ccfBefore: Double?, ccfAfter: Double?) = (nil, nil, nil, nil)
  var oncogenicity = ""
  /// Whether a kind of assay that would have shown it was done before.
  var wasLookedFor = true
  /// Whether the page has room for it.
  var isOfNote = true

  /// `EGFR p.T790M`.
  var name: String { gene + " " + alteration }

  func write(into buffer: inout TSVWriter) {
    buffer.cell(patientID)
    buffer.cell(subject.rawValue)
    buffer.cell(gene)
    buffer.cell(alteration)
    buffer.cell(therapy)
    buffer.cell(from)
    buffer.cell(to)
    buffer.cell(change.rawValue)
    buffer.cell(because)
    buffer.cell(laterIDs)
    buffer.cell(earlierIDs)
    buffer.cell(before)
    buffer.cell(after)
    buffer.cell(fractions.vafBefore)
    buffer.cell(fractions.vafAfter)
    buffer.cell(fractions.ccfBefore)
    buffer.cell(fractions.ccfAfter)
    buffer.cell(oncogenicity)
    buffer.endRow()
  }
}

extension OutputTable {
  /// The columns of patients.tsv.
  static let patientFields = [
    Field("patient_id", "Identifier of the patient."),
    Field("subject", "What the row is about.", words: CourseChange.Subject.allCases.map(\.rawValue)),
    Field("gene", "HGNC symbol or biomarker; empty for therapies and tumor types."),
    Field("alteration", "Canonical form of the alteration, of the one that closes the therapy for resistance."),
    Field("therapy", "Agents joined by ' + '; empty for alterations and tumor types."),
    Field("from", "Date, day or place of the earlier sample."),
    Field("to", "Date, day or place of the later sample."),
    Field("change", "What changed.", words: CourseChange.Change.allCases.map(\.rawValue)),
    Field("because", "Why, or what is not known."),
    Field("sample_id", "The later sample; several of one day joined by ';'."),
    Field("earlier_sample_id", "The earlier sample; several of one day joined by ';'."),
    Field("before", "The finding, or group, verdict, tier and standing of the therapy, before; empty where none."),
    Field("after", "The same after."),
    Field("vaf_before", "Variant allele fraction before, 0 to 1.", type: "number"),
    Field("vaf_after", "Variant allele fraction after, 0 to 1.", type: "number"),
    Field("ccf_before", "Cancer cell fraction before, 0 to 1.", type: "number"),
    Field("ccf_after", "Cancer cell fraction after, 0 to 1.", type: "number"),
    Field("oncogenicity", "How likely the alteration drives the tumor."),
  ]
}

extension PatientCourse {
  /// The rows of patients.tsv.
  package var rows: [UInt8] {
    var buffer = TSVWriter(capacity: 256 * changes.count)
    for change in changes { change.write(into: &buffer) }
    return buffer.bytes
  }
}
