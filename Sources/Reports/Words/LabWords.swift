// SPDX-License-Identifier: Apache-2.0
package import Alterations
package import Matching

extension LabStatement {
  /// What the lab states, with who decided, when and why.
  package var words: String {
    var parts: [String] = []
    if let classification { parts.append("is classified as \(classification.words) by the lab") }
    if let call { parts.append(call.words) }
    return parts.joined(separator: " and ") + " (\(who), \(when): \(why))"
  }
}

extension Caution {
  /// What the lab states; `nil` for any other caution.
  var labStatement: LabStatement? {
    switch self {
    case .labClassification(let stated), .labCall(let stated): stated
    default: nil
    }
  }
}

extension LabStatement.Classification {
  /// The class, for people.
  var words: String {
    switch self {
    case .uncertain: "of uncertain significance"
    case .oncogenic, .pathogenic, .likelyOncogenic, .likelyPathogenic, .likelyBenign, .benign:
      rawValue.withSpaces
    }
  }
}

extension LabStatement.Call {
  /// What it says of the call, for people.
  var words: String {
    switch self {
    case .artifact: "is called an artifact by the lab"
    case .germline, .somatic: "is called \(rawValue) by the lab"
    case .confirmed: "is confirmed by the lab"
    }
  }
}

extension Oncogenicity {
  /// The class with what it rests on.
  package var inWords: String { "\(ReportWords.oncogenicity(verdict)), \(reason)" }
}
