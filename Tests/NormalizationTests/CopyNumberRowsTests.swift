// SPDX-License-Identifier: Apache-2.0
internal import InputFormats
import Alterations
import Normalization
import TestSupport
import Testing

/// What rows of copies and biomarkers become.
struct CopyNumberRowsTests {
  private static let builder = Normalizer(table: Clinic.table)

  /// Fates of the rows as `gene alteration [cautions]`.
  private func alterations(_ text: String, ploidy: Double = 2) throws -> [String] {
    let content = try readInput(text)
    return content.batches.flatMap { batch in
      batch.records.map { record in
        switch Self.builder.normalize(record, batch, file: 0, ploidy: ploidy) {
        case .kept(let kept): "\(kept.gene) \(kept) \(kept.cautions.map { "\($0)" })"
        case .notEvaluated(let kept, let reason): "\(kept.gene): not evaluated, \(reason)"
        case .filtered(let reason): "filtered: \(reason)"
        case .rejected(let column, let value, _): "rejected: \(column) '\(value)'"
        }
      }
    }
  }

  @Test(arguments: [
    // The tool knows the ploidy that it called by.
    ("AMP\t5.5\t5.9", 4.0, "CDK4 AMP []"), ("PARTIAL_AMP\t2\t22", 2, #"CDK4 AMP ["partial"]"#),
    ("DEL\t0.6\t2", 2, "CDK4 HOMDEL []"),
  ])
  func `a driver is called as its tool says`(row: String, ploidy: Double, call: String) throws {
    let text = "gene\tdriver\tminCopyNumber\tmaxCopyNumber\nCDK4\t\(row)\n"
    #expect(try alterations(text, ploidy: ploidy) == [call])
  }

  @Test(arguments: [
    ("2\t0", 2.0, "TP53 LOH []"), ("1\t1", 2, "filtered: no change of copy number"), ("1\t0", 2, "TP53 LOSS_HET []"),
    ("0\t0", 2, "TP53 HOMDEL []"), ("6\t0", 2, "TP53 AMP []"), ("4\t2", 4, "TP53 GAIN []"),
    ("2\t2", 4, "filtered: no change of copy number"),
  ])
  func `alleles become calls by the ploidy`(row: String, ploidy: Double, call: String) throws {
    #expect(try alterations("gene\tnMajor\tnMinor\nTP53\t\(row)\n", ploidy: ploidy) == [call])
  }

  @Test func `the number of copies is kept as written`() throws {
    let content = try readInput("gene\tcopy_number\nCDK4\t14.20\n")
    let batch = try #require(content.batches.first)
    let record = try #require(batch.records.first)
    guard case .kept(let kept) = Self.builder.normalize(record, batch, file: 0) else {
      Issue.record("the row is not kept")
      return
    }
    #expect(kept.asWritten == "14.20 copies")
    #expect(kept.copyNumber == 14.2)
  }

  @Test(arguments: [
    // A ratio of HER2 signals is no IHC grade.
    ("HER2\t2.5\tratio\tFISH", "ERBB2 ISH positive []"), ("HER2\t2.5\tratio\t", "rejected: HER2 '2.5'"),
    ("HER2 FISH\tamplified\t\t", "ERBB2 ISH positive []"),
    ("HER2\tnegative\t\tCISH", "ERBB2 ISH negative []"), ("HER2 IHC\t3+\t\t", "ERBB2 IHC 3+ []"),
    // A scale of PD-L1 is never guessed, and the percent sign is none.
    (
      "PD-L1\t60\t%\t", "PD-L1: not evaluated, does not state its scale (TPS, CPS, TC or IC), which rules ask for"
    ), ("PD-L1\t60\t%\t22C3 TPS", "PD-L1 TPS 60 []"),
    ("PD-L1 (CPS)\t10\t\t", "PD-L1 CPS 10 []"), ("PD-L1\tTPS 60%\t\t", "PD-L1 TPS 60 []"),
    // A count of mutations is no burden.
    ("TMB\t184\tmutations\t", "rejected: TMB '184'"), ("TMB\t14.2\tmut/Mb\tWES", "TMB 14.2 []"),
    ("TMB\thigh\t\t", "TMB high []"), ("MSI status\tMSI-H\t\tPCR", "MSI high []"),
    ("ER\t200\tH-score\t", "rejected: ER '200'"), ("ER\t95\t%\tIHC", "ESR1 percent positive 95 []"),
    ("PR\tnegative\t\t", "PGR negative []"), ("HRD score\t52\t\t", "HRD score 52 []"),
    ("HRD\tpositive (CHORD 0.93)\t\t", "HRD positive []"), ("EBV\tnot detected\t\tISH", "EBV negative []"),
    ("HPV16\tdetected\t\t", "HPV positive []"), ("TLS\tpresent\t\t", "TLS present []"),
    ("MMR IHC\tdeficient\t\t", "MMR deficient []"), ("CD117\tpositive\t\tIHC", "KIT positive []"),
    ("Ki-67-like\t40\t\t", "rejected: Ki-67-like '40'"),
  ])
  func `a biomarker is read on its scale`(row: String, alteration: String) throws {
    #expect(try alterations("name\tvalue\tunit\tmethod\n\(row)\n") == [alteration])
  }

  @Test(arguments: [
    ("Other Biomarkers\tMSI-H", "MSI high []"), ("Other Biomarkers\tMicrosatellite Instability-High", "MSI high []"),
    ("Other Biomarkers\tTMB-H", "TMB high []"), ("Other Biomarkers\tTumor Mutational Burden-High", "TMB high []"),
    ("EGFR\tvIII", "EGFR vIII []"), ("EGFR\tvV", "EGFR vV []"), ("FLT3\tInternal tandem duplication", "FLT3 ITD []"),
    ("BRAF\tKinase Domain Duplication", "BRAF KDD []"), ("BRAF\tKDD", "BRAF KDD []"), ("EGFR\tCTD", "EGFR CTD []"),
    ("EGFR\tC-terminal domain", "EGFR CTD []"),
  ])
  func `OncoKB's atypical alterations`(row: String, alteration: String) throws {
    let cells = row.split(separator: "\t")
    #expect(try alterations("HUGO_SYMBOL\tSAMPLE_ID\tALTERATION\n\(cells[0])\tS1\t\(cells[1])\n") == [alteration])
  }
}
