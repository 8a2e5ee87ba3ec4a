internal import InputFormats

extension Assembly {
  /// Gives what a file states to the samples it speaks of.
  ///
  /// - Parameters:
  ///   - folder: The name of the folder it lies in; `nil` when it lies flat.
  ///   - sheet: The sheet that holds where it lies.
  ///   - shared: The sample of files whose names begin alike; empty when there is none.
  mutating func distribute(
    _ index: Int, _ outcome: FileLoader.Outcome, folder: String?, sheet: SampleSheet?, shared: String = ""
  ) {
    let file = layout.files[index]
    let content = outcome.content
    if outcome.isUnknown, folder == nil {
      let stem = Discovery.stem(file.path)
      if Discovery.namesTable(file.path, inFolder: false) {
        open.add(RecordBatch(sampleID: ""), of: index, to: stem, outcome, sheet)
      } else {
        unreadFlat.append((stem, outcome.unreadReason))
      }
      return
    }
    if outcome.isUnknown || content.sheet != nil || content.genePanel != nil || !content.panelsBySample.isEmpty {
      return
    }
    let named = content.batches.filter { !$0.sampleID.isEmpty }
    if !content.refusal.isEmpty, content.assays.isEmpty || content.isRefusedCohort || named.count > 1 { return }
    guard named.count <= 1 else { return distributeCohort(index, outcome, folder, sheet) }
    var own = named.first?.sampleID ?? ""
    var remark = ""
    // What a tool writes where it knows no identifier is none.
    if SamplePlaceholder.matches(own), sheet?.entry(for: own) == nil {
      remark = "'\(own)' in \(file.path) names no sample; the \(folder == nil ? "file's" : "folder's") name is used"
      own = ""
    }
    let id: String
    if !own.isEmpty, sheet?.entry(for: own) != nil, folder == nil || sheet?.entry(for: folder ?? "") == nil {
      id = own
    } else if let folder {
      id = folder
    } else {
      id = !own.isEmpty ? own : shared.isEmpty ? Discovery.stem(file.path) : shared
    }
    if content.batches.isEmpty || !content.refusal.isEmpty {
      open.add(RecordBatch(sampleID: own), of: index, to: id, outcome, sheet)
    } else {
      for batch in content.batches { open.add(batch, of: index, to: id, outcome, sheet) }
    }
    if !remark.isEmpty { open.remark(remark, of: id) }
  }

  /// Gives the rows of a table of many samples to each of them.
  private mutating func distributeCohort(
    _ index: Int, _ outcome: FileLoader.Outcome, _ folder: String?, _ sheet: SampleSheet?
  ) {
    let file = layout.files[index]
    for batch in outcome.content.batches {
      let id = batch.sampleID.isEmpty ? folder ?? Discovery.stem(file.path) : batch.sampleID
      // A folder of that name may have been reported already; whether it has depends on what was read first, and what
      // is said of the rows must not.
      let isElsewhere = folder != nil && id != folder && layout.folderNames.contains(id)
      let place = isElsewhere ? id + " in " + file.directory : id
      open.add(batch, of: index, to: place, outcome, sheet)
      guard isElsewhere else { continue }
      open.fail(
        SampleName.printable(place),
        "has rows in \(file.directory) and a folder of its own "
          + "(put a table of many samples beside the folders and not into one)")
    }
  }
}
