// SPDX-License-Identifier: Apache-2.0
import Foundation
import Reports
import TestSupport
import Testing

/// What an input names and says is data: it is never a path, a command or a page's code.
struct HostileInputTests {
  static let names = [
    "../../escape", "/etc/passwd", "a/b", "..", ".", ".hidden", "~root", "%2E%2E", "$(touch pwned)", "`id`", "-rf",
    "a;b", "con", "x\u{1}y", "x y", "=1+1", "'=1+1", "\u{202E}gnp", "é", "<script>alert(1)</script>", "{{7*7}}",
    String(repeating: "x", count: 300), String(repeating: "é", count: 300),
  ]

  @Test("identifiers in a file stay below the output, one folder each, and samples.tsv maps them")
  func identifiers() throws {
    let cohort = try Cohort()
    let rows = Self.names.map { "KIT\tMissense_Mutation\t\($0)\tp.V559D\n" }
    try cohort.write(Cohort.header + rows.joined(), "cohort.maf")
    let before = try FileManager.default.contentsOfDirectory(atPath: cohort.root.path)
    #expect(try cohort.run().status == 0)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: cohort.root.path).sorted() == (before + ["out"]).sorted())
    let folders = try FileManager.default.contentsOfDirectory(atPath: cohort.out.appending(path: "samples").path)
    #expect(folders.count == Self.names.count)
    #expect(folders.allSatisfy { $0.utf8.count < 200 && $0 != ".." && $0.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } })
    let samples = try cohort.table("samples.tsv")
    #expect(samples.rows.count == Self.names.count)
    let mapped = samples.rows.compactMap { row in
      row["message"]?.firstMatch(of: #/its folder is samples\/([^;]+)/#).map { String($0.output.1) }
    }
    #expect(mapped.count > 3 && Set(folders).isSuperset(of: mapped), "\(mapped)")
    for folder in folders where folder.contains("%") || folder.contains("~") {
      #expect(mapped.contains(folder), "samples.tsv does not say whose \(folder) is")
    }
  }

  @Test("folder names with ends of line, tabs and quotes are one sample each, run after run")
  func folders() throws {
    let cohort = try Cohort()
    for name in ["a\nb", "a b", "a\tb", "\"q\"", "'=x", "=x", "-", "*"] {
      try cohort.write(Cohort.maf("S"), "\(name)/x.maf")
    }
    #expect(try cohort.run().status == 0)
    let ids = try cohort.table("samples.tsv").rows.compactMap { $0["sample_id"] }
    #expect(ids.count == 8)
    #expect(Set(ids).isSuperset(of: ["a%0Ab", "a b", "a%09b"]))
    // Rows of samples that did not change are carried over, each to its own.
    try cohort.write(Cohort.maf("S") + "KRAS\tMissense_Mutation\tS\tp.G12D\n", "=x/x.maf")
    #expect(try cohort.run().status == 0)
    let fresh = cohort.root.appending(path: "fresh")
    try cohort.run(out: fresh)
    #expect(try cohort.content() == cohort.content(out: fresh))
  }

  @Test("links are followed, also out of the input; circles and what is no file are left alone")
  func links() throws {
    let cohort = try Cohort("S1")
    let files = FileManager.default
    let elsewhere = cohort.root.appending(path: "elsewhere/FAR")
    try files.createDirectory(at: elsewhere, withIntermediateDirectories: true)
    try Cohort.maf("FAR").write(to: elsewhere.appending(path: "x.maf"), atomically: true, encoding: .utf8)
    let links = [
      ("FAR", elsewhere.path), ("S1/circle", cohort.input.path), ("S1/zero.maf", "/dev/zero"), ("self", "self"),
    ]
    for (name, target) in links {
      try files.createSymbolicLink(atPath: cohort.input.path + "/" + name, withDestinationPath: target)
    }
    try Shell.run("mkfifo '\(cohort.input.path)/S1/pipe.maf'")
    try cohort.expectFailures(try cohort.run(), ["self": "is it a dead link?"], others: 2)
    #expect(try cohort.row("FAR")["status"] == "reported")
    #expect(try cohort.row("S1")["status"] == "reported")
    #expect(try cohort.table("samples.tsv").rows.count == 3)
    let manifest = try String(contentsOf: cohort.out.appending(path: "run.json"), encoding: .utf8)
    for reason in ["leads to a folder that is already read", "is not a regular file"] {
      #expect(manifest.contains(reason))
    }
  }

  @Test("links that lie in wait in the output are replaced, not followed")
  func plantedLinks() throws {
    let cohort = try Cohort("S1")
    let files = FileManager.default
    let victim = cohort.root.appending(path: "victim")
    try Data("precious\n".utf8).write(to: victim)
    try cohort.run()
    let traps = ["therapies.tsv", "index.html", "samples/S1/S1.report.json"].flatMap { [$0, $0 + ".part"] }
    for name in traps {
      let path = cohort.out.path + "/" + name
      if files.fileExists(atPath: path) { try files.removeItem(atPath: path) }
      try files.createSymbolicLink(atPath: path, withDestinationPath: victim.path)
    }
    #expect(try cohort.run("--force").status == 0)
    #expect(try Data(contentsOf: victim) == Data("precious\n".utf8))
    #expect(try cohort.table("therapies.tsv").rows.isEmpty == false)
  }

  @Test("formulas and pages in any value come out as text")
  func values() throws {
    let cohort = try Cohort("S1")
    let evil = [
      "=cmd|' /C calc'!A0", "+1+cmd", "@SUM(1)", "-2+3", "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>",
    ]
    let header = "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\tHGVSc\tMutation_Status\n"
    var rows = ""
    for value in evil {
      rows += "\(value)\tMissense_Mutation\tS2\tp.V559D\tc.1A>T\tSOMATIC\n"
      rows += "KIT\t\(value)\tS2\tp.V559D\tc.1A>T\tSOMATIC\n"
      rows += "KIT\tMissense_Mutation\tS2\t\(value)\t\(value)\t\(value)\n"
      rows += "KIT\tMissense_Mutation\t\(value)\tp.V559D\t\(value)\t\(value)\n"
    }
    try cohort.write(header + rows, "c/evil.maf")
    let sheet = evil.map { "\($0)\t\($0)\t\($0)\t\($0)\n" }.joined()
    try cohort.write("sample_id\ttumor_type\tsite\tpatient_id\n" + sheet, "sheet.tsv")
    #expect([0, 3].contains(try cohort.run("--explain").status))
    for (path, content) in try cohort.content() {
      let text = String(decoding: content, as: UTF8.self)
      if path.hasSuffix(".tsv") {
        for cell in text.split(whereSeparator: { $0 == "\t" || $0 == "\n" }) {
          let isFormula = "=@".contains(cell.first ?? " ") || "+-".contains(cell.first ?? " ") && Double(cell) == nil
          #expect(!isFormula || cell == "-" || cell == "+", "\(path): \(cell)")
        }
      } else if path.hasSuffix(".html") {
        #expect(!text.contains("<script>alert") && !text.contains("<img src=x"), "\(path)")
      }
    }
  }

  @Test("--private makes files that their owner alone can read, also where an earlier run made others")
  func privacy() throws {
    let cohort = try Cohort("S1", "S2")
    try cohort.run()
    #expect(try cohort.run("--private").status == 0)
    let files = FileManager.default
    for case let path as String in files.enumerator(atPath: cohort.out.path) ?? .init() {
      let attributes = try files.attributesOfItem(atPath: cohort.out.path + "/" + path)
      guard attributes[.type] as? FileAttributeType == .typeRegular else { continue }
      let mode = (attributes[.posixPermissions] as? Int ?? 0) & 0o077
      #expect(mode == 0, "\(path)")
    }
    let fresh = cohort.root.appending(path: "fresh")
    try cohort.run("--private", out: fresh)
    for case let path as String in files.enumerator(atPath: fresh.path) ?? .init() {
      let mode = try files.attributesOfItem(atPath: fresh.path + "/" + path)[.posixPermissions] as? Int ?? 0
      #expect(mode & 0o077 == 0, "\(path)")
    }
  }

  @Test("the program opens no network and starts no program", .enabled(if: Self.canTrace))
  func offline() throws {
    let cohort = try Cohort("S1", "S2")
    let log = cohort.root.appending(path: "trace").path
    let command = ([Program.built.path] + cohort.arguments()).map { "'\($0)'" }.joined(separator: " ")
    let status = try Shell.run("strace -f -qq -o '\(log)' -e trace=network,execve,execveat,fork,vfork \(command)")
      .status
    #expect(status == 0)
    let calls = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").filter { !$0.contains("+++") }
    #expect(calls.count == 1 && calls.first?.contains("execve(") == true, "\(calls)")
  }

  private static let canTrace = (try? Shell.run("strace -f -qq -o /dev/null /bin/true").status) == 0
}
