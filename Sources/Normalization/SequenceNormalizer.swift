package import Alterations
package import Knowledge

/// Turns what a file says of a sequence change into one canonical form (guide: Normalizing, Protein changes).
package struct SequenceNormalizer: Sendable {
  /// `GENE R123` in an old numbering to the residue in the numbering of the table.
  private let legacyNumbering: [String: String]
  /// Promoters, splice sites and lost exons that have a name.
  let sites: NamedSites
  private let namedChanges: NamedChanges

  /// A normalizer with the residues that are known under an old number.
  package init(legacyNumbering: [String: String] = [:], facts: Facts = .builtIn) {
    self.legacyNumbering = legacyNumbering
    sites = facts.sites
    namedChanges = facts.namedChanges
  }

  /// A change and what was remarkable about reading it.
  package struct Result: Sendable {
    /// The canonical change.
    package var change: SequenceChange
    /// Set when the protein cell could not be read.
    package var unreadableProtein: Bool
    /// What is to be borne in mind of the alteration.
    package var cautions: [Caution]
  }

  /// Reads the cells of one row.
  ///
  /// - Parameters:
  ///   - gene: The current symbol.
  ///   - protein: The protein change as written; may be empty.
  ///   - coding: The coding change as written; may be empty.
  ///   - effect: The class or consequence as written; may be empty.
  ///   - position: The position on the chromosome for promoters; 0 when not given.
  package func normalize(gene: String, protein: String, coding: String, effect: String, position: Int = 0) -> Result {
    var cautions: [Caution] = []
    let stated = Self.effect(effect)
    var named = namedClass(protein) ?? ""
    if named.isEmpty, stated == nil, !effect.isEmpty {
      named = namedClass(effect) ?? sites.change(of: gene, words: effect) ?? ""
    }
    let hasPromoter = sites.hasPromoter(gene)
    let isPromoterName = hasPromoter && sites.isPromoterName(protein.uppercased(), gene: gene)
    var change = named.isEmpty && !isPromoterName ? ProteinChange(protein) : nil
    let unreadable = change == nil && named.isEmpty && !isPromoterName && !Self.saysNothing(protein)
    if let written = change, let current = currentNumbering(gene: gene, written) {
      change = current
      cautions.append(.legacyNumbering)
    }
    var codingChange = Self.codingChange(coding)
    var found = stated ?? .unknown
    if hasPromoter, found == .noncoding || found == .unknown || found == .promoter, change == nil,
      let promoter = sites.promoterChange(
        of: gene, coding: codingChange.isEmpty ? protein : codingChange, position: position)
    {
      codingChange = promoter
      found = .promoter
    }
    if found == .spliceRegion || found == .noncoding || found == .unknown, Self.isCanonicalSpliceSite(codingChange) {
      found = .splice
    }
    if let change, !cautions.contains(.legacyNumbering), Self.disagrees(codingChange, change) {
      cautions.append(.codingChangeDisagrees)
    }
    if let change {
      let own = VariantEffect(change)
      if found == .unknown || own == .synonymous { found = own }
      if own == .splice, found != .splice { found = .splice }
      // Callers file a stop gained by an insertion under its frame; the notation knows better.
      if own == .nonsense, found == .missense || found == .inframeInsertion || found == .inframeDeletion { found = own }
    }
    if named.isEmpty, found == .splice, sites.hasSpliceSites(gene) {
      named = namedSplice(gene, change, codingChange) ?? ""
    }
    if !named.isEmpty, found == .unknown || found == .noncoding {
      found = named.hasSuffix("skipping") ? .splice : .structural
    }
    return Result(
      change: SequenceChange(effect: found, proteinChange: change, codingChange: codingChange, namedClass: named),
      unreadableProtein: unreadable, cautions: cautions)
  }

  private static func saysNothing(_ protein: String) -> Bool {
    switch protein {
    case "", "p.?", "?", "p.0", "p.0?", "p.(?)", ".", "-", "p.": true
    default: false
    }
  }

  private func currentNumbering(gene: String, _ change: ProteinChange) -> ProteinChange? {
    guard change.first > 0, change.firstResidue != "X",
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

  /// The effect that a class or consequence term stands for; the most severe of several.
  static func effect(_ text: String) -> VariantEffect? {
    guard !text.isEmpty else { return nil }
    if let known = spelledEffects[text] ?? effects[text.lowercased()] { return known }
    var best: VariantEffect?
    for term in text.lowercased().split(whereSeparator: { $0 == "," || $0 == "&" || $0 == ";" }) {
      guard let found = effects[String(term.drop(while: { $0 == " " }))] else { continue }
      if best.map({ severity($0) < severity(found) }) ?? true { best = found }
    }
    return best
  }

  private static func severity(_ effect: VariantEffect) -> Int {
    switch effect {
    case .frameshift, .nonsense: 9
    case .splice: 8
    case .startLost, .stopLost: 7
    case .inframeDeletion, .inframeInsertion, .structural: 6
    case .missense: 5
    case .promoter: 4
    case .spliceRegion: 3
    case .synonymous: 2
    case .noncoding: 1
    case .unknown: 0
    }
  }

  /// The classes as a MAF spells them.
  private static let spelledEffects: [String: VariantEffect] = [
    "Missense_Mutation": .missense, "Nonsense_Mutation": .nonsense, "Silent": .synonymous, "Splice_Site": .splice,
    "Splice_Region": .spliceRegion, "Frame_Shift_Del": .frameshift, "Frame_Shift_Ins": .frameshift,
    "In_Frame_Del": .inframeDeletion, "In_Frame_Ins": .inframeInsertion,
  ]

  private static let effects: [String: VariantEffect] = [
    "missense_mutation": .missense, "missense_variant": .missense, "missense": .missense,
    "nonsynonymous snv": .missense,
    "missense variant": .missense, "nonsense_mutation": .nonsense, "nonsense": .nonsense, "stop_gained": .nonsense,
    "stopgain": .nonsense, "frame_shift_del": .frameshift, "frame_shift_ins": .frameshift, "frameshift": .frameshift,
    "frameshift_variant": .frameshift, "frame_shift": .frameshift, "frameshift deletion": .frameshift,
    "frameshift insertion": .frameshift, "in_frame_del": .inframeDeletion, "inframe_deletion": .inframeDeletion,
    "conservative_inframe_deletion": .inframeDeletion, "disruptive_inframe_deletion": .inframeDeletion,
    "nonframeshift deletion": .inframeDeletion, "in_frame_ins": .inframeInsertion,
    "inframe_insertion": .inframeInsertion, "conservative_inframe_insertion": .inframeInsertion,
    "disruptive_inframe_insertion": .inframeInsertion, "nonframeshift insertion": .inframeInsertion,
    "splice_site": .splice, "splice_site_snp": .splice, "splice_site_del": .splice, "splice_site_ins": .splice,
    "splicing": .splice, "splice": .splice, "splice_acceptor_variant": .splice, "splice_donor_variant": .splice,
    "splice_region": .spliceRegion, "splice_region_variant": .spliceRegion, "translation_start_site": .startLost,
    "start_lost": .startLost, "startloss": .startLost, "start_codon_snp": .startLost, "nonstop_mutation": .stopLost,
    "stop_lost": .stopLost, "stoploss": .stopLost, "silent": .synonymous, "synonymous_variant": .synonymous,
    "synonymous": .synonymous, "synonymous snv": .synonymous, "stop_retained_variant": .synonymous,
    "3'utr": .noncoding, "5'utr": .noncoding, "3'flank": .noncoding, "5'flank": .noncoding, "igr": .noncoding,
    "intron": .noncoding, "rna": .noncoding, "lincrna": .noncoding, "intron_variant": .noncoding,
    "upstream_gene_variant": .noncoding, "downstream_gene_variant": .noncoding, "intergenic_variant": .noncoding,
    "3_prime_utr_variant": .noncoding, "5_prime_utr_variant": .noncoding, "promoter": .promoter,
    "non_coding_transcript_exon_variant": .noncoding, "targeted_region": .noncoding, "fusion": .structural,
    "protein_altering_variant": .unknown, "coding_sequence_variant": .unknown, "indel": .unknown,
    "complex_indel": .unknown,
  ]

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
    guard protein.consequence == .substitution || protein.consequence == .nonsense, coding.hasPrefix("c."),
      coding.contains(">")
    else { return false }
    let digits = coding.dropFirst(2).prefix(while: \.isNumber)
    let rest = coding.dropFirst(2 + digits.count)
    guard let position = Int(digits), position > 0, rest.count == 3 else { return false }
    return (position + 2) / 3 != protein.first
  }

  /// Whether the change is at one of the two bases beside an exon.
  static func isCanonicalSpliceSite(_ coding: String) -> Bool {
    let bytes = Array(coding.utf8)
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") {
      guard index > 0, bytes[index - 1] >= 0x30, bytes[index - 1] <= 0x39, index + 1 < bytes.count else { continue }
      let next = index + 2 < bytes.count ? bytes[index + 2] : 0
      if bytes[index + 1] == UInt8(ascii: "1") || bytes[index + 1] == UInt8(ascii: "2"), next < 0x30 || next > 0x39 {
        return true
      }
    }
    return false
  }

  /// What a change at a splice site is called where the site has a name.
  private func namedSplice(_ gene: String, _ change: ProteinChange?, _ coding: String) -> String? {
    if let change, change.consequence == .splice { return sites.spliceChange(of: gene, codon: change.first) }
    let digits = coding.drop(while: { !$0.isNumber }).prefix(while: \.isNumber)
    return Int(digits).flatMap { sites.spliceChange(of: gene, base: $0) }
  }
}
