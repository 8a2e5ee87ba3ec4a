// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Findings that contradict a diagnosis and ask for a second look.
///
/// Guide: TumorTypes, Findings that contradict the diagnosis.
enum DiagnosisReview {
  /// - Parameter doubts: What rows on diagnosis say; a finding that the table of reviews knows is said once.
  static func remarks(_ facts: EvaluationContext, table: KnowledgeBase, _ doubts: [DiagnosisDoubt]) -> [String] {
    var remarks: [String] = []
    var known: Set<Int> = []
    let reviews = reviews(facts, table)
    if !reviews.isEmpty {
      for (place, annotated) in facts.alterations.enumerated() where annotated.notEvaluated.isEmpty {
        guard let review = reviews.first(where: { holds($0, annotated) }) else { continue }
        known.insert(place)
        remarks.append(remark(annotated, "suggests " + review.suggestion))
      }
    }
    for doubt in doubts where !known.contains(doubt.alteration) {
      let codes = doubt.codes.joined(separator: " or ")
      let words = remark(
        facts.alterations[doubt.alteration], (doubt.isAgainst ? "speaks against " : "suggests ") + codes)
      if !remarks.contains(words) { remarks.append(words) }
    }
    return remarks
  }

  private static func remark(_ annotated: AnnotatedAlteration, _ words: String) -> String {
    "review diagnosis: \(annotated.alteration.gene) \(annotated.alteration.description) \(words)"
  }

  /// The facts about the sample's tumor types.
  private static func reviews(_ facts: EvaluationContext, _ table: KnowledgeBase) -> [DiagnosisReviewFact] {
    var isSuspect: [String: Bool] = [:]
    return facts.tables.diagnosisReviews.filter { review in
      if let known = isSuspect[review.tumor] { return known }
      let covers = facts.profile.tumorTypes.contains { table.reference.tumorTypes.covers(review.tumor, $0) }
      isSuspect[review.tumor] = covers
      return covers
    }
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
