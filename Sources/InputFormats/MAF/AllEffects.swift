// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// The column `all_effects` of vcf2maf: each transcript's effect, `;` between them.
///
/// An effect holds, with commas between, the gene, the consequence, the protein change and the transcript first.
enum AllEffects {
  /// Adds the effects of a gene that state a change of the protein.
  static func add(_ cell: Range<Int>, of gene: Range<Int>, to place: inout PlaceText, _ text: Span<UInt8>) {
    var start = cell.lowerBound
    while start < cell.upperBound {
      let end = min(
        LineWalker.firstIndex(of: UInt8(ascii: ";"), in: text, from: start) ?? cell.upperBound, cell.upperBound)
      add(effect: start..<end, of: gene, to: &place, text)
      start = end + 1
    }
  }

  private static func add(
    effect: Range<Int>, of gene: Range<Int>, to place: inout PlaceText, _ text: Span<UInt8>
  ) {
    guard effect.count > gene.count, text[effect.lowerBound + gene.count] == UInt8(ascii: ",") else { return }
    for offset in 0..<gene.count where text[effect.lowerBound + offset] != text[gene.lowerBound + offset] { return }
    // Gene, consequence, protein change, transcript, RefSeq, coding change.
    var (protein, transcript, coding) = (0..<0, 0..<0, 0..<0)
    var (cell, start) = (0, effect.lowerBound)
    while cell < 6, start <= effect.upperBound {
      var end = start
      while end < effect.upperBound, text[end] != UInt8(ascii: ",") { end += 1 }
      switch cell {
      case 2: protein = start..<end
      case 3: transcript = start..<end
      case 5: coding = start..<end
      default: break
      }
      (cell, start) = (cell + 1, end + 1)
    }
    guard cell >= 4, protein.count > 2, text[protein.lowerBound] == UInt8(ascii: "p") else { return }
    place.add(
      transcript: text.extracting(transcript), codingChange: text.extracting(coding),
      proteinChange: text.extracting(protein))
  }
}
