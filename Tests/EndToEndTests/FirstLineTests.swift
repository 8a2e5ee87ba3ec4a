// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// What stands first in a report of a real tumor.
struct FirstLineTests {
  @Test(
    .enabled(if: SharedData.isPresent, "the real files lie beside the project"),
    arguments: ["tcga_sarc/tcga_sarc_mc3.dev.maf.gz", "tcga_sarc/tcga_sarc_firehose.dev.maf.gz"])
  func `no real sarcoma is opened by a conflict, another tumor's backbone or a stopped agent where better stands`(
    file: String
  ) throws {
    let place = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: place) }
    let maf = try #require(SharedData.folder).appending(path: file).path
    let clinical = maf.replacing(".maf.gz", with: ".clinical.tsv.gz")
    let outcome = try Program.run([
      "run", maf, clinical, "--out", place.path + "/o", "--formats", "tsv", "--no-sample-files",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let options = Table(try String(contentsOfFile: place.path + "/o/options.tsv", encoding: .utf8))
    let (count, faults) = FirstLines.faults(options)
    #expect(count > 10 && faults == [], "\(count)")
  }
}
