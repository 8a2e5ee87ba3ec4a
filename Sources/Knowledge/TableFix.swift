// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// Mends what is wrong with a rule table in a mechanical way: another spelling of the same thing.
///
/// What asks for a decision is left as it is.
package struct TableFix: Sendable {
  /// One cell that was mended.
  package struct Correction: Sendable, CustomStringConvertible {
    /// The table.
    package let table: String
    /// The line counted from 1.
    package let line: Int
    /// The column.
    package let column: String
    /// What stood there.
    package let before: String
    /// What stands there now.
    package let after: String

    /// `targets.tsv:88: gene 'HER2' is now 'ERBB2'`.
    package var description: String { "\(table):\(line): \(column) '\(before)' is now '\(after)'" }
  }

  /// The mended lines, comments and other columns as they were.
  package private(set) var lines: [String] = []
  /// What was mended, in order.
  package private(set) var mends: [Correction] = []

  private let table: String
  private let reference: ReferenceTables

  /// Mends a table.
  ///
  /// - Parameter known: Reference tables that are loaded already.
  package init(table: String, bytes: [UInt8], reference known: ReferenceTables? = nil) {
    self.table = table
    reference = known ?? .builtIn()
    let text = String(decoding: bytes, as: UTF8.self)
    var columns: [String] = []
    for (index, raw) in text.split(separator: /\r\n|\n|\r/, omittingEmptySubsequences: false).enumerated() {
      var line = String(raw)
      if index == 0, line.hasPrefix("\u{FEFF}") { line.removeFirst() }
      if columns.isEmpty, line.isEmpty || line.hasPrefix("#") {
        lines.append(line)
        continue
      }
      if line.isEmpty { continue }
      var cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      if columns.isEmpty {
        for place in cells.indices { mend(&cells[place], "header", index + 1, headerName(cells[place])) }
        columns = cells
      } else {
        mend(&cells, columns, index + 1)
      }
      lines.append(cells.joined(separator: "\t"))
    }
    while lines.last == "" { lines.removeLast() }
  }

  private mutating func mend(_ cell: inout String, _ column: String, _ line: Int, _ better: String) {
    guard better != cell else { return }
    if better != cell.trimmingSpaces {
      mends.append(Correction(table: table, line: line, column: column, before: cell, after: better))
    }
    cell = better
  }

  private func headerName(_ text: String) -> String {
    let plain = text.trimmingSpaces.lowercased().split(whereSeparator: { " -_".contains($0) }).joined(separator: "_")
    return Rule.columns.contains(plain) ? plain : text.trimmingSpaces
  }

  private mutating func mend(_ cells: inout [String], _ columns: [String], _ line: Int) {
    var gene = ""
    var eventClass = ""
    for (place, column) in columns.enumerated() where place < cells.count {
      let plain = cells[place].trimmingSpaces
      if column == "gene" { gene = betterGene(plain) }
      if column == "event_class" { eventClass = word(plain, Rule.EventClass.allCases.map(\.rawValue)) }
    }
    for (place, column) in columns.enumerated() where place < cells.count {
      let plain = cells[place].trimmingSpaces
      mend(&cells[place], column, line, better(plain, column, gene: gene, eventClass: eventClass))
    }
  }

  private func better(_ text: String, _ column: String, gene: String, eventClass: String) -> String {
    switch column {
    case "gene": gene
    case "event_class": eventClass
    case "direction": word(text, Rule.Direction.allCases.map(\.rawValue) + ["off"])
    case "body": word(text, Rule.Authority.allCases.map(\.rawValue))
    case "status": word(text, Rule.RegulatoryStatus.allCases.map(\.rawValue))
    case "line": word(text, Rule.Line.allCases.map(\.rawValue))
    case "level": word(text, Rule.Level.allCases.map(\.rawValue))
    case "origin": word(text, Rule.Origin.allCases.map(\.rawValue))
    case "site": word(text, TumorSite.allCases.map(\.rawValue) + ["any"])
    case "oncotree_include", "oncotree_exclude": codes(text)
    case "agents": agents(text)
    case "reference": references(text)
    case "status_date", "withdrawn_date", "source_date", "reviewed": date(text)
    case "alteration_spec": spec(text, gene: gene, eventClass: eventClass)
    default: text
    }
  }

  private func word(_ text: String, _ known: [String]) -> String {
    if known.contains(text) { return text }
    let key = Self.key(text)
    let fits = known.filter { Self.key($0) == key }
    return fits.count == 1 ? fits[0] : text
  }

  private static func key(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }

  private func betterGene(_ text: String) -> String {
    if reference.isBiomarkerName(text) || reference.pathways.contains(text) { return text }
    if let biomarker = reference.facts.biomarkers.ruleNames.first(where: { $0.uppercased() == text.uppercased() }) {
      return biomarker
    }
    if let gene = reference.genes.gene(text) { return reference.genes.symbol(gene) }
    guard let clinic = reference.clinicNames[GeneNameKey.plain(text)], !clinic.isProtein else { return text }
    return clinic.gene ?? text
  }

  private func codes(_ text: String) -> String {
    var items = text.listItems
    let commas = text.split(whereSeparator: { ",;".contains($0) }).map(\.trimmingSpaces).filter { !$0.isEmpty }
    if commas.count > items.count, commas.allSatisfy({ reference.tumorTypes.isKnownScope(code($0)) }) { items = commas }
    let better = items.map(code)
    return better == text.listItems ? text : better.joined(separator: ";")
  }

  private func code(_ item: String) -> String {
    if reference.tumorTypes.isKnownScope(item) { return item }
    if reference.tumorTypes.isKnownScope(item.uppercased()) { return item.uppercased() }
    let now = reference.tumorTypes.successors(of: item)
    return now.count == 1 ? now[0] : item
  }

  private func agents(_ text: String) -> String {
    if text == "-" || text.isEmpty { return text }
    let names = text.split(separator: "+").map(\.trimmingSpaces)
    return names.map { reference.agents.find($0)?.name ?? $0 }.joined(separator: " + ")
  }

  private func references(_ text: String) -> String {
    let items = text.contains(";") || text.hasPrefix("LABEL:") ? text.listItems : commaItems(text)
    let better = items.map(Self.reference)
    return better == text.listItems ? text : better.joined(separator: ";")
  }

  private func commaItems(_ text: String) -> [String] {
    let parts = text.split(separator: ",").map(\.trimmingSpaces)
    let isList = parts.count > 1 && parts.allSatisfy { Self.isReference(Self.reference($0)) }
    return isList ? parts : text.listItems
  }

  private static func isReference(_ text: String) -> Bool {
    ["PMID:", "PMCID:", "DOI:", "LABEL:", "NCT"].contains(where: text.hasPrefix)
  }

  private static func reference(_ text: String) -> String {
    let upper = text.uppercased()
    for (start, prefix) in [("PMID", "PMID:"), ("PMCID", "PMCID:"), ("DOI", "DOI:")] where upper.hasPrefix(start) {
      let rest = text.dropFirst(start.utf8.count).drop { ": ".contains($0) }
      if !rest.isEmpty, text[text.index(text.startIndex, offsetBy: start.utf8.count)].isLetter == false {
        return prefix + rest
      }
    }
    if upper.hasPrefix("NCT") { return upper }
    for site in ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/"]
    where text.lowercased().hasPrefix(site) {
      return "DOI:" + text.dropFirst(site.utf8.count)
    }
    return text
  }

  /// Dates that begin with the year.
  private func date(_ text: String) -> String {
    let parts = text.split(whereSeparator: { "-/.".contains($0) }).map(String.init)
    guard let year = parts.first, year.utf8.count == 4, parts.count <= 3,
      parts.allSatisfy({ $0.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } })
    else { return text }
    return parts.map { $0.utf8.count == 1 ? "0" + $0 : $0 }.joined(separator: "-")
  }

  /// Atoms that the parser refuses, in the spelling that it takes.
  private func spec(_ text: String, gene: String, eventClass: String) -> String {
    guard let kind = Rule.EventClass(rawValue: eventClass) else { return text }
    let parser = SpecParser(reference)
    if (try? parser.alternatives(text, gene: gene, eventClass: kind)) != nil { return text }
    let atoms = text.split(separator: "|").map { part -> String in
      let atom = part.trimmingSpaces
      return Self.spellings(of: atom).first { spelling in
        (try? parser.alternatives(spelling, gene: gene, eventClass: kind)) != nil
      } ?? atom
    }
    return atoms.joined(separator: " | ")
  }

  private static func spellings(of atom: String) -> [String] {
    var spellings = [atom, atom.uppercased(), atom.lowercased()]
    if let change = ProteinChange(atom) { spellings.append(change.description) }
    var words = atom.split(separator: " ").map(String.init)
    if let first = words.first, ["exon", "codon", "range", "fusion"].contains(first.lowercased()) {
      words[0] = first.uppercased()
      spellings.append(words.joined(separator: " "))
    }
    let plain = [
      "amplification": "AMP", "amplified": "AMP", "homozygous deletion": "HOMDEL", "deep deletion": "HOMDEL",
      "loss of heterozygosity": "LOH", "loss of function": "LOF", "loss-of-function": "LOF", "wild type": "WT",
      "wild-type": "WT", "wildtype": "WT",
    ]
    if let known = plain[atom.lowercased()] { spellings.append(known) }
    return spellings
  }
}
