// SPDX-License-Identifier: Apache-2.0
import Alterations
import InputFormats
import Testing
@testable import Batch

@Suite("The burden of mutations from calls")
struct MutationalBurdenTests {
  private func calls(
    _ effect: VariantEffect, _ count: Int, origin: AlterationOrigin = .somatic, fraction: Double? = 0.3,
    cautions: [Caution] = []
  ) -> [Alteration] {
    (0..<count).map { line in
      Alteration(
        gene: "G", event: .sequence(SequenceChange(effect: effect)), asWritten: "x", origin: origin,
        variantAlleleFraction: fraction, cautions: cautions, source: SourceLocation(file: 0, line: Int32(line)))
    }
  }

  private func burden(_ calls: [Alteration], _ megabases: Double) -> MutationalBurden {
    MutationalBurden(calls, without: [:], [], megabases: megabases)
  }

  @Test("changes of proteins count, what is inherited, common or faint does not")
  func counting() throws {
    var all = calls(.missense, 12) + calls(.nonsense, 2) + calls(.frameshift, 1) + calls(.synonymous, 4)
    all += calls(.missense, 5, origin: .germline) + calls(.missense, 5, cautions: [.commonInPopulation])
    all += calls(.missense, 5, fraction: 0.02) + calls(.noncoding, 5)
    guard case .computed(let value, let changes) = burden(all, 1.2).outcome else {
      Issue.record("not computed")
      return
    }
    #expect(changes == 15 && value == 12.5)
    let finding = try #require(burden(all, 1.2).finding(named: "TMB"))
    // No number: a rule that asks for one waits for a test.
    #expect(finding.event == .measurement(Measurement(name: "TMB", word: "high")))
    #expect(finding.asWritten == "computed from calls: 15 changes in 1.2 Mb, 12.5 per Mb")
    #expect(burden(all, 2).finding(named: "TMB") == nil)
  }

  @Test("a list without silent changes was filtered, and few bases tell nothing")
  func limits() {
    guard case .filteredList = burden(calls(.missense, 30), 1.2).outcome else { return #expect(Bool(false)) }
    guard case .filteredList = burden(calls(.missense, 30) + calls(.synonymous, 1), 1.2).outcome else {
      return #expect(Bool(false))
    }
    guard case .assayTooSmall = burden(calls(.missense, 30) + calls(.synonymous, 9), 0.2).outcome else {
      return #expect(Bool(false))
    }
    #expect(burden(calls(.missense, 30), 1.2).finding(named: "TMB") == nil)
  }

  @Test("a BED covers each base once")
  func regions() throws {
    let bed = "chr1\t0\t1000000\tTP53\nchr1\t500000\t1500000\tTP53_e2\nchr2\t0\t500000\tKRAS\n"
    #expect(try PanelReader(Array(bed.utf8).span, path: "a.bed").megabases == 2)
    #expect(try PanelReader(Array("TP53\nKRAS\n".utf8).span, path: "a.txt").megabases == nil)
  }
}
