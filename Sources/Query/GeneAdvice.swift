// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

extension ReferenceTables {
  /// What to say of an earlier treatment that is no agent.
  func priorTherapyRemark(_ name: String) -> String? { agents.priorTherapyRemark(name) }

  /// The gene that the first word of a finding was meant to be, as the end of a complaint; empty where the word is a
  /// gene or is near none.
  func geneAdvice(_ finding: String) -> String {
    guard let word = finding.split(whereSeparator: { $0 == " " || $0 == ":" }).first.map({ $0.uppercased() }) else {
      return ""
    }
    let rest = finding.dropFirst(word.count)
    let isScore = rest.allSatisfy { !$0.isLetter } || Self.states.contains(rest.dropFirst().lowercased())
    if isScore, let meant = biomarker(swapped: word) { return " (did you mean \(meant)\(rest)?)" }
    if isName(word) { return changeAdvice(finding, behind: word) }
    let known = (Array(roles.keys) + facts.biomarkers.ruleNames).sorted()
    let advice = biomarkerAdvice(finding, behind: word)
    if !advice.isEmpty { return advice }
    if let near = NearestName.find(word, among: known) { return " (did you mean \(near)?)" }
    // Names of several genes, such as NTRK, are short: only a swap is told from another word.
    if word.count > 3,
      let near = clinicNames.keys.sorted().first(where: { Self.isSwapped(Array(word.utf8), Array($0.utf8)) })
    {
      return " (did you mean \(near)\(rest)?)"
    }
    // Of two partners, the one that is no gene.
    for part in word.split(separator: "-") where part.count > 3 && !isName(String(part)) {
      if let near = NearestName.find(String(part), among: known) { return " (did you mean \(near) for \(part)?)" }
    }
    return ""
  }

  private func isName(_ word: String) -> Bool {
    genes.gene(word) != nil || clinicNames[GeneNameKey.plain(word)] != nil || isBiomarkerName(word)
  }

  /// What was meant to have happened to a gene, where one word behind it says so.
  private func changeAdvice(_ finding: String, behind word: String) -> String {
    let rest = finding.split(separator: " ").dropFirst()
    guard rest.count == 1, let change = rest.first?.lowercased(), change.allSatisfy(\.isLetter),
      let near = NearestName.find(change, among: Self.changes), near != change,
      // The opposite is no slip of the pen.
      change.hasPrefix("under") == near.hasPrefix("under")
    else { return "" }
    return " (did you mean \(word) \(near)?)"
  }

  private static let changes =
    [
      "amp", "amplification", "amplified", "deletion", "deleted", "fusion", "gain", "homdel", "loss", "mutation",
      "overexpression", "rearrangement", "truncation",
    ] + states

  /// What to say of a site that is near a word for the uterus and none; `nil` for any other.
  static func siteRemark(_ site: String) -> String? {
    let word = site.lowercased()
    guard let near = NearestName.find(word, among: ["myometrium", "uterine", "uterus"]), near != word,
      !word.contains("uter"), !word.contains("myometri")
    else { return nil }
    return "site '\(site)' is read as outside of the uterus (did you mean \(near)?)"
  }
}
