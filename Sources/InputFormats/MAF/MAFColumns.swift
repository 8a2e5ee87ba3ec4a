// SPDX-License-Identifier: Apache-2.0
/// Where a MAF keeps what we need, by header name, letter case aside.
///
/// Dialects read: vcf2maf, GDC, cBioPortal, Oncotator/Broad and small hand-made tables with the same names.
struct MAFColumns: Sendable {
  /// What is looked for; the raw value is the place in the row's fields.
  enum Field: Int, CaseIterable {
    case gene, sample, classification, proteinChange, secondProteinChange, codingChange, filter, mutationStatus
    case altCount, refCount, depth, alleleFraction, populationFrequency, position, consequence
    case chromosome, reference, alternate, otherAlternate, build, transcript, allEffects, genomic, numbers
  }

  /// The column of each field, -1 where there is none.
  let positions: [Int]
  /// The header's own name of each field.
  let names: [String]
  /// Whether the allele fraction is in percent.
  let fractionIsPercent: Bool
  /// The tool whose habits the header shows.
  let dialect: String
  /// The number of columns of the header.
  let columnCount: Int
  /// Where VEP's residues and their place stand, for rows without a change of the protein.
  let residues: (letters: Int, place: Int)?

  private static let spellings: [Field: [String]] = [
    .gene: ["hugo_symbol", "hugo symbol"],
    .classification: ["variant_classification"],
    .proteinChange: [
      "hgvsp_short", "protein_change", "amino_acid_change", "aachange", "hgvsp", "amino_acids_change", "aa_change",
    ],
    .secondProteinChange: ["hgvsp"],
    .codingChange: ["hgvsc", "cdna_change", "codon_change"],
    .filter: ["filter"],
    .mutationStatus: [
      "mutation_status", "somatic_status", "variant_origin", "somatic_germline", "germline_somatic", "origin",
    ],
    .altCount: ["t_alt_count", "tumor_alt_count"],
    .refCount: ["t_ref_count", "tumor_ref_count"],
    .depth: ["t_depth", "tumor_depth"],
    .alleleFraction: ["t_vaf", "i_tumor_f", "tumor_f", "i_tumorvaf_wu", "vaf", "t_af", "tumor_vaf"],
    .populationFrequency: ["gnomad_af", "gnomadg_af", "gnomade_af", "exac_af", "af"],
    .position: ["start_position"],
    .consequence: ["consequence", "one_consequence"],
    .chromosome: ["chromosome"],
    .reference: ["reference_allele"],
    .alternate: ["tumor_seq_allele2"],
    .otherAlternate: ["tumor_seq_allele1"],
    .build: ["ncbi_build"],
    .transcript: ["transcript_id", "annotation_transcript", "feature"],
    .allEffects: ["all_effects"],
    .genomic: ["hgvsg", "genomic_change", "genome_change"],
    .numbers: ["dbsnp_rs", "dbsnp_id", "rsid"],
  ]

  /// Whether a header is a MAF's, also of one that lacks its gene column.
  static func recognizes(_ header: InputHeader) -> Bool {
    let names = Set(header.cells.map { $0.lowercased() })
    let markers = [
      "variant_classification", "tumor_seq_allele2", "hgvsp_short", "protein_change", "amino_acid_change", "hgvsp",
    ]
    let hits = markers.count { names.contains($0) }
    if names.contains("hugo_symbol") { return hits > 0 && !names.contains("site1_hugo_symbol") }
    return hits > 0 && names.contains("tumor_sample_barcode")
  }

  init(_ opened: InputHeader) {
    let header = opened.cells
    let lowered = header.map { $0.lowercased() }
    columnCount = header.count
    let (letters, place) = (lowered.firstIndex(of: "amino_acids"), lowered.firstIndex(of: "protein_position"))
    residues = letters.flatMap { letters in place.map { (letters, $0) } }
    // The first of several columns with one name is taken; files in the wild repeat IMPACT and Tumor_Seq_Allele2.
    var positions = Field.allCases.map { field in
      Self.spellings[field, default: []].lazy.compactMap { lowered.firstIndex(of: $0) }.first ?? -1
    }
    positions[Field.sample.rawValue] = opened.sampleColumn ?? -1
    if positions[Field.secondProteinChange.rawValue] == positions[Field.proteinChange.rawValue] {
      positions[Field.secondProteinChange.rawValue] = -1
    }
    self.positions = positions
    names = positions.map { $0 >= 0 ? header[$0] : "" }
    fractionIsPercent = lowered.contains("i_tumorvaf_wu") && !lowered.contains("t_vaf")
    dialect =
      if lowered.contains("one_consequence") {
        "GDC"
      } else if lowered.contains("all_effects") {
        "vcf2maf"
      } else if lowered.contains("annotation_transcript") || lowered.contains("protein_change") {
        "Oncotator"
      } else if lowered.contains("amino_acid_change") {
        "old cBioPortal"
      } else {
        "cBioPortal"
      }
  }

  /// The column of a field, -1 where there is none.
  func position(_ field: Field) -> Int { positions[field.rawValue] }

  /// The header's own name of a field.
  func name(_ field: Field) -> String { names[field.rawValue] }
}
