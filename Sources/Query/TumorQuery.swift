internal import Alterations
internal import DelimitedText
internal import Matching
internal import Normalization
public import Reports
public import Knowledge

/// Matches one tumor given in words, by the same normalization and rules as a batch.
public struct TumorQuery: Sendable {
  /// What is asked.
  public struct Question: Sendable {
    /// The tumor type as written; empty when not given.
    public var tumorType = ""
    /// Findings as a clinician writes them.
    public var findings: [String] = []
    /// Where the tumor arose, as written.
    public var site = ""
    /// `germline` or `somatic` for findings that do not say.
    public var origin = ""
    /// Agents or classes given before; `nil` when not said.
    public var priorTherapy: [String]?
    /// Genes that were assayed; `nil` when not said.
    public var panel: Set<String>?
    /// Fraction of tumor cells, 0...1.
    public var purity: Double?
    /// Whether rules that were not met are wanted.
    package var explains = false

    /// An empty question.
    public init() {}
  }

  /// A line beside the report.
  public struct Remark: Sendable, CustomStringConvertible {
    /// Whether it is about a rule that was not met.
    public let isNearMiss: Bool
    /// The line.
    public let description: String
  }

  /// What came of it.
  public struct Answer: Sendable {
    /// The whole report.
    public var report = SampleReport(sampleID: "query")
    /// What is to be said beside the report: what was not understood or assumed, rules that were not met, alterations
    /// that no rule reads.
    public var remarks: [Remark] = []
    /// Whether findings were given and none was understood.
    public var isNothingUnderstood = false
    /// Whether the tumor type was given and not understood.
    public var isTumorTypeUnknown = false

    fileprivate mutating func remark(_ line: String, isNearMiss: Bool = false) {
      remarks.append(Remark(isNearMiss: isNearMiss, description: line))
    }
  }

  private let table: KnowledgeBase
  private let matcher: Matcher
  private let text: ClinicalText
  private let resolver: TumorTypeResolver

  /// A query over a table.
  public init(table: KnowledgeBase) {
    self.table = table
    matcher = Matcher(table: table)
    let genes = Normalizer.geneNormalizer(table)
    let orientation = FusionOrientation(table: table)
    let exons = table.reference.exons
    text = ClinicalText(
      genes: genes,
      sequences: SequenceNormalizer(legacyNumbering: table.reference.legacyNumbering, facts: table.reference.facts),
      exonCodons: { exons.codons(gene: $0, exon: $1) }, orient: { orientation.judged($0) },
      singlePartner: { orientation.single($0) }, rearrangements: table.reference.rearrangements,
      facts: table.reference.facts)
    resolver = TumorTypeResolver(tree: table.reference.tumorTypes, fallback: "")
  }

  /// Whether a rule is met by an example such as `NSCLC: EGFR L858R`; `nil` when the example cannot be understood.
  package func isMet(_ rule: Rule, by example: String) -> Bool? {
    guard let colon = example.firstIndex(of: ":") else { return nil }
    let type = resolver.resolve(tumorType: String(example[..<colon]), site: "")
    guard !type.codes.isEmpty else { return nil }
    let findings = String(example[example.index(after: colon)...])
    let understood = text.understand(findings)
    guard understood.notUnderstood.isEmpty else { return nil }
    let profile = SampleProfile(
      sampleID: "example", tumorTypes: type.codes, site: type.site, alterations: understood.alterations)
    return matcher.match(profile).therapies.contains { match in
      match.rule.id == rule.id || match.supportingRules.contains { $0.id == rule.id }
    }
  }

  /// therapies.tsv, header and rows, of an answer.
  public func therapies(_ answer: Answer) -> [UInt8] {
    var buffer = TSVWriter()
    buffer.row(OutputTable.therapies.columns)
    TableRows.therapies(answer.report, context: ReportContext(table: table, programVersion: ""), into: &buffer)
    return buffer.bytes
  }

  /// Answers a question.
  public func answer(_ question: Question) -> Answer {
    var answer = Answer()
    var report = SampleReport(sampleID: "query")
    let type = resolver.resolve(tumorType: question.tumorType, site: question.site)
    report.tumorTypes = type.codes
    if type.codes.isEmpty {
      answer.remark(type.remark)
      answer.isTumorTypeUnknown = !question.tumorType.isEmpty
    }
    var profile = SampleProfile(sampleID: "query", tumorTypes: type.codes, site: type.site)
    profile.assayed.panel = question.panel
    profile.priorTherapy = question.priorTherapy
    profile.purity = question.purity
    for finding in question.findings {
      let understood = text.understand(finding)
      profile.alterations += understood.alterations
      for (part, reason) in understood.notUnderstood {
        answer.remark("not understood: '\(part)': \(reason)")
      }
      for remark in understood.remarks { answer.remark(remark) }
    }
    if let origin = AlterationOrigin(rawValue: question.origin) {
      for index in profile.alterations.indices where profile.alterations[index].origin == .unknown {
        profile.alterations[index].origin = origin
      }
    }
    answer.isNothingUnderstood = !question.findings.isEmpty && profile.alterations.isEmpty
    let matches = matcher.match(profile, collectsNearMisses: question.explains)
    for miss in matches.nearMisses {
      let alteration = matches.alterations[miss.alteration].alteration
      answer.remark(
        "near miss: \(alteration.gene) \(alteration.description): \(miss.rule.id) \(miss.rule.therapy): \(miss.reason.words)",
        isNearMiss: true)
    }
    for review in matches.diagnosisReviews { answer.remark(review) }
    for judged in matches.alterations where judged.outcome != .matched {
      answer.remark("\(judged.alteration.gene) \(judged.alteration.description): \(judged.reason)")
    }
    report.matches = matches
    report.tumorTypeSource = type.source
    report.site = type.site
    report.purity = question.purity
    report.priorTherapy = question.priorTherapy
    report.panelSize = question.panel?.count
    report.status = report.matchedCount > 0 ? .reported : .noMatch
    answer.report = report
    return answer
  }
}
