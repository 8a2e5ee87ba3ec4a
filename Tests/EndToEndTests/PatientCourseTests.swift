// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// One patient over time, as a clinician would tell it.
struct PatientCourseTests {
  /// Rows of patients.tsv as `subject name change`, those of therapies left out.
  private static func told(_ files: PatientFiles, _ out: String = "out") throws -> [String] {
    let table = try files.table(out + "/patients.tsv")
    #expect(table.rows.allSatisfy { $0.count == table.header.count })
    return table.rows.filter { $0["subject"] != "therapy" }.map { row in
      let name = [row["gene"], row["alteration"], row["therapy"]].compactMap(\.self).filter { !$0.isEmpty }
      return ([row["subject"] ?? "", name.joined(separator: " "), row["change"] ?? ""]).joined(separator: " ")
    }
  }

  @Test func `EGFR: T790M after gefitinib, then C797S after osimertinib`() throws {
    let files = try PatientFiles()
    try files.mutations("A", ["EGFR p.L858R 0.4", "TP53 p.R175H 0.4"])
    try files.mutations("B", ["EGFR p.L858R 0.3", "EGFR p.T790M 0.2", "TP53 p.R175H 0.4"])
    try files.mutations("C", ["EGFR p.L858R 0.3", "EGFR p.T790M 0.2", "EGFR p.C797S 0.1", "TP53 p.R175H 0.4"])
    try files.sheet([
      ["C", "P", "LUAD", "2022-06-01", "gefitinib (2020-01-20 to 2021-02-20);Tagrisso since 2021-03"],
      ["A", "P", "LUAD", "2020-01-10", ""], ["B", "P", "LUAD", "2021-03-01", "gefitinib (2020-01-20 to 2021-02-20)"],
    ])
    #expect(try files.run().status == 0)
    #expect(
      try Self.told(files) == [
        "resistance EGFR p.T790M gefitinib acquired", "alteration EGFR p.L858R kept", "alteration EGFR p.T790M new",
        "alteration TP53 p.R175H kept", "resistance EGFR p.C797S osimertinib acquired",
        "alteration EGFR p.L858R kept", "alteration EGFR p.T790M kept", "alteration EGFR p.C797S new",
        "alteration TP53 p.R175H kept",
      ])
    let table = try files.table("out/patients.tsv")
    let acquired = try #require(table.rows(where: ["change": "acquired", "therapy": "gefitinib"]).first)
    #expect(acquired["because"]?.contains("given from 2020-01-20 to 2021-02-20") == true)
    #expect(acquired["from"] == "2020-01-10" && acquired["to"] == "2021-03-01")
    #expect(acquired["earlier_sample_id"] == "A" && acquired["sample_id"] == "B")
    let kept = try #require(table.rows(where: ["alteration": "p.L858R", "sample_id": "B"]).first)
    #expect(kept["vaf_before"] == "0.4" && kept["vaf_after"] == "0.3")
    let closed = try #require(table.rows(where: ["subject": "therapy", "therapy": "gefitinib"]).first)
    #expect(closed["change"] == "closed" && closed["because"]?.hasPrefix("EGFR p.T790M (A2, ") == true)
    #expect(closed["before"]?.hasPrefix("opened supported I-A") == true)
    // A rule that asks that there be no T790M ends with it: what closes one of its agents closes the therapy.
    let ended = try #require(table.rows(where: ["therapy": "bevacizumab + erlotinib"]).first)
    #expect(ended["change"] == "closed" && ended["after"] == "")
    #expect(ended["because"]?.hasPrefix("EGFR p.T790M (B, ") == true)
    #expect(ended["because"]?.hasSuffix(" new, which closes erlotinib") == true)
    for sample in ["A", "B", "C"] {
      let page = try files.text("out/samples/\(sample)/\(sample).report.html")
      #expect(page.components(separatedBy: "<div id=\"course\">").count == 2)
      #expect(page.contains("acquired resistance to osimertinib"))
      #expect(page.contains("<strong>\(sample)</strong>"))
      #expect(page.contains("<circle"))
      let report = try files.text("out/samples/\(sample)/\(sample).report.json")
      let json = try #require(try JSONSerialization.jsonObject(with: Data(report.utf8)) as? [String: Any])
      let course = try #require(json["course"] as? [String: Any])
      #expect((course["changes"] as? [Any])?.count == table.rows.count)
      #expect((course["therapies_given"] as? [Any])?.count == 2)
    }
    #expect(try files.text("out/datapackage.json").contains("\"patients.tsv\""))
  }

  @Test(
    "a row of a timeline that cannot be placed is named in the message",
    arguments: [
      ("x", "390", "'x' is no clear day"), ("10", "soon", "'soon' is no clear day"), ("", "", "has no day"),
      ("2021-01-01", "2021-05-01", "gefitinib (2021-01-01) is not placed"), ("10", "390", ""),
    ])
  func unclearTimeline(start: String, stop: String, remark: String) throws {
    let files = try PatientFiles()
    try files.mutations("A", ["EGFR p.L858R 0.4"])
    try files.mutations("B", ["EGFR p.L858R 0.3", "EGFR p.T790M 0.2"])
    try files.sheet([["A", "P", "LUAD", "day 1", ""], ["B", "P", "LUAD", "day 400", ""]])
    try files.write(
      "timeline.txt",
      "PATIENT_ID\tSTART_DATE\tSTOP_DATE\tEVENT_TYPE\tAGENT\nP\t\(start)\t\(stop)\tTREATMENT\tgefitinib\n")
    #expect(try files.run("out", ["--timeline", files.path("timeline.txt")]).status == 0)
    for row in try files.table("out/samples.tsv").rows {
      let message = row["message"] ?? ""
      #expect(
        remark.isEmpty ? message.isEmpty : message.contains("the timeline: \(remark)") || message.contains(remark))
    }
    let isAcquired = try Self.told(files).contains("resistance EGFR p.T790M gefitinib acquired")
    #expect(isAcquired == (!start.isEmpty && !start.hasPrefix("2021")))
  }

  @Test func `a day of a sample that a timeline states in no clear way is named`() throws {
    let files = try PatientFiles()
    try files.mutations("A", ["EGFR p.L858R 0.4"])
    try files.sheet([["A", "P", "LUAD", "", ""]])
    try files.write(
      "timeline.txt", "PATIENT_ID\tSTART_DATE\tEVENT_TYPE\tSAMPLE_ID\nP\tin spring\tSPECIMEN\tA\n")
    #expect(try files.run("out", ["--timeline", files.path("timeline.txt")]).status == 0)
    let message = try files.table("out/samples.tsv").rows.first?["message"] ?? ""
    #expect(message.contains("'in spring' is no clear day of the sample"))
  }

  @Test(
    "days of the patient's own scale in the sheet are read, and words in the place of a date are named",
    arguments: [
      ("gefitinib (day 10 to day 390)", ""), ("gefitinib since day 10", ""),
      ("gefitinib since soon", "'soon' is no clear date"),
      ("gefitinib (day 390 to day 10)", "ends on day 10 before it begins on day 390"),
    ])
  func sheetDays(prior: String, remark: String) throws {
    let files = try PatientFiles()
    try files.mutations("A", ["EGFR p.L858R 0.4"])
    try files.mutations("B", ["EGFR p.L858R 0.3", "EGFR p.T790M 0.2"])
    try files.sheet([["A", "P", "LUAD", "day 1", ""], ["B", "P", "LUAD", "day 400", prior]])
    #expect(try files.run().status == 0)
    let message = try files.table("out/samples.tsv").rows(where: ["sample_id": "B"]).first?["message"] ?? ""
    #expect(remark.isEmpty ? message.isEmpty : message.contains(remark), "\(message)")
    let acquired = try files.table("out/patients.tsv").rows(where: ["change": "acquired"]).first
    #expect(acquired?["therapy"] == "gefitinib")
    #expect(acquired?["because"]?.contains("from day 10") == remark.isEmpty)
  }

  @Test func `KIT: V654A after imatinib`() throws {
    let files = try PatientFiles()
    try files.mutations("A", ["KIT p.W557_K558del 0.4 In_Frame_Del"])
    try files.mutations("B", ["KIT p.W557_K558del 0.5 In_Frame_Del", "KIT p.V654A 0.1"])
    try files.sheet([["A", "P", "GIST", "2019-02-01", ""], ["B", "P", "GIST", "2021-02-01", "Glivec"]])
    #expect(try files.run().status == 0)
    #expect(
      try Self.told(files) == [
        "resistance KIT p.V654A imatinib acquired", "alteration KIT p.W557_K558del kept", "alteration KIT p.V654A new",
      ])
  }

  @Test func `ALK: G1202R after alectinib, where the panel says that ALK was looked at`() throws {
    let files = try PatientFiles()
    for sample in ["A", "B"] {
      try files.write(
        "in/\(sample)/f.tsv", "Hugo_Symbol\tFusion\tTumor_Sample_Barcode\nALK\tEML4-ALK fusion\t\(sample)\n")
    }
    try files.mutations("A", ["TP53 p.R175H"])
    try files.mutations("B", ["TP53 p.R175H", "ALK p.G1202R 0.12"])
    try files.write("panel.txt", "ALK\nTP53\nEGFR\n")
    try files.sheet([["A", "P", "LUAD", "2019-02-01", ""], ["B", "P", "LUAD", "2021-02-01", "alectinib"]])
    #expect(try files.run("out", ["--panel", files.path("panel.txt")]).status == 0)
    let told = try Self.told(files)
    #expect(told.contains("resistance ALK p.G1202R alectinib acquired"))
    #expect(told.contains("alteration ALK p.G1202R new") && told.contains("alteration ALK EML4::ALK kept"))
    // Without a panel it is not known whether ALK was looked at before.
    #expect(try files.run("open").status == 0)
    let open = try Self.told(files, "open")
    #expect(open.contains("alteration ALK p.G1202R first_seen"))
    #expect(open.contains("resistance ALK p.G1202R alectinib acquired"))
  }

  @Test func `BRCA2: a reversion after olaparib, and none after another agent`() throws {
    let files = try PatientFiles()
    try files.mutations("A", ["BRCA2 p.S1982Rfs*22 0.5 Frame_Shift_Del"])
    try files.mutations("B", ["BRCA2 p.S1982Rfs*22 0.5 Frame_Shift_Del"])
    try files.write("in/B/x.tsv", "sample_id\tgene\talteration\nB\tBRCA2\treversion\n")
    func told(_ prior: String) throws -> [String] {
      try files.sheet([["A", "P", "HGSOC", "2019-02-01", ""], ["B", "P", "HGSOC", "2021-02-01", prior]])
      #expect(try files.run().status == 0)
      return try Self.told(files).filter { $0.hasPrefix("resistance") }
    }
    #expect(try told("carboplatin;olaparib since 2019-06") == ["resistance BRCA2 reversion olaparib acquired"])
    // What ended before the earlier sample did not select what is new in the later one.
    #expect(try told("olaparib (2016-01-01 to 2018-01-01)") == [])
    #expect(try told("bevacizumab") == [])
    #expect(try told("olaparib 2022-01-01") == [])
  }

  @Test func `a bypass is a possible cause, and what opens the therapy is none`() throws {
    let files = try PatientFiles()
    try files.mutations("A", ["BRAF p.V600E", "NRAS p.A11T 0.02"])
    try files.mutations("B", ["BRAF p.V600E", "NRAS p.Q61K 0.12"])
    try files.mutations("C", ["EGFR p.L858R"])
    try files.mutations("D", ["EGFR p.L858R", "EGFR p.T790M"])
    try files.sheet([
      ["A", "P", "MEL", "2020-01-10", ""],
      ["B", "P", "MEL", "2021-03-01", "dabrafenib and trametinib (2020-02-01 to 2020-12-01)"],
      ["C", "Q", "LUAD", "2020-01-10", ""], ["D", "Q", "LUAD", "2021-03-01", "osimertinib"],
    ])
    #expect(try files.run().status == 0)
    let told = try Self.told(files).filter { $0.hasPrefix("resistance") }
    #expect(told.contains("resistance NRAS p.Q61K dabrafenib + trametinib possibly_acquired"))
    #expect(!told.contains { $0.contains("T790M") })
  }

  @Test func `an agent that was given before both samples is only possibly at work`() throws {
    let files = try PatientFiles()
    try files.mutations("A", ["EGFR p.L858R"])
    try files.mutations("B", ["EGFR p.L858R", "EGFR p.T790M"])
    try files.sheet([["A", "P", "LUAD", "2020-01-10", "erlotinib"], ["B", "P", "LUAD", "2021-03-01", "erlotinib"]])
    #expect(try files.run().status == 0)
    #expect(try Self.told(files).first == "resistance EGFR p.T790M erlotinib possibly_acquired")
  }

  @Test func `what was not assayed is neither lost nor new`() throws {
    let files = try PatientFiles()
    try files.mutations("A", ["EGFR p.L858R", "TP53 p.R175H"])
    try files.write("in/B/c.tsv", "sample_id\tgene\tcall\nB\tMET\tAMP\n")
    try files.mutations("C", ["EGFR p.G719A"])
    try files.sheet([
      ["A", "P", "LUAD", "2020-01-10", ""], ["B", "P", "LUAD", "2021-03-01", "osimertinib"],
      ["C", "P", "LUAD", "2022-03-01", "osimertinib"],
    ])
    #expect(try files.run().status == 0)
    #expect(
      try Self.told(files) == [
        "alteration MET AMP first_seen", "alteration EGFR p.L858R not_assayed", "alteration TP53 p.R175H not_assayed",
        "alteration EGFR p.G719A new", "alteration MET AMP not_assayed", "alteration EGFR p.L858R lost",
      ])
    let table = try files.table("out/patients.tsv")
    #expect(table.rows(where: ["therapy": "osimertinib", "sample_id": "B", "change": "not_assayed"]).count == 1)
    #expect(table.rows.allSatisfy { $0["change"] != "lost" || $0["sample_id"] == "C" })
    // A panel says that TP53 was looked at.
    try files.write("panel.txt", "TP53\nEGFR\n")
    #expect(try files.run("panel", ["--panel", files.path("panel.txt")]).status == 0)
    #expect(try Self.told(files, "panel").last == "alteration TP53 p.R175H lost")
  }

  @Test(arguments: [
    ("2162-03-01", "gefitinib since 2020-02", "'2162-03-01' of the sample sheet lies more than ten years after"),
    ("2021-03-01", "gefitinib since 2162-02", "gefitinib begins on 2162-02-01, more than ten years after"),
    (
      "2021-03-01", "gefitinib (2021-01-10 to 2020-02-01)",
      "gefitinib ends on 2020-02-01 before it begins on 2021-01-10, so that neither is used"
    ),
    ("2021-03-01", "gefitinib (2020-02-01 to 2021-01-10)", ""),
    ("2021-03-01", "gefitinib since 2020-13", "'2020-13' is no clear date and is not used for gefitinib"),
  ])
  func `a day that cannot be is named`(date: String, therapy: String, remark: String) throws {
    let files = try PatientFiles()
    try files.mutations("A", ["EGFR p.L858R"])
    try files.mutations("B", ["EGFR p.L858R", "EGFR p.T790M"])
    try files.sheet([["A", "P", "LUAD", "2020-01-10", ""], ["B", "P", "LUAD", date, therapy]])
    #expect(try files.run().status == 0)
    let message = try files.table("out/samples.tsv").rows(where: ["sample_id": "B"]).first?["message"] ?? "?"
    #expect(remark.isEmpty ? message.isEmpty : message.contains(remark), "\(message)")
    let because = try files.table("out/patients.tsv").rows(where: ["subject": "resistance"]).first?["because"] ?? ""
    #expect(!because.contains("from 2021-01-10 to 2020-02-01"))
  }

  struct NoCourse: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let rows: [[String]]
    var column = "sample_date"
    var remark = ""
  }

  @Test(arguments: [
    NoCourse(
      testDescription: "one day",
      rows: [["A", "P", "LUAD", "2020-01-10", ""], ["B", "P", "LUAD", "2020-01-10T09:00", ""]]),
    NoCourse(testDescription: "no dates", rows: [["A", "P", "LUAD", "", ""], ["B", "P", "LUAD", "", "gefitinib"]]),
    NoCourse(
      testDescription: "two patients",
      rows: [["A", "P", "LUAD", "2020-01-10", ""], ["B", "Q", "LUAD", "2021-01-10", ""]]),
    NoCourse(
      testDescription: "no patient", rows: [["A", "", "LUAD", "2020-01-10", ""], ["B", "", "LUAD", "2021-01-10", ""]]),
    NoCourse(
      testDescription: "dates that are one day here and another one there",
      rows: [["A", "P", "LUAD", "03/04/2020", ""], ["B", "P", "LUAD", "2021-02-30", ""]],
      remark: "is no clear date, so that the sample has no place in its patient's course (write YYYY-MM-DD"),
    NoCourse(
      testDescription: "two scales of days",
      rows: [["A", "P", "LUAD", "2020-01-10", ""], ["B", "P", "LUAD", "day 400", ""]]),
    NoCourse(
      testDescription: "one place", rows: [["A", "P", "LUAD", "1", ""], ["B", "P", "LUAD", "1.0", ""]],
      column: "sample_order"),
  ])
  func `no course, and no trace of one`(case made: NoCourse) throws {
    let files = try PatientFiles()
    try files.mutations("A", ["EGFR p.L858R"])
    try files.mutations("B", ["EGFR p.L858R", "EGFR p.T790M"])
    try files.sheet(made.rows, date: made.column)
    #expect(try files.run().status == 0)
    #expect(!files.has("out/patients.tsv"))
    #expect(try !files.text("out/datapackage.json").contains("patients"))
    for sample in ["A", "B"] {
      #expect(try !files.text("out/samples/\(sample)/\(sample).report.html").contains("id=\"course\""))
      #expect(try !files.text("out/samples/\(sample)/\(sample).report.json").contains("\"course\""))
    }
    let messages = try files.table("out/samples.tsv").rows.compactMap { $0["message"] }
    #expect(messages.allSatisfy { made.remark.isEmpty ? $0.isEmpty : $0.contains(made.remark) })
  }

  @Test(arguments: [
    ["2020-01-10", "2021-03-01"], ["20200110", "2021/3/1"], ["10-Jan-2020", "1 March 2021"],
    ["2020-01-10T08:00:00Z", "2021-03-01 10:00"], ["day -20", "day 396"],
  ])
  func `dates are read as they are commonly written`(_ dates: [String]) throws {
    let files = try PatientFiles()
    try files.mutations("A", ["EGFR p.L858R"])
    try files.mutations("B", ["EGFR p.L858R"])
    try files.sheet([["B", "P", "LUAD", dates[1], ""], ["A", "P", "LUAD", dates[0], ""]])
    #expect(try files.run().status == 0)
    let row = try #require(try files.table("out/patients.tsv").rows.first)
    let isDay = dates[0].hasPrefix("day")
    #expect(row["from"] == (isDay ? "day -20" : "2020-01-10") && row["to"] == (isDay ? "day 396" : "2021-03-01"))
  }

  @Test func `order, another transcript, another tumor type and an undated sample`() throws {
    let files = try PatientFiles()
    try files.mutations("A", ["EGFR p.L858R", "RB1 p.R320* 0.3 Nonsense_Mutation"])
    try files.write(
      "in/B/m.maf",
      "Hugo_Symbol\tVariant_Classification\tHGVSp_Short\tHGVSc\tTranscript_ID\tTumor_Sample_Barcode\n"
        + "EGFR\tMissense_Mutation\tp.L813R\tc.2438T>G\tENST00000455089\tB\n")
    try files.mutations("C", ["EGFR p.L858R"])
    try files.sheet(
      [["A", "P", "LUAD", "1", ""], ["B", "P", "SCLC", "2", ""], ["C", "P", "LUAD", "", ""]], date: "sample_order")
    #expect(try files.run().status == 0)
    #expect(
      try Self.told(files) == [
        "tumor_type  changed", "alteration EGFR p.L858R kept", "alteration RB1 p.R320* unknown",
      ])
    #expect(try files.text("out/samples/A/A.report.html").contains("Not placed: C (has no date)"))
    #expect(try !files.text("out/samples/C/C.report.html").contains("id=\"course\""))
  }
}

/// Calls that were taken back, and samples of which nothing passed.
extension PatientCourseTests {
  @Test func `what may be among filtered calls is neither lost nor new`() throws {
    let files = try PatientFiles()
    let header = "Hugo_Symbol\tVariant_Classification\tHGVSp_Short\tFILTER\tTumor_Sample_Barcode\n"
    func row(_ sample: String, _ gene: String, _ change: String, _ filter: String) -> String {
      "\(gene)\tMissense_Mutation\t\(change)\t\(filter)\t\(sample)\n"
    }
    try files.write("in/A/m.maf", header + row("A", "IDH1", "p.R132H", "PASS") + row("A", "TP53", "p.R273C", "PASS"))
    try files.write(
      "in/B/m.maf",
      header + row("B", "IDH1", "p.R132H", "nonpreferredpair") + row("B", "TP53", "p.R273C", "nonpreferredpair"))
    try files.write("in/C/m.maf", header + row("C", "IDH1", "p.R132H", "PASS") + row("C", "TP53", "p.R175H", "PASS"))
    try files.write("panel.txt", "IDH1\nTP53\n")
    try files.sheet([
      ["A", "P", "ASTR", "2020-01-01", ""], ["B", "P", "ASTR", "2021-01-01", ""], ["C", "P", "ASTR", "2022-01-01", ""],
    ])
    #expect(try files.run("out", ["--panel", files.path("panel.txt")]).status == 0)
    let rows = try files.table("out/patients.tsv").rows(where: ["subject": "alteration"])
    #expect(
      rows.map { "\($0["sample_id"] ?? "") \($0["gene"] ?? "") \($0["alteration"] ?? "") \($0["change"] ?? "")" } == [
        "B IDH1 p.R132H unknown", "B TP53 p.R273C unknown", "C IDH1 p.R132H kept", "C TP53 p.R175H new",
        "C TP53 p.R273C lost",
      ])
    #expect(rows[0]["because"] == "not among the calls of B that passed; 2 calls were filtered and not looked at")
  }
}
