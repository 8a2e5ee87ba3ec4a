internal import Alterations
internal import Knowledge

extension OncogenicityScorer {
  /// What statements alone settle: that a change is benign or uncertain, or that two of them contradict each other.
  func settled(_ alteration: Alteration, _ curated: PathogenicityTable.Entry?) -> Oncogenicity? {
    let cautions = alteration.cautions
    let all: [(Caution, String)] = [
      (.pathogenicStated, "pathogenic"), (.benignStated, "benign"), (.uncertainStated, "of uncertain significance"),
    ]
    let stated = all.filter { cautions.contains($0.0) }.map(\.1)
    if stated.count > 1 {
      let words = stated.map { "stated \($0) in the input" }.joined(separator: ", ")
      return Oncogenicity(.uncertain, reason: "\(words): these contradict each other")
    }
    let table: Oncogenicity.Class =
      switch curated?.classification {
      case .pathogenic, .likelyPathogenic: .oncogenic
      case .benign: .benign
      case .likelyBenign: .likelyBenign
      case .conflicting, .functionChanged, nil: .uncertain
      }
    let words = curated?.words ?? ""
    switch (stated.first, table) {
    case ("pathogenic", .benign), ("pathogenic", .likelyBenign), ("benign", .oncogenic):
      return Oncogenicity(
        .uncertain, reason: "stated \(stated[0]) in the input, \(words): these contradict each other")
    case ("benign", _): return Oncogenicity(.benign, reason: "stated benign in the input")
    case ("of uncertain significance", _):
      let named = words.isEmpty ? "" : "; the built-in table has it as \(words)"
      return Oncogenicity(.uncertain, reason: "stated of uncertain significance in the input\(named)")
    case (_, .benign), (_, .likelyBenign): return Oncogenicity(table, reason: words)
    default: return nil
    }
  }

  /// What the place of a change in the protein says: hotspots, critical domains, the length of the protein.
  func residueEvidence(_ change: SequenceChange, gene: String) -> [(OncogenicityPoints.Evidence, String)] {
    guard let protein = change.proteinChange else { return [] }
    let points = reference.facts.oncogenicity
    var found: [(OncogenicityPoints.Evidence, String)] = []
    if let fit = reference.hotspots.fit(gene: gene, change: protein, effect: change.effect) {
      let words =
        switch fit {
        case .listed(let own, let residue): "listed hotspot change (\(own) of \(residue) samples)"
        case .inframe(let samples): "listed hotspot change (in-frame range of \(samples) samples)"
        case .otherChange: "other change at a hotspot residue"
        }
      found.append((points.evidence(fit), words))
    }
    if change.effect == .missense, reference.facts.sites.isInCriticalDomain(protein.first, of: gene) {
      // The procedure takes the domain or the weaker evidence of the residue, not both.
      let hotspot = found.first?.0
      if hotspot != .recurrentHotspot, hotspot != .hotspotResidue { found.append((.criticalDomain, "critical domain")) }
    }
    if change.effect == .inframeDeletion || change.effect == .inframeInsertion, reference.roles[gene] != nil {
      found.append((.proteinLength, "in-frame change of a cancer gene"))
    }
    return found
  }
}
