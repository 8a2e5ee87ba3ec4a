// SPDX-License-Identifier: Apache-2.0
public import Alterations
internal import DelimitedText
package import Matching
internal import Normalization
internal import SystemIO
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
    /// The build of the genome of changes that are given by position.
    public var genome: GenomeBuild?
    /// The patient's age in years; `nil` when not stated.
    package var age: Double?
    /// The patient's sex; `nil` when not stated.
    package var sex: Sex?
    /// The WHO grade of the tumor as written; empty when not given.
    public var grade = ""
    /// Whether findings in the germline, and what rests on them, are wanted.
    package var reportsGermline = true
    /// What is wanted beside the rows.
    package var details: MatchDetails = .labelOpenings

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
  public init(table: KnowledgeBase) { self.init(table: table, regulator: .any) }

  /// A query over a table.
  ///
  /// - Parameters:
  ///   - regulator: Whose labels count as approved here.
  ///   - trials: Studies of a lab's registry.
  ///   - keepsTrialsNotMet: Whether studies that are not met are told, too.
  package init(
    table: KnowledgeBase, regulator: RegulatorChoice, trials: TrialRegistry? = nil, keepsTrialsNotMet: Bool = false
  ) {
    self.table = table
    matcher = Matcher(
      table: table, regulator: regulator, trials: trials, keepsTrialsNotMet: keepsTrialsNotMet)
    text = ClinicalText(table: table)
    resolver = TumorTypeResolver(
      tree: table.reference.tumorTypes, fallback: "",
      diagnoses: DiagnosisText(tree: table.reference.tumorTypes, clinic: MadeOnce { [text] in text }))
  }

  /// Whether a text names a tumor type, be it with findings beside it.
  package static func isTumorType(_ text: String, _ table: KnowledgeBase) -> Bool {
    table.reference.tumorTypes.understand(text) != nil || DiagnosisText(table: table).read(text) != nil
  }

  /// Whether a rule is met by an example such as `NSCLC: EGFR L858R`; `nil` when the example cannot be understood.
  package func isMet(_ rule: Rule, by example: String) -> Bool? {
    profile(ofExample: example).map { profile in
      matcher.match(profile).therapies.contains { match in
        match.rule.id == rule.id || match.supportingRules.contains { $0.id == rule.id }
      }
    }
  }

  /// Matches a tumor that is understood already.
  func match(_ profile: SampleProfile) -> SampleMatches { matcher.match(profile) }

  /// The tumor of an example such as `NSCLC: EGFR L858R`; `nil` when the example cannot be understood.
  func profile(ofExample example: String) -> SampleProfile? {
    guard let colon = example.firstIndex(of: ":") else { return nil }
    let type = resolver.resolve(tumorType: String(example[..<colon]), site: "")
    guard !type.codes.isEmpty else { return nil }
    let findings = String(example[example.index(after: colon)...])
    let understood = text.understand(findings)
    guard understood.notUnderstood.isEmpty else { return nil }
    var profile = SampleProfile(
      sampleID: "example", tumorTypes: type.codes, site: type.site, alterations: understood.alterations)
    profile.grade = understood.grade ?? type.grade
    return profile
  }

  /// Findings as a clinician writes them; `nil` where a part is not understood.
  package func findings(_ words: String) -> [Alteration]? {
    let understood = text.understand(words)
    return understood.notUnderstood.isEmpty && !understood.alterations.isEmpty ? understood.alterations : nil
  }

  /// therapies.tsv, header and rows, of an answer.
  public func therapies(_ answer: Answer) -> [UInt8] {
    var buffer = TSVWriter()
    buffer.row(OutputTable.therapies.columns)
    TableRows.therapies(answer.report, context: ReportContext(table: table, programVersion: ""), into: &buffer)
    return buffer.bytes
  }

  /// options.tsv of an answer, header and rows.
  public func options(_ answer: Answer) -> [UInt8] {
    var buffer = TSVWriter()
    buffer.row(OutputTable.options.columns)
    TableRows.options(answer.report, into: &buffer)
    return buffer.bytes
  }

  /// trials.tsv of an answer, header and rows.
  package func trials(_ answer: Answer) -> [UInt8] {
    var buffer = TSVWriter()
    buffer.row(OutputTable.trials.columns)
    TableRows.trials(answer.report, into: &buffer)
    return buffer.bytes
  }

  /// Reads one finding of a question, and says what of it was not understood.
  private func read(
    _ finding: String, _ question: Question, into profile: inout SampleProfile, _ answer: inout Answer
  ) {
    let understood = text.understand(finding, build: question.genome)
    for remark in understood.alterations.compactMap(table.reference.swappedRemark) { answer.remark(remark) }
    profile.alterations += understood.alterations.filter { table.reference.swappedRemark($0) == nil }
    if let grade = understood.grade { profile.grade = grade }
    for (part, reason) in understood.notUnderstood {
      answer.remark("not understood: '\(part)': \(reason)\(table.reference.geneAdvice(part))")
    }
    for kind in [AssayKind.mutations, .fusions] {
      profile.assayed.undetermined[kind, default: []].formUnion(understood.undetermined)
    }
    for remark in understood.remarks { answer.remark(remark) }
    if !finding.contains(where: { $0.isLetter || $0.isNumber }) {
      answer.remark("not understood: '\(finding)': nothing is written there")
    }
  }

  /// Answers a question.
  public func answer(_ question: Question) -> Answer {
    var answer = Answer()
    var report = SampleReport(sampleID: "query")
    let type = resolver.resolve(tumorType: question.tumorType, site: question.site, grade: question.grade)
    report.tumorTypes = type.codes
    if type.codes.isEmpty {
      answer.isTumorTypeUnknown = !question.tumorType.isEmpty
    }
    if !type.remark.isEmpty { answer.remark(type.remark) }
    for remark in (question.priorTherapy ?? []).compactMap(table.reference.priorTherapyRemark) { answer.remark(remark) }
    if let remark = ReferenceTables.siteRemark(question.site) { answer.remark(remark) }
    var profile = SampleProfile(sampleID: "query", tumorTypes: type.codes, site: type.site)
    profile.assayed.panel = question.panel
    profile.priorTherapy = question.priorTherapy
    profile.purity = question.purity
    profile.age = question.age
    profile.sex = question.sex
    profile.grade = type.grade
    profile.alterations = type.findings
    for finding in question.findings { read(finding, question, into: &profile, &answer) }
    for alteration in profile.alterations where alteration.cautions.contains(.residueDisagrees) {
      answer.remark("\(alteration.gene) \(alteration.description): \(Caution.residueDisagrees.words)")
    }
    if let origin = AlterationOrigin(rawValue: question.origin) {
      for index in profile.alterations.indices where profile.alterations[index].origin == .unknown {
        profile.alterations[index].origin = origin
      }
    }
    answer.isNothingUnderstood = !question.findings.isEmpty && profile.alterations.isEmpty
    if !question.reportsGermline {
      let count = profile.alterations.count
      profile.alterations.removeAll { table.isOfGermline($0) }
      let left = count - profile.alterations.count
      if left > 0 { answer.remark("\(left) \(left == 1 ? "finding" : "findings") \(Normalizer.leftOutReason)") }
    }
    let matches = matcher.match(profile, notEvaluated: [:], details: question.details)
    remark(on: matches, &answer)
    report.matches = matches
    (report.tumorTypeSource, report.isTumorTypeCode) = (type.source, type.isCode)
    report.site = type.site
    report.statedSite = question.site
    report.assaysSeen = AssayKind.allCases.filter { kind in
      profile.alterations.contains { Self.kind(of: $0.event) == kind }
    }
    report.assaysMissing = AssayKind.allCases.filter { !report.assaysSeen.contains($0) }
    report.purity = question.purity
    report.priorTherapy = question.priorTherapy
    report.panelSize = question.panel?.count
    report.status = answer.isNothingUnderstood ? .notEvaluated : report.isRuleMet ? .reported : .noMatch
    answer.report = report
    return answer
  }

  /// Says what is remarkable about what was matched.
  private func remark(on matches: SampleMatches, _ answer: inout Answer) {
    for miss in matches.nearMisses {
      let alteration = matches.alterations[miss.alteration].alteration
      answer.remark(
        "near miss: \(alteration.gene) \(alteration.description): \(miss.rule.id) \(miss.rule.therapy): \(miss.reason.words)",
        isNearMiss: true)
    }
    for remark in matches.diagnosisRemarks { answer.remark(remark) }
    for annotated in matches.alterations {
      for case .contradicted(let other) in annotated.alteration.cautions {
        answer.remark(
          "\(annotated.gene) \(annotated.description): \(Caution.contradicted(by: other).words)")
      }
    }
    for annotated in matches.alterations where annotated.outcome != .matched {
      answer.remark("\(annotated.alteration.gene) \(annotated.alteration.description): \(annotated.reason)")
    }
  }

  /// The kind of assay that states a finding; only what is stated counts as assayed.
  private static func kind(of event: Alteration.Event) -> AssayKind {
    switch event {
    case .sequence, .wildType: .mutations
    case .copyNumber: .copyNumber
    case .fusion: .fusions
    case .measurement: .biomarkers
    case .absent(let inner): kind(of: inner)
    }
  }
}
