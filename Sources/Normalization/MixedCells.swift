// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import InputFormats
internal import Knowledge
internal import SystemIO

/// Cells in the place of a change that hold more than changes of one protein: results (`L858R (+), T790M (-)`), exclusions
/// (`other than G12C`), findings of another kind or gene (`EML4-ALK; G1202R`, `V600E; KRAS G12D`).
///
/// They are read as a question is; taken apart by signs, what a cell denies would be a finding, and what is of another kind
/// would be lost.
extension Normalizer {
  /// What such a cell states to be there; `nil` where the cell is none, or is not understood as a whole.
  func mixed(_ record: RawRecord, _ batch: RecordBatch, _ file: Int32) -> [Alteration]? {
    guard case .mutation(let row) = record.statement, row.codingChange.isEmpty,
      MixedCells.mayBe(batch.text.span.extracting(row.proteinChange.range))
    else { return nil }
    let (gene, cell) = (batch.string(row.gene), batch.string(row.proteinChange))
    guard let symbol = genes.symbol(gene), isMixed(cell, of: symbol) else { return nil }
    let understood = clinic.value.understand("\(gene) \(cell)")
    guard understood.notUnderstood.isEmpty, !understood.alterations.isEmpty else { return nil }
    var stated = understood.alterations.filter { finding in
      switch finding.event {
      case .absent, .wildType: false
      case .sequence, .copyNumber, .fusion, .measurement: true
      }
    }
    // What the row says of reads and cells is of its one finding; of several it cannot be told of which.
    if stated.count == 1 {
      if row.alleleFraction >= 0 { stated[0].variantAlleleFraction = Double(row.alleleFraction) }
      if row.cellFraction >= 0 { stated[0].cancerCellFraction = Double(row.cellFraction) }
      if row.depth >= 0 { stated[0].depth = Int(row.depth) }
    }
    for place in stated.indices {
      stated[place].asWritten = "\(gene) \(cell)"
      stated[place].source = SourceLocation(file: file, line: record.line)
      if stated[place].origin == .unknown { stated[place].origin = origin(row.status, batch) }
    }
    return stated
  }

  /// Whether a cell denies a part of what it names, or names a finding of another kind or of another gene.
  private func isMixed(_ cell: String, of symbol: String) -> Bool {
    let phrase = FindingPhrase(cell.replacing(";", with: " ; "))
    if phrase.hasAny("other than", "except", "ruled out") { return true }
    let parts = cell.replacing(" and ", with: ";").replacing(" with ", with: ";").split { ",;".contains($0) }
    if MixedCells.denies(phrase) { return parts.count > 1 || phrase.has("exons") || cell.contains(":") }
    guard parts.count > 1 else { return false }
    if phrase.hasAny("amplification", "amplified", "fusion", "rearrangement", "deletion", "skipping") {
      return parts.contains { part in
        part.split(separator: " ").contains { $0.contains(where: \.isNumber) && ProteinChange(String($0)) != nil }
      } || phrase.hasAny("amplification", "amplified") && phrase.hasAny("skipping", "exon")
    }
    // Another gene, or a pair of partners, beside a change.
    return phrase.words.contains { word in
      if word.contains("::") { return true }
      if let hyphen = word.firstIndex(of: "-"), genes.symbol(String(word[..<hyphen])) != nil,
        genes.symbol(String(word[word.index(after: hyphen)...])) != nil
      {
        return true
      }
      return word.count > 2 && word == word.uppercased() && genes.symbol(word) == word && word != symbol
    }
  }
}

/// What the bytes and words of such cells have.
enum MixedCells {
  /// Whether a cell may be one, as far as its bytes tell: nearly all cells are one word.
  static func mayBe(_ cell: Span<UInt8>) -> Bool {
    guard cell.count > 4, cell.count <= 120 else { return false }
    for index in cell.indices {
      switch cell[index] {
      case UInt8(ascii: " "), UInt8(ascii: ";"), UInt8(ascii: ","): return true
      default: continue
      }
    }
    return false
  }

  /// Whether words of a cell deny.
  static func denies(_ phrase: FindingPhrase) -> Bool {
    if phrase.hasAny("wt", "wild type", "wild-type", "wildtype", "not", "no", "negative", "neg", "absent") {
      return true
    }
    return ["(-)", "(+)", ": -", ": +", "- ", "+ "].contains { phrase.lowered.contains($0) }
      && phrase.lowered.contains("(")
  }
}
