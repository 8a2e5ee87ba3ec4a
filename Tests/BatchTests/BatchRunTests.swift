// SPDX-License-Identifier: Apache-2.0
import DelimitedText
import SystemIO
import TestSupport
import Testing

@testable import Batch

/// How a run ends, and what it says of that.
struct BatchRunTests {
  /// A cohort of one sample in a folder of its own, and where its output goes.
  private final class Place {
    let folder: String
    var options = RunOptions()

    init() throws {
      folder = try FileWriting.makeTemporaryDirectory()
      try FileWriting.makeDirectory(folder + "/in/S1")
      let text =
        "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\n"
        + "KIT\tMissense_Mutation\tS1\tp.V559D\n"
      try FileWriting.replace(folder + "/in/S1/m.maf", with: Array(text.utf8).span)
      options.inputs = [folder + "/in"]
      options.output = folder + "/out"
    }

    deinit { FileWriting.removeFolder(folder) }

    func run(_ change: (inout RunOptions) -> Void = { _ in }) throws -> BatchRun.Ending {
      var options = options
      change(&options)
      return try BatchRun(options: options, table: Clinic.table, programVersion: "1").run()
    }
  }

  @Test func `a run finishes, and the next one is idle with the same counts`() throws {
    let place = try Place()
    guard case .finished(let first) = try place.run() else { Issue.record("not finished"); return }
    #expect(first.reported == 1 && first.written == 1 && first.rowsRead == 1 && first.failed.isEmpty)
    guard case .idle(let second) = try place.run() else { Issue.record("not idle"); return }
    #expect(second.reported == 1 && second.unmatched == first.unmatched && second.written == 0)
  }

  @Test func `every input that is missing is named, and nothing is written`() throws {
    let place = try Place()
    let ending = try place.run { options in
      options.inputs += ["/no/such", "/nor/this"]
      options.sheet = place.folder + "/in/S1/m.maf"
    }
    guard case .missingInputs(let faults) = ending else { Issue.record("\(ending)"); return }
    #expect(faults.map(\.path) == ["/no/such", "/nor/this", place.folder + "/in/S1/m.maf"])
    #expect(FileStamp(path: place.options.output) == nil)
  }

  @Test func `a folder that another run holds is left alone`() throws {
    let place = try Place()
    guard let lock = try OutputLock.acquire(place.options.output) else { Issue.record("no lock"); return }
    guard case .locked = try place.run() else { Issue.record("not locked"); return }
    _ = consume lock
    guard case .finished = try place.run() else { Issue.record("still locked"); return }
  }

  @Test func `a dry run says what would be done and why, and writes nothing`() throws {
    let place = try Place()
    guard case .planned(let reasons) = try place.run({ $0.isDryRun = true }) else { Issue.record("no plan"); return }
    #expect(reasons.map(\.what) == [place.folder + "/in/S1"] && reasons.map(\.why) == ["new"])
    #expect(FileStamp(path: place.options.output) == nil)
  }

  @Test func `a run that is asked to end early leaves no record, and the next one does its work`() throws {
    let place = try Place()
    guard case .interrupted = try place.run({ $0.isInterrupted = { true } }) else { Issue.record("went on"); return }
    #expect(FileStamp(path: place.options.output + "/run.json") == nil)
    guard case .finished(let summary) = try place.run() else { Issue.record("not finished"); return }
    #expect(summary.reported == 1)
  }

  @Test func `reports of removed samples are pruned by a run that has nothing else to do, and never by a dry run`()
    throws
  {
    let place = try Place()
    try FileWriting.makeDirectory(place.folder + "/in/S2")
    let bytes = Array("Hugo_Symbol\tTumor_Sample_Barcode\tHGVSp_Short\nKIT\tS2\tp.V559D\n".utf8)
    try FileWriting.replace(place.folder + "/in/S2/m.maf", with: bytes.span)
    _ = try place.run()
    FileWriting.removeFolder(place.folder + "/in/S2")
    guard case .finished(let summary) = try place.run() else { Issue.record("not finished"); return }
    #expect(summary.removed == ["S2"])
    let report = place.options.output + "/samples/S2"
    guard case .idle = try place.run({ ($0.prunes, $0.isDryRun) = (true, true) }) else { Issue.record("busy"); return }
    #expect(FileStamp(path: report) != nil)
    guard case .idle = try place.run({ $0.prunes = true }) else { Issue.record("busy"); return }
    #expect(FileStamp(path: report) == nil)
  }

  @Test func `a gate in the settings is counted with its reason, and opening it does the sample again`() throws {
    let place = try Place()
    let text =
      "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\tt_depth\n"
      + "KIT\tMissense_Mutation\tS1\tp.V559D\t19\n"
    try FileWriting.replace(place.folder + "/in/S1/m.maf", with: Array(text.utf8).span)
    let settings = try RunSettings(Array("[gates]\nmin_depth = 20\n".utf8), path: "settings.toml")
    guard case .finished(let gated) = try place.run({ $0.settings = settings }) else {
      Issue.record("not finished")
      return
    }
    #expect(gated.rowsRead == 1 && gated.unmatched == 1)
    var bytes: [UInt8] = []
    try FileReading.read(place.options.output + "/run.json", into: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self).contains("\"sequencing depth below the gate\": 1"))
    guard case .finished(let open) = try place.run() else { Issue.record("idle"); return }
    #expect(open.rowsRead == 1 && open.unmatched == 0)
  }
}
