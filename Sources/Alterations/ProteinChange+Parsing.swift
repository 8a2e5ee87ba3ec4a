// SPDX-License-Identifier: Apache-2.0
extension ProteinChange {
  /// Reads one cell or word; `nil` when it is not a protein change.
  ///
  /// White space, quotes, a trailing comma, an accession or gene before a colon, `p.` and the parentheses of a
  /// predicted change are dropped. `Ter`, `X` and `*` after a residue all mean stop.
  package init?(_ text: some StringProtocol) {
    self.init(utf8: Array(text.utf8))
  }

  /// Reads the bytes of one cell; see ``init(_:)``.
  package init?(utf8 bytes: [UInt8]) {
    if let plain = Self.plain(bytes) {
      self = plain
      return
    }
    var parser = ProteinNotationParser(bytes)
    guard let change = parser.parse() else { return nil }
    self = change.withoutUnchangedEnd
  }
}

extension ProteinChange {
  /// A block of two residues of which one stays what it was as the change of the other: `T599_V600delinsTE` is `V600E`.
  private var withoutUnchangedEnd: ProteinChange {
    guard consequence == .deletionInsertion, last == first + 1, replacement.utf8.count == 2,
      let one = replacement.first, let other = replacement.last
    else { return self }
    let changed: (number: Int, from: Character, to: Character)
    if one == firstResidue {
      changed = (last, lastResidue, other)
    } else if other == lastResidue {
      changed = (first, firstResidue, one)
    } else {
      return self
    }
    guard changed.from != "X", changed.from != "*" else { return self }
    return ProteinChange("p.\(changed.from)\(changed.number)\(changed.to)") ?? self
  }

  /// `p.`, one residue, its number and another one or a stop, as nearly all cells are; `nil` for all else, which the
  /// parser reads.
  private static func plain(_ bytes: [UInt8]) -> ProteinChange? {
    let end = bytes.count - 1
    guard (4...11).contains(end), bytes[0] == UInt8(ascii: "p"), bytes[1] == UInt8(ascii: "."), isResidue(bytes[2]),
      bytes[3] != 0x30
    else { return nil }
    var number = 0
    for byte in bytes[3..<end] {
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      number = number * 10 + Int(byte - 0x30)
    }
    // The first residue and numbers that no protein has are left to the parser.
    guard number > 1, number < 100_000, bytes[end] != bytes[2] else { return nil }
    if bytes[end] == UInt8(ascii: "*") { return ProteinChange(.nonsense, at: number, from: bytes[2]) }
    return isResidue(bytes[end]) ? ProteinChange(.substitution, at: number, from: bytes[2], to: bytes[end]) : nil
  }

  /// Whether a letter stands for one residue and for nothing else.
  private static func isResidue(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "B"), UInt8(ascii: "J"), UInt8(ascii: "O"), UInt8(ascii: "X"), UInt8(ascii: "Z"): false
    default: byte >= 0x41 && byte <= 0x5A
    }
  }
}

/// A reader over the bytes of one protein notation.
private struct ProteinNotationParser {
  private var text: [UInt8]
  private var position = 0

  init(_ raw: [UInt8]) {
    var start = 0
    var end = raw.count
    func isPadding(_ byte: UInt8) -> Bool {
      byte <= 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: ",")
    }
    while start < end, isPadding(raw[start]) { start += 1 }
    while end > start, isPadding(raw[end - 1]) { end -= 1 }
    var body = raw[start..<end]
    if let colon = body.lastIndex(of: UInt8(ascii: ":")) { body = body[(colon + 1)...] }
    if body.count >= 2, body[body.startIndex] | 0x20 == UInt8(ascii: "p"),
      body[body.startIndex + 1] == UInt8(ascii: ".")
    {
      body = body.dropFirst(2)
    }
    text = body.filter {
      $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: ")") && $0 != UInt8(ascii: "[") && $0 != UInt8(ascii: "]")
    }
    // `E23V fs*17`.
    if let blank = text.indices.first(where: { text[$0...].starts(with: " fs".utf8) }) { text.remove(at: blank) }
    if text.count >= 3, text.suffix(3) == [0x25, 0x33, 0x44] || text.suffix(3) == [0x25, 0x33, 0x64] {
      text.removeLast(3)
      text.append(UInt8(ascii: "="))
    }
  }

  mutating func parse() -> ProteinChange? {
    guard !text.isEmpty, text.count <= 200_000 else { return nil }
    if text == [UInt8(ascii: "=")] { return ProteinChange(.synonymous, first: 0) }
    if text[0] >= 0x30, text[0] <= 0x39 { return parseNumberFirst() }
    if let run = parseRunBeforeNumber() ?? parseNamedRun() { return run }
    guard let from = residue(), let first = number() else { return nil }
    if take("_splice") { return atEnd(ProteinChange(.splice, first: first, firstResidue: from)) }
    var last = first
    var to = from
    if take("_") {
      guard let residue = residue(), let number = number() else { return nil }
      to = residue
      last = number
      guard last >= first else { return nil }
    }
    return suffix(first: first, last: last, from: from, to: to)
  }

  /// What follows the residues and their numbers.
  private mutating func suffix(first: Int, last: Int, from: Character, to: Character) -> ProteinChange? {
    if position == text.count { return nil }
    /// One residue in place of one other.
    func replaced(by changed: Character) -> ProteinChange {
      if from == "*" { return changed == "*" ? make(.synonymous) : make(.stopLost, String(changed)) }
      if changed == "*" { return make(.nonsense) }
      if changed == from { return make(.synonymous) }
      if first == 1, from == "M" { return make(.startLost, String(changed)) }
      return make(.substitution, String(changed))
    }
    func make(_ consequence: ProteinChange.Consequence, _ replacement: String = "", tail: String = "") -> ProteinChange
    {
      ProteinChange(
        consequence, first: first, last: last, firstResidue: from, lastResidue: to, replacement: replacement, tail: tail
      )
    }
    /// What stands in the place of the residues, to the end of the text.
    func replacedBlock() -> ProteinChange? {
      guard let sequence = sequence(), !sequence.isEmpty else { return nil }
      // A digit is the number of residues, which are not named.
      if sequence.utf8.count == 1, first == last, let changed = sequence.first, !changed.isNumber {
        return replaced(by: changed)
      }
      // What lies behind the stop is no protein.
      if sequence == "*" { return from == "*" ? nil : make(.nonsense) }
      return make(.deletionInsertion, sequence)
    }
    // `557_558WK>del`, which is not the residues D, E and L.
    if text[position...].elementsEqual(">del".utf8) { return make(.deletion) }
    if take("delins") || take(">") { return replacedBlock() }
    if take("del") {
      // `delLREATSPinsS`: what was deleted may be named before what was inserted.
      if let start = text[position...].indices.first(where: { text[$0...].starts(with: "ins".utf8) }),
        text[position..<start].allSatisfy({ $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || $0 == UInt8(ascii: " ") })
      {
        position = start + 3
        return replacedBlock()
      }
      skipTail()
      return make(.deletion)
    }
    if take("dup") {
      skipTail()
      return make(.duplication)
    }
    if take("ins") {
      guard last == first + 1 || last == first, let sequence = sequence() else { return nil }
      return make(.insertion, sequence)
    }
    if take("=") { return atEnd(make(.synonymous)) }
    if take("?") { return first == 1 ? atEnd(make(.startLost)) : nil }
    // A frame that shifts in the stop codon lengthens a protein that is there in full.
    if take("fs") { return make(from == "*" ? .stopLost : .frameshift, tail: tail()) }
    if take("ext") { return make(.stopLost, tail: tail()) }
    guard first == last, let changed = residue(afterNumber: true) else { return nil }
    if take("fs") { return make(from == "*" ? .stopLost : .frameshift, String(changed), tail: tail()) }
    if take("ext") { return make(.stopLost, String(changed), tail: tail()) }
    return position == text.count ? replaced(by: changed) : nil
  }

  /// `746_750ELREA>K`, `600_601VK>E`, `1010_splice`: numbers before the residues.
  private mutating func parseNumberFirst() -> ProteinChange? {
    guard let first = number() else { return nil }
    if take("_splice") { return atEnd(ProteinChange(.splice, first: first)) }
    guard take("_"), let last = number(), last >= first else { return nil }
    let start = position
    while position < text.count, text[position] >= 0x41, text[position] <= 0x5A { position += 1 }
    let reference = text[start..<position]
    guard reference.isEmpty || reference.count == last - first + 1, reference.allSatisfy({ Self.isResidue($0) }) else {
      return nil
    }
    let from = reference.first.map { Character(UnicodeScalar($0)) } ?? "X"
    let to = reference.last.map { Character(UnicodeScalar($0)) } ?? "X"
    return suffix(first: first, last: last, from: from, to: to)
  }

  /// `ELREA746del`, `VK600EK`: two or more reference residues before one number.
  private mutating func parseRunBeforeNumber() -> ProteinChange? {
    var letters = 0
    while letters < text.count, text[letters] >= 0x41, text[letters] <= 0x5A { letters += 1 }
    guard letters >= 2, letters < text.count, text[letters] >= 0x30, text[letters] <= 0x39 else { return nil }
    if letters == 3, Self.threeLetter(text[0..<3]) != nil { return nil }
    let reference = text[0..<letters]
    guard reference.allSatisfy({ Self.isResidue($0) }) else { return nil }
    position = letters
    guard let first = number() else { return nil }
    let last = first + letters - 1
    let from = Character(UnicodeScalar(reference[0]))
    let to = Character(UnicodeScalar(reference[letters - 1]))
    if let change = suffix(first: first, last: last, from: from, to: to) { return change }
    let rest = text[position...]
    guard rest.count == letters, rest.allSatisfy({ Self.isResidue($0) }) else { return nil }
    return ProteinChange(
      .deletionInsertion, first: first, last: last, firstResidue: from, lastResidue: to,
      replacement: String(decoding: rest, as: UTF8.self))
  }

  /// `ValLys600GluGlu`: SnpEff's two or more residues in three letters before one number.
  private mutating func parseNamedRun() -> ProteinChange? {
    func run(from start: Int) -> (letters: [Character], end: Int) {
      var letters: [Character] = []
      var place = start
      while place + 3 <= text.count, let letter = Self.threeLetter(text[place..<place + 3]) {
        letters.append(letter)
        place += 3
      }
      return (letters, place)
    }
    let before = run(from: 0)
    guard before.letters.count >= 2, let from = before.letters.first, let to = before.letters.last else { return nil }
    position = before.end
    defer { position = 0 }
    guard let first = number() else { return nil }
    let after = run(from: position)
    guard after.end == text.count, after.letters.count == before.letters.count else { return nil }
    return ProteinChange(
      .deletionInsertion, first: first, last: first + before.letters.count - 1, firstResidue: from, lastResidue: to,
      replacement: String(after.letters))
  }

  private func atEnd(_ change: ProteinChange) -> ProteinChange? { position == text.count ? change : nil }

  private mutating func skipTail() { position = text.count }

  private mutating func take(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard position + count <= text.count else { return false }
    var matches = true
    word.description.utf8.enumerated().forEach { offset, byte in
      if text[position + offset] | 0x20 != byte | 0x20 { matches = false }
    }
    if matches { position += count }
    return matches
  }

  private mutating func number() -> Int? {
    var value = 0
    let start = position
    while position < text.count, text[position] >= 0x30, text[position] <= 0x39, value < 1_000_000 {
      value = value * 10 + Int(text[position] - 0x30)
      position += 1
    }
    return position > start && value > 0 ? value : nil
  }

  /// A residue in one or three letters.
  ///
  /// Before a number `X` is "not stated"; after it, stop.
  private mutating func residue(afterNumber: Bool = false) -> Character? {
    guard position < text.count else { return nil }
    if position + 3 <= text.count, let letter = Self.threeLetter(text[position..<position + 3]) {
      let follows = position + 3 < text.count ? text[position + 3] : 0
      let readsAsThree =
        afterNumber
        ? text[position + 1] >= 0x61 || position + 3 == text.count || isInCapitals
        : follows >= 0x30 && follows <= 0x39
      if readsAsThree {
        position += 3
        return letter
      }
    }
    let byte = text[position]
    let upper = byte >= 0x61 && byte <= 0x7A ? byte - 0x20 : byte
    if upper == UInt8(ascii: "X") {
      position += 1
      return afterNumber ? "*" : "X"
    }
    guard Self.isResidue(upper) else { return nil }
    position += 1
    return Character(UnicodeScalar(upper))
  }

  /// Whether residues are named by three capitals each: `LEU747_PRO753DELINSSER`.
  private var isInCapitals: Bool {
    text.count > 6 && Self.threeLetter(text[0..<3]) != nil && text[3] >= 0x30 && text[3] <= 0x39
      && text[0..<3].allSatisfy { $0 < 0x61 }
  }

  /// Residues to the end of the text, in one or three letters; an insertion may give only a count (`ins5`).
  private mutating func sequence() -> String? {
    var result = ""
    while position < text.count {
      let byte = text[position]
      if byte >= 0x30, byte <= 0x39, result.isEmpty {
        guard let count = number(), position == text.count else { return nil }
        return String(count)
      }
      if position + 3 <= text.count, text[position + 1] >= 0x61 || isInCapitals,
        let letter = Self.threeLetter(text[position..<position + 3])
      {
        result.append(letter)
        position += 3
        continue
      }
      let upper = byte >= 0x61 && byte <= 0x7A ? byte - 0x20 : byte
      guard Self.isResidue(upper) || upper == UInt8(ascii: "X") else { return nil }
      result.append(upper == UInt8(ascii: "X") ? "*" : Character(UnicodeScalar(upper)))
      position += 1
    }
    return result
  }

  /// What stands after `fs` or `ext`, with `Ter` and `X` as `*`; what no notation has there is left out.
  private mutating func tail() -> String {
    let known = text[position...].prefix { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "-"),
        UInt8(ascii: "+"):
        true
      default: false
      }
    }
    var rest = String(decoding: known, as: UTF8.self)
    position = text.count
    for stop in ["Ter", "ter", "TER", "X", "x"] where rest.hasPrefix(stop) {
      rest = "*" + rest.dropFirst(stop.count)
      break
    }
    return rest
  }

  private static func isResidue(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "*"): true
    case UInt8(ascii: "B"), UInt8(ascii: "J"), UInt8(ascii: "O"), UInt8(ascii: "X"), UInt8(ascii: "Z"): false
    case 0x41...0x5A: true
    default: false
    }
  }

  private static func threeLetter(_ bytes: ArraySlice<UInt8>) -> Character? {
    var key: UInt32 = 0
    for byte in bytes { key = key << 8 | UInt32(byte | 0x20) }
    return threeLetterNames[key]
  }

  private static let threeLetterNames: [UInt32: Character] = {
    let names: [(String, Character)] = [
      ("ala", "A"), ("arg", "R"), ("asn", "N"), ("asp", "D"), ("cys", "C"), ("gln", "Q"), ("glu", "E"), ("gly", "G"),
      ("his", "H"), ("ile", "I"), ("leu", "L"), ("lys", "K"), ("met", "M"), ("phe", "F"), ("pro", "P"), ("ser", "S"),
      ("thr", "T"), ("trp", "W"), ("tyr", "Y"), ("val", "V"), ("sec", "U"), ("ter", "*"),
    ]
    return Dictionary(
      uniqueKeysWithValues: names.map { name, letter in
        (name.utf8.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }, letter)
      })
  }()
}
