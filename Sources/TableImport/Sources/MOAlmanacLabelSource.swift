// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import Knowledge

/// A flat list of the label statements of the Molecular Oncology Almanac's database, one a row.
enum MOAlmanacLabelSource: ImportSource {
  static let name = "moalmanac"

  static func requiredColumns(_ context: ImportContext) -> [String] {
    [
      "statement_id", "predicate", "biomarkers", "disease", "oncotree_code", "therapies", "agency", "brand",
      "initial_approval_date", "url",
    ]
  }

  static func items(_ table: NamedTable, _ context: ImportContext) -> [ImportItem] {
    let places = NamedCells.places(table)
    return table.rows.map { row in
      let cells = NamedCells(row, places: places)
      return ImportItem(id: "MOADB" + cells["statement_id"], line: row.line) { () throws(ImportProblem) in
        try context.rows.drafts(try claim(cells, context))
      }
    }
  }

  private static func claim(_ cells: NamedCells, _ context: ImportContext) throws(ImportProblem) -> Claim {
    guard cells["predicate"] == "predictSensitivityTo" else {
      throw .outOfScope("predicate \(cells["predicate"])")
    }
    let agency = cells["agency"].uppercased()
    guard agency == "FDA" || agency == "EMA" else { throw .deferred("agency is not a body of a rule", agency) }
    var claim = Claim()
    claim.id = "MOADB" + cells["statement_id"]
    claim.source = "MOAlmanac statement " + cells["statement_id"]
    claim.sourceDate = cells["initial_approval_date"]
    claim.direction = "sensitivity"
    claim.level = "A1"
    claim.body = agency
    claim.status = "approved"
    claim.statusDate = claim.sourceDate
    claim.notes = ["label as the source lists it, its present state is not checked"]
    claim.references = [
      ReferenceWords.label(agency, cells["brand"].lowercased(), date: claim.sourceDate, place: cells["url"])
    ]
    let agents = try context.agents.list(cells["therapies"], separator: "+")
    claim.therapies = [try context.agents.combination(agents)]
    claim.diseases = [try MOAlmanacSource.disease(cells["oncotree_code"], cells["disease"], context)]
    var parts: [BiomarkerExpression] = []
    for biomarker in cells["biomarkers"].split(separator: "]") {
      let words = biomarker.split(separator: " ").map(String.init)
      guard let bracket = words.firstIndex(where: { $0.hasPrefix("[") }) else { continue }
      let name = words[..<bracket].drop { $0 == "AND" }
      let type = words[bracket...].joined(separator: " ").dropFirst()
      if type == "Germline Variant" { claim.origin = "germline" }
      let isDenied = name.first == "NOT"
      let expression = try biomarkerExpression(Array(isDenied ? name.dropFirst() : name), String(type), context)
      parts.append(isDenied ? .not(expression) : expression)
    }
    guard !parts.isEmpty else { throw .refused("statement names no biomarker") }
    claim.biomarker = parts.count == 1 ? parts[0] : .and(parts)
    return claim
  }

  private static func biomarkerExpression(
    _ words: [String], _ type: String, _ context: ImportContext
  ) throws(ImportProblem) -> BiomarkerExpression {
    let vocabulary = context.vocabulary
    let text = words.joined(separator: " ")
    let rest = words.dropFirst().joined(separator: " ")
    guard let first = words.first else { throw .refused("biomarker is empty") }
    switch type {
    case "Protein expression": return try stain(words, vocabulary)
    case "Wild type": return vocabulary.wildType(try vocabulary.symbol(words.last ?? ""))
    case "Rearrangement":
      if first.contains("::") { return try context.words.read([first]) }
      if rest == "rearrangements" { return vocabulary.fusion(of: try vocabulary.symbol(first)) }
      if first.hasPrefix("t("), let gene = first.dropFirst(2).split(separator: ";").first, first.hasSuffix(";v)") {
        return vocabulary.fusion(of: try vocabulary.symbol(String(gene)))
      }
    case "Somatic Variant", "Germline Variant":
      if let known = vocabulary.reference.facts.importWords.variant(text, from: name) {
        return vocabulary.named(known.gene, known.name, example: text)
      }
      return try variant(try vocabulary.symbol(first), rest, context)
    case "Copy Number":
      if rest == "amplification" { return vocabulary.copyNumber(try vocabulary.symbol(first), "AMP") }
      if rest == "deletion" { return vocabulary.copyNumber(try vocabulary.symbol(first), "HOMDEL") }
    case "Copy Number (arm level)":
      if ["17p", "5q"].contains(first), rest == "deletion" {
        return vocabulary.measurement("del(\(first))", ["present"], example: "del(\(first))")
      }
    case "Mismatch Repair":
      if text == "dMMR" { return vocabulary.measurement("MMR", ["deficient"], example: "dMMR") }
      if text == "pMMR" { return vocabulary.measurement("MMR", ["proficient"], example: "pMMR") }
    case "Microsatellite Stability":
      if text == "MSI-H" { return vocabulary.measurement("MSI", ["high"], example: "MSI high") }
      if text == "MSI-L" { return vocabulary.measurement("MSI", ["low"], example: "MSI-L") }
    case "Homologous Recombination":
      if text == "HRD" { return vocabulary.measurement("HRD", ["positive"], example: "HRD positive") }
    case "Tumor mutational burden":
      if text.hasPrefix("TMB-H (>= 10 ") { return vocabulary.measurement("TMB", [">= 10"], example: "TMB 12") }
    default: break
    }
    throw .deferred("biomarker has no words in the rule table", "\(text) [\(type)]")
  }

  private static func variant(
    _ gene: String, _ words: String, _ context: ImportContext
  ) throws(ImportProblem) -> BiomarkerExpression {
    let vocabulary = context.vocabulary
    switch words {
    case "pathogenic variants", "oncogenic variants", "somatic variants": return vocabulary.oncogenic(gene)
    case "activating variants": return vocabulary.activating(gene)
    case "nonsense variants": return vocabulary.effect(gene, ["nonsense"])
    case "frameshift variants": return vocabulary.effect(gene, ["frameshift"])
    case "splice site variants": return vocabulary.effect(gene, ["splice"])
    case "Exon 14 (Splice Site)", "Exon 14 (Deletion)":
      if let skipping = vocabulary.skipping(gene, exon: 14) { return skipping }
    default: break
    }
    if words.hasPrefix("p.") { return try context.words.variant(gene, String(words.dropFirst(2))) }
    return try context.words.variant(gene, words.filter { $0 != "(" && $0 != ")" })
  }

  /// `ER positive`, `HER2-negative`, `PD-L1 (CPS) >= 1`, `CD20 +`.
  private static func stain(
    _ words: [String], _ vocabulary: AtomVocabulary
  ) throws(ImportProblem) -> BiomarkerExpression {
    let text = words.joined(separator: " ")
    let problem = ImportProblem.deferred("biomarker has no words in the rule table", "\(text) [Protein expression]")
    let biomarkers = vocabulary.reference.facts.biomarkers
    let (graded, share) = (biomarkers.first(.graded), biomarkers.first(.share))
    if let name = words.first, name.hasPrefix(graded.name + "-") {
      let word = String(name.dropFirst(graded.name.count + 1))
      return vocabulary.measurement(
        graded.nameOfResults, [word], eventClass: "EXPR", example: "\(graded.name) \(word)")
    }
    if words.first == share.name {
      // A share of stained cells without its scale cannot be compared.
      guard words.count == 4, words[1].hasPrefix("("), words[2] == ">=",
        let value = Int(words[3].filter(\.isNumber)), value <= 100
      else { throw problem }
      let scale = words[1].filter { $0 != "(" && $0 != ")" }
      return vocabulary.measurement(
        share.name, ["\(scale) >= \(value)"], eventClass: "EXPR", example: "\(share.name) \(scale) \(value + 1)")
    }
    guard words.count == 2, let name = words.first else { throw problem }
    let gene = try vocabulary.symbol(biomarkers.nameOfResults(name))
    switch words[1] {
    case "positive", "+":
      return vocabulary.measurement(gene, ["positive"], eventClass: "EXPR", example: "\(name) positive")
    case "negative":
      return vocabulary.measurement(gene, ["negative"], eventClass: "EXPR", example: "\(name) negative")
    default: throw problem
    }
  }
}
