// SPDX-License-Identifier: Apache-2.0
import Foundation
import Knowledge
import Synchronization
import Reports
import SystemIO
import TestSupport
import Testing
@testable import Batch

/// Samples of a large file are done while it is being read; what is written is what is written when it is read first.
struct EarlySamplesTests {
  /// A few rules, so that many runs take little time.
  private static let table = KnowledgeBase.load(
    includingBuiltIn: false,
    userTables: [
      (
        "few.tsv",
        Array(
          InventedRule.text([
            InventedRule("E1", "KRAS", "p.G12C", "sotorasib", in: "LUAD"),
            InventedRule("E2", "BRAF", "p.V600E", "dabrafenib+trametinib", level: "C", in: "ANY"),
            InventedRule.resistance("E3", "KRAS", "p.G12D", "cetuximab", in: "ANY"),
          ]).utf8)
      )
    ])

  /// How the samples of a cohort lie in its files.
  enum Layout: String, CaseIterable {
    case sorted, grouped, apart, shuffled, joinedAtStart
    case truncated, shortRow, blankSample, twoBuilds, damaged
    case normalLater, normalBefore, barcodes, calledLikeTheFile, printedAlike
    case secondTable, sheet, otherSheet, panels, unknownGenes, oneKnownGene
    case repeated, half, unfilled, filledLate, filledFirst, oneSample, linesLeftOut
  }

  /// Whether samples go before the file is read to its end, at least at first.
  private static let early: Set<Layout> = [
    .sorted, .grouped, .apart, .joinedAtStart, .truncated, .shortRow, .blankSample, .twoBuilds, .damaged, .normalLater,
    .filledFirst, .linesLeftOut, .repeated, .half,
  ]
  /// And where sheets or panels are read first.
  private static let earlyBehindOthers: Set<Layout> = [
    .sheet, .otherSheet, .panels,
  ]

  private static let columns = [
    "Hugo_Symbol", "Variant_Classification", "HGVSp_Short", "Tumor_Sample_Barcode", "t_alt_count", "t_depth", "FILTER",
    "NCBI_Build", "Matched_Norm_Sample_Barcode",
  ]

  private static func row(_ random: inout SplitMix, _ sample: String) -> [String] {
    let (gene, change) = random.pick([
      ("KRAS", "p.G12C"), ("KRAS", "p.G12D"), ("BRAF", "p.V600E"), ("TP53", "p.R175H"), ("EGFR", "p.L858R"),
      ("TTN", "p.A100T"), ("NOGENE", "p.A1T"), ("", "p.A1T"), ("PIK3CA", "p.H1047R"), ("KIT", "p.V559D"),
    ])
    return [
      gene, random.pick(["Missense_Mutation", "Missense_Mutation", "Missense_Mutation", "Intron", "Silent"]), change,
      sample, random.pick(["12", "30", "x", "7"]), "60", random.pick(["PASS", "PASS", "PASS", "low"]), "GRCh38", "",
    ]
  }

  /// The rows of a cohort, one sample after the other.
  private static func rows(_ layout: Layout, _ random: inout SplitMix) -> [[String]] {
    let count = layout == .oneSample ? 1 : 24
    var rows: [[String]] = []
    for number in 0..<count {
      var sample = "S\(layout == .grouped ? (number * 7) % 24 : 100 + number)"
      if layout == .barcodes { sample = "TCGA-AB-\(1000 + number / 2)-0\(1 + number % 2)A" }
      for _ in 0...random.below(layout == .oneSample ? 200 : 9) { rows.append(row(&random, sample)) }
    }
    let last = rows.count - 1
    switch layout {
    case .apart: rows.append(row(&random, "S107"))
    case .repeated: rows += rows + rows
    case .half: rows.append(contentsOf: Array(rows[(last / 2)...]))
    case .joinedAtStart: rows.insert(row(&random, "S118"), at: 0)
    case .shuffled: rows.shuffle(using: &random)
    case .shortRow: rows.append(["KRAS"])
    case .blankSample: rows[last - 3][3] = ""
    case .twoBuilds: rows[last][7] = "GRCh37"
    case .normalLater: rows[last][8] = "S105"
    case .normalBefore: rows[0][8] = "S105"
    case .calledLikeTheFile:
      rows[last / 2][3] = "z"
      rows[last - 2][3] = ""
    case .printedAlike:
      rows[5][3] = "S\u{1}"
      rows[last][3] = "S%01"
    case .unknownGenes: for index in rows.indices { rows[index][0] = "NOGENE\(index)" }
    case .oneKnownGene:
      for index in rows.indices { rows[index][0] = "NOGENE\(index)" }
      rows[last] = ["KRAS", "Missense_Mutation", "p.G12C", "S123", "12", "60", "PASS", "GRCh38", ""]
    case .unfilled: for index in rows.indices { rows[index][4] = "0" }
    case .filledLate: for index in rows.indices.dropLast() { rows[index][4] = "0" }
    case .filledFirst: for index in rows.indices.dropFirst(3) where index % 5 == 0 { rows[index][4] = "0" }
    case .linesLeftOut: for index in rows.indices where index % 7 == 0 { rows[index][0] = "# \(index)" }
    default: break
    }
    return rows
  }

  private static func write(_ layout: Layout, seed: UInt64, to folder: String, isPlain: Bool) throws {
    var random = SplitMix(seed: seed)
    func put(_ name: String, _ bytes: [UInt8]) throws { try FileWriting.replace(folder + "/" + name, with: bytes.span) }
    let table = ([columns] + rows(layout, &random)).map { $0.joined(separator: "\t") + "\n" }.joined()
    var bytes = Array(table.utf8)
    if layout == .truncated || layout == .damaged || !isPlain {
      bytes = seed % 2 == 0 ? bgzip(bytes, block: 700) : gzip(bytes, level: 1)
      if layout == .truncated { bytes.removeLast(60) }
      if layout == .damaged { bytes[bytes.count - 6 - (seed % 2 == 0 ? 28 : 0)] ^= 0x55 }
    }
    try put("z.maf", bytes)
    let sheet = (100..<130).map { "S\($0)\t\($0 % 2 == 0 ? "LUAD" : "normal blood")\n" }.joined()
    switch layout {
    case .secondTable:
      try put(
        "more.maf", Array((columns.joined(separator: "\t") + "\n" + row(&random, "S104").joined(separator: "\t")).utf8))
    case .sheet: try put("a_samples.tsv", Array(("sample_id\ttumor_type\n" + sheet + "S999\tLUAD\n").utf8))
    case .otherSheet: try put("a_samples.tsv", Array("sample_id\ttumor_type\nX1\tLUAD\nX2\tBRCA\n".utf8))
    case .panels:
      try put("data_gene_panel_P1.txt", Array("stable_id: P1\ngene_list: KRAS\tBRAF\tTP53\n".utf8))
      let matrix = (100..<160).map { "S\($0)\t\($0 % 3 == 0 ? "P1" : "NA")\n" }.joined()
      try put("data_gene_panel_matrix.txt", Array(("SAMPLE_ID\tmutations\n" + matrix).utf8))
    default: break
    }
  }

  /// What a run leaves: its files, without what differs between any two runs.
  private static func files(in folder: String) throws -> [String: String] {
    var files: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      var text = String(decoding: try Data(contentsOf: URL(filePath: folder + "/" + name)), as: UTF8.self)
      for changing in [
        #/"(?:started|finished)": "[^"]*"/#, #/"seconds": [-0-9.e]+/#, #/"jobs": \d+/#,
        // Its digest holds the inputs' ages.
        #/"created": "[^"]*"/#,
      ] { text = text.replacing(changing, with: "") }
      files[name] = text
    }
    return files
  }

  /// Runs over a folder.
  ///
  /// - Returns: What it left, and how many samples were done before their file was read.
  private static func run(
    _ input: String, _ output: String, givesEarly: Bool, jobs: Int = 2, partSize: Int = 700,
    _ change: (inout RunOptions) -> Void = { _ in }
  ) throws -> (files: [String: String], early: Int) {
    let early = Locked(0)
    var options = RunOptions()
    options.inputs = [input]
    options.output = output
    options.tumorType = "LUAD"
    options.writesSampleFiles = false
    options.formats = [.tsv]
    options.jobs = jobs
    options.givesEarly = givesEarly
    (options.largeFile, options.partSize) = (0, partSize)
    options.onProgress = { progress in
      early.withLock { $0 = max($0, progress.early) }
    }
    change(&options)
    switch try BatchRun(options: options, table: table, programVersion: "1").run() {
    case .finished, .idle: return (try files(in: output), early.withLock { $0 })
    default: return (["": "not finished"], 0)
    }
  }

  private static func compare(_ one: [String: String], _ other: [String: String], _ what: String) {
    #expect(one.keys.sorted() == other.keys.sorted(), "\(what)")
    for (name, text) in one where other[name] != text {
      let lines = [text, other[name] ?? ""].map { $0.split(separator: "\n", omittingEmptySubsequences: false) }
      let place = zip(lines[0], lines[1]).enumerated().first { $0.element.0 != $0.element.1 }
      Issue.record(
        """
        \(what), \(name): line \(place?.offset ?? -1) of \(lines[0].count) and \(lines[1].count)
        early: \(place?.element.0 ?? "")
        after: \(place?.element.1 ?? "")
        """)
    }
  }

  private static func withFolder(_ body: (String) throws -> Void) throws {
    let folder = try FileWriting.makeTemporaryDirectory()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileWriting.makeDirectory(folder + "/in")
    try body(folder)
  }

  @Test(arguments: Layout.allCases, [1, 2] as [UInt64])
  func `what is written is the same, whenever samples are done`(layout: Layout, seed: UInt64) throws {
    try Self.withFolder { folder in
      try Self.write(layout, seed: seed, to: folder + "/in", isPlain: layout == .sorted && seed == 1)
      let expected = try Self.run(folder + "/in", folder + "/after", givesEarly: false)
      #expect(expected.early == 0)
      var early = 0
      for (jobs, size) in seed == 1 ? [(1, 1500), (2, 1000)] : [(2, 1000), (3, 400)] {
        let place = folder + "/o\(jobs)-\(size)"
        let found = try Self.run(folder + "/in", place, givesEarly: true, jobs: jobs, partSize: size)
        Self.compare(found.files, expected.files, "\(layout), seed \(seed), \(jobs) workers, parts of \(size)")
        early = max(early, found.early)
      }
      let isEarly = Self.early.contains(layout) || seed == 1 && Self.earlyBehindOthers.contains(layout)
      #expect(!isEarly || early > 0, "\(layout), seed \(seed): none was early")
      if layout == .shuffled || layout == .secondTable || layout == .oneSample { #expect(early == 0, "\(layout)") }
    }
  }

  @Test(arguments: [Layout.sorted, .apart, .grouped, .sheet, .truncated, .twoBuilds])
  func `a part of a cohort writes the same`(layout: Layout) throws {
    try Self.withFolder { folder in
      try Self.write(layout, seed: 11, to: folder + "/in", isPlain: false)
      for number in 1...2 {
        let part = CohortPart(shard: number, of: 2)
        let expected = try Self.run(folder + "/in", folder + "/after\(number)", givesEarly: false) { $0.part = part }
        let found = try Self.run(folder + "/in", folder + "/early\(number)", givesEarly: true, partSize: 1000) {
          $0.part = part
        }
        Self.compare(found.files, expected.files, "\(layout), part \(number)")
      }
    }
  }

  @Test(arguments: [Layout.sorted, .apart, .twoBuilds, .truncated, .secondTable, .normalLater])
  func `the next run writes the same, whatever its file has become`(layout: Layout) throws {
    try Self.withFolder { folder in
      var found: [[String: String]] = []
      for (night, seed) in [(Layout.sorted, 21 as UInt64), (layout, 22)] {
        try Self.write(night, seed: seed, to: folder + "/in", isPlain: true)
        found = try [true, false].map { givesEarly in
          try Self.run(
            folder + "/in", folder + (givesEarly ? "/early" : "/after"), givesEarly: givesEarly, partSize: 1000
          ).files
        }
      }
      Self.compare(found[0], found[1], "\(layout)")
    }
  }

  @Test func `a run that ends early leaves no part of a table, and the next one writes the same`() throws {
    try Self.withFolder { folder in
      try Self.write(.sorted, seed: 31, to: folder + "/in", isPlain: true)
      let expected = try Self.run(folder + "/in", folder + "/after", givesEarly: false)
      for limit in [5, 20, 60, 100] {
        let asked = Atomic<Int>(0)
        let place = folder + "/o\(limit)"
        _ = try Self.run(folder + "/in", place, givesEarly: true, partSize: 1000) { options in
          options.isInterrupted = { asked.wrappingAdd(1, ordering: .relaxed).newValue > limit }
        }
        let left = try FileManager.default.contentsOfDirectory(atPath: place)
        #expect(!left.contains { $0.hasSuffix(".part") }, "\(left)")
        let found = try Self.run(folder + "/in", place, givesEarly: true, partSize: 1000)
        Self.compare(found.files, expected.files, "after \(limit)")
      }
    }
  }
}
