// SPDX-License-Identifier: Apache-2.0
internal import InputFormats
internal import SystemIO

/// Sorts the content of files by sample.
///
/// In: files in any order. Out: the sample of a folder as soon as all the folder's files, and all files that lie flat,
/// were read; samples of cohort files at the end. Serves all workers; one at a time.
final class SampleAssembler: Sendable {
  private let assembly: Locked<Assembly>

  /// - Parameters:
  ///   - files: All files of the run.
  ///   - reading: Those that are read, by their number.
  ///   - sheet: The sheet that was named; `nil` to use those found among the files.
  ///   - unreadable: What lies among the files and cannot be looked at.
  ///   - leftOut: What is not read.
  ///   - deferral: Samples that are left for the next run.
  ///   - selection: The part of the cohort to do; `nil` for all of it.
  ///   - symbols: Current symbols of gene names.
  init(
    files: [InputFile], reading: [Int], sheet: SampleSheet?, unreadable: [Discovery.Unreadable] = [],
    leftOut: [LeftOut] = [], deferral: Deferral = Deferral(), selection: PartSelection? = nil,
    symbols: @escaping @Sendable ([String]) -> Set<String>
  ) {
    assembly = Locked(
      Assembly(
        layout: InputLayout(
          files: files, reading: reading, unreadable: unreadable, leftOut: leftOut, deferral: deferral),
        sheet: sheet,
        panels: PanelAssignment(symbols: symbols), open: OpenSamples(files: files, selection: selection)))
  }

  /// Takes a file's content; returns the samples that are complete now.
  func add(_ index: Int, _ content: FileContent) -> [AssembledSample] {
    assembly.withLock { $0.add(index, content) }
  }

  /// Takes the samples that are complete out of what was read of a file that is still being read.
  ///
  /// - Returns: Such samples, and whether instead all that were given on are taken back.
  func giveEarly(
    _ index: Int, from rows: inout ReadRows, isGrouped: Bool, _ head: FileContent,
    knowsGenes: (RecordBatch) -> Bool
  ) -> (samples: [AssembledSample], givesUp: Bool) {
    assembly.withLock {
      $0.giveEarly(index, from: &rows, isGrouped: isGrouped, head, knowsGenes: knowsGenes)
    }
  }

  /// What becomes of samples of a file that were given on, now that all of it is read.
  func judgeEarly(_ index: Int, _ content: FileContent) -> EarlySamples.Verdict {
    assembly.withLock { $0.judgeEarly(index, content) }
  }

  /// Takes back all samples that were given on.
  func takeBackAll() { assembly.withLock { _ = $0.takeBackAll(readAgain: false) } }

  /// Samples that were given on.
  var released: Set<String> { assembly.withLock { $0.open.released } }

  /// What there is to say of the sheet when all is done; `nil` when nothing.
  var sheetWarning: String? { assembly.withLock { $0.sheetWarning } }

  /// All files were read: the samples that are left, and those that only the sheet knows.
  ///
  /// - Parameters:
  ///   - carried: Samples that are not read since nothing changed, or that wait.
  ///   - waiting: Samples that stay as they were whatever files say of them.
  ///   - lost: Samples of which nothing can be looked at.
  func finish(
    carried: Set<String> = [], waiting: Set<String> = [], lost: [AssembledSample] = []
  ) -> [AssembledSample] {
    assembly.withLock { $0.finish(carried: carried, waiting: waiting, lost: lost) }
  }
}
