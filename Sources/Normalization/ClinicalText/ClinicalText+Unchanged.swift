// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

extension ClinicalText {
  /// `BRAF V600 wt`, `KIT exon 11 wild-type`, `KRAS codons 12 and 13 wt`: what was looked at is a part of the gene, and
  /// nothing is said of the rest; `nil` where the whole gene is meant.
  func partsUnchanged(_ found: (genes: [String], rest: [String]), _ phrase: FindingPhrase) -> [Alteration]? {
    guard found.genes.count == 1, let gene = found.genes.first else { return nil }
    let outer = FindingPhrase(String(phrase.text.prefix { $0 != "(" }))
    func absent(_ change: SequenceChange) -> Alteration {
      Alteration(gene: gene, event: .absent(.sequence(change)), asWritten: phrase.text)
    }
    let changes = outer.words.filter { word in
      found.rest.contains(word) && word.contains(where: \.isNumber)
        && (ProteinChange(word) != nil || SequenceNormalizer.codon(word) != nil)
    }
    if changes.count == 1, let change = changes.first {
      let result = sequences.normalize(gene: gene, protein: change, coding: "", assumesTranscript: true)
      return result.isUnclear ? nil : [absent(result.change)]
    }
    guard changes.isEmpty else { return nil }
    let codons = Self.numbers(behind: ["codon", "codons"], in: outer)
    // So many codons are all that tests of the gene look at: RAS codons 12, 13, 59, 61, 117 and 146.
    if codons.count > 4 { return nil }
    if let first = codons.first, let last = codons.last {
      let ranges = last - first == codons.count - 1 ? [first...last] : codons.map { $0...$0 }
      return ranges.map { range in
        let name = range.count == 1 ? "codon \(range.lowerBound)" : "codon \(range.lowerBound)-\(range.upperBound)"
        return absent(SequenceChange(effect: .unknown, namedClass: name + " mutation", region: range))
      }
    }
    var exons = Self.numbers(behind: ["exon", "exons"], in: outer)
    if exons.isEmpty, let exon = SequenceNormalizer.exon(in: outer) { exons = [exon] }
    // Tests of three exons and more look at all that is known of a gene: RAS exons 2, 3 and 4.
    guard (1...2).contains(exons.count) else { return nil }
    return exons.map { exon in
      absent(
        SequenceChange(
          effect: .unknown, namedClass: "exon \(exon) mutation", region: reference.exons.codons(gene: gene, exon: exon))
      )
    }
  }

  /// The numbers of `codons 12, 13`, `exon 19 and 21` and `exons 2-4`, in order and each once.
  private static func numbers(behind names: Set<String>, in phrase: FindingPhrase) -> [Int] {
    guard let start = phrase.words.firstIndex(where: { names.contains($0.lowercased()) }) else { return [] }
    var found: Set<Int> = []
    for word in phrase.words[(start + 1)...] {
      if ["and", "or", "und", "&", "+", "to", "-"].contains(word.lowercased()) || names.contains(word.lowercased()) {
        continue
      }
      for part in word.split(whereSeparator: { ",/&+".contains($0) }) {
        let ends = part.split { "-\u{2013}".contains($0) }.compactMap { Int($0) }
        guard !ends.isEmpty, part.allSatisfy({ $0.isNumber || "-\u{2013}".contains($0) }) else {
          return found.sorted()
        }
        if ends.count == 2, ends[0] < ends[1], ends[1] - ends[0] < 100 {
          found.formUnion(ends[0]...ends[1])
        } else {
          found.formUnion(ends)
        }
      }
    }
    return found.sorted()
  }
}
