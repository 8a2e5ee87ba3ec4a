// SPDX-License-Identifier: Apache-2.0
import Foundation
import Gzip
import InputFormats
import TestSupport
import Testing

/// Files of public tools, read as they were looked at by eye.
struct RealMutationFilesTests {
  @Test(
    .enabled(if: SharedData.isPresent, "the real files lie beside the project"),
    arguments: [
      ("vcf/hcc1395_tumor_normal.vep105.csq.vcf.gz", "VCF (VEP)", "HCC1395_TUMOR_DNA", 1470),
      ("vcf/vatools_vep_reporter_input.vcf.gz", "VCF (VEP)", "H_NJ-HCC1395-HCC1395", 76),
      ("vcf/snpeff_cancer.ann.vcf", "VCF (SnpEff)", "Patient_01_Somatic", 2),
      ("vcf/snpeff_chr22.ann.vcf.gz", "VCF (SnpEff)", "", 20),
      ("vcf/snpeff_sv_ann.vcf.gz", "VCF (SnpEff)", "HDC134P", 117),
      ("other_dialects/annovar_variants.hg19_multianno.txt", "ANNOVAR table (ensGene)", "fake_1", 10),
      ("other_dialects/icgc_simple_somatic_mutation.ESCA-CN.tsv.gz", "ICGC simple somatic mutations", "SA514619", 499),
      ("moalmanac_example/example_patient.simplified_input.txt", "alterations (MOAlmanac)", "", 4),
      ("cell_lines/sarcoma_lines.dev.somatic-variants.tsv.gz", "alterations (MOAlmanac)", "127399_SOFT_TISSUE", 1117),
      ("oncokb_annotator_example/example_atypical_alterations.txt", "alterations (table)", "TCGA-A6-2672-01", 12),
    ])
  func `every row of a real file has a fate`(file: String, format: String, sample: String, rows: Int) throws {
    let content = try Self.read(file)
    #expect(content.format == format)
    #expect(content.batches.first?.sampleID == sample)
    #expect(content.counts.read == rows)
    let records = Self.kept(content).count
    #expect(records + content.counts.filtered + content.counts.rejected == rows)
    #expect(content.rejected.isEmpty)
  }

  @Test(
    .enabled(if: SharedData.isPresent, "the real files lie beside the project"),
    arguments: [
      ("vcf/callers/vcf2maf_test_delly.vcf", 5, 10), ("sv/breakend.vcf", 4, 2), ("sv/delly-0.6.8.vcf", 1, 3),
      ("sv/manta-1.1.1.vcf", 4, 7),
    ])
  func `a real file of rearrangements without annotation is read by the places of the breaks`(
    file: String, kept: Int, filtered: Int
  ) throws {
    let content = try Self.read(file)
    #expect(content.refusal.isEmpty)
    let records = Self.kept(content)
    #expect(records.count == kept)
    #expect(content.counts.filtered == filtered)
    #expect(content.counts.read == kept + filtered)
    for record in records {
      guard case .fusion(let row) = record.statement else {
        Issue.record("line \(record.line) is no rearrangement")
        continue
      }
      #expect(row.firstBreakpoint.count > 0 && row.secondBreakpoint.count > 0)
    }
  }

  @Test(.enabled(if: SharedData.isPresent, "the real files lie beside the project"))
  func `a real file of a tumor and a normal that does not say which is which is refused`() throws {
    let content = try Self.read("sv/colo829_somatic_manta.vcf.gz")
    #expect(content.refusal.contains("COLO829R, COLO829T (keep one"))
    #expect(content.batches.isEmpty)
  }

  @Test(
    .enabled(if: SharedData.isPresent, "the real files lie beside the project"),
    arguments: [
      "vcf/callers/vcf2maf_test_b38.vcf", "vcf/callers/vcf2maf_test_mutect.vcf.gz",
      "vcf/callers/vcf2maf_test_strelka.vcf.gz", "vcf/callers/vcf2maf_test_varscan.vcf.gz",
      "pcgr_example/T001-BRCA.grch38.vcf.gz",
    ])
  func `a real file of small variants without annotation is read by position`(file: String) throws {
    let content = try Self.read(file)
    #expect(content.refusal.isEmpty)
    #expect(content.remarks.contains { $0.contains("only known positions") })
    let records = Self.kept(content).count
    #expect(records + content.counts.filtered + content.counts.rejected == content.counts.read)
  }

  /// The records that are read as findings: a driver that FILTER refuses is a record, and is counted as filtered.
  private static func kept(_ content: FileContent) -> [RawRecord] {
    content.batches.flatMap(\.records).filter { !$0.isRefused }
  }

  private static func read(_ file: String) throws -> FileContent {
    let folder = try #require(SharedData.folder)
    let packed = Array(try Data(contentsOf: folder.appending(path: file)))
    guard Gunzip.isGzip(packed.span) else { return try readInput(packed) }
    var text: [UInt8] = []
    try Gunzip().unpack(packed.span, into: &text, limit: 1 << 30)
    return try readInput(text)
  }
}
