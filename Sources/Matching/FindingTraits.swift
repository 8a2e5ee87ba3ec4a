// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// What a finding has that an atom may ask for, as bits.
///
/// Most rules about an altered gene name another change than the one found: that these bits or the codons have nothing in
/// common says so before the rule is looked at.
struct FindingTraits: OptionSet, Sendable {
  let rawValue: UInt32

  init(rawValue: UInt32) { self.rawValue = rawValue }

  static let sequence = FindingTraits(rawValue: 1)
  static let fusion = FindingTraits(rawValue: 1 << 1)
  static let measurement = FindingTraits(rawValue: 1 << 2)
  static let wildType = FindingTraits(rawValue: 1 << 3)
  /// Held to be oncogenic, whatever it is; and the same of a change of the sequence.
  static let oncogenic = FindingTraits(rawValue: 1 << 4)
  static let oncogenicSequence = FindingTraits(rawValue: 1 << 5)

  private static let effectClasses = AlterationSpec.EffectClass.allCases
  private static let copyNumberClasses = AlterationSpec.CopyNumberClass.allCases

  /// A bit for each class of effects and of copy-number calls, behind the others.
  private static func bit(_ place: Int) -> FindingTraits { FindingTraits(rawValue: 1 << UInt32(place + 6)) }

  private static func effects(_ isOne: (AlterationSpec.EffectClass) -> Bool) -> FindingTraits {
    var traits: FindingTraits = []
    for place in effectClasses.indices where isOne(effectClasses[place]) { traits.insert(bit(place)) }
    return traits
  }

  private static func copies(_ isOne: (AlterationSpec.CopyNumberClass) -> Bool) -> FindingTraits {
    var traits: FindingTraits = []
    for place in copyNumberClasses.indices where isOne(copyNumberClasses[place]) {
      traits.insert(bit(effectClasses.count + place))
    }
    return traits
  }

  /// What a finding has.
  init(of event: Alteration.Event, isOncogenic: Bool) {
    self =
      switch event {
      case .sequence(let change):
        Self.effects { $0.contains(change.effect) }.union(isOncogenic ? [.sequence, .oncogenicSequence] : .sequence)
      case .copyNumber(let call): Self.copies { $0.contains(call) }
      case .fusion: .fusion
      case .measurement: .measurement
      case .wildType: .wildType
      case .absent: []
      }
    if isOncogenic { insert(.oncogenic) }
  }

  /// What an atom asks for; a finding that has none of it does not satisfy the atom.
  init(askedBy spec: AlterationSpec) {
    self =
      switch spec {
      case .exact, .coding, .codon, .range, .named, .anyChange: .sequence
      case .effect(let wanted): Self.effects { $0 == wanted }
      case .exactFusion, .fusion, .fusionAtExon: .fusion
      case .copyNumber(let wanted): Self.copies { $0 == wanted }
      case .lossOfFunction, .biallelicLoss:
        Self.effects { $0 == .truncating }.union(Self.copies { $0 == .homozygousDeletion }).union(.oncogenicSequence)
      case .activating, .activatingHotspot: .oncogenicSequence
      case .oncogenic: .oncogenic
      case .wildType: .wildType
      case .measurement: .measurement
      case .pathwayActivation, .none: []
      }
  }
}

/// The codons that a change lies in or that an atom asks for; all of them where none are told.
struct Codons: Sendable {
  private let first: Int32
  private let last: Int32

  private init(_ first: Int, _ last: Int) {
    self.first = Int32(clamping: first)
    self.last = Int32(clamping: last)
  }

  private static let all = Codons(.min, .max)

  /// The ends as they are laid out: no codon has the number -1, and all of them begin with it.
  var laidOut: (first: Int32, last: Int32) { first == .min ? (-1, -1) : (first, last) }

  init(laidOut first: Int32, _ last: Int32) {
    self.first = first == -1 ? .min : first
    self.last = first == -1 ? .max : last
  }

  init(of event: Alteration.Event) {
    guard case .sequence(let change) = event, let protein = change.proteinChange else {
      self = .all
      return
    }
    self.init(protein.first, max(protein.first, protein.last))
  }

  init(askedBy spec: AlterationSpec) {
    switch spec {
    case .exact(let wanted): self.init(wanted.first, wanted.first)
    case .codon(let codon, _): self.init(codon, codon)
    case .range(let range, _, _): self.init(range.lowerBound, range.upperBound)
    default: self = .all
    }
  }

  func overlap(_ other: Codons) -> Bool { first <= other.last && other.first <= last }
}

/// What rules ask of a finding before they look at it.
struct FindingOutline: Sendable {
  let traits: FindingTraits
  let codons: Codons
  /// Whether a rule may read it at all.
  let isReadable: Bool

  init(_ annotated: AnnotatedAlteration) {
    traits = FindingTraits(of: annotated.alteration.event, isOncogenic: annotated.oncogenicity.isOncogenic)
    codons = Codons(of: annotated.alteration.event)
    isReadable = annotated.isReadable
  }
}

/// The atoms of all rules of a table in one array.
struct AtomTable: Sendable {
  /// What one asks for.
  struct Atom: Sendable {
    let traits: FindingTraits
    let codons: Codons
    let rung: Rung

    /// Whether a finding has what the atom asks for at least.
    func mayBeSatisfied(by finding: FindingOutline) -> Bool {
      !traits.isDisjoint(with: finding.traits) && codons.overlap(finding.codons)
    }
  }

  // A column for each, as the build lays them out.
  private let traits: [Int32], first: [Int32], last: [Int32]
  private let rungs: [Rung]
  /// By rule: where its atoms begin; one more at the end.
  private let starts: [Int32]

  init(_ rules: RuleList) {
    var starts: [Int32] = [0]
    for rule in rules { starts.append(starts[starts.count - 1] + Int32(rule.alternatives.count)) }
    self.starts = starts
    let specs = rules.flatMap(\.alternatives)
    let codons = specs.map { Codons(askedBy: $0).laidOut }
    traits = specs.map { Int32(FindingTraits(askedBy: $0).rawValue) }
    (first, last) = (codons.map(\.first), codons.map(\.last))
    rungs = specs.map(\.rung)
  }

  init(_ stream: inout LaidOutStream) {
    (starts, traits, first, last) = (stream.array(), stream.array(), stream.array(), stream.array())
    rungs = stream.cases()
  }

  func write(to numbers: inout LayoutNumbers) {
    for column in [starts, traits, first, last] { numbers.append(column) }
    numbers.append(cases: rungs)
  }

  /// The places of the atoms of a rule, in the order of its alternatives.
  func places(of rule: Int) -> Range<Int> { Int(starts[rule])..<Int(starts[rule + 1]) }

  subscript(place: Int) -> Atom {
    Atom(
      traits: FindingTraits(rawValue: UInt32(truncatingIfNeeded: traits[place])),
      codons: Codons(laidOut: first[place], last[place]), rung: rungs[place])
  }
}
