// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// What ClinicalTrials.gov structures, in whichever layout: conditions, keywords, age, sex.
struct RegistryConditions {
  var conditions: [String] = []
  var keywords: [String] = []
  var sex = ""
  var minimumAge = ""
  var maximumAge = ""
  /// Groups of age; of use where there are no limits in the layout.
  var ageGroups: [String] = []

  /// The condition of a study as a whole; what cannot be read is noted.
  func condition(_ found: inout FoundTrials) -> TrialCondition? {
    var parts: [TrialCondition] = []
    if let tumor = tumor(&found) { parts.append(tumor) }
    if let minimum = age(minimumAge, "minimumAge", &found) { parts.append(Self.limit(minimum, .greaterOrEqual)) }
    if let maximum = age(maximumAge, "maximumAge", &found) { parts.append(Self.limit(maximum, .lessOrEqual)) }
    if !ageGroups.isEmpty {
      let groups = ageGroups.compactMap { AgeGroup(rawValue: $0.uppercased().replacing(" ", with: "_")) }
      if groups.count < ageGroups.count {
        found.note("Age", ageGroups.joined(separator: ", "), "is no group of age (CHILD, ADULT, OLDER_ADULT)")
        parts.append(.notRead("age: " + ageGroups.joined(separator: ", ")))
      } else if groups.count < AgeGroup.allCases.count {
        parts.append(.ageGroup(groups))
      }
    }
    switch sex.uppercased() {
    case "", "ALL", "BOTH": break
    default:
      if let sex = Sex(written: sex) {
        parts.append(.sex(sex))
      } else {
        found.note("Sex", sex, "is not ALL, FEMALE or MALE; it stays unknown")
        parts.append(.notRead("sex: " + sex))
      }
    }
    // A study whose tumor nothing says is met by nobody.
    if conditions.isEmpty { return .all(of: parts + [.notRead("condition (none is stated)")]) }
    return .all(of: parts)
  }

  private static func limit(_ years: Double, _ comparison: MeasurementTest.Comparison) -> TrialCondition {
    .age(MeasurementTest(comparison, years))
  }

  /// One of the conditions that are tumors.
  ///
  /// A condition that is no known tumor may be one more or a further requirement:
  /// it stays open either way. A keyword that names a tumor makes a study worth a look and no more.
  private func tumor(_ found: inout FoundTrials) -> TrialCondition? {
    var ways: [TrialCondition] = []
    var unknown: [TrialCondition] = []
    for name in conditions {
      let (claim, requires) = found.conditions.tumors.claim(ofCondition: name)
      if claim.precision == .unknown {
        found.noteUnknownTumor(name)
        unknown.append(.tumor(claim))
        continue
      }
      var parts: [TrialCondition] = [.tumor(claim)]
      do {
        if let more = try found.conditions.expression(requires) { parts.append(more) }
      } catch { parts.append(.notRead(requires)) }
      if let way = TrialCondition.all(of: parts), !ways.contains(way) { ways.append(way) }
    }
    for name in keywords {
      let (claim, requires) = found.conditions.tumors.claim(ofCondition: name)
      guard claim.precision != .unknown, requires.isEmpty, !ways.contains(where: { $0.isTumor(claim.scope) }) else {
        continue
      }
      ways.append(.tumor(TumorClaim(claim.words, claim.scope, .keyword)))
    }
    guard !unknown.isEmpty else { return .any(of: ways) }
    guard let known = TrialCondition.any(of: ways) else { return .any(of: unknown) }
    return .any([.all([known] + unknown)] + unknown)
  }

  /// An age in years from `18 Years`, `6 Months`; `nil` for none.
  private func age(_ text: String, _ field: String, _ found: inout FoundTrials) -> Double? {
    let words = text.lowercased().split(separator: " ")
    guard let first = words.first, first != "n/a" else { return nil }
    let units: [(String, Double)] = [
      ("year", 1), ("month", 12), ("week", 52.1775), ("day", 365.2425), ("hour", 8765.82), ("minute", 525949.2),
    ]
    if words.count == 2, let number = Double(first), let unit = units.first(where: { words[1].hasPrefix($0.0) }) {
      return number / unit.1
    }
    found.note(field, text, "is not an age (for example 18 Years); the limit is not used")
    return nil
  }
}

extension TrialCondition {
  /// Whether it asks for a tumor of this scope.
  fileprivate func isTumor(_ scope: TumorScope) -> Bool {
    if case .tumor(let claim) = self { return claim.scope == scope }
    return false
  }
}
