// SPDX-License-Identifier: Apache-2.0
public import Alterations
public import Knowledge

/// Matches samples against a target-to-agent table.
///
/// Takes values and returns values; immutable, so one serves all threads.
public struct Matcher: Sendable {
  private let table: KnowledgeBase
  private let scorer: OncogenicityScorer
  private let tumors: TumorTablesCache
  private let index: RuleIndex
  private let openedAgents: OpenedAgents
  /// Rules that every sample may open, whatever was found in it.
  private let openRules: NumberSet
  /// Rules that a result of a biomarker would open.
  private let biomarkerRules: [Int]
  private let labelRules: LabelRules
  /// The rows that speak of no therapy; `nil` where there are none.
  private let statements: StatementMatcher?
  /// Genes with alleles by which drugs are borne.
  private let doseGenes: [String]
  private let subclonalFraction: Double
  private let regulator: RegulatorChoice
  /// Answers name no rows below it.
  private let lowestLevel: Rule.Level
  /// Studies of a lab's registry; `nil` where none was given.
  private let trials: TrialMatcher?

  /// A matcher over a table.
  ///
  /// - Parameter subclonalFraction: Cancer cell fraction below which a change is subclonal.
  public init(table: KnowledgeBase, subclonalFraction: Double = 0.5) {
    self.init(table: table, subclonalFraction: subclonalFraction, regulator: .any)
  }

  /// A matcher over a table.
  ///
  /// - Parameters:
  ///   - subclonalFraction: Cancer cell fraction below which a change is subclonal.
  ///   - regulator: Whose labels count as approved here.
  ///   - trials: Studies of a lab's registry.
  ///   - keepsTrialsNotMet: Whether studies that are not met are told, too.
  ///   - lowestLevel: Answers name no rows below it; ``SampleMatches/shown(downTo:)`` leaves them out of the rest.
  package init(
    table: KnowledgeBase, subclonalFraction: Double = 0.5, regulator: RegulatorChoice, trials: TrialRegistry? = nil,
    keepsTrialsNotMet: Bool = false, lowestLevel: Rule.Level = .e
  ) {
    self.table = table
    self.lowestLevel = lowestLevel
    self.regulator = regulator
    self.trials = trials.map { TrialMatcher($0, table: table, keepsNotMet: keepsTrialsNotMet) }
    self.subclonalFraction = subclonalFraction
    scorer = OncogenicityScorer(table: table)
    let index = RuleIndex(table: table, others: table.statements?.table.columns.geneNames ?? [])
    self.index = index
    doseGenes = table.reference.facts.doseAlleles.geneList
    let proximities = ProximityCache(table: table, index: index)
    openedAgents = OpenedAgents(table: table, index: index, proximities: proximities)
    openRules = NumberSet(below: table.rules.count, table.standingRules + table.absenceRules)
    labelRules = LabelRules(table: table, index: index)
    tumors = TumorTablesCache(table, proximities, labelRules)
    statements = StatementMatcher(table.statements, beside: index)
    biomarkerRules = index.outlines.biomarkerRules.map { Int($0) }
  }

  /// What a reader or normalizer found wrong with an alteration, by its place in the sample's list.
  public typealias NotEvaluated = [Int: String]

  /// Matches one sample.
  ///
  /// - Parameters:
  ///   - sample: The sample with canonical alterations.
  ///   - notEvaluated: Alterations that cannot be evaluated, and why.
  ///   - collectsNearMisses: Whether rules that failed are wanted; costs time.
  public func match(_ sample: SampleProfile, notEvaluated: NotEvaluated = [:], collectsNearMisses: Bool = false)
    -> SampleMatches
  {
    match(
      sample, notEvaluated: notEvaluated, details: collectsNearMisses ? [.nearMisses, .labelOpenings] : .labelOpenings)
  }

  /// Matches one sample.
  ///
  /// - Parameter details: What is wanted beside the rows.
  package func match(_ sample: SampleProfile, notEvaluated: NotEvaluated, details: MatchDetails) -> SampleMatches {
    let collectsNearMisses = details.contains(.nearMisses)
    let tumor = tumors.tables(of: sample.tumorTypes)
    let annotated = self.annotated(sample, notEvaluated)
    let facts = EvaluationContext(
      profile: sample, alterations: annotated, agents: table.reference.agents, tables: table.reference.facts,
      accepted: tumor.surrogates)
    let subject = RuleSubject(facts, index)
    var tried = self.tried(subject, tumor, collectsNearMisses: collectsNearMisses)
    dropIdleBypasses(&tried.found)
    FamilyStatements(index: index, alterations: annotated).settle(&tried.found)
    if collectsNearMisses { addOpenTests(subject, tumor, &tried.tests) }
    var therapies = Consolidation.fold(tried.found, index: index)
    // So that the rows are in one list alone, which is changed from here on.
    tried.found = []
    let groups = Weighing(table: table, index: index, context: facts).resolve(&therapies)
    openedAgents.setApart(&therapies)
    if table.sources.count > 1 { TableDisagreement(index: index).flag(&therapies) }
    Bypass(table: table, index: index).flag(&therapies, alterations: annotated)
    Microenvironment.flag(&therapies, facts: facts, index: index)
    let answers = Options(index: index, regulator: regulator, age: sample.age, lowestLevel: lowestLevel)
    let options = answers.derive(groups, therapies)
    let closings = answers.closedByClass(therapies, options, opened: openedAgents)
    therapies = Consolidation.sorted(therapies, index: index)
    let said = statements?.read(subject)
    var result = SampleMatches(
      alterations: annotated, therapies: therapies, options: options, classClosings: closings,
      combinations: Combinations(table: table, rules: index).derive(therapies),
      nearMisses: tried.misses, openTests: tried.tests,
      labelOpenings: details.contains(.labelOpenings)
        ? Self.stillOpen(
          labelRules.openings(
            subject, tumor, questions: stillOpen(withLabelsBehind(options, therapies, tried.questionRules), options)),
          options)
        : [],
      diagnosisReviews: DiagnosisReview.reviews(facts, tumor.reviews, said?.doubts ?? []),
      statements: said?.rows ?? [], constitutional: constitutional(annotated), trials: trials?.answers(facts))
    var reversions: [Int] = []
    for group in groups where !group.reversions.isEmpty { reversions += group.reversions.values }
    settleOutcomes(&result, reversions: reversions)
    return result
  }

  /// The same with the labels of a tumor that wait for a test where the therapy is open by a weaker row already.
  private func withLabelsBehind(
    _ options: [TherapyOption], _ therapies: [TherapyMatch], _ asked: [OpenQuestion: AskedBy]
  ) -> [OpenQuestion: AskedBy] {
    var asked = asked
    for option in options
    where option.group == .opened && option.standing != .approvedHere && !option.best.isConditional {
      for row in therapies
      where row.isConditional && row.rule.level <= .a2 && row.rule.direction == .sensitivity
        && row.rule.therapy == option.therapy && row.tumorType == option.tumorType
      {
        for question in row.openQuestions {
          let order = asked.count
          asked[question, default: AskedBy(order: order)].rules.append(row.ruleIndex)
        }
      }
    }
    return asked
  }

  /// The rules behind each test without those for what a label or guideline closes in this tumor whatever the test says.
  private func stillOpen(_ asked: [OpenQuestion: AskedBy], _ options: [TherapyOption]) -> [OpenQuestion: AskedBy] {
    let closing = options.filter { $0.group == .closed && $0.best.rule.level <= .a2 }.map(\.best.ruleIndex)
    if closing.isEmpty { return asked }
    return asked.compactMapValues { asked in
      let open = asked.rules.filter { place in !closing.contains { index.reaches($0, place) } }
      return open.isEmpty ? nil : AskedBy(order: asked.order, rules: open)
    }
  }

  /// What tests would open, without therapies that are closed whatever a stain, a score or a wild type says.
  private static func stillOpen(_ openings: [LabelOpening], _ options: [TherapyOption]) -> [LabelOpening] {
    let closed = Set(options.filter { $0.group == .closed }.map(\.therapy))
    if closed.isEmpty { return openings }
    return openings.compactMap { opening in
      let rules = opening.rules.filter { !(closed.contains($0.therapy) && $0.restsOnNoAlteration) }
      return rules.isEmpty ? nil : LabelOpening(need: opening.need, rules: rules)
    }
  }

  /// What came of all rules that a sample may meet.
  private struct Tried {
    var found: [TherapyMatch] = []
    var misses: [NearMiss] = []
    /// Tests that would open a rule, with its therapies; and the rules that are labels or guidelines.
    var tests: [OpenQuestion: Set<String>] = [:]
    var questionRules: [OpenQuestion: AskedBy] = [:]
  }

  private func tried(_ subject: RuleSubject, _ tables: TumorTables, collectsNearMisses: Bool) -> Tried {
    var tried = Tried()
    let candidates = candidateRules(subject)
    for (code, tumor) in zip(tables.codes, tables.rules) {
      let trial = RuleEvaluation(
        table: table, subject: subject, tumorType: code, rules: tumor, wantsReasons: collectsNearMisses)
      for index in collectsNearMisses ? candidates : candidates.intersection(tumor.inReach) {
        switch trial.evaluate(index) {
        case .match(let match): tried.found.append(match)
        case .miss(let alteration?, let reason) where collectsNearMisses:
          tried.misses.append(
            NearMiss(rule: table.rules[index], ruleIndex: index, alteration: alteration, reason: reason))
        case .miss: break
        case .untested(let questions):
          if questions.isEmpty { break }
          let rule = table.rules[index]
          guard rule.direction == .sensitivity, rule.regulatoryStatus != .withdrawn else { break }
          for question in questions {
            tried.tests[question, default: []].insert(rule.therapy)
            if rule.level <= .a2 {
              let order = tried.questionRules.count
              tried.questionRules[question, default: AskedBy(order: order)].rules.append(index)
            }
          }
        }
      }
    }
    return tried
  }

  /// Adds what a sample's purity and assay say of alterations of genes that nothing in the tables speaks of.
  package func flag(unlisted: inout [Alteration], of sample: SampleProfile) {
    Clonality(reference: table.reference, subclonalFraction: subclonalFraction).flag(unlisted: &unlisted, in: sample)
  }

  /// The sample's alterations with their cautions and how likely each drives the tumor.
  private func annotated(_ sample: SampleProfile, _ notEvaluated: NotEvaluated) -> [AnnotatedAlteration] {
    let clonality = Clonality(reference: table.reference, subclonalFraction: subclonalFraction)
    var annotated = sample.alterations.indices.map { index in
      var alteration = sample.alterations[index]
      clonality.flag(&alteration, in: sample)
      if let reason = notEvaluated[index] {
        return AnnotatedAlteration(alteration, Oncogenicity(.notApplicable), notEvaluated: reason)
      }
      let score = isKnown(alteration) ? scorer.score(alteration) : unknownGene(alteration)
      let oncogenicity = scorer.judged(alteration, score)
      return AnnotatedAlteration(alteration, oncogenicity)
    }
    Contradictions(facts: table.reference.facts, limits: index.limits(of:)).flag(&annotated)
    return annotated
  }

  /// Those of some changes that are known to drive tumors.
  package func drivers(of alterations: [Alteration]) -> [Alteration] {
    alterations.filter { isKnown($0) && scorer.judged($0, scorer.score($0)).isOncogenic }
  }

  /// A bypass inferred from pathways is a remark on an agent that is matched; alone it says nothing.
  private func dropIdleBypasses(_ found: inout [TherapyMatch]) {
    let isBypass = { (match: TherapyMatch) in
      match.rule.eventClass == .pathway && match.rule.direction == .resistance
    }
    guard found.contains(where: isBypass) else { return }
    let agents = index.agentsOpened(by: found)
    found.removeAll { isBypass($0) && !index.reachesAny($0.ruleIndex, of: agents) }
  }

  /// Rules about a biomarker without any result: the test that would open them, with their therapies.
  private func addOpenTests(
    _ subject: RuleSubject, _ tumor: TumorTables, _ tests: inout [OpenQuestion: Set<String>]
  ) {
    for place in biomarkerRules
    where tumor.rules.isInScope(place) && subject.lacksFindings(place) && !subject.isRuledOut(place) {
      let rule = table.rules[place]
      for spec in rule.alternatives {
        tests[.finding(gene: rule.gene, spec), default: []].insert(rule.therapy)
      }
    }
  }

  /// Whether anything in the tables speaks of the alteration's gene.
  private func isKnown(_ alteration: Alteration) -> Bool {
    if case .fusion = alteration.event { return true }
    let gene = alteration.gene
    return table.hasRules(about: gene) || table.hasStatements(about: gene) || table.reference.roles[gene] != nil
      || table.reference.hotspots.contains(gene)
  }

  private func unknownGene(_ alteration: Alteration) -> Oncogenicity {
    switch alteration.event {
    case .sequence(let change) where change.effect == .synonymous:
      .silent
    case .measurement, .wildType, .absent: Oncogenicity(.notApplicable)
    default: .unknown
    }
  }

  /// The places of alterations that may be of the patient and not of the tumor alone, and of those of genes that say how
  /// drugs are borne.
  private func constitutional(_ annotated: [AnnotatedAlteration]) -> [Int] {
    annotated.indices.filter { place in
      annotated[place].mayBeConstitutional || doseGenes.contains(annotated[place].gene)
    }
  }

  /// Rules that the sample's findings, its tumor type or its tested genes may open.
  private func candidateRules(_ subject: RuleSubject) -> NumberSet {
    var rules = subject.rules(beside: openRules)
    // What another result stands in for.
    let names = subject.facts.byName
    for surrogate in subject.facts.tables.surrogates
    where names[surrogate.findingOf] != nil && names[surrogate.asked] == nil {
      rules.insert(contentsOf: table.rules(about: surrogate.asked))
    }
    return rules
  }

  private func settleOutcomes(_ result: inout SampleMatches, reversions: [Int]) {
    var reading = [Int](repeating: 0, count: result.alterations.count)
    for index in reversions { reading[index] += 1 }
    var isContext = [Bool](repeating: false, count: result.alterations.count)
    for match in result.therapies {
      for index in match.alterations {
        if match.rule.direction == .context { isContext[index] = true } else { reading[index] += 1 }
      }
    }
    for index in result.alterations.indices {
      result.alterations[index].fate = fate(
        of: result.alterations[index], rows: reading[index], isContext: isContext[index])
    }
  }

  private func fate(of annotated: AnnotatedAlteration, rows: Int, isContext: Bool) -> AnnotatedAlteration.Fate {
    if !annotated.notEvaluated.isEmpty { return .notEvaluated(annotated.notEvaluated) }
    if rows > 0 { return .read(rows: rows) }
    if case .sequence(let change) = annotated.alteration.event {
      if change.effect == .synonymous { return .silent }
      if annotated.oncogenicity.isBenign { return .benign }
      if annotated.oncogenicity.verdict == .uncertain, table.hasRules(about: annotated.alteration.gene), !isContext {
        return .uncertain
      }
    }
    if case .absent = annotated.alteration.event { return .statedAbsent }
    return isContext ? .contextOnly : .noRule
  }
}

extension Rule {
  /// Whether it asks for a stain, a score, a wild type or the tumor alone.
  fileprivate var restsOnNoAlteration: Bool {
    switch eventClass {
    case .biomarker, .expression, .wildType, .histology: true
    case .mutation, .copyNumber, .fusion, .lossOfFunction, .pathway, .proteinTarget: false
    }
  }
}
