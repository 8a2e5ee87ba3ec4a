// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText
internal import InputFormats
internal import Knowledge
internal import Matching
internal import Normalization
internal import Reports

/// The normalize, match and report stages for one sample.
///
/// In: an assembled sample. Out: its report and its rows of every table as bytes. Any number of workers; order is put
/// back by whoever collects. A sample that cannot be reported goes on as a failure; the batch does not stop.
struct SampleProcessor: Sendable {
  private let matcher: Matcher
  let normalizer: Normalizer
  let resolver: TumorTypeResolver
  let files: [InputFile]
  private let panel: Set<String>?
  let panelMegabases: Double?
  let courses: CourseReading
  let overrides: LabOverrides
  let settings: RunSettings
  private let usesShortWay: Bool
  private let tracesRows: Bool
  /// The forms of the sample's own reports.
  private let formats: Set<ReportFormat>
  let context: ReportContext

  init(options: RunOptions, table: KnowledgeBase, files: [InputFile], context: ReportContext) {
    matcher = Matcher(
      table: table, subclonalFraction: options.subclonalFraction, regulator: options.settings.regulator,
      trials: options.trials, keepsTrialsNotMet: options.explains, lowestLevel: options.settings.lowestLevel)
    // A study may ask for a gene that no rule names.
    normalizer = Normalizer(
      table: table, amplificationCopies: options.amplificationCopies, alsoKnown: options.trials?.names ?? [],
      keepsGermline: options.settings.reportsGermline)
    resolver = TumorTypeResolver(
      tree: table.reference.tumorTypes, fallback: options.tumorType,
      diagnoses: DiagnosisText(tree: table.reference.tumorTypes, clinic: normalizer.clinic))
    self.files = files
    panel = options.panel
    panelMegabases = options.panelMegabases
    overrides = options.overrides
    courses = CourseReading(agents: table.reference.agents, words: table.reference.facts.priorTherapyWords)
    settings = options.settings
    usesShortWay = options.usesShortWay
    tracesRows = options.tracesRows
    formats = options.writesSampleFiles ? options.formats : []
    self.context = context
  }

  /// Rows that stages looked at for one sample.
  struct Work: Sendable {
    var normalized: Int32 = 0
    var matched: Int32 = 0
  }

  /// What one sample gives to the outputs.
  struct Result: Sendable {
    var report: SampleReport
    var options: [UInt8] = []
    var therapies: [UInt8] = []
    var alterations: [UInt8] = []
    var sampleRow: [UInt8] = []
    var nearMisses: [UInt8] = []
    var trials: [UInt8] = []
    var context: [UInt8] = []
    var agents: [UInt8] = []
    /// The sample's own files.
    var files: [ReportFile] = []
    var rejected: [InputError] = []
    /// Fates of rows by file.
    var countsByFile: [Int32: RowCounts] = [:]
    var filteredByFile: [Int32: [String: Int]] = [:]
    /// Genes with rows that no file annotates and no table tells, with their number of rows.
    var notAnnotated: [String: Int] = [:]
    /// Rows kept that say nothing that can be evaluated.
    var rowsNotEvaluated = 0
    /// What became of every row that was looked at; empty unless rows are traced.
    var traces: [RowTrace] = []
    /// The digest of the sample's row of the sheet.
    var entryDigest = ""
    /// Whether it was done before its file was read to the end.
    var isEarly = false
    var work = Work()
    /// What places the sample in its patient's course, and the genes assayed then.
    var course: CourseFacts?
    var panel: Set<String>?
  }

  func process(_ sample: AssembledSample, clock: inout StageClock) -> Result {
    let result = evaluate(sample, clock: &clock)
    return rendered(result, clock: &clock)
  }

  /// The normalize and match stages: the sample's report, and no table's rows.
  func evaluate(_ sample: AssembledSample, clock: inout StageClock) -> Result {
    let answer = resolver.resolve(sample.entry)
    var report = begun(sample, answer)
    if let unread = unread(sample, &report) { return unread }
    var result = Result(report: report)
    var profile = SampleProfile(sampleID: sample.sampleID, tumorTypes: answer.codes, site: answer.site)
    profile.grade = answer.grade
    var notEvaluated: Matcher.NotEvaluated = [:]
    var rows: [(file: Int32, alteration: Int)] = []
    clock.time(.normalize) {
      normalize(sample, into: &profile, notEvaluated: &notEvaluated, rows: &rows, result: &result)
    }
    clock.count(rows.count + result.report.unlisted.count, for: .normalize)
    profile.alterations += answer.findings
    let isStated = override(sample, &profile, &notEvaluated, &result.report.remark)
    let panel = panel ?? sample.panel
    profile.assayed.panel = panel
    profile.assayed.isWholeExome = settings.isWholeExome
    profile.assayed.kinds = Set(result.report.assaysSeen)
    profile.assayLimit = settings.lowSupport
    apply(sample.entry, to: &profile, &result.report.remark)
    place(sample, panel, in: &result)
    matcher.flag(unlisted: &result.report.unlisted, of: profile)
    if profile.alterations.contains(where: \.isScore), !result.report.assaysSeen.contains(.biomarkers) {
      result.report.assaysSeen.append(.biomarkers)
    }
    countBurden(sample.entry, notEvaluated, &profile, &result.report)
    result.report.assaysMissing = AssayKind.allCases.filter { !result.report.assaysSeen.contains($0) }
    let details = formats.reduce(settings.explains ? MatchDetails.nearMisses : []) { $0.union($1.details) }
    let matches = clock.time(.match) { matcher.match(profile, notEvaluated: notEvaluated, details: details) }
    clock.count(matches.therapies.count, for: .match)
    for (file, alteration) in rows {
      let isMatched = matches.alterations[alteration].outcome == .matched
      result.countsByFile[file, default: RowCounts()].matched += isMatched ? 1 : 0
      result.countsByFile[file, default: RowCounts()].unmatched += isMatched ? 0 : 1
    }
    if isStated { noteContradictions(matches, &result.report.remark) }
    result.report.matches = shown(matches, message: &result.report.remark)
    result.report.purity = profile.purity
    result.report.ploidy = profile.ploidy
    result.report.priorTherapy = sample.entry?.values["prior_therapy"].map(CourseReading.items)
    result.report.panelSize = panel?.count
    settle(&result, sample)
    return result
  }

  /// The report with what is known before any row is read.
  private func begun(_ sample: AssembledSample, _ answer: TumorTypeResolver.Answer) -> SampleReport {
    var report = SampleReport(sampleID: sample.sampleID)
    report.patientID = sample.entry?.patientID ?? ""
    report.inputIDs = sample.inputIDs
    report.directory = sample.directory
    report.tumorTypes = answer.codes
    (report.tumorTypeSource, report.isTumorTypeCode) = (answer.source, answer.isCode)
    report.unknownTumorType = answer.unknownType
    report.remark = answer.remark
    report.site = answer.site
    report.statedSite = sample.entry?.site ?? ""
    report.assaysSeen = AssayKind.allCases.filter(sample.assays.contains)
    for part in sample.parts { report.files[part.file] = files[Int(part.file)].path }
    return report
  }

  private func normalize(
    _ sample: AssembledSample, into profile: inout SampleProfile, notEvaluated: inout Matcher.NotEvaluated,
    rows: inout [(file: Int32, alteration: Int)], result: inout Result
  ) {
    // What the sheet says of the tumor goes before what a tool estimated.
    for part in sample.parts {
      if profile.purity == nil { profile.purity = part.batch.facts.purity }
      if profile.ploidy == nil { profile.ploidy = part.batch.facts.ploidy }
    }
    if let stated = share("purity", sample.entry, &result.report.remark) { profile.purity = stated }
    if let stated = number("ploidy", sample.entry, in: Self.ploidies, &result.report.remark) {
      profile.ploidy = stated
    }
    let fit = PurityAndPloidy(purity: profile.purity, ploidy: profile.ploidy)
    let gate = SupportGate(leastFraction: settings.leastFraction, leastDepth: settings.leastDepth)
    let found = SampleNormalizer(
      normalizer: normalizer, gate: gate, keepsCodingChanges: formats.contains(where: \.showsCodingChanges),
      // What is stated may be of a gene that takes the short way.
      usesShortWay: usesShortWay && overrides.of(sample.sampleID, sample.inputIDs).isEmpty, tracesRows: tracesRows,
      leavesOut: leftOutByLab(sample)
    ).normalize(
      sample.parts.map { ($0.file, $0.batch) }, ploidy: profile.ploidy ?? 2,
      build: sample.entry?.values["genome_build"].flatMap { GenomeBuild($0) } ?? settings.genome,
      fit: fit)
    noteRatios(sample, fit, &result.report)
    profile.alterations = found.alterations
    notEvaluated = found.notEvaluated
    result.rowsNotEvaluated = found.rows.count { found.notEvaluated[$0.alteration] != nil }
    rows = found.rows
    result.report.unlisted = found.unlisted
    result.notAnnotated = found.notAnnotated
    profile.assayed.undetermined = found.undetermined
    noteRefused(found, &profile, &result.report)
    noteFailedTests(found, &result.report)
    profile.assayed.unchanged = found.unchanged
    result.traces = found.traces
    result.countsByFile = found.countsByFile
    result.filteredByFile = found.filteredByFile
    result.rejected = found.rejected.map { row in
      InputError(
        path: files[Int(row.source.file)].path, line: Int(row.source.line), column: row.column, value: row.value,
        problem: row.problem)
    }
  }

  /// Drivers in rows that their caller refused: they are no findings, and leave open whether the gene is of wild type.
  private func noteRefused(
    _ found: SampleNormalizer.Result, _ profile: inout SampleProfile, _ report: inout SampleReport
  ) {
    guard !found.refused.isEmpty else { return }
    let used = Set(found.alterations.map { $0.gene + " " + $0.description })
    var (known, named): (Set<String>, [String]) = (used, [])
    for driver in matcher.drivers(of: found.refused) {
      let name = driver.gene + " " + driver.description
      guard known.insert(name).inserted else { continue }
      profile.assayed.undetermined[.mutations, default: []].insert(driver.gene)
      named.append(name + (driver.source.map { " (\(files[Int($0.file)].path):\($0.line))" } ?? ""))
    }
    if named.isEmpty { return }
    let shown = named.prefix(10).joined(separator: ", ") + (named.count > 10 ? ", \(named.count - 10) more" : "")
    append("called and not used, since the file's filter refused it: \(shown) (confirm it)", to: &report.remark)
  }

  /// A test that failed was not done: where no other has a result, biomarkers were not assayed.
  private func noteFailedTests(_ found: SampleNormalizer.Result, _ report: inout SampleReport) {
    guard !found.failedTests.isEmpty else { return }
    let names = found.failedTests.prefix(10).joined(separator: ", ")
    append("without a result: \(names)", to: &report.remark)
    if found.testResults == 0, !found.alterations.contains(where: \.isScore) {
      report.assaysSeen.removeAll { $0 == .biomarkers }
    }
  }

  /// Ratios say that copies were looked at where they could be made copies; else their files are named.
  private func noteRatios(_ sample: AssembledSample, _ fit: PurityAndPloidy?, _ report: inout SampleReport) {
    for part in sample.parts where part.batch.hasRatios {
      if fit == nil {
        append(
          "\(files[Int(part.file)].path): log2 ratios are no calls, and purity and ploidy of the sample are not both known",
          to: &report.remark)
      } else if !report.assaysSeen.contains(.copyNumber) {
        report.assaysSeen = AssayKind.allCases.filter { $0 == .copyNumber || report.assaysSeen.contains($0) }
      }
    }
  }

  /// What is shown of a sample's matches; rows that are not are counted in the message.
  private func shown(_ matches: SampleMatches, message: inout String) -> SampleMatches {
    let lowestLevel = settings.lowestLevel
    guard lowestLevel != .e else { return matches }
    let shown = matches.shown(downTo: lowestLevel)
    let count = matches.therapies.count - shown.therapies.count + matches.combinations.count
    if count > 0 {
      append(
        "\(count) \(count == 1 ? "row" : "rows") below level \(lowestLevel.rawValue) not shown (settings)", to: &message
      )
    }
    return shown
  }

  func settle(_ result: inout Result, _ sample: AssembledSample) {
    var sum = RowCounts()
    for counts in result.countsByFile.values { sum.add(counts) }
    result.report.rowsRead = sum.read
    result.report.rowsMatched = sum.matched
    result.report.rowsUnmatched = sum.unmatched
    result.report.rowsFiltered = sum.filtered
    result.report.rowsRejected = sum.rejected
    result.report.filtered = sample.filtered
    for own in result.filteredByFile.values { result.report.filtered.merge(own, uniquingKeysWith: +) }
    result.report.rejected = sample.rejected + result.rejected
    result.report.inputs = sample.parts.map { part in
      let counts = result.countsByFile[part.file] ?? RowCounts()
      return SampleReport.Input(
        path: files[Int(part.file)].path, format: part.format,
        counts: [counts.read, counts.matched, counts.unmatched, counts.filtered, counts.rejected])
    }
    result.report.status = status(of: result, sample, sum)
    if sample.parts.isEmpty, sample.leftOut.isEmpty, sample.entry != nil {
      append("listed in the sample sheet, no input file has rows of it", to: &result.report.remark)
    }
    for remark in filesElsewhere(sample) { append(remark, to: &result.report.remark) }
    for contradiction in contradictions(result.report) { append(contradiction, to: &result.report.remark) }
    if !sample.leftOut.isEmpty { append(sample.leftOut, to: &result.report.remark) }
    for file in sample.unread { append(file, to: &result.report.remark) }
    for remark in sample.remarks { append(remark, to: &result.report.remark) }
    var unknownClasses: [String: Int] = [:]
    for part in sample.parts { unknownClasses.merge(part.batch.unknownClasses, uniquingKeysWith: +) }
    if !unknownClasses.isEmpty {
      append(RecordBatch.remark(onUnknownClasses: unknownClasses), to: &result.report.remark)
    }
    noteAnnotation(result.notAnnotated, sample, &result.report.remark)
    for refusal in sample.refusals { append(refusal, to: &result.report.remark) }
    if result.report.status == .notEvaluated, result.report.remark.isEmpty {
      append(nothingUnderstood(result, sum), to: &result.report.remark)
    }
  }

  /// Says how far files without annotation were read.
  private func noteAnnotation(_ genes: [String: Int], _ sample: AssembledSample, _ message: inout String) {
    let parts = sample.parts.filter(\.batch.facts.isNotAnnotated)
    guard !parts.isEmpty else { return }
    append(Self.remark(onNotAnnotated: genes), to: &message)
    for part in parts {
      let remark = part.batch.facts.unreadAnnotation
      if remark.isEmpty { continue }
      append("\(files[Int(part.file)].path) \(remark)", to: &message)
    }
    let hasBuild = settings.genome != nil || sample.entry?.values["genome_build"].flatMap { GenomeBuild($0) } != nil
    if !hasBuild, parts.contains(where: \.batch.facts.lacksBuild) {
      append(
        "the genome build is not stated, so that a position is read only where one build alone has a known change "
          + "(--genome, or genome_build in the sample sheet)", to: &message)
    }
  }

  /// Says how far a sample without annotation was read.
  private static func remark(onNotAnnotated genes: [String: Int]) -> String {
    let remark = "not annotated: only known positions were looked at"
    guard !genes.isEmpty else { return remark }
    let sorted = genes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    var named = sorted.prefix(10).map { "\($0.key) (\($0.value))" }
    if sorted.count > named.count { named.append("\(sorted.count - named.count) more genes") }
    return remark + "; rows not understood in " + named.joined(separator: ", ")
  }

  /// Why nothing of a sample was evaluated, where nothing else is said of it.
  private func nothingUnderstood(_ result: Result, _ sum: RowCounts) -> String {
    let first = result.report.rejected.first.map { "; the first: \($0.description)" } ?? ""
    return sum.read == 0 ? "no row of it was read" : "none of its \(sum.read) rows was understood\(first)"
  }

  /// Copy-number calls of one gene that cannot both be: gained in one place and lost in another.
  private func contradictions(_ report: SampleReport) -> [String] {
    let alterations = report.matches?.alterations ?? []
    var seen: [String: (call: CopyNumberCall, file: Int32)] = Dictionary(minimumCapacity: alterations.count)
    var remarks: [String] = []
    for annotated in alterations {
      guard case .copyNumber(let call) = annotated.alteration.event, let source = annotated.alteration.source else {
        continue
      }
      let gene = annotated.gene
      if let before = seen[gene], before.call.isGain != call.isGain {
        let places = [(before.call, before.file), (call, source.file)].map { call, file in
          "\(call.rawValue) in \(report.files[file] ?? "")"
        }
        remarks.append("\(gene) is contradictory: " + places.joined(separator: ", "))
      } else if seen[gene] == nil {
        seen[gene] = (call, source.file)
      }
    }
    return remarks
  }

  /// What became of a sample that was not refused before.
  private func status(of result: Result, _ sample: AssembledSample, _ sum: RowCounts) -> SampleReport.Status {
    if !sample.leftOut.isEmpty { return .notEvaluated }
    if result.report.isRuleMet { return .reported }
    // Nothing was looked at where no file is of a known kind, or where no row could be understood.
    let isRead = !sample.parts.isEmpty && !sample.parts.allSatisfy { $0.format == "unknown" }
    guard isRead, !sample.assays.isEmpty || sum.read > 0 else { return .notEvaluated }
    // What a filter left out was understood, and says nothing of the rows that were not.
    let unread = sum.rejected + result.rowsNotEvaluated
    return unread > 0 && sum.read - unread - sum.filtered <= 0 ? .notEvaluated : .noMatch
  }

  func append(_ text: String, to message: inout String) {
    message = message.isEmpty ? text : message + "; " + text
  }

  private func rendered(_ result: Result, clock: inout StageClock) -> Result {
    var result = result
    let folder = SampleName.encoded(result.report.sampleID)
    if !formats.isEmpty, folder != result.report.sampleID {
      append("its folder is samples/\(folder)", to: &result.report.remark)
    }
    clock.time(.report) {
      // Once: each look through `result` would copy it.
      let report = result.report
      var buffer = TSVWriter(capacity: 64 << 10)
      TableRows.options(report, into: &buffer)
      result.options = buffer.bytes
      buffer.removeAll()
      TableRows.therapies(report, context: context, into: &buffer)
      result.therapies = buffer.bytes
      buffer.removeAll()
      TableRows.alterations(report, into: &buffer)
      result.alterations = buffer.bytes
      buffer.removeAll()
      TableRows.sample(report, into: &buffer)
      result.sampleRow = buffer.bytes
      buffer.removeAll()
      TableRows.context(report, context: context, into: &buffer)
      result.context = buffer.bytes
      buffer.removeAll()
      result.agents = AgentView.rows(report)
      if settings.explains {
        TableRows.nearMisses(report, into: &buffer)
        result.nearMisses = buffer.bytes
        buffer.removeAll()
      }
      if report.matches?.trials != nil {
        TableRows.trials(report, into: &buffer)
        result.trials = buffer.bytes
      }
      let view = SampleView(
        report: report, context: context, name: folder,
        options: result.options, therapies: result.therapies, alterations: result.alterations)
      for format in formats { result.files += format.files(of: view) }
    }
    return result
  }
}

extension Alteration {
  fileprivate var isScore: Bool {
    if case .measurement = event { return true }
    return false
  }
}

extension CopyNumberCall {
  /// Whether there are more copies than usual.
  fileprivate var isGain: Bool { self == .amplification || self == .gain }
}
