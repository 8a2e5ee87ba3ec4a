// SPDX-License-Identifier: Apache-2.0
package import Alterations
package import Knowledge

/// Understands findings as a clinician writes them: `HER2 amp`, `KIT p.Val559Asp`, `KRAS wt`, `ER 95%, PgR 90%`.
///
/// What cannot be understood is said and never guessed.
package struct ClinicalText: Sendable {
  /// What was understood of some text.
  package struct Understanding: Sendable {
    /// The findings in the order of the text.
    package var alterations: [Alteration] = []
    /// Parts that were not understood, each with a reason.
    package var notUnderstood: [(text: String, reason: String)] = []
    /// Genes of which a part says that a test failed or is uncertain.
    package var undetermined: Set<String> = []
    /// What was assumed, for people: `deletion of CDKN2A taken as loss of one allele`.
    package var remarks: [String] = []
    /// The WHO grade of the tumor, where a finding states it.
    package var grade: Int?
  }

  let genes: GeneNormalizer
  let sequences: SequenceNormalizer
  let fusions: FusionNormalizer
  /// Puts the partners of a fusion in order.
  let orientation: FusionOrientation
  /// What the table knows beside its rules.
  let reference: ReferenceTables
  /// Names of rearrangements that name no gene; longest names first.
  let rearrangements: [Rearrangement]
  /// Names of biomarkers, families and classes of change.
  let facts: Facts
  /// Copies from which on a gain is an amplification in a diploid tumor.
  let amplificationCopies: Double

  /// A reader that knows what a table knows.
  package init(table: KnowledgeBase) {
    let reference = table.reference
    self.init(
      table: table, genes: Normalizer.geneNormalizer(table),
      sequences: SequenceNormalizer(
        legacyNumbering: reference.legacyNumbering, facts: reference.facts, genes: reference.codingGenes,
        hotspots: reference.hotspots, reference: reference), amplificationCopies: Normalizer.usualAmplificationCopies)
  }

  /// The same with what reads genes and changes of that table already.
  init(table: KnowledgeBase, genes: GeneNormalizer, sequences: SequenceNormalizer, amplificationCopies: Double) {
    self.amplificationCopies = amplificationCopies
    reference = table.reference
    facts = reference.facts
    self.genes = genes.ofClinics(facts.phrases.noGenes)
    self.sequences = sequences
    fusions = FusionNormalizer(genes: self.genes)
    orientation = FusionOrientation(table: table)
    rearrangements = reference.rearrangements.map { Rearrangement($0.key, $0.value) }
      .sorted { ($1.name.utf8.count, $0.name) < ($0.name.utf8.count, $1.name) }
  }

  /// In bytes; no list of findings that a person writes is longer.
  private static let longest = 4000

  /// Reads one argument, which may hold several findings.
  ///
  /// - Parameter build: The build of the genome of changes that are given by position.
  package func understand(_ text: String, build: GenomeBuild? = nil) -> Understanding {
    if text.utf8.count <= Self.longest { return understood(text, build) }
    var result = Understanding()
    result.notUnderstood.append((String(text.prefix(60)), "is too long for a finding (give each by itself)"))
    return result
  }

  private func understood(_ text: String, _ build: GenomeBuild?) -> Understanding {
    var (result, lastGene, last) = (Understanding(), "", 0)
    var before: FindingPart?, open: FindingPart?
    let typed = spaced(withParallelResults(PlainTyping.of(text)))
    let plain = Self.withoutBrackets(reworded(exonsApart(partnersJoined(withSentencesSettled(typed)))))
    let parts = findings(plain)
    for (index, var part) in parts.enumerated() {
      defer { before = part }
      var phrase = FindingPhrase(part.text)
      if phrase.isEmpty { continue }
      if phrase.has("grade"), let grade = TumorGrade.read(part.text) {
        result.grade = grade
        continue
      }
      if takesStars(part, &result, &last, &lastGene) { continue }
      if let doubt = openRefusal(behind: part, parts[(index + 1)...], in: plain) ?? unsettled(
        part, phrase, behind: before, &open)
        ?? settle(&part, &phrase)
      {
        noteDoubt(doubt, of: part, &result)
        continue
      }
      if let words = Certainty.isEarlier(phrase) {
        result.remarks.append(
          "'\(part.written)' is '\(words)'; it is taken as a finding of this tumor (check that it still is)")
        phrase = FindingPhrase(Certainty.withoutTime(part.text))
      }
      if last < result.alterations.count, isQualifier(phrase), !part.isDenied {
        qualify(phrase, from: last, &result)
        continue
      }
      if let whole = completed(part, phrase, lastGene, &result) {
        part = whole
        phrase = FindingPhrase(whole.text)
      }
      if last < result.alterations.count, settlesTest(&part, &phrase, from: last, &result) { continue }
      // `HER2 IHC 2+ FISH not amplified`: what is denied is the second test.
      if part.isDenied, let found = hybridized(FindingPhrase(part.written)) {
        last = result.alterations.count
        result.alterations += found
        continue
      }
      let byPlace = part.isDenied ? nil : placed(phrase, build)
      guard let found = byPlace ?? read(phrase, isDenied: part.isDenied, &result) else {
        result.notUnderstood.append((part.written, reason(phrase)))
        continue
      }
      sayUnread(of: part, phrase, found, &result)
      dropUnnamed(before: found, from: &last, lastGene, &result)
      last = result.alterations.count
      result.alterations += found.map { finding in
        var finding = decorated(finding, phrase)
        if part.isDenied { finding.asWritten = part.written }
        return finding
      }
      lastGene = continuingGene(found)
    }
    Self.dropRepeated(&result.alterations)
    return result
  }

  /// Why a part is no finding yet; `nil` where it is one.
  ///
  /// - Parameter open: The denial that may hold for the part; what is open of one part is open of those behind it.
  private func unsettled(
    _ part: FindingPart, _ phrase: FindingPhrase, behind before: FindingPart?, _ open: inout FindingPart?
  ) -> String? {
    if let doubt = Certainty.doubt(FindingPhrase(part.written)) { return doubt.reason }
    if let word = OtherTongues.unknownScript(part.written) {
      return "'\(word)' is in no script that is read and leaves open whether it is there"
    }
    if let doubt = openDenial(part, behind: open ?? before) {
      open = open ?? before
      return doubt
    }
    open = nil
    return part.isDenied ? countContradiction(part) : countContradiction(part) ?? alternative(phrase)
  }

  /// A part that goes on about the gene or the biomarker before it, with its name; `nil` where it names its own.
  private func completed(
    _ part: FindingPart, _ phrase: FindingPhrase, _ lastGene: String, _ result: inout Understanding
  ) -> FindingPart? {
    let course = phrase.words.prefix { Self.courses.contains($0.lowercased()) }.count
    if course > 0, course < phrase.words.count {
      let rest = phrase.words.dropFirst(course).joined(separator: " ")
      let own = FindingPart(text: rest, isDenied: part.isDenied, written: rest)
      if let found = completed(own, FindingPhrase(rest), lastGene, &result) { return found }
    }
    if !lastGene.isEmpty, goesOn(phrase) {
      // `EGFR L858R, T790M negative`: the denial may stand behind the change.
      let again = part.isDenied ? [] : findings("\(lastGene) \(part.written)")
      result.remarks.append("'\(part.written)' is taken as a change of \(lastGene)")
      return again.count == 1
        ? FindingPart(text: again[0].text, isDenied: again[0].isDenied, written: part.written)
        : FindingPart(text: "\(lastGene) \(part.text)", isDenied: part.isDenied, written: part.written)
    }
    return scoreBefore(phrase, result.alterations.last).map { name in
      FindingPart(text: "\(name) \(part.text)", isDenied: part.isDenied, written: part.written)
    }
  }

  /// Says what of a part was not read: the scale of a share, genes that stand beside what was read.
  private func sayUnread(
    of part: FindingPart, _ phrase: FindingPhrase, _ found: [Alteration], _ result: inout Understanding
  ) {
    if found.isEmpty { return }
    let stain = facts.biomarkers.first(.share).nameOfResults
    let isWithoutScale = found.contains { finding in
      guard case .measurement(let measured) = finding.event else { return false }
      return measured.name == stain && measured.number != nil && measured.scale.isEmpty
    }
    if isWithoutScale {
      result.remarks.append("'\(part.written)' does not state its scale (TPS, CPS, TC, IC), which rules ask for")
    }
    let isTestUnread =
      found.contains { gradedStain($0) != nil } && (isHybridized(phrase) || phrase.has("ratio"))
      && !found.contains(where: isHybridization)
    if isTestUnread {
      result.notUnderstood.append(
        (part.written, "what the second test found is not understood (write 'FISH positive' or 'FISH negative')"))
    }
    for name in unread(phrase, found) + (part.isDenied ? [] : unreadChanges(phrase, found)) {
      result.notUnderstood.append(
        (part.written, "\(name) is named in it and was not read (put a comma between findings)"))
    }
  }

  /// The gene that a bare change behind these findings would be of.
  func continuingGene(_ found: [Alteration]) -> String {
    guard let last = found.last else { return "" }
    switch last.event {
    case .sequence: return Set(found.map(\.gene)).count == 1 ? last.gene : ""
    case .fusion(let fusion): return orientation.gene(of: fusion)
    case .copyNumber: return Set(found.map(\.gene)).count == 1 ? last.gene : ""
    case .absent(.sequence), .wildType: return Set(found.map(\.gene)).count == 1 ? last.gene : ""
    default: return ""
    }
  }

  /// The biomarker that a phrase goes on about: `TPS 60%` and `CPS 45` behind a stain, `14 mut/Mb` by its unit.
  private func scoreBefore(_ phrase: FindingPhrase, _ before: Alteration?) -> String? {
    guard let first = phrase.words.first?.lowercased() else { return nil }
    let stain = facts.biomarkers.first(.share).nameOfResults
    if before?.gene == stain, Self.shareScales.contains(where: { first == $0 || first.hasPrefix($0 + "=") }) {
      return stain
    }
    let isRate = first.first?.isNumber == true && phrase.hasAny("mb", "megabase") && !phrase.has("tmb")
    return isRate && !phrase.words.contains(where: isGeneName) ? facts.biomarkers.first(.burden).nameOfResults : nil
  }

  /// Whether a phrase names a change, or an exon, and no gene.
  private func goesOn(_ phrase: FindingPhrase) -> Bool {
    guard let first = phrase.words.first, genes.symbol(first) == nil else { return false }
    let isExon =
      ["exon", "exons"].contains(first.lowercased()) && phrase.words.count > 2
      && !phrase.words.contains(where: isGeneName)
    return ProteinChange(first) != nil || first.hasPrefix("c.") || isExon
  }

  /// Why words that name one of several are no finding; `nil` where they name one.
  private func alternative(_ phrase: FindingPhrase) -> String? {
    guard let place = phrase.words.firstIndex(where: { $0.lowercased() == "or" }), place > 0,
      place + 1 < phrase.words.count, lostRepairProteins(phrase) == nil
    else { return nil }
    let bounds = ["more", "higher", "greater", "above", "less", "lower", "stronger", "unknown"]
    if bounds.contains(phrase.words[place + 1].lowercased()) { return nil }
    let before = phrase.words[..<place].joined(separator: " ")
    return before.contains("(") && !before.contains(")")
      ? nil : "'or' leaves open which of them was found (state that one)"
  }

  /// `p.[L858R;T790M]` as two changes.
  private static func withoutBrackets(_ text: String) -> String {
    guard let open = text.firstIndex(of: "["), let close = text[open...].firstIndex(of: "]") else { return text }
    let items = text[text.index(after: open)..<close].split(separator: ";").map { String($0).trimmingWhiteSpace }
    guard items.count > 1, items.allSatisfy({ ProteinChange($0) != nil || $0.contains(">") }) else { return text }
    return text[..<open] + items.joined(separator: "; ") + text[text.index(after: close)...]
  }

  /// What a phrase states or denies, in its own order of words or else with its gene first.
  func read(_ phrase: FindingPhrase, isDenied: Bool, _ result: inout Understanding) -> [Alteration]? {
    func read(_ phrase: FindingPhrase) -> [Alteration]? {
      if isDenied { return denied(phrase, &result) }
      return stated(phrase, &result).flatMap { isRefused(phrase, $0) ? nil : $0 }
    }
    if let found = read(phrase) { return found }
    for other in [geneFirst(phrase), hyphenOpened(phrase)].compactMap({ $0 }) {
      if let found = read(FindingPhrase(other)), !found.isEmpty {
        return found.map { finding in
          var finding = finding
          finding.asWritten = phrase.text
          return finding
        }
      }
    }
    return nil
  }

  func stated(_ written: FindingPhrase, _ result: inout Understanding) -> [Alteration]? {
    let phrase = Self.withoutAffirmation(written)
    if let found = specialNames(phrase) ?? joinedName(phrase) { return found }
    if let found = measurements(phrase) { return found + amplification(seenBy: found, phrase) }
    return wildTypes(phrase) ?? copyNumbers(phrase, &result) ?? rearrangement(phrase) ?? sequenceChange(phrase)
  }

  /// `ERBB2 amplification (FISH)`: what a hybridization found is an amplification too where the words name one.
  private func amplification(seenBy found: [Alteration], _ phrase: FindingPhrase) -> [Alteration] {
    guard phrase.hasAny("amplification", "amplified"), found.count < 3,
      let seen = found.first(where: {
        if case .measurement(let test) = $0.event { return test.scale == "ISH" && test.word == "positive" }
        return false
      })
    else { return [] }
    var amplified = seen
    amplified.event = .copyNumber(.amplification)
    return [amplified]
  }

  /// A finding without a last word that says that it is there: `EGFR exon 20 insertion positive` is no stain.
  private static func withoutAffirmation(_ phrase: FindingPhrase) -> FindingPhrase {
    guard let last = phrase.words.last?.lowercased(), ["positive", "pos"].contains(last), phrase.words.count > 2,
      ["insertion", "skipping", "frameshift", "truncation", "duplication", "deletion", "nonsense", "missense"].contains(
        phrase.words[phrase.words.count - 2].lowercased())
    else { return phrase }
    return FindingPhrase(phrase.words.dropLast().joined(separator: " "))
  }

  /// What a text says that was looked for and not found.
  func denied(_ phrase: FindingPhrase, _ result: inout Understanding) -> [Alteration]? {
    var quiet = Understanding()
    guard var found = stated(phrase, &quiet) ?? looksFor(phrase) else { return nil }
    // `BCR-ABL1 T315I negative`: what is denied is the change.
    if found.count > 1, case .fusion = found[0].event, case .sequence = found[1].event { found.removeFirst() }
    var absent: [Alteration] = []
    for finding in found {
      switch finding.event {
      case .measurement(let measurement):
        guard let opposite = Self.opposite(measurement) else { return nil }
        absent.append(Alteration(gene: finding.gene, event: .measurement(opposite), asWritten: phrase.text))
      case .sequence(let change) where change.unnamed != nil:
        absent.append(Alteration(gene: finding.gene, event: .wildType, asWritten: phrase.text))
      case .wildType, .absent: return nil
      case .sequence, .copyNumber, .fusion:
        absent.append(Alteration(gene: finding.gene, event: .absent(finding.event), asWritten: phrase.text))
      }
    }
    return absent
  }

  /// What a name alone looks for, so that its absence is a result: `no MSI`, `HRD not detected`, `ALK: none`.
  private func looksFor(_ phrase: FindingPhrase) -> [Alteration]? {
    let words = phrase.words.filter { !["status", "testing", "test", "mutational"].contains($0.lowercased()) }
    guard words.count == 1, let name = words.first else { return nil }
    if let biomarker = facts.biomarkers.written(name), biomarker.genes.isEmpty || biomarker.reading == .repair {
      let word: String? =
        switch biomarker.reading {
        case .instability, .burden: "high"
        case .deficiency: "positive"
        case .structures, .arm: "present"
        default: nil
        }
      return word.map { word in
        [
          Alteration(
            gene: biomarker.nameOfResults, event: .measurement(Measurement(name: biomarker.nameOfResults, word: word)),
            asWritten: phrase.text)
        ]
      }
    }
    guard let found = leadingGenes(phrase) else { return nil }
    if found.genes.allSatisfy(facts.fusionRoles.isTestOfRearrangement) {
      return found.genes.map { Alteration(gene: $0, event: .fusion(orientation.single($0)), asWritten: phrase.text) }
    }
    guard facts.phrases.polarityMeansMutation(name.uppercased()) else { return nil }
    return found.genes.map {
      Alteration(gene: $0, event: .sequence(SequenceChange(.unspecified)), asWritten: phrase.text)
    }
  }

  static func opposite(_ measurement: Measurement) -> Measurement? {
    let opposites = [
      "positive": "negative", "deficient": "proficient", "high": "not high", "present": "absent", "loss": "intact",
      "methylated": "unmethylated", "codeleted": "not codeleted",
    ]
    guard measurement.number == nil, let word = opposites[measurement.word] else { return nil }
    return Measurement(name: measurement.name, scale: measurement.scale, word: word)
  }

  /// Adds what a phrase says beside its finding: origin, allele fraction, whether it was called pathogenic.
  func decorated(_ alteration: Alteration, _ phrase: FindingPhrase) -> Alteration {
    var alteration = alteration
    if phrase.has("germline") { alteration.origin = .germline }
    if phrase.has("somatic") { alteration.origin = .somatic }
    let ofSuppressor = reference.roles[alteration.gene]?.isSuppressor == true
    if phrase.hasAny("vus", "uncertain significance", "unknown significance")
      || ofSuppressor && phrase.hasAny("class 3", "class iii")
    {
      alteration.cautions.removeAll { $0 == .changeNotStated }
      alteration.cautions.append(.uncertainStated)
    } else if ofSuppressor, phrase.hasAny("class 1", "class 2", "class i", "class ii") {
      alteration.cautions.append(.benignStated)
    } else if phrase.hasAny("benign", "polymorphism", "non-pathogenic", "not pathogenic") {
      alteration.cautions.append(.benignStated)
    } else if phrase.has("pathogenic") || ofSuppressor && phrase.hasAny("class 4", "class 5", "class iv", "class v"),
      !alteration.cautions.contains(.pathogenicStated)
    {
      alteration.cautions.append(.pathogenicStated)
    }
    if phrase.hasAny("subclonal", "sub-clonal", "subclone", "in a subclone"), !alteration.cautions.contains(.subclonal)
    {
      alteration.cautions.append(.subclonal)
    }
    if alteration.cancerCellFraction == nil { alteration.cancerCellFraction = phrase.cellFraction }
    if phrase.hasAny("out of frame", "out-of-frame", "reciprocal"), case .fusion(let fusion) = alteration.event,
      fusion.frame != .outOfFrame
    {
      alteration.event = .fusion(fusion.with(frame: .outOfFrame))
      if !alteration.cautions.contains(.possibleFusion) { alteration.cautions.append(.possibleFusion) }
    }
    if case .copyNumber = alteration.event, alteration.copyNumber == nil {
      alteration.copyNumber = phrase.number(after: "copy number", "copy-number", "cn")
    }
    if alteration.variantAlleleFraction == nil { alteration.variantAlleleFraction = phrase.alleleFraction }
    if case .sequence(let change) = alteration.event, facts.doseAlleles.hasStarNames(alteration.gene),
      !facts.doseAlleles.alleles(of: alteration.gene, change).isEmpty,
      !alteration.cautions.contains(.homozygous), !alteration.cautions.contains(.heterozygous),
      let copies = DoseAlleles.copies(phrase.lowered)
    {
      alteration.cautions.append(copies)
    }
    return alteration
  }

  private func reason(_ phrase: FindingPhrase) -> String {
    guard let name = phrase.words.first else { return "is empty" }
    if let undecided = undecidedCount(phrase) { return undecided }
    switch genes.normalize(name) {
    case .family(let family): return "\(family) names a family of genes (name the gene)"
    case .ambiguous: return "'\(name)' is a name of several genes (use the current HGNC symbol)"
    case .dateLike: return "'\(name)' is a date that a spreadsheet made of a gene symbol"
    case .gene, .protein: return "the gene is known, what happened to it is not understood"
    case .unknown: return "no gene or biomarker is recognized (write for example 'BRAF V600E', 'HER2 amp', 'TMB 14')"
    }
  }
}
