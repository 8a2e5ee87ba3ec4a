internal import Alterations
internal import Knowledge

/// How likely a change drives a tumor, with the points behind it.
///
/// The procedure follows the 2022 ClinGen/CGC/VICC recommendations (PMID 35101336): points for and against are summed
/// and the sum is read against thresholds (guide: Matching, What counts as oncogenic).
package struct Oncogenicity: Hashable, Sendable {
  /// The five classes; `uncertain` is what tumor boards call VUS.
  package enum Class: String, Sendable {
    case oncogenic
    case likelyOncogenic = "likely_oncogenic"
    case uncertain
    case likelyBenign = "likely_benign"
    case benign
    /// Not a change that can be judged, such as a stain.
    case notApplicable = ""
  }

  /// The class.
  package let verdict: Class
  /// The points and where they come from: `hotspot change +6`.
  package let reason: String

  /// Whether a rule that asks for an oncogenic change may read it.
  package var isOncogenic: Bool { verdict == .oncogenic || verdict == .likelyOncogenic }
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

  private static let structuralClasses: Set<String> = ["ITD", "KDD", "vIII", "CTD", "EXON 14 skipping"]

  var reference: ReferenceTables { table.reference }

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
    var points = 0
    var reasons: [String] = []
    func add(_ value: Int, _ reason: String) {
      points += value
      reasons.append("\(reason) \(value > 0 ? "+" : "")\(value)")
    }
    let role = reference.roles[gene]
    if change.effect.isTruncating, role?.isSuppressor == true {
      add(8, "null variant in a tumor suppressor")
    }
    for (evidence, words) in residueEvidence(change, gene: gene) { add(reference.facts.oncogenicity[evidence], words) }
    if change.effect == .promoter, gene == "TERT", !change.codingChange.isEmpty { add(6, "recurrent promoter change") }
    if Self.structuralClasses.contains(change.namedClass), role?.isOncogene == true || table.hasRules(about: gene) {
      add(6, "known structural class")
    }
    if change.region != nil, change.effect == .inframeDeletion || change.effect == .inframeInsertion,
      role?.isOncogene == true
    {
      add(6, "in-frame change of a stated exon of an oncogene")
    }
    if let exact = namingRule(of: alteration) { add(4, "named by rule \(exact)") }
    if alteration.flags.contains("pathogenic_stated") { add(6, "stated pathogenic in the input") }
    if alteration.flags.contains("common_in_population") { add(-8, "common in the population") }
    switch curated?.classification {
    case .pathogenic, .likelyPathogenic: add(reference.facts.oncogenicity[.curatedPathogenic], curated?.words ?? "")
    case .functionChanged: add(reference.facts.oncogenicity[.functionalStudy], curated?.words ?? "")
    case .conflicting: reasons.append(curated?.words ?? "")
    case .benign, .likelyBenign, nil: break
    }
    let verdict: Oncogenicity.Class =
      switch points {
      case 10...: .oncogenic
      case 6...9: .likelyOncogenic
      case 0...5: .uncertain
      case -6...(-1): .likelyBenign
      default: .benign
      }
    return Oncogenicity(verdict, reason: reasons.isEmpty ? "no evidence in the table" : reasons.joined(separator: ", "))
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
        return Oncogenicity(.oncogenic, reason: "both alleles of a tumor suppressor deleted +10")
      }
    case .amplification:
      if role?.isOncogene == true { return Oncogenicity(.likelyOncogenic, reason: "oncogene amplified +6") }
    case .neutral: return Oncogenicity(.likelyBenign, reason: "no change of copy number")
    case .gain, .heterozygousLoss, .lossOfHeterozygosity: break
    }
    return Oncogenicity(.uncertain, reason: "no evidence in the table")
  }

  private func score(_ fusion: Fusion) -> Oncogenicity {
    for gene in [fusion.threePrimeGene, fusion.fivePrimeGene] where !gene.isEmpty {
      for index in table.rules(about: gene) where table.rules[index].eventClass == .fusion {
        return Oncogenicity(.likelyOncogenic, reason: "fusion of a gene that the table knows as a fusion driver +6")
      }
    }
    return Oncogenicity(.uncertain, reason: "no evidence in the table")
  }
}
