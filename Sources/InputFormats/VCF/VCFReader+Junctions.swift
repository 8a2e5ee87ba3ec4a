// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// Rearrangements without annotation: the positions of both breaks and which sides of them are joined.
///
/// Layouts: the specification of VCF 4.3, part 5.4 (brackets); Illumina/manta, userGuide (`<INV>` with `INV3` and
/// `INV5` before version 1.5); dellytools/delly (`CT`, `CHR2`, `POS2`, `<TRA>` in older versions); arq5x/lumpy-sv
/// (`STRANDS`); PapenfussLab/gridss and walaj/svaba (brackets, single ends with a dot).
extension VCFReader {
  /// What is said of a file whose rearrangements name no genes.
  static let breaksAlone =
    "is not annotated: its rearrangements were read by the places of the genes that the tables know, the order of the "
    + "partners from the sides that are joined, the frame only where both breaks lie between known exons"

  /// The other end of a rearrangement, and which sides of both are joined.
  private struct Junction {
    var chromosome: String
    var position: Int
    var sides: JoinedSides
  }

  /// The places of both ends of a rearrangement whose genes are named, and which sides of them are joined; `nil` where
  /// the allele does not tell.
  func joinedEnds(_ allele: VCFAnnotation.Allele, _ row: Row, _ text: Span<UInt8>) -> JoinedEnds? {
    let word = ByteText.string(text.extracting(allele.bases))
    guard let junction = word.hasPrefix("<") ? symbolic(word, row, text) : bracketed(word) else { return nil }
    let chromosome = ByteText.string(text.extracting(row.chromosome))
    return JoinedEnds(
      sides: junction.sides, first: "\(chromosome):\(row.position)",
      second: "\(junction.chromosome):\(junction.position)", build: header.build?.name ?? "")
  }

  /// Keeps a rearrangement by its positions.
  ///
  /// - Returns: Whether the allele is one.
  func readJunction(
    _ allele: VCFAnnotation.Allele, _ info: VCFRecordInfo, _ row: Row, _ text: Span<UInt8>, _ state: inout State
  ) -> Bool {
    let word = ByteText.string(text.extracting(allele.bases))
    guard let first = word.utf8.first else { return false }
    if word.utf8.count > 1, first == UInt8(ascii: ".") || word.utf8.last == UInt8(ascii: ".") {
      state.filter("single end of a rearrangement, its other end not placed")
      return true
    }
    let isSymbol = first == UInt8(ascii: "<")
    guard let junction = isSymbol ? symbolic(word, row, text) : bracketed(word) else {
      guard isSymbol || Self.isBreakend(text.extracting(allele.bases)) else { return false }
      state.filter("rearrangement without two positions")
      return true
    }
    // Each of two records tells all of the junction.
    let mate = info.mate.isEmpty ? "" : ByteText.string(text.extracting(info.mate))
    if !mate.isEmpty, state.content.seenEnds.contains(mate) {
      state.filter("other end of a rearrangement that was read")
      return true
    }
    if !mate.isEmpty { state.content.seenEnds.insert(ByteText.string(text.extracting(row.id))) }
    var fusion = RawFusion()
    fusion.joined = junction.sides
    let chromosome = ByteText.string(text.extracting(row.chromosome))
    fusion.firstBreakpoint = state.keep(Array("\(chromosome):\(row.position)".utf8))
    fusion.secondBreakpoint = state.keep(Array("\(junction.chromosome):\(junction.position)".utf8))
    fusion.name = state.keep(
      Array("\(chromosome):\(row.position) \(word) \(junction.chromosome):\(junction.position)".utf8))
    if !isSymbol { fusion.name = state.keep(Array("\(chromosome):\(row.position) \(word)".utf8)) }
    fusion.details = state.keep(Array((isSymbol ? Self.kind(of: word) : "").utf8))
    fusion.status = keepStatus(allele, info, row, text, &state)
    if let build = header.build { fusion.build = state.keep(Array(build.name.utf8)) }
    state.add(.fusion(fusion), line: row.line)
    return true
  }

  /// What a symbol is called in words that rows of one gene use.
  private static func kind(of symbol: String) -> String {
    if symbol.hasPrefix("<DEL") { return "deletion" }
    if symbol.hasPrefix("<DUP") { return "duplication" }
    return symbol.hasPrefix("<INV") ? "inversion" : ""
  }

  /// `G]17:198982]`, `]13:123456]T`: bases before the brackets keep what lies before the first break; a bracket that opens
  /// to the right goes on behind the second one.
  private func bracketed(_ word: String) -> Junction? {
    guard let open = word.firstIndex(where: { $0 == "[" || $0 == "]" }),
      let close = word[word.index(after: open)...].firstIndex(of: word[open])
    else { return nil }
    let place = word[word.index(after: open)..<close]
    guard let colon = place.lastIndex(of: ":"), let position = Int(place[place.index(after: colon)...]), position > 0
    else { return nil }
    let keepsFirst = open > word.startIndex
    let keepsSecond = word[open] == "]"
    let sides: JoinedSides =
      switch (keepsFirst, keepsSecond) {
      case (true, false): .threeToFive
      case (false, true): .fiveToThree
      case (true, true): .threeToThree
      case (false, false): .fiveToFive
      }
    return Junction(chromosome: String(place[..<colon]), position: position, sides: sides)
  }

  /// `<DEL>`, `<DUP:TANDEM>`, `<INV>`, `<TRA>` and `<BND>` with their other position in `INFO`.
  private func symbolic(_ word: String, _ row: Row, _ text: Span<UInt8>) -> Junction? {
    let own = ByteText.string(text.extracting(row.chromosome))
    let other = value("CHR2", row, text) ?? own
    // Some write the end of the record itself, the base behind its position, beside the place on the other chromosome.
    let end = value("END", row, text).flatMap { other != own && Int($0) == row.position + 1 ? nil : $0 }
    var position = (other == own ? nil : value("CHR2_POS", row, text) ?? value("POS2", row, text)) ?? end
    if position == nil, other == own, let length = value("SVLEN", row, text).flatMap({ Int($0) }) {
      position = length.magnitude < 1_000_000_000 ? String(row.position + Int(length.magnitude)) : nil
    }
    guard let place = position.flatMap({ Int($0) }), place > 0 else { return nil }
    let stated = value("CT", row, text).flatMap { JoinedSides($0) } ?? strands(row, text)
    let usual: JoinedSides? =
      if word.hasPrefix("<DEL") {
        .threeToFive
      } else if word.hasPrefix("<DUP") {
        .fiveToThree
      } else if word.hasPrefix("<INV") {
        hasFlag("INV3", row, text) ? .threeToThree : hasFlag("INV5", row, text) ? .fiveToFive : .inversion
      } else {
        nil
      }
    guard let sides = stated ?? usual else { return nil }
    return Junction(chromosome: other, position: place, sides: sides)
  }

  /// Lumpy's `STRANDS=+-:12`; an inversion with both junctions names two pairs, of which one may be without a read.
  private func strands(_ row: Row, _ text: Span<UInt8>) -> JoinedSides? {
    let words = value("STRANDS", row, text)?.split(separator: ",").filter { !$0.hasSuffix(":0") }
    guard let words, words.count == 1 else { return nil }
    return switch words[0].prefix(2) {
    case "+-": .threeToFive
    case "-+": .fiveToThree
    case "++": .threeToThree
    case "--": .fiveToFive
    default: nil
    }
  }

  private func hasFlag(_ name: String, _ row: Row, _ text: Span<UInt8>) -> Bool {
    ByteText.string(text.extracting(row.info)).split(separator: ";").contains { $0 == name }
  }
}
