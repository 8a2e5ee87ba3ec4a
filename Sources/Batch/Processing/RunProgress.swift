// SPDX-License-Identifier: Apache-2.0
/// How far a run has come.
public struct RunProgress: Sendable {
  /// Samples done.
  public var done = 0
  /// Those of them that failed.
  public var failed = 0
  /// Files read and to be read.
  public var filesRead = 0
  /// All files to be read.
  public var files = 0
  /// Samples known so far; all of them once every file was read.
  public var samples = 0
  /// Samples that were known before their file was read to its end.
  package var early = 0

  /// A run that has not begun.
  package init() {}

  /// The part of the work that is done, 0...1.
  public var fraction: Double {
    if filesRead < files { return Double(filesRead) / Double(files) }
    return samples == 0 ? 0 : Double(min(done, samples)) / Double(samples)
  }
}
