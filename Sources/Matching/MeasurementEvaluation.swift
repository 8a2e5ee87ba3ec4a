internal import Alterations
internal import Knowledge

extension EvaluationContext {
  /// The name under which results of a stain stand: its gene's.
  static func nameOfResults(_ stain: String) -> String {
    switch stain {
    case "HER2": "ERBB2"
    case "ER": "ESR1"
    case "PR": "PGR"
    default: stain
    }
  }

  /// Compares a measurement; scales never convert, and a name measured on another scale is unknown.
  func evaluate(_ test: MeasurementTest, name: String, preferring given: Measurement? = nil) -> Ternary {
    let asked = Self.nameOfResults(name)
    if asked == "HR" { return hormoneReceptors(test) }
    var answer: Ternary?
    let found = given.map { [$0] } ?? []
    for measurement in found + measurements(of: asked) {
      guard let passes = Self.passes(test, measurement, name: asked) else { continue }
      if passes { return .yes }
      answer = .no("\(name) is \(measurement.description)")
    }
    if asked == "ERBB2", answer == nil, test.word == "negative" || test.word == "positive",
      alterations(of: "ERBB2").contains(where: { $0.judged.alteration.event == .copyNumber(.amplification) })
    {
      return test.word == "negative" ? .no("ERBB2 is amplified") : .unknown(["HER2 IHC or ISH"])
    }
    return answer
      ?? .unknown([
        test.scale.isEmpty ? "\(name) \(test.word.isEmpty ? "" : "status")".trimmedEnd : "\(name) \(test.scale)"
      ])
  }

  /// The scores and stains of a name.
  func measurements(of name: String) -> [Measurement] {
    (byName[name] ?? []).compactMap { index in
      if case .measurement(let measurement) = alterations[index].alteration.event { return measurement }
      return nil
    }
  }

  private func hormoneReceptors(_ test: MeasurementTest) -> Ternary {
    let stated = measurements(of: "HR").compactMap { Self.passes(test, $0, name: "HR") }
    if let first = stated.first { return first ? .yes : .no("HR status differs") }
    let receptors = ["ESR1", "PGR"].flatMap { measurements(of: $0) }
    guard !receptors.isEmpty else { return .unknown(["HR status"]) }
    let isPositive = receptors.contains { $0.word == "positive" || $0.word == "high" }
    let isNegative = !isPositive && Set(receptors.map(\.name)).count == 2
    switch test.word {
    case "positive":
      return isPositive ? .yes : isNegative ? .no("ER and PR are negative") : .unknown(["ER and PR status"])
    case "negative":
      return isPositive ? .no("a hormone receptor is positive") : isNegative ? .yes : .unknown(["ER and PR status"])
    default: return .unknown(["HR status"])
    }
  }

  /// Whether a number passes; `nil` when it is a bound that leaves the answer open.
  private static func passes(_ test: MeasurementTest, _ number: Double, _ bound: Measurement.Bound) -> Bool? {
    let limit = test.number
    switch (bound, test.comparison) {
    case (.exact, .equal): return number == limit
    case (.exact, .notEqual): return number != limit
    case (.exact, .less): return number < limit
    case (.exact, .lessOrEqual): return number <= limit
    case (.exact, .greater): return number > limit
    case (.exact, .greaterOrEqual): return number >= limit
    case (.below, .greaterOrEqual), (.below, .greater): return number <= limit ? false : nil
    case (.atMost, .greater): return number <= limit ? false : nil
    case (.atMost, .greaterOrEqual): return number < limit ? false : nil
    case (.below, .less), (.below, .lessOrEqual): return number <= limit ? true : nil
    case (.atMost, .lessOrEqual): return number <= limit ? true : nil
    case (.atMost, .less): return number < limit ? true : nil
    case (.above, .greaterOrEqual), (.above, .greater), (.atLeast, .greaterOrEqual): return number >= limit ? true : nil
    case (.atLeast, .greater): return number > limit ? true : nil
    case (.above, .less), (.above, .lessOrEqual), (.atLeast, .less): return number >= limit ? false : nil
    case (.atLeast, .lessOrEqual): return number > limit ? false : nil
    case (_, .equal), (_, .notEqual): return nil
    }
  }

  /// `nil` when the measurement says nothing about the test.
  private static func passes(_ test: MeasurementTest, _ measurement: Measurement, name: String) -> Bool? {
    if test.word.isEmpty {
      guard let number = measurement.number else { return nil }
      guard
        test.scale == measurement.scale
          || (test.scale.isEmpty && ["", "percent", "mut/Mb"].contains(measurement.scale))
      else {
        return nil
      }
      return passes(test, number, measurement.bound)
    }
    if !test.scale.isEmpty, test.scale != measurement.scale { return nil }
    if measurement.word == test.word { return true }
    // A HER2 stain reads as a status: 3+ positive, 0 and 1+ negative; 2+ needs in situ hybridization.
    if name == "ERBB2", test.scale.isEmpty, measurement.scale == "IHC", let grade = measurement.number {
      switch test.word {
      case "positive": return grade >= 3 ? true : grade < 2 ? false : nil
      case "negative": return grade >= 3 ? false : grade < 2 ? true : nil
      case "low": return grade == 1 ? true : grade == 2 ? nil : false
      default: return nil
      }
    }
    return measurement.word.isEmpty ? nil : false
  }
}

extension String {
  fileprivate var trimmedEnd: String { hasSuffix(" ") ? String(dropLast()) : self }
}
