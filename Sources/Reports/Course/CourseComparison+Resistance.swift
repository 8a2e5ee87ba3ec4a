// SPDX-License-Identifier: Apache-2.0
extension CourseComparison {
  /// Agents that were given, and that something closes, or speaks against, that was not there before.
  func resistance(_ later: Int, _ alterations: [CourseChange]) -> [CourseChange] {
    let fresh = alterations.filter { [.new, .firstSeen, .changed].contains($0.change) }
    guard !fresh.isEmpty else { return [] }
    var rows: [CourseChange] = []
    var told: Set<String> = []
    let options = moments[later].samples.flatMap(\.options)
    for option in options where option.isDisputed {
      for item in fresh {
        guard let against = option.against.first(where: { CourseOption.names($0, item.name) }),
          // What opens the therapy too is no cause of its failing.
          option.group == "closed" || !option.because.contains(where: { CourseOption.names($0, item.name) }),
          let given = wasGiven(option.agents, item.earlier, later),
          told.insert(given.therapy + item.name).inserted
        else { continue }
        let before = moments[item.earlier].samples.flatMap(\.options).first { $0.therapy == option.therapy }
        let isOfMembers = given.therapy != option.therapy
        rows.append(
          resistance(
            to: given, item, later, closes: option.group == "closed",
            against: isOfMembers ? "\(against), against \(option.therapy)" : against,
            words: (before?.words ?? "", option.words)))
      }
    }
    for against in moments[later].samples.flatMap(\.classRows) {
      for item in fresh where item.name == against.name {
        // Where an agent has its own answer, what speaks against its class was weighed there.
        for agent in self.given.members(of: against.therapy) where !options.contains(where: { $0.agents == [agent] }) {
          guard let given = wasGiven([agent], item.earlier, later), told.insert(agent + item.name).inserted else {
            continue
          }
          rows.append(
            resistance(
              to: given, item, later, closes: true,
              against: "\(against.name) (\(against.level), \(against.rule)), against \(against.className)",
              words: ("", "closed \(against.tier)")))
        }
      }
    }
    return rows
  }

  private func resistance(
    to given: Given, _ item: CourseChange, _ later: Int, closes: Bool, against: String,
    words: (before: String, after: String)
  ) -> CourseChange {
    let isAcquired = given.isSure && item.wasLookedFor && closes
    var row = change(.resistance, isAcquired ? .acquired : .possiblyAcquired, from: item.earlier, to: later)
    (row.gene, row.alteration, row.therapy) = (item.gene, item.alteration, given.therapy)
    row.because = [against, given.words, item.change == .changed ? "was \(item.before)" : item.because].joined(
      separator: "; ")
    (row.before, row.after) = words
    row.fractions = item.fractions
    row.oncogenicity = item.oncogenicity
    return row
  }

  /// A therapy all of whose agents were given: how sure that is, in which words, and what was given, in place of the
  /// names of classes.
  private typealias Given = (isSure: Bool, words: String, therapy: String)

  /// What was given of a therapy's agents; `nil` where one of them was not.
  private func wasGiven(_ agents: [String], _ earlier: Int, _ later: Int) -> Given? {
    var isSure = true
    var words: [String] = []
    var names: [String] = []
    for agent in agents {
      guard let (name, said, isSureOfIt) = member(agent, earlier, later) else { return nil }
      isSure = isSure && isSureOfIt
      names.append(name)
      words.append(agents.count > 1 || name != agent ? "\(name) \(said)" : said)
    }
    return (isSure, words.joined(separator: ", "), names.joined(separator: " + "))
  }

  /// An agent, or one of those that the name of a class or regimen stands for, that was given between two moments.
  private func member(_ agent: String, _ earlier: Int, _ later: Int) -> (name: String, words: String, isSure: Bool)? {
    var unsure: (name: String, words: String, isSure: Bool)?
    for name in [agent] + given.members(of: agent) {
      switch given.answer(name, from: earlier, to: later) {
      case .no: continue
      case .between(let text): return (name, text, true)
      case .before(let text): unsure = unsure ?? (name, text, false)
      }
    }
    return unsure
  }
}

extension CourseOption {
  /// Whether something that was found speaks against the therapy; what did not help in a study is another matter.
  fileprivate var isDisputed: Bool { !against.isEmpty && group != "no_benefit" && group != "withdrawn" }
}
