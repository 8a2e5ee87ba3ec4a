package import Alterations

/// Turns copy-number calls in numbers or words into the canonical ones (guide: Normalizing, Copy number).
package enum CopyNumberNormalizer {
  /// A call and what is remarkable about it.
  package struct Result: Hashable, Sendable {
    /// The canonical call.
    package let call: CopyNumberCall
    /// `partial` for -1.5 and for an amplification of a part of the gene; `oneAlleleAssumed` for a loss without a word for
    /// both alleles.
    package let caution: Caution?

    /// A call, with what is to be borne in mind where there is such a thing.
    package init(_ call: CopyNumberCall, caution: Caution? = nil) {
      self.call = call
      self.caution = caution
    }
  }

  /// A GISTIC-style call (`2`, `2.0`, `+2`, `-1.5`) or a word (`AMP`, `DeepDel`, `homozygous deletion`); `nil` when it is neither.
  package static func call(_ text: String) -> Result? {
    if let number = Double(text) {
      switch number {
      case 2: return Result(.amplification)
      case 1: return Result(.gain)
      case 0: return Result(.neutral)
      case -1: return Result(.heterozygousLoss)
      case -1.5: return Result(.homozygousDeletion, caution: .partial)
      case -2: return Result(.homozygousDeletion)
      default: return nil
      }
    }
    let key = text.lowercased().filter { $0 != " " && $0 != "_" && $0 != "-" }
    return words[key]
  }

  private static let words: [String: Result] = {
    var table: [String: Result] = [:]
    for word in ["amp", "amplification", "amplified", "highlevelamplification", "hlamp", "focalamplification"] {
      table[word] = Result(.amplification)
    }
    for word in ["partialamp", "partialamplification"] { table[word] = Result(.amplification, caution: .partial) }
    for word in ["gain", "lowlevelgain", "copygain", "duplication", "dup"] { table[word] = Result(.gain) }
    for word in ["neutral", "wt", "wildtype", "diploid", "normal", "none", "nochange"] {
      table[word] = Result(.neutral)
    }
    for word in [
      "homdel", "deepdel", "deepdeletion", "homozygousdeletion", "biallelicdeletion", "homozygousloss", "deeploss",
      "hd",
    ] {
      table[word] = Result(.homozygousDeletion)
    }
    for word in ["loh", "lossofheterozygosity", "cnloh"] { table[word] = Result(.lossOfHeterozygosity) }
    for word in [
      "losshet", "hetloss", "shallowdel", "shallowdeletion", "hetdel", "heterozygousdeletion", "heterozygousloss",
      "hemdel", "hemizygousdeletion",
    ] {
      table[word] = Result(.heterozygousLoss)
    }
    for word in ["loss", "deletion", "deleted", "del"] {
      table[word] = Result(.heterozygousLoss, caution: .oneAlleleAssumed)
    }
    return table
  }()

  /// Total copies of a gene as a call (guide: Normalizing, Copy number).
  ///
  /// - Parameters:
  ///   - copies: Mean total copies in tumor cells.
  ///   - ploidy: Mean copies of the genome; 2 when not known.
  ///   - amplification: Copies from which on a gain is an amplification at ploidy 2.
  package static func call(copies: Double, ploidy: Double = 2, amplification: Double = 6) -> CopyNumberCall {
    if copies < 0.5 { return .homozygousDeletion }
    let threshold = ploidy <= 2.5 ? amplification : max(amplification, ploidy + 4)
    if copies >= threshold { return .amplification }
    if copies >= ploidy + 1 { return .gain }
    return copies <= ploidy - 1 ? .heterozygousLoss : .neutral
  }
}
