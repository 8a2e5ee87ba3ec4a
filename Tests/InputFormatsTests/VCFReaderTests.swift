// SPDX-License-Identifier: Apache-2.0
import Alterations
internal import DelimitedText
import TestSupport
import Testing
@testable import InputFormats

/// A VCF with one header and the records of a test.
private func vcf(
  _ records: String..., fields: String = VCFText.vep, samples: [String] = [], lines: [String] = []
) throws -> FileContent {
  var header = lines + [fields]
  let names = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO"]
  header.append((names + (samples.isEmpty ? [] : ["FORMAT"] + samples)).joined(separator: "\t"))
  let rows = records.map { record in record.split(separator: " ").joined(separator: "\t") }
  return try readInput((["##fileformat=VCFv4.2"] + header + rows).joined(separator: "\n") + "\n")
}

private enum VCFText {
  static let vep = #"""
    ##INFO=<ID=CSQ,Number=.,Type=String,Description="Consequence annotations from Ensembl VEP. Format: Allele|Consequence|SYMBOL|BIOTYPE|HGVSc|HGVSp|PICK|MANE_SELECT|CANONICAL|gnomADe_AF">
    """#
  static let snpEff = #"""
    ##INFO=<ID=ANN,Number=.,Type=String,Description="Functional annotations: 'Allele | Annotation | Annotation_Impact | Gene_Name | Gene_ID | Feature_Type | Feature_ID | Transcript_BioType | Rank | HGVS.c | HGVS.p' ">
    """#
  static let braf = "CSQ=T|missense_variant|BRAF|protein_coding|ENST1.3:c.1799T>A|ENSP1.2:p.Val600Glu|1|||"
}

struct VCFReaderTests {
  // MARK: Annotation

  @Test(arguments: [
    // Of two that change the protein MANE wins over the pick; a pick wins over what is flagged no way.
    (
      "CSQ=T|stop_gained|A|protein_coding|c.1A>T|p.K1*||NM_1|YES|,T|missense_variant|B|protein_coding|c.2A>T|p.K2M|1|||",
      "A||p.K1*|c.1A>T|stop_gained"
    ),
    // MANE wins over canonical, canonical over severity, coding over severity.
    (
      "CSQ=T|stop_gained|A|protein_coding|c.1A>T|p.K1*|||YES|,T|missense_variant|A|protein_coding|c.2A>T|p.K2M||NM_1||",
      "A||p.K2M|c.2A>T|missense_variant"
    ),
    (
      "CSQ=T|stop_gained|A|nonsense_mediated_decay|c.1A>T|p.K1*||||,T|missense_variant|A|protein_coding|c.2A>T|p.K2M||||",
      "A||p.K2M|c.2A>T|missense_variant"
    ),
    // What lies inside one gene wins over MANE of a neighbor.
    (
      "CSQ=T|downstream_gene_variant|NEAR|protein_coding||||NM_1|YES|,T|missense_variant|A|protein_coding|c.2A>T|p.K2M||||",
      "A||p.K2M|c.2A>T|missense_variant"
    ),
    // The most severe of joined terms.
    (
      "CSQ=T|splice_region_variant&missense_variant|A|protein_coding|c.2A>T|p.K2M||||",
      "A||p.K2M|c.2A>T|missense_variant"
    ),
    ("CSQ=T|synonymous_variant|A|protein_coding|c.2A>T|ENSP1:p.Leu10%3D||||", "A||p.Leu10=|c.2A>T|synonymous_variant"),
    // Beside an exon, not merely in an intron.
    ("CSQ=T|intron_variant|MET|protein_coding|ENST1:c.3028+1G>T|||||", "MET|||c.3028+1G>T|intron_variant"),
    // The normalizer knows that a start which stays a start is no lost one.
    ("CSQ=T|start_retained_variant|A|protein_coding|c.1A>T|p.Met1?||||", "A||p.Met1?|c.1A>T|start_retained_variant"),
  ])
  func `one of several transcripts speaks for a variant`(info: String, statement: String) throws {
    #expect(try vcf("1 10 . A T . PASS \(info)").statements == [": " + statement])
  }

  @Test(arguments: [
    "CSQ=T|intron_variant|A|protein_coding|c.100-30A>T|||||", "CSQ=T|upstream_gene_variant|A|protein_coding||||||",
    "CSQ=T|intergenic_variant||||||||", "CSQ=T|3_prime_UTR_variant|A|protein_coding|c.*5A>T|||||",
    "CSQ=T|splice_polypyrimidine_tract_variant&intron_variant|A|protein_coding|c.100-12A>T|||||",
  ])
  func `a variant outside of coding sequence is filtered as in a MAF`(info: String) throws {
    let content = try vcf("1 10 . A T . PASS \(info)")
    #expect(content.filteredReasons == ["non-coding class": 1])
    #expect(content.counts.read == 1)
  }

  @Test func `the TERT promoter is kept with its position, even behind a picked neighbor`() throws {
    let content = try vcf(
      "5 1295228 . G A . PASS CSQ=A|intron_variant&non_coding_transcript_variant|LINC1|lncRNA|||1||YES|,"
        + "A|upstream_gene_variant|TERT|protein_coding||||NM_198253.3|YES|")
    #expect(content.statements == [": TERT||||upstream_gene_variant"])
    #expect(content.records.first?.mutation?.position == 1_295_228)
  }

  @Test func `the order of the fields and the name of the tag come from the header`() throws {
    let content = try vcf(
      "7 10 . A T . PASS AC=1;MYTAG=1|p.V600E|BRAF|missense_variant|T",
      fields:
        #"##INFO=<ID=MYTAG,Number=.,Type=String,Description="VEP. Format: PICK|HGVSp|SYMBOL|Consequence|Allele">"#)
    #expect(content.statements == [": BRAF||p.V600E||missense_variant"])
  }

  @Test(arguments: [
    ("600", "V/E", "missense_variant", "p.V600E"), ("746-750", "ELREA/-", "inframe_deletion", "p.E746_A750del"),
    ("23", "E/X", "frameshift_variant", "p.E23fs"), ("558-560", "KVV/N", "inframe_deletion", "p.K558_V560delinsN"),
    ("600/766", "V/E", "missense_variant", "p.V600E"),
  ])
  func `without HGVS the change is made of residues and their place`(
    place: String, residues: String, term: String, change: String
  ) throws {
    let content = try vcf(
      "7 10 . A T . . CSQ=T|\(term)|BRAF|\(place)|\(residues)",
      fields:
        #"##INFO=<ID=CSQ,Description="Format: Allele|Consequence|SYMBOL|Protein_position|Amino_acids">"#)
    #expect(content.statements == [": BRAF||\(change)||\(term)"])
  }

  @Test func `SnpEff's domains, contacts and comparisons with the germline do not speak for a variant`() throws {
    let content = try vcf(
      "1 10 . A C,G . PASS ANN=G|structural_interaction_variant|HIGH|OTHER|E|interaction|x|protein_coding|||,"
        + "G-C|start_lost|HIGH|OR4F5|E|transcript|T|protein_coding|1/1|c.1A>G|p.Leu1?,"
        + "G|missense_variant|MODERATE|OR4F5|E|transcript|T|protein_coding|1/1|c.4A>G|p.Lys2Glu,"
        + "C|missense_variant|MODERATE|OR4F5|E|transcript|T|protein_coding|1/1|c.4A>C|p.Lys2Gln GT 0/1 2/0",
      fields: VCFText.snpEff, samples: ["P1_Germline", "P1_Somatic"])
    #expect(content.statements == ["P1_Somatic: OR4F5||p.Lys2Glu|c.4A>G|missense_variant"])
  }

  @Test func `the comparison of one tumor allele with the germline is not the change of the reference`() throws {
    let content = try vcf(
      "1 10 . A G . PASS ANN=G-C|start_lost|HIGH|A|E|transcript|T|protein_coding|1/1|c.1A>G|p.Leu1?,"
        + "G|missense_variant|MODERATE|A|E|transcript|T|protein_coding|1/1|c.4A>G|p.Lys2Glu",
      fields: VCFText.snpEff)
    #expect(content.statements == [": A||p.Lys2Glu|c.4A>G|missense_variant"])
  }

  @Test(arguments: [
    // Named by number.
    ("A", "C,T", "2|C|missense_variant|WRONG|p.K1Q,1|C|missense_variant|RIGHT|p.K1Q", ["RIGHT", "WRONG"]),
    // VEP drops the first base where lengths differ and all begin alike.
    ("CA", "C,CAT", "|-|frameshift_variant|DEL|p.K1fs,|AT|frameshift_variant|INS|p.K2fs", ["DEL", "INS"]),
    // Where they do not begin alike nothing is dropped.
    ("A", "T,AT", "|AT|frameshift_variant|INS|p.K2fs,|T|missense_variant|SNV|p.K1M", ["SNV", "INS"]),
    // The mark of a spanning deletion is no allele.
    ("CA", "C,*", "|-|frameshift_variant|DEL|p.K1fs", ["DEL"]),
  ])
  func `each allele of a record gets its own annotation`(
    reference: String, alleles: String, info: String, genes: [String]
  ) throws {
    let content = try vcf(
      "1 10 . \(reference) \(alleles) . PASS CSQ=\(info)",
      fields: #"##INFO=<ID=CSQ,Description="Format: ALLELE_NUM|Allele|Consequence|SYMBOL|HGVSp">"#)
    let batch = try #require(content.batches.first)
    #expect(batch.records.compactMap(\.mutation).map { batch.string($0.gene) } == genes)
    #expect(content.counts.read == genes.count)
  }

  @Test func `the highest of the frequencies in the population is taken`() throws {
    let content = try vcf(
      "1 10 . A T . PASS CSQ=T|missense_variant|A|protein_coding|c.1A>T|p.K1M||||0.01&0.2")
    #expect(abs((content.records.first?.mutation?.populationFrequency ?? -1) - 0.2) < 1e-6)
  }

  // MARK: Samples and genotypes

  @Test(arguments: [
    (["A_NORMAL_DNA", "A_TUMOR_DNA"], [], "A_TUMOR_DNA"), (["TUMOR", "NORMAL"], [], ""),
    (["P1-N", "P1-T"], [], "P1-T"),
    (["X", "Y"], ["##normal_sample=Y"], "X"), (["X", "Y"], ["##tumor_sample=Y"], "Y"), (["ONE"], [], "ONE"),
    (["X", "BLOOD"], [], "X"), (["TCGA-02-0001-10A-01D", "TCGA-02-0001-01A-01D"], [], "TCGA-02-0001-01A-01D"),
    // The header's word goes before a name.
    (["TUMOR_A", "B"], ["##tumor_sample=B", "##normal_sample=TUMOR_A"], "B"),
    ([], [], ""),
  ])
  func `the tumor's column is told by the header, by its name, or by not being the normal`(
    samples: [String], lines: [String], id: String
  ) throws {
    let tail = samples.isEmpty ? "" : " GT" + samples.map { _ in " 0/1" }.joined()
    let content = try vcf("7 10 . A T . PASS \(VCFText.braf)\(tail)", samples: samples, lines: lines)
    #expect(content.refusal.isEmpty)
    #expect(content.batches.map(\.sampleID) == [id])
    #expect(content.counts.read == 1)
  }

  @Test(arguments: [["A", "B", "C"], ["A", "B"], ["TUMOR_1", "TUMOR_2", "NORMAL"]])
  func `a file that does not say which column is the tumor is refused with advice`(samples: [String]) throws {
    let content = try vcf("7 10 . A T . PASS \(VCFText.braf) GT 0/1 0/1 0/1", samples: samples)
    #expect(content.refusal.contains("bcftools view -s"))
    #expect(content.batches.isEmpty)
  }

  @Test(
    arguments: [
      ("GT:AD:DP", "0/1:80,20:100", 20, 100, 0.2), ("GT:AD:DP", "0/1:.,21:54", 21, 54, 1),
      ("GT:RD:AD:DP:FREQ", "0/1:56:35:91:38.46%", 35, 91, 35.0 / 91), ("GT:DP:AO:RO", "0/1:50:10:40", 10, 50, 0.2),
      ("DP:AU:CU:GU:TU", "57:30,31:0,0:1,1:10,12", 10, 41, 10.0 / 41), ("DP:TAR:TIR", "50:30,31:10,11", 10, 40, 0.25),
      ("GT:FA:DP", "0/1:0.146:206", 30, 206, 0.146), ("GT:DP:DV", "0/1:40:10", 10, 40, 0.25),
      ("GT:AF", "0/1:0.37", -1, -1, 0.37), ("GT:DR:DV:RR:RV", "0/1:6:2:3:1", 3, 12, 0.25),
      ("GT:FREQ", "0/1:12.5%", -1, -1, 0.125), ("GT", "0/1", -1, -1, -1),
      ("GT:DPT:ADT", "0/1:144:112,32", 32, 144, 32.0 / 144),
    ] as [(String, String, Int32, Int32, Double)])
  func `the reads of every caller are understood`(
    format: String, column: String, alt: Int32, depth: Int32, fraction: Double
  ) throws {
    let content = try vcf("7 10 . A T . PASS \(VCFText.braf) \(format) \(column)", samples: ["S1"])
    let record = try #require(content.batches.first?.records.first?.mutation)
    #expect(record.altCount == alt)
    #expect(record.depth == depth)
    #expect(abs(Double(record.alleleFraction) - fraction) < 1e-3)
  }

  @Test func `the reads of the second allele are those of the second allele`() throws {
    let content = try vcf(
      "7 10 . A G,T . PASS \(VCFText.braf) GT:AD 0/2:50,0,25", samples: ["S1"])
    #expect(content.records.compactMap(\.mutation).map(\.altCount) == [25])
  }

  @Test(arguments: ["./.:50,0", "0/0:50,0", "0:.", "./."])
  func `a variant that the tumor does not have is filtered`(column: String) throws {
    let content = try vcf("7 10 . A T . PASS \(VCFText.braf) GT:AD \(column) 0/1:20,20", samples: ["TUMOR", "NORMAL"])
    #expect(content.filteredReasons == ["not in the tumor": 1])
  }

  @Test func `a genotype without a call but with reads is a finding`() throws {
    let content = try vcf("7 10 . A T . PASS \(VCFText.braf) GT:AD ./.:50,9", samples: ["S1"])
    #expect(content.records.count == 1)
  }

  @Test(arguments: [
    ("SOMATIC;", "0/0:9,0", "somatic"), ("SS=1;", "0/0:9,0", "germline"), ("SS=2;", "0/0:9,0", "somatic"),
    ("", "0/1:9,9", "germline"), ("", "0/0:9,0", ""), ("SOMATIC;", "0/1:9,9", "somatic"),
  ])
  func `germline and somatic are told by the caller or by the normal`(
    info: String, normal: String, status: String
  ) throws {
    let content = try vcf(
      "7 10 . A T . PASS \(info)\(VCFText.braf) GT:AD 0/1:9,9 \(normal)", samples: ["TUMOR", "NORMAL"])
    let batch = try #require(content.batches.first)
    #expect(batch.records.map { $0.status(in: batch) } == [status])
  }

  @Test(arguments: ["PASS", "."])
  func `what passed or was not filtered is kept`(filter: String) throws {
    #expect(try vcf("7 10 . A T . \(filter) \(VCFText.braf)").records.count == 1)
  }

  @Test(arguments: ["LowQual", "MAPQ0;SOMATIC_LLR", "REJECT"])
  func `what did not pass is filtered`(filter: String) throws {
    let content = try vcf("7 10 . A T . \(filter) \(VCFText.braf)")
    #expect(content.filteredReasons == ["FILTER not PASS": 1])
    #expect(content.counts.read == 1)
  }

  // MARK: Damaged and strange files

  @Test func `a record of eight columns under a header with samples is read without genotype`() throws {
    let content = try vcf("7 10 . A T . PASS \(VCFText.braf)", samples: ["S1"])
    #expect(content.statements == ["S1: BRAF||p.Val600Glu|c.1799T>A|missense_variant"])
  }

  @Test func `a record that is cut short is rejected with its line`() throws {
    let content = try vcf("7 10 . A T", "7 x . A T . PASS \(VCFText.braf)", "7 10 . A T . PASS \(VCFText.braf)")
    #expect(content.rejected.map(\.line) == [4, 5])
    #expect(content.rejected.map(\.column) == ["", "POS"])
    #expect(content.counts.read == 3)
    #expect(content.counts.rejected == 2)
  }

  @Test func `a record without annotation in an annotated file is counted`() throws {
    #expect(try vcf("7 10 . A T . PASS DP=5").filteredReasons == ["without annotation": 1])
    #expect(try vcf("7 10 . A . . PASS \(VCFText.braf)").filteredReasons == ["no other allele than the reference": 1])
  }

  @Test func `a log line before the header and no fileformat line do not matter`() throws {
    let content = try readInput(
      "00:00:39\tReading samples\n\(VCFText.vep)\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\r\n"
        + "7\t10\t.\tA\tT\t.\tPASS\t\(VCFText.braf)\r\n")
    #expect(content.format == "VCF (VEP)")
    #expect(content.statements.count == 1)
  }

  @Test func `a header of thousands of lines is read`() throws {
    let contigs = (0..<4000).map { "##contig=<ID=c\($0),length=1>" }
    #expect(try vcf("7 10 . A T . PASS \(VCFText.braf)", lines: contigs).statements.count == 1)
  }

  @Test func `a file without variants is a sample without findings`() throws {
    let content = try vcf(samples: ["S1"])
    #expect(content.batches.map(\.sampleID) == ["S1"])
    #expect(content.assays == [.mutations])
  }

  @Test(arguments: [
    ("##INFO=<ID=EFF,Number=.,Description=\"Format: 'Effect ( Impact | Class )'\">", "without -classic"),
    ("##INFO=<ID=FUNCOTATION,Number=A,Description=\"fields are: Gencode_27_hugoSymbol|x\">", "give its MAF"),
    ("##INFO=<ID=BCSQ,Number=.,Type=String,Description=\"Local consequences\">", "annotate with VEP or SnpEff"),
    ("##INFO=<ID=AAChange.refGene,Number=.,Description=\"x\">", "multianno.txt"),
    ("##INFO=<ID=CSQ,Description=\"Format: Allele|Consequence|Gene|HGVSp\">", "--symbol"),
  ])
  func `a file whose annotation is not read is read by position`(line: String, advice: String) throws {
    let content = try vcf("7 140753336 . A T . PASS DP=3", fields: line)
    #expect(content.refusal.isEmpty)
    #expect(content.remarks.contains { $0.contains(advice) && $0.contains("only known positions") })
    #expect(content.statements.count == 1)
  }

  /// The other end and the sides that are joined, in the notation of brackets, of Delly and of Lumpy.
  @Test(arguments: [
    ("2 42522656 a N N]2:29446394] . PASS SVTYPE=BND", "2:42522656", "2:29446394", JoinedSides.threeToThree),
    ("2 42522656 a N N[2:29446394[ . PASS SVTYPE=BND", "2:42522656", "2:29446394", .threeToFive),
    ("10 43114500 a N ]10:59906122]N . PASS SVTYPE=BND", "10:43114500", "10:59906122", .fiveToThree),
    ("10 43114500 a N [10:59906122[NAC . PASS SVTYPE=BND", "10:43114500", "10:59906122", .fiveToFive),
    ("15 100 a N <TRA> . PASS SVTYPE=TRA;CHR2=12;END=900;CT=5to3", "15:100", "12:900", .fiveToThree),
    ("15 100 a N <BND> . PASS SVTYPE=BND;CHR2=12;POS2=900;END=101;CT=3to5", "15:100", "12:900", .threeToFive),
    ("4 100 a N <DEL> . PASS SVTYPE=DEL;END=900", "4:100", "4:900", .threeToFive),
    ("4 100 a N <DUP:TANDEM> . PASS SVTYPE=DUP;SVLEN=800", "4:100", "4:900", .fiveToThree),
    ("4 100 a N <INV> . PASS SVTYPE=INV;END=900;INV5", "4:100", "4:900", .fiveToFive),
    ("4 100 a N <INV> . PASS SVTYPE=INV;END=900", "4:100", "4:900", .inversion),
    ("4 100 a N <INV> . PASS SVTYPE=INV;END=900;STRANDS=++:9", "4:100", "4:900", .threeToThree),
  ])
  func `a rearrangement without genes is kept by its positions and the sides that are joined`(
    record: String, first: String, second: String, sides: JoinedSides
  ) throws {
    let line = "##INFO=<ID=SVTYPE,Number=1,Type=String,Description=\"Type\">"
    let content = try vcf(record, fields: line)
    #expect(content.refusal.isEmpty)
    let batch = try #require(content.batches.first)
    let fusion = try #require(batch.records.first?.fusion)
    #expect(fusion.joined == sides)
    #expect(batch.string(fusion.firstBreakpoint) == first)
    #expect(batch.string(fusion.secondBreakpoint) == second)
  }

  @Test func `the second record of a junction is read once, a single end not at all`() throws {
    let line = "##INFO=<ID=SVTYPE,Number=1,Type=String,Description=\"Type\">"
    let content = try vcf(
      "2 10 b1 A A[2:29[ . PASS SVTYPE=BND;MATEID=b2", "2 29 b2 A ]2:10]A . PASS SVTYPE=BND;MATEID=b1",
      "3 10 b3 A A. . PASS SVTYPE=BND", fields: line)
    #expect(content.records.count == 1)
    #expect(content.counts.read == 3)
    #expect(content.counts.filtered == 2)
  }

  // MARK: Rearrangements

  @Test func `SnpEff's gene fusion is a fusion and never a mutation`() throws {
    let content = try vcf(
      "2 42522656 b1 N N[2:29447873[ . PASS SVTYPE=BND;ANN=N[2:29447873[|gene_fusion|HIGH|EML4&ALK|E|gene_variant|E||||,"
        + "N[2:29447873[|intron_variant|MODIFIER|EML4|E|transcript|T|protein_coding|6/22|c.667+1G>A|",
      fields: VCFText.snpEff)
    #expect(content.statements == [": EML4|ALK|||"])
    #expect(content.records.map(\.kind) == [.fusion])
  }

  @Test(arguments: [("", "frameshift"), ("IMPRECISE;", "")])
  func `a fusion out of frame is said so only where the breakpoint is exact`(info: String, frame: String) throws {
    let content = try vcf(
      "2 10 . N N[2:29[ . PASS \(info)ANN=N[2:29[|frameshift_variant&gene_fusion|HIGH|EML4&ALK|E|gene_variant|E||||",
      fields: VCFText.snpEff)
    #expect(content.statements == [": EML4|ALK|||\(frame)"])
  }

  @Test func `the two ends of a rearrangement are joined by their mates`() throws {
    let content = try vcf(
      "2 10 b1 A A[2:29[ . PASS MATEID=b2;CSQ=[2:29[|intron_variant|EML4|protein_coding|||1|||",
      "2 20 . A T . PASS CSQ=T|missense_variant|KRAS|protein_coding|c.35G>A|p.Gly12Asp|1|||",
      "2 29 b2 A ]2:10]A . PASS MATEID=b1;CSQ=]2:10]|intron_variant|ALK|protein_coding|||1|||")
    #expect(
      content.statements == [
        ": KRAS||p.Gly12Asp|c.35G>A|missense_variant", ": EML4|ALK|||", ": ALK|EML4|||",
      ])
    #expect(content.counts.read == 3)
  }

  @Test func `two genes at one VEP breakend are a fusion, a break between genes is none`() throws {
    let content = try vcf(
      "2 10 . A A[2:29[ . PASS CSQ=[2:29[|feature_truncation|EML4|protein_coding||||||,"
        + "[2:29[|feature_truncation|ALK|protein_coding||||||",
      "3 10 . A A[3:29[ . PASS CSQ=[3:29[|intergenic_variant||||||||")
    #expect(content.statements == [": EML4|ALK|||"])
    #expect(content.filteredReasons == ["non-coding class": 1])
  }

  @Test func `a deletion of exons by a symbol is a change of its gene, in the term that the normalizer knows`() throws {
    let content = try vcf(
      "10 10 . N <DEL> . PASS SVTYPE=DEL;ANN=<DEL>|exon_loss_variant&splice_donor_variant|HIGH|PTEN|E|transcript|T|Coding||c.80-9_164+5del|",
      fields: VCFText.snpEff)
    #expect(content.statements == [": PTEN|||c.80-9_164+5del|splice_donor_variant"])
  }

  @Test func `a deletion over several genes is a row of each gene that it harms`() throws {
    let content = try vcf(
      "9 10 . N <DEL> . PASS SVTYPE=DEL;CSQ=deletion|transcript_ablation|MTAP|protein_coding||||||,"
        + "deletion|intron_variant|CDKN2A|protein_coding||||||,"
        + "deletion|transcript_ablation|CDKN2A|protein_coding|||1|||,deletion|intron_variant|DMRTA1|protein_coding||||||"
    )
    #expect(content.statements == [": MTAP||||transcript_ablation", ": CDKN2A||||transcript_ablation"])
    #expect(content.counts.read == 2)
  }

  @Test(arguments: [("P1_NORMAL", "germline"), ("PT-5-N", ""), ("BLOOD_7", "")])
  func `what a file of the normal alone holds is germline`(sample: String, status: String) throws {
    let content = try vcf("7 10 . A T . PASS \(VCFText.braf) GT 0/1", samples: [sample])
    let batch = try #require(content.batches.first)
    #expect(batch.records.map { $0.status(in: batch) } == [status])
  }
}
