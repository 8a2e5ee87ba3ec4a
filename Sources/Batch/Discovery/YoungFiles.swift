// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import InputFormats
internal import SystemIO

/// What files that lie flat and are still being written say so far: of which samples they speak.
///
/// They are looked at for that alone; nothing else of them is used before they are left alone.
struct YoungFiles: Sendable {
  /// A sheet, a panel or a file too large to look at, with which every sample waits; `nil` where there is none.
  private(set) var everything: String?
  /// The samples that each of the others speaks of, by its path.
  private(set) var samples: [String: Set<String>] = [:]
  /// Samples that get a row for them alone, each with the file.
  private(set) var rows: [String: String] = [:]

  /// A file of this size and more is not looked at, in bytes.
  private static let largeFile = 8 << 20

  /// - Parameter isSheetStated: Whether the sheet was named, so that sheets among the files are not used.
  init(_ discovery: Discovery, _ options: RunOptions, isSheetStated: Bool) {
    var loader = FileLoader(
      maxTextSize: options.maxTextSize, maxLineSize: options.maxLineSize, columns: options.settings.columnNames)
    // What is written under another name speaks of nobody before it has its own.
    for unsettled in discovery.unsettled where unsettled.file.sampleDirectory.isEmpty && !unsettled.isUnfinished {
      let file = unsettled.file
      if file.stamp.size >= Self.largeFile {
        everything = everything ?? file.path
        continue
      }
      take(loader.read(file.path).content.kind, file.path, isSheetStated)
    }
  }

  private mutating func take(_ content: InputContent, _ path: String, _ isSheetStated: Bool) {
    let stem = SampleName.printable(Discovery.stem(path))
    switch content {
    case .sampleSheet:
      if !isSheetStated { everything = everything ?? path }
      return
    case .genePanel, .samplePanels:
      everything = everything ?? path
      return
    case .alterations, .refused:
      let ids = Set(content.sampleIDs.filter { !$0.isEmpty }.map(SampleName.printable))
      samples[path] = ids.union([stem])
      for id in ids.isEmpty ? [stem] : ids { rows[id] = path }
    case .unknown, .failed:
      samples[path] = [stem]
      if Discovery.namesTable(path, inFolder: false) { rows[stem] = path }
    }
  }
}

extension Discovery {
  /// Says why, of what is left for the next run.
  static func reasonToDefer(_ path: String) -> String { "waits for \(path), which \(young)" }

  /// Notes samples that are left for the next run, or are told of a file that is, since a file that lies flat is still being written.
  ///
  /// - Parameter isKept: Whether a sample is one of those that this run does.
  mutating func leave(_ young: YoungFiles, isKept: (String) -> Bool) {
    if let path = young.everything, deferral.everything.isEmpty { deferral.everything = Self.reasonToDefer(path) }
    for (path, ids) in young.samples.sorted(by: { $0.key < $1.key }) {
      for id in ids where waiting.samples[id] == nil { deferral.files[id] = "\(path) \(Self.young)" }
    }
    deferral.rows = Set(young.rows.keys.filter { waiting.samples[$0] == nil && isKept($0) })
    deferral.waiting = Set(waiting.samples.keys)
  }
}
