// SPDX-License-Identifier: Apache-2.0
/// Where an alteration was found: germline, tumor alone, or not said.
public enum AlterationOrigin: String, Hashable, Sendable {
  case somatic, germline, unknown
}

/// A change of the sequence of one gene.
package struct SequenceChange: Hashable, Sendable {
  /// What the change does.
  package var effect: VariantEffect
  /// The change of the protein, when it is known.
  package var proteinChange: ProteinChange?
  /// The change of the coding sequence as `c.` notation without accession; empty when not given.
  package var codingChange: String {
    get { texts?.codingChange ?? "" }
    set { texts = Texts.of(newValue, namedClass) }
  }
  /// A change with a name of its own: `ITD`, `KDD`, `vIII`, `CTD`, `EXON 14 skipping`, `reversion`; empty otherwise.
  package var namedClass: String {
    get { texts?.namedClass ?? "" }
    set { texts = Texts.of(codingChange, newValue) }
  }
  /// What most changes do not have.
  private var texts: Texts?

  private final class Texts: Hashable, Sendable {
    let codingChange: String
    let namedClass: String

    /// `nil` where there is neither.
    static func of(_ codingChange: String, _ namedClass: String) -> Texts? {
      codingChange.isEmpty && namedClass.isEmpty ? nil : Texts(codingChange, namedClass)
    }

    private init(_ codingChange: String, _ namedClass: String) {
      (self.codingChange, self.namedClass) = (codingChange, namedClass)
    }

    static func == (one: Texts, other: Texts) -> Bool {
      one === other || one.codingChange == other.codingChange && one.namedClass == other.namedClass
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(codingChange)
      hasher.combine(namedClass)
    }
  }
  /// The codons the change lies in, where only an exon is stated; counted from 1.
  package var region: ClosedRange<Int>? {
    get { firstCodon > 0 ? Int(firstCodon)...Int(lastCodon) : nil }
    set {
      firstCodon = newValue.map { Int32(clamping: $0.lowerBound) } ?? 0
      lastCodon = newValue.map { Int32(clamping: $0.upperBound) } ?? 0
    }
  }
  private var firstCodon: Int32 = 0, lastCodon: Int32 = 0

  /// A sequence change from its parts.
  package init(
    effect: VariantEffect, proteinChange: ProteinChange? = nil, codingChange: String = "", namedClass: String = "",
    region: ClosedRange<Int>? = nil
  ) {
    self.effect = effect
    self.proteinChange = proteinChange
    texts = Texts.of(codingChange, namedClass)
    self.region = region
  }
}

/// One measured change of a tumor in canonical form.
///
/// Kept small, since most rows of an exome are changes of genes of which the tables say nothing, and are of this kind all
/// the same.
public struct Alteration: Hashable, Sendable {
  /// What kind of change it is, with what is known of it.
  package enum Event: Hashable, Sendable {
    case sequence(SequenceChange)
    case copyNumber(CopyNumberCall)
    // Apart, since they are long and most alterations are changes of a sequence.
    indirect case fusion(Fusion)
    indirect case measurement(Measurement)
    /// Tested and stated to be unchanged.
    case wildType
    /// Tested for and stated not to be there: `ALK fusion not detected`.
    indirect case absent(Event)
  }

  /// The current HGNC symbol, or the name of the biomarker.
  public var gene: String
  /// What happened.
  package var event: Event
  /// The cell or words that stated it.
  public var asWritten: String
  /// Germline or somatic, when the input says so.
  public var origin: AlterationOrigin
  /// Variant allele fraction, 0...1.
  public var variantAlleleFraction: Double? {
    get { fraction.value }
    set { fraction = Given(newValue) }
  }
  /// Fraction of tumor cells that carry it, 0...1.
  public var cancerCellFraction: Double? {
    get { cellFraction.value }
    set { cellFraction = Given(newValue) }
  }
  /// Total copies of the gene.
  public var copyNumber: Double? {
    get { copies.value }
    set { copies = Given(newValue) }
  }
  private var fraction: Given, cellFraction: Given, copies: Given
  /// Reads that carry the change and all reads, when given.
  package var depth: Int? {
    get { reads < 0 ? nil : Int(reads) }
    set { reads = newValue.map { Int32(clamping: $0) } ?? -1 }
  }
  private var reads: Int32
  /// Its place among all findings of the sample's files, in the order of input; the last one where no row stated it.
  package var number = Int32.max
  /// What a reader has to bear in mind, in the order in which it was noticed.
  package var cautions: [Caution]
  /// The file, by its number in the sample's list of inputs, and the line, counted from 1.
  package var source: SourceLocation?

  /// An alteration from its parts.
  package init(
    gene: String, event: Event, asWritten: String, origin: AlterationOrigin = .unknown,
    variantAlleleFraction: Double? = nil, cancerCellFraction: Double? = nil, copyNumber: Double? = nil,
    depth: Int? = nil, cautions: [Caution] = [], source: SourceLocation? = nil
  ) {
    self.gene = gene
    self.event = event
    self.asWritten = asWritten
    self.origin = origin
    fraction = Given(variantAlleleFraction)
    cellFraction = Given(cancerCellFraction)
    copies = Given(copyNumber)
    reads = depth.map { Int32(clamping: $0) } ?? -1
    self.cautions = cautions
    self.source = source
  }
}

/// A number that may not be known, in eight bytes.
private struct Given: Hashable, Sendable {
  private let number: Double

  init(_ value: Double?) { number = value ?? -.infinity }

  var value: Double? { number == -.infinity ? nil : number }
}

/// A line of an input file.
package struct SourceLocation: Hashable, Sendable {
  /// The number of the file in the run's list.
  package let file: Int32
  /// The line, counted from 1 with the header lines.
  package let line: Int32

  /// A line of a file.
  package init(file: Int32, line: Int32) {
    self.file = file
    self.line = line
  }
}

extension Alteration {
  /// Whether the sequence of a gene is changed.
  package var isSequence: Bool {
    if case .sequence = event { return true }
    return false
  }

  /// Whether the protein is as it was.
  package var isSilent: Bool {
    guard case .sequence(let change) = event else { return false }
    return change.effect == .synonymous
  }
}

extension Alteration: CustomStringConvertible {
  /// The canonical form of the change without the gene: `p.V600E`, `AMP`, `EML4::ALK`, `TPS 60`.
  public var description: String {
    switch event {
    case .absent(let inner): return "no " + Alteration(gene: gene, event: inner, asWritten: "").description
    case .sequence(let change):
      if !change.namedClass.isEmpty { return change.namedClass }
      if let protein = change.proteinChange { return protein.description }
      if !change.codingChange.isEmpty { return change.codingChange }
      return change.effect.rawValue
    case .copyNumber(let call): return call.rawValue
    case .fusion(let fusion): return fusion.description
    case .measurement(let measurement): return measurement.description
    case .wildType: return "WT"
    }
  }
}

extension Measurement: CustomStringConvertible {
  /// Scale, word and number in this order, as far as they are known.
  package var description: String {
    var parts: [String] = []
    if !scale.isEmpty { parts.append(scale) }
    if !word.isEmpty { parts.append(word) }
    if let number {
      parts.append(bound.rawValue + number.plainWords + (scale == "IHC" && number > 0 ? "+" : ""))
    }
    if let share { parts.append("in \(share.plainWords)%") }
    return parts.joined(separator: " ")
  }
}

extension Double {
  /// A number without a needless decimal: `60`, `0.5`.
  package var plainWords: String { self == rounded() && abs(self) < 1e9 ? String(Int(self)) : String(self) }
}
