// SPDX-License-Identifier: Apache-2.0
package import Knowledge

/// An agent that a row against its whole class closes, and that no option of the sample holds.
package struct ClassClosing: Sendable {
  /// The agent.
  package let agent: String
  /// The best row against its class.
  package let row: TherapyMatch
}

/// What a sample's findings come to for one therapy in one tumor type: a row of options.tsv (guide: Evidence,
/// Sensitivity, resistance and conflict).
///
/// Made once, from the rows that were weighed; every report reads it and none weighs again. A copy costs one reference.
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
  package var tumorType: String { content.tumorType }
  /// The agents joined by ` + `.
  package var therapy: String { content.therapy }
  /// The agents.
  package var agents: [String] { content.agents }
  package var group: Group { content.group }
  /// The verdict of the best row.
  package var verdict: Verdict { content.verdict }
  /// The row shown first: the best one for the therapy, or against it where nothing is for it or it is closed.
  package var best: TherapyMatch { content.best }
  /// The best row for it; `nil` where nothing is.
  package var bestFor: TherapyMatch? { content.bestFor }
  /// The best row against it; `nil` where nothing is.
  package var bestAgainst: TherapyMatch? { content.bestAgainst }
  /// All rows for it.
  package var rowsFor: [TherapyMatch] { content.rowsFor }
  /// All rows against it, those that were weighed first.
  package var rowsAgainst: [TherapyMatch] { content.rowsAgainst }
  package var standing: Standing { content.standing }
  /// The labels in force among the rows for it, those of this tumor first.
  package var labels: [Label] { content.labels }
  /// The places of the alterations that it rests on, those of the best row first.
  package var because: [Int] { content.because }
  /// Why it is folded away; `nil` where it is shown.
  package var fold: Fold? { content.fold }
  /// Its place in the order of the first page, from 1; `nil` for groups without one.
  package internal(set) var rank: Int?

  /// What would have to be tested; none unless the best row waits for a test.
  package var openQuestions: [OpenQuestion] { best.openQuestions }

  /// What all copies share: reports go through the options of a sample again and again.
  final class Content: Sendable {
    let tumorType: String
    let therapy: String
    let agents: [String]
    let group: Group
    let verdict: Verdict
    let best: TherapyMatch
    let bestFor: TherapyMatch?
    let bestAgainst: TherapyMatch?
    let rowsFor: [TherapyMatch]
    let rowsAgainst: [TherapyMatch]
    let standing: Standing
    let labels: [Label]
    let because: [Int]
    let fold: Fold?

    init(
      tumorType: String, therapy: String, agents: [String], group: Group, verdict: Verdict, best: TherapyMatch,
      bestFor: TherapyMatch?, bestAgainst: TherapyMatch?, rowsFor: [TherapyMatch], rowsAgainst: [TherapyMatch],
      standing: Standing, labels: [Label], because: [Int], fold: Fold?
    ) {
      self.tumorType = tumorType
      self.therapy = therapy
      self.agents = agents
      self.group = group
      self.verdict = verdict
      self.best = best
      self.bestFor = bestFor
      self.bestAgainst = bestAgainst
      self.rowsFor = rowsFor
      self.rowsAgainst = rowsAgainst
      self.standing = standing
      self.labels = labels
      self.because = because
      self.fold = fold
    }
  }

  private let content: Content

  init(_ content: Content, rank: Int? = nil) {
    self.content = content
    self.rank = rank
  }
}
