internal import Alterations
internal import Knowledge

/// How likely a change drives a tumor, with the points behind it.
///
/// The procedure follows the 2022 ClinGen/CGC/VICC recommendations (PMID 35101336): points for and against are summed
/// and the sum is read against thresholds (guide: Matching, What counts as oncogenic).
public struct Oncogenicity: Hashable, Sendable {
  /// The five classes; `uncertain` is what tumor boards call VUS.
  public enum Class: String, Sendable {
    case oncogenic
    case likelyOncogenic = "likely_oncogenic"
    case uncertain
    case likelyBenign = "likely_benign"
    case benign
    /// Not a change that can be judged, such as a stain.
    case notApplicable = ""
  }

  /// The class.
  public let verdict: Class
  /// The points and where they come from: `hotspot change +6`.
  public let reason: String

  /// Whether a rule that asks for an oncogenic change may read it.
  public var isOncogenic: Bool { verdict == .oncogenic || verdict == .likelyOncogenic }
  /// Whether it is held to be harmless.
  package var isBenign: Bool { verdict == .benign || verdict == .likelyBenign }

  /// A verdict with its reason.
  package init(_ verdict: Class, reason: String = "") {
    self.verdict = verdict
    self.reason = reason
  }
}

/// Scores alterations.
struct OncogenicityScorer: Sendable {
  let table: KnowledgeBase

  var reference: ReferenceTables { table.reference }
  private var points: OncogenicityPoints { table.reference.facts.oncogenicity }

  func score(_ alteration: Alteration) -> Oncogenicity {
    switch alteration.event {
    case .sequence(let change): score(change, of: alteration)
    case .copyNumber(let call): score(call, gene: alteration.gene)
    case .fusion(let fusion): score(fusion)
    case .measurement, .wildType, .absent: Oncogenicity(.notApplicable)
    }
  }

  private func score(_ change: SequenceChange, of alteration: Alteration) -> Oncogenicity {
    let gene = alteration.gene
    if change.effect == .synonymous { return Oncogenicity(.likelyBenign, reason: "no change of the protein") }
    if let protein = change.proteinChange, let basis = reference.polymorphisms["\(gene) \(protein.description)"] {
      return Oncogenicity(.benign, reason: basis)
    }
    let curated = change.proteinChange.flatMap { reference.pathogenicity.entry(gene: gene, change: $0) }
    if let settled = settled(alteration, curated) { return settled }
    var sum = 0
    var reasons: [String] = []
    func add(_ evidence: OncogenicityPoints.Evidence, _ reason: String) {
      let value = points[evidence]
      sum += value
      reasons.append("\(reason) \(value > 0 ? "+" : "")\(value)")
    }
    let role = reference.roles[gene]
    if change.effect.isTruncating, role?.isSuppressor == true {
      add(.nullVariant, "null variant in a tumor suppressor")
    }
    for (evidence, words) in residueEvidence(change, gene: gene) { add(evidence, words) }
    if change.effect == .promoter, !change.codingChange.isEmpty, reference.facts.sites.hasPromoter(gene) {
      add(.promoter, "recurrent promoter change")
    }
    if points.structuralClasses.contains(change.namedClass), role?.isOncogene == true || table.hasRules(about: gene) {
      add(.structuralClass, "known structural class")
    }
    if change.region != nil, change.effect == .inframeDeletion || change.effect == .inframeInsertion,
      role?.isOncogene == true
    {
      add(.inframeExon, "in-frame change of a stated exon of an oncogene")
    }
    if let exact = namingRule(of: alteration) { add(.namedByRule, "named by rule \(exact)") }
    if alteration.cautions.contains(.pathogenicStated) { add(.statedPathogenic, "stated pathogenic in the input") }
    if alteration.cautions.contains(.commonInPopulation) { add(.commonInPopulation, "common in the population") }
    switch curated?.classification {
    case .pathogenic, .likelyPathogenic: add(.curatedPathogenic, curated?.words ?? "")
    case .functionChanged: add(.functionalStudy, curated?.words ?? "")
    case .conflicting: reasons.append(curated?.words ?? "")
    case .benign, .likelyBenign, nil: break
    }
    return Oncogenicity(
      verdict(sum), reason: reasons.isEmpty ? "no evidence in the table" : reasons.joined(separator: ", "))
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
  private func verdict(_ evidence: OncogenicityPoints.Evidence, _ reason: String) -> Oncogenicity {
    Oncogenicity(verdict(points[evidence]), reason: "\(reason) +\(points[evidence])")
  }

  /// The first rule that names this very change, of level D or better.
  private func namingRule(of alteration: Alteration) -> String? {
    guard case .sequence(let change) = alteration.event, let protein = change.proteinChange else { return nil }
    for index in table.rules(about: alteration.gene) {
      let rule = table.rules[index]
      guard rule.level <= .d, rule.direction != .context else { continue }
      for case .exact(let named) in rule.alternatives where named.isEquivalent(to: protein) { return rule.id }
    }
    return nil
  }

  private func score(_ call: CopyNumberCall, gene: String) -> Oncogenicity {
    let role = reference.roles[gene]
    switch call {
    case .homozygousDeletion:
      if role?.isSuppressor == true {
        return verdict(.bothAllelesDeleted, "both alleles of a tumor suppressor deleted")
      }
    case .amplification:
      if role?.isOncogene == true { return verdict(.oncogeneAmplified, "oncogene amplified") }
    case .neutral: return Oncogenicity(.likelyBenign, reason: "no change of copy number")
    case .gain, .heterozygousLoss, .lossOfHeterozygosity: break
    }
    return Oncogenicity(.uncertain, reason: "no evidence in the table")
  }

  private func score(_ fusion: Fusion) -> Oncogenicity {
    for gene in [fusion.threePrimeGene, fusion.fivePrimeGene] where !gene.isEmpty {
      for index in table.rules(about: gene) where table.rules[index].eventClass == .fusion {
        return verdict(.fusionOfDriver, "fusion of a gene that the table knows as a fusion driver")
      }
    }
    return Oncogenicity(.uncertain, reason: "no evidence in the table")
  }
}
