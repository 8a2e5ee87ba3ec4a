// SPDX-License-Identifier: Apache-2.0
extension Rule {
  /// What stands behind a rule beside its level, and whom it is for.
  package struct Support: Hashable, Sendable {
    /// OncoTree codes outside of which the therapy makes no sense; empty for no bound.
    package var lineage: [String] = []
    /// The patients that the label is for; `nil` when not stated.
    package var age: Age?
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
        lineage.joined(separator: ";"), age?.text ?? "", treated.map { String($0) } ?? "",
        responded.map { String($0) } ?? "",
        rating.map { String($0) } ?? "", guideline, checked?.text ?? "",
        effect?.rawValue ?? "",
      ]
    }
  }

  /// Patients of which ages a label is for.
  package enum Age: Hashable, Sendable {
    /// 18 years or older.
    case adult
    /// Younger than 18 years.
    case child
    /// Of any age.
    case any
    /// Of so many years or more.
    case from(years: Int)

    /// Reads a cell: `adult`, `pediatric`, `both` or a limit such as `>=12`.
    init?(_ cell: String) {
      switch cell {
      case "adult": self = .adult
      case "pediatric": self = .child
      case "both": self = .any
      default:
        guard cell.hasPrefix(">="), let years = Int(cell.dropFirst(2)) else { return nil }
        self = .from(years: years)
      }
    }

    /// The cell.
    var text: String {
      switch self {
      case .adult: "adult"
      case .child: "pediatric"
      case .any: "both"
      case .from(let years): ">=\(years)"
      }
    }

    /// Whether a patient of so many years is one of them.
    package func includes(_ years: Double) -> Bool {
      switch self {
      case .adult: years >= 18
      case .child: years < 18
      case .any: true
      case .from(let least): years >= Double(least)
      }
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
