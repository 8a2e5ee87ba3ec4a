// SPDX-License-Identifier: Apache-2.0
package import Alterations
package import InputFormats
package import Knowledge

/// Turns what a file says of a sequence change into one canonical form (guide: Normalizing, Protein changes).
package struct SequenceNormalizer: Sendable {
  /// `GENE R123` in an old numbering to the residue in the numbering of the table.
  private let legacyNumbering: [String: String]
  /// The genes of ``legacyNumbering``.
  private let renumbered: Set<String>
  /// Promoters, splice sites and lost exons that have a name.
  let sites: NamedSites
  private let namedChanges: NamedChanges
  /// Alleles with star names, which are no stops.
  let doseAlleles: DoseAlleles
  /// Finds residues by transcript and position.
  let residues: TranscriptResidues
  /// Exons, hotspots and roles of genes, by which changes that are not named are read.
  let reference: ReferenceTables?

  /// A normalizer with the residues that are known under an old number.
  ///
  /// - Parameter hotspots: Changes that are known where a position has no build.
  package init(
    legacyNumbering: [String: String] = [:], facts: Facts = .builtIn, genes: CodingGenes = CodingGenes(),
    hotspots: HotspotTable? = nil, reference: ReferenceTables? = nil
  ) {
    self.legacyNumbering = legacyNumbering
    renumbered = Set(legacyNumbering.keys.map { String($0.prefix { $0 != " " }) })
    residues = TranscriptResidues(
      genes: genes,
      isKnown: { gene, change in
        switch hotspots?.fit(gene: gene, change: change, effect: VariantEffect(change)) {
        case .listed, .inframe: true
        default: false
        }
      })
    self.reference = reference
    sites = facts.sites
    namedChanges = facts.namedChanges
    doseAlleles = facts.doseAlleles
  }

  /// A change and what was remarkable about reading it.
  package struct Result: Sendable {
    /// The canonical change.
    package var change: SequenceChange
    /// Set when the protein cell could not be read.
    package var unreadableProtein: Bool
    /// Whether an `X` behind a residue may be a stop or any residue.
    package var isUnclear = false
    /// What is to be borne in mind of the alteration.
    package var cautions: [Caution]
    /// The residues that the stated one may be, where its number is of several transcripts.
    package var rivals: [String] = []
  }

  /// The alleles that the first of the cells with a star name, or a number of dbSNP, names.
  private func star(_ gene: String, _ cells: [String]) -> String? {
    cells.lazy.compactMap { self.doseAlleles.name($0, of: gene) }.first
  }

  /// Reads the cells of one row.
  ///
  /// - Parameters:
  ///   - gene: The current symbol.
  ///   - protein: The protein change as written; may be empty.
  ///   - coding: The coding change as written; may be empty.
  ///   - consequence: What the row's class says.
  ///   - words: The class as written, which may be a name like `vIII`; may be empty.
  ///   - position: The position on the chromosome for promoters; 0 when not given.
  ///   - place: Where the change lies and what it is in other transcripts.
  ///   - assumesTranscript: Whether a coding change without an accession counts on the tables' transcript.
  package func normalize(
    gene: String, protein: String, coding: String, consequence: Consequence = .notStated, words: String = "",
    position: Int = 0, place: MutationPlace? = nil, assumesTranscript: Bool = false
  ) -> Result {
    if doseAlleles.hasStarNames(gene) {
      if let star = star(gene, [protein, coding, words]) {
        let change = SequenceChange(effect: .unknown, codingChange: Self.codingChange(coding), namedClass: star)
        return Result(change: change, unreadableProtein: false, cautions: copies(place, [protein, coding, words]))
      }
      return doseAllele(
        of: gene, at: place,
        read(
          gene: gene, protein: DoseAlleles.withoutCopies(protein), coding: DoseAlleles.withoutCopies(coding),
          consequence: consequence, words: words, position: position, place: place,
          assumesTranscript: assumesTranscript), [protein, coding, words])
    }
    return read(
      gene: gene, protein: protein, coding: coding, consequence: consequence, words: words, position: position,
      place: place, assumesTranscript: assumesTranscript)
  }

  /// Reads the cells of a row that names no allele.
  private func read(
    gene: String, protein: String, coding: String, consequence: Consequence, words: String, position: Int,
    place: MutationPlace?, assumesTranscript: Bool
  ) -> Result {
    var cautions: [Caution] = []
    var found = consequence.effect
    var named = namedClass(protein) ?? ""
    if named.isEmpty, found == .unknown || found == .structural, !words.isEmpty {
      named = namedClass(words) ?? sites.change(of: gene, words: words) ?? ""
    }
    let hasPromoter = sites.hasPromoter(gene)
    let isPromoterName = hasPromoter && sites.isPromoterName(protein.uppercased(), gene: gene)
    var change =
      named.isEmpty && !isPromoterName ? ProteinChange(protein) ?? ProteinSpelling.change(protein) : nil
    var isUnclear = false
    if named.isEmpty, !isPromoterName, let stated = residueStatement(gene, protein, change, found) {
      change = stated.change
      isUnclear = stated.isUnclear
      if stated.change?.isOfAnyResidue == true { cautions.append(.residueNotStated) }
    }
    let unreadable = change == nil && named.isEmpty && !isPromoterName && !Self.saysNothing(protein)
    if unreadable, let stated = statement(gene: gene, FindingPhrase(protein), stated: found) {
      var change = stated.change
      change.codingChange = Self.codingChange(coding)
      return Result(change: change, unreadableProtein: false, cautions: stated.cautions)
    }
    var codingChange = Self.codingChange(coding)
    if change == nil, named.isEmpty, let words = residues.lostExons(gene, coding: codingChange),
      var stated = statement(gene: gene, FindingPhrase(words), stated: .unknown)
    {
      stated.change.codingChange = codingChange
      return Result(change: stated.change, unreadableProtein: false, cautions: stated.cautions)
    }
    var told = TranscriptResidues.Reading(change: change, coding: codingChange)
    let place = Self.place(place, coding: coding)
    if named.isEmpty, !isPromoterName, !unreadable, let byAlleles = overruled(gene, change, found, by: place) {
      told = byAlleles
      found = byAlleles.effect ?? found
    } else if let written = change {
      let disagrees =
        Self.disagrees(codingChange, written)
        || givesAnother(codingChange, written, gene, place?.transcript ?? "")
      told = residues.read(written, coding: codingChange, of: gene, at: place)
      if !told.isSettled, told.change == written, let current = currentNumbering(gene: gene, written) {
        told.change = current
        told.cautions.append(.legacyNumbering)
      } else if told.change == written {
        residues.renumber(&told, of: gene)
      }
      if disagrees, told.change == written { told.cautions.append(.codingChangeDisagrees) }
    } else if named.isEmpty, !isPromoterName, !unreadable, consequence.use != .startKept, Self.leavesOpen(found),
      let byPlace = tellByPlace(gene, coding: coding, codingChange, place, assumesTranscript: assumesTranscript),
      let effect = byPlace.effect,
      effect == found || found == .unknown || effect != .synonymous && Self.knowsBetter(effect, than: found)
    {
      told = byPlace
      if Self.contradict(effect, found) { told.cautions.append(.classDisagrees) }
    }
    if change == nil, named.isEmpty, found == .splice, codingChange.isEmpty, protein.isEmpty,
      let byPlace = tellByPlace(gene, coding: coding, codingChange, place, assumesTranscript: assumesTranscript)
    {
      // The class of some tools takes in bases within the exon and further off.
      told = byPlace
      found = byPlace.effect ?? found
    }
    change = told.change
    if let block = change, block.consequence == .deletionInsertion,
      let rest = residues.genes.gene(gene)?.withoutKeptEnds(block)
    {
      change = rest
    }
    if !told.coding.isEmpty { codingChange = told.coding }
    if let own = besideSpliceSite(gene, found, change, codingChange) { (found, change) = (own.effect, own.change) }
    cautions += told.cautions
    if let effect = told.effect, change == nil || found == .unknown { found = effect }
    if hasPromoter, found == .noncoding || found == .unknown || found == .promoter, change == nil,
      let promoter = sites.promoterChange(
        of: gene, coding: codingChange.isEmpty ? protein : codingChange, position: position)
    {
      codingChange = promoter
      found = .promoter
    }
    if SpliceSite.isNamed(by: Array(codingChange.utf8).span) {
      if residues.isBesideNoExon(gene, coding: codingChange) {
        if !cautions.contains(.residueDisagrees) { cautions.append(.residueDisagrees) }
      } else if found == .spliceRegion || found == .noncoding || found == .unknown {
        found = .splice
      }
    }
    if let change {
      let own = VariantEffect(change)
      if own == .splice || Self.knowsBetter(own, than: found) {
        let isContradicted = Self.contradict(own, found)
        if isContradicted, !cautions.contains(.classDisagrees) { cautions.append(.classDisagrees) }
        // Where the bases tell the frame, they decide between the two.
        let shifts = isContradicted ? Self.shiftsFrame(codingChange, place) : nil
        if shifts.map({ $0 == (own == .frameshift) }) ?? true { found = own }
      }
      // A change of whole residues that reaches no end of an exon is none of a site, whatever its class is.
      let isWhole = own == .inframeDeletion || own == .inframeInsertion
      if found == .splice, isWhole, !SpliceSite.isIntronic(codingChange),
        residues.genes.gene(gene)?.isInsideExon(change.first...change.last) == true
      {
        found = own
      }
      if found == .inframeDeletion, residues.genes.gene(gene)?.losesItsEnd(change) == true { found = .nonsense }
    }
    if named.isEmpty, found == .splice, sites.hasSpliceSites(gene) {
      named = namedSplice(gene, change, codingChange) ?? ""
    }
    if named.isEmpty, let change, change.last > change.first,
      change.consequence == .deletion || change.consequence == .deletionInsertion,
      let lost = sites.change(of: gene, losing: change.first...change.last)
    {
      named = lost
      found = VariantEffect(ofNamedClass: lost)
    }
    if named.isEmpty, let touch = residues.junction(of: gene, change, codingChange, told.exonEnd, sites) {
      if let skipping = touch.skipping {
        named = skipping
        found = .splice
      }
      if touch.isPredicted { cautions.append(.splicePredicted) }
    }
    if !named.isEmpty, found == .unknown || found == .noncoding || found == .structural {
      found = VariantEffect(ofNamedClass: named)
    }
    return Result(
      change: SequenceChange(
        effect: found, proteinChange: change, codingChange: codingChange, namedClass: named, region: told.region),
      unreadableProtein: unreadable, isUnclear: isUnclear, cautions: cautions, rivals: told.rivals)
  }

  /// What a change is that a class or `p.X159_splice` calls one of a splice site, and that lies beside the site or in the
  /// exon; `nil` for others.
  ///
  /// Tools write that notation for all of a splice region, and some count bases of the exon to the site.
  private func besideSpliceSite(
    _ gene: String, _ found: VariantEffect, _ change: ProteinChange?, _ coding: String
  ) -> (effect: VariantEffect, change: ProteinChange?)? {
    let isNotation = change?.consequence == .splice
    guard isNotation || found == .splice else { return nil }
    let edit = coding.isEmpty ? nil : CodingEdit(notation: coding)
    if edit?.isBesideSpliceSite == true, isNotation || change == nil { return (.spliceRegion, nil) }
    let isIntronic = edit.map { $0.first.offset != 0 || $0.last.offset != 0 } ?? false
    if isNotation, found == .spliceRegion, !isIntronic, edit != nil || !sites.hasSpliceSites(gene) {
      return (.spliceRegion, nil)
    }
    if found == .splice, let change, change.consequence == .substitution, !isIntronic { return (.missense, change) }
    return nil
  }

  /// Whether a change of the protein says more surely what it does than the class beside it.
  ///
  /// Annotators place a change by its leftmost base and name it by its last: the class is then one of the splice region or
  /// of an intron where the protein is told. Callers file stops under their frames, and tables anything under missense.
  private static func knowsBetter(_ own: VariantEffect, than found: VariantEffect) -> Bool {
    switch found {
    // A rearrangement whose change of the protein is stated is that change.
    case .unknown, .structural: true
    case .spliceRegion, .noncoding, .missense, .inframeDeletion, .inframeInsertion:
      [.synonymous, .nonsense, .frameshift, .inframeDeletion, .inframeInsertion, .stopLost].contains(own)
    case .frameshift: [.synonymous, .inframeDeletion, .inframeInsertion, .stopLost].contains(own)
    default: own == .synonymous
    }
  }

  /// Whether the bases of a change, in coding notation or as alleles, shift the frame; `nil` where they are not told.
  private static func shiftsFrame(_ coding: String, _ place: MutationPlace?) -> Bool? {
    if let edit = coding.isEmpty ? nil : CodingEdit(notation: coding), edit.first.offset == 0, edit.last.offset == 0 {
      let length = edit.last.base - edit.first.base + 1
      let added = edit.isDuplication ? length : edit.inserted.count
      let removed = edit.isDuplication || edit.isInsertion ? 0 : length
      return added == 0 && removed == 0 ? nil : !(added - removed).isMultiple(of: 3)
    }
    guard let place, !place.reference.isEmpty, !place.alternate.isEmpty else { return nil }
    func count(_ allele: String) -> Int { allele == "-" || allele == "." ? 0 : allele.utf8.count }
    return !(count(place.reference) - count(place.alternate)).isMultiple(of: 3)
  }

  /// Whether a change and the class beside it cannot both be: one shifts the frame and the other keeps it.
  private static func contradict(_ own: VariantEffect, _ found: VariantEffect) -> Bool {
    let kept: Set<VariantEffect> = [.missense, .inframeDeletion, .inframeInsertion]
    return own == .frameshift && kept.contains(found) || found == .frameshift && kept.contains(own)
  }

  /// What the alleles of a row say where its words place it beside an exon and the alleles do not, or the other way round;
  /// `nil` where they agree.
  ///
  /// An insertion that repeats the acceptor and the start of an exon is written before the exon, and called one of the
  /// splice region or of an intron; a deletion over a splice site is called by the frame of the bases in the exon.
  private func overruled(
    _ gene: String, _ change: ProteinChange?, _ found: VariantEffect, by place: MutationPlace?
  ) -> TranscriptResidues.Reading? {
    let isBeside =
      change.map { $0.consequence == .splice } ?? [.splice, .spliceRegion, .noncoding].contains(found)
    guard let place, isBeside || change?.consequence == .frameshift && found != .splice,
      let told = residues.told(of: gene, at: place)
    else { return nil }
    return told.effect == (isBeside ? .inframeInsertion : .splice) ? told : nil
  }

  /// Whether a class says less than the change of the protein would.
  private static func leavesOpen(_ effect: VariantEffect) -> Bool {
    switch effect {
    case .unknown, .missense, .nonsense, .frameshift, .inframeDeletion, .inframeInsertion: true
    case .splice, .spliceRegion, .startLost, .stopLost, .promoter, .synonymous, .noncoding, .structural: false
    }
  }

  /// A row's place with the transcript that its coding change names.
  private static func place(_ place: MutationPlace?, coding: String) -> MutationPlace? {
    if let place, !place.transcript.isEmpty { return place }
    let accession = accession(coding)
    guard !accession.isEmpty else { return place }
    var named = place ?? MutationPlace()
    named.transcript = accession
    return named
  }

  /// The transcript that a coding change names before its notation; empty where it names none.
  static func accession(_ coding: String) -> String {
    guard let colon = coding.utf8.lastIndex(of: UInt8(ascii: ":")) else { return "" }
    let parts = coding[..<colon].split(whereSeparator: { ":()".contains($0) })
    return parts.first { $0.hasPrefix("ENST") || $0.hasPrefix("NM_") }.map(String.init) ?? ""
  }

  /// Tells a change that the row does not state from its position, else from its coding change.
  private func tellByPlace(
    _ gene: String, coding: String, _ codingChange: String, _ place: MutationPlace?, assumesTranscript: Bool
  ) -> TranscriptResidues.Reading? {
    if let place, let told = residues.told(of: gene, at: place) { return told }
    guard !codingChange.isEmpty else { return nil }
    let transcript = place?.transcript ?? ""
    guard assumesTranscript || !transcript.isEmpty else { return nil }
    return residues.told(of: gene, coding: codingChange, transcript: transcript)
  }

  private static func saysNothing(_ protein: String) -> Bool {
    switch protein {
    case "", "p.?", "?", "p.0", "p.0?", "p.(?)", ".", "-", "p.": true
    default: false
    }
  }

  func currentNumbering(gene: String, _ change: ProteinChange) -> ProteinChange? {
    guard change.first > 0, change.firstResidue != "X", renumbered.contains(gene),
      let current = legacyNumbering["\(gene) \(change.firstResidue)\(change.first)"],
      let number = Int(current.drop(while: { !$0.isNumber }))
    else { return nil }
    let shift = number - change.first
    return ProteinChange(
      change.consequence, first: number, last: change.last + shift, firstResidue: current.first ?? change.firstResidue,
      lastResidue: change.first == change.last ? current.first : change.lastResidue, replacement: change.replacement,
      tail: change.tail)
  }

  /// The part of a coding change behind its accession; empty when it is none.
  static func codingChange(_ text: String) -> String {
    if text.hasPrefix("c."), !text.utf8.contains(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ")") }) {
      return text == "c." || text == "c.?" ? "" : text
    }
    var body = text[...]
    if let colon = body.lastIndex(of: ":") { body = body[body.index(after: colon)...] }
    body = body.drop(while: { $0 == "(" })
    while body.last == ")" { body = body.dropLast() }
    guard body.hasPrefix("c.") || body.hasPrefix("n.") else {
      return body.first == "-" || body.first?.isNumber == true ? "c." + body : ""
    }
    return body == "c." || body == "c.?" ? "" : String(body)
  }

  /// Classes that a file names instead of residues.
  func namedClass(_ text: String) -> String? {
    guard text.utf8.count >= 2, text.utf8.count <= 60, !Self.isPlainProteinChange(text) else { return nil }
    return namedChanges.name(of: text.lowercased().filter { $0 != " " && $0 != "_" && $0 != "-" && $0 != "." })
  }

  /// Whether a text begins like `p.V600`, as no name of a class does.
  private static func isPlainProteinChange(_ text: String) -> Bool {
    let bytes = text.utf8.prefix(4)
    guard bytes.count == 4, bytes.starts(with: "p.".utf8), let last = bytes.last else { return false }
    return last >= 0x30 && last <= 0x39
  }

  /// Whether a plain substitution of the coding sequence lies in another codon than the substitution of the protein.
  private static func disagrees(_ coding: String, _ protein: ProteinChange) -> Bool {
    guard protein.consequence == .substitution || protein.consequence == .nonsense, coding.utf8.count >= 6 else {
      return false
    }
    return CodingPosition.disagrees(Array(coding.utf8).span, codon: protein.first)
  }

  /// Whether a plain substitution of the coding sequence gives another residue at the codon of the protein's:
  /// `c.35G>A` beside `p.G12C`.
  ///
  /// - Parameter transcript: The one that the row's change counts on; only the tables' own is looked at.
  private func givesAnother(
    _ coding: String, _ protein: ProteinChange, _ gene: String, _ transcript: String
  ) -> Bool {
    let bytes = Array(coding.utf8)
    guard protein.consequence == .substitution, protein.first == protein.last, bytes.count > 3,
      bytes[bytes.count - 2] == UInt8(ascii: ">"), let position = CodingPosition.substituted(bytes.span),
      (position - 1) / 3 + 1 == protein.first, let gene = residues.genes.gene(gene),
      transcript.isEmpty || residues.genes.shift(of: gene, transcript: transcript, residue: protein.first) == 0,
      let residue = gene.residue(
        protein.firstResidue, protein.first, replacing: bytes[bytes.count - 3], at: (position - 1) % 3,
        by: bytes[bytes.count - 1])
    else { return false }
    return protein.replacement != String(residue)
  }

  /// What a change at a splice site is called where the site has a name.
  private func namedSplice(_ gene: String, _ change: ProteinChange?, _ coding: String) -> String? {
    let edit = coding.isEmpty ? nil : CodingEdit(notation: coding)
    // Beside which base of which exon it lies says more than a residue, which two exons may share.
    if let edit, let point = [edit.first, edit.last].first(where: { $0.offset != 0 }) {
      return sites.spliceChange(of: gene, base: point.base * point.offset.signum())
    }
    return change.flatMap { $0.consequence == .splice ? sites.spliceChange(of: gene, codon: $0.first) : nil }
  }
}
