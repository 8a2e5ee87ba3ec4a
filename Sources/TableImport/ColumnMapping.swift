// SPDX-License-Identifier: Apache-2.0
package import DelimitedText
internal import Knowledge

/// Which column of a table says what, and what its words mean.
///
/// One `name = Column` a line; a value in quotation marks stands for itself. `direction.Responsive = sensitivity` says
/// what a word means.
///
///     gene = Gene
///     alteration = Variant
///     tumor = Cancer type
///     agents = Drug
///     agents.separator = "+"
///     direction = Effect
///     direction.Responsive = sensitivity
///     level = "C"
///     reference = PubMed
///     reference.prefix = "PMID:"
package struct ColumnMapping: Sendable {
  /// What may be said of a row, those that must be said first.
  static let required = ["alteration", "tumor", "agents", "direction", "level", "reference"]
  static let optional = [
    "id", "gene", "origin", "body", "status", "status_date", "line", "note", "source", "source_date", "reviewed",
  ]
  private static let options = ["agents.separator", "agents.relation", "reference.prefix"]

  /// The column or the constant of each name.
  private var entries: [String: (text: String, isConstant: Bool)] = [:]
  /// What words mean, by name and then by word in lower case.
  private var meanings: [String: [String: String]] = [:]

  /// A mapping of nothing.
  package init() {}

  /// Reads the lines of a mapping.
  ///
  /// - Throws: ``InputError`` with the line that cannot be read.
  package init(_ text: String, path: String) throws(InputError) {
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let plain = line.filter { $0 != "\r" }.trimmingSpaces
      if plain.isEmpty || plain.hasPrefix("#") { continue }
      guard let sign = plain.firstIndex(of: "=") else {
        throw InputError(path: path, line: index + 1, value: plain, problem: "is not `name = Column`")
      }
      let name = plain[..<sign].trimmingSpaces
      var value = plain[plain.index(after: sign)...].trimmingSpaces
      let isConstant = value.count >= 2 && value.hasPrefix("\"") && value.hasSuffix("\"")
      if isConstant { value = String(value.dropFirst().dropLast()) }
      if Self.required.contains(name) || Self.optional.contains(name) || Self.options.contains(name) {
        entries[name] = (value, isConstant || Self.options.contains(name))
      } else if let dot = name.firstIndex(of: "."), Self.isName(name[..<dot]) {
        meanings[String(name[..<dot]), default: [:]][name[name.index(after: dot)...].lowercased()] = value
      } else {
        let near = NearestName.find(name, among: Self.required + Self.optional + Self.options)
        throw InputError(
          path: path, line: index + 1, value: name,
          problem: "is not known" + (near.map { " (did you mean \($0)?)" } ?? ""))
      }
    }
    for name in Self.required where entries[name] == nil {
      throw InputError(path: path, problem: "says no column for \(name) (write `\(name) = Column`)")
    }
  }

  private static func isName(_ text: Substring) -> Bool {
    required.contains(String(text)) || optional.contains(String(text))
  }

  /// The columns that the file must have.
  var columns: [String] {
    (Self.required + Self.optional).compactMap { name in
      entries[name].flatMap { $0.isConstant ? nil : $0.text }
    }
  }

  /// An option such as `agents.separator`.
  func option(_ name: String) -> String { entries[name]?.text ?? "" }

  /// What a row says under a name, its words translated.
  func value(_ name: String, _ cells: NamedCells) -> String {
    guard let entry = entries[name] else { return "" }
    let text = entry.isConstant ? entry.text : cells[entry.text]
    return meanings[name]?[text.lowercased()] ?? text
  }
}
