// SPDX-License-Identifier: Apache-2.0
import Foundation
import Knowledge
import Matching
import Query
import TestSupport
import Testing
@testable import Reports

@Suite("Findings in the germline and alleles for the dose of drugs")
struct GermlineFindingsTests {
  private static let query = TumorQuery(table: Clinic.table)

  private func answer(_ type: String, _ findings: [String], germline: Bool = true) -> (TumorQuery.Answer, KnowledgeBase)
  {
    let table = germline ? Clinic.table : Clinic.table.withoutGermline
    var question = TumorQuery.Question()
    question.tumorType = type
    question.findings = findings
    question.reportsGermline = germline
    return ((germline ? Self.query : TumorQuery(table: table)).answer(question), table)
  }

  private func found(_ type: String, _ finding: String) -> GermlineFindings {
    GermlineFindings(answer(type, [finding]).0.report.matches, Clinic.table.reference)
  }

  /// Twenty cases, written before the code: the finding, genes of germline findings, alleles.
  @Test(
    "stated and likely findings are told apart from those of the tumor",
    arguments: [
      ("HGSOC", "BRCA1 C61G germline", "stated BRCA1"), ("PAAD", "gBRCA2 S1982fs", "stated BRCA2"),
      ("PRAD", "ATM R35* germline", "stated ATM"), ("COADREAD", "MLH1 G67R germline", "stated MLH1"),
      ("HGSOC", "BRCA1 C61G VAF 50%", "likely BRCA1"), ("HGSOC", "BRCA1 C61G VAF 30%", ""),
      ("HGSOC", "BRCA1 C61G somatic", ""), ("COADREAD", "KRAS G12D VAF 50%", ""), ("BRCA", "BRCA2 N372H germline", ""),
      ("COADREAD", "DPYD *2A", "dose *2A"), ("COADREAD", "DPYD*13", "dose *13"),
      ("COADREAD", "DPYD c.2846A>T", "dose c.2846A>T"), ("COADREAD", "DPYD HapB3", "dose HapB3"),
      ("COADREAD", "UGT1A1 *28/*28", "dose *28"), ("COADREAD", "UGT1A1*6", "dose *6"), ("BLL", "TPMT *3A", "dose *3A"),
      ("BLL", "TPMT *2", "dose *2"), ("BLL", "TPMT*3B", "dose *3B"), ("BLL", "NUDT15 R139C", "dose *3"),
      ("BLL", "no TPMT *3A", ""), ("HGSOC", "no germline BRCA1 mutation", ""),
      ("HGSOC", "germline BRCA2 wild type", ""),
      ("BLL", "TPMT *3A/*3C", "dose *3A, dose *3C"), ("BLL", "NUDT15 R139C het", "dose *3"),
      ("COADREAD", "DPYD *1/*1", ""), ("COADREAD", "UGT1A1 G71R somatic", ""),
    ])
  func cases(type: String, finding: String, expected: String) {
    let found = found(type, finding)
    let genes = answer(type, [finding]).0.report.matches?.alterations.map(\.gene) ?? []
    #expect(!genes.isEmpty, "the finding is understood")
    let words =
      found.findings.map { ($0.isStated ? "stated " : "likely ") + genes[$0.alteration] }
      + found.alleles.map { "dose " + $0.allele.name }
    #expect(words.joined(separator: ", ") == expected)
  }

  @Test("a finding names its predisposition, therapies that rest on it and what to do; a report without one is silent")
  func words() throws {
    let with = answer("HGSOC", ["BRCA1 C61G germline", "DPYD *2A"])
    let context = ReportContext(table: with.1, programVersion: "1")
    let json = String(decoding: ReportJSON.text(with.0.report, context: context), as: UTF8.self)
    let text = String(decoding: ReportText.text(with.0.report, context: context), as: UTF8.self)
    let html = String(decoding: SampleHTML.text(with.0.report, context: context), as: UTF8.self)
    for page in [json, text, html] {
      #expect(page.contains("confirm in a certified laboratory"))
      #expect(page.contains("hereditary breast and ovarian cancer"))
      #expect(page.contains("olaparib") && page.contains("CPIC") && page.contains("29152729"))
    }
    let without = answer("HGSOC", ["KRAS G12D"])
    let plain = [
      String(decoding: ReportJSON.text(without.0.report, context: context), as: UTF8.self),
      String(decoding: ReportHTMLAndText.text(without.0.report, context), as: UTF8.self),
    ]
    for page in plain { #expect(!page.contains("\"germline\":") && !page.contains("id=\"germline\"")) }
  }

  @Test("without the germline nothing that rests on it is left in any form of a report")
  func switchedOff() {
    let findings = ["BRCA1 C61G germline", "BRCA2 S1982fs VAF 50%", "DPYD *2A", "TPMT Y240C", "KRAS G12D"]
    for type in ["HGSOC", "PAAD", "PRAD", "BRCA"] {
      let (answer, table) = answer(type, findings, germline: false)
      let context = ReportContext(table: table, programVersion: "1")
      #expect(answer.report.matches?.alterations.map(\.gene) == ["BRCA2", "KRAS"])
      var pages = [
        ReportJSON.text(answer.report, context: context), ReportHTMLAndText.text(answer.report, context),
        TumorQuery(table: table).therapies(answer), TumorQuery(table: table).options(answer),
      ]
      pages += ReportFormat.allCases.flatMap { format in
        format.files(of: SampleView(report: answer.report, context: context, name: "s", therapies: [], alterations: []))
      }.map(\.bytes)
      for page in pages.map({ String(decoding: $0, as: UTF8.self) }) {
        for word in ["germline", "certified laboratory", "C61G", "DPYD", "TPMT", "dose_safety", "hereditary"] {
          #expect(page.range(of: word, options: .caseInsensitive) == nil, "\(type): \(word)")
        }
      }
    }
    // What is opened by the tumor's own change is still there, and was there before.
    #expect(answer("HGSOC", ["BRCA2 S1982fs"], germline: false).0.report.matches?.options.isEmpty == false)
    #expect(Clinic.table.rules.contains { $0.origin == .germline })
  }
}

/// The page and the text of a report, one behind the other.
private enum ReportHTMLAndText {
  static func text(_ report: SampleReport, _ context: ReportContext) -> [UInt8] {
    SampleHTML.text(report, context: context) + ReportText.text(report, context: context)
  }
}
