// SPDX-License-Identifier: Apache-2.0
internal import Knowledge

/// Reads what was given before against what a label asks for (guide: Matching, Earlier therapies).
struct PriorTherapy: Sendable {
  let agents: AgentTable
  let words: PriorTherapyWords

  /// Whether a treatment that was given is one of what a rule asks for: `carboplatin` is `platinum chemotherapy`,
  /// `abiraterone` is `enzalutamide or abiraterone`, `doxorubicin` is an `anthracycline`.
  func isGiven(_ wanted: String, by given: String) -> Bool {
    if words.denies(given) { return false }
    let asked = Self.words(wanted)
    let alternatives = asked.split(separator: "or").map(Array.init)
    let stated = Self.words(given)
    if alternatives.count > 1 { return alternatives.contains { isGiven($0, stated) } }
    return isGiven(asked, stated)
  }

  private func isGiven(_ asked: [String], _ stated: [String]) -> Bool {
    if asked.isEmpty || stated.isEmpty { return false }
    let askedCore = asked.filter { !words.fillers.contains($0) }
    if Self.contains(stated, asked) || !askedCore.isEmpty && Self.contains(stated, askedCore) { return true }
    // Chemotherapy of any kind, where that is all a label asks for.
    let names = [stated.joined(separator: " ")] + stated
    for name in names {
      // `FOLFOX` is what its agents are.
      if words.agents(of: name).contains(where: { isGiven(asked, Self.words($0)) }) { return true }
      guard let agent = agents.find(name) else { continue }
      if asked == [agent.name] { return true }
      let modality = words.modality(asked)
      if modality == PriorTherapyWords.anyModality || modality == agent.modality { return true }
      if words.lists(agent, for: askedCore.isEmpty ? asked : askedCore) { return true }
      let classes = agent.classes.map(Self.words)
      if classes.contains(where: { Self.contains($0, askedCore.isEmpty ? asked : askedCore) }) { return true }
      if words.mean(agent, asked: asked, core: askedCore) { return true }
    }
    return false
  }

  private static func words(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  private static func contains(_ words: [String], _ part: [String]) -> Bool {
    guard !part.isEmpty, words.count >= part.count else { return false }
    return (0...(words.count - part.count)).contains { Array(words[$0..<$0 + part.count]) == part }
  }
}
