// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import InputFormats
internal import Knowledge

extension ClinicalText {
  /// A change that is given by its position, or by a coding change behind an accession: `chr7:140753336A>T`,
  /// `NM_004333.6:c.1799T>A`.
  func placed(_ phrase: FindingPhrase, _ build: GenomeBuild?) -> [Alteration]? {
    if let joined = joinedPlace(phrase), let found = genomic(joined, phrase, build) { return [found] }
    for word in phrase.words.prefix(2) {
      if let found = genomic(word, phrase, build) ?? coding(word, phrase) { return [found] }
    }
    return nil
  }

  /// A position and its bases in two words, `chr7:140453136 AC>CT`, or one behind its gene, `RB1 g.48941648C>T`, as one
  /// word with its chromosome.
  private func joinedPlace(_ phrase: FindingPhrase) -> String? {
    guard phrase.words.count > 1 else { return nil }
    let (first, second) = (phrase.words[0], phrase.words[1])
    if second.hasPrefix("g."), let symbol = genes.symbol(first), let gene = sequences.residues.genes.gene(symbol) {
      return "\(gene.chromosome):\(second)"
    }
    let sides = second.split(whereSeparator: { ">/".contains($0) })
    guard first.contains(":"), first.last?.isNumber == true, sides.count == 2,
      sides.allSatisfy({ $0.allSatisfy { "ACGTacgt".contains($0) } })
    else { return nil }
    return "\(first):\(sides[0].uppercased()):\(sides[1].uppercased())"
  }

  private func genomic(_ word: String, _ phrase: FindingPhrase, _ build: GenomeBuild?) -> Alteration? {
    guard word.utf8.contains(UInt8(ascii: ":")) || word.utf8.contains(UInt8(ascii: "-")),
      GenomicNotation(word) != nil
    else { return nil }
    var place = MutationPlace()
    place.notation = word
    place.build =
      GenomeBuild(chromosomeAccession: word) ?? build
      ?? phrase.words.lazy.filter { $0 != word }.compactMap { GenomeBuild($0) }.first
    for symbol in sequences.residues.genes(at: place) {
      let result = sequences.normalize(gene: symbol, protein: "", coding: "", place: place)
      if result.cautions.contains(.byPosition) {
        return Alteration(
          gene: symbol, event: .sequence(result.change), asWritten: phrase.text, cautions: result.cautions)
      }
    }
    return nil
  }

  /// An accession of a transcript without a gene, or with one in brackets.
  private func coding(_ word: String, _ phrase: FindingPhrase) -> Alteration? {
    let accession = SequenceNormalizer.accession(word)
    guard !accession.isEmpty, word.contains(":c.") else { return nil }
    guard let symbol = sequences.residues.genes.symbol(ofTranscript: accession) else { return nil }
    let result = sequences.normalize(gene: symbol, protein: "", coding: word)
    guard result.change.proteinChange != nil || result.change.effect != .unknown else { return nil }
    return Alteration(gene: symbol, event: .sequence(result.change), asWritten: phrase.text, cautions: result.cautions)
  }
}
