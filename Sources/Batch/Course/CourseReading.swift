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
      facts.day = day(of: Set(names + [sampleID, entry.sampleID]), entry.events, &remarks)
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
    facts.given += entry.events.compactMap { given($0, to: facts.day, &remarks) }
    return facts
  }

  /// A treatment of a timeline; `nil` for another event.
  ///
  /// - Parameter day: The day of the sample.
  private func given(_ event: TimelineEvent, to day: CourseDay?, _ remarks: inout [String]) -> CourseFacts.Given? {
    guard case .treatment(let text) = event.kind else { return nil }
    let names = agents(of: text)
    guard !names.isEmpty else { return nil }
    let name = names.joined(separator: " + ")
    for cell in [event.start, event.stop] where !cell.isEmpty && CourseDay(cell, countsDays: true) == nil {
      remarks.append(
        "the timeline: '\(cell)' is no clear day and is not used for \(name) (write a number or YYYY-MM-DD)")
    }
    let (start, stop) = span(
      CourseDay(event.start, countsDays: true), CourseDay(event.stop, countsDays: true), names, "the timeline",
      &remarks)
    let days = [start, stop].compactMap(\.self)
    if days.isEmpty {
      remarks.append("the timeline: \(name) has no day that can be used, so that it is not placed")
    } else if let day, let other = days.first(where: { $0.isDate != day.isDate }) {
      remarks.append(
        "the timeline: \(name) (\(other)) is not placed, since the sample's day (\(day)) is not on the same scale")
    }
    return .init(agents: names, kinds: names.map(kinds), start: start, stop: stop, isOfTimeline: true)
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
  private func day(
    of names: Set<String>, _ events: [TimelineEvent], _ remarks: inout [String]
  ) -> CourseDay? {
    var sequenced: CourseDay?
    for event in events {
      if let id = event.kind.sample, names.contains(id), CourseDay(event.start, countsDays: true) == nil {
        remarks.append(
          event.start.isEmpty
            ? "the timeline states no day of the sample in one of its rows"
            : "the timeline: '\(event.start)' is no clear day of the sample (write a number or YYYY-MM-DD)")
      }
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

extension TimelineEvent.Kind {
  /// The sample that it is about; `nil` for a treatment.
  fileprivate var sample: String? {
    switch self {
    case .sampleTaken(let id), .sampleSequenced(let id): id
    case .treatment: nil
    }
  }
}
