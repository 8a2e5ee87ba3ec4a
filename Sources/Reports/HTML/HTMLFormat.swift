extension ReportFormat {
  /// Pages for people: of each sample, of the cohort, and of what changed.
  public static let html = ReportFormat(
    "html", isStandard: true, showsNearMisses: true,
    sample: { view in
      let page = SampleHTML.text(view.report, context: view.context, name: view.name)
      return [ReportFile(name: ".report.html", bytes: page)]
    },
    cohort: { view in
      let index = CohortHTML.text(
        samples: view.feed.samples, therapies: view.feed.therapies, alterations: view.feed.alterations,
        context: view.context, folderName: view.folderName)
      let changes = ChangesHTML.text(view.changes, context: view.context, folderName: view.folderName)
      return [ReportFile(name: "index.html", bytes: index), ReportFile(name: ChangesHTML.fileName, bytes: changes)]
    })
}
