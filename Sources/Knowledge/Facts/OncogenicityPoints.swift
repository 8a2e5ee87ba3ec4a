// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// Points of the score of oncogenicity and the limits of its classes.
package struct OncogenicityPoints: Sendable {
  /// What is known of a change.
  package enum Evidence: String, Sendable, CaseIterable {
    case nullVariant = "null_variant"
    case frequentHotspot = "frequent_hotspot"
    case recurrentHotspot = "recurrent_hotspot"
    case seenHotspot = "seen_hotspot"
    case inframeHotspot = "inframe_hotspot"
    case hotspotResidue = "hotspot_residue"
    case criticalDomain = "critical_domain"
    case proteinLength = "protein_length"
    case curatedPathogenic = "curated_pathogenic"
    case functionalStudy = "functional_study"
    case promoter
    case structuralClass = "structural_class"
    case inframeExon = "inframe_exon"
    case namedByRule = "named_by_rule"
    case statedPathogenic = "stated_pathogenic"
    case commonInPopulation = "common_in_population"
    case bothAllelesDeleted = "both_alleles_deleted"
    case oncogeneAmplified = "oncogene_amplified"
    case fusionOfDriver = "fusion_of_driver"
  }

  /// The classes that have a limit; what is below the lowest limit is benign.
  package enum Class: String, Sendable, CaseIterable {
    case oncogenic
    case likelyOncogenic = "likely_oncogenic"
    case uncertain
    case likelyBenign = "likely_benign"
  }

  /// How many samples make a hotspot frequent.
  package enum Limit: String, Sendable, CaseIterable {
    /// Samples with a change at the residue.
    case residue
    /// Samples with the very change.
    case change
  }

  /// The classes of change that count as a known structural class.
  package let structuralClasses: Set<String>
  private let points: [Evidence: Int]
  private let limits: [(name: Class, least: Int)]
  private let samples: [Limit: Int]

  init(_ rows: [FactRow]) {
    var points: [Evidence: Int] = [:]
    var limits: [(name: Class, least: Int)] = []
    var classes: Set<String> = []
    var samples: [Limit: Int] = [:]
    for row in rows {
      guard let number = Int(row["points"]) else { continue }
      if row["kind"] == "evidence", let evidence = Evidence(rawValue: row["name"]) {
        points[evidence] = number
        if evidence == .structuralClass { classes.formUnion(row["of"].listItems) }
      } else if row["kind"] == "samples" {
        if let limit = Limit(rawValue: row["name"]) { samples[limit] = number }
      } else if let name = Class(rawValue: row["name"]) {
        limits.append((name, number))
      }
    }
    self.points = points
    self.limits = limits.sorted { $0.least > $1.least }
    self.samples = samples
    structuralClasses = classes
  }

  /// The points for a piece of evidence.
  package subscript(_ evidence: Evidence) -> Int { points[evidence] ?? 0 }

  /// What a hotspot change is evidence of, by the samples that have it.
  package func evidence(_ fit: HotspotTable.Fit) -> Evidence {
    switch fit {
    case .inframe: .inframeHotspot
    case .otherChange: .hotspotResidue
    case .listed(let change, _) where change < samples[.change] ?? .max: .seenHotspot
    case .listed(_, let residue): residue < samples[.residue] ?? .max ? .recurrentHotspot : .frequentHotspot
    }
  }

  /// The class of a sum of points; `nil` is benign.
  package func verdict(_ sum: Int) -> Class? { limits.first { sum >= $0.least }?.name }
}
