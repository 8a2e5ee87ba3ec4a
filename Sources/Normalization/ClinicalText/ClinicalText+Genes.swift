// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import InputFormats
internal import Knowledge

extension ClinicalText {
  /// The genes that a phrase begins with: `KRAS`, `KRAS/NRAS/BRAF`, `CDKN2A/B`, `RAS` as the two that labels mean.
  func leadingGenes(_ phrase: FindingPhrase) -> (genes: [String], rest: [String])? {
    var words = phrase.words
    while let first = words.first, Self.openingWords.contains(first.lowercased()) { words.removeFirst() }
    guard let first = words.first.map(withoutBreadth) else { return nil }
    let rest = Array(words.dropFirst())
    if let symbol = genes.symbol(first) { return ([symbol], rest) }
    if let (genes, change) = facts.phrases.histone(first.uppercased(), residueIn: rest) { return (genes, [change]) }
    if first.contains(":"), let colon = first.firstIndex(of: ":"), let symbol = genes.symbol(String(first[..<colon])) {
      return ([symbol], [String(first[first.index(after: colon)...])] + rest)
    }
    // A name of two words, such as `HER-2 neu` or `c KIT`.
    if let second = rest.first, let symbol = genes.symbol(first + second),
      !second.contains(where: \.isNumber) || facts.phrases.beginsName(first.uppercased())
    {
      return ([symbol], Array(rest.dropFirst()))
    }
    if first.contains("/") {
      let parts = first.split(separator: "/").map(String.init)
      var symbols: [String] = []
      for part in parts {
        // `CDKN2A/B`: a letter or two go on from the name before, whatever gene else answers to them.
        if let previous = symbols.last, part.count <= 2,
          let symbol = genes.symbol(String(previous.dropLast(part.count)) + part)
            ?? genes.symbol(String(previous.dropLast()) + part)
        {
          symbols.append(symbol)
        } else if let symbol = genes.symbol(part) {
          if !symbols.contains(symbol) { symbols.append(symbol) }
        } else if let members = family(named: part) {
          symbols += members.filter { !symbols.contains($0) }
        } else {
          return nil
        }
      }
      return (symbols, rest)
    }
    // The genes that labels mean by a family; a change is never guessed to be of any of them.
    guard let family = family(named: first), !rest.contains(where: { ProteinChange($0) != nil }) else { return nil }
    return (family, rest)
  }

  /// `all-RAS`, `pan-RAS`: the family without the word that says how much of it was looked at.
  private func withoutBreadth(_ word: String) -> String {
    for start in ["all-", "pan-", "extended-"] where word.lowercased().hasPrefix(start) {
      let name = String(word.dropFirst(start.count))
      if family(named: name) != nil { return name }
    }
    return word
  }

  private static let openingWords: Set<String> = [
    "germline", "somatic", "pathogenic", "a", "an", "the", "likely", "activating", "inactivating", "oncogenic",
    "biallelic",
    "homozygous", "heterozygous", "deep", "focal", "high-level", "no", "loss", "of", "mutation", "in", "amplification",
    "deletion", "with", "known", "mutations", "alteration", "alterations", "fusion", "fusions", "rearrangement",
    "variant",
    "variants", "evidence", "detectable", "isolated", "all", "pan", "extended", "confirmed", "tumor", "tumour",
    "truncating", "subclonal", "sub-clonal", "clonal",
  ]

  /// Genes stated to be unchanged.
  func wildTypes(_ phrase: FindingPhrase) -> [Alteration]? {
    let isStated =
      phrase.hasAny(
        "wt", "wild-type", "wild type", "wildtype", "unmutated", "not mutated", "no mutation", "intact", "unaltered",
        "not altered", "unchanged", "no alteration", "no variant")
      || phrase.lowered.hasPrefix("no ") && phrase.hasAny("mutation", "alteration", "variant")
    guard let found = leadingGenes(phrase) else { return nil }
    if !isStated { return polarized(phrase, found) }
    if let parts = partsUnchanged(found, phrase) { return parts }
    let unchanged = found.genes.map { Alteration(gene: $0, event: .wildType, asWritten: phrase.text) }
    guard phrase.hasAny("wt", "wild-type", "wild type", "wildtype"), !phrase.hasAny("mutation", "mutations") else {
      return unchanged
    }
    // Of a gene whose tests look for a rearrangement the word is said of that.
    return unchanged
      + found.genes.filter(facts.fusionRoles.isTestOfRearrangement).map { gene in
        Alteration(gene: gene, event: .absent(.fusion(orientation.single(gene))), asWritten: phrase.text)
      }
  }

  /// `KRAS negative`, `BRCA positive`: of genes that tests look for mutations of.
  private func polarized(_ phrase: FindingPhrase, _ found: (genes: [String], rest: [String])) -> [Alteration]? {
    guard found.genes.allSatisfy(facts.phrases.polarityMeansMutation) else { return nil }
    let aside: Set<String> = ["germline", "somatic", "status", "test", "testing", "mutational", ":", "-"]
    let words = found.rest.map { $0.lowercased() }.filter { !aside.contains($0) }
    guard words.count == 1, let word = words.first else { return nil }
    let name = family(named: phrase.words.first ?? "") == nil ? nil : phrase.words.first
    switch word {
    case "negative", "neg": return found.genes.map { Alteration(gene: $0, event: .wildType, asWritten: phrase.text) }
    case "positive", "pos":
      return found.genes.map { gene in
        Alteration(
          gene: gene, event: .sequence(SequenceChange(.unspecified)), asWritten: phrase.text,
          cautions: [.changeNotStated] + (name.map { found.genes.count > 1 ? [.familyStated($0)] : [] } ?? []))
      }
    default: return nil
    }
  }

  /// Calls of copy number.
  func copyNumbers(_ phrase: FindingPhrase, _ result: inout Understanding) -> [Alteration]? {
    if let arm = chromosomeArm(phrase) { return [arm] }
    guard let found = leadingGenes(phrase),
      !phrase.hasAny("fusion", "rearrangement", "exon", "ex19del", "p.", "c.", "c-terminal", "kinase domain")
    else { return nil }
    if found.genes.contains(where: { isOutOfFrame(phrase, $0) }) || isOfSequence(phrase, found.rest) { return nil }
    if statedEffect(phrase).map(Self.isOfStartOrStop) == true { return nil }
    // Bases and residues are counted of small changes.
    if phrase.hasAny("bp", "nt", "aa", "bases", "residues"), !isBothAlleles(phrase) { return nil }
    if let ratio = ratioContradiction(phrase) {
      result.notUnderstood.append((phrase.text, ratio))
      return []
    }
    let call: CopyNumberNormalizer.Result
    let counted = HybridizationCount(phrase)
    let copies = counted.map(\.copies) ?? CopyNumberNormalizer.Statement.copies(in: phrase.text).copies
    let ofTest = counted != nil && found.genes == [facts.biomarkers.first(.graded).nameOfResults]
    if found.rest.count == 1, let sign = found.rest[0].first, "+-".contains(sign),
      let number = CopyNumberNormalizer.call(found.rest[0])
    {
      call = number
    } else if phrase.hasAny("amp", "amplification", "amplified", "amplif") {
      if phrase.hasAny("not amplified", "no amplification", "non-amplified") { return nil }
      call = .init(.amplification)
    } else if phrase.hasAny("loh", "cnloh", "cnnloh", "loss of heterozygosity") {
      call = .init(.lossOfHeterozygosity)
    } else if phrase.hasAny("homdel", "deepdel", "hd") || isBothAlleles(phrase) {
      call = .init(.homozygousDeletion)
    } else if phrase.hasAny(
      "heterozygous loss", "heterozygous deletion", "hemizygous", "shallow deletion", "shallow loss", "one copy",
      "single copy loss", "monoallelic")
    {
      call = .init(.heterozygousLoss)
    } else if phrase.hasAny("gain", "gained"), !phrase.hasAny("gain of function", "gain-of-function") {
      call = .init(.gain)
    } else if let copies, !ofTest, !phrase.hasAny("loss", "lost", "deletion", "deleted", "del") {
      call = .init(CopyNumberNormalizer.call(copies: copies, amplification: amplificationCopies))
    } else if phrase.hasAny("deletion", "deleted", "loss", "del", "lost"),
      !phrase.hasAny("loss of function", "loss-of-function", "in-frame", "inframe", "frameshift")
    {
      call = loss(of: found.genes, phrase, copies, &result)
    } else {
      return nil
    }
    if let copies,
      let contradiction = CopyNumberNormalizer.contradiction(
        call, copies: copies, amplification: amplificationCopies)
    {
      result.notUnderstood.append((phrase.text, "call and copies contradict each other: \(contradiction)"))
      return []
    }
    return found.genes.map { gene in
      Alteration(
        gene: gene, event: .copyNumber(call.call), asWritten: phrase.text, copyNumber: copies,
        cautions: call.caution.map { [$0] } ?? [])
    }
  }

  /// A loss that does not say of how many alleles: of both where no copy is left.
  private func loss(
    of genes: [String], _ phrase: FindingPhrase, _ copies: Double?, _ result: inout Understanding
  ) -> CopyNumberNormalizer.Result {
    if copies == 0 { return .init(.homozygousDeletion) }
    for gene in genes {
      result.remarks.append(
        "\(gene): '\(phrase.text)' does not say that both alleles are lost; taken as loss of one (write 'homozygous deletion' or 'deep deletion' for both)"
      )
    }
    return .init(.heterozygousLoss, caution: .oneAlleleAssumed)
  }

  /// Whether a phrase about a gene speaks of its sequence, of an exon, of a family, or of a mark of a histone, and not of
  /// its copies.
  private func isOfSequence(_ phrase: FindingPhrase, _ rest: [String]) -> Bool {
    let isOfCopies = phrase.hasAny(
      "amplification", "amplified", "amp", "homozygous", "deep", "biallelic", "gain", "copies", "whole")
    let isNamed = rest.contains { word in
      ProteinChange(word) != nil || ProteinChange(Self.current(word)) != nil || word.hasPrefix("c.")
        || word.hasPrefix("p.") || Self.isOlderCoding(word) || Self.isPlace(word) && !isOfCopies
    }
    if isNamed || SequenceNormalizer.exon(in: phrase) != nil || phrase.has("ex") { return true }
    if phrase.words.contains(where: { $0.lowercased().hasSuffix("me3") }) { return true }
    // Copies are those of one gene: a family is never guessed.
    return phrase.words.first.map { family(named: $0) != nil } ?? false
  }

  /// `7:g.55242465_55242479del`, `3028+1_3028+12del12`: bases by their places.
  private static func isPlace(_ word: String) -> Bool {
    word.hasPrefix("g.") || word.contains(":g.") || word.contains("_") && word.first?.isNumber == true
  }

  /// `amplification, ratio 1.2`: from a ratio to the centromere below two no amplification is called.
  private func ratioContradiction(_ phrase: FindingPhrase) -> String? {
    guard phrase.hasAny("amp", "amplification", "amplified"),
      let ratio = phrase.value(afterAny: ["ratio", "cep7", "cep17", "cen7", "cen17"]), ratio.number < 2,
      ratio.number > 0,
      !phrase.hasAny("log2", "log")
    else { return nil }
    return "an amplification and a ratio below 2 contradict each other (write what the test found)"
  }

  private func isBothAlleles(_ phrase: FindingPhrase) -> Bool {
    phrase.hasAny(
      "homozygous", "homozygously", "homozyg", "hom", "homo", "deep", "biallelic", "bi-allelic", "both alleles",
      "both copies", "two copies", "two-copy", "2-copy", "complete")
      && phrase.hasAny("deletion", "deleted", "loss", "lost", "del")
  }

  /// Words before an arm: how it was seen, and that nothing else was.
  private static let beforeArms: Set<String> = ["isolated", "sole", "interstitial", "chromosome", "fish", "fish:"]

  private func chromosomeArm(_ phrase: FindingPhrase) -> Alteration? {
    // A loss is a minus behind the arm as well: `5q-`, `17p-`.
    let words = phrase.words.map { $0.lowercased() }.drop { Self.beforeArms.contains($0) }
    let isMinus = words.first.map { $0.hasSuffix("-") } ?? false
    let key = words.joined().filter { !"-()".contains($0) }
    for name in facts.biomarkers.all(.arm).map(\.name) {
      // `del(17p)` says what happened to which arm.
      let parts = name.split(whereSeparator: { "()".contains($0) }).map(String.init)
      guard parts.count == 2 else { continue }
      let (word, arm) = (parts[0], parts[1])
      let chromosome = key.hasPrefix("chr") ? String(key.dropFirst(3)) : key
      let isNamed =
        chromosome.hasPrefix(word + arm) || chromosome.hasPrefix(arm + word)
        || chromosome.hasPrefix(arm + "loss") && word == "del" || isMinus && word == "del" && words.first == arm + "-"
        || chromosome.hasPrefix("no" + word + arm) || chromosome.hasPrefix("deletion" + arm)
        || chromosome.hasPrefix("no" + arm + word)
        || chromosome.hasPrefix("amplification" + arm)
        || word == "del" && (chromosome.hasPrefix("lossof" + arm) || chromosome.hasPrefix("deletionof" + arm))
        || word == "del" && Self.isLossOfBand(chromosome, of: arm)
      guard isNamed else { continue }
      let isAbsent = key.hasPrefix("no") || phrase.hasAny("absent", "not detected", "negative")
      return Alteration(
        gene: name, event: .measurement(Measurement(name: name, word: isAbsent ? "absent" : "present")),
        asWritten: phrase.text)
    }
    return nil
  }

  /// `17p13deletion`, `17p13.1loss`: a band of the arm that is lost.
  private static func isLossOfBand(_ key: String, of arm: String) -> Bool {
    guard key.hasPrefix(arm) else { return false }
    let behind = key.dropFirst(arm.count)
    let rest = behind.drop { $0.isNumber || $0 == "." }
    return rest.count < behind.count && (rest.hasPrefix("del") || rest.hasPrefix("loss"))
  }

  /// Changes of the sequence: protein or coding notation, exon words, classes.
  func sequenceChange(_ phrase: FindingPhrase) -> [Alteration]? {
    // That a residue carries a phosphate is a state of the protein.
    let isState =
      phrase.hasAny("phosphorylation", "phosphorylated") && !phrase.has("exon")
      && !phrase.words.contains { word in ProteinChange(word).map { !$0.isOfAnyResidue } ?? false }
    guard !isState, let found = leadingGenes(phrase) else { return nil }
    var alterations: [Alteration] = []
    for gene in found.genes {
      guard var change = change(of: gene, found.rest, phrase) else { return nil }
      if found.genes.count > 1, change.change.unnamed != nil, let name = familyName(phrase) {
        change.cautions.append(.familyStated(name))
      }
      alterations.append(
        Alteration(gene: gene, event: .sequence(change.change), asWritten: phrase.text, cautions: change.cautions))
    }
    return alterations
  }

  /// `FLT3-ITD`, `EGFRvIII`, `METex14`, `TERT C228T`.
  func joinedName(_ phrase: FindingPhrase) -> [Alteration]? {
    var found: (gene: String, named: String)?
    for count in 1...2 where found == nil && phrase.words.count >= count {
      let written = phrase.words.prefix(count).joined()
      let key = written.lowercased().filter { $0.isLetter || $0.isNumber }
      guard let gene = facts.namedChanges.gene(joinedIn: key), let named = sequences.namedClass(written) else {
        continue
      }
      found = (gene, named)
    }
    guard let (gene, named) = found else { return nil }
    let effect = VariantEffect(ofNamedClass: named)
    let event = Alteration.Event.sequence(SequenceChange(effect: effect, namedClass: named))
    let isAbsent = phrase.words.count > 1 && phrase.hasAny("negative", "neg", "absent", "wt", "wild-type", "wildtype")
    return [Alteration(gene: gene, event: isAbsent ? .absent(event) : event, asWritten: phrase.text)]
  }

  private func change(of gene: String, _ rest: [String], _ phrase: FindingPhrase) -> (
    change: SequenceChange, cautions: [Caution]
  )? {
    var protein = ""
    var coding = ""
    for word in rest {
      let plain = word.filter { $0 != "(" && $0 != ")" && $0 != "," }
      let isOfExon = phrase.hasAny("exon", "exons", "ex")
      let bare = (isOfExon ? nil : olderCoding(plain, of: gene)) ?? Self.current(plain)
      if bare.hasPrefix("c.") || bare.hasPrefix("g.") && coding.isEmpty {
        coding = bare
      } else if protein.isEmpty, ProteinChange(bare) != nil || SequenceNormalizer.codon(bare) != nil,
        sequences.namedClass(bare) == nil
      {
        protein = bare
      }
    }
    // `V600E or V600K` and `exon 9, 11 mutation` name one of several.
    if SequenceNormalizer.namesSeveralExons(FindingPhrase(rest.joined(separator: " "))) { return nil }
    // What is said to be another change than a known one may not be read as any.
    if let other = rest.first(where: { $0.lowercased().hasPrefix("non-") && $0.contains(where: \.isNumber) }) {
      return (SequenceChange(effect: .unknown, namedClass: other + " mutation"), [.changeNotStated])
    }
    // Mutations of a kinase by how they signal: the known residue is of the first class.
    if reference.roles[gene]?.isSuppressor != true,
      phrase.hasAny("class 2", "class 3", "class ii", "class iii", "class 2/3", "class ii/iii")
    {
      return (SequenceChange(effect: .unknown, namedClass: "mutation of another class"), [.changeNotStated])
    }
    let named =
      rest.lazy.compactMap { sequences.namedClass($0) }.first ?? sequences.namedClass(rest.joined(separator: " "))
    let promoterNames = facts.sites.promoterNames(of: gene)
    if !promoterNames.isEmpty, coding.isEmpty,
      phrase.has("promoter") || promoterNames.contains(where: { phrase.has($0.lowercased()) })
    {
      let name = rest.first { promoterNames.contains($0.uppercased()) } ?? ""
      let change = sequences.normalize(gene: gene, protein: name, coding: "", consequence: Consequence(.promoter))
        .change
      return (change, [])
    }
    if !protein.isEmpty || !coding.isEmpty || named != nil {
      let result = sequences.normalize(
        gene: gene, protein: protein.isEmpty ? named ?? "" : protein, coding: coding,
        consequence: statedEffect(phrase).map { Consequence($0) } ?? .notStated, assumesTranscript: true)
      return result.isUnclear ? nil : (result.change, result.cautions)
    }
    if let codon = phrase.number(after: "codon").flatMap({ Int(exactly: $0) }), codon > 1 {
      let change = ProteinChange.anyResidue(at: codon, from: "X")
      return (SequenceChange(effect: .missense, proteinChange: change), [.residueNotStated])
    }
    if let exon = sequences.exonChange(of: gene, phrase, codons: { reference.exons.codons(gene: gene, exon: $0) }) {
      return (exon, [])
    }
    if isOutOfFrame(phrase, gene) {
      return (SequenceChange(effect: .frameshift, namedClass: "rearrangement, out of frame"), [])
    }
    return unnamed(phrase)
  }

  /// Whether a part of a suppressor is said to be lost or repeated out of frame.
  private func isOutOfFrame(_ phrase: FindingPhrase, _ gene: String) -> Bool {
    phrase.hasAny("deletion", "duplication", "rearrangement", "insertion", "inversion")
      && reference.roles[gene]?.isSuppressor == true && !phrase.has("in-frame")
      && RearrangementWords([phrase.text]).frame == .outOfFrame
  }

  /// Older notations as they are written now: `E746-A750del`, `delE746-A750`, `1799T>A`.
  static func current(_ word: String) -> String {
    if let first = word.first, first.isNumber, word.contains(">"),
      let arrow = word.firstIndex(of: ">"), word[arrow...].dropFirst().allSatisfy({ "ACGT".contains($0) }),
      word[..<arrow].last.map({ "ACGT".contains($0) }) ?? false
    {
      return "c." + word
    }
    guard let hyphen = word.firstIndex(of: "-") else { return word }
    var joined = word
    joined.replaceSubrange(hyphen...hyphen, with: "_")
    for kind in ["delins", "del", "dup"] where joined.hasPrefix(kind) { joined = joined.dropFirst(kind.count) + kind }
    // `L747-P753insS` puts an insertion in the place of the range.
    if let change = ProteinChange(joined), change.first < change.last { return joined }
    if let range = joined.firstRange(of: "ins"), !joined.contains("delins") {
      joined.replaceSubrange(range, with: "delins")
    }
    return ProteinChange(joined).map { $0.first < $0.last } ?? false ? joined : word
  }

  /// A change of which only its class or its effect is said.
  private func unnamed(_ phrase: FindingPhrase) -> (change: SequenceChange, cautions: [Caution])? {
    if let effect = statedEffect(phrase) {
      return (SequenceChange(effect: effect), effect == .synonymous ? [] : [.changeNotStated])
    }
    if phrase.hasAny("reversion", "reverted", "revertant") {
      return (SequenceChange(effect: .frameshift, namedClass: SequenceChange.reversion), [])
    }
    if phrase.hasAny("loss of function", "loss-of-function", "lof", "inactivating", "inactivated", "truncated", "null")
    {
      return (SequenceChange(.lossOfFunction), [.pathogenicStated])
    }
    if phrase.hasAny("pathogenic", "activating", "oncogenic", "hotspot", "gain of function", "gain-of-function") {
      return (SequenceChange(.pathogenic), [.pathogenicStated])
    }
    if phrase.hasAny("mutation", "mutations", "mutated", "mutant", "mut", "variant", "variants", "vus") {
      return (SequenceChange(.unspecified), [.changeNotStated])
    }
    if phrase.hasAny("alteration", "alterations", "altered", "aberration", "aberrant") {
      return (SequenceChange(.alteration), [.changeNotStated])
    }
    return nil
  }

  /// What a clinician's words say of the change.
  private func statedEffect(_ phrase: FindingPhrase) -> VariantEffect? {
    Self.effectPhrases.first { words, _ in words.contains(where: phrase.has) }?.1
  }

  /// Whether words of a loss or gain may be those of an effect: `start lost`, `stop gained`.
  private static func isOfStartOrStop(_ effect: VariantEffect) -> Bool {
    effect == .startLost || effect == .stopLost || effect == .nonsense
  }

  /// The effect of which a text is the name and no more.
  static func effect(named text: String) -> VariantEffect? {
    effectPhrases.first { words, _ in words.contains(text) }?.1
  }

  private static let effectPhrases: [([String], VariantEffect)] = [
    (["frameshift", "frame shift"], .frameshift),
    (
      [
        "nonsense", "stop gain", "stop-gain", "stopgain", "stop gained", "stop_gained", "stop-gained", "gain of stop",
        "premature stop", "truncating", "truncation",
      ], .nonsense
    ),
    (
      [
        "start lost", "start_lost", "start-lost", "start loss", "start-loss", "loss of start", "start codon lost",
        "start codon loss", "initiator codon",
      ], .startLost
    ),
    (["stop lost", "stop_lost", "stop-lost", "stop loss", "stop-loss", "stoploss", "loss of stop"], .stopLost),
    (["splice site", "splice-site", "splice", "splicing"], .splice),
    (["in-frame deletion", "inframe deletion", "in frame deletion"], .inframeDeletion),
    (["in-frame insertion", "inframe insertion", "in frame insertion"], .inframeInsertion),
    (["missense"], .missense),
    (["silent", "synonymous"], .synonymous),
  ]
}
