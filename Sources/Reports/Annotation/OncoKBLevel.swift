// SPDX-License-Identifier: Apache-2.0
internal import Knowledge
internal import Matching

/// A level in the words of the OncoKB annotator's columns, made from a row of ours (guide: Annotate, Levels).
enum OncoKBLevel: String, CaseIterable, Sendable {
  case one = "LEVEL_1"
  case two = "LEVEL_2"
  case threeA = "LEVEL_3A"
  case threeB = "LEVEL_3B"
  case four = "LEVEL_4"
  case resistanceOne = "LEVEL_R1"
  case resistanceTwo = "LEVEL_R2"

  /// Whether it is of resistance.
  var isResistance: Bool { self == .resistanceOne || self == .resistanceTwo }

  /// The order of `HIGHEST_LEVEL`: resistance by a label or guideline first, other resistance last.
  static let order: [OncoKBLevel] = [.resistanceOne, .one, .two, .threeA, .threeB, .four, .resistanceTwo]

  /// The level of a row; `nil` where it has none there: context, no benefit, histology, rows that are overridden,
  /// withdrawn or derived, resistance by a case report or the laboratory, and resistance to what nothing opens.
  init?(_ row: TherapyMatch) {
    guard case .step = row.tier.grade, row.verdict != .withdrawn, row.verdict != .overridden,
      row.verdict != .hypothesis
    else { return nil }
    let isOpen = !row.openQuestions.isEmpty
    let isOfThisTumor = row.proximity == .same
    let isLabelledHere = isOfThisTumor || row.proximity == .agnostic
    switch (row.rule.direction, row.rule.level) {
    case (.sensitivity, .a1) where isLabelledHere: self = .one
    case (.sensitivity, .a2) where isLabelledHere: self = .two
    case (.sensitivity, .b) where isOfThisTumor, (.sensitivity, .c) where isOfThisTumor: self = .threeA
    case (.sensitivity, .a1), (.sensitivity, .a2), (.sensitivity, .b), (.sensitivity, .c): self = .threeB
    case (.sensitivity, .d), (.sensitivity, .e): self = .four
    case (.resistance, .a1) where isLabelledHere && !isOpen,
      (.resistance, .a2) where isLabelledHere && !isOpen:
      self = .resistanceOne
    case (.resistance, .a1), (.resistance, .a2), (.resistance, .b), (.resistance, .c):
      if isOpen { return nil }
      self = .resistanceTwo
    case (.resistance, .d), (.resistance, .e), (.noBenefit, _), (.context, _): return nil
    }
  }
}

/// Therapies by level that rest on some alterations.
struct OncoKBTreatments: Sendable {
  /// Therapies in the order of options.tsv, each at its best level alone.
  private(set) var therapies: [OncoKBLevel: [String]] = [:]
  /// The references of their rows, each once.
  private(set) var references: [String] = []

  /// No therapies.
  init() {}

  /// - Parameter isWanted: Whether a row rests on one of the alterations.
  init(_ matches: SampleMatches, where isWanted: (TherapyMatch) -> Bool) {
    var best: [String: OncoKBLevel] = [:]
    var against: [String: OncoKBLevel] = [:]
    var order: [String] = []
    func add(_ therapy: String, _ row: TherapyMatch) {
      guard isWanted(row), let level = OncoKBLevel(row) else { return }
      for reference in row.rule.references where !references.contains(reference) { references.append(reference) }
      if !order.contains(therapy) { order.append(therapy) }
      let known = level.isResistance ? against[therapy] : best[therapy]
      let places = OncoKBLevel.allCases
      if let known, let one = places.firstIndex(of: known), let other = places.firstIndex(of: level), one <= other {
        return
      }
      if level.isResistance { against[therapy] = level } else { best[therapy] = level }
    }
    for option in matches.options {
      for row in option.rowsFor + option.rowsAgainst { add(option.therapy, row) }
    }
    for closing in matches.classClosings { add(closing.agent, closing.row) }
    for therapy in order {
      for level in [best[therapy], against[therapy]].compactMap(\.self) {
        therapies[level, default: []].append(therapy.replacing(" + ", with: "+"))
      }
    }
  }

  /// The highest of some levels, as written; empty where there is none.
  func highest(_ wanted: (OncoKBLevel) -> Bool = { _ in true }) -> String {
    OncoKBLevel.order.first { wanted($0) && therapies[$0] != nil }?.rawValue ?? ""
  }
}
