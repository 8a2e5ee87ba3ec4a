// SPDX-License-Identifier: Apache-2.0
/// Why an item of a knowledge base becomes no rule.
struct ImportProblem: Error, Hashable, Sendable {
  /// What becomes of the item.
  enum Fate: String, Sendable {
    /// It cannot be read, or names what is not known.
    case refused
    /// It is sound, and the rule table has no words for it yet.
    case deferred
    /// It is no claim on the effect of a therapy.
    case outOfScope = "out of scope"
  }

  let fate: Fate
  /// The reason that items are counted by.
  let reason: String
  /// What it is about in this item.
  let detail: String

  static func refused(_ reason: String, _ detail: String = "") -> ImportProblem {
    ImportProblem(fate: .refused, reason: reason, detail: detail)
  }

  static func deferred(_ reason: String, _ detail: String = "") -> ImportProblem {
    ImportProblem(fate: .deferred, reason: reason, detail: detail)
  }

  static func outOfScope(_ reason: String, _ detail: String = "") -> ImportProblem {
    ImportProblem(fate: .outOfScope, reason: reason, detail: detail)
  }
}
