// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import Knowledge

/// Items of a file whose cells hold lists: alterations, tumors and therapies of one claim in one row.
///
/// What can be read of a row becomes rules; each word that cannot is an item of its own with the reason, so that nothing of
/// a row is dropped unsaid. Alterations of one kind become one rule, others have rules of their own.
struct ListedItems {
  /// The identifier of the row.
  let id: String
  /// Its line, counted from 1.
  let line: Int

  /// A tumor scope as a word of a list states it.
  struct Scope {
    var meaning: DiseaseTerms.Meaning
    var exclude: [String] = []
  }

  /// The one item of a row that cannot be read at all.
  func failing(_ problem: ImportProblem) -> [ImportItem] { [failing(problem, "")] }

  /// The items of a row.
  ///
  /// - Parameters:
  ///   - base: What the row says beside the lists.
  ///   - finish: Completes a claim once its therapies are known.
  func items(
    _ context: ImportContext, base: Claim, alterations: [Reading<BiomarkerExpression>], tumors: [Reading<Scope>],
    therapies: [Reading<[String]>], finish: (inout Claim) -> Void
  ) -> [ImportItem] {
    var failed: [ImportItem] = []
    func read<Value>(_ list: [Reading<Value>]) -> [Value] {
      list.compactMap { reading in
        switch reading.outcome {
        case .success(let value): return value
        case .failure(let problem):
          failed.append(failing(problem, reading.words))
          return nil
        }
      }
    }
    let (changes, scopes, agents) = (read(alterations), read(tumors), read(therapies))
    guard !changes.isEmpty, !scopes.isEmpty, !agents.isEmpty else {
      if !failed.isEmpty { return failed }
      let empty = changes.isEmpty ? "alteration" : scopes.isEmpty ? "disease" : "therapy"
      return failing(.refused("\(empty) is empty"))
    }
    var items: [ImportItem] = []
    for group in Self.merged(changes) {
      for part in Self.parts(scopes) {
        let own = items.isEmpty ? id : "\(id)-\(items.count + 1)"
        var claim = base
        claim.id = own
        claim.biomarker = group
        claim.diseases = part.map(\.meaning)
        claim.exclude = part.first?.exclude ?? []
        claim.therapies = agents
        finish(&claim)
        let whole = claim
        items.append(
          ImportItem(id: own, line: line) { () throws(ImportProblem) in try context.rows.drafts(whole) })
      }
    }
    return items + failed
  }

  private func failing(_ problem: ImportProblem, _ words: String) -> ImportItem {
    ImportItem(id: words.isEmpty ? id : "\(id) (\(words))", line: line) { () throws(ImportProblem) in throw problem }
  }

  /// Scopes by what they exclude.
  private static func parts(_ scopes: [Scope]) -> [[Scope]] {
    var parts: [[Scope]] = []
    for scope in scopes {
      if let place = parts.firstIndex(where: { $0[0].exclude == scope.exclude }) {
        parts[place].append(scope)
      } else {
        parts.append([scope])
      }
    }
    return parts
  }

  /// Named changes of a gene as one, codons as one, everything else by itself.
  private static func merged(_ changes: [BiomarkerExpression]) -> [BiomarkerExpression] {
    var merged: [BiomarkerExpression] = []
    for change in changes {
      guard case .atom(let atom) = change, atom.kind == .exactChange || atom.kind == .codon else {
        if !merged.contains(change) { merged.append(change) }
        continue
      }
      let place = merged.firstIndex { other in
        if case .atom(let known) = other { return known.kind == atom.kind && known.gene == atom.gene }
        return false
      }
      guard let place, case .atom(let known) = merged[place] else {
        merged.append(change)
        continue
      }
      merged[place] = .atom(
        BiomarkerAtom(
          kind: known.kind, gene: known.gene, eventClass: known.eventClass,
          specs: known.specs + atom.specs.filter { !known.specs.contains($0) },
          examples: known.examples + atom.examples, denials: known.denials))
    }
    return merged
  }
}

/// A word of a list and what it means.
struct Reading<Value> {
  let words: String
  let outcome: Result<Value, ImportProblem>

  init(_ words: String, _ body: (String) throws(ImportProblem) -> Value) {
    self.words = words
    do throws(ImportProblem) {
      outcome = .success(try body(words))
    } catch {
      outcome = .failure(error)
    }
  }
}

/// Lists in cells.
enum CellList {
  /// The parts of a list; separators inside brackets divide nothing.
  static func split(_ text: String, at separators: Set<Character>) -> [String] {
    var parts: [String] = []
    var part = ""
    var depth = 0
    for character in text {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if depth <= 0, separators.contains(character) {
        parts.append(part.trimmingSpaces)
        part = ""
      } else {
        part.append(character)
      }
    }
    parts.append(part.trimmingSpaces)
    return parts.filter { !$0.isEmpty }
  }

  /// The parts of a list whose words may hold the comma themselves: the longest run that is known is one word.
  static func joined(_ parts: [String], isKnown: (String) -> Bool) -> [String] {
    var words: [String] = []
    var start = 0
    outer: while start < parts.count {
      for end in (start + 1...parts.count).reversed() where end > start + 1 {
        let name = parts[start..<end].joined(separator: ", ")
        guard isKnown(name) else { continue }
        words.append(name)
        start = end
        continue outer
      }
      words.append(parts[start])
      start += 1
    }
    return words
  }

  /// A word and what its brackets take out: `All Solid Tumors (excluding Melanoma, Glioma)`.
  static func exclusion(_ text: String) -> (word: String, excluded: [String]) {
    guard let open = text.firstIndex(of: "("), text.hasSuffix(")") else { return (text, []) }
    let bracket = text[text.index(after: open)...].dropLast().trimmingSpaces
    for beginning in ["excluding ", "except ", "other than "] where bracket.lowercased().hasPrefix(beginning) {
      let list = split(String(bracket.dropFirst(beginning.count)), at: [",", ";"])
      return (text[..<open].trimmingSpaces, list.map { $0.hasPrefix("and ") ? String($0.dropFirst(4)) : $0 })
    }
    return (text, [])
  }
}
