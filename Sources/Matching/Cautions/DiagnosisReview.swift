// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Findings that contradict a diagnosis and ask for a second look.
///
/// Guide: TumorTypes, Findings that contradict the diagnosis.
enum DiagnosisReview {
  static func remarks(_ facts: EvaluationContext, table: KnowledgeBase) -> [String] {
    var isSuspect: [String: Bool] = [:]
    let reviews = facts.tables.diagnosisReviews.filter { review in
      if let known = isSuspect[review.tumor] { return known }
      let covers = facts.profile.tumorTypes.contains { table.reference.tumorTypes.covers(review.tumor, $0) }
      isSuspect[review.tumor] = covers
      return covers
    }
    guard !reviews.isEmpty else { return [] }
    var remarks: [String] = []
    for annotated in facts.alterations where annotated.notEvaluated.isEmpty {
      if let review = reviews.first(where: { holds($0, annotated) }) {
        remarks.append(
          "review diagnosis: \(annotated.alteration.gene) \(annotated.alteration.description) suggests \(review.suggestion)"
        )
      }
    }
    return remarks
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
