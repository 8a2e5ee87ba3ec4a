// SPDX-License-Identifier: Apache-2.0
internal import Alterations

/// The partners in the name of a fusion, as far as it tells them without a list of genes.
enum FusionName {
  /// Stands for a partner that is not known.
  static let unknownPartner = "v"

  /// `EML4--ALK`, `EML4::ALK`, `--ALK`, `EGFR-intragenic`; `nil` where only a list of genes can tell.
  ///
  /// - Parameter separator: What the caller writes between partners.
  static func partners(_ name: String, separator: String = "--") -> (first: String, second: String)? {
    let body = core(name)
    for separator in ["::", "--", separator] {
      guard let range = body.firstRange(of: separator) else { continue }
      let first = String(body[..<range.lowerBound])
      let second = String(body[range.upperBound...])
      // `TPM3(8)::NTRK1(10)` tells exons too.
      if first.hasSuffix(")"), !first.contains(",") { return nil }
      if first.isEmpty && second.isEmpty { return nil }
      return (first.isEmpty ? unknownPartner : first, second.isEmpty ? unknownPartner : second)
    }
    guard let hyphen = body.lastIndex(of: "-"), hyphen > body.startIndex else { return nil }
    let gene = String(body[..<hyphen])
    return other(than: gene, body[body.index(after: hyphen)...]).map { (gene, $0) }
  }

  /// `EML4--ALK`, `EML4::ALK`, `EML4-ALK fusion` beside ALK; the second is empty where only one gene is named.
  static func partners(_ name: String, of gene: String) -> (first: String, second: String) {
    if let told = partners(name) { return told }
    let body = core(name)
    if body.hasSuffix("-" + gene), body.count > gene.count + 1 { return (String(body.dropLast(gene.count + 1)), gene) }
    if body.hasPrefix(gene + "-"), body.count > gene.count + 1 {
      let rest = body.dropFirst(gene.count + 1)
      return (gene, other(than: gene, rest) ?? String(rest))
    }
    return (gene, "")
  }

  /// What a word behind a gene and a hyphen makes of the second partner; `nil` when it is a gene.
  private static func other(than gene: String, _ word: Substring) -> String? {
    switch word.lowercased() {
    case "intragenic", "viii", "itd", "kdd", "ptd", "ctd": gene
    case "intergenic", "positive", "pos", "rearranged", "fused": unknownPartner
    default: nil
    }
  }

  /// The name without the words around it: `EML4-ALK fusion - Archer`, `Protein fusion: in frame (EML4-ALK)`.
  private static func core(_ name: String) -> Substring {
    if name.hasSuffix(")"), let open = name.lastIndex(of: "("), name[..<open].lowercased().contains("fusion") {
      let inner = name[name.index(after: open)...].dropLast()
      if inner.contains("-") || inner.contains("::") { return inner }
    }
    var body = name[...]
    for word in [" fusion", " Fusion", " FUSION", " rearrangement", " Rearrangement", " - "] {
      if let range = body.firstRange(of: word), range.lowerBound > body.startIndex { body = body[..<range.lowerBound] }
    }
    return body
  }
}
