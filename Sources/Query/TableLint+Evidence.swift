// SPDX-License-Identifier: Apache-2.0
internal import Knowledge

/// Rows whose evidence cannot be weighed as it stands.
extension TableLint {
  /// Warnings on what rows say of their evidence.
  func evidence() -> [Finding] { bypassesWithoutSetting() + bothDirections() + doubledLabels() + missingLineages() }

  // MARK: Resistance of a bypass

  /// Resistance by a gene that the agent does not act on says little without the driver that the agent is given for.
  private func bypassesWithoutSetting() -> [Finding] {
    table.rules.compactMap { rule in
      guard rule.direction == .resistance, rule.level <= .c, rule.requires == nil, isOfGene(rule),
        !actsOn(rule), !rule.alternatives.contains(.named("reversion")), !isNeededIntact(rule), !isForWildType(rule),
        rule.agents.contains(where: isTargeted)
      else { return nil }
      return finding(
        rule, .bypass,
        "is resistance to \(rule.therapy) by \(rule.gene), which it does not act on (name the driver in requires)")
    }
  }

  private func isOfGene(_ rule: Rule) -> Bool {
    switch rule.eventClass {
    case .mutation, .copyNumber, .fusion, .lossOfFunction: true
    case .expression, .biomarker, .wildType, .histology, .pathway, .proteinTarget: false
    }
  }

  /// The agents of a rule, and of its classes all that belong to them.
  private func members(_ rule: Rule) -> [Agent] {
    let agents = table.reference.agents
    return rule.agents.flatMap { name -> [Agent] in
      guard let agent = agents.agent(name) else { return [] }
      guard agent.isClassToken else { return [agent] }
      return agents.names.filter { agents.covers(classToken: name, agent: $0) }.compactMap { agents.agent($0) }
    }
  }

  private func actsOn(_ rule: Rule) -> Bool { members(rule).contains { $0.targets.contains(rule.gene) } }

  private func isNeededIntact(_ rule: Rule) -> Bool {
    table.reference.facts.wildTypeDependence.contains { pair in
      pair.needed == rule.gene && members(rule).contains { $0.targets.contains(pair.target) }
    }
  }

  /// Whether the agent is given where the gene is unchanged: the row is its opposite, and there is no driver.
  private func isForWildType(_ rule: Rule) -> Bool {
    let names = Set(members(rule).map(\.name) + rule.agents)
    return table.rules.contains { other in
      guard other.direction == .sensitivity, other.agents.contains(where: names.contains) else { return false }
      if other.eventClass == .wildType, other.gene == rule.gene { return true }
      return other.requires.map { asksUnchanged(rule.gene, $0) } ?? false
    }
  }

  private func asksUnchanged(_ gene: String, _ predicate: Predicate) -> Bool {
    switch predicate {
    case .and(let parts), .or(let parts): parts.contains { asksUnchanged(gene, $0) }
    case .wildType(gene), .not(.alteration(gene, _)): true
    default: false
    }
  }

  private func isTargeted(_ name: String) -> Bool {
    table.reference.agents.agent(name)?.pathways.contains(
      where: table.reference.facts.sets.signalingPathways.contains) ?? false
  }

  // MARK: One source, one label

  /// A source that is read as saying both that an agent works on a change and that it does not.
  private func bothDirections() -> [Finding] {
    var byTherapy: [String: [Rule]] = [:]
    for rule in table.rules where rule.direction == .sensitivity && rule.regulatoryStatus != .withdrawn {
      byTherapy[rule.gene + "|" + rule.therapyKey, default: []].append(rule)
    }
    return table.rules.compactMap { rule in
      guard rule.direction == .resistance || rule.direction == .noBenefit else { return nil }
      let sources = Set(rule.references.filter { !$0.hasPrefix("LABEL:") })
      let other = byTherapy[rule.gene + "|" + rule.therapyKey]?.first { other in
        !sources.isDisjoint(with: other.references) && other.requires == rule.requires
          && !Set(other.alternatives).isDisjoint(with: rule.alternatives)
          && !Set(other.scope.include).isDisjoint(with: rule.scope.include)
      }
      guard let other else { return nil }
      return finding(
        rule, .source,
        "says \(rule.direction.rawValue) and \(other.id) sensitivity of one change, both from one source (read it again)",
        other: other)
    }
  }

  /// A label by tumor type alone that repeats one which asks for a biomarker.
  private func doubledLabels() -> [Finding] {
    let labels = table.rules.filter {
      $0.level == .a1 && $0.direction == .sensitivity && $0.regulatoryStatus != .withdrawn
    }
    return labels.compactMap { rule in
      guard rule.eventClass == .histology else { return nil }
      let other = labels.first { other in
        other.eventClass != .histology && other.eventClass != .proteinTarget && other.therapyKey == rule.therapyKey
          && other.authority == rule.authority && other.line == rule.line && other.requiresText == rule.requiresText
          && !Set(other.references).isDisjoint(with: rule.references)
          && !Set(other.scope.include).isDisjoint(with: rule.scope.include)
      }
      guard let other else { return nil }
      return finding(
        rule, .label, "needs no biomarker where \(other.id) of the same label asks for one (keep one of them)",
        other: other)
    }
  }

  // MARK: Lineage

  /// Hormones and chemotherapy say in the table of agents in which tumors they are used; a rule may say it instead.
  private func missingLineages() -> [Finding] {
    let bound = table.reference.facts.sets.lineageModalities
    var seen: Set<String> = []
    return table.rules.flatMap { rule -> [Finding] in
      guard rule.direction == .sensitivity, rule.support.lineage.isEmpty, isOfGene(rule) else { return [] }
      return rule.agents.compactMap { name in
        guard let agent = table.reference.agents.agent(name), bound.contains(agent.modality), agent.lineage.isEmpty,
          seen.insert(name).inserted
        else { return nil }
        return finding(
          rule, .lineage, "names \(name) (\(agent.modality)), which has no lineage (fill in lineage of rule or agent)")
      }
    }
  }
}
