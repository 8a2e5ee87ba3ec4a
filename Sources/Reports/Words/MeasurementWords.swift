// SPDX-License-Identifier: Apache-2.0
internal import Knowledge

extension MeasurementTest {
  /// What is asked of a value, as a physician writes it: `TPS ≥ 50%`, `IHC 3+`, `IHC ≥ 3+ in ≥ 50% of cells`, `≥ 10`.
  var plain: String {
    let scale = scale.isEmpty ? "" : scale + " "
    if !word.isEmpty { return scale + word.withSpaces }
    let value = Self.plain(number) + unit
    let share = leastShare.map { " in \u{2265} \(Self.plain($0))% of cells" } ?? ""
    return scale + sign + value + share
  }

  /// What stands behind the number: grades of a stain have a plus, shares of cells are percentages.
  private var unit: String {
    switch scale {
    case "IHC": number > 0 ? "+" : ""
    case "TPS", "TC", "IC", "TAP": "%"
    default: ""
    }
  }

  private var sign: String {
    switch comparison {
    case .equal: ""
    case .notEqual: "not "
    case .less: "< "
    case .lessOrEqual: "\u{2264} "
    case .greater: "> "
    case .greaterOrEqual: "\u{2265} "
    }
  }

  private static func plain(_ number: Double) -> String {
    Int(exactly: number).map { String($0) } ?? String(number)
  }

  /// The scales of a stain, by what they count.
  static let scaleMeanings: [(word: String, meaning: String)] = [
    ("TPS", "share of tumor cells that are stained"), ("TC", "share of tumor cells that are stained"),
    ("IC", "share of the tumor's area that stained immune cells cover"),
    ("TAP", "share of the tumor's area that stained tumor and immune cells cover"),
    ("CPS", "stained tumor and immune cells for 100 tumor cells"), ("IHC", "grade of a stain, 0 to 3+"),
  ]
}
