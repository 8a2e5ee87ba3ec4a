// SPDX-License-Identifier: Apache-2.0
internal import Knowledge
internal import Matching

/// The studies of a registry that a sample may enter, where one was given.
extension SamplePage {
  /// A page shows this many; the table and the JSON report hold all.
  private static let shownTrials = 50
  /// Of prose this much is shown.
  private static let shownProse = 4000

  func trials(_ html: inout HTMLBuffer) {
    guard let matches = report.matches, let trials = matches.trials else { return }
    html.element("section", "id=\"trials\" aria-labelledby=\"h-trials\"") { html in
      html.element("h2", "id=\"h-trials\"", text: "Trials")
      html.element("p", "class=\"lead\"", text: "From \(trials.sources): \(trials.summary) \(SampleTrials.limits)")
      guard !trials.matches.isEmpty else {
        html.element("p", text: "No open trial of the registry is met or unknown.")
        return
      }
      for (verdict, title) in [
        (TrialMatch.Verdict.met, "Structured conditions met"), (.unknown, "Something is not known"),
        (.notMet, "Not met"),
      ] {
        let own = trials.matches.filter { $0.verdict == verdict }
        guard !own.isEmpty else { continue }
        html.element("h3", text: "\(title) (\(own.count))")
        folded(own.count, "trial", "trials", isOpen: verdict != .notMet && own.count <= Self.openLines, &html) { html in
          table(Array(own.prefix(Self.shownTrials)), title, trials, matches, &html)
          if own.count > Self.shownTrials {
            html.element(
              "p", "class=\"soft small\"",
              text: "The first \(Self.shownTrials) of \(own.count); all are in trials.tsv and the JSON report.")
          }
        }
      }
    }
    html.newline()
  }

  private func table(
    _ rows: [TrialMatch], _ title: String, _ trials: SampleTrials, _ matches: SampleMatches, _ html: inout HTMLBuffer
  ) {
    scrolling("Trials", &html) { html in
      html.element("caption", text: "Trials: \(title.lowercased())")
      html.markup(
        """
        <thead><tr><th scope="col">Trial</th><th scope="col">Status</th><th scope="col">Met</th>\
        <th scope="col">Unknown</th><th scope="col">Alteration</th></tr></thead>
        """)
      html.element("tbody") { html in for row in rows { line(row, trials, matches, &html) } }
    }
  }

  private func line(
    _ row: TrialMatch, _ trials: SampleTrials, _ matches: SampleMatches, _ html: inout HTMLBuffer
  ) {
    let trial = trials.trial(row)
    html.element("tr") { html in
      html.element("th", "scope=\"row\"") { html in
        html.text(trials.name(row))
        html.element("div", "class=\"small\"", text: trial.title)
        if !trial.phase.isEmpty { html.element("div", "class=\"soft small\"", text: trial.phase) }
        prose(trial, &html)
      }
      html.element("td") { html in
        html.text(trials.status(row))
        let countries = (trial.countries ?? []).joined(separator: ", ")
        if !countries.isEmpty { html.element("div", "class=\"small\"", text: countries) }
        let updated = trial.updated.isEmpty ? "" : "entry of \(trial.updated), "
        html.element("div", "class=\"soft small\"", text: "\(updated)file of \(trials.file(row).date)")
      }
      html.element("td", text: row.met.map(\.words).joined(separator: "; "))
      html.element(
        "td",
        text: (row.verdict == .notMet ? row.failed.map { "not met: " + $0.words } : row.unknown.map(\.words))
          .joined(separator: "; "))
      html.element("td", text: trials.alterationWords(row, matches).joined(separator: "; "))
    }
    html.newline()
  }

  /// What nobody read, folded.
  private func prose(_ trial: Trial, _ html: inout HTMLBuffer) {
    for item in trial.unread {
      guard case .criteria(let text) = item else {
        html.element("div", "class=\"soft small\"", text: "Not read: \(item.words)")
        continue
      }
      html.element("details", "class=\"small\"") { html in
        html.element("summary", text: "Not read: \(item.words)")
        html.text(text.count > Self.shownProse ? String(text.prefix(Self.shownProse)) + " ..." : text)
      }
    }
  }
}
