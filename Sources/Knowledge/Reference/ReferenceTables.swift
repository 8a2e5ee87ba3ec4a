// SPDX-License-Identifier: Apache-2.0
package import Alterations
internal import DelimitedText

/// The facts that rules lean on: genes, tumor types, agents, exons, hotspots, roles, pathways.
package final class ReferenceTables: Sendable {
  /// Gene symbols and their other names.
  package let genes: GeneCatalog
  /// Clinic names that mean a protein or stain (`HER2` is ERBB2; `ER` is ESR1 as EXPR), upper case.
  package let clinicNames: [String: ClinicName]
  /// The OncoTree.
  package let tumorTypes: TumorTypeTree
  /// Agents and their classes.
  package let agents: AgentTable
  /// Codons of exons.
  package let exons: ExonTable
  /// Recurrent residues.
  package let hotspots: HotspotTable
  /// `tumor_suppressor`, `oncogene` or `both` by symbol.
  package let roles: [String: GeneRole]
  /// Common harmless changes, such as `TP53 p.P72R`.
  package let polymorphisms: [String: String]
  /// Changes that curated sources have classified.
  package let pathogenicity: PathogenicityTable
  /// Coding exons and sequences, to find residues by position.
  package let codingGenes: CodingGenes
  /// Genes by their numbers in other catalogs.
  package let geneIdentifiers: GeneIdentifierTable
  /// Changes written in an old numbering, by `gene p.change`.
  package let legacyNumbering: [String: String]
  /// Which genes drive which pathway.
  package let pathways: PathwayTable

  /// Hereditary syndromes by gene.
  package let predispositionGenes: [String: String]
  /// Names of rearrangements that name no gene (`t(9;22)`), in lower case, with `GENE5::GENE3` or the gene.
  package let rearrangements: [String: NamedRearrangement]

  /// What a clinic name stands for.
  package struct ClinicName: Sendable {
    /// One gene, or a family of them.
    package enum Meaning: Hashable, Sendable {
      case gene(String)
      case family(String)
    }

    /// What it names.
    package let meaning: Meaning
    /// Whether the name speaks of a protein that was stained and not of the gene.
    package let isProtein: Bool

    /// Reads a symbol, or `family:NAME`.
    init(symbol: String, context: String) {
      let mark = "family:"
      meaning = symbol.hasPrefix(mark) ? .family(String(symbol.dropFirst(mark.count))) : .gene(symbol)
      isProtein = context == "EXPR"
    }

    /// The symbol of the one gene that it names; `nil` for a family.
    package var gene: String? {
      if case .gene(let symbol) = meaning { symbol } else { nil }
    }
  }

  /// What the program goes by beside the rules: biomarkers, fusions, sites, diagnoses to review and the like.
  package let facts: Facts
  /// What is wrong with the tables of facts; those that are compiled in are checked by a test and by `table lint`.
  package var faults: [TableFault] { FactCheck(self).faults(facts) }

  /// Whether a rule may use this name for something that is not a gene; `-` is a rule about no gene.
  package func isBiomarkerName(_ name: String) -> Bool { name == "-" || facts.biomarkers.ruleNames.contains(name) }

  /// An atom of a rule whose source counts residues in an old numbering, in the current one.
  func currentNumbering(_ spec: AlterationSpec, gene: String) -> AlterationSpec {
    guard case .exact(let change) = spec, change.firstResidue != "X", change.first > 0,
      let current = legacyNumbering["\(gene) \(change.firstResidue)\(change.first)"],
      let number = Int(current.drop(while: { !$0.isNumber }))
    else { return spec }
    return .exact(
      ProteinChange(
        change.consequence, first: number, last: change.last + number - change.first, firstResidue: change.firstResidue,
        lastResidue: change.lastResidue, replacement: change.replacement, tail: change.tail))
  }

  /// The letters that hotspots and old numberings give a residue; empty when neither names it.
  package func residueLetters(gene: String, at number: Int) -> Set<Character> {
    let current = legacyNumbering.lazy.filter { $0.key.hasPrefix(gene + " ") && $0.value.dropFirst() == String(number) }
    return hotspots.letters(gene: gene, at: number).union(current.compactMap(\.value.first))
  }

  /// The tables compiled into the program.
  ///
  /// Two cores load them in half the time.
  package static func builtIn(laidOut: BuiltInLayout? = .linked) -> ReferenceTables {
    let (names, others) = Concurrently.both({ geneNames(laidOut) }, { Others(laidOut) })
    return ReferenceTables(names, others)
  }

  /// What a name of a rearrangement stands for.
  package struct NamedRearrangement: Sendable {
    /// `GENE5::GENE3`, or the gene whose partner is not told.
    package let genes: String
    /// Whether the name holds only where the bands are stated.
    package let asksBands: Bool
  }

  /// What the table of genes and those of other names for them say.
  private typealias GeneNames = (
    catalog: GeneCatalog, clinic: [String: ClinicName], rearrangements: [String: NamedRearrangement]
  )

  private init(_ names: GeneNames, _ others: Others) {
    (genes, clinicNames, rearrangements) = (names.catalog, names.clinic, names.rearrangements)
    (tumorTypes, agents, exons, hotspots) = (others.tumorTypes, others.agents, others.exons, others.hotspots)
    (roles, polymorphisms, legacyNumbering) = (others.roles, others.polymorphisms, others.legacy)
    (pathways, predispositionGenes, facts) = (others.pathways, others.predisposition, others.facts)
    (pathogenicity, codingGenes, geneIdentifiers) = (PathogenicityTable(), CodingGenes(), GeneIdentifierTable())
  }

  /// The same tables without genes of hereditary syndromes.
  init(withoutPredispositionIn all: ReferenceTables) {
    (genes, clinicNames, rearrangements) = (all.genes, all.clinicNames, all.rearrangements)
    (tumorTypes, agents, exons, hotspots) = (all.tumorTypes, all.agents, all.exons, all.hotspots)
    (roles, polymorphisms, legacyNumbering) = (all.roles, all.polymorphisms, all.legacyNumbering)
    (pathways, predispositionGenes, facts) = (all.pathways, [:], all.facts)
    (pathogenicity, codingGenes, geneIdentifiers) = (all.pathogenicity, all.codingGenes, all.geneIdentifiers)
  }

  /// Gene symbols and their other names, read from their table.
  static func readGenes() -> GeneCatalog {
    BuiltInTable.genes.withBytes { bytes in
      GeneCatalog(rows: bytes.extracting(BuiltInTable.genes.firstRow..<bytes.count), capacity: 160_000)
    }
  }

  private static func geneNames(_ laidOut: BuiltInLayout?) -> GeneNames {
    var catalog = laidOut?.genes ?? readGenes()
    var clinic: [String: ClinicName] = [:]
    var rearrangements: [String: NamedRearrangement] = [:]
    BuiltInTable.geneClinicNames.forEachRecord(["name", "symbol", "context"]) { record in
      if record[2] == "FUSION" || record[2] == "FUSION_BY_BANDS" {
        rearrangements[record[0].lowercased()] = NamedRearrangement(genes: record[1], asksBands: record[2] != "FUSION")
        return
      }
      let name = ClinicName(symbol: record[1], context: record[2])
      let plain = GeneNameKey.plain(record[0])
      clinic[plain] = name
      guard record[2].isEmpty, let gene = name.gene.flatMap({ catalog.gene($0) }) else { return }
      catalog.setPreferredAlias(record[0], of: gene)
      if plain != record[0] { catalog.setPreferredAlias(plain, of: gene) }
    }
    return (catalog, clinic, rearrangements)
  }

  /// The tables that need no gene names.
  private struct Others: Sendable {
    let tumorTypes: TumorTypeTree
    let agents: AgentTable
    let exons = ExonTable()
    let hotspots = HotspotTable()
    let pathways = PathwayTable.builtIn()
    let facts = Facts.builtIn
    let roles: [String: GeneRole]
    let polymorphisms: [String: String], legacy: [String: String], predisposition: [String: String]

    init(_ laidOut: BuiltInLayout?) {
      tumorTypes = TumorTypeTree.builtIn(laidOut: laidOut)
      agents = AgentTable.builtIn(laidOut: laidOut)
      var (roles, polymorphisms, legacy, predisposition):
        (
          [String: GeneRole], [String: String], [String: String], [String: String]
        ) = ([:], [:], [:], [:])
      BuiltInTable.geneRoles.forEachRecord(["gene", "role"]) { roles[$0[0]] = GeneRole(rawValue: $0[1]) }
      BuiltInTable.polymorphisms.forEachRecord(["gene", "change", "basis"]) {
        polymorphisms[$0[0] + " " + $0[1]] = $0[2]
      }
      BuiltInTable.legacyNumbering.forEachRecord(["gene", "legacy", "current"]) { legacy[$0[0] + " " + $0[1]] = $0[2] }
      BuiltInTable.predispositionGenes.forEachRecord(["gene", "syndrome"]) { predisposition[$0[0]] = $0[1] }
      (self.roles, self.polymorphisms, self.legacy, self.predisposition) = (
        roles, polymorphisms, legacy, predisposition
      )
    }
  }
}

/// What loss or gain of a gene does for a tumor.
package enum GeneRole: String, Sendable {
  case tumorSuppressor = "tumor_suppressor"
  case oncogene
  case both

  /// Whether losing the gene drives tumors.
  package var isSuppressor: Bool { self != .oncogene }
  /// Whether gaining the gene drives tumors.
  package var isOncogene: Bool { self != .tumorSuppressor }
}

/// The form in which clinic names are compared.
package enum GeneNameKey {
  /// Upper case, without spaces, hyphens and slashes, Greek letters spelled as Latin ones.
  package static func plain(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return plainASCII(text) }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case " ", "-", "/", "_", "\u{2010}", "\u{2011}", "\u{2013}": continue
      case "α": result += "A"
      case "β": result += "B"
      case "γ": result += "G"
      case "δ": result += "D"
      case "κ": result += "K"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result.uppercased()
  }

  private static func plainASCII(_ text: String) -> String {
    unsafe String(unsafeUninitializedCapacity: text.utf8.count) { buffer in
      var count = 0
      for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "_"): continue
        case UInt8(ascii: "a")...UInt8(ascii: "z"): unsafe buffer[count] = byte & 0xDF
        default: unsafe buffer[count] = byte
        }
        count += 1
      }
      return count
    }
  }
}
