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
  ///   - selection: The part of the cohort to do; `nil` for all of it.
  ///   - symbols: Current symbols of gene names.
  init(
    files: [InputFile], reading: [Int], sheet: SampleSheet?, unreadable: [Discovery.Unreadable] = [],
    selection: PartSelection? = nil,
    symbols: @escaping @Sendable ([String]) -> Set<String>
  ) {
    assembly = Locked(
      Assembly(
        layout: InputLayout(files: files, reading: reading, unreadable: unreadable), sheet: sheet,
        panels: PanelAssignment(symbols: symbols), open: OpenSamples(files: files, selection: selection)))
  }

  /// Takes a file's content; returns the samples that are complete now.
  func add(_ index: Int, _ content: FileContent) -> [AssembledSample] {
    assembly.withLock { $0.add(index, content) }
  }

  /// All files were read: the samples that are left, and those that only the sheet knows.
  ///
  /// - Parameters:
  ///   - carried: Samples that are not read since nothing changed.
  ///   - lost: Samples of which nothing can be looked at.
  func finish(carried: Set<String> = [], lost: [AssembledSample] = []) -> [AssembledSample] {
    assembly.withLock { $0.finish(carried: carried, lost: lost) }
  }
}
