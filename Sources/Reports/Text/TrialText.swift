// SPDX-License-Identifier: Apache-2.0
internal import Knowledge
internal import Matching

/// The studies of a registry in lines.
struct TrialText {
  let matches: SampleMatches

  /// How many studies are shown with their conditions.
  private static let shown = 25

  var lines: [String] {
    guard let trials = matches.trials else { return [] }
    var lines = ["", "Trials", "  \(trials.sources)", "  \(trials.summary) \(SampleTrials.limits)"]
    for match in trials.matches.prefix(Self.shown) {
      let trial = trials.trial(match)
      let phase = trial.phase.isEmpty ? "" : ", " + trial.phase
      lines.append("  \(trials.name(match)): \(trial.title) (\(trials.status(match))\(phase))")
      let found = trials.alterationWords(match, matches)
      for (title, items) in [
        (match.verdict == .met ? "all met" : "met", match.met.map(\.words)), ("unknown", match.unknown.map(\.words)),
        ("not met", match.verdict == .notMet ? match.failed.map(\.words) : []), ("alteration", found),
        ("not read", trial.unread.map(\.words)),
      ] where !items.isEmpty {
        lines.append("    \(title): \(items.joined(separator: "; "))")
      }
    }
    let more = trials.matches.count - Self.shown
    if more > 0 { lines.append("  and \(more) more (--format trials, or json)") }
    return lines
  }
}
