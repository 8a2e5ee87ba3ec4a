// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// What a rule asks of a sample beside its own alteration (guide: Matching, Conditions).
extension EvaluationContext {
  func evaluate(_ predicate: Predicate) -> Ternary {
    switch predicate {
    case .and(let parts):
      var missing: [OpenQuestion] = []
      for part in parts {
        switch evaluate(part) {
        case .yes: continue
        case .no(let reason): return .no(reason)
        case .unknown(let tests): missing += tests
        }
      }
      return missing.isEmpty ? .yes : .unknown(missing)
    case .or(let parts):
      var missing: [OpenQuestion] = []
      var reasons: [MissReason] = []
      for part in parts {
        switch evaluate(part) {
        case .yes: return .yes
        case .no(let reason): reasons.append(reason)
        case .unknown(let tests): missing += tests
        }
      }
      return missing.isEmpty ? .no(.all(reasons)) : .unknown(missing)
    case .not(let inner):
      switch evaluate(inner) {
      case .yes: return .no(.isPresent(inner))
      case .no: return .yes
      case .unknown(let tests): return .unknown(tests)
      }
    case .alteration(let gene, let spec):
      for (_, annotated) in alterations(of: gene) where annotated.isReadable {
        if AtomMatching.isSatisfied(spec, about: gene, by: annotated, in: self) { return .yes }
      }
      if case .fusionAtExon(let role, let exon) = spec,
        alterations(of: gene).contains(where: {
          $0.annotated.isReadable && AtomMatching.isFusion(gene, role, atExon: exon, $0.annotated) == nil
        })
      {
        return .unknown([.exonOfFusion(of: gene)])
      }
      if absence(of: spec, gene: gene) != nil { return .no(.notFound(predicate)) }
      if openChange(of: gene, spec) != nil { return .unknown([.change(of: gene, wanted: [spec])]) }
      let isKnown = isAssayed(gene, for: spec) && (isStatedUnchanged(gene) || !isUndetermined(gene, spec.assayKind))
      return isKnown ? .no(.notFound(predicate)) : .unknown([.finding(gene: gene, spec)])
    case .wildType(let gene): return wildType(gene)
    case .measurement(let name, let test): return evaluate(test, name: name)
    case .priorTherapy(let name):
      guard let prior = profile.priorTherapy else { return .unknown([.priorTherapy(name)]) }
      if prior.isEmpty || prior == ["none"] { return .no(.noPriorTherapy(name)) }
      // What a list of treatments leaves out may have been given all the same.
      return prior.contains { therapies.isGiven(name, by: $0) } ? .yes : .unknown([.priorTherapy(name)])
    case .grade(let test):
      guard let grade = profile.grade else { return .unknown([.grade]) }
      return Self.passes(test, Double(grade), .exact) == true ? .yes : .no(.otherGrade(grade, wanted: test))
    case .clinical(let text): return .unknown([.clinical(text)])
    }
  }

  /// The places of the findings that a part of a predicate speaks of, as far as they can be evaluated; none of other parts.
  func findings(meeting part: Predicate) -> [Int] {
    switch part {
    case .alteration(let gene, let spec):
      alterations(of: gene).filter { _, annotated in
        annotated.isReadable && AtomMatching.isSatisfied(spec, about: gene, by: annotated, in: self)
      }.map(\.index)
    case .measurement(let name, _):
      // The status of both receptors is read from either.
      tables.biomarkers.namesOfResults(name).flatMap { byName[$0] ?? [] }
        .filter { alterations[$0].alteration.isMeasurement }
    case .wildType(let gene):
      alterations(of: gene).filter { $0.annotated.alteration.event == .wildType }.map(\.index)
    case .and, .or, .not, .priorTherapy, .grade, .clinical: []
    }
  }

  /// Whether a result says that the gene is of wild type.
  private func isStatedUnchanged(_ gene: String) -> Bool {
    alterations(of: gene).contains { $0.annotated.alteration.event == .wildType }
  }

  /// True only when the gene was tested and nothing oncogenic was found (guide: Matching, Wild type and not assayed).
  ///
  /// What is there and cannot be understood may be oncogenic: then it is not known.
  func wildType(_ gene: String) -> Ternary {
    var isStated = false
    var isOpen = isUndetermined(gene, .mutations)
    for (_, annotated) in alterations(of: gene) {
      if annotated.alteration.event == .wildType {
        isStated = true
      } else if annotated.oncogenicity.isOncogenic || isStatedMutated(annotated) {
        return .no(.found(gene: gene, annotated.description))
      } else if case .sequence(let change) = annotated.alteration.event, annotated.isReadable, change.isUnread {
        isOpen = true
      }
    }
    if isOpen { return .unknown([.mutations(of: gene)]) }
    return isStated || profile.assayed.covers(gene, kind: .mutations) ? .yes : .unknown([.mutations(of: gene)])
  }
}
