// SPDX-License-Identifier: Apache-2.0
import Alterations
import Foundation
import Knowledge
import Query
import TestSupport
import Testing

@testable import Matching
@testable import Reports

/// The page says of a therapy what its answer says, in the words of a physician and in few bytes.
struct PageAgreementTests {
  private static let context = ReportContext(table: Clinic.table, programVersion: "1.2.3")
  private static let query = TumorQuery(table: Clinic.table)

  private static func report(_ type: String, _ findings: [String]) -> SampleReport {
    var question = TumorQuery.Question()
    (question.tumorType, question.findings) = (type, findings)
    return query.answer(question).report
  }

  private static func page(_ report: SampleReport) -> String {
    String(decoding: SampleHTML.text(report, context: context), as: UTF8.self)
  }

  private static func section(_ id: String, of page: String) -> Substring {
    guard let start = page.range(of: "<section id=\"\(id)\""),
      let end = page.range(of: "</section>", range: start.upperBound..<page.endIndex)
    else { return "" }
    return page[start.lowerBound..<end.lowerBound]
  }

  /// The headings of therapies in a section, without the rows below them.
  private static func headings(_ part: Substring) -> [String] {
    part.components(separatedBy: "<summary><h3>").dropFirst().map { String($0.prefix(while: { $0 != "\n" })) }
      .map { $0.components(separatedBy: "</h3>")[0] }
  }

  private static let tumors: [(type: String, findings: [String])] = [
    ("LMS", ["PTEN homozygous deletion", "RB1 loss", "PIK3CA H1047R"]), ("LMS", ["MTOR F2108L", "TSC2 R611*"]),
    ("ULMS", ["BRCA2 homozygous deletion", "CDKN2A homozygous deletion", "RB1 homozygous deletion"]),
    ("LUAD", ["EGFR L858R", "EGFR T790M", "EGFR C797S", "MET amplification", "KRAS G12C"]),
    ("GIST", ["KIT W557_K558del", "KIT D816V"]), ("COADREAD", ["BRAF V600E", "HER2 amplification"]),
  ]

  @Test("what stands under opened, conditional and by tumor type has an answer of that kind, and its tier and verdict")
  func sections() {
    for (type, findings) in Self.tumors {
      let report = Self.report(type, findings)
      let page = Self.page(report)
      for (id, group) in [
        ("options", TherapyOption.Group.opened), ("conditional", .conditional), ("histology", .byTumorType),
      ] {
        let expected = (report.matches?.options ?? []).filter { $0.group == group }
        let found = Self.headings(Self.section(id, of: page))
        #expect(found.count == expected.count, "\(type) \(findings) \(id)")
        for (heading, option) in zip(found, expected) {
          #expect(heading.hasPrefix(DrugName.plain(option.therapy) + "<"), "\(heading)")
          #expect(heading.contains(">\(option.best.tier.name)</span>"), "\(heading)")
          #expect(heading.contains(">\(ReportWords.verdict(option.verdict))</b>"), "\(heading)")
        }
      }
    }
  }

  @Test("agents that are given together have one name, by which the rows join their answer")
  func pairs() {
    let names = Dictionary(grouping: Clinic.table.rules.filter { $0.agents.count > 1 }, by: \.therapyKey)
    for (key, rules) in names {
      #expect(Set(rules.map(\.therapy)).count == 1, "\(key): \(rules.map(\.id).joined(separator: ", "))")
    }
  }

  @Test("a derived pair with a row of its own stands among the combinations and is nothing that opens")
  func hypotheses() {
    let page = Self.page(Self.report("LMS", ["PTEN homozygous deletion"]))
    #expect(!Self.section("options", of: page).contains("dactolisib + doxorubicin"))
    let pairs = Self.headings(Self.section("combinations", of: page))
    #expect(pairs.contains { $0.hasPrefix("dactolisib + doxorubicin<") && $0.contains(">hypothesis</b>") })
  }

  @Test("what is closed stands strongest first, and what evidence about a class closes behind it, in these words")
  func closings() throws {
    let closed = SampleSummary(
      Self.report("ULMS", ["PTEN homozygous deletion", "PIK3CA H1047R", "RB1 loss"]),
      Clinic.table.reference
    ).closed
    let first = closed.firstIndex { $0.isOfClass } ?? closed.endIndex
    #expect(closed[first...].allSatisfy(\.isOfClass) && first < closed.endIndex && first > 0)
    for part in [closed[..<first], closed[first...]] {
      let levels = part.map(\.row.rule.level)
      #expect(levels == levels.sorted())
    }
    #expect(closed[first].strength.hasSuffix(", evidence about its class"))
    #expect(SampleSummary.foldWords(closed[first...]).hasPrefix("closed too: "))
    #expect(SampleSummary.foldWords(closed[..<1]) == "1 more therapy is closed")
  }

  @Test("regions of a page have names of their own")
  func regions() {
    for (type, findings) in Self.tumors + [("AML", ["FLT3 ITD", "NPM1 W288fs", "DNMT3A R882H", "TP53 R248Q"])] {
      let labels = Self.page(Self.report(type, findings)).components(separatedBy: "role=\"region\" aria-label=\"")
        .dropFirst().map { $0.prefix { $0 != "\"" } }
      #expect(Set(labels).count == labels.count, "\(labels)")
    }
  }

  @Test("a class is named as people write it, once")
  func classNames() throws {
    let headings = Self.headings(
      Self.section("classes", of: Self.page(Self.report("ULMS", ["PTEN homozygous deletion"]))))
    let heading = try #require(headings.first { $0.hasPrefix("PI3K inhibitor (class)") }, "\(headings)")
    #expect(heading.components(separatedBy: "PI3K inhibitor").count == 2, "\(heading)")
    #expect(headings.allSatisfy { !$0.contains("pi3k") && !$0.contains("akt inhibitor") })
  }

  @Test("where many findings close therapies each is named with its strongest, and the fold counts all others")
  func manyClosings() throws {
    let findings = ["EGFR L858R", "EGFR T790M", "EGFR C797S", "KRAS G12C", "BRAF V600E", "PTEN homozygous deletion"]
    let summary = SampleSummary(Self.report("LUAD", findings), Clinic.table.reference)
    let lines = summary.closedLines
    #expect((2...SampleSummary.closedLines).contains(lines.open.count))
    let all = summary.closed.map(\.therapy)
    let shown = lines.open.flatMap(\.closings).map(\.therapy)
    let folded = lines.folded.flatMap(\.closings).map(\.therapy)
    #expect((shown + folded).sorted() == all.sorted() && !folded.isEmpty)
    let byC797S = try #require(lines.open.first { $0.found == "EGFR p.C797S" })
    #expect(byC797S.closings.first?.therapy == "osimertinib")
    let page = Self.page(Self.report("LUAD", findings))
    #expect(page.contains("<summary>\(SampleSummary.foldWords(lines.folded.flatMap(\.closings)))</summary>"))
  }

  @Test("a regulator that approved a therapy for this tumor is not named again with its labels for others")
  func ownLabels() throws {
    for (type, words) in [
      ("LUAD", ["(this tumor)"]), ("LMS", ["FDA 2022 (any solid tumor)", "EMA: "]), ("MEL", ["(this tumor)"]),
    ] {
      let options = try #require(Self.report(type, ["BRAF V600E"]).matches).options
      let option = try #require(options.first { $0.therapy == "dabrafenib + trametinib" })
      let said = option.approval(Clinic.table.reference.tumorTypes)
      for part in words { #expect(said.contains(part), "\(said)") }
      #expect(!said.contains("FDA: ") && said.contains("EMA: ") == (type == "LMS"), "\(said)")
      #expect(
        Set(option.foreignLabels.map(\.authority)).isDisjoint(
          with: option.labels.filter(\.isOfThisTumor).map(\.authority)))
    }
  }

  @Test("an agent's line is its own answer, not that of a combination with it")
  func agentsAlone() throws {
    var differing = 0
    for (type, findings) in [
      ("ULMS", ["PTEN homozygous deletion", "PIK3CA H1047R"]), ("COAD", ["BRAF V600E"]), ("COAD", ["KRAS G12C"]),
      ("LUAD", ["EGFR L858R", "EGFR T790M"]),
    ] {
      let report = Self.report(type, findings)
      let options = try #require(report.matches).options
      let lines = String(decoding: AgentView.rows(report), as: UTF8.self).split(separator: "\n")
        .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
      for option in options where option.agents.count == 1 {
        let line = try #require(lines.first { $0[0] == option.agents[0] }, "\(option.therapy)")
        #expect(line[5] == option.best.verdict.rawValue && line[6] == option.best.rule.id, "\(line)")
        let first = try #require(options.first { $0.agents.contains(option.agents[0]) })
        if first.therapy != option.therapy { differing += 1 }
      }
    }
    #expect(differing > 1)
  }

  @Test("an alteration that speaks for a therapy of the tumor type is named beside it")
  func also() {
    let report = Self.report("LMS", ["TP53 R175H"])
    #expect(Self.page(report).contains("pazopanib</a> (A1, also because of TP53 p.R175H)"))
    #expect(Self.page(report).contains("No alteration of this sample opens a therapy beside those of the tumor type."))
    let text = String(decoding: ReportText.text(report, context: Self.context), as: UTF8.self)
    #expect(text.contains("pazopanib (A1, also because of TP53 p.R175H)"))
  }

  @Test(
    "regulators with the same scope stand together",
    arguments: [
      ("LMS", "LMNA-NTRK1 fusion", "entrectinib", "(any solid tumor)", 2),
      ("LMS", "PDGFRA D842V", "avapritinib", "FDA, EMA: GIST", 1),
      ("LUAD", "EGFR L858R", "osimertinib", "(this tumor)", 2),
    ] as [(String, String, String, String, Int)])
  func approval(type: String, finding: String, therapy: String, words: String, regulators: Int) throws {
    let options = try #require(Self.report(type, [finding]).matches).options
    let option = try #require(options.first { $0.therapy == therapy })
    let said = option.approval(Clinic.table.reference.tumorTypes)
    #expect(said.contains(words) && !said.contains(";"), "\(said)")
    if regulators > 1 { #expect(said.contains("FDA 2") && said.contains(", EMA 2"), "\(said)") }
  }

  @Test(
    "words of tables become words of people, and a change keeps its signs",
    arguments: [
      ("p.W557_K558del", "p.W557_K558del"), ("KIT p.W557_K558del", "KIT p.W557_K558del"),
      ("c.1669_1674del", "c.1669_1674del"), ("(p.E746_A750del)", "(p.E746_A750del)"),
      ("EGFR exon 19 inframe_del", "EGFR exon 19 inframe del"), ("MET EXON 14 skipping", "MET exon 14 skipping"),
      ("hormone_receptor", "hormone receptor"), ("KIT p.V559D", "KIT p.V559D"),
    ])
  func spaced(written: String, words: String) { #expect(PlainCell.spaced(written) == words) }

  @Test("a deletion of several residues is written on the page as in the tables")
  func deletion() {
    let page = Self.page(Self.report("GIST", ["KIT W557_K558del"]))
    #expect(page.contains("KIT p.W557_K558del") && !page.contains("p.W557 K558del"))
    #expect(Self.page(Self.report("LUAD", ["MET exon 14 skipping"])).contains("<td>MET exon 14 skipping</td>"))
  }

  @Test(
    "what is asked of a value is written as in a clinic",
    arguments: [
      (MeasurementTest(scale: "TPS", .greaterOrEqual, 50), "TPS \u{2265} 50%"),
      (MeasurementTest(scale: "CPS", .greaterOrEqual, 10), "CPS \u{2265} 10"),
      (MeasurementTest(scale: "IHC", .equal, 3), "IHC 3+"), (MeasurementTest(scale: "IHC", .equal, 0), "IHC 0"),
      (
        MeasurementTest(scale: "IHC", .greaterOrEqual, 3, leastShare: 50),
        "IHC \u{2265} 3+ in \u{2265} 50% of cells"
      ),
      (MeasurementTest(scale: "ISH", word: "positive"), "ISH positive"), (MeasurementTest(word: "high"), "high"),
      (MeasurementTest(.greaterOrEqual, 10), "\u{2265} 10"), (MeasurementTest(.less, 2.5), "< 2.5"),
    ])
  func measurement(test: MeasurementTest, words: String) { #expect(test.plain == words) }

  @Test("a scale that a test on the page uses is in the legend")
  func scales() {
    let legend = Self.section("legend", of: Self.page(Self.report("LUAD", ["EGFR L858R"])))
    #expect(legend.contains("<b>TPS</b>") && !legend.contains("<b>TAP</b>"))
  }

  @Test(
    "a label is written with the name of its product and leads to its page or to a search for it",
    arguments: [
      (
        "LABEL:FDA votrient 2012-04-26", "FDA label Votrient 2012-04-26",
        "https://dailymed.nlm.nih.gov/dailymed/search.cfm?labeltype=all&query=votrient"
      ),
      (
        "LABEL:EMA votrient 2012-08", "EMA label Votrient 2012-08",
        "https://www.ema.europa.eu/en/medicines/human/EPAR/votrient"
      ),
      (
        "LABEL:FDA avmapki-fakzynja 2025-05-08", "FDA label Avmapki-Fakzynja 2025-05-08",
        "https://dailymed.nlm.nih.gov/dailymed/search.cfm?labeltype=all&query=avmapki"
      ),
      (
        "LABEL:EMA tremelimumab-astrazeneca 2023", "EMA label Tremelimumab-Astrazeneca 2023",
        "https://www.ema.europa.eu/en/medicines/human/EPAR/tremelimumab-astrazeneca"
      ),
      ("LABEL:FDA 2012-04-26", "FDA label 2012-04-26", nil), ("LABEL:PMDA x", "label PMDA x", nil),
      ("LABEL:EMA ../x", "EMA label ../x", nil),
    ] as [(String, String, String?)])
  func label(reference: String, words: String, address: String?) {
    #expect(words.hasPrefix(ReferenceLink.product(reference)) && !ReferenceLink.product(reference).contains("20"))
    #expect(ReferenceLink.short(reference) == words && ReferenceLink.of(reference)?.address == address)
  }

  @Test(
    "a page has few bytes for a row of evidence",
    arguments: [
      (("LMS", ["PDGFRA D842V"]), 52_000), (("LUAD", ["EGFR L858R", "EGFR T790M", "MET amplification"]), 160_000),
    ])
  func size(tumor: (String, [String]), most: Int) {
    let bytes = SampleHTML.text(Self.report(tumor.0, tumor.1), context: Self.context).count
    #expect(bytes < most, "\(bytes) bytes")
  }
}
