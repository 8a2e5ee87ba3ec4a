// SPDX-License-Identifier: Apache-2.0
internal import Alterations

/// A small picture of a course: alterations by date, with the therapies that were given in between.
///
/// A full circle is a finding, its size the allele fraction; an open one was looked for and not found; a question mark was
/// not looked for.
struct CoursePicture {
  let course: PatientCourse

  private static let left = 150
  private static let step = 110
  private static let line = 20
  private static let rows = 12
  private static let bars = 6

  /// The findings that are shown: those of note, in the order in which they came.
  private var findings: [CourseFinding] {
    var known: Set<String> = []
    let all = course.moments.flatMap { $0.samples.flatMap(\.findings) }
    return Array(all.filter { $0.isOfNote && known.insert($0.key).inserted }.prefix(Self.rows))
  }

  private func column(_ place: Int) -> Int { Self.left + 40 + place * Self.step }

  func write(into html: inout HTMLBuffer) {
    let findings = findings
    guard !findings.isEmpty else { return }
    let given = Array(course.given.prefix(Self.bars))
    let width = column(course.moments.count - 1) + 60
    let top = 30 + given.count * Self.line
    let height = top + findings.count * Self.line + 6
    html.element("figure", "class=\"pic\"") { html in
      html.element(
        "svg", "role=\"img\" aria-labelledby=\"course-t\" font-size=\"11\"", ("viewBox", "0 0 \(width) \(height)")
      ) { html in
        html.element("title", "id=\"course-t\"", text: description(findings))
        for (place, moment) in course.moments.enumerated() {
          text(moment.words, x: column(place), y: 14, anchor: "middle", &html)
        }
        for (row, therapy) in given.enumerated() { bar(therapy, y: 30 + row * Self.line, width: width, &html) }
        for (row, finding) in findings.enumerated() {
          let y = top + row * Self.line + 10
          text(Self.short(finding.name), x: Self.left, y: y + 4, anchor: "end", &html)
          for place in course.moments.indices { mark(finding, place, y: y, &html) }
        }
      }
      html.element(
        "figcaption", "class=\"small\"",
        text: "Full: found, larger with the allele fraction; open: assayed and not found; ?: not known to be assayed.")
    }
  }

  private static func short(_ name: String) -> String { name.count > 24 ? name.prefix(23) + "\u{2026}" : name }

  private func description(_ findings: [CourseFinding]) -> String {
    "Alterations by date: "
      + findings.map { finding in
        let found = course.moments.filter { $0.finding(finding.key) != nil }.map(\.words)
        return "\(finding.name) found \(found.joined(separator: ", "))"
      }.joined(separator: "; ")
  }

  private func text(_ text: String, x: Int, y: Int, anchor: String, _ html: inout HTMLBuffer) {
    html.element(
      "text", "fill=\"currentColor\"", ("x", String(x)), ("y", String(y)), ("text-anchor", anchor), text: text)
  }

  private func mark(_ finding: CourseFinding, _ place: Int, y: Int, _ html: inout HTMLBuffer) {
    let moment = course.moments[place]
    let x = column(place)
    if let known = moment.finding(finding.key), known.notEvaluated.isEmpty {
      let radius = 3 + Int(((known.fraction ?? 0.3).squareRoot() * 6).rounded())
      html.element(
        "circle", "class=\"found\"", ("cx", String(x)), ("cy", String(y)), ("r", String(min(radius, 9)))
      ) { _ in }
    } else if moment.coverage(of: finding) == .assayed {
      html.element(
        "circle", "class=\"not\"", ("cx", String(x)), ("cy", String(y)), ("r", "5")
      ) { _ in }
    } else {
      text("?", x: x, y: y + 4, anchor: "middle", &html)
    }
  }

  /// Where a day lies between the columns.
  private func place(_ day: CourseDay?, or outside: Int) -> Int {
    guard let day else { return outside }
    let days = course.moments.compactMap { $0.day?.number }
    guard days.count == course.moments.count, let first = days.first, let last = days.last else { return outside }
    if day.number <= first { return column(0) - (day.number < first ? 30 : 0) }
    if day.number >= last { return column(days.count - 1) + (day.number > last ? 30 : 0) }
    let next = days.firstIndex { $0 > day.number } ?? days.count - 1
    let span = days[next] - days[next - 1]
    return column(next - 1) + (day.number - days[next - 1]) * Self.step / max(1, span)
  }

  private func bar(_ given: CourseFacts.Given, y: Int, width: Int, _ html: inout HTMLBuffer) {
    let begin = place(given.start, or: column(0) - 30)
    let end = max(begin + 4, place(given.stop, or: width - 20))
    text(Self.short(given.agents.joined(separator: " + ")), x: Self.left, y: y + 10, anchor: "end", &html)
    html.element(
      "rect", "class=\"given\" height=\"8\"", ("x", String(begin)), ("y", String(y + 3)),
      ("width", String(end - begin))
    ) { _ in }
  }
}
