// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Results that are written as a plus or a minus: `EGFR L858R+ T790M-`, `FLT3-ITD+`, `MLH1 -`, `CD117+`, `HRD-`.
extension ClinicalText {
  /// A text with `positive` and `negative` in the place of signs behind what was looked for.
  ///
  /// Grades keep their plus (`2+`), and so do genes whose sign speaks of a rearrangement or a mutation (`ALK+`).
  func spelledSigns(_ piece: String) -> String {
    guard piece.utf8.contains(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }) else { return piece }
    var words = piece.split(separator: " ").map(String.init)
    for index in words.indices {
      if let (name, verdict) = signed(words[index]) { words[index] = "\(name) \(verdict)" }
    }
    if words.count > 1, let sign = Self.loneSigns[words[words.count - 1]] {
      let before = words[words.count - 2]
      if words.count == 2, !facts.phrases.isReceptor(GeneNameKey.plain(before)), !isRepairProtein(before),
        !facts.phrases.isProtein(GeneNameKey.plain(before)),
        genes.symbol(before) != nil || family(named: before) != nil
      {
        words = [before + sign]
      } else if !isGradedName(before), before.contains(where: { !$0.isNumber }) {
        words[words.count - 1] = sign == "+" ? "positive" : "negative"
      }
    }
    return words.joined(separator: " ")
  }

  private static let loneSigns = ["+": "+", "(+)": "+", "-": "-", "(-)": "-"]
  private static let changes: Set<String> = [
    "itd", "tkd", "ptd", "mut", "m", "mutation", "viii", "v7", "fusion", "fish", "msi", "dmmr",
  ]

  /// The name and the verdict of one word with a sign at its end; `nil` where the sign is part of the name.
  private func signed(_ word: String) -> (name: String, verdict: String)? {
    let bare = word.hasSuffix(",") ? String(word.dropLast()) : word
    guard bare.count > 2, let sign = bare.last, sign == "+" || sign == "-" else { return nil }
    let name = String(bare.dropLast())
    guard let last = name.last, last != "+", last != "-" else { return nil }
    let verdict = sign == "+" ? "positive" : "negative"
    let key = name.lowercased().filter { $0.isLetter || $0.isNumber }
    if name.contains(where: \.isNumber), name.contains(where: \.isLetter), let change = ProteinChange(name),
      change.first > 1
    {
      return (name, verdict)
    }
    if Self.changes.contains(name.lowercased()) || facts.namedChanges.gene(joinedIn: key) != nil {
      return (name, verdict)
    }
    // `EGFRm+`.
    if last == "m", genes.symbol(String(name.dropLast())) != nil { return ("\(name.dropLast()) mutation", verdict) }
    let plain = GeneNameKey.plain(name)
    if isGradedName(name) { return nil }
    if facts.phrases.isProtein(plain) || isRepairProtein(name) { return (name, verdict) }
    if sign == "-", facts.phrases.isReceptor(plain), !name.contains("/") { return (name, verdict) }
    // `BRAFV600E-`, `EGFRex19del+`.
    let parts = unglued(glued(name))
    if parts != name, parts.contains(" ") { return (parts, verdict) }
    guard let biomarker = facts.biomarkers.written(plain) else { return nil }
    switch biomarker.reading {
    case .deficiency, .instability, .share, .virus: return (name, verdict)
    default: return nil
    }
  }

  /// Whether a name is that of the stain that is told in grades.
  func isGradedName(_ name: String) -> Bool {
    let stain = facts.biomarkers.first(.graded)
    return genes.symbol(name) == stain.nameOfResults || GeneNameKey.plain(name).hasPrefix(stain.name)
  }

  private func isRepairProtein(_ name: String) -> Bool {
    facts.biomarkers.first(.repair).genes.contains(name.uppercased())
  }
}
