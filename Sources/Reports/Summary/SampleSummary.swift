// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge
internal import Matching

/// What the first page of a sample says, for the page and for the terminal.
struct SampleSummary {
  /// A therapy that what was found closes.
  struct Closing {
    /// The therapy, or an agent that a row against its class closes.
    let therapy: String
    /// By what.
    let found: String
    /// The row against it.
    let row: TherapyMatch
    /// Whether the row speaks of the agent's class and no option of the sample is closed.
    var isOfClass = false

    /// How strong what closes it is: `A2`; `C, evidence about its class`.
    var strength: String { row.rule.level.rawValue + (isOfClass ? ", evidence about its class" : "") }
  }

  /// What one finding closes, strongest first.
  struct ClosedLine {
    /// `EGFR p.T790M`.
    let found: String
    /// The therapies, and behind them the agents that evidence about their class closes.
    var closings: [Closing]

    /// Whether several findings close together.
    var isSeveral: Bool { (closings.first?.row.alterations.count ?? 0) > 1 }
    /// Whether all of it rests on the same references.
    var hasOneReference: Bool { Set(closings.map(\.row.rule.references)).count < 2 }
  }

  /// What has to be confirmed, and how.
  struct Confirmation: Hashable {
    let what: String
    let how: String
  }

  /// Lines that stand open; the rest is counted and folded.
  static let openLines = 8
  static let closedLines = 6

  /// How many therapies that wait for a test stand open: fewer where those that are opened fill the page.
  var conditionalLines: Int { opened.count < 6 ? 4 : 2 }

  /// Therapies that an alteration opens, those that are shown.
  let opened: [TherapyOption]
  /// Opened therapies that are folded away, with the reason.
  let folded: [TherapyOption]
  /// Therapies that wait for a test.
  let conditional: [TherapyOption]
  /// Those of them that are folded away.
  let conditionalFolded: [TherapyOption]
  /// Therapies that are closed.
  let closed: [Closing]
  /// Therapies that stand for the tumor type.
  let byTumorType: [TherapyOption]
  /// Tests that would open a label or a guideline.
  let tests: [TestLine]
  /// What to confirm.
  let confirmations: [Confirmation]

  /// Whether the sample has several tumor types, so that a line says of which it is.
  let hasSeveralTypes: Bool

  init(_ report: SampleReport, _ reference: ReferenceTables) {
    let tree = reference.tumorTypes
    hasSeveralTypes = report.tumorTypes.count > 1
    guard let matches = report.matches else {
      (opened, folded, conditional, conditionalFolded) = ([], [], [], [])
      (closed, byTumorType) = ([], [])
      (tests, confirmations) = ([], [])
      return
    }
    func group(_ group: TherapyOption.Group) -> [TherapyOption] { matches.options.filter { $0.group == group } }
    let open = group(.opened).filter { $0.fold == nil }
    let laboratory = Self.drowning(open)
    opened = open.filter { option in !laboratory.contains { $0.rank == option.rank } }
    folded = laboratory + group(.opened).filter { $0.fold != nil }
    conditional = group(.conditional).filter { $0.fold == nil }
    conditionalFolded = group(.conditional).filter { $0.fold != nil }
    byTumorType = group(.byTumorType).filter { $0.fold == nil }
    func of(_ type: String) -> String { report.tumorTypes.count > 1 && !type.isEmpty ? " (\(type))" : "" }
    let therapies = group(.closed).map { option in
      let row = option.bestAgainst ?? option.best
      return Closing(therapy: option.therapy, found: Self.found(row, matches) + of(option.tumorType), row: row)
    }
    let agents = matches.classClosings.map { closing in
      Closing(
        therapy: closing.agent, found: Self.found(closing.row, matches) + of(closing.row.tumorType), row: closing.row,
        isOfClass: true)
    }
    closed = Self.strongestFirst(therapies) + Self.strongestFirst(agents)
    tests = TestLine.lines(report, matches, tree)
    confirmations = Self.ofGermline(matches, reference) + Self.confirmations(matches, tree)
  }

  /// Therapies of laboratory work alone that would drown those that patients were treated with: where three of these
  /// stand, all but two.
  private static func drowning(_ open: [TherapyOption]) -> [TherapyOption] {
    let laboratory = open.filter { $0.best.rule.level == .e }
    return open.count - laboratory.count >= 3 ? Array(laboratory.dropFirst(2)) : []
  }

  private static func strongestFirst(_ closings: [Closing]) -> [Closing] {
    Rule.Level.allCases.flatMap { level in closings.filter { $0.row.rule.level == level } }
  }

  /// What is closed, by what was found: of each finding the strongest therapies, as many as a first page has room for,
  /// and what is folded away.
  var closedLines: (open: [ClosedLine], folded: [ClosedLine]) {
    var lines: [ClosedLine] = []
    for closing in closed {
      if let place = lines.firstIndex(where: { $0.found == closing.found }) {
        lines[place].closings.append(closing)
      } else {
        lines.append(ClosedLine(found: closing.found, closings: [closing]))
      }
    }
    // Every finding has a word before one of them has all; where many close, evidence about classes alone stands behind.
    let open = lines.count > 4 ? lines.filter { !$0.closings.allSatisfy(\.isOfClass) } : lines
    lines = open + (lines.count > open.count ? lines.filter { $0.closings.allSatisfy(\.isOfClass) } : [])
    let (shown, most) = (min(open.count, Self.closedLines), max(3, Self.openLines / max(open.count, 1)))
    func part(_ part: (Int, [Closing]) -> ArraySlice<Closing>) -> [ClosedLine] {
      lines.enumerated().map { place, line in
        ClosedLine(found: line.found, closings: Array(part(place, line.closings)))
      }.filter { !$0.closings.isEmpty }
    }
    return (
      part { $0 < shown ? $1.prefix(most) : [] }, part { $0 < shown ? $1.dropFirst(most) : $1[...] }
    )
  }

  /// What is said of closings that are folded: `16 more therapies are closed, and 6 agents by evidence about their class`.
  static func foldWords(_ closings: some Collection<Closing>) -> String {
    let agents = closings.count { $0.isOfClass }
    let therapies = closings.count - agents
    let ofClass =
      ReportWords.count(agents, "agent", "agents") + " by evidence about "
      + (agents == 1 ? "its class" : "their class")
    if therapies == 0 { return "closed too: " + ofClass }
    let first = ReportWords.count(therapies, "more therapy is closed", "more therapies are closed")
    return agents == 0 ? first : first + ", and " + ofClass
  }

  private static func found(_ row: TherapyMatch, _ matches: SampleMatches) -> String {
    let found = row.alterations.map { matches.alterations[$0].plain(under: row.rule) }.joined(separator: " and ")
    return found.isEmpty ? (row.isHistology ? "tumor type" : row.rule.plainAsked) : found
  }

  /// What the input says of the patient, which concerns relatives and doses as well.
  private static func ofGermline(_ matches: SampleMatches, _ reference: ReferenceTables) -> [Confirmation] {
    let found = GermlineFindings(matches, reference)
    return found.alleles.filter(\.isStated).map { item in
      Confirmation(what: matches.alterations[item.alteration].plainName, how: item.words)
    }
      + found.findings.filter { $0.isStated && matches.alterations[$0.alteration].oncogenicity.isOncogenic }.map {
        item in
        Confirmation(
          what: matches.alterations[item.alteration].plainName,
          how: "germline as the input states: \(GermlineFindings.advice)")
      }
  }

  private static func confirmations(_ matches: SampleMatches, _ tree: TumorTypeTree) -> [Confirmation] {
    var found: [Confirmation] = []
    for review in matches.diagnosisReviews {
      found.append(Confirmation(what: "Diagnosis", how: matches.sentence(of: review, tree)))
    }
    for annotated in matches.alterations {
      for caution in annotated.alteration.cautions {
        let how: String? =
          switch caution {
          case .possibleFusion: "possible fusion, out of frame or not confirmed: confirm by a second test"
          case .orientationAssumed: "the order of the partners was assumed: confirm by a second test"
          // A polymorphism that means nothing need not be looked for in the patient.
          case .possibleGermline where !annotated.oncogenicity.isBenign: "possible germline: confirm in normal tissue"
          case .contradicted: caution.words + ": which holds?"
          case .residueDisagrees: caution.words + ": check how the change is written"
          default: nil
          }
        guard let how else { continue }
        let line = Confirmation(what: annotated.plainName, how: how)
        if !found.contains(line) { found.append(line) }
      }
      // Of genes that rules are about; it may open or close what nobody has seen.
      if case .notEvaluated(let reason) = annotated.fate {
        found.append(Confirmation(what: annotated.plainName, how: "could not be evaluated: " + reason))
      }
    }
    for row in matches.therapies where row.cautions.contains(.confirmByStain) {
      // Of all that a row rests on, the copies are what was read as the stain.
      let copies = row.alterations.filter { place in
        if case .copyNumber = matches.alterations[place].alteration.event { true } else { false }
      }
      for place in copies.isEmpty ? row.alterations : copies {
        let line = Confirmation(what: matches.alterations[place].plainName, how: Caution.confirmByStain.words)
        if !found.contains(line) { found.append(line) }
      }
    }
    return found
  }

  /// What is said where nothing is opened: an alteration may still speak for a therapy that stands for the tumor type.
  var nothingOpened: String {
    byTumorType.contains { !$0.because.isEmpty }
      ? "No alteration of this sample opens a therapy beside those of the tumor type."
      : "No alteration of this sample opens a therapy by the table's rules."
  }

  // MARK: What was looked at

  /// `assayed: mutations, copy number; not assayed: fusions, biomarkers`.
  static func assays(_ report: SampleReport) -> String {
    func names(_ kinds: [AssayKind]) -> String {
      kinds.isEmpty ? "nothing" : kinds.map { $0.rawValue.withSpaces }.joined(separator: ", ")
    }
    let missing = report.assaysMissing.isEmpty ? "" : "; not assayed: " + names(report.assaysMissing)
    return "assayed: " + names(report.assaysSeen) + missing
  }

  /// Whether anything of the sample was looked at.
  static func wasLookedAt(_ report: SampleReport) -> Bool {
    report.status != .notEvaluated && (!report.assaysSeen.isEmpty || report.alterationCount > 0)
  }

  /// What is said in place of what opens and closes, where nothing was looked at.
  static func notKnown(_ report: SampleReport) -> String {
    report.assaysSeen.isEmpty
      ? "Not known: nothing of this sample was assayed." : "Not known: nothing of this sample was understood."
  }

  /// The panel and the rows: `panel of 505 genes; 120 rows read: 5 matched, ...`.
  static func material(_ report: SampleReport) -> String {
    var parts = [report.panelSize.map { "Panel of \($0) genes" } ?? "Panel not stated"]
    if report.rowsRead > 0 { parts.append(rows(report)) }
    return parts.joined(separator: "; ")
  }

  /// What became of the rows: `120 rows read: 5 met by a rule, ...`.
  static func rows(_ report: SampleReport) -> String {
    let counts = [
      (report.rowsMatched, "met by a rule"), (report.rowsUnmatched, "kept without a rule"),
      (report.rowsFiltered, "not looked at"), (report.rowsRejected, "unreadable"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    let unclear = notEvaluated(report)
    return "\(ReportWords.count(report.rowsRead, "row", "rows")) read: " + counts.joined(separator: ", ")
      + (unclear > 0
        ? " (\(ReportWords.count(unclear, "alteration", "alterations")) of them could not be evaluated)" : "")
  }

  /// How many alterations of genes that rules are about could not be evaluated.
  private static func notEvaluated(_ report: SampleReport) -> Int {
    report.matches?.alterations.count { $0.outcome == .notEvaluated } ?? 0
  }

  /// What became of the sample, in a word or two.
  static func status(_ report: SampleReport) -> String {
    report.status == .noMatch && !wasLookedAt(report) ? "not evaluated" : ReportWords.status(report.status)
  }

  /// What the sample comes to, in a sentence.
  static func verdict(_ report: SampleReport) -> String {
    switch report.status {
    case .failed: return "Failed."
    case .deferred: return "Left for the next run."
    case .notEvaluated:
      return report.inputs.isEmpty
        ? "Not evaluated: no file of this sample was given; this is no negative result."
        : "Not evaluated: nothing that was given of this sample was understood; this is no negative result."
    case .reported, .noMatch: break
    }
    if !wasLookedAt(report) { return "Not evaluated: nothing of this sample was assayed." }
    if report.isRuleMet { return "Reported." }
    let unclear = notEvaluated(report)
    if unclear > 0 {
      return
        "No match: no alteration that could be evaluated meets a rule of the table; \(unclear) could not be evaluated."
    }
    return report.alterationCount == 0
      ? "No match: no alteration was kept for this sample."
      : "No match: no alteration of this sample meets a rule of the table."
  }

  /// What is folded away, counted by reason: `3 whose development was stopped, 2 with laboratory work on other tumors`.
  static func foldWords(more: Int, _ folded: [TherapyOption]) -> String {
    var stopped = 0
    var own = 0
    var laboratory = 0
    for option in folded {
      switch option.fold {
      case .developmentStopped: stopped += 1
      case .laboratoryOfAnotherTumor: laboratory += 1
      case nil: own += 1
      }
    }
    let parts = [
      more > 0 && folded.isEmpty ? ReportWords.count(more, "more therapy", "more therapies") : "",
      stopped > 0 ? "\(stopped) whose development was stopped" : "",
      own > 0 ? "\(own) with laboratory work alone" : "",
      laboratory > 0 ? "\(laboratory) with laboratory work on other tumors alone" : "",
      more > 0 && !folded.isEmpty ? ReportWords.count(more, "other", "others") : "",
    ].filter { !$0.isEmpty }
    guard parts.count > 1 else { return parts.first ?? "" }
    return "\(more + folded.count) more: " + parts.joined(separator: ", ")
  }
}
