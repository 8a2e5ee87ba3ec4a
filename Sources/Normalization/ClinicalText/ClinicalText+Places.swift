// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import InputFormats
internal import Knowledge

extension ClinicalText {
  /// A change that is given by its position, or by a coding change behind an accession: `chr7:140753336A>T`,
  /// `NM_004333.6:c.1799T>A`.
  func placed(_ phrase: FindingPhrase, _ build: GenomeBuild?) -> [Alteration]? {
    for word in phrase.words.prefix(2) {
      if let found = genomic(word, phrase, build) ?? coding(word, phrase) { return [found] }
    }
    return nil
  }

  private func genomic(_ word: String, _ phrase: FindingPhrase, _ build: GenomeBuild?) -> Alteration? {
    guard word.utf8.contains(UInt8(ascii: ":")) || word.utf8.contains(UInt8(ascii: "-")),
      GenomicNotation(word) != nil
    else { return nil }
    var place = MutationPlace()
    place.notation = word
    place.build = build ?? phrase.words.lazy.filter { $0 != word }.compactMap { GenomeBuild($0) }.first
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
