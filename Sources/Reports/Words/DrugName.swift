// SPDX-License-Identifier: Apache-2.0
/// Names of drugs as people write them; tables keep their own spelling.
enum DrugName {
  /// `azd8055 + mk-2206` as `AZD8055 + MK-2206`: codes of laboratories in capitals, all else as it is.
  static func plain(_ therapy: String) -> String {
    guard therapy.utf8.contains(where: { $0 >= 0x30 && $0 <= 0x39 }), !therapy.hasSuffix("(class)") else {
      return therapy
    }
    return therapy.split(separator: " ", omittingEmptySubsequences: false).map { word in
      isCode(word) ? word.uppercased() : String(word)
    }.joined(separator: " ")
  }

  /// Whether a word is a few letters with a number, such as `ly294002`, `pi-103` or `i-bet151`, and no part of a name
  /// such as `alfa-2a`.
  private static func isCode(_ word: Substring) -> Bool {
    guard let first = word.first, first.isLetter, word.contains(where: \.isNumber),
      word.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" })
    else { return false }
    let runs = word.split { !$0.isLetter }
    return runs.allSatisfy { $0.count <= 5 } && !["alfa", "beta", "gamma"].contains(runs.first.map(String.init) ?? "")
  }
}
