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

  private let atoms: [Atom]
  /// By rule: where its atoms begin; one more at the end.
  private let starts: [Int32]

  init(_ rules: RuleList) {
    var (atoms, starts): ([Atom], [Int32]) = ([], [0])
    for rule in rules {
      for spec in rule.alternatives {
        atoms.append(
          Atom(traits: FindingTraits(askedBy: spec), codons: Codons(askedBy: spec), rung: spec.rung))
      }
      starts.append(Int32(atoms.count))
    }
    self.atoms = atoms
    self.starts = starts
  }

  init(_ stream: inout LaidOutStream) {
    starts = stream.array()
    let (traits, first, last) = (stream.array(), stream.array(), stream.array())
    let rungs: [Rung] = stream.cases()
    atoms = rungs.indices.map { place in
      Atom(
        traits: FindingTraits(rawValue: UInt32(truncatingIfNeeded: traits[place])),
        codons: Codons(laidOut: first[place], last[place]), rung: rungs[place])
    }
  }

  func write(to numbers: inout LayoutNumbers) {
    numbers.append(starts)
    numbers.append(atoms.map { Int32($0.traits.rawValue) })
    numbers.append(atoms.map { $0.codons.laidOut.first })
    numbers.append(atoms.map { $0.codons.laidOut.last })
    numbers.append(cases: atoms.map(\.rung))
  }

  /// The places of the atoms of a rule, in the order of its alternatives.
  func places(of rule: Int) -> Range<Int> { Int(starts[rule])..<Int(starts[rule + 1]) }

  subscript(place: Int) -> Atom { atoms[place] }
}
