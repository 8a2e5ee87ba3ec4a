// SPDX-License-Identifier: Apache-2.0
internal import Knowledge

/// Which rows speak of the agents of others, by name or by class.
struct AgentReach: Sendable {
  private let agents: AgentTable

  init(_ agents: AgentTable) { self.agents = agents }

  /// Whether a row of one agent or class speaks of an agent of another row, or both of the same agents.
  func speaks(_ rule: Rule, of other: Rule) -> Bool {
    rule.therapyKey == other.therapyKey || other.agents.contains { speaks(rule, of: $0) }
  }

  /// Whether a row of one agent or class speaks of an agent.
  func speaks(_ rule: Rule, of name: String) -> Bool {
    guard rule.agents.count == 1, let token = agents.agent(rule.agents[0]) else { return false }
    if token.name == name { return true }
    guard token.isClassToken else { return false }
    return agents.agent(name)?.classes.contains { token.classNames.contains($0.lowercased()) } ?? false
  }
}
