/// Where the annotation in `INFO` keeps what we need, as the header of the file says.
struct AnnotationLayout: Sendable {
  /// The key in `INFO`: `CSQ`, `ANN` or what the file calls it.
  let tag: [UInt8]
  /// Whether SnpEff wrote it, else VEP.
  let isSnpEff: Bool
  /// The places of the fields, -1 where there is none.
  let allele, consequence, symbol, geneID, featureType, feature, biotype, codingChange, proteinChange: Int
  let pick, mane, canonical, alleleNumber, proteinPosition, aminoAcids: Int
  /// The places of frequencies in a general population.
  let frequencies: [Int]
  /// The last place that is looked at.
  let last: Int

  /// The layout that an `##INFO` line describes; `nil` when the line speaks of something else.
  init?(_ line: String) {
    guard line.hasPrefix("##INFO=<ID="), let bar = line.firstIndex(of: "|") else { return nil }
    // The names begin behind `Format: ` (VEP), or behind the opening quote (SnpEff).
    let before = line[..<bar]
    var start = before.lastIndex(of: "'") ?? before.lastIndex(of: "\"") ?? line.startIndex
    if let colon = before.lastIndex(of: ":"), colon > start { start = colon }
    let list = line[line.index(after: start)...].prefix { $0 != "\"" && $0 != "'" && $0 != ">" }
    let names = list.split(separator: "|", omittingEmptySubsequences: false).map {
      $0.lowercased().filter { $0 != " " && $0 != "\t" }
    }
    func place(_ wanted: String...) -> Int { wanted.lazy.compactMap { names.firstIndex(of: $0) }.first ?? -1 }
    consequence = place("consequence", "annotation")
    allele = place("allele")
    guard consequence >= 0, allele >= 0 else { return nil }
    tag = Array(line.dropFirst(11).prefix { $0 != "," && $0 != ">" }.utf8)
    isSnpEff = names.contains("gene_name") || names.contains("annotation")
    symbol = place("symbol", "gene_name")
    geneID = place("gene", "gene_id")
    featureType = place("feature_type")
    feature = place("feature", "feature_id")
    biotype = place("biotype", "transcript_biotype")
    codingChange = place("hgvsc", "hgvs.c")
    proteinChange = place("hgvsp", "hgvs.p")
    pick = place("pick")
    mane = place("mane_select", "mane")
    canonical = place("canonical")
    alleleNumber = place("allele_num")
    proteinPosition = place("protein_position")
    aminoAcids = place("amino_acids")
    frequencies = ["gnomad_af", "gnomade_af", "gnomadg_af"].compactMap { names.firstIndex(of: $0) }
    last =
      ([
        allele, consequence, symbol, geneID, featureType, feature, biotype, codingChange, proteinChange, pick, mane,
        canonical,
        alleleNumber, proteinPosition, aminoAcids,
      ] + frequencies).max() ?? 0
  }
}
