// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Every row of an input is counted once, in the table, in the report and in the record of the run.
struct RowFatesTests {
  @Test func `a row that cannot be understood is counted as rejected wherever rows are counted`() throws {
    let cohort = try Cohort()
    let rows = [
      "KIT\tMissense_Mutation\tS1\tp.V559D", "1-Mar\tMissense_Mutation\tS1\tp.A1T", "2-Sep\tSilent\tS1\tp.A2=",
      "TTN\tMissense_Mutation\tS1\tp.A100V", "TTN\tIntron\tS1\t", "NOSUCHGENE\tMissense_Mutation\tS1\tp.A5T",
    ]
    try cohort.write(Cohort.header + rows.map { $0 + "\n" }.joined(), "S1/S1.maf")
    #expect(try cohort.run().status == 0)
    let expected = ["rows_read": 6, "rows_matched": 1, "rows_unmatched": 2, "rows_filtered": 1, "rows_rejected": 2]
    let sample = try cohort.row("S1")
    for (column, count) in expected { #expect(sample[column] == String(count), "\(column) of samples.tsv") }
    #expect(try cohort.table("rejected.tsv").rows.map { $0["line"] } == ["3", "4"])

    func json(_ path: String) throws -> [String: Any] {
      let data = try Data(contentsOf: cohort.out.appending(path: path))
      return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }
    let report = try json("samples/S1/S1.report.json")
    let counts = try #require(report["rows"] as? [String: Int])
    let input = try #require((report["inputs"] as? [[String: Any]])?.first)
    let noted = try #require((try json("run.json")["inputs"] as? [[String: Any]])?.first)
    for (column, count) in expected {
      #expect(counts[String(column.dropFirst(5))] == count, "\(column) of the report")
      #expect(input[column] as? Int == count, "\(column) of the report's input")
      #expect(noted[column] as? Int == count, "\(column) of run.json")
    }
    #expect((report["rejected"] as? [Any])?.count == 2)
  }

  private static func json(_ path: String, of cohort: Cohort) throws -> [String: Any] {
    let data = try Data(contentsOf: cohort.out.appending(path: path))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  /// Rows of two samples, some of which are not looked at, in one file.
  private static let shared =
    "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\tFILTER\n"
    + "EGFR\tMissense_Mutation\tA1\tp.T790M\tPASS\nEGFR\tMissense_Mutation\tA2\tp.T790M\tgermline_risk\n"
    + "TTN\tIntron\tA1\t\tPASS\nTTN\tIntron\tA2\t\tPASS\nKIT\tMissense_Mutation\tA2\tp.V559D\tPASS\n"

  @Test func `reasons of rows not looked at are told of each sample of a file`() throws {
    let cohort = try Cohort()
    try cohort.write(Self.shared, "cohort.maf")
    #expect(try cohort.run().status == 0)
    for (sample, reasons) in [
      ("A1", ["non-coding class": 1]), ("A2", ["FILTER not PASS": 1, "non-coding class": 1]),
    ] {
      let report = try Self.json("samples/\(sample)/\(sample).report.json", of: cohort)
      #expect(report["filtered"] as? [String: Int] == reasons)
      #expect((report["rows"] as? [String: Int])?["filtered"] == reasons.values.reduce(0, +))
      let page = try String(
        contentsOf: cohort.out.appending(path: "samples/\(sample)/\(sample).report.html"), encoding: .utf8)
      #expect(page.contains("non-coding class"))
    }
    let input = try #require((try Self.json("run.json", of: cohort)["inputs"] as? [[String: Any]])?.first)
    #expect(input["filtered"] as? [String: Int] == ["FILTER not PASS": 1, "non-coding class": 2])
  }

  @Test("what a failed sample has in files that were read does not count, in a run and in shards", arguments: [1, 2])
  func failed(shards: Int) throws {
    let cohort = try Cohort()
    try cohort.write(Self.shared, "cohort.maf")
    try cohort.write("sample_id\ttumor_type\nA1\tMEL\nA1\tLUAD\nA2\tGIST\n", "sheet.tsv")
    if shards == 1 {
      #expect(try cohort.run().status == 3)
    } else {
      let parts = (1...shards).map { cohort.root.appending(path: "part\($0)") }
      for (number, part) in parts.enumerated() {
        _ = try cohort.run("--shard", "\(number + 1)/\(shards)", out: part)
      }
      _ = try Program.run(["merge"] + parts.map(\.path) + ["--out", cohort.out.path])
    }
    let inputs = try #require(try Self.json("run.json", of: cohort)["inputs"] as? [[String: Any]])
    let input = try #require(inputs.first { ($0["path"] as? String)?.hasSuffix("cohort.maf") == true })
    #expect(input["rows_filtered"] as? Int == 2)
    #expect(input["filtered"] as? [String: Int] == ["FILTER not PASS": 1, "non-coding class": 1])
  }

  @Test func `the log and the metrics count the rows that samples count`() throws {
    let cohort = try Cohort()
    // Of segments without a build one line of rejected.tsv stands for all.
    let segments = (1...4).map { "17\t\($0)000000\t\($0)900000\t12\n" }.joined()
    for sample in ["S1", "S2"] {
      try cohort.write("chromosome\tstart\tend\ttotal_cn\n" + segments, "\(sample)/\(sample).segments.tsv")
    }
    let metrics = cohort.root.appending(path: "m.prom")
    let outcome = try cohort.run("--log-format", "json", "--metrics-file", metrics.path)
    let rejected = try cohort.table("samples.tsv").rows.compactMap { $0["rows_rejected"].flatMap { Int($0) } }
      .reduce(0, +)
    #expect(try rejected > cohort.table("rejected.tsv").rows.count)
    #expect(outcome.errors.contains("\"rows_rejected\": \(rejected),"), "\(outcome.errors)")
    #expect(try String(contentsOf: metrics, encoding: .utf8).contains("oncomatch_rows_rejected \(rejected)\n"))
  }

  // MARK: The lowest level

  @Test("options and their rows agree whatever level is the lowest", arguments: ["A1", "A2", "B", "C", "D", "E"])
  func lowestLevel(level: String) throws {
    let cohort = try Cohort()
    let changes = ["EGFR\tp.L858R", "EGFR\tp.T790M", "KRAS\tp.G12C", "TP53\tp.R175H"]
    let rows = changes.map { change in
      let cells = change.split(separator: "\t")
      return "\(cells[0])\tMissense_Mutation\tG1\t\(cells[1])\n"
    }
    try cohort.write(Cohort.header + rows.joined(), "G1/G1.maf")
    try cohort.write("sample_id\ttumor_type\nG1\tLUAD\n", "sheet.tsv")
    let settings = cohort.root.appending(path: "s.toml")
    try "[gates]\nlowest_level = \"\(level)\"\n".write(to: settings, atomically: true, encoding: .utf8)
    #expect(try cohort.run("--settings", settings.path).status == 0)
    let (options, therapies) = (try cohort.table("options.tsv").rows, try cohort.table("therapies.tsv").rows)
    let ranks = options.compactMap { $0["rank"].flatMap { Int($0) } }
    #expect(ranks == Array(1...ranks.count))
    #expect(!options.contains { ($0["level"] ?? "") > level && $0["group"] != "closed" })
    #expect(!therapies.contains { ($0["level"] ?? "") > level && $0["direction"] == "sensitivity" })
    // What closes a therapy is named by the row that does, whatever its level.
    let closed = options.filter { $0["group"] == "closed" }
    #expect(closed.contains { $0["therapy"] == "erlotinib" })
    #expect(closed.allSatisfy { $0["against"]?.isEmpty == false })
    let known = Set(therapies.compactMap { $0["rule_id"] })
    let keys = Set(therapies.map { [$0["tumor_type"], $0["therapy"]] })
    for option in options {
      #expect(keys.contains([option["tumor_type"], option["therapy"]]), "\(option["therapy"] ?? "")")
      let ids = option["rule_ids"]?.split(separator: ";").map(String.init) ?? []
      #expect(known.isSuperset(of: ids), "\(option["therapy"] ?? ""): \(ids)")
      for item in option["against"]?.split(separator: ";") ?? [] {
        let id = item.split(separator: " ").last.map { String($0.dropLast()) } ?? ""
        #expect(known.contains(id), "\(option["therapy"] ?? ""): \(item)")
      }
      let own = therapies.filter { $0["therapy"] == option["therapy"] && $0["direction"] == "sensitivity" }
      #expect((Int(option["rows_for"] ?? "") ?? 0) <= own.count, "\(option["therapy"] ?? "")")
    }
    for row in try cohort.table("alterations.tsv").rows where level != "E" {
      // Pairs that are derived from other rows, at the lowest level, are rows of the table and rest on no rule of theirs.
      let own = therapies.filter { $0["direction"] != "context" && $0["rung"] != "inferred" }
      let count = own.count {
        $0["alteration"]?.split(separator: ";").contains(Substring(row["alteration"] ?? "")) == true
      }
      let reason = row["reason"] ?? ""
      #expect(row["outcome"] == "matched")
      #expect(
        reason.hasPrefix("read by \(count) ") || count == 0 && reason.contains("below the lowest level"), "\(reason)")
    }
  }
}
