internal import Matching
internal import DelimitedText
internal import Knowledge

/// The inverse view: which samples an agent is matched in; rows of agents.tsv.
///
/// Of all rows about an agent in one direction the first counts, which is the strongest. Context is left out.
package enum AgentView {
  /// The columns that a sample gives: all but the one that says whether a row is new, which only a run knows.
  package static let columns = OutputTable.agents.columns.filter { $0 != "new" }

  /// A sample's rows in ``columns``.
  package static func rows(_ report: SampleReport) -> [UInt8] {
    guard let matches = report.matches else { return [] }
    var seen: Set<Key> = []
    var buffer = TSVWriter()
    for match in matches.therapies where match.rule.direction != .context {
      for agent in match.rule.agents where seen.insert(Key(agent: agent, direction: match.rule.direction)).inserted {
        buffer.cell(agent)
        buffer.cell(report.sampleID)
        buffer.cell(match.tumorType)
        buffer.cell(match.tier.name)
        buffer.cell(match.rule.direction.rawValue)
        buffer.cell(match.verdict.rawValue)
        buffer.cell(match.rule.id)
        buffer.endRow()
      }
    }
    return buffer.bytes
  }

  private struct Key: Hashable {
    let agent: String
    let direction: Rule.Direction
  }
}
