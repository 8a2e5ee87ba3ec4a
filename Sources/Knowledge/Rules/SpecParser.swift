// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// Why an expression of a rule cannot be read.
package struct SpecProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, the remedy in brackets.
  package let description: String

  init(_ description: String) { self.description = description }
}

/// Reads the columns `alteration_spec` and `requires`.
struct SpecParser: Sendable {
  let exons: ExonTable
  /// Classes of change that have a name and no residues.
  let namedClasses: Set<String>

  init(_ reference: ReferenceTables) {
    exons = reference.exons
    namedClasses = reference.facts.namedChanges.names
  }

  /// The alternatives of `alteration_spec`.
  func alternatives(_ text: String, gene: String, eventClass: Rule.EventClass) throws(SpecProblem) -> [AlterationSpec] {
    if text.isEmpty || text == "-" { return [.none] }
    var atoms: [AlterationSpec] = []
    for part in text.parts(at: UInt8(ascii: "|")) {
      let measured = eventClass == .expression || eventClass == .biomarker
      let words = (measured ? Self.spaced(String(part))[...] : part).parts(at: UInt8(ascii: " ")).map(String.init)
      guard !words.isEmpty else { throw SpecProblem("has an empty alternative (write atoms joined by ' | ')") }
      if measured, let tests = try measurementTests(words) {
        atoms.append(.measurement(tests))
      } else {
        atoms.append(try atom(words, gene: gene))
      }
    }
    return atoms
  }

  /// One atom about a gene.
  func atom(_ words: [String], gene: String) throws(SpecProblem) -> AlterationSpec {
    let written = words
    var words = words
    if let fusion = try fusionAtExon(words) { return fusion }
    // A partner of any kind is what a fusion has anyway.
    if words.count > 2, words[0] == "FUSION", words.suffix(2) == ["partner", "any"] { words.removeLast(2) }
    switch words.count {
    case 1: if let simple = simpleAtom(words[0]) { return simple }
    case 2 where words == ["activating", "hotspot"]: return .activatingHotspot
    case 2 where words[0] == "FUSION":
      if let role = AlterationSpec.FusionRole(rawValue: words[1]) { return .fusion(role) }
    default: break
    }
    switch words[0] {
    case "CODON":
      guard words.count > 1, let codon = codon(words[1]) else { break }
      if words.count == 2 { return .codon(codon, residues: "") }
      if words.count == 3, words[2].hasPrefix("["), words[2].hasSuffix("]") {
        return .codon(codon, residues: String(words[2].dropFirst().dropLast()))
      }
    case "RANGE":
      let ends = words.count > 1 ? words[1].split(separator: "-").compactMap(codon) : []
      guard ends.count == 2, ends[0] <= ends[1] else { break }
      return .range(ends[0]...ends[1], try effectClass(words.dropFirst(2)), label: words[0] + " " + words[1])
    case "EXON":
      guard words.count > 1, let exon = Int(words[1]) else { break }
      let label = "EXON \(exon)"
      if words.count == 3, words[2] == "skipping" { return .named("\(label) skipping") }
      guard let codons = exons.codons(gene: gene, exon: exon) else {
        throw SpecProblem("exon \(exon) of \(gene) is not in the exon table (write RANGE first-last)")
      }
      return .range(codons, try effectClass(words.dropFirst(2)), label: label)
    case "FUSION" where words.count == 1: return .fusion(.any)
    default: break
    }
    // `V600E` is written as in a question.
    if written.count == 1, let change = ProteinChange(written[0]), simpleAtom("p." + written[0]) != nil {
      throw SpecProblem("'\(written[0])' is not an alteration (write \(change.description))")
    }
    throw SpecProblem("'\(written.joined(separator: " "))' is not an alteration (see the table format for the atoms)")
  }

  /// `FUSION 3prime partner any EXON 20`, `FUSION 5prime EXON 17`; `nil` where the words ask for no exon of a fusion.
  private func fusionAtExon(_ words: [String]) throws(SpecProblem) -> AlterationSpec? {
    guard words.count > 3, words[0] == "FUSION", words[words.count - 2] == "EXON" else { return nil }
    let middle = Array(words[1..<(words.count - 2)])
    guard let exon = Int(words[words.count - 1]), (1...999).contains(exon),
      let role = AlterationSpec.FusionRole(rawValue: middle[0]),
      middle.count == 1 || middle.dropFirst() == ["partner", "any"]
    else {
      throw SpecProblem(
        "'\(words.joined(separator: " "))' names no exon of a fusion (write FUSION 3prime partner any EXON 20)")
    }
    return .fusionAtExon(role, exon: exon)
  }

  /// A codon of a protein; the longest one known, titin, has some 36,000.
  private func codon<Word: StringProtocol>(_ word: Word) -> Int? {
    Int(word).flatMap { (1...99_999).contains($0) ? $0 : nil }
  }

  private func simpleAtom(_ word: String) -> AlterationSpec? {
    if namedClasses.contains(word) { return .named(word) }
    switch word {
    case "LOF": return .lossOfFunction
    case "BIALLELIC": return .biallelicLoss
    case "activating": return .activating
    case "oncogenic": return .oncogenic
    case "any": return .anyChange
    case "WT": return .wildType
    case "activation": return .pathwayActivation
    case "FUSION": return .fusion(.any)
    default: break
    }
    if let call = AlterationSpec.CopyNumberClass(rawValue: word) { return .copyNumber(call) }
    if let effect = AlterationSpec.EffectClass(named: word) { return .effect(effect) }
    if word.hasPrefix("c.") { return .coding(word) }
    if let partners = Self.partners(word) {
      return .exactFusion(fivePrime: partners.0, threePrime: partners.1)
    }
    if word.hasPrefix("p."), let change = ProteinChange(word) { return .exact(change) }
    return nil
  }

  static func partners(_ word: String) -> (String, String)? {
    guard let separator = word.utf8.indices.first(where: { word.utf8[$0...].starts(with: "::".utf8) }) else {
      return nil
    }
    let left = String(word[..<separator])
    let right = String(word[separator...].dropFirst(2))
    return left.isEmpty || right.isEmpty || right.contains(":")
      ? nil : (left == "v" ? "" : left, right == "v" ? "" : right)
  }

  private func effectClass(_ words: ArraySlice<String>) throws(SpecProblem) -> AlterationSpec.EffectClass? {
    guard let word = words.first else { return nil }
    guard words.count == 1, let effect = AlterationSpec.EffectClass(named: word) else {
      throw SpecProblem(
        "'\(words.joined(separator: " "))' is not a class of changes (missense, inframe_del, truncating, ...)")
    }
    return effect
  }

  /// `positive`, `TPS >= 50`, `IHC = 2+ AND ISH = positive`; `nil` when the words are no measurement.
  private func measurementTests(_ words: [String]) throws(SpecProblem) -> [MeasurementTest]? {
    var tests: [MeasurementTest] = []
    for part in words.split(separator: "AND") {
      guard let test = measurementTest(Array(part)) else { return nil }
      tests.append(test)
    }
    return tests.isEmpty ? nil : tests
  }

  private func measurementTest(_ words: [String]) -> MeasurementTest? {
    // `IHC >= 3+ IN >= 50`: so strong, or stronger, in so many percent of the cells.
    if words.count == 6, words[0] == "IHC", words[1] == ">=", words[3] == "IN", words[4] == ">=",
      let grade = Double(words[2].filter { $0 != "+" }), let share = Double(words[5].filter { $0 != "%" }),
      (0...3).contains(grade), (0...100).contains(share)
    {
      return MeasurementTest(scale: "IHC", .greaterOrEqual, grade, leastShare: share)
    }
    guard let at = words.firstIndex(where: { MeasurementTest.Comparison(rawValue: $0) != nil }) else {
      guard words.count == 1, Self.resultWords.contains(words[0]) else { return nil }
      return MeasurementTest(word: words[0])
    }
    guard at + 2 == words.count, let comparison = MeasurementTest.Comparison(rawValue: words[at]) else { return nil }
    let scale = words[..<at].joined(separator: " ")
    let value = words[at + 1]
    if let number = Double(value.hasSuffix("+") || value.hasSuffix("%") ? String(value.dropLast()) : value) {
      guard abs(number) < 1e9 else { return nil }
      return MeasurementTest(scale: scale, comparison, number)
    }
    return comparison == .equal ? MeasurementTest(scale: scale, word: value) : nil
  }

  private static let resultWords: Set<String> = [
    "positive", "negative", "high", "low", "deficient", "proficient", "present", "absent", "loss", "stable",
    "overexpression", "intact", "equivocal",
  ]

  // MARK: Predicates

  /// The expression of `requires`; `nil` when it is empty.
  func predicate(_ text: String) throws(SpecProblem) -> Predicate? {
    if text.isEmpty || text == "-" { return nil }
    var tokens = Tokens(text)
    let result = try disjunction(&tokens)
    if let rest = tokens.peek { throw SpecProblem("'\(rest)' is found where AND, OR or the end is expected") }
    return result
  }

  /// Comparisons with space around them: `HR=positive` as `HR = positive`.
  static func spaced(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "=")) else { return text }
    return text.split(separator: " ", omittingEmptySubsequences: false).map { word -> String in
      guard !word.hasPrefix("p."), !word.hasPrefix("c."), let sign = word.firstIndex(of: "="), word != "=" else {
        return String(word)
      }
      var start = sign
      if sign != word.startIndex {
        let before = word.index(before: sign)
        if "<>!".contains(word[before]) { start = before }
      }
      let end = word.index(after: sign)
      return [word[..<start], word[start..<end], word[end...]].filter { !$0.isEmpty }.joined(separator: " ")
    }.joined(separator: " ")
  }

  private struct Tokens {
    private var words: [String] = []
    private var position = 0
    /// How deep the part at hand is nested.
    var depth = 0

    init(_ plain: String) {
      let (space, open, close) = (UInt8(ascii: " "), UInt8(ascii: "("), UInt8(ascii: ")"))
      var word: [UInt8] = []
      var depth = 0
      func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
      // A function's argument, such as PRIOR(EGFR TKI), stays one token.
      for byte in SpecParser.spaced(plain).utf8 {
        if depth == 0, byte == space || byte == open || byte == close {
          if byte == open, ["WT", "PRIOR", "CLINICAL", "del", "amp"].contains(text(word)) {
            word.append(byte)
            depth = 1
            continue
          }
          if !word.isEmpty { words.append(text(word)) }
          word.removeAll(keepingCapacity: true)
          if byte != space { words.append(text([byte])) }
          continue
        }
        if depth > 0 {
          if byte == open { depth += 1 }
          if byte == close { depth -= 1 }
        }
        word.append(byte)
      }
      if !word.isEmpty { words.append(text(word)) }
    }

    var peek: String? { position < words.count ? words[position] : nil }

    mutating func next() -> String? {
      defer { position += 1 }
      return peek
    }
  }

  private func disjunction(_ tokens: inout Tokens) throws(SpecProblem) -> Predicate {
    var parts = [try conjunction(&tokens)]
    while tokens.peek == "OR" {
      _ = tokens.next()
      parts.append(try conjunction(&tokens))
    }
    return parts.count == 1 ? parts[0] : .or(parts)
  }

  private func conjunction(_ tokens: inout Tokens) throws(SpecProblem) -> Predicate {
    var parts = [try negation(&tokens)]
    while tokens.peek == "AND" {
      _ = tokens.next()
      parts.append(try negation(&tokens))
    }
    return parts.count == 1 ? parts[0] : .and(parts)
  }

  /// How deep an expression may nest; rules as people write them nest three deep.
  private static let deepest = 64

  private func negation(_ tokens: inout Tokens) throws(SpecProblem) -> Predicate {
    tokens.depth += 1
    defer { tokens.depth -= 1 }
    guard tokens.depth <= Self.deepest else {
      throw SpecProblem("nests more than \(Self.deepest) deep (write it with fewer NOT and parentheses)")
    }
    if tokens.peek == "NOT" {
      _ = tokens.next()
      return .not(try negation(&tokens))
    }
    if tokens.peek == "(" {
      _ = tokens.next()
      let inner = try disjunction(&tokens)
      guard tokens.next() == ")" else { throw SpecProblem("a parenthesis is not closed") }
      return inner
    }
    return try operand(&tokens)
  }

  private func operand(_ tokens: inout Tokens) throws(SpecProblem) -> Predicate {
    guard let first = tokens.next() else { throw SpecProblem("an operand is missing at the end") }
    for (name, make) in Self.functions where first.hasPrefix(name + "(") && first.hasSuffix(")") {
      let argument = String(first.dropFirst(name.utf8.count + 1).dropLast()).trimmingSpaces
      guard !argument.isEmpty else { throw SpecProblem("\(name)() names nothing") }
      return make(argument)
    }
    var words: [String] = []
    while let word = tokens.peek, !["AND", "OR", "NOT", "(", ")"].contains(word) {
      words.append(word)
      _ = tokens.next()
    }
    if words.isEmpty || words == ["fusion"], let partners = Self.partners(first) {
      return .alteration(
        gene: partners.1.isEmpty ? partners.0 : partners.1, .exactFusion(fivePrime: partners.0, threePrime: partners.1))
    }
    if let test = measurementTest(words) {
      if first != "GRADE" { return .measurement(name: first, test) }
      guard test.word.isEmpty, test.scale.isEmpty else { throw SpecProblem("GRADE is compared with a number") }
      return .grade(test)
    }
    guard !words.isEmpty else {
      throw SpecProblem("'\(first)' needs an alteration after it (for example '\(first) activating')")
    }
    return .alteration(gene: first, try atom(words, gene: first))
  }

  private static let functions: [(String, @Sendable (String) -> Predicate)] = [
    ("WT", { .wildType($0) }), ("PRIOR", { .priorTherapy($0) }), ("CLINICAL", { .clinical($0) }),
  ]
}
