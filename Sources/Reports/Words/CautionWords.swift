// SPDX-License-Identifier: Apache-2.0
package import Alterations
internal import Matching

extension Caution {
  /// The word of the column `flags`, for programs.
  var code: String {
    switch self {
    case .partial: "partial"
    case .oneAlleleAssumed: "one_allele_assumed"
    case .partnerUnknown: "partner_unknown"
    case .copiesDisagree: "copies_disagree"
    case .orientationAssumed: "orientation_assumed"
    case .possibleFusion: "possible_fusion"
    case .legacyNumbering: "legacy_numbering"
    case .otherTranscript: "other_transcript"
    case .residueDisagrees: "residue_disagrees"
    case .byPosition: "by_position"
    case .buildAssumed: "build_assumed"
    case .splicePredicted: "splice_predicted"
    case .mayBeOneChange: "may_be_one_change"
    case .codingChangeDisagrees: "coding_change_disagrees"
    case .classDisagrees: "class_disagrees"
    case .heterozygous: "heterozygous"
    case .homozygous: "homozygous"
    case .commonInPopulation: "common_in_population"
    case .pathogenicStated: "pathogenic_stated"
    case .uncertainStated: "vus_stated"
    case .benignStated: "benign_stated"
    case .changeNotStated: "unspecified_mutation"
    case .residueNotStated: "residue_not_stated"
    case .familyStated(let family): "family_stated:" + family
    case .contradicted(let other): "contradicted:" + other
    case .labClassification(let stated): "lab_classification:" + (stated.classification?.rawValue ?? "")
    case .labCall(let stated): "lab_call:" + (stated.call?.rawValue ?? "")
    case .confirmByStain: "confirm_by_stain"
    case .subclonal: "subclonal"
    case .lowSupport: "low_support"
    case .possibleGermline: "possible_germline"
    case .alleleFraction(let fraction): "vaf:" + Self.rounded(fraction)
    case .cellFraction(let fraction): "ccf:" + Self.rounded(fraction)
    case .typeLessSpecific: "type_less_specific"
    case .typeUnknown: "type_unknown"
    case .requiresPrior(let therapy): "requires_prior:" + therapy
    case .untested(let gene): "untested:" + OpenQuestion.mutations(of: gene).words
    case .lossReverted(let gene): "loss_reverted:" + gene
    case .possibleBypass(let gene): "possible_bypass:" + gene
    case .microenvironmentNotAssessed: "microenvironment:not_assessed"
    case .rowsFor(let count): "for:\(count)"
    case .rowsAgainst(let count): "against:\(count)"
    case .levelElsewhere(let rule, let level): "level_elsewhere:\(rule)=\(level)"
    case .tableDisagrees(let rule): "table_disagrees:" + rule
    case .derivedPair: "candidate_combination"
    }
  }

  private static func rounded(_ fraction: Double) -> String { String((fraction * 1000).rounded() / 1000) }

  /// What it says to people.
  package var words: String {
    switch self {
    case .partial: "partial deletion call"
    case .oneAlleleAssumed: "loss of one allele assumed"
    case .partnerUnknown: "fusion partner unknown"
    case .copiesDisagree: "call and number of copies contradict each other"
    case .orientationAssumed: "orientation of the fusion assumed"
    case .possibleFusion: "possible fusion: out of frame or not confirmed"
    case .legacyNumbering: "residue renumbered from a legacy scheme"
    case .otherTranscript: "residue renumbered from another transcript"
    case .residueDisagrees: "the stated residue is not the one at this place of the usual transcript"
    case .byPosition: "change told from its position"
    case .buildAssumed: "genome build not stated; taken as the one with a known change at this position"
    case .splicePredicted: "last base of an exon changed: splicing may be affected"
    case .mayBeOneChange: "two changes of adjacent bases in one codon: may be one change"
    case .codingChangeDisagrees: "coding change and protein change name different codons"
    case .classDisagrees: "the class of the row is not that of its change, which is believed"
    case .heterozygous: "heterozygous as the input states"
    case .homozygous: "homozygous as the input states"
    case .commonInPopulation: "common in the population"
    case .pathogenicStated: "stated as pathogenic in the input"
    case .uncertainStated: "stated as of uncertain significance in the input"
    case .benignStated: "stated as benign in the input"
    case .changeNotStated: "the input names no change, only a mutation of the gene"
    case .residueNotStated: "the input names the codon and not the residue that it became"
    case .familyStated(let family): "the input names \(family) and not which of these genes"
    case .contradicted(let other): "another result says the opposite: \(other)"
    case .labClassification(let stated), .labCall(let stated): stated.words
    case .confirmByStain: "amplification read as HER2 positive: confirm by stain or in situ hybridization"
    case .subclonal: "subclonal: present in a part of the tumor"
    case .lowSupport: "allele fraction below the assay's limit"
    case .possibleGermline: "possible germline, confirm"
    case .alleleFraction(let fraction): "allele fraction \(ReportWords.percent(fraction))"
    case .cellFraction(let fraction): "in \(ReportWords.percent(fraction)) of the tumor's cells"
    case .typeLessSpecific: "tumor type given is less specific than the rule's"
    case .typeUnknown: "tumor type not known: a rule for any tumor, read as evidence of another tumor"
    case .requiresPrior(let therapy): "the rule is for patients after \(therapy), which is not stated as given before"
    case .untested(let gene): "not tested: " + OpenQuestion.mutations(of: gene).words
    case .lossReverted(let gene):
      "a reversion of \(gene) restores what its loss took away: the therapy is closed by mechanism"
    case .possibleBypass(let gene): "possible bypass by \(gene) (pathway inference, level E)"
    case .microenvironmentNotAssessed: "tumor microenvironment not assessed"
    case .rowsFor(let count): "\(count) \(count == 1 ? "row speaks" : "rows speak") for it"
    case .rowsAgainst(let count): "\(count) \(count == 1 ? "row speaks" : "rows speak") against it"
    case .levelElsewhere(let rule, let level): "another table gives this claim level \(level) (\(rule))"
    case .tableDisagrees(let rule): "another table says the opposite (\(rule))"
    case .derivedPair: "derived pair"
    }
  }
}
