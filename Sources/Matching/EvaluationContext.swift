// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// A sample's alterations arranged for questions.
///
/// One for a sample; all its rules ask the same.
final class EvaluationContext: Sendable {
  let profile: SampleProfile
  let alterations: [AnnotatedAlteration]
  /// Places of alterations that were evaluated, by gene or biomarker; a fusion stands under both partners.
  let byName: [String: [Int]]
  /// By place: whether an alteration leaves its change open.
  let isOpen: [Bool]
  /// By place: what rules ask of an alteration before they look at it.
  let outlines: [FindingOutline]
  /// By surrogate: the place of its finding.
  let surrogates: [Int?]
  /// Whether any alteration leaves its change open.
  let hasOpenChanges: Bool
  /// Whether a loss leaves open whether both alleles are gone.
  let hasAssumedAllele: Bool
  /// The scores and stains of each name.
  private let measurements: [String: [Measurement]]
  /// Findings stated to be absent, by gene.
  let absences: [String: [Int]]
  /// Genes with findings that could not be understood, or of which files say that nothing is known, by what was looked for.
  private let undetermined: [AssayKind: Set<String>]
  let therapies: PriorTherapy
  /// Biomarkers, grades of stains, surrogates and the like.
  let tables: Facts
  /// Findings that count as the result they stand in for in this tumor.
  let accepted: [Surrogate]

  init(
    profile: SampleProfile, alterations: [AnnotatedAlteration], agents: AgentTable, tables: Facts = .builtIn,
    accepted: [Surrogate] = []
  ) {
    var byName: [String: [Int]] = Dictionary(minimumCapacity: alterations.count)
    var absences: [String: [Int]] = [:]
    var measurements: [String: [Measurement]] = [:]
    var undetermined = profile.assayed.undetermined
    for (index, annotated) in alterations.enumerated() {
      guard annotated.notEvaluated.isEmpty else {
        if case .sequence = annotated.alteration.event { undetermined[.mutations, default: []].insert(annotated.gene) }
        continue
      }
      switch annotated.alteration.event {
      case .absent(.fusion(let fusion)):
        for gene in Self.genes(of: fusion) { absences[gene, default: []].append(index) }
      case .absent: absences[annotated.gene, default: []].append(index)
      case .fusion(let fusion): for gene in Self.genes(of: fusion) { byName[gene, default: []].append(index) }
      case .measurement(let measurement):
        byName[annotated.gene, default: []].append(index)
        measurements[annotated.gene, default: []].append(measurement)
      case .sequence, .copyNumber, .wildType: byName[annotated.gene, default: []].append(index)
      }
    }
    self.measurements = measurements
    self.undetermined = undetermined
    isOpen = alterations.map { OpenChanges.leavesOpen($0.alteration) }
    hasOpenChanges = isOpen.contains(true)
    outlines = alterations.map(FindingOutline.init)
    surrogates = tables.surrogates.indices.map { number in
      let surrogate = tables.surrogates[number]
      return byName[surrogate.findingOf]?.first { surrogate.isFound(in: alterations[$0].alteration) }
    }
    hasAssumedAllele = alterations.contains { $0.alteration.cautions.contains(.oneAlleleAssumed) }
    self.profile = profile
    self.alterations = alterations
    self.byName = byName
    self.absences = absences
    therapies = PriorTherapy(agents: agents, words: tables.priorTherapyWords)
    self.tables = tables
    self.accepted = accepted
  }

  /// The partners of a fusion that are known, each once.
  private static func genes(of fusion: Fusion) -> [String] {
    let genes = [fusion.fivePrimeGene, fusion.threePrimeGene].filter { !$0.isEmpty }
    return genes.count == 2 && genes[0] == genes[1] ? [genes[0]] : genes
  }

  /// The finding that says that what an atom asks for was looked for and is not there.
  func absence(of spec: AlterationSpec, gene: String) -> Int? {
    absences[gene]?.first { index in
      guard case .absent(let inner) = alterations[index].alteration.event else { return false }
      return Self.isCovered(spec, by: inner)
    }
  }

  /// Whether an atom can only be met by what an absent finding excludes.
  private static func isCovered(_ spec: AlterationSpec, by absent: Alteration.Event) -> Bool {
    switch (absent, spec) {
    case (.fusion(let fusion), .fusion), (.fusion(let fusion), .fusionAtExon):
      return fusion.fivePrimeGene.isEmpty || fusion.threePrimeGene.isEmpty
    case (.fusion(let fusion), .exactFusion(let five, let three)):
      return (fusion.fivePrimeGene.isEmpty || fusion.fivePrimeGene == five)
        && (fusion.threePrimeGene.isEmpty || fusion.threePrimeGene == three)
    case (.copyNumber(let call), .copyNumber(let wanted)): return wanted.contains(call)
    case (.copyNumber(.homozygousDeletion), .biallelicLoss): return true
    case (.sequence(let change), .exact(let wanted)):
      if let protein = change.proteinChange {
        // `V600 mutation not detected` excludes each of its changes.
        return protein.isOfAnyResidue
          ? wanted.consequence == .substitution && wanted.first == protein.first : wanted.isEquivalent(to: protein)
      }
      return change.region.map { wanted.overlaps($0) && change.effect == .unknown } ?? false
    case (.sequence(let change), .codon(let codon, _)):
      if change.lacksResidue { return change.proteinChange?.first == codon }
      return change.effect == .unknown && change.region?.contains(codon) == true
    case (.sequence(let change), .range(let range, let effect, _)):
      guard let region = change.region, region.lowerBound <= range.lowerBound, region.upperBound >= range.upperBound
      else { return false }
      return change.effect == .unknown || effect?.contains(change.effect) == true
    case (.sequence(let change), .named(let name)): return change.namedClass == name
    default: return false
    }
  }

  /// The scores and stains of a name.
  func measurements(of name: String) -> [Measurement] { measurements[name] ?? [] }

  /// The alterations of a gene or biomarker.
  func alterations(of name: String) -> [(index: Int, annotated: AnnotatedAlteration)] {
    (byName[name] ?? []).map { ($0, alterations[$0]) }
  }

  /// Whether the gene counts as tested for what an atom asks: its assay covers it, or it has a finding.
  func isAssayed(_ gene: String, for spec: AlterationSpec) -> Bool {
    let kind = spec.assayKind
    if profile.assayed.covers(gene, kind: kind) { return true }
    return alterations(of: gene).contains { _, annotated in
      switch annotated.alteration.event {
      case .fusion: true
      // A change of the sequence says nothing of fusions, copies nothing of the sequence.
      case .sequence, .wildType: kind == .mutations
      case .copyNumber: kind == .copyNumber
      case .measurement, .absent: false
      }
    }
  }

  /// Whether it is not known of a gene what a kind of test would have found.
  func isUndetermined(_ gene: String, _ kind: AssayKind) -> Bool { undetermined[kind]?.contains(gene) ?? false }

  /// Whether something else in the sample takes the other allele of the alteration's gene away.
  func hasLossOfOtherAllele(of alteration: Alteration) -> Bool {
    alterations(of: alteration.gene).contains { _, other in
      if case .copyNumber(let call) = other.alteration.event {
        return call == .heterozygousLoss || call == .lossOfHeterozygosity || call == .homozygousDeletion
      }
      return false
    }
  }
}

extension Surrogate {
  /// Whether an alteration of its gene or biomarker is the finding.
  fileprivate func isFound(in alteration: Alteration) -> Bool {
    switch (finding, alteration.event) {
    case (.copyNumber(let wanted), .copyNumber(let call)): wanted == call
    case (.word(let word), .measurement(let measurement)): measurement.word == word && measurement.number == nil
    default: false
    }
  }
}
