// SPDX-License-Identifier: Apache-2.0

/// Which sides of two breaks in chromosomes are joined to each other.
///
/// The names are those of Delly's `CT`: `3to5` joins what lies before the first break to what lies behind the second one.
package enum JoinedSides: UInt8, Sendable {
  case notStated, threeToFive, fiveToThree, threeToThree, fiveToFive
  /// An inversion: both junctions are there.
  case inversion

  /// Whether the part before the break is kept, at the first and at the second break; `nil` where both are.
  package var keepsBefore: (first: Bool, second: Bool)? {
    switch self {
    case .threeToFive: (true, false)
    case .fiveToThree: (false, true)
    case .threeToThree: (true, true)
    case .fiveToFive: (false, false)
    case .notStated, .inversion: nil
    }
  }

  /// - Parameter name: Of `CT`: `3to5`.
  init?(_ name: String) {
    switch name {
    case "3to5": self = .threeToFive
    case "5to3": self = .fiveToThree
    case "3to3": self = .threeToThree
    case "5to5": self = .fiveToFive
    default: return nil
    }
  }
}
