// SPDX-License-Identifier: Apache-2.0
/// What a text says of a gene's change without naming the change; the words stand in its place.
package enum UnnamedChange: String, CaseIterable, Sendable {
  case lossOfFunction = "loss of function"
  case pathogenic = "pathogenic change"
  case unspecified = "mutation, not specified"
  /// A mutation, a fusion or a change of copies.
  case alteration = "alteration, not specified"
}

extension SequenceChange {
  /// The class of a change that restores a gene which another had lost.
  package static let reversion = "reversion"

  /// Whether it restores the gene.
  package var isReversion: Bool { namedClass == Self.reversion }

  /// A change that is stated and not named.
  package init(_ unnamed: UnnamedChange) { self.init(effect: .unknown, namedClass: unnamed.rawValue) }

  /// What is stated in place of the change; `nil` where the change is named.
  package var unnamed: UnnamedChange? { UnnamedChange(rawValue: namedClass) }

  /// Whether a codon is stated and not the residue that it became.
  package var lacksResidue: Bool { proteinChange?.isOfAnyResidue ?? false }

  /// Whether it may be any change of the protein that keeps the reading frame: no residue is stated.
  package var isUnread: Bool {
    guard proteinChange == nil, namedClass.isEmpty, region == nil else { return false }
    switch effect {
    case .unknown, .missense, .inframeDeletion, .inframeInsertion: return true
    default: return false
    }
  }
}

extension ProteinChange {
  /// The substitution of a residue by one that is not stated.
  package static func anyResidue(at codon: Int, from residue: Character) -> ProteinChange {
    ProteinChange(.substitution, first: codon, firstResidue: residue, replacement: "X")
  }

  /// Whether the new residue is not stated: `p.V600X`.
  package var isOfAnyResidue: Bool { consequence == .substitution && replacement == "X" }
}
