// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Misspelled names of scores and stains, some of which are other names of genes: MIS is one of AMH, HDR one of GATA3.
extension ReferenceTables {
  /// What to say of a finding that was read as the level of a gene by one of its other names, where that name is the one
  /// of a score or stain with two letters swapped; `nil` for any other.
  func swappedRemark(_ alteration: Alteration) -> String? {
    let written = alteration.asWritten
    let words = written.split { $0 == " " || $0 == ":" || $0 == "-" }
    guard let name = words.first.map({ $0.uppercased() }), let gene = genes.gene(name), genes.symbol(gene) != name,
      clinicNames[GeneNameKey.plain(name)] == nil, let meant = biomarker(swapped: name)
    else { return nil }
    switch alteration.event {
    case .measurement, .absent(.measurement): break
    // `MIS-H` is no fusion.
    case .fusion: guard words.count == 2, words[1].count == 1 else { return nil }
    case .sequence, .copyNumber, .wildType, .absent: return nil
    }
    let rest = written.dropFirst(name.count)
    return
      "not understood: '\(written)': \(name) is another name of \(genes.symbol(gene)) (did you mean \(meant)\(rest)?)"
  }

  /// The score or stain of whose name a word is with two neighboring letters swapped.
  func biomarker(swapped word: String) -> String? {
    guard !isBiomarkerName(word) else { return nil }
    let letters = Array(GeneNameKey.plain(word).utf8)
    return facts.biomarkers.all.first { biomarker in
      ([biomarker.name.uppercased()] + biomarker.writtenAs).contains { Self.isSwapped(letters, Array($0.utf8)) }
    }?.name
  }

  /// Whether two words of three letters or more differ by a swap of neighbors alone.
  static func isSwapped(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    guard one.count == other.count, one.count > 2 else { return false }
    let places = one.indices.filter { one[$0] != other[$0] }
    return places.count == 2 && places[1] == places[0] + 1 && one[places[0]] == other[places[1]]
      && one[places[1]] == other[places[0]]
  }

  /// The score or stain that a finding names in misspelled words, or without a space before its value.
  func biomarkerAdvice(_ finding: String, behind word: String) -> String {
    let number = word.suffix(while: \.isNumber)
    let name = String(word.dropLast(number.count))
    if !number.isEmpty, isBiomarkerName(name) { return " (did you mean \(name) \(number)?)" }
    let key = finding.split { !$0.isLetter }.filter { !Self.states.contains($0.lowercased()) }.joined().uppercased()
    let long = facts.biomarkers.all.flatMap { biomarker in biomarker.writtenAs.map { ($0, biomarker.name) } }
      .filter { $0.0.count > 9 }
    guard key.count > 9, let near = NearestName.find(key, among: long.map(\.0)),
      let meant = long.first(where: { $0.0 == near })
    else { return "" }
    return " (did you mean \(meant.1)?)"
  }

  /// What a score or stain may be.
  static let states = [
    "deficient", "high", "low", "methylated", "negative", "positive", "proficient", "stable", "unstable",
  ]
}

extension StringProtocol {
  fileprivate func suffix(while isPart: (Character) -> Bool) -> SubSequence {
    var start = endIndex
    while start > startIndex, isPart(self[index(before: start)]) { start = index(before: start) }
    return self[start...]
  }
}
