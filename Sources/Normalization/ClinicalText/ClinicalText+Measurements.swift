// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

extension ClinicalText {
  /// Scores and stains.
  func measurements(_ phrase: FindingPhrase) -> [Alteration]? {
    let found = genomeWide(phrase) ?? share(phrase) ?? graded(phrase) ?? receptors(phrase) ?? protein(phrase)
    return found?.map { Alteration(gene: $0.name, event: .measurement($0), asWritten: phrase.text) }
  }

  func name(_ reading: Biomarker.Reading) -> String { facts.biomarkers.first(reading).nameOfResults }

  private func genomeWide(_ phrase: FindingPhrase) -> [Measurement]? {
    if phrase.hasAny(
      "tmb", "tumor mutational burden", "tumour mutational burden", "mutational burden", "mutation burden", "tmb-h",
      "tmb-high")
    {
      if let value = phrase.value(after: "tmb", "burden") {
        guard isPerMegabase(phrase), !MeasurementNormalizer.isRank(phrase.lowered), !isRange(phrase) else { return nil }
        // `TMB low (14)`: the word and the number may be on two sides of a limit.
        if phrase.hasAny("low", "tmb-l"), value.number >= 10 { return nil }
        return [Measurement(name: name(.burden), number: value.number, bound: value.bound)]
      }
      if isDenial(phrase) { return nil }
      if phrase.hasAny("high", "tmb-h", "tmb h") { return [Measurement(name: name(.burden), word: "high")] }
      return phrase.hasAny("low", "tmb-l") ? [Measurement(name: name(.burden), word: "low")] : nil
    }
    // The proteins by name say more than the word for all of them.
    if facts.biomarkers.first(.repair).genes.contains(where: { phrase.has($0.lowercased()) }),
      !phrase.hasAny("dmmr", "pmmr"), let lost = lostRepairProteins(phrase)
    {
      return lost
    }
    if phrase.hasAny("mismatch repair", "dmmr", "pmmr", "mmr", "mmrd", "mmr-d", "mmrp") {
      return mismatchRepair(phrase)
    }
    if let lost = lostRepairProteins(phrase) { return lost }
    if phrase.hasAny("msi", "mss", "msi-h", "msi-high", "microsatellite", "microsatellites", "msih", "ms-stable") {
      return instability(phrase).map { [Measurement(name: name(.instability), word: $0)] }
    }
    if phrase.hasAny(
      "hrd", "homologous recombination", "hr-deficient", "hr deficient", "hr-proficient", "hr proficient", "hrp",
      "hrd+",
      "hrd-positive")
    {
      if phrase.hasAny("negative", "proficient", "hrp") || isDenial(phrase) {
        return [Measurement(name: name(.deficiency), word: "negative")]
      }
      if phrase.hasAny("positive", "deficient", "deficiency", "high", "hrd+", "hr-deficient") {
        return [Measurement(name: name(.deficiency), word: "positive")]
      }
      return phrase.value(after: "hrd", "score")
        .map { [Measurement(name: name(.deficiency), scale: "score", number: $0.number, bound: $0.bound)] }
    }
    if let score = genomicInstability(phrase) { return [score] }
    if phrase.hasAny("tls", "tertiary lymphoid") {
      // How many there are is another question.
      if phrase.hasAny("low", "few", "immature") { return nil }
      return [
        Measurement(name: name(.structures), word: phrase.hasAny("absent", "negative", "no") ? "absent" : "present")
      ]
    }
    return nil
  }

  /// `GIS 58`, `genomic instability score 33`: positive or negative by the limit of the test.
  private func genomicInstability(_ phrase: FindingPhrase) -> Measurement? {
    guard phrase.hasAny("gis", "genomic instability", "mychoice"), !isDenial(phrase) else { return nil }
    let deficiency = name(.deficiency)
    guard let value = phrase.value(after: "gis", "score", "instability", "mychoice") else {
      return MeasurementNormalizer.polarity(lastWord(phrase)).map { Measurement(name: deficiency, word: $0) }
    }
    guard let limits = facts.scoreLimits.limits(of: deficiency, namedIn: phrase.text), value.bound == .exact else {
      return Measurement(name: deficiency, scale: "score", number: value.number, bound: value.bound)
    }
    return Measurement(
      name: deficiency, scale: limits.tool, word: value.number >= limits.highFrom ? "positive" : "negative",
      number: value.number)
  }

  /// `5 to 15`, `8 - 12`: two numbers that may be on both sides of a limit.
  private func isRange(_ phrase: FindingPhrase) -> Bool {
    phrase.words.indices.dropFirst().dropLast().contains { place in
      ["to", "-", "\u{2013}", "bis"].contains(phrase.words[place].lowercased())
        && [phrase.words[place - 1], phrase.words[place + 1]].allSatisfy { $0.allSatisfy { $0.isNumber || $0 == "." } }
    }
  }

  /// Whether a number of mutations is one per megabase, as far as the words behind it tell.
  private func isPerMegabase(_ phrase: FindingPhrase) -> Bool {
    let digits = phrase.lowered.drop { !$0.isNumber }
    // `Q3` is a quarter, `8-12` may be on both sides of a limit.
    let before = phrase.lowered.dropLast(digits.count).last
    if before?.isLetter == true, before != "x" { return false }
    guard let (_, behind) = FindingPhrase.leadingNumber(digits) else { return false }
    let next = behind.drop { $0 == " " }
    if next.first == "-", next.dropFirst().first?.isNumber == true { return false }
    let others = ["mutation", "variant", "mut", "snv", "exome", "total", "coding", "nonsyn", "%"]
    let isOther = others.contains { other in next.hasPrefix(other) || next.hasPrefix("(" + other) }
    return !isOther || phrase.hasAny("mb", "megabase", "mbp", "mbase", "million")
  }

  /// What a phrase says of microsatellites: high, low, stable or not high.
  private func instability(_ phrase: FindingPhrase) -> String? {
    if let (some, all) = phrase.count {
      if some == 0 { return "stable" }
      // Of the five markers of the usual panel two make it high.
      return all == 5 ? (some > 1 ? "high" : "low") : nil
    }
    // A share of unstable sites is a call of no kind by itself, and the call beside it is believed.
    if phrase.lowered.contains("unstable"), phrase.lowered.contains(where: \.isNumber) || phrase.lowered.contains("?") {
      let isStable = phrase.hasAny("mss", "stable", "ms-stable")
      return isStable ? "stable" : phrase.hasAny("msi-h", "msih", "msi-high", "high") ? "high" : nil
    }
    let isLow = phrase.hasAny("msi-l", "low") || phrase.words.contains("L")
    if isLow { return phrase.hasAny("high", "msi-h", "msih") ? nil : "low" }
    if phrase.hasAny("mss", "stable", "stability", "ms-stable"), !phrase.hasAny("unstable", "instable") {
      return "stable"
    }
    if isDenial(phrase) || phrase.hasAny("negative", "neg", "non-msi-h", "non-msi-high", "non-msi") {
      return "not high"
    }
    let isHigh =
      phrase.hasAny("msi-h", "msih", "high", "unstable", "instable", "positive", "instability")
      || phrase.words.contains("H")
    return isHigh ? "high" : nil
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
    phrase.hasAny("absent", "absence", "none", "not detected", "not found", "not identified", "not present")
  }

  /// `MSH2/MSH6 loss on IHC`.
  func lostRepairProteins(_ phrase: FindingPhrase) -> [Measurement]? {
    let named = facts.biomarkers.first(.repair).genes.filter { phrase.has($0.lowercased()) }
    // Two of the proteins are lost together; of one alone the text must say that it is a stain.
    guard
      !named.isEmpty
        && phrase.hasAny(
          "ihc", "immunohistochemistry", "staining", "expression", "expressed", "protein", "proteins", "isolated",
          "nuclear")
        || named.count > 1
          && phrase.hasAny(
            "loss", "lost", "retained", "intact", "preserved", "negative", "positive", "absent", "deficient")
    else { return nil }
    if phrase.hasAny("methylation", "methylated", "hypermethylation", "mutation", "variant") { return nil }
    if phrase.hasAny("loss", "lost", "absent", "negative", "deficient", "not expressed", "no expression") {
      return [Measurement(name: name(.repair), word: "deficient")]
    }
    return phrase.hasAny("intact", "retained", "positive", "preserved", "maintained")
      ? [Measurement(name: name(.repair), word: "proficient")] : nil
  }

  /// `HER2 IHC 2+, ISH positive`, `HER2-low`.
  private func graded(_ phrase: FindingPhrase) -> [Measurement]? {
    let stain = facts.biomarkers.first(.graded)
    let gene = stain.nameOfResults
    guard let first = phrase.words.first,
      genes.symbol(first) == gene || GeneNameKey.plain(first).hasPrefix(stain.name)
    else { return nil }
    let name = stain.name.lowercased()
    let counted = HybridizationCount(phrase)
    let isStained =
      isHybridized(phrase) || phrase.hasAny("ihc", "immunohistochemistry")
      || (1...3).contains { phrase.has("\($0)+") }
    if !isStained,
      phrase.hasAny("amp", "amplification", "amplified", "amplif", "mutation", "mutated", "gain")
        || counted == nil && phrase.has("copy")
    {
      return nil
    }
    if phrase.words.dropFirst().contains(where: { ProteinChange($0) != nil && !$0.hasSuffix("+") }) { return nil }
    // `<3+`, `not 3+`: the grade is none of this stain.
    if StainText(phrase.lowered).isUnclear { return nil }
    var found: [Measurement] = []
    for grade in 0...3
    where phrase.has("\(grade)+") || phrase.has("\(grade) (ihc") || phrase.has("ihc\(grade)")
      || phrase.has("ihc \(grade)")
      || phrase.has("ihc: \(grade)")
      || phrase.has("score \(grade)") || phrase.words.count == 2 && phrase.words[1] == "\(grade)"
    {
      found.append(Measurement(name: gene, scale: "IHC", number: Double(grade)))
    }
    // Of several grades the weakest holds: `0-1+`, `2+/3+`.
    if let weakest = ([StainText(phrase.lowered).grade] + found.map(\.number)).compactMap({ $0 }).min(), !found.isEmpty
    {
      found = [Measurement(name: gene, scale: "IHC", number: weakest)]
    }
    if isHybridized(phrase) || counted != nil {
      if isDeniedAmplification(phrase) {
        found.append(Measurement(name: gene, scale: "ISH", word: "negative"))
      } else if phrase.hasAny("positive", "pos", "amplified", "amplification", "amp")
        || StatedMeasurement.hybridizations.contains(where: { phrase.has($0.lowercased() + "+") })
      {
        found.append(Measurement(name: gene, scale: "ISH", word: "positive"))
        if found.count == 1 { found.append(Measurement(name: gene, word: "positive")) }
      } else if let word = counted?.result(of: gene, facts.stainGrades) {
        found.append(Measurement(name: gene, scale: "ISH", word: word))
        if found.count == 1, word == "positive" { found.append(Measurement(name: gene, word: word)) }
      }
    }
    if !found.isEmpty {
      let isUltralow = StainText.isUltralow(phrase) && found.contains { $0.number == 0 }
      return resolved(found, gene) + (isUltralow ? [Measurement(name: gene, word: "ultralow")] : [])
    }
    return status(phrase, name).map { [Measurement(name: gene, word: $0)] }
  }

  /// The status of a graded stain in a word: `HER2-low`, `HER2-`.
  private func status(_ phrase: FindingPhrase, _ name: String) -> String? {
    if phrase.hasAny("ultralow", "ultra-low", "\(name)-ultralow") { return "ultralow" }
    if phrase.hasAny("\(name)-low", "low") { return "low" }
    if phrase.hasAny("positive", "positiv", "pos", "overexpressed", "overexpression", "\(name)+", "\(name)-positive") {
      return "positive"
    }
    // `HER2-refractory` says of what the tumor was treated with.
    let hasSign = phrase.words.contains { $0.lowercased() == "\(name)-" }
    return hasSign || phrase.hasAny("negative", "neg", "\(name)-negative") ? "negative" : nil
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
    let key = GeneNameKey.plain(first)
    if status.textPhrases.contains(where: { GeneNameKey.plain($0) == key }) { return statuses(status.genes, rest) }
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

  private static let otherScales = ["allred", "h-score", "hscore", "irs", "immunoreactive", "quick", "qs", "score"]

  /// `2/8` and `3/12`: points of the greatest number of them.
  private static func isSum(_ word: String) -> Bool {
    let parts = word.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 2 && ["8", "12"].contains(parts[1]) && Int(parts[0]) != nil
  }

  private func statuses(_ receptors: [String], _ text: String) -> [Measurement]? {
    let words = text.split(whereSeparator: { " :=".contains($0) }).map(String.init)
    // Sums of intensity and share are no share of cells.
    let isOtherScale = words.contains { word in
      Self.otherScales.contains(where: word.hasPrefix) || Self.isSum(word)
    }
    var found: [Measurement] = []
    for gene in receptors {
      if !isOtherScale, StainText(text).grade != nil {
        guard let stained = MeasurementNormalizer.stainedReceptor(gene, text) else { return nil }
        found.append(stained)
        continue
      }
      let number =
        isOtherScale
        ? nil : words.lazy.compactMap { MeasurementNormalizer.leadingNumber($0.drop { "<≤".contains($0) }) }.first
      let bound = MeasurementNormalizer.bound(in: text.prefix { !$0.isNumber })
      let word = words.lazy.compactMap { MeasurementNormalizer.polarity($0) }.first
      if let number {
        guard number <= 100 else { return nil }
        let counted = MeasurementNormalizer.receptorStatus(number, bound)
        // `positive <1%` says two things.
        if word == "positive", counted == "negative" { return nil }
        guard let status = word.flatMap({ $0 == "low" ? nil : $0 }) ?? counted else { return nil }
        found.append(Measurement(name: gene, scale: "percent", word: status, number: number, bound: bound))
      } else if let word {
        found.append(Measurement(name: gene, word: MeasurementNormalizer.receptorWord(word)))
      }
    }
    return found.isEmpty ? nil : found
  }

  /// A stain of any other protein: `CD117 positive`, `INI1 loss`, `MET IHC 3+`, `CLDN18.2 positive`.
  private func protein(_ written: FindingPhrase) -> [Measurement]? {
    let phrase = nameFirst(written)
    guard var first = phrase.words.first, !["all", "both", "any", "other"].contains(first.lowercased()) else {
      return nil
    }
    if facts.phrases.isGlued(first.uppercased()), phrase.words.count > 1 { first += phrase.words[1] }
    let name: String
    switch genes.normalize(first.hasSuffix("+") ? String(first.dropLast()) : first) {
    case .gene(let symbol), .protein(let symbol): name = symbol
    default: return nil
    }
    if phrase.words.dropFirst().contains(where: { isChange($0) }) { return nil }
    let isProteinName = facts.phrases.isProtein(GeneNameKey.plain(first))
    let speaksOfProtein = phrase.hasAny(
      "ihc", "immunohistochemistry", "staining", "expression", "protein", "stain", "expressing", "overexpression",
      "overexpressed", "expressed", "expresses")
    let stain = StainText(phrase.words.dropFirst().joined(separator: " "))
    if stain.isUnclear { return nil }
    // Words that are said of stains alone.
    let ofStain =
      phrase.hasAny("deficient", "deficiency", "retained", "preserved", "maintained")
      || phrase.hasAny("loss", "lost") && phrase.has("cells") && phrase.percent != nil
    guard
      isProteinName || speaksOfProtein || stain.grade != nil || ofStain || phrase.hasAny("positive", "negative", "high")
    else { return nil }
    if phrase.hasAny("fish"), !phrase.hasAny("ihc") { return nil }
    if phrase.hasAny("amp", "amplification", "fusion", "rearrangement", "mutation", "deletion", "rearranged") {
      return nil
    }
    // `high-level gain` is said of copies.
    if phrase.hasAny("gain", "gained", "gains", "copies", "copy") { return nil }
    if let grade = stain.grade ?? (phrase.hasAny("ihc 0", "ihc: 0", "score 0") ? 0 : nil),
      !phrase.hasAny("negative", "neg")
    {
      let graded = Measurement(name: name, scale: "IHC", number: grade, share: stain.share)
      // Where tests of the gene look for a rearrangement, a strong stain is what a positive one is.
      guard facts.fusionRoles.isTestOfRearrangement(name), grade != 1 else { return [graded] }
      return [graded, Measurement(name: name, word: grade == 0 ? "negative" : "positive")]
    }
    // `loss in 95% of tumor cells` is a share of what is lost.
    let isLost = phrase.hasAny("loss", "lost") && !phrase.hasAny("not lost", "no loss")
    // A share of stained cells says more than a word.
    if !isLost, let share = phrase.percent, !phrase.hasAny("negative", "neg") {
      return [Measurement(name: name, scale: "percent", number: share.number, bound: share.bound)]
    }
    if phrase.hasAny("not lost", "no loss") { return [Measurement(name: name, word: "intact")] }
    if phrase.hasAny("loss", "lost", "absent", "deficient", "deficiency") {
      return [Measurement(name: name, word: "loss")]
    }
    if phrase.hasAny("negative", "neg") { return [Measurement(name: name, word: "negative")] }
    if phrase.hasAny("positive", "pos") || first.hasSuffix("+") { return [Measurement(name: name, word: "positive")] }
    if phrase.hasAny("high", "overexpression", "overexpressed") { return [Measurement(name: name, word: "high")] }
    if phrase.hasAny("retained", "intact", "preserved", "maintained") {
      return [Measurement(name: name, word: "intact")]
    }
    if phrase.hasAny("expressed", "expressing", "expresses") { return [Measurement(name: name, word: "positive")] }
    return nil
  }

  /// `loss of INI1 expression` and `retained SDHB` with the name first.
  private func nameFirst(_ phrase: FindingPhrase) -> FindingPhrase {
    var words = phrase.words
    guard let first = words.first?.lowercased(),
      ["loss", "lack", "absence", "lost", "retained", "preserved", "maintained"].contains(first)
    else { return phrase }
    var moved = [first == "lack" || first == "absence" ? "loss" : first]
    words.removeFirst()
    while let next = words.first?.lowercased(),
      ["of", "nuclear", "cytoplasmic", "expression", "staining"].contains(next)
    {
      if next != "of" { moved.append(next) }
      words.removeFirst()
    }
    return words.isEmpty ? phrase : FindingPhrase((words + moved).joined(separator: " "))
  }

  func isChange(_ word: String) -> Bool {
    let bare = word.filter { $0 != "(" && $0 != ")" && $0 != "," }
    guard !bare.hasSuffix("+") else { return false }
    return ProteinChange(bare) != nil || bare.hasPrefix("c.")
  }
}
