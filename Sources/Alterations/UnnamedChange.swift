/// What a text says of a gene's change without naming the change; the words stand in its place.
package enum UnnamedChange: String, CaseIterable, Sendable {
  case lossOfFunction = "loss of function"
  case pathogenic = "pathogenic change"
  case unspecified = "mutation, not specified"
}

extension SequenceChange {
  /// A change that is stated and not named.
  package init(_ unnamed: UnnamedChange) { self.init(effect: .unknown, namedClass: unnamed.rawValue) }

  /// What is stated in place of the change; `nil` where the change is named.
  package var unnamed: UnnamedChange? { UnnamedChange(rawValue: namedClass) }
}
