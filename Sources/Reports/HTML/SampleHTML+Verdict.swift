// SPDX-License-Identifier: Apache-2.0
internal import Knowledge
internal import Matching

extension SamplePage {
  /// The verdict as a word.
  func verdict(_ match: TherapyMatch, _ html: inout HTMLBuffer) {
    // A row that states what is known or did not help has no verdict to speak of.
    if match.rule.direction == .context || match.verdict == .supported && match.rule.direction == .noBenefit { return }
    let style: StaticString =
      switch match.verdict {
      case .supported: match.rule.direction == .sensitivity ? "class=\"v v-supported\"" : "class=\"v\""
      case .conditional: "class=\"v v-conditional\""
      case .conflicting: "class=\"v v-conflicting\""
      case .overridden: match.rule.direction == .sensitivity ? "class=\"v v-overridden\"" : "class=\"v\""
      case .caution: "class=\"v v-caution\""
      case .withdrawn: "class=\"v v-withdrawn\""
      case .hypothesis: "class=\"v v-hypothesis\""
      }
    html.element("span", style, text: ReportWords.verdict(match))
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
