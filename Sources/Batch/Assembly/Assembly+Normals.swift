// SPDX-License-Identifier: Apache-2.0
internal import InputFormats

extension Assembly {
  /// Leaves out samples of normal tissue: what is found there is no tumor's.
  func leaveOutNormals(_ samples: inout [AssembledSample]) {
    for index in samples.indices
    where samples[index].failure.isEmpty && !samples[index].isDeferred && samples[index].leftOut.isEmpty {
      let id = samples[index].sampleID
      let reason = Self.reason(id, samples[index].entry)
      samples[index].leftOut = reason.isEmpty ? normalReason(id) : reason
    }
  }

  /// Takes up which normal tissue flat files name beside their samples; what a folder says comes too late to be the same
  /// whatever is read first.
  mutating func noteNormals() {
    for index in layout.flat {
      guard case .alterations(let rows)? = contents[index]?.kind else { continue }
      for batch in rows.batches { matchedNormals.add(batch.matchedNormal, of: batch.sampleID) }
    }
    matchedNormals.settle()
  }

  /// Why a sample is the normal tissue beside another one; empty when it is not.
  ///
  /// One that has a normal tissue of its own is a tumor.
  private func normalReason(_ id: String) -> String {
    guard let tumor = matchedNormals.tumor(besides: id), !matchedNormals.isTumor(id) else { return "" }
    return "is the matched normal tissue of \(tumor) and is left out"
  }

  /// Why a sample is one of normal tissue; empty when it is not.
  private static func reason(_ id: String, _ entry: SampleSheet.Entry?) -> String {
    if let type = entry?.values["sample_type"], isNormal(type) {
      return "is normal tissue by the sample sheet (sample type '\(type)') and is left out"
    }
    if let barcode = TCGABarcode(id), barcode.isNormal, let code = barcode.sampleType {
      return "is normal tissue by its barcode (sample type \(code)) and is left out"
    }
    return ""
  }

  private static func isNormal(_ type: String) -> Bool {
    let words = type.lowercased().split { !$0.isLetter }
    return words.contains("normal") && !words.contains("tumor") && !words.contains("tumour")
      && !words.contains("abnormal")
      || words == ["germline"] || words == ["control"] || words == ["blood"]
  }
}
