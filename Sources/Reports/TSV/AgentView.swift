// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import Knowledge
internal import Matching

/// The inverse view: which samples an agent is matched in; rows of agents.tsv.
///
/// One line for an agent, sample and tumor type: its own answer in options.tsv, which may be another one than that of a
/// combination with it; else the first therapy that holds the agent. Agents that a row against their class closes stand
/// behind.
package enum AgentView {
  /// The columns that a sample gives: all but the one that says whether a row is new, which only a run knows.
  package static let columns = OutputTable.agents.columns.filter { $0 != "new" }

  /// A sample's rows in ``columns``.
  package static func rows(_ report: SampleReport) -> [UInt8] {
    guard let matches = report.matches else { return [] }
    var seen: Set<Key> = []
    var buffer = TSVWriter()
    func row(_ agent: String, _ shown: TherapyMatch) {
      guard seen.insert(Key(agent: agent, tumorType: shown.tumorType)).inserted else { return }
      buffer.cell(agent)
      buffer.cell(report.sampleID)
      buffer.cell(shown.tumorType)
      buffer.cell(shown.tier.name)
      buffer.cell(shown.rule.direction.rawValue)
      buffer.cell(shown.verdict.rawValue)
      buffer.cell(shown.rule.id)
      buffer.endRow()
    }
    let (alone, together) = (
      matches.options.filter { $0.agents.count == 1 }, matches.options.filter { $0.agents.count > 1 }
    )
    for option in alone + together { for agent in option.agents { row(agent, option.best) } }
    for closing in matches.classClosings { row(closing.agent, closing.row) }
    return buffer.bytes
  }

  private struct Key: Hashable {
    let agent: String
    let tumorType: String
  }
}
