// SPDX-License-Identifier: Apache-2.0
import Alterations
import Knowledge
import TestSupport
import Testing
@testable import Matching
@testable import Reports

/// Every value that a report puts in words has them.
///
/// An enum with particulars has no list of its cases. For each there is a list of their names here, and two switches
/// that the compiler keeps complete: a new case does not compile before it has a name, and a name not before it has an
/// example.
struct WordsTests {
  /// Words for people: not empty, not a code, no name of a case.
  private func expectWords(_ words: String, of value: Any, _ location: Testing.SourceLocation = #_sourceLocation) {
    #expect(!words.isEmpty, "\(value)", sourceLocation: location)
    #expect(!words.contains("_"), "\(value)", sourceLocation: location)
    let name = String(describing: value).prefix { $0 != "(" }
    let isOneWord = name.allSatisfy(\.isLowercase)
    #expect(isOneWord || !words.contains(name), "\(value)", sourceLocation: location)
  }

  // MARK: Cautions

  enum CautionCase: CaseIterable {
    case partial, oneAlleleAssumed, copiesDisagree, partnerUnknown, orientationAssumed, possibleFusion, legacyNumbering
    case otherTranscript, residueDisagrees, byPosition, buildAssumed, splicePredicted, mayBeOneChange
    case codingChangeDisagrees, classDisagrees, commonInPopulation, pathogenicStated, uncertainStated, benignStated,
      changeNotStated
    case subclonal, lowSupport, possibleGermline, alleleFraction, cellFraction, typeLessSpecific, requiresPrior,
      untested
    case possibleBypass, microenvironmentNotAssessed, rowsFor, rowsAgainst, levelElsewhere, tableDisagrees, derivedPair
    case residueNotStated, familyStated, typeUnknown, confirmByStain, lossReverted, contradicted
    case labClassification, labCall, heterozygous, homozygous

    init(_ caution: Caution) {
      self =
        switch caution {
        case .labClassification: .labClassification
        case .labCall: .labCall
        case .residueNotStated: .residueNotStated
        case .familyStated: .familyStated
        case .typeUnknown: .typeUnknown
        case .contradicted: .contradicted
        case .confirmByStain: .confirmByStain
        case .partial: .partial
        case .oneAlleleAssumed: .oneAlleleAssumed
        case .partnerUnknown: .partnerUnknown
        case .copiesDisagree: .copiesDisagree
        case .orientationAssumed: .orientationAssumed
        case .possibleFusion: .possibleFusion
        case .legacyNumbering: .legacyNumbering
        case .otherTranscript: .otherTranscript
        case .residueDisagrees: .residueDisagrees
        case .byPosition: .byPosition
        case .buildAssumed: .buildAssumed
        case .splicePredicted: .splicePredicted
        case .mayBeOneChange: .mayBeOneChange
        case .codingChangeDisagrees: .codingChangeDisagrees
        case .classDisagrees: .classDisagrees
        case .commonInPopulation: .commonInPopulation
        case .heterozygous: .heterozygous
        case .homozygous: .homozygous
        case .pathogenicStated: .pathogenicStated
        case .uncertainStated: .uncertainStated
        case .benignStated: .benignStated
        case .changeNotStated: .changeNotStated
        case .subclonal: .subclonal
        case .lowSupport: .lowSupport
        case .possibleGermline: .possibleGermline
        case .alleleFraction: .alleleFraction
        case .cellFraction: .cellFraction
        case .typeLessSpecific: .typeLessSpecific
        case .requiresPrior: .requiresPrior
        case .untested: .untested
        case .lossReverted: .lossReverted
        case .possibleBypass: .possibleBypass
        case .microenvironmentNotAssessed: .microenvironmentNotAssessed
        case .rowsFor: .rowsFor
        case .rowsAgainst: .rowsAgainst
        case .levelElsewhere: .levelElsewhere
        case .tableDisagrees: .tableDisagrees
        case .derivedPair: .derivedPair
        }
    }

    /// A caution with the word of the column `flags` and the words for people.
    var example: (caution: Caution, code: String, words: String) {
      switch self {
      case .partial: (.partial, "partial", "partial deletion call")
      case .contradicted:
        (.contradicted(by: "MSI stable"), "contradicted:MSI stable", "another result says the opposite: MSI stable")
      case .oneAlleleAssumed: (.oneAlleleAssumed, "one_allele_assumed", "loss of one allele assumed")
      case .partnerUnknown: (.partnerUnknown, "partner_unknown", "fusion partner unknown")
      case .copiesDisagree:
        (.copiesDisagree, "copies_disagree", "call and number of copies contradict each other")
      case .orientationAssumed: (.orientationAssumed, "orientation_assumed", "orientation of the fusion assumed")
      case .possibleFusion: (.possibleFusion, "possible_fusion", "possible fusion: out of frame or not confirmed")
      case .legacyNumbering: (.legacyNumbering, "legacy_numbering", "residue renumbered from a legacy scheme")
      case .otherTranscript:
        (
          .otherTranscript, "other_transcript",
          "residue renumbered from another transcript"
        )
      case .residueDisagrees:
        (
          .residueDisagrees, "residue_disagrees",
          "the stated residue is not the one at this place of the usual transcript"
        )
      case .byPosition:
        (
          .byPosition, "by_position",
          "change told from its position"
        )
      case .buildAssumed:
        (
          .buildAssumed, "build_assumed",
          "genome build not stated; taken as the one with a known change at this position"
        )
      case .splicePredicted:
        (
          .splicePredicted, "splice_predicted",
          "last base of an exon changed: splicing may be affected"
        )
      case .mayBeOneChange:
        (
          .mayBeOneChange, "may_be_one_change",
          "two changes of adjacent bases in one codon: may be one change"
        )
      case .codingChangeDisagrees:
        (
          .codingChangeDisagrees, "coding_change_disagrees",
          "coding change and protein change name different codons"
        )
      case .classDisagrees:
        (
          .classDisagrees, "class_disagrees",
          "the class of the row is not that of its change, which is believed"
        )
      case .commonInPopulation: (.commonInPopulation, "common_in_population", "common in the population")
      case .heterozygous: (.heterozygous, "heterozygous", "heterozygous as the input states")
      case .homozygous: (.homozygous, "homozygous", "homozygous as the input states")
      case .pathogenicStated: (.pathogenicStated, "pathogenic_stated", "stated as pathogenic in the input")
      case .uncertainStated:
        (.uncertainStated, "vus_stated", "stated as of uncertain significance in the input")
      case .benignStated: (.benignStated, "benign_stated", "stated as benign in the input")
      case .changeNotStated:
        (.changeNotStated, "unspecified_mutation", "the input names no change, only a mutation of the gene")
      case .subclonal: (.subclonal, "subclonal", "subclonal: present in a part of the tumor")
      case .lowSupport: (.lowSupport, "low_support", "allele fraction below the assay's limit")
      case .possibleGermline: (.possibleGermline, "possible_germline", "possible germline, confirm")
      case .alleleFraction: (.alleleFraction(0.0349), "vaf:0.035", "allele fraction 3.5%")
      case .cellFraction: (.cellFraction(0.1), "ccf:0.1", "in 10% of the tumor's cells")
      case .typeLessSpecific:
        (.typeLessSpecific, "type_less_specific", "tumor type given is less specific than the rule's")
      case .requiresPrior:
        (
          .requiresPrior("EGFR TKI"), "requires_prior:EGFR TKI",
          "the rule is for patients after EGFR TKI, which is not stated as given before"
        )
      case .untested:
        (.untested(gene: "RB1"), "untested:RB1 mutation testing", "not tested: RB1 mutation testing")
      case .lossReverted:
        (
          .lossReverted(gene: "PALB2"), "loss_reverted:PALB2",
          "a reversion of PALB2 restores what its loss took away: the therapy is closed by mechanism"
        )
      case .possibleBypass:
        (
          .possibleBypass(gene: "PTEN"), "possible_bypass:PTEN",
          "possible bypass by PTEN (pathway inference, level E)"
        )
      case .microenvironmentNotAssessed:
        (.microenvironmentNotAssessed, "microenvironment:not_assessed", "tumor microenvironment not assessed")
      case .rowsFor: (.rowsFor(2), "for:2", "2 rows speak for it")
      case .rowsAgainst: (.rowsAgainst(3), "against:3", "3 rows speak against it")
      case .levelElsewhere:
        (
          .levelElsewhere(rule: "B1", level: "D"), "level_elsewhere:B1=D",
          "another table gives this claim level D (B1)"
        )
      case .tableDisagrees:
        (.tableDisagrees(rule: "B1"), "table_disagrees:B1", "another table says the opposite (B1)")
      case .residueNotStated:
        (
          .residueNotStated, "residue_not_stated", "the input names the codon and not the residue that it became"
        )
      case .familyStated:
        (
          .familyStated("NTRK"), "family_stated:NTRK", "the input names NTRK and not which of these genes"
        )
      case .typeUnknown:
        (
          .typeUnknown, "type_unknown",
          "tumor type not known: a rule for any tumor, read as evidence of another tumor"
        )
      case .confirmByStain:
        (
          .confirmByStain, "confirm_by_stain",
          "amplification read as HER2 positive: confirm by stain or in situ hybridization"
        )
      case .labClassification:
        (
          .labClassification(
            LabStatement(classification: .uncertain, who: "A. Doe", when: "2025-01-02", why: "no segregation")),
          "lab_classification:vus",
          "is classified as of uncertain significance by the lab (A. Doe, 2025-01-02: no segregation)"
        )
      case .labCall:
        (
          .labCall(LabStatement(call: .artifact, who: "A. Doe", when: "2025-01-02", why: "both strands")),
          "lab_call:artifact", "is called an artifact by the lab (A. Doe, 2025-01-02: both strands)"
        )
      case .derivedPair: (.derivedPair, "candidate_combination", "derived pair")
      }
    }
  }

  @Test(arguments: CautionCase.allCases)
  func `a caution has a word for programs and words for people`(name: CautionCase) {
    let (caution, code, words) = name.example
    #expect(CautionCase(caution) == name)
    #expect(caution.code == code)
    #expect(caution.words == words)
    expectWords(caution.words, of: caution)
  }

  @Test func `no two cautions have one word`() {
    #expect(Set(CautionCase.allCases.map(\.example.code)).count == CautionCase.allCases.count)
    #expect(Set(CautionCase.allCases.map(\.example.words)).count == CautionCase.allCases.count)
  }

  // MARK: Open questions

  enum QuestionCase: CaseIterable {
    case finding, mutations, lossOfBothAlleles, exonOfFusion, germlineOrigin, status, value, shareOfCells, test,
      priorTherapy, clinical
    case change, member, grade

    init(_ question: OpenQuestion) {
      self =
        switch question {
        case .finding: .finding
        case .change: .change
        case .member: .member
        case .grade: .grade
        case .mutations: .mutations
        case .lossOfBothAlleles: .lossOfBothAlleles
        case .exonOfFusion: .exonOfFusion
        case .germlineOrigin: .germlineOrigin
        case .status: .status
        case .value: .value
        case .shareOfCells: .shareOfCells
        case .test: .test
        case .priorTherapy: .priorTherapy
        case .clinical: .clinical
        }
    }

    var examples: [(question: OpenQuestion, words: String)] {
      switch self {
      case .finding: [(.finding(gene: "KIT", .copyNumber(.amplification)), "KIT AMP")]
      case .mutations: [(.mutations(of: "KRAS"), "KRAS mutation testing")]
      case .change:
        [
          (.change(of: "IDH1", wanted: [.codon(132, residues: "")]), "which change of IDH1 (codon 132)"),
          (
            .change(of: "FLT3", wanted: [.named("ITD"), .codon(835, residues: ""), .codon(836, residues: "")]),
            "which change of FLT3 (ITD, codon 835 or codon 836)"
          ),
        ]
      case .member: [(.member("NTRK2", of: "NTRK"), "whether NTRK is NTRK2")]
      case .grade: [(.grade, "grade of the tumor")]
      case .lossOfBothAlleles: [(.lossOfBothAlleles(of: "CDKN2A"), "loss of both alleles of CDKN2A")]
      case .exonOfFusion: [(.exonOfFusion(of: "ALK"), "exon of ALK at the junction of the fusion")]
      case .germlineOrigin: [(.germlineOrigin, "germline testing")]
      case .status: [(.status(of: ["HR"]), "HR status"), (.status(of: ["ER", "PR"]), "ER and PR status")]
      case .value: [(.value(of: "PD-L1", scale: "CPS"), "PD-L1 CPS"), (.value(of: "TMB", scale: ""), "TMB")]
      case .shareOfCells: [(.shareOfCells(of: "MET", grade: 3), "share of tumor cells with MET IHC 3+")]
      case .test: [(.test("HER2 ISH"), "HER2 ISH")]
      case .priorTherapy: [(.priorTherapy("EGFR TKI"), "prior therapy: EGFR TKI")]
      case .clinical: [(.clinical("postmenopausal"), "postmenopausal")]
      }
    }
  }

  @Test(arguments: QuestionCase.allCases)
  func `an open question says what to find out`(name: QuestionCase) {
    for (question, words) in name.examples {
      #expect(QuestionCase(question) == name)
      #expect(question.words == words)
      expectWords(question.words, of: question)
    }
  }

  @Test func `tests that would open a rule are sorted by their words, and questions in one wording are one`() {
    var matches = SampleMatches(
      alterations: [], therapies: [], options: [], classClosings: [], combinations: [], nearMisses: [],
      openTests: [.test("MSI testing"): ["b"], .mutations(of: "KRAS"): ["c", "a"], .clinical("MSI testing"): ["a"]],
      labelOpenings: [],
      diagnosisReviews: [])
    #expect(matches.testsInWords.map(\.test) == ["KRAS mutation testing", "MSI testing"])
    #expect(matches.testsInWords.map(\.therapies) == [["a", "c"], ["a", "b"]])
    matches.openTests = [:]
    #expect(matches.testsInWords.isEmpty)
  }

  // MARK: Misses

  enum MissCase: CaseIterable {
    case tumorType, statedAbsent, notEvaluated, benign, codonOutside, otherCodon, otherEffect, otherFinding, otherOrigin
    case notFound, isPresent, found, measured, amplified, otherStatus, receptorsNegative, receptorPositive
    case noPriorTherapy, all, namedAsSensitive, otherGrade

    init(_ reason: MissReason) {
      self =
        switch reason {
        case .namedAsSensitive: .namedAsSensitive
        case .otherGrade: .otherGrade
        case .tumorType: .tumorType
        case .statedAbsent: .statedAbsent
        case .notEvaluated: .notEvaluated
        case .benign: .benign
        case .codonOutside: .codonOutside
        case .otherCodon: .otherCodon
        case .otherEffect: .otherEffect
        case .otherFinding: .otherFinding
        case .otherOrigin: .otherOrigin
        case .notFound: .notFound
        case .isPresent: .isPresent
        case .found: .found
        case .measured: .measured
        case .amplified: .amplified
        case .otherStatus: .otherStatus
        case .receptorsNegative: .receptorsNegative
        case .receptorPositive: .receptorPositive
        case .noPriorTherapy: .noPriorTherapy
        case .all: .all
        }
    }

    var examples: [(reason: MissReason, words: String)] {
      let amplified = Predicate.alteration(gene: "KIT", .copyNumber(.amplification))
      return switch self {
      case .tumorType:
        [
          (.tumorType("", scope: ["LMS", "DDLS"], nil), "tumor type unknown against LMS;DDLS"),
          (
            .tumorType("BRCA", scope: ["LMS"], .boundToItsTumor),
            "tumor type BRCA against LMS (this kind of rule does not cross)"
          ),
          (
            .tumorType("BRCA", scope: ["LMS"], .backboneOfAnotherTumor),
            "tumor type BRCA against LMS (backbone of another tumor)"
          ),
        ]
      case .statedAbsent: [(.statedAbsent, "stated to be absent")]
      case .notEvaluated: [(.notEvaluated("unknown symbol"), "unknown symbol")]
      case .benign:
        [
          (
            .benign(finding: "p.A1T", Oncogenicity(.benign, .polymorphism("common"))),
            "p.A1T is held to be benign (common)"
          )
        ]
      case .codonOutside: [(.codonOutside(816, 550...592, label: "EXON 11"), "codon 816 against exon 11 (550-592)")]
      case .otherCodon: [(.otherCodon(12, wanted: 13), "codon 12 against 13")]
      case .otherEffect: [(.otherEffect(.missense, wanted: .inframeDeletion), "missense against inframe_del")]
      case .otherFinding:
        [
          (
            .otherFinding("GAIN", gene: "KIT", wanted: [.copyNumber(.amplification), .activating]),
            "GAIN against KIT AMP or KIT activating mutation"
          )
        ]
      case .otherOrigin: [(.otherOrigin(.somatic, wanted: .germline), "somatic against germline")]
      case .notFound: [(.notFound(amplified), "no KIT AMP")]
      case .isPresent: [(.isPresent(amplified), "KIT AMP is present")]
      case .found: [(.found(gene: "KRAS", "p.G12D"), "KRAS p.G12D found")]
      case .measured: [(.measured("TMB", Measurement(name: "TMB", number: 4)), "TMB is 4")]
      case .amplified: [(.amplified(gene: "ERBB2"), "ERBB2 is amplified")]
      case .namedAsSensitive:
        [(.namedAsSensitive("p.D842V"), "a row for the agent, as strong or stronger, names p.D842V")]
      case .otherGrade:
        [(.otherGrade(3, wanted: MeasurementTest(.equal, 2)), "grade 3 against grade = 2")]
      case .otherStatus: [(.otherStatus(of: "HR"), "HR status differs")]
      case .receptorsNegative: [(.receptorsNegative(["ER", "PR"]), "ER and PR are negative")]
      case .receptorPositive: [(.receptorPositive, "a hormone receptor is positive")]
      case .noPriorTherapy: [(.noPriorTherapy("imatinib"), "no prior imatinib")]
      case .all: [(.all([.notFound(amplified), .receptorPositive]), "no KIT AMP and a hormone receptor is positive")]
      }
    }
  }

  @Test(arguments: MissCase.allCases)
  func `a miss says what failed`(name: MissCase) {
    for (reason, words) in name.examples {
      #expect(MissCase(reason) == name)
      #expect(reason.words == words)
    }
  }

  // MARK: Oncogenicity

  @Test(arguments: OncogenicityPoints.Evidence.allCases)
  func `a piece of evidence is named with its points`(evidence: OncogenicityPoints.Evidence) {
    expectWords(evidence.words, of: evidence)
    #expect(Oncogenicity.Criterion(evidence: evidence, points: 4, detail: .none).words == evidence.words + " +4")
    #expect(Oncogenicity.Criterion(evidence: evidence, points: -8, detail: .none).words == evidence.words + " -8")
  }

  enum DetailCase: CaseIterable {
    case none, samples, rangeSamples, rule, curated

    init(_ detail: Oncogenicity.Criterion.Detail) {
      self =
        switch detail {
        case .none: .none
        case .samples: .samples
        case .rangeSamples: .rangeSamples
        case .rule: .rule
        case .curated: .curated
        }
    }

    var example: (criterion: Oncogenicity.Criterion, words: String) {
      func criterion(
        _ evidence: OncogenicityPoints.Evidence, _ detail: Oncogenicity.Criterion.Detail
      ) -> Oncogenicity.Criterion { Oncogenicity.Criterion(evidence: evidence, points: 4, detail: detail) }
      let entry = PathogenicityTable.Entry(classification: .likelyPathogenic, sources: ["A 2021", "B 2022"])
      return switch self {
      case .none: (criterion(.criticalDomain, .none), "critical domain +4")
      case .samples:
        (
          criterion(.frequentHotspot, .samples(change: 897, residue: 941)),
          "listed hotspot change (897 of 941 samples) +4"
        )
      case .rangeSamples:
        (criterion(.inframeHotspot, .rangeSamples(12)), "listed hotspot change (in-frame range of 12 samples) +4")
      case .rule: (criterion(.namedByRule, .rule("R1")), "named by rule R1 +4")
      case .curated: (criterion(.curatedPathogenic, .curated(entry)), "likely pathogenic (A 2021, B 2022) +4")
      }
    }
  }

  @Test(arguments: DetailCase.allCases)
  func `evidence is named with what makes it out`(name: DetailCase) {
    let (criterion, words) = name.example
    #expect(DetailCase(criterion.detail) == name)
    #expect(criterion.words == words)
  }

  enum BasisCase: CaseIterable {
    case none, points, noProteinChange, noCopyNumberChange, polymorphism, curated, stated, contradiction, lab

    init(_ basis: Oncogenicity.Basis) {
      self =
        switch basis {
        case .none: .none
        case .points: .points
        case .noProteinChange: .noProteinChange
        case .noCopyNumberChange: .noCopyNumberChange
        case .polymorphism: .polymorphism
        case .curated: .curated
        case .stated: .stated
        case .contradiction: .contradiction
        case .lab: .lab
        }
    }

    var examples: [(basis: Oncogenicity.Basis, words: String)] {
      let benign = PathogenicityTable.Entry(classification: .benign, sources: ["A 2021"])
      let disputed = PathogenicityTable.Entry(classification: .conflicting, sources: ["A 2021"])
      let domain = Oncogenicity.Criterion(evidence: .criticalDomain, points: 2, detail: .none)
      return switch self {
      case .none: [(.none, "")]
      case .points:
        [
          (.points([], disputed: nil), "no evidence in the table"),
          (.points([], disputed: disputed), "sources disagree (A 2021)"),
          (.points([domain], disputed: disputed), "critical domain +2, sources disagree (A 2021)"),
        ]
      case .noProteinChange: [(.noProteinChange, "no change of the protein")]
      case .noCopyNumberChange: [(.noCopyNumberChange, "no change of copy number")]
      case .polymorphism: [(.polymorphism("common (dbSNP)"), "common (dbSNP)")]
      case .curated: [(.curated(benign), "benign (A 2021)")]
      case .stated:
        [
          (.stated(.benign, besides: nil), "stated benign in the input"),
          (
            .stated(.uncertain, besides: benign),
            "stated of uncertain significance in the input; the built-in table has it as benign (A 2021)"
          ),
        ]
      case .lab:
        [
          (
            .lab(
              LabStatement(classification: .benign, who: "A. Doe", when: "2025-01-02", why: "functional study"),
              besides: Oncogenicity(.oncogenic, .points([domain], disputed: nil))),
            "is classified as benign by the lab (A. Doe, 2025-01-02: functional study);"
              + " without it: oncogenic, critical domain +2"
          ),
          (
            .lab(
              LabStatement(classification: .likelyPathogenic, who: "B", when: "2025-01-02", why: "segregates"),
              besides: Oncogenicity(.notApplicable)),
            "is classified as likely pathogenic by the lab (B, 2025-01-02: segregates)"
          ),
        ]
      case .contradiction:
        [
          (
            .contradiction([.pathogenic, .benign], nil),
            "stated pathogenic in the input, stated benign in the input: these contradict each other"
          ),
          (
            .contradiction([.pathogenic], benign),
            "stated pathogenic in the input, benign (A 2021): these contradict each other"
          ),
        ]
      }
    }
  }

  @Test(arguments: BasisCase.allCases)
  func `a class of oncogenicity has its reason`(name: BasisCase) {
    for (basis, words) in name.examples {
      #expect(BasisCase(basis) == name)
      #expect(Oncogenicity(.uncertain, basis).reason == words)
    }
  }

  @Test(arguments: PathogenicityTable.Classification.allCases)
  func `a curated classification has words`(classification: PathogenicityTable.Classification) {
    expectWords(classification.words, of: classification)
  }

  // MARK: Fates

  enum FateCase: CaseIterable {
    case notEvaluated, read, belowLevel, silent, benign, uncertain, statedAbsent, contextOnly, noRule

    init(_ fate: AnnotatedAlteration.Fate) {
      self =
        switch fate {
        case .notEvaluated: .notEvaluated
        case .read: .read
        case .belowLevel: .belowLevel
        case .silent: .silent
        case .benign: .benign
        case .uncertain: .uncertain
        case .statedAbsent: .statedAbsent
        case .contextOnly: .contextOnly
        case .noRule: .noRule
        }
    }

    var examples: [(fate: AnnotatedAlteration.Fate, outcome: String, words: String)] {
      switch self {
      case .notEvaluated: [(.notEvaluated("unknown symbol"), "not_evaluated", "unknown symbol")]
      case .read:
        [
          (.read(rows: 1), "matched", "read by 1 row of therapies.tsv"),
          (.read(rows: 2), "matched", "read by 2 rows of therapies.tsv"),
        ]
      case .belowLevel:
        [
          (.belowLevel(rows: 1), "matched", "read by 1 row below the lowest level that is shown (settings)"),
          (.belowLevel(rows: 2), "matched", "read by 2 rows below the lowest level that is shown (settings)"),
        ]
      case .silent: [(.silent, "silent", "no change of the protein")]
      case .benign: [(.benign, "benign", "held to be benign")]
      case .uncertain: [(.uncertain, "vus", "effect not known")]
      case .statedAbsent: [(.statedAbsent, "no_rule", "stated to be absent")]
      case .contextOnly: [(.contextOnly, "no_rule", "context only, no therapy rule")]
      case .noRule: [(.noRule, "no_rule", "no rule in the table")]
      }
    }
  }

  @Test(arguments: FateCase.allCases)
  func `what became of an alteration has a word and a reason`(name: FateCase) {
    for (fate, outcome, words) in name.examples {
      #expect(FateCase(fate) == name)
      #expect(fate.outcome.rawValue == outcome)
      #expect(fate.words == words)
    }
  }

  @Test func `a benign change says why it is held to be benign`() {
    var annotated = AnnotatedAlteration(
      Alteration(gene: "TP53", event: .wildType, asWritten: ""), Oncogenicity(.benign, .polymorphism("common")))
    annotated.fate = .benign
    #expect(annotated.reason == "common")
  }

  // MARK: The words of tables

  @Test func `every word of a table that has a list of its cases has words for people`() {
    for value in Verdict.allCases { expectWords(ReportWords.verdict(value), of: value) }
    for value in Rule.Direction.allCases { expectWords(ReportWords.direction(value), of: value) }
    for value in Rule.Line.allCases { expectWords(ReportWords.line(value), of: value) }
    for value in Proximity.allCases { expectWords(ReportWords.proximity(value), of: value) }
    for value in Rung.allCases { expectWords(ReportWords.rung(value), of: value) }
    for value in Oncogenicity.Class.allCases { expectWords(ReportWords.oncogenicity(value), of: value) }
    for value in AnnotatedAlteration.Outcome.allCases { expectWords(ReportWords.outcome(value), of: value) }
    for value in SampleReport.Status.allCases { expectWords(ReportWords.status(value), of: value) }
    for value in AssayKind.allCases { expectWords(ReportWords.assay(value), of: value) }
  }

  @Test(arguments: Tier.Step.allCases, [false, true])
  func `a tier is read back from its name`(step: Tier.Step, isResistance: Bool) {
    let tier = Tier(.step(step), isResistance: isResistance)
    #expect(Tier(named: tier.name) == tier)
    #expect(tier.name == (isResistance ? "R:" : "") + step.rawValue)
  }

  @Test(arguments: Rule.Level.allCases, [false, true])
  func `a level in place of a tier is read back from its name`(level: Rule.Level, isResistance: Bool) {
    let tier = Tier(.histology(level), isResistance: isResistance)
    #expect(Tier(named: tier.name) == tier)
    #expect(tier.name == (isResistance ? "R:H:" : "H:") + level.rawValue)
  }

  @Test(arguments: ["", "R:", "H:", "H:F", "I", "III", "R:R:I-A", "i-a"])
  func `what is no name of a tier gives none`(name: String) {
    #expect(Tier(named: name) == nil)
  }
}
