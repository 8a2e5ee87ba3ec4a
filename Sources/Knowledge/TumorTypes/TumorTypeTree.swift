// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import SystemIO

/// How close a sample's tumor type is to that of a rule (guide: TumorTypes, Tumor types, site and histology).
package enum Proximity: String, Sendable, Comparable, CaseIterable {
  case same, agnostic, bridge, lineage, other, crossing

  /// 0 for the closest.
  package var place: Int {
    switch self {
    case .same: 0
    case .agnostic: 1
    case .bridge: 2
    case .lineage: 3
    case .other: 4
    case .crossing: 5
    }
  }

  /// Closer is smaller.
  package static func < (left: Proximity, right: Proximity) -> Bool { left.place < right.place }
}

/// The tumor types a rule speaks of.
package struct TumorScope: Hashable, Sendable {
  /// Codes, group names, `SOLID_TUMOR` or `ANY`; `=CODE` for a code without its subtree.
  package let include: [String]
  /// The same, left out; wins over `include`.
  package let exclude: [String]

  /// A scope from its lists.
  package init(include: [String], exclude: [String] = []) {
    self.include = include
    self.exclude = exclude
  }
}

/// The OncoTree with its names, retired codes, groups and bridges.
package struct TumorTypeTree: Sendable {
  /// One tumor type.
  package struct Node: Sendable {
    /// The OncoTree code.
    package let code: String
    /// Its name.
    package let name: String
    /// The broader category it is filed under.
    package let mainType: String
    /// The organ it belongs to.
    package let tissue: String
    let parent: Int
    let level: Int
    let isBlood: Bool
    /// The WHO grade that the code says; `nil` when it says none.
    package let grade: Int?
  }

  /// How a text was understood as a tumor type.
  package struct Understanding: Hashable, Sendable {
    /// The current code.
    package let code: String
    /// `code`, `name`, `main_type`, `alias` or `retired_code`.
    package let source: String
  }

  struct Group: Sendable {
    let include: [String]
    let exclude: [String]
    /// What it is called by people.
    let words: String
  }

  /// All types; the root is first.
  package let nodes: [Node]
  private let indexByCode: [String: Int]
  private let retired: [String: [String]]
  let groups: [String: Group]
  private let bridges: [[String]]
  /// What types are called beside their codes, made when a text is first found to be no code.
  private let calledNames: MadeOnce<TumorTypeNames>
  /// Codes by the sorted words of their names.
  private let codesByWords: MadeOnce<[String: String]>

  /// The built-in tree.
  package static func builtIn() -> TumorTypeTree {
    TumorTypeTree(
      tree: BuiltInTable.oncotree.text, retired: BuiltInTable.oncotreeRetired.text,
      aliases: { BuiltInTable.tumorAliases.text }, groups: BuiltInTable.tumorGroups.text)
  }

  init(
    tree: NamedTable, retired: NamedTable, aliases: @escaping @Sendable () -> NamedTable, groups: NamedTable
  ) {
    let records = tree.records(["code", "name", "main_type", "parent", "tissue", "grade"])
    // Blood tumors are what the table leaves out of the solid ones.
    let groupRows = groups.records(["group", "kind", "include", "exclude", "words"])
    let bloodCodes = Set(groupRows.first { $0[0] == "SOLID_TUMOR" }?[3].listItems ?? [])
    var positions: [String: Int] = [:]
    for (index, record) in records.enumerated() { positions[record[0]] = index }
    var levels = [Int](repeating: -1, count: records.count)
    var blood = [Bool](repeating: false, count: records.count)
    func visit(_ index: Int) {
      guard levels[index] < 0 else { return }
      levels[index] = 0
      if let parent = positions[records[index][3]], parent != index {
        visit(parent)
        levels[index] = levels[parent] + 1
        blood[index] = blood[parent]
      }
      if bloodCodes.contains(records[index][0]) { blood[index] = true }
    }
    for index in records.indices { visit(index) }
    let nodes = records.enumerated().map { index, record in
      Node(
        code: record[0], name: record[1], mainType: record[2], tissue: record[4],
        parent: positions[record[3]] ?? -1, level: levels[index], isBlood: blood[index], grade: Int(record[5]))
    }
    self.nodes = nodes
    indexByCode = positions
    self.retired = Dictionary(
      retired.records(["old_code", "current_codes"]).map { ($0[0], $0[1].listItems) },
      uniquingKeysWith: { first, _ in first })
    let names = MadeOnce { [positions] in
      TumorTypeNames(nodes: nodes, positions: positions, retired: retired, aliases: aliases())
    }
    calledNames = names
    codesByWords = MadeOnce { Self.codesByWords(names.value, nodes) }
    var groupTable: [String: Group] = [:]
    var bridgeTable: [[String]] = []
    for record in groupRows {
      if record[1] == "bridge" {
        bridgeTable.append(record[2].listItems)
      } else {
        groupTable[record[0]] = Group(
          include: record[2].listItems, exclude: record[3].listItems, words: record[4])
      }
    }
    self.groups = groupTable
    bridges = bridgeTable
  }

  private var names: TumorTypeNames { calledNames.value }

  /// What a group is called by people, `any solid tumor`; a code stands as it is.
  package func groupWords(_ item: String) -> String {
    guard let words = groups[item]?.words, !words.isEmpty else { return item }
    return words
  }

  /// The type of a current code.
  package func node(_ code: String) -> Node? { indexByCode[code].map { nodes[$0] } }

  /// Whether a rule may name this in its scope: a code, `=CODE`, a group, `SOLID_TUMOR`, `ANY`.
  package func isKnownScope(_ item: String) -> Bool {
    item == "SOLID_TUMOR" || item == "ANY" || groups[item] != nil
      || indexByCode[item.hasPrefix("=") ? String(item.dropFirst()) : item] != nil
  }

  /// Reads a code, name, main type, alias or retired code, letter case aside.
  package func understand(_ text: String) -> Understanding? {
    let plain = text.trimmingSpaces
    guard !plain.isEmpty else { return nil }
    let upper = plain.uppercased()
    if let index = indexByCode[upper] { return Understanding(code: nodes[index].code, source: "code") }
    if let now = retired[upper], now.count == 1 { return Understanding(code: now[0], source: "retired_code") }
    let key = Self.key(plain)
    if let code = names.aliases[key] { return Understanding(code: code, source: "alias") }
    if let index = names.nodes[key] { return Understanding(code: nodes[index].code, source: "name") }
    if let code = names.mainTypes[key] { return Understanding(code: code, source: "main_type") }
    return understandLoosely(key)
  }

  /// Codes by the names of their types as the tree writes them, keyed as ``key(_:)`` does.
  var codesByName: [String: String] { names.nodes.mapValues { nodes[$0].code } }

  /// A retired code that stands for several current ones.
  package func successors(of text: String) -> [String] { retired[text.trimmingSpaces.uppercased()] ?? [] }

  /// The WHO grade that a tumor type as written says, by a retired code or name or in words; `nil` when it says none.
  package func grade(of text: String) -> Int? {
    let plain = text.trimmingSpaces
    if let code = indexByCode[plain.uppercased()] { return nodes[code].grade }
    return names.retiredGrades[plain.uppercased()] ?? names.retiredGrades[Self.key(plain)] ?? TumorGrade.stated(
      in: plain)
      ?? understand(plain).flatMap { node($0.code)?.grade }
  }

  /// Words of stage and course say nothing of the histology; the rest may stand in another order.
  private func understandLoosely(_ key: String) -> Understanding? {
    let words = TumorGrade.dropped(from: key.split(whereSeparator: { $0 == " " || $0 == "/" }).map(String.init))
    let kept = words.filter { !Self.courseWords.contains($0) }
    guard !kept.isEmpty, kept.count < words.count || kept.count > 1 else { return nil }
    let plain = kept.joined(separator: " ")
    if let index = indexByCode[plain.uppercased()], kept.count == 1, words.count > 1 {
      return Understanding(code: nodes[index].code, source: "code")
    }
    if let code = names.aliases[plain] { return Understanding(code: code, source: "alias") }
    if let index = names.nodes[plain] { return Understanding(code: nodes[index].code, source: "name") }
    if let code = names.mainTypes[plain] { return Understanding(code: code, source: "main_type") }
    if let code = codesByWords.value[kept.sorted().joined(separator: " ")] {
      return Understanding(code: code, source: "name")
    }
    return nil
  }

  /// The names under which types are known beside their own, as they are compared.
  var otherNames: Dictionary<String, String>.Keys { names.aliases.keys }

  private static func codesByWords(_ names: TumorTypeNames, _ nodes: [Node]) -> [String: String] {
    var index: [String: String] = [:]
    func add(_ key: String, _ code: String) {
      let words = key.split(separator: " ").filter { !courseWords.contains(String($0)) }.sorted()
      let sorted = words.joined(separator: " ")
      if words.count > 1, index[sorted] == nil { index[sorted] = code }
    }
    for (name, place) in names.nodes.sorted(by: { $0.key < $1.key }) { add(name, nodes[place].code) }
    for (alias, code) in names.aliases.sorted(by: { $0.key < $1.key }) { add(alias, code) }
    return index
  }

  private static let courseWords: Set<String> = [
    "stage", "grade", "i", "ii", "iii", "iv", "iva", "ivb", "iiia", "iiib", "iiic", "metastatic", "advanced",
    "recurrent", "relapsed", "refractory", "locally", "unresectable", "primary", "platinum", "sensitive", "resistant",
    "newly", "diagnosed", "progressive", "disease", "pretreated", "castration", "m1", "nos", "of", "the", "patient",
    "with", "extensive", "limited", "inoperable",
  ]

  /// Letter case, hyphens, parentheses and runs of white space do not tell names apart; nor does British spelling.
  static func key(_ text: String) -> String { TumorTypeNames.key(text) }

  /// Whether `code` is `item` or lies below it, or is in the group it names.
  package func covers(_ item: String, _ code: String) -> Bool {
    if item == "ANY" { return true }
    if item == "SOLID_TUMOR" { return indexByCode[code].map { !nodes[$0].isBlood } ?? true }
    if item.hasPrefix("=") { return item.dropFirst() == code }
    if let group = groups[item] {
      return group.include.contains { covers($0, code) } && !group.exclude.contains { covers($0, code) }
    }
    guard let wanted = indexByCode[item], var index = indexByCode[code] else { return false }
    while index >= 0 {
      if index == wanted { return true }
      index = nodes[index].parent
    }
    return false
  }

  /// How close a sample's code is to a rule's scope; `nil` when the rule does not speak of it at all.
  ///
  /// - Parameter code: An OncoTree code, or empty when the tumor type is unknown.
  /// - Returns: The proximity, and whether the sample is coded by an ancestor of the rule's code.
  package func proximity(of code: String, to scope: TumorScope) -> (Proximity, isLessSpecific: Bool)? {
    proximities(of: code, to: [scope])[0]
  }

  /// How close a sample's code is to each of many scopes, in their order; what they name in common is looked up once.
  package func proximities(of code: String, to scopes: [TumorScope]) -> [(Proximity, isLessSpecific: Bool)?] {
    guard let index = indexByCode[code] else {
      return scopes.map { scope in
        let isAgnostic = scope.include.contains { $0 == "SOLID_TUMOR" || $0 == "ANY" }
        return code.isEmpty && isAgnostic ? (.agnostic, false) : nil
      }
    }
    let bridgesOfCode = bridges.filter { members in members.contains { covers($0, code) } }
    var isExcluded: [String: Bool] = [:]
    var known: [String: (Proximity, Bool)?] = [:]
    return scopes.map { scope in
      for item in scope.exclude {
        let covers = isExcluded[item] ?? covers(item, code)
        isExcluded[item] = covers
        if covers { return nil }
      }
      var best: (Proximity, Bool)?
      for item in scope.include {
        let found = known[item] ?? proximity(of: index, to: item, over: bridgesOfCode)
        known[item] = .some(found)
        guard let found else { continue }
        if best.map({ found.0 < $0.0 }) ?? true { best = found }
      }
      return best
    }
  }

  /// - Parameter bridges: Those that the code is a member of.
  private func proximity(of index: Int, to item: String, over bridges: [[String]]) -> (Proximity, Bool)? {
    let code = nodes[index].code
    if covers(item, code) { return (item == "SOLID_TUMOR" || item == "ANY" ? .agnostic : .same, false) }
    if item == "SOLID_TUMOR" { return nil }
    let codes = groups[item]?.include ?? [item.hasPrefix("=") ? String(item.dropFirst()) : item]
    var best: (Proximity, Bool)?
    for ruleCode in codes {
      guard let ruleIndex = indexByCode[ruleCode] else { continue }
      let found: (Proximity, Bool)
      if nodes[ruleIndex].isBlood != nodes[index].isBlood {
        continue
      } else if bridges.contains(where: { members in members.contains { covers($0, ruleCode) } }) {
        found = (.bridge, false)
      } else if covers(code, ruleCode), nodes[index].level >= 1 {
        found = (.lineage, true)
      } else if commonLevel(index, ruleIndex) >= 2 {
        found = (.lineage, false)
      } else {
        found = (.other, false)
      }
      if best.map({ found.0 < $0.0 }) ?? true { best = found }
    }
    return best
  }

  private func commonLevel(_ first: Int, _ second: Int) -> Int {
    var left = first
    var right = second
    while left != right {
      if nodes[left].level >= nodes[right].level { left = nodes[left].parent } else { right = nodes[right].parent }
      if left < 0 || right < 0 { return -1 }
    }
    return nodes[left].level
  }

  /// Whether the code is one of a blood tumor.
  package func isBlood(_ code: String) -> Bool { indexByCode[code].map { nodes[$0].isBlood } ?? false }
}
