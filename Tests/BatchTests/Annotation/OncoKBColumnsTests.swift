// SPDX-License-Identifier: Apache-2.0
import Foundation
import Reports
import TestSupport
import Testing

@testable import Batch

/// The columns that scripts for the OncoKB annotator read, checked against what a run writes of the same files.
struct OncoKBColumnsTests {
  private static let levels = [
    "LEVEL_1", "LEVEL_2", "LEVEL_3A", "LEVEL_3B", "LEVEL_4", "LEVEL_R1", "LEVEL_R2",
  ]
  private static let files = [
    "m.maf":
      "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\n"
      + "EGFR\tMissense_Mutation\tL1\tp.L858R\nEGFR\tMissense_Mutation\tL1\tp.T790M\n"
      + "KRAS\tMissense_Mutation\tC1\tp.G12C\nBRAF\tMissense_Mutation\tM1\tp.V600E\n"
      + "PIK3CA\tMissense_Mutation\tB1\tp.H1047R\nTP53\tNonsense_Mutation\tB1\tp.R213*\n"
      + "KIT\tMissense_Mutation\tG1\tp.V559D\nKIT\tMissense_Mutation\tG1\tp.N822K\n"
      + "BRAF\tMissense_Mutation\tC2\tp.V600E\nIDH1\tMissense_Mutation\tA1\tp.R132H\n"
      + "FAM83H\tMissense_Mutation\tA1\tp.A100T\nBRAF\tMissense_Mutation\tN1\tp.V600E\n",
    "calls.txt":
      "SAMPLE_ID\tHUGO_SYMBOL\tCOPY_NUMBER_ALTERATION\nB1\tERBB2\tAmplification\nL1\tMET\tAmplification\n"
      + "S1\tCDK4\tAmplification\nS1\tRB1\t-2\n",
    "sv.txt":
      "Sample_Id\tSite1_Hugo_Symbol\tSite2_Hugo_Symbol\tEvent_Info\nL2\tEML4\tALK\tEML4-ALK fusion\n"
      + "S2\tETV6\tNTRK3\tETV6-NTRK3 fusion\n",
  ]
  private static let clinical =
    "SAMPLE_ID\tONCOTREE_CODE\nL1\tLUAD\nL2\tLUAD\nC1\tCOAD\nC2\tCOAD\nM1\tMEL\nB1\tBRCA\nG1\tGIST\nA1\tAML\n"
    + "S1\tDDLS\nS2\tLMS\nN1\tNSCLC\n"

  /// The level of a row of therapies.tsv by the table of the guide; empty where it has none.
  private static func level(_ row: [String: String]) -> String {
    let tier = row["tier"] ?? "", verdict = row["verdict"] ?? "", level = row["level"] ?? ""
    if tier.isEmpty || tier.contains("H:") || ["withdrawn", "overridden", "hypothesis"].contains(verdict) { return "" }
    let isHere = ["same", "agnostic"].contains(row["proximity"])
    switch row["direction"] {
    case "sensitivity":
      switch level {
      case "A1": return isHere ? "LEVEL_1" : "LEVEL_3B"
      case "A2": return isHere ? "LEVEL_2" : "LEVEL_3B"
      case "B", "C": return row["proximity"] == "same" ? "LEVEL_3A" : "LEVEL_3B"
      default: return "LEVEL_4"
      }
    case "resistance":
      if row["condition"]?.isEmpty == false { return "" }
      switch level {
      case "A1", "A2": return isHere ? "LEVEL_R1" : "LEVEL_R2"
      case "B", "C": return "LEVEL_R2"
      default: return ""
      }
    default: return ""
    }
  }

  /// The agents of a therapy in one order; rules write them in several.
  private static func agents(_ therapy: String) -> String {
    therapy.split(separator: "+").sorted().joined(separator: "+")
  }

  private static func cohort() throws -> AnnotatedFiles {
    let files = try AnnotatedFiles()
    files.options.tumorType = ""
    for (name, text) in Self.files.sorted(by: { $0.key < $1.key }) { try files.add(name, text) }
    return try files.add("clinical.txt", clinical, isClinical: true)
  }

  @Test func `levels are those of the rows of the run that rest on the row's alteration`() throws {
    let files = try Self.cohort()
    let run = try files.run()
    let texts = try files.annotated(.oncokb).texts
    let options = Set(
      (run["options"]?.rows ?? []).map {
        "\($0["sample_id"] ?? "") \(Self.agents(($0["therapy"] ?? "").replacing(" + ", with: "+")))"
      })
    var seen: Set<String> = []
    for alteration in run["alterations"]?.rows ?? [] {
      let name = URL(filePath: alteration["file"] ?? "").lastPathComponent
      let rows = AnnotatedText(try #require(texts[name]), first: "ANNOTATED").rows
      let row = try #require(rows[Int(alteration["line"] ?? "") ?? 0])
      let sample = alteration["sample_id"] ?? ""
      let evidence = (run["therapies"]?.rows ?? []).filter { match in
        match["sample_id"] == sample && match["rule_id"]?.contains("+") == false
          && (match["alteration"] ?? "").split(separator: ";").contains { $0 == alteration["alteration"] ?? "" }
          && (match["gene"] ?? "").split(separator: ";")
            .contains { $0 == alteration["gene"] ?? "" || $0 == alteration["partner_gene"] ?? "-" }
          && options.contains("\(sample) \(Self.agents((match["therapy"] ?? "").replacing(" + ", with: "+")))")
      }
      var best: [String: Int] = [:]
      for match in evidence where match["direction"] == "sensitivity" {
        guard let place = Self.levels.firstIndex(of: Self.level(match)) else { continue }
        let therapy = Self.agents((match["therapy"] ?? "").replacing(" + ", with: "+"))
        best[therapy] = min(place, best[therapy] ?? place)
      }
      for (place, level) in Self.levels.enumerated() where !level.contains("_R") {
        let written = Set((row[level] ?? "").split(separator: ",").map { Self.agents(String($0)) })
        #expect(
          written == Set(best.filter { $0.value == place }.keys), "\(sample) \(alteration["alteration"] ?? "") \(level)"
        )
        if !written.isEmpty { seen.insert(level) }
      }
      // What closes therapies is at least among the levels of resistance of the rows against them.
      let against = Set(evidence.filter { $0["direction"] == "resistance" }.map(Self.level)).subtracting([""])
      for level in ["LEVEL_R1", "LEVEL_R2"] where row[level]?.isEmpty == false { seen.insert(level) }
      if against.isEmpty { #expect(row["LEVEL_R1"] == "" || name == "sv.txt" || !evidence.isEmpty) }
      let order = ["LEVEL_R1", "LEVEL_1", "LEVEL_2", "LEVEL_3A", "LEVEL_3B", "LEVEL_4", "LEVEL_R2"]
      #expect(row["HIGHEST_LEVEL"] == order.first { row[$0]?.isEmpty == false } ?? "")
      #expect(
        row["HIGHEST_SENSITIVE_LEVEL"] == order.first { !$0.contains("_R") && row[$0]?.isEmpty == false } ?? "")
    }
    #expect(seen.isSuperset(of: ["LEVEL_1", "LEVEL_3A", "LEVEL_3B", "LEVEL_4", "LEVEL_R1"]), "\(seen)")
  }

  private static let words: [(file: String, line: Int, cells: [String: String])] = [
    (
      "m.maf", 3,
      ["ANNOTATED": "True", "ONCOGENIC": "Oncogenic", "HIGHEST_LEVEL": "LEVEL_R1", "VARIANT_IN_ONCOKB": "True"]
    ),
    ("m.maf", 7, ["MUTATION_EFFECT": "Likely Loss-of-function", "GENE_IN_ONCOKB": "True"]),
    ("m.maf", 12, ["ANNOTATED": "True", "ONCOGENIC": "Unknown", "GENE_IN_ONCOKB": "False", "HIGHEST_LEVEL": ""]),
    ("calls.txt", 2, ["HIGHEST_LEVEL": "LEVEL_1", "MUTATION_EFFECT": "Likely Gain-of-function"]),
    ("calls.txt", 5, ["MUTATION_EFFECT": "Likely Loss-of-function"]),
    ("sv.txt", 2, ["HIGHEST_LEVEL": "LEVEL_1", "MUTATION_EFFECT": "Likely Gain-of-function"]),
    ("sv.txt", 3, ["HIGHEST_SENSITIVE_LEVEL": "LEVEL_1"]),
  ]

  @Test func `words are those that scripts compare with, and the header says whose the levels are`() throws {
    let texts = try Self.cohort().annotated(.oncokb).texts
    for (file, line, cells) in Self.words {
      let text = AnnotatedText(try #require(texts[file]), first: "ANNOTATED")
      #expect(text.columns.last == "LEVELS_ARE_OF_ONCOMATCH")
      for (column, value) in cells { #expect(text.rows[line]?[column] == value, "\(file):\(line) \(column)") }
    }
  }

  @Test func `the roll-up of a sample counts and lists what its rows have`() throws {
    let texts = try Self.cohort().annotated(.oncokb).texts
    let sheet = try #require(texts["clinical.txt"])
    let rows = AnnotatedText(sheet, first: "LEVEL_1").rows
    let lung = try #require(rows[2])
    #expect(lung["LEVEL_1"]?.contains("(EGFR p.T790M)") == true)
    #expect(lung["HIGHEST_LEVEL"] == "LEVEL_R1" && lung["HIGHEST_SENSITIVE_LEVEL"] == "LEVEL_1")
    #expect(lung["ONCOGENIC_MUTATIONS"]?.contains("EGFR p.L858R;EGFR p.T790M") == true)
    #expect(lung["#ONCOGENIC_MUTATIONS"] == "3" && lung["#MUTATIONS"] == "3")
    #expect(lung["RESISTANCE_MUTATIONS"]?.contains("EGFR p.T790M") == true)
    #expect(rows[9]?["#MUTATIONS"] == "2" && rows[9]?["#ONCOGENIC_MUTATIONS"] == "1")
  }
}
