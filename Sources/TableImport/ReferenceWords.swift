// SPDX-License-Identifier: Apache-2.0
/// Finds references of the rule table in the words that knowledge bases cite with.
enum ReferenceWords {
  /// The references in a text, in its order; what is none of them is left out.
  static func find(_ text: String) -> [String] {
    var found: [String] = []
    for part in text.split(whereSeparator: { ";, ".contains($0) }) {
      guard let reference = reference(String(part)), !found.contains(reference) else { continue }
      found.append(reference)
    }
    return found
  }

  private static func reference(_ word: String) -> String? {
    let upper = word.uppercased()
    if upper.hasPrefix("PMID:"), isNumber(word.dropFirst(5)) { return "PMID:" + word.dropFirst(5) }
    if upper.hasPrefix("PMC"), isNumber(word.dropFirst(3)) { return "PMCID:" + upper }
    if upper.hasPrefix("NCT"), isNumber(word.dropFirst(3)) { return upper }
    if upper.hasPrefix("DOI:") { return "DOI:" + word.dropFirst(4) }
    // The place of a paper on a publisher's site ends in its DOI.
    guard upper.hasPrefix("HTTP"), word.contains("/doi/") || word.contains("//doi.org/"),
      let start = word.split(separator: "/").first(where: { $0.hasPrefix("10.") })?.startIndex
    else { return nil }
    return "DOI:" + word[start...]
  }

  private static func isNumber(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
  }

  /// A label as a reference; `;` would end it.
  static func label(_ agency: String, _ name: String, date: String, place: String) -> String {
    let words = ["LABEL:" + agency, name, date, place].filter { !$0.isEmpty }
    return words.joined(separator: " ").split(separator: ";").joined(separator: "%3B")
  }
}
