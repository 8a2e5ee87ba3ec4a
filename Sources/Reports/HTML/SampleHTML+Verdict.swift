// SPDX-License-Identifier: Apache-2.0
internal import Knowledge
internal import Matching

extension SamplePage {
  /// The direction and the verdict of a row.
  func statement(_ match: TherapyMatch, _ html: inout HTMLBuffer) {
    let direction = ReportWords.direction(match.rule.direction)
    guard match.hasVerdict else { return html.element("span", text: direction) }
    html.element("b", Self.style(match), text: direction + ", " + ReportWords.verdict(match))
  }

  /// The verdict as a word.
  func verdict(_ match: TherapyMatch, _ html: inout HTMLBuffer) {
    if match.hasVerdict { html.element("b", Self.style(match), text: ReportWords.verdict(match)) }
  }

  /// The verdict on a therapy as a word.
  func verdict(_ verdict: Verdict, _ html: inout HTMLBuffer) {
    html.element("b", Self.style(verdict), text: ReportWords.verdict(verdict))
  }

  /// Green and red are of what speaks for a therapy.
  private static func style(_ match: TherapyMatch) -> StaticString {
    let isPlain = match.rule.direction != .sensitivity && [.supported, .overridden].contains(match.verdict)
    return isPlain ? "class=\"v\"" : style(match.verdict)
  }

  private static func style(_ verdict: Verdict) -> StaticString {
    switch verdict {
    case .supported: "class=\"vs\""
    case .conditional, .conflicting, .caution: "class=\"vc\""
    case .overridden, .withdrawn: "class=\"vo\""
    case .hypothesis: "class=\"vh\""
    }
  }

  /// What of the sample a row rests on.
  func basis(_ match: TherapyMatch) -> String {
    guard !match.alterations.isEmpty else {
      if match.isHistology { return "tumor type \(match.tumorType)" }
      return match.rule.plainAsked
    }
    return match.alterations.map { index in
      matches.alterations[index].plain(under: match.rule)
    }.joined(separator: ", ")
  }
}

extension TherapyMatch {
  /// Whether the row has a verdict to speak of; one that states what is known or did not help has none.
  fileprivate var hasVerdict: Bool {
    rule.direction != .context && !(verdict == .supported && rule.direction == .noBenefit)
  }
}
