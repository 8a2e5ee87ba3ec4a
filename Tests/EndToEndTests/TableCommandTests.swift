// SPDX-License-Identifier: Apache-2.0
import Alterations
import Foundation
import Testing

@Suite("oncomatch table: import, diff, lint --fix")
struct TableCommandTests {
  private func folder(_ files: [String: String]) throws -> URL {
    let folder = try Program.temporaryFolder()
    for (name, text) in files {
      let url = folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
    return folder
  }

  private static let civic = """
    molecular_profile\tdisease\tdoid\ttherapies\ttherapy_interaction_type\tevidence_type\tevidence_direction\t\
    evidence_level\tsignificance\tcitation_id\tsource_type\tevidence_id
    KIT V559D\tSarcoma\t1115\tImatinib\t\tPredictive\tSupports\tB\tSensitivity/Response\t1\tPubMed\t900001
    KIT V559D\tSarcoma\t1115\tNosuchdrugium\t\tPredictive\tSupports\tB\tSensitivity/Response\t1\tPubMed\t900002

    """

  @Test("import prints rules, header first, and the balance of items; refused items are no failure")
  func imported() throws {
    let folder = try folder(["civic.tsv": Self.civic])
    defer { try? FileManager.default.removeItem(at: folder) }
    let refused = folder.appending(path: "refused.tsv")
    let outcome = try Program.run([
      "table", "import", "--from", "civic", folder.path + "/civic.tsv", "--refused", refused.path,
    ])
    #expect(outcome.status == 0)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.first?.hasPrefix("rule_id\tgene\t") == true)
    #expect(lines.count == 2)
    #expect(outcome.errors.contains("items\t2\n"))
    #expect(outcome.errors.contains("imported\t1\t(as 1 rules)\n"))
    #expect(outcome.errors.contains("refused\t1\tagent is not in the agent table\n"))
    let text = try String(contentsOf: refused, encoding: .utf8)
    #expect(text.contains("EID900002\t3\trefused\tagent is not in the agent table\t'Nosuchdrugium'\n"))
  }

  @Test("a file of another kind is refused with the column that it lacks")
  func otherKind() throws {
    let folder = try folder(["x.tsv": "gene\tdrug\nKIT\timatinib\n"])
    defer { try? FileManager.default.removeItem(at: folder) }
    let outcome = try Program.run(["table", "import", "--from", "cgi", folder.path + "/x.tsv"])
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("x.tsv:1: Alteration is missing from the header (is it a cgi file?)"))
  }

  @Test func `diff --against says whom it did not compare`() throws {
    let cohort = try Cohort("S1", "S2", "S3")
    let columns = "rule_id\tgene\tevent_class\talteration_spec\toncotree_include\tagents\tdirection\tlevel\treference\n"
    func table(_ name: String, _ level: String) throws -> String {
      let path = cohort.root.appending(path: name)
      try (columns + "X1\tKIT\tMUT\tp.V559D\tANY\timatinib\tsensitivity\t\(level)\tPMID:1\n")
        .write(to: path, atomically: true, encoding: .utf8)
      return path.path
    }
    let (old, new) = (try table("old.tsv", "C"), try table("new.tsv", "B"))
    #expect(try cohort.run("--no-builtin-table", "--table", old).status == 0)
    let all = try Program.run(["table", "diff", old, new, "--against", cohort.out.path])
    #expect(all.errors.contains("3 of 3 reports would change") && !all.errors.contains("compared"), "\(all.errors)")
    try FileManager.default.removeItem(at: cohort.input.appending(path: "S1"))
    try cohort.write(Cohort.header + "TP53\tMissense_Mutation\tS2\tp.R175H\n", "S2/S2.maf")
    let some = try Program.run(["table", "diff", old, new, "--against", cohort.out.path])
    #expect(some.errors.contains("1 of 2 reports would change"), "\(some.errors)")
    #expect(some.errors.contains("1 sample not compared, since files of theirs are gone: S1"))
    #expect(some.errors.contains("1 sample compared as their files are now, which changed since the run: S2"))
  }

  @Test("diff --against names the rules that differ and the samples whose reports would change")
  func against() throws {
    let folder = try folder([
      "civic.tsv": Self.civic,
      "in/LMS1/a.maf":
        "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\nKIT\tMissense_Mutation\tLMS1\tp.V559D\n",
      "in/LMS2/a.maf":
        "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\nTP53\tMissense_Mutation\tLMS2\tp.R175H\n",
    ])
    defer { try? FileManager.default.removeItem(at: folder) }
    let old = folder.path + "/old.tsv"
    let new = folder.path + "/new.tsv"
    let made = try Program.run(["table", "import", "--from", "civic", folder.path + "/civic.tsv", "--output", old])
    #expect(made.status == 0)
    let text = try String(contentsOfFile: old, encoding: .utf8)
    try text.replacing("\timatinib\t", with: "\tsunitinib\t").write(toFile: new, atomically: true, encoding: .utf8)
    let out = folder.path + "/out"
    let run = try Program.run(["run", folder.path + "/in", "--tumor-type", "LMS", "--out", out, "--table", old])
    #expect(run.status == 0)
    let outcome = try Program.run(["table", "diff", old, new, "--against", out])
    #expect(outcome.status == 0)
    let rows = outcome.output.split(separator: "\n").map(String.init)
    #expect(
      rows == [
        "change\trule_id\tfield\tbefore\tafter\tsamples",
        "changed\tEID900001\tagents\timatinib\tsunitinib\tLMS1",
      ] + rows.dropFirst(2))
    #expect(rows.count == 3)
    #expect(rows.last?.hasPrefix("report\t") == true)
    #expect(rows.last?.hasSuffix("\tLMS1") == true)
    #expect(outcome.errors == "1 of 2 reports would change\n")
    // The output is of the old table; the new one was never used for it.
    let wrong = try Program.run(["table", "diff", new, old, "--against", out])
    #expect(wrong.status == 66)
    #expect(wrong.errors.contains("was not made with"))
  }

  @Test("lint --fix prints the mended table; what is left is an error")
  func fixed() throws {
    let header = "rule_id\tgene\tevent_class\talteration_spec\toncotree_include\tagents\tdirection\tlevel\treference\n"
    let folder = try folder([
      "good.tsv": header + "L1\tCD117\tMUT\tV559D\tgist\tGleevec\tSensitivity\tb\tPMID 1\n",
      "bad.tsv": header + "L1\tKIT\tMUT\tV559\tGIST\timatinib\tsensitivity\tB\tPMID:1\n",
    ])
    defer { try? FileManager.default.removeItem(at: folder) }
    let good = try Program.run(["table", "lint", "--fix", folder.path + "/good.tsv"])
    #expect(good.status == 0)
    #expect(good.output == header + "L1\tKIT\tMUT\tp.V559D\tGIST\timatinib\tsensitivity\tB\tPMID:1\n")
    #expect(good.errors.contains("good.tsv:2: gene 'CD117' is now 'KIT'\n"))
    #expect(good.errors.hasSuffix("7 cells corrected, 0 errors left\n"))
    let bad = try Program.run(["table", "lint", "--fix", folder.path + "/bad.tsv"])
    #expect(bad.status == 78)
    #expect(bad.errors.contains("0 cells corrected, 1 errors left"))
  }

  @Test("info names every built-in table, export prints one as it stands, diff compares it")
  func referenceTables() throws {
    let info = try Program.run(["table", "info"])
    let lines = info.output.split(separator: "\n").filter { $0.hasPrefix("reference\t") }
    let names = lines.map { String($0.split(separator: "\t")[1]) }
    #expect(names.contains("diagnosis_review") && names.contains("genes") && !names.contains("rules"))
    #expect(lines.allSatisfy { $0.contains("\tversion ") && $0.contains("\tdigest xxh64:") && $0.contains("\trows ") })
    let exported = try Program.run(["table", "export", "--reference", "diagnosis_review"])
    #expect(exported.status == 0)
    #expect(exported.output.hasPrefix("# Findings that contradict a diagnosis"))
    let folder = try folder([
      "before.tsv": exported.output, "after.tsv": exported.output.replacing("\tDDLS\t", with: "\tWDLS\t"),
    ])
    defer { try? FileManager.default.removeItem(at: folder) }
    let same = try Program.run(["table", "diff", folder.path + "/before.tsv", "built-in"])
    #expect(same.status == 0 && same.output.split(separator: "\n").count == 1)
    let changed = try Program.run(["table", "diff", "built-in", folder.path + "/after.tsv"])
    #expect(changed.output.contains("changed\tLMS_GROUP, MDM2, AMP\tsuggests_code\tDDLS\tWDLS\n"))
    let against = try Program.run([
      "table", "diff", "built-in", folder.path + "/after.tsv", "--against", folder.path,
    ])
    #expect(against.status == 78)
    #expect(against.errors.contains("--against compares rule tables"))
    let unknown = try Program.run(["table", "export", "--reference", "nothing"])
    #expect(unknown.status == 64)
    #expect(unknown.errors.contains("is not one of agents, oncotree"))
  }
}
