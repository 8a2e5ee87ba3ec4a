// SPDX-License-Identifier: Apache-2.0
internal import Knowledge
internal import Alterations
internal import DelimitedText
internal import SystemIO

/// The biomarkers of the Cancer Genome Interpreter; the file repeats an item for each protein change of it.
enum CancerGenomeInterpreterSource: ImportSource {
  static let name = "cgi"

  private static let keys = [
    "Alteration", "Alteration type", "Association", "Biomarker", "Drug", "Drug family", "Drug full name",
    "Evidence level", "Primary Tumor acronym", "Source",
  ]

  static func requiredColumns(_ context: ImportContext) -> [String] { keys }

  static func items(_ table: NamedTable, _ context: ImportContext) -> [ImportItem] {
    let places = NamedCells.places(table)
    var seen: Set<String> = []
    var items: [ImportItem] = []
    for row in table.rows {
      let cells = NamedCells(row, places: places)
      let key = keys.map { cells[$0] }.joined(separator: "\t")
      guard seen.insert(key).inserted else { continue }
      // The source numbers nothing; the content gives an identifier that stays.
      let id = "CGI-" + XXH64.hex(Array(key.utf8).span).prefix(8)
      items.append(
        ImportItem(id: id, line: row.line) { () throws(ImportProblem) in
          try context.rows.drafts(try claim(cells, id: id, context))
        })
    }
    return items
  }

  private static func claim(
    _ cells: NamedCells, id: String, _ context: ImportContext
  ) throws(ImportProblem) -> Claim {
    var claim = Claim()
    claim.id = id
    claim.source = "CGI \(id)"
    switch cells["Association"] {
    case "Responsive": claim.direction = "sensitivity"
    case "Resistant": claim.direction = "resistance"
    case "No Responsive": (claim.direction, claim.notes) = ("no_benefit", ["no predictive effect seen"])
    case let other where other.hasPrefix("Increased Toxicity"):
      throw .deferred("toxicity is not a direction of a rule")
    default: throw .refused("association is not known", "'\(cells["Association"])'")
    }
    claim.therapies = try therapies(cells, context)
    claim.references = ReferenceWords.find(cells["Source"])
    try level(cells, &claim)
    guard !claim.references.isEmpty else {
      throw .refused("reference is not a PMID, DOI or NCT", "'\(cells["Source"])'")
    }
    for acronym in cells["Primary Tumor acronym"].split(separator: ";") {
      guard let meaning = context.diseases.meaning(ofIdentifier: "CGI:" + acronym.trimmingSpaces),
        !meaning.include.isEmpty
      else { throw .refused("disease is not in the mapping", "'\(acronym)' (\(cells["Primary Tumor type"]))") }
      claim.diseases.append(meaning)
    }
    claim.biomarker = try CancerGenomeInterpreterAlteration(context: context)
      .read(cells["Alteration"], types: cells["Alteration type"])
    return claim
  }

  /// The weakest of several levels.
  private static func level(_ cells: NamedCells, _ claim: inout Claim) throws(ImportProblem) {
    var levels: [String] = []
    for word in cells["Evidence level"].split(separator: ",") {
      let level = word.trimmingSpaces.lowercased()
      switch level {
      case "fda guidelines":
        levels.append("A1")
        claim.body = "FDA"
        claim.status = "approved"
        let agents = claim.therapies.map { $0.joined(separator: " + ") }.joined(separator: ", ")
        claim.references.insert(
          ReferenceWords.label("FDA", agents, date: "", place: "(as listed by the source)"), at: 0)
        claim.notes.append("label as the source lists it, its present state is not checked")
      case "late trials": levels.append("B")
      case "early trials", "clinical trials": levels.append("C")
      case "case report": levels.append("D")
      case "pre-clinical":
        levels.append("E")
        claim.notes.append("laboratory work")
      case let guideline where guideline.hasSuffix(" guidelines"):
        levels.append("A2")
        claim.body = "guideline"
      default: throw .refused("evidence level is not known", "'\(word)'")
      }
    }
    claim.level = levels.max() ?? ""
    if claim.level > "A2" { (claim.body, claim.status) = ("", "") }
  }

  private static func therapies(_ cells: NamedCells, _ context: ImportContext) throws(ImportProblem) -> [[String]] {
    let isFamily = cells["Drug"].isEmpty || cells["Drug"] == "[]"
    var text = isFamily ? cells["Drug family"] : cells["Drug"]
    let isChoice = text.hasPrefix("[")
    text = text.filter { $0 != "[" && $0 != "]" }
    let choices = isChoice ? text.split(separator: ",").map(String.init) : [text]
    var therapies: [[String]] = []
    for choice in choices {
      let names = choice.split(separator: ";").map {
        context.reference.facts.importWords.agent(ofFamily: $0.trimmingSpaces.lowercased(), from: name)
          ?? $0.trimmingSpaces
      }
      let agents = try context.agents.list(names.joined(separator: ";"), separator: ";")
      therapies.append(try context.agents.combination(agents))
    }
    return therapies
  }
}

/// Reads `BRAF:V600E,K601.`, `EGFR::consequence::inframe_insertion:762-823`, `ABL1__BCR`, `MET:amp;EGFR:.`.
struct CancerGenomeInterpreterAlteration: Sendable {
  let context: ImportContext

  private var vocabulary: AtomVocabulary { context.vocabulary }

  /// Parts between `;` must all hold; a part without a gene goes on about the gene before it.
  func read(_ text: String, types: String) throws(ImportProblem) -> BiomarkerExpression {
    let types = types.split(separator: ";").map(String.init)
    var parts: [BiomarkerExpression] = []
    var gene = ""
    for (index, part) in text.split(separator: ";").map(\.trimmingSpaces).enumerated() {
      let type = index < types.count ? types[index] : types.last ?? ""
      if part.contains("__") {
        parts.append(try fusion(part))
        continue
      }
      var body = Substring(part)
      if let colon = part.firstIndex(of: ":") {
        gene = try vocabulary.symbol(String(part[..<colon]))
        body = part[part.index(after: colon)...]
      }
      guard !gene.isEmpty else { throw .refused("alteration names no gene", text) }
      parts.append(try alteration(gene, String(body), type: type))
    }
    guard !parts.isEmpty else { throw .refused("alteration is empty") }
    return parts.count == 1 ? parts[0] : .and(parts)
  }

  /// The source keeps no order of the partners.
  private func fusion(_ text: String) throws(ImportProblem) -> BiomarkerExpression {
    let parts = text.split(separator: "_").map(String.init)
    guard parts.count == 2 else { throw .refused("fusion cannot be read", text) }
    if parts[1] == "." { return vocabulary.fusion(of: try vocabulary.symbol(parts[0])) }
    if parts[0] == "." { return vocabulary.fusion(of: try vocabulary.symbol(parts[1])) }
    return try vocabulary.unorderedFusion(parts[0], parts[1])
  }

  private func alteration(_ gene: String, _ body: String, type: String) throws(ImportProblem) -> BiomarkerExpression {
    switch (type, body) {
    case ("CNA", "amp"): return vocabulary.copyNumber(gene, "AMP")
    case ("CNA", "del"): return vocabulary.copyNumber(gene, "HOMDEL")
    case ("CNA", "norm"): return vocabulary.wildType(gene)
    case ("EXPR", "over"): return vocabulary.expression(gene, .high)
    case ("EXPR", "under"): return vocabulary.expression(gene, .low)
    case ("EXPR", "norm"):
      return vocabulary.expression(gene, vocabulary.reference.facts.stainGrades.namesLow(gene) ? .low : .present)
    case ("BIA", "."): return vocabulary.biallelicLoss(gene)
    case ("MUT", "."): return vocabulary.mutation(gene)
    case ("MUT", ":wildtype:."): return vocabulary.wildType(gene)
    case ("MUT", _) where body.hasPrefix(":consequence::"): return try consequences(gene, body.dropFirst(14))
    case ("MUT", _): return try changes(gene, body)
    default: throw .deferred("alteration has no words in the rule table", "\(gene):\(body) (\(type))")
    }
  }

  private func changes(_ gene: String, _ list: String) throws(ImportProblem) -> BiomarkerExpression {
    var exact: [ProteinChange] = []
    var codons: [(String, Int)] = []
    var ranges: [(ClosedRange<Int>, String, String)] = []
    for word in list.split(separator: ",") {
      if let range = Self.range(word) {
        ranges.append((range, "RANGE \(range.lowerBound)-\(range.upperBound)", ""))
      } else if let codon = Self.codon(word) {
        codons.append(codon)
      } else if let change = ProteinChange(word), change.consequence != .synonymous {
        exact.append(change)
      } else {
        throw .deferred("alteration has no words in the rule table", "\(gene):\(word)")
      }
    }
    var parts: [BiomarkerExpression] = []
    if !exact.isEmpty { parts.append(vocabulary.changes(gene, exact)) }
    if !codons.isEmpty { parts.append(vocabulary.codons(gene, codons)) }
    if !ranges.isEmpty { parts.append(vocabulary.ranges(gene, ranges)) }
    return parts.count == 1 ? parts[0] : .or(parts)
  }

  private func consequences(_ gene: String, _ list: Substring) throws(ImportProblem) -> BiomarkerExpression {
    var ranges: [(ClosedRange<Int>, String, String)] = []
    var effects: [String] = []
    for entry in list.split(separator: ",") {
      let parts = entry.split(separator: ":").map(String.init)
      guard parts.count == 2, let effect = Self.effects[parts[0]] else {
        throw .deferred("consequence has no words in the rule table", "\(gene) \(entry)")
      }
      if parts[1] == "." {
        if !effects.contains(effect) { effects.append(effect) }
      } else if let range = Self.range(Substring(parts[1])) ?? Self.codon(Substring(parts[1])).map({ $0.1...$0.1 }) {
        let spec = "RANGE \(range.lowerBound)-\(range.upperBound) \(effect)"
        if !ranges.contains(where: { $0.1 == spec }) { ranges.append((range, spec, effect)) }
      } else {
        throw .deferred("insertion is written without its ends", "\(gene) \(entry)")
      }
    }
    var alternatives: [BiomarkerExpression] = []
    if !ranges.isEmpty { alternatives.append(vocabulary.ranges(gene, ranges)) }
    if !effects.isEmpty { alternatives.append(vocabulary.effect(gene, effects)) }
    return alternatives.count == 1 ? alternatives[0] : .or(alternatives)
  }

  private static let effects = [
    "inframe_insertion": "inframe_ins", "inframe_deletion": "inframe_del", "inframe_variant": "inframe",
    "missense_variant": "missense", "frameshift_variant": "frameshift", "stop_gained": "nonsense",
    "splice_donor_variant": "splice", "splice_acceptor_variant": "splice", "stop_lost": "stop_lost",
    "promoters_core": "promoter",
  ]

  /// `788-828`.
  private static func range(_ word: Substring) -> ClosedRange<Int>? {
    let ends = word.split(separator: "-").compactMap { Int($0) }
    guard ends.count == 2, word.split(separator: "-").count == 2, ends[0] <= ends[1] else { return nil }
    return ends[0]...ends[1]
  }

  /// `D835.`, `.537.`.
  private static func codon(_ word: Substring) -> (String, Int)? {
    guard word.hasSuffix("."), let first = word.first, let number = Int(word.dropFirst().dropLast()) else { return nil }
    return (first == "." ? "X" : String(first), number)
  }
}
