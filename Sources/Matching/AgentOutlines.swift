// SPDX-License-Identifier: Apache-2.0
internal import Knowledge

/// What matching asks of agents again and again, by their numbers among the agents of a table's rules.
///
/// The build lays that of the built-in table out, so that no agent has to be made before a rule about it is met.
struct AgentOutlines: Sendable {
  /// By agent: its place in the table of agents, -1 for a name that the table lacks.
  let places: [Int32]
  /// By agent: what it is.
  let traits: [TherapyTraits]
  /// By agent: the numbers of its classes.
  let classes: NumberLists
  /// By agent: the numbers of its pathways.
  let pathways: NumberLists
  /// By agent: the others of which it speaks as their class.
  private let members: NumberLists
  /// By class token and agent, whether the token speaks of the agent; every agent speaks of itself.
  private let reach: [Bool]

  init(_ names: [String], _ known: AgentTable, _ sets: MatchingSets) {
    let agents = names.map(known.agent)
    places = names.map { known.place($0).map { Int32($0) } ?? -1 }
    traits = zip(names, agents).map { TherapyTraits($0, $1, sets) }
    // A class and a pathway are never compared, so that one numbering is enough for both.
    var numbers = Numbering<String>()
    classes = NumberLists(agents.map { ($0?.classes ?? []).map { numbers.number($0) } })
    pathways = NumberLists(agents.map { ($0?.pathways ?? []).map { numbers.number($0) } })
    var byClass: [String: [Int32]] = [:]
    for (number, agent) in agents.enumerated() {
      for own in agent?.classes ?? [] { byClass[own.lowercased(), default: []].append(Int32(number)) }
    }
    let lists = agents.map { agent -> [Int32] in
      guard let agent, agent.isClassToken else { return [] }
      return Set(agent.classNames.flatMap { byClass[$0] ?? [] }).sorted()
    }
    members = NumberLists(lists)
    reach = Self.reach(members)
  }

  init(_ stream: inout LaidOutStream) {
    places = stream.array()
    traits = stream.array().map { TherapyTraits(rawValue: UInt8(truncatingIfNeeded: $0)) }
    (classes, pathways) = (NumberLists(&stream), NumberLists(&stream))
    members = NumberLists(&stream)
    reach = Self.reach(members)
  }

  /// Lays all out.
  func write(to numbers: inout LayoutNumbers) {
    numbers.append(places)
    numbers.append(traits.map { Int32($0.rawValue) })
    for lists in [classes, pathways, members] { lists.write(to: &numbers) }
  }

  private static func reach(_ members: NumberLists) -> [Bool] {
    var reach = [Bool](repeating: false, count: members.count * members.count)
    for token in members.indices {
      reach[token * members.count + token] = true
      for member in members[token] { reach[token * members.count + Int(member)] = true }
    }
    return reach
  }

  /// Whether what is said of an agent or class speaks of an agent.
  @inline(__always)
  func reaches(_ token: Int32, _ agent: Int32) -> Bool { reach[Int(token) * places.count + Int(agent)] }
}
