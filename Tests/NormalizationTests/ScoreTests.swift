// SPDX-License-Identifier: Apache-2.0
internal import InputFormats
import Alterations
import Normalization
import TestSupport
import Testing

/// Scores of tools and biomarkers wherever they stand.
struct ScoreTests {
  private static let builder = Normalizer(table: Clinic.table)

  private func fates(_ text: String) throws -> [String] {
    try readInput(text).batches.flatMap { batch in
      batch.records.map { record in
        switch Self.builder.normalize(record, batch, file: 0) {
        case .kept(let kept): "\(kept.gene) \(kept)"
        case .notEvaluated(let kept, _): "\(kept.gene) not evaluated"
        case .filtered(let reason): reason
        case .rejected: "rejected"
        }
      }
    }
  }

  @Test(arguments: [
    ("MSI score\t25\tMSIsensor", "MSI MSIsensor high 25"), ("MSI\t2\tMSIsensor", "MSI MSIsensor stable 2"),
    ("MSI\t5\tMSIsensor", "MSI not evaluated"), ("MSI\t0.55\tMANTIS", "MSI MANTIS high 0.55"),
    ("MSI\t0.2\tMANTIS", "MSI MANTIS stable 0.2"), ("MSI\t28%\tDRAGEN", "MSI DRAGEN high 28"),
    ("MSI_SCORE\t25\t", "MSI MSIsensor high 25"), ("MSI\t25\t", "rejected"), ("MSI\tInstable\t", "MSI high"),
    ("TMB_SCORE\t15.2\t", "TMB 15.2"), ("TMB\tTMB-High\t", "TMB high"), ("WGD\tyes\t", "WGD present"),
    ("SBS3\t0.4\t", "SBS3 score 0.4"), ("MET IHC\t3+ in 80%\t", "MET IHC 3+ in 80%"),
    ("FOLR1\t2+ 75 %\t", "FOLR1 IHC 2+ in 75%"),
  ])
  func `a score says what the limits of its tool say`(cells: String, fate: String) throws {
    #expect(try fates("sample_id\tname\tvalue\tmethod\nS1\t\(cells)\n") == [fate])
  }

  @Test(arguments: [
    ("Total_Number_of_Sites\tNumber_of_Somatic_Sites\t%\n640\t200\t31.25\n", "MSI MSIsensor or MSIsensor2 high 31.25"),
    ("Total_Number_of_Sites\tNumber_of_Unstable_Sites\t%\n640\t2\t0.31\n", "MSI MSIsensor-pro stable 0.31"),
    (
      "Locus\tNormal_Reads\tTumor_Reads\tDifference\tDistance\tDissimilarity\nchr1:1-2\t3\t3\t1\t0\t0\nAverage\t3\t3\t0.62\t0\t0\n",
      "MSI MANTIS high 0.62"
    ),
    ("TMB SUMMARY,,Total Input Variant Count,100\nTMB SUMMARY,,TMB,15.3\n", "TMB 15.3"),
  ])
  func `files of tools are read`(text: String, fate: String) throws {
    #expect(try fates(text) == [fate])
  }

  @Test func `scores stand in a table of mutations too`() throws {
    let text = """
      Hugo_Symbol\tTumor_Sample_Barcode\tVariant_Classification\tHGVSp_Short
      TMB\tS1\t\t15.2
      MSI\tS1\t\tMSI-H
      Other Biomarkers\tS1\t\tMSI-H

      """
    #expect(try fates(text) == ["TMB 15.2", "MSI high", "MSI high"])
  }
}
