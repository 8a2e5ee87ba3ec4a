// SPDX-License-Identifier: Apache-2.0
internal import SystemIO

/// A table on its way to its place.
protocol TableFile {
  /// Writes what is left; the file is not in its place yet.
  ///
  /// - Returns: The digest of all bytes.
  func finish() throws(SystemError) -> String
  /// Puts the file in its place.
  func moveIntoPlace() throws(SystemError)
}

extension GrowingFile: TableFile {}
