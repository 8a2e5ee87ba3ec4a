// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge
internal import Matching

// What studies ask for and what is missing, in words.

extension TrialCondition {
  /// The condition in words.
  var words: String {
    switch self {
    case .all(let parts): parts.map(\.words).joined(separator: " and ")
    case .any(let parts): parts.map(\.words).joined(separator: " or ")
    case .not(let inner): "not " + inner.words
    case .tumor(let claim):
      switch claim.precision {
      case .exact, .usual, .narrower: "tumor type " + claim.words
      case .keyword: "keyword " + claim.words
      case .unknown: "condition " + claim.words
      }
    case .age(let test): "age " + test.description
    case .ageGroup(let groups): "age group " + groups.map(\.words).joined(separator: " or ")
    case .sex(let sex): "sex " + sex.rawValue
    case .mutation(let gene): "any \(gene) mutation"
    case .anyFusion: "any fusion"
    case .rule(let predicate): predicate.text
    case .notRead(let text): text
    }
  }
}

extension AgeGroup {
  var words: String {
    switch self {
    case .child: "child (under 18)"
    case .adult: "adult (18 to 64)"
    case .olderAdult: "older adult (65 or over)"
    }
  }
}

extension TrialFact {
  /// The condition as the study puts it.
  var words: String { isExcluded ? "not " + condition.words : condition.words }
}

extension TrialGap {
  /// The condition and what is missing.
  var words: String {
    switch self {
    case .fact(let fact, let missing): "\(fact.words) (\(missing.words))"
    case .oneOf(let ways):
      "one of: " + ways.map { $0.map(\.words).joined(separator: " and ") }.joined(separator: " or ")
    case .nothingStructured: "no condition that a program reads"
    case .site(let countries): "a site in \(countries.joined(separator: " or ")) (no sites stated)"
    }
  }
}

extension TrialGap.Missing {
  /// What is missing.
  var words: String {
    switch self {
    case .tests(let questions): questions.map(\.missingWords).joined(separator: "; ")
    case .unreadRows(let gene): "rows on \(gene) could not be read"
    case .age: "age not stated"
    case .sex: "sex not stated"
    case .tumor(let doubt): doubt.words
    case .notRead: "not read"
    }
  }
}

extension OpenQuestion {
  /// What of it is missing, behind the condition itself.
  fileprivate var missingWords: String {
    switch self {
    case .finding(let gene, _), .mutations(let gene): "\(gene) not tested"
    case .priorTherapy: "not stated as given"
    case .clinical: "not read"
    case .status, .value, .grade: "not stated"
    default: words
    }
  }
}

extension TumorClaim.Doubt {
  /// Why it is open.
  var words: String {
    switch self {
    case .typeUnknown: "the tumor's type is not known"
    case .lessSpecific: "the sample's type is less specific"
    case .someOfSeveral: "one of the sample's types only"
    case .otherOrgan: "the same histology of another organ"
    case .sameOrgan: "another tumor of this organ; the name may include it"
    case .nameSaysMore: "the name says more than the tumor type"
    case .nameUnknown: "no known tumor name"
    case .keywordOnly: "a keyword of the study, not its condition"
    }
  }
}

extension Trial.Unread {
  /// What was not read.
  var words: String {
    switch self {
    case .criteria: "eligibility criteria in prose"
    case .criteriaNotInFile: "eligibility criteria (not in the file)"
    case .ageLimits: "exact limits of age (not in the file)"
    case .sex: "sex (not in the file)"
    }
  }
}

extension SampleTrials {
  /// What was looked at and what became of it, in a sentence or two.
  var summary: String {
    var parts = ["\(count(.met)) met", "\(count(.unknown)) unknown"]
    parts.append(ReportWords.count(notMetCount, "trial", "trials") + " not met")
    parts.append("\(registry.closedCount) closed and left out")
    if !registry.countries.isEmpty {
      parts.append(
        "\(registry.elsewhereCount) without a site in \(registry.countries.joined(separator: " or ")) left out")
    }
    return parts.joined(separator: ", ") + "."
  }

  /// The registry files with their dates.
  var sources: String {
    registry.files.map { file in
      let lost = file.lost > 0 ? ", \(file.lost) more could not be read" : ""
      return "\(file.name) of \(file.date) (\(ReportWords.count(file.trials.count, "trial", "trials"))\(lost))"
    }.joined(separator: ", ")
  }

  /// What every list of studies says.
  static let limits =
    "Only structured conditions were read; eligibility in prose was not. The registry and the study team decide who may enter."

  /// The words for the status of a study.
  func status(_ match: TrialMatch) -> String {
    let status = trial(match).status
    return status.words.isEmpty ? "status not stated" : status.words
  }

  /// What meets a condition: `KIT p.V559D`.
  func alterationWords(_ match: TrialMatch, _ matches: SampleMatches) -> [String] {
    match.alterations.map { matches.alterations[$0].gene + " " + matches.alterations[$0].description }
  }

  /// Identifier and arm.
  func name(_ match: TrialMatch) -> String {
    let arm = arm(match).name
    return arm.isEmpty ? trial(match).id : "\(trial(match).id), \(arm)"
  }
}
