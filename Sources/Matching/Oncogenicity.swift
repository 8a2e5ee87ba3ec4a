// SPDX-License-Identifier: Apache-2.0
package import Alterations
package import Knowledge

/// How likely a change drives a tumor, with what that rests on.
///
/// The procedure follows the 2022 ClinGen/CGC/VICC recommendations (PMID 35101336): points for and against are summed
/// and the sum is read against thresholds (guide: Matching, What counts as oncogenic).
public struct Oncogenicity: Hashable, Sendable {
  /// The five classes; `uncertain` is what tumor boards call VUS.
  public enum Class: String, CaseIterable, Sendable {
    case oncogenic
    case likelyOncogenic = "likely_oncogenic"
    case uncertain
    case likelyBenign = "likely_benign"
    case benign
    /// Not a change that can be judged, such as a stain.
    case notApplicable = ""
  }

  /// What the input says of a change.
  package enum Statement: Hashable, Sendable, CaseIterable {
    case pathogenic, benign, uncertain
  }

  /// A piece of evidence and the points that it gave.
  package struct Criterion: Hashable, Sendable {
    /// What makes it out beside its kind.
    package enum Detail: Hashable, Sendable {
      case none
      /// Samples with the very change, and with any change of the residue.
      case samples(change: Int, residue: Int)
      /// Samples with a change in the range.
      case rangeSamples(Int)
      /// The rule that names the change.
      case rule(String)
      /// What curated sources say.
      case curated(PathogenicityTable.Entry)
    }

    package let evidence: OncogenicityPoints.Evidence
    package let points: Int
    package let detail: Detail
  }

  /// What a class rests on.
  package enum Basis: Hashable, Sendable {
    /// The change cannot be judged.
    case none
    /// Points for and against, none where the tables have no evidence; and sources that disagree, which give no points.
    case points([Criterion], disputed: PathogenicityTable.Entry?)
    case noProteinChange
    case noCopyNumberChange
    /// A common polymorphism, by its source.
    case polymorphism(String)
    case curated(PathogenicityTable.Entry)
    /// A statement of the input, and what the table has beside it.
    case stated(Statement, besides: PathogenicityTable.Entry?)
    /// What the lab states, and what would hold without it.
    indirect case lab(LabStatement, besides: Oncogenicity)
    /// Statements of the input that contradict each other or the table.
    case contradiction([Statement], PathogenicityTable.Entry?)
  }

  /// The class.
  public let verdict: Class
  /// What it rests on.
  package let basis: Basis

  /// Whether a rule that asks for an oncogenic change may read it.
  public var isOncogenic: Bool { verdict == .oncogenic || verdict == .likelyOncogenic }
  /// Whether another verdict says the opposite, or is sure of what this one leaves open.
  package func contradicts(_ other: Oncogenicity) -> Bool {
    (other.isOncogenic || other.isBenign) && (isOncogenic != other.isOncogenic || isBenign != other.isBenign)
  }
  /// Whether it is held to be harmless.
  package var isBenign: Bool { verdict == .benign || verdict == .likelyBenign }
  /// Whether the change is in the table of hotspots.
  var isListedHotspot: Bool {
    guard case .points(let criteria, _) = basis else { return false }
    return criteria.contains { criterion in
      switch criterion.evidence {
      case .frequentHotspot, .recurrentHotspot, .seenHotspot, .inframeHotspot: true
      default: false
      }
    }
  }

  /// A class with what it rests on.
  package init(_ verdict: Class, _ basis: Basis = .none) {
    self.verdict = verdict
    self.basis = basis
  }

  /// A change of which the tables say nothing.
  package static let unknown = Oncogenicity(.uncertain, .points([], disputed: nil))
  /// A change of the sequence that leaves the protein as it is.
  package static let silent = Oncogenicity(.likelyBenign, .noProteinChange)
}

/// Scores alterations.
struct OncogenicityScorer: Sendable {
  let table: KnowledgeBase

  var reference: ReferenceTables { table.reference }
  private var points: OncogenicityPoints { table.reference.facts.oncogenicity }

  /// What the lab states of an alteration in the place of a score; the score where it states nothing.
  func judged(_ alteration: Alteration, _ score: Oncogenicity) -> Oncogenicity {
    var judged = score
    // Of several statements the last one holds; those of one file agree.
    for case .labClassification(let stated) in alteration.cautions {
      guard let classification = stated.classification else { continue }
      judged = Oncogenicity(classification.verdict, .lab(stated, besides: score))
    }
    return judged
  }

  func score(_ alteration: Alteration) -> Oncogenicity {
    switch alteration.event {
    case .sequence(let change): strongest(change, of: alteration)
    case .copyNumber(let call): score(call, gene: alteration.gene)
    case .fusion(let fusion): score(fusion)
    case .measurement, .wildType, .absent: Oncogenicity(.notApplicable)
    }
  }

  /// A block of residues is as oncogenic as a substitution that it holds.
  private func strongest(_ change: SequenceChange, of alteration: Alteration) -> Oncogenicity {
    let own = score(change, of: alteration)
    guard !own.isOncogenic, !own.isBenign, let protein = change.proteinChange else { return own }
    if protein.isOfAnyResidue { return listedChange(at: protein, change, of: alteration) ?? own }
    for substitution in protein.substitutionsAtEnds {
      var part = change
      part.proteinChange = substitution
      part.effect = .missense
      let score = score(part, of: alteration)
      if score.isOncogenic { return score }
    }
    return own
  }

  /// A residue that is not stated is as oncogenic as the commonest change that hotspots list at its codon.
  private func listedChange(
    at codon: ProteinChange, _ change: SequenceChange, of alteration: Alteration
  ) -> Oncogenicity? {
    var best: (samples: Int, score: Oncogenicity)?
    for residue in "ACDEFGHIKLMNPQRSTVWY" {
      guard let named = ProteinChange(String(codon.description.dropLast()) + String(residue)),
        case .listed(let samples, _)? = reference.hotspots.fit(
          gene: alteration.gene, change: named, effect: .missense),
        samples > best?.samples ?? 0
      else { continue }
      var part = change
      part.proteinChange = named
      part.effect = .missense
      best = (samples, score(part, of: alteration))
    }
    return best.flatMap { $0.score.isOncogenic ? $0.score : nil }
  }

  private func score(_ change: SequenceChange, of alteration: Alteration) -> Oncogenicity {
    let gene = alteration.gene
    if change.effect == .synonymous { return .silent }
    if let protein = change.proteinChange, let source = reference.polymorphisms["\(gene) \(protein.description)"] {
      return Oncogenicity(.benign, .polymorphism(source))
    }
    let curated = change.proteinChange.flatMap { reference.pathogenicity.entry(gene: gene, change: $0) }
    if let settled = settled(alteration, curated) { return settled }
    var found: [Oncogenicity.Criterion] = []
    func add(_ evidence: OncogenicityPoints.Evidence, _ detail: Oncogenicity.Criterion.Detail = .none) {
      found.append(criterion(evidence, detail))
    }
    let role = reference.roles[gene]
    if change.effect.isTruncating, role?.isSuppressor == true { add(.nullVariant) }
    found += residueEvidence(change, gene: gene)
    if change.effect == .promoter, !change.codingChange.isEmpty, reference.facts.sites.hasPromoter(gene) {
      add(.promoter)
    }
    if points.structuralClasses.contains(change.namedClass), role?.isOncogene == true || table.hasRules(about: gene) {
      add(.structuralClass)
    }
    if let region = change.region, change.effect == .inframeDeletion || change.effect == .inframeInsertion,
      role?.isOncogene == true, reference.hotspots.hasInframeChanges(in: region, of: gene)
    {
      add(.inframeExon)
    }
    if let rule = namingRule(of: alteration) { add(.namedByRule, .rule(rule)) }
    if alteration.cautions.contains(.pathogenicStated) { add(.statedPathogenic) }
    if alteration.cautions.contains(.commonInPopulation) { add(.commonInPopulation) }
    var disputed: PathogenicityTable.Entry?
    if let curated {
      switch curated.classification {
      case .pathogenic, .likelyPathogenic: add(.curatedPathogenic, .curated(curated))
      case .functionChanged: add(.functionalStudy, .curated(curated))
      case .conflicting: disputed = curated
      case .benign, .likelyBenign: break
      }
    }
    return Oncogenicity(verdict(found.reduce(0) { $0 + $1.points }), .points(found, disputed: disputed))
  }

  /// A piece of evidence with the points that the table gives it.
  func criterion(
    _ evidence: OncogenicityPoints.Evidence, _ detail: Oncogenicity.Criterion.Detail = .none
  ) -> Oncogenicity.Criterion {
    Oncogenicity.Criterion(evidence: evidence, points: points[evidence], detail: detail)
  }

  /// The class of a sum of points.
  private func verdict(_ sum: Int) -> Oncogenicity.Class {
    switch points.verdict(sum) {
    case .oncogenic: .oncogenic
    case .likelyOncogenic: .likelyOncogenic
    case .uncertain: .uncertain
    case .likelyBenign: .likelyBenign
    case nil: .benign
    }
  }

  /// The class that one piece of evidence gives by itself.
  private func verdict(_ evidence: OncogenicityPoints.Evidence) -> Oncogenicity {
    Oncogenicity(verdict(points[evidence]), .points([criterion(evidence)], disputed: nil))
  }

  /// The first rule that names this very change, of level D or better.
  private func namingRule(of alteration: Alteration) -> String? {
    guard case .sequence(let change) = alteration.event, let protein = change.proteinChange else { return nil }
    let columns = table.columns
    for index in table.rules(about: alteration.gene).lazy.map({ Int($0) }) where columns.directions[index] != .context {
      let rule = table.rules[index]
      guard rule.level <= .d else { continue }
      for case .exact(let named) in rule.alternatives {
        // A residue that is not stated stands for those that rules name at the codon.
        let isNamed =
          protein.isOfAnyResidue
          ? named.consequence == .substitution && named.first == protein.first && named.last == protein.first
            && rule.direction == .sensitivity : named.isEquivalent(to: protein)
        if isNamed { return rule.id }
      }
    }
    return nil
  }

  private func score(_ call: CopyNumberCall, gene: String) -> Oncogenicity {
    let role = reference.roles[gene]
    switch call {
    case .homozygousDeletion: return role?.isSuppressor == true ? verdict(.bothAllelesDeleted) : .unknown
    case .amplification: return role?.isOncogene == true ? verdict(.oncogeneAmplified) : .unknown
    case .neutral: return Oncogenicity(.likelyBenign, .noCopyNumberChange)
    case .gain, .heterozygousLoss, .lossOfHeterozygosity: return .unknown
    }
  }

  private func score(_ fusion: Fusion) -> Oncogenicity {
    // A possible fusion activates nothing.
    guard fusion.isOpenToRules else { return .unknown }
    for gene in [fusion.threePrimeGene, fusion.fivePrimeGene] where !gene.isEmpty {
      let eventClasses = table.columns.eventClasses
      if table.rules(about: gene).contains(where: { eventClasses[Int($0)] == .fusion }) {
        return verdict(.fusionOfDriver)
      }
    }
    return .unknown
  }
}

extension LabStatement.Classification {
  /// The class that a lab's word stands for.
  fileprivate var verdict: Oncogenicity.Class {
    switch self {
    case .oncogenic, .pathogenic: .oncogenic
    case .likelyOncogenic, .likelyPathogenic: .likelyOncogenic
    case .uncertain: .uncertain
    case .likelyBenign: .likelyBenign
    case .benign: .benign
    }
  }
}
