// SPDX-License-Identifier: Apache-2.0
import Query
import TestSupport
import Testing

@testable import Matching

/// One answer for each therapy: the rows of options.tsv.
@Suite("options: what a sample comes to for each therapy")
struct OptionsTests {
  private func option(_ answer: Clinic.Answer, _ therapy: String) throws -> [String: String] {
    let rows = answer.options.rows.filter { $0["therapy"] == therapy }
    #expect(rows.count <= 1, "\(therapy) has \(rows.count) rows")
    return try #require(rows.first, "no row for \(therapy)")
  }

  @Test(
    "the group, verdict and standing of a therapy",
    arguments: [
      // An alteration opens a labelled therapy.
      ("MEL", ["BRAF V600E"], "dabrafenib + trametinib", ["opened", "supported", "I-A", "approved_here"]),
      // A second site closes it: the row against says how strongly.
      ("LUAD", ["EGFR L858R", "EGFR T790M"], "gefitinib", ["closed", "supported", "R:I-A", "approved_here"]),
      // A bypass study closes what nothing else opens here.
      ("COAD", ["KRAS G12D"], "cetuximab", ["closed", "supported", "R:I-A", "guideline"]),
      // A label of another tumor.
      ("COAD", ["KRAS G12C"], "sotorasib", ["opened", "supported", "II-C", "approved_other_tumor"]),
      // The label waits for a stain, a laboratory row does not: the label lends it nothing.
      ("UCEC", ["ERBB2 amplification"], "trastuzumab deruxtecan", ["opened", "supported", "II-D", "literature"]),
      // A test is missing.
      ("BRCA", ["PIK3CA H1047R"], "alpelisib + fulvestrant", ["conditional", "conditional", "II-C", "approved_here"]),
      // What was seen in patients with another tumor goes before cells that stand for none.
      ("LMS", ["KIT V559D"], "imatinib", ["opened", "supported", "II-C", "guideline"]),
      // A tumor type opens it by itself.
      ("LMS", ["TP53 R175H"], "trabectedin", ["by_tumor_type", "supported", "H:A1", "approved_here"]),
      // Tested and of no use.
      ("LMS", [], "eribulin", ["no_benefit", "supported", "", "literature"]),
      // The market has lost it.
      ("ES", ["SMARCB1 loss"], "tazemetostat", ["withdrawn", "withdrawn", "", ""]),
    ] as [(String, [String], String, [String])])
  func group(type: String, findings: [String], therapy: String, expected: [String]) throws {
    let answer = Clinic.ask(type, findings)
    let row = try option(answer, therapy)
    let found = ["group", "verdict", "tier", "standing"].map { row[$0] ?? "" }
    for (cell, wanted) in zip(found, expected) where !wanted.isEmpty { #expect(cell == wanted, "\(found)") }
    #expect((row["rank"]?.isEmpty == false) == ["opened", "conditional", "by_tumor_type"].contains(row["group"] ?? ""))
  }

  @Test(
    "what closes an agent and its combinations closes each of them, in a row of its own",
    arguments: [
      ("COADREAD", ["KRAS G12D", "BRAF V600E"], ["cetuximab", "panitumumab"]),
      ("COADREAD", ["KRAS G12C", "KRAS H95D"], ["cetuximab", "panitumumab"]),
      ("COADREAD", ["NRAS Q61K", "BRAF V600E"], ["cetuximab", "panitumumab"]),
    ] as [(String, [String], [String])])
  func closedAlone(type: String, findings: [String], agents: [String]) throws {
    let answer = Clinic.ask(type, findings)
    for agent in agents { #expect(try option(answer, agent)["group"] == "closed") }
    var told: Set<String> = []
    for row in answer.options.rows { #expect(told.insert(row["therapy"] ?? "").inserted, "\(row["therapy"] ?? "")") }
  }

  @Test("ranks count from 1 without a gap, in the order of groups and tiers")
  func ranks() {
    for (type, findings) in [
      ("LUAD", ["EGFR L858R", "EGFR T790M"]), ("BRCA", ["HER2 3+", "PIK3CA H1047R"]),
      ("ULMS", ["PTEN homozygous deletion"]),
    ] {
      let rows = Clinic.ask(type, findings).options.rows
      let ranks = rows.compactMap { $0["rank"].flatMap(Int.init) }
      #expect(ranks == Array(1...max(1, ranks.count)))
      let order = ["opened", "conditional", "by_tumor_type", "closed", "no_benefit", "withdrawn"]
      let groups = rows.map { order.firstIndex(of: $0["group"] ?? "") ?? 9 }
      #expect(groups == groups.sorted())
      let tiers = ["I-A", "I-B", "II-C", "II-D"]
      let opened = rows.filter { $0["group"] == "opened" }
      let steps = opened.map { tiers.firstIndex(of: $0["tier"] ?? "") ?? 9 }
      #expect(steps == steps.sorted())
      // Within a tier nothing conflicting stands before what is supported, folded therapies aside.
      for tier in tiers {
        let verdicts = opened.filter { $0["tier"] == tier && $0["level"] != "E" }.compactMap { $0["verdict"] }
        if let conflict = verdicts.firstIndex(of: "conflicting"), let last = verdicts.lastIndex(of: "supported") {
          #expect(last < conflict || tier == "II-D", "\(type) \(tier) \(verdicts)")
        }
      }
    }
  }

  @Test("a class token is no option and part of none")
  func classes() {
    let rows = Clinic.ask("OV", ["BRCA1 Q1756fs"]).options.rows
    #expect(!rows.isEmpty)
    #expect(!rows.contains { $0["therapy"]?.contains("(class)") == true })
  }

  @Test("the primary key holds: one row for each therapy and tumor type")
  func key() {
    for (type, findings) in [("LUAD", ["EGFR L858R", "MET amplification"]), ("GIST", ["KIT V559D", "KIT V654A"])] {
      let rows = Clinic.ask(type, findings).options.rows
      let keys = rows.map { "\($0["tumor_type"] ?? "") \($0["therapy"] ?? "")" }
      #expect(Set(keys).count == keys.count)
    }
  }

  @Test("what it rests on, what is against it and where it is approved stand in words")
  func words() throws {
    let answer = Clinic.ask("LUAD", ["EGFR L858R", "EGFR T790M"])
    let row = try option(answer, "gefitinib")
    #expect(row["because"] == "EGFR p.L858R;EGFR p.T790M" || row["because"] == "EGFR p.L858R")
    #expect(row["against"]?.hasPrefix("EGFR p.T790M (A2, R0358)") == true)
    let ntrk = try option(Clinic.ask("LMS", ["ETV6::NTRK3"]), "larotrectinib")
    #expect(ntrk["authority"]?.contains("EMA 2019-09-19: SOLID_TUMOR") == true)
    #expect(ntrk["because"] == "NTRK3 ETV6::NTRK3")
  }
}

extension Clinic {
  fileprivate static func ask(_ type: String, _ findings: [String]) -> Answer {
    ask(type) { $0.findings = findings }
  }
}
