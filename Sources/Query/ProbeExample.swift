// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Makes tumors that meet a rule out of the rule's own words, where it has no example.
struct ProbeExample {
  let reference: ReferenceTables
  let query: TumorQuery

  /// Tumors that meet a rule: its own example, or else what its own words ask for.
  ///
  /// - Parameter elsewhere: Where the tumor is taken from if the rule covers more than one kind.
  func stated(of rule: Rule, elsewhere: TumorScope? = nil) -> [SampleProfile] {
    query.profile(ofExample: rule.exampleHit).map { [$0] } ?? profiles(of: rule, elsewhere)
  }

  /// A tumor of a scope with nothing found in it; `nil` for a scope of all tumors.
  func tumor(of scope: TumorScope) -> SampleProfile? {
    scope.include.first.flatMap { code in
      query.profile(ofExample: (code.hasPrefix("=") ? String(code.dropFirst()) : code) + ":")
    }
  }

  /// One tumor for each alternative of the rule that a finding can be made for.
  private func profiles(of rule: Rule, _ elsewhere: TumorScope?) -> [SampleProfile] {
    guard var profile = tumor(of: rule.scope) ?? elsewhere.flatMap(tumor) else { return [] }
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
  func add(_ requires: Predicate, to profile: inout SampleProfile) {
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
    func finding(_ event: Alteration.Event) -> Alteration { Alteration(gene: gene, event: event, asWritten: "probe") }
    func change(_ change: SequenceChange) -> Alteration { finding(.sequence(change)) }
    func protein(_ protein: ProteinChange) -> Alteration {
      change(SequenceChange(effect: VariantEffect(protein), proteinChange: protein))
    }
    /// The change that is seen most often there, or else any.
    func substitution(in codons: ClosedRange<Int>, to residues: String = "") -> Alteration {
      let frequent = reference.hotspots.frequentSubstitutions(of: gene, count: 50).first { codons.contains($0.first) }
      let residue = residues.first.map(String.init) ?? frequent?.replacement ?? "A"
      return protein(
        ProteinChange(
          .substitution, first: frequent?.first ?? codons.lowerBound, firstResidue: frequent?.firstResidue ?? "X",
          replacement: residue))
    }
    switch spec {
    case .exact(let wanted): return protein(wanted)
    case .codon(let codon, let residues): return substitution(in: codon...codon, to: residues)
    case .range(let codons, nil, _): return substitution(in: codons)
    case .range(let codons, let kind?, _): return part(of: codons, kind).map(protein) ?? substitution(in: codons)
    case .exactFusion(let five, let three):
      return finding(.fusion(Fusion(fivePrimeGene: five, threePrimeGene: three, isOrdered: true)))
    case .fusion(let role):
      return finding(
        .fusion(
          Fusion(
            fivePrimeGene: role == .fivePrime ? gene : "", threePrimeGene: role == .fivePrime ? "" : gene,
            isOrdered: false)))
    case .copyNumber(.amplification): return finding(.copyNumber(.amplification))
    case .copyNumber(.gain): return finding(.copyNumber(.gain))
    case .copyNumber(.lossOfHeterozygosity): return finding(.copyNumber(.lossOfHeterozygosity))
    case .copyNumber(.homozygousDeletion), .copyNumber(.loss), .lossOfFunction, .biallelicLoss:
      return finding(.copyNumber(.homozygousDeletion))
    case .activating, .activatingHotspot, .oncogenic, .anyChange:
      let frequent = reference.hotspots.frequentSubstitutions(of: gene, count: 1).first
      return frequent.map(protein)
        ?? Alteration(
          gene: gene, event: .sequence(SequenceChange(.pathogenic)), asWritten: "probe", cautions: [.pathogenicStated])
    case .named(let name): return change(SequenceChange(effect: .structural, namedClass: name))
    case .effect(let kind): return effect(kind).map { change(SequenceChange(effect: $0)) }
    case .coding, .fusionAtExon, .wildType, .measurement, .pathwayActivation, .none: return nil
    }
  }

  /// A change of a class within codons; `nil` for a class that is a substitution or tells no change.
  private static func part(of codons: ClosedRange<Int>, _ kind: AlterationSpec.EffectClass) -> ProteinChange? {
    let first = codons.lowerBound
    switch kind {
    case .inframeDeletion, .inframe:
      return ProteinChange(.deletion, first: first, last: min(first + 2, codons.upperBound))
    case .inframeInsertion: return ProteinChange(.duplication, first: first, last: min(first + 2, codons.upperBound))
    case .frameshift, .truncating: return ProteinChange(.frameshift, first: first)
    case .nonsense: return ProteinChange(.nonsense, first: first, replacement: "*")
    case .splice: return ProteinChange(.splice, first: first)
    case .missense, .promoter, .startLost, .stopLost: return nil
    }
  }

  private static func effect(_ kind: AlterationSpec.EffectClass) -> VariantEffect? {
    switch kind {
    case .truncating: .frameshift
    case .inframe: .inframeDeletion
    default: VariantEffect.allCases.first(where: kind.contains)
    }
  }
}
