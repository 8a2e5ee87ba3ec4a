// SPDX-License-Identifier: Apache-2.0
/// What a lab states of an alteration of one of its samples, in place of what tables and callers say.
package struct LabStatement: Hashable, Sendable {
  /// How the lab classifies the change.
  package enum Classification: String, CaseIterable, Sendable {
    case oncogenic, pathogenic
    case likelyOncogenic = "likely_oncogenic"
    case likelyPathogenic = "likely_pathogenic"
    case uncertain = "vus"
    case likelyBenign = "likely_benign"
    case benign
  }

  /// What the lab says of the call.
  package enum Call: String, CaseIterable, Sendable {
    /// It is not there: an artifact of the assay.
    case artifact
    case germline, somatic
    /// It was seen by another assay too.
    case confirmed
  }

  /// How it is classified; `nil` where nothing is said of it.
  package var classification: Classification?
  /// What is said of the call; `nil` where nothing is.
  package var call: Call?
  /// Who decided, when, and why.
  package var who: String, when: String, why: String

  /// A statement from its parts.
  package init(
    classification: Classification? = nil, call: Call? = nil, who: String, when: String, why: String
  ) {
    (self.classification, self.call) = (classification, call)
    (self.who, self.when, self.why) = (who, when, why)
  }
}
