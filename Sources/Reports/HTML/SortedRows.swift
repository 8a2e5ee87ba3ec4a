// SPDX-License-Identifier: Apache-2.0
internal import Knowledge
internal import Matching

/// What tells the rows of therapies.tsv of one sample apart.
struct RowKey: Hashable {
  let rule: Int
  let tumorType: String
}

/// The rows of a sample by section and therapy, as the answers for their therapies say.
struct SortedRows {
  private struct Key: Hashable {
    let section: ReportSection?
    let name: String
  }

  /// The therapies of each section.
  private(set) var groups: [ReportSection: [SectionTherapy]] = [:]
  /// Therapies that what was found closes.
  private(set) var closed: [SectionTherapy] = []
  /// The places of the rows of each rule.
  private(set) var places: [String: [Int]] = [:]
  /// The place of each row.
  private(set) var placeOfRow: [RowKey: Int] = [:]
  private var known: [Key: Int] = [:]

  /// Takes in the next row.
  ///
  /// - Parameter answer: What its therapy comes to; `nil` where it has no answer, as a class of agents.
  mutating func add(_ index: Int, _ match: TherapyMatch, _ answer: TherapyOption.Group?) {
    places[match.rule.id, default: []].append(index)
    placeOfRow[RowKey(rule: match.ruleIndex, tumorType: match.tumorType)] = index
    let name = match.rule.agents.isEmpty ? match.rule.gene : match.rule.therapyKey
    let section = section(match, answer)
    let key = Key(section: section, name: name)
    if let place = known[key] {
      if let section { groups[section]?[place].rows.append(index) } else { closed[place].rows.append(index) }
      return
    }
    let group = SectionTherapy(name: match.rule.agents.isEmpty ? match.rule.gene : match.rule.therapy, rows: [index])
    if let section {
      known[key] = groups[section]?.count ?? 0
      groups[section, default: []].append(group)
    } else {
      known[key] = closed.count
      closed.append(group)
    }
  }

  /// The section of a row; `nil` for a row for a therapy that is closed.
  private func section(_ match: TherapyMatch, _ answer: TherapyOption.Group?) -> ReportSection? {
    let own = ReportSection(match)
    guard own == .options || own == .conditional || own == .histology else { return own }
    switch answer {
    case .opened: return .options
    case .conditional: return .conditional
    case .byTumorType: return .histology
    case .closed: return nil
    case .noBenefit: return .noBenefit
    case .withdrawn: return .withdrawn
    case nil: return match.verdict == .overridden ? nil : own
    }
  }
}
