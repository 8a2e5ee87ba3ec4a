// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// Files of the repository, for tests that read the sources.
package enum SourceFiles {
  /// The repository; `nil` where the tests run without the sources.
  package static let root: URL? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return FileManager.default.fileExists(atPath: root.appending(path: "Sources").path) ? root : nil
  }()

  /// Whether the sources are there.
  package static var arePresent: Bool { root != nil }

  /// The text of a file, by its path in the repository.
  package static func text(_ path: String) throws -> String {
    guard let root else { throw CocoaError(.fileNoSuchFile) }
    return try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The paths of all files of a kind below a folder of the repository, sorted.
  package static func paths(in folder: String, endingWith suffix: String) -> [String] {
    guard let root, let walker = FileManager.default.enumerator(atPath: root.appending(path: folder).path) else {
      return []
    }
    return walker.compactMap { $0 as? String }.filter { $0.hasSuffix(suffix) }.map { folder + "/" + $0 }.sorted()
  }
}
