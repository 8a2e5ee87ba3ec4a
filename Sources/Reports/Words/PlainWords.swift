// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge
internal import Matching

// What tables say in short words, as a physician writes it. Tables keep their own words.

extension CopyNumberCall {
  /// The call in words.
  var plain: String {
    switch self {
    case .amplification: "amplification"
    case .gain: "gain of copies"
    case .heterozygousLoss: "loss of one copy"
    case .homozygousDeletion: "homozygous deletion"
    case .neutral: "no change of copies"
    case .lossOfHeterozygosity: "loss of heterozygosity"
    }
  }
}

extension Alteration.Event {
  /// The change in words; `nil` where its canonical form is what people write.
  fileprivate var plain: String? {
    switch self {
    case .copyNumber(let call): call.plain
    case .wildType: "wild type"
    case .absent(let inner): inner.plain.map { "no " + $0 }
    case .sequence, .fusion, .measurement: nil
    }
  }
}

extension AnnotatedAlteration {
  /// The change without the gene: `p.V559D`, `loss of one copy`, `EML4::ALK`.
  var plain: String { alteration.event.plain ?? PlainCell.spaced(description) }

  /// Why it became what it did.
  var plainReason: String {
    guard case .read(let rows) = fate else { return reason }
    return ReportWords.count(rows, "row of evidence", "rows of evidence")
  }

  /// The change with its gene: `KIT p.V559D`, `EML4::ALK fusion`.
  var plainName: String { fusionName ?? gene + " " + plain }

  /// The change under the gene that a rule reads: `KIT p.V559D`.
  func plain(under rule: Rule) -> String { fusionName ?? displayGene(rule: rule) + " " + plain }

  /// A fusion of two genes by both of them; `nil` for anything else.
  private var fusionName: String? {
    guard case .fusion(let fusion) = alteration.event, fusion.fivePrimeGene != fusion.threePrimeGene,
      !fusion.fivePrimeGene.isEmpty, !fusion.threePrimeGene.isEmpty
    else { return nil }
    return plain + " fusion"
  }
}

extension AlterationSpec {
  /// What a rule asks of a gene, in words.
  func plain(gene: String) -> String {
    switch self {
    case .fusion: "\(gene) fusion"
    case .exactFusion: text(gene: gene) + " fusion"
    case .copyNumber(.amplification): "\(gene) amplification"
    case .copyNumber(.gain): "\(gene) gain of copies"
    case .copyNumber(.loss): "\(gene) loss of one or both copies"
    case .copyNumber(.homozygousDeletion): "\(gene) homozygous deletion"
    case .copyNumber(.lossOfHeterozygosity): "\(gene) loss of heterozygosity"
    case .measurement(let tests): "\(gene) " + tests.map(\.plain).joined(separator: " and ")
    default: PlainCell.spaced(text(gene: gene))
    }
  }
}

extension Predicate {
  /// What a rule asks for beside its own finding, in words.
  var plain: String {
    switch self {
    case .and(let parts): parts.map(\.plain).joined(separator: " and ")
    case .or(let parts): parts.map(\.plain).joined(separator: " or ")
    case .not(let inner): "no \(inner.plain)"
    case .alteration(let gene, let spec): spec.plain(gene: gene)
    case .priorTherapy(let name): "earlier treatment with \(name.withSpaces)"
    case .clinical(let text): text.withSpaces
    case .measurement(let name, let test): name + " " + test.plain
    default: text
    }
  }
}

extension Rule {
  /// What it asks for, in words; empty when it asks for a tumor type alone.
  var plainAsked: String {
    if gene == "-" || alternatives.isEmpty { return gene == "-" ? "" : gene }
    var found: [String] = []
    for spec in alternatives {
      let words = spec.plain(gene: gene)
      if !found.contains(words) { found.append(words) }
    }
    return found.joined(separator: " or ")
  }
}

extension Rule {
  /// The reference shown first: one with an address where there is one.
  var bestReference: String? { references.first { ReferenceLink.of($0) != nil } ?? references.first }
}

extension OpenQuestion {
  /// The test to make or the fact to find out, as a physician writes it.
  var plain: String {
    switch self {
    case .finding(let gene, let spec): spec.plain(gene: gene)
    case .priorTherapy(let therapy): "earlier treatment with \(therapy.withSpaces)"
    case .clinical(let fact): fact.withSpaces
    case .shareOfCells(let gene, let grade): "share of tumor cells with \(gene) IHC \(grade)+"
    default: PlainCell.spaced(words)
    }
  }
}

extension TherapyMatch {
  /// What would have to be found out, as a physician writes it.
  var plainCondition: String { openQuestions.map(\.plain).joined(separator: "; ") }
}

extension Rule.Level {
  /// What the level stands for.
  var meaning: String {
    switch self {
    case .a1: "on a regulator's label"
    case .a2: "in a professional guideline"
    case .b: "randomized, large or pivotal study"
    case .c: "small or early clinical study"
    case .d: "case report or very small series"
    case .e: "laboratory work, or inferred"
    }
  }
}

extension Tier.Step {
  /// What the tier stands for.
  var meaning: String {
    switch self {
    case .iA: "label or guideline for this tumor, or for any solid tumor"
    case .iB: "randomized or large studies in this tumor"
    case .iiC: "label or guideline for another tumor, or smaller studies; also what waits for a test"
    case .iiD: "case reports, laboratory work, or weaker evidence from other tumors"
    }
  }
}

extension Verdict {
  /// What the verdict means for a therapy.
  var meaning: String {
    switch self {
    case .supported: "evidence for it, and nothing of weight against it"
    case .conditional: "a test or fact is missing"
    case .conflicting: "evidence for and against of similar weight"
    case .overridden: "evidence against it in this sample outweighs what is for it"
    case .caution: "stands, with a reservation that is named"
    case .withdrawn: "a regulator or the maker withdrew it; no option"
    case .hypothesis: "inferred, not studied"
    }
  }
}

extension TherapyOption.Standing {
  /// How far the therapy has come.
  var words: String {
    switch self {
    case .approvedHere: "approved"
    case .approvedOtherRegulator: "approved by another regulator"
    case .approvedOtherTumor: "approved for another tumor"
    case .guideline: "guideline"
    case .investigational: "in trials"
    case .literature: "published evidence"
    }
  }

  /// What the word stands for.
  var meaning: String {
    switch self {
    case .approvedHere: "a label in force covers this tumor and finding"
    case .approvedOtherRegulator: "a label covers this tumor and finding, of a regulator that was not chosen"
    case .approvedOtherTumor: "a label covers the finding in another tumor"
    case .guideline: "a guideline names it; no label"
    case .investigational: "studied, or used off label; no label"
    case .literature: "published; neither label nor guideline"
    }
  }
}

extension TherapyOption {
  /// Where it is approved and for which tumor: `FDA 2018, EMA 2019 (any solid tumor)`, `EMA: GIST`; else how far it has
  /// come.
  func approval(_ tree: TumorTypeTree) -> String {
    var own: [(scope: String, labels: [Label])] = []
    for label in labels where label.isOfThisTumor {
      let scope = label.scope(tree)
      let place = own.firstIndex { $0.scope == scope } ?? own.endIndex
      if place == own.endIndex { own.append((scope, [])) }
      if !own[place].labels.contains(where: { $0.who == label.who }) { own[place].labels.append(label) }
    }
    // A label for this tumor says more than one of the same regulator for all of them.
    let named = Set(own.first { $0.scope == Label.thisTumor }?.labels.map(\.authority) ?? [])
    var others: [(authority: Rule.Authority, codes: [String])] = []
    for label in foreignLabels {
      if let place = others.firstIndex(where: { $0.authority == label.authority }) {
        others[place].codes += label.codes.filter { !others[place].codes.contains($0) }
      } else {
        others.append((label.authority, label.codes))
      }
    }
    var parts: [String] = []
    for (scope, labels) in own {
      let said = scope == Label.thisTumor ? labels : labels.filter { !named.contains($0.authority) }
      if !said.isEmpty { parts.append("\(said.map(\.who).joined(separator: ", ")) (\(scope))") }
    }
    // Labels for other tumors stand together, those of each regulator once; regulators that name the same tumors too.
    var grouped: [(who: [String], codes: [String])] = []
    for (authority, codes) in others {
      if let place = grouped.firstIndex(where: { Set($0.codes) == Set(codes) }) {
        grouped[place].who.append(authority.rawValue)
      } else {
        grouped.append(([authority.rawValue], codes))
      }
    }
    for (who, codes) in grouped {
      let names = codes.prefix(4).map(tree.groupWords).joined(separator: ", ")
      parts.append(
        "\(who.joined(separator: ", ")): \(names)" + (codes.count > 4 ? " and \(codes.count - 4) more" : ""))
    }
    let more = parts.count - 3
    let words = parts.prefix(3).joined(separator: "; ") + (more > 0 ? "; and \(more) more" : "")
    switch standing {
    case .approvedHere, .approvedOtherTumor: return words.isEmpty ? standing.words : words
    case .approvedOtherRegulator, .guideline, .investigational, .literature:
      return words.isEmpty ? standing.words : words + "; " + standing.words
    }
  }

  /// Labels for other tumors of the regulators that have none for this one; those of the others stand in the evidence.
  var foreignLabels: [Label] {
    let here = Set(labels.filter(\.isOfThisTumor).map(\.authority))
    return labels.filter { !$0.isOfThisTumor && !here.contains($0.authority) }
  }

  /// The reference shown first.
  var bestReference: String? { best.rule.bestReference }

  /// Which alterations speak for a therapy that stands for the tumor type: `also because of TP53 p.R175H`.
  func plainAlso(_ matches: SampleMatches?) -> String? {
    guard let matches, !because.isEmpty else { return nil }
    return "also because of " + because.map { matches.alterations[$0].plainName }.joined(separator: " and ")
  }

  /// What it rests on, as a physician writes it.
  func plainBecause(_ matches: SampleMatches) -> String {
    let rule = (bestFor ?? best).rule
    let words = because.map { matches.alterations[$0].plain(under: rule) }
    if !words.isEmpty { return words.joined(separator: ", ") }
    return best.isHistology ? "tumor type" : (bestFor ?? best).rule.plainAsked
  }
}

extension TherapyOption.Label {
  /// The regulator and the year: `FDA 2018`.
  fileprivate var who: String { date.isEmpty ? authority.rawValue : "\(authority.rawValue) \(date.prefix(4))" }

  /// What is said of a label that names this tumor.
  fileprivate static let thisTumor = "this tumor"

  /// For what a label that covers this tumor was given: `any solid tumor`, `this tumor`.
  fileprivate func scope(_ tree: TumorTypeTree) -> String {
    guard codes.contains("SOLID_TUMOR") || codes.contains("ANY") else { return Self.thisTumor }
    return codes.prefix(3).map(tree.groupWords).joined(separator: ", ")
  }
}

/// Cells of our tables, as a physician writes them.
enum PlainCell {
  /// Words of tables with spaces between them; a change in the nomenclature of HGVS keeps its signs.
  static func spaced(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "_")) || text.utf8.contains(UInt8(ascii: "X")) && text.contains("EXON ")
    else { return text }
    return eachWord(of: text) { word, result in
      if word.elementsEqual("EXON".utf8) { return result.append(contentsOf: "exon".utf8) }
      let bare = word.drop { $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: "[") }
      let isChange =
        bare.count > 1 && (0x61...0x7A).contains(bare[bare.startIndex])
        && bare[bare.startIndex + 1] == UInt8(ascii: ".")
      if isChange { return result.append(contentsOf: word) }
      for byte in word { result.append(byte == UInt8(ascii: "_") ? 0x20 : byte) }
    }
  }

  /// A sentence in which calls of copy number stand as in our tables, with their words.
  static func calls(_ text: String) -> String {
    // Calls are written in capitals; most sentences have no word that begins with one.
    var last: UInt8 = 0x20
    let hasName = text.utf8.contains { byte in
      defer { last = byte }
      return last == 0x20 && (0x41...0x5A).contains(byte)
    }
    guard hasName else { return text }
    return eachWord(of: text) { word, result in
      guard let first = word.first, (0x41...0x5A).contains(first),
        let call = CopyNumberCall(rawValue: String(decoding: word, as: UTF8.self))
      else { return result.append(contentsOf: word) }
      result.append(contentsOf: call.plain.utf8)
    }
  }

  /// A text whose words, between single spaces, are written anew; by bytes, since looking for the bounds of characters
  /// takes many times as long.
  private static func eachWord(of text: String, _ write: (ArraySlice<UInt8>, inout [UInt8]) -> Void) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 16)
    var start = 0
    while true {
      let end = bytes[start...].firstIndex(of: 0x20) ?? bytes.count
      write(bytes[start..<end], &result)
      if end == bytes.count { return String(decoding: result, as: UTF8.self) }
      result.append(0x20)
      start = end + 1
    }
  }

  /// `PTEN HOMDEL;TP53 p.R175H` as `PTEN homozygous deletion, TP53 p.R175H`.
  static func alterations(_ cell: String) -> String {
    guard cell.utf8.contains(UInt8(ascii: " ")) else { return cell }
    return cell.split(separator: ";").map { item in
      guard let space = item.lastIndex(of: " ") else { return String(item) }
      if item.utf8.contains(UInt8(ascii: "X")), item.contains("EXON ") { return spaced(String(item)) }
      let name = item[item.index(after: space)...]
      if let joint = name.firstRange(of: "::") {
        // The gene in front says nothing more where both partners are named.
        return joint.lowerBound == name.startIndex || joint.upperBound == name.endIndex
          ? String(item) : name + " fusion"
      }
      if name == "WT" { return item[...space] + "wild type" }
      return CopyNumberCall(rawValue: String(name)).map { item[...space] + $0.plain } ?? String(item)
    }.joined(separator: ", ")
  }
}

extension String {
  /// A word of our tables with spaces in place of underscores; by bytes, since it is asked of each cell of a page.
  var withSpaces: String {
    guard utf8.contains(UInt8(ascii: "_")) else { return self }
    return String(decoding: utf8.map { $0 == UInt8(ascii: "_") ? 0x20 : $0 }, as: UTF8.self)
  }
}
