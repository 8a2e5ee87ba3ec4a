// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import Knowledge

/// Finds the agents that knowledge bases name.
struct AgentNames: Sendable {
  let agents: AgentTable

  /// The agents of a list; a name that itself holds the separator is put together again.
  func list(_ text: String, separator: Character) throws(ImportProblem) -> [String] {
    let parts = text.split(separator: separator, omittingEmptySubsequences: true).map(\.trimmingSpaces)
    var found: [String] = []
    var start = 0
    outer: while start < parts.count {
      for end in (start + 1...parts.count).reversed() {
        let name = parts[start..<end].joined(separator: String(separator))
        if let therapy = regimen(name), end == start + 1 || therapy.count == 1 {
          found += therapy
          start = end
          continue outer
        }
      }
      throw .refused("agent is not in the agent table", "'\(parts[start])'")
    }
    return found
  }

  /// The agents given together.
  ///
  /// A class of agents is no part of a therapy (guide: Evidence, Combinations).
  func combination(_ names: [String]) throws(ImportProblem) -> [String] {
    var unique: [String] = []
    for name in names where !unique.contains(name) { unique.append(name) }
    if unique.count > 1, let token = unique.first(where: { agents.agent($0)?.isClassToken == true }) {
      throw .deferred("a class of agents cannot be part of a combination", token)
    }
    return unique
  }

  /// The agent of one name; for `A/B Regimen` the agents given together.
  private func regimen(_ name: String) -> [String]? {
    if let agent = find(name) { return [agent] }
    guard name.hasSuffix(" Regimen") else { return nil }
    let parts = name.dropLast(8).split(separator: "/").map { find($0.trimmingSpaces) }
    return parts.contains(nil) || parts.isEmpty ? nil : parts.compactMap { $0 }
  }

  /// The canonical name of an agent or of a class of agents.
  func find(_ name: String) -> String? {
    if let agent = agents.find(name) ?? agents.find(name + AgentTable.classMark) { return agent.name }
    // `amivantamab-vmjw`: the four letters tell products of one antibody apart.
    let parts = name.split(separator: "-")
    guard let suffix = parts.last, parts.count > 1, suffix.utf8.count == 4, suffix.allSatisfy(\.isLowercase) else {
      return nil
    }
    return agents.find(parts.dropLast().joined(separator: "-"))?.name
  }
}
