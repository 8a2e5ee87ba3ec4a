// SPDX-License-Identifier: Apache-2.0
/// Where the annotation in `INFO` keeps what we need, as the header of the file says.
///
/// Layouts: VEP and SnpEff: their manuals; bcftools csq: https://samtools.github.io/bcftools/howtos/csq-calling.html;
/// Funcotator: https://gatk.broadinstitute.org, Funcotator Information and Tutorial.
struct AnnotationLayout: Sendable {
  /// Who wrote the annotation.
  enum Tool: Sendable {
    case vep, snpEff, csq, funcotator

    /// The name for people.
    var name: String {
      switch self {
      case .vep: "VEP"
      case .snpEff: "SnpEff"
      case .csq: "bcftools csq"
      case .funcotator: "Funcotator"
      }
    }
  }

  /// The key in `INFO`: `CSQ`, `ANN` or what the file calls it.
  let tag: [UInt8]
  let tool: Tool
  /// The places of the fields, -1 where there is none.
  let allele, consequence, symbol, geneID, featureType, feature, biotype, codingChange, proteinChange: Int
  let pick, mane, canonical, alleleNumber, proteinPosition, aminoAcids: Int
  /// The place where bcftools csq says what becomes of the bases.
  let baseChange: Int
  /// The places of frequencies in a general population.
  let frequencies: [Int]
  /// The places of what curators say of the change, with the names of the columns.
  let statements: [(place: Int, key: String)]
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
    // bcftools sets in brackets what may be missing; Funcotator puts its source before some names.
    let names = list.split(separator: "|", omittingEmptySubsequences: false).map {
      Self.withoutSource($0.lowercased().filter { !" \t[]*".contains($0) })
    }
    func place(_ wanted: String...) -> Int { wanted.lazy.compactMap { names.firstIndex(of: $0) }.first ?? -1 }
    tag = Array(line.dropFirst(11).prefix { $0 != "," && $0 != ">" }.utf8)
    consequence = place("consequence", "annotation", "variantclassification")
    allele = place("allele")
    baseChange = place("dna_change")
    let isFuncotator = names.contains("variantclassification") && names.contains("hugosymbol")
    let isCSQ = consequence >= 0 && allele < 0 && names.contains("amino_acid_change")
    guard consequence >= 0, allele >= 0 || isFuncotator || isCSQ else { return nil }
    tool =
      isFuncotator
      ? .funcotator : isCSQ ? .csq : names.contains("gene_name") || names.contains("annotation") ? .snpEff : .vep
    symbol = isCSQ ? place("gene") : place("symbol", "gene_name", "hugosymbol")
    geneID = isCSQ ? -1 : place("gene", "gene_id")
    featureType = place("feature_type")
    feature = place("feature", "feature_id", "transcript", "annotationtranscript")
    biotype = place("biotype", "transcript_biotype")
    codingChange = place("hgvsc", "hgvs.c", "cdnachange")
    proteinChange = place("hgvsp", "hgvs.p", "proteinchange", "amino_acid_change")
    pick = place("pick")
    mane = place("mane_select", "mane")
    canonical = place("canonical")
    alleleNumber = place("allele_num")
    proteinPosition = place("protein_position")
    aminoAcids = place("amino_acids")
    frequencies = ["gnomad_af", "gnomade_af", "gnomadg_af"].compactMap { names.firstIndex(of: $0) }
    statements = names.enumerated().compactMap { place, name in
      let key = InputHeader.key(name)
      return SideColumns.isStatement(key) ? (place, key) : nil
    }
    last =
      ([
        allele, consequence, symbol, geneID, featureType, feature, biotype, codingChange, proteinChange, pick, mane,
        canonical, alleleNumber, proteinPosition, aminoAcids, baseChange,
      ] + frequencies + statements.map(\.place)).max() ?? 0
  }

  /// A name without the source and its version before it: `hugosymbol` for `gencode_34_hugosymbol`.
  private static func withoutSource(_ name: String) -> String {
    guard name.hasPrefix("gencode_") else { return name }
    return String(name.dropFirst(8).drop { $0.isNumber }.drop { $0 == "_" })
  }
}
