// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import SystemIO

/// The samples of one patient in the order in which they were taken, and what changed from one to the next (guide:
/// Courses).
package struct PatientCourse: Sendable {
  /// Samples that were taken at one time.
  struct Moment: Sendable {
    /// When; `nil` where only the order is stated.
    let day: CourseDay?
    let order: Double?
    let samples: [CourseSample]

    /// `2021-03-04`, `day 12` or `sample 2`.
    var words: String {
      if let day { return day.description }
      let order = order ?? 0
      return "sample \(order == order.rounded() && abs(order) < 1e9 ? String(Int(order)) : String(order))"
    }
    /// The identifiers of the samples, joined by `;`.
    var ids: String { samples.map(\.id).joined(separator: ";") }

    /// The finding of a key in the first sample that has it.
    func finding(_ key: String) -> CourseFinding? {
      samples.lazy.compactMap { $0.finding(key) }.first
    }

    /// The best that is known of whether a finding would have been seen.
    func coverage(of finding: CourseFinding) -> CourseSample.Coverage {
      let all = samples.map { $0.coverage(of: finding) }
      return [.assayed, .callsFiltered, .genesNotStated].first(where: all.contains) ?? .notAssayed
    }
  }

  /// The patient's identifier.
  package let patientID: String
  /// In their order; two or more.
  let moments: [Moment]
  /// Samples of the patient that cannot be placed, each with the reason.
  let unplaced: [(id: String, reason: String)]
  /// What there is to say of the course as a whole.
  let remarks: [String]
  /// What changed, in the order of patients.tsv.
  let changes: [CourseChange]

  /// The course of a patient's samples; `nil` where they are not of two days.
  ///
  /// - Parameter undated: Further samples of the patient, of which no date is known.
  package init?(_ samples: [CourseSample], undated: [String] = []) {
    guard let first = samples.first, samples.count > 1 else { return nil }
    patientID = first.patientID
    var placing = Placing(samples)
    guard placing.moments.count > 1 else { return nil }
    placing.compareOrder()
    moments = placing.moments
    unplaced = (placing.unplaced + undated.map { ($0, "has no date") }).sorted { $0.id < $1.id }
    var remarks = placing.remarks
    let therapies = GivenTherapies(placing.moments)
    if let remark = therapies.remark { remarks.append(remark) }
    self.remarks = remarks
    changes = CourseComparison(patientID: first.patientID, moments: placing.moments, given: therapies).changes
    given = therapies.dated
    named = therapies.undated
  }

  /// Therapies with a date, for the picture.
  let given: [CourseFacts.Given]
  /// Agents without a date, with the samples whose rows name them, joined by `;`.
  let named: [(agent: String, samples: String)]

  /// The samples that have a place.
  package var sampleIDs: [String] { moments.flatMap { $0.samples.map(\.id) } }
}

/// Puts a patient's samples in order: by date, else by the patient's own days, else by their stated order.
private struct Placing {
  var moments: [PatientCourse.Moment] = []
  var unplaced: [(id: String, reason: String)] = []
  var remarks: [String] = []

  init(_ samples: [CourseSample]) {
    let samples = samples.sorted { $0.id.isBefore($1.id) }
    let dated = samples.filter { $0.facts.day?.isDate == true }
    let counted = samples.filter { $0.facts.day?.isDate == false }
    let ordered = samples.filter { $0.facts.order != nil }
    if Set(dated.compactMap(\.facts.day)).count > 1 || dated.count > 1 && counted.count < 2 && ordered.count < 2 {
      place(dated, among: samples, missing: "has no date") { Double($0.facts.day?.number ?? 0) }
    } else if Set(counted.compactMap(\.facts.day)).count > 1 {
      place(counted, among: samples, missing: "has no day on the patient's scale") {
        Double($0.facts.day?.number ?? 0)
      }
    } else if Set(samples.compactMap(\.facts.day)).count < 2, dated.count < 2, counted.count < 2 {
      place(ordered, among: samples, missing: "has no sample_order") { $0.facts.order ?? 0 }
    }
  }

  private mutating func place(
    _ chosen: [CourseSample], among all: [CourseSample], missing: String, by key: (CourseSample) -> Double
  ) {
    var groups: [Double: [CourseSample]] = [:]
    for sample in chosen { groups[key(sample), default: []].append(sample) }
    moments = groups.keys.sorted().compactMap { key in
      guard let own = groups[key], let first = own.first else { return nil }
      let day = missing == "has no sample_order" ? nil : first.facts.day
      return PatientCourse.Moment(day: day, order: first.facts.order, samples: own)
    }
    let placed = Set(chosen.map(\.id))
    unplaced = all.filter { !placed.contains($0.id) }.map { ($0.id, missing) }
  }

  /// Says where the stated order contradicts the dates.
  mutating func compareOrder() {
    let orders = moments.flatMap { moment in moment.samples.compactMap(\.facts.order) }
    if moments[0].day != nil, orders != orders.sorted() {
      remarks.append("sample_order contradicts the dates, which are used")
    }
    for moment in moments where moment.samples.count > 1 {
      remarks.append("\(moment.samples.map(\.id).joined(separator: ", ")) are of one day and are read as one time")
    }
  }
}

/// Which agents were given between two samples.
struct GivenTherapies: Sendable {
  /// What is known of an agent between two times.
  enum Answer: Sendable {
    case no
    /// Between them, with when, as far as it is stated.
    case between(String)
    /// Before the later one; whether also after the earlier one is not stated.
    case before(String)
  }

  /// Therapies with a date that can be compared with those of the samples, by their beginning.
  let dated: [CourseFacts.Given]
  /// By agent, the places of the moments whose samples name it without a date.
  private var named: [String: [Int]] = [:]
  /// By what stands for several agents, those of them that were given, sorted.
  private let members: [String: [String]]
  private let moments: [PatientCourse.Moment]
  private(set) var remark: String?

  init(_ moments: [PatientCourse.Moment]) {
    self.moments = moments
    let isDate = moments[0].day?.isDate
    var dated: [CourseFacts.Given] = []
    var unplaced: [String] = []
    for (place, moment) in moments.enumerated() {
      for given in moment.samples.flatMap(\.facts.given) {
        let days = [given.start, given.stop].compactMap(\.self)
        if let isDate, !days.isEmpty, days.allSatisfy({ $0.isDate == isDate }) {
          if !dated.contains(given) { dated.append(given) }
        } else if given.isOfTimeline {
          let name = given.agents.joined(separator: " + ")
          if !unplaced.contains(name) { unplaced.append(name) }
        } else {
          for agent in given.agents where named[agent]?.last != place { named[agent, default: []].append(place) }
        }
      }
    }
    var members: [String: Set<String>] = [:]
    for given in moments.flatMap({ $0.samples.flatMap(\.facts.given) }) {
      for (agent, kinds) in zip(given.agents, given.kinds) {
        for kind in kinds { members[kind, default: []].insert(agent) }
      }
    }
    self.members = members.mapValues { $0.sorted() }
    self.dated = dated.sorted { one, other in
      (one.start?.number ?? .min, one.stop?.number ?? .max, one.agents.joined())
        < (other.start?.number ?? .min, other.stop?.number ?? .max, other.agents.joined())
    }
    if !unplaced.isEmpty {
      remark =
        "therapies of the timeline that cannot be placed, since samples and therapies are not on one scale of"
        + " days: " + unplaced.joined(separator: ", ")
    }
  }

  /// Agents without a date, sorted, with the samples of the first time that names them.
  var undated: [(agent: String, samples: String)] {
    named.sorted { $0.key < $1.key }.map { agent, places in (agent, places.first.map { moments[$0].ids } ?? "") }
  }

  /// The agents given that are meant by a class, or by a regimen of it.
  func members(of name: String) -> [String] { members[name.lowercased()] ?? [] }

  /// Whether an agent was given between two moments.
  func answer(_ agent: String, from earlier: Int, to later: Int) -> Answer {
    if let first = moments[earlier].day, let last = moments[later].day {
      for given in dated where given.agents.contains(agent) {
        if let start = given.start, start.number >= last.number { continue }
        if let stop = given.stop, stop.number < first.number { continue }
        let days = [given.start.map { "from \($0)" }, given.stop.map { "to \($0)" }].compactMap(\.self)
        return .between((["given"] + days).joined(separator: " "))
      }
    }
    guard let places = named[agent], let place = places.first, place <= later else { return .no }
    if place > earlier { return .between("given before \(moments[later].words)") }
    return .before("given before \(moments[place].words) too, its dates are not stated")
  }

  /// Agents that were given between two moments, sorted.
  func agents(from earlier: Int, to later: Int) -> [String] {
    Set(dated.flatMap(\.agents) + named.keys).filter {
      if case .between = answer($0, from: earlier, to: later) { true } else { false }
    }.sorted()
  }
}
