// SPDX-License-Identifier: Apache-2.0
internal import JSONText
internal import Knowledge

/// The members of a row of the JSON report that a rule alone decides.
final class RuleMembers: Sendable {
  /// therapy, agents, direction.
  let therapy: [UInt8]
  /// gene, alteration_spec, requires.
  let asks: [UInt8]
  /// body, status, status_date, withdrawn_date, line, rule_id.
  let standing: [UInt8]
  /// references, note, table_version.
  let support: [UInt8]
  /// What a near miss says of its rule: rule_id, therapy, direction, level.
  let miss: [UInt8]

  /// The members of a rule.
  init(_ rule: Rule, of table: KnowledgeBase) {
    therapy = JSONWriter.members { json in
      json.value("therapy", rule.therapy)
      json.values("agents", rule.agents)
      json.value("direction", rule.direction.rawValue)
    }
    asks = JSONWriter.members { json in
      json.value("gene", rule.gene == "-" ? "" : rule.gene)
      json.value("alteration_spec", rule.specText)
      json.value("requires", rule.requiresText)
    }
    standing = JSONWriter.members { json in
      json.value("body", rule.authority.rawValue)
      json.value("status", rule.regulatoryStatus.rawValue)
      json.value("status_date", rule.statusDate)
      json.value("withdrawn_date", rule.withdrawnDate)
      json.value("line", rule.line.rawValue)
      json.value("rule_id", rule.id)
    }
    support = JSONWriter.members { json in
      json.values("references", rule.references)
      json.value("note", rule.note)
      json.value("table_version", table.version(of: rule))
    }
    miss = JSONWriter.members { json in
      json.value("rule_id", rule.id)
      json.value("therapy", rule.therapy)
      json.value("direction", rule.direction.rawValue)
      json.value("level", rule.level.rawValue)
    }
  }
}
