// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

extension ClinicalText {
  /// Scores and stains.
  func measurements(_ phrase: FindingPhrase) -> [Alteration]? {
    let found = genomeWide(phrase) ?? share(phrase) ?? graded(phrase) ?? receptors(phrase) ?? protein(phrase)
    return found?.map { Alteration(gene: $0.name, event: .measurement($0), asWritten: phrase.text) }
  }

  private func name(_ reading: Biomarker.Reading) -> String { facts.biomarkers.first(reading).nameOfResults }

  private func genomeWide(_ phrase: FindingPhrase) -> [Measurement]? {
    if phrase.hasAny(
      "tmb", "tumor mutational burden", "tumour mutational burden", "mutational burden", "tmb-h", "tmb-high")
    {
      if let value = phrase.value(after: "tmb", "burden") {
        return [Measurement(name: name(.burden), number: value.number, bound: value.bound)]
      }
      if isDenial(phrase) { return nil }
      if phrase.hasAny("high", "tmb-h", "tmb h") { return [Measurement(name: name(.burden), word: "high")] }
      return phrase.hasAny("low", "tmb-l") ? [Measurement(name: name(.burden), word: "low")] : nil
    }
    if phrase.hasAny("mismatch repair", "dmmr", "pmmr", "mmr", "mmrd", "mmr-d", "mmrp") {
      return mismatchRepair(phrase)
    }
    if let lost = lostRepairProteins(phrase) { return lost }
    if phrase.hasAny("msi", "mss", "msi-h", "msi-high", "microsatellite", "msih") {
      if phrase.hasAny("msi-l", "msi low", "msi-low") { return [Measurement(name: name(.instability), word: "low")] }
      if phrase.hasAny("mss", "stable") && !phrase.hasAny("unstable", "instable") {
        return [Measurement(name: name(.instability), word: "stable")]
      }
      if isDenial(phrase) || phrase.has("negative") { return [Measurement(name: name(.instability), word: "not high")] }
      if phrase.hasAny("msi-h", "msih", "high", "unstable", "instable", "positive", "instability") {
        return [Measurement(name: name(.instability), word: "high")]
      }
      return nil
    }
    if phrase.hasAny("hrd", "homologous recombination", "hr-deficient", "hr deficient", "hrd+", "hrd-positive") {
      if phrase.hasAny("negative", "proficient", "hrp") || isDenial(phrase) {
        return [Measurement(name: name(.deficiency), word: "negative")]
      }
      if phrase.hasAny("positive", "deficient", "deficiency", "high", "hrd+", "hr-deficient") {
        return [Measurement(name: name(.deficiency), word: "positive")]
      }
      return phrase.value(after: "hrd", "score")
        .map { [Measurement(name: name(.deficiency), scale: "score", number: $0.number, bound: $0.bound)] }
    }
    if phrase.words.first?.uppercased() == "GIS", let value = phrase.value(after: "gis") {
      return [Measurement(name: name(.deficiency), scale: "score", number: value.number, bound: value.bound)]
    }
    if phrase.hasAny("tls", "tertiary lymphoid") {
      return [
        Measurement(name: name(.structures), word: phrase.hasAny("absent", "negative", "no") ? "absent" : "present")
      ]
    }
    return nil
  }

  private func mismatchRepair(_ phrase: FindingPhrase) -> [Measurement]? {
    if phrase.hasAny("pmmr", "mmrp", "proficient", "intact", "retained") {
      return [Measurement(name: name(.repair), word: "proficient")]
    }
    if phrase.hasAny("dmmr", "mmrd", "mmr-d", "deficient", "deficiency", "loss", "lost") {
      let isDenied = isDenial(phrase) || phrase.has("negative")
      return [Measurement(name: name(.repair), word: isDenied ? "proficient" : "deficient")]
    }
    return nil
  }

  /// Whether what a phrase names is said not to be there: `MMR deficiency absent`.
  ///
  /// Of a stain the same word says that the protein is lost.
  private func isDenial(_ phrase: FindingPhrase) -> Bool {
    phrase.hasAny("absent", "absence", "none", "not detected", "not found", "not identified")
  }

  /// `MSH2/MSH6 loss on IHC`.
  private func lostRepairProteins(_ phrase: FindingPhrase) -> [Measurement]? {
    let named = facts.biomarkers.first(.repair).genes.filter { phrase.has($0.lowercased()) }
    // Two of the proteins are lost together; of one alone the text must say that it is a stain.
    guard
      !named.isEmpty && phrase.hasAny("ihc", "immunohistochemistry", "staining", "expression", "protein", "proteins")
        || named.count > 1 && phrase.hasAny("loss", "lost", "retained", "intact")
    else { return nil }
    if phrase.hasAny("loss", "lost", "absent", "negative") {
      return [Measurement(name: name(.repair), word: "deficient")]
    }
    return phrase.hasAny("intact", "retained", "positive")
      ? [Measurement(name: name(.repair), word: "proficient")] : nil
  }

  /// Scales of stains that are read as a share.
  private static let shareScales = ["tps", "cps", "tap", "tc", "ic"]

  /// `PD-L1 TPS 60 %`.
  private func share(_ written: FindingPhrase) -> [Measurement]? {
    let phrase = withoutClones(written)
    let stain = facts.biomarkers.first(.share)
    guard (stain.textNames + stain.textPhrases).contains(where: phrase.has),
      !phrase.hasAny("amplification", "amp", "amplified")
    else { return nil }
    for scale in Self.shareScales {
      if let value = phrase.value(after: scale) {
        return [
          Measurement(name: stain.nameOfResults, scale: scale.uppercased(), number: value.number, bound: value.bound)
        ]
      }
    }
    let scale = Self.shareScales.first { phrase.has($0) }?.uppercased() ?? ""
    if let value = phrase.value(afterAny: stain.textNames) {
      return [Measurement(name: stain.nameOfResults, scale: scale, number: value.number, bound: value.bound)]
    }
    return MeasurementNormalizer.polarity(lastWord(phrase))
      .map { [Measurement(name: stain.nameOfResults, scale: scale, word: $0)] }
  }

  /// Without the names of antibodies, `22C3`, `SP142`, `28-8`, whose digits are no result.
  private func withoutClones(_ phrase: FindingPhrase) -> FindingPhrase {
    let names = facts.biomarkers.first(.share).textNames
    func isClone(_ word: String) -> Bool {
      let lowered = word.lowercased()
      if word.contains("%") || names.contains(where: lowered.hasPrefix) { return false }
      if Self.shareScales.contains(where: lowered.hasPrefix) { return false }
      let parts = word.split(separator: "-", omittingEmptySubsequences: false)
      if parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isNumber) }) { return true }
      return word.contains(where: \.isLetter) && word.contains(where: \.isNumber)
        && word.allSatisfy { $0.isLetter || $0.isNumber }
    }
    return FindingPhrase(phrase.words.filter { !isClone($0) }.joined(separator: " "))
  }

  private func lastWord(_ phrase: FindingPhrase) -> String { phrase.words.last ?? "" }

  /// `HER2 IHC 2+, ISH positive`, `HER2-low`.
  private func graded(_ phrase: FindingPhrase) -> [Measurement]? {
    let stain = facts.biomarkers.first(.graded)
    let gene = stain.nameOfResults
    guard let first = phrase.words.first,
      genes.symbol(first) == gene || GeneNormalizer.plain(first).hasPrefix(stain.name)
    else { return nil }
    let name = stain.name.lowercased()
    let isStained =
      isHybridized(phrase) || phrase.hasAny("ihc", "immunohistochemistry")
      || (1...3).contains { phrase.has("\($0)+") }
    if !isStained,
      phrase.hasAny("amp", "amplification", "amplified", "amplif", "mutation", "mutated", "copy", "gain")
    {
      return nil
    }
    if phrase.words.dropFirst().contains(where: { ProteinChange($0) != nil && !$0.hasSuffix("+") }) { return nil }
    var found: [Measurement] = []
    for grade in 0...3
    where phrase.has("\(grade)+") || phrase.has("ihc \(grade)") || phrase.has("ihc: \(grade)")
      || phrase.has("score \(grade)") || phrase.words.count == 2 && phrase.words[1] == "\(grade)"
    {
      found.append(Measurement(name: gene, scale: "IHC", number: Double(grade)))
    }
    if isHybridized(phrase) {
      if isDeniedAmplification(phrase) {
        found.append(Measurement(name: gene, scale: "ISH", word: "negative"))
      } else if phrase.hasAny("positive", "pos", "ish+", "fish+", "amplified", "amplification", "amp") {
        found.append(Measurement(name: gene, scale: "ISH", word: "positive"))
        if found.count == 1 { found.append(Measurement(name: gene, word: "positive")) }
      }
    }
    if !found.isEmpty { return resolved(found, gene) }
    if phrase.hasAny("ultralow", "ultra-low", "\(name)-ultralow") {
      return [Measurement(name: gene, word: "ultralow")]
    }
    if phrase.hasAny("\(name)-low", "low") { return [Measurement(name: gene, word: "low")] }
    if phrase.hasAny("positive", "pos", "overexpressed", "overexpression", "\(name)+", "\(name)-positive") {
      return [Measurement(name: gene, word: "positive")]
    }
    if phrase.hasAny("negative", "neg", "\(name)-", "\(name)-negative") {
      return [Measurement(name: gene, word: "negative")]
    }
    return nil
  }

  /// 2+ with in situ hybridization has a status of its own.
  private func resolved(_ found: [Measurement], _ gene: String) -> [Measurement] {
    let isEquivocal = found.contains { facts.stainGrades.isOpen($0) }
    guard isEquivocal, let hybridization = found.first(where: { $0.scale == "ISH" }) else { return found }
    return found + [Measurement(name: gene, word: hybridization.word)]
  }

  /// `ER 95%`, `PR-positive`, `ER/PR negative`, `HR+`.
  private func receptors(_ phrase: FindingPhrase) -> [Measurement]? {
    guard let first = phrase.words.first else { return nil }
    let rest = phrase.words.dropFirst().joined(separator: " ").lowercased()
    let status = facts.biomarkers.first(.receptors)
    if status.textPhrases.contains(where: phrase.has) { return statuses(status.genes, rest) }
    let key = GeneNormalizer.plain(first)
    if status.textPhrases.contains(where: { GeneNormalizer.plain($0) == key }) { return statuses(status.genes, rest) }
    for stain in facts.biomarkers.all(.receptor) + [status] {
      let isStatus = stain.name == status.name
      func known(_ text: String) -> [Measurement]? {
        if !isStatus { return statuses(stain.genes, text) }
        return MeasurementNormalizer.polarity(text).map { [Measurement(name: stain.nameOfResults, word: $0)] }
      }
      for name in stain.textNames.map({ $0.uppercased() }) {
        // A plus belongs to abbreviations.
        if name.count <= 3, key == name + "+" { return known("positive") }
        if key == name { return known(isStatus && rest.hasPrefix("receptor ") ? String(rest.dropFirst(9)) : rest) }
      }
      for word in ["positive", "negative"] where key == stain.name + word.uppercased() { return known(word) }
    }
    return nil
  }

  private func statuses(_ receptors: [String], _ text: String) -> [Measurement]? {
    let words = text.split(whereSeparator: { " :=".contains($0) }).map(String.init)
    var found: [Measurement] = []
    for gene in receptors {
      let number = words.lazy.compactMap { MeasurementNormalizer.leadingNumber($0.drop { "<≤".contains($0) }) }.first
      let bound = MeasurementNormalizer.bound(in: text.prefix { !$0.isNumber })
      let word = words.lazy.compactMap { MeasurementNormalizer.polarity($0) }.first
      if let number {
        found.append(
          Measurement(
            name: gene, scale: "percent",
            word: word ?? (number >= 1 && !(bound == .below && number <= 1) ? "positive" : "negative"), number: number,
            bound: bound))
      } else if let word {
        found.append(Measurement(name: gene, word: word))
      }
    }
    return found.isEmpty ? nil : found
  }

  /// A stain of any other protein: `CD117 positive`, `INI1 loss`, `MET IHC 3+`, `CLDN18.2 positive`.
  private func protein(_ phrase: FindingPhrase) -> [Measurement]? {
    guard var first = phrase.words.first else { return nil }
    if facts.phrases.isGlued(first.uppercased()), phrase.words.count > 1 { first += phrase.words[1] }
    let name: String
    switch genes.normalize(first.hasSuffix("+") ? String(first.dropLast()) : first) {
    case .gene(let symbol), .protein(let symbol): name = symbol
    default: return nil
    }
    if phrase.words.dropFirst().contains(where: { isChange($0) }) { return nil }
    let isProteinName = facts.phrases.isProtein(GeneNormalizer.plain(first))
    let speaksOfProtein = phrase.hasAny(
      "ihc", "immunohistochemistry", "staining", "expression", "protein", "stain", "expressing", "overexpression",
      "overexpressed", "expressed", "expresses")
    let stain = StainText(phrase.words.dropFirst().joined(separator: " "))
    guard isProteinName || speaksOfProtein || stain.grade != nil || phrase.hasAny("positive", "negative", "high") else {
      return nil
    }
    if phrase.hasAny("fish"), !phrase.hasAny("ihc") { return nil }
    if phrase.hasAny("amp", "amplification", "fusion", "rearrangement", "mutation", "deletion", "rearranged") {
      return nil
    }
    if let grade = stain.grade, !phrase.hasAny("negative", "neg") {
      return [Measurement(name: name, scale: "IHC", number: grade, share: stain.share)]
    }
    // A share of stained cells says more than a word.
    if let share = phrase.percent, !phrase.hasAny("negative", "neg") {
      return [Measurement(name: name, scale: "percent", number: share)]
    }
    if phrase.hasAny("loss", "lost", "absent", "deficient") { return [Measurement(name: name, word: "loss")] }
    if phrase.hasAny("negative", "neg") {
      return [Measurement(name: name, word: speaksOfProtein || isProteinName ? "negative" : "negative")]
    }
    if phrase.hasAny("positive", "pos") || first.hasSuffix("+") { return [Measurement(name: name, word: "positive")] }
    if phrase.hasAny("high", "overexpression", "overexpressed") { return [Measurement(name: name, word: "high")] }
    if phrase.hasAny("retained", "intact") { return [Measurement(name: name, word: "intact")] }
    if phrase.hasAny("expressed", "expressing", "expresses") { return [Measurement(name: name, word: "positive")] }
    return nil
  }

  private func isChange(_ word: String) -> Bool {
    let bare = word.filter { $0 != "(" && $0 != ")" && $0 != "," }
    guard !bare.hasSuffix("+") else { return false }
    return ProteinChange(bare) != nil || bare.hasPrefix("c.")
  }

  /// Findings with names of their own: viruses, promoter methylation, chromosome arms, well-known translocations.
  func specialNames(_ phrase: FindingPhrase) -> [Alteration]? {
    guard let first = phrase.words.first else { return nil }
    func measured(_ name: String, _ word: String) -> [Alteration] {
      [Alteration(gene: name, event: .measurement(Measurement(name: name, word: word)), asWritten: phrase.text)]
    }
    let key = GeneNormalizer.plain(first)
    if let virus = facts.biomarkers.written(key), virus.reading == .virus,
      let word = phrase.words.lazy.compactMap({ MeasurementNormalizer.polarity($0) }).first
    {
      return measured(virus.name, word == "present" ? "positive" : word)
    }
    if let type = tissueType(phrase) { return measured(type.name, type.word) }
    if let cells = facts.biomarkers.written(first.uppercased()), cells.reading == .cells,
      let word = phrase.words.lazy.compactMap({ MeasurementNormalizer.polarity($0) }).first
    {
      return measured(cells.name, word)
    }
    if phrase.hasAny("methylated", "methylation", "hypermethylated", "hypermethylation"), let gene = genes.symbol(first)
    {
      return measured("\(gene) promoter", phrase.has("unmethylated") ? "unmethylated" : "methylated")
    }
    if phrase.lowered.hasPrefix("1p/19q") || phrase.lowered.hasPrefix("1p19q") {
      return measured(
        "1p/19q", phrase.hasAny("codeleted", "codeletion", "co-deleted", "co-deletion") ? "codeleted" : "intact")
    }
    if let gene = genes.symbol(first), facts.fusionRoles.isTestOfRearrangement(gene),
      !phrase.hasAny("ihc", "amp", "amplified"),
      phrase.words.count <= 3, !phrase.words.dropFirst().contains(where: isChange),
      !phrase.hasAny("fusion", "rearrangement", "rearranged", "translocation")
    {
      let fusion = Alteration.Event.fusion(singlePartner(gene))
      if phrase.hasAny("negative", "neg") {
        return [Alteration(gene: gene, event: .absent(fusion), asWritten: phrase.text)]
      }
      if phrase.hasAny("positive", "pos"), phrase.hasAny("fish") || phrase.words.count == 2 {
        return [Alteration(gene: gene, event: fusion, asWritten: phrase.text, cautions: [.partnerUnknown])]
      }
    }
    return namedRearrangement(phrase)
  }

  /// `HLA-A*02:01`, `HLA A*02:01:01 positive`: an allele that is named alone is carried.
  private func tissueType(_ phrase: FindingPhrase) -> (name: String, word: String)? {
    guard let first = phrase.words.first, first.uppercased().hasPrefix("HLA") else { return nil }
    let rest = phrase.words.dropFirst()
    // The name may be written in two words, and with more fields than a rule names.
    let isSplit = first.count == 3
    let name = isSplit ? first + (rest.first ?? "") : first
    let key = name.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    guard let type = facts.biomarkers.all(.type).first(where: { $0.writtenAs.contains(where: key.hasPrefix) }) else {
      return nil
    }
    let said = rest.dropFirst(isSplit ? 1 : 0).lazy.compactMap { MeasurementNormalizer.polarity($0) }.first
    return (type.name, ["negative", "absent", "loss"].contains(said) ? "negative" : "positive")
  }

  /// `t(9;22)`, `Philadelphia chromosome`, `11q23 rearrangement`.
  private func namedRearrangement(_ phrase: FindingPhrase) -> [Alteration]? {
    let words = phrase.words.filter { genes.symbol($0) != nil && $0.count > 2 && $0.contains(where: \.isUppercase) }
    if phrase.words.contains(where: { $0.contains("::") }) || words.count >= 2 { return nil }
    for (name, pair) in rearrangements {
      // A name stands by itself: `lymph+` is not `Ph+`.
      let isStated = phrase.has(name)
      guard isStated || Self.denials(of: name).contains(where: { Self.holds($0, phrase) }) else { continue }
      let parts = pair.split(separator: ":", omittingEmptySubsequences: true).map(String.init)
      let five = parts.count == 2 ? parts[0] : ""
      let three = parts.count == 2 ? parts[1] : parts.first ?? ""
      let fusion =
        five.isEmpty
        ? singlePartner(three) : Fusion(fivePrimeGene: five, threePrimeGene: three, isOrdered: true)
      if !isStated || phrase.hasAny("negative", "neg", "absent") {
        return [Alteration(gene: three, event: .absent(.fusion(fusion)), asWritten: phrase.text)]
      }
      return [
        Alteration(
          gene: three, event: .fusion(fusion), asWritten: phrase.text, cautions: five.isEmpty ? [.partnerUnknown] : [])
      ]
    }
    return nil
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
