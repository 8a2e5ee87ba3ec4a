package import Alterations
package import InputFormats

/// Turns what a file says of a sequence change into one canonical form (guide: Normalizing, Protein changes).
package struct SequenceNormalizer: Sendable {
  /// `GENE R123` in an old numbering to the residue in the numbering of the table.
  private let legacyNumbering: [String: String]

  /// A normalizer with the residues that are known under an old number.
  package init(legacyNumbering: [String: String] = [:]) { self.legacyNumbering = legacyNumbering }

  /// A change and what was remarkable about reading it.
  package struct Result: Sendable {
    /// The canonical change.
    package var change: SequenceChange
    /// Set when the protein cell could not be read.
    package var unreadableProtein: Bool
    /// Flags for the alteration, such as `legacy_numbering`.
    package var flags: [String]
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
  package func normalize(
    gene: String, protein: String, coding: String, consequence: Consequence = .notStated, words: String = "",
    position: Int = 0
  ) -> Result {
    var flags: [String] = []
    var found = consequence.effect
    var named = Self.namedClass(protein) ?? ""
    if named.isEmpty, found == .unknown || found == .structural, !words.isEmpty {
      named = Self.namedClass(words) ?? Self.lostExons["\(gene) \(words)"] ?? ""
    }
    let isPromoterName = gene == "TERT" && Self.promoterNames.contains(protein.uppercased())
    var change = named.isEmpty && !isPromoterName ? ProteinChange(protein) : nil
    let unreadable = change == nil && named.isEmpty && !isPromoterName && !Self.saysNothing(protein)
    if let written = change, let current = currentNumbering(gene: gene, written) {
      change = current
      flags.append("legacy_numbering")
    }
    var codingChange = Self.codingChange(coding)
    if gene == "TERT", found == .noncoding || found == .unknown || found == .promoter, change == nil {
      if let promoter = Self.promoter(coding: codingChange.isEmpty ? protein : codingChange, position: position) {
        codingChange = promoter
        found = .promoter
      }
    }
    if found == .spliceRegion || found == .noncoding || found == .unknown,
      SpliceSite.isNamed(by: Array(codingChange.utf8).span)
    {
      found = .splice
    }
    if let change, !flags.contains("legacy_numbering"), Self.disagrees(codingChange, change) {
      flags.append("coding_change_disagrees")
    }
    if let change {
      let own = VariantEffect(change)
      // A rearrangement whose change of the protein is stated is that change.
      if found == .unknown || found == .structural || own == .synonymous { found = own }
      if own == .splice, found != .splice { found = .splice }
      // Callers file a stop gained by an insertion under its frame; the notation knows better.
      if own == .nonsense, found == .missense || found == .inframeInsertion || found == .inframeDeletion { found = own }
    }
    if named.isEmpty, gene == "MET", Self.skipsMETExon14(change, codingChange, found) { named = "EXON 14 skipping" }
    if !named.isEmpty, found == .unknown || found == .noncoding || found == .structural {
      found = named.hasSuffix("skipping") ? .splice : .structural
    }
    return Result(
      change: SequenceChange(effect: found, proteinChange: change, codingChange: codingChange, namedClass: named),
      unreadableProtein: unreadable, flags: flags)
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

  /// Classes that a file names instead of residues.
  static func namedClass(_ text: String) -> String? {
    guard text.utf8.count >= 2, text.utf8.count <= 60, !isPlainProteinChange(text) else { return nil }
    let key = text.lowercased().filter { $0 != " " && $0 != "_" && $0 != "-" && $0 != "." }
    if let known = namedClasses[key] { return known }
    if key.hasSuffix("skipping") || key.hasSuffix("skip") || key.hasPrefix("metex14"), key.contains("14") {
      return "EXON 14 skipping"
    }
    return nil
  }

  /// Whether a text begins like `p.V600`, as no name of a class does.
  private static func isPlainProteinChange(_ text: String) -> Bool {
    let bytes = text.utf8.prefix(4)
    guard bytes.count == 4, bytes.starts(with: "p.".utf8), let last = bytes.last else { return false }
    return last >= 0x30 && last <= 0x39
  }

  /// Losses of whole exons that have a name of their own.
  private static let lostExons = ["EGFR exon 2-7 deletion": "vIII", "MET exon 14 deletion": "EXON 14 skipping"]

  private static let namedClasses: [String: String] = [
    "itd": "ITD", "flt3itd": "ITD", "internaltandemduplication": "ITD", "viii": "vIII", "egfrviii": "vIII",
    "viiideletion": "vIII", "egfrvariantiii": "vIII", "variantiii": "vIII", "viiimutation": "vIII", "vv": "vV",
    "kdd": "KDD", "kinasedomainduplication": "KDD", "ctd": "CTD", "cterminaldeletion": "CTD",
    "cterminaldomaindeletion": "CTD", "cterminaldomain": "CTD", "exonskipping": "EXON 14 skipping",
    "reversion": "reversion",
    "reversionmutation": "reversion",
  ]

  /// What the two known TERT promoter changes are called, counted from the end of the gene's first build.
  private static let promoterNames: Set<String> = ["C228T", "C250T"]

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

  /// The two known TERT promoter changes from a coding change, a common name, or the position on either build.
  static func promoter(coding: String, position: Int) -> String? {
    if coding.contains("-124") || coding.uppercased().contains("C228T") { return "c.-124C>T" }
    if coding.contains("-146") || coding.uppercased().contains("C250T") { return "c.-146C>T" }
    switch position {
    case 1_295_228, 1_295_113: return "c.-124C>T"
    case 1_295_250, 1_295_135: return "c.-146C>T"
    default: return nil
    }
  }

  /// Codons 963 and 1010 flank exon 14 on ENST00000397752; 981 and 1028 on the longer transcript.
  private static func skipsMETExon14(_ change: ProteinChange?, _ coding: String, _ effect: VariantEffect) -> Bool {
    guard effect == .splice else { return false }
    if let change, change.consequence == .splice {
      return [962, 963, 964, 1009, 1010, 1011, 981, 982, 1028, 1029].contains(change.first)
    }
    let digits = coding.drop(while: { !$0.isNumber }).prefix(while: \.isNumber)
    guard let base = Int(digits) else { return false }
    return [2887, 2888, 2941, 2942, 3028, 3029, 3082, 3083].contains(base)
  }
}
