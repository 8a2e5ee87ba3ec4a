// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport

/// Samples of patients in a folder of their own, and runs over them.
final class PatientFiles {
  let root: URL

  init() throws { root = try Program.temporaryFolder() }

  deinit { try? FileManager.default.removeItem(at: root) }

  func path(_ name: String) -> String { root.appending(path: name).path }

  func write(_ name: String, _ text: String) throws {
    let url = root.appending(path: name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: url, atomically: true, encoding: .utf8)
  }

  /// A mutation table of a sample: `EGFR p.L858R 0.4`, the class where it is another than a missense change.
  func mutations(_ sample: String, _ rows: [String]) throws {
    var text = "Hugo_Symbol\tHGVSp_Short\tt_alt_count\tt_ref_count\tVariant_Classification\tTumor_Sample_Barcode\n"
    for row in rows {
      let cells = row.split(separator: " ").map(String.init)
      let share = cells.count > 2 ? Int((Double(cells[2]) ?? 0) * 100) : 40
      let effect = cells.count > 3 ? cells[3] : "Missense_Mutation"
      text += "\(cells[0])\t\(cells[1])\t\(share)\t\(100 - share)\t\(effect)\t\(sample)\n"
    }
    try write("in/\(sample)/m.maf", text)
  }

  /// The sample sheet: sample, patient, tumor type, date, earlier therapies.
  func sheet(_ rows: [[String]], date: String = "sample_date") throws {
    let header = ["sample_id", "patient_id", "tumor_type", date, "prior_therapy"]
    try write("sheet.tsv", ([header] + rows).map { $0.joined(separator: "\t") + "\n" }.joined())
  }

  @discardableResult
  func run(_ out: String = "out", _ more: [String] = []) throws -> Program.Outcome {
    try Program.run(["run", path("in"), "--samples", path("sheet.tsv"), "--out", path(out)] + more)
  }

  func text(_ name: String) throws -> String {
    try String(contentsOf: root.appending(path: name), encoding: .utf8)
  }

  func table(_ name: String) throws -> Table { Table(try text(name)) }

  func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  /// Every file of an output but those that depend on time and on earlier runs.
  func content(_ out: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for case let name as String in FileManager.default.enumerator(atPath: path(out)) ?? .init() {
      let isOfRun = ["run.json", "agents.tsv", "changes.tsv", "changes.html"].contains(name)
      let kind = try FileManager.default.attributesOfItem(atPath: path(out + "/" + name))[.type] as? FileAttributeType
      guard !isOfRun, kind == .typeRegular else { continue }
      files[name] = try Data(contentsOf: root.appending(path: out + "/" + name))
    }
    return files
  }
}
