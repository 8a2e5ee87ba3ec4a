// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// What the last run wrote is carried over only where it is still what that run wrote.
struct ChangedOutputTests {
  /// Tables whose rows are carried over.
  private static let tables = ["alterations", "samples", "near_misses", "therapies", "agents", "rejected"]

  /// Three samples; one of them has a row that is set aside.
  private static func cohort() throws -> Cohort {
    let cohort = try Cohort("S1", "S2", "S3")
    try cohort.write(Cohort.maf("S1") + "KIT\tcut short\n", "S1/S1.maf")
    return cohort
  }

  private static func cut(_ table: URL) throws {
    let text = try String(contentsOf: table, encoding: .utf8)
    try #require(text.split(separator: "\n").count > 1, "\(table.lastPathComponent) has no rows")
    try (text.prefix { $0 != "\n" } + "\n").write(to: table, atomically: true, encoding: .utf8)
  }

  /// Rows of agents.tsv without the cell that depends on the run before.
  private static func agents(_ cohort: Cohort, out: URL? = nil) throws -> Set<[String: String]> {
    Set(try cohort.table("agents.tsv", out: out).rows.map { $0.filter { $0.key != "new" } })
  }

  @Test("a table that was cut to its header is made anew with the next sample", arguments: tables)
  func cutBetweenRuns(table: String) throws {
    let cohort = try Self.cohort()
    try cohort.run("--explain")
    try Self.cut(cohort.out.appending(path: table + ".tsv"))
    try cohort.add("S4")
    #expect(try cohort.run("--explain", "--dry-run").output.contains("a table of the last run was changed"))
    #expect(try cohort.run("--explain").status == 0)
    let fresh = cohort.root.appending(path: "fresh")
    try cohort.run("--explain", out: fresh)
    let (made, expected) = (try cohort.content(), try cohort.content(out: fresh))
    #expect(Set(made.keys) == Set(expected.keys))
    for (path, bytes) in expected { #expect(made[path] == bytes, "\(path)") }
    #expect(try Self.agents(cohort) == Self.agents(cohort, out: fresh))
    #expect(try !Self.agents(cohort).isEmpty && cohort.table("rejected.tsv").rows.count == 1)
  }

  @Test func `rows about a folder that gives no sample are carried over only from a table that is whole`() throws {
    let cohort = try Cohort()
    try cohort.write("sample_id\ttumor_type\n\tGIST\n", "notes/samples.tsv")
    try cohort.write(Cohort.maf("F1"), "flat.maf")
    try cohort.run()
    let before = try cohort.table("rejected.tsv").rows
    try #require(!before.isEmpty)
    try Self.cut(cohort.out.appending(path: "rejected.tsv"))
    try cohort.write(Cohort.maf("F2"), "flat2.maf")
    #expect(try cohort.run().status == 0)
    #expect(try cohort.table("rejected.tsv").rows == before)
  }

  @Test("a run with nothing new notices a table that was changed after it was written", arguments: tables)
  func cutAndIdle(table: String) throws {
    let cohort = try Self.cohort()
    try cohort.run("--explain")
    let expected = try cohort.content()
    let (agents, path) = (try Self.agents(cohort), cohort.out.appending(path: table + ".tsv"))
    try Self.cut(path)
    #expect(try cohort.run("--explain").status == 0)
    #expect(try cohort.content() == expected && Self.agents(cohort) == agents)
    // One that was only touched, or copied, is still what the run wrote.
    let record = cohort.out.appending(path: "run.json")
    let written = try Data(contentsOf: record)
    try Data(contentsOf: path).write(to: path)
    #expect(try cohort.run("--explain").output.isEmpty)
    #expect(try Data(contentsOf: record) == written)
  }

  @Test("a table that is missing is made anew by a run with nothing new", arguments: tables + ["changes"])
  func missing(table: String) throws {
    let cohort = try Self.cohort()
    try cohort.run("--explain")
    let expected = try cohort.content()
    try FileManager.default.removeItem(at: cohort.out.appending(path: table + ".tsv"))
    #expect(try cohort.run("--explain").status == 0)
    #expect(try cohort.content() == expected)
    #expect(try cohort.run("--explain", "--dry-run").output.isEmpty)
  }
}
