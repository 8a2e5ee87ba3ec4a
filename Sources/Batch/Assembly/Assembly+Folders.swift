internal import DelimitedText
internal import InputFormats

extension Assembly {
  /// What was read of one file of a folder.
  private typealias Read = (index: Int, content: FileContent)

  /// The sample of a folder, unless one of its files holds several samples or its name stands for two folders.
  mutating func release(_ directory: String) -> [AssembledSample] {
    guard releasedDirectories.insert(directory).inserted else { return [] }
    let indices = layout.byDirectory[directory] ?? []
    let name = indices.first.map { layout.files[$0].sampleDirectory } ?? ""
    for index in indices { takePanels(index) }
    var read: [Read] = []
    for index in indices {
      if let content = contents.removeValue(forKey: index) { read.append((index, content)) }
    }
    let sheet = folderSheet(name, read)
    let isCohort = read.contains { $0.content.kind.sampleIDs.count { !$0.isEmpty } > 1 }
    if !isCohort, let places = layout.namesakes[name] {
      return places.first == directory ? failNamesakes(name, places, sheet) : []
    }
    let isSpokenOf = open.contains(name)
    for (index, content) in read { distribute(index, content, folder: name, sheet: sheet) }
    failUnread(read, name, sheet)
    // A sample that other files speak of too is complete only at the end.
    guard !isCohort, !isSpokenOf, var sample = open.take(name) else { return [] }
    panels.complete(&sample)
    if sample.failure.isEmpty, let problem = layout.faults[directory] { sample.failure = problem }
    open.release(name)
    return open.isReported(name) ? [sample] : []
  }

  /// The sheet that holds in a folder: its own sheets speak of its samples before the cohort's does.
  private func folderSheet(_ name: String, _ read: [Read]) -> SampleSheet? {
    let own = isSheetStated ? [] : read.compactMap(\.content.kind.sheet)
    guard !own.isEmpty else { return sheet }
    guard let sheet else { return SampleSheet.merged(own) }
    let written = Set(read.flatMap { $0.content.kind.sampleIDs }).union([name])
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

  /// A folder in which nothing was understood is a sample that failed, if one of its files was to be a table.
  private mutating func failUnread(_ read: [Read], _ name: String, _ sheet: SampleSheet?) {
    var faults: [InputError] = []
    for (_, content) in read {
      guard case .unknown(let reason) = content.kind else { return }
      faults.append(InputError(path: content.path, problem: reason))
    }
    guard !open.contains(name),
      read.contains(where: { Discovery.namesTable(layout.files[$0.index].path, inFolder: true) })
    else { return }
    for ((index, content), fault) in zip(read, faults) {
      open.add(
        RecordBatch(sampleID: ""), of: index, to: name, FileContent(path: content.path, failed: fault), sheet)
    }
  }
}
