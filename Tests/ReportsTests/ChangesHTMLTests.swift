// SPDX-License-Identifier: Apache-2.0
import DelimitedText
import Foundation
import TestSupport
import Testing
@testable import Reports

/// The page of what changed since the last run.
struct ChangesHTMLTests {
  private static let context = ReportContext(table: Clinic.table, programVersion: "1.2.3")
  private static let earlier = ChangesFeed.Earlier(
    started: "2026-11-22T03:00:00Z", programVersion: "1.2.2", tables: ["built-in 2026.10.01"])

  private static func page(_ feed: ChangesFeed) -> String {
    let bytes = ChangesHTML.text(feed, versions: context.versions, folderName: { "f-" + $0 })
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func row(_ sample: String, _ cells: String...) -> [UInt8] {
    Array(([sample] + cells).joined(separator: "\t").utf8) + [0x0A]
  }

  @Test func `each row names therapy, direction, change, before, after, cause and rule, in its sample's section`()
    throws
  {
    var feed = ChangesFeed(earlier: Self.earlier)
    feed.add(
      Self.row(
        "S 1", "imatinib", "no_benefit", "tier_down", "I-A supported", "II-C supported", "table", "R7;R70",
        "KIT p.V654A")
        + Self.row("S 1", "pazopanib", "sensitivity", "gained", "", "II-D supported", "input", "R8", ""))
    feed.add(
      Self.row("S2", "olaparib", "resistance", "lost", "R:II-C supported", "", "program", "R9", "BRCA2 p.S2222fs"))
    let page = Self.page(feed)
    #expect(page.contains("3 changes in 2 samples"))
    let start = try #require(page.range(of: "id=\"s-f-S 1\""))
    let end = try #require(page.range(of: "</section>", range: start.upperBound..<page.endIndex))
    let section = page[start.lowerBound..<end.lowerBound]
    for word in [
      "imatinib", "no benefit", "weaker tier", "I-A supported", "II-C supported", "new table", "R7, R70", "KIT p.V654A",
      "+ gained",
      "input or settings", "R8", "href=\"samples/f-S%201/f-S%201.report.html\"",
    ] {
      #expect(section.contains(word), "\(word)")
    }
    #expect(!section.contains("olaparib") && page.contains("new program"))
    let therapies = try #require(page.range(of: "id=\"by-therapy\""))
    let list = page[therapies.lowerBound..<start.lowerBound]
    #expect(list.contains("href=\"#s-f-S2\">S2</a>: \u{2212} lost (BRCA2 p.S2222fs)"))
    #expect(page.contains("2026-11-22T03:00:00Z") && page.contains("built-in 2026.10.01"))
    expectBalanced(page)
  }

  @Test func `a therapy that was closed is said to be closed, by its alteration once, strongest first`() throws {
    var feed = ChangesFeed(earlier: Self.earlier)
    feed.add(
      Self.row("S1", "aee788", "sensitivity", "gained", "", "II-D supported", "input", "R1573", "EGFR p.L858R")
        + Self.row(
          "S1", "gefitinib", "sensitivity", "verdict", "R:I-A supported", "I-A supported", "input", "R0133",
          "EGFR p.T790M (A2, R0358);EGFR p.T790M (B, R0359)"))
    let page = Self.page(feed)
    let list = try #require(page.range(of: "id=\"by-therapy\""))
    let names = page[list.lowerBound...].components(separatedBy: "<th scope=\"row\">").dropFirst().prefix(2)
      .map { $0.prefix { $0 != "<" } }
    #expect(names == ["gefitinib", "AEE788"])
    #expect(page.contains("other verdict, from closed, R:I-A to I-A supported (EGFR p.T790M)"))
    #expect(page.contains("<td>EGFR p.T790M</td>") && page.contains("<td>closed, R:I-A</td>"))
    expectBalanced(page)
  }

  @Test func `files that are gone are said, of samples that are gone with them and of those that stay`() {
    var feed = ChangesFeed(earlier: Self.earlier)
    feed.add(Self.row("S2", "olaparib", "sensitivity", "lost", "II-C supported", "", "input", "R9", "BRCA2 p.S2222fs"))
    feed.gone = [
      .init(sampleID: "S1", files: ["in/S1/a.maf", "in/S1/b.tsv"], isWhole: true),
      .init(sampleID: "S2", files: ["in/S2/<c>.maf"], isWhole: false),
    ]
    let samples = OutputTable.samples.columns.map { ["sample_id": "S2", "patient_id": "P-7"][$0] ?? "" }
    let bytes = ChangesHTML.text(
      feed, samples: OutputTable.samples.header.line + Array((samples.joined(separator: "\t") + "\n").utf8),
      versions: Self.context.versions, folderName: { $0 })
    let page = String(decoding: bytes, as: UTF8.self)
    #expect(page.contains("S1</strong>: files gone: in/S1/a.maf, in/S1/b.tsv; the sample left the tables"))
    #expect(page.contains("S2</strong>: file gone: in/S2/&lt;c&gt;.maf; the others were read"))
    #expect(page.contains("patient P-7</span></h2>") && page.contains("S2</a> (patient P-7): "))
    expectBalanced(page)
    #expect(!Self.page(ChangesFeed(earlier: Self.earlier)).contains("gone"))
  }

  @Test func `samples of one patient stand together, where the first of them stands`() {
    var feed = ChangesFeed(earlier: Self.earlier)
    for sample in ["S1", "S2", "S3", "S4"] {
      feed.add(Self.row(sample, "olaparib", "sensitivity", "gained", "", "II-C supported", "input", "R9", "BRCA2 p.S2"))
    }
    let patients = ["S1": "P1", "S3": "P1", "S4": "P2", "S2": ""]
    let rows = patients.keys.sorted().map { sample in
      OutputTable.samples.columns.map { ["sample_id": sample, "patient_id": patients[sample] ?? ""][$0] ?? "" }
        .joined(separator: "\t") + "\n"
    }
    let page = String(
      decoding: ChangesHTML.text(
        feed, samples: OutputTable.samples.header.line + Array(rows.joined().utf8), versions: Self.context.versions,
        folderName: { $0 }), as: UTF8.self)
    #expect(page.matches(of: /<section id="s-(S.)"/).map { String($0.1) } == ["S1", "S3", "S2", "S4"])
    #expect(page.matches(of: /#s-(S.)">/).map { String($0.1) } == ["S1", "S3", "S2", "S4"])
  }

  @Test func `a sample's page links to its own place, whatever its name`() {
    let name = "a b%2F#\"c"
    let page = String(
      decoding: SampleHTML.text(SampleReport(sampleID: "x"), context: Self.context, name: name), as: UTF8.self)
    #expect(page.contains("href=\"../../changes.html#s-a%20b%252F%23%22c\""))
    #expect(page.contains("href=\"../../index.html\""))
    let alone = String(decoding: SampleHTML.text(SampleReport(sampleID: "x"), context: Self.context), as: UTF8.self)
    #expect(!alone.contains("changes.html"))
  }

  @Test func `a first run and a run without changes say so, and a first run has no times`() {
    let first = Self.page(ChangesFeed(earlier: nil))
    #expect(first.contains("This was the first run") && !first.contains("2026-11-22"))
    #expect(Self.page(ChangesFeed(earlier: Self.earlier)).contains("Nothing changed"))
    expectBalanced(first)
  }

  @Test func `the page stays small when a new table changes everything, and says how much it leaves out`() {
    var feed = ChangesFeed(earlier: Self.earlier)
    for number in 0..<10_000 {
      let row = Self.row(
        "SAMPLE-\(number)", "gemcitabine + docetaxel + bevacizumab", "sensitivity", "tier_up", "II-D conditional",
        "I-A supported", "table", "R1234", "TP53 p.R175H")
      feed.add(row + row)
    }
    let page = Self.page(feed)
    #expect(page.utf8.count < 5 << 20)
    #expect(page.contains("20000 changes in 10000 samples") && page.contains("The first 5000 of 20000 changes"))
  }

  @Test func `markup in any cell shows as text`() {
    let hostile = "</table><script>alert('x')</script>\"&"
    var feed = ChangesFeed(
      earlier: ChangesFeed.Earlier(started: hostile, programVersion: hostile, tables: [hostile]))
    feed.add(Self.row(hostile, hostile, hostile, hostile, hostile, hostile, hostile, hostile, hostile))
    let page = Self.page(feed)
    #expect(!page.contains("<script") && !page.contains("alert('x')"))
    #expect(page.components(separatedBy: "&lt;script&gt;").count > 12)
    expectBalanced(page)
  }
}
