// SPDX-License-Identifier: Apache-2.0
package import Knowledge

/// Looks a table over: what the loader refuses, and what it cannot see row by row.
package struct TableLint: Sendable {
  /// One finding.
  package struct Finding: Sendable {
    /// Whether the table must not be used like this.
    package let isError: Bool
    /// One line for people.
    package let text: String
    /// Whether the table of explained findings says why it stays.
    package var isExplained = false
  }

  let table: KnowledgeBase
  private let query: TumorQuery
  /// A query over the rows that speak of no therapy.
  private let statements: TumorQuery?

  /// A look at a table.
  package init(table: KnowledgeBase) {
    self.table = table
    query = TumorQuery(table: table)
    statements = table.statements.map { TumorQuery(table: $0.table) }
  }

  /// How many rules of level B name no patients who were treated.
  package var countOfUnreadResults: Int { table.rules.count { $0.level == .b && $0.support.treated == nil } }

  /// All findings, those that are explained among them: errors first, then warnings.
  ///
  /// - Parameter today: ISO date, for overdue reviews.
  package func findings(today: String) -> [Finding] {
    var findings = (table.reference.faults + table.faults).map { Finding(isError: true, text: $0.description) }
    findings += failingExamples()
    findings += unreachable()
    findings += duplicates()
    findings += contradictions()
    findings += records()
    findings += evidence()
    findings += overdue(today)
    return findings.filter(\.isError) + findings.filter { !$0.isError }
  }

  func place(_ rule: Rule) -> String {
    let source = table.sources[rule.table]
    return "\(source.name == "built-in" ? rule.builtInFile : source.name):\(rule.lineNumber): \(rule.id)"
  }

  private func failingExamples() -> [Finding] {
    var findings: [Finding] = []
    for rule in table.rows {
      let query = rule.statement == nil ? self.query : statements ?? self.query
      for (example, isHit) in [(rule.exampleHit, true), (rule.exampleMiss, false)] where !example.isEmpty {
        guard let met = query.isMet(rule, by: example) else {
          findings.append(
            Finding(
              isError: true, text: "\(place(rule)) example '\(example)' cannot be understood (write TYPE: finding)"))
          continue
        }
        if met != isHit {
          let problem = isHit ? "is not met by its example_hit" : "is met by its example_miss"
          findings.append(Finding(isError: true, text: "\(place(rule)) \(problem) '\(example)'"))
        }
      }
    }
    return findings
  }

  /// Rules that no sample can reach because what they include they also exclude.
  private func unreachable() -> [Finding] {
    table.rows.compactMap { rule in
      let isOut = rule.scope.include.allSatisfy { item in
        rule.scope.exclude.contains { $0 == item || table.reference.tumorTypes.covers($0, item) }
      }
      guard isOut else { return nil }
      return Finding(isError: true, text: "\(place(rule)) excludes all that it includes (no sample can reach it)")
    }
  }

  private func duplicates() -> [Finding] {
    var seen: [String: Rule] = [:]
    var findings: [Finding] = []
    for rule in table.rows {
      let key = rule.claimKey + "|" + rule.references.sorted().joined(separator: ";") + "|" + rule.level.rawValue
      if let first = seen[key] {
        findings.append(
          Finding(isError: false, text: "\(place(rule)) repeats \(first.id): the same claim with the same references"))
      } else {
        seen[key] = rule
      }
    }
    return findings
  }

  /// The same therapy for and against on the very same words and scope.
  private func contradictions() -> [Finding] {
    func key(_ rule: Rule) -> String {
      [rule.gene, rule.specText, rule.requiresText, rule.therapy, rule.scope.include.sorted().joined(separator: ";")]
        .joined(separator: "|")
    }
    var supporting: [String: Rule] = [:]
    for rule in table.rules where rule.direction == .sensitivity && rule.regulatoryStatus != .withdrawn {
      supporting[key(rule)] = supporting[key(rule)] ?? rule
    }
    return table.rules.compactMap { rule in
      guard rule.direction == .resistance || rule.direction == .noBenefit, let other = supporting[key(rule)] else {
        return nil
      }
      return Finding(
        isError: false,
        text:
          "\(place(rule)) says \(rule.direction.rawValue) (\(rule.level.rawValue)) where \(other.id) says sensitivity (\(other.level.rawValue)): reported as a conflict",
        isExplained: table.reference.facts.explained.explain(
          kind: Kind.contradiction.rawValue, rule: rule.id, other: other.id))
    }
  }

  /// Rules not reviewed for two years.
  private func overdue(_ today: String) -> [Finding] {
    guard let year = Int(today.prefix(4)) else { return [] }
    let limit = "\(year - 2)" + today.dropFirst(4)
    return table.rules.compactMap { rule in
      guard !rule.reviewed.isEmpty, rule.reviewed < limit else { return nil }
      return Finding(isError: false, text: "\(place(rule)) was reviewed on \(rule.reviewed), more than two years ago")
    }
  }
}

extension Rule {
  /// Which of the built-in files a built-in row is in.
  fileprivate var builtInFile: String { statement == nil ? "built-in rules.tsv" : "built-in statements.tsv" }
}
