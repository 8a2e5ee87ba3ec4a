// SPDX-License-Identifier: Apache-2.0
import Alterations
import Knowledge
import Query
import TestSupport
import Testing

/// Rules of weighing and of conditions that a row of one gene shows as well as any other.
@Suite("Weighed once")
struct WeighedOnceTests {
  private typealias R = InventedRule

  // MARK: Grades

  @Test(
    "a grade that the rule asks for is met, missing or another",
    arguments: [
      ("GRADE = 2", "2", "supported", ""), ("GRADE = 2", "", "conditional", "tumor grade"),
      ("GRADE = 2", "3", nil, nil), ("GRADE >= 3", "4", "supported", ""), ("GRADE >= 3", "2", nil, nil),
    ] as [(String, String, String?, String?)])
  func grade(requires: String, stated: String, verdict: String?, condition: String?) {
    let clinic = InventedClinic(R("S1", "IDH1", "CODON 132", "vorasidenib", in: "DIFG", ["requires": requires]))
    let answer = clinic.ask("DIFG", "IDH1 R132H") { $0.grade = stated }
    #expect(answer.cell("S1", "verdict") == verdict)
    if let condition, !condition.isEmpty {
      #expect(answer.cell("S1", "condition")?.lowercased().contains("grade") == true)
    } else {
      #expect(answer.cell("S1", "condition") == condition)
    }
  }

  @Test("a grade that a code says counts, and one that contradicts it is not believed")
  func gradeOfCode() {
    let clinic = InventedClinic(R("S1", "IDH1", "CODON 132", "vorasidenib", in: "DIFG", ["requires": "GRADE = 3"]))
    #expect(clinic.ask("AASTR", "IDH1 R132H").cell("S1", "verdict") == "supported")
    #expect(clinic.ask("AODG", "IDH1 R132C").cell("S1", "verdict") == "supported")
    let torn = clinic.ask("AASTR", "IDH1 R132H") { $0.grade = "2" }
    #expect(torn.cell("S1", "verdict") == "conditional")
  }

  // MARK: What a context row does

  @Test("reduced sensitivity makes supported caution, and a context row without an effect does nothing")
  func reducedSensitivity() {
    let label = R("S1", "EGFR", "p.L858R", "gefitinib", level: "A1")
    let plain = R("C1", "PIK3CA", "activating", "gefitinib", ["direction": "context"])
    let weak = R("C2", "PIK3CA", "activating", "gefitinib", ["direction": "context", "effect": "reduced_sensitivity"])
    let findings = "EGFR L858R, PIK3CA E545K"
    #expect(InventedClinic(label, plain).ask("LMS", findings).cell("S1", "verdict") == "supported")
    let answer = InventedClinic(label, weak).ask("LMS", findings)
    #expect(answer.cell("S1", "verdict") == "caution")
    #expect(answer.cell("C2", "verdict") == "")
    // Of a pair whose own row reads the change it says nothing.
    let pair = R("S2", "PIK3CA", "p.E545K", "gefitinib + alpelisib")
    #expect(InventedClinic(pair, weak).ask("LMS", findings).cell("S2", "verdict") == "supported")
  }

  // MARK: Classes of change

  @Test(
    "a class of change in an exon is met by that class alone",
    arguments: [
      ("EXON 11 inframe_del", "KIT K550_K558del", true), ("EXON 11 inframe_del", "KIT V559D", false),
      ("EXON 11 frameshift", "KIT K550fs", true), ("EXON 11", "KIT V559D", true), ("EXON 11", "KIT W557*", false),
      ("EXON 11", "KIT K550fs", false), ("EXON 11", "KIT W557_K558del", true),
    ])
  func classInExon(spec: String, finding: String, isMet: Bool) {
    let clinic = InventedClinic(R("S1", "KIT", spec, "imatinib"))
    #expect(clinic.ask("LMS", finding).meets("S1") == isMet)
  }

  @Test(
    "a stop or a shifted frame in a range of an oncogene is no mutation there; in a suppressor it is",
    arguments: [
      ("PDGFRA", "EXON 18", "PDGFRA Y849*", false), ("PDGFRA", "EXON 18", "PDGFRA D842V", true),
      ("ERBB2", "RANGE 696-990", "ERBB2 Q711*", false), ("ERBB2", "RANGE 696-990", "ERBB2 Y772_A775dup", true),
      ("PIK3CA", "EXON 21", "PIK3CA H1047fs", false), ("RB1", "RANGE 300-400", "RB1 R320*", true),
    ])
  func truncatedRange(gene: String, spec: String, finding: String, isMet: Bool) {
    let clinic = InventedClinic(R("S1", gene, spec, "imatinib"))
    #expect(clinic.ask("LMS", finding).meets("S1") == isMet)
  }

  // MARK: Changes that a row for the agent names

  @Test(
    "a row against of level C or below leaves alone what a row for the agent, as strong, names",
    arguments: [
      // direction, level and spec of the row against; level and scope of the row for; whether the row against is met
      ("resistance", "C", "EXON 18", "C", "LMS", false), ("resistance", "D", "EXON 18", "C", "LMS", false),
      ("no_benefit", "C", "EXON 18", "B", "LMS", false), ("resistance", "B", "EXON 18", "A1", "LMS", true),
      ("resistance", "C", "EXON 18", "D", "LMS", true), ("resistance", "C", "EXON 18", "A1", "GIST", true),
      ("resistance", "C", "p.D842_H845del", "A1", "LMS", true), ("resistance", "C", "oncogenic", "A1", "LMS", true),
    ])
  func namedAsSensitive(
    direction: String, level: String, spec: String, other: String, scope: String, isMet: Bool
  ) {
    let clinic = InventedClinic(
      R("S1", "PDGFRA", "p.D842_H845del", "imatinib", level: other, in: scope),
      R("X1", "PDGFRA", spec, "imatinib", level: level, ["direction": direction]))
    let isRead = clinic.ask("LMS", "PDGFRA D842_H845del").meets("X1")
    #expect(isRead == isMet)
    #expect(clinic.ask("LMS", "PDGFRA D842Y").meets("X1") == (spec == "EXON 18"))
  }

  @Test("it holds for the agent's class too, and not for another agent")
  func namedAsSensitiveByClass() {
    let findings = "EGFR A763_Y764insFQEA"
    let spared = InventedClinic(
      R("S1", "EGFR", "p.A763_Y764insFQEA", "erlotinib", level: "C"),
      .resistance("X1", "EGFR", "EXON 20 inframe_ins", "erlotinib", level: "C"),
      .resistance("X2", "EGFR", "EXON 20 inframe_ins", "gefitinib", level: "C"))
    #expect(!spared.ask("LMS", findings).meets("X1"))
    #expect(spared.ask("LMS", findings).meets("X2"))
    #expect(spared.ask("LMS", "EGFR A767_V769dup").meets("X1"))
  }

  // MARK: Rows against and what they come to

  @Test("a row against says what became of its own therapy, whatever it does to a weaker combination")
  func ownTherapy() {
    let clinic = InventedClinic(
      R("S1", "BRAF", "p.V600E", "dabrafenib", level: "A1"),
      R("S2", "BRAF", "activating", "dabrafenib + gefitinib", level: "E"),
      .resistance("X1", "NRAS", "CODON 61", "dabrafenib", level: "C"))
    let answer = clinic.ask("LMS", "BRAF V600E, NRAS Q61K")
    #expect(answer.cell("S1", "verdict") == "caution")
    #expect(answer.cell("S2", "verdict") == "overridden")
    #expect(answer.cell("X1", "verdict") == "overridden")
  }

  @Test("an agent that did not help by itself is a line beside a combination that holds it, and decides nothing there")
  func lineOfCombination() throws {
    let clinic = InventedClinic(
      R("S1", "TMB", ">= 10", "pembrolizumab + lenvatinib", level: "C"),
      R("X1", "-", "-", "pembrolizumab", level: "B", ["direction": "no_benefit"]))
    let answer = clinic.ask("LMS", "TMB 14")
    #expect(answer.cell("S1", "verdict") == "supported")
    let option = try #require(answer.options.rows.first { $0["therapy"] == "pembrolizumab + lenvatinib" })
    #expect(option["rows_against"] == "1")
  }

  // MARK: Reversions

  @Test(
    "a reversion closes what the loss opens by mechanism, also where no row names it",
    arguments: [
      ("PALB2", "PALB2 Q988*", "olaparib"), ("RAD51C", "RAD51C R193*", "rucaparib"),
      ("BRCA1", "BRCA1 E23fs", "niraparib"),
    ])
  func reversionWithoutRow(gene: String, loss: String, agent: String) {
    let clinic = InventedClinic(R("S1", gene, "LOF", agent, level: "A1"), R("S2", "-", "-", agent, level: "B"))
    let closed = clinic.ask("LMS", "\(loss), \(gene) reversion mutation")
    #expect(closed.cell("S1", "verdict") == "overridden")
    #expect(closed.flags("S1").contains("loss_reverted:\(gene)"))
    #expect(clinic.ask("LMS", loss).cell("S1", "verdict") == "supported")
  }

  // MARK: Labels that exclude resistance mutations

  @Test("a label that excludes changes of its own gene excludes every one that a row against its agent names")
  func excludedChanges() throws {
    var labels = 0
    for label in Clinic.table.rules
    where label.level == .a1 && label.direction == .sensitivity && label.gene.hasPrefix("NTRK") {
      guard case .not(let excluded) = label.requires, label.agents.count == 1 else { continue }
      labels += 1
      let parts: [Predicate] = if case .or(let all) = excluded { all } else { [excluded] }
      for row in Clinic.table.rules
      where row.direction == .resistance && row.gene == label.gene && row.agents == label.agents {
        for spec in row.alternatives where spec.rung.step <= 3 {
          #expect(parts.contains(.alteration(gene: label.gene, spec)), "\(label.id) lacks \(row.id) \(row.specText)")
        }
      }
    }
    #expect(labels >= 8)
  }

  // MARK: Stains of fused kinases

  @Test(
    "a stain of a fused kinase waits for the fusion, and one that was looked for and not found says no",
    arguments: [
      ("ALK", "ALK IHC positive", "ALK FISH negative"), ("ROS1", "ROS1 IHC positive", "no ROS1 fusion"),
      ("NTRK3", "pan-TRK positive", "NTRK3 fusion not detected"),
    ])
  func stainOfKinase(gene: String, stain: String, test: String) {
    let clinic = InventedClinic(R("S1", gene, "FUSION 3prime", "crizotinib", level: "A1"))
    let open = clinic.ask("LMS", stain)
    #expect(open.cell("S1", "verdict") == "conditional")
    #expect(open.cell("S1", "tier") == "II-C")
    #expect(!clinic.ask("LMS", stain, test).meets("S1"))
    #expect(!clinic.ask("LMS", stain.replacing("positive", with: "negative")).meets("S1"))
    let panel = clinic.ask("LMS", stain) { $0.panel = [gene] }
    #expect(panel.cell("S1", "verdict") != "supported")
  }
}
