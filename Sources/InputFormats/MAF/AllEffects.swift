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
    var cells: [Range<Int>] = []
    cells.reserveCapacity(12)
    var start = effect.lowerBound
    for index in effect where text[index] == UInt8(ascii: ",") {
      cells.append(start..<index)
      start = index + 1
    }
    cells.append(start..<effect.upperBound)
    // Gene, consequence, protein change, transcript, RefSeq, coding change.
    guard cells.count >= 4, cells[2].count > 2, text[cells[2].lowerBound] == UInt8(ascii: "p") else { return }
    let coding = cells.count > 5 ? cells[5] : 0..<0
    place.add(
      transcript: text.extracting(cells[3]), codingChange: text.extracting(coding),
      proteinChange: text.extracting(cells[2]))
  }
}
