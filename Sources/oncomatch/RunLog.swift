internal import ArgumentParser
internal import JSONText
internal import Synchronization

/// The forms of what a run says on standard error.
enum LogFormat: String, CaseIterable, ExpressibleByArgument {
  /// Lines for people.
  case text
  /// One JSON object a line, each with a `type`; the last one of a run is `summary`.
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
  ///   - type: The `type` of the JSON form.
  ///   - line: The line of the text form.
  ///   - members: Further members of the JSON form.
  static func event(_ type: String, _ line: String, _ members: (inout JSONWriter) -> Void = { _ in }) {
    guard speaksJSON else { return Console.complain(line) }
    object(type, members)
  }

  /// Writes an error with the exit code that it leads to.
  static func error(_ message: String, code: ExitCode) {
    event("error", message) { json in
      json.value("message", message)
      json.value("exit_code", Int(code.rawValue))
    }
  }

  /// Writes an event that has no text form.
  static func object(_ type: String, _ members: (inout JSONWriter) -> Void) {
    var json = JSONWriter(indentedDepth: 0)
    json.object { json in
      json.value("type", type)
      members(&json)
    }
    json.finish()
    Console.writeErrors(json.bytes)
  }
}
