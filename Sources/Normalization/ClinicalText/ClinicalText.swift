// SPDX-License-Identifier: Apache-2.0
package import Alterations
package import Knowledge

/// Understands findings as a clinician writes them: `HER2 amp`, `KIT p.Val559Asp`, `KRAS wt`, `ER 95%, PgR 90%`.
///
/// What cannot be understood is said and never guessed.
package struct ClinicalText: Sendable {
  /// What was understood of some text.
  package struct Understanding: Sendable {
    /// The findings in the order of the text.
    package var alterations: [Alteration] = []
    /// Parts that were not understood, each with a reason.
    package var notUnderstood: [(text: String, reason: String)] = []
    /// What was assumed, for people: `deletion of CDKN2A taken as loss of one allele`.
    package var remarks: [String] = []
    /// The WHO grade of the tumor, where a finding states it.
    package var grade: Int?
  }

  let genes: GeneNormalizer
  let sequences: SequenceNormalizer
  let fusions: FusionNormalizer
  /// The codons of an exon of a gene.
  let exonCodons: @Sendable (_ gene: String, _ exon: Int) -> ClosedRange<Int>?
  /// Puts the partners of a fusion in order; says what is to be borne in mind of it.
  let orient: @Sendable (Fusion) -> (fusion: Fusion, cautions: [Caution])
  /// A fusion of a gene with an unknown partner, in its usual role.
  let singlePartner: @Sendable (String) -> Fusion
  /// Names of rearrangements that name no gene, in lower case, with `GENE5::GENE3` or the gene; longest names first.
  let rearrangements: [(name: String, genes: String)]
  /// Names of biomarkers, families and classes of change.
  let facts: Facts

  /// A reader with what it needs to know.
  package init(
    genes: GeneNormalizer, sequences: SequenceNormalizer,
    exonCodons: @escaping @Sendable (String, Int) -> ClosedRange<Int>?,
    orient: @escaping @Sendable (Fusion) -> (fusion: Fusion, cautions: [Caution]),
    singlePartner: @escaping @Sendable (String) -> Fusion, rearrangements: [String: String] = [:],
    facts: Facts = .builtIn
  ) {
    self.facts = facts
    self.rearrangements = rearrangements.map { ($0.key, $0.value) }
      .sorted { ($1.name.count, $0.name) < ($0.name.count, $1.name) }
    self.genes = genes
    self.sequences = sequences
    fusions = FusionNormalizer(genes: genes)
    self.exonCodons = exonCodons
    self.orient = orient
    self.singlePartner = singlePartner
  }

  /// Reads one argument, which may hold several findings.
  ///
  /// - Parameter build: The build of the genome of changes that are given by position.
  package func understand(_ text: String, build: GenomeBuild? = nil) -> Understanding {
    var result = Understanding()
    var lastGene = ""
    var last = 0
    for var part in findings(text) {
      var phrase = FindingPhrase(part.text)
      if phrase.isEmpty { continue }
      if phrase.has("grade"), let grade = TumorGrade.read(part.text) {
        result.grade = grade
        continue
      }
      if let doubt = Certainty.doubt(FindingPhrase(part.written)) {
        result.notUnderstood.append((part.written, doubt.reason))
        continue
      }
      if let words = Certainty.isEarlier(phrase) {
        result.remarks.append(
          "'\(part.written)' is '\(words)'; it is taken as a finding of this tumor (check that it still is)")
        phrase = FindingPhrase(Certainty.withoutTime(part.text))
      }
      if last < result.alterations.count, isQualifier(phrase), !part.isDenied {
        for index in last..<result.alterations.count {
          result.alterations[index] = decorated(result.alterations[index], phrase)
        }
        continue
      }
      if !lastGene.isEmpty, let first = phrase.words.first, ProteinChange(first) != nil, genes.symbol(first) == nil {
        // `EGFR L858R, T790M`: the second change goes on about the gene before it.
        phrase = FindingPhrase("\(lastGene) \(part.text)")
        result.remarks.append("'\(part.written)' is taken as a change of \(lastGene)")
      }
      if last < result.alterations.count, settlesTest(&part, &phrase, from: last, &result) { continue }
      // `HER2 IHC 2+ FISH not amplified`: what is denied is the second test.
      if part.isDenied, let found = hybridized(FindingPhrase(part.written)) {
        last = result.alterations.count
        result.alterations += found
        continue
      }
      let byPlace = part.isDenied ? nil : placed(phrase, build)
      guard let found = byPlace ?? (part.isDenied ? denied(phrase, &result) : stated(phrase, &result)) else {
        result.notUnderstood.append((part.written, reason(phrase)))
        continue
      }
      last = result.alterations.count
      result.alterations += found.map { finding in
        var finding = decorated(finding, phrase)
        if part.isDenied { finding.asWritten = part.written }
        return finding
      }
      lastGene = continuingGene(found)
    }
    return result
  }

  /// The gene that a bare change behind these findings would be of.
  private func continuingGene(_ found: [Alteration]) -> String {
    guard let last = found.last else { return "" }
    switch last.event {
    case .sequence: return Set(found.map(\.gene)).count == 1 ? last.gene : ""
    case .fusion(let fusion): return kinase(of: fusion)
    case .absent(.sequence): return last.gene
    default: return ""
    }
  }

  /// The partner of a fusion that resistance mutations hit: the one in its usual role.
  func kinase(of fusion: Fusion) -> String {
    let (five, three) = (fusion.fivePrimeGene, fusion.threePrimeGene)
    if three.isEmpty { return five }
    if !five.isEmpty, singlePartner(five).fivePrimeGene == five, singlePartner(three).threePrimeGene != three {
      return five
    }
    return three
  }

  private func stated(_ phrase: FindingPhrase, _ result: inout Understanding) -> [Alteration]? {
    specialNames(phrase) ?? joinedName(phrase) ?? measurements(phrase) ?? wildTypes(phrase) ?? copyNumbers(
      phrase, &result)
      ?? rearrangement(phrase) ?? sequenceChange(phrase)
  }

  /// What a text says that was looked for and not found.
  private func denied(_ phrase: FindingPhrase, _ result: inout Understanding) -> [Alteration]? {
    var quiet = Understanding()
    guard let found = stated(phrase, &quiet) else { return nil }
    var absent: [Alteration] = []
    for finding in found {
      switch finding.event {
      case .measurement(let measurement):
        guard let opposite = Self.opposite(measurement) else { return nil }
        absent.append(Alteration(gene: finding.gene, event: .measurement(opposite), asWritten: phrase.text))
      case .sequence(let change) where change.unnamed != nil:
        absent.append(Alteration(gene: finding.gene, event: .wildType, asWritten: phrase.text))
      case .wildType, .absent: return nil
      case .sequence, .copyNumber, .fusion:
        absent.append(Alteration(gene: finding.gene, event: .absent(finding.event), asWritten: phrase.text))
      }
    }
    return absent
  }

  private static func opposite(_ measurement: Measurement) -> Measurement? {
    let opposites = [
      "positive": "negative", "deficient": "proficient", "high": "not high", "present": "absent", "loss": "intact",
      "methylated": "unmethylated", "codeleted": "not codeleted",
    ]
    guard measurement.number == nil, let word = opposites[measurement.word] else { return nil }
    return Measurement(name: measurement.name, scale: measurement.scale, word: word)
  }

  /// Adds what a phrase says beside its finding: origin, allele fraction, whether it was called pathogenic.
  private func decorated(_ alteration: Alteration, _ phrase: FindingPhrase) -> Alteration {
    var alteration = alteration
    if phrase.has("germline") { alteration.origin = .germline }
    if phrase.has("somatic") { alteration.origin = .somatic }
    if phrase.hasAny("vus", "uncertain significance", "unknown significance") {
      alteration.cautions.append(.uncertainStated)
    } else if phrase.hasAny("benign", "polymorphism", "non-pathogenic", "not pathogenic") {
      alteration.cautions.append(.benignStated)
    } else if phrase.has("pathogenic"), !alteration.cautions.contains(.pathogenicStated) {
      alteration.cautions.append(.pathogenicStated)
    }
    if phrase.hasAny("subclonal", "sub-clonal", "subclone", "in a subclone"), !alteration.cautions.contains(.subclonal)
    {
      alteration.cautions.append(.subclonal)
    }
    if alteration.cancerCellFraction == nil { alteration.cancerCellFraction = phrase.cellFraction }
    if phrase.hasAny("out of frame", "out-of-frame", "reciprocal"), case .fusion(let fusion) = alteration.event,
      fusion.frame != .outOfFrame
    {
      alteration.event = .fusion(fusion.with(frame: .outOfFrame))
      if !alteration.cautions.contains(.possibleFusion) { alteration.cautions.append(.possibleFusion) }
    }
    if case .copyNumber = alteration.event, alteration.copyNumber == nil {
      alteration.copyNumber = phrase.number(after: "copy number", "copy-number", "cn")
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

  /// `E13`, `E6b`, `A20`: a letter with the number of an exon.
  private static func isExonOfFusion(_ word: Substring) -> Bool {
    guard let first = word.first, first.isUppercase, first.isASCII else { return false }
    let rest = word.dropFirst()
    let digits = rest.prefix(while: \.isNumber)
    let variant = rest.dropFirst(digits.count)
    return (1...2).contains(digits.count)
      && (variant.isEmpty || variant.count == 1 && variant.allSatisfy(\.isLowercase))
  }

  private static func word(_ characters: [Character], behind place: Int) -> Substring {
    Substring(String(characters[(place + 1)...].prefix { $0.isLetter || $0.isNumber }))
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
    let characters = Array(text)
    for (place, character) in characters.enumerated() {
      switch character {
      // `EML4-ALK E13;A20` names the exons of one fusion.
      case ";" where Self.isExonOfFusion(word[...]) && Self.isExonOfFusion(Self.word(characters, behind: place)):
        word.append(character)
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
    /// Whether a word goes on behind the part: `WT1` is a gene and not `wt`.
    func goesOn(_ part: String, _ next: Character) -> Bool {
      part.last?.isLetter == true && next.isLetter || part == "wt" && next.isNumber
    }
    guard part.utf8.count <= lowered.utf8.count else { return false }
    var index = lowered.startIndex
    while index < lowered.endIndex {
      if lowered[index...].hasPrefix(part) {
        let isStart = index == lowered.startIndex || !lowered[lowered.index(before: index)].isLetter
        let end = lowered.index(index, offsetBy: part.count)
        let isEnd = end == lowered.endIndex || !goesOn(part, lowered[end])
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

  /// The number before a percent sign.
  var percent: Double? {
    guard let sign = lowered.firstIndex(of: "%") else { return nil }
    let digits = lowered[..<sign].reversed().drop { $0 == " " }.prefix { $0.isNumber || $0 == "." }
    return Double(String(digits.reversed()))
  }

  /// `CCF 0.2`, `cancer cell fraction 20%`.
  var cellFraction: Double? {
    for key in ["ccf", "cancer cell fraction"] where has(key) {
      guard let start = Self.end(of: key, in: lowered) else { continue }
      let rest = lowered[start...].drop(while: { !$0.isNumber })
      let digits = rest.prefix { $0.isNumber || $0 == "." }
      guard let number = Double(digits) else { continue }
      return number > 1 || rest.dropFirst(digits.count).hasPrefix("%") ? number / 100 : number
    }
    return nil
  }

  /// The number behind one of the keys, and whether it is a bound.
  func value(after keys: String...) -> (number: Double, bound: Measurement.Bound)? { value(afterAny: keys) }

  /// The number behind one of the keys, and whether it is a bound.
  func value(afterAny keys: [String]) -> (number: Double, bound: Measurement.Bound)? {
    for key in keys where has(key) {
      guard let start = Self.end(of: key, in: lowered) else { continue }
      let between = lowered[start...].prefix { !$0.isNumber }
      let rest = lowered[start...].dropFirst(between.count)
      guard let number = Double(rest.prefix { $0.isNumber || $0 == "." }.trimmedDot) else { continue }
      return (number, MeasurementNormalizer.bound(in: between))
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
