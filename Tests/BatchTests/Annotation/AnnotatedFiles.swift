// SPDX-License-Identifier: Apache-2.0
import Foundation
import Reports
import SystemIO
import TestSupport
import Testing

@testable import Batch

/// Files in a folder of their own, given back and run.
final class AnnotatedFiles {
  let folder: String
  var options = RunOptions()
  private var names: [String] = []
  private(set) var clinical: [String] = []

  init() throws {
    folder = try FileWriting.makeTemporaryDirectory()
    try FileWriting.makeDirectory(folder + "/in")
    options.tumorType = "LUAD"
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Adds a file.
  @discardableResult
  func add(_ name: String, _ text: String, isClinical: Bool = false, isPacked: Bool = false) throws -> AnnotatedFiles {
    let bytes = isPacked ? gzip(Array(text.utf8)) : Array(text.utf8)
    try FileWriting.replace(folder + "/in/" + name, with: bytes.span)
    if isClinical { clinical.append(folder + "/in/" + name) } else { names.append(folder + "/in/" + name) }
    return self
  }

  /// Adds a file that lies elsewhere.
  func add(_ file: URL) { names.append(file.path) }

  /// What comes back, by the name of the file.
  func annotated(
    _ columns: AnnotationNames = .oncomatch, dividesMatrices: Bool = false
  ) throws -> (texts: [String: String], answers: Annotation.Answers) {
    var request = Annotation.Request()
    request.files = names
    request.clinical = clinical
    request.names = columns
    request.dividesMatrices = dividesMatrices
    let ending = Annotation(request, options: options, table: Clinic.table, programVersion: "1").read()
    guard case .read(let answers) = ending else {
      Issue.record("\(ending)")
      throw CancellationError()
    }
    var texts: [String: String] = [:]
    for table in answers.tables {
      var bytes: [UInt8] = []
      _ = try table.write { bytes += $0 }
      texts[URL(filePath: table.path).lastPathComponent] = String(decoding: bytes, as: UTF8.self)
    }
    return (texts, answers)
  }

  /// The tables of a run over the same files, by name.
  func run() throws -> [String: Table] {
    var options = options
    options.inputs = names + clinical
    options.output = folder + "/out"
    options.formats = [.tsv]
    options.writesSampleFiles = false
    let ending = try BatchRun(options: options, table: Clinic.table, programVersion: "1").run()
    guard case .finished = ending else {
      Issue.record("\(ending)")
      throw CancellationError()
    }
    var tables: [String: Table] = [:]
    for name in ["alterations", "therapies", "options", "samples"] {
      var bytes: [UInt8] = []
      try FileReading.read(folder + "/out/\(name).tsv", into: &bytes)
      tables[name] = Table(String(decoding: bytes, as: UTF8.self))
    }
    return tables
  }

  /// The path under which a run prints a file.
  func path(_ name: String) -> String { folder + "/in/" + name }
}

extension String {
  /// Its lines with their ends.
  var linesWithEnds: [String] {
    var lines: [String] = []
    var line = ""
    for scalar in unicodeScalars {
      line.unicodeScalars.append(scalar)
      if scalar == "\n" {
        lines.append(line)
        line = ""
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }

  /// The cells of a line without its end.
  var tabbed: [String] {
    var line = self
    while line.unicodeScalars.last == "\n" || line.unicodeScalars.last == "\r" { line.unicodeScalars.removeLast() }
    return line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
  }
}

/// A table that came back: the cells of ours by line.
struct AnnotatedText {
  /// Cells by column, by line counted from 1; of rows of data alone.
  private(set) var rows: [Int: [String: String]] = [:]
  /// All columns of ours.
  private(set) var columns: [String] = []

  /// - Parameter first: The first column of ours.
  init(_ text: String, first: String) {
    var place: Int?
    for (index, line) in text.linesWithEnds.enumerated() {
      let cells = line.tabbed
      guard let begin = place else {
        if let found = cells.firstIndex(of: first) {
          place = found
          columns = Array(cells[found...])
        }
        continue
      }
      guard cells.count == begin + columns.count else { continue }
      rows[index + 1] = Dictionary(uniqueKeysWithValues: zip(columns, cells[begin...]))
    }
  }
}
