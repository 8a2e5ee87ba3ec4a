// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The package as its manifest and its sources say it is.
enum Manifest {
  /// The root of the package.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// A target with Swift sources.
  struct Room {
    /// The module's name.
    let name: String
    /// The targets of the package that the manifest lets it import.
    let declared: [String]
    /// Its files.
    let files: [File]

    /// The modules that its files import.
    var imported: Set<String> { Set(files.flatMap(\.imports)) }
  }

  /// A source file.
  struct File {
    /// The path from the root.
    let path: String
    /// The text, line by line, without the end of the last line.
    let lines: [Substring]

    /// The modules that it imports.
    var imports: [String] {
      lines.compactMap { line in
        let words = line.split(separator: " ")
        guard let place = words.firstIndex(of: "import"), place < 3, place + 1 < words.count,
          words[..<place].allSatisfy({ Self.beforeImport.contains($0) })
        else { return nil }
        // `import struct Foundation.Data` names what it wants of a module.
        return words[words.index(before: words.endIndex)].split(separator: ".").first.map(String.init)
      }
    }

    private static let beforeImport: Set<Substring> = [
      "@_exported", "@testable", "@preconcurrency", "public", "package", "internal", "fileprivate", "private",
    ]
  }

  /// The targets with Swift files below Sources, in the order of the manifest.
  static let rooms: [Room] = {
    guard let text = try? String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8) else { return [] }
    let targets = text.matches(of: #/(?:room|executableTarget)\((?=\s*(?:name:\s*)?")/#)
    return targets.compactMap { target in
      let call = parenthesized(text[target.range.upperBound...])
      let names = call.matches(of: #/(?<label>\w+: *)?"(?<word>[^"]+)"/#)
      guard let first = names.first else { return nil }
      let name = String(first.output.word)
      let path = names.first { $0.output.label?.hasPrefix("path:") == true }.map { String($0.output.word) }
      let declared = names.dropFirst().filter { $0.output.label == nil }.map { String($0.output.word) }
      let files = swiftFiles(below: path ?? "Sources/\(name)")
      return files.isEmpty ? nil : Room(name: name, declared: declared, files: files)
    }
  }()

  /// A text up to the parenthesis that closes one opened before it.
  private static func parenthesized(_ text: Substring) -> Substring {
    var depth = 1
    for index in text.indices {
      if text[index] == "(" { depth += 1 }
      if text[index] == ")" { depth -= 1 }
      if depth == 0 { return text[..<index] }
    }
    return text
  }

  /// All Swift files below a folder, by path.
  static func swiftFiles(below folder: String) -> [File] {
    let place = root.appending(path: folder)
    guard let walker = FileManager.default.enumerator(atPath: place.path) else { return [] }
    let paths = walker.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted()
    return paths.compactMap { path in
      guard let text = try? String(contentsOf: place.appending(path: path), encoding: .utf8) else { return nil }
      var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      if lines.last?.isEmpty == true { lines.removeLast() }
      return File(path: "\(folder)/\(path)", lines: lines)
    }
  }
}
