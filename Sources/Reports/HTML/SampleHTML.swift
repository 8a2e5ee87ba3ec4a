// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge
internal import Matching

/// Writes a sample's report as one page for people.
///
/// The page needs no script and loads nothing; a content security policy says so. It shows what the JSON report holds.
package enum SampleHTML {
  /// The page's bytes, UTF-8.
  ///
  /// - Parameter name: The name of the sample's folder, for links to the cohort's pages; `nil` for a page that stands
  ///   alone.
  package static func text(_ report: SampleReport, context: ReportContext, name: String? = nil) -> [UInt8] {
    let size = report.matches.map { 800 * $0.therapies.count + 350 * $0.alterations.count + 90 * $0.nearMisses.count }
    var html = HTMLBuffer(capacity: 16_000 + (size ?? 0))
    let page = SamplePage(report: report, context: context, name: name)
    page.write(into: &html)
    return html.bytes
  }
}

/// What was found for a sample; empty for one that failed.
struct SampleFindings {
  let alterations: [AnnotatedAlteration]
  let therapies: [TherapyMatch]
  let combinations: [CandidateCombination]
  let nearMisses: [NearMiss]
  let openTests: [(test: String, therapies: [String])]

  init(_ matches: SampleMatches?) {
    alterations = matches?.alterations ?? []
    therapies = matches?.therapies ?? []
    combinations = matches?.combinations ?? []
    nearMisses = matches?.nearMisses ?? []
    openTests = matches?.testsInWords ?? []
  }
}

/// A therapy within a section, with its rows in the order of therapies.tsv.
struct SectionTherapy {
  let name: String
  var rows: [Int]
}

/// The page of one sample under construction.
struct SamplePage {
  let report: SampleReport
  let context: ReportContext
  /// The name of the sample's folder; `nil` for a page that stands alone.
  let name: String?
  let matches: SampleFindings
  /// The places of the rows of each rule, for links between rows.
  let places: [String: [Int]]
  /// The therapies of each section.
  let groups: [ReportSection: [SectionTherapy]]
  /// Therapies of which rows speak of a class alone: evidence, never an option.
  ///
  /// Guide: Evidence, Sensitivity, resistance and conflict.
  let classes: [SectionTherapy]
  /// Pairs that were derived, with rows of their own; no options.
  let hypotheses: [SectionTherapy]
  /// Therapies that what was found closes, with the rows for them.
  let overridden: [SectionTherapy]
  /// What the first page says.
  let summary: SampleSummary
  /// The places of rows by their rule and tumor type.
  private let placeOfRow: [RowKey: Int]
  /// The row that stands for each therapy, by its place among the options.
  private let bestRows: [String: Int]

  /// How many therapies of a section stand open; the rest is folded.
  static let openTherapies = 8
  /// How many lines of a table stand open.
  static let openLines = 25

  init(report: SampleReport, context: ReportContext, name: String? = nil) {
    self.report = report
    self.name = name
    self.context = context
    let matches = SampleFindings(report.matches)
    self.matches = matches
    summary = SampleSummary(report, context.table.reference)
    // What a therapy comes to in any of the sample's tumor types decides where its rows stand.
    var answers: [String: (place: Int, option: TherapyOption)] = [:]
    for (place, option) in (report.matches?.options ?? []).enumerated() {
      let key = Self.key(option.agents)
      if answers[key] == nil { answers[key] = (place, option) }
    }
    func answer(_ group: SectionTherapy) -> (place: Int, option: TherapyOption)? {
      answers[matches.therapies[group.rows[0]].rule.therapyKey]
    }
    var sorted = SortedRows()
    for (index, match) in matches.therapies.enumerated() {
      sorted.add(index, match, answers[match.rule.therapyKey]?.option.group)
    }
    func isClass(_ group: SectionTherapy) -> Bool {
      context.ruleMarkup[matches.therapies[group.rows[0]].ruleIndex].isAboutClass
    }
    func inOrder(_ groups: [SectionTherapy]) -> [SectionTherapy] {
      groups.enumerated().sorted { one, other in
        let (left, right) = (answer(one.element)?.place ?? .max, answer(other.element)?.place ?? .max)
        return left == right ? one.offset < other.offset : left < right
      }.map(\.element)
    }
    var groups = sorted.groups
    classes = ((groups[.options] ?? []) + (groups[.conditional] ?? [])).filter(isClass)
    func isHypothesis(_ group: SectionTherapy) -> Bool {
      answer(group) == nil && group.rows.allSatisfy { matches.therapies[$0].verdict == .hypothesis }
    }
    hypotheses = (groups[.options] ?? []).filter(isHypothesis)
    groups[.options] = groups[.options].map { $0.filter { !isHypothesis($0) } }
    for section in [ReportSection.options, .conditional, .histology] {
      groups[section] = groups[section].map { inOrder($0.filter { !isClass($0) || section == .histology }) }
    }
    overridden = sorted.closed
    placeOfRow = sorted.placeOfRow
    places = sorted.places
    self.groups = groups
    var best: [String: Int] = [:]
    for (_, option) in answers.values {
      let row = option.bestFor ?? option.best
      best[Self.key(option.agents)] = placeOfRow[RowKey(rule: row.ruleIndex, tumorType: row.tumorType)]
    }
    bestRows = best
  }

  private static func key(_ agents: [String]) -> String { agents.sorted().joined(separator: " + ") }

  func write(into html: inout HTMLBuffer) {
    let sheet = PrintedSheet(
      sample: report.sampleID, table: context.table.sources.map { $0.name + " " + $0.version }.joined(separator: ", ")
    ).bytes
    PageFrame(
      title: "\(report.sampleID): oncomatch report", content: "report",
      policy: PageStyle.samplePage.policy(with: sheet), styles: [PageStyle.samplePage.bytes, sheet], breaksLine: true
    ).write(into: &html, top: header, main: main)
  }

  /// Whether the sample came as far as matching; a page of one that did not says nothing of findings.
  var wasMatched: Bool { report.status != .failed && report.status != .deferred }

  // MARK: Top of the page

  private func header(_ html: inout HTMLBuffer) {
    html.element("p", "class=\"kick\"") { html in
      html.text("Sample report")
      guard let name else { return }
      html.markup(" \u{B7} <a href=\"../../index.html\">cohort</a> \u{B7} ")
      html.element("a", "", ("href", ChangesHTML.address(fromSample: name)), text: "new since the last run")
      if wasMatched {
        html.markup(" \u{B7} ")
        html.element(
          "a", "href=\"#summary\" title=\"printed from here, the page is its summary\"", text: "Print summary")
      }
    }
    html.element("h1", text: report.sampleID)
    html.element("dl", "class=\"facts\"") { html in
      html.fact("Patient", report.patientID.isEmpty ? "not given" : report.patientID)
      html.element("div") { html in
        html.element("dt", text: "Tumor type")
        html.element("dd", body: tumorType)
      }
      // A site that only the rules know apart is no site.
      let site = report.statedSite.isEmpty && report.site == .uterine ? TumorSite.uterine.rawValue : report.statedSite
      if !site.isEmpty { html.fact("Site", site) }
      html.fact("Status", SampleSummary.status(report))
      if wasMatched {
        html.element("div") { html in
          html.element("dt", text: "Highest tier")
          html.element("dd") { html in
            if let strongest = report.strongestTier { tier(strongest, &html) } else { html.text("none") }
          }
        }
      }
      if let purity = report.purity { html.fact("Purity", ReportWords.percent(purity)) }
      if let ploidy = report.ploidy { html.fact("Ploidy", ReportWords.plain(ploidy)) }
      html.fact(
        "Prior therapy",
        report.priorTherapy.map { $0.isEmpty ? "none stated" : $0.joined(separator: ", ") } ?? "not stated")
      html.fact("Table", context.table.sources.map { $0.name + " " + $0.version }.joined(separator: ", "))
    }
  }

  private func tumorType(_ html: inout HTMLBuffer) {
    if report.tumorTypes.isEmpty {
      html.text("unknown ")
      html.element("small", text: "(rules for any tumor type only)")
    }
    html.list(report.tumorTypes, separator: "; ") { html, code in
      html.text(context.table.reference.tumorTypes.node(code)?.name ?? code)
      html.text(" (\(code))")
    }
    // A code is what it says; where it comes from stands with the files.
    if !report.tumorTypes.isEmpty, !report.tumorTypeSource.isEmpty, !report.isTumorTypeCode {
      html.element("small", text: "understood from: \(report.tumorTypeSource)")
    }
  }

  /// A tier as a badge.
  func tier(_ tier: Tier, _ html: inout HTMLBuffer) { html.element("span", tier.badge, text: tier.name) }

  /// The sections that have something to show, with how much.
  private var sections: [(id: StaticString, title: String, count: Int)] {
    func count(_ section: ReportSection) -> Int { groups[section]?.count ?? 0 }
    return [
      ("options", "Opened", count(.options)), ("overridden", "Outweighed", overridden.count),
      ("conditional", "Conditional", count(.conditional)), ("classes", "Class evidence", classes.count),
      ("resistance", "Resistance", count(.resistance)),
      ("no_benefit", "No benefit", count(.noBenefit)), ("histology", "By tumor type", count(.histology)),
      ("combinations", "Combinations", matches.combinations.count + hypotheses.count),
      ("withdrawn", "Withdrawn", count(.withdrawn)),
      ("context", "Context", count(.context)), ("statements", "Diagnosis and prognosis", statementRows.count),
      ("germline", "Germline, dose", germline.findings.count + germline.alleles.count),
      ("tests", "Tests", matches.openTests.count), ("trials", "Trials", report.matches?.trials?.matches.count ?? 0),
      ("alterations", "Alterations", report.alterationCount),
      ("near_misses", "Near misses", matches.nearMisses.count), ("inputs", "Inputs", report.inputs.count),
    ]
  }

  private func contents(_ html: inout HTMLBuffer) {
    let sections = sections.filter { $0.count > 0 }
    if sections.isEmpty { return }
    html.element("nav", "aria-label=\"Sections\"") { html in
      html.element("ul") { html in
        for section in sections {
          html.element("li") { html in
            html.markup("<a href=\"#")
            html.markup(section.id)
            html.markup("\">")
            html.text(section.title)
            html.markup("</a> <b>")
            html.text(section.count)
            html.markup("</b>")
          }
        }
      }
    }
    html.newline()
  }

  private func main(_ html: inout HTMLBuffer) {
    if !wasMatched {
      html.element("div", "class=\"box\" role=\"note\"") { html in
        html.element("strong", text: report.status == .failed ? "This sample failed. " : "This sample was deferred. ")
        html.text(report.remark)
        html.element("p", text: "What opens and what is closed is not known; this is no negative result.")
      }
    } else {
      firstPage(&html)
      legend(&html)
      contents(&html)
      PathwayPicture(page: self).write(into: &html)
      therapies(&html)
      besideTherapies(&html)
      germline(&html)
      tests(&html)
      trials(&html)
      alterations(&html)
      nearMisses(&html)
    }
    assays(&html)
    inputs(&html)
    versions(&html)
    html.element("p", "class=\"onlyprint small\"") {
      $0.text("Folded rows are counted here, not printed; every row is in the report's JSON and TSV files.")
    }
  }

  /// The row that stands for a therapy: that of its answer, else the first that is not overridden.
  func best(of group: SectionTherapy) -> Int {
    let first = matches.therapies[group.rows[0]]
    if let best = bestRows[first.rule.therapyKey], group.rows.contains(best) { return best }
    return group.rows.first { matches.therapies[$0].verdict != .overridden } ?? group.rows[0]
  }

  /// The place of a row on the page.
  func place(of row: TherapyMatch) -> Int? { placeOfRow[RowKey(rule: row.ruleIndex, tumorType: row.tumorType)] }

  // MARK: Bottom of the page

  private func versions(_ html: inout HTMLBuffer) {
    html.element("section", "id=\"versions\" aria-labelledby=\"h-versions\"") { html in
      html.element("h2", "id=\"h-versions\"", text: "Versions")
      html.element("dl", "class=\"kv\"") { html in
        html.element("dt", text: "Program")
        html.element("dd", text: "oncomatch \(context.programVersion)")
        for source in context.table.sources {
          html.element("dt", text: "Table")
          html.element("dd") { html in
            html.text("\(source.name) \(source.version.isEmpty ? "(no version stated)" : source.version) ")
            html.element("small", text: "xxh64:\(source.digest)")
          }
        }
      }
    }
    html.newline()
  }

  /// A table that scrolls by itself on a narrow screen.
  ///
  /// - Parameter kind: What tells it from others with the same label.
  func scrolling(
    _ label: StaticString, _ html: inout HTMLBuffer, kind: String = "", body: (inout HTMLBuffer) -> Void
  ) {
    html.markup("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table: ")
    html.markup(label)
    html.text(kind)
    html.markup("\">")
    html.element("table", body: body)
    html.markup("</div>")
  }

  /// Something that stands open when it is short, else behind a line that says how much there is.
  func folded(
    _ count: Int, _ one: String, _ many: String, isOpen: Bool? = nil, _ html: inout HTMLBuffer,
    body: (inout HTMLBuffer) -> Void
  ) {
    if isOpen ?? (count <= Self.openLines) { return body(&html) }
    html.element("details") { html in
      html.element("summary", text: ReportWords.count(count, one, many))
      body(&html)
    }
  }
}
