// SPDX-License-Identifier: Apache-2.0
internal import InputFormats

/// Samples that are given on while the only file that speaks of samples is still being read.
///
/// Such a sample has all its rows as far as can be told: those of the next one have begun. Known by then is all that
/// else makes a sample: sheets and panels, which are read before the first one goes; that a gene of the file is known;
/// that columns which decide on its rows are filled. What may turn out later, and then undoes it:
///
/// - its identifier comes again, or one that is printed alike; where many do, all is undone at once and the file is read
///   anew from its beginning, to its end first;
/// - another sample names it as its normal tissue;
/// - the file is damaged, was changed while it was read, gives no calls after all, or counts positions in two ways.
///
/// Barcodes of TCGA, which may be joined at the end, and a sample that is called like the file end the giving on.
struct EarlySamples: Sendable {
  /// No more samples are given on: rows of a sample do not stand together, or names may be joined.
  var isOver = false
  /// The file of which samples are given on; `nil` before the first one.
  var file: Int?
  /// Whether a gene of the file is known, or cannot be.
  var knowsGenes = false
  /// Samples in which no gene was.
  var looked = 0
  /// Parts of samples that came again.
  var again = 0

  /// So many may come again, and such a share of those that were given on: 1 in 8.
  static let (mostAgain, leastShare) = (4, 8)

  /// What becomes of samples that were given on, once their file is read.
  enum Verdict {
    /// None was.
    case noneWas
    /// They stay, and the file's other samples follow.
    case stay
    /// Some are done again with the rest of the file; it is to be read again without those that stay.
    case again(Set<String>)
    /// None stays; whether the file is to be read again.
    case noneStays(readAgain: Bool)
  }
}

extension Assembly {
  /// Whether a file is the only one that speaks of samples, and the last to be read.
  private func isLastOfAll(_ index: Int) -> Bool {
    pendingFlat == 1 && contents[index] == nil && layout.byDirectory.isEmpty && layout.folderNames.isEmpty
      && layout.deferral.isEmpty && layout.deferral.waiting.isEmpty && layout.deferral.rows.isEmpty
      && unreadFlat.isEmpty
      && contents.values.allSatisfy { content in
        guard content.fault == nil else { return false }
        switch content.kind {
        case .sampleSheet, .genePanel, .samplePanels: return true
        case .alterations, .refused, .unknown, .failed: return false
        }
      }
  }

  /// Takes the samples that are complete out of what was read of a file.
  ///
  /// - Parameters:
  ///   - isGrouped: Whether rows of each sample stand together in what was read last.
  ///   - head: What holds of any sample of the file.
  ///   - knowsGenes: Whether rows show that the file's genes are known.
  /// - Returns: Such samples, and whether instead all that were given on are taken back.
  mutating func giveEarly(
    _ index: Int, from rows: inout ReadRows, isGrouped: Bool, _ head: FileContent,
    knowsGenes: (RecordBatch) -> Bool
  ) -> (samples: [AssembledSample], givesUp: Bool) {
    guard !early.isOver else { return ([], false) }
    let stem = SampleName.printable(Discovery.stem(layout.files[index].path))
    let mayBeJoined = rows.batches.contains {
      TCGABarcode.isStart($0.sampleID) || SampleName.printable($0.sampleID) == stem
    }
    guard isGrouped, !mayBeJoined else {
      early.isOver = true
      return ([], false)
    }
    guard !rows.batches.contains(where: { head.isOfSecondHeader($0.sampleID) }) else {
      early.isOver = true
      _ = takeBackAll(readAgain: true)
      return ([], true)
    }
    guard isLastOfAll(index) else { return ([], false) }
    if !early.knowsGenes {
      early.knowsGenes = rows.batches.dropFirst(early.looked).contains(where: knowsGenes)
      early.looked = max(0, rows.batches.count - 1)
      guard early.knowsGenes else { return ([], false) }
    }
    if early.file == nil {
      takeSheetsAndPanels()
      early.file = index
    }
    var names: Set<String> = []
    let whole = rows.takeComplete { batch in
      let id = SampleName.printable(batch.sampleID)
      // What names no sample is told whose it is when all was read.
      if SamplePlaceholder.standsAmongOthers(batch.sampleID), sheet?.entry(for: batch.sampleID) == nil { return false }
      let isNew = !open.isReleased(id) && names.insert(id).inserted
      early.again += isNew ? 0 : 1
      return isNew
    }
    if early.again > EarlySamples.mostAgain, early.again * EarlySamples.leastShare > open.releasedCount {
      early.isOver = true
      _ = takeBackAll(readAgain: true)
      return ([], true)
    }
    var samples: [AssembledSample] = []
    for batch in whole {
      open.add(batch, of: index, to: batch.sampleID, head, sheet)
      guard var sample = open.take(SampleName.printable(batch.sampleID)), isSample(sample) else { continue }
      matchedNormals.add(batch.matchedNormal, of: batch.sampleID)
      panels.complete(&sample)
      settle(&sample)
      sample.isEarly = true
      samples.append(sample)
    }
    noteSheet(&samples)
    leaveOutNormals(&samples)
    return (samples, false)
  }

  /// What becomes of samples of a file that were given on, now that all of it is read.
  mutating func judgeEarly(_ index: Int, _ content: FileContent) -> EarlySamples.Verdict {
    guard early.file == index else { return .noneWas }
    early.isOver = true
    guard open.releasedCount > 0 else { return .noneWas }
    guard case .alterations(let rows) = content.kind else { return takeBackAll(readAgain: false) }
    guard content.fault == nil else { return takeBackAll(readAgain: true) }
    var again: Set<String> = []
    var own: Set<String> = []
    for batch in rows.batches {
      let id = batch.sampleID.isEmpty ? Discovery.stem(layout.files[index].path) : batch.sampleID
      if open.isReleased(SampleName.printable(id)) { again.insert(SampleName.printable(id)) }
      if !batch.matchedNormal.isEmpty { own.insert(batch.sampleID) }
    }
    // A sample that has a normal tissue of its own is a tumor, whatever another one says.
    matchedNormals.settle()
    func noteAgain(_ name: String) {
      if open.isReleased(name), !own.contains(name), !matchedNormals.isTumor(name) { again.insert(name) }
    }
    for batch in rows.batches { noteAgain(batch.matchedNormal) }
    for name in matchedNormals.normals { noteAgain(name) }
    if again.isEmpty { return .stay }
    open.takeBack(again)
    return .again(again)
  }

  /// Takes back all samples that were given on.
  mutating func takeBackAll(readAgain: Bool) -> EarlySamples.Verdict {
    open.takeBack(nil)
    matchedNormals = MatchedNormals()
    return .noneStays(readAgain: readAgain)
  }
}
