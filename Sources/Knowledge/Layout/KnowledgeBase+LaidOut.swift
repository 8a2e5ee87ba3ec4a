// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

extension KnowledgeBase {
  /// The built-in table where the build has laid it out.
  static func laidOut(_ layout: BuiltInLayout, _ reference: ReferenceTables) -> KnowledgeBase {
    let head = BuiltInTable.rules.head
    let sources = [
      Source(
        name: "built-in", version: head.comments["version"] ?? "", digest: nil,
        priority: Int(head.comments["priority"] ?? "") ?? 0, changes: head.changes)
    ]
    let statements = laidOut(layout, .statements, .matchingOfStatements, reference, sources, statements: nil)
    return laidOut(
      layout, .rules, .matchingOfRules, reference, sources,
      statements: statements.rules.isEmpty ? nil : StatementTable(statements))
  }

  private static func laidOut(
    _ layout: BuiltInLayout, _ section: BuiltInLayout.Section, _ matching: BuiltInLayout.Section,
    _ reference: ReferenceTables, _ sources: [Source], statements: StatementTable?
  ) -> KnowledgeBase {
    var stream = layout.stream(section)
    let rules = RuleList(LaidOutRows(&stream, reference))
    return KnowledgeBase(
      reference: reference, rules: rules, columns: RuleColumns(&stream), sources: sources, faults: [],
      statements: statements, matching: layout.stream(matching))
  }

  /// The built-in table read from its text, whatever the build has laid out.
  package static func parsed() -> KnowledgeBase { load(reference: ReferenceTables.builtIn(laidOut: nil)) }
}

extension BuiltInLayout {
  /// Lays out the tables that are compiled into the program; nothing where they have faults.
  ///
  /// - Parameter matching: What matching asks of the rules of a table.
  package static func made(matching: (KnowledgeBase) -> LayoutNumbers) -> [UInt8] {
    let table = KnowledgeBase.parsed()
    guard table.faults.isEmpty else { return [] }
    let identifiers = Set(BuiltInTable.statements.text.records(["rule_id"]).map { $0[0] })
    let isOfStatements = { (rule: Rule) in identifiers.contains(rule.id) }
    var parts: [Section: [Int]] = [:]
    let genes = ReferenceTables.readGenes().layout()
    parts[.geneBuckets] = genes.buckets
    parts[.geneNames] = genes.names
    parts[.geneRows] = genes.rows
    parts[.geneRivals] = genes.rivals
    var (tumorTypes, agents) = (LayoutNumbers(), LayoutNumbers())
    table.reference.tumorTypes.write(to: &tumorTypes)
    table.reference.agents.write(to: &agents)
    parts[.tumorTypes] = tumorTypes.numbers
    parts[.agents] = agents.numbers
    var numbers = LayoutNumbers()
    LaidOutRows.write(table.rules, isOfStatements: isOfStatements, to: &numbers)
    table.columns.write(to: &numbers)
    parts[.rules] = numbers.numbers
    parts[.matchingOfRules] = matching(table).numbers
    if let statements = table.statements?.table {
      var numbers = LayoutNumbers()
      LaidOutRows.write(statements.rules, isOfStatements: isOfStatements, to: &numbers)
      statements.columns.write(to: &numbers)
      parts[.statements] = numbers.numbers
      parts[.matchingOfStatements] = matching(statements).numbers
    }
    return digits(parts)
  }

  /// The genes as they are laid out, in the rows of their table.
  var genes: GeneCatalog {
    let rows = BuiltInTable.genes.withBytes { bytes in
      unsafe bytes.extracting(BuiltInTable.genes.firstRow..<bytes.count).withUnsafeBufferPointer { unsafe GeneRows($0) }
    }
    return GeneCatalog(
      LaidOutGenes(
        LaidOutGenes.Numbers(
          buckets: numbers(.geneBuckets), names: numbers(.geneNames), rows: numbers(.geneRows),
          rivals: numbers(.geneRivals)),
        text: rows))
  }
}
