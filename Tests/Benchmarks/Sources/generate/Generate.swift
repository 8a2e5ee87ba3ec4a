// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Dispatch
import Foundation
import Synchronization

/// Makes batches of tumor files of realistic width from a seed, for benchmarks.
@main
struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes a batch of tumor files from a seed: the same seed gives the same bytes.",
    discussion: """
      Without --cohort, OUTPUT is a folder with one folder a sample and the sample sheet clinical.tsv. With it, OUTPUT \
      is one MAF of all samples.
      """)

  @Argument(help: "Folder or, with --cohort, file to write.")
  var output: String

  @Option(help: "Samples.")
  var samples = 1000

  @Option(help: "Mutations a sample.")
  var rows = 300

  @Option(help: "Seed.")
  var seed: UInt64 = 20_261_123

  @Flag(help: "One file for all samples.")
  var cohort = false

  @Flag(help: "Pack as bgzip does: members of 64 KiB.")
  var bgzip = false

  @Flag(help: "Also write the copy number of each sample.")
  var withCopyNumber = false

  @Flag(help: "Also write the fusions of each sample.")
  var withFusions = false

  @Option(help: "File for the sample sheet; clinical.tsv in the folder unless given. A cohort has none unless given.")
  var sheet: String?

  @Option(help: "Break this many samples, each in another way, and print which and how.")
  var broken = 0

  func validate() throws {
    guard samples > 0, rows >= 0 else { throw ValidationError("--samples and --rows are counts") }
    guard (0...samples).contains(broken) else { throw ValidationError("--broken is at most --samples") }
    if cohort, withCopyNumber || withFusions || broken > 0 {
      throw ValidationError("--cohort writes a MAF alone")
    }
  }

  private var framing: Packer.Framing { bgzip ? .bgzip : .gzip }

  private func text(_ number: Int) -> SampleText { SampleText(seed: seed, number: number) }

  func run() throws {
    if cohort {
      try writeCohort()
    } else {
      try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
      try Self.concurrently(samples) { try write(text($0), to: Packer(framing)) }
      try breakSamples()
    }
    if let sheet = sheet ?? (cohort ? nil : output + "/clinical.tsv") {
      let rows = (0..<samples).map { text($0).sheetRow }
      try Data((SampleText.sheetHead + rows.joined()).utf8).write(to: URL(filePath: sheet))
    }
  }

  private func writeCohort() throws {
    var whole = Array(SampleText.mutationsHead.utf8)
    let batch = 64
    for first in stride(from: 0, to: samples, by: batch) {
      let count = min(batch, samples - first)
      let texts = Mutex([[UInt8]](repeating: [], count: count))
      try Self.concurrently(count) { offset in
        let bytes = Array(text(first + offset).mutations(rows: rows).utf8)
        texts.withLock { $0[offset] = bytes }
      }
      for bytes in texts.withLock({ $0 }) { whole += bytes }
    }
    try Packer(framing).pack(whole).write(to: URL(filePath: output))
  }

  private func write(_ sample: SampleText, to packer: Packer) throws {
    let folder = output + "/" + sample.name
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    func write(_ text: String, as suffix: String) throws {
      try packer.pack(text.utf8).write(to: URL(filePath: "\(folder)/\(sample.name).\(suffix)"))
    }
    try write(SampleText.mutationsHead + sample.mutations(rows: rows), as: "maf.gz")
    if withCopyNumber { try write(SampleText.copyNumberHead + sample.copyNumber, as: "cna.tsv.gz") }
    if withFusions { try write(SampleText.fusionsHead + sample.fusions, as: "sv.tsv.gz") }
  }

  /// Breaks samples spread over the batch: each way on mutations first, then on the other files.
  private func breakSamples() throws {
    let suffixes = ["maf.gz"] + (withCopyNumber ? ["cna.tsv.gz"] : []) + (withFusions ? ["sv.tsv.gz"] : [])
    let ways = suffixes.flatMap { suffix in Damage.allCases.map { (suffix: suffix, damage: $0) } }
    for number in 0..<broken {
      let sample = text(number * samples / broken)
      let way = ways[number % ways.count]
      let path = "\(output)/\(sample.name)/\(sample.name).\(way.suffix)"
      let packed = try Data(contentsOf: URL(filePath: path))
      try way.damage.apply(to: packed).write(to: URL(filePath: path))
      print("\(sample.name)\t\(way.suffix)\t\(way.damage.rawValue)")
    }
  }

  /// Runs `body` for the numbers below `count` on all cores; the first error ends it.
  private static func concurrently(_ count: Int, _ body: @Sendable (Int) throws -> Void) throws {
    let failure = Mutex<(any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: count) { number in
      guard failure.withLock({ $0 == nil }) else { return }
      do {
        try body(number)
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
  }
}
