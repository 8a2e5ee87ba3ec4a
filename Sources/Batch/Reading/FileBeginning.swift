// SPDX-License-Identifier: Apache-2.0
internal import Gzip
internal import InputFormats

extension FileContent {
  /// What the beginning of a file states; `nil` when that cannot be told.
  static func beginning(of path: String) -> FileContent? {
    guard let text = Gunzip.beginning(of: path) else { return nil }
    guard let opened = try? OpenedInput(text.span, path: path) else { return FileContent(path: path, unknown: "") }
    return opened.readAll(text.span)
  }
}
