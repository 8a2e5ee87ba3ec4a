// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// Puts the rules of several tables together.
struct TableMerge {
  /// The rules of all tables so far, in the order of the tables.
  private(set) var rules: [Rule] = []
  private(set) var faults: [TableFault] = []
  private var identifiers: Set<String> = []

  /// Adds the rules of one table; one whose identifier is taken is refused.
  mutating func add(_ own: [Rule], tableName: String) {
    for rule in own {
      guard identifiers.insert(rule.id).inserted else {
        faults.append(
          TableFault(
            table: tableName, line: rule.lineNumber, column: "rule_id", value: rule.id,
            problem:
              "is also in an earlier table (identifiers are never reused; switch the other rule off with the direction off)"
          ))
        continue
      }
      rules.append(rule)
    }
  }

  /// Switches a rule off; `false` when no table so far has it.
  mutating func switchOff(_ id: String) -> Bool {
    guard identifiers.remove(id) != nil else { return false }
    rules.removeAll { $0.id == id }
    return true
  }

  /// Leaves out rules that repeat one of another table: the same claim, level and references are one piece of support,
  /// which is counted once and shown by the table of the higher priority, of equals by the first.
  ///
  /// - Returns: How many rules of each table were left out.
  mutating func dropRepeats(priorities: [Int]) -> [Int] {
    var dropped = [Int](repeating: 0, count: priorities.count)
    guard priorities.count > 1 else { return dropped }
    var holders: [String: Int] = [:]
    for rule in rules {
      let key = Self.supportKey(rule)
      if let holder = holders[key], priorities[holder] >= priorities[rule.table] { continue }
      holders[key] = rule.table
    }
    rules.removeAll { rule in
      let isRepeat = holders[Self.supportKey(rule)] != rule.table
      if isRepeat { dropped[rule.table] += 1 }
      return isRepeat
    }
    return dropped
  }

  /// What a row says and what it says it by, however its lists are ordered.
  private static func supportKey(_ rule: Rule) -> String {
    let alternatives = rule.specText.split(separator: "|").map(\.trimmingSpaces).sorted().joined(separator: " | ")
    return [
      alternatives, rule.claimKey, rule.level.rawValue, rule.references.sorted().joined(separator: ";"),
    ].joined(separator: "\u{1F}")
  }
}
