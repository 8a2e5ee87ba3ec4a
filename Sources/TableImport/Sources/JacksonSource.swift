// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import Knowledge
internal import SystemIO

/// Evidence of the Clinical Knowledgebase of the Jackson Laboratory: the table of a gene's page, with a profile, a tumor, a
/// response and a therapy in each row, and the records of its interface as JSON, one level flatter.
///
/// Nothing of its content is shipped.
enum JacksonEvidence {
  /// The columns, each with the names that layouts give it.
  static let columns: [(name: String, others: [String])] = [
    ("Molecular Profile", ["molecularProfile", "profileName", "Profile Name"]),
    ("Indication/Tumor Type", ["Tumor Type", "Indication", "indication", "indicationName", "Indication/Tumour Type"]),
    ("Response Type", ["responseType"]),
    ("Therapy Name", ["therapyName", "Therapy", "therapy"]),
    ("Approval Status", ["approvalStatus"]),
    ("Evidence Type", ["evidenceType"]),
    ("Efficacy Evidence", ["efficacyEvidence"]),
    ("References", ["references", "pubMedId", "Reference"]),
    ("id", ["Id", "ID", "evidenceId"]),
    ("doid", ["DOID", "termId", "indicationId"]),
  ]

  /// Columns without which a file is no such table.
  static let required = 5

  /// The name of a column in a header.
  static func name(_ place: Int, in header: [String]) -> String? {
    ([columns[place].name] + columns[place].others).first(where: header.contains)
  }

  static func items(_ table: NamedTable, _ context: ImportContext, source: String) -> [ImportItem] {
    let places = NamedCells.places(table)
    let names = columns.indices.map { name($0, in: table.header) ?? "" }
    return table.rows.flatMap { row -> [ImportItem] in
      let cells = NamedCells(row, places: places)
      let record = Record(names.map { $0.isEmpty ? "" : cells[$0] })
      let prefix = source.uppercased() + "-"
      let key = columns.indices.dropLast(2).map { record.cells[$0] }.joined(separator: "\t")
      let number = record.id.isEmpty ? String(XXH64.hex(Array(key.utf8).span).prefix(8)) : record.id
      let listed = ListedItems(id: prefix + number, line: row.line)
      var base = Claim()
      base.source = "Clinical Knowledgebase \(listed.id)"
      do throws(ImportProblem) {
        try response(record, &base)
        base.references = references(record)
        try level(record, &base)
        guard base.level == "A1" || !base.references.isEmpty else {
          throw .refused("reference is not a PMID, DOI or NCT", record.references)
        }
      } catch {
        return listed.failing(error)
      }
      let separators: Set<Character> = [";", "|"]
      return listed.items(
        context, base: base,
        alterations: CellList.split(record.profile, at: separators).map {
          Reading($0) { (words) throws(ImportProblem) in try JacksonProfile(context: context).read(words) }
        },
        tumors: tumors(record, context),
        therapies: CellList.split(record.therapy, at: separators).map {
          Reading($0) { (words) throws(ImportProblem) in
            try context.agents.combination(try context.agents.list(words, separator: "+"))
          }
        },
        finish: label)
    }
  }

  /// The cells of a row in the order of ``columns``.
  struct Record {
    let cells: [String]
    init(_ cells: [String]) { self.cells = cells }

    var profile: String { cells[0] }
    var tumor: String { cells[1] }
    var response: String { cells[2].lowercased() }
    var therapy: String { cells[3] }
    var status: String { cells[4].lowercased() }
    var kind: String { cells[5] }
    var statement: String { cells[6] }
    var references: String { cells[7] }
    var id: String { cells[8] }
    var doid: String { cells[9] }
  }

  private static func response(_ record: Record, _ claim: inout Claim) throws(ImportProblem) {
    if !record.kind.isEmpty, record.kind.lowercased() != "actionable" {
      throw .outOfScope("evidence type \(record.kind)")
    }
    switch record.response {
    case "sensitive", "predicted - sensitive": claim.direction = "sensitivity"
    case "resistant", "predicted - resistant": claim.direction = "resistance"
    case "no benefit": (claim.direction, claim.notes) = ("no_benefit", ["no predictive effect seen"])
    case "decreased response":
      (claim.direction, claim.notes) = ("context", ["reduced sensitivity"])
      claim.effect = Rule.Effect.reducedSensitivity.rawValue
    case "conflicting": throw .deferred("the source holds the evidence to be conflicting")
    case "unknown", "not applicable", "not predictive", "": throw .outOfScope("response type \(record.response)")
    default: throw .refused("response is not known", "'\(record.response)'")
    }
  }

  /// What a source calls its item does not make the level alone: a response that is predicted is a case at best.
  private static func level(_ record: Record, _ claim: inout Claim) throws(ImportProblem) {
    let status = record.status
    switch status {
    case _ where status.hasPrefix("fda") || status.hasPrefix("ema"):
      (claim.level, claim.body, claim.status) = ("A1", status.hasPrefix("fda") ? "FDA" : "EMA", "approved")
      if status.contains("contraindicated"), claim.direction == "sensitivity" {
        throw .refused("label speaks against what the response says", record.status)
      }
      claim.notes.append("label as the source lists it, its present state is not checked")
    case "guideline": (claim.level, claim.body) = ("A2", "guideline")
    case _ where status.hasPrefix("phase iii") || status.hasPrefix("phase ii/iii"): claim.level = "B"
    case _ where status.hasPrefix("phase"), _ where status.hasPrefix("clinical study"): claim.level = "C"
    case _ where status.hasPrefix("case report"): claim.level = "D"
    case _ where status.hasPrefix("preclinical"):
      claim.level = "E"
      claim.notes.append("laboratory work")
    default: throw .refused("evidence level is not known", "'\(record.status)'")
    }
    guard record.response.hasPrefix("predicted") else { return }
    claim.notes.append("predicted by the source")
    if claim.level < "D" { (claim.level, claim.body, claim.status) = ("D", "", "") }
  }

  /// Numbers of papers in the column and, where it has none, in the statement; numbers of trials too.
  private static func references(_ record: Record) -> [String] {
    var found: [String] = []
    func add(_ reference: String) { if !found.contains(reference) { found.append(reference) } }
    for word in record.references.split(whereSeparator: { " ,;|()".contains($0) }) {
      let number = word.hasPrefix("PMID:") ? word.dropFirst(5) : word
      if (5...9).contains(number.count), number.allSatisfy({ $0.isASCII && $0.isNumber }) { add("PMID:" + number) }
    }
    for reference in ReferenceWords.find(record.references) { add(reference) }
    let words = record.statement.split(whereSeparator: { " ,;()".contains($0) }).map(String.init)
    for (place, word) in words.enumerated() {
      if word == "PMID:", place + 1 < words.count { ReferenceWords.find("PMID:" + words[place + 1]).forEach(add) }
      ReferenceWords.find(word).forEach(add)
    }
    return found
  }

  private static func label(_ claim: inout Claim) {
    guard claim.level == "A1" else { return }
    let agents = claim.therapies.map { $0.joined(separator: " + ") }.joined(separator: ", ")
    claim.references.insert(
      ReferenceWords.label(claim.body, agents, date: "", place: "(as listed by the source)"), at: 0)
  }

  private static func tumors(_ record: Record, _ context: ImportContext) -> [Reading<ListedItems.Scope>] {
    func meaning(_ name: String) -> DiseaseTerms.Meaning? {
      let known = name.allSatisfy(\.isNumber) ? context.diseases.meaning(ofIdentifier: "DOID:" + name) : nil
      return (known ?? context.diseases.meaning(ofIdentifier: name) ?? context.diseases.meaning(ofName: name))
        .flatMap { $0.include.isEmpty ? nil : $0 }
    }
    let names = CellList.split(record.tumor, at: [";", "|"])
    return names.map { name in
      Reading(name) { (name) throws(ImportProblem) in
        // The identifier tells more than the name where there is one tumor.
        let own = names.count == 1 && !record.doid.isEmpty ? meaning(record.doid) : nil
        guard let found = own ?? meaning(name) else {
          throw .refused("disease is not in the mapping", "'\(name)'")
        }
        return ListedItems.Scope(meaning: found)
      }
    }
  }
}

/// The table of evidence as pages of the knowledgebase show it, and its records as JSON.
enum ClinicalKnowledgebaseSource: ImportSource {
  static let name = "ckb"

  static func requiredColumns(_ context: ImportContext) -> [String] {
    JacksonEvidence.columns.prefix(JacksonEvidence.required).map(\.name)
  }

  static func items(_ table: NamedTable, _ context: ImportContext) -> [ImportItem] {
    JacksonEvidence.items(table, context, source: name)
  }
}

/// The records of the same source in collections of several knowledge bases.
enum JacksonSource: ImportSource {
  static let name = "jax"

  static func requiredColumns(_ context: ImportContext) -> [String] {
    ClinicalKnowledgebaseSource.requiredColumns(context)
  }

  static func items(_ table: NamedTable, _ context: ImportContext) -> [ImportItem] {
    JacksonEvidence.items(table, context, source: name)
  }
}
