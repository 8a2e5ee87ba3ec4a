// SPDX-License-Identifier: Apache-2.0
package import Knowledge

/// An agent that a row against its whole class closes, and that no option of the sample holds.
package struct ClassClosing: Sendable {
  /// The agent.
  package let agent: String
  /// The best row against its class.
  package let row: TherapyMatch
}

/// What a sample's findings come to for one therapy in one tumor type: a row of options.tsv (guide: Evidence, One answer
/// for each therapy).
///
/// Made once, from the rows that were weighed; every report reads it and none weighs again.
package struct TherapyOption: Sendable {
  /// The part of the first page that the therapy stands in.
  package enum Group: String, CaseIterable, Sendable {
    /// An alteration speaks for it.
    case opened
    /// It waits for a test.
    case conditional
    /// What was found speaks against it.
    case closed
    /// It stands for the tumor type, whatever was found.
    case byTumorType = "by_tumor_type"
    /// It was tested and did not help.
    case noBenefit = "no_benefit"
    /// A regulator or maker withdrew it.
    case withdrawn

    /// Whether therapies of the group have a rank.
    package var isRanked: Bool {
      switch self {
      case .opened, .conditional, .byTumorType: true
      case .closed, .noBenefit, .withdrawn: false
      }
    }
  }

  /// How far the therapy has come, for this sample.
  package enum Standing: String, CaseIterable, Sendable {
    /// A valid label of a chosen regulator covers the sample's tumor, biomarker and age.
    case approvedHere = "approved_here"
    /// A label of a regulator that was not chosen covers them.
    case approvedOtherRegulator = "approved_other_regulator"
    /// A label covers the biomarker in another tumor.
    case approvedOtherTumor = "approved_other_tumor"
    case guideline, investigational, literature
  }

  /// A label in force, for a tumor.
  package struct Label: Hashable, Sendable {
    /// The regulator.
    package let authority: Rule.Authority
    /// ISO date; empty when unknown.
    package let date: String
    /// OncoTree codes.
    package let codes: [String]
    /// Whether it covers the sample's tumor.
    package let isOfThisTumor: Bool
  }

  /// Why a therapy is folded away on the first page.
  package enum Fold: Sendable {
    /// Its development was stopped; who says so.
    case developmentStopped(String)
    /// All there is is laboratory work on other tumors.
    case laboratoryOfAnotherTumor
  }

  /// The OncoTree code; empty when the tumor type is unknown.
  package let tumorType: String
  /// The agents joined by ` + `.
  package let therapy: String
  /// The agents.
  package let agents: [String]
  package let group: Group
  /// The verdict of the best row.
  package let verdict: Verdict
  /// The row shown first: the best one for the therapy, or against it where nothing is for it or it is closed.
  package let best: TherapyMatch
  /// The best row for it; `nil` where nothing is.
  package let bestFor: TherapyMatch?
  /// The best row against it; `nil` where nothing is.
  package let bestAgainst: TherapyMatch?
  /// All rows for it.
  package let rowsFor: [TherapyMatch]
  /// All rows against it, those that were weighed first.
  package let rowsAgainst: [TherapyMatch]
  package let standing: Standing
  /// The labels in force among the rows for it, those of this tumor first.
  package let labels: [Label]
  /// The places of the alterations that it rests on, those of the best row first.
  package let because: [Int]
  /// Why it is folded away; `nil` where it is shown.
  package let fold: Fold?
  /// Its place in the order of the first page, from 1; `nil` for groups without one.
  package internal(set) var rank: Int?

  /// What would have to be tested; none unless the best row waits for a test.
  package var openQuestions: [OpenQuestion] { best.openQuestions }
}
