// SPDX-License-Identifier: Apache-2.0
internal import Alterations

/// The section for people: short, since it stands on the first page.
struct CourseHTML {
  /// What stands behind the section; texts of a report never hold markup.
  static let anchor: StaticString = "</div><div><h2>What is closed, and by what</h2>"
  /// How the section begins.
  static let begin: StaticString = "<div id=\"course\">"

  let course: PatientCourse
  let sampleID: String
  let folderName: (String) -> String

  /// How many names stand in one list.
  private static let names = 8

  var bytes: [UInt8] {
    var html = HTMLBuffer(capacity: 8192)
    html.markup("<div id=\"course\"><h2>Course of this patient</h2>")
    samples(&html)
    html.element("ul") { html in
      for later in course.moments.indices.dropFirst() { step(later, &html) }
    }
    for remark in course.remarks { html.element("p", "class=\"small\"", text: sentence(remark)) }
    CoursePicture(course: course).write(into: &html)
    html.element("p", "class=\"small\"") { html in
      html.text("All changes, with what they rest on, are in patients.tsv. Lost is said only of what was assayed.")
    }
    html.markup("</div>")
    return html.bytes
  }

  private func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() + "." }

  private func samples(_ html: inout HTMLBuffer) {
    html.element("p") { html in
      html.list(course.moments, separator: " \u{2192} ") { html, moment in
        html.text(moment.words + ": ")
        html.list(moment.samples) { html, sample in
          if sample.id == sampleID {
            html.element("strong", text: sample.id)
          } else {
            let name = folderName(sample.id)
            html.element(
              "a", "", ("href", "../\(Self.address(name))/\(Self.address(name)).report.html"), text: sample.id)
          }
        }
      }
      if !course.unplaced.isEmpty {
        html.text(
          ". Not placed: " + course.unplaced.map { "\($0.id) (\($0.reason))" }.joined(separator: ", ") + ".")
      }
    }
  }

  /// The name of a file in an address.
  private static func address(_ name: String) -> String {
    name.utf8.map { byte in
      let scalar = Unicode.Scalar(byte)
      let isPlain =
        byte < 0x80
        && (Character(scalar).isLetter || Character(scalar).isNumber || "-_.~".unicodeScalars.contains(scalar))
      if isPlain { return String(Character(scalar)) }
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.utf8.count == 1 ? "0" : "") + digits
    }.joined()
  }

  private func step(_ later: Int, _ html: inout HTMLBuffer) {
    let rows = course.changes.filter { $0.later == later }
    html.element("li") { html in
      html.element("strong", text: "\(course.moments[later - 1].words) to \(course.moments[later].words)")
      for row in rows where row.subject == .tumorType {
        html.text("; tumor type \(row.before), then \(row.after)")
      }
      for row in rows where row.subject == .resistance {
        html.text("; ")
        html.element(
          "strong",
          text: "\(row.change == .acquired ? "acquired resistance" : "possibly acquired resistance") to \(row.therapy)")
        html.text(": \(row.because)")
      }
      alterations(rows.filter { $0.subject == .alteration }, &html)
      therapies(rows.filter { $0.subject == .therapy }, &html)
    }
  }

  private static let alterationOrder: [CourseChange.Change] = [
    .new, .firstSeen, .changed, .kept, .lost, .notAssayed, .unknown,
  ]

  private func alterations(_ rows: [CourseChange], _ html: inout HTMLBuffer) {
    for kind in Self.alterationOrder {
      let own = rows.filter { $0.change == kind && $0.isOfNote }
      list(title(kind), own.map { $0.name + fractions($0) }, &html)
    }
    let others = rows.count { !$0.isOfNote }
    if others > 0 { html.text("; \(others) further \(others == 1 ? "alteration" : "alterations") that no rule reads") }
  }

  private func title(_ kind: CourseChange.Change) -> String {
    switch kind {
    case .firstSeen: "first seen, not known from before"
    case .notAssayed: "not assayed now"
    case .unknown: "not found, not known whether assayed"
    default: kind.words
    }
  }

  private func fractions(_ row: CourseChange) -> String {
    func pair(_ name: String, _ before: Double?, _ after: Double?) -> String? {
      let parts = [before, after].compactMap { $0.map(ReportWords.percent) }
      return parts.isEmpty ? nil : name + " " + parts.joined(separator: " \u{2192} ")
    }
    let words = [
      row.change == .changed ? "was \(row.before)" : nil,
      pair("VAF", row.fractions.vafBefore, row.fractions.vafAfter),
      pair("CCF", row.fractions.ccfBefore, row.fractions.ccfAfter),
    ].compactMap(\.self)
    return words.isEmpty ? "" : " (" + words.joined(separator: ", ") + ")"
  }

  private func therapies(_ rows: [CourseChange], _ html: inout HTMLBuffer) {
    let order: [CourseChange.Change] = [
      .opened, .conditional, .closed, .withdrawn, .byTumorType, .noBenefit, .verdict, .gone, .notAssayed,
    ]
    for kind in order {
      let title =
        switch kind {
        case .opened: "opened now"
        case .conditional: "waiting for a test now"
        case .closed: "closed now"
        case .withdrawn: "withdrawn now"
        case .byTumorType: "for the tumor type now"
        case .noBenefit: "no benefit now"
        case .verdict: "another verdict now"
        case .notAssayed: "rests on what was not assayed now"
        default: "not met any more"
        }
      list(title, rows.filter { $0.change == kind }.map(\.therapy), &html)
    }
  }

  private func list(_ title: String, _ items: [String], _ html: inout HTMLBuffer) {
    guard !items.isEmpty else { return }
    let rest = items.count - Self.names
    html.text("; \(title): \(items.prefix(Self.names).joined(separator: ", "))")
    if rest > 0 { html.text(" and \(rest) more") }
  }
}
