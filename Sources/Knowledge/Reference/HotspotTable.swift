// SPDX-License-Identifier: Apache-2.0
package import Alterations
internal import DelimitedText
internal import SystemIO

/// Residues that tumors change more often than chance allows, read when a gene is asked for.
package struct HotspotTable: Sendable {
  /// How well a change fits the table.
  package enum Fit: Hashable, Sendable {
    /// The very change is listed: the samples that have it, and those with any change at the residue.
    case listed(change: Int, residue: Int)
    /// An in-frame change in a listed range: the samples that have one there.
    case inframe(samples: Int)
    /// Another change at a listed residue.
    case otherChange
  }

  private struct Hotspot: Sendable {
    let residues: ClosedRange<Int>
    /// The residue of the reference; `X` where the row has none.
    let reference: Character
    /// The samples that have each change.
    let variants: [String: Int]
    let kind: String
    /// The samples with any change here.
    let samples: Int
  }

  private static let table = SortedTable(.hotspots)
  /// By gene, those that were asked for; no rows for a gene that the table lacks.
  private static let cache = Locked<[String: [Hotspot]]>([:])

  private func spots(_ gene: String) -> [Hotspot] {
    Self.cache.withLock { known in
      if let found = known[gene] { return found }
      let found = Self.table.rows(gene).compactMap(Self.hotspot)
      known[gene] = found
      return found
    }
  }

  /// - Parameter row: Gene, first residue, last residue, reference, variants, kind, samples, counts.
  private static func hotspot(_ row: [String]) -> Hotspot? {
    guard row.count > 7, let first = Int(row[1]), let last = Int(row[2].isEmpty ? row[1] : row[2]), first <= last else {
      return nil
    }
    let counts = row[7].listItems.map { Int($0) ?? 0 }
    return Hotspot(
      residues: first...last, reference: row[3].first ?? "X",
      variants: Dictionary(zip(row[4].listItems, counts), uniquingKeysWith: { first, _ in first }),
      kind: row[5], samples: Int(row[6]) ?? 0)
  }

  /// Whether the gene has any hotspot.
  package func contains(_ gene: String) -> Bool { !spots(gene).isEmpty }

  /// The genes with hotspots.
  package var genes: [String] { Self.table.keys }

  /// The letters that stand at a residue.
  func letters(gene: String, at number: Int) -> Set<Character> {
    Set(spots(gene).filter { $0.residues == number...number }.map(\.reference).filter { $0 != "X" })
  }

  /// Whether substitutions of a codon recur in the gene, in ten samples or more.
  package func hasSubstitutions(at codon: Int, of gene: String) -> Bool {
    spots(gene).contains { $0.kind == "substitution" && $0.residues.contains(codon) && $0.samples >= 10 }
  }

  /// Whether changes that keep the frame recur in some codons of the gene, in five samples or more.
  package func hasInframeChanges(in codons: ClosedRange<Int>, of gene: String) -> Bool {
    spots(gene).contains { $0.kind == "inframe" && $0.residues.overlaps(codons) && $0.samples >= 5 }
  }

  /// The substitutions of a gene that recur most, the most frequent first: `p.H1047R`.
  package func frequentSubstitutions(of gene: String, count: Int) -> [ProteinChange] {
    var found: [(change: ProteinChange, samples: Int)] = []
    for spot in spots(gene) where spot.kind == "substitution" && spot.residues.count == 1 {
      for (variant, samples) in spot.variants where samples >= 10 {
        found.append(
          (
            ProteinChange(
              .substitution, first: spot.residues.lowerBound, firstResidue: spot.reference, replacement: variant),
            samples
          ))
      }
    }
    found.sort {
      ($1.samples, $0.change.first, $0.change.replacement) < ($0.samples, $1.change.first, $1.change.replacement)
    }
    return found.prefix(count).map(\.change)
  }

  /// How a change fits; `nil` when it touches no listed residue.
  package func fit(gene: String, change: ProteinChange, effect: VariantEffect) -> Fit? {
    var isNear = false
    for spot in spots(gene) where change.overlaps(spot.residues) {
      switch (spot.kind, effect) {
      case ("substitution", .missense):
        // A residue that is not stated stands for the changes that are seen here.
        if change.isOfAnyResidue, let count = spot.variants.values.max() {
          return .listed(change: count, residue: spot.samples)
        }
        let letter =
          change.first == change.last
          ? change.replacement : change.replacedResidue(at: spot.residues.lowerBound).map { String($0) } ?? ""
        if let count = spot.variants[letter] { return .listed(change: count, residue: spot.samples) }
        isNear = true
      case ("inframe", .inframeDeletion), ("inframe", .inframeInsertion): return .inframe(samples: spot.samples)
      case ("splice", .splice): return .listed(change: spot.samples, residue: spot.samples)
      default: break
      }
    }
    return isNear ? .otherChange : nil
  }
}
