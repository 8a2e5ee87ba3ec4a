// SPDX-License-Identifier: Apache-2.0
package import Alterations
package import Knowledge
package import SystemIO

/// Reads diagnoses that state findings beside the tumor type: `EGFR-mutant NSCLC`, `breast cancer, HER2 positive`.
///
/// All of a name is read or none of it: what is neither the type nor a finding leaves it unknown.
package struct DiagnosisText: Sendable {
  /// What a diagnosis says.
  package struct Reading: Sendable {
    /// The types that are left without the findings; several where the name stands for several.
    let codes: [String]
    /// As what their name was understood.
    let source: TumorTypeTree.Source
    /// The findings, as written and read.
    package let findings: [Alteration]
  }

  private let tree: TumorTypeTree
  private let clinic: MadeOnce<ClinicalText>
  /// What was read before: the samples of a cohort repeat a few names.
  private let known = Locked<[String: Reading?]>([:])

  /// A reader of the tumor types and findings of a table.
  package init(table: KnowledgeBase) {
    self.init(tree: table.reference.tumorTypes, clinic: MadeOnce { ClinicalText(table: table) })
  }

  /// A reader with what reads the findings.
  package init(tree: TumorTypeTree, clinic: MadeOnce<ClinicalText>) {
    (self.tree, self.clinic) = (tree, clinic)
  }

  /// In words; a longer diagnosis is a sentence of a report.
  private static let longest = 12
  /// Names that are kept.
  private static let mostKnown = 4096

  /// Takes a diagnosis apart; `nil` when it states no finding, or when a part of it is not understood.
  package func read(_ text: String) -> Reading? {
    if let before = known.withLock({ $0[text] }) { return before }
    let reading = apart(text)
    known.withLock { if $0.count < Self.mostKnown { $0[text] = .some(reading) } }
    return reading
  }

  private func apart(_ text: String) -> Reading? {
    let words = text.split { " \t,;()[]".contains($0) }.map(String.init)
    guard (1...Self.longest).contains(words.count), !Self.isOfOtherKind(text) else { return nil }
    // The longest name of a type is the right one: `EGFR-mutant | lung adenocarcinoma`.
    for count in stride(from: words.count - 1, to: 0, by: -1) {
      for start in 0...(words.count - count) {
        let name = words[start..<start + count].joined(separator: " ")
        guard let (codes, source) = types(named: name) else { continue }
        let sides = [words[..<start], words[(start + count)...]].map(Self.withoutIdleWords).filter { !$0.isEmpty }
        let found = sides.map(findings)
        guard !found.isEmpty, found.allSatisfy({ $0 != nil }) else { continue }
        // A name that clinics use may state a finding itself: `HR-positive | HER2-negative breast cancer`.
        let own = source.isCode || tree.isName(name) ? nil : apart(name)?.findings
        return Reading(codes: codes, source: source, findings: found.flatMap { $0 ?? [] } + (own ?? []))
      }
    }
    // Names of types that are made of results: `TNBC`. That parts of a name are genes, too, makes no fusion of it: `CML-CP`.
    if let type = tree.understand(text), let findings = findings(words[...]),
      findings.allSatisfy({ if case .measurement = $0.event { true } else { false } })
    {
      return Reading(codes: [type.code], source: type.source, findings: findings)
    }
    return nil
  }

  private func types(named name: String) -> (codes: [String], source: TumorTypeTree.Source)? {
    let several = tree.successors(of: name)
    if several.count > 1 { return (several, name.contains(" ") ? .alias : .retiredCode) }
    return tree.understand(name).map { ([$0.code], $0.source) }
  }

  /// Whether a name says of what the tumor is not: `BCR-ABL1-like`; or names bands of chromosomes, whose signs separate
  /// words elsewhere.
  private static func isOfOtherKind(_ text: String) -> Bool {
    let lowered = text.lowercased()
    return ["like", "t(", "inv(", "del(", "dup("].contains(where: lowered.contains)
  }

  /// Words of stage and course, and those that join the type to its findings, say no finding.
  private static func withoutIdleWords(_ words: ArraySlice<String>) -> ArraySlice<String> {
    func joins(_ word: String) -> Bool { joining.contains(word.lowercased()) }
    var words = words.filter { !TumorTypeTree.isOfCourse($0) }[...].drop(while: joins)
    while words.last.map(joins) == true { words.removeLast() }
    return words
  }

  private static let joining: Set<String> = ["harboring", "harbouring", "carrying", "bearing", "and", "a", "an"]

  /// The findings that words state, all of which are understood; `nil` where one is not.
  private func findings(_ words: ArraySlice<String>) -> [Alteration]? {
    let understood = clinic.value.understand(words.joined(separator: " "))
    guard understood.notUnderstood.isEmpty, !understood.alterations.isEmpty else { return nil }
    // `CML-CP leukemia`: a part that is a tumor type is no partner of a fusion.
    let hasFusion = understood.alterations.contains { if case .fusion = $0.event { true } else { false } }
    let parts = words.flatMap { $0.split { "-/+:".contains($0) } }
    if hasFusion, parts.contains(where: { tree.understand(String($0)) != nil }) { return nil }
    return understood.alterations
  }
}
