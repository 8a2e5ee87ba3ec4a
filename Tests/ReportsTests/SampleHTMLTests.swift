// SPDX-License-Identifier: Apache-2.0
import Alterations
import Batch
import DelimitedText
import Foundation
import JSONText
import Knowledge
import Matching
import SystemIO
import TestSupport
import Testing
@testable import Reports

/// The page of a sample: what it shows, and that nothing in the data can become markup.
struct SampleHTMLTests {
  private static let context = ReportContext(table: Clinic.table, programVersion: "1.2.3")
  private static let hostile = "<script>alert(\"x\")</script>'&\u{1}\u{202E}=1+1"

  private static func report(
    _ tumorType: String, _ alterations: [Alteration], table: KnowledgeBase = Clinic.table
  ) -> SampleReport {
    var report = SampleReport(sampleID: "S-1")
    report.patientID = "P-1"
    report.tumorTypes = [tumorType]
    report.tumorTypeSource = "sheet tumor_type (code)"
    let profile = SampleProfile(sampleID: "S-1", tumorTypes: [tumorType], alterations: alterations)
    report.matches = Matcher(table: table).match(profile, collectsNearMisses: true)
    report.status = report.matchedCount > 0 ? .reported : .noMatch
    report.assaysSeen = [.mutations]
    report.assaysMissing = [.copyNumber, .fusions, .biomarkers]
    return report
  }

  private static func missense(_ gene: String, _ change: String, written: String? = nil) -> Alteration {
    Alteration(
      gene: gene,
      event: .sequence(SequenceChange(effect: .missense, proteinChange: ProteinChange(change))),
      asWritten: written ?? change, source: SourceLocation(file: 0, line: 7))
  }

  private static func page(_ report: SampleReport, _ context: ReportContext = context) -> String {
    String(decoding: SampleHTML.text(report, context: context), as: UTF8.self)
  }

  private static let lung = report(
    "LUAD",
    [
      missense("EGFR", "p.L858R"), missense("EGFR", "p.T790M"), missense("PIK3CA", "p.E545K"),
      missense("ATM", "p.A5T"),
      Alteration(gene: "MYOCD", event: .copyNumber(.amplification), asWritten: "MYOCD amplification"),
    ])

  @Test func `every section of a large report appears, in order`() {
    let page = Self.page(Self.lung)
    let ids = [
      "h-summary", "h-legend", "h-pathways", "options", "overridden", "conditional", "classes", "resistance",
      "no_benefit", "histology",
      "combinations", "withdrawn", "context", "tests", "alterations", "near_misses", "assays", "inputs", "versions",
    ]
    let places = ids.compactMap { id in page.range(of: "id=\"\(id)\"").map { (id, $0.lowerBound) } }
    for id in ["options", "overridden", "conditional", "resistance", "combinations", "withdrawn", "near_misses"] {
      #expect(places.contains { $0.0 == id }, "\(id)")
    }
    #expect(places.map(\.1) == places.map(\.1).sorted())
    for statement in ReportContext.statements {
      #expect(page.contains(statement.replacingOccurrences(of: "'", with: "&#39;")))
    }
    #expect(page.contains("oncomatch 1.2.3"))
  }

  @Test func `resistance stands beside the therapy it overrides and links to its row`() throws {
    let page = Self.page(Self.lung)
    let start = try #require(page.range(of: "id=\"overridden\""))
    let end = try #require(page.range(of: "</section>", range: start.upperBound..<page.endIndex))
    let section = page[start.lowerBound..<end.lowerBound]
    #expect(section.contains("gefitinib"))
    #expect(section.contains("EGFR p.T790M: resistance on gefitinib"))
    let link = try #require(section.range(of: "href=\"#m[0-9]+\"", options: .regularExpression))
    let target = section[link].dropFirst(7).dropLast()
    #expect(page.contains("id=\"\(target)\""))
  }

  @Test func `every link inside the page has its place`() {
    let page = Self.page(Self.lung)
    for match in page.matches(of: /href="#([^"]+)"/) { #expect(page.contains("id=\"\(match.1)\""), "\(match.1)") }
    let ids = page.matches(of: #/ id="([^"]+)"/#).map { String($0.1) }
    #expect(Set(ids).count == ids.count)
  }

  @Test func `a class of agents and a withdrawn agent are never among the options`() throws {
    let page = Self.page(Self.lung)
    let start = try #require(page.range(of: "id=\"options\""))
    let end = try #require(page.range(of: "</section>", range: start.upperBound..<page.endIndex))
    let options = page[start.lowerBound..<end.lowerBound]
    #expect(!options.contains("(class)</h3>") && !options.contains("(class)<span"))
    for name in ["mobocertinib", "olaratumab"] { #expect(!options.contains("<h3>\(name)")) }
    #expect(!page.lowercased().contains("best drug"))
  }

  @Test func `a sample with changes of other genes alone has alterations, and a way to them`() {
    var report = Self.report("LMS", [])
    #expect(Self.page(report).contains("No match: no alteration was kept for this sample."))
    report.unlisted = [
      Alteration(
        gene: "TTN", event: .sequence(SequenceChange(effect: .missense, proteinChange: ProteinChange("p.A100V"))),
        asWritten: "p.A100V", origin: .unknown, variantAlleleFraction: 0.1, source: SourceLocation(file: 0, line: 4))
    ]
    let page = Self.page(report)
    #expect(page.contains("No match: no alteration of this sample meets a rule of the table."))
    #expect(!page.contains("no alteration was kept"))
    #expect(page.contains("<a href=\"#alterations\">Alterations</a> <b>1</b>"))
  }

  @Test func `no match is said for the sample and for each alteration`() {
    let report = Self.report(
      "LMS", [Alteration(gene: "MYOCD", event: .copyNumber(.gain), asWritten: "MYOCD gain")])
    let page = Self.page(report)
    #expect(page.contains("<strong>No match: no alteration of this sample meets a rule of the table.</strong>"))
    #expect(page.contains("no rule in the table"))
    #expect(page.contains("MYOCD gain of copies"))
  }

  @Test func `a failed sample says why and shows no therapies`() {
    var report = SampleReport(sampleID: "F-1")
    report.status = .failed
    report.remark = "the file is cut off"
    let page = Self.page(report)
    #expect(page.contains("This sample failed. </strong>the file is cut off"))
    #expect(!page.contains("<article"))
  }

  @Test func `references become links, labels stay words`() throws {
    #expect(ReferenceLink.of("PMID:123")?.address == "https://pubmed.ncbi.nlm.nih.gov/123/")
    #expect(ReferenceLink.of("DOI:10.1/a<b>\"")?.address == "https://doi.org/10.1/a%3Cb%3E%22")
    #expect(ReferenceLink.of("NCT01012297")?.address == "https://clinicaltrials.gov/study/NCT01012297")
    #expect(ReferenceLink.short("PMCID:PMC77") == "PMC77" && ReferenceLink.short("PMID:77") == "PMID:77")
    #expect(ReferenceLink.of("PMCID:PMC77")?.address == "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC77/")
    #expect(ReferenceLink.of("LABEL:FDA x https://example.org/a.pdf")?.words == "LABEL:FDA x")
    // A label without an address leads to its product.
    for (label, address) in [
      ("LABEL:EMA votrient 2012-08", "https://www.ema.europa.eu/en/medicines/human/EPAR/votrient"),
      (
        "LABEL:FDA keytruda 2020-06-16",
        "https://dailymed.nlm.nih.gov/dailymed/search.cfm?labeltype=all&query=keytruda"
      ),
    ] {
      #expect(ReferenceLink.of(label)?.address == address && ReferenceLink.of(label)?.words == label)
    }
    for text in [
      "LABEL:PMDA keytruda", "LABEL:EMA \"x", "LABEL:EMA", "PMID:12a", "PMID:javascript:alert(1)", "NCT1",
      "javascript:alert(1)",
      "LABEL:x https://a.b/\"onclick=1", "DOI:javascript:alert(1)",
    ] {
      #expect(ReferenceLink.of(text) == nil, "\(text)")
    }
  }

  // MARK: Hostile data

  private static let hostileContext = ReportContext(
    table: KnowledgeBase.load(userTables: [("\(hostile).tsv", Array(hostileTable.utf8))]), programVersion: hostile)

  private static var hostileReport: SampleReport {
    let table = hostileContext.table
    var report = report(
      "LUAD",
      [
        missense("EGFR", "p.L858R", written: hostile), missense(hostile, "p.A5T"),
        Alteration(
          gene: "ALK", event: .fusion(Fusion(fivePrimeGene: hostile, threePrimeGene: "ALK", isOrdered: true)),
          asWritten: hostile, cautions: [.requiresPrior(hostile)], source: SourceLocation(file: 0, line: 3)),
      ], table: table)
    report.sampleID = hostile
    report.patientID = hostile
    report.tumorTypes = [hostile, "LUAD"]
    report.tumorTypeSource = hostile
    report.remark = hostile
    report.statedSite = hostile
    report.directory = hostile
    report.inputIDs = [hostile]
    report.files = [0: hostile]
    report.priorTherapy = [hostile]
    report.matches?.diagnosisReviews = [DiagnosisReview(alteration: 0, diagnoses: [hostile])]
    report.matches?.openTests = [.test(hostile): [hostile]]
    for index in report.matches?.therapies.indices ?? 0..<0 {
      report.matches?.therapies[index].openQuestions = [.clinical(hostile)]
      report.matches?.therapies[index].cautions.append(.possibleBypass(gene: hostile))
      report.matches?.therapies[index].opposedBy.append(hostile)
    }
    for index in report.matches?.alterations.indices ?? 0..<0 {
      report.matches?.alterations[index].fate = .notEvaluated(hostile)
    }
    report.unlisted = [
      Alteration(
        gene: hostile, event: .sequence(SequenceChange(effect: .missense, proteinChange: ProteinChange("p.A100V"))),
        asWritten: hostile, origin: .unknown, variantAlleleFraction: 0.1, source: SourceLocation(file: 0, line: 4))
    ]
    report.filtered = [hostile: 3]
    report.inputs = [SampleReport.Input(path: hostile, format: hostile, counts: [1, 1, 0, 0, 0])]
    report.rejected = [InputError(path: hostile, line: 2, column: hostile, value: hostile, problem: hostile)]
    return report
  }

  /// A table with one rule whose free fields are hostile.
  private static var hostileTable: String {
    guard let rule = Clinic.table.rules.first(where: { $0.gene == "EGFR" && $0.specText.contains("p.L858R") }) else {
      return ""
    }
    var cells = rule.cells
    cells[0] = "U0001"
    for (column, value) in [
      ("note", hostile), ("reference", "LABEL:" + hostile), ("source", hostile), ("agents", "selumetinib"),
    ] {
      if let place = Rule.columns.firstIndex(of: column) { cells[place] = value }
    }
    return "# version: \(hostile)\n" + Rule.columns.joined(separator: "\t") + "\n" + cells.joined(separator: "\t")
      + "\n"
  }

  @Test func `scripts, quotes, control characters and formulas in every free field show as text`() {
    let report = Self.hostileReport
    #expect(report.matches?.therapies.contains { $0.rule.id == "U0001" } == true)
    let page = Self.page(report, Self.hostileContext)
    #expect(!page.contains("<script"))
    #expect(!page.contains("alert(\"x\")"))
    #expect(!page.contains("\u{1}") && !page.contains("\u{202E}"))
    let shown = "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#39;&amp;\u{FFFD}\u{FFFD}=1+1"
    #expect(page.components(separatedBy: shown).count > 18)
    expectBalanced(page)
  }

  @Test func `a failed or deferred sample shows its hostile reason as text`() {
    for status in [SampleReport.Status.failed, .deferred] {
      var report = Self.hostileReport
      report.status = status
      let page = Self.page(report, Self.hostileContext)
      #expect(!page.contains("<script") && page.contains("&lt;script&gt;"))
      #expect(!page.contains("Highest tier"))
      expectBalanced(page)
    }
  }

  @Test func `hostile text in the JSON report and in FHIR is the text that was given`() throws {
    let report = Self.hostileReport
    let json = try JSONValue(ReportJSON.text(report, context: Self.hostileContext).span)
    for key in ["sample_id", "patient_id", "directory"] { #expect(json[key]?.text == Self.hostile) }
    #expect(json["message"]?.text?.hasPrefix(Self.hostile + "; review diagnosis: ") == true)
    #expect(json["message"]?.text?.hasSuffix(" suggests " + Self.hostile) == true)
    #expect(json["rejected"]?.elements.first?["value"]?.text == Self.hostile)
    #expect(json["alterations"]?.elements.last?["gene"]?.text == Self.hostile)
    let fhir = ReportFormat.fhir.files(
      of: SampleView(report: report, context: Self.hostileContext, name: "x", therapies: [], alterations: []))
    let bytes = try #require(fhir.first).bytes
    let bundle = try JSONValue(bytes.span)
    let patient = bundle["entry"]?.elements.first?["resource"]
    #expect(patient?["identifier"]?.elements.first?["value"]?.text == Self.hostile)
  }

  @Test func `nothing is loaded from outside and no script is in the page`() throws {
    let page = Self.page(Self.lung)
    #expect(page.contains("default-src &#39;none&#39;"))
    #expect(!page.contains("<script") && !page.contains(" src=") && !page.contains("@import") && !page.contains("url("))
    // Addresses stand in links alone.
    let links = page.components(separatedBy: "<a href=\"https://").count
    #expect(page.components(separatedBy: "https://").count == links)
    #expect(!page.contains("http://") && !page.contains(" style="))
  }

  @Test func `tags are balanced and the bytes are the same each time`() {
    for report in [Self.lung, Self.report("LMS", []), SampleReport(sampleID: "")] {
      let page = Self.page(report)
      expectBalanced(page)
      #expect(Self.page(report) == page)
    }
  }

  @Test func `digests of the policy are those of the standard`() {
    #expect(
      SHA256.policySource(Array("abc".utf8)) == "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")
    #expect(
      SHA256.policySource([]) == "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
    let long = SHA256.policySource([UInt8](repeating: 0x61, count: 1_000_000))
    #expect(long == "sha256-zcduXJkU+5KBocfihNc+Z/GAmkitLgX16PCYTs6aRiA=" || long.hasPrefix("sha256-zcduXJkU"))
  }
}

/// Expects every element to be closed by its own end, void elements aside.
func expectBalanced(_ page: String) {
  let void: Set<Substring> = ["meta", "input", "br", "!DOCTYPE"]
  var open: [Substring] = []
  // The content of scripts is no markup.
  let text = page.replacing(/<script[^>]*>[\s\S]*?<\/script>/, with: "")
  for match in text.matches(of: /<(\/?)([A-Za-z!][A-Za-z0-9]*)[^>]*>/) {
    if match.1 == "/" {
      guard let last = open.popLast(), last == match.2 else {
        Issue.record("</\(match.2)> does not close \(open.last ?? "anything")")
        return
      }
    } else if !void.contains(match.2) {
      open.append(match.2)
    }
  }
  #expect(open.isEmpty)
}
