// SPDX-License-Identifier: Apache-2.0
package import Alterations
package import InputFormats
internal import SystemIO

extension Normalizer {
  /// What the row of a sample sheet states of a tumor.
  package struct SheetFindings {
    package var measured: [Alteration] = []
    /// Findings of genes that have a column of their own.
    package var ofGenes: [Alteration] = []
    /// Cells that are not used, each with the reason.
    package var unclear: [(column: String, value: String, reason: String)] = []
    /// Genes of which a cell says that a test failed or is uncertain.
    package var undetermined: [AssayKind: Set<String>] = [:]
  }

  /// Reads the cells of a sheet's row that state findings.
  package func findings(of entry: SampleSheet.Entry) -> SheetFindings {
    var found = SheetFindings()
    (found.measured, found.unclear) = measurements(of: entry)
    for (name, cell) in entry.values.stated where GeneResultColumns.isName(name) {
      guard isTold(cell) else {
        found.unclear.append((name, cell, "cannot be read"))
        continue
      }
      let understood = clinic.value.understand("\(name) \(cell)")
      for gene in understood.undetermined {
        found.undetermined[.mutations, default: []].insert(gene)
        found.undetermined[.fusions, default: []].insert(gene)
      }
      guard understood.notUnderstood.isEmpty, !understood.alterations.isEmpty else {
        found.unclear.append((name, cell, "cannot be read"))
        continue
      }
      found.ofGenes += understood.alterations.map { finding in
        var finding = finding
        finding.asWritten = "\(name) \(cell)"
        return finding
      }
    }
    return found
  }

  /// Whether all words of a cell are results, changes and what stands beside them: an unknown word may deny what the column
  /// looks for.
  private func isTold(_ cell: String) -> Bool {
    let plain = PlainTyping.of(cell)
    if ResultWords.builtIn.meaning(of: plain[...]) != nil || CellWords.isResult(plain) { return true }
    var before = ""
    for word in FindingPhrase(plain).words.flatMap({ $0.split { ";,:/=".contains($0) } }).map(String.init) {
      defer { before = word.lowercased() }
      let lowered = word.lowercased()
      if Self.toldWords.contains(lowered) || lowered == "-" || lowered == "+" { continue }
      if word.contains(where: \.isNumber) {
        if ["exon", "exons", "ex", "codon", "vaf", "af"].contains(before) { continue }
        let bare = word.filter { !"()+-".contains($0) }
        if ProteinChange(bare) != nil || word.hasPrefix("c.") || lowered.hasPrefix("ex") || word.contains("::") {
          continue
        }
        if SequenceNormalizer.codon(bare) != nil || lowered.hasSuffix("del") || lowered.hasPrefix("del") { continue }
      }
      guard word.count > 2, word.contains(where: \.isUppercase) else { return false }
      let genesNamed = word.split { "-:".contains($0) }.map(String.init)
      guard genesNamed.allSatisfy({ genes.symbol($0) == $0 || sequences.namedClass($0) != nil }) else { return false }
    }
    return !before.isEmpty
  }

  private static let toldWords: Set<String> = [
    "exon", "exons", "ex", "codon", "del", "deletion", "insertion", "ins", "dup", "duplication", "skipping", "mutation",
    "mutations", "mutated", "mutant", "mut", "fusion", "fused", "rearrangement", "rearranged", "translocation",
    "amplification", "amplified", "amp", "gain", "loss", "wild", "type", "wt", "wildtype", "wild-type", "vus",
    "pathogenic", "likely", "positive", "pos", "negative", "neg", "detected", "not", "no", "and", "with", "vaf", "af",
    "truncation", "truncating", "frameshift", "splice", "homozygous", "heterozygous", "deep", "high", "germline",
    "somatic", "missense", "nonsense", "variant", "itd", "tkd", "viii",
  ]
}
