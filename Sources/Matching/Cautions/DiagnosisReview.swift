// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// A finding that contradicts the diagnosis and asks for a second look.
///
/// Guide: TumorTypes, Findings that contradict the diagnosis.
package struct DiagnosisReview: Hashable, Sendable {
  /// The finding, by its place in the sample's list.
  package let alteration: Int
  /// The diagnoses it suggests, or speaks against where ``isAgainst``: codes, or words where no code says it.
  package let diagnoses: [String]
  /// Whether it speaks against the diagnosis and names no other.
  package let isAgainst: Bool

  /// A review of a finding.
  package init(alteration: Int, diagnoses: [String], isAgainst: Bool = false) {
    (self.alteration, self.diagnoses, self.isAgainst) = (alteration, diagnoses, isAgainst)
  }

  /// The reviews that a sample's findings ask for.
  ///
  /// - Parameters:
  ///   - reviews: The facts about the sample's tumor types.
  ///   - doubts: What rows on diagnosis say; a finding that the table of reviews knows is said once.
  static func reviews(
    _ facts: EvaluationContext, _ reviews: [DiagnosisReviewFact], _ doubts: [DiagnosisDoubt]
  ) -> [DiagnosisReview] {
    if reviews.isEmpty, doubts.isEmpty { return [] }
    var found: [DiagnosisReview] = []
    var known: Set<Int> = []
    if !reviews.isEmpty {
      for (place, annotated) in facts.alterations.enumerated() where annotated.notEvaluated.isEmpty {
        guard let review = reviews.first(where: { holds($0, annotated) }) else { continue }
        known.insert(place)
        found.append(DiagnosisReview(alteration: place, diagnoses: [review.suggestion]))
      }
    }
    for doubt in doubts where !known.contains(doubt.alteration) {
      // Two rows of a file may state one finding.
      let isSaid = found.contains { said in
        said.diagnoses == doubt.codes && said.isAgainst == doubt.isAgainst
          && facts.alterations[said.alteration].hasName(of: facts.alterations[doubt.alteration])
      }
      if isSaid { continue }
      found.append(
        DiagnosisReview(alteration: doubt.alteration, diagnoses: doubt.codes, isAgainst: doubt.isAgainst))
    }
    return found
  }

  private static func holds(_ review: DiagnosisReviewFact, _ annotated: AnnotatedAlteration) -> Bool {
    let alteration = annotated.alteration
    return switch (review.finding, alteration.event) {
    case (.fusion, .fusion(let fusion)): fusion.involves(review.gene)
    case (.amplification, .copyNumber(let call)): call == .amplification && alteration.gene == review.gene
    case (.homozygousDeletion, .copyNumber(let call)): call == .homozygousDeletion && alteration.gene == review.gene
    case (.oncogenic, .sequence): alteration.gene == review.gene && annotated.oncogenicity.isOncogenic
    default: false
    }
  }
}

extension AnnotatedAlteration {
  /// Whether another finding is called by the same words.
  fileprivate func hasName(of other: AnnotatedAlteration) -> Bool {
    alteration.gene == other.alteration.gene && alteration.description == other.alteration.description
  }
}
