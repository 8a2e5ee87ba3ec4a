// SPDX-License-Identifier: Apache-2.0

/// Names of antibodies beside the result of their stain: `22C3`, `SP142`, `28-8`; their digits are no result.
enum AntibodyClone {
  /// Whether a word, of no scale and no biomarker, may be the name of one: any word of letters and digits.
  static func mayBeClone(_ word: some StringProtocol) -> Bool {
    let parts = word.split(separator: "-", omittingEmptySubsequences: false)
    if parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isNumber) }) { return true }
    return word.contains(where: \.isLetter) && word.contains(where: \.isNumber)
      && word.allSatisfy { $0.isLetter || $0.isNumber }
      && !MeasurementNormalizer.shareScales.contains(where: word.uppercased().hasPrefix)
  }

  /// A text without the clones of the commonest form, letters between or before digits, that stand in it as words.
  static func without(_ text: String) -> String {
    guard text.contains(where: \.isLetter), text.contains(where: \.isNumber) else { return text }
    let words = text.split(separator: " ").map(String.init)
    func isClone(_ word: String) -> Bool {
      let bare = word.filter { !"(),;".contains($0) }
      return bare.contains(where: \.isLetter) && mayBeClone(bare)
    }
    let kept = words.filter { !isClone($0) }
    if kept.count == words.count || kept.isEmpty { return text }
    let rest = kept.joined(separator: " ")
    return rest.last.map { ",;".contains($0) } == true ? String(rest.dropLast()) : rest
  }
}
