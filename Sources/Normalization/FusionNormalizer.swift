// SPDX-License-Identifier: Apache-2.0
package import Alterations

/// Resolves the partners of a fusion however they are joined (guide: Normalizing, Fusions).
package struct FusionNormalizer: Sendable {
  private let genes: GeneNormalizer

  /// A normalizer that knows gene names.
  package init(genes: GeneNormalizer) { self.genes = genes }

  /// A fusion from partners whose order the input states.
  package func fusion(fivePrime: String, threePrime: String, isOrdered: Bool, frame: Fusion.Frame = .unknown) -> Fusion?
  {
    let left = partner(fivePrime)
    let right = partner(threePrime)
    if left.isEmpty && right.isEmpty { return nil }
    return Fusion(fivePrimeGene: left, threePrimeGene: right, isOrdered: isOrdered, frame: frame)
  }

  /// A fusion from one name: `EML4::ALK`, `EML4--ALK`, `EML4-ALK fusion`, `NKX2-1/ALK`, `EML4(13)-ALK(20)`.
  ///
  /// Only `::` states an order. With a hyphen between hyphenated symbols the longest symbols on both sides win.
  ///
  /// - Parameter takesUnknownGene: Whether one of the partners may be a name of no known gene: `ALK-LOC1720`.
  package func fusion(named text: String, frame: Fusion.Frame = .unknown, takesUnknownGene: Bool = false) -> Fusion? {
    transcripts(text, frame) ?? fusion(named: FusionText(text), frame, takesUnknownGene)
  }

  /// What a name tells of the exons of its partners; `nil` where it names no exon.
  package func exons(named text: String) -> Fusion? {
    guard FusionText.mayNameExons(text) else { return nil }
    let name = FusionText(text)
    guard !name.exons.isEmpty, let found = fusion(named: name, .unknown, false) else { return nil }
    return found.fivePrime.exon != nil || found.threePrime.exon != nil ? found : nil
  }

  private func fusion(named name: FusionText, _ frame: Fusion.Frame, _ takesUnknownGene: Bool) -> Fusion? {
    guard var found = pair(name.words, frame, takesUnknownGene) else { return nil }
    found.fivePrime.exon = name.exon(ofFirst: true, named: found.fivePrimeGene)
    found.threePrime.exon = name.exon(ofFirst: false, named: found.threePrimeGene)
    return found
  }

  /// `NM_019063.3(EML4):r.1_1751::NM_004304.4(ALK):r.4080_6220`, `EML4{NM_019063.4}:r.1_1751_ALK{NM_004304.5}:r.4080_6220`:
  /// the partners by the names beside their transcripts; `nil` where a text is of another kind.
  private func transcripts(_ text: String, _ frame: Fusion.Frame) -> Fusion? {
    if text.contains(":e.") { return exons(stated: text, frame) }
    guard text.firstRange(of: ":r.") != nil else { return nil }
    let pieces = text.split { "(){}:[] _".contains($0) }.map(String.init)
    var found: [String] = []
    let names = pieces.filter { !["NM", "NR", "XM", "XR", "LRG"].contains($0) && $0.contains(where: \.isUppercase) }
    for symbol in names.compactMap({ genes.symbol($0) }) where found.last != symbol { found.append(symbol) }
    guard found.count == 2 else { return nil }
    return Fusion(fivePrimeGene: found[0], threePrimeGene: found[1], isOrdered: true, frame: frame)
  }

  /// `EML4(NM_019063.5):e.1_6::ALK(NM_004304.5):e.20_29`, `NM_019063.5(EML4):e.6::NM_004304.5(ALK):e.20`: the partners with
  /// the exons at the junction.
  private func exons(stated text: String, _ frame: Fusion.Frame) -> Fusion? {
    guard let joint = text.firstRange(of: "::") else { return nil }
    func side(_ part: Substring) -> (gene: String, exons: [Int])? {
      guard let mark = part.firstRange(of: ":e.") else { return nil }
      let names = part[..<mark.lowerBound].split { "(){}[]: ".contains($0) }.map(String.init)
      guard let gene = names.lazy.compactMap({ genes.symbol($0) }).first else { return nil }
      let numbers = part[mark.upperBound...].prefix { $0.isNumber || $0 == "_" }.split(separator: "_")
      return (gene, numbers.compactMap { Int($0) })
    }
    guard let five = side(text[..<joint.lowerBound]), let three = side(text[joint.upperBound...]) else { return nil }
    var found = Fusion(fivePrimeGene: five.gene, threePrimeGene: three.gene, isOrdered: true, frame: frame)
    found.fivePrime.exon = five.exons.last
    found.threePrime.exon = three.exons.first
    return found
  }

  /// The partners among words: in one word, or in two with or without a sign between them.
  private func pair(_ words: [String], _ frame: Fusion.Frame, _ takesUnknownGene: Bool) -> Fusion? {
    if words.count == 1, let word = words.first { return pair(word, frame, takesUnknownGene) }
    // `EML4 :: ALK`, `EML4- ALK`, `EML4 fused to ALK`.
    var whole = ""
    var genes = 0
    for word in words where !Self.joiningWords.contains(word.lowercased()) {
      let isSign = word.allSatisfy { "-:/_;|~>+&\u{2013}\u{2014}\u{2192}".contains($0) }
      if !isSign, !whole.isEmpty, whole.last.map({ !"-:/_;|~>+&\u{2013}\u{2014}\u{2192}".contains($0) }) ?? false,
        word.first.map({ !"-:/_;|~>+&\u{2013}\u{2014}\u{2192}".contains($0) }) ?? false
      {
        whole += "|"
      }
      if !isSign { genes += 1 }
      whole += word
    }
    if genes <= 2, let found = pair(whole, frame, takesUnknownGene) { return found }
    return words.lazy.filter { $0.count >= 5 }.compactMap { pair($0, frame, false) }.first
  }

  private static let joiningWords: Set<String> = ["fused", "to", "with", "and", "joined"]

  /// The partners in one word.
  private func pair(_ name: String, _ frame: Fusion.Frame, _ takesUnknownGene: Bool) -> Fusion? {
    for (separator, isOrdered) in [("::", true), ("--", false)] {
      if let parts = Self.split(name, separator) {
        return fusion(fivePrime: parts.0, threePrime: parts.1, isOrdered: isOrdered, frame: frame)
      }
    }
    for separator in ["/", "_", ";", ":", "|", "~", "->", ">", "\u{2192}", "+", "&", "\u{2014}"] {
      if let parts = Self.split(name, separator), genes.symbol(parts.0) != nil, genes.symbol(parts.1) != nil {
        return fusion(fivePrime: parts.0, threePrime: parts.1, isOrdered: false, frame: frame)
      }
    }
    var best: (String, String)?
    var partly: (String, String)?
    for index in name.indices where name[index] == "-" || name[index] == "\u{2013}" {
      let left = String(name[..<index]).trimmingWhiteSpace
      let right = String(name[name.index(after: index)...]).trimmingWhiteSpace
      let first = genes.symbol(left)
      let second = genes.symbol(right)
      // The longest left partner is found last, the longest right one first.
      if let first, let second {
        best = (first, second)
      } else if let first, !right.isEmpty {
        partly = (first, right)
      } else if let second, !left.isEmpty, partly == nil {
        partly = (left, second)
      }
    }
    if best == nil, takesUnknownGene, genes.symbol(name) == nil { best = partly }
    return best.map { Fusion(fivePrimeGene: $0.0, threePrimeGene: $0.1, isOrdered: false, frame: frame) }
  }

  /// The symbol of a partner; empty for an unknown or intergenic one.
  private func partner(_ text: String) -> String {
    let name = text.trimmingWhiteSpace
    switch name.lowercased() {
    case "", "v", "na", ".", "-", "intergenic", "unknown", "?", "none": return ""
    default: break
    }
    if let symbol = genes.symbol(name) { return symbol }
    // Arriba writes the neighbors of an intergenic breakpoint with their distance: `A(1234),B(567)`.
    if name.contains("("), name.hasSuffix(")") { return "" }
    return name
  }

  private static func split(_ text: String, _ separator: String) -> (String, String)? {
    guard let range = range(of: separator, in: text) else { return nil }
    let left = String(text[..<range.lowerBound]).trimmingWhiteSpace
    let right = String(text[range.upperBound...]).trimmingWhiteSpace
    return left.isEmpty || right.isEmpty ? nil : (left, right)
  }

  private static func range(of part: String, in text: String) -> Range<String.Index>? {
    guard let first = part.utf8.first else { return nil }
    let bytes = text.utf8
    var index = bytes.startIndex
    while let start = bytes[index...].firstIndex(of: first) {
      // Separators begin with the first byte of a character, so that both ends lie between characters.
      if bytes[start...].starts(with: part.utf8) { return start..<bytes.index(start, offsetBy: part.utf8.count) }
      index = bytes.index(after: start)
    }
    return nil
  }
}

extension String {
  /// Without white space at its ends.
  package var trimmingWhiteSpace: String {
    // Mostly there is none, which two bytes tell.
    if let first = utf8.first, let last = utf8.last, (0x21...0x7E).contains(first), (0x21...0x7E).contains(last) {
      return self
    }
    var view = self[...]
    while let first = view.first, first.isWhitespace { view = view.dropFirst() }
    while let last = view.last, last.isWhitespace { view = view.dropLast() }
    return String(view)
  }
}
