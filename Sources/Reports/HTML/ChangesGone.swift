// SPDX-License-Identifier: Apache-2.0
/// The part of the page of changes that names files of the last run that are not there any more.
struct ChangesGone {
  let gone: [ChangesFeed.Gone]

  private static let shownSamples = 100
  private static let shownFiles = 3

  func write(into html: inout HTMLBuffer) {
    guard !gone.isEmpty else { return }
    html.element("section", "id=\"gone\" aria-labelledby=\"h-gone\"") { html in
      html.element("h2", "id=\"h-gone\"", text: "Files that are gone")
      html.element(
        "p", "class=\"lead small\"",
        text:
          "A sample without any file left the tables; what the last run reported of it is not lost by a change of evidence. Its earlier report stays until it is removed (--prune)."
      )
      html.element("ul") { html in
        for sample in gone.prefix(Self.shownSamples) { html.element("li") { html in line(sample, &html) } }
      }
      let more = gone.count - Self.shownSamples
      if more > 0 {
        html.element("p", "class=\"small soft\"", text: "and \(ReportWords.count(more, "more sample", "more samples"))")
      }
    }
    html.newline()
  }

  private func line(_ sample: ChangesFeed.Gone, _ html: inout HTMLBuffer) {
    html.element("strong", text: sample.sampleID)
    let files = sample.files.prefix(Self.shownFiles).joined(separator: ", ")
    let more = sample.files.count - Self.shownFiles
    html.text(sample.files.count == 1 ? ": file gone" : ": files gone")
    if !files.isEmpty { html.text(": " + files + (more > 0 ? " and \(more) more" : "")) }
    html.text(
      sample.isWhole
        ? "; the sample left the tables" : sample.hasOthers ? "; the others were read" : "; no other is there")
  }
}
