// SPDX-License-Identifier: Apache-2.0
internal import Matching

extension TherapyOption.Fold {
  /// Why a therapy is folded away, for people.
  var words: String {
    switch self {
    case .developmentStopped(let source):
      // An address is a link or nothing.
      "development \(source.split(separator: " ").filter { !$0.contains("://") }.joined(separator: " "))"
    case .laboratoryOfAnotherTumor: "laboratory work on other tumors"
    }
  }
}
