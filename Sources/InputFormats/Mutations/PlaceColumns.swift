// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// The columns of a table that say where a change lies, under the names that labs and portals give them.
struct PlaceColumns: Sendable {
  private let transcript, chromosome, position, reference, alternate, genomic, numbers: Int?
  /// The column of the build of the genome.
  let build: Int?

  init(_ header: InputHeader) {
    transcript = header.column("transcript_id", "transcript", "feature", "refseq", "refseq_id", "transcriptid")
    chromosome = header.column("chromosome", "chr", "chrom", "#chrom")
    position = header.column("start_position", "position", "pos", "start", "chromosome_start", "startposition")
    reference = header.column(
      "reference_allele", "ref", "reference", "reference_genome_allele", "ref_allele", "referenceallele")
    alternate = header.column(
      "tumor_seq_allele2", "alt", "alternate", "mutated_to_allele", "variant_allele", "alt_allele", "variantallele")
    genomic = header.column("hgvsg", "genomic_change", "genome_change", "g_change", "genomicchange", "hgvs.g", "hgvs_g")
    numbers = header.column("dbsnp_rs", "dbsnp_id", "dbsnp", "rsid", "rs_id", "rs")
    build = header.column("ncbi_build", "genome_build", "build", "assembly", "assembly_version", "ncbibuild")
  }

  /// Whether a column holds genomic notation.
  var hasNotation: Bool { genomic != nil }

  /// Keeps the place of a row whose gene the tables know by its exons, or that names none.
  func keep(
    _ fields: RowFields, gene: Range<Int>, statesProtein: Bool, _ batch: inout RecordBatch, _ text: Span<UInt8>
  ) -> TextSlice {
    guard position != nil || genomic != nil || transcript != nil || numbers != nil,
      CodingGeneNames.keepPlace(of: text.extracting(gene), statesProtein: statesProtein)
    else {
      return TextSlice()
    }
    var place = PlaceText(
      transcript: text.extracting(fields.cell(transcript, text)),
      chromosome: text.extracting(fields.cell(chromosome, text)),
      position: text.extracting(fields.cell(position, text)),
      reference: text.extracting(fields.written(reference)), alternate: text.extracting(fields.written(alternate)),
      notation: text.extracting(fields.cell(genomic, text)),
      build: GenomeBuild(cell: text.extracting(fields.cell(build, text))))
    if numbers != nil, DoseGenes.contains(text.extracting(gene)) {
      place.identify(numbers: text.extracting(fields.cell(numbers, text)), genotype: text.extracting(0..<0))
    }
    return batch.keep(place)
  }
}
