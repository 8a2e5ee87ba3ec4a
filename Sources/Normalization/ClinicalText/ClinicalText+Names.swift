// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

extension ClinicalText {
  /// Findings with names of their own: viruses, promoter methylation, chromosome arms, well-known translocations.
  func specialNames(_ phrase: FindingPhrase) -> [Alteration]? {
    guard let first = phrase.words.first else { return nil }
    func measured(_ name: String, _ word: String) -> [Alteration] {
      [Alteration(gene: name, event: .measurement(Measurement(name: name, word: word)), asWritten: phrase.text)]
    }
    let key = GeneNameKey.plain(first)
    if let virus = facts.biomarkers.written(key), virus.reading == .virus,
      let word = phrase.words.lazy.compactMap({ MeasurementNormalizer.polarity($0) }).first
    {
      return measured(virus.name, word == "present" ? "positive" : word)
    }
    let types = tissueTypes(phrase.words[...])
    if !types.isEmpty { return types.flatMap { measured($0.name, $0.word) } }
    if let cells = facts.biomarkers.written(first.uppercased()), cells.reading == .cells,
      let word = phrase.words.lazy.compactMap({ MeasurementNormalizer.polarity($0) }).first
    {
      return measured(cells.name, word)
    }
    if phrase.hasAny("methylated", "methylation", "hypermethylated", "hypermethylation", "unmethylated"),
      let gene = genes.symbol(first)
    {
      let isNot = phrase.hasAny("unmethylated", "negative", "neg", "absent", "not", "no")
      return measured("\(gene) promoter", isNot ? "unmethylated" : "methylated")
    }
    if phrase.lowered.hasPrefix("1p/19q") || phrase.lowered.hasPrefix("1p19q") {
      guard let word = Self.armStatus(phrase) else { return nil }
      return measured("1p/19q", word)
    }
    let isBreakApart = phrase.hasAny("break-apart", "break", "breakapart", "split") || phrase.has("fish")
    if let gene = genes.symbol(first), facts.fusionRoles.isTestOfRearrangement(gene),
      !phrase.hasAny("ihc", "amp", "amplified", "amplification", "gain", "loss"),
      phrase.words.count <= 3 || isBreakApart, !phrase.words.dropFirst().contains(where: isChange),
      !phrase.hasAny("fusion", "rearrangement", "rearranged", "translocation")
    {
      let fusion = Alteration.Event.fusion(orientation.single(gene))
      if phrase.hasAny("negative", "neg") || phrase.count?.some == 0 {
        return [Alteration(gene: gene, event: .absent(fusion), asWritten: phrase.text)]
      }
      if phrase.hasAny("positive", "pos"), isBreakApart || phrase.words.count == 2 {
        return [Alteration(gene: gene, event: fusion, asWritten: phrase.text, cautions: [.partnerUnknown])]
      }
    }
    return namedRearrangement(phrase)
  }

  /// Whether both arms are lost; `nil` where the words do not tell.
  private static func armStatus(_ phrase: FindingPhrase) -> String? {
    let isLost = phrase.hasAny(
      "codeleted", "codeletion", "co-deleted", "co-deletion", "codel", "co-del", "deletion", "deleted", "loss", "lost",
      "loh", "positive")
    if phrase.hasAny("no", "not", "non", "without", "absent", "negative", "intact", "retained", "non-codeleted") {
      return "intact"
    }
    return isLost ? "codeleted" : nil
  }

  /// `HLA-A*02:01`, `HLA A*02:01:01 positive`, `HLA-A 02:01`, `A*02:01`: an allele that is named alone is carried.
  ///
  /// `HLA type A*02:01/A*24:02`: of both alleles those that rules name.
  private func tissueTypes(_ words: ArraySlice<String>) -> [(name: String, word: String)] {
    guard let first = words.first else { return [] }
    if first.uppercased().hasPrefix("HLA"), !first.contains("*"), words.contains(where: { $0.contains("*") }) {
      let labels: Set<String> = ["type", "typing", "genotype", "allele", "alleles"]
      return tissueTypes(words.dropFirst().drop { labels.contains($0.lowercased()) })
    }
    let alleles = first.split(separator: "/").map(String.init)
    return alleles.compactMap { tissueType([$0] + words.dropFirst()) }
  }

  private func tissueType(_ words: [String]) -> (name: String, word: String)? {
    guard let first = words.first else { return nil }
    let isBare = first.count > 3 && first.first?.isUppercase == true && first.dropFirst().first == "*"
    guard isBare || first.uppercased().hasPrefix("HLA") else { return nil }
    let rest = words.dropFirst()
    // The name may be written in two words, and with more fields than a rule names.
    let isSplit =
      first.count == 3 || !first.contains(where: \.isNumber) && rest.first?.first?.isNumber == true
    let name = (isBare ? "HLA" : "") + (isSplit ? first + (rest.first ?? "") : first)
    let key = name.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    guard let type = facts.biomarkers.all(.type).first(where: { $0.writtenAs.contains(where: key.hasPrefix) }) else {
      return nil
    }
    let said = rest.dropFirst(isSplit ? 1 : 0).lazy.compactMap { MeasurementNormalizer.polarity($0) }.first
    return (type.name, ["negative", "absent", "loss"].contains(said) ? "negative" : "positive")
  }

  /// A rearrangement by a name of its own.
  struct Rearrangement: Sendable {
    /// In lower case.
    let name: String
    /// `GENE5::GENE3`, or the gene.
    let genes: String
    /// Whether the name holds only where the bands are stated.
    let asksBands: Bool
    /// Whether it is one of a karyotype.
    let isOfKaryotype: Bool
    /// What it is there; `nil` for other names.
    var karyotype: KaryotypeChange? { isOfKaryotype ? KaryotypeChange.all(in: name).first : nil }
    /// Whether it is that of a gene that many partners are joined to: `11q23 translocation`.
    let isOfBand: Bool
    /// Where that gene lies; `nil` for other names.
    var place: KaryotypeChange.Place? {
      isOfBand ? KaryotypeChange.Place(name.prefix { $0 != " " }) : nil
    }

    init(_ name: String, _ meaning: ReferenceTables.NamedRearrangement) {
      (self.name, genes, asksBands) = (name, meaning.genes, meaning.asksBands)
      isOfKaryotype = name.hasPrefix("t(") || name.hasPrefix("inv(")
      isOfBand = name.utf8.first.map { $0 < 0x3A } ?? false && name.hasSuffix(" translocation")
    }
  }

  /// `t(9;22)(q34;q11)`, `Philadelphia chromosome`, `11q23 rearrangement`.
  private func namedRearrangement(_ phrase: FindingPhrase) -> [Alteration]? {
    let words = phrase.words.filter { genes.symbol($0) != nil && $0.count > 2 && $0.contains(where: \.isUppercase) }
    if phrase.words.contains(where: { $0.contains("::") }) || words.count >= 2 { return nil }
    let stated = KaryotypeChange.all(in: phrase.lowered)
    if let change = stated.first {
      let known = rearrangements.filter { !$0.asksBands || !change.bands.isEmpty }.compactMap { known in
        known.karyotype.flatMap { change.distance(to: $0, upTo: known.asksBands ? 1 : 2) }.map {
          (known: known, distance: $0)
        }
      }
      let best = known.min { $0.distance < $1.distance }
      // A gene that is broken at its very band is what a translocation of other partners says.
      let gene = rearrangements.first { $0.place.map(change.breaks(at:)) ?? false }
      // What the bands make another rearrangement than those of the tables is none of them.
      guard let named = best.flatMap({ $0.distance < 2 || gene == nil ? $0.known : nil }) ?? gene else { return nil }
      return [rearrangement(named, isAbsent: phrase.hasAny("negative", "neg", "absent"), phrase)]
    }
    for named in rearrangements where !named.isOfKaryotype {
      // A name stands by itself: `lymph+` is not `Ph+`.
      let isStated = phrase.has(named.name)
      guard isStated || Self.denials(of: named.name).contains(where: { Self.holds($0, phrase) }) else { continue }
      let isAbsent = !isStated || phrase.hasAny("negative", "neg", "absent")
      return [rearrangement(named, isAbsent: isAbsent, phrase)]
    }
    return nil
  }

  private func rearrangement(_ named: Rearrangement, isAbsent: Bool, _ phrase: FindingPhrase) -> Alteration {
    let parts = named.genes.split(separator: ":", omittingEmptySubsequences: true).map(String.init)
    let five = parts.count == 2 ? parts[0] : ""
    let three = parts.count == 2 ? parts[1] : parts.first ?? ""
    let fusion =
      five.isEmpty ? orientation.single(three) : Fusion(fivePrimeGene: five, threePrimeGene: three, isOrdered: true)
    let gene = orientation.gene(of: fusion)
    if isAbsent { return Alteration(gene: gene, event: .absent(.fusion(fusion)), asWritten: phrase.text) }
    return Alteration(
      gene: gene, event: .fusion(fusion), asWritten: phrase.text, cautions: five.isEmpty ? [.partnerUnknown] : [])
  }

  /// How the absence of a rearrangement is written whose name says its presence: `Ph-`, `Ph negative` for `Ph+`.
  private static func denials(of name: String) -> [String] {
    if name.hasSuffix("+") { return [name.dropLast() + "-"] }
    guard name.hasSuffix("positive") else { return [] }
    return [name.dropLast("positive".count) + "negative"]
  }

  /// Whether a phrase holds a name as a word; behind a hyphen at its end no letter goes on, as in `Ph-like`.
  private static func holds(_ name: String, _ phrase: FindingPhrase) -> Bool {
    name.hasSuffix("-") ? phrase.words.contains { $0.lowercased() == name } : phrase.has(name)
  }
}
