internal import Alterations
internal import Knowledge

/// A three-valued answer; what is unknown says what would have to be tested.
enum Ternary: Equatable, Sendable {
  case yes
  case no(String)
  case unknown([String])
}

/// A sample's alterations arranged for questions.
struct EvaluationContext: Sendable {
  /// What holds for all rules; shared, since facts are copied for every rule that is tried.
  private final class Shared: Sendable {
    let profile: SampleProfile
    let alterations: [AnnotatedAlteration]
    let byName: [String: [Int]]
    let absences: [String: [Int]]
    let therapies: PriorTherapy

    init(
      profile: SampleProfile, alterations: [AnnotatedAlteration], byName: [String: [Int]], absences: [String: [Int]],
      therapies: PriorTherapy
    ) {
      self.profile = profile
      self.alterations = alterations
      self.byName = byName
      self.absences = absences
      self.therapies = therapies
    }
  }

  private let shared: Shared
  /// The gene of the rule being tried, for atoms that speak of a role in a fusion.
  var geneUnderTest = ""

  var profile: SampleProfile { shared.profile }
  var alterations: [AnnotatedAlteration] { shared.alterations }
  var byName: [String: [Int]] { shared.byName }
  /// Findings stated to be absent, by gene.
  var absences: [String: [Int]] { shared.absences }
  private var therapies: PriorTherapy { shared.therapies }

  init(profile: SampleProfile, alterations: [AnnotatedAlteration], agents: AgentTable) {
    var byName: [String: [Int]] = [:]
    var absences: [String: [Int]] = [:]
    for (index, judged) in alterations.enumerated() where judged.notEvaluated.isEmpty {
      let alteration = judged.alteration
      if case .absent(let inner) = alteration.event {
        var names = [alteration.gene]
        if case .fusion(let fusion) = inner { names = [fusion.fivePrimeGene, fusion.threePrimeGene] }
        for name in Set(names) where !name.isEmpty { absences[name, default: []].append(index) }
        continue
      }
      if case .fusion(let fusion) = alteration.event {
        for gene in Set([fusion.fivePrimeGene, fusion.threePrimeGene]) where !gene.isEmpty {
          byName[gene, default: []].append(index)
        }
      } else {
        byName[alteration.gene, default: []].append(index)
      }
    }
    shared = Shared(
      profile: profile, alterations: alterations, byName: byName, absences: absences,
      therapies: PriorTherapy(agents: agents))
  }

  /// The finding that says that what an atom asks for was looked for and is not there.
  func absence(of spec: AlterationSpec, gene: String) -> Int? {
    absences[gene]?.first { index in
      guard case .absent(let inner) = alterations[index].alteration.event else { return false }
      return Self.isCovered(spec, by: inner, gene: gene)
    }
  }

  /// Whether an atom can only be met by what an absent finding excludes.
  private static func isCovered(_ spec: AlterationSpec, by absent: Alteration.Event, gene: String) -> Bool {
    switch (absent, spec) {
    case (.fusion(let fusion), .fusion):
      return fusion.fivePrimeGene.isEmpty || fusion.threePrimeGene.isEmpty
    case (.fusion(let fusion), .exactFusion(let five, let three)):
      return (fusion.fivePrimeGene.isEmpty || fusion.fivePrimeGene == five)
        && (fusion.threePrimeGene.isEmpty || fusion.threePrimeGene == three)
    case (.copyNumber(let call), .copyNumber(let wanted)): return wanted.contains(call)
    case (.copyNumber(.homozygousDeletion), .biallelicLoss): return true
    case (.sequence(let change), .exact(let wanted)):
      if let protein = change.proteinChange { return wanted.isEquivalent(to: protein) }
      return change.region.map { wanted.overlaps($0) && change.effect == .unknown } ?? false
    case (.sequence(let change), .codon(let codon, _)):
      return change.effect == .unknown && change.region?.contains(codon) == true
    case (.sequence(let change), .range(let range, let effect, _)):
      guard let region = change.region, region.lowerBound <= range.lowerBound, region.upperBound >= range.upperBound
      else { return false }
      return change.effect == .unknown || effect?.contains(change.effect) == true
    case (.sequence(let change), .named(let name)): return change.namedClass == name
    default: return false
    }
  }

  /// The alterations of a gene or biomarker.
  func alterations(of name: String) -> [(index: Int, judged: AnnotatedAlteration)] {
    (byName[name] ?? []).map { ($0, alterations[$0]) }
  }

  /// Whether the gene counts as tested for what an atom asks: its assay covers it, or it has a finding.
  func isAssayed(_ gene: String, for spec: AlterationSpec) -> Bool {
    let kind = spec.assayKind
    if profile.assayed.covers(gene, kind: kind) { return true }
    return alterations(of: gene).contains { _, judged in
      switch judged.alteration.event {
      case .fusion: true
      // A change of the sequence says nothing of fusions, copies nothing of the sequence.
      case .sequence, .wildType: kind == .mutations
      case .copyNumber: kind == .copyNumber
      case .measurement, .absent: false
      }
    }
  }

  /// Whether something else in the sample takes the other allele of the alteration's gene away.
  func hasLossOfOtherAllele(of alteration: Alteration) -> Bool {
    alterations(of: alteration.gene).contains { _, other in
      if case .copyNumber(let call) = other.alteration.event {
        return call == .heterozygousLoss || call == .lossOfHeterozygosity || call == .homozygousDeletion
      }
      return false
    }
  }

  // MARK: Predicates

  func evaluate(_ predicate: Predicate) -> Ternary {
    switch predicate {
    case .and(let parts):
      var missing: [String] = []
      for part in parts {
        switch evaluate(part) {
        case .yes: continue
        case .no(let reason): return .no(reason)
        case .unknown(let tests): missing += tests
        }
      }
      return missing.isEmpty ? .yes : .unknown(missing)
    case .or(let parts):
      var missing: [String] = []
      var reasons: [String] = []
      for part in parts {
        switch evaluate(part) {
        case .yes: return .yes
        case .no(let reason): reasons.append(reason)
        case .unknown(let tests): missing += tests
        }
      }
      return missing.isEmpty ? .no(reasons.joined(separator: " and ")) : .unknown(missing)
    case .not(let inner):
      switch evaluate(inner) {
      case .yes: return .no("\(inner.text) is present")
      case .no: return .yes
      case .unknown(let tests): return .unknown(tests)
      }
    case .alteration(let gene, let spec):
      var facts = self
      facts.geneUnderTest = gene
      for (_, judged) in alterations(of: gene) where judged.isReadable {
        if RuleList.isSatisfied(spec, by: judged, in: facts) { return .yes }
      }
      if absence(of: spec, gene: gene) != nil { return .no("no \(predicate.text)") }
      return isAssayed(gene, for: spec) ? .no("no \(predicate.text)") : .unknown([predicate.text])
    case .wildType(let gene): return wildType(gene)
    case .measurement(let name, let test): return evaluate(test, name: name)
    case .priorTherapy(let name):
      guard let prior = profile.priorTherapy else { return .unknown([Predicate.priorTherapyPrefix + name]) }
      if prior.isEmpty || prior == ["none"] { return .no("no prior \(name)") }
      // What a list of treatments leaves out may have been given all the same.
      return prior.contains { therapies.isGiven(name, by: $0) } ? .yes : .unknown([Predicate.priorTherapyPrefix + name])
    case .clinical(let text): return .unknown([text])
    }
  }

  /// True only when the gene was tested and nothing oncogenic was found (guide: Matching, Wild type and not assayed).
  func wildType(_ gene: String) -> Ternary {
    var isStated = false
    for (_, judged) in alterations(of: gene) {
      if judged.alteration.event == .wildType {
        isStated = true
      } else if judged.oncogenicity.isOncogenic {
        return .no("\(gene) \(judged.description) found")
      }
    }
    return isStated || profile.assayed.covers(gene, kind: .mutations) ? .yes : .unknown(["\(gene) mutation testing"])
  }

  /// Compares a measurement; scales never convert, and a name measured on another scale is unknown.
  func evaluate(_ test: MeasurementTest, name: String, preferring given: Measurement? = nil) -> Ternary {
    let asked = name == "HER2" ? "ERBB2" : name == "ER" ? "ESR1" : name == "PR" ? "PGR" : name
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

extension Predicate {
  /// What an unknown prior therapy begins with among the things to be found out.
  static let priorTherapyPrefix = "prior therapy: "

  /// The words of the rule.
  var text: String {
    switch self {
    case .and(let parts): parts.map(\.text).joined(separator: " and ")
    case .or(let parts): parts.map(\.text).joined(separator: " or ")
    case .not(let inner): "no \(inner.text)"
    case .alteration(let gene, let spec): spec.text(gene: gene)
    case .wildType(let gene): "\(gene) wild type"
    case .measurement(let name, let test):
      test.scale.isEmpty ? "\(name) \(test.description)" : "\(name) \(test.description)"
    case .priorTherapy(let name): "prior therapy: \(name)"
    case .clinical(let text): text
    }
  }
}

extension AlterationSpec {
  /// The words of the rule with the gene.
  func text(gene: String) -> String {
    switch self {
    case .exact(let change): "\(gene) \(change.description)"
    case .coding(let change): "\(gene) \(change)"
    case .codon(let codon, let residues): "\(gene) codon \(codon)\(residues.isEmpty ? "" : " [\(residues)]")"
    case .range(_, let effect, let label): "\(gene) \(label.lowercased())\(effect.map { " " + $0.rawValue } ?? "")"
    case .effect(let effect): "\(gene) \(effect.rawValue)"
    case .named(let name): "\(gene) \(name)"
    case .fusion(.any): "\(gene) fusion"
    case .fusion(.fivePrime): "\(gene) fusion as 5-prime partner"
    case .fusion(.threePrime): "\(gene) fusion as 3-prime partner"
    case .exactFusion(let five, let three): "\(five.isEmpty ? "v" : five)::\(three.isEmpty ? "v" : three)"
    case .copyNumber(let call): "\(gene) \(call.rawValue)"
    case .lossOfFunction: "\(gene) loss of function"
    case .biallelicLoss: "\(gene) loss of both alleles"
    case .activating: "\(gene) activating mutation"
    case .activatingHotspot: "\(gene) hotspot mutation"
    case .oncogenic: "\(gene) oncogenic change"
    case .anyChange: "any \(gene) change"
    case .wildType: "\(gene) wild type"
    case .measurement(let tests): "\(gene) " + tests.map(\.description).joined(separator: " and ")
    case .pathwayActivation: "\(gene) activation"
    case .none: gene
    }
  }
}

extension String {
  fileprivate var trimmedEnd: String { hasSuffix(" ") ? String(dropLast()) : self }
}
