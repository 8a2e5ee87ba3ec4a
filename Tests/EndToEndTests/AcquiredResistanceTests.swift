// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Second sites, bypasses and classes of agents as a clinician names them after a therapy.
struct AcquiredResistanceTests {
  struct Course: Sendable, CustomTestStringConvertible {
    let type: String
    /// As `GENE change fraction class`.
    let before: [String], after: [String]
    let given: String
    /// Rows of resistance as `GENE change therapy change`.
    let told: [String]
    var testDescription: String { type + ": " + after.joined(separator: ", ") + " after " + given }
  }

  private static let courses = [
    Course(
      type: "AML", before: ["FLT3 p.D835Y"], after: ["FLT3 p.D835Y", "FLT3 p.F691L 0.1"], given: "gilteritinib",
      told: ["FLT3 p.F691L gilteritinib acquired"]),
    Course(
      type: "AML", before: ["FLT3 p.D835Y"], after: ["FLT3 p.D835Y", "NRAS p.G12D 0.1"], given: "gilteritinib",
      told: ["NRAS p.G12D gilteritinib possibly_acquired"]),
    Course(
      type: "LUAD", before: ["KRAS p.G12C"], after: ["KRAS p.G12C", "KRAS p.Y96D 0.1"], given: "adagrasib",
      told: ["KRAS p.Y96D adagrasib acquired"]),
    Course(
      type: "LUAD", before: ["KRAS p.G12C"], after: ["KRAS p.G12C", "KRAS p.H95R 0.1"], given: "sotorasib", told: []),
    Course(
      type: "CLLSLL", before: ["TP53 p.R175H"], after: ["TP53 p.R175H", "PLCG2 p.R665W 0.1"], given: "ibrutinib",
      told: ["PLCG2 p.R665W ibrutinib acquired"]),
    // Rows that speak of a class, or of a regimen of it.
    Course(
      type: "BRCA", before: ["PIK3CA p.H1047R"], after: ["PIK3CA p.H1047R", "ESR1 p.D538G 0.1"], given: "letrozole",
      told: ["ESR1 p.D538G letrozole acquired"]),
    Course(
      type: "BRCA", before: ["PIK3CA p.H1047R"], after: ["PIK3CA p.H1047R", "ESR1 p.Y537S 0.1"],
      given: "anastrozole + palbociclib since 2020-01", told: ["ESR1 p.Y537S anastrozole acquired"]),
    Course(
      type: "BRCA", before: ["PIK3CA p.H1047R"], after: ["PIK3CA p.H1047R", "ESR1 p.D538G 0.1"], given: "capecitabine",
      told: []),
    Course(
      type: "MEL", before: ["BRAF p.V600E"], after: ["BRAF p.V600E", "B2M p.S16Lfs*27 0.1 Frame_Shift_Del"],
      given: "nivolumab", told: ["B2M p.S16Lfs*27 nivolumab acquired"]),
    // What is closed for an agent is told of it alone, too.
    Course(
      type: "COADREAD", before: ["BRAF p.V600E"], after: ["BRAF p.V600E", "KRAS p.G12D 0.1"], given: "cetuximab",
      told: ["KRAS p.G12D cetuximab acquired"]),
    Course(
      type: "LUAD", before: ["EGFR p.L858R"], after: ["EGFR p.L858R", "EGFR p.T790M 0.1"],
      given: "bevacizumab + erlotinib", told: ["EGFR p.T790M erlotinib acquired"]),
    // What stands beside the name of an agent.
    Course(
      type: "GIST", before: ["KIT p.V559D"], after: ["KIT p.V559D", "KIT p.V654A 0.1"],
      given: "imatinib 400 mg daily since 2019-06", told: ["KIT p.V654A imatinib acquired"]),
    Course(
      type: "GIST", before: ["KIT p.V559D"], after: ["KIT p.V559D", "KIT p.V654A 0.1"],
      given: "imatinib (03/04/2019 to 05/06/2020)", told: ["KIT p.V654A imatinib acquired"]),
    Course(
      type: "GIST", before: ["KIT p.V559D"], after: ["KIT p.V559D", "KIT p.V654A 0.1"], given: "no imatinib", told: []),
    Course(
      type: "GIST", before: ["KIT p.V559D"], after: ["KIT p.V559D", "KIT p.V654A 0.1"], given: "imatinib declined",
      told: []),
  ]

  @Test(arguments: courses)
  func `acquired resistance is named`(course: Course) throws {
    let files = try PatientFiles()
    try files.mutations("A", course.before)
    try files.mutations("B", course.after)
    try files.sheet([
      ["A", "P", course.type, "2019-01-10", ""], ["B", "P", course.type, "31.12.2021", course.given],
    ])
    #expect(try files.run().status == 0)
    let rows = try files.table("out/patients.tsv").rows(where: ["subject": "resistance"])
    let told = rows.map { row in
      ["gene", "alteration", "therapy", "change"].compactMap { row[$0] }.joined(separator: " ")
    }
    #expect(told == course.told)
    #expect(rows.allSatisfy { $0["to"] == "2021-12-31" && $0["because"]?.contains("  ") == false })
    let isUnclear = course.given.contains("/04/")
    let messages = try files.table("out/samples.tsv").rows.compactMap { $0["message"] }
    #expect(
      messages.contains { $0.contains("'03/04/2019' is no clear date and is not used for imatinib") } == isUnclear)
  }

  @Test func `the class that a row speaks of is named beside the agent`() throws {
    let files = try PatientFiles()
    try files.mutations("A", ["TP53 p.R175H"])
    try files.mutations("B", ["TP53 p.R175H", "ESR1 p.D538G"])
    try files.sheet([["A", "P", "BRCA", "2019-01-10", ""], ["B", "P", "BRCA", "2021-01-10", "Femara since 2019-02"]])
    #expect(try files.run().status == 0)
    let row = try #require(try files.table("out/patients.tsv").rows(where: ["subject": "resistance"]).first)
    #expect(row["because"]?.contains("against endocrine therapy; letrozole given from 2019-02-01") == true)
    // A second night keeps what was read.
    #expect(try files.run().status == 0)
    #expect(
      try files.table("out/patients.tsv").rows(where: ["subject": "resistance", "therapy": "letrozole"]).count == 1)
  }
}
