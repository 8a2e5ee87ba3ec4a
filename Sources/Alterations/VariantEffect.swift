// SPDX-License-Identifier: Apache-2.0
/// What a sequence change does, whatever tool named it.
package enum VariantEffect: String, Hashable, Sendable, CaseIterable {
  case missense
  case nonsense
  case frameshift
  case inframeDeletion = "inframe_del"
  case inframeInsertion = "inframe_ins"
  case splice
  case spliceRegion = "splice_region"
  case startLost = "start_lost"
  case stopLost = "stop_lost"
  case promoter
  case synonymous
  /// Outside of coding sequence and splice sites; reported as filtered.
  case noncoding
  /// A structural class such as an internal tandem duplication.
  case structural
  case unknown

  /// Whether the change is expected to end the protein early.
  package var isTruncating: Bool {
    switch self {
    case .nonsense, .frameshift, .splice, .startLost: true
    default: false
    }
  }

  /// The effect of a change that has a name of its own: one that skips exons breaks splicing, others change the structure.
  package init(ofNamedClass name: String) { self = name.hasSuffix("skipping") ? .splice : .structural }

  /// The effect that a protein notation states by itself.
  package init(_ change: ProteinChange) {
    if change.endsProtein {
      self = .nonsense
      return
    }
    switch change.consequence {
    case .substitution: self = .missense
    case .nonsense: self = .nonsense
    case .frameshift: self = .frameshift
    case .deletion: self = .inframeDeletion
    case .duplication, .insertion: self = .inframeInsertion
    case .deletionInsertion:
      let added = change.replacement.utf8.count
      let removed = change.last - change.first + 1
      if added == removed {
        self = .missense
      } else {
        self = added < removed ? .inframeDeletion : .inframeInsertion
      }
    case .synonymous: self = .synonymous
    case .stopLost: self = .stopLost
    case .startLost: self = .startLost
    case .splice: self = .splice
    }
  }
}
