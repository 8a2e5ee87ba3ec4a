// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

extension OncogenicityScorer {
  /// What statements alone settle: that a change is benign or uncertain, or that two of them contradict each other.
  func settled(_ alteration: Alteration, _ curated: PathogenicityTable.Entry?) -> Oncogenicity? {
    let stated = Oncogenicity.Statement.allCases.filter { alteration.cautions.contains($0.caution) }
    if stated.count > 1 { return Oncogenicity(.uncertain, .contradiction(stated, nil)) }
    switch (stated.first, curated?.classification) {
    case (.pathogenic, .benign), (.pathogenic, .likelyBenign), (.benign, .pathogenic), (.benign, .likelyPathogenic):
      return Oncogenicity(.uncertain, .contradiction(stated, curated))
    case (.benign, _): return Oncogenicity(.benign, .stated(.benign, besides: nil))
    case (.uncertain, _): return Oncogenicity(.uncertain, .stated(.uncertain, besides: curated))
    case (_, .benign): return curated.map { Oncogenicity(.benign, .curated($0)) }
    case (_, .likelyBenign): return curated.map { Oncogenicity(.likelyBenign, .curated($0)) }
    case (.pathogenic, _), (nil, _): return nil
    }
  }

  /// What the place of a change in the protein says: hotspots, critical domains, the length of the protein.
  func residueEvidence(_ change: SequenceChange, gene: String) -> [Oncogenicity.Criterion] {
    guard let protein = change.proteinChange else { return [] }
    var found: [Oncogenicity.Criterion] = []
    if let fit = reference.hotspots.fit(gene: gene, change: protein, effect: change.effect) {
      let detail: Oncogenicity.Criterion.Detail =
        switch fit {
        case .listed(let own, let residue): .samples(change: own, residue: residue)
        case .inframe(let samples): .rangeSamples(samples)
        case .otherChange: .none
        }
      found.append(criterion(reference.facts.oncogenicity.evidence(fit), detail))
    }
    if change.effect == .missense, reference.facts.sites.isInCriticalDomain(protein.first, of: gene) {
      // The procedure takes the domain or the weaker evidence of the residue, not both.
      let hotspot = found.first?.evidence
      if hotspot != .recurrentHotspot, hotspot != .hotspotResidue { found.append(criterion(.criticalDomain)) }
    }
    if change.effect == .inframeDeletion || change.effect == .inframeInsertion, reference.roles[gene] != nil {
      found.append(criterion(.proteinLength))
    }
    return found
  }
}

extension Oncogenicity.Statement {
  /// The caution by which an alteration carries it.
  fileprivate var caution: Caution {
    switch self {
    case .pathogenic: .pathogenicStated
    case .benign: .benignStated
    case .uncertain: .uncertainStated
    }
  }
}
