// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import Knowledge

/// The export of CIViC's accepted evidence, one evidence item a row (layout of 2026).
enum CivicSource: ImportSource {
  static let name = "civic"

  static func requiredColumns(_ context: ImportContext) -> [String] {
    [
      "molecular_profile", "disease", "doid", "therapies", "therapy_interaction_type", "evidence_type",
      "evidence_direction", "evidence_level", "significance", "citation_id", "source_type", "evidence_id",
    ]
  }

  static func items(_ table: NamedTable, _ context: ImportContext) -> [ImportItem] {
    let places = NamedCells.places(table)
    return table.rows.map { row in
      let cells = NamedCells(row, places: places)
      return ImportItem(id: "EID" + cells["evidence_id"], line: row.line) { () throws(ImportProblem) in
        try context.rows.drafts(try claim(cells, context))
      }
    }
  }

  private static func claim(_ cells: NamedCells, _ context: ImportContext) throws(ImportProblem) -> Claim {
    if !cells["evidence_status"].isEmpty, cells["evidence_status"] != "accepted" {
      throw .deferred("evidence is not accepted", cells["evidence_status"])
    }
    guard cells["evidence_type"] == "Predictive" else { return try statement(cells, context) }
    if cells["is_flagged"] == "true" { throw .deferred("flagged for review by the curators of the source") }
    var claim = Claim()
    claim.id = "EID" + cells["evidence_id"]
    claim.source = "CIViC " + claim.id
    claim.sourceDate = String(cells["last_review_date"].prefix(10))
    claim.reviewed = claim.sourceDate
    (claim.direction, claim.notes) = try direction(cells)
    if cells["significance"] == "Reduced Sensitivity", cells["evidence_direction"] == "Supports" {
      claim.effect = Rule.Effect.reducedSensitivity.rawValue
    }
    if cells["significance"] == "Resistance", claim.direction == "context" {
      claim.effect = Rule.Effect.notACause.rawValue
    }
    try level(cells, &claim)
    claim.references = try references(cells)
    claim.therapies = try therapies(cells, context)
    claim.diseases = [try disease(cells, context)]
    if cells["variant_origin"].hasSuffix("Germline") { claim.origin = "germline" }
    let words = context.words
    claim.biomarker = try BiomarkerExpression.parse(cells["molecular_profile"]) {
      (operand: [String]) throws(ImportProblem) in try words.read(operand)
    }
    return claim
  }

  /// `Does Not Support` is no statement of the opposite.
  private static func direction(_ cells: NamedCells) throws(ImportProblem) -> (String, [String]) {
    let supports: Bool
    switch cells["evidence_direction"] {
    case "Supports": supports = true
    case "Does Not Support": supports = false
    default: throw .refused("direction of the evidence is not known", "'\(cells["evidence_direction"])'")
    }
    switch cells["significance"] {
    case "Sensitivity/Response":
      return supports ? ("sensitivity", []) : ("no_benefit", ["no predictive effect seen"])
    case "Resistance":
      return supports ? ("resistance", []) : ("context", ["tested and not a cause of resistance"])
    case "Reduced Sensitivity":
      return supports
        ? ("context", ["reduced sensitivity"]) : ("context", ["tested and not a cause of reduced sensitivity"])
    case "Adverse Response": throw .deferred("toxicity is not a direction of a rule")
    default: throw .refused("significance says no direction", "'\(cells["significance"])'")
    }
  }

  static func level(_ cells: NamedCells, _ claim: inout Claim) throws(ImportProblem) {
    switch cells["evidence_level"] {
    case "A", "B": claim.level = "B"
    case "C": claim.level = "D"
    case "D":
      claim.level = "E"
      claim.notes.append("laboratory work")
    case "E":
      claim.level = "E"
      claim.notes.append("inferred")
    default: throw .refused("evidence level is not known", "'\(cells["evidence_level"])'")
    }
    if cells["rating"] == "1" { claim.notes.append("low-rated evidence") }
  }

  static func references(_ cells: NamedCells) throws(ImportProblem) -> [String] {
    let id = cells["citation_id"]
    switch cells["source_type"] {
    case "PubMed" where !id.isEmpty: return ["PMID:" + id]
    case "ASH" where id.hasPrefix("10."): return ["DOI:" + id]
    default: break
    }
    let trials = cells["nct_ids"].split(whereSeparator: { ",; ".contains($0) }).map(String.init)
    guard !trials.isEmpty else { throw .refused("reference is not a PMID, DOI or NCT", cells["citation"]) }
    return trials
  }

  private static func therapies(_ cells: NamedCells, _ context: ImportContext) throws(ImportProblem) -> [[String]] {
    let interaction = cells["therapy_interaction_type"]
    if interaction == "Sequential" { throw .deferred("agents given one after the other are not a therapy of a rule") }
    if cells["therapies"].isEmpty { throw .refused("therapy is empty") }
    if interaction == "Substitutes" {
      // `A/B Regimen` among substitutes is one choice, its agents are given together.
      var therapies: [[String]] = []
      for name in cells["therapies"].split(separator: ",") {
        therapies.append(try context.agents.combination(try context.agents.list(String(name), separator: ",")))
      }
      return therapies
    }
    let agents = try context.agents.list(cells["therapies"], separator: ",")
    if agents.count > 1, interaction.isEmpty, !cells["therapies"].contains("/") {
      throw .refused("several agents, and not said whether together", cells["therapies"])
    }
    return [try context.agents.combination(agents)]
  }

  static func disease(
    _ cells: NamedCells, _ context: ImportContext
  ) throws(ImportProblem) -> DiseaseTerms.Meaning {
    let doid = cells["doid"]
    let known = doid.isEmpty ? nil : context.diseases.meaning(ofIdentifier: "DOID:" + doid)
    guard let meaning = known ?? context.diseases.meaning(ofName: cells["disease"]), !meaning.include.isEmpty else {
      throw .refused("disease is not in the mapping", "'\(cells["disease"])'" + (doid.isEmpty ? "" : ", DOID:\(doid)"))
    }
    return meaning
  }
}
