// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import Knowledge

/// What an item of a knowledge base came to.
struct ImportItem: Sendable {
  /// The identifier that the source gives it.
  let id: String
  /// The first line of it, counted from 1.
  let line: Int
  /// Its rows, or why there are none.
  let outcome: Result<[RuleDraft], ImportProblem>

  /// An item whose rows are made by `body`.
  init(id: String, line: Int, _ body: () throws(ImportProblem) -> [RuleDraft]) {
    self.id = id
    self.line = line
    do throws(ImportProblem) {
      outcome = .success(try body())
    } catch {
      outcome = .failure(error)
    }
  }
}

/// What all importers need to know.
struct ImportContext: Sendable {
  let reference: ReferenceTables
  let vocabulary: AtomVocabulary
  let words: VariantWords
  let diseases: DiseaseTerms
  let agents: AgentNames
  let rows: RowWriter
  /// Which column of the file says what; for the generic importer.
  let columns: ColumnMapping

  init(reference: ReferenceTables, columns: ColumnMapping) {
    self.reference = reference
    self.columns = columns
    vocabulary = AtomVocabulary(reference: reference)
    words = VariantWords(vocabulary: vocabulary)
    diseases = DiseaseTerms(tumorTypes: reference.tumorTypes)
    agents = AgentNames(agents: reference.agents)
    rows = RowWriter(reference: reference)
  }

  /// Whether a word names a gene.
  func isGene(_ word: String) -> Bool { (try? vocabulary.symbol(word)) != nil }
}

/// One kind of file that rules can be imported from.
protocol ImportSource: Sendable {
  /// The word behind `--from`.
  static var name: String { get }

  /// Columns without which it is not such a file.
  static func requiredColumns(_ context: ImportContext) -> [String]

  /// All items of the file, in its order.
  static func items(_ table: NamedTable, _ context: ImportContext) -> [ImportItem]
}

/// All kinds of files that rules can be imported from.
package enum ImportSources {
  static let all: [any ImportSource.Type] = [
    CivicSource.self, CancerGenomeInterpreterSource.self, MOAlmanacSource.self, MOAlmanacLabelSource.self,
    OncoKBSource.self, ClinicalKnowledgebaseSource.self, JacksonSource.self, MappedSource.self,
  ]

  /// The words behind `--from`.
  package static var names: [String] {
    var names: [String] = []
    for source in all where !names.contains(source.name) { names.append(source.name) }
    return names
  }
}

/// The cells of one row by column name.
struct NamedCells {
  private let places: [String: Int]
  let row: NamedTable.Row

  init(_ row: NamedTable.Row, places: [String: Int]) {
    self.row = row
    self.places = places
  }

  /// The cell; empty when the row is cut short or the column is missing.
  subscript(_ column: String) -> String {
    guard let place = places[column], place < row.cells.count else { return "" }
    return row.cells[place]
  }

  /// The places of columns by name.
  static func places(_ table: NamedTable) -> [String: Int] {
    Dictionary(table.header.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }
}
