// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import InputFormats
internal import Knowledge

/// Names and results in two lists of one length: `ER/PR/HER2: negative/negative/3+`, `KRAS, NRAS: wild type, G12D`.
extension ClinicalText {
  /// A text with each name beside its own result; as it was where the lists do not go together.
  func withParallelResults(_ text: String) -> String {
    guard text.contains(":") else { return text }
    return text.split(separator: ";", omittingEmptySubsequences: false).map { clause in
      parallel(String(clause)) ?? String(clause)
    }.joined(separator: ";")
  }

  private func parallel(_ clause: String) -> String? {
    if let denied = deniedList(clause) { return denied }
    guard let colon = clause.firstIndex(of: ":"), clause.count(where: { $0 == ":" }) == 1, !clause.contains("(") else {
      return nil
    }
    let (left, right) = (clause[..<colon], clause[clause.index(after: colon)...])
    for separator in ["/", ","] as [Character] {
      var names = left.split(separator: separator).map { String($0).trimmingWhiteSpace }
      let results = right.split(separator: separator).map { String($0).trimmingWhiteSpace }
      guard names.count > 1, names.count == results.count, results.allSatisfy({ isResultAlone($0) }) else { continue }
      if names.allSatisfy({ isGeneName($0) || facts.biomarkers.written($0) != nil }) {
        return zip(names, results).map { "\($0) \($1)" }.joined(separator: "; ")
      }
      // `EGFR 19del/L858R/T790M`: the gene stands before the first change.
      let first = names[0].split(separator: " ").map(String.init)
      guard first.count == 2, isGeneName(first[0]), names.dropFirst().allSatisfy({ !$0.contains(" ") && isChange($0) })
      else { continue }
      names = [names[0]] + names.dropFirst().map { "\(first[0]) \($0)" }
      return zip(names, results).map { "\($0) \($1)" }.joined(separator: "; ")
    }
    return nil
  }

  /// `FGFR3: R248C, S249C: not detected`, `EGFR 19del/L858R/T790M: negative`: what one gene was looked at for, with one
  /// denial behind the last colon.
  private func deniedList(_ clause: String) -> String? {
    guard let colon = clause.lastIndex(of: ":") else { return nil }
    let result = clause[clause.index(after: colon)...].lowercased().trimmingWhiteSpace
    guard Negation.isBare(result) && result != "no" || ["negative", "neg", "wild type", "absent"].contains(result)
    else {
      return nil
    }
    let words = clause[..<colon].split(whereSeparator: { " :,/".contains($0) }).map(String.init)
    let isList = clause[..<colon].contains(":") || clause[..<colon].contains("/")
    guard isList, words.count > 2, isGeneName(words[0]),
      words.dropFirst().allSatisfy({ isChange($0) || namesEvent($0) })
    else {
      return nil
    }
    return words.dropFirst().map { "\(words[0]) \($0) not detected" }.joined(separator: "; ")
  }

  /// `19del`, `ex20ins`: an exon with what happened to it.
  private func namesEvent(_ word: String) -> Bool {
    let lowered = word.lowercased()
    return ["del", "ins", "dup"].contains(where: lowered.hasSuffix) && lowered.contains(where: \.isNumber)
  }

  /// Whether a text is a result, a grade, a share or a change, and names nothing that it is of.
  private func isResultAlone(_ text: String) -> Bool {
    if text.isEmpty { return false }
    if ResultWords.builtIn.meaning(of: text[...]) != nil || MeasurementNormalizer.polarity(text) != nil { return true }
    if ["mutated", "mutant", "mut", "amplified", "rearranged", "-", "+"].contains(text.lowercased()) { return true }
    if text.contains(" ") { return false }
    let isNumber = text.contains(where: \.isNumber) && text.allSatisfy { $0.isNumber || "%+<.".contains($0) }
    return isNumber || text.contains(where: \.isNumber) && genes.symbol(text) == nil && isChange(text)
  }
}
