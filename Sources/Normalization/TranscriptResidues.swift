// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import InputFormats
internal import Knowledge

/// Finds the residue of the tables' transcript that a row means, whatever transcript it counts on
/// (guide: Normalizing, Which transcript).
struct TranscriptResidues: Sendable {
  let genes: CodingGenes
  /// Whether a change is one that rules or hotspots name; asked where the build is not stated.
  let isKnown: @Sendable (_ gene: String, _ change: ProteinChange) -> Bool

  /// What a row's change is on the tables' transcript.
  struct Reading {
    /// The change of the protein; `nil` where it is not known.
    var change: ProteinChange?
    /// The change of the coding sequence, without accession.
    var coding = ""
    /// What the change does, where it was told from its place.
    var effect: VariantEffect?
    /// The residues it lies in, where the change of the protein is not known.
    var region: ClosedRange<Int>?
    /// What is to be borne in mind.
    var cautions: [Caution] = []
    /// Residues that the stated one may be, where several may.
    var rivals: [String] = []
    /// The exon whose last base is changed.
    var exonEnd: Int?
    /// Whether nothing contradicts the residue, so that old numbers are not looked for.
    var isSettled = false
  }

  /// Reads a stated change in the light of what else the row says.
  func read(_ change: ProteinChange, coding: String, of symbol: String, at place: MutationPlace?) -> Reading {
    var reading = Reading(change: change, coding: coding)
    guard change.first > 0, let gene = genes.gene(symbol) else { return reading }
    let transcript = place.map(\.transcript).flatMap { $0.isEmpty ? nil : $0 }
    let isOwn = transcript.map { gene.transcripts.contains(CodingGenes.withoutVersion($0)) } ?? false
    if !isOwn, let place, let block = ownBlock(of: gene, in: place) {
      reading.coding = block.coding
      reading.isSettled = true
      if block.change != change {
        reading.change = block.change
        reading.cautions.append(.otherTranscript)
      }
      return reading
    }
    if let place, settle(&reading, change, gene, place) { return reading }
    let fits = gene.fits(change.firstResidue, at: change.first)
    if let transcript, !isOwn,
      let shift = genes.shift(of: gene, transcript: transcript, residue: change.first), shift != 0
    {
      let fitsThere = gene.fits(change.firstResidue, at: change.first - shift)
      // Accessions keep their name while their numbers change; letters that fit only as stated say so.
      if fitsThere != false || fits != true {
        reading.change = change.moved(by: -shift)
        reading.cautions.append(fitsThere == false ? .residueDisagrees : .otherTranscript)
        reading.isSettled = true
        return reading
      }
    }
    reading.isSettled = isOwn && fits == true
    return reading
  }

  /// Looks for a stated residue under the numbers of other transcripts, where its letter does not fit as stated.
  func renumber(_ reading: inout Reading, of symbol: String) {
    guard !reading.isSettled, let change = reading.change, change.first > 0, change.firstResidue != "X",
      let gene = genes.gene(symbol)
    else { return }
    let fits = gene.fits(change.firstResidue, at: change.first)
    guard fits != true else { return }
    let others = genes.otherNumbers(gene: symbol, letter: change.firstResidue, residue: change.first)
    switch others.count {
    case 1:
      reading.change = change.moved(by: others[0].residue - change.first)
      reading.cautions.append(.otherTranscript)
    case 2...: reading.rivals = others.map { change.moved(by: $0.residue - change.first).description }
    default:
      // A sequence that may carry variants does not overrule a file.
      if fits == false, gene.isSequenceSure || gene.sequence.isEmpty { reading.cautions.append(.residueDisagrees) }
    }
  }

  /// The change on the tables' transcript among those of other transcripts.
  private func ownBlock(of gene: CodingGene, in place: MutationPlace) -> (change: ProteinChange, coding: String)? {
    for block in place.others where gene.transcripts.contains(CodingGenes.withoutVersion(block.transcript)) {
      if let change = ProteinChange(block.proteinChange), change.first > 0 {
        return (change, SequenceNormalizer.codingChange(block.codingChange))
      }
    }
    return nil
  }

  // MARK: By position

  /// Holds a stated change against the position of its row.
  ///
  /// - Returns: Whether the position decides.
  private func settle(
    _ reading: inout Reading, _ change: ProteinChange, _ gene: CodingGene, _ place: MutationPlace
  ) -> Bool {
    guard let position = position(place, in: gene) else { return false }
    var moved: (change: ProteinChange, build: GenomeBuild, exonEnd: Int?)?
    for build in place.build.map({ [$0] }) ?? GenomeBuild.allCases {
      let told = gene.consequence(
        at: position, reference: place.reference, alternate: place.alternate, in: build)
      if let found = told?.proteinChange, change.isOfKind(found) {
        if change.isNear(found) {
          reading.isSettled = true
          reading.exonEnd = told?.exonEnd
          return true
        }
        moved = (found, build, told?.exonEnd)
        continue
      }
      guard change.consequence == .substitution || change.consequence == .nonsense, change.first == change.last,
        let point = gene.point(at: position, in: build), point.offset == 0,
        let residue = gene.residue(ofBase: point.base)
      else { continue }
      if residue == change.first {
        reading.isSettled = gene.fits(change.firstResidue, at: residue) != false
        return reading.isSettled
      }
      if gene.fits(change.firstResidue, at: residue) == true, place.reference.utf8.count <= 1, moved == nil {
        moved = (change.moved(by: residue - change.first), build, nil)
      }
    }
    guard let moved else { return false }
    // Without a build a position speaks only where the stated residue cannot be.
    if place.build == nil {
      guard gene.fits(change.firstResidue, at: change.first) != true else { return false }
      reading.cautions.append(.buildAssumed)
    }
    reading.change = moved.change
    reading.exonEnd = moved.exonEnd
    reading.cautions.append(.otherTranscript)
    reading.isSettled = true
    return true
  }

  /// The position where it is one on the gene's chromosome.
  private func position(_ place: MutationPlace, in gene: CodingGene) -> Int? {
    guard place.position > 0, Chromosome.plain(place.chromosome) == gene.chromosome else { return nil }
    return place.position
  }

  /// Tells a change that a row does not state from its position.
  func told(of symbol: String, at place: MutationPlace) -> Reading? {
    guard let gene = genes.gene(symbol) else { return nil }
    var found: [(CodingConsequence, GenomeBuild)] = []
    for build in place.build.map({ [$0] }) ?? GenomeBuild.allCases {
      if let told = consequence(gene, at: place, in: build), told.effect != .noncoding || place.build != nil {
        found.append((told, build))
      }
    }
    if place.build == nil {
      found.removeAll { told, _ in told.proteinChange.map { !isKnown(symbol, $0) } ?? true }
    }
    guard found.count == 1, let (told, _) = found.first else { return nil }
    var reading = Self.reading(told)
    if place.build == nil { reading.cautions.append(.buildAssumed) }
    return reading
  }

  private func consequence(_ gene: CodingGene, at place: MutationPlace, in build: GenomeBuild) -> CodingConsequence? {
    if let position = position(place, in: gene), !place.reference.isEmpty, !place.alternate.isEmpty {
      return gene.consequence(at: position, reference: place.reference, alternate: place.alternate, in: build)
        ?? genes.knownSubstitution(
          of: gene, at: position, reference: place.reference, alternate: place.alternate, in: build)
    }
    guard !place.notation.isEmpty, let genomic = GenomicNotation(place.notation),
      genomic.chromosome == gene.chromosome
    else { return nil }
    return gene.edit(counting: genomic.edit, in: build).flatMap { gene.consequence(of: $0) }
  }

  /// Genes at a place, in the builds that it may be counted by.
  func genes(at place: MutationPlace) -> [String] {
    var (chromosome, position) = (Chromosome.plain(place.chromosome), place.position)
    if position == 0, let genomic = GenomicNotation(place.notation) {
      (chromosome, position) = (genomic.chromosome, genomic.edit.first.base)
    }
    guard position > 0 else { return [] }
    var symbols: [String] = []
    for build in place.build.map({ [$0] }) ?? GenomeBuild.allCases {
      // The base before a deletion or insertion may lie beside the exon.
      for gene in genes.genes(at: position, chromosome: chromosome, in: build) where !symbols.contains(gene.symbol) {
        symbols.append(gene.symbol)
      }
    }
    return symbols
  }

  /// Tells a change from its coding notation.
  ///
  /// - Parameter transcript: The accession that the notation counts on; empty for the tables' own.
  func told(of symbol: String, coding: String, transcript: String) -> Reading? {
    guard let gene = genes.gene(symbol), var edit = CodingEdit(notation: coding) else { return nil }
    if !transcript.isEmpty {
      guard let first = genes.shift(of: gene, transcript: transcript, residue: (edit.first.base + 2) / 3),
        let last = genes.shift(of: gene, transcript: transcript, residue: (edit.last.base + 2) / 3), first == last
      else { return nil }
      edit.first = CodingPoint(edit.first.base - 3 * first, offset: edit.first.offset)
      edit.last = CodingPoint(edit.last.base - 3 * first, offset: edit.last.offset)
    }
    // Bases are counted on the sequence, residues as the tables count them.
    let shift = gene.numberShift(ofResidue: (edit.first.base + 2) / 3)
    if shift != 0 {
      edit.first = CodingPoint(edit.first.base - 3 * shift, offset: edit.first.offset)
      edit.last = CodingPoint(edit.last.base - 3 * shift, offset: edit.last.offset)
    }
    guard var reading = gene.consequence(of: edit).map(Self.reading) else { return nil }
    // How far into an intron is not known.
    if coding.contains("?") { reading.coding = coding }
    return reading
  }

  // MARK: Splicing

  /// The words for a coding change that takes whole exons, from within the intron before them into the one behind:
  /// `c.2922-?_3284+?del` is `exon 20-22 deletion`.
  func lostExons(_ symbol: String, coding: String) -> String? {
    guard coding.hasSuffix("del"), let edit = CodingEdit(notation: coding), edit.isDeletion,
      let exons = genes.gene(symbol)?.exons(within: edit)
    else { return nil }
    return exons.count == 1
      ? "exon \(exons.lowerBound) deletion" : "exon \(exons.lowerBound)-\(exons.upperBound) deletion"
  }

  /// Whether a coding change counts bases beside one that neither begins nor ends an exon: there is no such place.
  func isBesideNoExon(_ symbol: String, coding: String) -> Bool {
    guard coding.utf8.contains(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }),
      let edit = CodingEdit(notation: coding), let gene = genes.gene(symbol)
    else { return false }
    return !gene.isBesideExon(edit.first) || !gene.isBesideExon(edit.last)
  }

  /// What a change does to a junction of exons.
  struct Junction {
    /// The name of skipping the exon; `nil` where the tables give it none.
    var skipping: String?
    /// Whether the change is not at the canonical bases.
    var isPredicted: Bool
  }

  /// What a change does to the junctions of a gene's exons.
  func junction(
    of symbol: String, _ change: ProteinChange?, _ coding: String, _ exonEnd: Int?, _ sites: NamedSites
  ) -> Junction? {
    let isNamed = sites.hasSpliceSites(symbol)
    let edit = coding.isEmpty ? nil : CodingEdit(notation: coding)
    guard isNamed || edit != nil || exonEnd != nil, let gene = genes.gene(symbol) else { return nil }
    let touches = edit.map { gene.junctions(touchedBy: $0) } ?? []
    // A known site of another exon is none of the named ones, whatever residue lies beside it.
    let isElsewhere = touches.contains { $0.part == .site && sites.skipping(ofExon: $0.exon, gene: symbol) == nil }
    for touch in touches {
      if let name = sites.skipping(ofExon: touch.exon, gene: symbol) {
        return Junction(skipping: name, isPredicted: touch.part != .site)
      }
    }
    if isNamed, !isElsewhere, let change {
      if change.consequence == .splice {
        let name = gene.exons(beside: change.first).lazy.compactMap { sites.skipping(ofExon: $0, gene: symbol) }.first
        if let name { return Junction(skipping: name, isPredicted: false) }
      }
      if let exon = gene.exonEnd(changedBy: change), let name = sites.skipping(ofExon: exon, gene: symbol) {
        return Junction(skipping: name, isPredicted: true)
      }
    }
    let endsExon = exonEnd != nil || touches.contains { $0.part == .lastBase }
    return endsExon && !touches.contains { $0.part == .site } ? Junction(skipping: nil, isPredicted: true) : nil
  }

  private static func reading(_ told: CodingConsequence) -> Reading {
    Reading(
      change: told.proteinChange, coding: told.codingChange, effect: told.effect, region: told.region,
      cautions: [.byPosition], exonEnd: told.exonEnd, isSettled: true)
  }
}

extension ProteinChange {
  /// The same change of other residues.
  func moved(by shift: Int) -> ProteinChange {
    ProteinChange(
      consequence, first: first + shift, last: last + shift, firstResidue: firstResidue, lastResidue: lastResidue,
      replacement: replacement, tail: tail)
  }

  /// Whether it is the same change, as far as the letters tell, wherever it lies.
  fileprivate func isOfKind(_ other: ProteinChange) -> Bool {
    guard consequence == other.consequence else { return false }
    switch consequence {
    case .substitution, .nonsense, .stopLost, .startLost:
      return firstResidue == other.firstResidue && replacement == other.replacement
    case .insertion, .deletionInsertion, .deletion, .duplication:
      return last - first == other.last - other.first && replacement.utf8.count == other.replacement.utf8.count
    case .frameshift: return true
    case .synonymous, .splice: return false
    }
  }

  /// Whether both lie at one place; notations of callers differ by the length of a repeat.
  fileprivate func isNear(_ other: ProteinChange) -> Bool {
    switch consequence {
    case .substitution, .nonsense, .stopLost, .startLost: first == other.first
    default: abs(first - other.first) <= 4
    }
  }
}
