// SPDX-License-Identifier: Apache-2.0
import Alterations
import DelimitedText
import TestSupport
import Testing
@testable import Knowledge

@Suite("Tumor types and agents as the build lays them out")
struct LaidOutTablesTests {
  private static let laidOut = ReferenceTables.builtIn()
  private static let read = ReferenceTables.builtIn(laidOut: nil)

  /// Names laid out and read again.
  private static func names(_ numbers: [String: Int32], _ body: (NumberedNames) -> Void) {
    var layout = LayoutNumbers()
    layout.append(names: .read(numbers))
    let digits = BuiltInLayout.digits([.agents: layout.numbers])
    unsafe digits.withUnsafeBufferPointer { digits in
      guard let layout = unsafe BuiltInLayout(digits) else {
        Issue.record("no layout")
        return
      }
      var stream = layout.stream(.agents)
      body(stream.names())
    }
  }

  @Test("Names of any length are found by their bytes, and nothing else is")
  func numberedNames() {
    let numbers: [String: Int32] = [
      "": 7, "a": 0, "ab": 1, "abc": 2, "abcd": 3, "abcde": 4, "abcdef": 5, "abcdefg": 6, "b": 300_000, "é": 8, "éa": 9,
      "\u{1}": 10, "melanoma": 11, "melanoma of the eye": 12,
    ]
    Self.names(numbers) { names in
      #expect(names.all == numbers)
      for (name, number) in numbers { #expect(names[name] == Int(number), "\(name)") }
      for name in ["A", "abd", "abcdefh", "abcdefgh", "c", "e", "ma", "melanom", "melanoma ", "\u{2}", "é "] {
        #expect(names[name] == nil, "\(name)")
      }
    }
    Self.names([:]) { names in #expect(names.all.isEmpty && names["a"] == nil && names[""] == nil) }
  }

  @Test("Every name of a tumor type means what it means in the tables that were read, and so does what is no name")
  func tumorTypes() {
    let (laidOut, read) = (Self.laidOut.tumorTypes, Self.read.tumorTypes)
    #expect(laidOut.codes == read.codes && laidOut.codes.count > 800)
    for code in read.codes {
      let (one, other) = (laidOut.node(code), read.node(code))
      #expect(one?.name == other?.name && one?.mainType == other?.mainType && one?.tissue == other?.tissue)
      #expect(laidOut.grade(ofCode: code) == read.grade(ofCode: code) && laidOut.isBlood(code) == read.isBlood(code))
    }
    #expect(laidOut.codesByName == read.codesByName && Set(laidOut.otherNames) == Set(read.otherNames))
    var names = read.nodes.flatMap { [$0.code, $0.name, $0.mainType, $0.tissue, $0.code.lowercased()] }
    names += BuiltInTable.tumorAliases.text.records(["alias"]).map { $0[0] }
    names += BuiltInTable.oncotreeRetired.text.records(["old_code", "name"]).flatMap(\.self)
    #expect(names.count > 6000)
    names += names.flatMap {
      [
        $0 + " x", String($0.dropFirst()), "metastatic " + $0,
        $0.split(separator: " ").reversed().joined(separator: " "),
      ]
    }
    var differing: [String] = []
    for name in names {
      if laidOut.understand(name) != read.understand(name) { differing.append(name) }
      if laidOut.grade(of: name) != read.grade(of: name) { differing.append(name + " grade") }
      if laidOut.successors(of: name) != read.successors(of: name) { differing.append(name + " successors") }
    }
    #expect(differing == [])
    #expect(laidOut.understand("AASTR")?.code == "ASTR" && laidOut.successors(of: "ALL").count == 2)
  }

  @Test("Every agent is found by each of its names and is what its row says")
  func agents() {
    let (laidOut, read) = (Self.laidOut.agents, Self.read.agents)
    #expect(laidOut.names == read.names && laidOut.names.count > 400)
    for name in read.names {
      guard let one = laidOut.agent(name), let other = read.agent(name) else {
        Issue.record("\(name) is missing")
        continue
      }
      #expect(one.name == name && other.name == name && laidOut.contains(name))
      #expect(one.classes == other.classes && one.modality == other.modality && one.targets == other.targets)
      #expect(one.pathways == other.pathways && one.synonyms == other.synonyms && one.withdrawn == other.withdrawn)
      #expect(one.lineage == other.lineage && one.stopped == other.stopped && one.kind == other.kind)
      for synonym in other.synonyms + [name.uppercased()] {
        #expect(laidOut.find(synonym)?.name == read.find(synonym)?.name, "\(synonym)")
      }
    }
    for name in ["", "nothing", "pazopani", "pazopanibb", "(class)"] {
      #expect(laidOut.agent(name) == nil && laidOut.find(name) == nil && !laidOut.contains(name), "\(name)")
    }
  }

  @Test("How close a type is to what a scope names is what the codes and their parents say")
  func closeness() {
    let tree = Self.laidOut.tumorTypes
    let model = ScopeModel()
    let items = KnowledgeBase.builtIn.columns.scopeItems + ["ANY", "SOLID_TUMOR", "=NSCLC", "LMS_GROUP", "STS_GROUP"]
    let codes =
      tree.codes.enumerated().filter { $0.offset % 9 == 0 }.map(\.element) + [
        "LMS", "ULMS", "NSCLC", "TISSUE", "IBC", "MMBC", "SSRCC", "ARMM", "SARCL",
      ]
    #expect(items.count > 200)
    var differing: [String] = []
    for code in codes {
      let fits = tree.fits(of: code, to: items.map(tree.item))
      for (place, item) in items.enumerated() {
        let fit = fits.fit([Int32(place)], [])
        let wanted = model.fit(code, item)
        if fit?.proximity != wanted?.0 || fit?.isLessSpecific != wanted?.1 { differing.append("\(code) in \(item)") }
        if tree.covers(item, code) != model.covers(item, code) { differing.append("\(item) covers \(code)") }
      }
    }
    #expect(differing == [])
  }

  @Test("The places of each number in an array are listed in order")
  func placesOfNumbers() {
    let lists = NumberLists(placesIn: [2, 0, -1, 2, 5, 0, 2], count: 7)
    #expect(lists.map { Array($0) } == [[1, 5], [], [0, 3, 6], [], [], [4], []])
    #expect(lists == NumberLists([[1, 5], [], [0, 3, 6], [], [], [4], []]))
    #expect(lists.count(of: 2) == 3 && lists.count(of: 6) == 0)
    #expect(NumberLists([]).isEmpty && NumberLists(placesIn: [], count: 0).isEmpty)
  }
}

/// Scopes by the texts of the tables, step by step.
private struct ScopeModel {
  private let parents: [String: String]
  private let groups: [String: (include: [String], exclude: [String])]
  private let bridges: [[String]]
  private let below: [String: String]

  init() {
    parents = Dictionary(
      uniqueKeysWithValues: BuiltInTable.oncotree.text.records(["code", "parent"]).map { ($0[0], $0[1]) })
    let rows = BuiltInTable.tumorGroups.text.records(["group", "kind", "include", "exclude"])
    groups = Dictionary(
      uniqueKeysWithValues: rows.filter { $0[1] == "group" }.map { ($0[0], ($0[2].listItems, $0[3].listItems)) })
    bridges = rows.filter { $0[1] == "bridge" }.map { $0[2].listItems }
    below = Dictionary(
      uniqueKeysWithValues: rows.filter { $0[1] == "below" }.flatMap { row in row[2].listItems.map { ($0, row[0]) } })
  }

  private func line(_ code: String) -> [String] {
    var line: [String] = []
    var next = code
    while parents[next] != nil {
      line.append(next)
      next = parents[next] ?? ""
    }
    return line
  }

  /// Whether a code is another one or a kind of it, in the tree or by what counts below it.
  private func isWithin(_ code: String, _ other: String) -> Bool {
    line(code).contains { $0 == other || below[$0].map { isWithin($0, other) } ?? false }
  }

  private func isBlood(_ code: String) -> Bool {
    groups["SOLID_TUMOR"]?.exclude.contains { line(code).contains($0) } ?? false
  }

  func covers(_ item: String, _ code: String) -> Bool {
    if item == "ANY" { return true }
    if item == "SOLID_TUMOR" { return !isBlood(code) }
    if item.hasPrefix("=") { return String(item.dropFirst()) == code }
    if let group = groups[item] {
      return group.include.contains { covers($0, code) } && !group.exclude.contains { covers($0, code) }
    }
    return isWithin(code, item)
  }

  func fit(_ code: String, _ item: String) -> (Proximity, Bool)? {
    if covers(item, code) { return (item == "ANY" || item == "SOLID_TUMOR" ? .agnostic : .same, false) }
    if item == "SOLID_TUMOR" { return nil }
    let members = groups[item]?.include ?? [item.hasPrefix("=") ? String(item.dropFirst()) : item]
    var best: (Proximity, Bool)?
    for member in members where isBlood(member) == isBlood(code) {
      let shared = bridges.contains { bridge in
        bridge.contains { covers($0, code) } && bridge.contains { covers($0, member) }
      }
      let common = line(code).first { line(member).contains($0) }.map { line($0).count - 1 } ?? -1
      let isKind = line(code).count > 1 && isWithin(member, code)
      let found: (Proximity, Bool) =
        shared ? (.bridge, false) : isKind ? (.lineage, true) : common >= 2 ? (.lineage, false) : (.other, false)
      if best.map({ found.0 < $0.0 }) ?? true { best = found }
    }
    return best
  }
}
