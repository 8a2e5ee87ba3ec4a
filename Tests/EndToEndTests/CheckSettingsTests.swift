// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// What a settings file says of a lab's own tables, as `check` and `run` heed it.
struct CheckSettingsTests {
  @Test func `check knows the columns that a settings file names`() throws {
    let folder = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let table = folder.appending(path: "t.tsv")
    let settings = folder.appending(path: "s.toml")
    try "PseudonymNr\tGeneName\tAAMut\nP1\tEGFR\tp.L858R\nP2\tKIT\tp.V559D\n".write(
      to: table, atomically: true, encoding: .utf8)
    try "[columns]\nsample = \"PseudonymNr\"\ngene = \"GeneName\"\nprotein_change = \"AAMut\"\n".write(
      to: settings, atomically: true, encoding: .utf8)
    let plain = try Program.run(["check", table.path])
    #expect(plain.status == 65)
    let known = try Program.run(["check", table.path, "--settings", settings.path])
    #expect(known.status == 0, "\(known.errors)")
    #expect(known.output.contains("mutations (table)\t2\t2\t2"), "\(known.output)")
    let broken = try Program.run(["check", table.path, "--settings", folder.appending(path: "none.toml").path])
    #expect(broken.status == 66)
  }

  @Test func `run.json names the build that a run was given`() throws {
    let folder = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let table = folder.appending(path: "S1.maf")
    try "Hugo_Symbol\tTumor_Sample_Barcode\tHGVSp_Short\nKIT\tS1\tp.V559D\n".write(
      to: table, atomically: true, encoding: .utf8)
    let out = folder.appending(path: "out")
    let run = try Program.run(["run", table.path, "--genome", "GRCh37", "--formats", "tsv", "--out", out.path])
    #expect(run.status == 0, "\(run.errors)")
    let record = try String(contentsOf: out.appending(path: "run.json"), encoding: .utf8)
    #expect(record.contains("\"genome\":\"GRCh37\"") || record.contains("\"genome\": \"GRCh37\""))
  }
}
