// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import SystemIO

/// What the program goes by beside the rules and names a gene, a tumor type or a class of agents.
///
/// Each member is one of the built-in tables (two for the picture and the sets); a row says where it comes from. The
/// tables are small and belong together: the first use of one reads all but those that few runs ask for.
package final class Facts: Sendable {
  /// Scores, stains and other tests that are no genes.
  package let biomarkers: BiomarkerTable
  /// What the grades of a stain say.
  package let stainGrades: StainGrades
  /// From where on scores of tools are high.
  package let scoreLimits: ScoreLimits
  /// Stains that mark a lineage.
  package let lineageStains: LineageStains
  /// Findings that stand in for a test.
  package let surrogates: [Surrogate]
  /// Agents that act only where another gene is intact.
  package let wildTypeDependence: [WildTypeDependence]
  /// The usual places of genes in fusions.
  package let fusionRoles: FusionRoles
  /// Findings that contradict a diagnosis.
  package let diagnosisReviews: [DiagnosisReviewFact]
  /// Alleles by which drugs are borne better or worse.
  package let doseAlleles: DoseAlleles
  /// Words that name a class of change.
  package let namedChanges: NamedChanges
  /// Places of genes where changes have a name of their own.
  package let sites: NamedSites
  /// Words of labels for earlier treatment.
  package let priorTherapyWords: PriorTherapyWords
  /// Codes that depend on the site of the tumor.
  package let siteCodes: SiteCodes
  /// Boxes of the picture of pathways.
  package var pathwayBoxes: [PathwayBox] { late.pathwayBoxes.value }
  /// Small sets that matching goes by.
  package let sets: MatchingSets
  /// Points of the score of oncogenicity.
  package let oncogenicity: OncogenicityPoints
  /// Words of a clinician that are no name of one gene.
  package let phrases: ClinicPhrases
  /// Words of knowledge bases.
  package var importWords: ImportWords { late.importWords.value }
  /// Findings about rules that stay.
  package var explained: ExplainedFindings { late.explained.value }
  private let late: LateFacts
  private let changed: [BuiltInTable: NamedTable]

  /// The tables behind all of it.
  private static let tables: [BuiltInTable] = [
    .biomarkers, .stainGrades, .scoreLimits, .lineageStains, .surrogates, .wildTypeDependence, .fusionRoles,
    .diagnosisReview, .doseAlleles, .namedChanges, .namedSites, .priorTherapyWords, .siteCodes, .pathwayBoxes,
    .matchingSets, .oncogenicityPoints, .clinicPhrases, .importWords, .lintExplained,
  ]

  /// Their rows, for checks.
  var texts: [(table: BuiltInTable, text: NamedTable)] { Self.tables.map { ($0, changed[$0] ?? $0.text) } }

  /// The latest version of the tables.
  package var version: String {
    Self.tables.compactMap { (changed[$0] ?? $0.head).comments["version"] }.max() ?? ""
  }

  /// The facts compiled into the program.
  package static let builtIn = Facts()

  /// - Parameter changed: Tables to take in place of those compiled in, for tests.
  init(replacing changed: [BuiltInTable: NamedTable] = [:]) {
    // Where a fact comes from is for readers of the table.
    let rows = { @Sendable (table: BuiltInTable) in
      FactRow.rows(of: changed[table] ?? table.text(without: table == .doseAlleles ? [] : ["source", "note"]))
    }
    biomarkers = BiomarkerTable(rows(.biomarkers))
    stainGrades = StainGrades(rows(.stainGrades))
    scoreLimits = ScoreLimits(rows(.scoreLimits))
    lineageStains = LineageStains(rows(.lineageStains))
    surrogates = rows(.surrogates).map(Surrogate.init)
    wildTypeDependence = rows(.wildTypeDependence).map(WildTypeDependence.init)
    fusionRoles = FusionRoles(rows(.fusionRoles))
    diagnosisReviews = rows(.diagnosisReview).compactMap(DiagnosisReviewFact.init)
    doseAlleles = DoseAlleles(rows(.doseAlleles))
    namedChanges = NamedChanges(rows(.namedChanges))
    sites = NamedSites(rows(.namedSites))
    priorTherapyWords = PriorTherapyWords(rows(.priorTherapyWords))
    siteCodes = SiteCodes(rows(.siteCodes))
    sets = MatchingSets(rows(.matchingSets))
    oncogenicity = OncogenicityPoints(rows(.oncogenicityPoints))
    phrases = ClinicPhrases(rows(.clinicPhrases))
    late = LateFacts(rows)
    self.changed = changed
  }
}

/// Facts that are read when they are asked for.
private struct LateFacts: Sendable {
  let pathwayBoxes: MadeOnce<[PathwayBox]>
  let importWords: MadeOnce<ImportWords>
  let explained: MadeOnce<ExplainedFindings>

  init(_ rows: @escaping @Sendable (BuiltInTable) -> [FactRow]) {
    pathwayBoxes = MadeOnce { rows(.pathwayBoxes).map(PathwayBox.init) }
    importWords = MadeOnce { ImportWords(rows(.importWords)) }
    explained = MadeOnce { ExplainedFindings(rows(.lintExplained)) }
  }
}

/// A row of a table of facts: its cells by the name of the column.
struct FactRow {
  private let places: [String: Int]
  private let cells: [String]

  /// The cell of a column; empty where the table has no such column or the row ends before it.
  subscript(_ column: String) -> String {
    guard let place = places[column], place < cells.count else { return "" }
    return cells[place]
  }

  /// The rows of a table.
  static func rows(of text: NamedTable) -> [FactRow] {
    let names = text.header.map { $0.lowercased() }
    let places = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    return text.rows.map { FactRow(places: places, cells: $0.cells) }
  }
}
