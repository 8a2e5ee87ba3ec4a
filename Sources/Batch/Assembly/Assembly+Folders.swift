// SPDX-License-Identifier: Apache-2.0
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
    noteUnread(read, name, sheet)
    // A sample that other files speak of too is complete only at the end.
    guard !isCohort, !isSpokenOf, var sample = open.take(name) else { return [] }
    panels.complete(&sample)
    if sample.failure.isEmpty, let problem = layout.faults[directory] { sample.failure = problem }
    sample.remark(onLeftOut: layout.leftOut[directory])
    open.release(name)
    var samples = [sample]
    leaveOutNormals(&samples)
    let isHere = open.isReported(name) && !layout.deferral.waiting.contains(name)
    return isHere ? samples.map { layout.deferral.applied(to: $0) } : []
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

  /// Names the files of a folder that are of no known kind; a folder that has only such files is a sample of which
  /// nothing was looked at.
  private mutating func noteUnread(_ read: [Read], _ name: String, _ sheet: SampleSheet?) {
    let unread = read.filter { $0.content.isUnknown }
    if !open.contains(name) {
      guard !read.isEmpty, unread.count == read.count else { return }
      for (index, content) in unread { open.add(RecordBatch(sampleID: ""), of: index, to: name, content, sheet) }
      return
    }
    for (_, content) in unread { open.note(unread: content.unreadReason, of: name) }
    for (_, content) in read {
      // What describes a study is no loss, and the sample is told of it.
      guard case .refused(let refusal) = content.kind, refusal.assays.isEmpty else { continue }
      open.note(unread: "\(content.path): \(refusal.reason), not read", of: name)
    }
  }
}

extension FileContent {
  /// Whether the file is of no known kind.
  var isUnknown: Bool {
    if case .unknown = kind { return true }
    return false
  }

  /// What a file of no known kind is, with its path.
  var unreadReason: String {
    if case .unknown(let reason) = kind { return "\(path): \(reason), not read" }
    return ""
  }
}
