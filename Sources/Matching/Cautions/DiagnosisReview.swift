// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Findings that contradict a diagnosis and ask for a second look.
///
/// Guide: TumorTypes, Findings that contradict the diagnosis.
enum DiagnosisReview {
  /// - Parameters:
  ///   - reviews: The facts about the sample's tumor types.
  ///   - doubts: What rows on diagnosis say; a finding that the table of reviews knows is said once.
  static func remarks(
    _ facts: EvaluationContext, _ reviews: [DiagnosisReviewFact], _ doubts: [DiagnosisDoubt]
  ) -> [String] {
    if reviews.isEmpty, doubts.isEmpty { return [] }
    var remarks: [String] = []
    var known: Set<Int> = []
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
