// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// A sample as the course of its patient sees it: its rows of the cohort's tables, and what its sheet says of time.
package struct CourseSample: Sendable {
  /// The identifier.
  package let id: String
  /// The patient's identifier.
  package let patientID: String
  let tumorType: String
  let facts: CourseFacts
  let findings: [CourseFinding]
  let options: [CourseOption]
  /// What speaks against a whole class of agents.
  let classRows: [CourseClassRow]
  private let assays: Set<AssayKind>
  private let genes: Set<String>?
  private let isWholeExome: Bool
  private let places: [String: Int]
  /// Genes of which something was found, or stated, by kind of assay.
  private let seen: Set<String>

  /// A sample from its rows.
  ///
  /// - Parameters:
  ///   - samples: Its row of samples.tsv.
  ///   - alterations: Its rows of alterations.tsv.
  ///   - options: Its rows of options.tsv.
  ///   - therapies: Its rows of therapies.tsv.
  ///   - genes: The genes assayed; `nil` where they are not stated.
  package init?(
    facts: CourseFacts, samples: [UInt8], alterations: [UInt8], options: [UInt8], therapies: [UInt8],
    genes: Set<String>?, isWholeExome: Bool
  ) {
    var row = TSVRow(samples, header: OutputTable.samples.header)
    guard row.next() else { return nil }
    func value(_ name: String) -> String { row.value(row.header.column(name)) }
    patientID = value("patient_id")
    guard !patientID.isEmpty else { return nil }
    id = value("sample_id")
    tumorType = value("tumor_type")
    assays = Set(value("assays_seen").split(separator: ";").compactMap { AssayKind(rawValue: String($0)) })
    self.facts = facts
    self.genes = genes
    self.isWholeExome = isWholeExome
    (findings, seen) = CourseFinding.read(alterations)
    self.options = CourseOption.read(options)
    classRows = CourseClassRow.read(therapies)
    places = Dictionary(zip(findings.map(\.key), findings.indices), uniquingKeysWith: { first, _ in first })
  }

  /// The finding of a key; `nil` where the sample has none.
  func finding(_ key: String) -> CourseFinding? { places[key].map { findings[$0] } }

  /// The patient of a sample, by its row of samples.tsv.
  package static func patient(_ samples: [UInt8]) -> String {
    var row = TSVRow(samples, header: OutputTable.samples.header)
    return row.next() ? row.value(row.header.column("patient_id")) : ""
  }

  /// Whether something would have been found if it were there.
  enum Coverage {
    case assayed
    /// Assayed, and calls were filtered, of which it may be one.
    case callsFiltered
    /// Its kind was assayed; of which genes is not stated.
    case genesNotStated
    case notAssayed
  }

  /// Whether a finding would have been seen in this sample.
  func coverage(of finding: CourseFinding) -> Coverage {
    let found: Coverage =
      finding.assay == .mutations && !finding.isMeasured && facts.filteredCalls > 0 ? .callsFiltered : .assayed
    if seen.contains(finding.placeKey) { return found }
    guard !finding.isMeasured, assays.contains(finding.assay) else { return .notAssayed }
    if let genes { return finding.genes.contains(where: genes.contains) ? found : .notAssayed }
    return isWholeExome && finding.assay == .mutations ? found : .genesNotStated
  }
}

/// An alteration of a sample, or a measurement.
struct CourseFinding: Sendable {
  let gene: String
  let kind: String
  let text: String
  let partner: String
  let fraction: Double?
  let cellFraction: Double?
  let oncogenicity: String
  /// Whether a rule reads it.
  let isMatched: Bool
  /// Why it was not evaluated; empty where it was.
  let notEvaluated: String

  /// What makes it the same finding in another sample: of copy numbers and measurements there is one a gene.
  var key: String { isOneAGene ? placeKey : "\(placeKey)\t\(text)" }
  /// The gene and what was looked for.
  var placeKey: String { "\(gene)\t\(assay.rawValue)\(isMeasured ? kind : "")" }
  /// `EGFR p.T790M`.
  var name: String { "\(gene) \(text)" }
  var genes: [String] { partner.isEmpty ? [gene] : [gene, partner] }
  private var isOneAGene: Bool { kind == "CNA" || isMeasured }
  var isMeasured: Bool { kind == "BIOMARKER" || kind == "EXPR" }
  /// Whether it is told on the page, where there is little room.
  var isOfNote: Bool { isMatched || oncogenicity == "oncogenic" || oncogenicity == "likely_oncogenic" }

  var assay: AssayKind {
    switch kind {
    case "CNA": .copyNumber
    case "FUSION": .fusions
    case "MUT", "WT": .mutations
    default: .biomarkers
    }
  }

  /// The findings among a sample's rows of alterations.tsv, in their order, and where something was looked at.
  static func read(_ rows: [UInt8]) -> (findings: [CourseFinding], seen: Set<String>) {
    var row = TSVRow(rows, header: OutputTable.alterations.header)
    let header = row.header
    let (gene, kind, text) = (header.column("gene"), header.column("kind"), header.column("alteration"))
    let (vaf, ccf, partner) = (header.column("vaf"), header.column("ccf"), header.column("partner_gene"))
    let (class_, outcome, reason) = (header.column("oncogenicity"), header.column("outcome"), header.column("reason"))
    var findings: [CourseFinding] = []
    var seen: Set<String> = []
    var keys: Set<String> = []
    while row.next() {
      let finding = CourseFinding(
        gene: row.value(gene), kind: row[kind], text: row.value(text), partner: row.value(partner),
        fraction: Double(row[vaf]), cellFraction: Double(row[ccf]), oncogenicity: row[class_],
        isMatched: row.equals(outcome, "matched"),
        notEvaluated: row.equals(outcome, "not_evaluated") ? row.value(reason) : "")
      seen.insert(finding.placeKey)
      // What is stated not to be there was looked at and is no finding.
      let isNothing =
        row.equals(kind, "WT") || finding.text.hasPrefix("no ") || row.equals(outcome, "silent")
        || row.equals(outcome, "benign")
      if !isNothing, keys.insert(finding.key).inserted { findings.append(finding) }
    }
    return (findings, seen)
  }
}

/// What a sample's options.tsv says of one therapy.
struct CourseOption: Sendable {
  let therapy: String
  let group: String
  let verdict: String
  let tier: String
  let standing: String
  let because: [String]
  /// `GENE change (level, rule)`.
  let against: [String]
  let condition: String

  var agents: [String] { therapy.components(" + ") }
  /// `closed supported R:I-A approved_here`.
  var words: String { [group, verdict, tier, standing].filter { !$0.isEmpty }.joined(separator: " ") }

  /// One option for each therapy, that of the sample's first tumor type, in their order.
  static func read(_ rows: [UInt8]) -> [CourseOption] {
    var row = TSVRow(rows, header: OutputTable.options.header)
    let header = row.header
    let names = ["therapy", "group", "verdict", "tier", "standing", "because", "against", "condition"]
    let columns = names.map(header.column)
    var known: Set<String> = []
    var options: [CourseOption] = []
    while row.next() {
      let cells = columns.map(row.value)
      guard known.insert(cells[0]).inserted else { continue }
      options.append(
        CourseOption(
          therapy: cells[0], group: cells[1], verdict: cells[2], tier: cells[3], standing: cells[4],
          because: cells[5].components(";"), against: cells[6].components(";"), condition: cells[7]))
    }
    return options
  }
}

/// A row of a sample's therapies.tsv that speaks against a class of agents, which options.tsv has no row of.
struct CourseClassRow: Sendable {
  /// `EGFR p.T790M`.
  let name: String
  /// `egfr tki (class)`.
  let therapy: String
  /// `tier, level and rule`.
  let level: String, rule: String, tier: String

  /// `egfr tki`.
  var className: String {
    therapy.hasSuffix(" (class)") ? String(therapy.dropLast(8)) : therapy
  }

  static func read(_ rows: [UInt8]) -> [CourseClassRow] {
    var row = TSVRow(rows, header: OutputTable.therapies.header)
    let header = row.header
    let (therapy, direction, tier) = (header.column("therapy"), header.column("direction"), header.column("tier"))
    let (verdict, condition) = (header.column("verdict"), header.column("condition"))
    let columns = ["gene", "alteration", "level", "rule_id"].map(header.column)
    var found: [CourseClassRow] = []
    while row.next() {
      guard row.equals(direction, "resistance"), !row[tier].isEmpty, row[condition].isEmpty,
        !row.equals(verdict, "withdrawn"), !row.equals(verdict, "hypothesis"), row[therapy].hasSuffix("(class)")
      else { continue }
      let cells = columns.map(row.value)
      found.append(
        CourseClassRow(
          name: cells[0] + " " + cells[1], therapy: row.value(therapy).lowercased(), level: cells[2], rule: cells[3],
          tier: row.value(tier)))
    }
    return found
  }
}

extension String {
  /// The parts between a mark, empty ones left out.
  fileprivate func components(_ mark: String) -> [String] { split(separator: mark).map(String.init) }
}
