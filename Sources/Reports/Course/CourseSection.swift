// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import JSONText
internal import SystemIO

/// The section on a patient's course in the report of each sample of it, and its place in files that are written already.
///
/// A course is known when all samples are done, and it may grow when a later sample arrives: the section is put into a
/// finished report, in place of the one that it had.
package struct CourseSection: Sendable {
  /// Its markup in the page for people.
  let html: [UInt8]
  /// Its member in the report for programs, with the comma behind it.
  let json: [UInt8]

  /// The section of one sample of a course.
  ///
  /// - Parameter folderName: The name of a sample's folder and files.
  package init(_ course: PatientCourse, sampleID: String, folderName: @escaping (String) -> String) {
    html = CourseHTML(course: course, sampleID: sampleID, folderName: folderName).bytes
    json = CourseJSON(course: course, sampleID: sampleID).bytes
  }

  /// The digest of what it says.
  package var digest: String {
    var hash = XXH64.Stream()
    hash.update(html.span)
    hash.update(json.span)
    return hash.hex
  }

  /// A file of a sample's report with this section, or without one, in place of the one that it has.
  ///
  /// - Parameters:
  ///   - name: What stands behind the sample's name.
  ///   - section: The section; `nil` to take it out.
  /// - Returns: `nil` where the file has no place for it.
  package static func placed(_ section: CourseSection?, in file: [UInt8], named name: String) -> [UInt8]? {
    switch name {
    case ".report.html":
      replaced(file, from: CourseHTML.begin, before: CourseHTML.anchor, section?.html ?? [])
    case ".report.json":
      replaced(file, from: CourseJSON.begin, before: CourseJSON.anchor, section?.json ?? [])
    default: nil
    }
  }

  /// Names of files that have a place for a section.
  package static let fileNames = [".report.html", ".report.json"]

  private static func replaced(
    _ file: [UInt8], from begin: StaticString, before anchor: StaticString, _ section: [UInt8]
  ) -> [UInt8]? {
    // The section ends where what follows it begins.
    guard let place = find(anchor, in: file) else { return nil }
    var before = file[..<place]
    if let start = find(begin, in: file), start < place { before = file[..<start] }
    return Array(before) + section + file[place...]
  }

  private static func find(_ words: StaticString, in bytes: [UInt8]) -> Int? {
    let wanted = Array(words.description.utf8)
    guard let first = wanted.first, bytes.count >= wanted.count else { return nil }
    let last = bytes.count - wanted.count
    var place = 0
    while place <= last {
      if bytes[place] == first, bytes[place..<place + wanted.count].elementsEqual(wanted) { return place }
      place += 1
    }
    return nil
  }
}

/// The section for programs.
struct CourseJSON {
  /// What stands behind the member: the first one that every report has after its findings.
  ///
  /// A line that begins so is no text, since ends of line are escaped in texts.
  static let anchor: StaticString = "\n  \"rows\": {"
  /// How the member begins.
  static let begin: StaticString = "\n  \"course\": {"

  let course: PatientCourse
  let sampleID: String

  var bytes: [UInt8] {
    var json = JSONWriter(indentedDepth: 2)
    json.object { json in
      json.object("course") { json in
        json.array("samples") { json in
          for moment in course.moments {
            for sample in moment.samples {
              json.object { json in
                json.value("sample_id", sample.id)
                json.value("when", moment.words)
                json.value("tumor_type", sample.tumorType)
                json.value("this_sample", sample.id == sampleID)
              }
            }
          }
        }
        json.array("not_placed") { json in
          for sample in course.unplaced {
            json.object { json in
              json.value("sample_id", sample.id)
              json.value("reason", sample.reason)
            }
          }
        }
        json.array("therapies_given") { json in
          for given in course.given {
            json.object { json in
              json.values("agents", given.agents)
              json.value("from", given.start?.description ?? "")
              json.value("to", given.stop?.description ?? "")
              json.value("stated_by", "")
            }
          }
          for (agent, samples) in course.named {
            json.object { json in
              json.values("agents", [agent])
              json.value("from", "")
              json.value("to", "")
              json.value("stated_by", samples)
            }
          }
        }
        json.values("remarks", course.remarks)
        json.array("changes") { json in for change in course.changes { self.change(change, &json) } }
      }
    }
    json.finish()
    // Between the braces of the outer object stands the member, which a comma follows.
    let text = json.bytes
    let end = text.lastIndex(of: UInt8(ascii: "}")) ?? text.endIndex
    var member = text[..<end].dropFirst()
    if member.last == 0x0A { member.removeLast() }
    return Array(member) + [UInt8(ascii: ",")]
  }

  private func change(_ change: CourseChange, _ json: inout JSONWriter) {
    json.object { json in
      json.value("subject", change.subject.rawValue)
      json.value("gene", change.gene)
      json.value("alteration", change.alteration)
      json.value("therapy", change.therapy)
      json.value("from", change.from)
      json.value("to", change.to)
      json.value("change", change.change.rawValue)
      json.value("because", change.because)
      json.value("sample_id", change.laterIDs)
      json.value("earlier_sample_id", change.earlierIDs)
      json.value("before", change.before)
      json.value("after", change.after)
      if let fraction = change.fractions.vafBefore { json.value("vaf_before", fraction) }
      if let fraction = change.fractions.vafAfter { json.value("vaf_after", fraction) }
      if let fraction = change.fractions.ccfBefore { json.value("ccf_before", fraction) }
      if let fraction = change.fractions.ccfAfter { json.value("ccf_after", fraction) }
      json.value("oncogenicity", change.oncogenicity)
    }
  }
}
