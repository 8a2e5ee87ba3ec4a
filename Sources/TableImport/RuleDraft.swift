// SPDX-License-Identifier: Apache-2.0
internal import Knowledge

/// A row for the rule table with examples that should meet it.
struct RuleDraft: Sendable {
  /// Cells by column.
  var cells: [String: String]
  /// Examples in words, the plainest first; the first that meets the rule is written beside it.
  var hits: [String]
  /// Examples that should not meet it.
  var misses: [String]

  /// The row in the order of the columns, blanks in place of tabs and line ends.
  var row: String {
    Rule.columns.map { column in
      String((cells[column] ?? "").map { $0.isNewline || $0 == "\t" ? " " : $0 })
    }.joined(separator: "\t")
  }
}

/// What one item of a knowledge base says, all but the biomarker, in the words of the rule table.
struct Claim: Sendable {
  /// The identifier of its first row; further ones get `.2`, `.3` and so on.
  var id = ""
  /// What is asked of the tumor.
  var biomarker = BiomarkerExpression.and([])
  /// Where the tumor has to come from and what the disease term says beside it.
  var diseases: [DiseaseTerms.Meaning] = []
  /// Codes of tumors that are taken out of that.
  var exclude: [String] = []
  /// Therapies; each becomes rows of its own.
  var therapies: [[String]] = []
  var direction = ""
  /// What a context row does to its therapy.
  var effect = ""
  var level = ""
  var body = ""
  var status = ""
  var statusDate = ""
  var line = ""
  var origin = ""
  /// Further conditions in the words of the column `requires`, each with a finding that meets it.
  var conditions: [(predicate: String, example: String)] = []
  var references: [String] = []
  var notes: [String] = []
  var source = ""
  var sourceDate = ""
  var reviewed = ""
}

/// Writes claims as rows.
struct RowWriter: Sendable {
  let reference: ReferenceTables

  /// One row for each therapy and each alternative of the biomarker that one row cannot hold.
  func drafts(_ claim: Claim) throws(ImportProblem) -> [RuleDraft] {
    guard let alternatives = claim.biomarker.alternatives() else {
      throw .deferred("profile has too many alternatives")
    }
    let isAgainst = claim.direction == "resistance" || !claim.effect.isEmpty
    let groups = try grouped(alternatives, isAgainst: isAgainst)
    let scopes = scopes(claim.diseases)
    guard !scopes.isEmpty else { throw .refused("disease is not in the mapping") }
    guard !claim.therapies.isEmpty else { throw .refused("therapy is empty") }
    var drafts: [RuleDraft] = []
    for therapy in claim.therapies {
      for group in groups {
        for scope in scopes {
          let number = drafts.count + 1
          drafts.append(
            draft(claim, therapy, group, scope, id: number == 1 ? claim.id : "\(claim.id).\(number)"))
        }
      }
    }
    return drafts
  }

  /// Alternatives that differ in the row's own change alone.
  private struct Group {
    var specs: [String]
    var hits: [String]
    let own: BiomarkerAtom
    let others: [BiomarkerExpression.Literal]
  }

  private func grouped(
    _ alternatives: [[BiomarkerExpression.Literal]], isAgainst: Bool
  ) throws(ImportProblem) -> [Group] {
    var groups: [Group] = []
    for alternative in alternatives {
      let positive = alternative.filter { !$0.isDenied }
      let best = positive.map(\.atom.kind).min()
      let equals = positive.filter { $0.atom.kind == best }
      guard let own = isAgainst ? secondHit(equals) : equals.first else {
        throw .deferred("profile asks only for an absence")
      }
      let others = alternative.filter { $0 != own }
      let place = groups.firstIndex {
        $0.own.gene == own.atom.gene && $0.own.eventClass == own.atom.eventClass && $0.others == others
      }
      if let place {
        groups[place].specs += own.atom.specs.filter { !groups[place].specs.contains($0) }
        groups[place].hits += own.atom.examples
      } else {
        groups.append(Group(specs: own.atom.specs, hits: own.atom.examples, own: own.atom, others: others))
      }
    }
    return groups
  }

  /// Of equals against a therapy the change that came second: a substitution beside a deletion, else the last.
  private func secondHit(_ equals: [BiomarkerExpression.Literal]) -> BiomarkerExpression.Literal? {
    let substitutions = equals.filter { literal in
      literal.atom.specs.allSatisfy { !$0.contains("del") && !$0.contains("ins") && !$0.contains("dup") }
    }
    return substitutions.last ?? equals.last
  }

  /// Scopes with the same further conditions become one.
  private func scopes(_ meanings: [DiseaseTerms.Meaning]) -> [(include: [String], requires: String)] {
    var scopes: [(include: [String], requires: String)] = []
    for meaning in meanings where !meaning.include.isEmpty {
      if let place = scopes.firstIndex(where: { $0.requires == meaning.requires }) {
        scopes[place].include += meaning.include.filter { !scopes[place].include.contains($0) }
      } else {
        scopes.append((meaning.include, meaning.requires))
      }
    }
    return scopes
  }

  private func draft(
    _ claim: Claim, _ therapy: [String], _ group: Group, _ scope: (include: [String], requires: String), id: String
  ) -> RuleDraft {
    var requires: [String] = []
    var companions: [[String]] = []
    for other in group.others {
      requires.append((other.isDenied ? "NOT " : "") + other.atom.predicate)
      // A finding in the gene says that the gene was looked at.
      if other.isDenied, other.atom.gene == group.own.gene { continue }
      companions.append(other.isDenied ? other.atom.denials : other.atom.examples)
    }
    let atoms = [group.own] + group.others.filter { !$0.isDenied }.map(\.atom)
    for condition in conditions(scope.requires) where !isSaid(condition.predicate, by: atoms) {
      requires.append(condition.predicate)
      companions.append([condition.example])
    }
    for condition in claim.conditions {
      requires.append(condition.predicate)
      if !condition.example.isEmpty { companions.append([condition.example]) }
    }
    let cells: [String: String] = [
      "rule_id": id, "gene": group.own.gene, "event_class": group.own.eventClass,
      "alteration_spec": group.specs.joined(separator: " | "), "requires": requires.joined(separator: " AND "),
      "origin": claim.origin.isEmpty ? "either" : claim.origin,
      "oncotree_include": scope.include.joined(separator: ";"),
      "oncotree_exclude": claim.exclude.joined(separator: ";"), "agents": therapy.joined(separator: " + "),
      "direction": claim.direction, "body": claim.body.isEmpty ? "literature" : claim.body,
      "status": claim.status.isEmpty ? "n/a" : claim.status, "status_date": claim.statusDate,
      "line": claim.line.isEmpty ? "any" : claim.line, "level": claim.level,
      "reference": claim.references.joined(separator: ";"), "note": claim.notes.joined(separator: "; "),
      "source": claim.source, "source_date": claim.sourceDate, "reviewed": claim.reviewed,
      "effect": claim.effect,
    ]
    let type = exampleType(scope.include)
    let suffix = claim.origin == "germline" ? " germline" : ""
    let rest = companions.compactMap(\.first)
    var hits = group.hits.map { own in "\(type): " + ([own + suffix] + rest).joined(separator: ", ") }
    // Where a companion's plainest words do not do, its others are tried.
    if let own = group.hits.first {
      for (place, companion) in companions.enumerated() {
        for other in companion.dropFirst() {
          var changed = rest
          if place < changed.count { changed[place] = other }
          hits.append("\(type): " + ([own + suffix] + changed).joined(separator: ", "))
        }
      }
    }
    return RuleDraft(cells: cells, hits: hits, misses: misses(group.own).map { "\(type): \($0)" })
  }

  private func conditions(_ text: String) -> [(predicate: String, example: String)] {
    let parts = text.split(separator: " ").split(separator: "AND").map { $0.joined(separator: " ") }
    return parts.map { ($0, reference.facts.importWords.example(ofCondition: $0) ?? "") }
  }

  /// A tumor whose ERBB2 is amplified or overexpressed is what `HER2 positive` means.
  private func isSaid(_ predicate: String, by atoms: [BiomarkerAtom]) -> Bool {
    atoms.contains { reference.facts.importWords.isImplied(predicate, gene: $0.gene, eventClass: $0.eventClass) }
  }

  /// What is near and not meant.
  private func misses(_ atom: BiomarkerAtom) -> [String] {
    switch atom.eventClass {
    case "MUT", "LOF", "FUSION": ["\(atom.gene) gain"]
    case "CNA": ["\(atom.gene) pathogenic mutation", "\(atom.gene) gain"]
    case "WT": ["\(atom.gene) pathogenic mutation"]
    default: []
    }
  }

  /// A tumor type of the scope for an example.
  private func exampleType(_ include: [String]) -> String {
    guard let first = include.first else { return "" }
    if let example = reference.facts.importWords.example(ofScope: first) { return example }
    return first.hasPrefix("=") ? String(first.dropFirst()) : first
  }
}
