// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Makes tumors that meet a rule out of the rule's own words, where it has no example.
struct ProbeExample {
  let reference: ReferenceTables
  let query: TumorQuery

  /// One tumor for each alternative of the rule that a finding can be made for.
  func profiles(of rule: Rule) -> [SampleProfile] {
    guard let code = rule.scope.include.first,
      var profile = query.profile(ofExample: (code.hasPrefix("=") ? String(code.dropFirst()) : code) + ":")
    else { return [] }
    if let requires = rule.requires { add(requires, to: &profile) }
    return rule.alternatives.compactMap { spec in
      guard let findings = findings(spec, of: rule.gene) else { return nil }
      var profile = profile
      profile.alterations += findings.map { finding in
        var finding = finding
        if rule.origin == .germline { finding.origin = .germline }
        return finding
      }
      return profile
    }
  }

  private func findings(_ spec: AlterationSpec, of gene: String) -> [Alteration]? {
    switch spec {
    case .measurement(let tests): tests.first.flatMap { measured(gene, $0) }
    case .wildType: [Alteration(gene: gene, event: .wildType, asWritten: "probe")]
    default: ProbeChange.make(spec, gene: gene, reference).map { [$0] }
    }
  }

  /// A result as a clinician writes it, read as in a question.
  private func measured(_ name: String, _ test: MeasurementTest) -> [Alteration]? {
    let plain = Int(exactly: test.number).map(String.init) ?? String(test.number)
    let value = test.word.isEmpty ? plain + (test.scale == "IHC" ? "+" : "") : test.word
    let share = test.leastShare.map { " in \(Int($0)) %" } ?? ""
    let known = reference.facts.biomarkers.ofGene(name)?.name ?? name
    let parts = [known, test.scale, value].filter { !$0.isEmpty }
    return query.findings(parts.joined(separator: " ") + share)
  }

  /// Adds what a rule requires beside its own finding, as far as findings can be made of it.
  private func add(_ requires: Predicate, to profile: inout SampleProfile) {
    switch requires {
    case .and(let parts): for part in parts { add(part, to: &profile) }
    case .or(let parts): if let part = parts.first { add(part, to: &profile) }
    case .alteration(let gene, let spec): profile.alterations += findings(spec, of: gene) ?? []
    case .wildType(let gene): profile.alterations.append(Alteration(gene: gene, event: .wildType, asWritten: "probe"))
    case .measurement(let name, let test): profile.alterations += measured(name, test) ?? []
    case .grade(let test): profile.grade = Int(test.number)
    // What was given before and what is absent stay open: neither closes a row.
    case .not, .priorTherapy, .clinical: break
    }
  }
}

/// Findings that meet an atom of a rule.
enum ProbeChange {
  static func make(_ spec: AlterationSpec, gene: String, _ reference: ReferenceTables) -> Alteration? {
    func change(_ change: SequenceChange) -> Alteration {
      Alteration(gene: gene, event: .sequence(change), asWritten: "probe")
    }
    switch spec {
    case .exact(let wanted): return change(SequenceChange(effect: VariantEffect(wanted), proteinChange: wanted))
    case .codon(let codon, let residues):
      guard
        let residue = residues.first
          ?? (reference.hotspots.frequentSubstitutions(of: gene, count: 50)
            .first { $0.first == codon }?.replacement.first)
      else { return nil }
      return change(
        SequenceChange(
          effect: .missense,
          proteinChange: ProteinChange(.substitution, first: codon, replacement: String(residue))))
    case .exactFusion(let five, let three):
      let fusion = Fusion(fivePrimeGene: five, threePrimeGene: three, isOrdered: true)
      return Alteration(gene: gene, event: .fusion(fusion), asWritten: "probe")
    case .fusion(let role):
      let fusion = Fusion(
        fivePrimeGene: role == .fivePrime ? gene : "", threePrimeGene: role == .fivePrime ? "" : gene, isOrdered: false)
      return Alteration(gene: gene, event: .fusion(fusion), asWritten: "probe")
    case .copyNumber(.amplification):
      return Alteration(gene: gene, event: .copyNumber(.amplification), asWritten: "probe")
    case .copyNumber(.homozygousDeletion), .lossOfFunction, .biallelicLoss, .copyNumber(.loss):
      return Alteration(gene: gene, event: .copyNumber(.homozygousDeletion), asWritten: "probe")
    case .activating, .activatingHotspot, .oncogenic, .anyChange:
      let frequent = reference.hotspots.frequentSubstitutions(of: gene, count: 1).first
      return frequent.map { change(SequenceChange(effect: .missense, proteinChange: $0)) }
        ?? Alteration(
          gene: gene, event: .sequence(SequenceChange(.pathogenic)), asWritten: "probe", cautions: [.pathogenicStated])
    case .named(let name): return change(SequenceChange(effect: .structural, namedClass: name))
    case .range(let range, _, _):
      let frequent = reference.hotspots.frequentSubstitutions(of: gene, count: 50).first { range.contains($0.first) }
      return frequent.map { change(SequenceChange(effect: .missense, proteinChange: $0)) }
    case .coding, .effect, .fusionAtExon, .copyNumber, .wildType, .measurement, .pathwayActivation, .none: return nil
    }
  }
}
