// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import InputFormats
internal import Knowledge

extension Normalizer {
  /// What a row of a rearrangement says, as texts.
  struct FusionRow {
    let first: String, second: String
    let info: String
    let frameCell: String
    /// Sentences of the other cells.
    let details: [String]
    let words: RearrangementWords
    let make: (String, Alteration.Event, [Caution]) -> Alteration
  }

  /// - Parameter build: The build of the genome where the row does not state it.
  func fusion(
    _ row: RawFusion, _ batch: RecordBatch, _ source: SourceLocation, _ build: GenomeBuild?
  ) -> Result {
    if row.joined != .notStated, row.first.isEmpty { return junction(row, batch, source, build) }
    let first = partner(row.first, batch)
    let second = partner(row.second, batch)
    let info = batch.string(row.name)
    let frameCell = batch.string(row.frame)
    let details = batch.string(row.details).split(whereSeparator: \.isNewline).map(String.init)
    let words = RearrangementWords([frameCell.lowercased() == "out" ? "out of frame" : frameCell, info] + details)
    let origin = origin(row.status, batch)
    let said = FusionRow(
      first: first, second: second, info: info, frameCell: frameCell, details: details, words: words,
      make: { gene, event, cautions in
        let written = !info.isEmpty ? info : first == second || second.isEmpty ? first : "\(first)-\(second)"
        return Alteration(
          gene: gene, event: event, asWritten: written, origin: origin, cautions: cautions, source: source)
      })
    let frame = frameCell.lowercased() == "in" && words.frame == .unknown ? Fusion.Frame.inFrame : words.frame
    var found = info.contains("::") ? fusions.fusion(named: info, frame: frame) : nil
    if found == nil, !first.isEmpty, !second.isEmpty {
      found = fusions.fusion(fivePrime: first, threePrime: second, isOrdered: row.isOrdered, frame: frame)
      // What the name says beside its genes: `EML4(13)-ALK(20)`.
      if let named = ([info] + details).lazy.compactMap({ self.fusions.exons(named: $0) }).first {
        found?.takeExons(of: named)
      }
    } else if found == nil {
      // One gene or none has a cell of its own; the name may tell both, in whatever column it stands.
      let gene = first.isEmpty ? second : first
      let symbol = genes.symbol(gene)
      // The gene's cell may name both: `EML4-ALK` with `Fusion`.
      let inGene = namesFusion(gene, of: "") ? [gene] : []
      let named = (inGene + [info] + details).lazy.compactMap {
        self.fusions.fusion(named: $0, frame: frame, takesUnknownGene: gene.isEmpty && $0 == info)
      }.first { named in symbol.map(named.involves) ?? (gene.isEmpty || !inGene.isEmpty) }
      guard let named else {
        return oneGene(gene.isEmpty ? info : gene, symbol ?? Self.gene(in: info, genes), said)
      }
      found = named
    }
    guard var found else {
      return .rejected(
        column: "fusion", value: info, problem: "names no known gene (write the partners as EML4::ALK)")
    }
    if let more = [found.fivePrimeGene, found.threePrimeGene].first(where: Self.namesSeveral) {
      return .notEvaluated(said.make(more, .fusion(found), []), "names more than two genes (write two of them)")
    }
    if let family = [found.fivePrimeGene, found.threePrimeGene].lazy.compactMap({ self.family($0) }).first {
      return .notEvaluated(said.make(family, .fusion(found), []), Self.namesFamily(family))
    }
    if found.fivePrimeGene == found.threePrimeGene {
      return insideGene(
        found.fivePrimeGene, said,
        RearrangementWords.junction(found) ?? exonEvent(of: row, batch, in: found.fivePrimeGene))
    }
    let places = (batch.string(row.firstBreakpoint), batch.string(row.secondBreakpoint))
    if row.joined != .notStated {
      switch settled(found, row.joined, places) {
      case .ordered(let fusion): return oriented(fusion, said)
      case .readNowhere(let fusion, let why):
        let orientation = FusionOrientation(table: table)
        let oriented = orientation.orient(fusion).fusion
        return .notEvaluated(
          said.make(orientation.gene(of: oriented), .fusion(oriented), [.possibleFusion]), why)
      case .ofNoInterest: return .filtered(Self.notReadOn)
      }
    }
    found.takeSites(
      exons: (row.firstExon, row.secondExon), breakpoints: places,
      isReversed: found.fivePrimeGene == genes.symbol(second) && found.threePrimeGene == genes.symbol(first))
    return oriented(found, said)
  }

  /// Whether the name of a partner joins two in turn: `EML4--ALK--KIT`.
  private static func namesSeveral(_ name: String) -> Bool {
    name.firstRange(of: "--") != nil || name.firstRange(of: "::") != nil
  }

  /// A fusion of two partners in its order.
  private func oriented(_ fusion: Fusion, _ said: FusionRow) -> Result {
    let orientation = FusionOrientation(table: table)
    let annotated = orientation.annotated(fusion)
    let made = said.make(orientation.gene(of: annotated.fusion), .fusion(annotated.fusion), annotated.cautions)
    let isUnknown = genes.symbol(fusion.fivePrimeGene) == nil && genes.symbol(fusion.threePrimeGene) == nil
    return isUnknown ? .notEvaluated(made, "unknown symbol") : .kept(made)
  }

  /// A partner as its cell names it: by a symbol, by its number in Ensembl's catalog, or among several genes that lie at one
  /// breakpoint (`ROS1;GOPC`), of which the one counts that fusions are known of.
  private func partner(_ cell: TextSlice, _ batch: RecordBatch) -> String {
    let text = batch.string(cell)
    if let identifier = GeneIdentifier(batch.text.span.extracting(cell.range), bare: nil),
      let gene = table.reference.geneIdentifiers.gene(identifier, in: table.reference.genes)
    {
      return table.reference.genes.symbol(gene)
    }
    guard text.contains(";") || text.contains(","), !text.contains("(") else { return FusionText.withoutWords(text) }
    let named = text.split { $0 == ";" || $0 == "," }.compactMap { genes.symbol(String($0).trimmingWhiteSpace) }
    let orientation = FusionOrientation(table: table)
    return named.first { orientation.isKnownPartner($0) } ?? named.first ?? text
  }

  /// A row that names one gene: a fusion whose partner is not known, or a change inside the gene.
  private func oneGene(_ name: String, _ symbol: String?, _ row: FusionRow) -> Result {
    let info = row.info
    if let found = inWords(row) { return found }
    guard let symbol else {
      return name.isEmpty || name == info
        ? .rejected(
          column: "fusion", value: info, problem: "names no known gene (write the partners as EML4::ALK)")
        : .notEvaluated(
          row.make(name, .sequence(SequenceChange(effect: .structural)), []),
          family(name).map(Self.namesFamily) ?? "unknown symbol")
    }
    let lowered = info.lowercased()
    let speaksOfFusion = lowered.contains("rearrangement") || lowered.contains("fusion")
    let namesGene = lowered.contains(symbol.lowercased()) || lowered.contains(name.lowercased())
    let isInside = lowered.contains("intragenic") || lowered.contains("exon")
    if genes.symbol(info) == symbol || speaksOfFusion && namesGene && !isInside || lowered == "fusion" {
      let single = FusionOrientation(table: table).single(symbol).with(frame: row.words.frame)
      return .kept(
        row.make(
          symbol, .fusion(single), [.partnerUnknown] + (single.isOpenToRules ? [] : [.possibleFusion])))
    }
    return insideGene(symbol, row, nil)
  }

  /// A row whose name is a finding in the words of the clinic: `ALK+`, `ALK rearranged`, `METex14`, `EGFRvIII`.
  private func inWords(_ row: FusionRow) -> Result? {
    let info = row.info
    guard !info.isEmpty, row.first.isEmpty || info != row.first, genes.symbol(info) == nil else { return nil }
    guard let found = onlyFinding(info) else { return nil }
    switch found.event {
    case .fusion: break
    case .sequence(let change) where !change.namedClass.isEmpty && change.proteinChange == nil: break
    default: return nil
    }
    return .kept(row.make(found.gene, found.event, found.cautions))
  }

  /// The family of genes that a name stands for, where it is no gene: which member is fused is never guessed.
  private func family(_ name: String) -> String? {
    if case .family(let family) = genes.normalize(name) { return family }
    return nil
  }

  private static func namesFamily(_ family: String) -> String {
    "\(family) names a family of genes, not one (name the gene)"
  }

  /// The gene of `ALK fusion` and `ALK rearrangement`.
  private static func gene(in name: String, _ genes: GeneNormalizer) -> String? {
    name.split(separator: " ").first.flatMap { genes.symbol(String($0)) }
  }

  // MARK: Inside one gene

  /// A rearrangement inside one gene is a change of that gene and no fusion (guide: Normalizing, Fusions).
  ///
  /// - Parameter byPlace: What the breakpoints say of the exons.
  func insideGene(_ name: String, _ row: FusionRow, _ byPlace: RearrangementWords.ExonEvent?) -> Result {
    guard let symbol = genes.symbol(name) else {
      return .notEvaluated(row.make(name, .sequence(SequenceChange(effect: .structural)), []), "unknown symbol")
    }
    let rearrangement = IntragenicRearrangement(
      gene: symbol, words: row.words, byPlace: byPlace ?? exonEvent(inCodingNotationOf: row, symbol),
      sequences: sequences,
      isSuppressor: isSuppressor(symbol))
    let written = ([row.info] + row.details.filter { $0 != row.info }).filter { !$0.isEmpty }.joined(separator: "; ")
    switch rearrangement.reading {
    case .change(let change): return .kept(row.make(symbol, .sequence(change), []))
    case .open(let why):
      return .notEvaluated(
        row.make(symbol, .sequence(SequenceChange(effect: .structural)), []),
        written.isEmpty ? why : "\(why): '\(written.prefix(200))'")
    }
  }

  /// Whether the loss of a gene drives tumors.
  func isSuppressor(_ gene: String) -> Bool { table.reference.roles[gene]?.isSuppressor == true }

  /// What a coding change among the words of a row does to the exons of its gene: `MET rearrangement: c.2888-155_3028+220del`.
  private func exonEvent(
    inCodingNotationOf row: FusionRow, _ symbol: String
  ) -> RearrangementWords.ExonEvent? {
    guard let gene = sequences.residues.genes.gene(symbol) else { return nil }
    let notations = row.details.flatMap { $0.split(separator: " ") }.filter { $0.hasPrefix("c.") }
    guard notations.count == 1, let edit = CodingEdit(notation: notations[0]),
      edit.isDeletion || edit.isDuplication,
      let exons = gene.exons(within: edit)
    else { return nil }
    return edit.isDuplication ? .repeated(exons) : .lost(exons)
  }

  /// What the breakpoints of a row do to the exons of a gene, where the table has its exons.
  private func exonEvent(
    of row: RawFusion, _ batch: RecordBatch, in gene: String
  ) -> RearrangementWords.ExonEvent? {
    guard let symbol = genes.symbol(gene),
      let exons = ExonPositions(
        symbol, genes: sequences.residues.genes, sites: sequences.sites, isSuppressor: isSuppressor(symbol))
    else { return nil }
    let sites = [row.firstBreakpoint, row.secondBreakpoint].map { Breakpoint(batch.string($0)) }
    let kind = batch.string(row.details).lowercased()
    return IntragenicRearrangement.event(
      exons, sites.compactMap { $0?.position }, buildNamed: batch.string(row.build), kind: kind)
  }
}

/// A place on a chromosome: `chr2:42522694:+`, `2:42522694`.
struct Breakpoint {
  let chromosome: String
  let position: Int

  init?(_ text: String) {
    let parts = text.split(separator: ":")
    guard parts.count >= 2, let position = Int(parts[1]) else { return nil }
    chromosome = String(parts[0])
    self.position = position
  }
}

extension Fusion {
  /// Takes the exons that another statement of the same genes tells.
  fileprivate mutating func takeExons(of other: Fusion) {
    for side in [other.fivePrime, other.threePrime] where !side.gene.isEmpty {
      if side.gene == fivePrime.gene, fivePrime.exon == nil { fivePrime.exon = side.exon }
      if side.gene == threePrime.gene, threePrime.exon == nil { threePrime.exon = side.exon }
    }
  }

  /// Takes exons and breakpoints from the columns of a row.
  fileprivate mutating func takeSites(
    exons: (Int16, Int16), breakpoints: (String, String), isReversed: Bool
  ) {
    let (first, second) = isReversed ? (exons.1, exons.0) : exons
    if first > 0 { fivePrime.exon = Int(first) }
    if second > 0 { threePrime.exon = Int(second) }
    (fivePrime.breakpoint, threePrime.breakpoint) =
      isReversed ? (breakpoints.1, breakpoints.0) : breakpoints
  }
}
