// SPDX-License-Identifier: Apache-2.0
package import Alterations
package import InputFormats

extension SampleNormalizer {
  /// A row that cannot be understood.
  package struct Rejection: Sendable {
    /// The file and line.
    package let source: SourceLocation
    /// The column and its cell.
    package let column: String, value: String
    /// What is wrong, with the remedy.
    package let problem: String
  }

  /// What the rows of a sample state.
  package struct Result: Sendable {
    /// What rules may name, in input order.
    package var alterations: [Alteration] = []
    /// Why an alteration, by its place, is not evaluated.
    package var notEvaluated: [Int: String] = [:]
    /// The row behind each kept statement: its file, and the place of the alteration it became.
    package var rows: [(file: Int32, alteration: Int)] = []
    /// Changes of genes of which the tables say nothing, in input order; ``Alteration/number`` places them among the
    /// others.
    package var unlisted: [Alteration] = []
    /// Fates of rows by file; those that are matched or not are counted once rules were tried.
    package var countsByFile: [Int32: RowCounts] = [:]
    /// Rows not looked at, by file and reason.
    package var filteredByFile: [Int32: [String: Int]] = [:]
    /// Genes of which files say that a test failed or is uncertain, or of which a row cannot be understood, by what was
    /// looked for.
    package var undetermined: [AssayKind: Set<String>] = [:]

    /// Changes of genes that the tables know, in rows that their caller or the lab refused.
    package var refused: [Alteration] = []
    /// Names of tests that rows state without a result: they failed, wait or were not done.
    package var failedTests: [String] = []
    /// Rows of tests with a result.
    package var testResults = 0
    /// Genes that rows state to be of wild type.
    package var unchanged: Set<String> = []
    /// Genes with rows that no file annotates and no table tells, with their number of rows.
    package var notAnnotated: [String: Int] = [:]
    /// Rows that cannot be understood.
    package var rejected: [Rejection] = []
    /// What became of every row, file by file; empty unless rows are traced.
    package var traces: [RowTrace] = []

    /// Notes a row of a test that is filtered: without a result, or with one that finds nothing.
    mutating func noteTest(_ record: RawRecord, _ batch: RecordBatch) {
      guard case .biomarker(let row) = record.statement else { return }
      if NoCallWords.leavesOpen(batch.string(row.value)) {
        failedTests.append(batch.string(row.name))
      } else {
        testResults += 1
      }
    }

    /// Notes genes of which nothing is known.
    mutating func leaveOpen(_ tests: [Normalizer.OpenTest]) {
      for test in tests { undetermined[test.kind, default: []].insert(test.gene) }
    }
  }
}
