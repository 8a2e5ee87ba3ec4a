// SPDX-License-Identifier: Apache-2.0

/// An identifier of TCGA: 12 characters name the patient, 15 the tumor, longer ones the vial, portion, plate and center of
/// one measurement.
package struct TCGABarcode {
  /// The whole identifier.
  package let text: String

  /// `nil` for an identifier that is none of TCGA.
  package init?(_ text: String) {
    guard Self.isStart(text) else { return nil }
    self.text = text
  }

  /// Whether an identifier begins as all of TCGA do.
  package static func isStart(_ text: String) -> Bool { text.hasPrefix("TCGA-") }

  /// Whether the patient's part is there in full.
  package var namesPatient: Bool { text.utf8.count >= 12 }
  /// Whether the tumor's part is there in full.
  package var namesTumor: Bool { text.utf8.count >= 15 }
  /// The part that names the patient.
  package var patient: String { String(text.prefix(12)) }
  /// The part that names the tumor.
  package var tumor: String { String(text.prefix(15)) }

  /// Shorter ways to write it, the longest first: with the vial, the tumor, the patient.
  package var shorter: [String] {
    [16, 15, 12].filter { text.utf8.count > $0 }.map { String(text.prefix($0)) }
  }

  /// The two digits behind the patient's part: the kind of the sample; `nil` where they are not there.
  package var sampleType: Int? {
    let parts = text.split(separator: "-")
    return parts.count >= 4 ? Int(parts[3].prefix(2)) : nil
  }

  /// Whether the sample is one of normal tissue: 10 to 14.
  package var isNormal: Bool { sampleType.map((10...14).contains) ?? false }
}
