// SPDX-License-Identifier: Apache-2.0
import Reports
import TestSupport
import Testing

/// What a run writes of some files, to compare rows that came back with.
struct AnnotationOracle {
  private let alterations: [[String: String]]
  private let samples: [String: [String: String]]
  private let therapies: [String: [[String: String]]]

  init(_ run: [String: Table]) {
    alterations = run["alterations"]?.rows ?? []
    samples = Dictionary(
      (run["samples"]?.rows ?? []).map { ($0["sample_id"] ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    therapies = Dictionary(grouping: run["therapies"]?.rows ?? []) { $0["sample_id"] ?? "" }
  }

  /// Compares the rows of alterations.tsv with the lines that they name, and fates with the counts of samples.tsv.
  ///
  /// - Parameter path: The path of a file by its name.
  func expect(_ texts: [String: String], path: (String) -> String) throws {
    var rows: [String: [Int: [String: String]]] = [:]
    var fates: [String: Int] = [:]
    for (name, text) in texts {
      let found = AnnotatedText(text, first: "oncomatch_sample").rows
      rows[path(name)] = found
      guard found.values.first?["oncomatch_row"] != nil else {
        expectSamples(found)
        continue
      }
      for row in found.values {
        for fate in (row["oncomatch_row"] ?? "").split(separator: "|") {
          fates[String(fate.split(separator: "=").last ?? fate), default: 0] += 1
        }
      }
    }
    #expect(!alterations.isEmpty)
    for alteration in alterations {
      guard let file = alteration["file"], let line = alteration["line"].flatMap({ Int($0) }) else { continue }
      let row = try #require(rows[file]?[line], "\(file):\(line)")
      expect(row, alteration)
    }
    // Cells of a matrix without a call are not shown, and one row may state several things.
    for fate in ["matched", "rejected"] {
      let counted = samples.values.reduce(0) { $0 + (Int($1["rows_\(fate)"] ?? "") ?? 0) }
      #expect(fates[fate, default: 0] == counted, "\(fate)")
    }
  }

  private func expectSamples(_ rows: [Int: [String: String]]) {
    let pairs = [
      ("tumor_type", "tumor_type"), ("status", "status"), ("tier", "highest_tier"),
      ("level", "highest_sensitivity_level"), ("resistance_level", "highest_resistance_level"),
      ("n_alterations", "n_alterations"), ("n_matched", "n_matched"), ("best_option", "best_option"),
    ]
    for row in rows.values {
      guard let sample = samples[row["oncomatch_sample"] ?? ""] else { continue }
      for (own, theirs) in pairs { #expect(row["oncomatch_" + own] == sample[theirs], "\(own)") }
    }
  }

  /// A cell of a sample: a part of `S1=...|S2=...` where the row is of a matrix, else the whole.
  private func part(_ cell: String, _ sample: String, isMatrix: Bool) -> String {
    guard isMatrix else { return cell }
    for part in cell.split(separator: "|") where part.hasPrefix(sample + "=") {
      return String(part.dropFirst(sample.count + 1))
    }
    return ""
  }

  private func expect(_ row: [String: String], _ alteration: [String: String]) {
    let sample = alteration["sample_id"] ?? ""
    let isMatrix = row["oncomatch_row"]?.contains("=") == true
    func cell(_ name: String) -> String { part(row["oncomatch_" + name] ?? "", sample, isMatrix: isMatrix) }
    func list(_ name: String) -> [String] {
      cell(name).split(separator: ";", omittingEmptySubsequences: false).map(String.init)
    }
    let place = zip(list("gene"), list("alteration")).enumerated().first { _, pair in
      pair.0 == alteration["gene"] && pair.1 == alteration["alteration"]
    }?.offset
    guard let place else {
      Issue.record("\(sample) \(alteration["gene"] ?? "") \(alteration["alteration"] ?? "") is not in its row")
      return
    }
    for (own, theirs) in [("class", "class"), ("oncogenicity", "oncogenicity"), ("outcome", "outcome")] {
      #expect(list(own)[place] == alteration[theirs], "\(sample) \(alteration["gene"] ?? "") \(own)")
    }
    guard list("gene").count == 1 else { return }
    #expect(
      Set(list("flags"))
        == Set((alteration["flags"] ?? "").split(separator: ";", omittingEmptySubsequences: false).map(String.init)))
    let genes = [alteration["gene"], alteration["partner_gene"]].compactMap(\.self).filter { !$0.isEmpty }
    let rules = (therapies[sample] ?? []).filter { match in
      let named = (match["gene"] ?? "").split(separator: ";").map(String.init)
      let changes = (match["alteration"] ?? "").split(separator: ";").map(String.init)
      return match["rule_id"]?.contains("+") == false && changes.contains(alteration["alteration"] ?? "")
        && named.contains(where: genes.contains)
    }
    #expect(
      Set(list("rule_ids").filter { !$0.isEmpty }) == Set(rules.compactMap { $0["rule_id"] }),
      "\(sample) \(alteration["gene"] ?? "") \(alteration["alteration"] ?? "")")
  }
}
