internal import Guarding
internal import TargetTable

/// The parts of a page that a rule alone decides, made when first shown and kept for all pages of a run.
final class RuleMarkup: Sendable {
  struct Parts: Sendable {
    /// Regulatory standing and line of therapy.
    let standing: [UInt8]
    /// What the rule asks for, with a semicolon before it; empty when it asks for nothing.
    let asks: [UInt8]
    /// The tumor types of the rule in parentheses.
    let scope: [UInt8]
    /// The note as a term and its description; empty when there is none.
    let note: [UInt8]
    /// The rule's identifier, its table and its references.
    let support: [UInt8]
    /// The references as links where their kind is known.
    let references: [UInt8]
  }

  private struct Key: Hashable {
    let table: Int
    let id: String
  }

  private let known = Guarded<[Key: Parts]>([:])

  /// The parts of a rule.
  ///
  /// - Parameter version: The version of its table, asked for once.
  func parts(of rule: Rule, version: (Rule) -> String) -> Parts {
    let key = Key(table: rule.table, id: rule.id)
    if let parts = known.withLock({ $0[key] }) { return parts }
    let parts = Parts(
      standing: made { $0.text("\(ReportWords.standing(rule)); \(ReportWords.line(rule.line))") },
      asks: made { Self.asks(rule, &$0) },
      scope: made { $0.text(" (rule: \(rule.scope.include.joined(separator: ", ")))") },
      note: made { html in
        guard !rule.note.isEmpty else { return }
        html.markup("<dt>Note</dt>")
        html.element("dd", text: rule.note)
      },
      support: made { html in
        html.text("\(rule.id) ")
        html.element("span", "class=\"soft small\"", text: "(\(version(rule)))")
        html.text(": ")
        Self.references(rule.references, &html)
      },
      references: made { Self.references(rule.references, &$0) })
    known.withLock { $0[key] = parts }
    return parts
  }

  private func made(_ body: (inout HTMLBuffer) -> Void) -> [UInt8] {
    var html = HTMLBuffer()
    body(&html)
    return html.bytes
  }

  private static func asks(_ rule: Rule, _ html: inout HTMLBuffer) {
    if rule.gene != "-" {
      html.text("; rule asks for ")
      html.element("code", text: rule.gene + (["", "-"].contains(rule.specText) ? "" : " " + rule.specText))
    }
    if !rule.requiresText.isEmpty {
      html.text(" with ")
      html.element("code", text: rule.requiresText)
    }
    if rule.origin != .either { html.text("; \(rule.origin.rawValue) only") }
  }

  private static func references(_ list: [String], _ html: inout HTMLBuffer) {
    if list.isEmpty { html.text("no reference, see the note") }
    html.list(list) { html, reference in
      guard let link = ReferenceLink.of(reference) else { return html.text(reference) }
      html.element("a", "", ("href", link.address), text: link.words)
    }
  }
}
