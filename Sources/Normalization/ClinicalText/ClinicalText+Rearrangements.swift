// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

extension ClinicalText {
  /// Partners with exons written onto them, `EML4ex13-ALKex20`, as `EML4(13)-ALK(20)`.
  func exonsApart(_ text: String) -> String {
    guard text.lowercased().contains("ex") else { return text }
    return exonsInWords(text).split(separator: " ", omittingEmptySubsequences: false).map { word in
      for joint in ["::", "-", "/"] {
        guard let place = word.firstRange(of: joint),
          let first = FusionText.gluedExon(String(word[..<place.lowerBound])),
          let second = FusionText.gluedExon(String(word[place.upperBound...])),
          genes.symbol(first.name) != nil, genes.symbol(second.name) != nil
        else { continue }
        return "\(first.name)(\(first.exon.lowerBound))-\(second.name)(\(second.exon.lowerBound))"
      }
      return String(word)
    }.joined(separator: " ")
  }

  /// `PML exon 6-RARA exon 3 fusion`, `PAX8 exon 8 - PPARG exon 2 fusion` as `PML(6)-RARA(3) fusion`; the dash is neither
  /// a comma nor a sign where a word for a fusion stands behind both.
  private func exonsInWords(_ text: String) -> String {
    guard text.contains("-"), Self.wordsOfFusions.contains(where: text.lowercased().contains) else { return text }
    var words = text.split(separator: " ", omittingEmptySubsequences: false).flatMap { word -> [String] in
      let ends = word.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
      return ends.count == 2 && Int(ends[0]) != nil && genes.symbol(ends[1]) != nil
        ? [ends[0], "-", ends[1]] : [String(word)]
    }
    func isExon(_ place: Int) -> Bool {
      genes.symbol(words[place]) != nil && words[place + 1].lowercased() == "exon" && Int(words[place + 2]) != nil
    }
    var place = 0
    while place + 7 < words.count {
      if words[place + 3] == "-", isExon(place), isExon(place + 4),
        Self.wordsOfFusions.contains(words[place + 7].lowercased().filter(\.isLetter))
      {
        let joined = "\(words[place])(\(words[place + 2]))-\(words[place + 4])(\(words[place + 6]))"
        words.replaceSubrange(place..<(place + 7), with: [joined])
      }
      place += 1
    }
    return words.joined(separator: " ")
  }

  /// `BCR;ABL1 fusion`, as some callers join the partners, with the usual sign between them.
  func partnersJoined(_ text: String) -> String {
    guard text.contains(";") else { return text }
    var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    for place in words.indices.dropLast() where Self.wordsOfFusions.contains(words[place + 1].lowercased()) {
      let partners = words[place].split(separator: ";", omittingEmptySubsequences: false).map(String.init)
      guard partners.count == 2,
        let fusion = fusions.fusion(named: partners.joined(separator: "::"), frame: .unknown), isKnownPair(fusion)
      else { continue }
      words[place] = partners.joined(separator: "::")
    }
    return words.joined(separator: " ")
  }

  static let wordsOfFusions: Set<String> = ["fusion", "fusions", "rearrangement", "rearranged", "translocation"]

  /// Fusions, translocations and rearrangements of one gene.
  func rearrangement(_ phrase: FindingPhrase) -> [Alteration]? {
    let speaksOfFusion = phrase.hasAny(
      "fusion", "rearrangement", "rearranged", "translocation", "fused", "fusion-positive", "fusions", "rearrangements",
      "translocations")
    if phrase.has("negative") { return nil }
    if speaksOfFusion, let (some, all) = phrase.count, phrase.words.count > 0 {
      if some == 0 {
        return leadingGenes(phrase)?.genes.map {
          Alteration(gene: $0, event: .absent(.fusion(orientation.single($0))), asWritten: phrase.text)
        }
      }
      // Few cells lie below what tests by FISH call positive.
      if some * 5 < all, !phrase.hasAny("positive", "pos") { return nil }
    }
    let frame = RearrangementWords([phrase.text]).frame
    // `EML4 exon 13 - ALK exon 20` names the partners in several words.
    if let whole = fusions.fusion(named: phrase.text, frame: frame), whole.fivePrime.exon != nil,
      whole.threePrime.exon != nil, whole.fivePrimeGene != whole.threePrimeGene
    {
      return [alteration(of: whole, phrase)]
    }
    for word in phrase.words where word.count >= 5 && word.contains(where: { "-:/_;|~>\u{2013}\u{2192}".contains($0) })
    {
      let tail = word.split(whereSeparator: { "-_/".contains($0) }).last.map { $0.lowercased() } ?? ""
      if !word.contains("::"), Self.plainWords.contains(tail) { continue }
      if let fusion = fusions.fusion(named: word, frame: frame) {
        // A gene with itself is no fusion.
        if fusion.fivePrimeGene == fusion.threePrimeGene { return nil }
        // `EGFR/ALK` lists genes, `EML4/ALK` names the partners of a fusion.
        if word.contains("/"), !speaksOfFusion, phrase.words.count > 1 || !isKnownPair(fusion) { continue }
        var found = [alteration(of: fusion, phrase)]
        found += changes(of: orientation.gene(of: orientation.annotated(fusion).fusion), in: phrase, behind: word)
        return found
      }
    }
    guard speaksOfFusion || phrase.lowered.hasPrefix("t(") else { return nil }
    let symbols = phrase.words.filter { !Self.plainWords.contains($0.lowercased()) }.compactMap { genes.symbol($0) }
    if symbols.count == 2, symbols[0] == symbols[1] { return nil }
    if symbols.count >= 2,
      let fusion = fusions.fusion(fivePrime: symbols[0], threePrime: symbols[1], isOrdered: false, frame: frame)
    {
      return [alteration(of: fusion, phrase)]
    }
    if let found = leadingGenes(phrase), found.genes.count > 1, let name = familyName(phrase) {
      return found.genes.map { gene in
        Alteration(
          gene: gene, event: .fusion(orientation.single(gene)), asWritten: phrase.text,
          cautions: [.partnerUnknown, .familyStated(name)])
      }
    }
    guard let gene = symbols.first ?? leadingGenes(phrase)?.genes.first else { return nil }
    // `BCR-ABL1 T315I` names a fusion and a change of its kinase.
    return [
      Alteration(
        gene: gene, event: .fusion(orientation.single(gene)), asWritten: phrase.text, cautions: [.partnerUnknown])
    ]
  }

  /// Changes of a gene behind the name of its fusion: `BCR-ABL1 E255K/T315I` has two.
  private func changes(of gene: String, in phrase: FindingPhrase, behind name: String) -> [Alteration] {
    phrase.words.drop { $0 != name }.dropFirst().flatMap { $0.split(separator: "/").map(String.init) }
      .filter { ProteinChange($0) != nil && genes.symbol($0) == nil }
      .map { word in
        let change = sequences.normalize(gene: gene, protein: word, coding: "")
        return Alteration(
          gene: gene, event: .sequence(change.change), asWritten: phrase.text, cautions: change.cautions)
      }
  }

  /// Whether two genes are the partners of a fusion that has a name of its own, or one of them is looked at for
  /// rearrangements and the other is no gene of cancer by itself.
  private func isKnownPair(_ fusion: Fusion) -> Bool {
    let (five, three) = (fusion.fivePrimeGene, fusion.threePrimeGene)
    if isNamedPair(five, three) || hasOneFusionRole(five, three) { return true }
    let roles = reference.roles
    return [(five, three), (three, five)].contains { gene, other in
      if roles[gene]?.isOncogene == true, roles[other] == nil, sequences.residues.genes.gene(gene) != nil {
        return true
      }
      return facts.fusionRoles.isTestOfRearrangement(gene) && roles[other] == nil
        && !facts.fusionRoles.isTestOfRearrangement(other) && !facts.phrases.polarityMeansMutation(other)
    }
  }

  /// Whether one of two genes is one whose fusions are looked for, and the other is none of cancer by itself: of two such
  /// genes a list is meant.
  func hasOneFusionRole(_ five: String, _ three: String) -> Bool {
    let others = [five, three].filter { facts.fusionRoles.role(of: $0) == nil }
    guard others.count == 1, let other = others.first else { return false }
    return reference.roles[other] == nil && facts.biomarkers.ofGene(other) == nil && !facts.phrases.meansMutation(other)
      && !facts.phrases.polarityMeansMutation(other)
  }

  /// Whether the fusion of two genes has a name of its own.
  func isNamedPair(_ five: String, _ three: String) -> Bool {
    rearrangements.contains { $0.genes == "\(five)::\(three)" || $0.genes == "\(three)::\(five)" }
  }

  /// Words that are names of genes too, and never meant as such here.
  static let plainWords: Set<String> = [
    "not", "no", "fish", "mut", "mutation", "mutant", "wt", "v7", "positive", "negative", "detected", "fusion", "for",
    "was", "is", "the", "of", "a", "reciprocal", "only", "and", "or", "with", "by", "on", "in", "amp", "amplified",
    "del", "deleted", "loss", "low",
    "high", "rearranged", "rearrangement", "large", "rest", "cell", "impact", "set", "mice", "damage", "gain", "itd",
    "tkd", "ptd", "rna", "dna", "pcr", "ngs", "partner", "unknown", "frame", "out", "inframe", "transcript", "done",
    "at", "to", "as", "are", "were", "has", "be", "all", "both", "any", "other", "dup", "ins", "na", "tbd", "qns",
  ]

  private func alteration(of fusion: Fusion, _ phrase: FindingPhrase) -> Alteration {
    let oriented = orientation.annotated(fusion)
    var cautions = oriented.cautions
    if oriented.fusion.frame == .outOfFrame, !cautions.contains(.possibleFusion) { cautions.append(.possibleFusion) }
    return Alteration(
      gene: orientation.gene(of: oriented.fusion), event: .fusion(oriented.fusion), asWritten: phrase.text,
      cautions: cautions)
  }
}
