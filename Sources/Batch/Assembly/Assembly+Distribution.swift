// SPDX-License-Identifier: Apache-2.0
internal import InputFormats

extension Assembly {
  /// Gives what a file states to the samples it speaks of.
  ///
  /// - Parameters:
  ///   - folder: The name of the folder it lies in; `nil` when it lies flat.
  ///   - sheet: The sheet that holds where it lies.
  ///   - shared: The sample of files whose names begin alike; empty when there is none.
  mutating func distribute(
    _ index: Int, _ content: FileContent, folder: String?, sheet: SampleSheet?, shared: String = ""
  ) {
    let file = layout.files[index]
    switch content.kind {
    case .sampleSheet, .genePanel, .samplePanels: break
    case .unknown:
      // Those of a folder are named when all of it was read.
      guard folder == nil else { return }
      let stem = Discovery.stem(file.path)
      guard Discovery.namesTable(file.path, inFolder: false) else {
        unreadFlat.append((stem, content.unreadReason))
        return
      }
      open.add(RecordBatch(sampleID: ""), of: index, to: stem, content, sheet)
    case .refused(let refusal):
      if refusal.assays.isEmpty || refusal.isCohort { return }
      let id = identifier(refusal.sampleID, file, folder, sheet, shared)
      open.add(RecordBatch(sampleID: refusal.sampleID), of: index, to: id, content, sheet)
    case .failed:
      open.add(RecordBatch(sampleID: ""), of: index, to: identifier("", file, folder, sheet, shared), content, sheet)
    case .alterations(let rows):
      let named = rows.batches.filter { !$0.sampleID.isEmpty }
      guard named.count <= 1, !rows.isRest else {
        return distributeCohort(index, content, rows.batches, folder, sheet, shared)
      }
      var own = named.first?.sampleID ?? ""
      // What a tool writes where it knows no identifier is none.
      let isPlaceholder = SamplePlaceholder.matches(own) && sheet?.entry(for: own) == nil
      let written = own
      if isPlaceholder { own = "" }
      var id = identifier(own, file, folder, sheet, shared)
      let fault = elsewhere(id, file, folder)
      if fault != nil { id += " in " + file.directory }
      let batches = rows.batches.isEmpty ? [RecordBatch(sampleID: own)] : rows.batches
      for batch in batches { open.add(batch, of: index, to: id, content, sheet) }
      if let fault { open.fail(SampleName.printable(id), fault) }
      if isPlaceholder { remark(onPlaceholder: written, file, folder, of: id) }
    }
  }

  /// Why rows in a folder cannot be those of a sample: it has another folder, of its own name; `nil` where they can.
  ///
  /// That folder may have been reported already; whether it has depends on what was read first, and what is said of the
  /// rows must not.
  private func elsewhere(_ id: String, _ file: InputFile, _ folder: String?) -> String? {
    guard let folder, id != folder, layout.folderNames.contains(id) else { return nil }
    return "has rows in \(file.directory) and a folder of its own"
  }

  private mutating func remark(onPlaceholder written: String, _ file: InputFile, _ folder: String?, of id: String) {
    open.remark(
      "'\(written)' in \(file.path) names no sample; the name of the \(folder == nil ? "file" : "folder") is used",
      of: id)
  }

  /// Gives rows under a word that tools write for no identifier, beside other identifiers, to the sample of the file.
  ///
  /// Those under a word for normal tissue are no tumor's and are left out, under a name of their own.
  private mutating func distribute(
    placeholder batch: RecordBatch, _ index: Int, _ content: FileContent, _ id: String, _ folder: String?,
    _ sheet: SampleSheet?
  ) {
    let file = layout.files[index]
    guard SamplePlaceholder.isNormal(batch.sampleID) else {
      open.add(batch, of: index, to: id, content, sheet)
      return remark(onPlaceholder: batch.sampleID, file, folder, of: id)
    }
    let normal = "\(id)-\(batch.sampleID)"
    open.add(batch, of: index, to: normal, content, sheet)
    open.leaveOut(
      normal, "is normal tissue by its identifier ('\(batch.sampleID)' in \(file.path)) and is left out")
  }

  /// The sample of a file that speaks of one: what the file calls it where only that is in the sheet, else the folder.
  private func identifier(
    _ own: String, _ file: InputFile, _ folder: String?, _ sheet: SampleSheet?, _ shared: String
  ) -> String {
    if !own.isEmpty, sheet?.entry(for: own) != nil, folder == nil || sheet?.entry(for: folder ?? "") == nil {
      return own
    }
    if let folder { return folder }
    return !own.isEmpty ? own : shared.isEmpty ? Discovery.stem(file.path) : shared
  }

  /// Gives the rows of a table of many samples to each of them.
  private mutating func distributeCohort(
    _ index: Int, _ content: FileContent, _ batches: [RecordBatch], _ folder: String?, _ sheet: SampleSheet?,
    _ shared: String
  ) {
    let file = layout.files[index]
    for batch in batches {
      if SamplePlaceholder.standsAmongOthers(batch.sampleID), sheet?.entry(for: batch.sampleID) == nil {
        distribute(placeholder: batch, index, content, identifier("", file, folder, sheet, shared), folder, sheet)
        continue
      }
      let id = batch.sampleID.isEmpty ? folder ?? Discovery.stem(file.path) : batch.sampleID
      let fault = elsewhere(id, file, folder)
      let place = fault == nil ? id : id + " in " + file.directory
      open.add(batch, of: index, to: place, content, sheet)
      if let fault {
        open.fail(
          SampleName.printable(place), fault + " (put a table of many samples beside the folders and not into one)")
      }
    }
  }
}
