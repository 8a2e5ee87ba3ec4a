// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Two nights on the same files with another table in between: changes.tsv says what was planted and nothing else.
struct TwoNightsTests {
  /// A protein change with the samples that carry it, read from the mutation files without the program.
  private struct Planted {
    let gene: String
    let change: String
    let barcodes: Set<String>
  }

  private static let agents = ["selumetinib", "trametinib", "palbociclib", "olaparib", "imatinib", "sorafenib"]

  @Test func `the sample cohort`() throws {
    try twoNights(["SampleData"], mutationFiles: Self.files(in: Program.root.appending(path: "SampleData"), "maf.gz"))
  }

  @Test(.enabled(if: SharedData.isPresent, "the real files lie beside the project"))
  func `real sarcomas`() throws {
    let maf = try #require(SharedData.folder).appending(path: "tcga_sarc/tcga_sarc_mc3.dev.maf.gz")
    // Without a type every rule is evidence of another tumor, and level C and D come to one tier.
    try twoNights([maf.path, "--tumor-type", "SARCNOS"], mutationFiles: [maf])
  }

  @Test(.enabled(if: SharedData.isPresent, "the real files lie beside the project"))
  func `a real panel study of lung cancer`() throws {
    let study = try #require(SharedData.folder).appending(path: "cbioportal/nsclc_pd1_msk_2018.dev")
    try twoNights([study.path], mutationFiles: [study.appending(path: "data_mutations.txt.gz")])
  }

  private func twoNights(_ inputs: [String], mutationFiles: [URL]) throws {
    let place = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: place) }
    let planted = try Self.planted(mutationFiles)
    try #require(planted.count == 6)
    let tables = [place.appending(path: "one.tsv"), place.appending(path: "two.tsv")]
    func rule(_ number: Int, level: String, _ more: KeyValuePairs<String, String> = [:]) -> InventedRule {
      let item = planted[number]
      return InventedRule("N\(number)", item.gene, item.change, Self.agents[number], level: level, in: "ANY", more)
    }
    let first = [
      rule(0, level: "C"), rule(1, level: "D"), rule(2, level: "C"), rule(4, level: "C"), rule(5, level: "C"),
    ]
    let second = [
      rule(1, level: "C"), rule(2, level: "D"), rule(3, level: "C"),
      rule(4, level: "C", ["status": "withdrawn", "withdrawn_date": "2026-01-01"]), rule(5, level: "C"),
    ]
    for (table, rules) in zip(tables, [first, second]) {
      try InventedRule.text(rules).write(to: table, atomically: true, encoding: .utf8)
    }
    let out = place.appending(path: "o")
    var stamps: [[String: Date]] = []
    for table in tables {
      let outcome = try Program.run(
        ["run"] + inputs + ["--out", out.path, "--no-builtin-table", "--table", table.path])
      #expect(outcome.status == 0)
      stamps.append(try Self.stamps(out))
    }

    let samples = Table(try String(contentsOf: out.appending(path: "samples.tsv"), encoding: .utf8))
      .rows.compactMap { $0["sample_id"] }
    var expected: Set<[String]> = []
    var touched: Set<String> = []
    for (number, change, before, after) in [
      (0, "lost", "II-C supported", ""), (1, "tier_up", "II-D supported", "II-C supported"),
      (2, "tier_down", "II-C supported", "II-D supported"), (3, "gained", "", "II-C supported"),
      (4, "verdict", "II-C supported", "II-C withdrawn"),
    ] {
      for sample in samples where planted[number].barcodes.contains(where: { $0.hasPrefix(sample) }) {
        expected.insert([sample, Self.agents[number], "sensitivity", change, before, after, "table", "N\(number)"])
        touched.insert(sample)
      }
    }
    #expect(Set(expected.map { $0[3] }) == ["lost", "tier_up", "tier_down", "gained", "verdict"])
    let changes = Table(try String(contentsOf: out.appending(path: "changes.tsv"), encoding: .utf8))
    #expect(changes.header.last == "alteration")
    #expect(changes.rows.allSatisfy { $0["alteration"]?.isEmpty == false })
    let rows = changes.rows.map { row in changes.header.dropLast().map { row[$0] ?? "" } }
    #expect(Set(rows) == expected && rows.count == expected.count)

    let page = try String(contentsOf: out.appending(path: "changes.html"), encoding: .utf8)
    for sample in touched { #expect(page.contains("id=\"s-\(sample)\"")) }
    #expect(page.components(separatedBy: "<section id=\"s-").count == touched.count + 1)
    // Every report names the table that it was made with.
    #expect(Set(stamps[1].filter { stamps[0][$0.key] != $0.value }.keys).isSuperset(of: touched))
  }

  /// When each sample's page was written.
  private static func stamps(_ out: URL) throws -> [String: Date] {
    let samples = out.appending(path: "samples").path
    var stamps: [String: Date] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: samples) {
      let page = "\(samples)/\(name)/\(name).report.html"
      stamps[name] = try FileManager.default.attributesOfItem(atPath: page)[.modificationDate] as? Date
    }
    return stamps
  }

  private static func files(in folder: URL, _ suffix: String) -> [URL] {
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return paths.filter { $0.hasSuffix(suffix) }.sorted().map { folder.appending(path: $0) }
  }

  /// Six substitutions in samples of their own, so that no two agents meet in one sample.
  private static func planted(_ files: [URL]) throws -> [Planted] {
    var barcodes: [[String]: Set<String>] = [:]
    for file in files {
      let lines = try unpacked(file).split(separator: "\n").filter { !$0.hasPrefix("#") }
      let table = Table(lines.joined(separator: "\n"))
      for row in table.rows {
        guard let gene = row["Hugo_Symbol"], let change = row["HGVSp_Short"], let barcode = row["Tumor_Sample_Barcode"],
          row["Variant_Classification"] == "Missense_Mutation", change.wholeMatch(of: /p\.[A-Z][1-9][0-9]*[A-Z]/) != nil
        else { continue }
        // What the caller did not let pass is read and not looked at.
        guard ["", ".", "PASS", nil].contains(row["FILTER"]) else { continue }
        barcodes[[gene, change], default: []].insert(barcode)
      }
    }
    var used: Set<String> = []
    var planted: [Planted] = []
    let order = barcodes.keys.sorted { one, other in
      let counts = (barcodes[one]?.count ?? 0, barcodes[other]?.count ?? 0)
      return counts.0 == counts.1 ? one.lexicographicallyPrecedes(other) : counts.0 > counts.1
    }
    for key in order where planted.count < 6 {
      guard let own = barcodes[key], used.isDisjoint(with: own) else { continue }
      used.formUnion(own)
      planted.append(Planted(gene: key[0], change: key[1], barcodes: own))
    }
    return planted
  }

  private static func unpacked(_ file: URL) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", file.path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}
