/// A rearrangement that joins two genes, 5-prime partner first.
package struct Fusion: Hashable, Sendable {
  /// What the reading frame does across the junction.
  package enum Frame: String, Hashable, Sendable {
    case inFrame = "in_frame"
    case outOfFrame = "out_of_frame"
    case unknown
  }

  /// The 5-prime partner as a symbol; empty when unknown or intergenic.
  package let fivePrimeGene: String
  /// The 3-prime partner as a symbol; empty when unknown or intergenic.
  package let threePrimeGene: String
  /// Whether the input stated the order of the partners.
  package let isOrdered: Bool
  /// What the input says of the frame.
  package let frame: Frame

  /// A fusion from its partners.
  package init(fivePrimeGene: String, threePrimeGene: String, isOrdered: Bool, frame: Frame = .unknown) {
    self.fivePrimeGene = fivePrimeGene
    self.threePrimeGene = threePrimeGene
    self.isOrdered = isOrdered
    self.frame = frame
  }

  /// Whether the gene is one of the partners.
  package func involves(_ symbol: String) -> Bool { fivePrimeGene == symbol || threePrimeGene == symbol }
}

extension Fusion: CustomStringConvertible {
  /// `EML4::ALK`; `v` stands for a partner that is not known.
  package var description: String {
    "\(fivePrimeGene.isEmpty ? "v" : fivePrimeGene)::\(threePrimeGene.isEmpty ? "v" : threePrimeGene)"
  }
}
