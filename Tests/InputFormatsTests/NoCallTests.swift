// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
import InputFormats
import TestSupport
import Testing

/// Rows that state no mutation, and rows that their caller set aside.
struct NoCallTests {
  private static let head = "Hugo_Symbol\tTumor_Sample_Barcode\tVariant_Classification\tHGVSp_Short"

  private func kept(_ columns: String, _ cells: String) throws -> FileContent {
    try readInput("\(Self.head)\t\(columns)\nBRAF\tS1\tMissense_Mutation\tp.V600E\t\(cells)\n")
  }

  @Test(arguments: [
    ("t_ref_count\tt_alt_count", "300\t0"), ("t_depth\tt_alt_count", "300\t0"), ("t_vaf", "0"), ("t_vaf", "0.00"),
    ("Mutation_Status", "None"), ("Mutation_Status", "Wildtype"), ("Mutation_Status", "UNCALLED"),
    ("Mutation_Status", "not called"), ("Validation_Status", "Invalid"), ("Validation_Status", "wild-type"),
    ("t_GT", "0/0"), ("genotype", "0|0"), ("zygosity", "hom_ref"), ("judgement", "REJECT"), ("keep", "False"),
    ("is_artifact", "TRUE"), ("blacklisted", "yes"), ("detected", "no"), ("result", "Not detected"),
    ("call_status", "FAIL"), ("FILTER", "germline;weak_evidence"), ("Result", "No"), ("Result", "N"),
    ("Result", "FALSE"), ("Result", "0"), ("Result", "None"), ("Result", "-"), ("Result", "ND"), ("Result", "N/D"),
    ("Result", "Normal"), ("Result", "Negative."), ("Result", "NEGATIVE FOR MUTATION"),
    ("Result", "mutation not detected"), ("Result", "no fusion detected"), ("Result", "no reportable variant"),
    ("Result", "Not Detected (WT)"), ("Result", "Below cutoff"), ("Result", "< LOD"), ("Result", "QNS"),
    ("Result", "Insufficient"), ("Result", "Not performed"), ("Result", "Negativ"), ("Result", "nicht nachgewiesen"),
    ("Result", "non rilevata"), ("Detected (Y/N)", "N"), ("Mutation Detected", "No"), ("Mutated", "No"),
    ("Conclusion", "Variant was not identified"), ("Assessment", "Not detected"), ("Confirmed", "No"),
    ("Pass/Fail", "Fail"), ("QC", "failed"), ("FILTERS", "LowQual"), ("Sample Type", "Normal"),
    ("Tissue", "Solid Tissue Normal"), ("Allele Frequency", "0"), ("Variant Frequency", "0.0"),
    ("Mutant Allele Frequency", "0%"), ("Supporting reads", "0"),
  ])
  func `a row that states no mutation is filtered`(columns: String, cells: String) throws {
    let content = try kept(columns, cells)
    #expect(content.records.isEmpty, "\(content.statements)")
    #expect(content.counts.filtered == 1)
    #expect(content.filteredReasons.count == 1)
  }

  @Test(arguments: [
    ("t_ref_count\tt_alt_count", "300\t80"), ("t_ref_count\tt_alt_count", "0\t0"), ("t_alt_count", ""),
    ("Mutation_Status", "SOMATIC"),
    ("Mutation_Status", "LOH"), ("Validation_Status", "Untested"), ("t_GT", "0/1"), ("genotype", "1/1"),
    ("judgement", "KEEP"),
    ("keep", "True"), ("is_artifact", "FALSE"), ("detected", "yes"), ("result", "Detected"), ("FILTER", "PASS"),
    ("FILTER", "."), ("Result", "Positive"), ("Result", "Detected; no other variants detected"), ("Result", "Yes"),
    ("Interpretation", "not provided"), ("Interpretation", "None"), ("Assessment", "not detected in normal blood"),
    ("Conclusion", "No known significance"), ("Validation_Status", "Unknown"), ("Tissue", "Lung"),
    ("Sample Type", "Tumor"), ("Result", "c.1799T>A"), ("FILTERS", "PASS"), ("Allele Frequency", "12"),
  ])
  func `a row that states a mutation is kept`(columns: String, cells: String) throws {
    #expect(try kept(columns, cells).records.count == 1)
  }

  @Test(arguments: [
    ("t_alt_count", "0"), ("Mutation_Status", "None"), ("t_vaf", "0"), ("t_GT", "0/0"),
  ])
  func `a column that says the same in every row of a long file was not filled`(column: String, cell: String) throws {
    let rows = (1...12).map { "BRAF\tS1\tMissense_Mutation\tp.V60\($0)E\t\(cell)" }.joined(separator: "\n")
    let content = try readInput("\(Self.head)\t\(column)\n\(rows)\n")
    #expect(content.records.count == 12)
    #expect(content.remarks.contains { $0.contains(column) })
    #expect(content.records.compactMap(\.mutation).allSatisfy { $0.altCount == -1 && $0.alleleFraction < 0 })
  }

  @Test func `a file of normal tissue is one, however many rows it has`() throws {
    let rows = (1...12).map { "BRAF\tS1\tMissense_Mutation\tp.V60\($0)E\tNormal" }.joined(separator: "\n")
    #expect(try readInput("\(Self.head)\tSample Type\n\(rows)\n").records.isEmpty)
  }

  @Test(arguments: [3, 17, 20_261_126] as [UInt64])
  func `what a row says of itself does not depend on the rows before it`(seed: UInt64) throws {
    let columns = ["Mutation_Status", "Validation_Status", "t_alt_count", "t_depth", "t_vaf", "call_status"]
    let cells = [
      ["Somatic", "SOMATIC", "Wildtype", "Germline", "uncalled", ".", "suspected", "Somatic "],
      ["Untested", "Invalid", "Valid", "", "wild-type", "Unknown"], ["12", "0", "40", ".", "00"],
      ["100", "0", "", "30"], ["0.35", "0.0", "0", "0.01", "12%", "."], ["PASS", "FAIL", "", "ok", "failed"],
    ]
    var random = SeededGenerator(seed: seed)
    let rows = (0..<200).map { _ in cells.map { $0.randomElement(using: &random) ?? "" } }
    func text(_ rows: [[String]]) -> String {
      let lines = rows.enumerated().map { number, row in
        "BRAF\tS1\tMissense_Mutation\tp.V\(number + 2)E\t\(row.joined(separator: "\t"))"
      }
      return "\(Self.head)\t\(columns.joined(separator: "\t"))\n\(lines.joined(separator: "\n"))\n"
    }
    // A row that is kept in a file of its own, too: what it says stands in its cells alone.
    let alone = try rows.indices.filter { try readInput(text([rows[$0]])).records.count == 1 }
    let together = try readInput(text(rows)).records.map { Int($0.line) - 2 }
    #expect(alone == together)
    #expect(alone.count > 5 && alone.count < 195)
  }

  @Test func `a column that says something else in one row of a long file is heeded`() throws {
    let rows = (1...12).map { "BRAF\tS1\tMissense_Mutation\tp.V60\($0)E\t\($0 == 7 ? 40 : 0)" }.joined(separator: "\n")
    let content = try readInput("\(Self.head)\tt_alt_count\n\(rows)\n")
    #expect(content.records.count == 1)
    #expect(content.counts.filtered == 11)
  }

  @Test(arguments: [
    "#FusionGene\tScore\tLeftBreakpoint\tRightBreakpoint\tFilter\nEML4--ALK\t0.05\tchr2:1:+\tchr2:2:-\tFAIL;LOW_SCORE\n",
    "#FusionGene\tScore\tLeftBreakpoint\tRightBreakpoint\tFilter\nKIF5B--RET\t0.1\tchr10:1:+\tchr10:2:-\tMIN_SUPPORT\n",
    "Gene_1_symbol(5end_fusion_partner)\tGene_2_symbol(3end_fusion_partner)\tFusion_description\nEML4\tALK\tknown,banned,readthrough\n",
    "gene5\tgene3\tKeepFusion\nEML4\tALK\tFalse\n",
    "Sample_Id\tSite1_Hugo_Symbol\tSite2_Hugo_Symbol\tKeep\nS1\tEML4\tALK\tno\n",
  ])
  func `a fusion that its caller set aside is filtered`(text: String) throws {
    let content = try readInput(text)
    #expect(content.records.isEmpty)
    #expect(content.counts.filtered == 1)
  }

  @Test(arguments: [
    "sample\tgene\ttcn\tlcn\tfilter\nS1\tERBB2\t12\t1\tsuppress_likely_unfocal_large_gain\n",
    "sample\tgene\ttcn\tlcn\tsuppress_large_homdel\nS1\tCDKN2A\t0\t0\tTRUE\n",
  ])
  func `a call of copies that was suppressed is filtered`(text: String) throws {
    #expect(try readInput(text).counts.filtered == 1)
  }
}

/// Whose rows they are.
struct SampleColumnTests {
  @Test(arguments: [
    "Kids_First_Biospecimen_ID", "biospecimen_id", "case_id", "ModelID", "DepMap_ID", "tumor_id", "specimen_id",
    "barcode",
    "aliquot_id", "Sample Name", "sampleId", "Tumor Sample ID", "patient_id", "subject_id", "Participant_ID",
  ])
  func `a column of samples is known by its name`(column: String) throws {
    let content = try readInput(
      "\(column)\tHugo_Symbol\tVariant_Classification\tHGVSp_Short\nA1\tBRAF\tMissense_Mutation\tp.V600E\n"
        + "A2\tKRAS\tMissense_Mutation\tp.G12C\n")
    #expect(content.batches.map(\.sampleID) == ["A1", "A2"])
  }

  @Test(arguments: ["PatientNo", "Probe_Nr", "Pseudonym", "Name", "Kennung"])
  func `a column that looks like one of samples and is not known fails the file`(column: String) throws {
    let rows = ["P01", "P02", "P03"].flatMap { id in (1...4).map { "\(id)\tKRAS\tp.G1\($0)D" } }
    let text = "\(column)\tgene\tprotein_change\n" + rows.joined(separator: "\n") + "\n"
    #expect { try readInput(text) } throws: { ($0 as? InputError)?.column == column }
  }

  @Test(arguments: ["Chromosome", "Transcript_ID", "Exon", "Tier", "Center", "dbSNP_RS", "Refseq"])
  func `a column that repeats words of its own is none of samples`(column: String) throws {
    let rows = ["NM_01", "NM_02"].flatMap { id in (1...4).map { "\(id)\tKRAS\tp.G1\($0)D" } }
    #expect(try readInput("\(column)\tgene\tprotein_change\n" + rows.joined(separator: "\n")).records.count == 8)
  }

  @Test func `names of rows as R writes them shift no column`() throws {
    let content = try readInput(
      "Hugo_Symbol\tTumor_Sample_Barcode\tVariant_Classification\tHGVSp_Short\n1\tBRAF\tS1\tMissense_Mutation\tp.V600E\n"
    )
    #expect(content.statements == ["S1: BRAF||p.V600E||Missense_Mutation"])
  }

  @Test(arguments: [",", ";", "|"])
  func `cells of a MAF may be divided by other signs`(separator: String) throws {
    let head = ["Hugo_Symbol", "Tumor_Sample_Barcode", "Variant_Classification", "HGVSp_Short"]
    let row = ["BRAF", "\"S1\"", "Missense_Mutation", "p.V600E"]
    let content = try readInput(head.joined(separator: separator) + "\n" + row.joined(separator: separator) + "\n")
    #expect(content.statements == ["S1: BRAF||p.V600E||Missense_Mutation"])
  }
}
