// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// A built-in table other than the rules, as people ask for it.
package struct ReferenceTable: Sendable {
  /// Its name: `wild_type_dependence`.
  package let name: String
  /// What its comment lines call its version.
  package let version: String
  /// The digest of its bytes.
  package let digest: String
  /// How many rows of data it has.
  package let rowCount: Int
  /// Its text as it was compiled in.
  package let bytes: [UInt8]

  init(_ table: BuiltInTable) {
    let text = table.text
    name = table.name
    version = text.comments["version"] ?? ""
    digest = BuiltInTable.digest(of: [table])
    rowCount = text.rows.count
    bytes = table.withBytes { span in
      var bytes: [UInt8] = []
      bytes.reserveCapacity(span.count)
      for index in span.indices { bytes.append(span[index]) }
      return bytes
    }
  }

  /// All of them, in the order in which the digest of the built-in tables takes them.
  package static var all: [ReferenceTable] { BuiltInTable.reference.map(ReferenceTable.init) }

  /// The table of a name.
  package static func named(_ name: String) -> ReferenceTable? {
    BuiltInTable.reference.first { $0.name == name }.map(ReferenceTable.init)
  }

  /// The names of all of them.
  package static var names: [String] { BuiltInTable.reference.map(\.name) }
}

extension KnowledgeBase {
  /// What the built-in rules call their version; only the comment lines at their head are read.
  package static var builtInVersion: String { BuiltInTable.rules.head.comments["version"] ?? "" }
}

extension BuiltInTable {
  /// The names of the columns.
  var header: [String] { head.header }

  /// The table that a header is of, by its columns: the rules, or the one that shares most with it.
  static func of(header: [String]) -> BuiltInTable? {
    let names = Set(header.map { $0.lowercased() })
    if names.contains("rule_id") { return .rules }
    let fits = reference.filter { names.isSuperset(of: $0.keyColumns) }.map { table in
      let own = Set(table.header)
      return (table: table, share: Double(own.intersection(names).count) / Double(own.union(names).count))
    }
    return fits.max { $0.share < $1.share }.flatMap { $0.share > 0.5 ? $0.table : nil }
  }
}
