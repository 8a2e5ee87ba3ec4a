// SPDX-License-Identifier: Apache-2.0
import Alterations
import Normalization
import TestSupport
import Testing

@Suite("Biomarkers")
struct BiomarkerTests {
  private func measured(_ name: String, _ value: String, scale: String = "") -> Measurement? {
    MeasurementNormalizer.measurement(name: name, value: value, scale: scale)
  }

  @Test("TMB is a number in mut/Mb", arguments: [("14", 14.0), ("9.6 mut/Mb", 9.6), (">=10", 10), ("0", 0)])
  func tmb(value: String, number: Double) {
    #expect(
      measured("TMB", value)
        == Measurement(name: "TMB", number: number, bound: value.hasPrefix(">=") ? .atLeast : .exact))
  }

  @Test(
    "Signs and shares of stains in brackets are read",
    arguments: [
      ("ER", "(+)", "positive"), ("ER", "+++", "positive"), ("PR", "(-)", "negative"),
      ("ER", "(+,90%)", "percent positive 90"),
      ("ER", "(+) 10%", "percent positive 10"), ("PR", "(10%)", "percent positive 10"),
      ("ER", "weakly positive", "positive"),
      ("HER2", "(++)", "IHC 2+"), ("HER2", "+++", "IHC 3+"), ("HER2", "(-)", "negative"), ("PD-L1", "(+)", "positive"),
    ])
  func signs(name: String, value: String, result: String) {
    #expect(measured(name, value)?.description == result)
  }

  @Test(
    "Words and signs that leave a stain open are not read",
    arguments: [("HER2", "weakly positive"), ("ER", "++++"), ("ER", "(+/-)"), ("ER", "(+, 3/8)")])
  func openSigns(name: String, value: String) {
    #expect(measured(name, value) == nil)
  }

  @Test("TMB high without a number is a word", arguments: ["high", "TMB-high"])
  func tmbHigh(value: String) {
    let found = value == "high" ? measured("TMB", value) : Vocabulary.text.understand(value).measurements.first
    #expect(found == Measurement(name: "TMB", word: "high"))
  }

  @Test(
    "MSI is high, low or stable",
    arguments: [
      ("MSI-H", "high"), ("MSI-high", "high"), ("Instable", "high"), ("MSI-L", "low"), ("MSS", "stable"),
      ("stable", "stable"),
    ])
  func msi(value: String, word: String) {
    #expect(measured("MSI", value) == Measurement(name: "MSI", word: word))
  }

  @Test(
    "MMR is deficient or proficient",
    arguments: [("deficient", "deficient"), ("dMMR", "deficient"), ("pMMR", "proficient"), ("intact", "proficient")])
  func mmr(value: String, word: String) {
    #expect(measured("MMR", value) == Measurement(name: "MMR", word: word))
  }

  @Test("MMR keeps the lost proteins")
  func lostProteins() throws {
    let found = try #require(Vocabulary.text.understand("MSH2/MSH6 loss on IHC").alterations.first)
    #expect(found.event == .measurement(Measurement(name: "MMR", word: "deficient")))
    #expect(found.asWritten.contains("MSH2") && found.asWritten.contains("MSH6"))
  }

  @Test("MSI and MMR are separate inputs")
  func separate() {
    #expect(Vocabulary.text.understand("MSI-high, dMMR").measurements.map(\.name) == ["MSI", "MMR"])
  }

  @Test("HRD is positive or negative", arguments: [("positive", "positive"), ("negative", "negative")])
  func hrd(value: String, word: String) {
    #expect(measured("HRD", value) == Measurement(name: "HRD", word: word))
  }

  @Test("HRD may be a score on its scale")
  func hrdScore() {
    #expect(measured("HRD", "52") == Measurement(name: "HRD", scale: "score", number: 52))
  }

  @Test("PD-L1 carries its scale", arguments: ["TPS", "CPS", "TC", "IC", "TAP"])
  func pdl1(scale: String) {
    let wanted = Measurement(name: "PD-L1", scale: scale, number: 60)
    #expect(measured("PD-L1", "\(scale) 60%") == wanted)
    #expect(measured("PD-L1", "60", scale: scale) == wanted)
    #expect(Vocabulary.text.understand("PD-L1 \(scale) 60%").measurements == [wanted])
  }

  @Test("scales of PD-L1 never convert")
  func scalesNeverConvert() {
    #expect(measured("PD-L1", "CPS 60") != measured("PD-L1", "TPS 60"))
  }

  @Test("TLS is present or absent", arguments: [("present", "present"), ("absent", "absent"), ("mature", "present")])
  func tls(value: String, word: String) {
    #expect(measured("TLS", value) == Measurement(name: "TLS", word: word))
  }

  @Test("TLS keeps the maturity as written")
  func tlsMaturity() throws {
    let found = try #require(Vocabulary.text.understand("mature TLS present").alterations.first)
    #expect(found.gene == "TLS")
    #expect(found.asWritten.contains("mature"))
  }

  @Test("HER2 IHC grades", arguments: [("0", 0.0), ("1+", 1), ("2+", 2), ("3+", 3)])
  func her2(grade: String, number: Double) {
    #expect(measured("HER2", grade) == Measurement(name: "ERBB2", scale: "IHC", number: number))
    #expect(
      Vocabulary.text.understand("HER2 IHC \(grade)").measurements.first
        == Measurement(name: "ERBB2", scale: "IHC", number: number))
  }

  @Test("HER2 ISH keeps its assay", arguments: ["positive", "negative"])
  func her2ISH(word: String) {
    let found = Vocabulary.text.understand("HER2 IHC 2+ ISH \(word)").measurements
    #expect(found.contains(Measurement(name: "ERBB2", scale: "IHC", number: 2)))
    #expect(found.contains(Measurement(name: "ERBB2", scale: "ISH", word: word)))
  }

  @Test("ER and PR percent", arguments: [("ER", "ESR1"), ("PR", "PGR"), ("PgR", "PGR")])
  func receptor(name: String, gene: String) {
    let wanted = Measurement(name: gene, scale: "percent", word: "positive", number: 95)
    #expect(Vocabulary.text.understand("\(name) 95%").measurements == [wanted])
  }

  @Test("a receptor at 0 percent is negative")
  func receptorNegative() {
    #expect(measured("ER", "0%") == Measurement(name: "ESR1", scale: "percent", word: "negative", number: 0))
  }

  @Test("a cell that is no result is not guessed", arguments: ["pending", "not done", "?", ""])
  func unread(value: String) {
    for name in ["TMB", "MSI", "MMR", "HRD", "TLS", "PD-L1", "HER2", "ER"] {
      #expect(measured(name, value) == nil, "\(name) '\(value)'")
    }
  }
}

extension ClinicalText.Understanding {
  var measurements: [Measurement] {
    alterations.compactMap {
      if case .measurement(let measurement) = $0.event { return measurement }
      return nil
    }
  }
}
