// SPDX-License-Identifier: Apache-2.0
/// The change of the protein by VEP's columns `Amino_acids` and `Protein_position`, for files without HGVS.
enum VEPResidues {
  /// `V/E` at `600/766` as `p.V600E`, `KELREA/K` at `745-750` as `p.K745_A750delinsK`; empty where they tell none.
  ///
  /// - Parameter shiftsFrame: Whether the consequence says that the reading frame is lost.
  static func change(residues: String, place: String, shiftsFrame: Bool) -> String {
    let pair = residues.split(separator: "/")
    let places = place.prefix { $0 != "/" }.split(separator: "-")
    guard pair.count == 2, let first = places.first, Int(first) != nil, let from = pair[0].first, from != "-",
      let to = pair[0].last, let last = places.last
    else { return "" }
    if shiftsFrame { return "p.\(from)\(first)fs" }
    if pair[0].count == 1, pair[1].count == 1, pair[1] != "-" { return "p.\(from)\(first)\(pair[1])" }
    let range = places.count == 2 ? "\(from)\(first)_\(to)\(last)" : "\(from)\(first)"
    return "p.\(range)" + (pair[1] == "-" ? "del" : "delins\(pair[1])")
  }
}
