internal import InputFormats

extension Assembly {
  /// What was read of one file of a folder.
  private typealias Read = (index: Int, outcome: FileLoader.Outcome)

  /// The sample of a folder, unless one of its files holds several samples or its name stands for two folders.
  mutating func release(_ directory: String) -> [AssembledSample] {
    guard releasedDirectories.insert(directory).inserted else { return [] }
    let indices = layout.byDirectory[directory] ?? []
    let name = indices.first.map { layout.files[$0].sampleDirectory } ?? ""
    for index in indices { takePanels(index) }
    var outcomes: [Read] = []
    for index in indices {
      if let outcome = contents.removeValue(forKey: index) { outcomes.append((index, outcome)) }
    }
    let sheet = folderSheet(name, outcomes)
    let isCohort = outcomes.contains { $0.outcome.content.batches.count { !$0.sampleID.isEmpty } > 1 }
    if !isCohort, let places = layout.namesakes[name] {
      return places.first == directory ? failNamesakes(name, places, sheet) : []
    }
    let isSpokenOf = open.contains(name)
    for (index, outcome) in outcomes { distribute(index, outcome, folder: name, sheet: sheet) }
    noteUnread(outcomes, name, sheet)
    // A sample that other files speak of too is complete only at the end.
    guard !isCohort, !isSpokenOf, var sample = open.take(name) else { return [] }
    panels.complete(&sample)
    if sample.failure.isEmpty, let problem = layout.faults[directory] { sample.failure = problem }
    open.release(name)
    return open.isReported(name) ? [sample] : []
  }

  /// The sheet that holds in a folder: its own sheets speak of its samples before the cohort's does.
  private func folderSheet(_ name: String, _ outcomes: [Read]) -> SampleSheet? {
    let own = isSheetStated ? [] : outcomes.compactMap(\.outcome.content.sheet)
    guard !own.isEmpty else { return sheet }
    guard let sheet else { return SampleSheet.merged(own) }
    let written = Set(outcomes.flatMap { $0.outcome.content.batches.map(\.sampleID) }).union([name])
    return SampleSheet.merged(own + [sheet.part(about: written.union(written.map(SampleName.printable)), and: own)])
  }

  /// A failed sample in place of several folders that have the same name.
  private mutating func failNamesakes(_ name: String, _ places: [String], _ sheet: SampleSheet?) -> [AssembledSample] {
    var failed = AssembledSample(sampleID: name, entry: sheet?.entry(for: name))
    failed.failure = "two folders have this name: \(places.joined(separator: ", ")) (give each sample its own name)"
    failed.directory = places[0]
    // With all files of these folders, so that the next run tries again.
    for (number, file) in layout.files.enumerated() where file.sampleDirectory == name {
      failed.parts.append(
        AssembledSample.Part(file: Int32(number), batch: RecordBatch(sampleID: ""), format: "unknown"))
    }
    open.use(failed.entry)
    open.release(name)
    let isOwn = layout.byDirectory[places[0]]?.first.map { open.isOwn(layout.files[$0]) } ?? false
    return open.isReported(name) || isOwn ? [failed] : []
  }

  /// Names the files of a folder that are of no known kind; a folder that has only such files is a sample of which
  /// nothing was looked at.
  private mutating func noteUnread(_ outcomes: [Read], _ name: String, _ sheet: SampleSheet?) {
    if !open.contains(name) {
      guard !outcomes.isEmpty, outcomes.allSatisfy(\.outcome.isUnknown) else { return }
      for (index, outcome) in outcomes { open.add(RecordBatch(sampleID: ""), of: index, to: name, outcome, sheet) }
    }
    for (_, outcome) in outcomes where outcome.isUnknown { open.note(unread: outcome.unreadReason, of: name) }
  }
}
