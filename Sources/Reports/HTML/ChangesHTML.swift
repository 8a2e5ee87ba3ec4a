// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import Matching
internal import Knowledge

/// Writes the page of what changed for whom since the last run: changes.tsv for people.
///
/// It depends on the run before and so stands apart from the samples' pages, which link here.
package enum ChangesHTML {
  /// The page's name in the output folder.
  static let fileName = "changes.html"

  /// The page's bytes, UTF-8.
  ///
  /// - Parameter samples: The content of samples.tsv, for the patients' names.
  package static func text(
    _ feed: ChangesFeed, samples: [UInt8] = [], versions: RunVersions, folderName: @escaping (String) -> String
  ) -> [UInt8] {
    var html = HTMLBuffer(capacity: 16_000 + 2 * feed.rows.count)
    ChangesPage(feed: feed, patients: patients(samples), versions: versions, folderName: folderName).write(into: &html)
    return html.bytes
  }

  /// The patients of samples that state one.
  private static func patients(_ samples: [UInt8]) -> [String: String] {
    guard !samples.isEmpty else { return [:] }
    var row = TSVRow(table: samples)
    let (sample, patient) = (row.header.column("sample_id"), row.header.column("patient_id"))
    var found: [String: String] = [:]
    while row.next() {
      if !row.value(patient).isEmpty { found[row.value(sample)] = row.value(patient) }
    }
    return found
  }

  /// The place of a sample's changes, as a page in the sample's folder links to it.
  static func address(fromSample name: String) -> String { "../../\(fileName)#\(anchor(ReferenceLink.encoded(name)))" }

  /// The identifier of a sample's section.
  static func anchor(_ name: String) -> String { "s-\(name)" }
}

/// The page of changes under construction.
private struct ChangesPage {
  let feed: ChangesFeed
  let patients: [String: String]
  let versions: RunVersions
  let folderName: (String) -> String

  private static let sheet = PageStyle.Sheet(PageStyle.cohort)

  /// The rows of one sample.
  private struct Section {
    let sample: String
    var rows: [Change]
  }

  /// A row of changes.tsv.
  private struct Change {
    let therapy: String
    let direction: String
    let change: String
    let before: String
    let after: String
    let cause: String
    let rule: String
    let alteration: String

    init(_ row: TSVRow) {
      func text(_ name: String) -> String { row.value(row.header.column(name)) }
      (therapy, direction, change) = (text("therapy"), text("direction"), text("change"))
      (before, after) = (text("before"), text("after"))
      (cause, rule, alteration) = (text("cause"), text("rule_id"), text("alteration"))
    }
  }

  private var sections: [Section] {
    var sections: [Section] = []
    var row = TSVRow(feed.rows, header: OutputTable.changes.header)
    let sampleID = row.header.column("sample_id")
    while row.next() {
      let sample = row.value(sampleID)
      if sections.last?.sample == sample {
        sections[sections.count - 1].rows.append(Change(row))
      } else {
        sections.append(Section(sample: sample, rows: [Change(row)]))
      }
    }
    // Samples of one patient stand together, where the first of them stands.
    var first: [String: Int] = [:]
    let places = sections.enumerated().map { place, section in
      guard let patient = patients[section.sample] else { return place }
      if first[patient] == nil { first[patient] = place }
      return first[patient] ?? place
    }
    return zip(places, sections).enumerated().sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }
      .map(\.element.1)
  }

  func write(into html: inout HTMLBuffer) {
    PageFrame(
      title: "New since the last run: oncomatch report", content: "changes", policy: Self.sheet.policy,
      styles: [Self.sheet.bytes]
    ).write(into: &html, top: header, main: main)
  }

  private func main(_ html: inout HTMLBuffer) {
    let sections = sections
    if feed.rowCount > 0 { summary(&html) }
    ChangesGone(gone: feed.gone).write(into: &html)
    therapies(sections, &html)
    for section in sections { write(section, &html) }
    if feed.rowCount > ChangesFeed.shownRows {
      html.element(
        "p", "class=\"lead\"",
        text: "The first \(ChangesFeed.shownRows) of \(feed.rowCount) changes; all are in changes.tsv.")
    }
  }

  private func header(_ html: inout HTMLBuffer) {
    html.element("p", "class=\"kick\"") { html in
      html.markup("<a href=\"index.html\">Cohort report</a>")
    }
    html.element("h1", text: "New since the last run")
    html.element("p", "class=\"lead\"", text: lead)
    html.element("dl", "class=\"facts\"") { html in
      if let earlier = feed.earlier {
        html.fact("Last run", earlier.started)
        html.fact("Table then", earlier.tables.joined(separator: ", "))
        html.fact("Program then", "oncomatch \(earlier.programVersion)")
      }
      html.fact("Table now", versions.tables.joined(separator: ", "))
      html.fact("Program now", "oncomatch \(versions.program)")
    }
  }

  private var lead: String {
    if feed.earlier == nil { return "This was the first run: there is nothing to compare with." }
    if feed.rowCount == 0 {
      return "Nothing changed for any sample that both runs report." + (feed.gone.isEmpty ? "" : " Files are gone.")
    }
    let changes = ReportWords.count(feed.rowCount, "change", "changes")
    return "\(changes) in \(ReportWords.count(feed.sampleCount, "sample", "samples")) that both runs report."
  }

  private func summary(_ html: inout HTMLBuffer) {
    html.element("section", "aria-labelledby=\"h-summary\"") { html in
      html.element("h2", "id=\"h-summary\"", text: "In short")
      html.element("table") { html in
        html.element("caption", text: "Changes by kind and cause")
        html.markup(
          """
          <thead><tr><th scope="col">Change</th><th scope="col">Cause</th><th scope="col" class="n">Rows</th></tr></thead>
          """)
        html.element("tbody") { html in
          for kind in feed.counts.keys.sorted(by: { ($0.change, $0.cause) < ($1.change, $1.cause) }) {
            html.element("tr") { html in
              html.element("th", "scope=\"row\"", text: Self.words(change: kind.change))
              html.element("td", text: Self.words(cause: kind.cause))
              html.element("td", "class=\"n\"") { $0.text(feed.counts[kind] ?? 0) }
            }
          }
        }
      }
    }
    html.newline()
  }

  /// The changes by therapy: whom each concerns, and by what.
  private func therapies(_ sections: [Section], _ html: inout HTMLBuffer) {
    var byTherapy: [String: [(sample: String, change: Change)]] = [:]
    for section in sections {
      for change in section.rows { byTherapy[change.therapy, default: []].append((section.sample, change)) }
    }
    guard !byTherapy.isEmpty else { return }
    let shown = byTherapy.map { (name: $0.key, changes: $0.value, strength: Self.strength($0.value.map(\.change))) }
      .sorted { ($0.strength, -$0.changes.count, $0.name) < ($1.strength, -$1.changes.count, $1.name) }
    html.element("section", "id=\"by-therapy\" aria-labelledby=\"h-therapies\"") { html in
      html.element("h2", "id=\"h-therapies\"", text: "By therapy")
      html.element("div", "class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table: changes by therapy\"") {
        html in
        html.element("table") { html in
          html.element("caption", text: "Therapies with the samples that they changed for, strongest tier first")
          html.markup(
            """
            <thead><tr><th scope="col">Therapy</th><th scope="col" class="n">Changes</th><th scope="col">Whom</th></tr>\
            </thead>
            """)
          html.element("tbody") { html in
            for entry in shown.prefix(Self.shownTherapies) { therapy(entry.name, entry.changes, &html) }
          }
        }
      }
      if shown.count > Self.shownTherapies {
        html.element(
          "p", "class=\"small soft\"",
          text: "The first \(Self.shownTherapies) of \(shown.count) therapies; all are in changes.tsv.")
      }
    }
    html.newline()
  }

  private static let shownTherapies = 100
  private static let shownSamples = 8

  private func therapy(
    _ name: String, _ changes: [(sample: String, change: Change)], _ html: inout HTMLBuffer
  ) {
    html.element("tr") { html in
      html.element("th", "scope=\"row\"", text: DrugName.plain(name))
      html.element("td", "class=\"n\"") { $0.text(changes.count) }
      html.element("td") { html in
        html.list(changes.prefix(Self.shownSamples), separator: "; ") { html, entry in
          html.element(
            "a", "", ("href", "#" + ReferenceLink.encoded(ChangesHTML.anchor(folderName(entry.sample)))),
            text: entry.sample)
          if let patient = patients[entry.sample] { html.text(" (patient \(patient))") }
          let change = entry.change
          html.text(": " + Self.words(change: change.change))
          if !change.before.isEmpty, !change.after.isEmpty {
            html.text(", from \(Self.words(answer: change.before)) to \(Self.words(answer: change.after))")
          }
          if !change.alteration.isEmpty { html.text(" (" + Self.alterations(change.alteration) + ")") }
        }
        if changes.count > Self.shownSamples { html.text("; and \(changes.count - Self.shownSamples) more") }
      }
    }
    html.newline()
  }

  /// A list of a table in words.
  private static func list(_ cell: String) -> String { cell.replacing(";", with: ", ") }

  private func write(_ section: Section, _ html: inout HTMLBuffer) {
    let name = folderName(section.sample)
    let folder = ReferenceLink.encoded(name)
    html.element("section", "", ("id", ChangesHTML.anchor(name)), ("aria-label", section.sample)) { html in
      html.element("h2") { html in
        html.element("a", "", ("href", "samples/\(folder)/\(folder).report.html"), text: section.sample)
        if let patient = patients[section.sample] {
          html.element("span", "class=\"soft small\"", text: " patient \(patient)")
        }
      }
      html.element(
        "div", "class=\"scroll\" tabindex=\"0\" role=\"region\"", ("aria-label", "Table: changes of \(section.sample)")
      ) { html in
        html.element("table") { html in
          html.element("caption", text: ReportWords.count(section.rows.count, "change", "changes"))
          html.markup(
            """
            <thead><tr><th scope="col">Therapy</th><th scope="col">Alteration</th><th scope="col">Direction</th>\
            <th scope="col">Change</th>\
            <th scope="col">Before</th><th scope="col">After</th><th scope="col">Cause</th><th scope="col">Rule</th></tr>\
            </thead>
            """)
          html.element("tbody") { html in
            for row in section.rows { write(row, &html) }
          }
        }
      }
    }
    html.newline()
  }

  private func write(_ row: Change, _ html: inout HTMLBuffer) {
    html.element("tr") { html in
      html.element("th", "scope=\"row\"", text: DrugName.plain(row.therapy))
      html.element("td", text: Self.alterations(row.alteration))
      html.element("td", text: row.direction.withSpaces)
      html.element("td") { html in html.element("strong", text: Self.words(change: row.change)) }
      html.element("td", text: row.before.isEmpty ? "none" : Self.words(answer: row.before))
      html.element("td", text: row.after.isEmpty ? "none" : Self.words(answer: row.after))
      html.element("td", text: Self.words(cause: row.cause))
      html.element("td", text: Self.list(row.rule))
    }
    html.newline()
  }

  /// The place of the strongest tier that a therapy had or has.
  private static func strength(_ changes: [Change]) -> Int {
    let tiers = changes.flatMap { [$0.before, $0.after] }.compactMap { answer in
      Tier.Step.allCases.firstIndex { answer.hasPrefix($0.rawValue + " ") || answer.hasPrefix("R:\($0.rawValue) ") }
    }
    return tiers.min() ?? Tier.Step.allCases.count
  }

  /// An answer in words: `I-A supported`; `closed, R:I-A` where what was found speaks against the therapy.
  private static func words(answer: String) -> String {
    guard answer.hasPrefix("R:") else { return answer.withSpaces }
    let parts = answer.split(separator: " ", maxSplits: 1)
    let verdict = parts.count == 2 && parts[1] != "supported" ? ", " + String(parts[1]).withSpaces : ""
    return "closed, \(parts[0])\(verdict)"
  }

  /// The alterations of a cell, each once, without the rules behind them: `KIT p.V654A (D, R0379);KIT p.V654A (E, R1397)`
  /// as `KIT p.V654A`.
  private static func alterations(_ cell: String) -> String {
    var found: [Substring] = []
    for item in cell.split(separator: ";") {
      var name = item
      if item.hasSuffix(")"), let mark = item.lastIndex(of: "("), item[mark...].contains(", ") {
        name = item[..<mark].dropLast()
      }
      if !found.contains(name) { found.append(name) }
    }
    return PlainCell.alterations(found.joined(separator: ";"))
  }

  /// A change in words; a word that is not known stands as it is.
  private static func words(change: String) -> String {
    switch change {
    case "gained": "+ gained"
    case "lost": "\u{2212} lost"
    case "tier_up": "\u{2191} stronger tier"
    case "tier_down": "\u{2193} weaker tier"
    case "verdict": "other verdict"
    default: change
    }
  }

  private static func words(cause: String) -> String {
    switch cause {
    case "input": "input or settings"
    case "table": "new table"
    case "program": "new program"
    default: cause
    }
  }
}
