// SPDX-License-Identifier: Apache-2.0
internal import Knowledge

/// Items that speak of no therapy: diagnosis, prognosis, predisposition, oncogenicity and function.
extension CivicSource {
  static func statement(_ cells: NamedCells, _ context: ImportContext) throws(ImportProblem) -> Claim {
    let word = try word(cells)
    var claim = Claim()
    claim.id = "EID" + cells["evidence_id"]
    claim.source = "CIViC " + claim.id
    claim.sourceDate = String(cells["last_review_date"].prefix(10))
    claim.reviewed = claim.sourceDate
    claim.direction = word.rawValue
    // Nothing is opened by such a row, so that doubt about it is said and does not keep it out.
    if cells["is_flagged"] == "true" { claim.notes.append("flagged for review by the curators of the source") }
    try level(cells, &claim)
    claim.references = try references(cells)
    claim.therapies = [["-"]]
    claim.diseases = [try scope(word, cells, context, &claim.notes)]
    if cells["variant_origin"].hasSuffix("Germline") { claim.origin = "germline" }
    let words = context.words
    claim.biomarker = try BiomarkerExpression.parse(cells["molecular_profile"]) {
      (operand: [String]) throws(ImportProblem) in try words.read(operand)
    }
    return claim
  }

  /// `Does Not Support` is no statement of the opposite.
  private static func word(_ cells: NamedCells) throws(ImportProblem) -> Rule.Statement {
    let supports: Bool
    switch (cells["evidence_direction"], cells["significance"]) {
    case ("Supports", _): supports = true
    case ("Does Not Support", _): supports = false
    case ("N/A", "N/A"): throw .refused("item states no direction", cells["evidence_type"])
    default: throw .refused("direction of the evidence is not known", "'\(cells["evidence_direction"])'")
    }
    let word: Rule.Statement? =
      switch (cells["evidence_type"], cells["significance"]) {
      case ("Diagnostic", "Positive"): supports ? .supportsDiagnosis : .noDiagnosticValue
      case ("Diagnostic", "Negative"): supports ? .opposesDiagnosis : .noDiagnosticValue
      case ("Prognostic", "Better Outcome"): supports ? .betterOutcome : .noEffectOnOutcome
      case ("Prognostic", "Poor Outcome"): supports ? .poorOutcome : .noEffectOnOutcome
      case ("Prognostic", "N/A"): supports ? nil : .noEffectOnOutcome
      case ("Predisposing", "Predisposition"): supports ? .predisposing : .notPredisposing
      case ("Predisposing", "Protectiveness"): supports ? .protective : nil
      case ("Predisposing", "Uncertain Significance"): supports ? .uncertainPredisposition : nil
      case ("Oncogenic", "Oncogenicity"): supports ? .oncogenic : .notOncogenic
      case ("Oncogenic", "Protectiveness"): nil
      case ("Functional", "Gain of Function"): supports ? .gainOfFunction : .noGainOfFunction
      case ("Functional", "Loss of Function"): supports ? .lossOfFunction : .noLossOfFunction
      case ("Functional", "Dominant Negative"): supports ? .dominantNegative : .notDominantNegative
      case ("Functional", "Neomorphic"): supports ? .neomorphic : .notNeomorphic
      case ("Functional", "Unaltered Function"): supports ? .unalteredFunction : nil
      default: nil
      }
    if let word { return word }
    guard ["Diagnostic", "Prognostic", "Predisposing", "Oncogenic", "Functional"].contains(cells["evidence_type"])
    else { throw .outOfScope("evidence type \(cells["evidence_type"])") }
    throw .refused("significance says no direction", "'\(cells["significance"])'")
  }

  /// A predisposition is the patient's and holds whatever the tumor; the function of a change that names no disease too.
  private static func scope(
    _ word: Rule.Statement, _ cells: NamedCells, _ context: ImportContext, _ notes: inout [String]
  ) throws(ImportProblem) -> DiseaseTerms.Meaning {
    if word.kind == .predisposition {
      if !cells["disease"].isEmpty { notes.append("concerns " + cells["disease"]) }
      return .any
    }
    if word.kind == .function, cells["disease"].isEmpty { return .any }
    return try disease(cells, context)
  }
}
