// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Every way in which a run can end has its exit code and its words.
///
/// The end by a signal, which takes many samples, is in `RepeatedRunTests`.
struct EndingsTests {
  @Test func `a run that did its work ends with 0 and says nothing`() throws {
    let cohort = try Cohort("S1")
    let outcome = try cohort.run()
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty && outcome.output.isEmpty)
  }

  @Test func `a run that finds nothing new ends with 0 and tells programs so`() throws {
    let cohort = try Cohort("S1")
    func ending() throws -> String { try cohort.run("--log-format", "json").errors }
    #expect(try ending().contains("\"idle\": false"))
    #expect(try ending().contains("\"idle\": true"))
    let outcome = try cohort.run()
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty && outcome.output.isEmpty)
  }

  @Test func `a dry run prints what would be done and why, then nothing once it is done`() throws {
    let cohort = try Cohort("S1", "S2")
    let before = try cohort.run("--dry-run")
    #expect(before.status == 0 && before.errors.isEmpty)
    #expect(before.output == ["S1", "S2"].map { "\(cohort.input.path)/\($0)\tnew\n" }.joined())
    #expect(!FileManager.default.fileExists(atPath: cohort.out.appending(path: "run.json").path))
    try cohort.run()
    let after = try cohort.run("--dry-run")
    #expect(after.status == 0 && after.errors.isEmpty)
    #expect(after.output.isEmpty)
  }

  @Test func `a run on what does not exist ends with 66 and names it`() throws {
    let cohort = try Cohort("S1")
    let missing = cohort.root.appending(path: "no-such").path
    let outcome = try Program.run(["run", missing, "--out", cohort.out.path])
    #expect(outcome.status == 66)
    #expect(outcome.errors.contains(missing))
    #expect(outcome.output.isEmpty)
  }

  @Test func `a run on a folder that another run holds ends with 75 and the advice to wait`() throws {
    let cohort = try Cohort("S1")
    try FileManager.default.createDirectory(at: cohort.out, withIntermediateDirectories: true)
    let held = cohort.root.appending(path: "held")
    let holder = Process()
    holder.executableURL = URL(filePath: "/usr/bin/flock")
    holder.arguments = [cohort.out.path, "-c", "touch '\(held.path)'; sleep 30"]
    try holder.run()
    defer { holder.terminate() }
    for _ in 0..<100 where !FileManager.default.fileExists(atPath: held.path) { usleep(50_000) }
    let outcome = try cohort.run()
    #expect(outcome.status == 75)
    #expect(outcome.errors.contains("\(cohort.out.path): another run holds this folder (try later)"))
  }

  @Test func `a run that finds no sample ends with 65 and names where it looked`() throws {
    let cohort = try Cohort()
    try cohort.write("a note\n", "readme.txt")
    let outcome = try cohort.run()
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("no sample was found in \(cohort.input.path)"))
  }
}
