// SPDX-License-Identifier: Apache-2.0
import SystemIO
import Testing
@testable import Batch

/// agents.tsv turns rows by sample into rows by agent.
struct AgentRowsTests {
  private static let agents = ["axitinib", "pazopanib", "sunitinib"]

  private func row(_ agent: String, _ sample: Int, _ tier: String = "II-C") -> String {
    "\(agent)\tS\(10_000 + sample)\tLMS\t\(tier)\tsensitivity\tsupported\tR0001"
  }

  private func passed(_ rows: AgentRows) throws -> [String] {
    var bytes: [UInt8] = []
    try rows.pass { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  @Test("rows of more samples than are kept in memory come by agent, then by sample", arguments: [1, 40, 3000])
  func largeCohort(samples: Int) throws {
    let place = try FileWriting.makeTemporaryDirectory()
    defer { FileWriting.removeFolder(place) }
    let rows = try AgentRows(old: [], directory: place) { _ in false }
    for sample in 0..<samples {
      let own = Self.agents.reversed().map { row($0, sample) }.joined(separator: "\n") + "\n"
      try rows.add(Array(own.utf8))
    }
    let expected = Self.agents.flatMap { agent in (0..<samples).map { row(agent, $0) + "\tno" } }
    #expect(try passed(rows) == expected)
  }

  @Test("rows of the last run stand among those of this one; what was not there before is new and comes first")
  func secondRun() throws {
    let place = try FileWriting.makeTemporaryDirectory()
    defer { FileWriting.removeFolder(place) }
    let header = "agent\tsample_id\ttumor_type\ttier\tdirection\tverdict\trule_id\tnew\n"
    let old = (0..<200).map { row("pazopanib", $0) + "\tyes\n" }.joined()
    let kept = Set((0..<200).filter { $0 % 3 > 0 }.map { Array("S\(10_000 + $0)".utf8)[...] })
    let rows = try AgentRows(old: Array((header + old).utf8), directory: place, isKept: kept.contains)
    for sample in 0..<200 where sample % 3 == 0 {
      try rows.add(Array((row("pazopanib", sample, "I-B") + "\n" + row("axitinib", sample) + "\n").utf8))
    }
    let again = (0..<200).filter { $0 % 3 == 0 }
    let expected =
      again.map { row("axitinib", $0) + "\tyes" }
      + (0..<200).map { row("pazopanib", $0, $0 % 3 == 0 ? "I-B" : "II-C") + "\tno" }
    #expect(try passed(rows) == expected)
  }
}
