// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Odd times, ends of line, names, pipes and numbers: each is read, or named.
struct OddInputTests {
  @Test(
    "standard output that cannot be written ends with 74",
    arguments: [
      ["table", "export"], ["table", "info"], ["table", "search", "KIT"], ["schema"], ["check", "SampleData"],
      ["query", "--tumor-type", "GIST", "KIT p.V559D"], ["--help"], ["run", "--help"], ["--version"],
      ["--generate-completion-script", "bash"],
    ])
  func fullOutput(arguments: [String]) throws {
    let call = ([Program.built.path] + arguments).map { "'\($0)'" }.joined(separator: " ")
    #expect(try Shell.run("cd '\(Program.root.path)'; \(call) >/dev/full").status == 74)
    // The reader that goes away first is one that never reads.
    #expect(try Shell.run("cd '\(Program.root.path)'; { \(call); echo $? >&3; } 3>&1 >&2 | true").status == 0)
  }

  @Test("a file dated outside of 1677 to 2262 is read", arguments: ["@10000000000", "@-10000000000"])
  func oddTime(time: String) throws {
    let cohort = try Cohort("S1")
    try Shell.run("touch -d '\(time)' '\(cohort.input.path)/S1/S1.maf'")
    #expect(try cohort.run("--quiet-time", "0").status == 0)
    #expect(try cohort.row("S1")["status"] == "reported")
    let again = try cohort.run()
    #expect(again.status == 0 && again.errors.isEmpty)
  }

  @Test("a lone CR ends a row as LF does", arguments: ["\r", "\r\r\n", "\n\r"])
  func loneReturn(end: String) throws {
    let cohort = try Cohort()
    let rows = ["V600E", "D594G", "K601E"].map { "BRAF\tMissense_Mutation\tS1\tp.\($0)" }
    try cohort.write(Cohort.header + rows.joined(separator: end) + end, "S1/S1.maf")
    #expect(try cohort.run().status == 0)
    #expect(try cohort.row("S1")["rows_read"] == "3" && cohort.row("S1")["n_alterations"] == "3")
  }

  @Test("few open files are refused with 74 and no trap")
  func fewFiles() throws {
    let cohort = try Cohort("S1")
    let call = ([Program.built.path] + cohort.arguments()).map { "'\($0)'" }.joined(separator: " ")
    for limit in [4, 8, 31] { #expect(try Shell.run("ulimit -n \(limit); \(call)").status == 74) }
  }

  @Test("a rule that nests deeply is a fault of the table", arguments: ["NOT ", "("])
  func deepRule(part: String) throws {
    let folder = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let table = folder.appending(path: "deep.tsv")
    let header =
      "rule_id\tgene\tevent_class\talteration_spec\trequires\toncotree_include\tagents\tdirection\tbody\tstatus\tlevel\treference\n"
    let deep = String(repeating: part, count: 100_000) + "KRAS oncogenic"
    try (header + "X1\tTP53\tMUT\tp.R175H\t\(deep)\tANY\timatinib\tresistance\tliterature\tn/a\tE\tPMID:1\n")
      .write(to: table, atomically: true, encoding: .utf8)
    let outcome = try Program.run(["table", "lint", table.path])
    #expect(outcome.status == 78 && outcome.output.contains("nests more than 64 deep"))
  }

  @Test("samples are what they are called: tables named like ours, meta_01.maf, README_1.maf")
  func names() throws {
    let cohort = try Cohort()
    try cohort.write(Cohort.maf("S1"), "S1/samples.tsv")
    try cohort.write("nothing\n", "S1/therapies.tsv")
    try cohort.write(Cohort.maf("S2"), "S2/meta_01.maf")
    try cohort.write(Cohort.maf("S3"), "S3/README_1.maf")
    try cohort.run()
    for sample in ["S1", "S2", "S3"] { #expect(try cohort.row(sample)["n_alterations"] == "2") }
  }

  @Test("what is not read is said, listed, in the sample's message, and fails with --strict")
  func leftOut() throws {
    let cohort = try Cohort("S1", "S2")
    try Shell.run("mkfifo '\(cohort.input.path)/S1/more.maf'; echo x >'\(cohort.input.path)/README'")
    let outcome = try cohort.run()
    #expect(outcome.status == 0 && outcome.errors.contains("more.maf: is not a regular file, not read"))
    #expect(outcome.errors.contains("left alone: \(cohort.input.path)/README: is a document"))
    #expect(try cohort.row("S1")["message"]?.contains("more.maf is not a regular file") == true)
    #expect(try cohort.run("--strict", "--force").status == 65)
    // The pipe goes: so does the remark.
    try FileManager.default.removeItem(at: cohort.input.appending(path: "S1/more.maf"))
    try cohort.run()
    #expect(try cohort.row("S1")["message"]?.contains("more.maf") == false)
  }

  @Test("a folder whose name is not UTF-8 is a sample that failed, with its name")
  func latinName() throws {
    let cohort = try Cohort("S1")
    let maf = cohort.input.path + "/S1/S1.maf"
    try Shell.run("d=$(printf '\(cohort.input.path)/M\\374ller'); mkdir \"$d\" && cp '\(maf)' \"$d\"")
    let outcome = try cohort.run()
    #expect(outcome.status == 3 && outcome.errors.contains("M%FCller") && outcome.errors.contains("is not UTF-8"))
  }

  @Test("names that read alike and differ in their bytes fail, first and every other night, and mix no patients")
  func twinNames() throws {
    let cohort = try Cohort("S1")
    let (folder, maf) = (cohort.input.path, cohort.input.path + "/S1/S1.maf")
    // An e with its accent in one code point and in two, of folders and of files; the sign of Kelvin beside the letter K.
    try Shell.run(
      "for e in '\\303\\251' 'e\\314\\201'; do d=$(printf \"\(folder)/Am${e}lie\"); mkdir \"$d\" && cp '\(maf)' \"$d\"; done"
    )
    try Shell.run(
      "mkdir '\(folder)/S2' && for k in K '\\342\\204\\252'; do cp '\(maf)' \"$(printf \"\(folder)/S2/${k}1.maf\")\"; done"
    )
    for _ in 1...2 {
      let outcome = try cohort.run()
      #expect(outcome.status == 3 && outcome.errors.contains("reads like the name of another one here"))
      #expect(try cohort.row("S1")["status"] == "reported")
      for sample in ["S2", "Am\u{e9}lie"] {
        let row = try cohort.row(sample)
        #expect(row["status"] == "failed" && row["n_alterations"] == "0")
      }
    }
  }

  @Test("pipes, devices, endless files and numbers of workers are refused")
  func endless() throws {
    let cohort = try Cohort("S1")
    for sheet in ["/dev/full", "/dev/zero"] {
      let outcome = try cohort.run("--samples", sheet)
      #expect(outcome.status == 66 && outcome.errors.contains("is a device"))
    }
    let pipe = cohort.root.appending(path: "pipe").path
    try Shell.run("mkfifo '\(pipe)'")
    #expect(try Program.run(["run", pipe, "--out", cohort.out.path]).status == 66)
    for jobs in ["0", "1025", "9223372036854775807"] { #expect(try cohort.run("--jobs", jobs).status == 64) }
    try cohort.write(Cohort.maf("S1") + String(repeating: "\n", count: 1_200_000), "S1/S1.maf")
    let outcome = try cohort.run()
    #expect(outcome.status == 65 && outcome.errors.contains("blank lines"))
  }

  /// Seconds within which a signal ends a program; one that is compiled with a sanitizer takes its time.
  static let patience: Double = {
    let isSanitized = ["TSAN_OPTIONS", "ASAN_OPTIONS"].contains { ProcessInfo.processInfo.environment[$0] != nil }
    return isSanitized ? 20 : 2
  }()

  @Test("a signal ends a run that reads a pipe within two seconds", arguments: [SIGTERM, SIGINT])
  func signal(number: Int32) throws {
    let cohort = try Cohort("S1")
    let pipe = cohort.root.appending(path: "pipe").path
    try Shell.run("mkfifo '\(pipe)'")
    // Somebody who may write and does not.
    let writer = unsafe open(pipe, O_RDWR)
    defer { close(writer) }
    let process = try cohort.start("--samples", pipe)
    usleep(1_500_000)
    kill(process.processIdentifier, number)
    let begin = Date()
    process.waitUntilExit()
    #expect(Date().timeIntervalSince(begin) < Self.patience)
    #expect(process.terminationStatus == 128 + number || process.terminationStatus == number)
  }
}
