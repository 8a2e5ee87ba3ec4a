// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Alleles with star names: `DPYD*2A`, `UGT1A1 *28/*28`, `TPMT rs1142345`, `DPYD HapB3`.
extension ClinicalText {
  /// Whether a part names such alleles, which are then among the findings.
  func takesStars(_ part: FindingPart, _ result: inout Understanding, _ last: inout Int, _ lastGene: inout String)
    -> Bool
  {
    guard let found = starAlleles(part) else { return false }
    last = result.alterations.count
    result.alterations.append(found)
    lastGene = ""
    return true
  }

  /// The alleles that a part names of a gene with star names; they are constitutional unless stated otherwise.
  func starAlleles(_ part: FindingPart) -> Alteration? {
    var gene = ""
    var rest: [Substring] = []
    for word in part.text.split(whereSeparator: \.isWhitespace) {
      let name = word.prefix { $0.isLetter || $0.isNumber }
      if gene.isEmpty, !name.isEmpty, let symbol = genes.symbol(String(name)), facts.doseAlleles.hasStarNames(symbol) {
        gene = symbol
        rest.append(word.dropFirst(name.count).drop { ":-_".contains($0) })
      } else {
        rest.append(word)
      }
    }
    let words = rest.joined(separator: " ")
    guard !gene.isEmpty, let named = facts.doseAlleles.name(words, of: gene, isCell: false) else { return nil }
    let event = Alteration.Event.sequence(SequenceChange(effect: .unknown, namedClass: named))
    let isNumber = words.lowercased().contains("rs")
    var origin: AlterationOrigin = isNumber ? .unknown : .germline
    let phrase = FindingPhrase(part.text)
    if phrase.has("germline") { origin = .germline }
    if phrase.has("somatic") { origin = .somatic }
    return Alteration(
      gene: gene, event: part.isDenied ? .absent(event) : event, asWritten: part.written, origin: origin,
      cautions: DoseAlleles.copies(words).map { [$0] } ?? [])
  }
}
