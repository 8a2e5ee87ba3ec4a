// SPDX-License-Identifier: Apache-2.0
/// What a reader of a finding, or of a row that rests on it, has to bear in mind.
///
/// The column `flags` has a word for each, and reports say it in plain English; both stand in Reports.
package enum Caution: Hashable, Sendable {
  // How the finding was read.

  /// A deletion or amplification that the caller found in a part of the gene.
  case partial
  /// A loss without a word on the other allele.
  case oneAlleleAssumed
  /// A call of copy number and the number of copies contradict each other.
  case copiesDisagree
  case partnerUnknown
  case orientationAssumed
  /// Out of frame, or the other half of a rearrangement.
  case possibleFusion
  /// The residue was counted in an old numbering.
  case legacyNumbering
  /// The row counts on another transcript; the residue is that of the tables.
  case otherTranscript
  /// The letter cannot stand at the residue where the row puts it.
  case residueDisagrees
  /// The change was told from the position, and not by the row.
  case byPosition
  /// The build of the genome is not stated; one alone gives a known change at the position.
  case buildAssumed
  /// The last base of an exon is changed, which may hinder splicing.
  case splicePredicted
  /// Two changes of adjacent bases in one codon, which may be one.
  case mayBeOneChange
  /// The coding change and the protein change lie in different codons.
  case codingChangeDisagrees
  /// The class of the row is not that of its change; the change is believed.
  case classDisagrees
  /// Of an allele for the dose of a drug: what the genotype, or a word, says of the other copy of the gene.
  case heterozygous, homozygous
  case commonInPopulation
  case pathogenicStated, uncertainStated, benignStated
  /// A text says that the gene is mutated and not how.
  case changeNotStated
  /// Another finding of the sample, in its words, says the opposite.
  case contradicted(by: String)
  /// A text names the codon and not the residue that it became.
  case residueNotStated
  /// A text names a family of genes, in its words, and not the member.
  case familyStated(String)

  // What the lab says of it in their place.

  /// How the lab classifies it, and what it says of the call.
  indirect case labClassification(LabStatement), labCall(LabStatement)

  // What its fractions say.

  /// Present in a part of the tumor.
  case subclonal
  /// Below the allele fraction that the assay reports reliably.
  case lowSupport
  case possibleGermline

  // How a row was matched.

  /// Allele fraction and cancer cell fraction of a subclonal finding, 0...1.
  case alleleFraction(Double), cellFraction(Double)
  /// The rule's tumor type is a special kind of the sample's.
  case typeLessSpecific
  /// The tumor type is not known; a rule for any tumor is evidence of another one.
  case typeUnknown
  /// The rule is about patients after this therapy, and nothing is said of earlier ones.
  case requiresPrior(String)
  /// An amplification stands in for the stain that the label accepts it for.
  case confirmByStain
  /// The agent needs this gene intact, and it was not tested.
  case untested(gene: String)

  // What else there is beside the row.

  /// A second change of this gene restores what its loss took away.
  case lossReverted(gene: String)
  /// An oncogenic change of this gene may keep the pathway active.
  case possibleBypass(gene: String)
  /// An immune agent, and nothing was measured of the tumor's surroundings.
  case microenvironmentNotAssessed
  /// How many rows speak for and against a disputed therapy.
  case rowsFor(Int), rowsAgainst(Int)
  /// Another table gives the claim another level.
  case levelElsewhere(rule: String, level: String)
  /// Another table says the opposite.
  case tableDisagrees(rule: String)
  /// The row is a pair derived from rows of single agents.
  case derivedPair
}
