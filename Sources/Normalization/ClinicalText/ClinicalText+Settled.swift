// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// What later parts of a text make of findings that were read before them.
extension ClinicalText {
  /// Adds what stands behind findings to each of them: `germline`, `VAF 4%`, `homozygous`.
  func qualify(_ phrase: FindingPhrase, from start: Int, _ result: inout Understanding) {
    for index in start..<result.alterations.count {
      result.alterations[index] = decorated(result.alterations[index], phrase)
    }
    settleAlleles(phrase, from: start, &result)
  }

  /// Says why a part is no finding; of a test without a result its genes stay open.
  func noteDoubt(_ doubt: String, of part: FindingPart, _ result: inout Understanding) {
    result.notUnderstood.append((part.written, doubt))
    let phrase = FindingPhrase(part.written)
    if Certainty.doubt(phrase) != nil { result.undetermined.formUnion(leadingGenes(phrase)?.genes ?? []) }
  }

  /// `PTEN deletion, homozygous`: of how many alleles a loss is may stand behind it.
  private func settleAlleles(_ phrase: FindingPhrase, from start: Int, _ result: inout Understanding) {
    guard phrase.has("homozygous") else { return }
    for index in start..<result.alterations.count where result.alterations[index].cautions.contains(.oneAlleleAssumed) {
      let written = result.alterations[index].asWritten
      result.alterations[index].event = .copyNumber(.homozygousDeletion)
      result.alterations[index].cautions.removeAll { $0 == .oneAlleleAssumed }
      result.remarks.removeAll { $0.contains("'\(written)'") }
    }
  }

  /// `EGFR mutated, L858R`: the change that goes on about a gene is the mutation that was said before it.
  func dropUnnamed(
    before found: [Alteration], from last: inout Int, _ lastGene: String, _ result: inout Understanding
  ) {
    guard !lastGene.isEmpty, last == result.alterations.count - 1, let before = result.alterations.last,
      before.gene == lastGene, case .sequence(let stated) = before.event, stated.unnamed == .unspecified,
      found.contains(where: {
        guard case .sequence(let change) = $0.event else { return false }
        return $0.gene == lastGene && change.unnamed == nil
      })
    else { return }
    result.alterations.removeLast()
  }

  /// `t(17;22) COL1A1-PDGFB`: one finding under two names is one.
  static func dropRepeated(_ found: inout [Alteration]) {
    var said: [Alteration] = []
    found.removeAll { finding in
      if said.contains(where: { $0.isSaidAgain(by: finding) }) { return true }
      said.append(finding)
      return false
    }
  }
}

extension Alteration {
  /// Whether another one states the same event of the gene, in whatever words, and no more than this one.
  fileprivate func isSaidAgain(by other: Alteration) -> Bool {
    gene == other.gene && event == other.event && origin == other.origin
      && [nil, variantAlleleFraction].contains(other.variantAlleleFraction)
      && [nil, copyNumber].contains(other.copyNumber) && other.cautions.allSatisfy(cautions.contains)
  }
}
