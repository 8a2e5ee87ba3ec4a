internal import Knowledge

/// Tier and ESCAT class of a match, computed from level and proximity (guide: Evidence, Levels and tiers).
public struct Tier: Hashable, Sendable {
  /// `I-A`, `I-B`, `II-C`, `II-D`, with `R:` in front for resistance, `H:A1` and so on for histology rules; empty where
  /// there is none.
  public let name: String
  /// `I`, `I-C`, `II-A`, ...; derived, empty where there is none.
  public let escat: String
  /// Smaller is stronger; for sorting.
  public let order: Int

  static let none = Tier(name: "", escat: "", order: 9)

  /// The tier of a match.
  static func of(
    level: Rule.Level, proximity: Proximity, direction: Rule.Direction, isHistology: Bool, isCapped: Bool
  ) -> Tier {
    if direction == .context || direction == .noBenefit { return .none }
    if isHistology {
      return Tier(name: (direction == .resistance ? "R:" : "") + "H:\(level.rawValue)", escat: "", order: 6)
    }
    var step: Int
    switch proximity {
    case .same:
      step = [0, 1, 2, 3, 3][level.step]
    case .agnostic:
      // Evidence gathered under "cancer" is no tumor-agnostic label.
      step = [0, 2, 2, 3, 3][level.step]
    case .bridge, .lineage, .other, .crossing:
      step = [2, 2, 3, 3, 3][level.step]
    }
    if isCapped { step = max(step, 2) }
    let name = ["I-A", "I-B", "II-C", "II-D"][step]
    let isResistance = direction == .resistance
    return Tier(
      name: isResistance ? "R:" + name : name, escat: isResistance ? "" : escat(level, proximity), order: step)
  }

  private static func escat(_ level: Rule.Level, _ proximity: Proximity) -> String {
    switch proximity {
    case .same: ["I", "II-A", "II-B", "III-C", "IV"][level.step]
    case .agnostic: ["I-C", "II-A", "II-B", "III-C", "IV"][level.step]
    case .bridge, .lineage, .other, .crossing: ["III-A", "III-A", "III-B", "III-C", "IV"][level.step]
    }
  }
}
