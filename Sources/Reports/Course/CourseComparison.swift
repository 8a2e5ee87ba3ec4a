// SPDX-License-Identifier: Apache-2.0
internal import Alterations

/// Compares the samples of one patient from one time to the next.
struct CourseComparison {
  let patientID: String
  let moments: [PatientCourse.Moment]
  let given: GivenTherapies

  /// All changes: by time, then tumor type, resistance, alterations in their order, therapies in theirs.
  var changes: [CourseChange] {
    var all: [CourseChange] = []
    for later in moments.indices.dropFirst() {
      let alterations = alterationChanges(later)
      all += tumorTypeChange(later)
      all += resistance(later, alterations)
      all += alterations
      all += therapyChanges(later, alterations)
    }
    return all
  }

  func change(
    _ subject: CourseChange.Subject, _ change: CourseChange.Change, from earlier: Int, to later: Int
  ) -> CourseChange {
    CourseChange(
      patientID: patientID, subject: subject, change: change, earlier: earlier, later: later,
      earlierIDs: moments[earlier].ids, laterIDs: moments[later].ids, from: moments[earlier].words,
      to: moments[later].words)
  }

  // MARK: Tumor type

  private func tumorType(_ place: Int) -> String {
    var types: [String] = []
    for sample in moments[place].samples where !types.contains(sample.tumorType) { types.append(sample.tumorType) }
    return types.joined(separator: ";")
  }

  private func tumorTypeChange(_ later: Int) -> [CourseChange] {
    let (before, after) = (tumorType(later - 1), tumorType(later))
    guard before != after else { return [] }
    var row = change(.tumorType, .changed, from: later - 1, to: later)
    (row.before, row.after) = (before, after)
    row.because = "the samples are of different tumor types: another disease, a transformation, or a different name"
    return [row]
  }

  // MARK: Alterations

  private func alterationChanges(_ later: Int) -> [CourseChange] {
    let now = moments[later]
    var rows: [CourseChange] = []
    var told: Set<String> = []
    for finding in now.samples.flatMap(\.findings) where told.insert(finding.key).inserted {
      if let row = present(finding, later) { rows.append(row) }
    }
    for place in (0..<later).reversed() {
      for finding in moments[place].samples.flatMap(\.findings) where told.insert(finding.key).inserted {
        if let row = absent(finding, place, later) { rows.append(row) }
      }
    }
    return rows
  }

  private func row(
    _ finding: CourseFinding, _ kind: CourseChange.Change, from earlier: Int, to later: Int, before: CourseFinding?,
    after: CourseFinding?
  ) -> CourseChange {
    var row = change(.alteration, kind, from: earlier, to: later)
    (row.gene, row.alteration, row.oncogenicity) = (finding.gene, finding.text, finding.oncogenicity)
    (row.before, row.after) = (before?.text ?? "", after?.text ?? "")
    row.fractions = (before?.fraction, after?.fraction, before?.cellFraction, after?.cellFraction)
    row.isOfNote = (before?.isOfNote ?? false) || (after?.isOfNote ?? false)
    return row
  }

  /// A finding of the later sample against the last time that it was, or could have been, seen.
  private func present(_ finding: CourseFinding, _ later: Int) -> CourseChange? {
    guard finding.notEvaluated.isEmpty else { return uncounted(finding, later) }
    var unsure: Int?
    for place in (0..<later).reversed() {
      if let known = moments[place].finding(finding.key) {
        guard known.notEvaluated.isEmpty else { continue }
        let kind = known.text == finding.text ? CourseChange.Change.kept : .changed
        var row = row(finding, kind, from: place, to: later, before: known, after: finding)
        if place < later - 1 { row.because = "not assayed, or not found, in between" }
        return row
      }
      switch moments[place].coverage(of: finding) {
      case .assayed:
        var row = row(finding, .new, from: place, to: later, before: nil, after: finding)
        row.because = "not found in \(moments[place].ids), where \(finding.gene) was assayed"
        return row
      case .callsFiltered, .genesNotStated: unsure = unsure ?? place
      case .notAssayed: break
      }
    }
    var row = row(finding, .firstSeen, from: unsure ?? later - 1, to: later, before: nil, after: finding)
    row.wasLookedFor = unsure != nil
    row.because = unsure.map { notFound(finding, $0) } ?? "\(finding.looked) not assayed before"
    return row
  }

  /// A finding that was not evaluated, where it was before.
  private func uncounted(_ finding: CourseFinding, _ later: Int) -> CourseChange? {
    guard let place = (0..<later).last(where: { moments[$0].finding(finding.key)?.notEvaluated.isEmpty == true }),
      let known = moments[place].finding(finding.key)
    else { return nil }
    var row = row(finding, .unknown, from: place, to: later, before: known, after: nil)
    row.because = "not evaluated in \(moments[later].ids): \(finding.notEvaluated)"
    return row
  }

  /// A finding that the later sample does not have, against the last time that something is known of it.
  private func absent(_ finding: CourseFinding, _ place: Int, _ later: Int) -> CourseChange? {
    guard finding.notEvaluated.isEmpty else { return nil }
    // What was lost before is not lost again.
    let isGone = (place + 1..<later).contains { moments[$0].coverage(of: finding) == .assayed }
    guard !isGone else { return nil }
    let kind: CourseChange.Change
    let because: String
    let coverage = moments[later].coverage(of: finding)
    // What is not known any more is said once.
    if coverage != .assayed, place < later - 1 { return nil }
    switch coverage {
    case .assayed:
      kind = .lost
      because = "\(finding.gene) was assayed in \(moments[later].ids) and it was not found"
    case .callsFiltered, .genesNotStated:
      kind = .unknown
      because = notFound(finding, later)
    case .notAssayed:
      kind = .notAssayed
      because = "\(finding.looked) not assayed in \(moments[later].ids)"
    }
    var row = row(finding, kind, from: place, to: later, before: finding, after: nil)
    row.because = because
    return row
  }

  /// Why it is not known whether a finding that a moment does not have is not there.
  private func notFound(_ finding: CourseFinding, _ place: Int) -> String {
    let moment = moments[place]
    let filtered = moment.samples.reduce(0) { $0 + $1.facts.filteredCalls }
    if moment.coverage(of: finding) == .callsFiltered {
      return
        "not among the calls of \(moment.ids) that passed; \(filtered) \(filtered == 1 ? "call was" : "calls were")"
        + " filtered and not looked at"
    }
    return "not found in \(moment.ids); whether \(finding.gene) was assayed there is not stated (state the panel, or"
      + " whole_exome)"
  }

  // MARK: Therapies

  private func therapyChanges(_ later: Int, _ alterations: [CourseChange]) -> [CourseChange] {
    let (old, new) = (best(later - 1), best(later))
    var order = new.order
    order += old.order.filter { new.byName[$0] == nil }
    var rows: [CourseChange] = []
    for therapy in order {
      let (before, after) = (old.byName[therapy], new.byName[therapy])
      let kind: CourseChange.Change
      var closing: String?
      if let before, let after {
        if before.group != after.group {
          kind = CourseChange.Change(rawValue: after.group) ?? .verdict
        } else if before.verdict != after.verdict {
          kind = .verdict
        } else {
          continue
        }
      } else if let after {
        kind = CourseChange.Change(rawValue: after.group) ?? .verdict
      } else {
        closing = before.flatMap { self.closing($0, later, alterations) }
        kind = closing != nil ? .closed : isUnseen(before, alterations) ? .notAssayed : .gone
      }
      var row = change(.therapy, kind, from: later - 1, to: later)
      row.therapy = therapy
      (row.before, row.after) = (before?.words ?? "", after?.words ?? "")
      row.because = closing ?? reason(before, after, later, alterations)
      rows.append(row)
    }
    return rows
  }

  /// What closes one of the agents of a combination that has no answer of its own any more, as its rule asks that the
  /// same thing not be there; `nil` where nothing does.
  private func closing(_ before: CourseOption, _ later: Int, _ alterations: [CourseChange]) -> String? {
    for option in moments[later].samples.flatMap(\.options) where option.group == "closed" {
      guard option.agents.count < before.agents.count, option.agents.allSatisfy(before.agents.contains) else {
        continue
      }
      for item in alterations where [.new, .firstSeen, .changed].contains(item.change) {
        if let against = option.against.first(where: { CourseOption.names($0, item.name) }) {
          return "\(against) \(item.change.words), which closes \(option.therapy)"
        }
      }
    }
    return nil
  }

  /// The options of a moment by therapy, in their order.
  private func best(_ place: Int) -> (order: [String], byName: [String: CourseOption]) {
    var order: [String] = []
    var byName: [String: CourseOption] = [:]
    for option in moments[place].samples.flatMap(\.options) where byName[option.therapy] == nil {
      byName[option.therapy] = option
      order.append(option.therapy)
    }
    return (order, byName)
  }

  /// Whether all that a therapy rested on was not looked for later.
  private func isUnseen(_ before: CourseOption?, _ alterations: [CourseChange]) -> Bool {
    guard let before else { return false }
    let names = (before.because.isEmpty ? before.against : before.because).flatMap { CourseOption.names($0) }
    return !names.isEmpty
      && names.allSatisfy { name in
        alterations.contains { $0.name == name && ($0.change == .notAssayed || $0.change == .unknown) }
      }
  }

  /// Why an answer is another one: alterations that came or went, else the tumor type, else therapies given since.
  private func reason(
    _ before: CourseOption?, _ after: CourseOption?, _ later: Int, _ alterations: [CourseChange]
  ) -> String {
    var reasons: [String] = []
    let isFor = after.map { $0.group != "closed" && $0.verdict == "supported" } ?? false
    for item in alterations where item.change != .kept {
      if isFor, after?.because.contains(where: { CourseOption.names($0, item.name) }) == true {
        reasons.append("\(item.name) \(item.change.words)")
      } else if let against = after?.against.first(where: { CourseOption.names($0, item.name) }) {
        reasons.append("\(against) \(item.change.words)")
      } else if [before?.because, before?.against, after?.because].contains(where: { list in
        list?.contains { CourseOption.names($0, item.name) } == true
      }) {
        reasons.append("\(item.name) \(item.change.words)")
      }
    }
    if reasons.isEmpty {
      // A rule may ask that a change of the same gene, or of one that is to be tested now, is not there.
      let names = ((before?.because ?? []) + (after?.because ?? [])).flatMap { CourseOption.names($0) }
      let asked = Set((after?.condition ?? "").split { !$0.isLetter && !$0.isNumber && $0 != "-" }.map(String.init))
      reasons = alterations.filter { item in
        item.change != .kept && (asked.contains(item.gene) || names.contains { $0.hasPrefix(item.gene + " ") })
      }.map { "\($0.name) \($0.change.words)" }
    }
    if reasons.isEmpty, tumorType(later - 1) != tumorType(later) {
      reasons.append("tumor type \(tumorType(later - 1)), then \(tumorType(later))")
    }
    if reasons.isEmpty, !alterations.contains(where: { $0.change != .kept && $0.isOfNote }) {
      let agents = given.agents(from: later - 1, to: later)
      if !agents.isEmpty { reasons.append("given in between: " + agents.joined(separator: ", ")) }
    }
    if reasons.isEmpty {
      reasons = alterations.filter { $0.change != .kept && $0.isOfNote }.map { "\($0.name) \($0.change.words)" }
    }
    if let after, !after.condition.isEmpty { reasons.append("to be tested: \(after.condition)") }
    return reasons.joined(separator: "; ")
  }
}

extension CourseOption {
  /// The alterations that words of a cell name: `ALK p.G1202R and ALK EML4::ALK (C, R7004)` names two.
  static func names(_ words: String) -> [String] {
    var words = words[...]
    if words.hasSuffix(")"), let bracket = words.ranges(of: " (").last { words = words[..<bracket.lowerBound] }
    return words.split(separator: " and ").map(String.init)
  }

  /// Whether words of a cell name an alteration: `EGFR p.T790M (A2, R0358)` names `EGFR p.T790M`.
  static func names(_ words: String, _ name: String) -> Bool {
    // Most words name something else, which is seen without taking them apart.
    words.contains(name) && names(words).contains(name)
  }
}

extension CourseFinding {
  /// What has to be looked at to see it.
  fileprivate var looked: String {
    switch assay {
    case .mutations: "mutations of \(gene)"
    case .copyNumber: "copies of \(gene)"
    case .fusions: "fusions of \(gene)"
    case .biomarkers: gene
    }
  }
}

extension CourseChange.Change {
  /// What happened to an alteration, in words.
  var words: String {
    switch self {
    case .firstSeen: "first seen"
    case .notAssayed: "not assayed"
    case .possiblyAcquired: "possibly acquired"
    case .byTumorType: "by tumor type"
    case .noBenefit: "no benefit"
    case .new, .kept, .lost, .changed, .unknown, .acquired, .opened, .conditional, .closed, .withdrawn, .gone,
      .verdict:
      rawValue
    }
  }
}
