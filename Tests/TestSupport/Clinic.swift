public import BatchPipeline
public import TargetTable

/// Questions about a tumor in words, answered in the test's own process with the built-in table.
public enum Clinic {
  /// The built-in table, loaded once.
  public static let table = TargetTable.load()
  private static let query = TumorQuery(table: table)

  /// The rows of therapies.tsv, and the lines for standard error.
  public struct Answer: Sendable {
    /// The rows.
    public let therapies: Table
    /// What was not understood, not matched or assumed.
    public let remarks: [String]

    /// The rows that have all these cells.
    public func rows(_ cells: KeyValuePairs<String, String>) -> [[String: String]] { therapies.rows(where: cells) }

    /// Whether a row has all these cells.
    public func has(_ cells: KeyValuePairs<String, String>) -> Bool { !rows(cells).isEmpty }
  }

  /// Asks about findings in a tumor.
  public static func ask(
    _ tumorType: String, _ findings: String..., with change: (inout TumorQuery.Question) -> Void = { _ in }
  ) -> Answer {
    var question = TumorQuery.Question()
    question.tumorType = tumorType
    question.findings = findings
    change(&question)
    let answer = query.answer(question)
    return Answer(
      therapies: Table(String(decoding: query.therapies(answer), as: UTF8.self)), remarks: answer.complaints)
  }
}
