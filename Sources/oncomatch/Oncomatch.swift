// SPDX-License-Identifier: Apache-2.0
internal import JSONText
internal import ArgumentParser
// Linked, so that the tables need not be read at start.
internal import TableLayout

/// Version of the program, printed by `--version` and in every run.json.
let programVersion = "0.1.0"

@main
struct Oncomatch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "oncomatch",
    abstract: "Match tumor alterations to therapies, offline, for one sample or thousands.",
    discussion: """
      Reads tumor alteration files, understands them, matches them against a target-to-agent table and writes a \
      report per sample. For research use: it informs a discussion between specialists and does not choose treatment.
      `--version --format json` prints the versions of program, tables, facts and layouts for programs.
      """,
    version: VersionReport.line,
    subcommands: [
      RunCommand.self, QueryCommand.self, AnnotateCommand.self, CheckCommand.self, TableCommand.self, MergeCommand.self,
      ChangesCommand.self,
      SchemaCommand.self,
    ])

  /// Runs the command that the arguments name; a usage error is an event too where the log is to be JSON.
  static func main() {
    Console.keepBrokenPipes()
    let files = Machine.allowManyFiles()
    guard files >= Machine.leastFiles else {
      Console.fail("only \(files) files may be open at once, \(Machine.leastFiles) are needed (ulimit -n)")
      exit(withError: ExitCode.inputOutputError)
    }
    do {
      var command = try named() ?? parseAsRoot()
      try command.run()
    } catch {
      let code = exitCode(for: error)
      if !code.isSuccess, !(error is ExitCode), RunLog.wantsJSON(CommandLine.arguments) {
        RunLog.use(.json)
        RunLog.error(CommandLineAdvice.message(error), code: code)
        RunLog.object(.summary) { $0.value("exit_code", Int(code.rawValue)) }
        exit(withError: code)
      }
      if !code.isSuccess, !(error is ExitCode) {
        Console.writeErrors(Array((CommandLineAdvice.message(error) + "\n").utf8))
        exit(withError: code)
      }
      if code.isSuccess, !(error is ExitCode) {
        let message = fullMessage(for: error)
        if message == configuration.version, wantsJSON(CommandLine.arguments) { say(VersionReport.text()) }
        // `help WORD` explains the whole program where the word is no command; better say so.
        if CommandLine.arguments.dropFirst().first == "help",
          let (problem, _) = CommandLineAdvice.unknownWord(Array(CommandLine.arguments.dropFirst()))
        {
          Console.fail(problem)
          exit(withError: ExitCode(64))
        }
        say(Array((message + "\n" + HelpEnding.text(below: message)).utf8))
      }
      exit(withError: error)
    }
  }

  /// The command that the first word names, parsed by itself.
  ///
  /// From the root, the parser reads the options of a command again and again, a twentieth of the work of a question.
  /// Nothing for help, versions and faults, of which the root knows what to say.
  private static func named() -> (any ParsableCommand)? {
    let words = CommandLine.arguments.dropFirst()
    let command = configuration.subcommands.first { $0.configuration.commandName == words.first }
    guard let command, command.configuration.subcommands.isEmpty,
      let parsed = try? command.parseAsRoot(Array(words.dropFirst())), type(of: parsed) == command
    else { return nil }
    return parsed
  }

  /// Whether the versions are asked for as JSON; a built-in flag ends the parsing before options are read.
  private static func wantsJSON(_ arguments: [String]) -> Bool {
    zip(arguments, arguments.dropFirst()).contains { $0 == "--format" && $1 == "json" }
      || arguments.contains("--format=json")
  }

  /// Prints help, a version or a script of completions and ends; 74 where it cannot be written.
  private static func say(_ message: [UInt8]) -> Never {
    do {
      try Console.write(message)
    } catch {
      exit(withError: error)
    }
    exit()
  }
}
