// SPDX-License-Identifier: Apache-2.0
/// What a settings file states of a lab's own tables: what it calls their columns, and from where on expression is high.
package struct ColumnNames: Sendable {
  /// What a column may hold, with the name by which readers know such a column.
  package static let roles: [(role: String, known: String)] = [
    ("sample", "sample_id"), ("gene", "gene"), ("protein_change", "protein_change"), ("coding_change", "hgvsc"),
    ("consequence", "consequence"), ("filter", "filter"), ("allele_fraction", "vaf"), ("depth", "depth"),
    ("alt_count", "t_alt_count"), ("copy_number", "copy_number"), ("copy_number_call", "copy_number_call"),
    ("fusion", "fusion"), ("gene5", "gene5"), ("gene3", "gene3"), ("tumor_type", "tumor_type"),
    ("patient", "patient_id"),
  ]

  /// Names that readers know, by the letters and digits of those that the lab writes.
  private var known: [String: String] = [:]

  /// From where on a gene's expression is high or low.
  package var expression = ExpressionCutOffs()

  /// No names.
  package init() {}

  /// - Parameter written: What the lab calls a column, by its role.
  package init(_ written: [String: String]) {
    for (role, name) in Self.roles {
      if let own = written[role], !own.isEmpty { known[InputHeader.key(own)] = name }
    }
  }

  /// All of them as one text; empty when there are none.
  package var text: String { known.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ";") }

  /// What a lab calls columns by their roles, from ``text``.
  package static func written(in text: String) -> [(role: String, name: String)] {
    text.split(separator: ";").compactMap { item in
      let parts = item.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let role = roles.first(where: { $0.known == parts[1] }) else { return nil }
      return (role.role, String(parts[0]))
    }
  }

  /// The cells of a header with the names that readers know.
  func renamed(_ cells: [String]) -> [String] {
    known.isEmpty ? cells : cells.map { known[InputHeader.key($0)] ?? $0 }
  }
}
