// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText
internal import Knowledge

/// What the words of a row, or of a finding, say of a rearrangement.
///
/// A text is read sentence by sentence; a sentence that denies (`no exon 14 skipping`) states nothing.
struct RearrangementWords {
  /// What becomes of whole exons of one gene.
  enum ExonEvent: Hashable {
    case lost(ClosedRange<Int>)
    case repeated(ClosedRange<Int>)
    case inverted
  }

  /// A sentence in lower case: words, numbers and the signs between them.
  private let sentences: [[String]]

  init(_ texts: [String]) {
    sentences = texts.flatMap { text in
      // Most are one line; to look at every character takes as long as reading the words.
      let isLine = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x80 }
      return isLine ? Self.sentences(text[...]) : text.split(whereSeparator: \.isNewline).flatMap(Self.sentences)
    }
  }

  // MARK: The frame

  /// What is said of the frame; that it is lost goes before that it is kept, and a frame that is stated before the way in
  /// which the ends are joined.
  var frame: Fusion.Frame {
    var isKept = false
    var isHeadToHead = false
    for sentence in sentences where sentence.contains(where: Self.frameMarks.contains) {
      let words = sentence.filter { $0.first?.isLetter == true || $0.first?.isNumber == true }.joined(separator: " ")
      let text = Array(" \(words) ".utf8)
      func has(_ phrases: [[UInt8]]) -> Bool { phrases.contains { text.holds($0) } }
      if has(Self.noShift) { continue }
      if has(Self.lost) { return .outOfFrame }
      if has(Self.kept) { isKept = true }
      if has(Self.sameEnds) && !sentence.contains(where: Self.isExonMark) || ["3 3", "5 5"].contains(words) {
        isHeadToHead = true
      }
    }
    return isKept ? .inFrame : isHeadToHead ? .outOfFrame : .unknown
  }

  /// Words without one of which a sentence says nothing of the frame: each phrase below holds one.
  static let frameMarks: Set<String> = [
    "frame", "frameshift", "frameshifted", "outofframe", "inframe", "antisense", "anti", "strands", "codon", "head",
    "tail", "3", "5", "reciprocal", "oof", "offframe", "outframe", "kinase", "productive", "nonproductive",
    "unproductive",
  ]
  /// All phrases that say something of the frame, each as words.
  static var framePhrases: [String] { noShiftWords + lostWords + keptWords + sameEndsWords + ["3 3", "5 5"] }

  private static let noShift = phrases(noShiftWords)
  private static let lost = phrases(lostWords)
  private static let kept = phrases(keptWords)
  private static let sameEnds = phrases(sameEndsWords)

  /// Phrases as bytes between blanks.
  private static func phrases(_ words: [String]) -> [[UInt8]] { words.map { Array(" \($0) ".utf8) } }

  private static let noShiftWords = [
    "frameshift false", "frameshift no", "frame shift false", "frame shift no", "reciprocal translocation",
    "reciprocal inversion", "reciprocal rearrangement", "not reciprocal", "non reciprocal",
  ]
  private static let lostWords = [
    "out of frame", "outofframe", "out frame", "frame out", "frameshift", "frame shift", "frameshifted", "antisense",
    "anti sense", "opposite strands", "stop codon", "not in frame", "not inframe", "no frame", "in frame false",
    "in frame no", "inframe false", "inframe no", "inframe 0", "in frame n", "in frame f", "in frame 0", "inframe n",
    "inframe f", "non in frame", "non inframe", "off frame", "offframe", "outframe", "oof", "frame false", "frame no",
    "frame not kept",
    "frame lost", "frame disrupted", "head to head", "tail to tail", "reciprocal", "kinase domain lost",
    "kinase domain not retained", "kinase domain not included", "kinase domain absent", "loss of kinase domain",
    "loss of the kinase domain", "non productive", "nonproductive", "not productive", "unproductive",
  ]
  private static let keptWords = [
    "in frame", "inframe", "frame in", "in frame true", "in frame yes", "inframe true", "inframe yes",
    "frame kept", "frame true", "frame yes",
  ]
  private static let sameEndsWords = ["3 to 3", "5 to 5"]

  // MARK: Exons of one gene

  /// What is said to become of exons, each once; a list of what is said of different exons leaves it open.
  var exonEvents: [ExonEvent] {
    var found: [ExonEvent] = []
    for sentence in sentences where !Self.denies(sentence) {
      for event in Self.events(sentence) where !found.contains(event) { found.append(event) }
    }
    return found
  }

  /// Whether a sentence says that exons are as they were.
  var deniesExons: Bool {
    sentences.contains { Self.denies($0) && !Self.ranges($0).isEmpty }
  }

  /// Whether the gene is said to be cut short: `truncation`, `truncating rearrangement`.
  var truncates: Bool {
    sentences.contains { sentence in
      !Self.denies(sentence) && sentence.contains { ["truncation", "truncating", "truncated"].contains($0) }
        && !sentence.contains("non")
    }
  }

  /// Whether an exon is said to be cut, so that a part of it is left: `mid-exon`, `one of the breakpoints is within exon 5`.
  var cutsExon: Bool {
    sentences.contains { sentence in
      sentence.indices.contains { place in
        let behind = sentence[(place + 1)...].first { $0 != "-" } ?? ""
        return ["mid", "within", "partial", "part"].contains(sentence[place]) && Self.isExonMark(behind)
      }
    }
  }

  private static func events(_ sentence: [String]) -> [ExonEvent] {
    let kinds = sentence.compactMap { word in Self.kinds.first { $0.words.contains(word) }?.kind }
    var events: [ExonEvent] = []
    // `M13M15`: the gene's letter with the exons that are joined; `Δ14`.
    for index in sentence.indices where index + 1 < sentence.count {
      if sentence[index] == "delta", let exon = Int(sentence[index + 1]), exon > 0 { events.append(.lost(exon...exon)) }
      guard index + 3 < sentence.count, sentence[index].count == 1, sentence[index] == sentence[index + 2],
        sentence[index].first?.isLetter == true, let last = Int(sentence[index + 1]),
        let first = Int(sentence[index + 3]), let event = junction((last, first))
      else { continue }
      events.append(event)
    }
    for range in ranges(sentence) {
      if range.isJunction, !kinds.contains(.lost), !kinds.contains(.repeated), let event = junction(range.exons) {
        events.append(event)
        continue
      }
      let exons = min(range.exons.0, range.exons.1)...max(range.exons.0, range.exons.1)
      switch Set(kinds) {
      case [.lost]: events.append(.lost(exons))
      case [.repeated]: events.append(.repeated(exons))
      case [.inverted]: events.append(.inverted)
      default: break
      }
    }
    return events
  }

  /// What the exons of `MET(13)-MET(15)` come to; `nil` where they are not told.
  static func junction(_ fusion: Fusion) -> ExonEvent? {
    guard let last = fusion.fivePrime.exon, let first = fusion.threePrime.exon else { return nil }
    return junction((last, first))
  }

  /// Whether both alleles are said to be disrupted: no copy of the gene is left whole.
  var isDisruptedTwice: Bool {
    sentences.contains { $0.contains("disruption") && ($0.contains("homozygous") || $0.contains("hom")) }
  }

  private static func junction(_ exons: (Int, Int)) -> ExonEvent? {
    if exons.1 > exons.0 + 1 { return .lost(exons.0 + 1...exons.1 - 1) }
    return exons.1 <= exons.0 ? .repeated(exons.1...exons.0) : nil
  }

  private enum Kind { case lost, repeated, inverted }

  private static let kinds: [(kind: Kind, words: Set<String>)] = [
    (
      .lost,
      [
        "deletion", "deletions", "del", "deleted", "deletes", "deleting", "loss", "lost", "losing", "lacking", "lacks",
        "skipping", "skip", "skipped", "skips", "skiping", "missing", "removed", "excluded", "exclusion", "delta",
      ]
    ),
    (
      .repeated,
      [
        "duplication", "duplications", "dup", "duplicated", "duplicates", "repeat", "repeated", "repeats", "kdd", "ptd",
        "itd",
      ]
    ),
    (.inverted, ["inversion", "inv", "inverted", "inverts"]),
  ]

  /// Exons named in a sentence: `exon 14`, `exons 2-7`, `exons 18 to 25`, `ex13-ex15`, `exon 13 - exon 15`.
  private static func ranges(_ sentence: [String]) -> [(exons: (Int, Int), isJunction: Bool)] {
    var found: [(exons: (Int, Int), isJunction: Bool)] = []
    let joins = sentence.contains { joining.contains($0) }
    var index = 0
    while index < sentence.count {
      defer { index += 1 }
      guard isExonMark(sentence[index]), index + 1 < sentence.count, let first = Int(sentence[index + 1]),
        (1...400).contains(first)
      else { continue }
      var last = first
      var hasSecondMark = false
      var isNamedAgain = false
      if let end = secondExon(sentence, behind: index + 1) {
        last = end.exon
        hasSecondMark = end.isMarked
        isNamedAgain = end.isNamedAgain
        index = end.place
      }
      found.append(((first, last), hasSecondMark && joins || isNamedAgain))
    }
    return found
  }

  /// The other end of a range: `-7`, `to 25`, `- exon 15`, `spliced to exon 15`, `-MET exon 15`.
  private static func secondExon(
    _ sentence: [String], behind place: Int
  ) -> (exon: Int, isMarked: Bool, isNamedAgain: Bool, place: Int)? {
    var next = place + 1
    var joints = 0
    while next < sentence.count, joints < 4, between.contains(sentence[next]) || joining.contains(sentence[next]) {
      joints += 1
      next += 1
    }
    guard joints > 0 else { return nil }
    // The gene may be named again.
    let isNamedAgain = next + 1 < sentence.count && !isExonMark(sentence[next]) && isExonMark(sentence[next + 1])
    if isNamedAgain { next += 1 }
    let isMarked = next < sentence.count && isExonMark(sentence[next])
    if isMarked { next += 1 }
    guard next < sentence.count, let exon = Int(sentence[next]), (1...400).contains(exon) else { return nil }
    return (exon, isMarked, isNamedAgain, next)
  }

  private static let between: Set<String> = ["-", "to", "through", "thru", "until", "::", ">", "and", "/", "_"]
  private static let joining: Set<String> = [
    "junction", "fused", "fusion", "joined", "joins", "spliced", "splice", "splicing", "connects", "connected", ">",
    "::", "transcript",
  ]

  private static func isExonMark(_ word: String) -> Bool {
    word == "e" || word == "exons" || word == "exn" || word.hasSuffix("ex") || word.hasSuffix("exon")
      || word.hasSuffix("exons")
  }

  // MARK: Classes with a name

  /// Classes of change that runs of up to four words name: `internal tandem duplication`, `EGFRvIII`.
  func namedClasses(_ sequences: SequenceNormalizer) -> [String] {
    var found: [String] = []
    for sentence in sentences where !Self.denies(sentence) {
      let words = Self.gluedNumbers(sentence.filter { $0.first?.isLetter == true || $0.first?.isNumber == true })
      for start in words.indices {
        for length in 1...4 where start + length <= words.count {
          let run = words[start..<start + length]
          // A number alone, or a word of one letter, names nothing.
          if run.joined().count < 3 { continue }
          if let name = sequences.namedClass(run.joined(separator: " ")), !found.contains(name) { found.append(name) }
        }
      }
    }
    return found
  }

  /// `egfr`, `viii` as they are; `ar`, `v`, `7` with the letter before its number.
  private static func gluedNumbers(_ words: [String]) -> [String] {
    var result: [String] = []
    for word in words {
      if word.first?.isNumber == true, let before = result.last, before.count == 1 {
        result[result.count - 1] = before + word
      } else {
        result.append(word)
      }
    }
    return result
  }

  // MARK: Sentences

  private static func denies(_ sentence: [String]) -> Bool {
    let words = Set(sentence)
    if !words.isDisjoint(with: ["no", "not", "without", "absence", "neither", "nor", "negative", "excludes"]) {
      return true
    }
    return words.contains("ruled") && words.contains("out") || words.contains("rules") && words.contains("out")
  }

  /// Sentences of a text, each as words, numbers and signs in lower case.
  private static func sentences(_ text: Substring) -> [[String]] {
    var result: [[String]] = []
    var sentence: [String] = []
    var word = ""
    var endsInDigit = false
    func endWord(with sign: String? = nil) {
      if !word.isEmpty { sentence.append(word) }
      word = ""
      endsInDigit = false
      if let sign { sentence.append(sign) }
    }
    func endSentence() {
      endWord()
      if !sentence.isEmpty { result.append(sentence) }
      sentence = []
    }
    let scalars = Array(text.lowercased().unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      let next = index + 1 < scalars.count ? scalars[index + 1] : " "
      switch scalar {
      case "a"..."z":
        if endsInDigit { endWord() }
        word.unicodeScalars.append(scalar)
        endsInDigit = false
      case "0"..."9":
        if !endsInDigit { endWord() }
        word.unicodeScalars.append(scalar)
        endsInDigit = true
      case ".", ";", "!", "?":
        endWord()
        if next.properties.isWhitespace || scalar == ";" { endSentence() }
      case "\u{2192}", ">":
        endWord()
        if sentence.last == "-" { sentence.removeLast() }
        sentence.append(">")
      case "-", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}":
        endWord()
        sentence.append("-")
      case "/": endWord(with: "/")
      case "_": endWord(with: "_")
      case ":":
        endWord()
        if sentence.last == ":" { sentence[sentence.count - 1] = "::" } else { sentence.append(":") }
      case "\u{394}", "\u{3b4}", "\u{2206}": endWord(with: "delta")
      default: endWord()
      }
    }
    endSentence()
    return result
  }
}
