// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Results of stains as pathologists write them: the sign in brackets behind the name, the word for a grade beside it, the
/// promoter beside the repair protein that is lost.
extension ClinicalText {
  // MARK: `ER(+)`, `HER2(++)`, `ER(90%)`

  /// A text with signs and shares of stains that are glued to a name in brackets as the words that are read.
  ///
  /// `ER(+)` is `ER+`, `HER2(++)` is `HER2 2+`, `ER(+,90%)` and `ER(90%+)` have the bracket apart.
  func withStainsUnglued(_ text: String) -> String {
    guard text.contains("+") || text.contains("-") || text.contains("%") || text.contains("(0)") else { return text }
    var spaced = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "("), let close = rest[open...].firstIndex(of: ")") {
      let inner = String(rest[rest.index(after: open)..<close]).trimmingWhiteSpace
      spaced += rest[..<open]
      rest = rest[rest.index(after: close)...]
      let isGlued = spaced.last.map { $0.isLetter || $0.isNumber || $0 == ")" } ?? false
      if inner.count > 1, inner.count < 4, inner.allSatisfy({ $0 == "+" }) {
        let name = Self.lastName(of: spaced)
        let isGraded = isGradedName(name) || ["ihc", "score"].contains(name.lowercased())
        spaced += isGraded ? (spaced.last == " " ? "" : " ") + "\(inner.count)+" : isGlued ? "+" : "(+)"
      } else if isGlued, inner == "+" || inner == "-" {
        spaced += spaced.last == ")" ? " (\(inner))" : inner
      } else if isGlued, inner == "0", isGradedName(Self.lastName(of: spaced)) {
        spaced += " IHC 0"
      } else if isGlued, AntibodyClone.mayBeClone(inner), hasStainWithClones(Self.lastName(of: spaced)) {
        spaced += " (\(inner))"
      } else if isGlued, inner.contains("%") {
        spaced += " (\(Self.withoutSignOfShare(inner)))"
      } else {
        spaced += "(\(inner))"
      }
    }
    return spaced + rest
  }

  private static func lastName(of text: String) -> String {
    text.split(whereSeparator: { " ,;:/".contains($0) }).last.map(String.init) ?? ""
  }

  /// Whether the digits behind a name may be those of an antibody: `PD-L1(22C3)`.
  private func hasStainWithClones(_ name: String) -> Bool {
    facts.biomarkers.written(GeneNameKey.plain(name))?.reading == .share
  }

  /// `90%+`, `+90%` without the sign: that a share of the cells is stained says the same.
  private static func withoutSignOfShare(_ inner: String) -> String {
    let bare = inner.filter { $0 != "+" && $0 != "," && $0 != " " }
    return inner.count(where: { $0 == "+" }) == 1 && !inner.contains(where: \.isLetter)
      && bare.last == "%" && bare.dropLast().allSatisfy({ $0.isNumber || $0 == "." })
      && (inner.hasPrefix("+") || inner.hasSuffix("+")) ? bare : inner
  }

  // MARK: `HER2: negative (score 1+)`, `HER2 IHC 1+ (negative)`

  /// A text without the word `negative` beside the grade or the share that it is the name of.
  func withVerdictsOfGrades(_ text: String) -> String {
    guard text.lowercased().contains("neg") else { return text }
    return Self.eachPart(text) { clause in
      let written = clause.split(separator: " ").map(String.init)
      let words = written.map { $0.filter { !"():,.".contains($0) } }
      let plain = words.map { $0.lowercased() }
      guard let first = words.first, written.count > 2, isGeneName(first) || facts.biomarkers.written(first) != nil,
        plain.count(where: Self.namesNegative) == 1
      else { return clause }
      let behind = plain.dropFirst().filter { !$0.isEmpty && !Self.namesNegative($0) }
      let values = behind.filter { $0.contains(where: \.isNumber) && !Self.namesScale($0) }
      let names = behind.filter { !values.contains($0) }
      let lowest = isGradedName(first) ? Self.negativeGrades : Self.negativeShares
      guard values.count == 1, lowest.contains(values[0]), names.allSatisfy({ Self.besideGrades.contains($0) }) else {
        return clause
      }
      let isGrade = isGradedName(first) && !values[0].contains("%") && !names.contains("ihc")
      return ([first] + names.filter(Self.namesScale) + (isGrade ? ["IHC"] : []) + values).joined(separator: " ")
    }
  }

  private static let negativeGrades: Set<String> = ["0", "1+", "0%", "<1%"]
  private static let negativeShares: Set<String> = ["0%", "<1%"]
  private static let besideGrades: Set<String> = [
    "ihc", "score", "by", "immunohistochemistry", "grade", "status", "expression", "stain", "staining", "tps", "cps",
    "protein",
  ]
  private static func namesScale(_ word: String) -> Bool { ["ihc", "tps", "cps"].contains(word) }
  private static func namesNegative(_ word: String) -> Bool { word == "negative" || word == "neg" }

  // MARK: `MLH1: loss of expression (methylated)`

  /// A text with the methylation of a promoter apart from the loss of the protein that it explains.
  func withMethylationApart(_ text: String) -> String {
    guard text.lowercased().contains("methylat") else { return text }
    let proteins = facts.biomarkers.first(.repair).genes
    return Self.eachPart(text) { clause in
      guard let (outer, inner) = Self.cause(of: clause) else { return clause }
      let before = FindingPhrase(outer)
      let lost = proteins.filter { before.has($0.lowercased()) }
      guard !lost.isEmpty, before.hasAny("loss", "lost", "absent", "negative", "not expressed", "deficient"),
        !before.words.contains(where: isChange)
      else { return clause }
      let items = Self.split(inner)
      let causes = items.filter { $0.lowercased().contains("methylat") }
      guard causes.count == 1, let cause = causes.first.map({ FindingPhrase($0) }) else { return clause }
      // The promoter of the pair's other protein is never meant.
      let gene = proteins.first { cause.has($0.lowercased()) } ?? lost[0]
      let isNot = cause.hasAny("unmethylated", "negative", "neg", "absent", "not", "no", "non-methylated")
      let rest = items.filter { !$0.lowercased().contains("methylat") }
      return
        (["loss of \(lost.joined(separator: " and ")) expression"] + rest + [
          "\(gene) promoter \(isNot ? "unmethylated" : "methylated")"
        ]).joined(separator: "; ")
    }
  }

  /// What stands before and within a bracket on methylation, or behind words that give it as the cause.
  private static func cause(of clause: String) -> (outer: String, inner: String)? {
    if let open = clause.firstIndex(of: "("), clause.hasSuffix(")") {
      return (String(clause[..<open]).trimmingWhiteSpace, String(clause[clause.index(after: open)...].dropLast()))
    }
    for joint in [" with ", " due to ", " by ", " secondary to ", " owing to "] {
      guard let place = clause.firstRange(of: joint), clause[place.upperBound...].lowercased().contains("methylat")
      else { continue }
      return (String(clause[..<place.lowerBound]), String(clause[place.upperBound...]))
    }
    return nil
  }

  /// Changes each part between commas and semicolons that stand outside of brackets, and leaves the signs.
  static func eachPart(_ text: String, _ change: (String) -> String) -> String {
    var (parts, part, depth) = ("", "", 0)
    func changed() -> String {
      let bare = part.trimmingWhiteSpace
      if bare.isEmpty { return part }
      let new = change(bare)
      return new == bare ? part : (part.hasPrefix(" ") ? " " : "") + new
    }
    for character in text {
      if character == "(" { depth += 1 }
      if character == ")" { depth = max(0, depth - 1) }
      if depth == 0, ",;\n".contains(character) {
        parts += changed() + String(character)
        part = ""
      } else {
        part.append(character)
      }
    }
    return parts + changed()
  }
}
