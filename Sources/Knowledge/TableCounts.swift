// SPDX-License-Identifier: Apache-2.0
/// How many rules a table has by what they say.
package struct TableCounts: Sendable {
  /// `title`, word and count joined by tabs.
  package private(set) var lines: [String] = []

  /// Counts the rules.
  ///
  /// - Parameter today: ISO date, for ages.
  package init(table: KnowledgeBase, today: String) {
    func count(_ title: String, _ words: (Rule) -> [String]) {
      var counts: [String: Int] = [:]
      for rule in table.rules { for word in words(rule) { counts[word, default: 0] += 1 } }
      for word in counts.keys.sorted() { lines.append("\(title)\t\(word)\t\(counts[word] ?? 0)") }
    }
    count("direction") { [$0.direction.rawValue] }
    count("level") { [$0.level.rawValue] }
    count("status") { [$0.regulatoryStatus.rawValue] }
    count("body") { [$0.authority.rawValue] }
    count("source") { [$0.source.split(separator: " ").first.map(String.init) ?? "not stated"] }
    count("source_year") { [$0.sourceDate.isEmpty ? "unknown" : String($0.sourceDate.prefix(4))] }
    count("source_age") { [Self.age(of: $0.sourceDate, today: today)] }
    count("review_age") { [Self.age(of: $0.reviewed, today: today)] }
    count("tumor_group") { Self.groups(of: $0.scope, table.reference.tumorTypes) }
    count("tumor") { $0.scope.include }
    count("gene") { [$0.gene] }
  }

  /// The organs of a scope; groups stand for themselves.
  private static func groups(of scope: TumorScope, _ tree: TumorTypeTree) -> [String] {
    var names: [String] = []
    for item in scope.include {
      let code = item.hasPrefix("=") ? String(item.dropFirst()) : item
      let name = tree.node(code).map { $0.tissue.isEmpty ? $0.name : $0.tissue } ?? item
      if !names.contains(name) { names.append(name) }
    }
    return names
  }

  private static func age(of date: String, today: String) -> String {
    func months(_ text: String) -> Int? {
      let parts = text.split(separator: "-").compactMap { Int($0.prefix(4)) }
      return parts.first.map { $0 * 12 + (parts.count > 1 ? parts[1] : 7) }
    }
    guard let then = months(date), let now = months(today) else { return "unknown" }
    switch now - then {
    case ..<12: return "under 1 year"
    case ..<24: return "1 year"
    case ..<60: return "2 to 4 years"
    default: return "5 years or more"
    }
  }
}
