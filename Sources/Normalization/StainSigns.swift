// SPDX-License-Identifier: Apache-2.0
internal import Knowledge

/// The signs and words of pathologists in the cell of a stain: `(+)`, `+++`, `(+, 90%)`, `weakly positive`.
enum StainSigns {
  /// The cell in the words and numbers that are read.
  static func plain(_ text: String, _ biomarker: Biomarker) -> String {
    switch biomarker.reading {
    case .graded, .receptor, .type, .share: break
    default: return text
    }
    var bare = text
    if bare.hasPrefix("("), bare.hasSuffix(")"), bare.count(where: { $0 == "(" }) == 1 {
      bare = String(bare.dropFirst().dropLast()).trimmingWhiteSpace
    }
    if let sign = bare.first, bare.allSatisfy({ $0 == sign }), text != "-" {
      if sign == "-", bare.count == 1 { return "negative" }
      // A stain in grades has one to three of them, and one plus alone is its lowest.
      if sign == "+", bare.count < 4 {
        return biomarker.reading == .graded && bare.count > 1 ? "\(bare.count)+" : "positive"
      }
    }
    if biomarker.reading == .receptor {
      if let share = signedShare(text) { return share }
      let words = bare.lowercased().split(separator: " ")
      if words.count == 2, words[1] == "positive", strengths.contains(String(words[0])) { return "positive" }
    }
    return text
  }

  private static let strengths: Set<String> = [
    "weak", "weakly", "strong", "strongly", "moderate", "moderately", "focal", "focally", "diffuse", "diffusely",
  ]

  /// `90%` of `(+, 90%)`, `(+) 90%`, `+ (90%)`; `nil` where there is more than a plus and a share of the cells.
  private static func signedShare(_ text: String) -> String? {
    let bare = text.filter { !"(), ".contains($0) }
    let rest = bare.filter { $0 != "+" }
    guard text.contains("("), rest.count + 1 >= bare.count, rest.last == "%",
      rest.count < bare.count || text.hasPrefix("("),
      bare.hasPrefix("+") || bare.hasSuffix("+") || rest == bare,
      rest.dropLast().allSatisfy({ $0.isNumber || $0 == "." }),
      rest.count > 1
    else { return nil }
    return rest
  }
}
