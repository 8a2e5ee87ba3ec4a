// SPDX-License-Identifier: Apache-2.0
internal import Knowledge

/// The parts of a page that a rule alone decides.
final class RuleMarkup: Sendable {
  /// Regulatory standing and line of therapy.
  let standing: [UInt8]
  /// What the rule asks for, with a semicolon before it; empty when it asks for nothing.
  let asks: [UInt8]
  /// The tumor types of the rule behind a space.
  let scope: [UInt8]
  /// The note as a term and its description; empty when there is none.
  let note: [UInt8]
  /// The rule's identifier, its table and its references.
  let support: [UInt8]
  /// The references as links where their kind is known.
  let references: [UInt8]
  /// The reference shown first, and the same with a label's name alone.
  let best: [UInt8]
  let short: [UInt8]
  /// What the rule says where it was not met: its therapy, and its direction unless it is sensitivity.
  let missed: String
  /// The rule with its level.
  let missedRule: String
  /// The name of the class that the rule speaks of, as people write it: `PI3K inhibitor (class)`; `nil` for drugs.
  let className: String?
  /// The classes of the rule's agents, behind their names; empty when none is known.
  let classes: [UInt8]
  /// Whether the rule names a class of agents and no drug.
  let isAboutClass: Bool

  /// The parts of a rule.
  init(_ rule: Rule, of table: KnowledgeBase) {
    standing = Self.made { html in
      html.text(ReportWords.regulatoryStatus(rule))
      if rule.line != .any { html.text("; \(ReportWords.line(rule.line))") }
    }
    asks = Self.made { Self.asks(rule, &$0) }
    scope = Self.made { $0.text(" \(Self.scope(rule, table))") }
    note = Self.made { html in
      guard !rule.note.isEmpty else { return }
      html.markup("<dt>Note</dt>")
      html.element("dd", text: rule.note)
    }
    support = Self.made { html in
      html.text(rule.id)
      // The page's head names the one table; of several each rule names its own.
      if table.sources.count > 1 {
        html.markup(" ")
        html.element("small", text: "(\(table.version(of: rule)))")
      }
      html.text(": ")
      Self.references(rule.references, &html)
    }
    isAboutClass = rule.agents.contains { table.reference.agents.agent($0)?.isClassToken == true }
    references = Self.made { Self.references(rule.references, &$0) }
    best = Self.made { html in
      if let reference = rule.bestReference { SamplePage.reference(reference, &html) }
    }
    short = Self.made { html in
      if let reference = rule.bestReference { SamplePage.reference(reference, isShort: true, &html) }
    }
    let className = Self.className(rule, table.reference.agents)
    self.className = className
    let direction = rule.direction == .sensitivity ? "" : ", " + ReportWords.direction(rule.direction)
    missed = (className ?? DrugName.plain(rule.therapy)) + direction
    missedRule = "\(rule.id) \(rule.level.rawValue)"
    classes = Self.made { html in
      var names: [String] = []
      for name in rule.agents.flatMap({ table.reference.agents.agent($0)?.classes ?? [] })
      where !names.contains(name) && className != name + AgentTable.classMark { names.append(name) }
      guard !names.isEmpty else { return }
      html.element("small", text: names.prefix(4).joined(separator: ", "))
    }
  }

  /// The table of agents has the names of classes in capitals where they stand for genes.
  private static func className(_ rule: Rule, _ agents: AgentTable) -> String? {
    guard rule.agents.count == 1, let agent = agents.agent(rule.agents[0]), agent.isClassToken else { return nil }
    return agent.classes.map { $0 + AgentTable.classMark }.first { $0.lowercased() == agent.name.lowercased() }
  }

  private static func made(_ body: (inout HTMLBuffer) -> Void) -> [UInt8] {
    var html = HTMLBuffer()
    body(&html)
    return html.bytes
  }

  /// The tumor types of a rule, groups by their names.
  private static func scope(_ rule: Rule, _ table: KnowledgeBase) -> String {
    rule.scope.include.map(table.reference.tumorTypes.groupWords).joined(separator: ", ")
  }

  private static func asks(_ rule: Rule, _ html: inout HTMLBuffer) {
    if !rule.plainAsked.isEmpty { html.text("; rule asks for " + rule.plainAsked) }
    if let requires = rule.requires { html.text("; with " + requires.plain) }
    if rule.origin != .either { html.text("; \(rule.origin.rawValue) only") }
  }

  private static func references(_ list: [String], _ html: inout HTMLBuffer) {
    if list.isEmpty { html.text("no reference, see the note") }
    html.list(list) { html, reference in
      guard let link = ReferenceLink.of(reference) else { return html.text(ReferenceLink.plain(reference)) }
      html.element("a", "", ("href", link.address), text: ReferenceLink.plain(link.words))
    }
  }
}
