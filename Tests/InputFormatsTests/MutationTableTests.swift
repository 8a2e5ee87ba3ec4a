// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import InputFormats
import TestSupport
import Testing

struct AnnovarReaderTests {
  private let header =
    "Chr\tStart\tEnd\tRef\tAlt\tFunc.refGene\tGene.refGene\tGeneDetail.refGene\tExonicFunc.refGene\tAAChange.refGene"

  @Test(arguments: [
    // Old Macs end lines with CR alone; the cell lists all transcripts, in quotes.
    (
      "exonic\tKIT\t.\tnonsynonymous SNV\t\"KIT:NM_1:exon17:c.A2447T:p.D816V,KIT:NM_2:exon17:c.A2435T:p.D812V\"",
      ": KIT||p.D816V|c.A2447T|nonsynonymous SNV"
    ),
    (
      "exonic;exonic\tKIT\t.\tnonsynonymous SNV;nonsynonymous SNV\tKIT:NM_1:exon8:c.A1G:p.D419G;KIT:NM_1:exon8:c.A1G:p.D419G",
      ": KIT||p.D419G|c.A1G|nonsynonymous SNV"
    ),
    ("splicing\tMLH1\tNM_000249:exon10:c.790+1G>A\t.\t.", ": MLH1|||c.790+1G>A|splicing"),
    // The gene that the change belongs to, of two that overlap.
    ("exonic;splicing\tA;TP53\t.\tstopgain\tTP53:NM_1:exon6:c.C637T:p.R213X", ": TP53||p.R213X|c.C637T|stopgain"),
    (
      "exonic\tA\t.\tnonframeshift substitution\tA:NM_1:exon1:c.1_3AAA:p.K1K",
      ": A||p.K1K|c.1_3AAA|nonframeshift substitution"
    ),
    ("upstream\tTERT;MIR1\tdist=69\t.\t.", ": TERT||||upstream"),
  ])
  func `a variant is read from the first transcript with a protein change`(cells: String, statement: String) throws {
    let content = try readInput("\(header)\rchr4\t55599321\t55599321\tA\tT\t\(cells)")
    #expect(content.statements == [statement])
  }

  @Test(arguments: ["intronic", "intergenic", "UTR3", "upstream", "ncRNA_exonic", "downstream"])
  func `a variant outside of coding sequence is filtered`(region: String) throws {
    let content = try readInput("\(header)\nchr4\t1\t1\tA\tT\t\(region)\tKIT\t.\t.\t.\n")
    #expect(content.filteredReasons == ["non-coding class": 1])
  }

  @Test func `the VCF that the table was made of tells filter and reads`() throws {
    let other = (1...13).map { "Otherinfo\($0)" }.joined(separator: "\t")
    func row(_ filter: String) -> String {
      "chr4\t5\t5\tA\tT\texonic\tKIT\t.\tnonsynonymous SNV\tKIT:N:exon17:c.A2447T:p.D816V\t0.5\t.\t.\t"
        + "chr4\t5\t.\tA\tT\t.\t\(filter)\tDP=9\tGT:AD\t0/1:60,20\n"
    }
    let content = try readInput(
      "\(header)\t\(other.split(separator: "\t").joined(separator: "\t"))\n" + row("PASS") + row("weak"))
    #expect(content.filteredReasons == ["FILTER not PASS": 1])
    #expect(content.records.compactMap(\.mutation).map(\.altCount) == [20])
  }

  @Test func `genes by Ensembl identifier are kept as written`() throws {
    let content = try readInput(
      "Gene.ensGene\tExonicFunc.ensGene\tAAChange.ensGene\tTumor_Sample_Barcode\tFunc.ensGene\n"
        + "ENSG00000157404\tnonsynonymous SNV\tENSG00000157404:ENST1:exon17:c.A2447T:p.D816V\tS1\texonic\n"
        + "ENSG00000157404\tnonsynonymous SNV\tENSG00000157404:ENST1:exon17:c.A2447T:p.D816V\t\texonic\n")
    #expect(content.statements == ["S1: ENSG00000157404||p.D816V|c.A2447T|nonsynonymous SNV"])
    #expect(content.remarks.isEmpty)
    #expect(content.rejected.map(\.column) == ["Tumor_Sample_Barcode"])
  }
}

struct ICGCReaderTests {
  @Test func `of the transcripts of one mutation one is read`() throws {
    let content = try readInput(
      "icgc_mutation_id\ticgc_sample_id\tchromosome_start\ttotal_read_count\tmutant_allele_read_count\t"
        + "consequence_type\taa_mutation\tcds_mutation\tgene_affected\n"
        + "MU1\tSA1\t1\t60\t9\tdownstream_gene_variant\t\t\tENSG1\n"
        + "MU1\tSA1\t1\t60\t9\tmissense_variant\tR79W\t235C>T\tENSG2\n"
        + "MU1\tSA1\t1\t60\t9\tmissense_variant\tR80W\t238C>T\tENSG2\n"
        + "MU1\tSA2\t1\t60\t9\tmissense_variant\tR79W\t235C>T\tENSG2\n"
        + "MU2\t\t1\t60\t9\tmissense_variant\tR79W\t235C>T\tENSG2\n")
    #expect(
      content.statements == ["SA1: ENSG2||R79W|235C>T|missense_variant", "SA2: ENSG2||R79W|235C>T|missense_variant"])
    #expect(
      content.filteredReasons == ["non-coding class": 1, "another transcript of the same mutation": 1])
    #expect(content.rejected.count == 1)
    #expect(content.counts.read == 5)
    #expect(content.remarks.isEmpty)
  }
}

struct SimplifiedAlterationReaderTests {
  @Test func `one table holds alterations of all kinds`() throws {
    let content = try readInput(
      "feature_type\tfeature\talteration_type\talteration\r\n"
        + "Somatic Variant\tBRAF\tMissense\tp.V600E\r\nCopy Number\tCDK4\tAmplification\t\r\n"
        + "Rearrangement\tCOL1A1\tFusion\tCOL1A1--CITED4\r\nGermline Variant\tBRCA2\tFrameshift\tp.S1982fs\r\n"
        + "Microsatellite Stability\tMSI-High\t\t\r\nMutational Signature\tCOSMIC Signature 7\t\t\r\nCopy Number\t\tDeletion\t"
    )
    #expect(
      content.statements == [
        ": BRAF||p.V600E||Missense", ": CDK4||Amplification||", ": COL1A1|CITED4|COL1A1--CITED4||",
        ": BRCA2||p.S1982fs||Frameshift", ": MSI||MSI-High||",
      ])
    let batch = try #require(content.batches.first)
    #expect(batch.records.map(\.kind) == [.mutation, .copyNumber, .fusion, .mutation, .biomarker])
    #expect(batch.records.map { $0.status(in: batch) } == ["Somatic", "", "", "Germline", ""])
    #expect(content.filteredReasons == ["feature type without rules": 1])
    #expect(content.rejected.count == 1)
    #expect(content.counts.read == 7)
  }

  @Test func `a table of cell lines is split by model, and a deletion with a protein change is a mutation`() throws {
    let content = try readInput(
      "feature\talteration_type\talteration\tmodel_id\nTP53\tMissense\tp.R175H\tA_BONE\n"
        + "BCR\tDeletion\t\tB_BONE\nEGFR\tDeletion\tp.E746_A750del\tB_BONE\n")
    #expect(
      content.statements == [
        "A_BONE: TP53||p.R175H||Missense", "B_BONE: BCR||Deletion||", "B_BONE: EGFR||p.E746_A750del||Deletion",
      ])
    #expect(content.records.map(\.kind) == [.mutation, .copyNumber, .mutation])
  }
}

struct MutationTableReaderTests {
  @Test(arguments: [
    ("Gene\tProtein_Change\tSample", "BRAF\tp.V600E\tS1"), ("sample_id,symbol,aa_change", "S1,BRAF,p.V600E"),
    ("gene_symbol\tmutation\tsample", "BRAF\tp.V600E\tS1"), ("Sample\tGENE\tVariant", "S1\tBRAF\tp.V600E"),
    ("SAMPLE_ID\tHUGO_SYMBOL\tALTERATION", "S1\tBRAF\tp.V600E"), ("gene\tHGVS.p\tcell_line", "BRAF\tp.V600E\tS1"),
  ])
  func `common names of columns are understood`(header: String, row: String) throws {
    #expect(try readInput("\(header)\n\(row)\n").statements == ["S1: BRAF||p.V600E||"])
  }

  @Test(arguments: ["gene\tvariant", "gene\tvariant\ttherapy\tsample", "sample\tscore", "gene\tcall"])
  func `a table of knowledge or of something else is not taken for mutations`(header: String) throws {
    #expect(try !readInput("\(header)\na\tb\tc\td\n").format.contains("table)"))
  }

  @Test func `a column of alterations may hold other kinds than mutations`() throws {
    let content = try readInput(
      "HUGO_SYMBOL\tSAMPLE_ID\tALTERATION\nOther Biomarkers\tS1\tMSI-H\n"
        + "Other Biomarkers\tS1\tTumor Mutational Burden-High\nCDK4\tS1\tAmplification\nALK\tS1\tEML4-ALK fusion\n"
        + "ALK\tS1\tEML4::ALK\nEGFR\tS1\tvIII\n")
    #expect(
      content.statements == [
        "S1: MSI||H||", "S1: TMB||High||", "S1: CDK4||Amplification||", "S1: EML4|ALK|EML4-ALK fusion||",
        "S1: EML4|ALK|EML4::ALK||", "S1: EGFR||vIII||",
      ])
    #expect(
      content.records.map(\.kind) == [.biomarker, .biomarker, .copyNumber, .fusion, .fusion, .mutation])
  }

  @Test func `fractions may be percent, and rows that did not pass or name no gene are counted`() throws {
    let content = try readInput(
      "sample\tgene\tprotein_change\tvaf\tfilter\nS1\tKIT\tp.D816V\t0.5%\tPASS\nS1\tKIT\tp.D816V\t25\t.\n"
        + "S1\tKIT\tp.D816V\t0.5\tweak\nS1\t\tp.D816V\t0.5\tPASS\n\tKIT\tp.D816V\t0.5\tPASS\n")
    #expect(content.records.compactMap(\.mutation).map(\.alleleFraction) == [0.005, 0.25])
    #expect(content.filteredReasons == ["FILTER not PASS": 1])
    #expect(content.rejected.map(\.column) == ["gene", "sample"])
    #expect(content.counts.read == 5)
  }

  @Test func `a MAF whose gene column names a duplication keeps gene and duplication apart`() throws {
    let content = try readInput(
      "Hugo_Symbol\tVariant_Classification\tamino_acid_change\tTumor_Sample_Barcode\n"
        + "FLT3_ITD\tITD\t627_628insMISENMK\tS1\n")
    #expect(content.statements == ["S1: FLT3||ITD||ITD"])
  }
}
