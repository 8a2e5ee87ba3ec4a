// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge
internal import Matching

/// The first page: what was looked at, what opens, what is closed, what was not tested, what to confirm.
extension SamplePage {
  func firstPage(_ html: inout HTMLBuffer) {
    html.element("section", "id=\"summary\" class=\"first\" aria-labelledby=\"h-summary\"") { html in
      lookedAt(&html)
      // Beside each other on a wide screen, below each other on paper and on a narrow one.
      let hasTables = !summary.opened.isEmpty || !summary.folded.isEmpty || !summary.conditional.isEmpty
      html.element("div", hasTables ? "class=\"cols\"" : "class=\"cols one\"") { html in
        html.element("div") { html in
          opened(&html)
          conditional(&html)
        }
        html.element("div") { html in
          closed(&html)
          byTumorType(&html)
          missingTests(&html)
          confirmations(&html)
        }
      }
    }
    html.newline()
  }

  // MARK: What was looked at

  private func lookedAt(_ html: inout HTMLBuffer) {
    html.element("h2", "id=\"h-summary\"", text: "What was looked at")
    html.element("p", "id=\"looked\"") { html in
      html.element("strong", text: SampleSummary.assays(report))
      html.text(". " + SampleSummary.material(report) + ". ")
      if report.status != .reported {
        html.element("strong", text: SampleSummary.verdict(report))
      }
    }
    // What there is to say of the diagnosis stands under what is to be confirmed.
    if !report.remark.isEmpty { html.element("p", "class=\"small\"", text: report.remark) }
  }

  // MARK: What opens

  private func opened(_ html: inout HTMLBuffer) {
    html.element("h2") { html in
      html.markup("What an alteration opens")
      if !summary.opened.isEmpty { html.markup(" <small>in the order of their evidence; not advice</small>") }
    }
    let shown = summary.opened.prefix(SampleSummary.openLines)
    let rest = summary.opened.dropFirst(SampleSummary.openLines)
    if shown.isEmpty {
      html.element(
        "p",
        text: !SampleSummary.wasLookedAt(report)
          ? SampleSummary.notKnown(report)
          : summary.folded.isEmpty
            ? summary.nothingOpened
            : "Nothing but what is folded below.")
    } else {
      optionTable("opened", "Opened", Array(shown), &html)
    }
    let folded = Array(rest) + summary.folded
    guard !folded.isEmpty else { return }
    html.element("details") { html in
      html.element("summary", text: SampleSummary.foldWords(more: rest.count, summary.folded))
      optionTable("folded", "Further ones", folded, &html)
    }
  }

  private func conditional(_ html: inout HTMLBuffer) {
    guard !summary.conditional.isEmpty || !summary.conditionalFolded.isEmpty else { return }
    html.element("h3", text: "Waiting for a test")
    let shown = summary.conditional.prefix(summary.conditionalLines)
    if !shown.isEmpty { optionTable("waiting", "Waiting for a test", Array(shown), &html) }
    let rest = summary.conditional.dropFirst(summary.conditionalLines)
    guard !rest.isEmpty || !summary.conditionalFolded.isEmpty else { return }
    html.element("details") { html in
      html.element("summary", text: SampleSummary.foldWords(more: rest.count, summary.conditionalFolded))
      optionTable(
        "waiting-more", "Further ones", Array(rest) + summary.conditionalFolded, &html)
    }
  }

  private func optionTable(
    _ id: StaticString, _ caption: StaticString, _ options: [TherapyOption], _ html: inout HTMLBuffer
  ) {
    html.markup("<table id=\"t-")
    html.markup(id)
    html.markup("\">")
    html.element("caption") { $0.markup(caption) }
    html.markup(
      """
      <thead><tr><th scope="col">Therapy</th><th scope="col">Because of</th><th scope="col">Verdict</th>\
      <th scope="col">Tier, level</th><th scope="col">Approved for</th>\
      <th scope="col">Reference</th></tr></thead>
      """)
    html.element("tbody") { html in
      for option in options { line(option, &html) }
    }
    html.markup("</table>")
  }

  private func line(_ option: TherapyOption, _ html: inout HTMLBuffer) {
    html.element("tr") { html in
      html.element("th", "scope=\"row\"") { html in
        html.element("a", "", ("href", place(of: option.best).map { "#m\($0)" }), text: DrugName.plain(option.therapy))
        if summary.hasSeveralTypes { html.text(" (\(option.tumorType))") }
      }
      html.element("td", text: report.matches.map(option.plainBecause) ?? "")
      html.element("td") { html in
        verdict(option.verdict, &html)
        if !option.openQuestions.isEmpty {
          html.element("div", text: "test: " + option.best.plainCondition)
        }
        if let fold = option.fold { html.element("div", text: fold.words) }
        if option.verdict == .conflicting || option.verdict == .caution { opposition(option, &html) }
      }
      html.element("td") { html in
        tier(option.best.tier, &html)
        html.text(" " + option.best.rule.level.rawValue)
      }
      html.element("td", text: option.approval(context.table.reference.tumorTypes))
      html.element("td") { $0.markup(bytes: context.ruleMarkup[option.best.ruleIndex].short) }
    }
    html.newline()
  }

  /// The strongest row against a therapy that is cautioned or in conflict.
  private func opposition(_ option: TherapyOption, _ html: inout HTMLBuffer) {
    guard let row = option.bestAgainst else {
      // What the patient had before is the last that makes a therapy one for caution.
      let cautions = option.best.cautions.filter { !$0.isCount }
      let words = (cautions.filter { !$0.isOfPrior } + cautions.filter(\.isOfPrior)).prefix(2).map(\.words)
        .joined(separator: "; ")
      if !words.isEmpty { html.element("div", text: words) }
      return
    }
    // What stands in the column beside it is not said again.
    let others = row.alterations.filter { !option.because.contains($0) }
    let found =
      row.alterations.isEmpty
      ? basis(row)
      : others.isEmpty
        ? Set(row.alterations.map { matches.alterations[$0].gene }).sorted().joined(separator: ", ")
        : others.map { matches.alterations[$0].plain(under: row.rule) }.joined(separator: ", ")
    html.element("div", text: "against: \(found) (\(row.rule.level.rawValue))")
  }

  /// A reference as a link where its kind is known.
  ///
  /// - Parameter isShort: Whether a label stands without its day, which its row has.
  static func reference(_ reference: String, isShort: Bool = false, _ html: inout HTMLBuffer) {
    func words(_ words: String) -> String { isShort ? ReferenceLink.product(words) : ReferenceLink.plain(words) }
    guard let link = ReferenceLink.of(reference) else { return html.text(words(reference)) }
    html.element("a", "", ("href", link.address), text: words(link.words))
  }

  // MARK: What is closed

  private func closed(_ html: inout HTMLBuffer) {
    html.element("h2", text: "What is closed, and by what")
    guard !summary.closed.isEmpty else {
      html.element(
        "p",
        text: SampleSummary.wasLookedAt(report)
          ? "Nothing that was found closes a therapy by the table's rules."
          : SampleSummary.notKnown(report))
      return
    }
    let lines = summary.closedLines
    closings(lines.open, &html)
    guard !lines.folded.isEmpty else { return }
    html.element("details") { html in
      html.element("summary", text: SampleSummary.foldWords(lines.folded.flatMap(\.closings)))
      closings(lines.folded, &html)
    }
  }

  /// `EGFR p.T790M closes gefitinib (A2), dacomitinib (B)`, with the reference of the strongest.
  private func closings(_ lines: [SampleSummary.ClosedLine], _ html: inout HTMLBuffer) {
    html.element("ul", "class=\"lines\"") { html in
      for line in lines {
        html.element("li") { html in
          html.element("strong", text: line.found)
          html.text(line.isSeveral ? " close " : " closes ")
          html.list(line.closings) { html, closing in
            html.element(
              "a", "", ("href", place(of: closing.row).map { "#m\($0)" }), text: DrugName.plain(closing.therapy))
            html.text(" (\(closing.strength))")
          }
          // Where each has its own, it stands with the row that the name leads to.
          if line.hasOneReference, let row = line.closings.first?.row, !row.rule.references.isEmpty {
            html.text("; ")
            html.markup(bytes: context.ruleMarkup[row.ruleIndex].short)
          }
        }
      }
    }
  }

  // MARK: What stands without an alteration, what was not tested, what to confirm

  private func byTumorType(_ html: inout HTMLBuffer) {
    guard !summary.byTumorType.isEmpty else { return }
    html.element("h2", text: "What stands for this tumor without an alteration")
    html.element("p", "id=\"by-type\"") { html in
      html.list(summary.byTumorType.prefix(SampleSummary.openLines), separator: "; ") { html, option in
        html.element("a", "", ("href", place(of: option.best).map { "#m\($0)" }), text: DrugName.plain(option.therapy))
        html.text(" (\(option.best.rule.level.rawValue)")
        if option.verdict != .supported { html.text(", " + ReportWords.verdict(option.verdict)) }
        if let also = option.plainAlso(report.matches) { html.text(", " + also) }
        html.text(")")
      }
      let more = summary.byTumorType.count - SampleSummary.openLines
      if more > 0 { html.text("; and \(more) more below") }
      html.text(".")
    }
  }

  private func missingTests(_ html: inout HTMLBuffer) {
    guard !summary.tests.isEmpty else { return }
    html.element("h2", text: "Which test would open a label or guideline")
    openLines("id=\"missing\" class=\"lines\"", summary.tests.map { ($0.title, $0.words) }, &html) {
      ReportWords.count($0, "further test", "further tests") + " below."
    }
  }

  /// A list of at most as many lines as a first page has room for, and what is said of the others.
  private func openLines(
    _ attributes: StaticString, _ lines: [(title: String, words: String)], _ html: inout HTMLBuffer,
    more: (Int) -> String
  ) {
    html.element("ul", attributes) { html in
      for line in lines.prefix(SampleSummary.openLines) {
        html.element("li") { html in
          html.element("strong", text: line.title)
          html.text(": " + line.words)
        }
      }
      let others = lines.count - SampleSummary.openLines
      if others > 0 { html.element("li", text: more(others)) }
    }
  }

  private func confirmations(_ html: inout HTMLBuffer) {
    guard !summary.confirmations.isEmpty else { return }
    html.element("h2", text: "What to confirm")
    openLines("id=\"confirm\" class=\"lines\"", summary.confirmations.map { ($0.what, $0.how) }, &html) {
      "\($0) more among the alterations."
    }
  }
}

extension Caution {
  /// Whether it speaks of earlier therapies.
  fileprivate var isOfPrior: Bool { if case .requiresPrior = self { true } else { false } }

  /// Whether it counts rows and says nothing beside.
  var isCount: Bool {
    switch self {
    case .rowsFor, .rowsAgainst: true
    default: false
    }
  }
}
