// SPDX-License-Identifier: Apache-2.0
internal import Alterations
public import Matching

extension AnnotatedAlteration {
  /// Why it became that, for people.
  public var reason: String {
    if fate == .benign { return oncogenicity.reason }
    return fate.words
  }
}

extension AnnotatedAlteration.Fate {
  /// Why the alteration became that; for a benign one the evidence says more.
  var words: String {
    switch self {
    case .notEvaluated(let reason): reason
    case .read(let rows): "read by \(rows) \(rows == 1 ? "row" : "rows") of therapies.tsv"
    case .belowLevel(let rows):
      "read by \(rows) \(rows == 1 ? "row" : "rows") below the lowest level that is shown (settings)"
    case .silent: "no change of the protein"
    case .benign: "held to be benign"
    case .uncertain: "effect not known"
    case .statedAbsent: "stated to be absent"
    case .contextOnly: "context only, no therapy rule"
    case .noRule: "no rule in the table"
    }
  }
}

/// What was decided of an alteration, as reports print it.
enum Judgement {
  /// Of a gene of which the tables say nothing: whether the protein is as it was is all there is to decide.
  case silent, unknown
  case decided(AnnotatedAlteration)

  /// What there is to decide of a change of a gene of which the tables say nothing.
  init(unlisted: Alteration) { self = unlisted.isSilent ? .silent : .unknown }

  var oncogenicity: Oncogenicity {
    switch self {
    case .silent: .silent
    case .unknown: .unknown
    case .decided(let annotated): annotated.oncogenicity
    }
  }

  var outcome: AnnotatedAlteration.Outcome {
    switch self {
    case .silent: AnnotatedAlteration.Fate.silent.outcome
    case .unknown: AnnotatedAlteration.Fate.noRule.outcome
    case .decided(let annotated): annotated.outcome
    }
  }

  /// Whether it is not known that the change is there, or what of it is there.
  var leavesOpen: Bool {
    if case .decided(let annotated) = self {
      return annotated.outcome == .notEvaluated || annotated.alteration.cautions.contains(.possibleFusion)
    }
    return false
  }

  /// Why it became that, for people.
  var reason: String {
    switch self {
    case .silent: AnnotatedAlteration.Fate.silent.words
    case .unknown: AnnotatedAlteration.Fate.noRule.words
    case .decided(let annotated): annotated.reason
    }
  }
}
