// SPDX-License-Identifier: Apache-2.0
internal import InputFormats
internal import SystemIO

/// Joins samples whose TCGA barcodes differ in length alone: a tumor is named by the first 15 characters, longer ones
/// name the vial, portion, plate and center of one measurement, 12 characters name the patient.
enum BarcodeMerge {
  /// Samples with the longer barcodes joined to the shorter ones of the same tumor.
  ///
  /// A file that holds two measurements of one tumor keeps them apart, and so does a patient with two tumors.
  static func merge(_ samples: [AssembledSample]) -> [AssembledSample] {
    // Of a large cohort without such barcodes no copy is made.
    guard samples.contains(where: { TCGABarcode.isStart($0.sampleID) }) else { return samples }
    var groups: [String: [AssembledSample]] = [:]
    var patients: [AssembledSample] = []
    var result: [AssembledSample] = []
    for sample in samples.sorted(by: { $0.sampleID.isBefore($1.sampleID) }) {
      guard let barcode = TCGABarcode(sample.sampleID), barcode.namesPatient else {
        result.append(sample)
        continue
      }
      if barcode.namesTumor {
        groups[barcode.tumor, default: []].append(sample)
      } else {
        patients.append(sample)
      }
    }
    for patient in patients {
      let tumors = groups.keys.filter { $0.hasPrefix(patient.sampleID) }.sorted()
      if tumors.count == 1, let tumor = tumors.first {
        groups[tumor, default: []].append(patient)
      } else {
        var patient = patient
        if tumors.count > 1 {
          patient.remarks.append("the patient has several tumors here: \(tumors.joined(separator: ", "))")
        }
        result.append(patient)
      }
    }
    for key in groups.keys.sorted() {
      let members = groups[key] ?? []
      let files = members.map { Set($0.parts.map(\.file)) }
      let isShared = files.indices.contains { one in
        files.indices.contains { other in one < other && !files[one].isDisjoint(with: files[other]) }
      }
      guard members.count > 1, !isShared else {
        result += members.map { member in
          guard members.count > 1 else { return member }
          var member = member
          member.remarks.append("one file holds several measurements of this tumor; they are kept apart")
          return member
        }
        continue
      }
      // The name that the sheet knows, else the shortest that names a tumor.
      let known = members.first { $0.entry?.sampleID == $0.sampleID }
      let shortest = members.filter { TCGABarcode($0.sampleID)?.namesTumor == true }
        .min { ($0.sampleID.utf8.count, $0.sampleID) < ($1.sampleID.utf8.count, $1.sampleID) }
      guard var whole = known ?? shortest ?? members.first else { continue }
      for member in members where member.sampleID != whole.sampleID {
        whole.merge(member)
        if !whole.inputIDs.contains(member.sampleID) { whole.inputIDs.append(member.sampleID) }
      }
      result.append(whole)
    }
    return result
  }
}
