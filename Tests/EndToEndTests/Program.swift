// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The built program, run as a user runs it.
enum Program {
  /// What a run left behind.
  struct Outcome {
    var status: Int32
    var output: String
    var errors: String

    /// What it said besides naming the documents and outputs that it left alone, which is no fault.
    var complaints: String { Program.complaints(errors) }
  }

  /// Lines that name more than what was left alone.
  static func complaints(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("left alone: ") }
      .joined(separator: "\n")
  }

  /// The root of the package.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The executable, which lies beside the test bundle.
  static var executable: URL {
    URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "oncomatch")
  }

  /// The program wherever the tests are run from; `ONCOMATCH_PROGRAM` names another build of it.
  static let built: URL =
    if let stated = ProcessInfo.processInfo.environment["ONCOMATCH_PROGRAM"] {
      URL(filePath: stated)
    } else {
      FileManager.default.fileExists(atPath: executable.path) ? executable : fallback
    }

  /// Runs the program in the package's root.
  ///
  /// - Parameter input: What it reads on standard input; nothing unless given.
  static func run(_ arguments: [String], input: String = "") throws -> Outcome {
    let process = Process()
    process.executableURL = built
    process.arguments = arguments
    process.currentDirectoryURL = root
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let output = folder.appending(path: "stdout")
    let errors = folder.appending(path: "stderr")
    for file in [output, errors] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    let pipe = Pipe()
    process.standardInput = input.isEmpty ? FileHandle.nullDevice : pipe
    try process.run()
    try pipe.fileHandleForReading.close()
    if !input.isEmpty { try? pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8)) }
    try pipe.fileHandleForWriting.close()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }

  /// Where the executable lies when the tests are run by a helper of the toolchain.
  private static var fallback: URL {
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
    return URL(filePath: bundle).deletingLastPathComponent().appending(path: "oncomatch")
  }

  /// A new folder of its own.
  static func temporaryFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "oncomatch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }
}
