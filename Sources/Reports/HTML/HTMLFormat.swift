// SPDX-License-Identifier: Apache-2.0
internal import Matching

extension ReportFormat {
  /// Pages for people: of each sample, of the cohort, and of what changed.
  package static let html = ReportFormat(
    "html", isStandard: true, details: [.nearMisses, .labelOpenings],
    sample: { view in
      let page = SampleHTML.text(view.report, context: view.context, name: view.name)
      return [ReportFile(name: ".report.html", bytes: page)]
    },
    cohort: { view in
      let index = CohortHTML.text(
        view.feed, versions: view.versions, folderName: view.folderName, hasPage: view.hasPage)
      let changes = ChangesHTML.text(
        view.changes, samples: view.feed.samples, versions: view.versions, folderName: view.folderName)
      return [ReportFile(name: "index.html", bytes: index), ReportFile(name: ChangesHTML.fileName, bytes: changes)]
    })
}
