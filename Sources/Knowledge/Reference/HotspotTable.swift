package import Alterations
internal import DelimitedText

/// Residues that tumors change more often than chance allows.
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
    /// The samples that have each change.
    let variants: [String: Int]
    let kind: String
    /// The samples with any change here.
    let samples: Int
  }

  private var byGene: [String: [Hotspot]] = [:]

  static func builtIn() -> HotspotTable {
    var table = HotspotTable()
    let columns = ["gene", "residue_start", "residue_end", "variants", "kind", "samples", "counts"]
    for record in BuiltInTable.hotspots.text.records(columns) {
      guard let first = Int(record[1]), let last = Int(record[2].isEmpty ? record[1] : record[2]), first <= last else {
        continue
      }
      let counts = record[6].listItems.map { Int($0) ?? 0 }
      table.byGene[record[0], default: []].append(
        Hotspot(
          residues: first...last,
          variants: Dictionary(zip(record[3].listItems, counts), uniquingKeysWith: { first, _ in first }),
          kind: record[4], samples: Int(record[5]) ?? 0))
    }
    return table
  }

  /// Whether the gene has any hotspot.
  package func contains(_ gene: String) -> Bool { byGene[gene] != nil }

  /// The genes with hotspots.
  package var genes: some Collection<String> { byGene.keys }

  /// How a change fits; `nil` when it touches no listed residue.
  package func fit(gene: String, change: ProteinChange, effect: VariantEffect) -> Fit? {
    guard let spots = byGene[gene] else { return nil }
    var isNear = false
    for spot in spots where change.overlaps(spot.residues) {
      switch (spot.kind, effect) {
      case ("substitution", .missense):
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
