// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Findings of one sample that say the opposite of each other: `MSI stable` beside `MSI high`, `KIT wild type` beside a
/// mutation of KIT, `ALK negative` beside a fusion of ALK, two scores of which one alone meets a rule.
///
/// Which of them holds is not decided: a rule that one of them meets stays met, and both carry the other's words.
struct Contradictions {
  let facts: Facts
  /// The numbers that rules on a biomarker compare a result with.
  let limits: (_ gene: String) -> [MeasurementTest]

  /// Notes on each of two contrary findings what the other says.
  func flag(_ alterations: inout [AnnotatedAlteration]) {
    let statements = alterations.indices.filter { place in
      guard alterations[place].isReadable else { return false }
      switch alterations[place].alteration.event {
      case .wildType, .absent, .measurement: return true
      case .sequence, .copyNumber, .fusion: return false
      }
    }
    for place in statements {
      for other in alterations.indices where other != place && alterations[other].isReadable {
        guard contradicts(alterations[place], alterations[other]) else { continue }
        note(alterations[other], on: &alterations[place])
        note(alterations[place], on: &alterations[other])
      }
    }
  }

  private func note(_ other: AnnotatedAlteration, on annotated: inout AnnotatedAlteration) {
    let caution = Caution.contradicted(by: "\(other.gene) \(other.description)")
    guard !annotated.alteration.cautions.contains(caution) else { return }
    var alteration = annotated.alteration
    alteration.cautions.append(caution)
    annotated = AnnotatedAlteration(alteration, annotated.oncogenicity, notEvaluated: annotated.notEvaluated)
  }

  /// Whether a statement about a gene or biomarker leaves no room for a finding.
  private func contradicts(_ statement: AnnotatedAlteration, _ finding: AnnotatedAlteration) -> Bool {
    let gene = statement.gene
    if case .measurement(let stated) = statement.alteration.event, isOfSurrogate(stated, finding) { return true }
    if finding.gene != gene {
      // A fusion is a finding of both its genes.
      guard case .fusion = finding.alteration.event else { return false }
    }
    switch (statement.alteration.event, finding.alteration.event) {
    case (.wildType, .sequence(let found)):
      let isUnnamed = found.region != nil || finding.alteration.cautions.contains(.changeNotStated)
      return finding.gene == gene && (finding.oncogenicity.isOncogenic || isUnnamed)
    case (.absent(.fusion(let looked)), .fusion(let found)):
      return found.involves(gene) && !finding.alteration.cautions.contains(.possibleFusion)
        && !hasOtherPartner(looked, found)
    case (.measurement(let stated), .fusion(let found)):
      return found.involves(gene) && !finding.alteration.cautions.contains(.possibleFusion)
        && status(stated) == "negative" && facts.surrogates.contains { $0.asksForFusion(of: gene, by: stated.name) }
    case (.absent(.copyNumber(let looked)), .copyNumber(let found)): return finding.gene == gene && looked == found
    case (.absent(.sequence(let looked)), .sequence(let found)):
      guard finding.gene == gene else { return false }
      if let change = looked.proteinChange { return found.proteinChange?.isEquivalent(to: change) ?? false }
      return !looked.namedClass.isEmpty && looked.namedClass == found.namedClass
    case (.measurement(let stated), .measurement(let found)):
      return finding.gene == gene && stated.name == found.name && isOneTest(stated, found)
        && isContrary(stated, found, of: gene)
    default: return false
    }
  }

  /// Whether a test looked for one partner of a gene and another one was found: `KIF5B-RET negative, CCDC6-RET positive`.
  private func hasOtherPartner(_ looked: Fusion, _ found: Fusion) -> Bool {
    let (wanted, seen) = (
      Set([looked.fivePrimeGene, looked.threePrimeGene]), Set([found.fivePrimeGene, found.threePrimeGene])
    )
    return !wanted.union(seen).contains("") && wanted != seen
  }

  /// Whether a result is the opposite of what a finding stands for where the test is not made: a stain that is negative
  /// beside an amplification, stable microsatellites beside a lost repair.
  private func isOfSurrogate(_ result: Measurement, _ finding: AnnotatedAlteration) -> Bool {
    guard let status = status(result) else { return false }
    return facts.surrogates.contains { surrogate in
      guard surrogate.asked == result.name, surrogate.findingOf == finding.gene,
        Self.opposites.contains([surrogate.wanted, status])
      else { return false }
      switch (surrogate.finding, finding.alteration.event) {
      case (.copyNumber(let call), .copyNumber(let found)): return call == found
      case (.word(let word), .measurement(let found)): return surrogate.asked != found.name && found.word == word
      default: return false
      }
    }
  }

  private func isOneTest(_ left: Measurement, _ right: Measurement) -> Bool {
    left.scale == right.scale || left.scale.isEmpty || right.scale.isEmpty
  }

  private static let opposites: [Set<String>] = [
    ["positive", "negative"], ["high", "stable"], ["high", "low"], ["deficient", "proficient"], ["present", "absent"],
    ["high", "not high"],
  ]

  private func isContrary(_ left: Measurement, _ right: Measurement, of gene: String) -> Bool {
    if let own = status(left), let other = status(right) { return Self.opposites.contains([own, other]) }
    return areOnTwoSides(left, right, of: gene)
  }

  /// Whether a rule is met by one of two numbers on one scale and not by the other: `TMB 14` beside `TMB 3`.
  private func areOnTwoSides(_ left: Measurement, _ right: Measurement, of gene: String) -> Bool {
    guard left.scale == right.scale, let own = left.number, let other = right.number, own != other else { return false }
    return limits(gene).contains { test in
      guard test.isOn(left.scale), let isMet = EvaluationContext.passes(test, own, left.bound),
        let isOtherMet = EvaluationContext.passes(test, other, right.bound)
      else { return false }
      return isMet != isOtherMet
    }
  }

  /// The word of a result, or of the grade of a stain where the grade tells it.
  private func status(_ measurement: Measurement) -> String? {
    if !measurement.word.isEmpty { return measurement.word }
    guard let number = measurement.number, facts.stainGrades.contains(measurement.name) else { return nil }
    switch facts.stainGrades.answer("positive", gene: measurement.name, scale: measurement.scale, number) {
    case .yes: return "positive"
    case .no: return "negative"
    case .open, nil: return nil
    }
  }
}
