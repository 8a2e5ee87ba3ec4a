// SPDX-License-Identifier: Apache-2.0
package import Alterations

/// What a rule asks of one gene or biomarker: an atom of the column `alteration_spec`.
///
/// Guide: Matching, The match ladder.
package enum AlterationSpec: Hashable, Sendable {
  /// A class of changes of the sequence.
  package enum EffectClass: String, Hashable, Sendable, CaseIterable {
    case missense
    case inframeDeletion = "inframe_del"
    case inframeInsertion = "inframe_ins"
    case inframe
    case frameshift
    case nonsense
    case truncating
    case splice
    case promoter
    case startLost = "start_lost"
    case stopLost = "stop_lost"

    /// The class of this name; `nonstop` is an earlier one of `stop_lost`.
    init?(named name: String) { self.init(rawValue: name == "nonstop" ? "stop_lost" : name) }

    /// Whether a change with this effect belongs to the class.
    package func contains(_ effect: VariantEffect) -> Bool {
      switch self {
      case .missense: effect == .missense
      case .inframeDeletion: effect == .inframeDeletion
      case .inframeInsertion: effect == .inframeInsertion
      case .inframe: effect == .inframeDeletion || effect == .inframeInsertion
      case .frameshift: effect == .frameshift
      case .nonsense: effect == .nonsense
      case .truncating: effect.isTruncating
      case .splice: effect == .splice
      case .promoter: effect == .promoter
      case .startLost: effect == .startLost
      case .stopLost: effect == .stopLost
      }
    }
  }

  /// Which partner of a fusion the rule's gene has to be.
  package enum FusionRole: String, Hashable, Sendable {
    case any
    case fivePrime = "5prime"
    case threePrime = "3prime"
  }

  /// Which copy-number calls satisfy an atom.
  package enum CopyNumberClass: String, Hashable, Sendable, CaseIterable {
    case amplification = "AMP"
    case gain = "GAIN"
    /// One allele or both.
    case loss = "LOSS"
    case homozygousDeletion = "HOMDEL"
    case lossOfHeterozygosity = "LOH"

    /// Whether the call belongs to the class: a gain is never an amplification, a loss of one allele never a deletion of both.
    package func contains(_ call: CopyNumberCall) -> Bool {
      switch self {
      case .amplification: call == .amplification
      case .gain: call == .gain
      case .loss: call == .heterozygousLoss || call == .homozygousDeletion
      case .homozygousDeletion: call == .homozygousDeletion
      case .lossOfHeterozygosity: call == .lossOfHeterozygosity
      }
    }
  }

  case exact(ProteinChange)
  case coding(String)
  /// Any substitution at the codon, or to one of the residues given.
  case codon(Int, residues: String)
  case range(ClosedRange<Int>, EffectClass?, label: String)
  case effect(EffectClass)
  case named(String)
  case fusion(FusionRole)
  /// A fusion whose junction lies at an exon of the rule's gene: the last of its 5-prime part or the first of its 3-prime
  /// part.
  case fusionAtExon(FusionRole, exon: Int)
  case exactFusion(fivePrime: String, threePrime: String)
  case copyNumber(CopyNumberClass)
  case lossOfFunction
  case biallelicLoss
  case activating
  case activatingHotspot
  case oncogenic
  case anyChange
  case wildType
  case measurement([MeasurementTest])
  case pathwayActivation
  /// The rule asks for nothing (histology rules).
  case none

  /// The kind of test that can find what the atom asks for.
  package var assayKind: AssayKind {
    switch self {
    case .fusion, .fusionAtExon, .exactFusion: .fusions
    case .copyNumber: .copyNumber
    default: .mutations
    }
  }

  /// How specific the atom is.
  package var rung: Rung {
    switch self {
    case .exact, .coding, .exactFusion: .exact
    case .codon: .codon
    case .range(_, let effect, _): effect == nil ? .range : .effectClass
    case .effect, .named, .fusion, .fusionAtExon, .copyNumber, .lossOfFunction, .biallelicLoss, .activatingHotspot,
      .wildType:
      .effectClass
    case .activating, .oncogenic: .oncogenic
    case .anyChange: .gene
    case .measurement: .biomarker
    case .pathwayActivation: .inferred
    case .none: .histology
    }
  }
}

/// A step of the match ladder, most specific first; the column `rung`.
package enum Rung: String, Sendable, Comparable, CaseIterable {
  case exact, codon, range
  case effectClass = "class"
  case oncogenic, gene, biomarker, histology, inferred

  /// 1 for exact to 6 for gene; what an alteration meets goes before a score or a stain.
  package var step: Int {
    switch self {
    case .exact: 1
    case .codon: 2
    case .range: 3
    case .effectClass: 4
    case .oncogenic: 5
    case .gene: 6
    case .biomarker: 7
    case .histology: 8
    case .inferred: 9
    }
  }

  /// More specific is smaller.
  package static func < (left: Rung, right: Rung) -> Bool { left.step < right.step }
}

/// A comparison of one measurement with a value; scales never convert.
package struct MeasurementTest: Hashable, Sendable, CustomStringConvertible {
  /// How the value is compared.
  package enum Comparison: String, Hashable, Sendable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  /// The scale the value is on; empty for the only one.
  package let scale: String
  /// How to compare.
  package let comparison: Comparison
  /// A word such as `high`; empty when a number is compared.
  package let word: String
  /// The number compared.
  package let number: Double
  /// Of a stain in grades: the least share of tumor cells that must be stained so or stronger, in percent.
  package let leastShare: Double?

  /// A comparison with a word.
  package init(scale: String = "", word: String) {
    self.scale = scale
    comparison = .equal
    self.word = word
    number = 0
    leastShare = nil
  }

  /// A comparison with a number.
  package init(scale: String = "", _ comparison: Comparison, _ number: Double, leastShare: Double? = nil) {
    self.leastShare = leastShare
    self.scale = scale
    self.comparison = comparison
    word = ""
    self.number = number
  }

  /// `TPS >= 50`, `high`, `IHC = 3+`, `IHC >= 3+ IN >= 50`.
  package var description: String {
    let prefix = scale.isEmpty ? "" : scale + " "
    if !word.isEmpty { return scale.isEmpty ? word : prefix + "= " + word }
    let plain = Int(exactly: number).map { String($0) } ?? String(number)
    let share = leastShare.map { " IN >= \(Int(exactly: $0).map { String($0) } ?? String($0))" } ?? ""
    return prefix + comparison.rawValue + " " + plain + (scale == "IHC" && number > 0 ? "+" : "") + share
  }
}

/// A condition beside the row's own alteration, three-valued when it is evaluated (guide: Matching, Conditions).
package indirect enum Predicate: Hashable, Sendable {
  case and([Predicate])
  case or([Predicate])
  case not(Predicate)
  case alteration(gene: String, AlterationSpec)
  case wildType(String)
  case measurement(name: String, MeasurementTest)
  case priorTherapy(String)
  /// The WHO grade of the tumor.
  case grade(MeasurementTest)
  case clinical(String)

  /// Whether an alteration of a gene is asked for, or excluded.
  package func names(_ gene: String) -> Bool {
    switch self {
    case .and(let parts), .or(let parts): parts.contains { $0.names(gene) }
    case .not(let part): part.names(gene)
    case .alteration(let own, _): own == gene
    case .wildType, .measurement, .priorTherapy, .grade, .clinical: false
    }
  }
}
