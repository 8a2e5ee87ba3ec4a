// SPDX-License-Identifier: Apache-2.0
import Alterations
import DelimitedText
import InputFormats
import Knowledge
import TestSupport
import Testing
@testable import Normalization

/// Numbers of genes beside their symbols, from the file to the alteration.
struct GeneIdentifierTests {
  private static let normalizer = Normalizer(table: Clinic.table)

  /// The gene of the only row, or why there is none.
  private func gene(_ columns: String, _ cells: String) throws -> String {
    let content = try readInput(
      "Hugo_Symbol\tTumor_Sample_Barcode\tVariant_Classification\tHGVSp_Short\t\(columns)\n\(cells)\n")
    guard let batch = content.batches.first, let record = batch.records.first else {
      return content.rejected.first?.problem ?? "nothing"
    }
    switch Self.normalizer.normalize(record, batch, file: 0) {
    case .kept(let alteration): return alteration.gene
    case .notEvaluated(let alteration, let reason): return "\(alteration.gene): \(reason)"
    case .filtered(let reason): return reason
    case .rejected(_, _, let problem): return "rejected: " + problem
    }
  }

  @Test(arguments: [
    ("Entrez_Gene_Id", "MLL2\tS1\tMissense_Mutation\tp.R1000C\t8085", "KMT2D"),
    ("Entrez_Gene_Id", "MLL2\tS1\tMissense_Mutation\tp.R1000C\t9757", "KMT2B"),
    ("Entrez_Gene_Id", "\tS1\tMissense_Mutation\tp.V600E\t673", "BRAF"),
    ("HGNC_ID", "\tS1\tMissense_Mutation\tp.V600E\tHGNC:1097", "BRAF"),
    ("HGNC_ID", "\tS1\tMissense_Mutation\tp.V600E\t1097", "BRAF"),
    ("Gene", "\tS1\tMissense_Mutation\tp.V600E\tENSG00000157764.14", "BRAF"),
    ("Center", "ENSG00000133703\tS1\tMissense_Mutation\tp.G12C\tx", "KRAS"),
    ("Entrez_Gene_Id", "2-Sep\tS1\tMissense_Mutation\tp.R10C\t4735", "SEPTIN2"),
    ("Entrez_Gene_Id", "BRAF\tS1\tMissense_Mutation\tp.V600E\t0", "BRAF"),
    ("Entrez_Gene_Id", "BRAF\tS1\tMissense_Mutation\tp.V600E\t999999999", "BRAF"),
    ("Entrez_Gene_Id", "HER2\tS1\tMissense_Mutation\tp.S310F\t2064", "ERBB2"),
  ])
  func `a number settles a symbol that is ambiguous, damaged or missing`(
    columns: String, cells: String, expected: String
  )
    throws
  {
    #expect(try gene(columns, cells) == expected)
  }

  @Test(arguments: [
    ("BRAF\tS1\tMissense_Mutation\tp.V600E\t3845", "BRAF", "KRAS"),
    ("KIT\tS1\tMissense_Mutation\tp.D816V\t5156", "KIT", "PDGFRA"),
  ])
  func `a symbol and a number of two genes are rejected with both named`(cells: String, one: String, two: String) throws
  {
    let text = try gene("Entrez_Gene_Id", cells)
    #expect(text.hasPrefix("rejected") && text.contains(one) && text.contains(two))
  }

  @Test func `rows of both tables stand in the same order`() {
    let genes = Clinic.table.reference.genes
    for (number, symbol): (Int32, String) in [(1, "A1BG"), (673, "BRAF"), (7157, "TP53"), (8085, "KMT2D")] {
      let found = GeneIdentifierTable().gene(GeneIdentifier(.entrez, number), in: genes)
      #expect(found.map(genes.symbol) == symbol)
    }
    #expect(GeneIdentifierTable().gene(GeneIdentifier(.hgnc, 1097), in: genes).map(genes.symbol) == "BRAF")
    #expect(GeneIdentifierTable().gene(GeneIdentifier(.ensembl, 157_764), in: genes).map(genes.symbol) == "BRAF")
  }

  @Test(arguments: [
    ("CLIN_SIG", "pathogenic", [Caution.pathogenicStated]),
    ("CLIN_SIG", "likely_pathogenic&pathogenic", [.pathogenicStated]),
    ("CLNSIG", "Pathogenic/Likely_pathogenic", [.pathogenicStated]), ("CLNSIG", "Benign", [.benignStated]),
    ("ClinVar_VCF_CLNSIG", "Uncertain_significance", [.uncertainStated]),
    ("ONCOGENIC", "Likely Oncogenic", [.pathogenicStated]),
    ("ONCOGENIC", "Likely Neutral", [.benignStated]), ("ONCOGENIC", "Unknown", []),
    ("cbp_driver", "Putative_Driver", [.pathogenicStated]),
    ("cbp_driver", "Putative_Passenger", []), ("pathogenic", "yes", [.pathogenicStated]), ("pathogenic", "no", []),
    ("ACMG_class", "5", [.pathogenicStated]), ("ACMG_class", "2", [.benignStated]),
    ("CLNSIG", "Conflicting_interpretations_of_pathogenicity", [.uncertainStated]),
    ("CLIN_SIG\tONCOGENIC", "pathogenic\tLikely Neutral", [.pathogenicStated, .benignStated]),
  ])
  func `what curators say of a change is carried with it`(columns: String, cells: String, expected: [Caution]) throws {
    let content = try readInput(
      "Hugo_Symbol\tTumor_Sample_Barcode\tVariant_Classification\tHGVSp_Short\t\(columns)\nBRCA1\tS1\tMissense_Mutation\tp.C61G\t\(cells)\n"
    )
    let batch = try #require(content.batches.first)
    guard case .kept(let alteration) = Self.normalizer.normalize(try #require(batch.records.first), batch, file: 0)
    else {
      Issue.record("not kept")
      return
    }
    #expect(alteration.cautions == expected)
  }

  @Test(arguments: [
    "not detected", "WT", "wild type", "Negative", "no call", "failed", "NOT DETECTED (0/300 reads)", "no mutation",
    "indeterminate",
  ])
  func `words in the place of a change that say that there is none are filtered`(words: String) throws {
    #expect(
      ["stated as not found", "not assayed", "stated as uncertain"].contains(
        try gene("Center", "EGFR\tS1\t\t\(words)\tx")))
  }
}
