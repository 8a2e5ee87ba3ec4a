// SPDX-License-Identifier: Apache-2.0
/// A rearrangement that joins two genes, 5-prime partner first.
package struct Fusion: Hashable, Sendable {
  /// What the reading frame does across the junction.
  package enum Frame: String, Hashable, Sendable {
    case inFrame = "in_frame"
    case outOfFrame = "out_of_frame"
    case unknown
  }

  /// One side of the junction.
  package struct Side: Hashable, Sendable {
    /// The gene as a symbol; empty when unknown or intergenic.
    package var gene: String
    /// The exon at the junction: the last of the 5-prime part, the first of the 3-prime part.
    package var exon: Int?
    /// Where the chromosome is broken, as written: `2:42522694`; empty when not given.
    package var breakpoint: String

    /// A side from its parts.
    package init(gene: String, exon: Int? = nil, breakpoint: String = "") {
      self.gene = gene
      self.exon = exon
      self.breakpoint = breakpoint
    }
  }

  /// The 5-prime part.
  package var fivePrime: Side
  /// The 3-prime part.
  package var threePrime: Side
  /// Whether the input stated the order of the partners.
  package let isOrdered: Bool
  /// What the input says of the frame.
  package let frame: Frame
  /// Whether it is the other half of a rearrangement: the kinase stands on its wrong side.
  package var isReciprocal = false

  /// A fusion from its sides.
  package init(_ fivePrime: Side, _ threePrime: Side, isOrdered: Bool, frame: Frame = .unknown) {
    self.fivePrime = fivePrime
    self.threePrime = threePrime
    self.isOrdered = isOrdered
    self.frame = frame
  }

  /// A fusion from its partners.
  package init(fivePrimeGene: String, threePrimeGene: String, isOrdered: Bool, frame: Frame = .unknown) {
    self.init(Side(gene: fivePrimeGene), Side(gene: threePrimeGene), isOrdered: isOrdered, frame: frame)
  }

  /// The 5-prime partner as a symbol; empty when unknown or intergenic.
  package var fivePrimeGene: String { fivePrime.gene }
  /// The 3-prime partner as a symbol; empty when unknown or intergenic.
  package var threePrimeGene: String { threePrime.gene }

  /// Whether the gene is one of the partners.
  package func involves(_ symbol: String) -> Bool { fivePrimeGene == symbol || threePrimeGene == symbol }

  /// Whether it may stand for a fusion that a rule asks for: neither out of frame nor the other half of one.
  package var isOpenToRules: Bool { frame != .outOfFrame && !isReciprocal }

  /// The same with another statement of the frame.
  package func with(frame: Frame) -> Fusion {
    var copy = Fusion(fivePrime, threePrime, isOrdered: isOrdered, frame: frame)
    copy.isReciprocal = isReciprocal
    return copy
  }

  /// The same with its order stated, the partners exchanged where wanted.
  package func ordered(exchanged: Bool) -> Fusion {
    var copy = Fusion(
      exchanged ? threePrime : fivePrime, exchanged ? fivePrime : threePrime, isOrdered: true, frame: frame)
    copy.isReciprocal = isReciprocal
    return copy
  }

  /// The exon of a gene at the junction, where it is known.
  package func exon(of gene: String) -> Int? {
    if gene == threePrime.gene, gene != fivePrime.gene { return threePrime.exon }
    return gene == fivePrime.gene ? fivePrime.exon : nil
  }
}

extension Fusion: CustomStringConvertible {
  /// `EML4::ALK`; `v` stands for a partner that is not known.
  package var description: String {
    "\(fivePrimeGene.isEmpty ? "v" : fivePrimeGene)::\(threePrimeGene.isEmpty ? "v" : threePrimeGene)"
  }

  /// The exons and breakpoints at the junction: `exon 13 (2:42522694) to exon 20`; empty when none is known.
  package var junction: String {
    func words(_ side: Side) -> String {
      let exon = side.exon.map { "exon \($0)" } ?? ""
      if side.breakpoint.isEmpty { return exon }
      return exon.isEmpty ? side.breakpoint : "\(exon) (\(side.breakpoint))"
    }
    let (first, last) = (words(fivePrime), words(threePrime))
    if first.isEmpty, last.isEmpty { return "" }
    return "\(first.isEmpty ? "?" : first) to \(last.isEmpty ? "?" : last)"
  }
}
