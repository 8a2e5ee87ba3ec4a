// SPDX-License-Identifier: Apache-2.0
import DelimitedText
import Foundation
import Knowledge
import Reports
import SystemIO
import TestSupport
import Testing
@testable import Alterations
@testable import Batch

/// What a settings file may say, and what it is told where it is wrong.
struct SettingsTests {
  private func settings(_ text: String, path: String = "batch/settings.toml") throws(InputError) -> RunSettings {
    try RunSettings(Array(text.utf8), path: path)
  }

  @Test func `every known kind of value is understood`() throws {
    let read = try settings(
      """
      # a comment
      [input]
      tumor_type = "LMS" # behind a value
      samples = 'sheet.tsv'
      quiet_time = 6_00
      [table]
      files = [
        "mine.tsv", # one
        "/abs.tsv",
      ]
      builtin = false
      [output]
      formats = ["tsv", "html"]
      [gates]
      min_vaf = 0.02
      min_depth = 50
      lowest_level = "C"
      [thresholds]
      amplification_copies = 8
      """)
    #expect(read.tumorType == "LMS" && read.quietTime == 600 && read.usesBuiltInTable == false)
    #expect(read.formats == [.tsv, .html] && read.stated(\.writesSampleFiles) == nil && read.writesSampleFiles)
    #expect(read.leastFraction == 0.02 && read.leastDepth == 50 && read.lowestLevel == .c)
    #expect(read.amplificationCopies == 8 && read.lowSupport == nil && read.workers == nil)
  }

  @Test func `paths are relative to the folder of the settings file`() throws {
    let text = "[input]\nsamples = \"sheet.tsv\"\n[table]\nfiles = [\"mine.tsv\", \"/abs.tsv\"]\n"
    let read = try settings(text)
    #expect(read.sheet == "batch/sheet.tsv" && read.tables == ["batch/mine.tsv", "/abs.tsv"])
    #expect(try settings(text, path: "settings.toml").sheet == "sheet.tsv")
  }

  @Test(
    "what is wrong is said with file, line and the remedy",
    arguments: [
      ("[input]\n\nquite_time = 1\n", "s.toml:3: key 'input.quite_time' is not known (did you mean input.quiet_time?)"),
      ("[input]\nformats = [\"tsv\"]\n", "s.toml:2: key 'input.formats' is not known (did you mean output.formats?)"),
      ("[gate]\nmin_vaf = 1\n", "s.toml:1: section 'gate' is not known (did you mean gates?)"),
      ("min_vaf = 0.1\n", "s.toml:1: key 'min_vaf' is not known (did you mean gates.min_vaf?)"),
      ("[run]\nnonsense_here = 1\n", "s.toml:2: key 'run.nonsense_here' is not known (known: input.samples,"),
      (
        "[run]\nstrict = yes\n", "s.toml:2: 'yes' is not a value (a text is written in quotes, a flag is true or false)"
      ),
      ("[run]\nstrict = 1\n", "s.toml:2: run.strict '1' is not true or false"),
      ("[input]\nquiet_time = -1\n", "s.toml:2: input.quiet_time '-1' is not a number of seconds, 0 or more"),
      ("[input]\nquiet_time = \"600\"\n", "s.toml:2: input.quiet_time '600' is not a number of seconds"),
      ("[output]\nformats = [\"pdf\"]\n", "s.toml:2: output.formats '[pdf]' is not a list of \"tsv\""),
      ("[gates]\nmin_vaf = 2\n", "s.toml:2: gates.min_vaf '2' is not a fraction, 0 to 1"),
      ("[gates]\nmin_depth = -1\n", "s.toml:2: gates.min_depth '-1' is not a number of reads, 0 or more"),
      ("[gates]\nmin_depth = 0.5\n", "s.toml:2: gates.min_depth '0.5' is not a number of reads"),
      ("[gates]\nlowest_level = \"F\"\n", "s.toml:2: gates.lowest_level 'F' is not a level"),
      ("[run]\nstrict = true\nstrict = false\n", "s.toml:3: 'strict' is defined twice"),
      ("[run]\n[run]\n", "s.toml:2: [run] is defined twice"),
      ("[run\n", "s.toml:1: 'run' section ends without ']'"),
      ("[run]\nstrict true\n", "s.toml:2: 'strict' is not followed by '='"),
      (
        "[run]\nstrict = true quiet = true\n",
        "s.toml:2: 'quiet = true' follows the value (one value per line is expected)"
      ),
      ("[output]\nformats = [\"tsv\" \"html\"]\n", "s.toml:2: '\"html\"]' is not separated"),
      ("[input]\nsamples = \"open\n", "s.toml:2: 'open' text ends without a quote"),
      ("[output]\nreport_url = \"ftp://a\"\n", "s.toml:2: output.report_url 'ftp://a' is not an address"),
      ("[input]\nsamples = ''\n", "s.toml:2: input.samples is not a path in quotes"),
      ("a.b = 1\n", "s.toml:1: dotted keys are not used"),
      ("[[run]]\n", "s.toml:1: arrays of tables are not used"),
      ("[input]\nquiet_time = 1979-05-27\n", "s.toml:2: '1979-05-27' is not a value"),
    ])
  func faults(text: String, message: String) {
    let error = #expect(throws: InputError.self) { try settings(text, path: "s.toml") }
    #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
  }

  @Test func `every setting that a report depends on changes the digest, and no other`() throws {
    func digest(_ text: String) throws -> [String] {
      RunOptions(try settings(text)).reportSettings.map { $0.name + "=" + $0.value }
    }
    let plain = try digest("")
    for text in ["[input]\nquiet_time = 5\n", "[workers]\njobs = 3\n", "# remark\n", "[run]\nstrict = true\n"] {
      #expect(try digest(text) == plain, "\(text)")
    }
    for text in [
      "[input]\ntumor_type = \"LMS\"\n", "[input]\nwhole_exome = true\n", "[output]\nformats = [\"tsv\"]\n",
      "[output]\nexplain = true\n", "[output]\nsample_files = false\n", "[gates]\nmin_vaf = 0.1\n",
      "[gates]\nmin_depth = 20\n",
      "[gates]\nlowest_level = \"C\"\n", "[thresholds]\nlow_support_vaf = 0.1\n",
      "[thresholds]\nsubclonal_fraction = 0.4\n", "[thresholds]\namplification_copies = 7\n",
    ] {
      #expect(try digest(text) != plain, "\(text)")
    }
  }

  @Test func `every row of the table is listed once, under a key and an option of its own`() {
    let list = SettingTable.shared.list
    // The columns of a lab are one member and a row each.
    let columns = SettingTable.shared.columns.count
    #expect(list.count == Mirror(reflecting: SettingTable.shared).children.count - 1 + columns)
    #expect(Set(list.map(\.key)).count == list.count)
    let options = list.compactMap(\.option?.name)
    #expect(Set(options).count == options.count)
    #expect(list.allSatisfy { $0.key.split(separator: ".").count == 2 })
  }

  @Test func `what run.json records of settings is stated again`() throws {
    let text = """
      [input]
      genome = "GRCh38"
      [gates]
      min_vaf = 0.05
      [expression]
      high_tpm = 500
      [columns]
      gene = "Gene Name"

      """
    let options = RunOptions(try RunSettings(Array(text.utf8), path: "s.toml"))
    var again = RunSettings()
    again.restore(Dictionary(uniqueKeysWithValues: options.reportSettings.map { ($0.name, $0.value) }))
    #expect(again.genome == .grch38 && again.leastFraction == 0.05 && again.highTPM == 500 && again.highScore == nil)
    #expect(RunOptions(again).reportSettings.map(\.value) == options.reportSettings.map(\.value))
  }

  @Test func `what run.json records, and its order, stay as they are`() {
    #expect(
      RunOptions.reportSettingNames == [
        "tumor_type", "panel", "explain", "sample_files", "formats", "regulator", "max_text_size", "max_line_size",
        "private",
        "report_url", "thresholds.amplification_copies", "thresholds.subclonal_fraction", "thresholds.low_support_vaf",
        "input.whole_exome", "gates.min_vaf", "gates.min_depth", "gates.lowest_level",
        "input.genome", "expression.high_z_score", "expression.low_z_score", "expression.high_tpm",
        "expression.low_tpm", "germline", "input.assay_megabases", "columns",
      ])
    var options = RunOptions()
    options.panel = ["B", "A"]
    options.lowSupport = 0.05
    options.lowestLevel = .b
    let recorded = Dictionary(uniqueKeysWithValues: options.reportSettings.map { ($0.name, $0.value) })
    #expect(recorded["panel"] == "xxh64:" + XXH64.hex(Array("A,B".utf8).span))
    #expect(recorded["thresholds.low_support_vaf"] == "0.05" && recorded["gates.lowest_level"] == "B")
    #expect(recorded["thresholds.amplification_copies"] == "6.0" && recorded["formats"] == "html,json,tsv")
    #expect(recorded["input.whole_exome"] == "false" && recorded["max_line_size"] == "67108864")
  }

  /// `RECORD_GOLDEN=1` rewrites the page, and fails.
  @Test func `the page of settings says what the table of settings says`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appending(path: "Pipelines/README.md")
    let page = try String(contentsOf: file, encoding: .utf8)
    let table = SettingTable.shared.documentation
    #expect(page.contains("\n\n" + table + "\n"), "the table of settings is to be\n\(table)")
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1", !page.contains(table) {
      let start = try #require(page.range(of: "| key | value |"))
      let end = try #require(page.range(of: "\n\n", range: start.lowerBound..<page.endIndex))
      try page.replacingCharacters(in: start.lowerBound..<end.lowerBound, with: table.dropLast())
        .write(to: file, atomically: true, encoding: .utf8)
    }
  }

  @Test func `the share of a sample is stable and known`() {
    // XXH64 of the identifier, modulo N, plus 1: fixed numbers, since outputs of last year must merge with this year's.
    #expect(CohortPart.shard(of: "LMS-01", count: 1) == 1)
    let spread = Set((0..<200).map { CohortPart.shard(of: "S\($0)", count: 7) })
    #expect(spread == Set(1...7))
    #expect(
      CohortPart.shard(of: "TCGA-AA-0001-01A-11D-A387-09", count: 97)
        == CohortPart.shard(of: "TCGA-AA-0001-01", count: 97))
    // All samples of a patient stand together, under whichever barcode.
    let patient = CohortPart.shard(of: "TCGA-AA-0001", count: 97)
    for barcode in ["TCGA-AA-0001-01", "TCGA-AA-0001-06A", "TCGA-AA-0001-11A-11D-A387-09"] {
      #expect(CohortPart.shard(of: barcode, count: 97) == patient, "\(barcode)")
    }
    #expect(CohortPart.shard(of: "TCGA-AA-0002-01", count: 97) != patient)
    for text in ["0/3", "4/3", "1", "1/0", "/", "a/b", "1/2/3", ""] { #expect(CohortPart(text) == nil, "\(text)") }
    #expect(CohortPart("2/3")?.name == "2/3")
  }
}
