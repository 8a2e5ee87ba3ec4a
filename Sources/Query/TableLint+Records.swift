// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// What the record of a rule does not bear: residues, exons, levels, labels and dates.
extension TableLint {
  /// What a finding is about, as the table of explained findings names it.
  package enum Kind: String, Sendable, CaseIterable {
    case contradiction, residue, exon, guideline, rating, result, label, date, bypass, source, lineage
  }

  /// Findings of ``Kind`` that one rule or two of them give.
  func records() -> [Finding] {
    let residues = KnownResidues(Array(table.rules), table.reference)
    return table.rules.flatMap { rule in
      impossibleResidues(rule, residues) + exons(rule) + support(rule) + dates(rule)
    } + repeatedLabels()
  }

  func finding(_ rule: Rule, _ kind: Kind, _ text: String, other: Rule? = nil) -> Finding {
    Finding(
      isError: false, text: "\(place(rule)) \(text)",
      isExplained: table.reference.facts.explained.explain(
        kind: kind.rawValue, rule: rule.id, other: other?.id ?? ""))
  }

  // MARK: Residues and exons

  private func impossibleResidues(_ rule: Rule, _ known: KnownResidues) -> [Finding] {
    KnownResidues.residues(of: rule).compactMap { residue in
      if let length = known.length(of: residue.gene), residue.number > length {
        return finding(
          rule, .residue, "names \(residue.gene) \(residue.letter)\(residue.number), the protein has \(length) residues"
        )
      }
      guard let letters = known.letters(residue.gene, residue.number), !letters.contains(residue.letter) else {
        return nil
      }
      let others = letters.sorted().map { "\($0)\(residue.number)" }.joined(separator: " or ")
      return finding(
        rule, .residue, "names \(residue.gene) \(residue.letter)\(residue.number), which is known as \(others)")
    }
  }

  /// Exons that the note names and the change is not in.
  private func exons(_ rule: Rule) -> [Finding] {
    let named = Self.exonNumbers(in: rule.note)
    guard !named.isEmpty else { return [] }
    let meant = rule.alternatives.compactMap(\.residues)
    guard !meant.isEmpty else { return [] }
    let found = Set(
      meant.flatMap { range in
        [range.lowerBound, range.upperBound].compactMap { table.reference.exons.exon(of: $0, gene: rule.gene) }
      })
    guard !found.isEmpty, found.isDisjoint(with: named) else { return [] }
    let words = found.sorted().map(String.init).joined(separator: ", ")
    return [
      finding(
        rule, .exon,
        "speaks of exon \(named.sorted().map(String.init).joined(separator: ", ")), its change lies in \(words)")
    ]
  }

  /// The numbers behind the word `exon` or `exons`: 9, 11 and 13 of `exons 9, 11 and 13`.
  ///
  /// What a rule is compared with, behind `than`, is not meant.
  static func exonNumbers(in text: String) -> Set<Int> {
    Set(text.split(separator: ";").flatMap { exonNumbers(inPart: $0) })
  }

  private static func exonNumbers(inPart text: Substring) -> Set<Int> {
    var numbers: Set<Int> = []
    var isBehind = false
    for word in text.split(whereSeparator: { " ,:.()".contains($0) }) {
      let lowered = word.lowercased()
      if lowered == "than" { break }
      if lowered == "exon" || lowered == "exons" {
        isBehind = true
      } else if isBehind, let number = Int(word) {
        numbers.insert(number)
      } else if lowered != "and", lowered != "or", lowered != "to" {
        isBehind = false
      }
    }
    return numbers
  }

  // MARK: Support

  private func support(_ rule: Rule) -> [Finding] {
    if rule.level == .a2, rule.support.guideline.isEmpty {
      return [finding(rule, .guideline, "is of level A2 and names no guideline (column guideline)")]
    }
    guard rule.level == .b else { return [] }
    var findings: [Finding] = []
    if let rating = rule.support.rating, rating < 3 {
      findings.append(finding(rule, .rating, "is of level B on an item rated \(rating) of 5"))
    }
    if rule.direction == .sensitivity, let treated = rule.support.treated {
      if let responded = rule.support.responded, Double(responded) < 0.15 * Double(treated) {
        findings.append(
          finding(rule, .result, "is of level B with \(responded) responses in \(treated), fewer than 15 percent"))
      } else if treated < 20 {
        findings.append(finding(rule, .result, "is of level B with \(treated) treated, fewer than 20"))
      }
    }
    return findings
  }

  private func dates(_ rule: Rule) -> [Finding] {
    var findings: [Finding] = []
    if [.approved, .accelerated, .withdrawn].contains(rule.regulatoryStatus), rule.statusDate.isEmpty {
      findings.append(finding(rule, .date, "is \(rule.regulatoryStatus.rawValue) without a date (column status_date)"))
    }
    if rule.regulatoryStatus == .withdrawn, rule.withdrawnDate.isEmpty {
      findings.append(finding(rule, .date, "is withdrawn without a date (column withdrawn_date)"))
    }
    return findings
  }

  // MARK: Labels

  /// One use of a label in two rows.
  private func repeatedLabels() -> [Finding] {
    var findings: [Finding] = []
    var uses: [String: [Rule]] = [:]
    for rule in table.rules where rule.level == .a1 && rule.regulatoryStatus != .withdrawn {
      let key = [
        rule.authority.rawValue, rule.therapyKey, rule.gene, rule.direction.rawValue, rule.requiresText,
        rule.line.rawValue,
        rule.site?.rawValue ?? "",
      ].joined(separator: "|")
      for other in uses[key] ?? [] where isSameUse(rule, other) {
        findings.append(finding(rule, .label, "is the use of the label that \(other.id) holds", other: other))
      }
      uses[key, default: []].append(rule)
    }
    return findings
  }

  private func isSameUse(_ rule: Rule, _ other: Rule) -> Bool {
    let isShared = rule.scope.include.contains { other.scope.include.contains($0) }
    guard isShared, Self.haveCommonAge(rule.support.age, other.support.age) else { return false }
    return rule.alternatives.contains { atom in
      other.alternatives.contains { $0 == atom || Self.holds($0, atom) || Self.holds(atom, $0) }
    }
  }

  private static func haveCommonAge(_ one: Rule.Age?, _ other: Rule.Age?) -> Bool {
    one == other || one == nil || other == nil || one == .any || other == .any
  }

  /// Whether a range of any change holds the residue that the other names.
  private static func holds(_ wide: AlterationSpec, _ narrow: AlterationSpec) -> Bool {
    guard case .range(let range, nil, _) = wide, let residues = narrow.residues else { return false }
    return range.contains(residues.lowerBound) && range.contains(residues.upperBound)
  }
}

/// The letters that stand at residues, from hotspots, old numberings and the rules themselves.
struct KnownResidues {
  /// A residue with the letter that a rule gives it.
  struct Residue: Hashable {
    let gene: String
    let letter: Character
    let number: Int
  }

  private let reference: ReferenceTables
  /// How many rules give a residue a letter.
  private var votes: [String: [Int: [Character: Int]]] = [:]

  init(_ rules: [Rule], _ reference: ReferenceTables) {
    self.reference = reference
    for residue in rules.flatMap({ Set(Self.residues(of: $0)) }) {
      votes[residue.gene, default: [:]][residue.number, default: [:]][residue.letter, default: 0] += 1
    }
  }

  /// The number of residues of a protein; `nil` when it is not known.
  func length(of gene: String) -> Int? { reference.exons.length(of: gene) }

  /// The letters known at a residue; `nil` when none is.
  ///
  /// What the reference tables say goes before what most rules say.
  func letters(_ gene: String, _ number: Int) -> Set<Character>? {
    let listed = reference.residueLetters(gene: gene, at: number)
    if !listed.isEmpty { return listed }
    guard let found = votes[gene]?[number], found.count > 1, let most = found.values.max() else { return nil }
    return Set(found.filter { $0.value == most }.keys)
  }

  /// The residues that the changes of a rule name with their letters.
  static func residues(of rule: Rule) -> [Residue] {
    rule.alternatives.flatMap { atom -> [Residue] in
      guard case .exact(let change) = atom, change.first > 0 else { return [] }
      let ends = [(change.firstResidue, change.first), (change.lastResidue, change.last)]
      return ends.prefix(change.first == change.last ? 1 : 2)
        .filter { $0.0.isLetter && $0.0 != "X" }
        .map { Residue(gene: rule.gene, letter: $0.0, number: $0.1) }
    }
  }
}

extension AlterationSpec {
  /// The residues that an atom speaks of by number; `nil` when it names none.
  fileprivate var residues: ClosedRange<Int>? {
    switch self {
    case .exact(let change): change.first > 0 && change.first <= change.last ? change.first...change.last : nil
    case .codon(let codon, _): codon...codon
    case .range(let range, _, _): range
    default: nil
    }
  }
}
