// SPDX-License-Identifier: Apache-2.0
internal import Alterations

/// Numbers the claims of rules: two rules have one number exactly where they have one ``Rule/claimKey``.
///
/// The key is a text of a hundred bytes for each of thousands of rules, whose parts are mostly those of other rules.
struct ClaimNumbers {
  private struct Claim: Hashable {
    let gene, therapy, findings, required, direction, included, excluded: Int32
    let authority: Rule.Authority
    let line: Rule.Line
    let origin: Rule.Origin
    let site: TumorSite?
    let isWithdrawn: Bool
    let effect: Rule.Effect?
  }

  private var claims = Numbering<Claim>()
  private var texts = Numbering<String>()
  /// Lists in the order of their texts, and what each list as it is written comes to.
  private var lists = Numbering<[String]>()
  private var written: [[String]: Int32] = [:]

  /// How many claims there are.
  var count: Int { claims.all.count }

  /// The number of a rule's claim.
  ///
  /// - Parameters:
  ///   - gene: The number of its gene or biomarker.
  ///   - therapy: The number of its therapy, which is one for every order of the agents.
  mutating func number(_ rule: Rule, gene: Int32, therapy: Int32) -> Int32 {
    let claim = Claim(
      gene: gene, therapy: therapy, findings: number(rule.specText), required: number(rule.requiresText),
      direction: number(rule.directionWord), included: number(rule.scope.include),
      excluded: number(rule.scope.exclude), authority: rule.authority, line: rule.line, origin: rule.origin,
      site: rule.site, isWithdrawn: rule.regulatoryStatus == .withdrawn, effect: rule.support.effect)
    return claims.number(claim)
  }

  private mutating func number(_ text: String) -> Int32 { text.isEmpty ? -1 : texts.number(text) }

  /// One number for every order of a list.
  private mutating func number(_ list: [String]) -> Int32 {
    if list.count < 2 { return list.isEmpty ? -1 : lists.number(list) }
    if let known = written[list] { return known }
    let number = lists.number(list.sorted())
    written[list] = number
    return number
  }
}
