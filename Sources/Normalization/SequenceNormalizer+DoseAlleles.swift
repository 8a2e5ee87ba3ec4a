// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import InputFormats
internal import Knowledge

extension SequenceNormalizer {
  /// A change that was read, as the allele for the dose of a drug that it is by its place or its number in dbSNP, where
  /// nothing else in the row tells it.
  ///
  /// - Parameter words: Cells that may say something of the other copy.
  func doseAllele(of gene: String, at place: MutationPlace?, _ result: Result, _ words: [String]) -> Result {
    var result = result
    let known = doseAlleles.alleles(of: gene, result.change)
    if let allele = known.first {
      // Changes of introns and promoters are looked at for such alleles alone.
      if result.change.effect == .noncoding {
        result.change = SequenceChange(
          effect: .unknown, codingChange: result.change.codingChange, namedClass: allele.name)
      }
    } else if let place, let found = doseAllele(of: gene, at: place) {
      result = Result(
        change: SequenceChange(
          effect: .unknown, codingChange: result.change.codingChange, namedClass: found.allele.name),
        unreadableProtein: false, cautions: found.cautions)
    } else {
      return result
    }
    result.cautions += copies(place, words)
    return result
  }

  /// The allele at a place.
  func doseAllele(of gene: String?, at place: MutationPlace) -> (allele: DoseAllele, cautions: [Caution])? {
    doseAlleles.allele(
      of: gene, chromosome: place.chromosome, position: place.position, reference: place.reference,
      alternate: place.alternate, build: place.build, numbers: place.numbers)
  }

  /// What the genotype, or words, say of the other copy of the gene.
  func copies(_ place: MutationPlace?, _ words: [String]) -> [Caution] {
    if let place, let said = DoseAlleles.copies(genotype: place.genotype) { return [said] }
    return words.lazy.compactMap { DoseAlleles.copies($0) }.first.map { [$0] } ?? []
  }
}
