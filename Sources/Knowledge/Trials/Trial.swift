// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// A study of a registry that a lab brings along.
package struct Trial: Sendable {
  /// Its identifier in the registry.
  package let id: String
  /// Its title; empty when none is given.
  package let title: String
  /// Whether it takes patients.
  package let status: TrialStatus
  /// The phase as written; empty when none is given.
  package let phase: String
  /// Countries with a site that is not closed; `nil` when the file names no sites.
  package let countries: [String]?
  /// ISO date on which the registry last changed its entry; empty when not stated.
  package let updated: String
  /// What the file says and nobody read.
  package let unread: [Unread]
  /// The parts that a patient may enter, each with its conditions.
  package let arms: [Arm]
  /// The place of the file among those of the registry.
  package var file = 0
  /// The line at which it begins, counted from 1; 0 when not known.
  package let line: Int

  /// A part of a study.
  package struct Arm: Sendable {
    /// Its name; empty for the study as a whole.
    package let name: String
    /// What a patient has to meet; `nil` where nothing is structured.
    package let condition: TrialCondition?
    /// Whether it is suspended.
    package let isSuspended: Bool

    /// A part of a study.
    package init(name: String, condition: TrialCondition?, isSuspended: Bool = false) {
      (self.name, self.condition, self.isSuspended) = (name, condition, isSuspended)
    }
  }

  /// Something that decides who may enter and that no program reads.
  package enum Unread: Hashable, Sendable {
    /// Eligibility in prose, carried along as it is.
    case criteria(String)
    /// Eligibility is not in the file.
    case criteriaNotInFile
    /// The file has groups of age in place of limits.
    case ageLimits
    /// The file does not say for which sex it is.
    case sex
  }

  /// A study from its parts.
  package init(
    id: String, title: String, status: TrialStatus, phase: String, countries: [String]?, updated: String,
    unread: [Unread], arms: [Arm], line: Int
  ) {
    (self.id, self.status, self.phase) = (id, status, phase)
    // A title stands on one line wherever it is printed.
    self.title = title.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    (self.countries, self.updated, self.unread, self.arms) = (countries, updated, unread, arms)
    self.line = line
  }

  /// What tells it from others: a study may stand in several entries, one for each arm.
  package var key: String { arms.count == 1 && !arms[0].name.isEmpty ? id + "\u{1F}" + arms[0].name : id }

  /// Whether nobody can enter it: it is closed, or each of its parts is suspended.
  package var isClosed: Bool { status.standing == .closed || arms.allSatisfy(\.isSuspended) }
}

/// Whether a study takes patients, as its registry says.
package struct TrialStatus: Hashable, Sendable {
  /// What the words come to.
  package enum Standing: Int, Hashable, Sendable {
    case open, notYet, unknown, closed
  }

  /// The words of the registry; empty when it says nothing.
  package let words: String
  /// What they come to.
  package let standing: Standing

  /// Reads the words of a registry: those of ClinicalTrials.gov and of CTML.
  package init(_ words: String) {
    self.words = words.trimmingSpaces
    let key = words.uppercased().filter(\.isLetter)
    if Self.open.contains(key) {
      standing = .open
    } else if key == "NOTYETRECRUITING" {
      standing = .notYet
    } else if key.hasPrefix("CLOSED") || Self.closed.contains(key) {
      standing = .closed
    } else {
      standing = .unknown
    }
  }

  private static let open: Set<String> = ["RECRUITING", "ENROLLINGBYINVITATION", "OPENTOACCRUAL", "OPEN", "AVAILABLE"]
  private static let closed: Set<String> = [
    "COMPLETED", "TERMINATED", "WITHDRAWN", "SUSPENDED", "ACTIVENOTRECRUITING", "NOLONGERAVAILABLE",
    "TEMPORARILYNOTAVAILABLE", "APPROVEDFORMARKETING", "ONHOLD", "STOPPED", "IRBSTUDYCLOSURE", "INACTIVE",
  ]
}
