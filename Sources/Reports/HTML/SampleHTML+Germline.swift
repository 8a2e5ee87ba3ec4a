// SPDX-License-Identifier: Apache-2.0
internal import Knowledge
internal import Matching

/// What concerns the patient and not the tumor: findings in the germline, alleles for the dose of drugs.
extension SamplePage {
  var germline: GermlineFindings { GermlineFindings(report.matches, context.table.reference) }

  func germline(_ html: inout HTMLBuffer) {
    let found = germline
    guard !found.isEmpty else { return }
    named(
      "germline", "Germline findings and dose safety",
      lead: "What concerns the patient and the family, not the tumor alone; nothing here was tested for that purpose.",
      &html
    ) { html in
      if !found.findings.isEmpty { findings(found.findings, &html) }
      if !found.alleles.isEmpty {
        html.element("h3", text: "Alleles that matter for the dose of drugs")
        html.element("ul", "class=\"lines\"") { html in
          for item in found.alleles { allele(item, &html) }
        }
      }
    }
  }

  private func findings(_ findings: [GermlineFindings.Finding], _ html: inout HTMLBuffer) {
    scrolling("Findings in the germline", &html) { html in
      html.element("caption", text: "Changes that are, or may well be, in the germline")
      html.markup(
        """
        <thead><tr><th scope="col">Finding</th><th scope="col">Origin</th><th scope="col">Classification</th>\
        <th scope="col">Predisposition</th><th scope="col">Therapies</th></tr></thead>
        """)
      html.element("tbody") { html in
        for finding in findings {
          let annotated = matches.alterations[finding.alteration]
          html.element("tr") { html in
            html.element("th", "scope=\"row\"", text: annotated.gene + " " + annotated.plain)
            html.element("td") { html in
              html.text(finding.origin)
              html.element("div", "class=\"small\"", text: GermlineFindings.advice)
            }
            html.element("td", text: annotated.classification)
            html.element("td", text: finding.predisposition)
            html.element("td", text: finding.therapies.isEmpty ? "none" : finding.therapies.joined(separator: ", "))
          }
          html.newline()
        }
      }
    }
  }

  private func allele(_ item: GermlineFindings.Allele, _ html: inout HTMLBuffer) {
    html.element("li") { html in
      html.text(item.words + "; " + GermlineFindings.advice + " (written: ")
      html.element("code", text: matches.alterations[item.alteration].asWritten)
      html.text("), ")
      Self.reference(item.allele.reference, &html)
    }
  }
}
