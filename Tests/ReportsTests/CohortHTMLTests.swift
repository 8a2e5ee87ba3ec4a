// SPDX-License-Identifier: Apache-2.0
import Foundation
import SystemIO
import TestSupport
import Testing
import Matching
@testable import Reports

/// The page of a cohort, made from tables.
struct CohortHTMLTests {
  private static let context = ReportContext(table: Clinic.table, programVersion: "1.2.3")

  private static func table(_ table: OutputTable, _ rows: [[String: String]]) -> [UInt8] {
    let lines = rows.map { row in table.columns.map { row[$0] ?? "" }.joined(separator: "\t") }
    return Array(([table.columns.joined(separator: "\t")] + lines).map { $0 + "\n" }.joined().utf8)
  }

  private static func page(
    _ samples: [[String: String]], _ options: [[String: String]] = [], _ alterations: [[String: String]] = []
  ) -> String {
    let bytes = CohortHTML.text(
      samples: table(.samples, samples), options: table(.options, options),
      alterations: table(.alterations, alterations), context: context, folderName: { $0 })
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let samples = ["A", "B", "C"].map {
    ["sample_id": $0, "tumor_type": $0 == "C" ? "LMS" : "LUAD", "status": "reported", "highest_tier": "I-A"]
  }

  private static func alteration(_ sample: String, _ gene: String, _ name: String, _ outcome: String = "matched")
    -> [String: String]
  {
    ["sample_id": sample, "gene": gene, "kind": "MUT", "class": name, "outcome": outcome]
  }

  @Test func `the page is the same wherever the columns of the tables stand`() {
    let options = [["sample_id": "A", "therapy": "sotorasib", "group": "opened", "tier": "I-A"]]
    let alterations = [Self.alteration("A", "KRAS", "missense"), Self.alteration("C", "TP53", "nonsense")]
    let tables = [
      Self.table(.samples, Self.samples), Self.table(.options, options), Self.table(.alterations, alterations),
    ]
    let pages = [tables, tables.map(Table.withColumnsReversed)].map { tables in
      CohortHTML.text(
        samples: tables[0], options: tables[1], alterations: tables[2], context: Self.context, folderName: { $0 })
    }
    #expect(pages[0] == pages[1] && String(decoding: pages[0], as: UTF8.self).contains("sotorasib"))
  }

  @Test func `genes and samples are in the order of the memo sort, matched alterations alone`() {
    let alterations = [
      Self.alteration("A", "KRAS", "missense"), Self.alteration("B", "TP53", "missense"),
      Self.alteration("C", "TP53", "nonsense"), Self.alteration("A", "TTN", "missense", "no_rule"),
    ]
    let cohort = Cohort(
      samples: Self.table(.samples, Self.samples), options: Self.table(.options, []),
      alterations: Self.table(.alterations, alterations))
    #expect(cohort.genes.map(\.symbol) == ["TP53", "KRAS"])
    #expect(cohort.altered == [2, 1, 0])
    #expect(Oncoprint(cohort: cohort).cells == "2:0t 1:0m 0:1m")
    let page = Self.page(Self.samples, [], alterations)
    #expect(page.contains("C: TP53 truncating") && !page.contains("TTN"))
  }

  @Test func `the oncoprint tells not assayed from unchanged, leads to each report and explains what occurs`() throws {
    var samples = Self.samples + [["sample_id": "D", "tumor_type": "LMS", "status": "failed"]]
    samples[0]["assays_missing"] = "fusions"
    samples[1]["assays_missing"] = "copy_number;fusions"
    let alterations = [
      Self.alteration("A", "TP53", "missense"), Self.alteration("C", "PTEN", "nonsense"),
      ["sample_id": "A", "gene": "PTEN", "kind": "CNA", "class": "HOMDEL", "outcome": "matched"],
      ["sample_id": "C", "gene": "ALK", "kind": "FUSION", "class": "fusion", "outcome": "matched"],
    ]
    let cohort = Cohort(
      samples: Self.table(.samples, samples), options: Self.table(.options, []),
      alterations: Self.table(.alterations, alterations))
    func coverage(_ gene: String) throws -> [Cohort.Coverage] {
      let found = try #require(cohort.genes.first { $0.symbol == gene })
      return cohort.samples.map(found.coverage)
    }
    #expect(try coverage("TP53") == [.unchanged, .unchanged, .unchanged, .notAssayed])
    #expect(try coverage("PTEN") == [.unchanged, .partlyAssayed, .unchanged, .notAssayed])
    #expect(try coverage("ALK") == [.notAssayed, .notAssayed, .unchanged, .notAssayed])
    // Samples without a matched alteration are drawn too, behind the others.
    #expect(Set(cohort.drawn) == [0, 1, 2, 3] && Array(cohort.drawn.suffix(2)) == [1, 3])
    let page = Self.page(samples, [], alterations)
    for words in ["unchanged", "unchanged, not all assayed", "not assayed", "missense", "fusion"] {
      #expect(page.contains("</svg> \(words)</li>"), "the legend lacks \(words)")
    }
    for words in ["amplification", "splice", "I-B", "resistance only"] {
      #expect(!page.contains("</svg> \(words)</li>"), "\(words) does not occur")
    }
    for sample in ["A", "B", "C", "D"] {
      #expect(page.contains("<a tabindex=\"-1\" href=\"samples/\(sample)/\(sample).report.html\""), "\(sample)")
    }
    let whole = Self.page(Self.samples, [], [Self.alteration("A", "TP53", "missense")])
    #expect(!whole.contains("</svg> not assayed</li>") && !whole.contains("class=\"na\""))
  }

  @Test func `a search finds changes, tumor names and files that no column shows`() {
    let samples = [
      [
        "sample_id": "A", "status": "reported", "tumor_type": "LMS", "best_option": "sotorasib",
        "best_because": "KRAS p.G12C", "directory": "/in/RUN77", "input_ids": "T-99",
      ], ["sample_id": "B", "status": "failed", "message": "in/B/b.maf.gz: gzip data end too early"],
    ]
    var change = Self.alteration("A", "TP53", "missense")
    change["alteration"] = "p.R175H"
    let page = Self.page(samples, [], [change])
    for words in ["Leiomyosarcoma", "TP53 p.R175H", "T-99 RUN77", "b.maf.gz: gzip data end too early"] {
      #expect(page.contains(words), "\(words)")
    }
  }

  @Test func `a therapy counts samples in which it is opened or waits for a test, the strongest tier first`() {
    func row(_ sample: String, _ therapy: String, _ group: String = "opened", tier: String = "I-A") -> [String: String]
    {
      ["sample_id": sample, "therapy": therapy, "group": group, "tier": tier]
    }
    let cohort = Cohort(
      samples: Self.table(.samples, Self.samples),
      options: Self.table(
        .options,
        [
          row("A", "osimertinib", "conditional"), row("A", "osimertinib"), row("A", "gefitinib", "closed"),
          row("A", "aspirin", tier: "II-D"), row("B", "osimertinib"), row("B", "aspirin", tier: "II-D"),
          row("C", "aspirin", tier: "II-D"), row("C", "pazopanib", "by_tumor_type", tier: "H:A1"),
          row("C", "olaratumab", "withdrawn"),
        ]), alterations: Self.table(.alterations, []))
    #expect(cohort.therapies.map(\.name) == ["osimertinib", "aspirin"])
    #expect(cohort.therapies.first?.samples.map(\.sample) == [0, 1])
    #expect(cohort.therapies.first?.count(tier: .iA, isConditional: false) == 2)
  }

  @Test func `each sample shows its best option, why, and what was not assayed; statuses are counted in words`() {
    let samples = [
      [
        "sample_id": "A", "status": "reported", "highest_tier": "I-A", "best_option": "sotorasib",
        "best_because": "KRAS p.G12C;TP53 p.R175H", "assays_missing": "copy_number;fusions",
      ], ["sample_id": "B", "status": "not_evaluated"], ["sample_id": "C", "status": "failed"],
    ]
    let page = Self.page(samples)
    for cell in ["sotorasib", "KRAS p.G12C, TP53 p.R175H", "copy number, fusions", "not evaluated", "failed"] {
      #expect(page.contains("\(cell)</td>"), "\(cell)")
    }
    #expect(page.contains("<dt>Not evaluated</dt><dd>1</dd>"))
  }

  @Test func `hostile names show as text and end neither element nor script`() {
    let hostile = "</script><script>alert(\"x\")</script>'&"
    let page = Self.page(
      [
        [
          "sample_id": hostile, "patient_id": hostile, "tumor_type": hostile, "status": hostile,
          "highest_tier": hostile, "best_option": hostile, "best_because": hostile, "assays_missing": hostile,
        ]
      ],
      [["sample_id": hostile, "therapy": hostile, "group": "opened", "tier": "I-A"]],
      [Self.alteration(hostile, hostile, hostile)])
    #expect(page.components(separatedBy: "<script").count == 3)
    #expect(page.components(separatedBy: "</script>").count == 3)
    #expect(!page.contains("<script>alert"))
    expectBalanced(page)
  }

  @Test func `the page allows its own script and style by digest and loads nothing`() {
    let page = Self.page(Self.samples)
    #expect(page.contains("script-src &#39;\(SHA256.policySource(CohortScript.bytes))"))
    #expect(
      !page.contains(" src=") && !page.contains("https://") && !page.contains(" style=") && !page.contains("onclick"))
    #expect(page == Self.page(Self.samples))
  }

  @Test func `a page of ten thousand samples stays small`() {
    let samples = (0..<10_000).map {
      ["sample_id": "SAMPLE-\($0)-01", "patient_id": "P\($0)", "tumor_type": "LMS", "status": "no_match"]
    }
    let alterations = (0..<10_000).map { Self.alteration("SAMPLE-\($0)-01", "GENE\($0 % 60)", "missense") }
    let page = Self.page(samples, [], alterations)
    #expect(page.utf8.count < 5 << 20)
    #expect(page.contains("The first 100 of 10000 samples"))
    expectBalanced(page)
  }

  @Test func `an empty cohort is a page too`() { expectBalanced(Self.page([])) }
}
