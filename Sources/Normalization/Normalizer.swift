// SPDX-License-Identifier: Apache-2.0
package import Alterations
internal import DelimitedText
package import InputFormats
package import Knowledge
package import SystemIO

/// The normalize stage: turns what a row states into a canonical alteration.
package final class Normalizer: Sendable {
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
  /// Reads cells in the words of the clinic, as questions are read.
  package let clinic: MadeOnce<ClinicalText>
  let fusions: FusionNormalizer
  let table: KnowledgeBase
  /// By gene number, whether anything in the tables speaks of the gene.
  let isKnown: [Bool]
  /// Reads rows of all other genes.
  let plain: PlainRows
  /// The build of the genome of files that do not state one.
  private let genome: GenomeBuild?
  /// Copies from which on a gain is an amplification in a diploid tumor.
  let amplificationCopies: Double
  /// Whether calls in the germline are read; else they are filtered in words that do not say what they are.
  let keepsGermline: Bool

  /// Why rows are not looked at that settings leave out.
  package static let leftOutReason = "left out by the settings"

  /// The frequency in the population, 0...1, above which a change is called common.
  static let commonFrequency: Float = 0.01

  /// Copies from which on a gain is an amplification in a diploid tumor, where settings do not say.
  package static let usualAmplificationCopies = 6.0

  /// - Parameter alsoKnown: Genes that are asked about beside those of the table.
  package init(
    table: KnowledgeBase, amplificationCopies: Double = Normalizer.usualAmplificationCopies, genome: GenomeBuild? = nil,
    alsoKnown: Set<String> = [], keepsGermline: Bool = true
  ) {
    self.keepsGermline = keepsGermline
    self.table = table
    self.genome = genome
    self.amplificationCopies = amplificationCopies
    var isKnown = [Bool](repeating: false, count: table.reference.genes.count)
    for names in [table.knownGenes, alsoKnown] {
      for name in names {
        if let gene = table.reference.genes.gene(name) { isKnown[Int(gene.rawValue)] = true }
      }
    }
    self.isKnown = isKnown
    plain = PlainRows(genes: table.reference.genes, isKnown: isKnown, keepsGermline: keepsGermline)
    genes = Self.geneNormalizer(table)
    sequences = SequenceNormalizer(
      legacyNumbering: table.reference.legacyNumbering, facts: table.reference.facts,
      genes: table.reference.codingGenes, hotspots: table.reference.hotspots, reference: table.reference)
    fusions = FusionNormalizer(genes: genes)
    clinic = MadeOnce { [table, genes, sequences, amplificationCopies] in
      ClinicalText(table: table, genes: genes, sequences: sequences, amplificationCopies: amplificationCopies)
    }
  }

  /// Gene names as the reference tables know them.
  package static func geneNormalizer(_ table: KnowledgeBase) -> GeneNormalizer {
    GeneNormalizer(
      genes: table.reference.genes,
      clinicNames: table.reference.clinicNames)
  }

  /// - Parameters:
  ///   - ploidy: Mean copies of the sample's genome; 2 when not known.
  ///   - build: The build of the genome where the file does not state it.
  package func normalize(
    _ record: RawRecord, _ batch: RecordBatch, file: Int32, ploidy: Double = 2, build: GenomeBuild? = nil
  ) -> Result {
    if let reason = NoCallWords.reason(record.statement, batch) { return .filtered(reason) }
    if keepsGermline { return read(record, batch, file, ploidy, build) }
    if isOfGermline(record.statement, batch) { return .filtered(Self.leftOutReason) }
    let result = read(record, batch, file, ploidy, build)
    switch result {
    case .kept(let alteration), .notEvaluated(let alteration, _):
      return table.isOfGermline(alteration) ? .filtered(Self.leftOutReason) : result
    case .filtered, .rejected: return result
    }
  }

  /// Whether a row says that it is of the germline.
  private func isOfGermline(_ statement: RawRecord.Statement, _ batch: RecordBatch) -> Bool {
    switch statement {
    case .mutation(let row): origin(row.status, batch) == .germline
    case .fusion(let row): origin(row.status, batch) == .germline
    case .copyNumber, .biomarker, .segment: false
    }
  }

  private func read(
    _ record: RawRecord, _ batch: RecordBatch, _ file: Int32, _ ploidy: Double, _ build: GenomeBuild?
  ) -> Result {
    let source = SourceLocation(file: file, line: record.line)
    switch record.statement {
    case .mutation(let row): return mutation(row, batch, source, build)
    case .copyNumber(let row): return copyNumber(row, batch, source, ploidy: ploidy)
    case .fusion(let row): return fusion(row, batch, source, build ?? genome)
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

  /// Whether a name or number is one of a gene, or may be meant as one.
  func knowsGene(_ slice: TextSlice, _ batch: RecordBatch, _ identifier: GeneIdentifier) -> Bool {
    if table.reference.geneIdentifiers.gene(identifier, in: table.reference.genes) != nil { return true }
    let bytes = batch.text.span.extracting(slice.range)
    if let own = GeneIdentifier(bytes, bare: nil),
      table.reference.geneIdentifiers.gene(own, in: table.reference.genes) != nil
    {
      return true
    }
    return genes.normalize(bytes) != .unknown
  }

  /// The gene of a row by its symbol and its number in another catalog, which settles a symbol that is ambiguous,
  /// outdated, damaged or missing; two that name two genes are no gene.
  func gene(_ slice: TextSlice, _ batch: RecordBatch, _ identifier: GeneIdentifier = GeneIdentifier()) -> Gene {
    let start = Int(slice.start)
    let bytes = batch.text.span.extracting(start..<start + Int(slice.count))
    let outcome = genes.normalize(bytes)
    let stated = identifier.isSet ? identifier : GeneIdentifier(bytes, bare: nil) ?? GeneIdentifier()
    if let numbered = table.reference.geneIdentifiers.gene(stated, in: table.reference.genes) {
      let symbol = table.reference.genes.symbol(numbered)
      switch outcome {
      case .gene(let other), .protein(let other):
        return other == symbol
          ? .symbol(symbol)
          : .rejected("names \(other) beside \(stated), which is \(symbol) (which of the two is meant?)")
      case .ambiguous where !table.reference.genes.rivals(for: bytes).contains(numbered):
        return .rejected("is a name of other genes than \(stated), which is \(symbol) (which is meant?)")
      case .ambiguous, .dateLike, .unknown, .family: return .symbol(symbol)
      }
    }
    switch outcome {
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

  /// Whether the cell of a change says behind it that it is benign.
  private static func callsItBenign(_ written: String) -> Bool {
    written.utf8.last == UInt8(ascii: ")") && written.lowercased().hasSuffix("benign)")
  }

  private func mutation(
    _ row: RawMutation, _ batch: RecordBatch, _ source: SourceLocation, _ build: GenomeBuild?
  ) -> Result {
    var place = batch.place(of: row)
    if let build = build ?? genome, place != nil, place?.build == nil { place?.build = build }
    let consequence = row.consequence
    let protein = consequence.use == .startKept ? "" : batch.string(row.proteinChange)
    let coding = batch.string(row.codingChange)
    let words = batch.string(row.words)
    var written = protein.isEmpty ? (coding.isEmpty ? words : coding) : protein
    if written.isEmpty, let place {
      written =
        place.position > 0
        ? "\(place.chromosome):\(place.position) \(place.reference)>\(place.alternate)" : place.notation
    }
    func make(_ name: String, _ change: SequenceChange, _ cautions: [Caution]) -> Alteration {
      var cautions = cautions
      if row.populationFrequency > Self.commonFrequency { cautions.append(.commonInPopulation) }
      if row.statements.contains(.pathogenic) { cautions.append(.pathogenicStated) }
      if row.statements.contains(.benign) || Self.callsItBenign(written) { cautions.append(.benignStated) }
      if row.statements.contains(.uncertain) { cautions.append(.uncertainStated) }
      return Alteration(
        gene: name, event: .sequence(change), asWritten: written, origin: origin(row.status, batch),
        variantAlleleFraction: row.alleleFraction >= 0 ? Double(row.alleleFraction) : nil,
        cancerCellFraction: row.cellFraction >= 0 ? Double(row.cellFraction) : nil,
        depth: row.depth >= 0 ? Int(row.depth) : nil, cautions: cautions, source: source)
    }
    if row.gene.isEmpty, !row.geneID.isSet, let place { return byPosition(place, make) }
    switch gene(row.gene, batch, row.geneID) {
    case .symbol(let symbol):
      if namesExonsOfPartners(protein, of: symbol) { return fusion(RawFusion(row), batch, source, nil) }
      let result = sequences.normalize(
        gene: symbol, protein: Self.withExon(protein, of: symbol), coding: coding, consequence: consequence,
        words: words,
        position: Int(row.position), place: place)
      if result.change.effect == .noncoding { return .filtered("non-coding class") }
      let alteration = make(symbol, result.change, result.cautions)
      return settled(alteration, result, row, (protein, words), batch, source)
    case .notEvaluated(let name, let reason):
      if let score = biomarker(row, batch, source) { return score }
      if ProteinChange(protein) == nil, coding.isEmpty, namesFusion(name, of: "") {
        return fusion(RawFusion(row, namedBy: row.gene), batch, source, nil)
      }
      let result = sequences.normalize(
        gene: name, protein: protein, coding: coding, consequence: consequence, words: words)
      return .notEvaluated(make(name, result.change, []), reason)
    case .rejected(let problem):
      return .rejected(column: "Hugo_Symbol", value: batch.string(row.gene), problem: problem)
    }
  }

  /// Whether a cell names both partners of a fusion with their exons, which alone would be changes there:
  /// `EML4 exon 13-ALK exon 20`.
  private func namesExonsOfPartners(_ text: String, of symbol: String) -> Bool {
    guard text.utf8.count > 12, !text.hasPrefix("p."), text.contains(where: { "-:/".contains($0) }),
      text.lowercased().contains("ex"), FusionText.mayNameExons(text)
    else { return false }
    return namesFusion(text, of: symbol)
  }

  /// `EGFR19del` in the row of the gene as `exon 19 del`.
  private static func withExon(_ cell: String, of symbol: String) -> String {
    guard cell.hasPrefix(symbol), cell.utf8.count <= symbol.utf8.count + 5 else { return cell }
    let rest = cell.dropFirst(symbol.count)
    let digits = rest.prefix(while: \.isNumber)
    let kind = rest.dropFirst(digits.count).lowercased()
    guard (1...2).contains(digits.count), ["del", "ins", "dup"].contains(kind) else { return cell }
    return "exon \(digits) \(kind)"
  }

  /// What becomes of a row of a known gene: the change that it states, a fusion, or a finding in other words.
  private func settled(
    _ alteration: Alteration, _ result: SequenceNormalizer.Result, _ row: RawMutation,
    _ cells: (protein: String, words: String), _ batch: RecordBatch, _ source: SourceLocation
  ) -> Result {
    let (protein, words) = cells
    if result.change.effect == .structural, result.change.namedClass.isEmpty {
      // The protein's cell may name a partner: `EML4-ALK`.
      return result.unreadableProtein
        ? fusion(RawFusion(row), batch, source, nil)
        : .notEvaluated(alteration, "class '\(words)' does not say what is left of the gene's product")
    }
    if result.unreadableProtein, result.change.isUnread, namesFusion(protein, of: alteration.gene) {
      return fusion(RawFusion(row), batch, source, nil)
    }
    if CellWords.isPolarity(protein), isOfStain(alteration.gene, batch.string(row.gene)),
      let found = inWords(row, alteration.gene, protein, batch, like: alteration)
    {
      return .kept(found)
    }
    if let change = result.change.proteinChange, row.consequence.effect == .synonymous,
      result.change.effect == .synonymous, VariantEffect(change) != .synonymous, plain.unknown(alteration.gene) == nil
    {
      return .notEvaluated(
        alteration, "class '\(words)' and change '\(protein)' contradict each other (state the one that holds)")
    }
    if let reason = Self.doubt(result, protein: protein, words: words, row.consequence) {
      let found = result.unreadableProtein ? inWords(row, alteration.gene, protein, batch, like: alteration) : nil
      return found.map { .kept($0) } ?? .notEvaluated(alteration, reason)
    }
    return .kept(alteration)
  }

  /// Whether a text names two known genes as the partners of a fusion, one of them the gene where one is given.
  func namesFusion(_ text: String, of symbol: String) -> Bool {
    guard text.utf8.count > 4, let named = fusions.fusion(named: text), symbol.isEmpty || named.involves(symbol) else {
      return false
    }
    return named.fivePrimeGene != named.threePrimeGene
      && [named.fivePrimeGene, named.threePrimeGene].allSatisfy { genes.symbol($0) != nil }
  }

  /// Why a change that was read cannot be evaluated; `nil` when it can.
  private static func doubt(
    _ result: SequenceNormalizer.Result, protein: String, words: String, _ consequence: Consequence
  ) -> String? {
    if !result.rivals.isEmpty {
      return
        "the letter is not at this residue; transcripts that number so mean \(result.rivals.joined(separator: " or "))"
    }
    if result.isUnclear {
      return "'X' in '\(protein)' may be a stop or any residue (write * for a stop, or the residue)"
    }
    guard result.change.namedClass.isEmpty else { return nil }
    // What a truncation does its class tells; of another residue it says too little.
    if result.unreadableProtein, result.change.isUnread {
      return "protein change '\(protein)' cannot be read (expected a form like p.V600E)"
    }
    guard result.change.effect == .unknown, result.change.proteinChange == nil,
      !result.cautions.contains(.changeNotStated)
    else { return nil }
    if consequence.use == .notStated, !result.change.codingChange.isEmpty {
      return "no protein change is given, and the coding change cannot be told without one "
        + "(it needs a transcript, NM_ or ENST, and a gene whose coding sequence is known)"
    }
    return silence(of: words, consequence)
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
    PlainRows.origin(batch.text.span.extracting(status.range))
  }
}
