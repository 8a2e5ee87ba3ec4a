// SPDX-License-Identifier: Apache-2.0
import Alterations
import Foundation
import Knowledge
import Query
import TestSupport
import Testing

@testable import Matching
@testable import Reports

/// The first page of a sample: what opens, what is closed, what was not tested, what to confirm.
struct FirstPageTests {
  private static let context = ReportContext(table: Clinic.table, programVersion: "1.2.3")
  private static let query = TumorQuery(table: Clinic.table)

  private static func report(_ type: String, _ findings: [String], site: String = "") -> SampleReport {
    var question = TumorQuery.Question()
    (question.tumorType, question.findings, question.site) = (type, findings, site)
    return query.answer(question).report
  }

  private static func page(_ report: SampleReport) -> String {
    String(decoding: SampleHTML.text(report, context: context), as: UTF8.self)
  }

  /// The first page without what is folded.
  private static func first(_ report: SampleReport) throws -> String {
    let page = page(report)
    let start = try #require(page.range(of: "id=\"summary\""))
    let end = try #require(page.range(of: "</section>", range: start.upperBound..<page.endIndex))
    return String(page[start.lowerBound..<end.lowerBound])
  }

  private static func visible(_ part: String) -> String {
    part.replacing(/<details>[\s\S]*?<\/details>/, with: "")
  }

  private static func rows(of table: String, in part: String) -> [String] {
    guard let start = part.range(of: "id=\"t-\(table)\""),
      let end = part.range(of: "</table>", range: start.upperBound..<part.endIndex)
    else { return [] }
    return part[start.lowerBound..<end.lowerBound].components(separatedBy: "<tr>").dropFirst(2).map { $0 }
  }

  @Test(
    "the page says what was assayed, in these words, and no match only of what was looked at",
    arguments: [
      ([.mutations, .copyNumber], "assayed: mutations, copy number; not assayed: fusions, biomarkers", "No match"),
      ([.mutations], "assayed: mutations; not assayed: copy number, fusions, biomarkers", "No match"),
      ([], "assayed: nothing; not assayed: mutations, copy number, fusions, biomarkers", "Not evaluated"),
    ] as [([AssayKind], String, String)])
  func lookedAt(seen: [AssayKind], words: String, status: String) throws {
    var report = Self.report("LMS", [])
    report.assaysSeen = seen
    report.assaysMissing = AssayKind.allCases.filter { !seen.contains($0) }
    report.panelSize = 77
    (report.rowsRead, report.rowsFiltered, report.remark) = (9, 9, "the sheet names no purity")
    let first = try Self.first(report)
    for part in [words, status, "Panel of 77 genes", "9 rows read: 9 not looked at", "the sheet names no purity"] {
      #expect(first.contains(part), "\(part)")
    }
    #expect(first.contains("No match") == (status == "No match"))
  }

  @Test(
    "a line of the table says why, the verdict, how strong, where approved and for which tumor, with a link",
    arguments: [
      ("MEL", ["BRAF V600E"], "dabrafenib + trametinib", "BRAF p.V600E", "I-A", "(this tumor)"),
      ("LMS", ["PDGFRA D842V"], "avapritinib", "PDGFRA p.D842V", "II-C", "GIST"),
      ("LMS", ["ETV6-NTRK3 fusion"], "larotrectinib", "ETV6::NTRK3 fusion", "I-A", "(any solid tumor)"),
    ] as [(String, [String], String, String, String, String)])
  func line(type: String, findings: [String], therapy: String, because: String, tier: String, approved: String) throws {
    let rows = Self.rows(of: "opened", in: try Self.first(Self.report(type, findings)))
    let row = try #require(rows.first { $0.contains(">\(therapy)</a>") }, "no line for \(therapy)")
    for part in ["<td>\(because)", ">supported<", ">\(tier)<", approved, "<a href=\"https://"] {
      #expect(row.contains(part), "\(part) in \(row)")
    }
  }

  @Test("at most eight lines stand open; the fold counts the rest, and what is folded away")
  func folds() throws {
    for (type, findings) in [
      ("LUAD", ["EGFR L858R"]), ("BRCA", ["PIK3CA H1047R", "HER2 3+", "BRCA1 loss"]),
      ("GIST", ["KIT V559D", "KIT V654A", "KIT D816V"]),
    ] {
      let report = Self.report(type, findings)
      let options = try #require(report.matches).options.filter { $0.group == .opened }
      let open = options.filter { $0.fold == nil }
      let first = try Self.first(report)
      // Of laboratory work alone at most two lines stand beside therapies that patients were treated with.
      let laboratory = open.filter { $0.best.rule.level == .e }.count
      let counted = open.count - laboratory >= 3 ? open.count - max(0, laboratory - 2) : open.count
      #expect(Self.rows(of: "opened", in: first).count == min(8, counted))
      let rest = options.count - min(8, counted)
      #expect(Self.rows(of: "folded", in: first).count == rest)
      if rest > 0 { #expect(first.contains("<summary>\(rest) ")) }
      for option in options where option.fold != nil {
        #expect(!Self.visible(first).contains(">\(option.therapy)</a></th>"), "\(option.therapy)")
      }
    }
  }

  @Test("a therapy that waits for a test names it")
  func conditional() throws {
    let first = try Self.first(Self.report("BRCA", ["PIK3CA H1047R"]))
    let rows = Self.rows(of: "waiting", in: first)
    #expect((1...4).contains(rows.count))
    for row in rows { #expect(row.contains("test: ") && row.contains(">conditional<"), "\(row)") }
  }

  @Test(
    "what is closed stands with the alteration, the level and the rule, and nowhere as open",
    arguments: [
      ("LUAD", ["EGFR L858R", "EGFR T790M"], "gefitinib", "EGFR p.T790M"),
      ("GIST", ["KIT V559D", "KIT V654A"], "imatinib", "KIT p.V654A"),
      ("COAD", ["KRAS G12D"], "cetuximab", "KRAS p.G12D"),
    ] as [(String, [String], String, String)])
  func closed(type: String, findings: [String], therapy: String, by: String) throws {
    let report = Self.report(type, findings)
    let first = try Self.first(report)
    let start = try #require(first.range(of: "<strong>\(by)</strong> closes "), "\(by)")
    let line = first[start.upperBound...].prefix(while: { $0 != "\n" }).components(separatedBy: "</li>")[0]
    #expect(line.contains(">\(therapy)</a> ("), "\(line)")
    let page = Self.page(report)
    for id in ["options", "conditional", "histology"] {
      guard let start = page.range(of: "<section id=\"\(id)\"") else { continue }
      let end = try #require(page.range(of: "</section>", range: start.upperBound..<page.endIndex))
      #expect(!page[start.lowerBound..<end.lowerBound].contains("<h3>\(therapy)<"), "\(id)")
    }
    #expect(!Self.rows(of: "opened", in: first).contains { $0.contains(">\(therapy)</a>") })
    if let picture = page.range(of: "class=\"pic\""),
      let end = page.range(of: "</figure>", range: picture.upperBound..<page.endIndex)
    {
      #expect(!page[picture.lowerBound..<end.lowerBound].contains(">\(therapy)<"))
    }
  }

  @Test("what stands for the tumor without an alteration is one line")
  func byTumorType() throws {
    let first = try Self.first(Self.report("LMS", ["TP53 R175H"]))
    let start = try #require(first.range(of: "id=\"by-type\""))
    let line = first[start.lowerBound...].prefix { $0 != "\n" }
    #expect(line.contains("trabectedin</a> (A1"))
  }

  @Test(
    "a sample without an assay is told which labelled therapies need it, assays first",
    arguments: [
      ("LMS", ["TP53 R175H"], "Fusions were not assayed", ["NTRK1", "larotrectinib", "(any solid tumor)"]),
      ("IMT", ["TP53 R175H"], "Fusions were not assayed", ["ALK fusion", "crizotinib"]),
      ("LMS", ["ALK EML4::ALK"], "Biomarkers were not assayed", ["TMB", "pembrolizumab"]),
      ("MEL", ["ETV6-NTRK3 fusion"], "Mutations were not assayed", ["BRAF mutation", "trametinib"]),
    ] as [(String, [String], String, [String])])
  func missing(type: String, findings: [String], title: String, words: [String]) throws {
    let first = try Self.first(Self.report(type, findings))
    let start = try #require(first.range(of: "id=\"missing\""))
    let list = first[start.lowerBound...]
    let place = try #require(list.range(of: "<li><strong>\(title)</strong>: "), "\(list.prefix(400))")
    let line = list[place.upperBound...].prefix { $0 != "<" }
    for word in words { #expect(line.contains(word), "\(word) in \(line)") }
  }

  @Test("an assay that was made is not asked for, and a test without a label or guideline is none")
  func made() throws {
    var report = Self.report("LMS", ["TP53 R175H"])
    report.assaysMissing = [.biomarkers]
    let first = try Self.first(report)
    #expect(!first.contains("Fusions were not assayed") && first.contains("Biomarkers were not assayed"))
    for opening in try #require(report.matches).labelOpenings {
      for rule in opening.rules {
        #expect(
          rule.level <= .a2 && rule.direction == .sensitivity && rule.regulatoryStatus != .withdrawn, "\(rule.id)")
      }
    }
  }

  @Test("no stain is named for a therapy that is closed whatever it says")
  func closedWhatever() throws {
    func names(_ findings: [String]) throws -> Bool {
      let openings = try #require(Self.report("GIST", findings).matches).labelOpenings
      return openings.flatMap(\.rules).contains { $0.therapy == "imatinib" && $0.eventClass == .expression }
    }
    #expect(try names(["TP53 R175H"]))
    #expect(try !names(["PDGFRA D842V"]))
  }

  @Test(
    "a test is not asked for that was made, nor one for what is closed whatever it says",
    arguments: [
      ("BRCA", ["TP53 R175H", "ER 95%", "PR 90%", "HER2 IHC 0"], "HR negative"),
      ("BRCA", ["TP53 R175H", "ER 95%", "PR 90%", "HER2 IHC 0"], "HR positive"),
      ("COAD", ["BRAF V600E"], "KRAS mutation testing"),
    ])
  func settled(type: String, findings: [String], title: String) throws {
    let report = Self.report(type, findings)
    let lines = TestLine.lines(report, try #require(report.matches), Clinic.table.reference.tumorTypes)
    #expect(!lines.isEmpty)
    #expect(!lines.contains { $0.title.contains(title) || $0.words.contains(title) })
  }

  @Test("a polymorphism that means nothing need not be confirmed in normal tissue")
  func polymorphism() throws {
    var report = Self.report("COAD", ["TP53 P72R", "TP53 R175H"])
    let alterations = try #require(report.matches).alterations
    report.matches?.alterations = alterations.map { annotated in
      var alteration = annotated.alteration
      alteration.cautions.append(.possibleGermline)
      return AnnotatedAlteration(alteration, annotated.oncogenicity)
    }
    let first = try Self.first(report)
    let list = first[try #require(first.range(of: "id=\"confirm\"")).lowerBound...]
    #expect(list.contains("R175H") && !list.contains("P72R"))
  }

  @Test("what to confirm: a possible fusion, a diagnosis, a change that may be in the germline")
  func confirm() throws {
    var report = Self.report("ULMS", ["ALK fusion"])
    let alteration = try #require(report.matches).alterations[0]
    report.matches?.alterations = [
      AnnotatedAlteration(
        Alteration(
          gene: alteration.gene, event: alteration.alteration.event, asWritten: "x",
          cautions: [.possibleFusion, .possibleGermline]), alteration.oncogenicity)
    ]
    report.matches?.diagnosisReviews = [DiagnosisReview(alteration: 0, diagnoses: ["IMT", "ES"])]
    report.remark = "another remark"
    let first = try Self.first(report)
    let start = try #require(first.range(of: "id=\"confirm\""))
    let list = first[start.lowerBound...]
    #expect(!first.contains("review diagnosis"))
    #expect(report.message == "another remark; review diagnosis: ALK \(alteration.description) suggests IMT or ES")
    for part in [
      "possible fusion, out of frame", "possible germline: confirm",
      " suggests Inflammatory Myofibroblastic Tumor (IMT) or Ewing Sarcoma (ES): review the diagnosis",
    ] {
      #expect(list.contains(part), "\(part)")
    }
  }

  @Test(
    "a fusion that is possible only opens nothing and names what it would open once it is confirmed",
    arguments: [
      ("LUAD", ["ALK::EML4 fusion"], "ALK::EML4", "alectinib"),
      ("LMS", ["NTRK1::TPM3 fusion"], "NTRK1::TPM3", "larotrectinib"),
      ("NSCLC", ["CD74::ROS1 fusion out of frame"], "CD74::ROS1", "crizotinib"),
    ] as [(String, [String], String, String)])
  func confirmation(type: String, findings: [String], name: String, therapy: String) throws {
    let report = Self.report(type, findings)
    #expect(try #require(report.matches).alterations.contains { $0.alteration.cautions.contains(.possibleFusion) })
    let first = try Self.first(report)
    #expect(!Self.rows(of: "opened", in: first).contains { $0.contains(">\(therapy)</a>") })
    let start = try #require(first.range(of: "<strong>\(name) fusion, once confirmed by a second test</strong>: "))
    #expect(first[start.upperBound...].prefix { $0 != "<" }.contains(therapy))
  }

  @Test("only the copies that were read as a stain are to be confirmed by one")
  func stain() throws {
    let first = try Self.first(Self.report("COAD", ["HER2 amplification", "PIK3CA E545K", "PTEN R130*"]))
    let start = try #require(first.range(of: "id=\"confirm\""))
    let list = first[start.lowerBound...].prefix { $0 != "\n" }
    #expect(list.contains("ERBB2 amplification</strong>: ") && !list.contains("PIK3CA") && !list.contains("PTEN"))
  }

  @Test("of a sample in which nothing was assayed nothing is said to be open or closed")
  func nothingAssayed() throws {
    let report = SampleReport(sampleID: "S-1")
    let first = try Self.first(report)
    #expect(first.components(separatedBy: "Not known: nothing of this sample was assayed.").count == 3)
    #expect(!first.contains("No alteration of this sample") && !first.contains("Nothing that was found"))
  }

  @Test(
    "drugs are written as in practice, codes of laboratories in capitals",
    arguments: [
      ("azd8055 + mk-2206", "AZD8055 + MK-2206"), ("pd-180970", "PD-180970"), ("i-bet151", "I-BET151"),
      ("peginterferon alfa-2a", "peginterferon alfa-2a"), ("nutlin-3", "nutlin-3"), ("osimertinib", "osimertinib"),
      ("cdk4/6 inhibitor (class)", "cdk4/6 inhibitor (class)"), ("9f7-f11", "9f7-f11"),
    ])
  func drug(name: String, written: String) { #expect(DrugName.plain(name) == written) }

  @Test("the legend has each tier, level and verdict of the page, and no other")
  func legend() throws {
    let report = Self.report("LUAD", ["EGFR L858R", "EGFR T790M"])
    let page = Self.page(report)
    let start = try #require(page.range(of: "id=\"legend\""))
    let end = try #require(page.range(of: "</section>", range: start.upperBound..<page.endIndex))
    let legend = page[start.lowerBound..<end.lowerBound]
    let rows = try #require(report.matches).therapies
    for level in Rule.Level.allCases {
      #expect(legend.contains("<b>\(level.rawValue)</b>") == rows.contains { $0.rule.level == level })
    }
    for step in Tier.Step.allCases {
      #expect(legend.contains("<b>\(step.rawValue)</b>") == rows.contains { $0.tier.grade == .step(step) })
    }
    for verdict in Verdict.allCases where rows.contains(where: { $0.verdict == verdict }) {
      #expect(legend.contains("<b>\(ReportWords.verdict(verdict))</b>"))
    }
  }

  @Test("pages and text speak as a physician does: no words of the tables")
  func words() {
    for (type, findings) in [
      ("LMS", ["TP53 R175H", "RB1 loss", "PTEN homozygous deletion"]), ("LUAD", ["EGFR L858R", "EGFR T790M"]),
      ("GIST", ["KIT V559D", "KIT V654A"]),
    ] {
      let report = Self.report(type, findings)
      let text = String(decoding: ReportText.text(report, context: Self.context), as: UTF8.self)
      for shown in [Self.page(report), text] {
        for word in [
          "LOSS_HET", "HOMDEL", "LMS_GROUP", "STS_GROUP", "SOLID_TUMOR", "PRIOR(", "rows for:", "read by ",
        ] {
          #expect(!shown.contains(word), "\(word) in \(type)")
        }
      }
    }
  }

  @Test("the site is shown as stated, and a site that only the rules know apart is not")
  func site() {
    #expect(Self.page(Self.report("MEL", ["BRAF V600E"], site: "Skin")).contains("<dt>Site</dt><dd>Skin</dd>"))
    #expect(!Self.page(Self.report("MEL", ["BRAF V600E"])).contains("extra-uterine"))
  }

  @Test("the picture tells not assayed from no hit, and is left out where no pathway is hit")
  func picture() {
    var report = Self.report("LMS", ["PTEN homozygous deletion"])
    let page = Self.page(report)
    #expect(page.contains("Angiogenesis: no hit, not all assayed"))
    report.assaysSeen = AssayKind.allCases
    let whole = Self.page(report)
    #expect(whole.contains("Angiogenesis: no hit") && !whole.contains("not all assayed"))
    #expect(!Self.page(Self.report("LMS", [])).contains("<figure"))
  }

  @Test("a possible fusion is no activation in the picture")
  func possibleFusion() throws {
    var report = Self.report("NSCLC", ["EML4-ALK fusion"])
    #expect(Self.page(report).contains("EML4::ALK fusion activated"))
    let annotated = try #require(report.matches).alterations[0]
    var changed = AnnotatedAlteration(
      Alteration(gene: annotated.gene, event: annotated.alteration.event, asWritten: "x", cautions: [.possibleFusion]),
      annotated.oncogenicity)
    changed.fate = annotated.fate
    report.matches?.alterations = [changed]
    #expect(!Self.page(report).contains("EML4::ALK fusion activated"))
  }

  @Test("sample, table and page number stand on every printed sheet; hostile names cannot leave their string")
  func sheets() {
    let hostile = "</style><script>\"};a{}\\\u{202E}\n"
    let sheet = String(decoding: PrintedSheet(sample: hostile, table: "built-in 1").bytes, as: UTF8.self)
    for part in ["counter(page)", "counter(pages)", "built-in 1"] { #expect(sheet.contains(part)) }
    #expect(!sheet.contains("<") && sheet.components(separatedBy: "\"").count == 9)
    #expect(!sheet.contains("\u{202E}") && !sheet.contains("\n"))
  }

  @Test("the terminal gets the summary of the page, then the evidence by therapy")
  func text() throws {
    let report = Self.report("LUAD", ["EGFR L858R", "EGFR T790M"])
    let text = String(decoding: ReportText.text(report, context: Self.context), as: UTF8.self)
    let parts = [
      "assayed: mutations; not assayed: ", "What an alteration opens", "osimertinib  because of ",
      "What is closed, and by what", "EGFR p.T790M closes gefitinib (", "Which test would open a label or guideline",
      "Fusions were not assayed: ", "Evidence: ", "osimertinib (",
    ]
    var place = text.startIndex
    for part in parts {
      let found = try #require(text.range(of: part, range: place..<text.endIndex), "\(part)")
      place = found.upperBound
    }
  }
}
