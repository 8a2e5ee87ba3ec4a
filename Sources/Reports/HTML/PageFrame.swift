// SPDX-License-Identifier: Apache-2.0

/// What every page has: the head with its policy, the notice above all else, the statements at the bottom.
struct PageFrame {
  /// What the browser calls the page.
  let title: String
  /// What a reader who uses no mouse is taken to first: `the report`.
  let content: StaticString
  /// What the page may load: nothing but what stands in it.
  let policy: String
  /// The style sheets.
  let styles: [[UInt8]]
  /// Whether the statements begin a line of the file.
  var breaksLine = false

  /// Writes a page.
  ///
  /// - Parameters:
  ///   - top: The head of the report.
  ///   - main: The report.
  ///   - last: What stands behind all of it.
  func write(
    into html: inout HTMLBuffer, top: (inout HTMLBuffer) -> Void, main: (inout HTMLBuffer) -> Void,
    last: (inout HTMLBuffer) -> Void = { _ in }
  ) {
    html.markup("<!DOCTYPE html>\n")
    html.element("html", "lang=\"en\"") { html in
      html.element("head", body: head)
      html.newline()
      html.element("body") { html in
        html.markup("<a class=\"skip\" href=\"#main\">Skip to the ")
        html.markup(content)
        html.markup("</a>")
        html.element("header") { html in
          html.element("div", "class=\"use\"") { html in html.element("div", "class=\"wrap\"", body: notice) }
          html.element("div", "class=\"top\"") { html in html.element("div", "class=\"wrap\"", body: top) }
        }
        html.element("main", "id=\"main\" class=\"wrap\"", body: main)
        if breaksLine { html.newline() }
        html.element("footer", "class=\"foot\"") { html in html.element("div", "class=\"wrap\"", body: statements) }
        last(&html)
      }
    }
    html.newline()
  }

  private func head(_ html: inout HTMLBuffer) {
    html.markup("<meta charset=\"utf-8\">")
    html.void("meta", "http-equiv=\"Content-Security-Policy\"", ("content", policy))
    html.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
    html.markup("<meta name=\"referrer\" content=\"no-referrer\"><meta name=\"color-scheme\" content=\"light dark\">")
    html.element("title", text: title)
    for style in styles { html.element("style") { $0.markup(bytes: style) } }
  }

  private func notice(_ html: inout HTMLBuffer) {
    html.element("strong", text: ReportContext.statements[0])
    html.text(" ")
    html.text(ReportContext.statements[1])
  }

  private func statements(_ html: inout HTMLBuffer) {
    html.element("h2", text: "Use of this report")
    html.element("ul") { html in
      for statement in ReportContext.statements { html.element("li", text: statement) }
    }
  }
}

extension HTMLBuffer {
  /// A fact at the top of a page.
  mutating func fact(_ name: String, _ value: String) {
    element("div") { html in
      html.element("dt", text: name)
      html.element("dd", text: value)
    }
  }
}
