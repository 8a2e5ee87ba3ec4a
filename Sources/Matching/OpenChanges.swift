// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Changes that a text states without naming them: what they may turn out to be.
///
/// Guide: Matching, Changes that are not named.
enum OpenChanges {
  /// Whether a finding leaves anything of its change open, so that ``mayBe(_:_:_:)`` or a missing partner may be asked.
  static func leavesOpen(_ alteration: Alteration) -> Bool {
    switch alteration.event {
    case .sequence(let change):
      if change.unnamed != nil { return true }
      if let protein = change.proteinChange { return protein.isOfAnyResidue }
      return change.region != nil || isUnplacedSplice(change) || alteration.cautions.contains(.changeNotStated)
    case .fusion(let fusion): return fusion.fivePrimeGene.isEmpty || fusion.threePrimeGene.isEmpty
    case .copyNumber, .measurement, .wildType, .absent: return false
    }
  }

  /// Whether a change that does not meet an atom may be one that does, once it is named.
  ///
  /// - Parameter change: A change of the rule's gene, with the cautions of its alteration.
  static func mayBe(_ spec: AlterationSpec, _ change: SequenceChange, _ cautions: [Caution]) -> Bool {
    // An unnamed change of unknown meaning is none that a rule asks for.
    if change.unnamed != nil, cautions.contains(where: { $0 == .uncertainStated || $0 == .benignStated }) {
      return false
    }
    switch change.unnamed {
    case .alteration?:
      switch spec {
      case .fusion, .exactFusion, .copyNumber: return true
      default: return isOfSequence(spec)
      }
    case .unspecified?: return isOfSequence(spec)
    case .pathogenic?: return isOfSequence(spec)
    case .lossOfFunction?: return mayLose(spec)
    case nil: break
    }
    if let protein = change.proteinChange {
      return protein.isOfAnyResidue && mayBeSubstitution(spec, of: protein.first...protein.last)
    }
    if let region = change.region { return mayLie(spec, in: region, change.effect) }
    if isUnplacedSplice(change), case .named(let name) = spec { return name.hasSuffix(" skipping") }
    // A class of change alone, such as "BRCA1 frameshift".
    guard cautions.contains(.changeNotStated), change.codingChange.isEmpty, change.namedClass.isEmpty else {
      return false
    }
    return mayHave(spec, change.effect)
  }

  /// A change of a splice site that does not say of which exon.
  private static func isUnplacedSplice(_ change: SequenceChange) -> Bool {
    change.effect == .splice && change.codingChange.isEmpty && change.namedClass.isEmpty && change.proteinChange == nil
  }

  /// Whether an atom asks for a change of the sequence.
  private static func isOfSequence(_ spec: AlterationSpec) -> Bool {
    switch spec {
    case .named(let name): name != SequenceChange.reversion
    case .exact, .coding, .codon, .range, .effect, .lossOfFunction, .biallelicLoss, .activating, .activatingHotspot,
      .oncogenic, .anyChange:
      true
    case .fusion, .fusionAtExon, .exactFusion, .copyNumber, .wildType, .measurement, .pathwayActivation, .none: false
    }
  }

  /// Whether a change that takes the function away may meet an atom.
  private static func mayLose(_ spec: AlterationSpec) -> Bool {
    switch spec {
    case .exact(let wanted): VariantEffect(wanted).isTruncating
    case .effect(let wanted): wanted != .missense && wanted != .promoter
    case .biallelicLoss, .copyNumber(.homozygousDeletion): true
    default: false
    }
  }

  private static func mayBeSubstitution(_ spec: AlterationSpec, of codons: ClosedRange<Int>) -> Bool {
    switch spec {
    case .exact(let wanted): wanted.consequence == .substitution && wanted.overlaps(codons)
    case .codon(let codon, _): codons.contains(codon)
    case .activating, .activatingHotspot, .oncogenic, .anyChange: true
    default: false
    }
  }

  /// Whether a change somewhere in an exon, of an effect that may be stated, may meet an atom.
  private static func mayLie(_ spec: AlterationSpec, in region: ClosedRange<Int>, _ effect: VariantEffect) -> Bool {
    let isOpen = effect == .unknown
    switch spec {
    // Where the kind of change is stated, rows on single changes of the kind say nothing of the others.
    case .exact(let wanted):
      return isOpen && wanted.first > 0 && region.contains(wanted.first) && region.contains(wanted.last)
    case .codon(let codon, _): return region.contains(codon) && isOpen
    case .range(let range, let wanted, _): return range.overlaps(region) && (isOpen || wanted?.contains(effect) ?? true)
    case .named(let name): return isOpen && name.hasPrefix("EXON ")
    case .effect, .activating, .activatingHotspot, .oncogenic, .anyChange: return isOpen
    default: return false
    }
  }

  private static func mayHave(_ spec: AlterationSpec, _ effect: VariantEffect) -> Bool {
    switch spec {
    case .exact(let wanted): VariantEffect(wanted) == effect
    case .codon: effect == .missense
    case .range(_, let wanted, _): wanted?.contains(effect) ?? true
    case .activating, .activatingHotspot, .oncogenic, .anyChange: !effect.isTruncating
    case .biallelicLoss, .lossOfFunction: true
    default: false
    }
  }
}

extension EvaluationContext {
  /// The finding of a gene that may meet an atom once its change is named.
  func openChange(of gene: String, _ spec: AlterationSpec) -> Int? {
    guard hasOpenChanges, let candidates = byName[gene] else { return nil }
    return openChange(among: candidates, spec)
  }

  /// The finding among some that may meet an atom once its change is named.
  func openChange(among candidates: [Int], _ spec: AlterationSpec) -> Int? {
    candidates.first { place in
      let annotated = alterations[place]
      guard annotated.isReadable else { return false }
      switch annotated.alteration.event {
      case .sequence(let change): return OpenChanges.mayBe(spec, change, annotated.alteration.cautions)
      case .fusion(let fusion):
        guard case .exactFusion(let five, let three) = spec, fusion.frame != .outOfFrame else { return false }
        return fusion.fivePrimeGene.isEmpty && fusion.threePrimeGene == three
          || fusion.threePrimeGene.isEmpty && fusion.fivePrimeGene == five
          || !fusion.isOrdered && fusion.fivePrimeGene.isEmpty && fusion.threePrimeGene == five
          || !fusion.isOrdered && fusion.threePrimeGene.isEmpty && fusion.fivePrimeGene == three
      default: return false
      }
    }
  }

  /// Whether a mutation of the gene is stated without its change.
  func isStatedMutated(_ annotated: AnnotatedAlteration) -> Bool {
    guard case .sequence(let change) = annotated.alteration.event, annotated.isReadable else { return false }
    // An unnamed change of unknown meaning is none that a rule asks for.
    if annotated.alteration.cautions.contains(where: { $0 == .uncertainStated || $0 == .benignStated }) { return false }
    return change.unnamed != nil || change.lacksResidue || annotated.alteration.cautions.contains(.changeNotStated)
  }
}

extension RuleEvaluation {
  /// A change that is stated and not named opens what it may turn out to be, on the condition that it is named.
  ///
  /// Rows against a therapy that rest on a single study are left out: they would warn of everything.
  func openChange(_ rule: Rule, _ candidates: [Int]) -> Operand? {
    guard facts.hasOpenChanges, candidates.contains(where: { facts.isOpen[$0] }) else { return nil }
    guard rule.direction == .sensitivity || rule.direction != .context && rule.level <= .b else { return nil }
    var place: Int?
    let wanted = rule.alternatives.filter { spec in
      guard let open = facts.openChange(among: candidates, spec) else { return false }
      place = place ?? open
      return true
    }
    guard let place else { return nil }
    return .surrogate(place, condition: .change(of: rule.gene, wanted: wanted + examples(of: wanted, rule.gene)))
  }

  /// The most frequent changes that count where an atom asks for any activating one.
  private func examples(of wanted: [AlterationSpec], _ gene: String) -> [AlterationSpec] {
    let asksAny = wanted.contains { $0 == .activating || $0 == .activatingHotspot || $0 == .oncogenic }
    guard asksAny, !wanted.contains(where: { $0.rung == .exact }) else { return [] }
    return table.reference.hotspots.frequentSubstitutions(of: gene, count: 6).map { .exact($0) }
  }
}
