// SPDX-License-Identifier: Apache-2.0
/// The name of a fusion taken apart: what may name the partners, and the exons that stand beside them.
///
/// Labs and callers write `EML4(13)-ALK(20)`, `EML4-ALK E13;A20`, `EML4 exon 13 - ALK exon 20`, `t(2;5)(NPM1;ALK)`,
/// `EML4 (NM_019063) - ALK (NM_004304)`.
struct FusionText {
  /// Words that are left: names of partners and what stands between them.
  private(set) var words: [String] = []
  /// Exons in the order of the text, a range by its ends.
  private(set) var exons: [ClosedRange<Int>] = []
  /// For a single exon, the word that it stands behind.
  private var wordBefore: [String] = []

  /// A longer text is no name.
  private static let longest = 600

  init(_ text: String) {
    guard text.utf8.count <= Self.longest else { return }
    for piece in Self.pieces(text) {
      if Self.isAccession(piece) || Self.plainWords.contains(piece.lowercased()) { continue }
      take(piece)
    }
    // `BICC1-FGFR2 - Archer`: what stood behind the dash was the assay.
    if words.last == "-" { words.removeLast() }
    // `variant 1`, `V3a`: variants of EML4-ALK by number.
    words.removeAll { word in
      let lowered = word.lowercased()
      return lowered.first == "v" && lowered.dropFirst().first?.isNumber == true && lowered.count <= 4
    }
  }

  /// Whether a text may name exons: a number stands by itself, behind a word for exons or behind a letter that stands alone.
  ///
  /// Most names of fusions have numbers in the symbols only, and nothing has to be taken apart.
  static func mayNameExons(_ text: String) -> Bool {
    func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }
    func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    // The two bytes before the one looked at.
    var (before, last) = (UInt8(0x20), UInt8(0x20))
    for byte in text.utf8 {
      if isDigit(byte), !isDigit(last) {
        guard isLetter(last) else { return true }
        switch last | 0x20 {
        case UInt8(ascii: "e"), UInt8(ascii: "x"), UInt8(ascii: "n"), UInt8(ascii: "s"): return true
        default: if !isLetter(before) { return true }
        }
      }
      (before, last) = (last, byte)
    }
    return false
  }

  /// The exon of a partner at the junction: of two exons the one in its place, of a single one that of the word before it.
  func exon(ofFirst isFirst: Bool, named name: String) -> Int? {
    switch exons.count {
    case 2: isFirst ? exons[0].upperBound : exons[1].lowerBound
    case 1 where wordBefore.first?.uppercased() == name.uppercased():
      isFirst ? exons[0].upperBound : exons[0].lowerBound
    default: nil
    }
  }

  /// `13-ALK`, `ex17-TACC3`: an exon with the sign and the partner behind it; `nil` for other pieces.
  private static func exonBeforePartner(_ piece: String, isExpected: Bool) -> (
    exon: String, sign: String, rest: String
  )? {
    let mark = piece.prefix(while: \.isLetter)
    guard isExpected ? mark.isEmpty : ["e", "ex", "exon"].contains(mark.lowercased()) else { return nil }
    let digits = piece.dropFirst(mark.count).prefix(while: \.isNumber)
    let behind = piece.dropFirst(mark.count + digits.count)
    let sign = behind.prefix { "-:/\u{2013}".contains($0) }
    let rest = behind.dropFirst(sign.count)
    guard (1...3).contains(digits.count), !sign.isEmpty, rest.first?.isUppercase == true, rest.count > 1 else {
      return nil
    }
    return (String(digits), String(sign), String(rest))
  }

  private mutating func take(_ piece: String) {
    if let (exon, sign, rest) = Self.exonBeforePartner(piece, isExpected: expectsExon) {
      expectsExon = true
      take(exon)
      take(sign)
      return take(rest)
    }
    if expectsExon, let range = Self.range(piece) {
      add(range)
      expectsExon = false
      return
    }
    expectsExon = false
    let lowered = piece.lowercased()
    if ["exon", "exons", "ex", "e", "exon:", "exons:"].contains(lowered) {
      expectsExon = true
      return
    }
    // `to 13` goes on with a range.
    if isAfterTo, let range = Self.range(piece), let last = exons.last, range.lowerBound >= last.lowerBound {
      exons[exons.count - 1] = last.lowerBound...range.upperBound
      isAfterTo = false
      return
    }
    isAfterTo = lowered == "to" && !exons.isEmpty && lastWasExon
    lastWasExon = false
    if isAfterTo { return }
    if let range = Self.markedExon(lowered) { return add(range) }
    if let pair = Self.lettered(piece) {
      pair.forEach { add($0...$0) }
      return
    }
    // `ALK.E6bA20`, `EML4-ALK.E13A20`.
    if let dot = piece.firstIndex(of: "."), dot != piece.startIndex,
      let pair = Self.lettered(String(piece[piece.index(after: dot)...].prefix { $0 != "." }))
    {
      pair.forEach { add($0...$0) }
      words.append(String(piece[..<dot]))
      return
    }
    if let (name, range) = Self.gluedExon(piece) {
      words.append(name)
      return add(range)
    }
    words.append(piece)
  }

  /// `EML4ex13`, `ALK_exon20`: a symbol with the exon written onto it.
  static func gluedExon(_ piece: String) -> (name: String, exon: ClosedRange<Int>)? {
    let digits = piece.reversed().prefix(while: \.isNumber).count
    guard digits > 0, digits < 4, let number = Int(piece.suffix(digits)) else { return nil }
    let rest = piece.dropLast(digits)
    guard let mark = ["exon", "ex"].first(where: rest.lowercased().hasSuffix) else { return nil }
    let name = rest.dropLast(mark.count).reversed().drop { "_:.".contains($0) }.reversed()
    guard name.count > 1, name.first?.isUppercase == true, name.last?.isLetter == true || name.last?.isNumber == true
    else { return nil }
    return (String(name), number...number)
  }

  private var expectsExon = false
  private var isAfterTo = false
  private var lastWasExon = false

  private mutating func add(_ range: ClosedRange<Int>) {
    exons.append(range)
    wordBefore.append(words.last { $0.contains(where: \.isLetter) } ?? "")
    lastWasExon = true
  }

  private static let plainWords: Set<String> = [
    "fusion", "fusions", "rearrangement", "rearrangements", "translocation", "translocations", "gene", "transcript",
    "variant", "protein", "positive",
    "detected", "of", "the", "in", "frame", "in-frame", "inframe", "out-of-frame", "out", "chimeric", "chimera", "a",
    "an", "is", "was", "rna", "dna", "archer", "archerdx",
  ]

  /// The name of a partner without words behind it that are no part of it: `ALK in-frame`.
  static func withoutWords(_ name: String) -> String {
    guard name.utf8.contains(UInt8(ascii: " ")) else { return name }
    let words = name.split(separator: " ").map(String.init)
    let kept = words.filter { !plainWords.contains($0.lowercased()) }
    return kept.count == 1 && kept[0] == words[0] ? kept[0] : name
  }

  /// Pieces between white space and brackets; what a bracket says of a band or an accession is left out.
  private static func pieces(_ text: String) -> [String] {
    var pieces: [String] = []
    var piece = ""
    func end() {
      if !piece.isEmpty { pieces.append(piece) }
      piece = ""
    }
    let characters = Array(text)
    var index = 0
    while index < characters.count {
      let character = characters[index]
      if character == "(" || character == "[" || character == "{" {
        let close = characters[index...].firstIndex { ")]}".contains($0) } ?? characters.count
        let inner = String(characters[min(index + 1, close)..<close])
        if piece.lowercased() == "t" || isBand(inner) || isAccession(inner) {
          if piece.lowercased() == "t" { piece = "" }
        } else if let range = range(inner) ?? markedExon(inner.lowercased()) {
          // `EML4(13)-ALK(20)`.
          end()
          pieces += ["exon", range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)"]
        } else {
          end()
          pieces += FusionText.pieces(inner)
        }
        index = close + 1
        // What joins the partners may stand behind the bracket: `)-ALK`.
        continue
      }
      // A semicolon before a blank ends a partner with its exon: `EML4 e6; ALK e20`.
      let isEnd = character == ";" && index + 1 < characters.count && characters[index + 1].isWhitespace
      if character.isWhitespace || character == "," || isEnd {
        end()
      } else if character == ")" || character == "]" || character == "}" {
        end()
      } else {
        piece.append(character)
      }
      index += 1
    }
    end()
    return pieces
  }

  /// `q21;p13`, `2;5`, `p21`.
  private static func isBand(_ text: String) -> Bool {
    let parts = text.split(whereSeparator: { $0 == ";" || $0 == ":" })
    return !parts.isEmpty
      && parts.allSatisfy { part in
        let body = part.drop { $0.isNumber || $0 == "X" || $0 == "Y" }
        return (body.first == "p" || body.first == "q") && body.dropFirst().allSatisfy { $0.isNumber || $0 == "." }
          || parts.count > 1 && body.isEmpty
      }
  }

  private static func isAccession(_ text: String) -> Bool {
    let upper = text.uppercased()
    return ["NM_", "NR_", "ENST", "ENSG", "CHR"].contains { upper.hasPrefix($0) }
      && upper.contains(where: \.isNumber)
  }

  /// `13`, `1-13`.
  private static func range(_ text: String) -> ClosedRange<Int>? {
    let ends = text.split(whereSeparator: { $0 == "-" || $0 == "\u{2013}" }).map { Int($0) }
    guard (1...2).contains(ends.count), let first = ends.first ?? nil, let last = ends.last ?? nil, first > 0,
      first <= last, last < 400
    else { return nil }
    return first...last
  }

  /// `exon13`, `ex13`, `e13`.
  private static func markedExon(_ text: String) -> ClosedRange<Int>? {
    for mark in ["exons", "exon", "ex", "e"] where text.hasPrefix(mark) {
      var body = text.dropFirst(mark.count).drop { ".:= ".contains($0) }
      if let last = body.last, "abc".contains(last) { body = body.dropLast() }
      return range(String(body))
    }
    return nil
  }

  /// `E13;A20`, `E6bA20`, `E13:A20`, `E13-A20`: the first letter of each partner with its exon.
  private static func lettered(_ text: String) -> [Int]? {
    var numbers: [Int] = []
    var view = text[...]
    while let letter = view.first, letter.isASCII, letter.isUppercase {
      view = view.dropFirst()
      let digits = view.prefix(while: \.isNumber)
      guard let number = Int(digits), number > 0, number < 400 else { return nil }
      numbers.append(number)
      view = view.dropFirst(digits.count)
      if let variant = view.first, variant.isLowercase { view = view.dropFirst() }
      view = view.drop { ";:-_,/".contains($0) }
    }
    return view.isEmpty && numbers.count == 2 ? numbers : nil
  }
}
