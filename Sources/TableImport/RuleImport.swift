// SPDX-License-Identifier: Apache-2.0
package import DelimitedText
package import Knowledge
internal import Query

/// Turns the file of a knowledge base into rows of a rule table; every item is imported, refused or deferred.
package struct RuleImport: Sendable {
  /// An item that became no rule.
  package struct Unused: Sendable {
    /// The identifier that the source gives it.
    package let id: String
    /// Its first line in the file.
    package let line: Int
    /// `refused`, `deferred` or `out of scope`.
    package let fate: String
    /// The reason that items are counted by.
    package let reason: String
    /// What it is about in this item.
    package let detail: String
  }

  /// What became of a file.
  package struct Balance: Sendable {
    /// Items in the file.
    package fileprivate(set) var items = 0
    /// Items that became rules.
    package fileprivate(set) var imported = 0
    /// Items that did not, in the order of the file.
    package fileprivate(set) var unused: [Unused] = []
    /// The rows of the rule table, in order, without a header.
    package fileprivate(set) var rows: [String] = []

    /// The counts for people: all items, the imported ones, the others by fate and reason.
    package var lines: [String] {
      var counts: [String: [String: Int]] = [:]
      for item in unused { counts[item.fate, default: [:]][item.reason, default: 0] += 1 }
      func sum(_ fate: String) -> Int { counts[fate]?.values.reduce(0, +) ?? 0 }
      let claims = items - sum("out of scope")
      var lines = [
        "items\t\(items)", "out of scope\t\(sum("out of scope"))", "claims\t\(claims)",
        "imported\t\(imported)\t(as \(rows.count) rules)", "refused\t\(sum("refused"))", "deferred\t\(sum("deferred"))",
      ]
      for fate in ["out of scope", "refused", "deferred"] {
        let own = counts[fate] ?? [:]
        for (reason, count) in own.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
          lines.append("\(fate)\t\(count)\t\(reason)")
        }
      }
      return lines
    }
  }

  private let source: String
  private let path: String
  private let columns: ColumnMapping
  private let reference: ReferenceTables?

  /// An import of a file.
  ///
  /// - Parameters:
  ///   - source: One of ``ImportSources/names``.
  ///   - path: The file, for messages.
  ///   - columns: Which column says what, for the source `tsv`.
  ///   - reference: Reference tables that are loaded already.
  package init(
    source: String, path: String, columns: ColumnMapping = ColumnMapping(), reference: ReferenceTables? = nil
  ) {
    self.reference = reference
    self.source = source
    self.path = path
    self.columns = columns
  }

  /// Imports the text of the file.
  ///
  /// - Throws: ``InputError`` when it is not a file of that kind.
  package func run(_ bytes: Span<UInt8>) throws(InputError) -> Balance {
    let table = try self.table(bytes)
    let reference = self.reference ?? .builtIn()
    let context = ImportContext(reference: reference, columns: columns)
    let items = try kind(table, context).items(table, context)
    var balance = Balance()
    balance.items = items.count
    let checked = Check(items: items, path: path, reference: reference).outcomes()
    for (item, outcome) in zip(items, checked) {
      switch outcome {
      case .success(let drafts):
        balance.imported += 1
        balance.rows += drafts.map(\.row)
      case .failure(let problem):
        balance.unused.append(
          Unused(
            id: item.id, line: item.line, fate: problem.fate.rawValue, reason: problem.reason, detail: problem.detail))
      }
    }
    return balance
  }

  /// The rows of the file; records of JSON become rows, and other names of columns the usual ones.
  private func table(_ bytes: Span<UInt8>) throws(InputError) -> NamedTable {
    guard source == ClinicalKnowledgebaseSource.name || source == JacksonSource.name else { return NamedTable(bytes) }
    if let records = JacksonRecords.table(bytes) { return NamedTable(records.span) }
    let table = NamedTable(bytes)
    for place in 0..<JacksonEvidence.required where JacksonEvidence.name(place, in: table.header) == nil {
      throw InputError(
        path: path, line: table.headerLine, column: JacksonEvidence.columns[place].name,
        problem: "is missing from the header (is it a \(source) file?)")
    }
    return table
  }

  private func kind(_ table: NamedTable, _ context: ImportContext) throws(InputError) -> any ImportSource.Type {
    let candidates = ImportSources.all.filter { $0.name == source }
    // Their columns go by several names and were looked for already.
    if let own = candidates.first, own.name == ClinicalKnowledgebaseSource.name || own.name == JacksonSource.name {
      return own
    }
    var missing = ""
    for candidate in candidates {
      let wanted = candidate.requiredColumns(context)
      guard let first = wanted.first(where: { !table.header.contains($0) }) else { return candidate }
      if missing.isEmpty { missing = first }
    }
    throw InputError(
      path: path, line: table.headerLine, column: missing,
      problem: "is missing from the header (is it a \(source) file?)")
  }
}

/// Keeps the rows that the loader takes and that an example of their own meets.
private struct Check {
  let items: [ImportItem]
  let path: String
  let reference: ReferenceTables

  func outcomes() -> [Result<[RuleDraft], ImportProblem>] {
    var lines: [String] = [Rule.columns.joined(separator: "\t")]
    var owners: [(item: Int, draft: Int)] = []
    for (index, item) in items.enumerated() {
      guard case .success(let drafts) = item.outcome else { continue }
      for (place, draft) in drafts.enumerated() {
        lines.append(draft.row)
        owners.append((index, place))
      }
    }
    let text = Array((lines.joined(separator: "\n") + "\n").utf8)
    let table = KnowledgeBase.load(
      includingBuiltIn: false, userTables: [(path, text)], reference: reference)
    var outcomes = items.map(\.outcome)
    for fault in table.faults where fault.line >= 2 {
      let value = fault.value.isEmpty ? "" : "'\(fault.value)' "
      outcomes[owners[fault.line - 2].item] = .failure(
        .refused("row is not valid in the rule table", "\(fault.column) \(value)\(fault.problem)"))
    }
    let query = TumorQuery(table: table)
    let statements = table.statements.map { TumorQuery(table: $0.table) }
    for rule in table.rows {
      let query = rule.statement == nil ? query : statements ?? query
      let (item, place) = owners[rule.lineNumber - 2]
      guard case .success(var drafts) = outcomes[item] else { continue }
      if let hit = drafts[place].hits.first(where: { query.isMet(rule, by: $0) == true }) {
        drafts[place].cells["example_hit"] = hit
        drafts[place].cells["example_miss"] = drafts[place].misses.first { query.isMet(rule, by: $0) == false } ?? ""
        outcomes[item] = .success(drafts)
      } else {
        outcomes[item] = .failure(
          .deferred("no example meets the rule", drafts[place].hits.first.map { "tried '\($0)'" } ?? ""))
      }
    }
    return outcomes
  }
}
