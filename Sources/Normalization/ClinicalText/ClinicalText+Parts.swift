// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// One finding's words with what stands around them.
struct FindingPart {
  /// The finding without the words that deny it.
  var text: String
  /// Whether the finding is stated to be absent.
  var isDenied = false
  /// The words as written.
  let written: String
}

extension ClinicalText {
  /// `estrogen receptor positive`, `cyclin D1 amplification`: a name of several words as the short one of the same stain,
  /// or as the symbol.
  private func oneName(_ piece: String) -> String {
    let words = piece.split(separator: " ").map(String.init)
    guard words.count > 2, words[0].allSatisfy({ $0.isLetter || $0.isNumber }) else { return piece }
    for count in (2...4).reversed() where count < words.count {
      let symbol: String
      switch genes.normalize(words[..<count].joined(separator: " ")) {
      case .gene(let found), .protein(let found): symbol = found
      case .family, .ambiguous, .dateLike, .unknown: continue
      }
      return ([facts.biomarkers.ofGene(symbol)?.name ?? symbol] + words[count...]).joined(separator: " ")
    }
    return piece
  }

  /// `HER2 FISH ratio 2.3, 4.8 copies`: what a hybridization counted belongs together.
  private func countsJoined(_ pieces: [String]) -> [String] {
    guard pieces.count > 1 else { return pieces }
    return pieces.reduce(into: []) { joined, piece in
      guard let before = joined.last, goesOnCounting(FindingPhrase(piece), behind: FindingPhrase(before)) else {
        return joined.append(piece)
      }
      joined[joined.count - 1] = before + " " + piece
    }
  }

  private func goesOnCounting(_ phrase: FindingPhrase, behind before: FindingPhrase) -> Bool {
    guard phrase.hasAny("ratio", "copies", "copy number", "signals"), phrase.lowered.contains(where: \.isNumber),
      isHybridized(before) || HybridizationCount.isOfCentromere(before), let first = before.words.first
    else { return false }
    let gene = first.split(separator: "/").first.flatMap { genes.symbol(String($0)) }
    return phrase.words.allSatisfy { word in
      let named = word.split(separator: "/").first.flatMap { genes.symbol(String($0)) }
      return named == nil || named == gene
    }
  }

  /// The findings of a text: parts between commas and `and`, denials taken off, and genes that share what follows them
  /// (`MDM2 and CDK4 amplified`, `no ALK, ROS1 or RET fusion`) completed.
  func findings(_ text: String) -> [FindingPart] {
    let listed = countsJoined(carried(Self.split(text)).flatMap { apart(spelledSigns(oneName($0))) })
      .map { spelledSigns($0) }
    let pieces = joinedProteins(listed).flatMap { outsideBrackets($0) }.flatMap { piece in expand(piece) }
    var parts: [FindingPart] = []
    for piece in pieces {
      let (bare, isDenied) = withoutDenial(piece)
      // `FLT3-TKD negative`: the name stands for a finding by itself.
      let named = isDenied ? facts.phrases.findings(Self.key(bare)) : nil
      parts.append(FindingPart(text: named?.count == 1 ? named?[0] ?? bare : bare, isDenied: isDenied, written: piece))
    }
    // A gene alone takes the words of the next finding of a gene.
    for index in parts.indices.reversed() where index + 1 < parts.count {
      let words = FindingPhrase(parts[index].text).words
      guard words.count == 1, let word = words.first, isGeneName(word), !isWhole(parts[index].written),
        !endsByItself(parts[index].written, in: text)
      else { continue }
      let next = FindingPhrase(parts[index + 1].text)
      guard let first = next.words.first, isGeneName(first), next.words.count > 1 else { continue }
      parts[index].text = word + " " + next.words.dropFirst().joined(separator: " ")
      if parts[index].isDenied { parts[index + 1].isDenied = true }
      if parts[index + 1].isDenied { parts[index].isDenied = true }
    }
    return parts
  }

  /// Whether a gene alone has a sign or a result of its own, or a clause ends with it: what follows is not said of it.
  private func endsByItself(_ written: String, in text: String) -> Bool {
    let last = written.split(separator: " ").last.map(String.init) ?? written
    if "+-".contains(last.last ?? " ") || MeasurementNormalizer.polarity(last.filter { !"():".contains($0) }) != nil {
      return true
    }
    return [";", " ;", "\n"].contains { text.contains(written + $0) }
  }

  /// `loss of MLH1 and PMS2 by IHC` is one finding: parts that go on with another of the repair proteins are joined.
  private func joinedProteins(_ pieces: [String]) -> [String] {
    let proteins = facts.biomarkers.first(.repair).genes.map { $0.lowercased() }
    func names(_ piece: String) -> Bool {
      let phrase = FindingPhrase(piece)
      return proteins.contains(where: phrase.has)
        && !phrase.words.contains { ProteinChange($0) != nil || $0.hasPrefix("c.") }
        && !phrase.lowered.contains("methylat")
    }
    var joined: [String] = []
    for piece in pieces {
      if let last = joined.last, names(last), names(piece),
        FindingPhrase("\(last) \(piece)").hasAny(
          "loss", "lost", "retained", "intact", "absent", "preserved", "negative", "positive"),
        !FindingPhrase("\(last) \(piece)").hasAny("mutation", "deletion", "variant", "frameshift")
      {
        joined[joined.count - 1] = "\(last) and \(piece)"
      } else {
        joined.append(piece)
      }
    }
    return joined
  }

  /// What brackets deny or doubt, as a finding of its own: `MET amplification (no exon 14 alteration)`,
  /// `BRAF V600E (not detected)`.
  func outsideBrackets(_ piece: String) -> [String] {
    guard let open = piece.firstIndex(of: "("), let close = piece[open...].firstIndex(of: ")") else { return [piece] }
    let inner = String(piece[piece.index(after: open)..<close]).trimmingWhiteSpace
    let outer = (String(piece[..<open]).trimmingWhiteSpace + String(piece[piece.index(after: close)...]))
      .trimmingWhiteSpace
    let phrase = FindingPhrase(inner)
    if ["-", "neg", "negative"].contains(phrase.lowered) { return [outer + " negative"] }
    // `EGFR L858R (acquired T790M)`: a change beside the one before the bracket.
    let added = phrase.words.drop { $0 == "+" || $0.lowercased() == "with" || Self.courses.contains($0.lowercased()) }
    if added.count < phrase.words.count, let first = added.first, ProteinChange(first) != nil, isWhole(outer) {
      return [outer, added.joined(separator: " ")]
    }
    let isDoubt = Certainty.doubt(phrase) != nil
    // `BRAF V600E (wild type KRAS)`: what is unchanged is the gene in the bracket.
    if phrase.hasAny("wt", "wild-type", "wild type", "wildtype", "unmutated"), phrase.words.contains(where: namesGene),
      !outer.isEmpty
    {
      return [outer, inner]
    }
    guard isDoubt || Negation.isDenied(inner) else { return [piece] }
    let bare = Negation.strip(inner).text.trimmingWhiteSpace
    // `EGFR L858R (T790M not tested)`, `ALK IHC positive (FISH pending)`: the doubt is of another change or test.
    if isDoubt, isWhole(outer), let gene = leadingGenes(FindingPhrase(outer))?.genes.first,
      let other = phrase.words.first, Self.secondTests.contains(other.lowercased()) || isChange(other),
      !FindingPhrase(outer).words.contains(where: { $0.lowercased() == other.lowercased() })
    {
      return [outer, "\(gene) \(inner)"]
    }
    // Nothing but the denial, or the doubt: it is of what stands before the bracket.
    if bare.isEmpty || Negation.isBare(inner) || isDoubt && !phrase.words.contains(where: namesGene) {
      return ["\(outer) \(inner)"]
    }
    if FindingPhrase(bare).words.contains(where: namesGene) { return [outer, inner] }
    guard let gene = leadingGenes(FindingPhrase(outer))?.genes.first else { return [piece] }
    return [outer, "no \(gene) \(bare)"]
  }

  private static let secondTests: Set<String> = ["fish", "ish", "ihc", "cps", "tps", "cish", "sish"]

  private static func key(_ text: String) -> String {
    FindingPhrase(text).lowered.filter { $0.isLetter || $0.isNumber }
  }

  /// Whether a text is a name of findings: `FLT3-TKD`.
  func namesFindings(_ text: String) -> Bool { facts.phrases.findings(Self.key(text)) != nil }

  /// The finding without the words that deny it, and whether there were such words.
  func withoutDenial(_ piece: String) -> (text: String, isDenied: Bool) {
    Negation.strip(piece) { word in
      facts.namedChanges.gene(joinedIn: word.lowercased().filter { $0.isLetter || $0.isNumber }) != nil
        || namesPartners(word)
    }
  }

  /// Whether a word is two genes that are joined: `BCR-ABL1`.
  func namesPartners(_ word: String) -> Bool {
    guard word.contains("-"), word.count > 6, genes.symbol(word) == nil else { return false }
    let parts = word.split(separator: "-").map(String.init)
    return parts.count == 2 && parts.allSatisfy { $0.count > 2 && genes.symbol($0) != nil }
  }

  private func namesGene(_ word: String) -> Bool { isGeneName(word) && !Self.plainWords.contains(word.lowercased()) }

  func isGeneName(_ word: String) -> Bool {
    switch genes.normalize(word) {
    case .gene, .protein: true
    case .family(let name): facts.phrases.family(name) != nil
    default: false
    }
  }

  /// Findings that are written as one word or joined without a comma.
  func expand(_ piece: String) -> [String] {
    let phrase = FindingPhrase(piece)
    let key = phrase.lowered.filter { $0.isLetter || $0.isNumber }
    if let findings = facts.phrases.findings(key) { return findings }
    // Words around such a name: `germline BRCA1 185delAG mutation`.
    let around: Set<String> = [
      "germline", "somatic", "mutation", "positive", "detected", "present", "carrier", "mutated",
    ]
    let core = phrase.words.filter { !around.contains($0.lowercased()) }
    if core.count < phrase.words.count {
      let coreKey = core.joined().lowercased().filter { $0.isLetter || $0.isNumber }
      if let findings = facts.phrases.findings(coreKey) {
        let origin = phrase.has("germline") ? " germline" : phrase.has("somatic") ? " somatic" : ""
        return findings.map { $0 + origin }
      }
    }
    // `HR+/HER2-`, `ER+/PR+/HER2-`.
    if let first = phrase.words.first, first.contains("/"), first.contains("+") || first.contains("-") {
      let items = first.split(separator: "/").map(String.init)
      let isReceptor = items.allSatisfy { facts.phrases.isReceptor(GeneNameKey.plain($0.filter { $0 != "+" })) }
      if isReceptor, items.count > 1, items.allSatisfy({ $0.last == "+" || $0.last == "-" }) {
        return items.map { $0.dropLast() + ($0.last == "+" ? " positive" : " negative") }
      }
    }
    if let items = verdictOnAll(phrase) ?? changeAndCopies(phrase) { return items }
    if phrase.has("or") || phrase.has("nor") {
      if let items = deniedItems(piece) { return items.map { unglued(glued($0)) } }
      let isDenied = Negation.strip(piece).isDenied
      if isDenied {
        var items: [String] = []
        var current: [String] = []
        for word in piece.split(whereSeparator: \.isWhitespace) {
          if ["or", "nor"].contains(word.lowercased()) {
            items.append(current.joined(separator: " "))
            current = []
          } else {
            current.append(String(word))
          }
        }
        items.append(current.joined(separator: " "))
        let (bare, _) = Negation.strip(items[0])
        if items.count > 1, isGeneName(bare) { return items.filter { !$0.isEmpty } }
      }
    }
    return [unglued(glued(piece))]
  }

  /// `EGFR/ALK/ROS1 negative`, `NTRK negative`: one verdict of several genes, where it is of none of their mutations.
  private func verdictOnAll(_ phrase: FindingPhrase) -> [String]? {
    guard phrase.words.count == 2, let first = phrase.words.first, let verdict = phrase.words.last?.lowercased(),
      ["negative", "neg"].contains(verdict), first.contains("/") || family(named: first) != nil,
      let found = leadingGenes(phrase), found.genes.count > 1, found.rest.count == 1,
      !found.genes.allSatisfy(facts.phrases.polarityMeansMutation),
      !found.genes.contains(where: isRepairGene), found.genes.contains(where: facts.fusionRoles.isTestOfRearrangement)
    else { return nil }
    return found.genes.map { gene in
      facts.fusionRoles.isTestOfRearrangement(gene) ? "\(gene) fusion negative" : "\(gene) mutation negative"
    }
  }

  private func isRepairGene(_ gene: String) -> Bool { facts.biomarkers.first(.repair).genes.contains(gene) }

  /// `KRAS G12C amplification`: a change and an amplification of one gene are two findings.
  private func changeAndCopies(_ phrase: FindingPhrase) -> [String]? {
    guard phrase.words.count == 3, let word = phrase.words.last?.lowercased(),
      ["amplification", "amplified", "amp"].contains(word), genes.symbol(phrase.words[0]) != nil,
      let change = ProteinChange(phrase.words[1]), change.consequence == .substitution
    else { return nil }
    return ["\(phrase.words[0]) \(phrase.words[1])", "\(phrase.words[0]) amplification"]
  }

  /// `BRAFV600E` and `EGFR-L858R` as gene and change.
  func glued(_ piece: String) -> String {
    var words = piece.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
    guard let place = words.firstIndex(where: { $0.contains(where: \.isNumber) && $0.count >= 6 }) else { return piece }
    let word = words[place]
    if place <= 1, let parts = geneAndChange(word) {
      words[place] = parts
      return words.joined(separator: " ")
    }
    let bare = word.hasSuffix(":") ? String(word.dropLast()) : word
    guard place <= 1, genes.symbol(bare) == nil, ProteinChange(word) == nil else { return piece }
    for cut in word.indices.reversed() where cut != word.startIndex {
      let gene = String(word[..<cut]).trimmingJoint
      let change = String(word[cut...]).trimmingJoint
      guard change.count >= 3, gene.count >= 2, change.first?.isLetter == true, change.last?.isLetter == true,
        change.contains(where: \.isNumber), genes.symbol(gene) != nil,
        let parsed = ProteinChange(change), parsed.consequence == .substitution
      else { continue }
      words[place] = gene + " " + change
      return words.joined(separator: " ")
    }
    return piece
  }

  /// A gene and its change with a colon or an equals sign between them, which would be read as a transcript's name.
  private func geneAndChange(_ word: String) -> String? {
    guard let cut = word.firstIndex(where: { ":=".contains($0) }), genes.symbol(String(word[..<cut])) != nil else {
      return nil
    }
    let change = word[word.index(after: cut)...]
    guard change.contains(where: \.isNumber), ProteinChange(String(change)) != nil || change.hasPrefix("c.") else {
      return nil
    }
    return word[..<cut] + " " + change
  }

  /// Words that speak of the finding before them: `germline`, `VAF 4%`, `out-of-frame`, `copy number 9`.
  func isQualifier(_ phrase: FindingPhrase) -> Bool {
    guard let first = phrase.words.first, !isGeneName(first) || Self.qualifiers.contains(first.lowercased()) else {
      return false
    }
    if phrase.alleleFraction != nil || phrase.cellFraction != nil { return true }
    if phrase.words.allSatisfy({ Self.qualifiers.contains($0.lowercased()) }) { return true }
    return phrase.lowered.hasPrefix("copy number ") || phrase.lowered.hasPrefix("cn ")
  }

  private static let qualifiers: Set<String> = [
    "germline", "somatic", "pathogenic", "likely", "benign", "vus", "out-of-frame", "in-frame", "out", "of", "in",
    "frame", "uncertain", "significance", "variant", "clonal", "subclonal", "heterozygous", "homozygous", "origin",
    "confirmed", "oncogenic", "reciprocal", "only", "class", "tier", "i", "ii", "iii", "iv", "1", "2", "3", "4", "5",
  ]
}

extension String {
  /// Without a joint at its ends: `EGFR-` is `EGFR`.
  fileprivate var trimmingJoint: String {
    var view = self[...]
    while let last = view.last, "-_:".contains(last) { view = view.dropLast() }
    while let first = view.first, "-_:".contains(first) { view = view.dropFirst() }
    return String(view)
  }
}
