// SPDX-License-Identifier: Apache-2.0
internal import Alterations

/// How one tool, or one kind of table, writes one fusion a row: its columns by name, in lower case.
///
/// To read another caller, add a value to ``all``; nothing else has to be touched.
struct FusionCaller: Sendable {
  /// Whether the row states which partner is the 5-prime one.
  enum Order: Sendable {
    case stated, unstated
    /// Only where the frame is kept.
    case statedInFrame
  }

  /// A column by whose cell a row is set aside.
  struct Exclusion: Sendable {
    /// What the cell must be like; words are in lower case.
    enum Test: Sendable {
      case isOneOf([String]), isNoneOf([String]), isBelow(Double), isFilled
    }

    let column: String
    let test: Test
    let reason: String
  }

  /// The name for people.
  let name: String
  /// Columns that must be there, each by any of its names.
  let needs: [[String]]
  var fivePrime: [String] = []
  var threePrime: [String] = []
  /// One gene of the fusion, where each of the two has a row.
  var gene: [String] = []
  /// The name of the fusion.
  var fusion: [String] = []
  /// What stands between partners in the name, beside `--` and `::`.
  var separator = "--"
  var order = Order.stated
  var frame: [String] = []
  /// The kind of rearrangement.
  var kind: [String] = []
  /// Germline or somatic.
  var status: [String] = ["sv_status", "fusion_status", "origin"]
  /// The last exon of the 5-prime part and the first of the 3-prime part.
  var exons: (last: [String], first: [String]) = ([], [])
  /// Where the chromosomes are broken.
  var breakpoints: (first: [String], second: [String]) = (Self.firstBreakpoints, Self.secondBreakpoints)
  var exclusions: [Exclusion] = []
  /// For names that other tables have too: what more a header must be like.
  var isMeant: @Sendable (InputHeader) -> Bool = { _ in true }

  /// The caller that a file with this header is of.
  static func of(_ header: InputHeader) -> FusionCaller? {
    all.first { caller in
      caller.needs.allSatisfy { header.column(anyOf: $0) != nil } && caller.isMeant(header)
    }
  }

  /// All callers; the more particular stand first.
  static let all: [FusionCaller] = [
    FusionCaller(
      name: "Arriba", needs: [["gene1"], ["gene2"], ["breakpoint1"], ["breakpoint2"], ["confidence"]],
      fivePrime: ["gene1"], threePrime: ["gene2"], frame: ["reading_frame"], kind: ["type"],
      exclusions: [Exclusion(column: "confidence", test: .isOneOf(["low"]), reason: "low confidence")]),
    FusionCaller(
      name: "STAR-Fusion", needs: [["leftgene"], ["rightgene"]], fivePrime: ["leftgene"], threePrime: ["rightgene"],
      fusion: ["fusionname", "fusion_name", "canonicalfusionname"], frame: ["prot_fusion_type"]),
    FusionCaller(
      name: "FusionCatcher",
      needs: [["gene_1_symbol(5end_fusion_partner)"], ["gene_2_symbol(3end_fusion_partner)"]],
      fivePrime: ["gene_1_symbol(5end_fusion_partner)"], threePrime: ["gene_2_symbol(3end_fusion_partner)"],
      frame: ["predicted_effect"]),
    // JAFFA puts the partners in order only where it found the frame kept.
    FusionCaller(
      name: "JAFFA", needs: [["fusion genes"], ["classification"]], fusion: ["fusion genes"], separator: ":",
      order: .statedInFrame, frame: ["inframe"],
      exclusions: [
        Exclusion(column: "classification", test: .isOneOf(["lowconfidence"]), reason: "low confidence"),
        Exclusion(
          column: "classification", test: .isOneOf(["potentialregulartranscript", "potentialtranssplicing"]),
          reason: "no rearrangement, as classified"),
      ]),
    // pmelsted/pizzly, scripts/flatten_json.py.
    FusionCaller(
      name: "Pizzly", needs: [["genea.name"], ["geneb.name"]], fivePrime: ["genea.name"], threePrime: ["geneb.name"],
      order: .unstated),
    // Kingsford-Group/squid, utils/AnnotateSQUIDOutput.py: `Type` and `FusedGenes` behind the columns of BEDPE.
    FusionCaller(
      name: "SQUID", needs: [["fusedgenes"], ["type"]], fusion: ["fusedgenes"], separator: ":", order: .unstated,
      exclusions: [
        Exclusion(column: "type", test: .isOneOf(["non-fusion-gene"]), reason: "no fusion of genes, as classified")
      ]),
    // bitbucket.org/kokonech/infusion, fusions.detailed.txt.
    FusionCaller(
      name: "InFusion", needs: [["gene_1"], ["gene_2"], ["fusion_class"]], fivePrime: ["gene_1"],
      threePrime: ["gene_2"], order: .unstated, breakpoints: (["break_pos1"], ["break_pos2"])),
    // murphycj/AGFusion, fusion_transcripts.csv.
    FusionCaller(
      name: "AGFusion", needs: [["5'_gene"], ["3'_gene"]], fivePrime: ["5'_gene"], threePrime: ["3'_gene"],
      frame: ["fusion_effect", "effect"], isMeant: { $0.column("fusion_effect", "effect") != nil }),
    // SOAPfuse, final.Fusion.specific.for.genes.
    FusionCaller(
      name: "SOAPfuse", needs: [["up_gene"], ["dw_gene"]], fivePrime: ["up_gene"], threePrime: ["dw_gene"],
      frame: ["down_fusion_part_frame-shift_or_not"], breakpoints: (["up_genome_pos"], ["dw_genome_pos"])),
    // A cut that users make at 0.5; the tool's own filter was by a weighted score (0.63) that newer tables do not hold.
    FusionCaller(
      name: "EricScript", needs: [["genename1"], ["genename2"], ["ericscore"]], fivePrime: ["genename1"],
      threePrime: ["genename2"],
      exclusions: [
        Exclusion(column: "blacklist", test: .isFilled, reason: "blacklisted by the caller"),
        Exclusion(column: "ericscore", test: .isBelow(0.5), reason: "low confidence"),
      ]),
    FusionCaller(
      name: "LINX", needs: [["genestart"], ["geneend"], ["phased"]], fivePrime: ["genestart"],
      threePrime: ["geneend"], fusion: ["name"], frame: ["phased"], exons: (["fusedexonup"], ["fusedexondown"]),
      exclusions: [Exclusion(column: "reported", test: .isNoneOf(["true"]), reason: "not reported by the caller")]),
    FusionCaller(
      name: "PCGR", needs: [["fusiongene"], ["leftbreakpoint"], ["rightbreakpoint"]], fusion: ["fusiongene"],
      order: .unstated),
    FusionCaller(
      name: "cell lines", needs: [["feature"], ["partner"], ["model_id"]], fivePrime: ["feature"],
      threePrime: ["partner"], order: .unstated),
    // One row for each gene of a fusion.
    FusionCaller(
      name: "old cBioPortal", needs: [["hugo_symbol"], ["fusion"]], gene: ["hugo_symbol"],
      fusion: ["fusion"], order: .unstated, frame: ["frame"], isMeant: { $0.sampleColumn != nil }),
    FusionCaller(
      name: "table", needs: [fivePrimeNames, threePrimeNames], fivePrime: fivePrimeNames, threePrime: threePrimeNames,
      fusion: fusionNames, frame: frameNames, exons: tableExons, exclusions: tableExclusions, isMeant: isOfOneTumor),
    // AWGL/TSO500_post_processing, its test data; rows that are not kept are told by `KeepFusion`.
    FusionCaller(
      name: "TruSight Oncology 500", needs: [["gene a"], ["gene b"], ["keepfusion"]], fivePrime: ["gene a"],
      threePrime: ["gene b"], order: .unstated, breakpoints: (["gene a breakpoint"], ["gene b breakpoint"]),
      exclusions: [Exclusion(column: "filter", test: .isNoneOf(["pass"]), reason: "FILTER not PASS")]),
    FusionCaller(
      name: "table", needs: [firstNames, secondNames], fivePrime: firstNames, threePrime: secondNames,
      fusion: fusionNames, order: .unstated, frame: frameNames, exons: tableExons, exclusions: tableExclusions,
      isMeant: { header in
        isOfOneTumor(header) && header.column(anyOf: resultsOfTwo) == nil
          && (header.cells.count == 2 || header.sampleColumn != nil || header.column(anyOf: pairMarks) != nil)
      }),
    FusionCaller(
      name: "table", needs: [fusionNames], fusion: fusionNames, order: .unstated, frame: frameNames, exons: tableExons,
      exclusions: tableExclusions,
      isMeant: {
        isOfOneTumor($0) && !SampleSheet.recognizes($0) && !MutationTableReader.recognizes($0)
      }),
  ]

  private static let fivePrimeNames = [
    "gene5", "gene_5prime", "gene5prime", "5prime_gene", "5_prime_gene", "five_prime_gene", "fiveprimegene",
    "gene_five_prime", "5' gene", "gene 5'", "5'gene", "5p_gene", "gene_5p", "upstream_gene",
  ]
  private static let threePrimeNames = [
    "gene3", "gene_3prime", "gene3prime", "3prime_gene", "3_prime_gene", "three_prime_gene", "threeprimegene",
    "gene_three_prime", "3' gene", "gene 3'", "3'gene", "3p_gene", "gene_3p", "downstream_gene",
  ]
  /// Columns of tables with two findings in a row, each with its own result.
  private static let resultsOfTwo = [
    "result1", "result_1", "result 1", "mutation1", "mutation_1", "mutation 1", "variant1", "variant_1", "variant 1",
    "alteration1", "alteration_1", "alteration 1", "change1", "change_1", "change 1",
  ]
  private static let firstNames = ["gene1", "gene_1", "gene 1", "genea", "gene_a", "gene a", "partner1", "partner_1"]
  private static let secondNames = ["gene2", "gene_2", "gene 2", "geneb", "gene_b", "gene b", "partner2", "partner_2"]
  private static let fusionNames = [
    "fusion", "fusion_name", "fusionname", "fusion name", "fusion_gene", "fusiongene", "fusion gene", "fusion_genes",
    "fusion genes", "gene_fusion", "gene fusion", "canonicalfusionname",
  ]
  private static let firstBreakpoints = [
    "breakpoint1", "breakpoint_1", "leftbreakpoint", "left_breakpoint", "fusion_point_for_gene_1(5end_fusion_partner)",
    "breakpoint5", "breakpoint_5prime", "5'_breakpoint",
  ]
  private static let secondBreakpoints = [
    "breakpoint2", "breakpoint_2", "rightbreakpoint", "right_breakpoint",
    "fusion_point_for_gene_2(3end_fusion_partner)", "breakpoint3", "breakpoint_3prime", "3'_breakpoint",
  ]
  private static let frameNames = [
    "frame", "reading_frame", "in_frame", "inframe", "in-frame", "prot_fusion_type", "predicted_effect", "phased",
  ]
  /// Columns beside two genes that make the pair a fusion and no other relation of genes.
  private static let pairMarks =
    fusionNames + frameNames + [
      "breakpoint1", "breakpoint_1", "breakpoint2", "left_breakpoint", "chrom1", "chr1", "split_reads",
      "spanning_reads", "junction_reads", "sv_type",
      "gene a breakpoint", "keepfusion", "keep_fusion",
    ]
  private static let tableExons = (
    last: [
      "exon1", "exon_1", "exon5", "exon_5prime", "5prime_exon", "gene1_exon", "last_exon", "exon_left", "left_exon",
      "exona", "exon_a",
    ],
    first: [
      "exon2", "exon_2", "exon3", "exon_3prime", "3prime_exon", "gene2_exon", "first_exon", "exon_right", "right_exon",
      "exonb", "exon_b",
    ]
  )
  private static let tableExclusions = [
    Exclusion(column: "filter", test: .isNoneOf(["pass"]), reason: "FILTER not PASS"),
    Exclusion(column: "confidence", test: .isOneOf(["low"]), reason: "low confidence"),
    // Archer Analysis marks each isoform.
    Exclusion(column: "strong evidence", test: .isOneOf(weakEvidence), reason: "low confidence"),
    Exclusion(column: "strong_evidence", test: .isOneOf(weakEvidence), reason: "low confidence"),
    Exclusion(column: "strong_evidence_aberration", test: .isOneOf(weakEvidence), reason: "low confidence"),
  ]
  private static let weakEvidence = ["false", "no", "0"]

  /// Whether a table speaks of tumors and not of therapies.
  private static let isOfOneTumor: @Sendable (InputHeader) -> Bool = { !$0.speaksOfTherapies }
}
