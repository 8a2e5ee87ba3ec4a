// SPDX-License-Identifier: Apache-2.0
/// What a knowledge base asks of a tumor, before it becomes rows.
indirect enum BiomarkerExpression: Hashable, Sendable {
  case atom(BiomarkerAtom)
  case and([BiomarkerExpression])
  case or([BiomarkerExpression])
  case not(BiomarkerExpression)

  /// One atom of an expression as it stands or denied.
  struct Literal: Hashable, Sendable {
    let atom: BiomarkerAtom
    let isDenied: Bool
  }

  /// The expression as alternatives, each of which is a set of literals that must all hold.
  ///
  /// - Returns: `nil` when there are more than `limit`.
  func alternatives(limit: Int = 64) -> [[Literal]]? { alternatives(isDenied: false, limit: limit) }

  private func alternatives(isDenied: Bool, limit: Int) -> [[Literal]]? {
    switch self {
    case .atom(let atom): return [[Literal(atom: atom, isDenied: isDenied)]]
    case .not(let inner): return inner.alternatives(isDenied: !isDenied, limit: limit)
    case .and(let parts): return isDenied ? sum(parts, true, limit) : product(parts, false, limit)
    case .or(let parts): return isDenied ? product(parts, true, limit) : sum(parts, false, limit)
    }
  }

  private func sum(_ parts: [BiomarkerExpression], _ isDenied: Bool, _ limit: Int) -> [[Literal]]? {
    var result: [[Literal]] = []
    for part in parts {
      guard let own = part.alternatives(isDenied: isDenied, limit: limit) else { return nil }
      result += own
    }
    return result.count <= limit ? result : nil
  }

  private func product(_ parts: [BiomarkerExpression], _ isDenied: Bool, _ limit: Int) -> [[Literal]]? {
    var result: [[Literal]] = [[]]
    for part in parts {
      guard let own = part.alternatives(isDenied: isDenied, limit: limit) else { return nil }
      result = result.flatMap { left in own.map { right in left + right.filter { !left.contains($0) } } }
      guard result.count <= limit else { return nil }
    }
    return result
  }
}

/// One gene or biomarker and what is asked of it, in the words of the rule table.
struct BiomarkerAtom: Hashable, Sendable {
  /// The kinds of evidence, the one that best tells a tumor first: it becomes the row's own alteration.
  enum Kind: Int, Sendable, Comparable {
    case exactChange, codon, namedChange, copyNumber, changeClass, fusion, measurement, wildType

    static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
  }

  let kind: Kind
  /// A symbol or the name of a biomarker.
  let gene: String
  /// The column `event_class`.
  let eventClass: String
  /// The alternatives of the column `alteration_spec`.
  let specs: [String]
  /// Findings in words that meet the atom, the plainest first.
  let examples: [String]
  /// Findings in words that deny the atom; empty when nothing short does.
  var denials: [String] = []

  /// The atom as an operand of the column `requires`.
  var predicate: String {
    let operands = specs.map { spec -> String in
      if eventClass == "WT" { return "WT(\(gene))" }
      if spec.contains("::") { return spec }
      guard eventClass == "EXPR" || eventClass == "BIOMARKER" else { return "\(gene) \(spec)" }
      return spec.contains { "<>=".contains($0) } ? "\(gene) \(spec)" : "\(gene) = \(spec)"
    }
    return operands.count == 1 ? operands[0] : "(" + operands.joined(separator: " OR ") + ")"
  }
}

extension BiomarkerExpression {
  /// Reads `A AND ( B OR NOT C )`; words between operators are handed to `operand`.
  static func parse(
    _ text: String, operand: ([String]) throws(ImportProblem) -> BiomarkerExpression
  ) throws(ImportProblem) -> BiomarkerExpression {
    var parser = ExpressionParser(words: text.split(separator: " ").map(String.init))
    let result = try parser.disjunction(operand)
    if parser.peek != nil { throw .refused("profile cannot be read", "'\(text)' has a parenthesis too many") }
    return result
  }
}

private struct ExpressionParser {
  let words: [String]
  var position = 0

  var peek: String? { position < words.count ? words[position] : nil }

  mutating func disjunction(
    _ operand: ([String]) throws(ImportProblem) -> BiomarkerExpression
  ) throws(ImportProblem) -> BiomarkerExpression {
    var parts = [try conjunction(operand)]
    while peek == "OR" {
      position += 1
      parts.append(try conjunction(operand))
    }
    return parts.count == 1 ? parts[0] : .or(parts)
  }

  private mutating func conjunction(
    _ operand: ([String]) throws(ImportProblem) -> BiomarkerExpression
  ) throws(ImportProblem) -> BiomarkerExpression {
    var parts = [try negation(operand)]
    while peek == "AND" {
      position += 1
      parts.append(try negation(operand))
    }
    return parts.count == 1 ? parts[0] : .and(parts)
  }

  private mutating func negation(
    _ operand: ([String]) throws(ImportProblem) -> BiomarkerExpression
  ) throws(ImportProblem) -> BiomarkerExpression {
    if peek == "NOT" {
      position += 1
      return .not(try negation(operand))
    }
    if peek == "(" {
      position += 1
      let inner = try disjunction(operand)
      guard peek == ")" else { throw .refused("profile cannot be read", "a parenthesis is not closed") }
      position += 1
      return inner
    }
    var own: [String] = []
    while let word = peek, !["AND", "OR", "NOT", "(", ")"].contains(word) {
      own.append(word)
      position += 1
    }
    guard !own.isEmpty else { throw .refused("profile cannot be read", "an operand is missing") }
    return try operand(own)
  }
}
