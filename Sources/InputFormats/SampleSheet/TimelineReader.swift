// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// What a timeline says of a patient: a sample that was taken, or a therapy that was given.
package struct TimelineEvent: Hashable, Sendable {
  /// What happened.
  package enum Kind: Hashable, Sendable {
    /// A sample, by its identifier, was taken.
    case sampleTaken(String)
    /// A sample was sequenced, which stands for the day where nothing says when it was taken.
    case sampleSequenced(String)
    /// A therapy was given, as written.
    case treatment(String)
  }

  /// What happened.
  package let kind: Kind
  /// When it began and ended, as written; empty where not stated.
  package let start: String, stop: String
}

/// Reads timelines of patients in the layout of cBioPortal: one row an event, with its days on the patient's own scale.
///
/// A row of a treatment names the agents, a row of a specimen names the sample; other events say nothing of a course.
enum TimelineReader {
  private static let patientColumns = ["patient_id", "patient", "patientid"]
  private static let sampleColumns = ["sample_id", "sample", "reference_id", "specimen_reference_number"]
  private static let agentColumns = ["agent", "agents", "drug", "drug_name", "treatment", "regimen"]

  /// Whether a header is a timeline's.
  static func recognizes(_ names: [String]) -> Bool {
    names.contains("start_date") && names.contains("event_type") && patientColumns.contains(where: names.contains)
  }

  /// Reads the rows behind a header; they speak of patients, so that no sample comes into being by them.
  static func read(
    header opened: InputHeader, text: Span<UInt8>, walker: inout LineWalker, path: String,
    rejected: inout [InputError]
  ) -> SampleSheet {
    let names = opened.cells.map { $0.lowercased() }
    func position(_ wanted: [String]) -> Int? { wanted.lazy.compactMap { names.firstIndex(of: $0) }.first }
    let (patient, sample, agent) = (position(patientColumns), position(sampleColumns), position(agentColumns))
    let (start, stop) = (position(["start_date"]), position(["stop_date", "end_date"]))
    let (type, subtype) = (position(["event_type"]), position(["subtype", "treatment_type", "event_subtype"]))
    var fields = RowFields(separator: opened.separator)
    var places: [String: Int] = [:]
    var entries: [SampleSheet.Entry] = []
    while let line = walker.next(in: text) {
      if line.isEmpty || text[line.lowerBound] == UInt8(ascii: "#") { continue }
      fields.split(line, text)
      let cells = (0..<fields.count).map { fields.string($0, text) }
      if cells.allSatisfy(\.isEmpty) { continue }
      func cell(_ column: Int?) -> String {
        guard let column, column < cells.count else { return "" }
        return ["na", "n/a", "nan", "[not available]", "null", "."].contains(cells[column].lowercased())
          ? "" : cells[column]
      }
      let id = cell(patient)
      if id.isEmpty {
        rejected.append(
          InputError(
            path: path, line: walker.lineNumber, column: opened.cells[patient ?? 0],
            problem: "is empty (a row of a timeline needs its patient's identifier)"))
        continue
      }
      let event = cell(type).lowercased() + " " + cell(subtype).lowercased()
      let kind: TimelineEvent.Kind
      if !cell(agent).isEmpty, !event.hasPrefix("lab") {
        kind = .treatment(cell(agent))
      } else if !cell(sample).isEmpty {
        kind = event.contains("sequenc") ? .sampleSequenced(cell(sample)) : .sampleTaken(cell(sample))
      } else {
        continue
      }
      if places[id] == nil {
        places[id] = entries.count
        var entry = SampleSheet.Entry()
        entry.patientID = id
        entry.line = walker.lineNumber
        entry.path = path
        entries.append(entry)
      }
      if let place = places[id] {
        entries[place].events.append(TimelineEvent(kind: kind, start: cell(start), stop: cell(stop)))
      }
    }
    return SampleSheet(entries: entries)
  }
}
