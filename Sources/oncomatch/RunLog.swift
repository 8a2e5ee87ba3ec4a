// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import DelimitedText
internal import JSONText
internal import Knowledge
internal import Synchronization
internal import SystemIO

/// The forms of what a run says on standard error.
enum LogFormat: String, CaseIterable, ExpressibleByArgument {
  /// Lines for people.
  case text
  /// One JSON object a line, each with `type`, `level` and `time`; the last one of a run is `summary`.
  case json
}

/// What the program says on standard error, as text for people or as JSON lines for programs.
///
/// A reader of the JSON form ignores types and keys that it does not know; new ones may come.
enum RunLog {
  private static let isJSON = Atomic<Bool>(false)

  /// Whether events are written as JSON.
  static var speaksJSON: Bool { isJSON.load(ordering: .relaxed) }

  /// Chooses the form for the rest of the process.
  static func use(_ format: LogFormat) { isJSON.store(format == .json, ordering: .relaxed) }

  /// Whether arguments that could not be parsed ask for JSON.
  static func wantsJSON(_ arguments: [String]) -> Bool {
    for (index, argument) in arguments.enumerated() {
      if argument == "--" { return false }
      if argument == "--log-format=json" { return true }
      if argument == "--log-format", arguments.dropFirst(index + 1).first == "json" { return true }
    }
    return false
  }

  /// Writes an event.
  ///
  /// - Parameters:
  ///   - event: The type of the JSON form.
  ///   - line: The line of the text form.
  ///   - members: Further members of the JSON form.
  static func event(_ event: LogEvent, _ line: String, _ members: (inout JSONWriter) -> Void = { _ in }) {
    guard speaksJSON else {
      // A fault of a file begins with its place, as editors read it.
      return event.level == .info || event == .fault ? Console.complain(line) : Console.fail(line)
    }
    object(event, members)
  }

  /// Writes an error with the exit code that it leads to.
  static func error(_ message: String, code: ExitCode) {
    event(.error, message) { json in
      json.value("message", message)
      json.value("exit_code", Int(code.rawValue))
    }
  }

  /// Writes a fault of an input with the exit code that it leads to; programs get its place as values.
  static func error(_ fault: InputError, code: ExitCode) {
    event(.error, fault.description) { json in
      json.value("message", fault.description)
      json.value("exit_code", Int(code.rawValue))
      place(of: fault, &json)
    }
  }

  /// Writes a fault of an input that the command goes on after.
  static func fault(_ fault: InputError) { event(.fault, fault.description) { place(of: fault, &$0) } }

  private static func place(of fault: InputError, _ json: inout JSONWriter) {
    json.value("file", fault.path)
    if let line = fault.line { json.value("line", line) }
    if !fault.column.isEmpty { json.value("column", fault.column) }
    if !fault.value.isEmpty { json.value("value", fault.value) }
    json.value("problem", fault.problem)
  }

  /// Writes a fault of a table with the exit code that it leads to.
  static func error(_ fault: TableFault, code: ExitCode) {
    error(
      InputError(
        path: fault.table, line: fault.line > 0 ? fault.line : nil, column: fault.column, value: fault.value,
        problem: fault.problem), code: code)
  }

  /// Writes an event that has no text form.
  static func object(_ event: LogEvent, _ members: (inout JSONWriter) -> Void) {
    var json = JSONWriter(indentedDepth: 0)
    json.object { json in
      json.value("type", event.rawValue)
      json.value("level", event.level.rawValue)
      json.value("time", WallClock.text(WallClock.seconds))
      members(&json)
    }
    json.finish()
    Console.writeErrors(json.bytes)
  }
}
