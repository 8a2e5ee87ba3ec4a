/// A term of the Sequence Ontology as VEP and SnpEff write it, with what it means for reading a row.
struct ConsequenceTerm: Sendable {
  /// The term.
  let name: [UInt8]
  /// Its rank; the most severe of several joined by `&` counts.
  let severity: Int
  /// What to do with a row whose most severe term it is.
  let use: VariantClassification.Use
  /// The term that the normalizer understands in its place.
  let effect: [UInt8]

  /// Whether a start codon is replaced by another one.
  var keepsStart: Bool { severity == Self.startRetained }

  private static let startRetained = 49

  /// The lowest rank of a term that speaks of the inside of a transcript.
  static let insideTranscript = 20

  /// The term with these bytes; `nil` for one that we do not know.
  static func find(_ word: Span<UInt8>) -> ConsequenceTerm? {
    guard word.count < byLength.count else { return nil }
    for index in byLength[word.count] where same(all[index].name, word) { return all[index] }
    return nil
  }

  private static func same(_ name: [UInt8], _ word: Span<UInt8>) -> Bool {
    for index in word.indices where name[index] != word[index] { return false }
    return true
  }

  private init(_ name: String, _ severity: Int, _ use: VariantClassification.Use, as effect: String? = nil) {
    self.name = Array(name.utf8)
    self.severity = severity
    self.use = use
    self.effect = Array((effect ?? name).utf8)
  }

  private static let byLength: [[Int]] = {
    var table: [[Int]] = Array(repeating: [], count: 64)
    for (index, term) in all.enumerated() { table[term.name.count].append(index) }
    return table
  }()

  private static let all: [ConsequenceTerm] = [
    ConsequenceTerm("gene_fusion", 99, .fusion), ConsequenceTerm("bidirectional_gene_fusion", 98, .fusion),
    ConsequenceTerm("frameshift_variant", 90, .coding), ConsequenceTerm("stop_gained", 91, .coding),
    ConsequenceTerm("splice_acceptor_variant", 89, .coding), ConsequenceTerm("splice_donor_variant", 88, .coding),
    ConsequenceTerm("stop_lost", 87, .coding), ConsequenceTerm("start_lost", 86, .coding),
    ConsequenceTerm("transcript_ablation", 85, .coding), ConsequenceTerm("exon_loss_variant", 84, .coding),
    ConsequenceTerm("transcript_amplification", 83, .coding), ConsequenceTerm("feature_truncation", 65, .coding),
    ConsequenceTerm("feature_elongation", 64, .coding), ConsequenceTerm("duplication", 63, .coding),
    ConsequenceTerm("inversion", 62, .coding), ConsequenceTerm("inframe_insertion", 80, .coding),
    ConsequenceTerm("disruptive_inframe_insertion", 80, .coding),
    ConsequenceTerm("conservative_inframe_insertion", 80, .coding), ConsequenceTerm("inframe_deletion", 79, .coding),
    ConsequenceTerm("disruptive_inframe_deletion", 79, .coding),
    ConsequenceTerm("conservative_inframe_deletion", 79, .coding), ConsequenceTerm("missense_variant", 75, .coding),
    ConsequenceTerm("rare_amino_acid_variant", 74, .coding, as: "missense_variant"),
    ConsequenceTerm("protein_altering_variant", 73, .coding), ConsequenceTerm("coding_sequence_variant", 45, .coding),
    ConsequenceTerm("splice_region_variant", 60, .coding),
    ConsequenceTerm("splice_donor_5th_base_variant", 59, .coding, as: "splice_region_variant"),
    ConsequenceTerm("splice_donor_region_variant", 58, .coding, as: "splice_region_variant"),
    ConsequenceTerm("splice_polypyrimidine_tract_variant", 31, .nearSplice, as: "intron_variant"),
    ConsequenceTerm("stop_retained_variant", 50, .silent), ConsequenceTerm("synonymous_variant", 48, .silent),
    // The start stays a start, by another codon.
    ConsequenceTerm("start_retained_variant", startRetained, .silent, as: "synonymous_variant"),
    ConsequenceTerm("initiator_codon_variant", startRetained, .silent, as: "synonymous_variant"),
    ConsequenceTerm("incomplete_terminal_codon_variant", 47, .silent, as: "synonymous_variant"),
    ConsequenceTerm("5_prime_UTR_truncation", 42, .noncoding),
    ConsequenceTerm("3_prime_UTR_truncation", 42, .noncoding),
    ConsequenceTerm("5_prime_UTR_premature_start_codon_gain_variant", 41, .flank),
    ConsequenceTerm("5_prime_UTR_variant", 40, .flank), ConsequenceTerm("3_prime_UTR_variant", 39, .noncoding),
    ConsequenceTerm("mature_miRNA_variant", 38, .noncoding),
    ConsequenceTerm("non_coding_transcript_exon_variant", 35, .noncoding),
    ConsequenceTerm("non_coding_exon_variant", 35, .noncoding), ConsequenceTerm("intron_variant", 30, .nearSplice),
    ConsequenceTerm("conserved_intron_variant", 30, .nearSplice),
    ConsequenceTerm("NMD_transcript_variant", 25, .noncoding),
    ConsequenceTerm("non_coding_transcript_variant", 24, .noncoding),
    ConsequenceTerm("nc_transcript_variant", 24, .noncoding), ConsequenceTerm("exon_variant", 34, .noncoding),
    ConsequenceTerm("gene_variant", 21, .noncoding), ConsequenceTerm("transcript_variant", 21, .noncoding),
    ConsequenceTerm("intragenic_variant", 22, .noncoding),
    ConsequenceTerm("coding_transcript_variant", 22, .noncoding),
    ConsequenceTerm("upstream_gene_variant", 15, .flank), ConsequenceTerm("downstream_gene_variant", 14, .noncoding),
    ConsequenceTerm("TF_binding_site_variant", 10, .noncoding), ConsequenceTerm("TFBS_ablation", 10, .noncoding),
    ConsequenceTerm("TFBS_amplification", 10, .noncoding),
    ConsequenceTerm("regulatory_region_variant", 9, .noncoding),
    ConsequenceTerm("regulatory_region_ablation", 9, .noncoding),
    ConsequenceTerm("regulatory_region_amplification", 9, .noncoding),
    // SnpEff speaks of domains and contacts in the protein beside the transcript's own consequence.
    ConsequenceTerm("structural_interaction_variant", 8, .noncoding),
    ConsequenceTerm("protein_protein_contact", 8, .noncoding), ConsequenceTerm("sequence_feature", 7, .noncoding),
    ConsequenceTerm("intergenic_variant", 3, .noncoding), ConsequenceTerm("intergenic_region", 3, .noncoding),
    ConsequenceTerm("conserved_intergenic_variant", 3, .noncoding), ConsequenceTerm("sequence_variant", 2, .noncoding),
  ]
}
