// SPDX-License-Identifier: Apache-2.0
import Alterations
import InputFormats
import Knowledge
import Normalization
import TestSupport
import Testing
@testable import Matching

/// A hotspot is the same hotspot on whatever transcript, by whatever annotator and in either build.
struct SameBiologyTests {
  /// Gene, change and transcript of the tables; the change on another transcript; chromosome, positions in GRCh37 and
  /// GRCh38; reference and alternate base.
  typealias Hotspot = (
    gene: String, change: String, own: String, other: String, otherTranscript: String, chromosome: String,
    grch37: Int, grch38: Int, reference: String, alternate: String
  )

  static let hotspots: [Hotspot] = [
    ("BRAF", "V600E", "ENST00000646891", "V640E", "ENST00000644969", "7", 140_453_136, 140_753_336, "A", "T"),
    ("EGFR", "L858R", "ENST00000275493", "L813R", "NM_001346897", "7", 55_259_515, 55_191_822, "T", "G"),
    ("EGFR", "T790M", "ENST00000275493", "T745M", "NM_001346897", "7", 55_249_071, 55_181_378, "C", "T"),
    ("ABL1", "T315I", "ENST00000318560", "T334I", "NM_007313", "9", 133_748_283, 130_872_896, "C", "T"),
    ("KIT", "V559D", "ENST00000288135", "V555D", "NM_001093772", "4", 55_593_610, 54_727_444, "T", "A"),
    ("KIT", "D816V", "ENST00000288135", "D812V", "NM_001093772", "4", 55_599_321, 54_733_155, "A", "T"),
    ("ERBB2", "L755S", "ENST00000269571", "L725S", "NM_001005862", "17", 37_880_220, 39_723_967, "T", "C"),
    ("ERBB2", "V777L", "ENST00000269571", "V762L", "NM_001289936", "17", 37_881_000, 39_724_747, "G", "C"),
    ("NTRK1", "G595R", "ENST00000524377", "G589R", "NM_001012331", "1", 156_846_342, 156_876_550, "G", "A"),
    ("ROS1", "G2032R", "ENST00000368508", "G2026R", "NM_001378902", "6", 117_638_347, 117_317_184, "C", "T"),
    ("MET", "D1228N", "ENST00000397752", "D1246N", "NM_001127500", "7", 116_423_407, 116_783_353, "G", "A"),
    ("FGFR2", "N550K", "ENST00000457416", "N549K", "NM_000141", "10", 123_258_034, 121_498_520, "A", "T"),
    ("MYD88", "L265P", "ENST00000396334", "L252P", "ENST00000650905", "3", 38_182_641, 38_141_150, "T", "C"),
    ("EZH2", "Y646N", "ENST00000320356", "Y602N", "NM_152998", "7", 148_508_728, 148_811_636, "A", "T"),
    ("FGFR1", "N546K", "ENST00000447712", "N577K", "NM_001174067", "8", 38_274_849, 38_417_331, "G", "T"),
    ("BRAF", "K601E", "ENST00000646891", "K641E", "ENST00000644969", "7", 140_453_134, 140_753_334, "T", "C"),
    ("BRAF", "D594G", "ENST00000646891", "D634G", "ENST00000644969", "7", 140_453_154, 140_753_354, "T", "C"),
    ("EGFR", "G719S", "ENST00000275493", "G666S", "ENST00000454757", "7", 55_241_707, 55_174_014, "G", "A"),
    ("KIT", "N822K", "ENST00000288135", "N818K", "NM_001093772", "4", 55_599_340, 54_733_174, "T", "A"),
    ("ABL1", "E255K", "ENST00000318560", "E274K", "NM_007313", "9", 133_738_363, 130_862_976, "G", "A"),
  ]

  /// What files say of a hotspot, by the kind of file.
  private static func files(_ spot: Hotspot) -> [(kind: String, name: String, text: String)] {
    let (gene, other, own) = (spot.gene, "p.\(spot.other)", "p.\(spot.change)")
    let maf = "Hugo_Symbol\tTumor_Sample_Barcode\tVariant_Classification\t"
    let vcf = "##fileformat=VCFv4.2\n"
    let columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\n"
    func record(_ position: Int, _ info: String) -> String {
      "chr\(spot.chromosome)\t\(position)\t.\t\(spot.reference)\t\(spot.alternate)\t.\tPASS\t\(info)\tGT:AD\t0/1:60,40\n"
    }
    func block(_ change: String, _ transcript: String, _ tail: String) -> String {
      "\(spot.alternate)|missense_variant|MODERATE|\(gene)|ENSG0|Transcript|\(transcript)|protein_coding|"
        + "\(transcript):c.1A>T|\(transcript):\(change)|\(tail)"
    }
    let vep =
      "##INFO=<ID=CSQ,Number=.,Type=String,Description=\"VEP. Format: "
      + "Allele|Consequence|IMPACT|SYMBOL|Gene|Feature_type|Feature|BIOTYPE|HGVSc|HGVSp|CANONICAL\">\n"
    let snpEff =
      "##INFO=<ID=ANN,Number=.,Type=String,Description=\"Functional annotations: 'Allele | Annotation | "
      + "Annotation_Impact | Gene_Name | Gene_ID | Feature_Type | Feature_ID | Transcript_BioType | HGVS.c | HGVS.p | "
      + "Distance'\">\n"
    return [
      ("MAF, tables' transcript", "a.maf", maf + "HGVSp_Short\n\(gene)\tS1\tMissense_Mutation\t\(own)\n"),
      (
        "MAF, other transcript", "a.maf",
        maf + "HGVSp_Short\tTranscript_ID\n\(gene)\tS1\tMissense_Mutation\t\(other)\t\(spot.otherTranscript).2\n"
      ),
      (
        "GDC MAF", "a.maf",
        maf + "NCBI_Build\tChromosome\tStart_Position\tReference_Allele\tTumor_Seq_Allele2\tHGVSp_Short\tHGVSc"
          + "\tTranscript_ID\tall_effects\n\(gene)\tS1\tMissense_Mutation\tGRCh38\tchr\(spot.chromosome)\t\(spot.grch38)"
          + "\t\(spot.reference)\t\(spot.alternate)\t\(other)\t\t\(spot.otherTranscript)\t"
          + "\(gene),missense_variant,\(other),\(spot.otherTranscript);\(gene),missense_variant,\(own),\(spot.own)\n"
      ),
      (
        "MAF by position, GRCh37", "a.maf",
        maf + "NCBI_Build\tChromosome\tStart_Position\tReference_Allele\tTumor_Seq_Allele2\tHGVSp_Short\n"
          + "\(gene)\tS1\tMissense_Mutation\t37\t\(spot.chromosome)\t\(spot.grch37)\t\(spot.reference)\t\(spot.alternate)\t\n"
      ),
      ("VCF, GRCh37", "a.vcf", vcf + "##reference=hg19.fa\n" + columns + record(spot.grch37, ".")),
      ("VCF, GRCh38", "a.vcf", vcf + "##reference=GRCh38.fa\n" + columns + record(spot.grch38, ".")),
      (
        "VEP", "a.vcf",
        vcf + vep + columns
          + record(
            spot.grch38, "CSQ=" + block(other, spot.otherTranscript, "YES") + "," + block(own, spot.own + ".4", ""))
      ),
      (
        "SnpEff", "a.vcf",
        vcf + snpEff + columns
          + record(spot.grch38, "ANN=" + block(other, spot.otherTranscript, "") + "," + block(own, spot.own, ""))
      ),
      (
        "ANNOVAR", "S1.hg38_multianno.txt",
        "Chr\tStart\tEnd\tRef\tAlt\tFunc.refGene\tGene.refGene\tGeneDetail.refGene\tExonicFunc.refGene\tAAChange.refGene\n"
          + "chr\(spot.chromosome)\t\(spot.grch38)\t\(spot.grch38)\t\(spot.reference)\t\(spot.alternate)\texonic\t\(gene)\t.\t"
          + "nonsynonymous SNV\t\(gene):\(spot.otherTranscript):exon3:c.A1T:\(other),\(gene):\(spot.own):exon3:c.A1T:\(own)\n"
      ),
      (
        "HGVSg", "a.tsv",
        "sample_id\tgene\tprotein_change\thgvsg\tgenome_build\n"
          + "S1\t\(gene)\t\tchr\(spot.chromosome):g.\(spot.grch37)\(spot.reference)>\(spot.alternate)\thg19\n"
      ),
    ]
  }

  private static let normalizer = SampleNormalizer(normalizer: Normalizer(table: Clinic.table))
  private static let matcher = Matcher(table: Clinic.table)

  private static func reading(_ text: String, _ path: String) throws -> (changes: [String], rules: Set<String>) {
    let content = try readInput(text, path: path)
    let found = normalizer.normalize(content.batches.map { (0, $0) }, ploidy: 2)
    let profile = SampleProfile(sampleID: "S1", tumorTypes: ["LUAD"], alterations: found.alterations)
    let rows = matcher.match(profile).therapies.map { "\($0.rule.id) \($0.verdict) \($0.tier.name)" }
    return (found.alterations.map { "\($0.gene) \($0.description)" }, Set(rows))
  }

  @Test(arguments: hotspots.indices) func `a hotspot opens the same therapies however it is written`(place: Int) throws
  {
    let spot = Self.hotspots[place]
    var usual: Set<String> = []
    for (kind, name, text) in Self.files(spot) {
      let reading = try Self.reading(text, name)
      #expect(reading.changes == ["\(spot.gene) p.\(spot.change)"], "\(kind)")
      if usual.isEmpty { usual = reading.rules }
      #expect(reading.rules == usual, "\(kind)")
    }
    #expect(!usual.isEmpty)
  }

  @Test(arguments: [
    ("KIT", "p.V555D", "p.V555D", []), ("KIT", "p.V559D", "p.V559D", []),
    ("ERBB2", "p.L740S", "p.L755S", [Caution.otherTranscript]),
    ("BRAF", "p.A640E", "p.A640E", [.residueDisagrees]), ("BRAF", "p.V599E", "p.V600E", [.legacyNumbering]),
    ("KRAS", "p.G12C\u{A0}", "p.G12C", []), ("PIK3CA", "p.H1047R (c.3140A>G)", "p.H1047R", []),
    ("BRAF", "p.ValLys600GluGlu", "p.V600_K601delinsEE", []),
    ("MET", "p.D1010N", "EXON 14 skipping", [.splicePredicted]), ("MET", "p.X979_splice", "EXON 14 skipping", []),
  ])
  func `a stated residue stays where its letter fits`(
    gene: String, written: String, change: String, cautions: [Caution]
  ) throws {
    let text = "Hugo_Symbol\tTumor_Sample_Barcode\tVariant_Classification\tHGVSp_Short\n\(gene)\tS1\t\t\(written)\n"
    let found = Self.normalizer.normalize(try readInput(text, path: "a.maf").batches.map { (0, $0) }, ploidy: 2)
    #expect(found.alterations.map(\.description) == [change])
    #expect(found.alterations.first?.cautions == cautions)
  }

  @Test(arguments: [
    ("p.L858R, p.T790M", ["p.L858R", "p.T790M"]), ("p.[L858R];[T790M]", ["p.L858R", "p.T790M"]),
    ("p.[L858R;T790M]", ["p.L858R", "p.T790M"]), ("L858R/T790M", ["p.L858R", "p.T790M"]),
    ("p.L858R,", ["p.L858R"]), ("no p.L858R", []), ("p.L858R/Q", ["p.L858X"]),
  ])
  func `a cell holds one change or several`(written: String, changes: [String]) throws {
    let text = "Hugo_Symbol\tTumor_Sample_Barcode\tHGVSp_Short\nEGFR\tS1\t\(written)\n"
    let found = Self.normalizer.normalize(try readInput(text, path: "a.maf").batches.map { (0, $0) }, ploidy: 2)
    let read = found.alterations.indices.filter { found.notEvaluated[$0] == nil }
    #expect(read.map { found.alterations[$0].description } == changes)
    #expect(found.countsByFile[0]?.read == 1)
  }

  @Test func `a block change holds the substitutions of its residues, and not the reverse`() throws {
    let block = try #require(ProteinChange("I669_T670delinsMI"))
    #expect(block.contains(try #require(ProteinChange("T670I"))))
    #expect(block.contains(try #require(ProteinChange("I669M"))))
    #expect(!block.contains(try #require(ProteinChange("T670E"))))
    #expect(try #require(ProteinChange("V600_K601delinsEE")).contains(try #require(ProteinChange("V600E"))))
    #expect(!(try #require(ProteinChange("V600E")).contains(try #require(ProteinChange("V600_K601delinsEE")))))
  }

  @Test func `two changes of adjacent bases in one codon may be one`() throws {
    let text =
      "Hugo_Symbol\tTumor_Sample_Barcode\tHGVSp_Short\tHGVSc\tt_alt_count\tt_depth\n"
      + "BRAF\tS1\tp.V600E\tc.1799T>A\t40\t100\nBRAF\tS1\tp.V600M\tc.1798G>A\t38\t100\n"
    let found = Self.normalizer.normalize(try readInput(text, path: "a.maf").batches.map { (0, $0) }, ploidy: 2)
    #expect(found.alterations.map { $0.cautions.contains(.mayBeOneChange) } == [true, true])
  }

  @Test func `a position without a build speaks where one build alone has a known change`() throws {
    let text =
      "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\n"
      + "7\t140753336\t.\tA\tT\t.\tPASS\t.\tGT:AD\t0/1:60,40\n1\t1000\t.\tA\tT\t.\tPASS\t.\tGT:AD\t0/1:60,40\n"
    let content = try readInput(text, path: "a.vcf")
    let found = Self.normalizer.normalize(content.batches.map { (0, $0) }, ploidy: 2)
    #expect(found.alterations.map(\.description) == ["p.V600E"])
    #expect(found.alterations.first?.cautions == [.byPosition, .buildAssumed])
    #expect(content.remarks.contains { $0.contains("only known positions") })
  }

  @Test func `a header that names two builds is refused`() throws {
    let text =
      "##fileformat=VCFv4.2\n##reference=hg19.fa\n##contig=<ID=1,length=248956422>\n"
      + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\n"
    #expect(try readInput(text, path: "a.vcf").refusal.contains("GRCh37 and GRCh38"))
  }
}
