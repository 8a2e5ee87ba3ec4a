package import Alterations
internal import DelimitedText

/// Residues that tumors change more often than chance allows.
package struct HotspotTable: Sendable {
  /// How well a change fits the table.
  package enum Fit: Sendable {
    /// The very change is listed.
    case listedChange
    /// Another change at a listed residue.
    case otherChange
  }

  private struct Hotspot: Sendable {
    let residues: ClosedRange<Int>
    let variants: Set<String>
    let kind: String
  }

  private var byGene: [String: [Hotspot]] = [:]

  static func builtIn() -> HotspotTable {
    var table = HotspotTable()
    let columns = ["gene", "residue_start", "residue_end", "variants", "kind"]
    for record in BuiltInTable.hotspots.text.records(columns) {
      guard let first = Int(record[1]), let last = Int(record[2].isEmpty ? record[1] : record[2]), first <= last else {
        continue
      }
      table.byGene[record[0], default: []].append(
        Hotspot(residues: first...last, variants: Set(record[3].listItems), kind: record[4]))
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
        if change.first == change.last, spot.variants.contains(change.replacement) { return .listedChange }
        isNear = true
      case ("inframe", .inframeDeletion), ("inframe", .inframeInsertion): return .listedChange
      case ("splice", .splice): return .listedChange
      default: break
      }
    }
    return isNear ? .otherChange : nil
  }
}
