// SPDX-License-Identifier: Apache-2.0
import Foundation
import Reports
import TestSupport
import Testing

/// A cohort of invented samples in a folder of its own, removed at the end, and runs of the program on it.
final class Cohort {
  /// What all of it lies in.
  let root: URL
  /// The sample folders.
  var input: URL { root.appending(path: "in") }
  /// The output.
  var out: URL { root.appending(path: "out") }

  static let header = "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\n"

  /// The rows of a sample.
  static func maf(_ sample: String) -> String {
    header + "KIT\tMissense_Mutation\t\(sample)\tp.V559D\nTP53\tNonsense_Mutation\t\(sample)\tp.R213*\n"
  }

  /// - Parameter samples: A folder with one MAF is made for each.
  init(_ samples: String...) throws {
    root = try Program.temporaryFolder()
    try FileManager.default.createDirectory(at: input, withIntermediateDirectories: true)
    for sample in samples { try add(sample) }
  }

  /// Many samples, `S000` and so on.
  convenience init(count: Int) throws {
    try self.init()
    for number in 0..<count { try add("S" + String(1000 + number).dropFirst()) }
  }

  deinit {
    // Folders may have been made unreadable.
    _ = try? Shell.run("chmod -R u+rwX '\(root.path)'")
    try? FileManager.default.removeItem(at: root)
  }

  /// Adds a sample folder with a MAF.
  func add(_ sample: String) throws { try write(Data(Self.maf(sample).utf8), "\(sample)/\(sample).maf") }

  /// Writes a file below the input.
  func write(_ content: Data, _ path: String) throws {
    let file = URL(filePath: input.path + "/" + path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try content.write(to: file)
  }

  func write(_ text: String, _ path: String) throws { try write(Data(text.utf8), path) }

  /// The arguments of a run on this cohort.
  func arguments(_ more: [String] = [], out: URL? = nil) -> [String] {
    ["run", input.path, "--out", (out ?? self.out).path, "--tumor-type", "GIST"] + more
  }

  /// Runs the program.
  @discardableResult
  func run(_ more: String..., out: URL? = nil) throws -> Program.Outcome {
    try Program.run(arguments(more, out: out))
  }

  /// Starts the program and does not wait.
  func start(_ more: String...) throws -> Process {
    let process = Process()
    process.executableURL = Program.built
    process.arguments = arguments(more)
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// Starts the program on one worker and holds it as soon as the first report stands; `nil` when it came to its end
  /// before.
  func startAndHold() throws -> Process? {
    let samples = out.appending(path: "samples").path
    return try startAndHold { !((try? FileManager.default.contentsOfDirectory(atPath: samples)) ?? []).isEmpty }
  }

  /// Starts the program on one worker and holds it as soon as something is so; `nil` when it came to its end before.
  func startAndHold(_ more: String..., until isSo: () throws -> Bool) throws -> Process? {
    let process = Process()
    process.executableURL = Program.built
    process.arguments = arguments(["--jobs", "1"] + more)
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    let record = out.appending(path: "run.json")
    let before = try? Data(contentsOf: record)
    try process.run()
    while process.isRunning {
      if (try? isSo()) == true {
        kill(process.processIdentifier, SIGSTOP)
        if (try? Data(contentsOf: record)) == before { return process }
        kill(process.processIdentifier, SIGCONT)
        break
      }
      usleep(200)
    }
    process.waitUntilExit()
    return nil
  }

  func table(_ name: String, out: URL? = nil) throws -> Table {
    Table(try String(contentsOf: (out ?? self.out).appending(path: name), encoding: .utf8))
  }

  /// The row of a sample in samples.tsv.
  func row(_ sample: String) throws -> [String: String] {
    try #require(try table("samples.tsv").rows(where: ["sample_id": sample]).first, "\(sample) is not listed")
  }

  /// All files of an output with their content, without what depends on time and on earlier runs.
  func content(out: URL? = nil) throws -> [String: Data] {
    let base = (out ?? self.out).path
    var files: [String: Data] = [:]
    for case let path as String in FileManager.default.enumerator(atPath: base) ?? .init() {
      let url = URL(filePath: base + "/" + path)
      let isFolder = try url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory ?? false
      if !isFolder, !["run.json", "changes.tsv", "changes.html", "agents.tsv"].contains(path) {
        files[path] = try Data(contentsOf: url)
      }
    }
    return files
  }

  /// Expects that a run ended with 3 and that these samples failed, each with its reason, and all others did not.
  func expectFailures(
    _ outcome: Program.Outcome, _ reasons: KeyValuePairs<String, String>, others: Int,
    at location: SourceLocation = #_sourceLocation
  ) throws {
    #expect(outcome.status == 3, "\(outcome.errors)", sourceLocation: location)
    let failed = try table("samples.tsv").rows(where: ["status": "failed"])
    #expect(failed.map { $0["sample_id"] ?? "" } == reasons.map(\.key).sorted(), sourceLocation: location)
    for (sample, reason) in reasons {
      let message = failed.first { $0["sample_id"] == sample }?["message"] ?? "not listed"
      #expect(message.contains(reason), sourceLocation: location)
      #expect(outcome.errors.contains("sample \(sample) failed: "), sourceLocation: location)
    }
    #expect(try table("samples.tsv").rows(where: ["status": "reported"]).count == others, sourceLocation: location)
  }
}

/// Commands of the system.
enum Shell {
  /// Runs a command line; a test that needs what is not there says so by its status.
  @discardableResult
  static func run(_ command: String, input: Data? = nil) throws -> (status: Int32, output: Data) {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command]
    let folder = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let (source, sink) = (folder.appending(path: "in"), folder.appending(path: "out"))
    try (input ?? Data()).write(to: source)
    try Data().write(to: sink)
    process.standardInput = try FileHandle(forReadingFrom: source)
    process.standardOutput = try FileHandle(forWritingTo: sink)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, try Data(contentsOf: sink))
  }

  /// Packs as gzip does.
  static func gzip(_ data: Data) throws -> Data {
    let packed = try run("gzip -c", input: data)
    try #require(packed.status == 0)
    return packed.output
  }

  /// Whether the tests run as root, whom no permission stops.
  static var isRoot: Bool { geteuid() == 0 }

  /// Whether file systems can be mounted here.
  static let canMount = isRoot && ((try? run("unshare -m mount -t tmpfs tmpfs /mnt").status) == 0)
}
