import DelimitedText
import TestSupport
import Testing

@testable import AlterationFormats

/// A small file of one format; every reader has one here.
struct Fixture: CustomTestStringConvertible, Sendable {
  let name: String
  /// The reader that has to take the file.
  let reader: String
  /// Lines above the header.
  var preamble: [String] = []
  /// The header, cells parted by blanks here and by TAB in the file.
  let header: String
  let rows: [String]
  /// Whether a row that is cut short can still be read, since what it lacks is optional.
  var survivesShortRow = false
  /// Whether letter case of the header may differ.
  var hasFreeCase = true

  var testDescription: String { name }

  private static func line(_ text: String) -> String {
    text.split(separator: " ").map { $0 == "_" ? "" : $0.replacing("~", with: " ") }.joined(separator: "\t")
  }

  var headerLine: String { Self.line(header) }
  var rowLines: [String] { rows.map(Self.line) }
  var lines: [String] { preamble + [headerLine] + rowLines }
  var text: String { lines.joined(separator: "\n") + "\n" }

  static let all: [Fixture] = [
    Fixture(
      name: "MAF", reader: "MAFReader", preamble: ["#version 2.4"],
      header: "Hugo_Symbol Variant_Classification Tumor_Sample_Barcode HGVSp_Short Note",
      rows: ["BRAF Missense_Mutation S1 p.V600E a", "KIT Missense_Mutation S2 p.V559D b"]),
    Fixture(
      name: "structural variants", reader: "StructuralVariantReader",
      header: "Sample_Id SV_Status Site1_Hugo_Symbol Site2_Hugo_Symbol Class",
      rows: ["S1 SOMATIC EML4 ALK TRANSLOCATION", "S2 SOMATIC TPM3 NTRK1 TRANSLOCATION"], survivesShortRow: true),
    Fixture(
      name: "copy number, one call a row", reader: "LongCopyNumberReader",
      header: "Tumor_Sample_Barcode Hugo_Symbol Copy_Number_Alteration Note",
      rows: ["S1 ERBB2 AMP a", "S2 PTEN -2 b"], survivesShortRow: true),
    Fixture(
      name: "copy number, matrix", reader: "CopyNumberMatrixReader", header: "Hugo_Symbol S1 S2",
      rows: ["ERBB2 2 0", "PTEN 0 -2"], survivesShortRow: true, hasFreeCase: false),
    Fixture(
      name: "copies by gene", reader: "GeneCopiesReader",
      header: "chromosome start end gene minCopyNumber maxCopyNumber",
      rows: ["17 1 2 ERBB2 14.2 15", "10 1 2 PTEN 0.1 0.2"]),
    Fixture(
      name: "Arriba", reader: "FusionTableReader",
      header: "#gene1 gene2 strand1(gene/fusion) breakpoint1 breakpoint2 confidence reading_frame",
      rows: ["EML4 ALK +/+ 2:1 2:2 high in-frame", "BCR ABL1 +/+ 22:1 9:2 high in-frame"], survivesShortRow: true),
    Fixture(
      name: "biomarkers", reader: "BiomarkerTableReader", header: "sample_id name value unit method",
      rows: ["S1 TMB 14 mut/Mb WES", "S2 MSI high _ PCR"], survivesShortRow: true),
    Fixture(
      name: "purity and burden", reader: "SampleSummaryReader",
      header: "purity ploidy msStatus tmbPerMb", rows: ["0.9 2.1 MSI 14.2"], survivesShortRow: true),
    Fixture(
      name: "genomic scars", reader: "ScarScoreReader", header: "_ HRD Telomeric~AI LST HRD-sum",
      rows: ["S1 10 20 15 45", "S2 1 2 3 6"]),
    Fixture(
      name: "VCF", reader: "VCFReader",
      preamble: [
        "##fileformat=VCFv4.2",
        "##INFO=<ID=ANN,Number=.,Type=String,Description=\"Functional annotations: 'Allele | Annotation | Annotation_Impact | Gene_Name | Gene_ID | Feature_Type | Feature_ID | Transcript_BioType | Rank | HGVS.c | HGVS.p' \">",
      ],
      header: "#CHROM POS ID REF ALT QUAL FILTER INFO",
      rows: [
        "7 140453136 . A T . PASS ANN=T|missense_variant|MODERATE|BRAF|G|transcript|T|protein_coding|15/18|c.1799T>A|p.Val600Glu",
        "4 55593610 . T A . PASS ANN=A|missense_variant|MODERATE|KIT|G|transcript|T|protein_coding|11/21|c.1676T>A|p.Val559Asp",
      ], hasFreeCase: false),
    Fixture(
      name: "ANNOVAR", reader: "AnnovarReader",
      header: "Chr Start End Ref Alt Func.refGene Gene.refGene ExonicFunc.refGene AAChange.refGene",
      rows: [
        "7 1 1 A T exonic BRAF nonsynonymous~SNV BRAF:NM_004333:exon15:c.T1799A:p.V600E",
        "4 1 1 T A exonic KIT nonsynonymous~SNV KIT:NM_000222:exon11:c.T1676A:p.V559D",
      ], survivesShortRow: true),
    Fixture(
      name: "table of mutations", reader: "MutationTableReader", header: "sample_id gene protein_change note",
      rows: ["S1 BRAF p.V600E a", "S2 KIT p.V559D b"], survivesShortRow: true),
  ]
}

/// The quirks of real files, each for every reader that it can reach (FORMATS, section 6).
@Suite("Every reader takes files as they come")
struct ConformanceTests {
  private func read(_ text: String) throws -> FileContent { try readInput(text) }

  private func clean(_ fixture: Fixture) throws -> [String] {
    let content = try read(fixture.text)
    try #require(content.refusal.isEmpty)
    try #require(!content.statements.isEmpty)
    return content.statements
  }

  @Test("is recognized by its header, and by its own reader alone", arguments: Fixture.all)
  func recognized(fixture: Fixture) throws {
    var cells = fixture.headerLine.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    if cells[0].hasPrefix("#") { cells[0].removeFirst() }
    let first = fixture.rowLines[0].split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    let header = InputHeader(
      path: "f", line: 1, cells: cells, preamble: fixture.preamble, firstRow: first)
    let taker = AlterationFormats.readers.first { $0.recognizes(header) }
    #expect(taker.map { "\($0)" } == fixture.reader)
  }

  @Test("every registered reader of alterations has a fixture")
  func complete() {
    let covered = Set(Fixture.all.map(\.reader))
    let others: Set<String> = [
      "GenePanelFileReader", "GenePanelMatrixReader", "KnownTables", "ICGCReader", "SimplifiedAlterationReader",
    ]
    for reader in AlterationFormats.readers where !others.contains("\(reader)") {
      #expect(covered.contains("\(reader)"), "\(reader) has no fixture here")
    }
  }

  @Test("a byte-order mark", arguments: Fixture.all)
  func mark(fixture: Fixture) throws {
    #expect(try readInput([0xEF, 0xBB, 0xBF] + Array(fixture.text.utf8)).statements == clean(fixture))
  }

  @Test("lines that end in CRLF", arguments: Fixture.all)
  func windows(fixture: Fixture) throws {
    #expect(try read(fixture.text.replacing("\n", with: "\r\n")).statements == clean(fixture))
  }

  @Test("lines that end in a lone CR", arguments: Fixture.all)
  func oldMac(fixture: Fixture) throws {
    #expect(try read(fixture.text.replacing("\n", with: "\r")).statements == clean(fixture))
  }

  @Test("a blank first line", arguments: Fixture.all)
  func blankFirstLine(fixture: Fixture) throws {
    #expect(try read("\n" + fixture.text).statements == clean(fixture))
  }

  @Test("no line end behind the last row", arguments: Fixture.all)
  func noFinalLineEnd(fixture: Fixture) throws {
    #expect(try read(String(fixture.text.dropLast())).statements == clean(fixture))
  }

  @Test("blank lines between rows", arguments: Fixture.all)
  func blankLines(fixture: Fixture) throws {
    let text = (fixture.preamble + [fixture.headerLine]).joined(separator: "\n") + "\n"
    #expect(try read(text + fixture.rowLines.joined(separator: "\n\n") + "\n\n").statements == clean(fixture))
  }

  @Test("quotes around cells", arguments: Fixture.all.filter { $0.reader != "VCFReader" })
  func quotes(fixture: Fixture) throws {
    let rows = fixture.rowLines.map { row in
      row.split(separator: "\t", omittingEmptySubsequences: false).map { "\"\($0)\"" }.joined(separator: "\t")
    }
    let text = (fixture.preamble + [fixture.headerLine] + rows).joined(separator: "\n") + "\n"
    #expect(try read(text).statements == clean(fixture))
  }

  @Test("a cell in Latin-1 that no one asks for", arguments: Fixture.all)
  func latin1(fixture: Fixture) throws {
    var bytes = Array((fixture.preamble + [fixture.headerLine + "\tcomment"]).joined(separator: "\n").utf8)
    for row in fixture.rowLines { bytes += [0x0A] + Array(row.utf8) + [0x09, 0x4D, 0xFC, 0x6C] }
    guard fixture.reader != "CopyNumberMatrixReader", fixture.reader != "VCFReader" else { return }
    #expect(try readInput(bytes + [0x0A]).statements == clean(fixture))
  }

  @Test("tabs behind the last cell", arguments: Fixture.all)
  func trailingTabs(fixture: Fixture) throws {
    guard fixture.reader != "VCFReader" else { return }
    let rows = fixture.rowLines.map { $0 + "\t\t" }
    let text = (fixture.preamble + [fixture.headerLine] + rows).joined(separator: "\n") + "\n"
    #expect(try read(text).statements == clean(fixture))
  }

  @Test("a header in capitals", arguments: Fixture.all.filter(\.hasFreeCase))
  func capitals(fixture: Fixture) throws {
    let text = (fixture.preamble + [fixture.headerLine.uppercased()] + fixture.rowLines).joined(separator: "\n") + "\n"
    #expect(try read(text).statements == clean(fixture))
  }

  @Test("a column that stands there twice", arguments: Fixture.all)
  func duplicateColumn(fixture: Fixture) throws {
    guard !["CopyNumberMatrixReader", "VCFReader"].contains(fixture.reader) else { return }
    let last = fixture.headerLine.split(separator: "\t").last.map(String.init) ?? ""
    let text = (fixture.preamble + [fixture.headerLine + "\t" + last]).joined(separator: "\n") + "\n"
    let rows = fixture.rowLines.map { $0 + "\tother" }.joined(separator: "\n") + "\n"
    #expect(try read(text + rows).statements == clean(fixture))
  }

  @Test("comments between rows", arguments: Fixture.all)
  func comments(fixture: Fixture) throws {
    let text = (fixture.preamble + [fixture.headerLine]).joined(separator: "\n") + "\n# a remark\n"
    #expect(try read(text + fixture.rowLines.joined(separator: "\n# another\n") + "\n").statements == clean(fixture))
  }

  @Test("no rows at all: nothing was found, and nothing is wrong", arguments: Fixture.all)
  func noRows(fixture: Fixture) throws {
    let content = try read((fixture.preamble + [fixture.headerLine]).joined(separator: "\n") + "\n")
    #expect(content.statements.isEmpty)
    #expect(content.rejected.isEmpty)
    #expect(content.refusal.isEmpty)
    #expect(!content.assays.isEmpty)
  }

  @Test("a row that is cut short is read or rejected with its line, and no other row is lost", arguments: Fixture.all)
  func shortRow(fixture: Fixture) throws {
    guard fixture.rows.count > 1 else { return }
    let cut = fixture.rowLines[0].split(separator: "\t", omittingEmptySubsequences: false).first.map(String.init) ?? ""
    let lines = fixture.preamble + [fixture.headerLine, cut] + fixture.rowLines.dropFirst()
    let content = try read(lines.joined(separator: "\n") + "\n")
    let whole = try clean(fixture)
    #expect(content.statements.contains(whole[whole.count - 1]))
    let counts = content.counts
    let records = content.records.count
    #expect(counts.read == records + counts.filtered + counts.rejected, "every row is accounted for")
    if !fixture.survivesShortRow {
      #expect(content.rejected.map(\.line) == [fixture.preamble.count + 2])
    }
  }

  @Test(
    "cells that say `missing` are empty",
    arguments: ["NA", "NaN", "NULL", "\\N", ".", "-", "N/A", "None", "[Not Available]", "\"\""])
  func missing(word: String) throws {
    let content = try read(
      "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\tHGVSc\n"
        + "BRAF\tMissense_Mutation\tS1\tp.V600E\t\(word)\n")
    #expect(content.statements == ["S1: BRAF||p.V600E||Missense_Mutation"])
  }
}
