package import Alterations
package import InputFormats
internal import Knowledge

extension Normalizer {
  func biomarker(_ row: RawBiomarker, _ batch: RecordBatch, _ source: SourceLocation) -> Result {
    let name = batch.string(row.name)
    let value = batch.string(row.value)
    let stated = StatedMeasurement(
      name: name, value: value, unit: batch.string(row.scale), method: batch.string(row.method),
      biomarkers: table.reference.facts.biomarkers)
    guard stated.isReadable else {
      return .rejected(
        column: name, value: value,
        problem:
          "is on a scale that no rule uses (give TMB in mut/Mb, ER and PR in percent, HER2 ISH as positive or negative)"
      )
    }
    guard let measurement = stated.measurement ?? stain(stated.plainName, value) else {
      return .rejected(
        column: name, value: value,
        problem:
          "cannot be read as a biomarker (known are TMB in mut/Mb, MSI, MMR, HRD, PD-L1 with its scale, TLS, EBV, HPV and stains by gene)"
      )
    }
    return .kept(
      Alteration(
        gene: measurement.name, event: .measurement(measurement), asWritten: "\(name) \(value)", source: source))
  }

  /// A virus, or a protein by the name of its gene: `CD117 positive`, `CLDN18.2 80%`, `MET IHC 3+`.
  private func stain(_ name: String, _ value: String) -> Measurement? {
    let plain = GeneNormalizer.plain(name)
    let lowered = value.lowercased()
    if let known = table.reference.facts.biomarkers.all(.virus).first(where: { plain.hasPrefix($0.name) }) {
      let words = ["present": "positive", "detected": "positive", "absent": "negative", "not detected": "negative"]
      return (words[lowered] ?? MeasurementNormalizer.polarity(lowered)).map { Measurement(name: known.name, word: $0) }
    }
    switch genes.normalize(name) {
    case .gene(let symbol), .protein(let symbol):
      let stain = StainText(lowered)
      if let grade = stain.grade ?? (lowered == "0" ? 0 : nil) {
        return Measurement(name: symbol, scale: "IHC", number: grade, share: stain.share)
      }
      if lowered.hasSuffix("%"), let number = Double(lowered.dropLast()) {
        return Measurement(name: symbol, scale: "percent", number: number)
      }
      return MeasurementNormalizer.polarity(lowered).map { Measurement(name: symbol, word: $0) }
    case .family, .ambiguous, .dateLike, .unknown: return nil
    }
  }

  /// Measurements that a sample sheet states.
  package func measurements(of entry: SampleSheet.Entry) -> [Alteration] {
    let columns = [
      ("tmb", "TMB"), ("msi", "MSI"), ("mmr", "MMR"), ("hrd", "HRD"), ("her2", "HER2"), ("er", "ER"), ("pr", "PR"),
      ("pd_l1", "PD-L1"), ("tls", "TLS"),
    ]
    return columns.compactMap { column, name in
      guard let value = entry.values[column],
        let measurement = MeasurementNormalizer.measurement(
          name: name, value: value, biomarkers: table.reference.facts.biomarkers)
      else { return nil }
      return Alteration(gene: measurement.name, event: .measurement(measurement), asWritten: "\(name) \(value)")
    }
  }
}
