// SPDX-License-Identifier: Apache-2.0
internal import InputFormats

/// Which files a part of a cohort has to read.
///
/// A folder that holds one sample is read by that sample's part alone. Files that lie flat, and folders that hold
/// several samples, are read by every part, which keeps its own samples. What a folder holds is told from the beginning
/// of its files; where the sample sheet has a row of the folder's name, no file is opened.
struct PartSelection: Sendable {
  let part: CohortPart
  /// Folders that all parts read, by path.
  private var sharedFolders: Set<String> = []

  /// Whether all parts read a file.
  func isShared(_ file: InputFile) -> Bool {
    file.sampleDirectory.isEmpty || sharedFolders.contains(file.directory)
  }

  /// - Parameters:
  ///   - discovery: All that was found; what other parts do is taken out.
  ///   - sheet: The sheet that was named; `nil` to use those that lie flat.
  init(_ part: CohortPart, of discovery: inout Discovery, sheet: SampleSheet?, maxTextSize: Int) {
    var byDirectory: [String: [InputFile]] = [:]
    for file in discovery.files where !file.sampleDirectory.isEmpty {
      byDirectory[file.directory, default: []].append(file)
    }
    var places: [String: Int] = [:]
    for own in byDirectory.values { places[own[0].sampleDirectory, default: 0] += 1 }
    let sheet = sheet ?? Self.flatSheet(discovery.files, maxTextSize)
    let part = part.together(by: sheet)
    self.part = part
    var isSharedFolder: [String: Bool] = [:]
    for (directory, files) in byDirectory {
      let name = files[0].sampleDirectory
      switch Self.owner(name, files, isOnly: places[name] == 1, sheet) {
      case .shared: isSharedFolder[directory] = true
      case .sample(let id) where part.mayHold(id): isSharedFolder[directory] = false
      case .sample: break
      }
    }
    let hasFiles = Set(byDirectory.keys)
    discovery.keep(
      files: { $0.sampleDirectory.isEmpty || isSharedFolder[$0.directory] != nil },
      folders: { directory, name in
        hasFiles.contains(directory) ? isSharedFolder[directory] != nil : part.reports(name, isOwned: false)
      })
    sharedFolders = Set(isSharedFolder.filter(\.value).keys)
  }

  private enum Owner {
    case shared
    case sample(String)
  }

  private static func owner(_ name: String, _ files: [InputFile], isOnly: Bool, _ sheet: SampleSheet?) -> Owner {
    if isOnly, sheet?.entry(for: name) != nil { return .sample(name) }
    var contents: [InputContent] = []
    for file in files {
      guard let content = FileContent.beginning(of: file.path) else { return .shared }
      switch content.kind {
      case .genePanel, .samplePanels: return .shared
      case .alterations, .sampleSheet, .refused, .unknown, .failed: contents.append(content.kind)
      }
    }
    // A folder's own sheets speak of its samples before the cohort's do.
    let own = contents.compactMap(\.sheet)
    let known = own.isEmpty ? sheet : SampleSheet.merged(own + [sheet].compactMap { $0 })
    var ids: Set<String> = []
    for content in contents where content.sheet == nil {
      let named = content.sampleIDs.filter { !$0.isEmpty }
      if named.count > 1 { return .shared }
      let id = named.first ?? ""
      let isKnown = isOnly && !id.isEmpty && known?.entry(for: id) != nil && known?.entry(for: name) == nil
      ids.insert(isKnown ? id : name)
    }
    return ids.count > 1 ? .shared : .sample(ids.first ?? name)
  }

  private static func flatSheet(_ files: [InputFile], _ maxTextSize: Int) -> SampleSheet? {
    var task = FileLoader(maxTextSize: maxTextSize)
    var sheets: [SampleSheet] = []
    for file in files where file.sampleDirectory.isEmpty && FileContent.beginning(of: file.path)?.kind.sheet != nil {
      if let sheet = task.read(file.path).content.kind.sheet { sheets.append(sheet) }
    }
    return SampleSheet.merged(sheets)
  }
}

extension Discovery {
  /// Takes out what another machine does.
  fileprivate mutating func keep(files isKept: (InputFile) -> Bool, folders: (String, String) -> Bool) {
    // Unsettled files keep their places among those that are left.
    var before = [0]
    for file in files { before.append(before[before.count - 1] + (isKept(file) ? 1 : 0)) }
    unsettled = unsettled.filter {
      $0.file.sampleDirectory.isEmpty || folders($0.file.directory, $0.file.sampleDirectory)
    }
    for index in unsettled.indices { unsettled[index].place = before[unsettled[index].place] }
    ofOtherParts = files.filter { !isKept($0) }.map(\.path)
    files.removeAll { !isKept($0) }
    unreadable.removeAll { !$0.sampleDirectory.isEmpty && !folders($0.directory, $0.sampleDirectory) }
    deferredDirectories = deferredDirectories.filter { folders($0.key, $0.value) }
    keepLeftOut(of: folders)
  }
}
