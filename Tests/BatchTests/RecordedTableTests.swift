// SPDX-License-Identifier: Apache-2.0
import DelimitedText
import Reports
import SystemIO
import TestSupport
import Testing
@testable import Batch

/// Tables of a finished run are read by the names of their columns, and only where they are what the run wrote.
struct RecordedTableTests {
  /// An output folder with tables of invented rows, removed at the end.
  private final class Folder {
    let path: String

    /// - Parameter isReversed: Whether the columns stand in the opposite order.
    init(_ rows: [OutputTable: [[String: String]]], isReversed: Bool = false) throws {
      path = try FileWriting.makeTemporaryDirectory()
      var record = RunRecord()
      record.programVersion = "1"
      for table in OutputTable.allCases {
        var buffer = TSVWriter()
        buffer.row(table.columns)
        for row in rows[table] ?? [] { buffer.row(table.columns.map { row[$0] ?? "" }) }
        let bytes = isReversed ? Table.withColumnsReversed(buffer.bytes) : buffer.bytes
        try FileWriting.replace(path + "/" + table.fileName, with: bytes.span)
        record.outputs.append(RunRecord.Output(file: table.fileName, digest: "xxh64:" + XXH64.hex(bytes.span)))
      }
      let ids = Set((rows[.options] ?? []).compactMap { $0["sample_id"] }).sorted()
      record.samples = ids.map { RunRecord.Sample(id: $0, status: .reported) }
      try record.write(to: path + "/run.json")
    }

    func bytes(_ table: OutputTable) throws -> [UInt8] {
      var bytes: [UInt8] = []
      try FileReading.read(path + "/" + table.fileName, into: &bytes)
      return bytes
    }

    deinit { FileWriting.removeFolder(path) }
  }

  private static func therapy(_ sample: String, _ therapy: String, tier: String) -> [String: String] {
    [
      "sample_id": sample, "therapy": therapy, "group": "opened", "tier": tier, "verdict": "supported",
      "level": "B", "rule_ids": "R-\(therapy)",
    ]
  }

  private static let before: [OutputTable: [[String: String]]] = [
    .options: [
      therapy("S1", "imatinib", tier: "I-A"), therapy("S1", "sunitinib", tier: "II-C"),
      therapy("S2", "olaparib", tier: "I-B"),
    ],
    .agents: [
      ["agent": "imatinib", "sample_id": "S1", "direction": "sensitivity", "rule_id": "R-imatinib", "new": "yes"],
      ["agent": "olaparib", "sample_id": "S2", "direction": "sensitivity", "rule_id": "R-olaparib", "new": "no"],
    ],
    .rejected: [
      ["file": "in/b.maf", "line": "7", "column": "HGVSp_Short", "value": "x", "problem": "cannot be read"],
      ["file": "in/a.maf", "line": "12", "problem": "is cut short"],
    ],
  ]
  private static let now: [OutputTable: [[String: String]]] = [
    .options: [
      therapy("S1", "imatinib", tier: "II-C"), therapy("S2", "niraparib", tier: "I-B"),
      therapy("S2", "olaparib", tier: "I-B"), therapy("S3", "imatinib", tier: "I-A"),
    ]
  ]

  @Test func `two outputs are compared by the names of their columns, wherever these stand`() throws {
    let (old, new) = (try Folder(Self.before), try Folder(Self.now))
    let expected = try OutputComparison.changes(from: old.path, to: new.path)
    let rows = Table(String(decoding: expected, as: UTF8.self)).rows
    #expect(rows.map { $0["therapy"] } == ["imatinib", "sunitinib", "niraparib"])
    #expect(rows.map { $0["change"] } == ["tier_down", "lost", "gained"])
    #expect(rows.map { $0["rule_id"] } == ["R-imatinib", "R-sunitinib", "R-niraparib"])
    let (oldMoved, newMoved) = (try Folder(Self.before, isReversed: true), try Folder(Self.now, isReversed: true))
    for (one, other) in [(oldMoved, new), (old, newMoved), (oldMoved, newMoved)] {
      #expect(try OutputComparison.changes(from: one.path, to: other.path) == expected)
    }
  }

  @Test func `agents and rejected rows of the last run are read wherever their columns stand`() throws {
    var agents: [[UInt8]] = []
    var rejected: [[RejectedRow]] = []
    for isReversed in [false, true] {
      let folder = try Folder(Self.before, isReversed: isReversed)
      let rows = try AgentRows(old: try folder.bytes(.agents), directory: folder.path) { $0.elementsEqual("S1".utf8) }
      try rows.add(Array("olaparib\tS2\t\t\tsensitivity\t\tR9\nniraparib\tS2\t\t\tsensitivity\t\tR8\n".utf8))
      var text: [UInt8] = []
      try rows.pass { text += $0 }
      agents.append(text)
      rejected.append(
        RejectedRow.rows(
          of: try folder.bytes(.rejected), byReader: [1], files: ["in/a.maf": 0, "in/b.maf": 1]
        ).sorted())
    }
    let expected = """
      niraparib\tS2\t\t\tsensitivity\t\tR8\tyes
      imatinib\tS1\t\t\tsensitivity\t\tR-imatinib\tno
      olaparib\tS2\t\t\tsensitivity\t\tR9\tno

      """
    #expect(agents.map { String(decoding: $0, as: UTF8.self) } == [expected, expected])
    for rows in rejected {
      #expect(
        rows.map { String(decoding: $0.bytes, as: UTF8.self) } == [
          "in/a.maf\t12\t\t\tis cut short\n", "in/b.maf\t7\tHGVSp_Short\tx\tcannot be read\n",
        ])
      #expect(rows.map(\.line) == [12, 7] && rows.map(\.isByReader) == [true, false])
    }
  }

  @Test func `rows are carried over from tables in the columns of this version only`() throws {
    for isReversed in [false, true] {
      let folder = try Folder(Self.before, isReversed: isReversed)
      let old = RecordedTables(of: RecordedRun(folder.path), isWhole: true)
      #expect(old.isWhole(explains: true, hasTrials: false) == !isReversed)
      var row = try old.options(of: "S2")
      var therapies: [String] = []
      while row.next() { therapies.append(row["therapy"]) }
      #expect(therapies == ["olaparib"])
    }
  }

  @Test("a table that is cut, longer or gone is no table of the run", arguments: OutputTable.allCases)
  func damage(table: OutputTable) throws {
    for damage in ["", "cut", "longer", "gone"] {
      let folder = try Folder(Self.before)
      let path = folder.path + "/" + table.fileName
      let bytes = try folder.bytes(table)
      switch damage {
      case "cut": try FileWriting.replace(path, with: Array(bytes.dropLast(2)).span)
      case "longer": try FileWriting.replace(path, with: (bytes + [0x0A]).span)
      case "gone": FileWriting.remove(path)
      default: break
      }
      let old = RecordedTables(of: RecordedRun(folder.path), isWhole: true)
      // changes.tsv tells of one run and is never carried over.
      #expect(old.isWhole(explains: true, hasTrials: true) == (damage.isEmpty || table == .changes), "\(damage)")
      #expect(
        old.isWhole(explains: false, hasTrials: true) == (damage.isEmpty || [.changes, .nearMisses].contains(table)),
        "\(damage)")
    }
  }

  @Test func `each sample's rows are found, in a table of many pieces too`() throws {
    let folder = try FileWriting.makeTemporaryDirectory()
    defer { FileWriting.removeFolder(folder) }
    let header = TSVHeader(["gene", "sample_id", "note"])
    let note = String(repeating: "long ", count: 400)
    func rows(_ sample: Int) -> [UInt8] {
      Array((0...sample % 4).map { "G\($0)\tS\(sample)\t\(note)\n" }.joined().utf8)
    }
    let bytes = header.line + (1000..<1800).flatMap(rows)
    #expect(bytes.count > 3 << 20)
    let path = folder + "/table.tsv"
    try FileWriting.replace(path, with: bytes.span)
    let digest = "xxh64:" + XXH64.hex(bytes.span)
    let table = try #require(RecordedTable(path, digest: digest))
    #expect(table.header == header)
    for sample in 1000..<1800 { #expect(try table.rows(of: "S\(sample)") == rows(sample)) }
    #expect(try table.rows(of: "S1").isEmpty)
    #expect(RecordedTable(path, digest: "xxh64:0") == nil)
  }
}
