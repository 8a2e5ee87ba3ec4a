public import Alterations

/// Understands findings as a clinician writes them: `HER2 amp`, `KIT p.Val559Asp`, `KRAS wt`, `ER 95%, PgR 90%`.
///
/// What cannot be understood is said and never guessed.
public struct ClinicalText: Sendable {
  /// What was understood of some text.
  public struct Understanding: Sendable {
    /// The findings in the order of the text.
    public var alterations: [Alteration] = []
    /// Parts that were not understood, each with a reason.
    public var notUnderstood: [(text: String, reason: String)] = []
    /// What was assumed, for people: `deletion of CDKN2A taken as loss of one allele`.
    public var remarks: [String] = []
  }

  let genes: GeneNormalizer
  let sequences: SequenceNormalizer
  let fusions: FusionNormalizer
  /// The codons of an exon of a gene.
  let exonCodons: @Sendable (_ gene: String, _ exon: Int) -> ClosedRange<Int>?
  /// Puts the partners of a fusion in order; says whether it had to assume.
  let orient: @Sendable (Fusion) -> (fusion: Fusion, isAssumed: Bool)
  /// A fusion of a gene with an unknown partner, in its usual role.
  let singlePartner: @Sendable (String) -> Fusion

  /// A reader with what it needs to know.
  public init(
    genes: GeneNormalizer, sequences: SequenceNormalizer,
    exonCodons: @escaping @Sendable (String, Int) -> ClosedRange<Int>?,
    orient: @escaping @Sendable (Fusion) -> (fusion: Fusion, isAssumed: Bool),
    singlePartner: @escaping @Sendable (String) -> Fusion
  ) {
    self.genes = genes
    self.sequences = sequences
    fusions = FusionNormalizer(genes: genes)
    self.exonCodons = exonCodons
    self.orient = orient
    self.singlePartner = singlePartner
  }

  /// Reads one argument, which may hold several findings.
  public func understand(_ text: String) -> Understanding {
    var result = Understanding()
    var lastGene = ""
    for part in Self.split(text) {
      var phrase = FindingPhrase(part)
      if phrase.isEmpty { continue }
      if !lastGene.isEmpty, let first = phrase.words.first, ProteinChange(first) != nil, genes.symbol(first) == nil {
        // `EGFR L858R, T790M`: the second change goes on about the gene before it.
        phrase = FindingPhrase("\(lastGene) \(part)")
        result.remarks.append("'\(part)' is taken as a change of \(lastGene)")
      }
      if let found = measurements(phrase) ?? wildTypes(phrase) ?? copyNumbers(phrase, &result) ?? rearrangement(phrase)
        ?? sequenceChange(phrase)
      {
        result.alterations += found.map { decorated($0, phrase) }
        lastGene = found.count == 1 && found[0].kind == "MUT" ? found[0].gene : ""
      } else {
        result.notUnderstood.append((part, reason(phrase)))
      }
    }
    return result
  }

  /// Adds what a phrase says beside its finding: origin, allele fraction, whether it was called pathogenic.
  private func decorated(_ alteration: Alteration, _ phrase: FindingPhrase) -> Alteration {
    var alteration = alteration
    if phrase.has("germline") { alteration.origin = .germline }
    if phrase.has("somatic") { alteration.origin = .somatic }
    if phrase.has("pathogenic"), !phrase.has("non-pathogenic"), !phrase.has("not pathogenic") {
      alteration.flags.append("pathogenic_stated")
    }
    if alteration.variantAlleleFraction == nil { alteration.variantAlleleFraction = phrase.alleleFraction }
    return alteration
  }

  private func reason(_ phrase: FindingPhrase) -> String {
    guard let name = phrase.words.first else { return "is empty" }
    switch genes.normalize(name) {
    case .family(let family): return "\(family) names a family of genes (name the gene)"
    case .ambiguous: return "'\(name)' is a name of several genes (use the current HGNC symbol)"
    case .dateLike: return "'\(name)' is a date that a spreadsheet made of a gene symbol"
    case .gene, .protein: return "the gene is known, what happened to it is not understood"
    case .unknown: return "no gene or biomarker is recognized (write for example 'BRAF V600E', 'HER2 amp', 'TMB 14')"
    }
  }

  /// Parts between commas, semicolons, `and`, `with` and `plus` that stand outside of brackets.
  static func split(_ text: String) -> [String] {
    var parts: [String] = []
    var part = ""
    var depth = 0
    var word = ""
    func flushWord(_ separator: Character?) {
      let lowered = word.lowercased()
      if depth == 0, ["and", "und", "&"].contains(lowered) {
        parts.append(part)
        part = ""
      } else {
        part += word
      }
      if let separator { part.append(separator) }
      word = ""
    }
    for character in text {
      switch character {
      case "(", "[":
        depth += 1
        word.append(character)
      case ")", "]":
        depth = max(0, depth - 1)
        word.append(character)
      case ",", ";", "\n":
        if depth > 0 {
          word.append(character)
          continue
        }
        flushWord(nil)
        parts.append(part)
        part = ""
      case " ", "\t": flushWord(" ")
      default: word.append(character)
      }
    }
    flushWord(nil)
    parts.append(part)
    return parts.map(\.trimmingWhiteSpace).filter { !$0.isEmpty }
  }
}

/// One finding's words.
struct FindingPhrase {
  /// The text as written.
  let text: String
  /// The text in lower case with hyphens of every kind as `-`.
  let lowered: String
  /// Words as written: separated by white space, with brackets and colons at their ends dropped.
  let words: [String]

  init(_ text: String) {
    self.text = text
    lowered = String(text.lowercased().map { "\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}".contains($0) ? "-" : $0 })
    words = text.split(whereSeparator: \.isWhitespace).map { word in
      var view = word[...]
      while let first = view.first, "([".contains(first) { view = view.dropFirst() }
      while let last = view.last, ":,.)]".contains(last), !(last == ")" && view.contains("(")) {
        view = view.dropLast()
      }
      return String(view)
    }.filter { !$0.isEmpty }
  }

  var isEmpty: Bool { words.isEmpty }

  /// Whether the text holds the words.
  func has(_ part: String) -> Bool {
    guard part.utf8.count <= lowered.utf8.count else { return false }
    var index = lowered.startIndex
    while index < lowered.endIndex {
      if lowered[index...].hasPrefix(part) {
        let isStart = index == lowered.startIndex || !lowered[lowered.index(before: index)].isLetter
        let end = lowered.index(index, offsetBy: part.count)
        let isEnd = end == lowered.endIndex || !lowered[end].isLetter || !(part.last?.isLetter ?? false)
        if isStart, isEnd { return true }
      }
      index = lowered.index(after: index)
    }
    return false
  }

  /// Whether the text holds any of the words.
  func hasAny(_ parts: String...) -> Bool { parts.contains(where: has) }

  /// `VAF 12%`, `VAF: 0.12`, `AF=0.4`.
  var alleleFraction: Double? {
    for key in ["vaf", "allele fraction", "allele frequency", "maf", "af"] where has(key) {
      guard let start = Self.end(of: key, in: lowered) else { continue }
      let rest = lowered[start...].drop(while: { !$0.isNumber })
      let digits = rest.prefix { $0.isNumber || $0 == "." }
      guard let number = Double(digits) else { continue }
      return number > 1 || rest.dropFirst(digits.count).hasPrefix("%") ? number / 100 : number
    }
    return nil
  }

  /// The first number that stands by itself or behind one of the keys.
  func number(after keys: String...) -> Double? {
    for key in keys where has(key) {
      guard let start = Self.end(of: key, in: lowered) else { continue }
      let rest = lowered[start...].drop(while: { !$0.isNumber })
      if let number = Double(rest.prefix { $0.isNumber || $0 == "." }.trimmedDot) { return number }
    }
    return nil
  }

  static func end(of key: String, in text: String) -> String.Index? {
    var index = text.startIndex
    while index < text.endIndex {
      if text[index...].hasPrefix(key) { return text.index(index, offsetBy: key.count) }
      index = text.index(after: index)
    }
    return nil
  }
}

extension Substring {
  fileprivate var trimmedDot: Substring { last == "." ? dropLast() : self }
}
