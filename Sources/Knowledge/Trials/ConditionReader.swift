// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import SystemIO

/// Reads what studies ask for into conditions: expressions of the rule language, their atoms, genes and biomarkers.
package struct ConditionReader: Sendable {
  /// Genes, tumor types and the rest.
  package let reference: ReferenceTables
  /// Names of tumors.
  package let tumors: TumorNames
  private let parser: SpecParser
  /// What is wrong with names that are no gene; to look for what was meant takes long.
  private let problems = Locked<[String: String]>([:])

  /// A reader over tables.
  package init(_ reference: ReferenceTables) {
    self.reference = reference
    tumors = TumorNames(reference.tumorTypes)
    parser = SpecParser(reference)
  }

  /// An expression of the rule language; `nil` for an empty one.
  package func expression(_ text: String) throws(SpecProblem) -> TrialCondition? {
    guard let predicate = try parser.predicate(text) else { return nil }
    return TrialCondition(try current(predicate))
  }

  /// One atom about a gene: `EXON 19 inframe_del`, `p.V600E`.
  package func atom(_ text: String, gene: String) throws(SpecProblem) -> TrialCondition {
    let spec = try parser.atom(text.split(separator: " ").map(String.init), gene: gene)
    return .rule(.alteration(gene: gene, reference.currentNumbering(spec, gene: gene)))
  }

  /// The current symbol of a gene as written.
  package func gene(_ name: String) throws(SpecProblem) -> String {
    switch reference.genes.resolve(name) {
    case .symbol(let gene), .alias(let gene): return reference.genes.symbol(gene)
    case .ambiguous: throw SpecProblem("'\(name)' is a name of several genes (write the current symbol)")
    case .dateLike, .unknown:
      let problem = problems.withLock { known in
        if let problem = known[name] { return problem }
        let problem = "'\(name)' is not a gene symbol" + Suggestion.gene(name, reference)
        known[name] = problem
        return problem
      }
      throw SpecProblem(problem)
    }
  }

  /// A comparison of a number: `>=18`, `< 0.5`, `12` (at least 12 is not meant: it is that number).
  package static func comparison(_ text: String) -> MeasurementTest? {
    let plain = text.filter { $0 != " " }
    for (sign, comparison) in signs where plain.hasPrefix(sign) {
      guard let number = number(plain.dropFirst(sign.count)) else { return nil }
      return MeasurementTest(comparison, number)
    }
    return number(plain[...]).map { MeasurementTest(.equal, $0) }
  }

  private static let signs: [(String, MeasurementTest.Comparison)] = [
    (">=", .greaterOrEqual), ("\u{2265}", .greaterOrEqual), ("<=", .lessOrEqual), ("\u{2264}", .lessOrEqual),
    (">", .greater), ("<", .less), ("==", .equal), ("=", .equal),
  ]

  private static func number(_ text: Substring) -> Double? {
    guard text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 || $0 == UInt8(ascii: ".") }) else { return nil }
    return Double(text)
  }

  /// The same with current gene symbols and residues; a name that is none ends it.
  private func current(_ predicate: Predicate) throws(SpecProblem) -> Predicate {
    switch predicate {
    case .and(let parts): return .and(try current(parts))
    case .or(let parts): return .or(try current(parts))
    case .not(let inner): return .not(try current(inner))
    case .alteration(let name, let spec):
      let gene = try gene(name)
      if case .exactFusion(let five, let three) = spec {
        let (left, right) = (five.isEmpty ? "" : try self.gene(five), three.isEmpty ? "" : try self.gene(three))
        return .alteration(gene: right.isEmpty ? left : right, .exactFusion(fivePrime: left, threePrime: right))
      }
      return .alteration(gene: gene, reference.currentNumbering(spec, gene: gene))
    case .wildType(let name): return .wildType(try gene(name))
    case .measurement(let name, _):
      if reference.isBiomarkerName(name) || reference.genes.isSymbol(name) { return predicate }
      throw SpecProblem("'\(name)' is not a biomarker or gene symbol" + Suggestion.gene(name, reference))
    case .priorTherapy, .grade, .clinical: return predicate
    }
  }

  private func current(_ parts: [Predicate]) throws(SpecProblem) -> [Predicate] {
    var result: [Predicate] = []
    for part in parts { result.append(try current(part)) }
    return result
  }
}
