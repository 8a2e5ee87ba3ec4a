// SPDX-License-Identifier: Apache-2.0
import Alterations
import InputFormats
import Normalization
import TestSupport
import Testing

/// Rows that a lab does not trust, because too few reads carry them or were made at all.
struct SupportGateTests {
  /// Genes that were kept, and why rows were filtered.
  private func read(
    _ text: String, path: String, _ gate: SupportGate, usesShortWay: Bool = true
  ) throws -> (kept: [String], filtered: [String: Int]) {
    let content = try readInput(text, path: path)
    let normalizer = SampleNormalizer(
      normalizer: Normalizer(table: Clinic.table), gate: gate, usesShortWay: usesShortWay)
    let found = normalizer.normalize(content.batches.map { (0, $0) }, ploidy: 2)
    #expect(found.rejected.isEmpty)
    #expect(found.countsByFile[0]?.filtered == found.filteredByFile[0, default: [:]].values.reduce(0, +))
    return (found.alterations.map(\.gene) + found.unlisted.map(\.gene), found.filteredByFile[0] ?? [:])
  }

  /// Each file has KIT at 19 reads, TP53 at 20, KRAS without a word of its depth, and FAM83H, which no rule names, at 3.
  private static let files = [
    (
      "a.maf",
      """
      Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\tt_depth
      KIT\tMissense_Mutation\tS1\tp.V559D\t19
      TP53\tMissense_Mutation\tS1\tp.R175H\t20
      KRAS\tMissense_Mutation\tS1\tp.G12D\t
      FAM83H\tMissense_Mutation\tS1\tp.A100T\t3

      """
    ),
    (
      "counts.maf",
      """
      Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\tt_ref_count\tt_alt_count
      KIT\tMissense_Mutation\tS1\tp.V559D\t10\t9
      TP53\tMissense_Mutation\tS1\tp.R175H\t10\t10
      KRAS\tMissense_Mutation\tS1\tp.G12D\t\t
      FAM83H\tMissense_Mutation\tS1\tp.A100T\t1\t2

      """
    ),
    (
      "list.tsv",
      """
      gene\tprotein_change\tcoverage
      KIT\tp.V559D\t19
      TP53\tp.R175H\t20
      KRAS\tp.G12D\t
      FAM83H\tp.A100T\t3

      """
    ),
  ]

  @Test(arguments: files) func `a row with fewer reads than the gate asks is filtered and counted`(
    path: String, text: String
  ) throws {
    for usesShortWay in [true, false] {
      let read = try read(text, path: path, SupportGate(leastDepth: 20), usesShortWay: usesShortWay)
      #expect(read.kept == ["TP53", "KRAS"], "\(path)")
      #expect(read.filtered == ["sequencing depth below the gate": 2], "\(path)")
    }
  }

  @Test(arguments: files) func `without a gate every row is looked at`(path: String, text: String) throws {
    let read = try read(text, path: path, SupportGate())
    #expect(Set(read.kept) == ["KIT", "TP53", "KRAS", "FAM83H"] && read.filtered.isEmpty)
  }

  @Test func `a row below both gates is counted once`() throws {
    let text =
      "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\tt_depth\tt_alt_count\n"
      + "KIT\tMissense_Mutation\tS1\tp.V559D\t10\t1\nTP53\tMissense_Mutation\tS1\tp.R175H\t10\t9\n"
    let read = try read(text, path: "a.maf", SupportGate(leastFraction: 0.2, leastDepth: 20))
    #expect(read.kept == [])
    #expect(read.filtered == ["allele fraction below the gate": 1, "sequencing depth below the gate": 1])
  }

  @Test func `copy-number calls and fusions have no depth to be held to`() throws {
    let calls = "Hugo_Symbol\tS1\nMDM2\t2\nCDKN2A\t-2\n"
    let read = try read(calls, path: "data_cna.txt", SupportGate(leastFraction: 0.5, leastDepth: 1000))
    #expect(Set(read.kept) == ["MDM2", "CDKN2A"] && read.filtered.isEmpty)
  }
}
