// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

extension EvaluationContext {
  /// Compares a measurement; scales never convert, and a name measured on another scale is unknown.
  func evaluate(_ test: MeasurementTest, name: String, preferring given: Measurement? = nil) -> Ternary {
    let biomarker = tables.biomarkers.named(name)
    if let biomarker, biomarker.reading == .receptors { return receptors(test, biomarker) }
    let asked = biomarker?.nameOfResults ?? name
    // What fails by itself is no result that the rule rests on, whatever another one says.
    if let given, passes(test, given, name: asked) == false { return .no(.measured(name, given)) }
    var answer: Ternary?
    let found = given.map { [$0] } ?? []
    for measurement in found + measurements(of: asked) {
      guard let passes = passes(test, measurement, name: asked) else { continue }
      if passes { return .yes }
      answer = .no(.measured(name, measurement))
    }
    if answer == nil, biomarker?.reading == .type, let other = otherType(than: asked) {
      return test.word == "negative" ? .yes : .no(.measured(other.name, other))
    }
    // An equivocal stain is not what meets a rule: the amplification is.
    if answer == nil, given == nil, isMetByAmplification(test, name) { return .yes }
    if answer == nil, test.word == "negative" || test.word == "positive", let found = amplification(for: asked) {
      return test.word == "negative"
        ? .no(.amplified(gene: found.findingOf)) : .unknown([.test(found.testOfCondition)])
    }
    if let answer { return answer }
    let asksStatus = test.scale.isEmpty && !test.word.isEmpty
    return .unknown([asksStatus ? .status(of: [name]) : .value(of: name, scale: test.scale)])
  }

  /// Another allele of the same locus that the patient was found to carry: who was typed was typed for all.
  private func otherType(than asked: String) -> Measurement? {
    let locus = asked.prefix { $0 != "*" }
    return tables.biomarkers.all(.type).lazy.filter { $0.name != asked && $0.name.prefix { $0 != "*" } == locus }
      .flatMap { self.measurements(of: $0.name) }.first { $0.word == "positive" }
  }

  /// Whether labels of this tumor accept an amplification as the positive result that a condition asks for.
  func isMetByAmplification(_ test: MeasurementTest, _ name: String) -> Bool {
    let asked = tables.biomarkers.nameOfResults(name)
    // An equivocal stain leaves the status to the next test.
    guard test.word == "positive", test.scale.isEmpty,
      measurements(of: asked).allSatisfy({ $0.scale == "copies" || tables.stainGrades.openGrade($0) != nil }),
      let found = amplification(for: asked)
    else { return false }
    return accepted.contains(found)
  }

  /// The amplification that stands in for a stain.
  private func amplification(for asked: String) -> Surrogate? {
    tables.surrogates.first { surrogate in
      surrogate.asked == asked && surrogate.finding == .copyNumber(.amplification) && !surrogate.testOfCondition.isEmpty
        && alterations(of: surrogate.findingOf).contains {
          $0.annotated.alteration.event == .copyNumber(.amplification)
        }
    }
  }

  /// Whether a result of a receptor stands behind a status that is made of several.
  func hasReceptor(ofStatus name: String) -> Bool {
    tables.biomarkers.made.first { $0.name == name }?.genes.contains { !measurements(of: $0).isEmpty } ?? false
  }

  /// A status made of receptors: positive where one is, negative where all are known and none is.
  private func receptors(_ test: MeasurementTest, _ status: Biomarker) -> Ternary {
    let name = status.name
    let stated = measurements(of: name).compactMap { passes(test, $0, name: name) }
    if let first = stated.first { return first ? .yes : .no(.otherStatus(of: name)) }
    let receptors = status.genes.flatMap { measurements(of: $0) }
    guard !receptors.isEmpty else { return .unknown([.status(of: [name])]) }
    let isPositive = receptors.contains { $0.word == "positive" || $0.word == "high" }
    let isNegative = !isPositive && Set(receptors.map(\.name)).count == status.genes.count
    let all = status.genes.map { tables.biomarkers.ofGene($0)?.name ?? $0 }
    switch test.word {
    case "positive":
      return isPositive ? .yes : isNegative ? .no(.receptorsNegative(all)) : .unknown([.status(of: all)])
    case "negative":
      return isPositive ? .no(.receptorPositive) : isNegative ? .yes : .unknown([.status(of: all)])
    default: return .unknown([.status(of: [name])])
    }
  }

  /// Whether a number passes; `nil` when it is a bound that leaves the answer open.
  static func passes(_ test: MeasurementTest, _ number: Double, _ bound: Measurement.Bound) -> Bool? {
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

  /// Whether a stain is strong enough in enough cells; `nil` where grade and share leave it open.
  private static func isStained(_ measurement: Measurement, _ grade: Double, inAtLeast least: Double) -> Bool? {
    guard measurement.scale == "IHC", let own = measurement.number else { return nil }
    guard let share = measurement.share else { return own < grade ? false : nil }
    if own >= grade {
      if share >= least { return true }
      // Weaker cells that count too are not told.
      return own == grade ? false : nil
    }
    return share > 100 - least ? false : nil
  }

  /// `nil` when the measurement says nothing about the test.
  private func passes(_ test: MeasurementTest, _ measurement: Measurement, name: String) -> Bool? {
    if let least = test.leastShare { return Self.isStained(measurement, test.number, inAtLeast: least) }
    if test.word.isEmpty {
      guard let number = measurement.number else { return nil }
      guard test.isOn(measurement.scale) else { return nil }
      return Self.passes(test, number, measurement.bound)
    }
    if !test.scale.isEmpty, test.scale != measurement.scale { return nil }
    if measurement.word == test.word { return true }
    // A protein that is not stained is lost.
    if test.word == "loss", measurement.word == "negative" || measurement.word.isEmpty && measurement.number == 0 {
      return true
    }
    // What is low is below positive.
    if test.word == "negative", measurement.word == "low" || measurement.word == "ultralow",
      tables.stainGrades.namesLow(name)
    {
      return true
    }
    // The grade of a stain reads as a status.
    if test.scale.isEmpty, let number = measurement.number,
      let answer = tables.stainGrades.answer(test.word, gene: name, scale: measurement.scale, number)
    {
      return answer == .open ? nil : answer == .yes
    }
    return measurement.word.isEmpty ? nil : false
  }
}

extension MeasurementTest {
  /// Whether it compares numbers on a scale; one that names none those of the only scale.
  func isOn(_ scale: String) -> Bool {
    self.scale == scale || self.scale.isEmpty && ["", "percent", "mut/Mb"].contains(scale)
  }
}
