// SPDX-License-Identifier: Apache-2.0
public import Knowledge

/// Tier and ESCAT class of a match, computed from level and proximity (guide: Evidence, Levels and tiers).
public struct Tier: Hashable, Sendable {
  /// A step of the tiers of AMP, ASCO and CAP, strongest first.
  public enum Step: String, CaseIterable, Sendable {
    case iA = "I-A"
    case iB = "I-B"
    case iiC = "II-C"
    case iiD = "II-D"

    /// 0 for I-A up to 3 for II-D.
    package var place: Int {
      switch self {
      case .iA: 0
      case .iB: 1
      case .iiC: 2
      case .iiD: 3
      }
    }
  }

  /// What a row is graded by.
  public enum Grade: Hashable, Sendable {
    /// Context, a therapy without benefit, or resistance to an agent that nothing opens.
    case none
    /// An alteration's row.
    case step(Step)
    /// A row by tumor type alone, which has the level of its evidence in place of a step.
    case histology(Rule.Level)
  }

  /// The step, or what stands in its place.
  public let grade: Grade
  /// Whether the row is about resistance.
  public let isResistance: Bool
  /// `I`, `I-C`, `II-A`, ...; derived, empty where there is none.
  public let escat: String

  init(_ grade: Grade, isResistance: Bool = false, escat: String = "") {
    self.grade = grade
    self.isResistance = isResistance
    self.escat = escat
  }

  package static let none = Tier(.none)

  /// `I-A`, `I-B`, `II-C`, `II-D`, with `R:` in front for resistance, `H:A1` and so on for histology rules; empty where
  /// there is none.
  public var name: String {
    let plain: String
    switch grade {
    case .none: return ""
    case .step(let step): plain = step.rawValue
    case .histology(let level): plain = "H:" + level.rawValue
    }
    return isResistance ? "R:" + plain : plain
  }

  /// The tier of a name as tables print it, without an ESCAT class; `nil` where the name is empty or none.
  package init?(named name: String) {
    let isResistance = name.hasPrefix("R:")
    let plain = name.dropFirst(isResistance ? 2 : 0)
    if let step = Step(rawValue: String(plain)) {
      self.init(.step(step), isResistance: isResistance)
    } else if plain.hasPrefix("H:"), let level = Rule.Level(rawValue: String(plain.dropFirst(2))) {
      self.init(.histology(level), isResistance: isResistance)
    } else {
      return nil
    }
  }

  /// Smaller is stronger; for sorting.
  public var order: Int {
    switch grade {
    case .step(let step): step.place
    case .histology: 6
    case .none: 9
    }
  }

  /// The tier of a match.
  static func of(
    level: Rule.Level, proximity: Proximity, direction: Rule.Direction, isHistology: Bool, isCapped: Bool
  ) -> Tier {
    if direction == .context || direction == .noBenefit { return .none }
    let isResistance = direction == .resistance
    if isHistology { return Tier(.histology(level), isResistance: isResistance) }
    let steps: [Step] =
      switch proximity {
      case .same: [.iA, .iB, .iiC, .iiD, .iiD]
      // Evidence gathered under "cancer" is no tumor-agnostic label.
      case .agnostic: [.iA, .iiC, .iiC, .iiD, .iiD]
      case .bridge, .lineage, .other, .crossing: [.iiC, .iiC, .iiD, .iiD, .iiD]
      }
    var step = steps[level.step]
    if isCapped, step.place < Step.iiC.place { step = .iiC }
    return Tier(.step(step), isResistance: isResistance, escat: isResistance ? "" : escat(level, proximity))
  }

  private static func escat(_ level: Rule.Level, _ proximity: Proximity) -> String {
    switch proximity {
    case .same: ["I", "II-A", "II-B", "III-C", "IV"][level.step]
    case .agnostic: ["I-C", "II-A", "II-B", "III-C", "IV"][level.step]
    case .bridge, .lineage, .other, .crossing: ["III-A", "III-A", "III-B", "III-C", "IV"][level.step]
    }
  }
}
