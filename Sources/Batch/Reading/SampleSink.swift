// SPDX-License-Identifier: Apache-2.0
internal import InputFormats

/// Takes samples of a file that is read in parts before all of it is read.
protocol SampleSink: Sendable {
  /// Takes samples out of what was read so far; parts come in the order of the file.
  ///
  /// - Parameters:
  ///   - isGrouped: Whether rows of each sample follow each other in the part that came last.
  ///   - opened: The file.
  func take(from rows: inout ReadRows, isGrouped: Bool, _ opened: OpenedInput)
  /// Whether what was taken is not to stay, so that the file is to be read from its beginning; says so once.
  func hasGivenUp() -> Bool
  /// Does some of the work that was taken where more of it waits than is good; called before more is read.
  func relieve()
}
