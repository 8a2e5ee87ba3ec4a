// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// How much a row weighs against others of the same therapy.
///
/// Labels and guidelines 5, then one less for each level down to 1; one less again for evidence of another tumor, which a
/// bridge to the same histology is not. The number of rows never adds up to strength.
extension TherapyMatch {
  /// 0 to 5.
  var strength: Int { 5 - rule.level.step - (isOfAnotherTumor ? 1 : 0) }

  /// Whether the evidence was gathered in a tumor that neither the sample's type nor a bridge covers.
  private var isOfAnotherTumor: Bool {
    switch proximity {
    case .same, .agnostic, .bridge: false
    case .lineage, .other, .crossing: true
    }
  }

  /// Whether the row is a label or guideline of the sample's own tumor.
  var isLabelOfThisTumor: Bool { rule.level <= .a2 && (proximity == .same || proximity == .agnostic) }

  /// Whether the row is a study of the sample's own tumor; what was gathered under all tumors is one where it is a label.
  var isStudyOfThisTumor: Bool {
    guard rule.level <= .c else { return false }
    switch proximity {
    case .same, .bridge: return true
    case .agnostic: return rule.level <= .a2
    case .lineage, .other, .crossing: return false
    }
  }

  /// Whether the row waits for a test.
  var isConditional: Bool { !openQuestions.isEmpty }
}

/// The strengths of two sides.
struct Balance {
  let forward: Int
  let against: Int

  /// Weighs the rows for a therapy against those against it; both lists hold rows.
  init(_ rows: [TherapyMatch], _ opponents: [TherapyMatch]) {
    forward = Self.best(rows, opponents)
    against = Self.best(opponents, rows)
  }

  private static func best(_ side: [TherapyMatch], _ others: [TherapyMatch]) -> Int {
    let rival = others.max { $0.strength < $1.strength }
    return side.reduce(0) { max($0, $1.strength + (namesMoreClosely($1, others, rival) ? 1 : 0)) }
  }

  /// Whether a row names the very change that the best row of the other side reads in passing; this never outweighs a
  /// label or guideline.
  private static func namesMoreClosely(
    _ row: TherapyMatch, _ others: [TherapyMatch], _ rival: TherapyMatch?
  ) -> Bool {
    guard row.rule.level >= .b, row.rung == .exact, let rival, rival.rule.level >= .b,
      (2...6).contains(rival.rung.step),
      rival.ownAlterations.sharesElement(with: row.ownAlterations)
    else { return false }
    return !others.contains { other in
      other.rule.level <= .c && other.rung == .exact && other.ownAlterations.sharesElement(with: row.ownAlterations)
    }
  }

  /// What the two sides come to, mechanism aside.
  static func verdict(_ rows: [TherapyMatch], _ opponents: [TherapyMatch]) -> Verdict {
    guard !opponents.isEmpty else { return .supported }
    let balance = Balance(rows, opponents)
    let (forward, against) = (balance.forward, balance.against)
    if forward - against >= 2 {
      let isStudied = opponents.contains { row in
        row.rule.level <= .c && (row.proximity == .same || row.proximity == .bridge || row.proximity == .agnostic)
      }
      return isStudied ? .caution : .supported
    }
    if against - forward >= 2 { return against >= 3 ? .overridden : .conflicting }
    let labels = (rows.contains(where: \.isLabelOfThisTumor), opponents.contains(where: \.isLabelOfThisTumor))
    if forward != against, labels.0 != labels.1 { return labels.0 ? .caution : .overridden }
    let studies = (rows.contains(where: \.isStudyOfThisTumor), opponents.contains(where: \.isStudyOfThisTumor))
    if studies.0, !studies.1, forward >= against { return .caution }
    if studies.1, !studies.0, against > forward, against >= 3 { return .overridden }
    return .conflicting
  }
}

extension [Int] {
  /// Whether any number is in both; the lists are a few numbers long.
  func sharesElement(with other: [Int]) -> Bool { contains { other.contains($0) } }
}
