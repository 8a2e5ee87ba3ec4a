package import Alterations
package import InputFormats
package import Knowledge

/// The normalize stage: turns what a row states into a canonical alteration.
package struct Normalizer: Sendable {
  /// A row's fate.
  package enum Result {
    case kept(Alteration)
    case notEvaluated(Alteration, String)
    /// The row is not looked at, for a stated reason.
    case filtered(String)
    case rejected(column: String, value: String, problem: String)
  }

  let genes: GeneNormalizer
  let sequences: SequenceNormalizer
  let fusions: FusionNormalizer
  let table: KnowledgeBase
  /// By gene number, whether anything in the tables speaks of the gene.
  let isKnown: [Bool]
  /// Reads rows of all other genes.
  let passive: PassiveRows
  /// Copies from which on a gain is an amplification in a diploid tumor.
  let amplificationCopies: Double

  /// Copies from which on a gain is an amplification in a diploid tumor, where settings do not say.
  package static let usualAmplificationCopies = 6.0

  package init(table: KnowledgeBase, amplificationCopies: Double = Normalizer.usualAmplificationCopies) {
    self.table = table
    self.amplificationCopies = amplificationCopies
    var isKnown = [Bool](repeating: false, count: table.reference.genes.count)
    for name in table.knownGenes {
      if let gene = table.reference.genes.gene(name) { isKnown[Int(gene.rawValue)] = true }
    }
    self.isKnown = isKnown
    passive = PassiveRows(genes: table.reference.genes, isKnown: isKnown)
    genes = Self.geneNormalizer(table)
    sequences = SequenceNormalizer(
      legacyNumbering: table.reference.legacyNumbering, facts: table.reference.facts)
    fusions = FusionNormalizer(genes: genes)
  }

  /// Gene names as the reference tables know them.
  package static func geneNormalizer(_ table: KnowledgeBase) -> GeneNormalizer {
    GeneNormalizer(
      genes: table.reference.genes,
      clinicNames: table.reference.clinicNames.mapValues { ($0.symbol, $0.context == "EXPR") })
  }

  /// - Parameter ploidy: Mean copies of the sample's genome; 2 when not known.
  package func normalize(_ record: RawRecord, _ batch: RecordBatch, file: Int32, ploidy: Double = 2) -> Result {
    let source = SourceLocation(file: file, line: record.line)
    switch record.statement {
    case .mutation(let row): return mutation(row, batch, source)
    case .copyNumber(let row): return copyNumber(row, batch, source, ploidy: ploidy)
    case .fusion(let row): return fusion(row, batch, source)
    case .biomarker(let row): return biomarker(row, batch, source)
    // Segments became rows of genes before (RecordBatch.expandSegments).
    case .segment: return .filtered("segment without a gene of the tables")
    }
  }

  enum Gene {
    case symbol(String)
    case notEvaluated(String, String)
    case rejected(String)
  }

  func gene(_ slice: TextSlice, _ batch: RecordBatch) -> Gene {
    let start = Int(slice.start)
    let bytes = batch.text.span.extracting(start..<start + Int(slice.count))
    switch genes.normalize(bytes) {
    case .gene(let symbol): return .symbol(symbol)
    case .protein(let symbol): return .symbol(symbol)
    case .family(let name):
      return .notEvaluated(batch.string(slice), "\(name) names a family of genes, not one (name the gene)")
    case .dateLike:
      return .rejected("is a date that a spreadsheet made of a gene symbol (export the file again as text)")
    case .ambiguous:
      let rivals = table.reference.genes.rivals(for: bytes)
      let names = rivals.map { table.reference.genes.symbol($0) }.joined(separator: " and ")
      if rivals.contains(where: { isKnown[Int($0.rawValue)] }) {
        return .rejected("is an old name of \(names) (use the current HGNC symbol)")
      }
      return .notEvaluated(
        batch.string(slice),
        "ambiguous symbol: a name of \(names.isEmpty ? "several genes" : names) (use the current HGNC symbol)")
    case .unknown: return .notEvaluated(batch.string(slice), "unknown symbol")
    }
  }

  /// The symbol of a gene as written; `nil` when it is none.
  func symbol(_ slice: TextSlice, _ batch: RecordBatch) -> String? {
    if case .symbol(let symbol) = gene(slice, batch) { return symbol }
    return nil
  }

  private func mutation(_ row: RawMutation, _ batch: RecordBatch, _ source: SourceLocation) -> Result {
    let consequence = row.consequence
    let protein = consequence.use == .startKept ? "" : batch.string(row.proteinChange)
    let coding = batch.string(row.codingChange)
    let words = batch.string(row.words)
    let written = protein.isEmpty ? (coding.isEmpty ? words : coding) : protein
    func make(_ name: String, _ change: SequenceChange, _ cautions: [Caution]) -> Alteration {
      var cautions = cautions
      if row.populationFrequency > 0.01 { cautions.append(.commonInPopulation) }
      return Alteration(
        gene: name, event: .sequence(change), asWritten: written, origin: origin(row.status, batch),
        variantAlleleFraction: row.alleleFraction >= 0 ? Double(row.alleleFraction) : nil,
        depth: row.depth >= 0 ? Int(row.depth) : nil, cautions: cautions, source: source)
    }
    switch gene(row.gene, batch) {
    case .symbol(let symbol):
      let result = sequences.normalize(
        gene: symbol, protein: protein, coding: coding, consequence: consequence, words: words,
        position: Int(row.position))
      if result.change.effect == .noncoding { return .filtered("non-coding class") }
      let alteration = make(symbol, result.change, result.cautions)
      if result.change.effect == .structural, result.change.namedClass.isEmpty {
        // The protein's cell may name a partner: `EML4-ALK`.
        return result.unreadableProtein
          ? fusion(RawFusion(row), batch, source)
          : .notEvaluated(alteration, "class '\(words)' does not say what is left of the gene's product")
      }
      if result.unreadableProtein, result.change.effect == .unknown {
        return .notEvaluated(alteration, "protein change '\(protein)' cannot be read (expected a form like p.V600E)")
      }
      if result.change.effect == .unknown, result.change.proteinChange == nil {
        return .notEvaluated(alteration, Self.silence(of: words, consequence))
      }
      return .kept(alteration)
    case .notEvaluated(let name, let reason):
      if let score = biomarker(row, batch, source) { return score }
      let result = sequences.normalize(
        gene: name, protein: protein, coding: coding, consequence: consequence, words: words)
      return .notEvaluated(make(name, result.change, []), reason)
    case .rejected(let problem):
      return .rejected(column: "Hugo_Symbol", value: batch.string(row.gene), problem: problem)
    }
  }

  /// Why a row without a protein change says nothing that can be evaluated.
  private static func silence(of words: String, _ consequence: Consequence) -> String {
    switch consequence.use {
    case .notStated: "neither a protein change nor a class is given"
    case .notKnown: "class '\(words)' is not known, and no protein change is given"
    default: "class '\(words)' does not say what the change does, and no protein change is given"
    }
  }

  func origin(_ status: TextSlice, _ batch: RecordBatch) -> AlterationOrigin {
    PassiveRows.origin(batch.text.span.extracting(status.range))
  }
}
