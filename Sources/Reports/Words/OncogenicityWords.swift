// SPDX-License-Identifier: Apache-2.0
internal import Knowledge
public import Matching

extension Oncogenicity {
  /// The evidence and its points: `critical domain +2, named by rule R1 +4`.
  public var reason: String {
    switch basis {
    case .none: ""
    case .points(let criteria, let disputed):
      if criteria.isEmpty, disputed == nil {
        "no evidence in the table"
      } else {
        (criteria.map(\.words) + (disputed.map { [$0.words] } ?? [])).joined(separator: ", ")
      }
    case .noProteinChange: "no change of the protein"
    case .noCopyNumberChange: "no change of copy number"
    case .polymorphism(let source): source
    case .curated(let entry): entry.words
    case .stated(let statement, let besides):
      statement.words + (besides.map { "; the built-in table has it as \($0.words)" } ?? "")
    case .lab(let stated, let besides):
      "\(stated.words)\(besides.verdict == .notApplicable ? "" : "; without it: \(besides.inWords)")"
    case .contradiction(let statements, let entry):
      (statements.map(\.words) + (entry.map { [$0.words] } ?? [])).joined(separator: ", ")
        + ": these contradict each other"
    }
  }
}

extension Oncogenicity.Statement {
  /// What the input says.
  var words: String {
    switch self {
    case .pathogenic: "stated pathogenic in the input"
    case .benign: "stated benign in the input"
    case .uncertain: "stated of uncertain significance in the input"
    }
  }
}

extension Oncogenicity.Criterion {
  /// The evidence with its points.
  var words: String {
    let what =
      switch detail {
      case .none: evidence.words
      case .samples(let change, let residue): "\(evidence.words) (\(change) of \(residue) samples)"
      case .rangeSamples(let count): "\(evidence.words) (in-frame range of \(count) samples)"
      case .rule(let id): "\(evidence.words) \(id)"
      case .curated(let entry): entry.words
      }
    return "\(what) \(points > 0 ? "+" : "")\(points)"
  }
}

extension OncogenicityPoints.Evidence {
  /// What is known of the change.
  var words: String {
    switch self {
    case .nullVariant: "null variant in a tumor suppressor"
    case .frequentHotspot, .recurrentHotspot, .seenHotspot, .inframeHotspot: "listed hotspot change"
    case .hotspotResidue: "other change at a hotspot residue"
    case .criticalDomain: "critical domain"
    case .proteinLength: "in-frame change of a cancer gene"
    case .curatedPathogenic: "pathogenic by curated sources"
    case .functionalStudy: "function changed in the laboratory"
    case .promoter: "recurrent promoter change"
    case .structuralClass: "known structural class"
    case .inframeExon: "in-frame change of a stated exon of an oncogene"
    case .namedByRule: "named by rule"
    case .statedPathogenic: "stated pathogenic in the input"
    case .commonInPopulation: "common in the population"
    case .bothAllelesDeleted: "both alleles of a tumor suppressor deleted"
    case .oncogeneAmplified: "oncogene amplified"
    case .fusionOfDriver: "fusion of a gene that the table knows as a fusion driver"
    }
  }
}

extension PathogenicityTable.Entry {
  /// What the sources say: `likely pathogenic (ClinVar labels of EVE 2021)`.
  var words: String { "\(classification.words) (\(sources.joined(separator: ", ")))" }
}

extension PathogenicityTable.Classification {
  /// What the sources say.
  var words: String {
    switch self {
    case .pathogenic: "pathogenic"
    case .likelyPathogenic: "likely pathogenic"
    case .benign: "benign"
    case .likelyBenign: "likely benign"
    case .conflicting: "sources disagree"
    case .functionChanged: "function changed in the laboratory"
    }
  }
}
