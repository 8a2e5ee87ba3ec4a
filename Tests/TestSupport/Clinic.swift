// SPDX-License-Identifier: Apache-2.0
package import Knowledge
package import Query
// Linked, so that tests read the tables as the program does.
internal import TableLayout

/// Questions about a tumor in words, answered in the test's own process with the built-in table.
package enum Clinic {
  /// The built-in table, loaded once.
  package static let table = KnowledgeBase.load()
  private static let query = TumorQuery(table: table)

  /// The rows of therapies.tsv, and the lines for standard error.
  package struct Answer: Sendable {
    /// The rows.
    package let therapies: Table
    /// The rows of options.tsv.
    package let options: Table
    /// What was not understood, not matched or assumed.
    package let remarks: [String]

    /// The rows that have all these cells.
    package func rows(_ cells: KeyValuePairs<String, String>) -> [[String: String]] { therapies.rows(where: cells) }

    /// Whether a row has all these cells.
    package func has(_ cells: KeyValuePairs<String, String>) -> Bool { !rows(cells).isEmpty }
  }

  /// Asks about findings in a tumor.
  package static func ask(
    _ tumorType: String, _ findings: String..., with change: (inout TumorQuery.Question) -> Void = { _ in }
  ) -> Answer {
    var question = TumorQuery.Question()
    question.tumorType = tumorType
    question.findings = findings
    change(&question)
    let answer = query.answer(question)
    return Answer(
      therapies: Table(String(decoding: query.therapies(answer), as: UTF8.self)),
      options: Table(String(decoding: query.options(answer), as: UTF8.self)),
      remarks: answer.remarks.map(\.description))
  }
}
