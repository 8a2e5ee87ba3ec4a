internal import ArgumentParser

struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "query", abstract: "Match one tumor given in words.")
}
