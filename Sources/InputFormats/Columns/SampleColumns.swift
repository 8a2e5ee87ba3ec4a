// SPDX-License-Identifier: Apache-2.0
/// The columns that name a row's sample, whatever tool or lab writes them; every reader asks here.
///
/// Names are compared by their letters and digits alone: `Sample ID`, `sample_id` and `sampleId` are one. To know
/// another column, add it here.
enum SampleColumns {
  /// Names of samples, the more particular first.
  private static let samples = [
    "tumorsamplebarcode", "tumoursamplebarcode", "sampleid", "tumorsampleid", "tumoursampleid", "tumorsample",
    "tumoursample", "tumorsamplename", "tumoursamplename", "sample", "samples", "samplename", "samplebarcode",
    "sampleidentifier", "samplesubmitterid", "uniquesampleid", "dmpsampleid", "icgcsampleid", "submittedsampleid",
    "tumorid", "tumourid", "tumorbarcode", "tumourbarcode", "kidsfirstbiospecimenid", "kidsfirstbiospecimenidtumor",
    "kidsfirstbiospecimeniddna", "kidsfirstbiospecimenidrna", "biospecimenid", "biospecimen", "specimenid", "specimen",
    "specimenbarcode", "specimennumber", "icgcspecimenid", "gdcaliquot", "aliquotid", "aliquot", "aliquotbarcode",
    "aliquotsubmitterid", "modelid", "depmapid", "ccleid", "cclename", "cellline", "celllinename", "celllineid",
    "tumorsampleuuid", "barcode", "samplenumber", "labid", "accessionnumber",
  ]

  /// Names of patients and cases, who stand for their tumor where no sample is named.
  private static let cases = [
    "caseid", "casesubmitterid", "case", "patientid", "patient", "patientbarcode", "patientidentifier", "subjectid",
    "subject", "donorid", "icgcdonorid", "participantid", "participant", "individualid", "individual", "personid",
  ]

  static let all = samples + cases

  /// Whether a name (letters and digits, lower case) is one of a sample.
  static func isSample(_ key: String) -> Bool { samples.contains(key) }

  /// Columns of the normal tissue beside a tumor.
  static let matchedNormals = [
    "matchednormsamplebarcode", "matchednormalsamplebarcode", "normalsamplebarcode", "normalsampleid", "normalid",
    "matchednormal", "kidsfirstbiospecimenidnormal", "normalsample", "normalbarcode",
  ]

  /// Words that tools put in the place of an identifier.
  static let placeholders: Set<String> = [
    "tumor", "tumour", "normal", "sample", "unknown", "sample1", "tumorsample", "normalsample", "tumoursample",
    "primary", "case", "na", "none", "test", "default", "samplename", "sampleid", "tumor1", "null", "patient",
  ]

  /// Those of them that are none beside others in one file either; `primary` may stand beside `relapse`.
  static let placeholdersAmongOthers: Set<String> = [
    "tumor", "tumour", "normal", "sample", "unknown", "tumorsample", "normalsample", "tumoursample", "na", "none",
    "default", "samplename", "sampleid", "null",
  ]
}

/// Names that stand in the place of an identifier.
package enum SamplePlaceholder {
  /// Whether an identifier says nothing of whose sample it is: `TUMOR`, `unknown`.
  package static func matches(_ sampleID: String) -> Bool {
    SampleColumns.placeholders.contains(InputHeader.key(sampleID))
  }

  /// Whether one of several identifiers in a file says nothing of whose sample it is.
  package static func standsAmongOthers(_ sampleID: String) -> Bool {
    SampleColumns.placeholdersAmongOthers.contains(InputHeader.key(sampleID))
  }

  /// Whether such a word is that of normal tissue.
  package static func isNormal(_ sampleID: String) -> Bool { InputHeader.key(sampleID).contains("normal") }
}

extension InputHeader {
  /// A name by its letters and digits, lower case.
  static func key(_ name: String) -> String {
    var name = name
    if let plain = name.withUTF8({ asciiKey(unsafe Span(_unsafeElements: $0)) }) { return plain }
    var key = ""
    for scalar in name.unicodeScalars where scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
      key.unicodeScalars.append(scalar)
    }
    return key.lowercased()
  }

  /// The key of a name in ASCII; `nil` for another one.
  private static func asciiKey(_ name: Span<UInt8>) -> String? {
    for index in name.indices where name[index] >= 0x80 { return nil }
    return unsafe String(unsafeUninitializedCapacity: name.count) { key in
      var count = 0
      for index in name.indices {
        let byte = name[index]
        let isUpper = byte >= 0x41 && byte <= 0x5A
        guard isUpper || byte >= 0x61 && byte <= 0x7A || byte >= 0x30 && byte <= 0x39 else { continue }
        unsafe key[count] = isUpper ? byte + 0x20 : byte
        count += 1
      }
      return count
    }
  }

  /// The first column whose name has these letters and digits, tried in the order given.
  func column(byKey keys: [String]) -> Int? { keys.lazy.compactMap { keyPlaces[$0] }.first }

  /// The column of the normal tissue beside the sample.
  var matchedNormalColumn: Int? { column(byKey: SampleColumns.matchedNormals) }

  /// The column of the sample's identifier, as tools and labs name it.
  var sampleColumn: Int? { column(byKey: SampleColumns.all) }
}
