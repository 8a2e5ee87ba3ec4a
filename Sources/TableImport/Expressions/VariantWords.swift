// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText
internal import Knowledge

/// Reads a gene and the words behind it: `BRAF V600E`, `EGFR Exon 19 Deletion`, `v::ALK Fusion`, `PTEN Loss`.
struct VariantWords: Sendable {
  let vocabulary: AtomVocabulary

  /// The expression of one operand of a profile.
  func read(_ words: [String]) throws(ImportProblem) -> BiomarkerExpression {
    guard let first = words.first else { throw .refused("profile is empty") }
    let rest = words.dropFirst().joined(separator: " ")
    if first.contains("::") { return try fusion(first, rest) }
    if let score = score(first, rest.lowercased()) { return score }
    if first == "MSI" || first == "TMB" {
      throw .deferred("measurement has no words in the rule table", words.joined(separator: " "))
    }
    guard !rest.isEmpty else { throw .refused("variant is empty", first) }
    return try variant(try vocabulary.symbol(first), rest)
  }

  private func fusion(_ name: String, _ rest: String) throws(ImportProblem) -> BiomarkerExpression {
    guard rest.isEmpty || rest.lowercased() == "fusion" else {
      throw .deferred("breakpoints of a fusion have no words in the rule table", "\(name) \(rest)")
    }
    let parts = name.split(separator: ":", omittingEmptySubsequences: true).map(String.init)
    guard parts.count == 2 else { throw .refused("fusion cannot be read", name) }
    return try vocabulary.fusion(parts[0], parts[1])
  }

  private func score(_ name: String, _ words: String) -> BiomarkerExpression? {
    switch (name, words) {
    case ("MSI", "high"): vocabulary.measurement("MSI", ["high"], example: "MSI high")
    case ("TMB", "high"): vocabulary.measurement("TMB", ["high"], example: "TMB high")
    case ("TMB", "low"): vocabulary.measurement("TMB", ["low"], example: "TMB low")
    default: nil
    }
  }

  /// What happened to a gene.
  func variant(_ gene: String, _ text: String) throws(ImportProblem) -> BiomarkerExpression {
    let words = Self.singular(text.lowercased())
    if let known = category(gene, words) { return known }
    if let codons = vocabulary.reference.facts.importWords.codons(words, gene: gene) {
      return vocabulary.codons(gene, codons)
    }
    if let exon = try exon(gene, words) { return exon }
    if let change = try change(gene, text) { return change }
    throw .deferred("variant has no words in the rule table", "\(gene) \(text)")
  }

  /// `oncogenic mutations`, `exon 20 insertions`: the plural says no more.
  private static func singular(_ words: String) -> String {
    let ends = ["mutation", "deletion", "insertion", "fusion", "alteration", "duplication", "rearrangement"]
    return ends.contains { words.hasSuffix($0 + "s") } ? String(words.dropLast()) : words
  }

  private func category(_ gene: String, _ words: String) -> BiomarkerExpression? {
    switch words {
    case "mutation", "alteration", "oncogenic mutation", "mutant", "mut": vocabulary.mutation(gene)
    case "activating mutation", "gain-of-function", "gain-of-function mutation", "act mut": vocabulary.activating(gene)
    case "loss", "loss-of-function", "loss-of-function mutation", "deleterious mutation", "inactivating mutation",
      "inactivation", "inact mut":
      vocabulary.lossOfFunction(gene)
    case "biallelic inactivation": vocabulary.biallelicLoss(gene)
    case "truncating mutation": vocabulary.effect(gene, ["truncating"])
    case "frameshift", "frameshift truncation", "frameshift mutation": vocabulary.effect(gene, ["frameshift"])
    case "amplification", "amp": vocabulary.copyNumber(gene, "AMP")
    case "deletion", "homozygous deletion", "del": vocabulary.copyNumber(gene, "HOMDEL")
    case "loh", "loss of heterozygosity": vocabulary.copyNumber(gene, "LOH")
    case "expression", "p16 expression", "positive", "pos": vocabulary.expression(gene, .present)
    case "overexpression", "over exp": vocabulary.expression(gene, .high)
    case "underexpression", "dec exp", "negative", "neg": vocabulary.expression(gene, .low)
    case "wildtype", "wild type", "wild-type": vocabulary.wildType(gene)
    case "fusion", "translocation", "rearrangement", "rearrange": vocabulary.fusion(of: gene)
    case "promoter mutation": vocabulary.effect(gene, ["promoter"])
    case "kinase domain duplication", "kdd":
      vocabulary.named(gene, "KDD", example: "\(gene) kinase domain duplication")
    case "itd", "internal tandem duplication": vocabulary.named(gene, "ITD", example: "\(gene)-ITD")
    case "viii", "egfrviii": vocabulary.named(gene, "vIII", example: "\(gene)vIII")
    default: nil
    }
  }

  /// `exon 19 deletion`, `exon 11 mutation`, `exon 14 skipping mutation`.
  private func exon(_ gene: String, _ words: String) throws(ImportProblem) -> BiomarkerExpression? {
    let parts = words.split(separator: " ").map(String.init)
    guard parts.count >= 2, parts[0] == "exon", let number = Int(parts[1]) else { return nil }
    switch parts.dropFirst(2).joined(separator: " ") {
    case "", "mutation", "mut", "mutant": return try vocabulary.exon(gene, number)
    case "deletion", "del":
      // Elsewhere the words mean that the whole exon is gone.
      guard let effect = vocabulary.reference.facts.importWords.effect(ofDeletionInExon: number, gene: gene) else {
        return vocabulary.skipping(gene, exon: number)
      }
      return try vocabulary.exon(gene, number, effect: effect)
    case "splice mutation", "splice site mutation", "splice site": return vocabulary.skipping(gene, exon: number)
    case "insertion", "ins": return try vocabulary.exon(gene, number, effect: "inframe_ins")
    case "frameshift": return try vocabulary.exon(gene, number, effect: "frameshift")
    case "skipping mutation", "skipping":
      return vocabulary.named(gene, "EXON \(number) skipping", example: "\(gene) exon \(number) skipping")
    default: return nil
    }
  }

  /// Protein and coding changes.
  private func change(_ gene: String, _ text: String) throws(ImportProblem) -> BiomarkerExpression? {
    if text.lowercased().hasPrefix("non-"), let codon = Self.codon(text.dropFirst(4)) {
      return .and([vocabulary.activating(gene), .not(vocabulary.codons(gene, [codon]))])
    }
    // `Splice Site (c.3028G>A)`, `R200W (c.598C>T)`: the bracket holds the change of the coding sequence.
    if let open = text.firstIndex(of: "("), text.hasSuffix(")") {
      let bracket = String(text[text.index(after: open)...].dropLast())
      let before = text[..<open].trimmingSpaces
      if bracket.hasPrefix("c.") {
        if let change = ProteinChange(before) { return vocabulary.changes(gene, [change]) }
        return vocabulary.coding(gene, bracket)
      }
      return nil
    }
    guard !text.contains(" ") else { return nil }
    if text.hasPrefix("c.") { return vocabulary.coding(gene, text) }
    if text.uppercased().hasPrefix("RS"), text.dropFirst(2).allSatisfy(\.isNumber) {
      throw .deferred("polymorphism by number has no words in the rule table", "\(gene) \(text)")
    }
    if let codon = Self.codon(text[...]) { return vocabulary.codons(gene, [codon]) }
    if text.contains("/") { return slashed(gene, text) }
    guard let change = ProteinChange(text) else { return nil }
    if change.consequence == .synonymous {
      throw .deferred("silent change is not an alteration of a rule", "\(gene) \(text)")
    }
    return vocabulary.changes(gene, [change])
  }

  /// `G12/G13`, `S310F/Y`.
  private func slashed(_ gene: String, _ text: String) -> BiomarkerExpression? {
    let parts = text.split(separator: "/")
    let codons = parts.compactMap { Self.codon($0) }
    if codons.count == parts.count { return vocabulary.codons(gene, codons) }
    guard let first = parts.first, let change = ProteinChange(first), change.consequence == .substitution else {
      return nil
    }
    let stem = first.dropLast()
    let changes = [change] + parts.dropFirst().compactMap { ProteinChange($0.count == 1 ? stem + $0 : $0) }
    return changes.count == parts.count ? vocabulary.changes(gene, changes) : nil
  }

  /// `V600` and nothing more.
  static func codon(_ text: Substring) -> (residue: String, number: Int)? {
    guard let first = text.first, "ACDEFGHIKLMNPQRSTVWY".contains(first), let number = Int(text.dropFirst()), number > 0
    else { return nil }
    return (String(first), number)
  }
}
