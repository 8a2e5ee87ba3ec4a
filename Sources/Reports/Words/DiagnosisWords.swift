// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge
package import Matching

extension SampleMatches {
  /// What there is to say of the diagnosis, as tables and remarks word it: `review diagnosis: SS18 SS18::SSX1 suggests
  /// SYNS`.
  package var diagnosisRemarks: [String] {
    diagnosisReviews.map { review in
      let alteration = alterations[review.alteration].alteration
      let diagnoses = review.diagnoses.joined(separator: " or ")
      return "review diagnosis: \(alteration.gene) \(alteration.description) \(review.verb) \(diagnoses)"
    }
  }

  /// A review as a physician writes it: the finding in words, the suggested tumors by their names.
  func sentence(of review: DiagnosisReview, _ tree: TumorTypeTree) -> String {
    let diagnoses = review.diagnoses.map { code in tree.node(code).map { "\($0.name) (\(code))" } ?? code }
    return alterations[review.alteration].plainName + " \(review.verb) " + diagnoses.joined(separator: " or ")
      + ": review the diagnosis"
  }
}

extension DiagnosisReview {
  fileprivate var verb: String { isAgainst ? "speaks against" : "suggests" }
}
