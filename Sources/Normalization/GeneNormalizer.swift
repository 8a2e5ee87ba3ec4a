// SPDX-License-Identifier: Apache-2.0
package import Alterations
package import Knowledge

/// Turns a gene name as written into the current HGNC symbol (guide: Normalizing, Gene names).
package struct GeneNormalizer: Sendable {
  /// What a name turned out to be.
  package enum Outcome: Hashable, Sendable {
    /// A current symbol, and whether the name was another one.
    case gene(String)
    /// A name of a protein or receptor status: `ER`, `HER2 protein`; only measurements use it.
    case protein(String)
    /// A family such as `FGFR`, never guessed for a mutation.
    case family(String)
    /// Two or more genes answer to the name.
    case ambiguous
    /// A date that a spreadsheet made of a symbol.
    case dateLike
    /// No gene of the catalog.
    case unknown
  }

  private let genes: GeneCatalog
  /// By plain key: the symbol and whether the name speaks of a protein only.
  private let clinicNames: [String: ReferenceTables.ClinicName]
  /// Words, in upper case, that are no names of genes here.
  private var noGenes: Set<String> = []

  /// A normalizer over a catalog, with clinic names by plain key.
  package init(genes: GeneCatalog, clinicNames: [String: ReferenceTables.ClinicName]) {
    self.genes = genes
    self.clinicNames = clinicNames
  }

  /// The same for what clinicians write, to whom some names of genes mean something else.
  package func ofClinics(_ noGenes: Set<String>) -> GeneNormalizer {
    var other = self
    other.noGenes = noGenes
    return other
  }

  /// Looks a name up as bytes, without white space at its ends.
  package func normalize(_ name: Span<UInt8>) -> Outcome {
    if !noGenes.isEmpty, name.count < 5, noGenes.contains(String(copying: name).uppercased()) { return .unknown }
    let resolved = genes.resolve(name)
    switch resolved {
    case .symbol(let gene): return .gene(genes.symbol(gene))
    case .alias(let gene):
      // `ER` and `PR` mean receptors in a clinic, whatever else was once called so.
      if name.count <= 3, let clinic = clinicNames[GeneNameKey.plain(String(copying: name))], clinic.isProtein,
        let symbol = clinic.gene
      {
        return .protein(symbol)
      }
      return .gene(genes.symbol(gene))
    case .dateLike: return .dateLike
    case .ambiguous, .unknown: break
    }
    let text = String(copying: name)
    let key = GeneNameKey.plain(text)
    if let clinic = clinicNames[key] {
      switch clinic.meaning {
      case .family(let name): return .family(name)
      case .gene(let symbol): return clinic.isProtein ? .protein(symbol) : .gene(symbol)
      }
    }
    if resolved == .ambiguous { return .ambiguous }
    // STAR-Fusion and GISTIC hang an identifier onto the symbol: `EML4^ENSG...`, `MIR1|chr1`.
    if let cut = text.firstIndex(where: { $0 == "^" || $0 == "|" }) {
      return normalize(String(text[..<cut]))
    }
    // DepMap writes `BRAF (673)`.
    if let cut = text.firstRange(of: " ("), text.hasSuffix(")"),
      text[cut.upperBound...].dropLast().allSatisfy(\.isNumber)
    {
      return normalize(String(text[..<cut.lowerBound]))
    }
    if let gene = genes.gene(key) { return .gene(genes.symbol(gene)) }
    return named(twice: text) ?? .unknown
  }

  /// A gene with another name of its own beside it, as labs print it: `ERBB2 (HER2)`, `KIT/CD117`.
  private func named(twice text: String) -> Outcome? {
    let names = text.split { "(/)".contains($0) }.map { String($0).trimmingWhiteSpace }.filter { !$0.isEmpty }
    guard names.count == 2, let first = symbol(names[0]) else { return nil }
    // A marker of cells such as CD117 is a protein.
    switch normalize(names[1]) {
    case .gene(first), .protein(first): return .gene(first)
    case .gene, .protein, .family, .ambiguous, .dateLike, .unknown: return nil
    }
  }

  /// Looks a name up.
  package func normalize(_ name: String) -> Outcome {
    let bytes = Array(name.utf8)
    return normalize(bytes.span)
  }

  /// The symbol of a name that is a gene.
  package func symbol(_ name: String) -> String? {
    if case .gene(let symbol) = normalize(name) { return symbol }
    return nil
  }
}
