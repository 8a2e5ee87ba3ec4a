// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import Knowledge

/// A flat list of the assertions of the Molecular Oncology Almanac, one a row.
enum MOAlmanacSource: ImportSource {
  static let name = "moalmanac"

  static func requiredColumns(_ context: ImportContext) -> [String] {
    [
      "assertion_id", "gene", "gene2", "feature_type", "variant_class", "alteration", "disease", "oncotree_code",
      "therapy", "direction", "level", "pmid", "doi", "nct", "url",
    ]
  }

  static func items(_ table: NamedTable, _ context: ImportContext) -> [ImportItem] {
    let places = NamedCells.places(table)
    return table.rows.map { row in
      let cells = NamedCells(row, places: places)
      return ImportItem(id: "MOA" + cells["assertion_id"], line: row.line) { () throws(ImportProblem) in
        try context.rows.drafts(try claim(cells, context))
      }
    }
  }

  private static func claim(_ cells: NamedCells, _ context: ImportContext) throws(ImportProblem) -> Claim {
    if cells["therapy"].isEmpty { throw .outOfScope("says nothing about a therapy") }
    if cells["deprecated"].lowercased() == "true" { throw .deferred("withdrawn by the source") }
    var claim = Claim()
    claim.id = "MOA" + cells["assertion_id"]
    claim.source = "MOAlmanac assertion " + cells["assertion_id"]
    claim.sourceDate = date(cells["publication_date"])
    claim.reviewed = date(cells["last_updated"])
    switch cells["direction"] {
    case "sensitivity": claim.direction = "sensitivity"
    case "resistance": claim.direction = "resistance"
    case "not_sensitive": (claim.direction, claim.notes) = ("no_benefit", ["no predictive effect seen"])
    case "not_resistant":
      (claim.direction, claim.notes) = ("context", ["tested and not a cause of resistance"])
      claim.effect = Rule.Effect.notACause.rawValue
    default: throw .outOfScope("says nothing about a therapy's effect")
    }
    claim.references = references(cells)
    try level(cells, &claim)
    guard !claim.references.isEmpty else { throw .refused("reference is not a PMID, DOI, LABEL or NCT", cells["url"]) }
    let agents = try context.agents.list(cells["therapy"], separator: "+")
    claim.therapies = [try context.agents.combination(agents)]
    claim.diseases = [try disease(cells["oncotree_code"], cells["disease"], context)]
    if cells["feature_type"] == "Germline Variant" { claim.origin = "germline" }
    claim.biomarker = try feature(cells, context)
    return claim
  }

  /// `2009-12-1` with two digits for the day.
  private static func date(_ text: String) -> String {
    text.split(separator: "-").map { $0.utf8.count == 1 ? "0" + $0 : String($0) }.joined(separator: "-")
  }

  private static func references(_ cells: NamedCells) -> [String] {
    var found: [String] = []
    if !cells["pmid"].isEmpty { found.append("PMID:" + cells["pmid"]) }
    if !cells["doi"].isEmpty { found.append("DOI:" + cells["doi"]) }
    found += ReferenceWords.find(cells["nct"])
    if cells["source_type"] == "FDA" {
      let date = cells["publication_date"]
      found.insert(ReferenceWords.label("FDA", cells["therapy"].lowercased(), date: date, place: cells["url"]), at: 0)
    }
    return found
  }

  private static func level(_ cells: NamedCells, _ claim: inout Claim) throws(ImportProblem) {
    switch cells["level"] {
    case "FDA-Approved":
      claim.level = "A1"
      claim.body = "FDA"
      claim.status = "approved"
      claim.notes.append("label as the source lists it, its present state is not checked")
    case "Guideline": (claim.level, claim.body) = ("A2", "guideline")
    case "Clinical trial": claim.level = "C"
    case "Clinical evidence": claim.level = "D"
    case "Preclinical":
      claim.level = "E"
      claim.notes.append("laboratory work")
    case "Inferential":
      claim.level = "E"
      claim.notes.append("inferred")
    default: throw .refused("evidence level is not known", "'\(cells["level"])'")
    }
  }

  /// The OncoTree code wins over the name.
  static func disease(
    _ code: String, _ name: String, _ context: ImportContext
  ) throws(ImportProblem) -> DiseaseTerms.Meaning {
    for word in [code, name] where !word.isEmpty {
      if let meaning = context.diseases.meaning(ofName: word), !meaning.include.isEmpty { return meaning }
    }
    throw .refused("disease is not in the mapping", "'\(name)'" + (code.isEmpty ? "" : " (\(code))"))
  }

  private static func feature(_ cells: NamedCells, _ context: ImportContext) throws(ImportProblem)
    -> BiomarkerExpression
  {
    let vocabulary = context.vocabulary
    let alteration = cells["alteration"]
    switch cells["feature_type"] {
    case "Somatic Variant", "Germline Variant":
      return try variant(try vocabulary.symbol(cells["gene"]), alteration, cells["variant_class"], context)
    case "Copy Number":
      let gene = try vocabulary.symbol(cells["gene"])
      if alteration == "Amplification" { return vocabulary.copyNumber(gene, "AMP") }
      if alteration == "Deletion" { return vocabulary.copyNumber(gene, "HOMDEL") }
    case "Rearrangement":
      if cells["gene2"].isEmpty { return vocabulary.fusion(of: try vocabulary.symbol(cells["gene"])) }
      return try vocabulary.fusion(cells["gene"], cells["gene2"])
    case "Microsatellite Stability" where alteration == "MSI-High":
      return vocabulary.measurement("MSI", ["high"], example: "MSI high")
    case "Mutational Burden" where alteration.lowercased().contains("high"):
      return vocabulary.measurement("TMB", ["high"], example: "TMB high")
    default: break
    }
    throw .deferred("feature has no words in the rule table", "\(cells["feature_type"]) \(alteration)")
  }

  private static func variant(
    _ gene: String, _ alteration: String, _ variantClass: String, _ context: ImportContext
  ) throws(ImportProblem) -> BiomarkerExpression {
    let vocabulary = context.vocabulary
    if alteration.hasPrefix("exon "), let exon = Int(alteration.dropFirst(5)) {
      switch variantClass {
      case "": return try vocabulary.exon(gene, exon)
      case "Deletion": return try vocabulary.exon(gene, exon, effect: "inframe_del")
      case "Insertion": return try vocabulary.exon(gene, exon, effect: "inframe_ins")
      case "Frameshift": return try vocabulary.exon(gene, exon, effect: "frameshift")
      case "Nonsense": return try vocabulary.exon(gene, exon, effect: "nonsense")
      case "Splice Site":
        if let skipping = vocabulary.skipping(gene, exon: exon) { return skipping }
        return try vocabulary.exon(gene, exon)
      default: return try vocabulary.exon(gene, exon)
      }
    }
    if !alteration.isEmpty {
      let bare = alteration.hasPrefix("p.") ? String(alteration.dropFirst(2)) : alteration
      return try context.words.variant(gene, bare)
    }
    switch variantClass {
    case "Nonsense": return vocabulary.effect(gene, ["nonsense"])
    case "Frameshift": return vocabulary.effect(gene, ["frameshift"])
    case "Splice Site": return vocabulary.effect(gene, ["splice"])
    case "Activating mutation": return vocabulary.activating(gene)
    default: return vocabulary.mutation(gene)
    }
  }
}
