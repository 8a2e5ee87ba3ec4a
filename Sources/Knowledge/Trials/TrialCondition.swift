// SPDX-License-Identifier: Apache-2.0
package import Alterations

/// What a study asks of a patient and the tumor; three-valued when it is evaluated (guide: Trials).
package indirect enum TrialCondition: Hashable, Sendable {
  case all([TrialCondition])
  case any([TrialCondition])
  case not(TrialCondition)
  /// A tumor type.
  case tumor(TumorClaim)
  /// The age in years.
  case age(MeasurementTest)
  /// One of these groups of age.
  case ageGroup([AgeGroup])
  case sex(Sex)
  /// Any change of a gene's protein, oncogenic or not, but for harmless ones.
  case mutation(String)
  /// A fusion of any genes; found or open, since no assay looks for all.
  case anyFusion
  /// A leaf of the rule language: an alteration, a measurement, wild type, an earlier therapy, a grade, a fact.
  case rule(Predicate)
  /// A structured condition that nothing here can answer, in the words of the file.
  case notRead(String)

  /// A condition of the rule language.
  package init(_ predicate: Predicate) {
    switch predicate {
    case .and(let parts): self = .all(parts.map(TrialCondition.init))
    case .or(let parts): self = .any(parts.map(TrialCondition.init))
    case .not(let inner): self = .not(TrialCondition(inner))
    case .alteration, .wildType, .measurement, .priorTherapy, .grade, .clinical: self = .rule(predicate)
    }
  }

  /// All of these; `nil` for none.
  package static func all(of parts: [TrialCondition]) -> TrialCondition? {
    // What is answered at once and says no most often is asked first.
    let sorted = parts.filter(\.isAboutPatient) + parts.filter { !$0.isAboutPatient }
    return sorted.count < 2 ? sorted.first : .all(sorted)
  }

  /// Any of these; `nil` for none.
  package static func any(of parts: [TrialCondition]) -> TrialCondition? {
    parts.count < 2 ? parts.first : .any(parts)
  }

  private var isAboutPatient: Bool {
    switch self {
    case .tumor, .age, .ageGroup, .sex: true
    case .any(let parts), .all(let parts): parts.allSatisfy(\.isAboutPatient)
    case .not(let inner): inner.isAboutPatient
    case .mutation, .anyFusion, .rule, .notRead: false
    }
  }

  /// The genes and biomarkers it asks about.
  package var names: Set<String> {
    switch self {
    case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.names) }
    case .not(let inner): inner.names
    case .mutation(let gene): [gene]
    case .rule(.alteration(let gene, .exactFusion(let five, let three))):
      Set([gene, five, three].filter { !$0.isEmpty })
    case .rule(.alteration(let gene, _)), .rule(.wildType(let gene)): [gene]
    case .rule(.measurement(let name, _)): [name]
    case .tumor, .age, .ageGroup, .sex, .anyFusion, .rule, .notRead: []
    }
  }
}

/// A group of age as ClinicalTrials.gov names it.
package enum AgeGroup: String, Hashable, Sendable, CaseIterable {
  case child = "CHILD"
  case adult = "ADULT"
  case olderAdult = "OLDER_ADULT"

  /// Whether a person of this age in years belongs to it.
  package func contains(_ age: Double) -> Bool {
    switch self {
    case .child: age < 18
    case .adult: age >= 18 && age < 65
    case .olderAdult: age >= 65
    }
  }
}
