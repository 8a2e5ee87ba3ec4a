// SPDX-License-Identifier: Apache-2.0
package import Alterations

/// What has to be known of a sample to place it in the course of its patient.
///
/// run.json keeps it, so that a sample that is not read again keeps its place.
package struct CourseFacts: Hashable, Sendable {
  /// A therapy that was given.
  package struct Given: Hashable, Sendable {
    /// Names of its agents as tables write them.
    package var agents: [String]
    /// For each agent, in lower case, what stands for it and others in rules: its classes, and regimens of them.
    package var kinds: [[String]]
    /// When it began and ended; `nil` where not stated.
    package var start: CourseDay?, stop: CourseDay?
    /// Whether a timeline says so, and not the sample's own row.
    package var isOfTimeline: Bool

    /// A therapy from its parts.
    package init(
      agents: [String], kinds: [[String]] = [], start: CourseDay? = nil, stop: CourseDay? = nil,
      isOfTimeline: Bool = false
    ) {
      (self.agents, self.start, self.stop, self.isOfTimeline) = (agents, start, stop, isOfTimeline)
      self.kinds = kinds.count == agents.count ? kinds : agents.map { _ in [] }
    }

    private static let separator = "|"

    /// One line, which ``init(_:)`` reads back.
    package var text: String {
      [
        agents.joined(separator: "+"), start?.description ?? "", stop?.description ?? "",
        isOfTimeline ? "timeline" : "", kinds.map { $0.joined(separator: ";") }.joined(separator: "+"),
      ].joined(separator: Self.separator)
    }

    /// Reads what ``text`` wrote.
    package init?(_ text: String) {
      let parts = text.split(separator: Self.separator, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 5 else { return nil }
      self.init(
        agents: parts[0].split(separator: "+").map(String.init),
        kinds: parts[4].split(separator: "+", omittingEmptySubsequences: false).map { kinds in
          kinds.split(separator: ";").map(String.init)
        }, start: CourseDay(parts[1]), stop: CourseDay(parts[2]), isOfTimeline: !parts[3].isEmpty)
    }
  }

  /// When the sample was taken; `nil` where not stated.
  package var day: CourseDay?
  /// Its place among the patient's samples; `nil` where not stated.
  package var order: Double?
  /// The digest of the genes that were assayed; empty where they are not stated.
  package var panel = ""
  /// Calls of mutations that were not looked at, such as those that did not pass their caller's filter.
  package var filteredCalls = 0
  /// Therapies given, by what the sample's row and timelines say.
  package var given: [Given] = []

  /// Nothing known.
  package init() {}
}
