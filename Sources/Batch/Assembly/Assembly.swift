// SPDX-License-Identifier: Apache-2.0
internal import InputFormats
internal import SystemIO

/// The state of sorting files by sample; one thread at a time.
///
/// Flat files are sorted when all of them are there, since a sheet or a panel may be among them; folders after that, each
/// when all its files are there.
struct Assembly: Sendable {
  let layout: InputLayout
  /// Whether the sheet was named, so that sheets among the files are not used.
  let isSheetStated: Bool
  private(set) var sheet: SampleSheet?
  var panels: PanelAssignment
  var open: OpenSamples
  /// What was read and is not sorted yet, by the number of the file.
  var contents: [Int: FileContent] = [:]
  private(set) var pendingFlat: Int
  private var pendingByDirectory: [String: Int]
  var releasedDirectories: Set<String> = []
  /// The normal tissue beside each sample, as flat files name it.
  var matchedNormals = MatchedNormals()
  /// Flat files of no known kind by the sample that their names speak of.
  var unreadFlat: [(sampleID: String, reason: String)] = []
  /// What is known of samples of a file that is still being read.
  var early = EarlySamples()

  init(layout: InputLayout, sheet: SampleSheet?, panels: PanelAssignment, open: OpenSamples) {
    self.layout = layout
    self.sheet = sheet
    isSheetStated = sheet != nil
    self.panels = panels
    self.open = open
    pendingFlat = layout.flat.count
    pendingByDirectory = layout.byDirectory.mapValues(\.count)
  }

  /// Takes a file's content; returns the samples that are complete now.
  mutating func add(_ index: Int, _ content: FileContent) -> [AssembledSample] {
    contents[index] = content
    let file = layout.files[index]
    guard file.sampleDirectory.isEmpty else {
      pendingByDirectory[file.directory, default: 1] -= 1
      guard pendingFlat == 0, pendingByDirectory[file.directory] == 0 else { return [] }
      return release(file.directory)
    }
    pendingFlat -= 1
    guard pendingFlat == 0 else { return [] }
    takeFlat()
    // Folders that were complete before can go now.
    return pendingByDirectory.filter { $0.value == 0 }.keys.sorted().flatMap { release($0) }
  }

  /// Takes up what flat files say of samples and panels.
  mutating func takeSheetsAndPanels() {
    if !isSheetStated { sheet = SampleSheet.merged(layout.flat.compactMap { contents[$0]?.kind.sheet }) }
    for index in layout.flat { takePanels(index) }
  }

  private mutating func takeFlat() {
    takeSheetsAndPanels()
    noteNormals()
    let shared = SharedIdentifiers.find(in: layout, contents)
    for index in layout.flat {
      guard let content = contents.removeValue(forKey: index) else { continue }
      distribute(index, content, folder: nil, sheet: sheet, shared: shared[index] ?? "")
    }
  }

  /// Takes up what a file says of panels, whose samples other files may hold.
  mutating func takePanels(_ index: Int) {
    if let content = contents[index]?.kind { panels.take(content) }
  }

  /// All files were read: the samples that are left, and those that only the sheet knows.
  ///
  /// - Parameters:
  ///   - carried: Samples that are not read since nothing changed, or that wait.
  ///   - waiting: Samples that stay as they were whatever files say of them.
  ///   - lost: Samples of which nothing can be looked at.
  mutating func finish(
    carried: Set<String>, waiting: Set<String>, lost: [AssembledSample]
  ) -> [AssembledSample] {
    for (id, reason) in unreadFlat { open.note(unread: reason, of: id) }
    var samples = BarcodeMerge.merge(open.takeAll())
    samples.removeAll { !isSample($0) || waiting.contains($0.sampleID) }
    for index in samples.indices { panels.complete(&samples[index]) }
    if !lost.isEmpty { join(lost, to: &samples) }
    for id in carried {
      open.release(id)
      // Its row may be under a longer barcode.
      open.use(sheet?.entry(for: id))
    }
    for index in samples.indices { settle(&samples[index]) }
    noteSheet(&samples)
    leaveOutNormals(&samples)
    for entry in sheet?.entries ?? [] where open.isListedOnly(entry) {
      samples.append(AssembledSample(sampleID: entry.sampleID, entry: entry))
    }
    if !layout.deferral.isEmpty { samples = samples.map(layout.deferral.applied) }
    // By their names alone: to sort the samples would copy two of them for each comparison.
    let names = samples.map(\.sampleID)
    if zip(names, names.dropFirst()).contains(where: { $1.isBefore($0) }) {
      samples = names.indices.sorted { names[$0].isBefore(names[$1]) }.map { samples[$0] }
    }
    return samples
  }

  /// Whether what files say makes a sample that is reported here.
  ///
  /// What a table of purities says of samples that no other file speaks of makes none.
  func isSample(_ sample: AssembledSample) -> Bool {
    let speaks =
      !sample.assays.isEmpty || !sample.refusals.isEmpty || !sample.failure.isEmpty || !sample.unread.isEmpty
      || sample.entry != nil
      || sample.parts.contains { $0.batch.counts.read > 0 }
    return speaks && open.isReported(sample.sampleID)
  }

  /// A sheet of another cohort: none of its rows is of a sample that was seen; `nil` where one is.
  var sheetWarning: String? {
    guard let sheet, !open.usesSheet, let first = sheet.entries.first(where: { !$0.sampleID.isEmpty }) else {
      return nil
    }
    return
      "no row of the sample sheet is of a sample of the inputs (\(sheet.entries.count) rows, the first of \(first.sampleID) in \(first.place))"
  }

  /// Says of each sample that the sheet does not know, so that a sheet of another cohort is noticed.
  func noteSheet(_ samples: inout [AssembledSample]) {
    guard let sheet, let first = sheet.entries.first(where: { !$0.sampleID.isEmpty }) else { return }
    for index in samples.indices where samples[index].entry == nil {
      samples[index].remarks.append("the sample sheet has no row of it (its first row is of \(first.sampleID))")
    }
  }

  /// Adds samples of which nothing can be looked at; other files may speak of them.
  private mutating func join(_ lost: [AssembledSample], to samples: inout [AssembledSample]) {
    var places: [String: Int] = [:]
    for (index, sample) in samples.enumerated() { places[sample.sampleID] = index }
    // An empty folder is looked at by every part of a cohort.
    for var item in lost where !item.failure.isEmpty || item.isDeferred || open.isReported(item.sampleID) {
      if let entry = sheet?.entry(for: item.sampleID) {
        item.entry = entry
        open.use(entry)
      }
      guard let same = places[item.sampleID] else {
        places[item.sampleID] = samples.count
        samples.append(item)
        continue
      }
      if samples[same].failure.isEmpty { samples[same].failure = item.failure }
    }
  }

  /// Settles the order of a sample's files; a name that was given on before makes it fail.
  mutating func settle(_ sample: inout AssembledSample) {
    sample.settleOrder(layout.files)
    sample.remark(onLeftOut: layout.leftOut[sample.directory])
    guard !open.release(sample.sampleID) else { return }
    sample.failure = "has rows in \(sample.directory) and a folder of its own"
    sample.sampleID += " in " + sample.directory
  }
}
