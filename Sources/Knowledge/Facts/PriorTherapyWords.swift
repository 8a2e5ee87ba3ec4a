// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// How the words of a label for earlier treatment are read.
package struct PriorTherapyWords: Sendable {
  /// Words that add nothing to the name of a class.
  package let fillers: Set<String>
  private let targets: [String: String]
  private let modalities: [String: String]
  private let classes: [String: String]
  private let targetsByFirstWord: [String: String]
  private let agentsByFirstWord: [String: String]
  private let denials: Set<String>
  private let members: [String: Set<String>]
  private let regimens: [String: [String]]

  /// The modality that words mean that ask for a treatment of any kind: `systemic therapy`.
  package static let anyModality = "any"

  init(_ rows: [FactRow]) {
    func meanings(_ kind: String) -> [String: String] {
      Dictionary(
        rows.filter { $0["kind"] == kind }.map { ($0["words"], $0["means"]) }, uniquingKeysWith: { first, _ in first })
    }
    fillers = Set(meanings("filler").keys)
    targets = meanings("target")
    modalities = meanings("modality")
    classes = meanings("class")
    targetsByFirstWord = meanings("first_word_target")
    agentsByFirstWord = meanings("first_word_agent")
    denials = Set(meanings("denial").keys)
    regimens = meanings("regimen").mapValues(\.listItems)
    members = meanings("agents").mapValues { Set($0.listItems) }
  }

  /// Whether words say that something was not given: `no imatinib`, `imatinib declined`,
  /// `osimertinib (planned)`, `osimertinib not given`.
  package func denies(_ text: String) -> Bool {
    let words = text.lowercased().split { !$0.isLetter }
    // Inside of a text such a word may speak of something else: `imatinib (no response), stopped`.
    return [words.first, words.last].contains { $0.map { denials.contains(String($0)) } ?? false }
      || denials.contains(words.suffix(2).joined(separator: " "))
  }

  /// Words of regimens that stand for the agents of a class, in lower case: `endocrine therapy`.
  package func regimens(of name: String) -> [String] { classes.filter { $0.value == name }.keys.sorted() }

  /// Whether words of a label mean an agent by its target, class or kind.
  ///
  /// - Parameters:
  ///   - asked: The words of the label, in lower case.
  ///   - core: Those of them that are no fillers.
  package func mean(_ agent: Agent, asked: [String], core: [String]) -> Bool {
    if let target = targets[core.joined(separator: " ")], agent.targets.contains(target) { return true }
    let text = asked.joined(separator: " ")
    if let own = classes[text], agent.classes.contains(where: { $0.lowercased() == own }) { return true }
    guard let first = asked.first else { return false }
    if let target = targetsByFirstWord[first], agent.targets.contains(target) { return true }
    return agentsByFirstWord[first] == agent.name
  }

  /// Whether words of a label list an agent: `fluoropyrimidine`.
  package func lists(_ agent: Agent, for core: [String]) -> Bool {
    members[core.joined(separator: " ")]?.contains(agent.name) ?? false
  }

  /// The agents of a regimen by its name, words in lower case; empty for other names.
  package func agents(of regimen: String) -> [String] { regimens[regimen] ?? [] }

  /// The kind of agent that the words of a label mean by themselves: `chemotherapy`.
  package func modality(_ asked: [String]) -> String? { modalities[asked.joined(separator: " ")] }
}
