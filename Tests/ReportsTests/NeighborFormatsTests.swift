// SPDX-License-Identifier: Apache-2.0
import Alterations
import DelimitedText
import Foundation
import JSONText
import Knowledge
import Matching
import TestSupport
import Testing
@testable import Reports

/// What MultiQC, cBioPortal and FHIR get.
struct NeighborFormatsTests {
  private static let context = ReportContext(table: Clinic.table, programVersion: "1.2.3")
  private static let hostile = "a/b <b>'x\"&#=1"

  private static func view(address: String = "https://x.org/r") -> CohortView {
    var feed = CohortFeed()
    for (id, patient, tier) in [("S1", "P1", "I-A"), (hostile, "", "")] {
      var buffer = TSVWriter()
      let values = [
        "sample_id": id, "patient_id": patient, "tumor_type": "LMS", "status": "reported", "highest_tier": tier,
        "n_matched": "1", "n_alterations": "2", "n_conditional": "40", "n_therapies": "30", "n_options": "2",
        "n_closed": "3", "best_option": id == "S1" ? "larotrectinib" : "",
        "best_because": id == "S1" ? "NTRK1 TPM3::NTRK1" : "",
      ]
      buffer.row(OutputTable.samples.columns.map { values[$0] ?? "" })
      feed.addSamples(buffer.bytes)
    }
    for (therapy, group, tier) in [("larotrectinib", "opened", "I-A"), ("entrectinib", "conditional", "II-C")] {
      var buffer = TSVWriter()
      let values = ["sample_id": "S1", "therapy": therapy, "group": group, "verdict": "supported", "tier": tier]
      buffer.row(OutputTable.options.columns.map { values[$0] ?? "" })
      feed.addOptions(buffer.bytes)
    }
    return CohortView(
      feed: feed, changes: ChangesFeed(earlier: nil), versions: context.versions, address: address,
      folderName: { "f-" + $0 })
  }

  private static func text(_ format: ReportFormat, _ name: String, _ view: CohortView = view()) throws -> String {
    String(decoding: try #require(format.files(of: view).first { $0.name == name }).bytes, as: UTF8.self)
  }

  @Test func `the standard formats are those of the contract, and every word names its format`() {
    #expect(ReportFormat.standard == [.tsv, .json, .html])
    #expect(ReportFormat.allCases.map(\.rawValue) == ["tsv", "json", "html", "fhir", "multiqc", "cbioportal"])
    for format in ReportFormat.allCases { #expect(ReportFormat(rawValue: format.rawValue) == format) }
    #expect(ReportFormat(rawValue: "pdf") == nil)
  }

  @Test func `MultiQC gets one row a sample with its therapies by tier, and no markup`() throws {
    let text = try Self.text(.multiqc, "multiqc/oncomatch_mqc.tsv")
    let table = Table(text)
    #expect(text.hasPrefix("# id: 'oncomatch'\n"))
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("Sample\tstatus\ttumor_type\thighest_tier\ttier_I_A"))
    #expect(lines[1] == "S1\treported\tLMS\tI-A\t1\t0\t0\t0\t1\t3\t2\t1\tlarotrectinib\tTPM3::NTRK1 fusion")
    #expect(!text.contains("<b>") && text.contains("a/b &lt;b&gt;&#39;x&quot;&amp;#=1"))
    #expect(!table.header.isEmpty)
  }

  @Test func `cBioPortal gets four header lines, plain identifiers, and a link to each page`() throws {
    let lines = try Self.text(.cbioportal, "cbioportal/data_clinical_sample.txt").split(separator: "\n").map(
      String.init)
    #expect(lines.prefix(4).allSatisfy { $0.hasPrefix("#") })
    #expect(lines[4].hasPrefix("PATIENT_ID\tSAMPLE_ID\tONCOTREE_CODE\t"))
    #expect(lines[5].hasPrefix("P1\tS1\tLMS\treported\tI-A\t"))
    // What it says of therapies is the answers', one a therapy, and not the rows of evidence.
    #expect(lines[5].hasSuffix("\t1\t2\t3\tlarotrectinib\tNTRK1 TPM3::NTRK1") && !lines[4].contains("THERAPIES"))
    #expect(lines[6].hasPrefix("a_b__b__x____1\ta_b__b__x____1\t"))
    #expect(Set(lines.map { $0.split(separator: "\t", omittingEmptySubsequences: false).count }).count == 1)
    let links = try Self.text(.cbioportal, "cbioportal/data_resource_sample.txt").split(separator: "\n")
    #expect(links[1] == "P1\tS1\tONCOMATCH_REPORT\thttps://x.org/r/samples/f-S1/f-S1.report.html")
    let names = ReportFormat.cbioportal.files(of: Self.view(address: "")).map(\.name)
    #expect(names.contains("cbioportal/data_clinical_sample.txt") && !names.contains { $0.contains("resource") })
  }

  @Test func `cBioPortal's identifiers never make two samples one, and are short enough for it`() {
    let long = String(repeating: "x", count: 64)
    let originals =
      ["A B", "A_B", "A/B", "TCGA-3B-A9HI-01A", "plain 1"] + [long, long + "y", "NA", "", "\u{E9}", "Mar-12"]
    let names = PortalIdentifiers(originals)
    #expect(names["TCGA-3B-A9HI-01A"] == "TCGA-3B-A9HI-01A")
    #expect(names["plain 1"] == "plain_1")
    #expect(names["Mar-12"] == "Mar_12", "no date of a spreadsheet")
    #expect(Set(originals.map { names[$0] }).count == originals.count)
    for original in originals {
      let name = names[original]
      #expect(name.utf8.count <= 63 && !name.contains(#/[^A-Za-z0-9._-]/#), "\(name)")
      #expect(!["", "na"].contains(name.lowercased()), "read as missing: \(name)")
      #expect(PortalIdentifiers(originals.reversed())[original] == name, "the order of samples changes \(original)")
    }
    let fitting = String(repeating: "x", count: 63)
    #expect(PortalIdentifiers([fitting])[fitting] == fitting)
  }

  // MARK: FHIR

  private static func bundle(_ report: SampleReport) throws -> JSONValue {
    try JSONValue(FHIRBundle(report: report, context: context).bytes.span)
  }

  private static func resources(_ bundle: JSONValue, _ type: String, _ code: String? = nil) -> [JSONValue] {
    (bundle["entry"]?.elements ?? []).compactMap { $0["resource"] }.filter { resource in
      resource["resourceType"]?.text == type
        && (code == nil || resource["code"]?["coding"]?.elements.first?["code"]?.text == code)
    }
  }

  private static func report(_ id: String = "S-1") -> SampleReport {
    var report = SampleReport(sampleID: id)
    report.tumorTypes = ["LUAD"]
    let alterations = ["p.L858R", "p.T790M"].map { change in
      Alteration(
        gene: "EGFR", event: .sequence(SequenceChange(effect: .missense, proteinChange: ProteinChange(change))),
        asWritten: change, variantAlleleFraction: 0.25)
    }
    report.matches = Matcher(table: Clinic.table).match(
      SampleProfile(sampleID: id, tumorTypes: ["LUAD"], alterations: alterations))
    return report
  }

  @Test func `each therapy is one implication, derived from its findings, with agents, level and effect`() throws {
    let report = Self.report()
    let bundle = try Self.bundle(report)
    #expect(Self.resources(bundle, "Observation", "69548-6").count == 2)
    let implications = Self.resources(bundle, "Observation", "therapeutic-implication")
    let options = try #require(report.matches).options.filter {
      !$0.because.isEmpty || $0.bestAgainst?.alterations.isEmpty == false
    }
    #expect(implications.count == options.count && options.count > 5)
    func components(_ implication: JSONValue, _ code: String) -> [JSONValue] {
      (implication["component"]?.elements ?? []).filter {
        $0["code"]?["coding"]?.elements.first?["code"]?.text == code
      }
    }
    func agents(_ implication: JSONValue) -> [String] {
      components(implication, "51963-7").compactMap { $0["valueCodeableConcept"]?["text"]?.text }
    }
    #expect(implications.map(agents) == options.map(\.agents))
    #expect(Set(implications.map { agents($0).joined(separator: " + ") }).count == implications.count, "one a therapy")
    #expect(implications.allSatisfy { !($0["derivedFrom"]?.elements ?? []).isEmpty })
    let effects = Dictionary(
      uniqueKeysWithValues: implications.map { implication in
        let effect = components(implication, "predicted-therapeutic-implication").first
        return (agents(implication), effect?["valueCodeableConcept"]?["coding"]?.elements.first?["display"]?.text)
      })
    // T790M closes what L858R alone would open.
    #expect(effects[["gefitinib"]] == "Resistant" && effects[["osimertinib"]] == "Responsive")
    #expect(Self.resources(bundle, "DiagnosticReport").first?["status"]?.text == "final")
  }

  @Test(
    arguments: [
      (AlterationOrigin.germline, ["LA6683-2 Germline"]), (.somatic, ["LA6684-0 Somatic"]), (.unknown, []),
    ])
  func `a finding says where its allele comes from, by the code of LOINC`(
    origin: AlterationOrigin, codes: [String]
  ) throws {
    var report = SampleReport(sampleID: "S-1")
    let change = SequenceChange(effect: .nonsense, proteinChange: ProteinChange("p.R100*"))
    let alteration = Alteration(gene: "BRCA2", event: .sequence(change), asWritten: "p.R100*", origin: origin)
    report.matches = Matcher(table: Clinic.table).match(
      SampleProfile(sampleID: "S-1", tumorTypes: ["OVT"], alterations: [alteration]))
    report.unlisted = [
      Alteration(
        gene: "TTN", event: .sequence(SequenceChange(effect: .missense, proteinChange: ProteinChange("p.A100V"))),
        asWritten: "p.A100V", origin: origin, variantAlleleFraction: 0.1, source: SourceLocation(file: 0, line: 4))
    ]
    let findings = Self.resources(try Self.bundle(report), "Observation", "69548-6")
    #expect(findings.count == 2)
    for finding in findings {
      let sources = (finding["component"]?.elements ?? []).filter {
        $0["code"]?["coding"]?.elements.first?["code"]?.text == "48002-0"
      }.compactMap { $0["valueCodeableConcept"]?["coding"]?.elements.first }
      #expect(sources.map { "\($0["code"]?.text ?? "") \($0["display"]?.text ?? "")" } == codes)
    }
  }

  @Test func `every reference leads to a resource of the bundle, and the bytes are the same each time`() throws {
    let bytes = FHIRBundle(report: Self.report(), context: Self.context).bytes
    #expect(bytes == FHIRBundle(report: Self.report(), context: Self.context).bytes)
    let bundle = try JSONValue(bytes.span)
    let addresses = (bundle["entry"]?.elements ?? []).compactMap { $0["fullUrl"]?.text }
    #expect(Set(addresses).count == addresses.count)
    let text = String(decoding: bytes, as: UTF8.self)
    for match in text.matches(of: /"reference": "([^"]*)"/) { #expect(addresses.contains(String(match.1))) }
    let other = String(decoding: FHIRBundle(report: Self.report("S-2"), context: Self.context).bytes, as: UTF8.self)
    #expect(!addresses.contains(where: other.contains))
  }

  @Test func `a failed sample is a cancelled report, hostile text is text, and no text is empty`() throws {
    var report = SampleReport(sampleID: Self.hostile)
    report.patientID = Self.hostile
    report.status = .failed
    report.remark = "line\nend \u{1}"
    let bundle = try Self.bundle(report)
    let diagnostic = try #require(Self.resources(bundle, "DiagnosticReport").first)
    #expect(diagnostic["status"]?.text == "cancelled" && diagnostic["result"] == nil)
    #expect(diagnostic["conclusion"]?.text?.hasPrefix("line\nend \u{1}") == true)
    #expect(
      Self.resources(bundle, "Patient").first?["identifier"]?.elements.first?["value"]?.text == Self.hostile)
    let text = String(decoding: FHIRBundle(report: Self.report(""), context: Self.context).bytes, as: UTF8.self)
    #expect(!text.contains("\"\"") && !text.contains("[]"))
  }
}
