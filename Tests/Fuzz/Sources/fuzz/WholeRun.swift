// SPDX-License-Identifier: Apache-2.0
@testable import Batch
import Foundation
@testable import Knowledge

/// A run on one sample whose only file holds the input.
enum WholeRun {
  private static let table = KnowledgeBase.load()
  private static let folder: String = {
    try? FileManager.default.createDirectory(atPath: place + "/in/S1", withIntermediateDirectories: true)
    return place
  }()
  /// Outputs that must be text.
  private static let outputs = [
    "therapies.tsv", "alterations.tsv", "samples.tsv", "rejected.tsv", "index.html", "run.json",
    "samples/S1/S1.report.json", "samples/S1/S1.report.html",
  ]

  static func run(_ bytes: [UInt8]) {
    try? Data(bytes).write(to: URL(filePath: folder + "/in/S1/input"))
    var options = RunOptions()
    options.inputs = [folder + "/in"]
    options.output = folder + "/out"
    options.tumorType = "LMS"
    options.maxTextSize = 1 << 22
    options.forces = true
    guard (try? BatchRun(options: options, table: table, programVersion: "0").run()) != nil else {
      return require(false, "the run could not write")
    }
    for name in outputs {
      guard let data = try? Data(contentsOf: URL(filePath: folder + "/out/" + name)) else { continue }
      require(String(validating: data, as: UTF8.self) != nil, "\(name) is not UTF-8")
      if name.hasSuffix(".json") {
        require((try? JSONSerialization.jsonObject(with: data)) != nil, "\(name) is not JSON")
      }
    }
    balance()
  }

  /// Every row that was read has one fate.
  private static func balance() {
    guard let text = try? String(contentsOfFile: folder + "/out/samples.tsv", encoding: .utf8) else { return }
    let lines = text.split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
    guard let header = lines.first else { return }
    for line in lines.dropFirst() {
      func number(_ name: String) -> Int {
        header.firstIndex { $0 == name }.flatMap { $0 < line.count ? Int(line[$0]) : nil } ?? -1
      }
      require(line.count == header.count, "a row of \(line.count) cells")
      let parts = ["matched", "unmatched", "filtered", "rejected"].map { number("rows_" + $0) }
      require(number("rows_read") == parts.reduce(0, +), "rows_read \(number("rows_read")) is not the sum of \(parts)")
    }
  }
}
