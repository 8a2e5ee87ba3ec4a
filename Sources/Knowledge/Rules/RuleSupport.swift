// SPDX-License-Identifier: Apache-2.0
extension Rule {
  /// What stands behind a rule beside its level, and whom it is for.
  package struct Support: Hashable, Sendable {
    /// OncoTree codes outside of which the therapy makes no sense; empty for no bound.
    package var lineage: [String] = []
    /// Ages the label is for: `adult`, `pediatric`, `both` or a limit such as `>=12`; empty when not stated.
    package var age = ""
    /// Patients with the biomarker who were treated; `nil` when not read.
    package var treated: Int?
    /// Those of ``treated`` who responded; `nil` when not read.
    package var responded: Int?
    /// The rating of the best-rated item behind the level, 1 to 5; `nil` where the source rates nothing.
    package var rating: Int?
    /// The guideline with its version or date, for rules of level A2.
    package var guideline = ""
    /// How the rule was checked.
    package var checked: Check?
    /// What a context row does to its therapy; `nil` where it does nothing.
    package var effect: Effect?

    /// No more than the level.
    package init() {}

    /// The columns, in the order of ``cells``.
    static let columns = ["lineage", "age", "n_treated", "n_responded", "rating", "guideline", "checked", "effect"]

    /// The cells of a rule table, in the order of ``columns``.
    var cells: [String] {
      [
        lineage.joined(separator: ";"), age, treated.map { String($0) } ?? "", responded.map { String($0) } ?? "",
        rating.map { String($0) } ?? "", guideline, checked?.text ?? "",
        effect?.rawValue ?? "",
      ]
    }
  }

  /// What a context row does beside what it says.
  package enum Effect: String, Sendable, CaseIterable {
    /// The therapy works less well: `supported` becomes `caution`.
    case reducedSensitivity = "reduced_sensitivity"
    /// The finding was looked at and is no cause of resistance: it closes nothing that weaker rows say it does.
    case notACause = "not_a_cause"
    /// The finding all but makes the diagnosis: in a tumor of another type it asks for a review.
    case definesTumor = "defines_tumor"
  }

  /// Whether the source behind a rule was read.
  package struct Check: Hashable, Sendable {
    /// What was looked at: the source itself, a record of it, or neither.
    package enum Extent: String, Sendable, CaseIterable {
      case read, record
      case notRead = "not read"
    }

    /// What was looked at.
    package let extent: Extent
    /// ISO date; empty when not stated.
    package let date: String

    /// The cell: `record 2026-11-25`.
    var text: String { date.isEmpty ? extent.rawValue : extent.rawValue + " " + date }
  }
}
