// SPDX-License-Identifier: Apache-2.0
internal import InputFormats
import Alterations
import Normalization
import TestSupport
import Testing

/// What becomes of the rows of a file, by the name of their gene.
@Suite("Rows with names that are no symbols")
struct RowFateTests {
  private static let builder = Normalizer(table: Clinic.table)

  private func fate(ofGene name: String) throws -> String {
    let header = "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short"
    let content = try readInput("\(header)\n\(name)\tMissense_Mutation\tS1\tp.A10T\n", path: "data_mutations.txt")
    let batch = try #require(content.batches.first)
    let record = try #require(batch.records.first)
    switch Self.builder.normalize(record, batch, file: 0) {
    case .kept(let alteration): return "kept \(alteration.gene)"
    case .notEvaluated(_, let reason): return "not evaluated: \(reason)"
    case .filtered(let reason): return "filtered: \(reason)"
    case .rejected(_, _, let problem): return "rejected: \(problem)"
    }
  }

  @Test("a known symbol is kept")
  func known() throws {
    #expect(try fate(ofGene: "KIT") == "kept KIT")
  }

  @Test("an unknown name is kept as not evaluated with the reason `unknown symbol`")
  func unknown() throws {
    #expect(try fate(ofGene: "RP11-206L10.9") == "not evaluated: unknown symbol")
  }

  @Test("a date-like name is rejected", arguments: ["1-Mar", "Sep-2"])
  func dateLike(name: String) throws {
    #expect(try fate(ofGene: name).hasPrefix("rejected"))
  }

  @Test("an ambiguous alias of a gene in the table is rejected", arguments: ["p150", "TRAD"])
  func ambiguousOfTable(name: String) throws {
    let fate = try fate(ofGene: name)
    #expect(fate.hasPrefix("rejected"))
  }

  @Test("a name outside of the catalog is not evaluated")
  func elsewhere() throws {
    #expect(try fate(ofGene: "MLL4-like-name").hasPrefix("not evaluated"))
  }

  @Test("a family name is not evaluated and asks for the gene")
  func family() throws {
    #expect(try fate(ofGene: "FGFR").hasPrefix("not evaluated"))
  }
}
