// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// What the report rests on: what was assayed, the files, and the rows that were set aside.
extension SamplePage {
  func assays(_ html: inout HTMLBuffer) {
    html.element("section", "id=\"assays\" aria-labelledby=\"h-assays\"") { html in
      html.element("h2", "id=\"h-assays\"", text: "What was assayed")
      html.element("dl", "class=\"kv\"") { html in
        html.element("dt", text: "Assayed")
        html.element(
          "dd",
          text: report.assaysSeen.isEmpty ? "none" : report.assaysSeen.map(ReportWords.assay).joined(separator: ", "))
        html.element("dt", text: "Not assayed")
        html.element(
          "dd",
          text: !wasMatched
            ? "not known; the sample was not evaluated"
            : report.assaysMissing.isEmpty
              ? "none of the four kinds" : report.assaysMissing.map(ReportWords.assay).joined(separator: ", "))
        html.element("dt", text: "Genes")
        html.element(
          "dd",
          text: report.panelSize.map { "panel of \($0) genes" } ?? "not stated; the absence of a change is unknown")
      }
    }
    html.newline()
  }

  func inputs(_ html: inout HTMLBuffer) {
    html.element("section", "id=\"inputs\" aria-labelledby=\"h-inputs\"") { html in
      html.element("h2", "id=\"h-inputs\"", text: "Input files and rows")
      html.element(
        "p", "class=\"lead\"",
        text: report.rowsRead == 0 ? "No row of this sample was read." : SampleSummary.rows(report) + ".")
      if !report.inputs.isEmpty { inputTable(&html) }
      if !report.filtered.isEmpty {
        html.element("h3", text: "Not looked at, by reason")
        html.element("ul", "class=\"small\"") { html in
          for reason in report.filtered.keys.sorted() {
            html.element("li", text: "\(reason): \(report.filtered[reason] ?? 0)")
          }
        }
      }
      if !report.inputIDs.isEmpty {
        html.element(
          "p", "class=\"small\"", text: "Identifiers in the files: \(report.inputIDs.joined(separator: ", "))")
      }
      if !report.directory.isEmpty {
        html.element("p", "class=\"small\"", text: "Folder: \(report.directory)")
      }
      if report.isTumorTypeCode {
        html.element("p", "class=\"small\"", text: "Tumor type from: \(report.tumorTypeSource)")
      }
      if !report.rejected.isEmpty {
        html.element("h3", text: "Unreadable rows")
        folded(report.rejected.count, "unreadable row", "unreadable rows", &html, body: rejectedTable)
      }
    }
    html.newline()
  }

  private func inputTable(_ html: inout HTMLBuffer) {
    scrolling("Input files", &html) { html in
      html.element("caption", text: "Rows of this sample in each file")
      html.markup(
        """
        <thead><tr><th scope="col">File</th><th scope="col">Format</th><th scope="col" class="n">Read</th>\
        <th scope="col" class="n">Met by a rule</th><th scope="col" class="n">No rule</th>\
        <th scope="col" class="n">Not looked at</th><th scope="col" class="n">Unreadable</th></tr></thead>
        """)
      html.element("tbody") { html in
        for input in report.inputs {
          html.element("tr") { html in
            html.element("th", "scope=\"row\"", text: input.path)
            html.element("td", text: input.format)
            for count in input.counts { html.element("td", "class=\"n\"") { $0.text(count) } }
          }
        }
      }
    }
  }

  private func rejectedTable(_ html: inout HTMLBuffer) {
    scrolling("Unreadable rows", &html) { html in
      html.element("caption", text: "Rows that cannot be read")
      html.markup(
        """
        <thead><tr><th scope="col">File</th><th scope="col" class="n">Line</th><th scope="col">Column</th>\
        <th scope="col">Value</th><th scope="col">Problem</th></tr></thead>
        """)
      html.element("tbody") { html in
        for error in report.rejected {
          html.element("tr") { html in
            html.element("th", "scope=\"row\"", text: error.path)
            html.element("td", "class=\"n\"") { html in if let line = error.line { html.text(line) } }
            html.element("td", text: error.column)
            html.element("td") { $0.element("code", text: error.value) }
            html.element("td", text: error.problem)
          }
        }
      }
    }
  }
}
