// SPDX-License-Identifier: Apache-2.0
import Foundation
import Reports
import TestSupport
import Testing

/// A run that is killed at any moment leaves old or new files, and the next one finishes its work.
struct CrashTests {
  /// How often a run is killed; `ONCOMATCH_KILLS` sets it for a long check.
  static let kills = ProcessInfo.processInfo.environment["ONCOMATCH_KILLS"].flatMap(Int.init) ?? 5
  /// Where the moments come from; `ONCOMATCH_SEED` sets it.
  static let seed = ProcessInfo.processInfo.environment["ONCOMATCH_SEED"].flatMap(UInt64.init) ?? 20_261_123

  /// Brings the input into one of two states.
  private func set(_ cohort: Cohort, _ state: Int) throws {
    for number in 0..<40 where number % 3 == 0 {
      let more = state == 0 ? "" : "KRAS\tMissense_Mutation\tS\(number)\tp.G12D\n"
      try cohort.write(Cohort.maf("S\(number)") + more, "S\(number)/S\(number).maf")
    }
    if state == 0 {
      try cohort.add("ONLY-0")
      try? FileManager.default.removeItem(at: cohort.input.appending(path: "ONLY-1"))
    } else {
      try cohort.add("ONLY-1")
      try? FileManager.default.removeItem(at: cohort.input.appending(path: "ONLY-0"))
    }
  }

  @Test("a run that is killed leaves whole files, and the next run ends with the bytes of one that was not")
  func kill() throws {
    let cohort = try Cohort()
    for number in 0..<40 { try cohort.add("S\(number)") }
    var whole: [[String: Data]] = []
    var seconds = 0.0
    for state in 0...1 {
      try set(cohort, state)
      let fresh = cohort.root.appending(path: "fresh-\(state)")
      let start = Date()
      #expect(try cohort.run("--prune", out: fresh).status == 0)
      seconds = Date().timeIntervalSince(start)
      whole.append(try cohort.content(out: fresh))
    }
    var random = SeededGenerator(seed: Self.seed)
    var interrupted = 0
    for round in 0..<Self.kills {
      let state = round % 2
      try set(cohort, state)
      let process = try cohort.start("--prune")
      let moment = Double.random(in: 0...seconds, using: &random)
      usleep(UInt32(moment * 1e6))
      let isRunning = process.isRunning
      Foundation.kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      interrupted += isRunning ? 1 : 0
      let context: Comment = "seed \(Self.seed), round \(round), killed after \(moment) s"
      for (path, content) in try cohort.content() where !path.hasSuffix(".part") {
        let isWhole = whole.contains { $0[path] == content }
        #expect(isWhole, "\(path) is neither old nor new; \(context)")
      }
      #expect(try cohort.run("--prune").status == 0, context)
      let after = try cohort.content()
      for path in Set(after.keys).union(whole[state].keys).sorted() where after[path] != whole[state][path] {
        Issue.record("\(path) differs from an uninterrupted run; \(context)")
      }
      let idle = try cohort.run("--prune")
      #expect(idle.status == 0 && idle.errors.isEmpty && idle.output.isEmpty, context)
    }
    #expect(interrupted > 0)
  }
}

/// Numbers that come out the same for the same seed.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
