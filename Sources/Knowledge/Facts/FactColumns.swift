// SPDX-License-Identifier: Apache-2.0
internal import Alterations

/// What the cells of a column of a table of facts have to be.
struct FactColumn: Sendable {
  /// The kind of a cell.
  enum Kind: Sendable {
    case text
    /// One of these words.
    case word([String])
    /// A whole number.
    case number
    /// Whole numbers.
    case numbers
    /// `572-603`.
    case range
    /// Several such ranges.
    case ranges
    case gene, genes
    /// A gene or a biomarker.
    case name, names
    /// An OncoTree code, or a group of the table of tumor groups.
    case code
    /// Several of these.
    case codes
    case pathway, pathways
    case agentOrClass, agent, agents, agentClass, modality
    /// A class of change that the table of named changes has.
    case changeClasses
    /// Values of a column of the same table.
    case own(String)
    /// What another column of the row says the cell is.
    case depends(on: String, [String: Kind])
    /// Where the row comes from.
    case source
  }

  let name: String
  let kind: Kind
  let mayBeEmpty: Bool

  init(_ name: String, _ kind: Kind, mayBeEmpty: Bool = false) {
    self.name = name
    self.kind = kind
    self.mayBeEmpty = mayBeEmpty
  }

  static func word(_ name: String, _ words: String..., mayBeEmpty: Bool = false) -> FactColumn {
    FactColumn(name, .word(words), mayBeEmpty: mayBeEmpty)
  }

  static let yes: Kind = .word(["yes"])
  static let source = FactColumn("source", .source)
}

extension BuiltInTable {
  /// The columns by which a row is told from the others, none for the rules.
  var keyColumns: [String] {
    switch self {
    case .rules: []
    case .statements: ["rule_id"]
    case .doseAlleles: ["gene", "allele"]
    case .agents: ["agent"]
    case .oncotree: ["code"]
    case .oncotreeRetired: ["old_code"]
    case .tumorAliases: ["alias"]
    case .tumorGroups: ["group"]
    case .genes, .geneIdentifiers: ["symbol"]
    case .geneClinicNames: ["name"]
    case .exons: ["gene", "exon"]
    case .geneCoordinates: ["gene"]
    case .hotspots: ["gene", "residue_start", "residue_end", "kind"]
    case .geneRoles, .predispositionGenes, .fusionRoles: ["gene"]
    case .polymorphisms: ["gene", "change"]
    case .pathogenicity: ["gene", "protein_change"]
    case .legacyNumbering: ["gene", "legacy"]
    case .pathways: ["pathway", "gene"]
    case .diseaseTerms: ["term"]
    case .biomarkers: ["name", "reading"]
    case .stainGrades: ["gene", "scale", "grade"]
    case .scoreLimits: ["biomarker", "tool"]
    case .lineageStains: ["stain", "only_for"]
    case .surrogates: ["asked", "spec_has", "finding_of", "finding"]
    case .wildTypeDependence: ["target", "needs"]
    case .diagnosisReview: ["tumor", "gene", "finding"]
    case .namedChanges: ["word", "match"]
    case .namedSites: ["gene", "change", "kind", "numbering"]
    case .priorTherapyWords: ["words", "kind"]
    case .siteCodes: ["site", "kind", "code"]
    case .pathwayBoxes: ["box"]
    case .matchingSets: ["set", "member"]
    case .oncogenicityPoints: ["kind", "name"]
    case .clinicPhrases: ["words", "kind"]
    case .importWords: ["from", "kind", "words"]
    case .lintExplained: ["rule", "kind", "other"]
    case .consequences: ["term", "dialect"]
    case .codingExons, .codingSequences: ["gene"]
    case .knownCodons: ["gene", "residue"]
    case .knownPositions: ["gene", "grch38", "ref", "alt"]
    case .transcriptNumbering: ["gene", "transcripts", "first"]
    case .otherNumbering: ["gene", "other"]
    case .foreignWords: ["words"]
    case .countryNames: ["name"]
    case .resultWords: ["words"]
    }
  }

  /// What the columns of a table of facts hold; `nil` for the rules and for reference tables with readers of their own.
  var factColumns: [FactColumn]? {
    switch self {
    case .rules, .statements, .agents, .oncotree, .oncotreeRetired, .tumorAliases, .tumorGroups, .genes,
      .geneClinicNames, .exons,
      .geneCoordinates, .hotspots, .geneRoles, .polymorphisms, .pathogenicity, .legacyNumbering,
      .pathways, .predispositionGenes, .diseaseTerms, .consequences, .codingExons, .codingSequences, .knownCodons,
      .knownPositions, .transcriptNumbering, .otherNumbering, .geneIdentifiers, .foreignWords, .countryNames,
      .resultWords:
      nil
    case .biomarkers:
      [
        FactColumn("name", .text), .word("kind", "genome_wide", "stain", "cells", "virus", "arm", "type"),
        FactColumn("reading", .word(Biomarker.Reading.allCases.map(\.rawValue))),
        FactColumn("genes", .genes, mayBeEmpty: true), FactColumn("kept_as", .gene, mayBeEmpty: true),
        FactColumn("in_rules", FactColumn.yes, mayBeEmpty: true), .source,
      ]
    case .stainGrades:
      [
        FactColumn("gene", .gene), FactColumn("scale", .text), FactColumn("grade", .number),
        .word("positive", "yes", "no", "open"), .word("negative", "yes", "no", "open"),
        .word("low", "yes", "no", "open"), .source,
      ]
    case .scoreLimits:
      [
        FactColumn("biomarker", .name), FactColumn("tool", .text), FactColumn("named", .text),
        FactColumn("stable_below", .text), FactColumn("high_from", .text), .source,
      ]
    case .lineageStains: [FactColumn("stain", .name), .source]
    case .surrogates:
      [
        FactColumn("asked", .name), .word("event_class", "EXPR", "BIOMARKER", "FUSION", "LOF"),
        FactColumn("finding_of", .name),
        FactColumn("finding", .text), .word("despite_result", "yes", "no"), FactColumn("missing_test", .text),
        FactColumn("meets_in", .codes, mayBeEmpty: true), .source,
      ]
    case .wildTypeDependence: [FactColumn("target", .gene), FactColumn("needs", .gene), .source]
    case .fusionRoles:
      [
        FactColumn("gene", .gene), .word("role", "3prime", "5prime"), FactColumn("behind", .genes, mayBeEmpty: true),
        FactColumn("test_is_rearrangement", FactColumn.yes, mayBeEmpty: true), .source,
      ]
    case .doseAlleles:
      [
        FactColumn("gene", .gene), FactColumn("allele", .text, mayBeEmpty: true),
        FactColumn("function", .word(DoseAllele.Function.allCases.map(\.rawValue)), mayBeEmpty: true),
        FactColumn("drugs", .text, mayBeEmpty: true), FactColumn("guideline", .text, mayBeEmpty: true),
        FactColumn("grch37", .text, mayBeEmpty: true), FactColumn("grch38", .text, mayBeEmpty: true), .source,
      ]
    case .diagnosisReview:
      [
        FactColumn("tumor", .code), FactColumn("gene", .gene),
        FactColumn("finding", .word(DiagnosisReviewFact.Finding.allCases.map(\.rawValue))),
        FactColumn("suggests_code", .code, mayBeEmpty: true), .source,
      ]
    case .namedChanges:
      [
        FactColumn("word", .text), .word("match", "whole", "prefix", "suffix", "part"),
        FactColumn("gene", .gene, mayBeEmpty: true), FactColumn("class", .text),
        FactColumn("joined", FactColumn.yes, mayBeEmpty: true), .source,
      ]
    case .namedSites:
      [
        FactColumn("gene", .gene), FactColumn("change", .text),
        FactColumn(
          "value",
          .depends(
            on: "kind",
            [
              "coding": .text, "name": .text, "position": .number, "splice_codons": .numbers,
              "splice_bases": .numbers, "inframe_insertion": .range, "effect_words": .text, "critical_domain": .range,
              "residues_lost": .ranges, "exons_lost": .ranges, "exons_lost_within": .ranges, "exons_repeated": .ranges,
              "exons_repeated_within": .ranges, "no_exon": .number,
            ])), .source,
      ]
    case .priorTherapyWords:
      [
        FactColumn("words", .text),
        FactColumn(
          "means",
          .depends(
            on: "kind",
            [
              "filler": .text, "target": .gene, "modality": .modality, "class": .agentClass,
              "first_word_target": .gene, "first_word_agent": .agent, "denial": .text, "agents": .agents,
              "regimen": .agents,
            ]), mayBeEmpty: true), .source,
      ]
    case .siteCodes:
      [
        FactColumn("site", .word(TumorSite.allCases.map(\.rawValue))), .word("kind", "becomes", "implies", "organ"),
        FactColumn("code", .code), FactColumn("at_site", .code, mayBeEmpty: true), .source,
      ]
    case .pathwayBoxes:
      [
        FactColumn("box", .text), FactColumn("pathways", .pathways), FactColumn("biomarkers", .names, mayBeEmpty: true),
        FactColumn("drives", .own("box"), mayBeEmpty: true), FactColumn("holds_back", .own("box"), mayBeEmpty: true),
        .source,
      ]
    case .matchingSets:
      [
        FactColumn(
          "member",
          .depends(
            on: "set",
            [
              "signaling_pathway": .pathway, "planned_pair": .pathway, "checkpoint_class": .agentClass,
              "microenvironment_test": .name, "lineage_modality": .modality,
            ])), .source,
      ]
    case .oncogenicityPoints:
      [
        FactColumn(
          "name",
          .depends(
            on: "kind",
            [
              "evidence": .word(OncogenicityPoints.Evidence.allCases.map(\.rawValue)),
              "class": .word(OncogenicityPoints.Class.allCases.map(\.rawValue)),
              "samples": .word(OncogenicityPoints.Limit.allCases.map(\.rawValue)),
            ])), FactColumn("points", .number), FactColumn("of", .changeClasses, mayBeEmpty: true), .source,
      ]
    case .clinicPhrases:
      [
        FactColumn("words", .text),
        .word(
          "kind", "family", "histone", "findings", "protein", "receptor", "two_words", "glued_words",
          "plus_is_mutation", "positive_is_mutated", "older_count", "aside", "no_gene"),
        FactColumn("residues", .numbers, mayBeEmpty: true), FactColumn("genes", .genes, mayBeEmpty: true), .source,
      ]
    case .lintExplained:
      [
        FactColumn("rule", .text),
        .word(
          "kind", "contradiction", "residue", "exon", "guideline", "rating", "result", "label", "date", "bypass",
          "source", "lineage"),
        FactColumn("why", .text), .source,
      ]
    case .importWords:
      [
        .word("from", "any", "civic", "cgi", "moalmanac", "oncokb"), FactColumn("words", .text),
        FactColumn("gene", .gene, mayBeEmpty: true),
        FactColumn(
          "means",
          .depends(
            on: "kind",
            [
              "agent_family": .agentOrClass, "codons": .text, "inframe_exon": .word(["inframe_del"]),
              "variant": .changeClasses, "partner": .gene, "tumor": .code, "condition": .text, "implied_by": .text,
              "reference": .text,
            ])), .source,
      ]
    }
  }
}
