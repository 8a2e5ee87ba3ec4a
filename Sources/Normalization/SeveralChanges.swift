// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText
internal import InputFormats

/// Cells that hold several changes of a protein, or one with text around it: `p.L858R, p.T790M`, `p.[V600E];[D594G]`,
/// `p.H1047R (c.3140A>G)`.
struct SeveralChanges {
  /// Words by which a text denies what it names; such a text is left whole.
  private static let denials: Set<String> = ["no", "not", "wt", "wild", "wildtype", "negative", "absent", "without"]

  /// Words that say of a change, or beside one, that it takes back a loss of the gene.
  static let reversions: Set<String> = ["reversion", "reversions", "reverted", "revertant"]

  /// The rows that a row stands for, each with one change; itself alone where its cell is plain or is not understood.
  ///
  /// - Parameter isName: Whether a text names a class of change.
  static func rows(of row: RawMutation, _ batch: RecordBatch, isName: (String) -> Bool) -> [RawMutation] {
    let cell = trimmed(row.proteinChange, batch)
    guard !cell.isEmpty else { return [row] }
    let bytes = batch.bytes(cell)
    var plain = row
    plain.proteinChange = cell
    if isCoding(bytes), !hasSeparator(bytes) {
      // The change of the coding sequence in the cell of the protein's.
      if plain.codingChange.isEmpty { plain.codingChange = cell }
      plain.proteinChange = TextSlice()
      return [plain]
    }
    guard hasSeparator(bytes) else { return [plain] }
    let (text, words) = (batch.string(cell), tokens(cell, batch))
    let reverted = reversion(beside: plain, words, batch)
    let isOne = reverted.isEmpty && (ProteinChange(utf8: Array(bytes)) != nil || isName(text))
    guard !isOne, text.utf8.count <= 400 else { return [plain] }
    var changes: [TextSlice] = []
    var coding: TextSlice?
    for token in words {
      let word = batch.string(token)
      if denials.contains(word.lowercased()) { return [plain] }
      if reversions.contains(word.lowercased()) { continue }
      if word.hasPrefix("c."), !word.contains("/") {
        coding = coding ?? token
      } else if ProteinChange(word) != nil, word.contains(where: \.isNumber) {
        changes.append(token)
      } else if word.contains("/") {
        if let beside = beside(token, batch) {
          changes.append(beside.change)
          coding = coding ?? beside.coding
          continue
        }
        // `V600E/K` is one of two, and not both.
        guard let both = alternatives(token, batch) else { return [plain] }
        changes += both
      } else if let change = withoutRemark(token, batch) {
        changes.append(change)
      }
    }
    if changes.isEmpty, let coding, plain.codingChange.isEmpty, words.count == 2 || !reverted.isEmpty {
      // `BRAF c.1799T>A`: the gene before its coding change.
      plain.codingChange = coding
      plain.proteinChange = TextSlice()
      return [plain] + reverted
    }
    guard !changes.isEmpty else { return [plain] }
    if changes.count == 1 {
      plain.proteinChange = changes[0]
      if plain.codingChange.isEmpty, let coding { plain.codingChange = coding }
      return [plain] + reverted
    }
    // One position and one coding change cannot be said to be of any of several.
    (plain.place, plain.codingChange) = (TextSlice(), TextSlice())
    return changes.map { change in
      var one = plain
      one.proteinChange = change
      return one
    } + reverted
  }

  /// `reversion c.5946_5960del`: a row of its own beside that of the change, whichever of the two it is said of; none where
  /// no word says so, or nothing else stands beside it.
  private static func reversion(beside row: RawMutation, _ tokens: [TextSlice], _ batch: RecordBatch) -> [RawMutation] {
    guard tokens.contains(where: { batch.string($0).contains(where: \.isNumber) }),
      let word = tokens.first(where: { reversions.contains(batch.string($0).lowercased()) })
    else { return [] }
    var one = row
    (one.proteinChange, one.codingChange, one.place) = (word, TextSlice(), TextSlice())
    return [one]
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: " "), UInt8(ascii: "|"), UInt8(ascii: "/"),
      UInt8(ascii: "+"), UInt8(ascii: "&"), UInt8(ascii: "["), 0xA0:
      true
    default: false
    }
  }

  /// Whether a cell begins with a coding change, or with the transcript that it counts on; few name one.
  private static func isCoding(_ bytes: ArraySlice<UInt8>) -> Bool {
    if bytes.starts(with: "c.".utf8) { return true }
    guard bytes.contains(UInt8(ascii: ":")) else { return false }
    let bytes = Array(bytes)
    return bytes.holds(Array(":c.".utf8)) && !bytes.holds(Array("p.".utf8))
  }

  /// Whether a cell holds a sign between changes; one between digits counts bases into an intron: `c.3028+1G>A`.
  private static func hasSeparator(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.indices.contains { isSeparator(bytes[$0]) && !isOffset($0, in: bytes) || isBracket($0, in: bytes) }
  }

  /// Whether a bracket is glued to a change and holds another notation of it, or its exon: `c.2573T>G(p.L858R)`.
  private static func isBracket(_ index: Int, in bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes[index] == UInt8(ascii: "("), index > bytes.startIndex, index + 3 < bytes.endIndex else { return false }
    let (before, next, second) = (bytes[index - 1], bytes[index + 1], bytes[index + 2])
    func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    guard isDigit(before) || before | 0x20 >= 0x61 && before | 0x20 <= 0x7A || before == UInt8(ascii: "*") else {
      return false
    }
    if second == UInt8(ascii: ".") { return next == UInt8(ascii: "p") || next == UInt8(ascii: "c") }
    return next | 0x20 == UInt8(ascii: "e") && second | 0x20 == UInt8(ascii: "x")
      || next >= 0x41 && next <= 0x5A && isDigit(second) && isDigit(bytes[index + 3])
  }

  private static func isOffset(_ index: Int, in bytes: ArraySlice<UInt8>) -> Bool {
    func isDigit(_ index: Int) -> Bool { bytes.indices.contains(index) && bytes[index] >= 0x30 && bytes[index] <= 0x39 }
    return bytes[index] == UInt8(ascii: "+") && isDigit(index - 1) && isDigit(index + 1)
  }

  /// A slice without white space, no-break spaces and commas at its ends.
  private static func trimmed(_ slice: TextSlice, _ batch: RecordBatch) -> TextSlice {
    var range = slice.range
    func isPadding(_ byte: UInt8) -> Bool {
      byte <= 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") || byte == 0xA0 || byte == 0xC2
    }
    while let first = range.first, isPadding(batch.text[first]) { range = range.dropFirst() }
    while let last = range.last, isPadding(batch.text[last]) { range = range.dropLast() }
    return TextSlice(start: range.lowerBound, count: range.count)
  }

  private static func tokens(_ cell: TextSlice, _ batch: RecordBatch) -> [TextSlice] {
    var tokens: [TextSlice] = []
    var start = cell.range.lowerBound
    func close(at end: Int) {
      var range = start..<end
      func isEdge(_ byte: UInt8) -> Bool { "()[]\"'.:".utf8.contains(byte) }
      while let first = range.first, isEdge(batch.text[first]) { range = range.dropFirst() }
      while let last = range.last, isEdge(batch.text[last]) { range = range.dropLast() }
      if !range.isEmpty { tokens.append(TextSlice(start: range.lowerBound, count: range.count)) }
    }
    for index in cell.range {
      let byte = batch.text[index]
      let isSign = isSeparator(byte) && byte != UInt8(ascii: "/") && byte != UInt8(ascii: "[")
      guard isSign && !isOffset(index, in: batch.bytes(cell)) || isBracket(index, in: batch.bytes(cell)) else {
        continue
      }
      // A no-break space is two bytes.
      close(at: byte == 0xA0 && index > start && batch.text[index - 1] == 0xC2 ? index - 1 : index)
      start = index + 1
    }
    close(at: cell.range.upperBound)
    return tokens
  }

  /// Both of `p.L858R/c.2573T>G`; `nil` where it is not one of each.
  private static func beside(_ token: TextSlice, _ batch: RecordBatch) -> (change: TextSlice, coding: TextSlice)? {
    guard let slash = token.range.first(where: { batch.text[$0] == UInt8(ascii: "/") }) else { return nil }
    let parts = [
      TextSlice(start: token.range.lowerBound, count: slash - token.range.lowerBound),
      TextSlice(start: slash + 1, count: token.range.upperBound - slash - 1),
    ]
    guard let coding = parts.first(where: { batch.bytes($0).starts(with: "c.".utf8) }),
      let change = parts.first(where: { $0.start != coding.start && ProteinChange(batch.string($0)) != nil })
    else { return nil }
    return (change, coding)
  }

  /// `p.L858R` of `p.L858R[hom]`; `nil` where no change stands before a bracket.
  private static func withoutRemark(_ token: TextSlice, _ batch: RecordBatch) -> TextSlice? {
    guard let bracket = token.range.first(where: { batch.text[$0] == UInt8(ascii: "[") }) else { return nil }
    let change = TextSlice(start: token.range.lowerBound, count: bracket - token.range.lowerBound)
    return ProteinChange(batch.string(change)).flatMap { $0.first > 0 ? change : nil }
  }

  /// Both changes of `T790M/L858R`; `nil` where a part is no change by itself.
  private static func alternatives(_ token: TextSlice, _ batch: RecordBatch) -> [TextSlice]? {
    var found: [TextSlice] = []
    var start = token.range.lowerBound
    for index in token.range.lowerBound...token.range.upperBound
    where index == token.range.upperBound || batch.text[index] == UInt8(ascii: "/") {
      let part = TextSlice(start: start, count: index - start)
      start = index + 1
      guard let change = ProteinChange(batch.string(part)), change.first > 0 else { return nil }
      found.append(part)
    }
    return found
  }
}
