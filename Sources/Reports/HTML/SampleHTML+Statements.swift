// SPDX-License-Identifier: Apache-2.0
internal import Knowledge
internal import Matching

/// What the findings say of diagnosis, prognosis, predisposition and function; none of it is a therapy.
extension SamplePage {
  /// The rows of context.tsv.
  var statementRows: [StatementMatch] { report.matches?.statements ?? [] }

  func besideTherapies(_ html: inout HTMLBuffer) {
    guard let matches = report.matches, !matches.statements.isEmpty else { return }
    named(
      "statements", "Diagnosis, prognosis and function",
      lead: "What the findings say beside therapies, for this tumor type or any; it ranks no therapy.", &html
    ) { html in
      for kind in Rule.Statement.Kind.allCases {
        let rows = matches.statements.filter { $0.statement.kind == kind }
        guard !rows.isEmpty else { continue }
        html.element("h3", text: "\(kind.title) (\(rows.count))")
        folded(rows.count, "statement", "statements", isOpen: rows.count <= Self.openTherapies, &html) { html in
          table(kind, rows, matches, &html)
        }
      }
    }
  }

  private func table(
    _ kind: Rule.Statement.Kind, _ rows: [StatementMatch], _ matches: SampleMatches, _ html: inout HTMLBuffer
  ) {
    scrolling("Statements: ", &html, kind: kind.title) { html in
      html.element("caption", text: kind.title)
      html.markup(
        """
        <thead><tr><th scope="col">Finding</th><th scope="col">What is said of it</th><th scope="col">Level</th>\
        <th scope="col">Tumor</th><th scope="col">Reference</th></tr></thead>
        """)
      html.element("tbody") { html in
        for row in rows { statement(row, matches, &html) }
      }
    }
  }

  private func statement(_ row: StatementMatch, _ matches: SampleMatches, _ html: inout HTMLBuffer) {
    let words = StatementWords(row, matches)
    html.element("tr") { html in
      html.element("th", "scope=\"row\"", text: words.basis)
      html.element("td") { html in
        html.text(words.claim(context.table.reference.tumorTypes))
        if !row.openQuestions.isEmpty {
          html.element("div", "class=\"small\"", text: "test: " + row.plainCondition)
        }
        let cautions = row.cautions.map(\.words).joined(separator: "; ")
        if !cautions.isEmpty { html.element("div", "class=\"small\"", text: cautions) }
        if !row.rule.note.isEmpty { html.element("div", "class=\"soft small\"", text: row.rule.note) }
      }
      html.element("td", text: row.rule.level.rawValue)
      html.element("td", "class=\"small\"", text: ReportWords.proximity(row.proximity))
      html.element("td", "class=\"small\"") { html in
        html.list(row.rule.references, separator: ", ") { html, reference in Self.reference(reference, &html) }
        html.text(" (\(row.rule.id)")
        if !row.supportingRules.isEmpty { html.text(" and \(row.supportingRules.count) more") }
        html.text(")")
      }
    }
    html.newline()
  }
}
