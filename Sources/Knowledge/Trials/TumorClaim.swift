// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import SystemIO

/// A tumor type as a study names it, and how far the name is understood.
package struct TumorClaim: Hashable, Sendable {
  /// How far codes say what the name says.
  package enum Precision: Hashable, Sendable {
    /// The codes say all of it.
    case exact
    /// A name of the clinic that stands for its usual entity: others of the organ may be meant too.
    case usual
    /// The name says more than the codes: a stage, a course, a finding.
    case narrower
    /// A keyword of the study, which is no condition by itself.
    case keyword
    /// Nothing here knows the name.
    case unknown
  }

  /// Why it is open whether a tumor is of the type.
  package enum Doubt: Hashable, Sendable {
    /// The type of the sample is not known.
    case typeUnknown
    /// The sample's type holds types that are meant and others.
    case lessSpecific
    /// Only some of the types of a mixed tumor, or of one that is coded in several ways.
    case someOfSeveral
    /// The same histology, filed under another organ.
    case otherOrgan
    /// A tumor of the same organ.
    case sameOrgan
    /// The name says more than its type.
    case nameSaysMore
    case nameUnknown
    /// Only a keyword of the study names it.
    case keywordOnly
  }

  /// Whether a tumor is of the type.
  package enum Fit: Hashable, Sendable {
    case inside
    case maybe(Doubt)
    case outside
  }

  /// As written.
  package let words: String
  /// The codes and groups.
  package let scope: TumorScope
  /// How far they say what is written.
  package let precision: Precision

  /// A type from its codes.
  package init(_ words: String, _ scope: TumorScope, _ precision: Precision = .exact) {
    (self.words, self.scope, self.precision) = (words, scope, precision)
  }

  /// Claims with the same words mostly say the same: nothing else is hashed.
  package func hash(into hasher: inout Hasher) { hasher.combine(words) }

  /// Whether a tumor of these codes is of the type.
  package func fit(_ codes: [String], _ tree: TumorTypeTree) -> Fit {
    if precision == .unknown { return .maybe(.nameUnknown) }
    // What holds for any tumor holds for one that nobody knows.
    if codes.isEmpty {
      guard scope == TumorScope(include: ["ANY"]) else { return .maybe(.typeUnknown) }
      return covered
    }
    let fits = codes.map { fit($0, tree) }
    if fits.allSatisfy({ $0 == fits[0] }) { return fits[0] }
    if fits.contains(.inside) { return .maybe(.someOfSeveral) }
    return fits.first { $0 != .outside } ?? .outside
  }

  /// What a tumor within the codes is.
  private var covered: Fit {
    switch precision {
    case .exact, .usual: .inside
    case .keyword: .maybe(.keywordOnly)
    case .narrower, .unknown: .maybe(.nameSaysMore)
    }
  }

  private func fit(_ code: String, _ tree: TumorTypeTree) -> Fit {
    if scope.exclude.contains(where: { tree.covers($0, code) }) { return .outside }
    if scope.include.contains(where: { tree.covers($0, code) }) {
      if scope.exclude.contains(where: { tree.covers(code, $0) }) { return .maybe(.lessSpecific) }
      return covered
    }
    if precision == .keyword { return .outside }
    let codes = scope.include.flatMap { tree.memberCodes($0) }
    if codes.contains(where: { tree.covers(code, $0) }) { return .maybe(.lessSpecific) }
    if tree.proximity(of: code, to: scope)?.proximity == .bridge { return .maybe(.otherOrgan) }
    guard precision != .exact, let tissue = tree.node(code)?.tissue, !tissue.isEmpty else { return .outside }
    return codes.contains { tree.node($0)?.tissue == tissue } ? .maybe(.sameOrgan) : .outside
  }
}

extension TumorTypeTree {
  /// The codes that an item of a scope names, those of a group among them.
  fileprivate func memberCodes(_ item: String) -> [String] {
    groups[item]?.include ?? [item.hasPrefix("=") ? String(item.dropFirst()) : item]
  }
}

/// Reads names of tumors as registries write them.
package struct TumorNames: Sendable {
  private let tree: TumorTypeTree
  private let terms: DiseaseTerms
  private let known: [String: String]
  /// Conditions that were read before, and what may have been meant by others: registries repeat themselves.
  private let conditions = Locked<[String: (claim: TumorClaim, requires: String)]>([:])
  private let advices = Locked<[String: String]>([:])

  /// Names of a tree.
  package init(_ tree: TumorTypeTree) {
    self.tree = tree
    terms = DiseaseTerms(tumorTypes: tree)
    known = tree.codesByName
  }

  /// A name of the OncoTree, as CTML writes it; `nil` when it is none.
  package func claim(ofTreeName name: String) -> TumorClaim? {
    switch name.uppercased() {
    case "_SOLID_", "ALL SOLID TUMORS", "ALL SOLID TUMOR":
      return TumorClaim(name, TumorScope(include: ["SOLID_TUMOR"]))
    case "_LIQUID_", "ALL LIQUID TUMORS", "ALL LIQUID TUMOR":
      return TumorClaim(name, TumorScope(include: ["ANY"], exclude: ["SOLID_TUMOR"]))
    case "ALL TUMORS", "ALL TUMOR", "_ALL_": return TumorClaim(name, TumorScope(include: ["ANY"]))
    default: break
    }
    if let code = code(ofName: name) { return TumorClaim(name, TumorScope(include: [code])) }
    let successors = tree.successors(of: name)
    if successors.count > 1 { return TumorClaim(name, TumorScope(include: successors)) }
    guard let found = tree.understand(name) else { return nil }
    return TumorClaim(
      name, TumorScope(include: [found.code]), found.source.isCode ? .exact : .usual)
  }

  /// A condition that a registry writes in its own words; never guessed.
  ///
  /// - Returns: The type, and what the name says beside it in the rule language.
  package func claim(ofCondition name: String) -> (claim: TumorClaim, requires: String) {
    if let known = conditions.withLock({ $0[name] }) { return known }
    let found = read(condition: name)
    conditions.withLock { $0[name] = found }
    return found
  }

  private func read(condition name: String) -> (claim: TumorClaim, requires: String) {
    let plain = name.trimmingSpaces
    if let code = code(ofName: plain), terms.meaning(ofHeading: plain) == nil {
      return (TumorClaim(plain, TumorScope(include: [code])), "")
    }
    // Short codes are abbreviations of other things, too.
    if plain.count < 3 || plain.allSatisfy(\.isNumber) { return (unknown(plain), "") }
    if let heading = terms.meaning(ofHeading: plain) {
      let precision: TumorClaim.Precision = saysMore(plain, than: heading.include) ? .narrower : .exact
      return (TumorClaim(plain, TumorScope(include: heading.include), precision), "")
    }
    guard let meaning = terms.meaning(ofName: plain), !meaning.include.isEmpty else { return (unknown(plain), "") }
    let isWhole = meaning.include == ["ANY"] || meaning.include == ["SOLID_TUMOR"]
    let precision: TumorClaim.Precision =
      meaning.requires.isEmpty && saysMore(plain, than: meaning.include) ? .narrower : isWhole ? .exact : .usual
    return (TumorClaim(plain, TumorScope(include: meaning.include), precision), meaning.requires)
  }

  /// What may have been meant, for messages; empty where nothing is near.
  package func advice(_ name: String) -> String {
    if let known = advices.withLock({ $0[name] }) { return known }
    let found = nearest(name)
    advices.withLock { $0[name] = found }
    return found
  }

  private func nearest(_ name: String) -> String {
    let near = NearestName.find(name.lowercased(), among: tree.nodes.map { $0.name.lowercased() })
    let node = near.flatMap { near in tree.nodes.first { $0.name.lowercased() == near } }
    return node.map { "did you mean \($0.name)?" } ?? "write a name or code of the OncoTree"
  }

  private func unknown(_ name: String) -> TumorClaim { TumorClaim(name, TumorScope(include: []), .unknown) }

  private func code(ofName name: String) -> String? { known[TumorTypeTree.key(name)] }

  /// Whether a name has a word of a stage, a course or a finding that the names of its types lack.
  private func saysMore(_ name: String, than codes: [String]) -> Bool {
    let own = Self.words(name).intersection(Self.narrowing)
    guard !own.isEmpty else { return false }
    let said = codes.compactMap { tree.node($0)?.name }.reduce(into: Set<String>()) { $0.formUnion(Self.words($1)) }
    return !own.isSubset(of: said)
  }

  private static func words(_ text: String) -> Set<String> {
    Set(text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
  }

  /// Words that narrow a name down to a part of its type.
  private static let narrowing: Set<String> = [
    "stage", "grade", "i", "ii", "iii", "iv", "iva", "ivb", "iiia", "iiib", "iiic", "metastatic", "metastasis",
    "metastases", "advanced", "recurrent", "relapsed", "relapse", "refractory", "locally", "unresectable", "resectable",
    "platinum", "sensitive", "resistant", "resistance", "newly", "progressive", "pretreated", "castration", "extensive",
    "limited", "inoperable", "early", "localized", "adjuvant", "neoadjuvant", "childhood", "pediatric", "adult",
    "elderly", "positive", "negative", "mutant", "mutated", "mutation", "amplified", "amplification", "rearranged",
    "rearrangement", "deficient", "high", "low", "minimal", "residual", "untreated", "treated", "oligometastatic",
    "sporadic", "hereditary", "familial", "risk", "smoldering", "failure", "failed", "invasive",
  ]
}
