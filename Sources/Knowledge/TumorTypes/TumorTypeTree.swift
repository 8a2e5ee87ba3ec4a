// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import SystemIO

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
  }

  /// How a text was understood as a tumor type.
  package struct Understanding: Hashable, Sendable {
    /// The current code.
    package let code: String
    /// As what it was.
    package let source: Source
  }

  /// As what a text was understood; the raw value is what reports print.
  package enum Source: String, Hashable, Sendable {
    case code
    case name
    case mainType = "main_type"
    case alias
    case retiredCode = "retired_code"

    /// Whether it was a code, of today or of an earlier tree.
    package var isCode: Bool { self == .code || self == .retiredCode }
  }

  struct Group: Sendable {
    let include: [String]
    let exclude: [String]
    /// What it is called by people.
    let words: String
  }

  let types: TumorTypeTable
  private let names: TumorTypeNames
  let groups: [String: Group]
  /// Histologies that occur in several organs, each with its types.
  let bridges: [[Item]]
  /// By type: another one, away from it in the tree, that it counts as a kind of.
  private let besides: [Int: Int]

  /// The tree compiled into the program.
  package static func builtIn(laidOut: BuiltInLayout? = .linked) -> TumorTypeTree { TumorTypeTree(laidOut) }

  private init(_ layout: BuiltInLayout?) {
    let rows = BuiltInTable.tumorGroups.text.records(["group", "kind", "include", "exclude", "words"])
    if let layout {
      var stream = layout.stream(.tumorTypes)
      types = TumorTypeTable(&stream)
      names = TumorTypeNames(&stream)
    } else {
      // Blood tumors are what the table leaves out of the solid ones.
      types = TumorTypeTable(bloodCodes: Set(rows.first { $0[0] == "SOLID_TUMOR" }?[3].listItems ?? []))
      names = TumorTypeNames(types)
    }
    var groups: [String: Group] = [:]
    var besides: [Int: Int] = [:]
    for row in rows where row[1] == "below" {
      guard let above = types.number(row[0]) else { continue }
      for number in row[2].listItems.compactMap(types.number) { besides[number] = above }
    }
    self.besides = besides
    for row in rows where row[1] == "group" {
      groups[row[0]] = Group(include: row[2].listItems, exclude: row[3].listItems, words: row[4])
    }
    self.groups = groups
    let types = self.types
    bridges = rows.filter { $0[1] == "bridge" }.map { $0[2].listItems.map { Item($0, types, groups) } }
  }

  /// Lays the types and their names out.
  func write(to numbers: inout LayoutNumbers) {
    types.write(to: &numbers)
    names.write(to: &numbers)
  }

  /// What a group is called by people, `any solid tumor`; a code stands as it is.
  package func groupWords(_ item: String) -> String {
    guard let words = groups[item]?.words, !words.isEmpty else { return item }
    return words
  }

  /// All types; the root is first.
  package var nodes: [Node] { types.codes.indices.map(types.node) }

  /// The codes of all types; the root is first.
  package var codes: [String] { types.codes }

  /// The type of a current code.
  package func node(_ code: String) -> Node? { types.number(code).map(types.node) }

  /// The WHO grade that a current code says; `nil` when it says none.
  package func grade(ofCode code: String) -> Int? {
    types.number(code).flatMap { types.grades[$0] < 0 ? nil : Int(types.grades[$0]) }
  }

  /// Whether a rule may name this in its scope: a code, `=CODE`, a group, `SOLID_TUMOR`, `ANY`.
  package func isKnownScope(_ item: String) -> Bool {
    item == "SOLID_TUMOR" || item == "ANY" || groups[item] != nil
      || types.number(item.hasPrefix("=") ? String(item.dropFirst()) : item) != nil
  }

  /// Reads a code, name, main type, alias or retired code, letter case aside.
  package func understand(_ text: String) -> Understanding? {
    let plain = text.trimmingSpaces
    guard !plain.isEmpty else { return nil }
    let upper = plain.uppercased()
    if let number = types.number(upper) { return understanding(number, .code) }
    if let place = names.retired[upper], names.successors[place].count == 1 {
      return understanding(Int(names.successors[place][0]), .retiredCode)
    }
    let key = Self.key(plain)
    if let known = understand(key: key) { return known }
    return understandLoosely(key) ?? understandBesideCode(plain)
  }

  /// A code beside the name of its type, or of one above or below it: `Lung Adenocarcinoma (LUAD)`, `TCGA-COAD`.
  ///
  /// A code beside another type is not believed, and neither is the other type.
  private func understandBesideCode(_ text: String) -> Understanding? {
    let words = text.split { !$0.isLetter && !$0.isNumber }
    let codes = Set(words.filter { $0.count > 1 && $0 == $0.uppercased() && types.number(String($0)) != nil })
    guard codes.count == 1, let code = codes.first, words.count > 1 else { return nil }
    let rest = words.filter { $0 != code }.joined(separator: " ")
    let key = Self.key(rest)
    guard let number = types.number(String(code)) else { return nil }
    if rest == "TCGA" { return understanding(number, .code) }
    guard let other = understand(key: key) ?? understandLoosely(key) else { return nil }
    let isOne = other.code == code || covers(other.code, String(code)) || covers(String(code), other.code)
    return isOne ? understanding(number, .code) : nil
  }

  private func understanding(_ number: Int, _ source: Source) -> Understanding {
    Understanding(code: types.codes[number], source: source)
  }

  private func understand(key: String) -> Understanding? {
    if let number = names.aliases[key] { return understanding(number, .alias) }
    if let number = names.names[key] { return understanding(number, .name) }
    return names.mainTypes[key].map { understanding($0, .mainType) }
  }

  /// Whether a text is the name of a type as the tree writes it.
  package func isName(_ text: String) -> Bool { names.names[Self.key(text.trimmingSpaces)] != nil }

  /// Codes by the names of their types as the tree writes them, keyed as ``key(_:)`` does.
  var codesByName: [String: String] { names.names.all.mapValues { types.codes[Int($0)] } }

  /// The current codes of a retired code, or of a name of clinics, that stands for several; words of course aside.
  package func successors(of text: String) -> [String] {
    let plain = text.trimmingSpaces
    let key = Self.key(plain)
    let kept = key.split { " /".contains($0) }.filter { !TumorTypeNames.courseWords.contains(String($0)) }
    let place = [plain, key, kept.joined(separator: " ")].lazy.compactMap { names.retired[$0.uppercased()] }.first
    return place.map { names.successors[$0].map { types.codes[Int($0)] } } ?? []
  }

  /// The codes of types of several organs that share a name, in the order of the tree; none for a name of one type.
  package func namesakes(_ text: String) -> [String] {
    let key = Self.key(text.trimmingSpaces)
    guard names.aliases[key] == nil, names.names[key] != nil else { return [] }
    return Self.namesakes.value[key] ?? []
  }

  /// By the key of a name that several types have: their codes.
  private static let namesakes = MadeOnce<[String: [String]]> {
    var codes: [String: [String]] = [:]
    BuiltInTable.oncotree.forEachRecord(["code", "name"]) {
      codes[TumorTypeNames.key($0[1]), default: []].append($0[0])
    }
    return codes.filter { $0.value.count > 1 }
  }

  /// The organ that a code belongs to, as the tree calls it; empty for a code that is none.
  package func organ(ofCode code: String) -> String { node(code)?.tissue ?? "" }

  /// The WHO grade that a tumor type as written says, by a retired code or name or in words; `nil` when it says none.
  package func grade(of text: String) -> Int? {
    let plain = text.trimmingSpaces
    if types.number(plain.uppercased()) != nil { return grade(ofCode: plain.uppercased()) }
    return names.retiredGrades[plain.uppercased()] ?? names.retiredGrades[Self.key(plain)] ?? TumorGrade.stated(
      in: plain)
      ?? understand(plain).flatMap { grade(ofCode: $0.code) }
  }

  /// Whether a word of a diagnosis is one of stage or course, which say nothing of the histology.
  package static func isOfCourse(_ word: String) -> Bool { TumorTypeNames.courseWords.contains(word.lowercased()) }

  /// Words of stage and course say nothing of the histology; the rest may stand in another order.
  private func understandLoosely(_ key: String) -> Understanding? {
    let words = TumorGrade.dropped(from: key.split(whereSeparator: { $0 == " " || $0 == "/" }).map(String.init))
    let kept = words.filter { !TumorTypeNames.courseWords.contains($0) }
    guard !kept.isEmpty, kept.count < words.count || kept.count > 1 else { return nil }
    let plain = kept.joined(separator: " ")
    if kept.count == 1, words.count > 1, let number = types.number(plain.uppercased()) {
      return understanding(number, .code)
    }
    return understand(key: plain)
      ?? names.byWords[kept.sorted().joined(separator: " ")].map { understanding($0, .name) }
  }

  /// The names under which types are known beside their own, as they are compared.
  var otherNames: Dictionary<String, Int32>.Keys { names.aliases.all.keys }

  /// Letter case, hyphens, parentheses and runs of white space do not tell names apart; nor does British spelling.
  static func key(_ text: String) -> String { TumorTypeNames.key(text) }

  /// Whether a type is another one or a kind of it.
  func isWithin(_ number: Int, _ other: Int) -> Bool { types.isWithin(number, other, besides: besides) }

  /// Whether the code is one of a blood tumor.
  package func isBlood(_ code: String) -> Bool { types.number(code).map { types.isBlood[$0] } ?? false }
}
