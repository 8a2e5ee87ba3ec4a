// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Batch

/// What to say of a command line that cannot be understood.
enum CommandLineAdvice {
  /// The message for an error of parsing: the word that is none, with the nearest that is one, else what the parser
  /// says.
  static func message(_ error: any Error) -> String {
    let said = Oncomatch.fullMessage(for: error)
    let own = said.hasPrefix("Error: ") ? String(said.dropFirst(7)) : said
    guard let (problem, command) = unknownWord(Array(CommandLine.arguments.dropFirst())) else {
      return "oncomatch: " + own
    }
    return "oncomatch: \(problem)\n  See '\(command) --help' for more information."
  }

  /// The first word that is no command or option, in words, and the command that it was said to.
  static func unknownWord(_ arguments: [String]) -> (problem: String, command: String)? {
    var command: any ParsableCommand.Type = Oncomatch.self
    var path = ["oncomatch"]
    var rest = arguments[...]
    if rest.first == "help" { rest = rest.dropFirst() }
    while !command.configuration.subcommands.isEmpty, let word = rest.first, !word.hasPrefix("-") {
      let known = command.configuration.subcommands.map { ($0.configuration.commandName ?? "", $0) }
      guard let next = known.first(where: { $0.0 == word }) else {
        return (problem("command", word, known.map(\.0)), path.joined(separator: " "))
      }
      command = next.1
      path.append(word)
      rest = rest.dropFirst()
    }
    let known = options(command)
    for word in rest {
      if word == "--" { break }
      guard word.hasPrefix("--") else { continue }
      let name = String(word.prefix { $0 != "=" })
      if !known.contains(name) { return (problem("option", name, known), path.joined(separator: " ")) }
    }
    return nil
  }

  private static func problem(_ kind: String, _ word: String, _ known: [String]) -> String {
    "'\(word)' is not \(kind == "option" ? "an option" : "a command") (\(NearestSetting.advice(for: word, among: known)))"
  }

  /// The options of a command, as its help names them.
  private static func options(_ command: any ParsableCommand.Type) -> [String] {
    var names = ["--help", "--version", "--generate-completion-script", "--experimental-dump-help"]
    for line in Oncomatch.helpMessage(for: command, columns: 400).split(separator: "\n") where line.hasPrefix("  -") {
      for part in line.split(whereSeparator: { $0 == " " || $0 == "/" || $0 == "," }) {
        guard part.hasPrefix("-") else { break }
        names.append(String(part))
      }
    }
    return names
  }
}
