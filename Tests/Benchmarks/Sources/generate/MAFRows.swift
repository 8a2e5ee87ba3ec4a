// SPDX-License-Identifier: Apache-2.0
/// Rows of a MAF with the widths that vcf2maf writes for an exome and its 114 columns, and one that a center adds.
struct MAFRows {
  private var random: SplitMix

  init(seed: UInt64) { random = SplitMix(seed: seed) }

  static let header: [String] = {
    let first = """
      Hugo_Symbol Entrez_Gene_Id Center NCBI_Build Chromosome Start_Position End_Position Strand \
      Variant_Classification Variant_Type Reference_Allele Tumor_Seq_Allele1 Tumor_Seq_Allele2 dbSNP_RS \
      dbSNP_Val_Status Tumor_Sample_Barcode Matched_Norm_Sample_Barcode Match_Norm_Seq_Allele1 \
      Match_Norm_Seq_Allele2 Tumor_Validation_Allele1 Tumor_Validation_Allele2 \
      Match_Norm_Validation_Allele1 Match_Norm_Validation_Allele2 Verification_Status Validation_Status \
      Mutation_Status Sequencing_Phase Sequence_Source Validation_Method Score BAM_File Sequencer \
      Tumor_Sample_UUID Matched_Norm_Sample_UUID HGVSc HGVSp HGVSp_Short Transcript_ID Exon_Number t_depth \
      t_ref_count t_alt_count n_depth n_ref_count n_alt_count all_effects Allele Gene Feature Feature_type \
      Consequence cDNA_position CDS_position Protein_position Amino_acids Codons Existing_variation \
      ALLELE_NUM DISTANCE STRAND_VEP SYMBOL SYMBOL_SOURCE HGNC_ID BIOTYPE CANONICAL CCDS ENSP SWISSPROT \
      TREMBL UNIPARC RefSeq SIFT PolyPhen EXON INTRON DOMAINS AF AFR_AF AMR_AF ASN_AF EAS_AF EUR_AF SAS_AF AA_AF \
      EA_AF CLIN_SIG SOMATIC PUBMED MOTIF_NAME MOTIF_POS HIGH_INF_POS MOTIF_SCORE_CHANGE IMPACT PICK \
      VARIANT_CLASS TSL HGVS_OFFSET PHENO MINIMISED GENE_PHENO FILTER flanking_bps vcf_id vcf_qual \
      gnomADe_AF gnomADe_AFR_AF gnomADe_AMR_AF gnomADe_ASJ_AF gnomADe_EAS_AF gnomADe_FIN_AF gnomADe_NFE_AF \
      gnomADe_OTH_AF gnomADe_SAS_AF vcf_pos variant_caller
      """
    return first.split(separator: " ").map(String.init)
  }()

  /// Changes that rules read, as they turn up in one row in a few hundred.
  private static let drivers: [(gene: String, short: String, effect: String)] = [
    ("TP53", "p.R175H", "Missense_Mutation"), ("KRAS", "p.G12C", "Missense_Mutation"),
    ("BRAF", "p.V600E", "Missense_Mutation"),
    ("PIK3CA", "p.H1047R", "Missense_Mutation"), ("EGFR", "p.L858R", "Missense_Mutation"),
    ("IDH1", "p.R132H", "Missense_Mutation"),
    ("PTEN", "p.R130*", "Nonsense_Mutation"), ("RB1", "p.R455*", "Nonsense_Mutation"),
    ("ATRX", "p.R1426*", "Nonsense_Mutation"),
    ("KIT", "p.V559D", "Missense_Mutation"), ("NRAS", "p.Q61R", "Missense_Mutation"),
    ("AKT1", "p.E17K", "Missense_Mutation"),
    ("BRCA2", "p.S1982Rfs*22", "Frame_Shift_Del"), ("NF1", "p.R1534*", "Nonsense_Mutation"),
  ]
  private static let passengers = [
    "TTN", "MUC16", "OBSCN", "SYNE1", "RYR2", "CSMD3", "LRP1B", "PCLO", "DNAH5", "FAT3", "ZFHX4", "USH2A", "XIRP2",
    "FLG", "HMCN1",
    "DST", "PKHD1L1", "ABCA13", "COL11A1", "LAMA2", "NEB", "AHNAK2", "MYH8", "ADGRV1", "PAPPA2", "RELN", "DMD", "SPTA1",
    "TENM4",
    "CUBN", "KIAA1109", "SLC4A10", "OR2T33", "ZNF536", "PCDHA9", "GRIN2A", "CACNA1E", "ANK2", "MYO18B", "UNC13C",
    "THSD7B", "NALCN",
  ]
  private static let classes: [(name: String, consequence: String, impact: String)] = [
    ("Missense_Mutation", "missense_variant", "MODERATE"), ("Missense_Mutation", "missense_variant", "MODERATE"),
    ("Missense_Mutation", "missense_variant", "MODERATE"), ("Silent", "synonymous_variant", "LOW"),
    ("Intron", "intron_variant", "MODIFIER"),
    ("3'UTR", "3_prime_UTR_variant", "MODIFIER"), ("Nonsense_Mutation", "stop_gained", "HIGH"),
    ("Splice_Region", "splice_region_variant,intron_variant", "LOW"),
    ("5'Flank", "upstream_gene_variant", "MODIFIER"), ("RNA", "non_coding_transcript_exon_variant", "MODIFIER"),
  ]
  private static let residues = Array("ARNDCQEGHILKMFPSTWYV").map(String.init)
  private static let bases = ["A", "C", "G", "T"]
  private static let names = [
    "A": "Ala", "R": "Arg", "N": "Asn", "D": "Asp", "C": "Cys", "Q": "Gln", "E": "Glu", "G": "Gly", "H": "His",
    "I": "Ile", "L": "Leu",
    "K": "Lys", "M": "Met", "F": "Phe", "P": "Pro", "S": "Ser", "T": "Thr", "W": "Trp", "Y": "Tyr", "V": "Val",
  ]

  /// One row with its line end.
  mutating func row(sample: String) -> String {
    let isDriver = random.below(150) == 0
    let driver = random.pick(Self.drivers)
    let kind = random.pick(Self.classes)
    let gene = isDriver ? driver.gene : random.pick(Self.passengers)
    let className = isDriver ? driver.effect : kind.name
    let codon = 1 + random.below(3000)
    let from = random.pick(Self.residues)
    let to = random.pick(Self.residues)
    let reference = random.pick(Self.bases)
    let alternative = random.pick(Self.bases)
    let short: String
    switch className {
    case "Missense_Mutation": short = isDriver ? driver.short : "p.\(from)\(codon)\(to)"
    case "Nonsense_Mutation": short = isDriver ? driver.short : "p.\(from)\(codon)*"
    case "Silent": short = "p.\(from)\(codon)="
    default: short = isDriver ? driver.short : ""
    }
    let transcript = "ENST00000\(300_000 + random.below(99_999))"
    let depth = 40 + random.below(400)
    let alt = 4 + random.below(depth / 2)
    let position = 1_000_000 + random.below(200_000_000)
    let long = short.isEmpty ? "" : "p.\(Self.names[from] ?? from)\(codon)\(Self.names[to] ?? to)"
    let effects = (0..<(2 + random.below(5))).map { _ in
      "\(gene),\(kind.consequence),\(long),ENST00000\(300_000 + random.below(99_999)),NM_\(100_000 + random.below(99_999)).3,\(kind.impact),YES,,,,-1"
    }.joined(separator: ";")
    let flank = (0..<21).map { _ in random.pick(Self.bases) }.joined()
    var cells = [String](repeating: "", count: Self.header.count)
    func set(_ name: String, _ value: String) { if let at = Self.places[name] { cells[at] = value } }
    set("Hugo_Symbol", gene)
    // Unknown, as many files leave it; a number of another gene would contradict the symbol.
    set("Entrez_Gene_Id", "0")
    set("Center", "example.org")
    set("NCBI_Build", "GRCh38")
    set("Chromosome", "chr\(1 + random.below(22))")
    set("Start_Position", String(position))
    set("End_Position", String(position))
    set("Strand", "+")
    set("Variant_Classification", className)
    set("Variant_Type", "SNP")
    set("Reference_Allele", reference)
    set("Tumor_Seq_Allele1", reference)
    set("Tumor_Seq_Allele2", alternative)
    set("dbSNP_RS", random.below(3) == 0 ? "rs\(100_000 + random.below(900_000_000))" : "novel")
    set("Tumor_Sample_Barcode", sample)
    set("Matched_Norm_Sample_Barcode", sample + "-N")
    set("Match_Norm_Seq_Allele1", reference)
    set("Match_Norm_Seq_Allele2", reference)
    set("Mutation_Status", "Somatic")
    set("Tumor_Sample_UUID", hex(32))
    set("Matched_Norm_Sample_UUID", hex(32))
    set("HGVSc", "c.\(codon * 3 - 1)\(reference)>\(alternative)")
    set("HGVSp", long)
    set("HGVSp_Short", short)
    set("Transcript_ID", transcript)
    set("Exon_Number", "\(1 + random.below(30))/\(31 + random.below(60))")
    set("t_depth", String(depth))
    set("t_ref_count", String(depth - alt))
    set("t_alt_count", String(alt))
    set("n_depth", String(30 + random.below(200)))
    set("n_ref_count", "88")
    set("n_alt_count", "0")
    set("all_effects", effects)
    set("Allele", alternative)
    set("Feature", transcript)
    set("Feature_type", "Transcript")
    set("Consequence", kind.consequence)
    set("cDNA_position", "\(codon * 3 + 120)/\(codon * 3 + 4000)")
    set("CDS_position", "\(codon * 3)/\(codon * 3 + 3300)")
    set("Protein_position", "\(codon)/\(codon + 1100)")
    set("Amino_acids", "\(from)/\(to)")
    set("Codons", "g\(reference)a/g\(alternative)a")
    set("Existing_variation", "COSV\(50_000_000 + random.below(9_999_999))")
    set("ALLELE_NUM", "1")
    set("STRAND_VEP", "-1")
    set("SYMBOL", gene)
    set("BIOTYPE", "protein_coding")
    set("CANONICAL", "YES")
    set("CCDS", "CCDS\(10_000 + random.below(60_000)).2")
    set("ENSP", "ENSP00000\(300_000 + random.below(99_999))")
    set("SWISSPROT", "Q\(hex(5).uppercased())")
    set("UNIPARC", "UPI0000\(hex(6).uppercased())")
    set("RefSeq", "NM_\(100_000 + random.below(99_999)).4")
    set("SIFT", "deleterious(0.0\(random.below(9)))")
    set("PolyPhen", "probably_damaging(0.9\(random.below(99)))")
    set("EXON", "\(1 + random.below(30))/60")
    set(
      "DOMAINS",
      "Gene3D:2.60.40.\(random.below(999));Pfam:PF0\(1000 + random.below(8999));PROSITE_profiles:PS\(50_000 + random.below(900))"
    )
    set("IMPACT", kind.impact)
    set("PICK", "1")
    set("VARIANT_CLASS", "SNV")
    set("TSL", "1")
    set("GENE_PHENO", "1")
    set("FILTER", random.below(40) == 0 ? "common_variant" : "PASS")
    set("flanking_bps", String(flank.prefix(3)))
    set("vcf_id", ".")
    set("vcf_qual", ".")
    set("vcf_pos", String(position))
    set("variant_caller", "mutect2")
    set("Sequencer", "Illumina NovaSeq 6000")
    set("BAM_File", "\(sample).\(hex(8)).markdup.bam")
    return cells.joined(separator: "\t") + "\n"
  }

  private static let places = Dictionary(
    header.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })

  private mutating func hex(_ count: Int) -> String {
    (0..<count).map { _ in String(random.below(16), radix: 16) }.joined()
  }
}
