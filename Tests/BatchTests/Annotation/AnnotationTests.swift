// SPDX-License-Identifier: Apache-2.0
import Foundation
import Reports
import TestSupport
import Testing

@testable import Batch

/// Tables come back row for row, their bytes first, and each row's answer is that of its sample's report.
struct AnnotationTests {
  private static let maf =
    "#version 2.4\n# a remark\n"
    + "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\tt_depth\tt_alt_count\tFILTER\tIMPACT\tIMPACT\n"
    + "EGFR\tMissense_Mutation\tS1\tp.L858R\t100\t40\tPASS\tx\ty\n"
    + "EGFR\tMissense_Mutation\tS1\tp.T790M\t100\t10\tPASS\tx\ty\n"
    + "TP53\tSilent\tS1\tp.R175=\t100\t10\tPASS\tx\ty\n"
    + "\n"
    + "KRAS\tMissense_Mutation\tS2\tp.G12C\t100\t30\tPASS\tx\n"
    + "KRAS\tMissense_Mutation\tS2\tp.G12C\t90\t20\tPASS\tx\ty\tz\n"
    + "FAM83H\tMissense_Mutation\tS2\tp.A100T\tmany\t9\tPASS\tx\ty\n"
    + "# another remark\n"
    + "BRAF\tMissense_Mutation\tS2\tp.V600E\t100\t30\tstrand_bias\tx\ty\n"
    + "KRAS\tIntron\tS2\t\t100\t30\tPASS\tx\ty\n"
    + "\tMissense_Mutation\tS2\tp.G12D\t100\t30\tPASS\tx\ty\n"
    + "NOTAGENE1\tMissense_Mutation\tS2\tp.G12D\t100\t30\tPASS\tx\ty\n"
    + "PIK3CA\tMissense_Mutation\tS3\tp.H1047R\t100\t30\tPASS\tx\ty"
  private static let matrix =
    "Hugo_Symbol\tEntrez_Gene_Id\tS1\tS2\tS3\nMET\t4233\t2\t0\t1\nCDKN2A\t1029\t0\t-2\tNA\nERBB2\t2064\t0\t0\t0\n"
  private static let calls =
    "SAMPLE_ID\tHUGO_SYMBOL\tCOPY_NUMBER_ALTERATION\r\nS1\tERBB2\tAmplification\r\nS2\tPTEN\tDeletion\r\n"
    + "S3\t\tDeletion\r\nS3\tCDK4\tunheard\r\nS3\tCDK4\t\r\n"
  private static let fusions =
    "Sample_Id\tSite1_Hugo_Symbol\tSite2_Hugo_Symbol\tEvent_Info\nS2\tEML4\tALK\tEML4-ALK fusion\n"
    + "S3\tCD74\tROS1\tCD74-ROS1 fusion\nS3\t\t\tnothing\nS1\tTP53\tTP53\tTP53-intragenic\n"
  private static let clinical =
    "#Sample\tPatient\tType\n#a\tb\tc\n#STRING\tSTRING\tSTRING\n#1\t1\t1\nSAMPLE_ID\tPATIENT_ID\tONCOTREE_CODE\n"
    + "S1\tP1\tLUAD\nS2\tP2\tCOAD\nS3\tP3\tBRCA\nS4\tP4\tLMS\n\tP5\tLMS\n"

  private static func cohort() throws -> AnnotatedFiles {
    try AnnotatedFiles().add("m.maf", maf).add("cna.txt", matrix).add("calls.txt", calls).add("sv.txt", fusions)
      .add("clinical.txt", clinical, isClinical: true)
  }

  /// Whether each line begins with the bytes of the input's, and ends like it.
  private static func expectSameBytes(_ input: String, _ output: String, _ name: String) {
    let (before, after) = (input.linesWithEnds, output.linesWithEnds)
    #expect(before.count == after.count, "\(name)")
    for (number, (one, other)) in zip(before, after).enumerated() {
      let ends = ["\r\n", "\n", ""]
      let end = ends.first { one.unicodeScalars.suffix($0.unicodeScalars.count).elementsEqual($0.unicodeScalars) } ?? ""
      let body = Array(one.utf8.dropLast(end.utf8.count))
      #expect(Array(other.utf8).starts(with: body), "\(name):\(number + 1)")
      #expect(Array(other.utf8).suffix(end.utf8.count).elementsEqual(end.utf8), "\(name):\(number + 1) ends")
    }
  }

  @Test(arguments: AnnotationNames.allCases)
  func `every line comes back with its bytes first, comments and blank lines as they were`(
    names: AnnotationNames
  ) throws {
    let (texts, answers) = try Self.cohort().annotated(names)
    #expect(answers.notReturned.isEmpty && answers.failed.isEmpty)
    let inputs = [
      "m.maf": Self.maf, "cna.txt": Self.matrix, "calls.txt": Self.calls, "sv.txt": Self.fusions,
      "clinical.txt": Self.clinical,
    ]
    for (name, input) in inputs {
      let output = try #require(texts[name])
      Self.expectSameBytes(input, output, name)
      let widths = Set(output.linesWithEnds.filter { !$0.hasPrefix("#") && $0 != "\n" }.map(\.tabbed.count))
      #expect(widths.count == 1, "\(name): columns stand below each other")
      for (line, back) in zip(input.linesWithEnds, output.linesWithEnds) where line.hasPrefix("#") || line == "\n" {
        #expect(line == back)
      }
    }
  }

  @Test func `packed files, old Mac line ends and commas come back as text of the same kind`() throws {
    let rows = Self.maf.replacing("#version 2.4\n# a remark\n", with: "")
    let old = rows.replacing("\n", with: "\r")
    let divided = rows.replacing("strand_bias", with: "\"strand_bias,weak\"").replacing("\t", with: ",")
    let (texts, _) = try AnnotatedFiles().add("old.maf", old).add("packed.maf.gz", rows, isPacked: true)
      .add("commas.maf", divided).annotated()
    let mac = try #require(texts["old.maf"])
    #expect(!mac.utf8.contains(0x0A))
    Self.expectSameBytes(rows, mac.replacing("\r", with: "\n"), "old.maf")
    Self.expectSameBytes(rows, try #require(texts["packed.maf.gz"]), "packed.maf.gz")
    let commas = try #require(texts["commas.maf"])
    Self.expectSameBytes(divided, commas, "commas.maf")
    #expect(commas.contains(",S1,LUAD,matched,EGFR,p.L858R,"))
  }

  @Test func `a row that was not looked at says why`() throws {
    let (texts, _) = try Self.cohort().annotated()
    let maf = AnnotatedText(try #require(texts["m.maf"]), first: "oncomatch_sample").rows
    let fates: [(line: Int, fate: String, reason: String)] = [
      (4, "matched", ""), (6, "unmatched", ""), (10, "unmatched", "t_depth 'many' is no clear number"),
      (12, "filtered", "FILTER not PASS"), (13, "filtered", "non-coding class"),
      (14, "rejected", "Hugo_Symbol is empty"),
      (15, "unmatched", "unknown symbol"), (16, "matched", ""),
    ]
    for (line, fate, reason) in fates {
      let row = try #require(maf[line], "line \(line)")
      #expect(row["oncomatch_row"] == fate, "line \(line)")
      #expect(
        reason.isEmpty || row["oncomatch_reason"]?.contains(reason) == true,
        "line \(line): \(row["oncomatch_reason"] ?? "")")
    }
    let calls = AnnotatedText(try #require(texts["calls.txt"]), first: "oncomatch_sample").rows
    #expect(calls[4]?["oncomatch_row"] == "rejected" && calls[4]?["oncomatch_reason"]?.contains("is empty") == true)
    #expect(calls[5]?["oncomatch_row"] == "rejected")
    #expect(calls[6]?["oncomatch_row"] == "filtered" && calls[6]?["oncomatch_reason"] == "not assayed")
    let sheet = AnnotatedText(try #require(texts["clinical.txt"]), first: "oncomatch_sample").rows
    #expect(sheet[10]?["oncomatch_reason"]?.contains("is empty") == true)
    #expect(sheet[9]?["oncomatch_status"] == "not_evaluated")
  }

  @Test func `the answer of a row is that of the run`() throws {
    let files = try Self.cohort()
    let (texts, _) = try files.annotated()
    let run = try files.run()
    try AnnotationOracle(run).expect(texts, path: files.path)
  }

  @Test func `a matrix lists its samples in each row, or has a row for each call`() throws {
    let files = try Self.cohort()
    let rows = AnnotatedText(try #require(try files.annotated().texts["cna.txt"]), first: "oncomatch_sample").rows
    #expect(rows[2]?["oncomatch_sample"] == "S1|S3")
    #expect(rows[2]?["oncomatch_alteration"] == "S1=AMP|S3=GAIN")
    #expect(rows[3]?["oncomatch_alteration"] == "S2=HOMDEL")
    #expect(rows[4]?["oncomatch_row"] == "filtered" && rows[4]?["oncomatch_sample"]?.isEmpty == true)
    let long = Table(try #require(try files.annotated(.oncokb, dividesMatrices: true).texts["cna.txt"]))
    #expect(long.header.prefix(5) == ["SAMPLE_ID", "CANCER_TYPE", "HUGO_SYMBOL", "ALTERATION", "ANNOTATED"])
    let shown = long.rows.map { row in
      ["SAMPLE_ID", "CANCER_TYPE", "HUGO_SYMBOL", "ALTERATION"].map { row[$0] ?? "" }.joined(separator: " ")
    }
    #expect(shown == ["S1 LUAD MET Amplification", "S3 BRCA MET Gain", "S2 COAD CDKN2A Deletion"])
  }

  @Test func `a patient's row has what its samples have`() throws {
    let patients = "PATIENT_ID\tSEX\nP1\tF\nP2\tM\n"
    let samples = "SAMPLE_ID\tPATIENT_ID\tONCOTREE_CODE\nS1\tP1\tLUAD\nS2\tP1\tLUAD\nS3\tP2\tBRCA\n"
    let (texts, _) = try AnnotatedFiles().add("m.maf", Self.maf).add("p.txt", patients, isClinical: true)
      .add("s.txt", samples, isClinical: true).annotated()
    let rows = AnnotatedText(try #require(texts["p.txt"]), first: "oncomatch_sample").rows
    #expect(rows[2]?["oncomatch_sample"] == "S1|S2")
    #expect(rows[2]?["oncomatch_status"] == "S1=reported|S2=reported")
    #expect(rows[3]?["oncomatch_sample"] == "S3" && rows[3]?["oncomatch_status"] == "reported")
  }

  @Test func `a file whose samples cannot be looked at comes back with the reason in every row`() throws {
    let text =
      "Tumor_Sample_Barcode\tChromosome\tStart_Position\tVariant_Classification\tHGVSp_Short\nS1\t7\t1\tMissense_Mutation\tp.V600E\n"
    let ratios = "Hugo_Symbol\tS1\tS2\nMET\t0.31\t-0.2\n"
    let (texts, answers) = try AnnotatedFiles().add("nogene.maf", text).add("log2.txt", ratios).annotated()
    for name in ["nogene.maf", "log2.txt"] {
      guard let text = texts[name] else { continue }
      let rows = AnnotatedText(text, first: "oncomatch_sample").rows
      #expect(rows[2]?["oncomatch_row"] == "rejected" && rows[2]?["oncomatch_reason"]?.isEmpty == false, "\(name)")
    }
    #expect(texts["log2.txt"] != nil)
    #expect(answers.failed.contains { $0.sampleID.hasSuffix("log2.txt") })
  }
}
