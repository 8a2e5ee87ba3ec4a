package import Alterations
internal import DelimitedText
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

  private let genes: GeneNormalizer
  let sequences: SequenceNormalizer
  private let fusions: FusionNormalizer
  let table: KnowledgeBase
  /// By gene number, whether anything in the tables speaks of the gene.
  private let isKnown: [Bool]
  /// Reads rows of all other genes.
  let passive: PassiveRows
  /// The build of the genome of files that do not state one.
  private let genome: GenomeBuild?
  /// Copies from which on a gain is an amplification in a diploid tumor.
  private let amplificationCopies: Double

  /// The frequency in the population, 0...1, above which a change is called common.
  static let commonFrequency: Float = 0.01

  /// Copies from which on a gain is an amplification in a diploid tumor, where settings do not say.
  package static let usualAmplificationCopies = 6.0

  package init(
    table: KnowledgeBase, amplificationCopies: Double = Normalizer.usualAmplificationCopies, genome: GenomeBuild? = nil
  ) {
    self.table = table
    self.genome = genome
    self.amplificationCopies = amplificationCopies
    var isKnown = [Bool](repeating: false, count: table.reference.genes.count)
    for name in table.knownGenes {
      if let gene = table.reference.genes.gene(name) { isKnown[Int(gene.rawValue)] = true }
    }
    self.isKnown = isKnown
    passive = PassiveRows(genes: table.reference.genes, isKnown: isKnown)
    genes = Self.geneNormalizer(table)
    sequences = SequenceNormalizer(
      legacyNumbering: table.reference.legacyNumbering, facts: table.reference.facts,
      genes: table.reference.codingGenes, hotspots: table.reference.hotspots, reference: table.reference)
    fusions = FusionNormalizer(genes: genes)
  }

  /// Gene names as the reference tables know them.
  package static func geneNormalizer(_ table: KnowledgeBase) -> GeneNormalizer {
    GeneNormalizer(
      genes: table.reference.genes,
      clinicNames: table.reference.clinicNames.mapValues { ($0.symbol, $0.context == "EXPR") })
  }

  /// - Parameters:
  ///   - ploidy: Mean copies of the sample's genome; 2 when not known.
  ///   - build: The build of the genome where the file does not state it.
  package func normalize(
    _ record: RawRecord, _ batch: RecordBatch, file: Int32, ploidy: Double = 2, build: GenomeBuild? = nil
  ) -> Result {
    if let reason = NoCallWords.reason(record.statement, batch) { return .filtered(reason) }
    let source = SourceLocation(file: file, line: record.line)
    switch record.statement {
    case .mutation(let row): return mutation(row, batch, source, build)
    case .copyNumber(let row): return copyNumber(row, batch, source, ploidy: ploidy)
    case .fusion(let row): return fusion(row, batch, source)
    case .biomarker(let row): return biomarker(row, batch, source)
    }
  }

  private enum Gene {
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
  private func gene(_ slice: TextSlice, _ batch: RecordBatch, _ identifier: GeneIdentifier = GeneIdentifier()) -> Gene {
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
      if row.statements.contains(.benign) { cautions.append(.benignStated) }
      if row.statements.contains(.uncertain) { cautions.append(.uncertainStated) }
      return Alteration(
        gene: name, event: .sequence(change), asWritten: written, origin: origin(row.status, batch),
        variantAlleleFraction: row.alleleFraction >= 0 ? Double(row.alleleFraction) : nil,
        depth: row.depth >= 0 ? Int(row.depth) : nil, cautions: cautions, source: source)
    }
    if row.gene.isEmpty, !row.geneID.isSet, let place { return byPosition(place, make) }
    switch gene(row.gene, batch, row.geneID) {
    case .symbol(let symbol):
      let result = sequences.normalize(
        gene: symbol, protein: protein, coding: coding, consequence: consequence, words: words,
        position: Int(row.position), place: place)
      if result.change.effect == .noncoding { return .filtered("non-coding class") }
      let alteration = make(symbol, result.change, result.cautions)
      if result.change.effect == .structural, result.change.namedClass.isEmpty {
        // The protein's cell may name a partner: `EML4-ALK`.
        return result.unreadableProtein
          ? fusion(RawFusion(row), batch, source)
          : .notEvaluated(alteration, "class '\(words)' does not say what is left of the gene's product")
      }
      if !result.rivals.isEmpty {
        return .notEvaluated(
          alteration,
          "the letter is not at this residue; transcripts that number so mean \(result.rivals.joined(separator: " or "))"
        )
      }
      if result.isUnclear {
        return .notEvaluated(
          alteration, "'X' in '\(protein)' may be a stop or any residue (write * for a stop, or the residue)")
      }
      if result.unreadableProtein, result.change.effect == .unknown {
        return .notEvaluated(alteration, "protein change '\(protein)' cannot be read (expected a form like p.V600E)")
      }
      if result.change.effect == .unknown, result.change.proteinChange == nil,
        !result.cautions.contains(.changeNotStated)
      {
        return .notEvaluated(alteration, Self.silence(of: words, consequence))
      }
      return .kept(alteration)
    case .notEvaluated(let name, let reason):
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

  private func origin(_ status: TextSlice, _ batch: RecordBatch) -> AlterationOrigin {
    PassiveRows.origin(batch.text.span.extracting(status.range))
  }

  private func copyNumber(
    _ row: RawCopyNumber, _ batch: RecordBatch, _ source: SourceLocation, ploidy: Double
  ) -> Result {
    let written = batch.string(row.amount)
    if row.isCopies, WrittenNumber(written) == .unclear {
      return .rejected(
        column: "copies", value: written,
        problem: "may be thousands or decimals (write the number with a decimal point and no thousands separator)")
    }
    if row.isCopies, let copies = WrittenNumber(written).value {
      var result = CopyNumberNormalizer.Result(
        CopyNumberNormalizer.call(copies: copies, ploidy: ploidy, amplification: amplificationCopies))
      // What the tool states goes before the number; a lost allele is news only where the number of copies is not.
      if let stated = CopyNumberNormalizer.call(batch.string(row.call)),
        stated.call != .lossOfHeterozygosity || result.call == .neutral
      {
        result = stated
      }
      return kept(result, row, batch, source, copies: copies, written: written + " copies")
    }
    guard let result = CopyNumberNormalizer.call(written) else {
      return .rejected(
        column: "copy-number call", value: written,
        problem: "is not a call (expected -2 -1.5 -1 0 1 2, or a word such as AMP or HOMDEL; log2 ratios are not calls)"
      )
    }
    return kept(result, row, batch, source, copies: nil, written: written)
  }

  private func kept(
    _ result: CopyNumberNormalizer.Result, _ row: RawCopyNumber, _ batch: RecordBatch, _ source: SourceLocation,
    copies: Double?, written: String
  ) -> Result {
    // A gene without a change of copies is a finding of no kind; it says that the gene was looked at.
    if result.call == .neutral { return .filtered("no change of copy number") }
    let cautions = result.caution.map { [$0] } ?? []
    func make(_ name: String) -> Alteration {
      Alteration(
        gene: name, event: .copyNumber(result.call), asWritten: written, copyNumber: copies, cautions: cautions,
        source: source)
    }
    switch gene(row.gene, batch, row.geneID) {
    case .symbol(let symbol): return .kept(make(symbol))
    case .notEvaluated(let name, let reason): return .notEvaluated(make(name), reason)
    case .rejected(let problem):
      return .rejected(column: "Hugo_Symbol", value: batch.string(row.gene), problem: problem)
    }
  }

  private func fusion(_ row: RawFusion, _ batch: RecordBatch, _ source: SourceLocation) -> Result {
    let first = batch.string(row.first)
    let second = batch.string(row.second)
    let info = batch.string(row.name)
    let effect = batch.string(row.frame)
    let frame = Self.frame(effect)
    let origin = origin(row.status, batch)
    func make(_ gene: String, _ event: Alteration.Event, _ cautions: [Caution] = []) -> Alteration {
      let written = !info.isEmpty ? info : first == second || second.isEmpty ? first : "\(first)-\(second)"
      return Alteration(
        gene: gene, event: event, asWritten: written, origin: origin, cautions: cautions, source: source)
    }
    var found = info.contains("::") ? fusions.fusion(named: info, frame: frame) : nil
    if found == nil, !first.isEmpty, !second.isEmpty {
      found = fusions.fusion(
        fivePrime: first, threePrime: second, isOrdered: row.isOrdered, frame: frame)
    } else if found == nil {
      // One gene or none has a cell of its own; the name may tell both.
      let gene = first.isEmpty ? second : first
      let symbol = genes.symbol(gene)
      let named = fusions.fusion(named: info, frame: frame, takesUnknownGene: gene.isEmpty)
      if let named, symbol.map(named.involves) ?? gene.isEmpty {
        found = named
      } else {
        return oneGene(gene.isEmpty ? info : gene, symbol ?? Self.gene(in: info, genes), info, effect, make)
      }
    }
    guard let found else {
      return .rejected(
        column: "fusion", value: info, problem: "names no known gene (write the partners as EML4::ALK)")
    }
    if found.fivePrimeGene == found.threePrimeGene {
      return intragenic(found.fivePrimeGene, info, effect, make)
    }
    let orientation = FusionOrientation(table: table)
    let oriented = orientation.orient(found)
    let gene = oriented.fusion.threePrimeGene.isEmpty ? oriented.fusion.fivePrimeGene : oriented.fusion.threePrimeGene
    var cautions: [Caution] = oriented.isAssumed ? [.orientationAssumed] : []
    // The other half of a rearrangement says that there may be a fusion and not that there is one
    // (guide: Normalizing, Fusions).
    if frame == .outOfFrame || orientation.isReciprocal(oriented.fusion) { cautions.append(.possibleFusion) }
    return .kept(make(gene, .fusion(oriented.fusion), cautions))
  }

  /// A row that names one gene: a fusion whose partner is not known, or a change inside the gene.
  private func oneGene(
    _ name: String, _ symbol: String?, _ info: String, _ effect: String,
    _ make: (String, Alteration.Event, [Caution]) -> Alteration
  ) -> Result {
    guard let symbol else {
      return name.isEmpty || name == info
        ? .rejected(
          column: "fusion", value: info, problem: "names no known gene (write the partners as EML4::ALK)")
        : .notEvaluated(make(name, .sequence(SequenceChange(effect: .structural)), []), "unknown symbol")
    }
    let lowered = info.lowercased()
    let speaksOfFusion = lowered.contains("rearrangement") || lowered.contains("fusion")
    if genes.symbol(info) == symbol
      || speaksOfFusion && (lowered.contains(symbol.lowercased()) || lowered.contains(name.lowercased()))
      || lowered == "fusion"
    {
      return .kept(make(symbol, .fusion(FusionOrientation(table: table).single(symbol)), [.partnerUnknown]))
    }
    return intragenic(symbol, info, effect, make)
  }

  /// A rearrangement inside one gene is a change of that gene and no fusion (guide: Normalizing, Fusions).
  private func intragenic(
    _ name: String, _ info: String, _ effect: String, _ make: (String, Alteration.Event, [Caution]) -> Alteration
  ) -> Result {
    guard let symbol = genes.symbol(name) else {
      return .notEvaluated(make(name, .sequence(SequenceChange(effect: .structural)), []), "unknown symbol")
    }
    var change = sequences.normalize(gene: symbol, protein: info, coding: "", words: info).change
    if change.namedClass.isEmpty {
      change = sequences.normalize(gene: symbol, protein: "", coding: "", words: effect).change
    }
    guard !change.namedClass.isEmpty else {
      return .notEvaluated(
        make(symbol, .sequence(SequenceChange(effect: .structural)), []),
        "a rearrangement inside the gene whose effect is not stated")
    }
    return .kept(make(symbol, .sequence(change), []))
  }

  /// The gene of `ALK fusion` and `ALK rearrangement`.
  private static func gene(in name: String, _ genes: GeneNormalizer) -> String? {
    name.split(separator: " ").first.flatMap { genes.symbol(String($0)) }
  }

  private static func frame(_ text: String) -> Fusion.Frame {
    let key = text.lowercased().filter(\.isLetter)
    // Not every word that begins so: callers write `intronic` and `intergenic` too.
    if key == "in" || key.hasPrefix("inframe") { return .inFrame }
    // Genes that run against each other have no common frame.
    if ["out", "frameshift", "stopcodon", "antisense"].contains(where: key.hasPrefix) { return .outOfFrame }
    return .unknown
  }

  private func biomarker(_ row: RawBiomarker, _ batch: RecordBatch, _ source: SourceLocation) -> Result {
    let name = batch.string(row.name)
    let value = batch.string(row.value)
    let stated = StatedMeasurement(
      name: name, value: value, unit: batch.string(row.scale), method: batch.string(row.method),
      biomarkers: table.reference.facts.biomarkers)
    guard stated.isReadable else {
      return .rejected(
        column: name, value: value,
        problem:
          "is on a scale that no rule uses (give TMB in mut/Mb, ER and PR in percent, HER2 ISH as positive or negative)"
      )
    }
    guard let measurement = stated.measurement ?? stain(stated.plainName, value) else {
      return .rejected(
        column: name, value: value,
        problem:
          "cannot be read as a biomarker (known are TMB in mut/Mb, MSI, MMR, HRD, PD-L1 with its scale, TLS, EBV, HPV and stains by gene)"
      )
    }
    return .kept(
      Alteration(
        gene: measurement.name, event: .measurement(measurement), asWritten: "\(name) \(value)", source: source))
  }

  /// A virus, or a protein by the name of its gene: `CD117 positive`, `CLDN18.2 80%`, `MET IHC 3+`.
  private func stain(_ name: String, _ value: String) -> Measurement? {
    let plain = GeneNormalizer.plain(name)
    let lowered = value.lowercased()
    if let known = table.reference.facts.biomarkers.all(.virus).first(where: { plain.hasPrefix($0.name) }) {
      let words = ["present": "positive", "detected": "positive", "absent": "negative", "not detected": "negative"]
      return (words[lowered] ?? MeasurementNormalizer.polarity(lowered)).map { Measurement(name: known.name, word: $0) }
    }
    switch genes.normalize(name) {
    case .gene(let symbol), .protein(let symbol):
      if let grade = ["0", "1+", "2+", "3+"].firstIndex(of: lowered) {
        return Measurement(name: symbol, scale: "IHC", number: Double(grade))
      }
      if lowered.hasSuffix("%"), let number = Double(lowered.dropLast()) {
        return Measurement(name: symbol, scale: "percent", number: number)
      }
      return MeasurementNormalizer.polarity(lowered).map { Measurement(name: symbol, word: $0) }
    case .family, .ambiguous, .dateLike, .unknown: return nil
    }
  }

  /// Measurements that a sample sheet states, and cells that say nothing that can be read.
  package func measurements(
    of entry: SampleSheet.Entry
  ) -> (measured: [Alteration], unclear: [(column: String, value: String)]) {
    let columns = [
      ("tmb", "TMB"), ("msi", "MSI"), ("mmr", "MMR"), ("hrd", "HRD"), ("her2", "HER2"), ("er", "ER"), ("pr", "PR"),
      ("pd_l1", "PD-L1"), ("tls", "TLS"),
    ]
    var measured: [Alteration] = []
    var unclear: [(column: String, value: String)] = []
    for (column, name) in columns {
      guard let value = entry.values[column] else { continue }
      let measurement = MeasurementNormalizer.measurement(
        name: name, value: value, biomarkers: table.reference.facts.biomarkers)
      guard let measurement else {
        unclear.append((column, value))
        continue
      }
      measured.append(
        Alteration(gene: measurement.name, event: .measurement(measurement), asWritten: "\(name) \(value)"))
    }
    return (measured, unclear)
  }
}
