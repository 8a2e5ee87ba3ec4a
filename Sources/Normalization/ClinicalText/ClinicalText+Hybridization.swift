// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Results of in situ hybridization beside a stain: `HER2 IHC 2+, FISH not amplified`, `ALK IHC positive, FISH negative`.
extension ClinicalText {
  /// Whether a phrase speaks of a hybridization.
  func isHybridized(_ phrase: FindingPhrase) -> Bool {
    StatedMeasurement.hybridizations.contains { phrase.has($0.lowercased()) }
  }

  /// Whether a phrase about a hybridization says that nothing was amplified.
  func isDeniedAmplification(_ phrase: FindingPhrase) -> Bool {
    phrase.hasAny("negative", "neg", "ish-", "fish-", "not", "no", "non", "without", "absent", "normal")
      || StatedMeasurement.hybridizations.contains { phrase.has($0.lowercased() + "-") }
      || phrase.hasAny("nonamplified", "unamplified", "undetected", "polysomy only")
  }

  /// Whether a phrase names no gene and gives the result of a test, or an amplification, of the gene before it.
  func isResultOfTest(_ phrase: FindingPhrase) -> Bool {
    guard let first = phrase.words.first else { return false }
    let test = first.uppercased().filter(\.isLetter)
    if test == "IHC" || StatedMeasurement.hybridizations.contains(test) { return true }
    let ofTest = phrase.hasAny("amplified", "amplification", "non-amplified", "rearranged", "rearrangement")
    return ofTest && !phrase.words.contains { genes.symbol($0) != nil && !isHybridized(FindingPhrase($0)) }
      && !phrase.words.contains { family(named: $0) != nil || ProteinChange($0) != nil }
  }

  /// Takes a phrase that gives the result of a test of the finding before it, as one statement with a stain in grades,
  /// else as a phrase about the gene of that finding.
  ///
  /// - Parameter last: Where the findings of the phrase before begin.
  /// - Returns: Whether nothing of the phrase is left to be read.
  func settlesTest(
    _ part: inout FindingPart, _ phrase: inout FindingPhrase, from last: Int, _ result: inout Understanding
  ) -> Bool {
    guard isResultOfTest(phrase) else { return false }
    let before = result.alterations[last]
    if let stain = gradedStain(before) {
      if let found = hybridized(before, stain, part.written) {
        result.alterations.replaceSubrange(last..., with: found)
      } else {
        result.notUnderstood.append(
          (part.written, "what the test found is not understood (write 'FISH positive' or 'FISH negative')"))
      }
      return true
    }
    // `ALK IHC positive, FISH not rearranged`: a test of the gene before it.
    let again = findings("\(before.gene) \(part.written)")
    if again.count == 1 {
      part = again[0]
      phrase = FindingPhrase(part.text)
    }
    return false
  }

  /// The stain in grades whose result a finding is.
  func gradedStain(_ finding: Alteration) -> Biomarker? {
    guard case .measurement(let measured) = finding.event, let stain = facts.biomarkers.ofGene(measured.name),
      stain.reading == .graded
    else { return nil }
    return stain
  }

  /// A stain and the hybridization that follows it as one statement; `nil` when the second is not understood.
  func hybridized(_ before: Alteration, _ stain: Biomarker, _ written: String) -> [Alteration]? {
    let test = isHybridized(FindingPhrase(written)) || FindingPhrase(written).has("ihc") ? "" : "FISH "
    let stated = before.asWritten.dropFirst(stain.name.count + 1)
    let whole = FindingPhrase("\(stain.name) \(stated) \(test)\(written)")
    guard let found = measurements(whole) else { return nil }
    // Of a hybridization its own result must be there, and not the stain's once more.
    return whole.has("ihc") && FindingPhrase(written).has("ihc") || found.contains(where: isHybridization) ? found : nil
  }

  /// A stain and a hybridization in one phrase; `nil` where it does not hold both.
  func hybridized(_ phrase: FindingPhrase) -> [Alteration]? {
    guard isHybridized(phrase), let found = measurements(phrase), found.count > 1,
      found.contains(where: isHybridization)
    else { return nil }
    return found
  }

  /// Why a ratio with its copies decides nothing by itself; `nil` where it does, or none is stated.
  func undecidedCount(_ phrase: FindingPhrase) -> String? {
    let gene = facts.biomarkers.first(.graded).nameOfResults
    guard let counted = HybridizationCount(phrase), isAbout(gene, phrase),
      counted.result(of: gene, facts.stainGrades) == nil
    else { return nil }
    return "its ratio and copies alone do not decide (add the grade of the stain, or write 'FISH positive')"
  }

  /// Why a ratio contradicts the word beside it: `FISH negative, ratio 2.8`.
  func countContradiction(_ part: FindingPart) -> String? {
    let (phrase, gene) = (FindingPhrase(part.written), facts.biomarkers.first(.graded).nameOfResults)
    guard let counted = HybridizationCount(phrase), isAbout(gene, phrase),
      let word = counted.result(of: gene, facts.stainGrades)
    else { return nil }
    let isDenied = isDeniedAmplification(phrase)
    let isStated = isDenied || phrase.hasAny("positive", "pos", "amplified", "amplification")
    return isStated && isDenied != (word == "negative")
      ? "its ratio contradicts the word beside it (write what the test found)" : nil
  }

  private func isAbout(_ gene: String, _ phrase: FindingPhrase) -> Bool {
    phrase.words.first.flatMap { $0.split(separator: "/").first }.flatMap { genes.symbol(String($0)) } == gene
  }

  func isHybridization(_ finding: Alteration) -> Bool {
    guard case .measurement(let measured) = finding.event else { return false }
    return measured.scale == "ISH"
  }
}
