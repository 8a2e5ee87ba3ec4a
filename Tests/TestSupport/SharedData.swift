// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// Real tumor files that lie beside the project and are no part of it; tests that want them are skipped without them.
package enum SharedData {
  /// The folder of files; `nil` where it is not there.
  package static let folder: URL? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = root.appending(path: "../shared/data").standardizedFileURL
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }()

  /// Whether the files are there.
  package static var isPresent: Bool { folder != nil }
}
