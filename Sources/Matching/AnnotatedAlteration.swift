// SPDX-License-Identifier: Apache-2.0
public import Alterations

/// An alteration with what was decided about it.
public struct AnnotatedAlteration: Sendable {
  /// What became of it; the column `outcome` of alterations.tsv.
  public enum Outcome: String, CaseIterable, Sendable {
    case matched
    case noRule = "no_rule"
    case vus, benign, silent
    case notEvaluated = "not_evaluated"
  }

  /// Why a rule reads it or none does.
  package enum Fate: Hashable, Sendable {
    /// Whoever read it could not understand it, in their words.
    case notEvaluated(String)
    /// Rows of therapies.tsv rest on it.
    case read(rows: Int)
    /// Only rows below the level that is asked for rest on it, which are not shown.
    case belowLevel(rows: Int)
    /// The protein is as it was.
    case silent
    case benign
    /// Rules are about the gene, and what the change does is not known.
    case uncertain
    case statedAbsent
    /// Only rows without a therapy rest on it.
    case contextOnly
    case noRule

    /// The column `outcome`.
    package var outcome: Outcome {
      switch self {
      case .notEvaluated: .notEvaluated
      case .read, .belowLevel: .matched
      case .silent: .silent
      case .benign: .benign
      case .uncertain: .vus
      case .statedAbsent, .contextOnly, .noRule: .noRule
      }
    }
  }

  /// What is decided once; shared by copies, of which rules make many.
  private final class Decided: Sendable {
    let alteration: Alteration
    let oncogenicity: Oncogenicity
    let notEvaluated: String
    let description: String
    let mayBeConstitutional: Bool

    init(_ alteration: Alteration, _ oncogenicity: Oncogenicity, _ notEvaluated: String) {
      description = alteration.description
      mayBeConstitutional = alteration.origin == .germline || alteration.cautions.contains(.possibleGermline)
      self.alteration = alteration
      self.oncogenicity = oncogenicity
      self.notEvaluated = notEvaluated
    }
  }

  private let decided: Decided
  /// The alteration, lent and not copied: it holds a dozen texts.
  public var alteration: Alteration { _read { yield decided.alteration } }
  /// Its gene.
  public var gene: String { decided.alteration.gene }
  /// Its canonical form without the gene, put in words once.
  public var description: String { decided.description }
  /// The change as written.
  package var asWritten: String { decided.alteration.asWritten }
  /// How likely it drives the tumor.
  public var oncogenicity: Oncogenicity { _read { yield decided.oncogenicity } }
  /// What became of it, and why.
  package var fate = Fate.noRule
  /// What became of it.
  public var outcome: Outcome { fate.outcome }
  /// Why it was not evaluated; empty when it was.
  var notEvaluated: String { decided.notEvaluated }
  /// Whether the input says that it is in the germline, or its allele fraction suggests it.
  var mayBeConstitutional: Bool { decided.mayBeConstitutional }
  /// Whether a rule may read it at all.
  let isReadable: Bool

  init(_ alteration: Alteration, _ oncogenicity: Oncogenicity, notEvaluated: String = "") {
    isReadable = notEvaluated.isEmpty && !oncogenicity.isBenign
    decided = Decided(alteration, oncogenicity, notEvaluated)
  }
}
