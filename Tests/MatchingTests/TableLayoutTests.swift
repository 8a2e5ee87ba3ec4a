// SPDX-License-Identifier: Apache-2.0
import Alterations
import DelimitedText
import TestSupport
import Testing
@testable import Knowledge
@testable import Matching

@Suite("Tables as the build lays them out")
struct TableLayoutTests {
  private static let parsed = KnowledgeBase.parsed()
  private static let linked = BuiltInLayout.linked

  @Test("The program's layout is what the tables come to when they are read")
  func isOfTables() throws {
    _ = try #require(Self.linked)
    let made = BuiltInLayout.made(matching: MatchingLayout.numbers)
    let own = unsafe BuiltInLayout.linkedDigits { unsafe Array($0) }
    #expect(made.count > 1_000_000)
    #expect(own == made)
  }

  @Test("Every rule made of its row is the rule that was read, with and without therapy")
  func rules() throws {
    let (table, parsed) = (KnowledgeBase.load(), Self.parsed)
    #expect(table.rules.isLaidOut && !parsed.rules.isLaidOut)
    #expect(table.rules.count > 3000 && table.rules.map(\.cells) == parsed.rules.map(\.cells))
    #expect(table.rules.map(\.alternatives) == parsed.rules.map(\.alternatives))
    #expect(table.rules.map(\.requires) == parsed.rules.map(\.requires))
    #expect(table.rules.map(\.lineNumber) == parsed.rules.map(\.lineNumber))
    let statements = try (#require(table.statements), #require(parsed.statements))
    #expect(statements.0.rules.count > 100)
    #expect(statements.0.rules.map(\.cells) == statements.1.rules.map(\.cells))
    #expect(statements.0.rules.map(\.lineNumber) == statements.1.rules.map(\.lineNumber))
    #expect(table.knownGenes == parsed.knownGenes)
    #expect(table.standingRules == parsed.standingRules && table.absenceRules == parsed.absenceRules)
    #expect(table.sources.map(\.version) == parsed.sources.map(\.version))
    #expect(table.sources.map(\.digest) == parsed.sources.map(\.digest))
    for gene in table.columns.geneNames { #expect(table.rules(about: gene) == parsed.rules(about: gene)) }
    let pairs = parsed.rules.filter { $0.agents.count == 2 }.map(\.therapyKey)
    for pair in Set(pairs) {
      #expect(table.rules(aboutPair: pair).map(\.id) == parsed.rules(aboutPair: pair).map(\.id))
    }
  }

  @Test("A rule is found at its place, one of another list is not")
  func places() throws {
    let table = KnowledgeBase.load()
    for place in table.rules.indices { #expect(table.rules.place(of: table.rules[place]) == place) }
    let other = try #require(table.statements?.rules.first)
    #expect(table.rules.place(of: other) == nil)
    #expect(table.rules.place(of: Self.parsed.rules[7]) == nil)
  }

  @Test("Numbers of rules are those that are worked out of the rules, for therapies and statements")
  func numbers() throws {
    let (table, parsed) = (KnowledgeBase.load(), Self.parsed)
    let statements = try (#require(table.statements).table, #require(parsed.statements).table)
    for (one, other) in [(table, parsed), statements] {
      let (laidOut, made) = (RuleIndex(table: one), RuleIndex(table: other))
      #expect(one.matching != nil && other.matching == nil)
      var numbers = (LayoutNumbers(), LayoutNumbers())
      laidOut.outlines.write(to: &numbers.0)
      made.outlines.write(to: &numbers.1)
      #expect(numbers.0.numbers == numbers.1.numbers)
      #expect(laidOut.claims == made.claims && laidOut.therapies == made.therapies && laidOut.genes == made.genes)
      #expect(laidOut.agents == made.agents && laidOut.ranks == made.ranks && laidOut.priorities == made.priorities)
      #expect(laidOut.geneNumbers == made.geneNumbers && laidOut.agentNames == made.agentNames)
      #expect(laidOut.eventClasses == made.eventClasses && laidOut.therapyTraits == made.therapyTraits)
      #expect(laidOut.requirementOfRule == made.requirementOfRule)
      for number in 0..<made.requirementCount { #expect(laidOut.requirement(number) == made.requirement(number)) }
      #expect(
        one.columns.scopeItems == other.columns.scopeItems && one.columns.scopeOfRule == other.columns.scopeOfRule)
      #expect(one.columns.included == other.columns.included && one.columns.excluded == other.columns.excluded)
      #expect(one.columns.bounds == other.columns.bounds && one.columns.boundOfRule == other.columns.boundOfRule)
      #expect(one.columns.directions == other.columns.directions)
      #expect(one.columns.withdrawals == other.columns.withdrawals)
    }
  }

  @Test("Every name of every gene means what it means in the table that was read, and so does what is no name")
  func genes() {
    let (laidOut, read) = (ReferenceTables.builtIn().genes, Self.parsed.reference.genes)
    #expect(laidOut.count == read.count && laidOut.count > 40_000)
    var differing: [String] = []
    for number in 0..<read.count {
      let gene = GeneID(rawValue: Int32(number))
      if laidOut.symbol(gene) != read.symbol(gene) { differing.append(read.symbol(gene)) }
    }
    var names = BuiltInTable.genes.text.rows.flatMap { row in
      (row.cells.first.map { [$0] } ?? []) + row.cells.dropFirst(2).flatMap(\.listItems)
    }
    names += BuiltInTable.geneClinicNames.text.records(["name"]).flatMap { [$0[0], GeneNameKey.plain($0[0])] }
    #expect(names.count > 100_000)
    names += names.map { $0.lowercased() } + names.prefix(5000).flatMap { [$0 + "Q9", String($0.dropLast())] }
    names += ["", ";", "\t", "KIT;KRAS", "KIT\t", "1-Mar", "Sep-02", String(repeating: "A", count: 4000), "É", "KIT\n"]
    for name in names {
      let bytes = Array(name.utf8)
      if laidOut.resolve(name) != read.resolve(name) { differing.append(name) }
      if laidOut.rivals(for: bytes.span) != read.rivals(for: bytes.span) { differing.append(name + " rivals") }
    }
    #expect(differing == [])
  }

  @Test("A name that is added to a catalog as it was laid out leaves the others as they were")
  func addedNames() throws {
    var (laidOut, read) = (ReferenceTables.builtIn().genes, Self.parsed.reference.genes)
    for name in ["KIT", "HER2", "NEWGENE1", "newgene1"] {
      let bytes = Array(name.utf8)
      #expect(laidOut.addSymbol(bytes.span) == read.addSymbol(bytes.span))
    }
    let gene = try #require(read.gene("NEWGENE1"))
    let alias = Array("NEWALIAS".utf8)
    laidOut.addAlias(alias.span, of: gene)
    read.addAlias(alias.span, of: gene)
    for name in ["NEWGENE1", "NewAlias", "HER2", "MLL2", "P53", "c-kit", "BRAF", "nothing"] {
      #expect(laidOut.resolve(name) == read.resolve(name), "\(name)")
    }
    #expect(laidOut.count == read.count)
  }

  @Test("A layout that is damaged, cut off, of another format or of other tables is none", arguments: 0..<8)
  func damage(kind: Int) throws {
    let whole = unsafe BuiltInLayout.linkedDigits { unsafe Array($0) }
    func isLayout(_ digits: [UInt8]) -> Bool {
      unsafe digits.withUnsafeBufferPointer { unsafe BuiltInLayout($0) } != nil
    }
    #expect(isLayout(whole))
    var digits = whole
    switch kind {
    case 0: digits = []
    case 1: digits.removeLast()
    case 2: digits.removeLast(4)
    case 3: digits[0] += 1
    case 4: digits[9] ^= 1
    case 5: digits[digits.count - 3] ^= 1
    case 6: digits[400] ^= 2
    default: digits += Array("????".utf8)
    }
    #expect(!isLayout(digits))
    for place in stride(from: kind, to: whole.count, by: 40_009) {
      var one = whole
      one[place] ^= 1
      #expect(!isLayout(one))
    }
  }

  @Test("Workers that ask for one rule at one time get one rule")
  func atOneTime() async {
    for _ in 0..<4 {
      let table = KnowledgeBase.load()
      let found = await withTaskGroup(of: [ObjectIdentifier].self) { group in
        for _ in 0..<6 { group.addTask { (0..<300).map { ObjectIdentifier(table.rules[$0]) } } }
        return await group.reduce(into: Set<[ObjectIdentifier]>()) { $0.insert($1) }
      }
      #expect(found.count == 1)
    }
  }
}
