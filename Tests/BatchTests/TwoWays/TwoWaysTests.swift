// SPDX-License-Identifier: Apache-2.0
import Batch
import Foundation
import JSONText
import Knowledge
import Reports
import TestSupport
import Testing

/// Rows of genes that no rule names take a short way; the long one says the same of them.
struct TwoWaysTests {
  /// A run that did not come to its end.
  private struct Unfinished: Error { let ending: String }

  private static let formats = ["tsv", "json", "html", "fhir"]

  /// What a run over a folder leaves, by path in its output folder.
  private func outputs(of folder: URL, samples: Int, usesShortWay: Bool) throws -> [String: Data] {
    var options = RunOptions()
    options.inputs = [folder.appending(path: "in").path]
    options.output = folder.appending(path: usesShortWay ? "short" : "long").path
    options.formats = Set(Self.formats.compactMap(ReportFormat.init(rawValue:)))
    options.usesShortWay = usesShortWay
    options.explains = true
    let ending = try BatchRun(options: options, table: .builtIn, programVersion: "1").run()
    guard case .finished(let summary) = ending else { throw Unfinished(ending: "\(ending)") }
    #expect(summary.reported == samples)
    var files: [String: Data] = [:]
    let walker = try #require(FileManager.default.enumerator(atPath: options.output))
    for case let path as String in walker where path.contains(".") {
      let place = URL(filePath: options.output).appending(path: path)
      files[path] = try? Data(contentsOf: place)
    }
    return files
  }

  @Test(arguments: [20_261_101, 7, 8, 9] as [UInt64])
  func `the short way says of generated rows what the long way says`(seed: UInt64) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "two-ways-\(UUID().uuidString)")
    let input = folder.appending(path: "in")
    try FileManager.default.createDirectory(at: input, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var rows = RandomRows(seed: seed, table: .builtIn)
    try Data(rows.text(2500).utf8).write(to: input.appending(path: "cohort.maf"))
    try Data(rows.sheet().utf8).write(to: input.appending(path: "samples.tsv"))
    let count = RandomRows.samples.count
    let short = try outputs(of: folder, samples: count, usesShortWay: true)
    let long = try outputs(of: folder, samples: count, usesShortWay: false)

    for table in ["therapies.tsv", "alterations.tsv", "samples.tsv", "rejected.tsv", "near_misses.tsv"] {
      try compare(table, lines(short[table]), lines(long[table]), seed)
      #expect(try lines(short[table]).count > 1, "\(table) has rows")
    }
    var apart = 0
    for sample in RandomRows.samples {
      let name = "samples/\(sample)/\(sample)"
      func both(_ end: String, _ read: (Data) throws -> [String]) throws {
        let one = try #require(short[name + end], "\(name)\(end)")
        let other = try #require(long[name + end], "\(name)\(end)")
        try compare(name + end, read(one), read(other), seed)
      }
      try both(".report.json", Canonical.report)
      try both(".fhir.json", Canonical.bundle)
      let page = Canonical.page(String(decoding: try #require(short[name + ".report.html"]), as: UTF8.self))
      let whole = Canonical.page(String(decoding: try #require(long[name + ".report.html"]), as: UTF8.self))
      #expect(whole.list.isEmpty && !page.list.isEmpty)
      let listed = whole.rows.filter { !page.rows.contains($0) }.map(\.inList)
      let words = Canonical.words(listed.joined(separator: ", "))
      compare(name + ".report.html, list", Canonical.words(page.list), words, seed)
      let missing = page.rows.filter { !whole.rows.contains($0) }
      #expect(missing.isEmpty, "\(name).report.html, seed \(seed)")
      apart += listed.count
    }
    #expect(apart > 300, "rows that took the short way")
  }

  @Test(arguments: [true, false])
  func `what is to be borne in mind of a change that no rule names is said, whatever word its class has`(
    usesShortWay: Bool
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "two-ways-\(UUID().uuidString)")
    let input = folder.appending(path: "in")
    try FileManager.default.createDirectory(at: input, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let changes = [
      ("Missense_Mutation", "p.A100T"), ("Missense", "p.A100T"), ("missense_variant", "p.A100T"),
      ("nonsynonymous SNV", "p.A100T"), ("Missense", "p.Ala100Thr"),
    ]
    let rows = changes.enumerated().map { number, change in
      ["FAM83H", "S\(number)", change.0, change.1, "c.9G>A", "Germline", "100", "4", "0.2"]
    }
    let text = ([RandomRows.columns] + rows).map { $0.joined(separator: "\t") + "\n" }.joined()
    try Data(text.utf8).write(to: input.appending(path: "cohort.maf"))
    let sheet = rows.map { "\($0[1])\tLMS\t10\n" }.joined()
    try Data(("sample_id\ttumor_type\tvaf_limit\n" + sheet).utf8).write(to: input.appending(path: "samples.tsv"))
    let files = try outputs(of: folder, samples: changes.count, usesShortWay: usesShortWay)
    for (number, change) in changes.enumerated() {
      let name = "samples/S\(number)/S\(number)"
      let report = try JSONValue(Array(#require(files[name + ".report.json"])).span)
      let alterations = report["alterations"]?.elements ?? []
      #expect(alterations.count == 1)
      let flags = alterations.first?["flags"]?.elements.compactMap(\.text) ?? []
      #expect(Set(flags) == ["coding_change_disagrees", "common_in_population", "low_support"], "\(change)")
      guard case .number(0.04)? = alterations.first?["vaf"] else {
        Issue.record("\(change): allele fraction \(alterations.first?["vaf"] as Any)")
        continue
      }
      #expect(alterations.first?["origin"]?.text == "germline")
      let bundle = String(decoding: try #require(files[name + ".fhir.json"]), as: UTF8.self)
      #expect(bundle.components(separatedBy: "\"69548-6\"").count == 2, "one observation of \(change)")
      for part in ["p.A100T", "c.9G>A", "LA6683-2"] { #expect(bundle.contains(part), "\(part) of \(change)") }
      let page = String(decoding: try #require(files[name + ".report.html"]), as: UTF8.self)
      #expect(page.contains("coding change and protein change name different codons"), "\(change)")
    }
  }

  private func lines(_ data: Data?) throws -> [String] {
    String(decoding: try #require(data), as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// Says where two texts part; a whole report is too much to print.
  private func compare(_ name: String, _ short: [String], _ long: [String], _ seed: UInt64) {
    guard short != long else { return }
    let place =
      zip(short, long).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(short.count, long.count)
    let one = short.indices.contains(place) ? short[place] : "nothing"
    let other = long.indices.contains(place) ? long[place] : "nothing"
    Issue.record("seed \(seed), \(name), line \(place + 1):\nshort: \(one)\nlong:  \(other)")
  }
}
