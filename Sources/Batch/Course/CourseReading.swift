// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import InputFormats
internal import Knowledge
internal import Reports

/// Reads what a sample's row of the sheet, and timelines of its patient, say of time.
struct CourseReading {
  let agents: AgentTable
  let words: PriorTherapyWords

  /// What places a sample in its patient's course; `nil` where nothing does.
  ///
  /// - Parameter remarks: What cannot be read, with the remedy.
  func facts(
    of sampleID: String, names: [String], _ entry: SampleSheet.Entry?, panel: Set<String>?, remarks: inout [String]
  ) -> CourseFacts? {
    guard let entry, !entry.patientID.isEmpty else { return nil }
    var facts = CourseFacts()
    if let cell = entry.values["sample_date"] {
      facts.day = CourseDay(cell)
      if facts.day == nil {
        remarks.append(
          "sample_date '\(cell)' of the sample sheet is no clear date, so that the sample has no place in its patient's"
            + " course (write YYYY-MM-DD, or 'day N', or give sample_order)")
      } else if facts.day?.isFarAhead == true {
        remarks.append("sample_date '\(cell)' of the sample sheet lies \(CourseDay.farAhead)")
      }
    }
    if let cell = entry.values["sample_order"] {
      facts.order = Double(cell).flatMap { $0.isFinite ? $0 : nil }
      if facts.order == nil {
        remarks.append(
          "sample_order '\(cell)' of the sample sheet is no number and is not used (write 1, 2, 3, ...)")
      }
    }
    if facts.day == nil, !entry.events.isEmpty {
      facts.day = day(of: Set(names + [sampleID, entry.sampleID]), entry.events)
    }
    guard facts.day != nil || facts.order != nil else { return nil }
    facts.panel = panel.map(CoursePanels.key) ?? ""
    for text in entry.values["prior_therapy"].map(Self.items) ?? [] {
      let stated = StatedTherapy(text)
      let names = agents(of: stated.name)
      if names.isEmpty { continue }
      let (start, stop) = span(stated.start, stated.stop, names, "prior_therapy of the sample sheet", &remarks)
      facts.given.append(.init(agents: names, kinds: names.map(kinds), start: start, stop: stop))
      for word in stated.unclear {
        remarks.append(
          "prior_therapy of the sample sheet: '\(word)' is no clear date and is not used for"
            + " \(names.joined(separator: " + ")) (write YYYY-MM-DD)")
      }
    }
    for event in entry.events {
      guard case .treatment(let text) = event.kind else { continue }
      let names = agents(of: text)
      guard !names.isEmpty else { continue }
      let (start, stop) = span(
        CourseDay(event.start, countsDays: true), CourseDay(event.stop, countsDays: true), names, "the timeline",
        &remarks)
      facts.given.append(
        .init(agents: names, kinds: names.map(kinds), start: start, stop: stop, isOfTimeline: true))
    }
    return facts
  }

  /// When agents were given, as far as it can be true: a therapy that ends before it begins has no dates.
  private func span(
    _ start: CourseDay?, _ stop: CourseDay?, _ names: [String], _ source: String, _ remarks: inout [String]
  ) -> (CourseDay?, CourseDay?) {
    let name = names.joined(separator: " + ")
    if let start, let stop, start.isDate == stop.isDate, stop.number < start.number {
      remarks.append("\(source): \(name) ends on \(stop) before it begins on \(start), so that neither is used")
      return (nil, nil)
    }
    if let start, start.isFarAhead { remarks.append("\(source): \(name) begins on \(start), \(CourseDay.farAhead)") }
    return (start, stop)
  }

  private func agents(of text: String) -> [String] {
    words.denies(text) ? [] : StatedTherapy.agents(text, agents)
  }

  /// What stands for an agent in rules besides its name: `letrozole` is an `aromatase inhibitor`, and `endocrine
  /// therapy`.
  private func kinds(of name: String) -> [String] {
    guard let agent = agents.find(name), agent.kind == .drug else { return [] }
    return agent.classes.map { $0.lowercased() }.flatMap { [$0, $0 + AgentTable.classMark] + words.regimens(of: $0) }
  }

  /// Therapies of a cell.
  static func items(_ cell: String) -> [String] { cell.split { $0 == ";" || $0 == "," }.map(String.init) }

  /// The day of a sample by timelines: when it was taken, else when it was sequenced.
  private func day(of names: Set<String>, _ events: [TimelineEvent]) -> CourseDay? {
    var sequenced: CourseDay?
    for event in events {
      switch event.kind {
      case .sampleTaken(let id) where names.contains(id):
        if let day = CourseDay(event.start, countsDays: true) { return day }
      case .sampleSequenced(let id) where names.contains(id):
        sequenced = sequenced ?? CourseDay(event.start, countsDays: true)
      case .sampleTaken, .sampleSequenced, .treatment: break
      }
    }
    return sequenced
  }
}
