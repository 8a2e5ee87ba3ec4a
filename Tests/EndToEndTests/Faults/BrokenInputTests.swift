// SPDX-License-Identifier: Apache-2.0
import Foundation
import Reports
import TestSupport
import Testing

/// A bad sample fails alone, with its reason; the others are complete.
struct BrokenInputTests {
  /// A way to break a sample named `BAD`, and the words of its reason.
  struct Fault: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let reason: String
    let apply: @Sendable (Cohort) throws -> Void

    init(_ name: String, _ reason: String, _ apply: @escaping @Sendable (Cohort) throws -> Void) {
      (testDescription, self.reason, self.apply) = (name, reason, apply)
    }
  }

  private static func packed() throws -> Data { try Shell.gzip(Data(Cohort.maf("BAD").utf8)) }

  static let faults = [
    Fault("truncated gzip", "truncated") { try $0.write(packed().dropLast(9), "BAD/BAD.maf.gz") },
    Fault("gzip cut after its header", "truncated") { try $0.write(packed().prefix(10), "BAD/BAD.maf.gz") },
    Fault("gzip with one byte changed", "damaged") {
      var data = try packed()
      data[data.count / 2] ^= 0x55
      try $0.write(data, "BAD/BAD.maf.gz")
    },
    Fault("gzip whose check sum is wrong", "damaged") {
      var data = try packed()
      data[data.count - 6] ^= 1
      try $0.write(data, "BAD/BAD.maf.gz")
    },
    Fault("gzip with a text behind it", "bytes that are not gzip follow the data") {
      try $0.write(packed() + Data("tail\n".utf8), "BAD/BAD.maf.gz")
    },
    Fault("a dead link", "dead link") {
      try $0.add("BAD")
      try FileManager.default.removeItem(at: $0.input.appending(path: "BAD/BAD.maf"))
      try FileManager.default.createSymbolicLink(
        atPath: $0.input.path + "/BAD/BAD.maf", withDestinationPath: $0.root.path + "/nowhere")
    },
  ]

  /// Files that are whole and say nothing: their sample is not evaluated.
  static let silent = [
    Fault("wrong header", "has no header that is known (it begins: a, b, c)") {
      try $0.write("a\tb\tc\n1\t2\t3\n", "BAD/BAD.maf")
    },
    Fault("empty file", "is empty") { try $0.write(Data(), "BAD/BAD.maf.gz") },
    Fault("gzip of nothing", "is empty") { try $0.write(Shell.gzip(Data()), "BAD/BAD.maf.gz") },
    Fault("a million empty lines", "is empty") {
      try $0.write(String(repeating: "\n", count: 1_000_000), "BAD/BAD.maf")
    },
    Fault("noise", "not read") {
      let noise = (0..<50_000).map { UInt8(truncatingIfNeeded: $0 &* $0 &* 31 >> 3 | 1) }
      try $0.write(Data(noise), "BAD/BAD.maf")
    },
  ]

  @Test("a sample whose only file says nothing is not evaluated, is named, and is no failure", arguments: silent)
  func notEvaluated(_ fault: Fault) throws {
    let cohort = try Cohort("S1", "S2")
    try fault.apply(cohort)
    for time in 0..<2 {
      let outcome = try cohort.run()
      #expect(outcome.status == 0, "\(outcome.errors)")
      // Said when it is new; a night with nothing new says nothing.
      #expect(outcome.errors.contains("sample BAD was not evaluated: ") == (time == 0), "night \(time)")
      if time > 0 { #expect(outcome.errors.isEmpty) }
      let row = try cohort.row("BAD")
      #expect(row["status"] == "not_evaluated")
      #expect(row["message"]?.contains(fault.reason) == true)
      #expect(try cohort.table("samples.tsv").rows(where: ["status": "reported"]).count == 2)
    }
    #expect(try cohort.run("--strict").status == 65)
    try FileManager.default.removeItem(at: cohort.input.appending(path: "BAD"))
    try cohort.add("BAD")
    #expect(try cohort.run().status == 0)
    #expect(try cohort.row("BAD")["status"] == "reported")
  }

  @Test("a bad sample fails alone, is named, and is tried again", arguments: faults)
  func alone(_ fault: Fault) throws {
    let cohort = try Cohort("S1", "S2")
    try fault.apply(cohort)
    try cohort.expectFailures(try cohort.run(), ["BAD": fault.reason], others: 2)
    // It is tried again, and a new sample beside it is done.
    try cohort.expectFailures(try cohort.run(), ["BAD": fault.reason], others: 2)
    try cohort.add("S3")
    try cohort.expectFailures(try cohort.run(), ["BAD": fault.reason], others: 3)
    #expect(try cohort.run("--strict").status == 65)
    try FileManager.default.removeItem(at: cohort.input.appending(path: "BAD"))
    try cohort.add("BAD")
    #expect(try cohort.run().status == 0)
    #expect(try cohort.row("BAD")["status"] == "reported")
    let fresh = cohort.root.appending(path: "fresh")
    try cohort.run(out: fresh)
    #expect(try cohort.content() == cohort.content(out: fresh))
  }

  @Test("a flat file with a wrong header is named, and a sample if its name says that it is a table of alterations")
  func flat() throws {
    let cohort = try Cohort("S1")
    try cohort.write("a\tb\n1\t2\n", "BAD.maf")
    try cohort.write("a\tb\n1\t2\n", "notes.txt")
    let outcome = try cohort.run()
    #expect(outcome.status == 0, "\(outcome.errors)")
    for name in ["BAD.maf", "notes.txt"] { #expect(outcome.errors.contains("\(name): has no header")) }
    #expect(try cohort.table("samples.tsv").rows.count == 2)
    #expect(try cohort.row("BAD")["status"] == "not_evaluated")
    #expect(try cohort.row("BAD")["message"]?.contains("has no header") == true)
  }

  @Test("a dead link among a sample's files fails it; one in place of a file or folder does too")
  func deadLinks() throws {
    let cohort = try Cohort("S1", "S2", "S3")
    try cohort.write(Cohort.maf("S4"), "S4.maf")
    for name in ["S2/cna.tsv", "S3/old.log", "S4.cna.tsv", "S5", "S6.maf.gz", "notes.pdf"] {
      try FileManager.default.createSymbolicLink(
        atPath: cohort.input.path + "/" + name, withDestinationPath: cohort.root.path + "/nowhere")
    }
    let link = "is it a dead link?"
    for _ in 0..<2 {
      let outcome = try cohort.run()
      try cohort.expectFailures(outcome, ["S2": link, "S4": link, "S5": link, "S6": link], others: 2)
      #expect(outcome.errors.contains("old.log") && outcome.errors.contains("notes.pdf"))
    }
  }

  @Test("a folder that holds a dead link alone is one failed sample, though the sheet lists it")
  func deadLinkOfTheSheet() throws {
    let cohort = try Cohort("S1")
    try cohort.write("sample_id\ttumor_type\nS1\tGIST\nS2\tGIST\nS3\tGIST\n", "clinical.tsv")
    try FileManager.default.createDirectory(at: cohort.input.appending(path: "S2"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: cohort.input.path + "/S2/S2.maf", withDestinationPath: cohort.root.path + "/nowhere")
    for _ in 0..<2 {
      try cohort.expectFailures(try cohort.run(), ["S2": "is it a dead link?"], others: 1)
      #expect(try cohort.table("samples.tsv").rows.count == 3)
      #expect(try cohort.row("S2")["tumor_type"] == "GIST")
    }
  }

  @Test("a folder of other things has a row that says it was not evaluated")
  func others() throws {
    let cohort = try Cohort("S1")
    try cohort.write("started\n", "logs/run.log")
    try cohort.write("<html></html>", "qc/report.html")
    #expect(try cohort.run().status == 0)
    #expect(try cohort.row("S1")["status"] == "reported")
    for folder in ["logs", "qc"] { #expect(try cohort.row(folder)["status"] == "not_evaluated") }
    #expect(try cohort.table("samples.tsv").rows.count == 3)
  }

  @Test("empty lines, a million of them, among rows are no rows and do not move line numbers")
  func emptyLines() throws {
    let cohort = try Cohort("S1")
    let gap = String(repeating: "\n", count: 1_000_000)
    try cohort.write(Cohort.maf("GAP") + gap + "KRAS\tMissense_Mutation\tGAP\tp.G12D\n", "GAP/GAP.maf")
    #expect(try cohort.run().status == 0)
    #expect(try cohort.row("GAP")["rows_read"] == "3")
    let row = try #require(try cohort.table("alterations.tsv").rows(where: ["gene": "KRAS"]).first)
    #expect(row["line"] == "1000004")
  }

  @Test("a line beyond the limit fails its sample, and the message names the limit", arguments: [false, true])
  func longLine(isPacked: Bool) throws {
    let cohort = try Cohort("S1", "S2")
    let text = Data((Cohort.maf("BAD") + "KIT\t" + String(repeating: "x", count: 1 << 20) + "\n").utf8)
    try cohort.write(isPacked ? Shell.gzip(text) : text, "BAD/BAD.maf" + (isPacked ? ".gz" : ""))
    let outcome = try cohort.run("--max-line-size", "65536")
    try cohort.expectFailures(
      outcome, ["BAD": ":4: is longer than 65536 bytes (raise --max-line-size"], others: 2)
    #expect(try cohort.run("--max-line-size", "2000000").status == 0)
  }

  @Test("a long line in a file that is streamed fails its sample with its line")
  func longLineInLargeFile() throws {
    let cohort = try Cohort("S1")
    let row = "A1BG\tSilent\tBAD\tp.R1R\n"
    let rows = String(repeating: row, count: 400_000)
    try cohort.write(Cohort.header + rows + String(repeating: "x", count: 70_000) + "\n" + row, "BAD/BAD.maf")
    try cohort.expectFailures(
      try cohort.run("--max-line-size", "65536"), ["BAD": ":400002: is longer than 65536 bytes"], others: 1)
  }

  @Test("a gzip bomb of one endless line is stopped without a limit being named")
  func endlessLine() throws {
    let cohort = try Cohort("S1")
    let bomb = try Shell.run("{ cat '\(cohort.input.path)/S1/S1.maf'; head -c 400000000 /dev/zero; } | gzip -1").output
    try cohort.write(bomb, "BAD/BAD.maf.gz")
    try cohort.expectFailures(try cohort.run(), ["BAD": "blank lines, spaces or zeros"], others: 1)
  }

  @Test("a gzip bomb fails its sample, and the message names the limit")
  func bomb() throws {
    let cohort = try Cohort("S1", "S2")
    let bomb = try Shell.run("head -c 64000000 /dev/zero | gzip -9").output
    try cohort.write(bomb, "BAD/BAD.maf.gz")
    // Two layers give text that begins with gzip's own bytes: no table.
    try cohort.write(try Shell.gzip(bomb), "BAD2/BAD2.maf.gz")
    try cohort.expectFailures(
      try cohort.run("--max-text-size", "1000000"),
      [
        "BAD": "unpacks to more than 1000000 bytes (raise --max-text-size"
      ], others: 2)
  }

  @Test("invalid UTF-8 is read as Latin-1, and every output is valid UTF-8")
  func invalidText() throws {
    let cohort = try Cohort("S1")
    var rows = Data(Cohort.header.utf8)
    rows += Data("KIT\tMissense_Mutation\tS\u{1}".utf8) + Data([0xE9, 0x09]) + Data("p.V559D\n".utf8)
    rows +=
      Data([0xFF, 0xFE, 0x80]) + Data("\tMissense_Mutation\tx\tp.".utf8) + Data([0xC3, 0x28, 0xF5]) + Data("\n".utf8)
    rows += Data("TP53\tNonsense_Mutation\tx\tp.R213*".utf8) + Data([0xED, 0xA0, 0x80]) + Data("\n".utf8)
    try rows.write(to: cohort.input.appending(path: "odd.maf"))
    #expect([0, 3].contains(try cohort.run("--explain").status))
    for (path, content) in try cohort.content() {
      #expect(String(validating: content, as: UTF8.self) != nil, "\(path) is not UTF-8")
    }
    #expect(try cohort.table("samples.tsv").rows.count == 3)
  }

  @Test("a folder whose name is not UTF-8 fails and is named")
  func invalidName() throws {
    let cohort = try Cohort("S1")
    let made = try Shell.run(
      "cd '\(cohort.input.path)' && d=$(printf 'B\\377D') && mkdir \"$d\" && cp S1/S1.maf \"$d\"")
    try #require(made.status == 0)
    let outcome = try cohort.run()
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("B%FFD"))
    #expect(try cohort.row("S1")["status"] == "reported")
  }

  @Test("two folders of one name are refused by name, in every run, until one of them goes")
  func duplicates() throws {
    let cohort = try Cohort("S1")
    for place in ["a", "b"] { try cohort.write(Cohort.maf("TWICE"), "\(place)/TWICE/TWICE.maf") }
    let reason = "two folders have this name: \(cohort.input.path)/a/TWICE, \(cohort.input.path)/b/TWICE"
    try cohort.expectFailures(try cohort.run(), ["TWICE": reason], others: 1)
    try cohort.expectFailures(try cohort.run(), ["TWICE": reason], others: 1)
    try cohort.add("S2")
    try cohort.expectFailures(try cohort.run(), ["TWICE": reason], others: 2)
    try FileManager.default.removeItem(at: cohort.input.appending(path: "b"))
    #expect(try cohort.run().status == 0)
    #expect(try cohort.row("TWICE")["status"] == "reported")
    // A second one that comes later is refused as well, though the first did not change.
    try cohort.write(Cohort.maf("TWICE"), "c/TWICE/TWICE.maf")
    try cohort.expectFailures(try cohort.run(), ["TWICE": "two folders have this name"], others: 2)
  }

  @Test("a sample that may not be read fails alone", .enabled(if: !Shell.isRoot || Self.canStepDown))
  func unreadable() throws {
    let cohort = try Cohort("FILE", "FOLDER", "S1")
    let files = FileManager.default
    try files.createDirectory(at: cohort.out, withIntermediateDirectories: true)
    var prefix = ""
    if Shell.isRoot {
      // Root may read everything; nobody may not.
      prefix = "setpriv --reuid=65534 --regid=65534 --clear-groups "
      try Shell.run("chown -R 65534:65534 '\(cohort.root.path)'")
    }
    try Shell.run("cd '\(cohort.input.path)' && chmod 000 FILE/FILE.maf FOLDER")
    let errors = cohort.root.appending(path: "errors").path
    let command = ([Program.built.path] + cohort.arguments()).map { "'\($0)'" }.joined(separator: " ")
    let status = try Shell.run("cd / && \(prefix)\(command) 2> '\(errors)'").status
    let said = try String(contentsOfFile: errors, encoding: .utf8)
    let outcome = Program.Outcome(status: status, output: "", errors: said)
    try cohort.expectFailures(outcome, ["FILE": "Permission denied", "FOLDER": "Permission denied"], others: 1)
    try Shell.run("cd '\(cohort.input.path)' && chmod 700 FILE/FILE.maf FOLDER")
    #expect(try cohort.run().status == 0)
  }

  private static let canStepDown =
    (try? Shell.run("setpriv --reuid=65534 --regid=65534 --clear-groups '\(Program.built.path)' --version").status) == 0

  @Test("a folder that vanishes and a file that grows in mid-run fail alone and are done by the next run")
  func midRun() throws {
    let cohort = try Cohort(count: 400)
    guard let process = try cohort.startAndHold() else {
      Issue.record("the run ended before it could be held")
      return
    }
    let grown = cohort.input.appending(path: "S398/S398.maf")
    let handle = try FileHandle(forWritingTo: grown)
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("KRAS\tMissense_Mutation\tS398\tp.G12D\n".utf8))
    try handle.close()
    try FileManager.default.removeItem(at: cohort.input.appending(path: "S399"))
    kill(process.processIdentifier, SIGCONT)
    process.waitUntilExit()
    #expect(process.terminationStatus == 3)
    let failed = try cohort.table("samples.tsv").rows(where: ["status": "failed"])
    #expect(failed.map { $0["sample_id"] } == ["S398", "S399"])
    #expect(failed.first?["message"]?.contains("changed while it was read") == true)
    #expect(failed.last?["message"]?.contains("No such file") == true)
    #expect(try cohort.run().status == 0)
    #expect(try cohort.row("S398")["rows_read"] == "3")
    #expect(try cohort.table("samples.tsv").rows.count == 399)
  }
}
