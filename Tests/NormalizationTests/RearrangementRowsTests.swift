// SPDX-License-Identifier: Apache-2.0
internal import InputFormats
import Alterations
import Normalization
import TestSupport
import Testing

/// What rows of rearrangements say of frame, exons and partners, in whatever column.
struct RearrangementRowsTests {
  private static let builder = Normalizer(table: Clinic.table)

  private func fate(_ text: String) throws -> String {
    let batch = try #require(try readInput(text).batches.first)
    let record = try #require(batch.records.first)
    switch Self.builder.normalize(record, batch, file: 0) {
    case .kept(let kept):
      let isPossible = kept.cautions.contains(.possibleFusion) ? " possible" : ""
      if case .fusion(let fusion) = kept.event {
        return "\(fusion)\(isPossible)" + (fusion.junction.isEmpty ? "" : " " + fusion.junction)
      }
      return "\(kept.gene) \(kept)"
    case .notEvaluated(let kept, _): return "\(kept.gene) not evaluated"
    case .filtered(let reason): return reason
    case .rejected(_, _, let problem): return problem
    }
  }

  /// A row of `data_sv` with two genes and other cells by column.
  private func row(_ first: String, _ second: String, _ cells: [(String, String)]) -> String {
    let all = [("Sample_Id", "S1"), ("Site1_Hugo_Symbol", first), ("Site2_Hugo_Symbol", second)] + cells
    return all.map(\.0).joined(separator: "\t") + "\n" + all.map(\.1).joined(separator: "\t") + "\n"
  }

  @Test(arguments: [
    ("Event_Info", "Protein Fusion: out of frame  {TPM3:NTRK1}"), ("Event_Info", "Antisense Fusion"),
    ("Connection_Type", "3to3"), ("Connection_Type", "5to5"), ("Site2_Effect_On_Frame", "OUT_OF_FRAME"),
    ("Site2_Effect_On_Frame", "Frameshift"), ("Annotation", "TPM3-NTRK1 out-of-frame fusion"),
    ("Comments", "Note: the fusion is predicted to be out of frame."), ("Frame", "OUT"), ("is_inframe", "false"),
    ("Event_Info", "Protein fusion: stop codon"),
  ])
  func `a frame that is lost makes a possible fusion, in whatever column it is said`(column: String, cell: String)
    throws
  {
    #expect(try fate(row("TPM3", "NTRK1", [(column, cell)])) == "TPM3::NTRK1 possible")
  }

  @Test(arguments: [
    [("Event_Info", "Protein Fusion: in frame {TPM3:NTRK1}")], [("Connection_Type", "5to3")],
    [("Event_Info", "Protein fusion: in frame"), ("Connection_Type", "3to3")], [("is_inframe", "yes")],
    [("Event_Info", "Protein fusion: mid-exon")],
  ])
  func `a frame that is kept or not stated makes a fusion`(cells: [(String, String)]) throws {
    #expect(try fate(row("TPM3", "NTRK1", cells)) == "TPM3::NTRK1")
  }

  @Test(arguments: [
    ("ALK", "EML4-ALK fusion", "EML4::ALK"), ("RET", "Protein fusion: in frame (KIF5B-RET)", "KIF5B::RET"),
    ("ROS1", "CD74-ROS1", "CD74::ROS1"), ("ALK", "Fusion", "v::ALK"),
  ])
  func `the partner may stand in the words alone`(gene: String, words: String, fusion: String) throws {
    #expect(try fate(row(gene, "", [("Event_Info", words)])) == fusion)
  }

  @Test(arguments: [
    ("ROS1;GOPC", "GOPC::ROS1"), ("EML4|ALK", "EML4::ALK"), ("(EML4;ALK)", "EML4::ALK"),
    ("EML4(13)-ALK(20)", "EML4::ALK exon 13 to exon 20"), ("EML4-ALK E13;A20", "EML4::ALK exon 13 to exon 20"),
    ("EML4 exon 13 - ALK exon 20", "EML4::ALK exon 13 to exon 20"), ("t(2;5)(NPM1;ALK)", "NPM1::ALK"),
    ("TPM3(8)::NTRK1(10)", "TPM3::NTRK1 exon 8 to exon 10"), ("EML4 (NM_019063) - ALK (NM_004304) fusion", "EML4::ALK"),
    ("EML4-ALK V3a/b", "EML4::ALK"), ("EML4-ALK.E6bA20", "EML4::ALK exon 6 to exon 20"), ("CCDC6~RET", "CCDC6::RET"),
    ("KIF5B>RET", "KIF5B::RET"), ("EML4 ALK", "EML4::ALK"),
  ])
  func `names of fusions are taken apart with their exons`(name: String, fusion: String) throws {
    #expect(try fate("sample_id\tfusion\nS1\t\(name)\n") == fusion)
  }

  @Test(arguments: [
    ("BRAF\tKIAA1549", "BRAF::KIAA1549 possible"), ("NTRK3\tETV6", "NTRK3::ETV6 possible"),
    ("RET\tKIF5B", "RET::KIF5B possible"), ("NRG1\tCD74", "NRG1::CD74 possible"), ("KIAA1549\tBRAF", "KIAA1549::BRAF"),
    ("FGFR2\tBICC1", "FGFR2::BICC1"), ("ALK\tALK", "ALK not evaluated"),
  ])
  func `a kinase at the 5-prime end is the other half of a fusion, and a gene with itself is none`(
    genes: String, fusion: String
  ) throws {
    #expect(try fate("sample_id\tgene5\tgene3\nS1\t\(genes)\n") == fusion)
  }

  @Test func `exons of the sites and breakpoints are kept in the order of the partners`() throws {
    let text = row(
      "ALK", "EML4",
      [
        ("Site1_Description", "Intron of ALK(-): 817bp before exon 20"),
        ("Site2_Description", "Intron of EML4(+): 678bp after exon 12"), ("Connection_Type", "3to3"),
        ("Site1_Chromosome", "2"), ("Site1_Position", "29447211"), ("Site2_Chromosome", "2"),
        ("Site2_Position", "42523334"),
      ])
    #expect(try fate(text) == "EML4::ALK exon 12 (2:42523334) to exon 20 (2:29447211)")
  }

  // MARK: Inside one gene

  @Test(arguments: [
    [("Class", "DELETION"), ("Event_Info", "Deletion of exon 14")], [("Annotation", "MET exon 14 skipping")],
    [("Annotation", "METex14")], [("Event_Info", "MET Exon 14 Skipping Mutation")], [("Event_Info", "MET-MET.M13M15")],
    [("Event_Info", "MET exon 13-MET exon 15 fusion")], [("Event_Info", "exon 13 spliced to exon 15")],
    [("Comments", "Note: The MET rearrangement is an in-frame deletion of MET exon 14.")],
    [("Event_Info", "exon 14 skipped transcript")], [("Event_Info", "MET \u{394}14")],
    [
      ("Class", "DELETION"), ("Site1_Description", "Intron of MET(+): 300bp after exon 13"),
      ("Site2_Description", "Intron of MET(+): 1Kb before exon 15"), ("Event_Info", "Deletion of 1 exon: in frame"),
    ],
    [
      ("Site1_Region", "EXON"), ("Site1_Region_Number", "13"), ("Site2_Region", "EXON"), ("Site2_Region_Number", "15"),
      ("RNA_Support", "yes"),
    ],
    [
      ("Class", "DELETION"), ("Site1_Region", "Intron"), ("Site1_Region_Number", "13"), ("Site2_Region", "Intron"),
      ("Site2_Region_Number", "14"),
    ],
    [
      ("Site1_Chromosome", "7"), ("Site1_Position", "116411708"), ("Site2_Chromosome", "7"),
      ("Site2_Position", "116414935"), ("NCBI_Build", "GRCh37"),
    ],
  ])
  func `every wording of a lost exon 14 of MET is its skipping`(cells: [(String, String)]) throws {
    #expect(try fate(row("MET", "MET", cells)) == "MET EXON 14 skipping")
  }

  @Test(arguments: [
    [("Event_Info", "MET-intragenic"), ("Comments", "no exon 14 skipping")], [("Event_Info", "Deletion of exon 2")],
    [("Event_Info", "Inversion of exon 14")], [("Event_Info", "exon 14 deletion: out of frame")],
  ])
  func `other words of a rearrangement in MET stay not evaluated`(cells: [(String, String)]) throws {
    #expect(try fate(row("MET", "MET", cells)) == "MET not evaluated")
  }

  @Test(arguments: [
    ("MET", "Annotation", "MET (NM_000245) rearrangement: c.2888-155_3028+220del", "MET EXON 14 skipping"),
    ("EGFR", "Annotation", "EGFR (NM_005228) rearrangement: c.88+1500_889+300del", "EGFR vIII"),
    ("EGFR", "Annotation", "EGFR (NM_005228) rearrangement: c.2062-50_3114+100dup", "EGFR KDD"),
    ("PTEN", "Annotation", "PTEN (NM_000314) rearrangement: c.254-10_492+20del", "PTEN exon 5 deletion, out of frame"),
    ("PTEN", "Annotation", "PTEN (NM_000314) rearrangement: c.300_492+20del", "PTEN not evaluated"),
    ("EGFR", "Event_Info", "EGFRvIII", "EGFR vIII"), ("EGFR", "Annotation", "EGFR exons 2-7 deletion", "EGFR vIII"),
    ("EGFR", "Comments", "Deletion of exons 2 to 7 (EGFR variant III).", "EGFR vIII"),
    ("EGFR", "Event_Info", "Duplication of exons 18-25: in frame", "EGFR KDD"),
    ("EGFR", "Annotation", "EGFR kinase domain duplication", "EGFR KDD"),
    ("EGFR", "Event_Info", "exons 25 to 27 deletion", "EGFR CTD"),
    ("BRAF", "Event_Info", "Duplication of exons 10-18, in frame", "BRAF KDD"),
    ("BRAF", "Event_Info", "Duplication of exons 10-18, out of frame", "BRAF not evaluated"),
    ("KMT2A", "Event_Info", "KMT2A-PTD", "KMT2A PTD"),
    ("MLL", "Comments", "partial tandem duplication of exons 2-8", "KMT2A PTD"),
    ("FLT3", "Event_Info", "Internal tandem duplication", "FLT3 ITD"),
    ("BRCA2", "Event_Info", "Deletion of 3 exons: out of frame", "BRCA2 rearrangement, out of frame"),
    ("PTEN", "Event_Info", "Deletion of exons 3-5, out of frame", "PTEN exon 3-5 deletion, out of frame"),
    ("PTEN", "Site2_Effect_On_Frame", "in frame", "PTEN not evaluated"),
    // The frame by the bases of the exons.
    ("PTEN", "Event_Info", "Deletion of exon 5", "PTEN exon 5 deletion, out of frame"),
    ("PTEN", "Event_Info", "Deletion of exon 5: in frame", "PTEN not evaluated"),
    ("MSH2", "Event_Info", "Deletion of exons 1-6", "MSH2 exon 1-6 deletion, start lost"),
    ("TP53", "Event_Info", "Duplication of exon 6", "TP53 exon 6 duplication, out of frame"),
    ("RB1", "Event_Info", "Deletion of exons 13-17", "RB1 not evaluated"),
    ("BRCA2", "Event_Info", "Deletion of exons 24-27", "BRCA2 exon 24-27 deletion, end lost"),
    ("PTEN", "Event_Info", "Deletion of exons 1-9", "PTEN exon 1-9 deletion, start lost"),
    ("KRAS", "Event_Info", "Deletion of exon 3", "KRAS not evaluated"),
    // Exon 13 is exon 12 or 13: either loss shifts the frame. Exon 11 is exon 10, which keeps it, or 11.
    ("BRCA1", "Event_Info", "Deletion of exon 13", "BRCA1 exon 13 deletion, out of frame"),
    ("BRCA1", "Event_Info", "Deletion of exon 11", "BRCA1 not evaluated"),
    (
      "STK11", "Comments", "An intragenic deletion of exons 5-7. One of the breakpoints is within exon 5.",
      "STK11 not evaluated"
    ),
    ("KRAS", "Site2_Effect_On_Frame", "out of frame", "KRAS not evaluated"),
  ])
  func `exons lost or repeated inside a gene have the names of the table`(
    gene: String, column: String, cell: String, change: String
  ) throws {
    #expect(try fate(row(gene, gene, [(column, cell)])) == change)
  }

  @Test(arguments: [
    // Behind exon 4 and behind exon 5 of PTEN, in introns of both builds; between the ends of exons; within exons.
    ("PTEN", "10", 89_691_000, 89_700_000, "DELETION", "GRCh37", "PTEN exon 5 deletion, out of frame"),
    ("PTEN", "10", 87_931_200, 87_940_000, "DELETION", "GRCh38", "PTEN exon 5 deletion, out of frame"),
    ("PTEN", "10", 87_931_200, 87_940_000, "INVERSION", "GRCh38", "PTEN not evaluated"),
    ("PTEN", "10", 87_933_100, 87_952_200, "DELETION", "GRCh38", "PTEN not evaluated"),
    ("KRAS", "12", 25_225_000, 25_230_000, "DELETION", "GRCh38", "KRAS not evaluated"),
  ])
  func `breakpoints in introns tell which exons of a suppressor are lost`(
    gene: String, chromosome: String, first: Int, second: Int, kind: String, build: String, change: String
  ) throws {
    let cells = [
      ("Class", kind), ("Site1_Chromosome", chromosome), ("Site1_Position", String(first)),
      ("Site2_Chromosome", chromosome), ("Site2_Position", String(second)), ("NCBI_Build", build),
    ]
    #expect(try fate(row(gene, gene, cells)) == change)
  }

  @Test func `breakpoints of callers tell the exons of one gene`() throws {
    let arriba = "#gene1\tgene2\tbreakpoint1\tbreakpoint2\ttype\tconfidence\treading_frame\n"
    #expect(
      try fate(arriba + "MET\tMET\t7:116771654\t7:116774881\tdeletion\thigh\tin-frame\n") == "MET EXON 14 skipping")
    #expect(
      try fate(arriba + "TP53\tTP53\t17:7674000\t17:7673000\tdeletion\thigh\tout-of-frame\n")
        == "TP53 rearrangement, out of frame")
    #expect(
      try fate(
        "#FusionName\tLeftGene\tLeftBreakpoint\tRightGene\tRightBreakpoint\nEGFR--EGFR\tEGFR^ENSG1\tchr7:55019365:+\tEGFR^ENSG1\tchr7:55155830:+\n"
      ) == "EGFR vIII")
  }
}
