// SPDX-License-Identifier: Apache-2.0
package import Alterations
package import Knowledge

/// The first thing that failed when a rule was tried.
package indirect enum MissReason: Hashable, Sendable {
  /// Why a rule does not reach a tumor type in spite of its scope.
  package enum Barrier: Hashable, Sendable, CaseIterable {
    /// Rules of this kind do not cross to other types.
    case boundToItsTumor
    /// The therapy is a partner's backbone in another tumor.
    case backboneOfAnotherTumor
  }

  /// The sample's tumor type is out of the rule's scope, or behind a barrier.
  case tumorType(String, scope: [String], Barrier?)
  case statedAbsent
  /// The alteration was not evaluated, in the words of whoever could not read it.
  case notEvaluated(String)
  case benign(finding: String, Oncogenicity)
  /// A row for the agent, as strong as this one against it or stronger, names the very change.
  case namedAsSensitive(String)
  case codonOutside(Int, ClosedRange<Int>, label: String)
  case otherCodon(Int, wanted: Int)
  case otherEffect(VariantEffect, wanted: AlterationSpec.EffectClass)
  /// The finding is none of what the rule asks of the gene.
  case otherFinding(String, gene: String, wanted: [AlterationSpec])
  /// A germline change where the rule asks for a somatic one, or the other way round.
  case otherOrigin(AlterationOrigin, wanted: AlterationOrigin)

  // What the rule requires beside its own alteration.

  case notFound(Predicate)
  case isPresent(Predicate)
  /// An oncogenic change of a gene that has to be wild type.
  case found(gene: String, String)
  case measured(String, Measurement)
  case amplified(gene: String)
  case otherGrade(Int, wanted: MeasurementTest)
  case otherStatus(of: String)
  case receptorsNegative([String])
  case receptorPositive
  case noPriorTherapy(String)
  /// None of several ways to meet it.
  case all([MissReason])
}
