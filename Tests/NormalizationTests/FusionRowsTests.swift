// SPDX-License-Identifier: Apache-2.0
internal import InputFormats
import Alterations
import Normalization
import TestSupport
import Testing

/// What rows of tables of fusions become.
struct FusionRowsTests {
  private static let builder = Normalizer(table: Clinic.table)

  /// Fates of the rows as `gene: alteration [cautions]`.
  private func alterations(_ text: String) throws -> [String] {
    let content = try readInput(text)
    return content.batches.flatMap { batch in
      batch.records.map { record in
        switch Self.builder.normalize(record, batch, file: 0) {
        case .kept(let kept): "\(kept.gene): \(kept) \(kept.cautions.map { "\($0)" })"
        case .notEvaluated(let kept, let reason): "\(kept.gene): not evaluated, \(reason)"
        case .filtered(let reason): "filtered: \(reason)"
        case .rejected(let column, let value, let problem): "\(column) '\(value)' \(problem)"
        }
      }
    }
  }

  @Test(arguments: [
    ("ALK-EML4", #"ALK: EML4::ALK ["orientationAssumed"]"#), ("EML4::ALK", "ALK: EML4::ALK []"),
    ("HLA-A-NKX2-1 fusion", "NKX2-1: HLA-A::NKX2-1 []"),
    ("ALK-LOC1720", #"ALK: LOC1720::ALK ["orientationAssumed"]"#),
    ("ALK rearrangement", #"ALK: v::ALK ["partnerUnknown"]"#),
    ("RET", #"RET: v::RET ["partnerUnknown"]"#), ("HLA-A", #"HLA-A: v::HLA-A ["partnerUnknown"]"#),
    ("--ROS1", #"ROS1: v::ROS1 ["orientationAssumed"]"#),
    ("XYZZY-PLUGH", "fusion 'XYZZY-PLUGH' names no known gene (write the partners as EML4::ALK)"),
    ("EGFR-vIII", "EGFR: vIII []"),
    (
      "KMT2D-intragenic",
      "KMT2D: not evaluated, a rearrangement inside the gene whose effect is not stated: 'KMT2D-intragenic'"
    ),
    // The other half of the rearrangement.
    ("ALK::EML4", #"ALK: ALK::EML4 ["possibleFusion"]"#),
  ])
  func `a name is taken apart by the list of genes`(name: String, alteration: String) throws {
    #expect(try alterations("Tumor_Sample_Barcode\tFusion\nS1\t\(name)\n") == [alteration])
  }

  @Test(arguments: [
    ("EML4-ALK fusion", #"ALK: EML4::ALK ["orientationAssumed"]"#), ("Fusion", #"ALK: v::ALK ["partnerUnknown"]"#),
    ("ALK-intergenic", #"ALK: v::ALK ["orientationAssumed"]"#),
  ])
  func `a name beside one of its genes speaks of both`(name: String, alteration: String) throws {
    #expect(try alterations("Hugo_Symbol\tTumor_Sample_Barcode\tFusion\nALK\tS1\t\(name)\n") == [alteration])
  }

  @Test func `a MAF's fusion row names both genes where the protein change should be`() throws {
    let text =
      "Hugo_Symbol\tTumor_Sample_Barcode\tVariant_Classification\tHGVSp_Short\nALK\tS1\tFusion\tEML4-ALK fusion\n"
    #expect(try alterations(text) == [#"ALK: EML4::ALK ["orientationAssumed"]"#])
  }

  @Test(arguments: [
    ("EGFR\tEGFR\t1\t8\tINFRAME", "EGFR: vIII []"), ("MET\tMET\t13\t15\tINFRAME", "MET: EXON 14 skipping []"),
    (
      "EGFR\tEGFR\t1\t9\tINFRAME",
      "EGFR: not evaluated, a rearrangement inside the gene whose effect is not stated: 'exon 2-8 deletion'"
    ),
    ("KDR\tRET\t1\t12\tOUT_OF_FRAME", #"RET: KDR::RET ["possibleFusion"]"#),
  ])
  func `exons lost inside one gene have a name where rules know one`(row: String, alteration: String) throws {
    #expect(try alterations("geneStart\tgeneEnd\tfusedExonUp\tfusedExonDown\tphased\n\(row)\n") == [alteration])
  }

  @Test(arguments: ["in-frame", "In_frame", "INFRAME", " in frame "])
  func `the frame is kept`(word: String) throws {
    #expect(
      try frames("Sample_Id\tSite1_Hugo_Symbol\tSite2_Hugo_Symbol\tSite2_Effect_On_Frame\nS1\tEML4\tALK\t\(word)\n")
        == "in_frame")
  }

  @Test(arguments: ["intronic", "intergenic", "mid-exon"])
  func `a word that only begins like a frame is none`(word: String) throws {
    #expect(
      try frames("Sample_Id\tSite1_Hugo_Symbol\tSite2_Hugo_Symbol\tSite2_Effect_On_Frame\nS1\tEML4\tALK\t\(word)\n")
        == "unknown")
  }

  private func frames(_ text: String) throws -> String {
    let batch = try #require(try readInput(text).batches.first)
    let record = try #require(batch.records.first)
    guard case .kept(let kept) = Self.builder.normalize(record, batch, file: 0), case .fusion(let fusion) = kept.event
    else { return "no fusion" }
    return fusion.frame.rawValue
  }

  @Test func `a germline rearrangement keeps its origin`() throws {
    let batch = try #require(
      try readInput("Sample_Id\tSite1_Hugo_Symbol\tSite2_Hugo_Symbol\tSV_Status\nS1\tEML4\tALK\tGERMLINE\n").batches
        .first)
    guard case .kept(let kept) = Self.builder.normalize(batch.records[0], batch, file: 0) else {
      Issue.record("not kept")
      return
    }
    #expect(kept.origin == .germline)
  }
}
