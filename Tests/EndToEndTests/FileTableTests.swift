// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Small inputs as tools, portals and labs write them, from `Cases/files`; the head of each file there says how it is written.
struct FileTableTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    var arguments: [String] = []
    /// Contents by path, in the order of the file.
    var files: [(path: String, text: String)] = []
    var conditions: [String] = []

    var testDescription: String { name }
  }

  static let cases: [Case] = {
    let folder = Program.root.appending(path: "Tests/EndToEndTests/Cases/files")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".cases") }.sorted().flatMap { name in
      read((try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? "")
    }
  }()

  private static func read(_ text: String) -> [Case] {
    var cases: [Case] = []
    var isInFile = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let rest = String(line.dropFirst(2))
      switch line.prefix(2) {
      case "= ":
        cases.append(Case(name: rest))
        isInFile = false
      case "> " where !cases.isEmpty:
        cases[cases.count - 1].arguments += rest.split(separator: " ").map(String.init)
      case "@ " where !cases.isEmpty:
        cases[cases.count - 1].files.append((rest, ""))
        isInFile = true
      case "? " where !cases.isEmpty:
        cases[cases.count - 1].conditions += rest.components(separatedBy: " ;; ")
        isInFile = false
      default:
        guard isInFile, let last = cases.last, !last.files.isEmpty else { continue }
        cases[cases.count - 1].files[last.files.count - 1].text += unescaped(line) + "\n"
      }
    }
    return cases
  }

  /// `\t` is a tab, `\u00a0` a character by its number.
  private static func unescaped(_ line: Substring) -> String {
    var result = ""
    var rest = line
    while let character = rest.first {
      rest = rest.dropFirst()
      if character == "\\", rest.first == "t" {
        result.append("\t")
        rest = rest.dropFirst()
      } else if character == "\\", rest.first == "u", let number = UInt32(rest.dropFirst().prefix(4), radix: 16),
        let scalar = UnicodeScalar(number)
      {
        result.unicodeScalars.append(scalar)
        rest = rest.dropFirst(5)
      } else {
        result.append(character)
      }
    }
    return result
  }

  @Test func `there are two instances of each kind and more`() {
    #expect(Self.cases.count >= 130)
    #expect(Self.cases.allSatisfy { !$0.conditions.isEmpty && !$0.files.isEmpty })
    #expect(Set(Self.cases.map(\.name)).count == Self.cases.count)
  }

  @Test(arguments: cases) func `a file is read as its user expects`(_ item: Case) throws {
    let folder = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let input = folder.appending(path: "in")
    try FileManager.default.createDirectory(at: input, withIntermediateDirectories: true)
    for (path, text) in item.files {
      let file = input.appending(path: path).standardizedFileURL
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let out = folder.appending(path: "out")
    let run = try Program.run(
      ["run", input.path] + item.arguments.map { $0.replacing("IN/", with: input.path + "/") }
        + ["--formats", "tsv", "--out", out.path])
    let result = Result(run: run, folder: out)
    for condition in item.conditions {
      #expect(result.meets(condition), "\(condition)\n\(run.errors)\n\(result.shown)")
    }
  }

  /// What a run left behind, to be asked.
  private struct Result {
    let run: Program.Outcome
    private let tables: [String: [[String: String]]]
    private let words: String

    init(run: Program.Outcome, folder: URL) {
      self.run = run
      var tables: [String: [[String: String]]] = [:]
      for name in ["therapies", "alterations", "samples", "rejected", "options"] {
        let text = try? String(contentsOf: folder.appending(path: name + ".tsv"), encoding: .utf8)
        tables[name] = text.map { Table($0).rows } ?? []
      }
      self.tables = tables
      var words = [run.errors]
      for name in ["samples", "alterations", "rejected"] {
        for row in tables[name] ?? [] {
          words += ["message", "reason", "problem", "flags"].compactMap { row[$0] }
        }
      }
      self.words = words.joined(separator: "\n").lowercased()
    }

    /// The rows that mostly tell what went wrong.
    var shown: String {
      ["samples", "alterations", "rejected"].flatMap { tables[$0] ?? [] }.prefix(12)
        .map { $0.filter { !$0.value.isEmpty }.description }.joined(separator: "\n")
    }

    func meets(_ condition: String) -> Bool {
      let text = condition.trimmingCharacters(in: .whitespaces)
      let parts = text.components(separatedBy: " || ")
      if parts.count > 1 { return parts.contains { meets($0) } }
      if text.hasPrefix("!said~") { return !words.contains(text.dropFirst(6).lowercased()) }
      if text.hasPrefix("said~") { return words.contains(text.dropFirst(5).lowercased()) }
      if text.hasPrefix("exit=") { return text.dropFirst(5).split(separator: "|").contains { Int32($0) == run.status } }
      if text.hasPrefix("rows("), let close = text.firstIndex(of: ")") {
        let name = String(text[text.index(text.startIndex, offsetBy: 5)..<close])
        return tables[name]?.count == Int(text[close...].dropFirst(2))
      }
      let isForbidden = text.hasPrefix("!")
      guard let open = text.firstIndex(of: "["), text.hasSuffix("]") else { return false }
      let name = String(text[..<open].drop { $0 == "!" })
      let cells = Self.cells(text[text.index(after: open)...].dropLast())
      let known = tables[name] ?? []
      let counted =
        name == "therapies" && !cells.contains { $0.column == "verdict" }
        ? known.filter { !["overridden", "withdrawn"].contains($0["verdict"] ?? "") } : known
      return counted.contains { row in cells.allSatisfy { $0.fits(row[$0.column] ?? "") } } != isForbidden
    }

    private struct Cell {
      let column: String
      let sign: String
      let wanted: String

      func fits(_ value: String) -> Bool {
        switch sign {
        case "~": value.lowercased().contains(wanted.lowercased())
        case "!=": value != wanted
        default: wanted.isEmpty ? value.isEmpty : wanted.split(separator: "|").contains { $0 == value }
        }
      }
    }

    private static func cells(_ text: Substring) -> [Cell] {
      let parts = text.replacing("\\,", with: "\u{1}").split(separator: ",").map { $0.replacing("\u{1}", with: ",") }
      return parts.compactMap { part in
        guard let place = part.firstIndex(where: { "=~!".contains($0) }) else { return nil }
        let sign = part[place] == "!" ? "!=" : String(part[place])
        let column = part[..<place].trimmingCharacters(in: .whitespaces)
        return Cell(column: column, sign: sign, wanted: String(part[place...].dropFirst(sign.count)))
      }
    }
  }
}
