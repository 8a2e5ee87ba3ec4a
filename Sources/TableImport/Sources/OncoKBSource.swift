// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import Knowledge
internal import SystemIO

/// The table of actionable genes that OncoKB lets a licensed lab download: `Level`, `Gene`, `Alterations`, `Cancer Types`
/// and drugs, each with lists in its cells.
///
/// Nothing of its content is shipped.
enum OncoKBSource: ImportSource {
  static let name = "oncokb"

  private static let keys = ["Level", "Gene", "Alterations", "Cancer Types"]

  static func requiredColumns(_ context: ImportContext) -> [String] { keys }

  static func items(_ table: NamedTable, _ context: ImportContext) -> [ImportItem] {
    let places = NamedCells.places(table)
    let drugs = table.header.first { $0.lowercased().hasPrefix("drug") } ?? ""
    return table.rows.flatMap { row -> [ImportItem] in
      let cells = NamedCells(row, places: places)
      // The source numbers nothing; the content gives an identifier that stays.
      let key = (keys + [drugs]).map { cells[$0] }.joined(separator: "\t")
      let listed = ListedItems(id: "OKB-" + XXH64.hex(Array(key.utf8).span).prefix(8), line: row.line)
      var base = Claim()
      base.source = "OncoKB \(listed.id)"
      do throws(ImportProblem) {
        try level(cells["Level"], &base, context)
      } catch {
        return listed.failing(error)
      }
      let gene = cells["Gene"]
      return listed.items(
        context, base: base,
        alterations: CellList.split(cells["Alterations"], at: [",", ";"]).map {
          Reading($0) { (words) throws(ImportProblem) in try alteration(gene, words, context) }
        },
        tumors: tumors(cells["Cancer Types"], context),
        therapies: CellList.split(cells[drugs], at: [",", ";"]).map {
          Reading($0) { (words) throws(ImportProblem) in
            try context.agents.combination(try context.agents.list(words, separator: "+"))
          }
        },
        finish: label)
    }
  }

  /// What a source calls its item does not make the level alone: the table names no study.
  private static func level(
    _ text: String, _ claim: inout Claim, _ context: ImportContext
  ) throws(ImportProblem) {
    let level = text.uppercased().replacing("LEVEL", with: "").trimmingPrefix("_").filter { $0 != " " }
    claim.direction = level.hasPrefix("R") ? "resistance" : "sensitivity"
    switch level {
    case "1": (claim.level, claim.body, claim.status) = ("A1", "FDA", "approved")
    case "2", "2A", "R1": (claim.level, claim.body) = ("A2", "guideline")
    case "2B", "3", "3A", "3B", "R2": claim.level = "C"
    case "4":
      claim.level = "E"
      claim.notes.append("biological evidence")
    case _ where level.hasPrefix("D") || level.hasPrefix("P"):
      throw .outOfScope("implication for diagnosis or prognosis")
    default: throw .refused("evidence level is not known", "'\(text)'")
    }
    if claim.level == "A1" {
      claim.notes.append("label as the source lists it, its present state is not checked")
    } else {
      claim.references = context.reference.facts.importWords.references(of: name)
      claim.notes.append("the table names no study, the reference is that of the source")
    }
  }

  /// A label is that of the claim's therapies.
  private static func label(_ claim: inout Claim) {
    guard claim.level == "A1" else { return }
    let agents = claim.therapies.map { $0.joined(separator: " + ") }.joined(separator: ", ")
    claim.references = [ReferenceWords.label("FDA", agents, date: "", place: "(as listed by the source)")]
  }

  private static func tumors(_ text: String, _ context: ImportContext) -> [Reading<ListedItems.Scope>] {
    func meaning(_ name: String) -> DiseaseTerms.Meaning? {
      context.diseases.meaning(ofName: name).flatMap { $0.include.isEmpty ? nil : $0 }
    }
    let words = CellList.joined(CellList.split(text, at: [",", ";"])) { meaning($0) != nil }
    return words.map { word in
      Reading(word) { (word) throws(ImportProblem) in
        let (name, excluded) = CellList.exclusion(word)
        guard let own = meaning(name) else { throw .refused("disease is not in the mapping", "'\(name)'") }
        var scope = ListedItems.Scope(meaning: own)
        for other in CellList.joined(excluded, isKnown: { meaning($0) != nil }) {
          guard let out = meaning(other) else { throw .refused("disease is not in the mapping", "'\(other)'") }
          scope.exclude += out.include
        }
        return scope
      }
    }
  }

  private static func alteration(
    _ gene: String, _ text: String, _ context: ImportContext
  ) throws(ImportProblem) -> BiomarkerExpression {
    let vocabulary = context.vocabulary
    let words = text.lowercased()
    if gene.lowercased() == "other biomarkers" || gene.isEmpty {
      switch words {
      case "msi-h", "microsatellite instability-high", "microsatellite instability high":
        return vocabulary.measurement("MSI", ["high"], example: "MSI high")
      case "tmb-h", "tumor mutational burden-high", "tumor mutational burden high":
        return vocabulary.measurement("TMB", ["high"], example: "TMB high")
      default: throw .deferred("measurement has no words in the rule table", text)
      }
    }
    let (plain, excluded) = CellList.exclusion(text)
    if !excluded.isEmpty {
      var parts = [try alteration(gene, plain, context)]
      for other in excluded { parts.append(.not(try alteration(gene, other, context))) }
      return .and(parts)
    }
    // `EML4-ALK Fusion`, `BCR::ABL1 Fusion`: the partners stand beside the gene of the row.
    if words.hasSuffix(" fusion") {
      let name = String(text.dropLast(7)).replacing("::", with: "-")
      if let symbol = try? vocabulary.symbol(name) { return vocabulary.fusion(of: symbol) }
      // Symbols may hold the dash themselves: `NKX2-1`.
      let parts = name.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
      for cut in parts.indices.dropFirst() {
        let (five, three) = (parts[..<cut].joined(separator: "-"), parts[cut...].joined(separator: "-"))
        guard context.isGene(five), context.isGene(three) else { continue }
        return try vocabulary.fusion(five, three)
      }
    }
    return try context.words.variant(try vocabulary.symbol(gene), text)
  }
}
