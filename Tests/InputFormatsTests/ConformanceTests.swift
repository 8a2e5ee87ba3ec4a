// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
import Alterations
import TestSupport
import Testing
@testable import InputFormats

/// A small file that one reader reads; to add one, add a line to ``all``.
struct Fixture: Sendable, CustomTestStringConvertible {
  /// The kind of the file, for the name of the test.
  let name: String
  /// Header and rows; at least one row has a missing cell, written `NA`, that is no gene and no sample.
  let lines: [String]
  /// The place of the header among the lines.
  var header = 0
  /// How many columns of the header have names that are no data.
  var namedColumns = 99
  /// What cannot happen to such a file, or does not matter to it.
  var unlike: Set<Quirk> = []

  var testDescription: String { name }

  init(_ name: String, header: Int = 0, namedColumns: Int = 99, unlike: Set<Quirk> = [], _ lines: [String]) {
    self.name = name
    self.header = header
    self.namedColumns = namedColumns
    self.unlike = unlike
    self.lines = lines.map { $0.replacing("|", with: "\t").replacing("¦", with: "|") }
  }

  /// Cells stand between bars; `¦` is a bar of VEP's own.
  static let all: [Fixture] = [
    Fixture(
      "MAF", header: 1,
      [
        "#version 2.4", "Hugo_Symbol|Variant_Classification|Tumor_Sample_Barcode|HGVSp_Short|HGVSc|t_depth",
        "KIT|Missense_Mutation|S1|p.D816V|NA|88", "TP53|Nonsense_Mutation|S2|p.R213*|c.637C>T|NA",
        "TERT|5'Flank|S1|NA|c.-124C>T|40",
      ]),
    Fixture(
      "data_sv",
      [
        "Sample_Id|Site1_Hugo_Symbol|Site2_Hugo_Symbol|Site2_Effect_On_Frame|Event_Info|SV_Status",
        "S1|EML4|ALK|in frame|EML4-ALK Fusion|SOMATIC", "S2|EGFR|EGFR|NA|EGFR-intragenic|SOMATIC",
      ]),
    Fixture(
      "fusions, Arriba",
      [
        "#gene1|gene2|breakpoint1|breakpoint2|confidence|reading_frame", "EML4|ALK|2:1|2:2|high|in-frame",
        "BCR|ABL1|22:1|9:2|medium|NA",
      ]),
    Fixture(
      "fusions, two rows an event",
      [
        "Hugo_Symbol|Entrez_Gene_Id|Tumor_Sample_Barcode|Fusion|Frame", "ALK|238|S1|EML4-ALK fusion|in frame",
        "EML4|NA|S1|EML4-ALK fusion|in frame",
      ]),
    Fixture("genomic scars", ["sample|HRD|Telomeric AI|LST|HRD-sum", "S1|10|20|15|45", "S2|1|2|3|6"]),
    Fixture(
      "copy number, long",
      [
        "Hugo_Symbol|Entrez_Gene_Id|Sample_Id|Value", "CDK4|1019|S1|2", "PTEN|5728|S2|-1.5", "RB1|5925|S1|NA",
        "MDM2|4193|S2|+2",
      ]),
    Fixture(
      "copy number, OncoKB",
      [
        "Tumor_Sample_Barcode|Hugo_Symbol|Copy_Number_Alteration", "S1|MET|AMP", "S1|CDK4|NA", "S2|PTEN|DeepDel",
      ]),
    Fixture("copy number, MOAlmanac", ["gene|call", "CDK4|Amplification", "RB1|NA", "BLM|Wild type"]),
    Fixture(
      "copy number, matrix", namedColumns: 3,
      ["Hugo_Symbol|Entrez_Gene_Id|Cytoband|S1|S2", "CDK4|1019|12q14.1|2|NA", "PTEN|NA|10q23.31|-2|0"]),
    Fixture(
      "copies, PURPLE genes",
      [
        "chromosome|start|end|gene|minCopyNumber|maxCopyNumber|minMinorAlleleCopyNumber", "12|1|2|CDK4|14.2|15.0|1",
        "10|3|4|PTEN|0.1|0.1|0", "17|3|4|TP53|2.0|2.0|NA",
      ]),
    Fixture(
      "copies, drivers",
      [
        "gene|driver|category|likelihoodMethod|minCopyNumber|maxCopyNumber", "CDK4|AMP|ONCO|AMP|14.2|15.0",
        "PTEN|DEL|TSG|NA|0.1|2.0", "KIT|MUTATION|ONCO|HOTSPOT|2|2",
      ]),
    Fixture(
      "copies, CNVkit",
      [
        "chromosome|start|end|gene|log2|cn|depth", "chr12|1|2|CDK4,MDM2|2.4|11|900", "chr10|3|4|PTEN|-3|0|9",
        "chr3|3|4|-|0|2|90", "chr4|3|4|KIT|0|NA|90",
      ]),
    Fixture(
      "copies, alleles",
      [
        "sample_id|gene|chr|startpos|endpos|nMajor|nMinor|purity|ploidy", "S1|CDK4|12|1|9|12|1|0.6|3.1",
        "S1|TP53|17|1|9|2|0|0.6|3.1", "S2|RB1|13|1|9|NA|0|0.9|2.0",
      ]),
    Fixture("copies, table", ["sample_id|gene|copy_number", "S1|ERBB2|22", "S2|ERBB2|NA", "S2|CDKN2A|0"]),
    Fixture(
      "alterations, MOAlmanac",
      [
        "feature|alteration_type|alteration|model_id", "CDK4|Amplification|NA|S1", "KIT|Missense|p.D816V|S2",
      ]),
    Fixture(
      "alterations, OncoKB's atypical ones",
      ["HUGO_SYMBOL|SAMPLE_ID|ALTERATION|COMMENT", "Other Biomarkers|S1|MSI-H|NA", "EGFR|S2|vIII|NA"]),
    Fixture(
      "mutations, ICGC",
      [
        "icgc_donor_id|icgc_sample_id|submitted_sample_id|chromosome|consequence_type|aa_mutation|cds_mutation|"
          + "gene_affected|transcript_affected|total_read_count|icgc_mutation_id",
        "D1|SA1|T1|7|missense_variant|V600E|1799T>A|ENSG00000157764|ENST1|NA|MU1",
      ]),
    Fixture(
      "mutations, ANNOVAR",
      [
        "Chr|Start|End|Ref|Alt|Func.refGene|Gene.refGene|GeneDetail.refGene|ExonicFunc.refGene|AAChange.refGene",
        "4|1|1|A|T|exonic|KIT|NA|nonsynonymous SNV|KIT:NM_1:exon17:c.A2447T:p.D816V",
      ]),
    Fixture(
      "mutations, table",
      ["sample_id|gene|protein_change|vaf", "S1|BRAF|p.V600E|0.4", "S2|KIT|p.V559D|NA"]),
    Fixture(
      "VCF", header: 2, unlike: [.headerCase, .duplicateHeader, .unrelatedCell, .quotes, .missing, .trailingTabs],
      [
        "##fileformat=VCFv4.2",
        "##INFO=<ID=CSQ,Number=.,Type=String,Description=\"Consequence annotations from Ensembl VEP. "
          + "Format: Allele¦Consequence¦SYMBOL¦HGVSc¦HGVSp\">",
        "#CHROM|POS|ID|REF|ALT|QUAL|FILTER|INFO",
        "7|1|.|A|T|.|PASS|CSQ=T¦missense_variant¦BRAF¦ENST1:c.1799T>A¦ENSP1:p.Val600Glu",
      ]),
    Fixture(
      "biomarkers",
      [
        "sample_id|name|value|unit|method", "S1|TMB|14|mut/Mb|NA", "S1|PD-L1|60|%|22C3 TPS", "S2|HER2|3+|NA|IHC",
        "S2|MSI|NA|NA|PCR",
      ]),
    Fixture(
      "purity, PURPLE",
      [
        "purity|ploidy|gender|status|msStatus|tmbPerMb|tmlStatus", "0.99|3.1|NA|NORMAL|MSS|13.7|HIGH",
      ]),
    Fixture(
      "HRD, CHORD",
      ["sample|p_BRCA1|p_BRCA2|p_hrd|hr_status|hrd_type", "S1|0.9|0.05|0.95|HR_deficient|NA"]),
    Fixture(
      "viruses",
      [
        "taxid|name|qcStatus|integrations|interpretation|reported",
        "1|Human gammaherpesvirus 4|NO_ABNORMALITIES|0|EBV|true",
        "2|Human papillomavirus type 16|NO_ABNORMALITIES|NA|NA|true",
      ]),
    Fixture(
      "segments with copies",
      ["sample|chr|startpos|endpos|nMajor|nMinor", "S1|17|37000000|39000000|11|1", "S1|10|1|900|1|0"]),
    Fixture(
      "microsatellites", ["Total_Number_of_Sites|Number_of_Somatic_Sites|%", "640|200|31.25", "640|20|3.1"]),
    Fixture("HRD, scarHRD", ["|HRD|Telomeric AI|LST|HRD-sum", "S1|10|20|NA|45", "S2|1|2|3|6"]),
    Fixture(
      "segments", ["ID|chrom|loc.start|loc.end|num.mark|seg.mean", "S1|1|1|9|4|0.5", "S1|2|1|9|NA|-0.5"]),
  ]

  var text: String { lines.joined(separator: "\n") + "\n" }

  /// The file with another text in each line from the header on.
  func changingLines(_ change: (_ line: String, _ isHeader: Bool) -> String) -> String {
    lines.enumerated().map { index, line in index < header ? line : change(line, index == header) }
      .joined(separator: "\n") + "\n"
  }

  /// The file with one more column.
  func adding(column: String, value: String) -> String {
    changingLines { line, isHeader in
      var cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      cells.insert(isHeader ? column : value, at: min(namedColumns, cells.count))
      return cells.joined(separator: "\t")
    }
  }
}

/// What happens to files between the tool that wrote them and us.
enum Quirk: String, CaseIterable, Sendable {
  case byteOrderMark, carriageReturns, oldMac, blankFirstLine, blankLineBetween, noFinalNewline, quotes, unrelatedCell
  case commentBetween, trailingTabs, duplicateHeader, headerCase, missing

  /// The files that the quirk makes of a fixture.
  func applied(to fixture: Fixture) -> [[UInt8]] {
    let text = fixture.text
    switch self {
    case .byteOrderMark: return [[0xEF, 0xBB, 0xBF] + text.utf8]
    case .carriageReturns: return [Array(text.replacing("\n", with: "\r\n").utf8)]
    case .oldMac: return [Array(text.replacing("\n", with: "\r").utf8)]
    case .blankFirstLine: return [Array("\n\(text)".utf8)]
    case .blankLineBetween: return [Array(fixture.changingLines { line, _ in line + "\n \n" }.utf8)]
    case .commentBetween: return [Array(fixture.changingLines { line, _ in line + "\n# a remark" }.utf8)]
    case .noFinalNewline: return [Array(text.dropLast().utf8)]
    case .quotes:
      return [
        Array(
          fixture.changingLines { line, _ in
            let mark = line.hasPrefix("#") ? "#" : ""
            let cells = line.dropFirst(mark.count).split(separator: "\t", omittingEmptySubsequences: false)
            return mark + cells.map { "\"\($0)\"" }.joined(separator: "\t")
          }.utf8)
      ]
    case .unrelatedCell:
      // M\u{FC}nchen as Latin-1 writes it: a byte that is no UTF-8.
      let parts = fixture.adding(column: fixture.namedColumns < 99 ? "Cytoband" : "Remarks", value: "M?nchen")
      return [parts.utf8.map { $0 == UInt8(ascii: "?") ? 0xFC : $0 }]
    case .trailingTabs: return [Array(fixture.changingLines { line, _ in line + "\t\t" }.utf8)]
    case .duplicateHeader:
      let first = fixture.lines[fixture.header].split(separator: "\t").first.map(String.init) ?? ""
      return [Array(fixture.adding(column: first.filter { $0 != "#" }, value: "other").utf8)]
    case .headerCase:
      return [true, false].map { isUpper in
        Array(
          fixture.changingLines { line, isHeader in
            guard isHeader else { return line }
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
            return cells.enumerated().map { index, cell in
              index >= fixture.namedColumns ? String(cell) : isUpper ? cell.uppercased() : cell.lowercased()
            }.joined(separator: "\t")
          }.utf8)
      }
    case .missing:
      return ["", ".", "-", "NaN", "NULL", "N/A", "\\N", "na", "None", "[Not Available]"].map { spelling in
        Array(
          fixture.changingLines { line, _ in
            line.split(separator: "\t", omittingEmptySubsequences: false).map { $0 == "NA" ? spelling : String($0) }
              .joined(separator: "\t")
          }.utf8)
      }
    }
  }
}

/// Every reader withstands what files go through (guide: InputFormats, What is forgiven, and what is not).
struct ConformanceTests {
  @Test(arguments: Fixture.all, Quirk.allCases)
  func `a quirk of the file changes nothing of what is read`(fixture: Fixture, quirk: Quirk) throws {
    let clean = try readInput(fixture.text)
    for bytes in quirk.applied(to: fixture) where !fixture.unlike.contains(quirk) {
      let content = try readInput(bytes)
      let shown = Comment(rawValue: ContentText.shown(bytes))
      #expect(content.format.lowercased() == clean.format.lowercased(), shown)
      #expect(content.statements == clean.statements, shown)
      #expect(content.counts == clean.counts, shown)
      #expect(content.filteredReasons == clean.filteredReasons, shown)
      #expect(content.refusal == clean.refusal, shown)
      #expect(content.batches.map(\.facts) == clean.batches.map(\.facts), shown)
    }
  }

  @Test(arguments: Fixture.all)
  func `a clean file gives statements or a refusal, and all its rows have a fate`(fixture: Fixture) throws {
    let content = try readInput(fixture.text)
    #expect(content.statements.isEmpty == !content.refusal.isEmpty)
    #expect(content.rejected.isEmpty)
    #expect(content.rowsRead == fixture.lines.count - fixture.header - 1)
    #expect(content.counts.read == content.statements.count + content.counts.filtered)
    #expect(content.counts.filtered == content.filteredReasons.values.reduce(0, +))
    guard content.refusal.isEmpty else { return }
    let lines = Set(content.records.map { Int($0.line) })
    #expect(lines.allSatisfy { $0 > fixture.header + 1 && $0 <= fixture.lines.count })
  }

  @Test(arguments: Fixture.all)
  func `a row that is cut short is rejected with its line and takes no other with it`(fixture: Fixture) throws {
    let clean = try readInput(fixture.text)
    let last = fixture.lines.last?.split(separator: "\t").first.map(String.init) ?? ""
    let content = try readInput(fixture.text + last + "\n")
    if !clean.refusal.isEmpty { return }
    #expect(content.statements == clean.statements)
    #expect(content.rejected.map(\.line) == [fixture.lines.count + 1])
    #expect(content.rejected.allSatisfy { $0.problem.contains("(") })
    #expect(content.counts.rejected >= 1)
    #expect(content.counts.read == content.statements.count + content.counts.filtered + content.counts.rejected)
  }

  @Test(arguments: Fixture.all)
  func `a file without rows is a true negative and no refusal`(fixture: Fixture) throws {
    let clean = try readInput(fixture.text)
    let content = try readInput(fixture.lines.prefix(fixture.header + 1).joined(separator: "\n") + "\n")
    #expect(content.format == clean.format)
    #expect(content.assays == clean.assays)
    #expect(content.statements.isEmpty)
    #expect(content.rejected.isEmpty)
    #expect(content.refusal == clean.refusal)
  }

  /// Readers of files that state nothing of a sample's alterations.
  private static let withoutRecords: Set<String> = [
    "GenePanelFileReader", "GenePanelMatrixReader", "ExpressionReader", "UnsupportedFormats", "OwnTables",
  ]
  /// Readers of documents and of several tables in one file, which have tests of their own.
  private static let ofDocuments: Set<String> = [
    "JSONResultReader", "VendorXMLReader", "SectionedReportReader", "VEPDefaultReader",
  ]

  @Test func `every reader has a fixture`() {
    var covered = Self.withoutRecords.union(Self.ofDocuments)
    for fixture in Fixture.all {
      let rows = fixture.lines.map { line in
        line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      }
      var cells = rows[fixture.header]
      if cells[0].hasPrefix("#") { cells[0].removeFirst() }
      let header = InputHeader(
        path: "input.txt", line: fixture.header + 1, cells: cells, preamble: Array(fixture.lines[..<fixture.header]),
        firstRow: rows[fixture.header + 1])
      let reader = FormatRegistry.readers.first { $0.recognizes(header) }
      covered.insert(reader.map { String(describing: $0) } ?? "none for \(fixture.name)")
    }
    #expect(covered == Set(FormatRegistry.readers.map { String(describing: $0) }))
  }
}

private enum ContentText {
  static func shown(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self).debugDescription
  }
}
