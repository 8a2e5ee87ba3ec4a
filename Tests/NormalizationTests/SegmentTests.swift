// SPDX-License-Identifier: Apache-2.0
internal import InputFormats
import Alterations
import Normalization
import TestSupport
import Testing

/// Segments with copies become copies of genes where the build of the genome is known.
struct SegmentTests {
  private static let normalizer = SampleNormalizer(normalizer: Normalizer(table: Clinic.table))

  private func normalized(_ text: String, build: GenomeBuild? = nil) throws -> SampleNormalizer.Result {
    let content = try readInput(text)
    return Self.normalizer.normalize(content.batches.map { (0, $0) }, ploidy: 2, build: build)
  }

  /// Headers of tools with a segment around ERBB2 of GRCh37: twelve copies.
  static let tools = [
    "sample\tchr\tstartpos\tendpos\tnMajor\tnMinor\nS1\t17\t37000000\t39000000\t11\t1\n",
    "Chromosome\tStart\tEnd\tnMajor\tnMinor\n17\t37000000\t39000000\t11\t1\n",
    "chrom\tseg\tstart\tend\tcf.em\ttcn.em\tlcn.em\n17\t1\t37000000\t39000000\t0.9\t12\t1\n",
    "\"chromosome\"\t\"start.pos\"\t\"end.pos\"\t\"CNt\"\t\"A\"\t\"B\"\n\"17\"\t37000000\t39000000\t12\t11\t1\n",
    "chromosome\tstart\tend\tcopyNumber\tbafCount\tminorAlleleCopyNumber\n17\t37000000\t39000000\t12\t10\t1\n",
    "chr\tstartpos\tendpos\tnMaj1_A\tnMin1_A\tfrac1_A\tnMaj2_A\tnMin2_A\tfrac2_A\n17\t37000000\t39000000\t11\t1\t1\tNA\tNA\tNA\n",
    "GDC_Aliquot\tChromosome\tStart\tEnd\tCopy_Number\tMajor_Copy_Number\tMinor_Copy_Number\nS1\tchr17\t37000000\t39000000\t12\t11\t1\n",
  ]

  @Test(arguments: tools)
  func `a gene takes the copies of the segment that covers its middle`(text: String) throws {
    let result = try normalized(text, build: .grch37)
    let found = result.alterations.first { $0.gene == "ERBB2" }
    #expect(found?.description == "AMP")
    #expect(found?.copyNumber == 12)
    #expect(try normalized(text, build: .grch38).alterations.contains { $0.gene == "ERBB2" } == false)
  }

  @Test(arguments: tools)
  func `without a build no segment is read, and the build is asked for`(text: String) throws {
    let result = try normalized(text)
    #expect(result.alterations.isEmpty)
    #expect(result.countsByFile[0]?.rejected == 1)
    #expect(result.rejected.first?.problem.contains("--genome") == true)
  }

  @Test func `every row of a file of segments has one fate`() throws {
    let text = """
      chromosome\tstart\tend\tcopy_number
      17\t37000000\t39000000\t12
      17\t1\t1000\t2
      10\t89000000\t90000000\t0

      """
    let counts = try #require(try normalized(text, build: .grch37).countsByFile[0])
    let result = try normalized(text, build: .grch37)
    #expect(counts.read == result.rows.count + counts.filtered + counts.rejected)
    #expect(result.alterations.contains { $0.gene == "PTEN" && $0.description == "HOMDEL" })
  }

  @Test func `a caller without copies tells the direction alone`() throws {
    let text =
      "@HD\tVN:1.6\n@SQ\tSN:17\tLN:83257441\nCONTIG\tSTART\tEND\tNUM_POINTS_COPY_RATIO\tMEAN_LOG2_COPY_RATIO\tCALL\n"
      + "17\t37000000\t39000000\t100\t2.1\t+\n10\t89000000\t90000000\t5\t-1\t-\n"
    let result = try normalized(text, build: .grch37)
    #expect(result.alterations.first { $0.gene == "ERBB2" }?.description == "GAIN")
    #expect(result.alterations.first { $0.gene == "PTEN" }?.description == "LOSS_HET")
  }

  @Test(arguments: [
    ("AMP\t2", false), ("GAIN\t1", false), ("HOMDEL\t1", false), ("LOSS\t3", false), ("2\t2", false), ("AMP\t12", true),
    ("AMP\t5", true), ("HOMDEL\t0", true), ("LOSS\t1", true), ("amplified (2 copies)\t", false),
  ])
  func `a call and copies that contradict each other are not evaluated`(cells: String, isRead: Bool) throws {
    let result = try normalized("sample_id\tgene\tcall\tcopy_number\nS1\tERBB2\t\(cells)\n")
    #expect(result.alterations.count == 1)
    #expect(result.notEvaluated.isEmpty == isRead)
    #expect(result.alterations.first?.cautions.contains(.copiesDisagree) == !isRead)
  }

  @Test func `copies of one file are held against the call of another`() throws {
    let calls = try readInput("gene\tcall\nERBB2\tAMP\nCDKN2A\tHOMDEL\n").batches
    let copies = try readInput("gene\tcopy_number\nERBB2\t2\nCDKN2A\t0\n").batches
    let result = Self.normalizer.normalize([(0, calls[0]), (1, copies[0])], ploidy: 2)
    #expect(result.notEvaluated.keys.map { result.alterations[$0].gene } == ["ERBB2"])
    #expect(result.notEvaluated.values.first?.contains("AMP with 2 copies") == true)
  }

  @Test(arguments: [
    ("FULL_AMP", "AMP"), ("copy number gain", "GAIN"), ("biallelic loss", "HOMDEL"), ("CN=12", "AMP"),
    ("amplified (12 copies)", "AMP"), ("high-level amplification", "AMP"), ("homozygously deleted", "HOMDEL"),
    ("copy loss", "LOSS_HET"), ("LOH", "LOH"), ("cnLOH", "LOH"), ("1 copy", "LOSS_HET"), ("0 copies", "HOMDEL"),
    ("-2", "HOMDEL"), ("+2", "AMP"), ("single copy loss", "LOSS_HET"), ("loss of both alleles", "HOMDEL"),
    ("gain (4 copies)", "GAIN"), ("copy number 9", "AMP"), ("copy-neutral LOH", "LOH"),
  ])
  func `words for copies are read in files and in questions`(words: String, call: String) throws {
    #expect(try normalized("sample_id\tgene\tcall\nS1\tMYC\t\(words)\n").alterations.map(\.description) == [call])
    #expect(Vocabulary.understood("MYC \(words)") == ["MYC \(call)"])
  }

  @Test(arguments: [
    ("CDKN2A/B", ["CDKN2A", "CDKN2B"]), ("CDKN2A/CDKN2B", ["CDKN2A", "CDKN2B"]), ("CDK4/MDM2", ["CDK4", "MDM2"]),
  ])
  func `a cell with two genes speaks of both`(cell: String, genes: [String]) throws {
    #expect(try normalized("sample_id\tgene\tcall\nS1\t\(cell)\tAMP\n").alterations.map(\.gene) == genes)
    #expect(try normalized("Hugo_Symbol\tS1\tS2\n\(cell)\t2\t0\n").alterations.map(\.gene) == genes)
    #expect(Vocabulary.understood("\(cell) amplification") == genes.map { "\($0) AMP" })
  }
}
