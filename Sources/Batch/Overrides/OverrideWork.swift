// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Matching
internal import Reports

/// Puts what a lab states of a sample in the place of what its files say, and names what does not fit.
struct OverrideWork {
  let overrides: [LabOverride]
  private(set) var remarks: [String] = []

  init(_ overrides: [LabOverride]) { self.overrides = overrides }

  /// Applies all of them, in the order of the file.
  ///
  /// - Parameter notEvaluated: Alterations that are not looked at, each with the reason; an artifact is one.
  mutating func apply(to alterations: inout [Alteration], _ notEvaluated: inout Matcher.NotEvaluated) {
    for override in overrides {
      let places = alterations.indices.filter { override.names(alterations[$0]) }
      if places.isEmpty, !override.isForAll {
        remarks.append(
          "line \(override.line) of the overrides names \(override.words), which the sample does not have: not applied")
      }
      if override.isAhead, !places.isEmpty {
        remarks.append(
          "line \(override.line) of the overrides is signed on \(override.statement.when), \(CourseDay.farAhead)")
      }
      for place in places {
        if let own = exception(to: override, alterations[place]) {
          remarks.append(
            "line \(override.line) of the overrides, for all samples, is not applied to \(override.words): line"
              + " \(own.line) states something else of it in this sample")
        } else {
          apply(override.statement, to: &alterations[place], at: place, &notEvaluated)
        }
      }
    }
  }

  /// What is stated of this sample in the place of what is stated of all of them.
  private func exception(to override: LabOverride, _ alteration: Alteration) -> LabOverride? {
    guard override.isForAll else { return nil }
    let general = override.statement
    return overrides.first { own in
      guard !own.isForAll, own.names(alteration) else { return false }
      let differs =
        own.statement.classification != nil && general.classification != nil
        && own.statement.classification != general.classification
      return differs || own.statement.call != nil && general.call != nil && own.statement.call != general.call
        || general.call == .artifact || own.statement.call == .artifact
    }
  }

  private mutating func apply(
    _ statement: LabStatement, to alteration: inout Alteration, at place: Int,
    _ notEvaluated: inout Matcher.NotEvaluated
  ) {
    let name = "\(alteration.gene) \(alteration.description)"
    if statement.classification != nil { alteration.cautions.append(.labClassification(statement)) }
    remarks.append("\(name) \(statement.words)")
    guard let call = statement.call else { return }
    alteration.cautions.append(.labCall(statement))
    switch call {
    case .artifact: notEvaluated[place] = statement.words
    case .germline, .somatic:
      let stated: AlterationOrigin = call == .germline ? .germline : .somatic
      if alteration.origin != .unknown, alteration.origin != stated {
        remarks.append("this contradicts the input, which has \(name) as \(alteration.origin.rawValue)")
      }
      alteration.origin = stated
    case .confirmed:
      if let reason = notEvaluated[place] {
        remarks.append("this contradicts the input, of which \(name) is not evaluated: \(reason)")
      }
    }
  }

  /// What classifications contradict, once the tables were asked.
  static func contradictions(_ alterations: [AnnotatedAlteration]) -> [String] {
    alterations.compactMap { annotated in
      guard case .lab(_, let besides) = annotated.oncogenicity.basis, annotated.oncogenicity.contradicts(besides) else {
        return nil
      }
      return
        "the lab's classification of \(annotated.gene) \(annotated.description) contradicts what the tables and the"
        + " input say: \(besides.inWords)"
    }
  }
}
