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
    case .silent: "no change of the protein"
    case .benign: "held to be benign"
    case .uncertain: "effect not known"
    case .statedAbsent: "stated to be absent"
    case .contextOnly: "context only, no therapy rule"
    case .noRule: "no rule in the table"
    }
  }
}

extension PassiveAlteration {
  /// What the matcher would say of it.
  var oncogenicity: Oncogenicity { effect == .synonymous ? .silent : .unknown }
  /// What becomes of it.
  var fate: AnnotatedAlteration.Fate { effect == .synonymous ? .silent : .noRule }
}
