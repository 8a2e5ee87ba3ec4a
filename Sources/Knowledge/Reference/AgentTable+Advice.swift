// SPDX-License-Identifier: Apache-2.0

extension AgentTable {
  /// What to say of an earlier treatment that is near the name of an agent and no name itself; `nil` for any other.
  package func priorTherapyRemark(_ name: String) -> String? {
    if find(name) != nil { return nil }
    let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    let known = names.flatMap { [$0] + (agent($0)?.classes ?? []) }
      .flatMap { $0.lowercased().split { !$0.isLetter && !$0.isNumber } }.map(String.init)
    let vocabulary = Set(known)
    if words.allSatisfy({ vocabulary.contains($0) || find($0) != nil }) { return nil }
    return nearest(to: name).map {
      "earlier treatment '\(name)' is no agent that is known (did you mean \($0)?)"
    }
  }
}
