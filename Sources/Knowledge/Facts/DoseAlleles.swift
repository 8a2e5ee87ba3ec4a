// SPDX-License-Identifier: Apache-2.0
package import Alterations
internal import DelimitedText

/// An allele by which a drug is borne better or worse.
package struct DoseAllele: Hashable, Sendable {
  /// What the allele's product does.
  package enum Function: String, Sendable, CaseIterable {
    case none = "no_function"
    case decreased = "decreased_function"
  }

  /// The gene.
  package let gene: String
  /// The star name, or the usual name where there is none: `*2A`, `HapB3`.
  package let name: String
  /// What its product does.
  package let function: Function
  /// The drugs it matters for.
  package let drugs: String
  /// Who says so, and when.
  package let guideline: String
  /// The paper of the guideline.
  package let reference: String
  /// What else there is to say.
  package let note: String
  fileprivate let numbers: [String]
  fileprivate let proteins: [String]
  fileprivate let codings: [String]
  fileprivate let sites: [GenomeBuild: [DoseSite]]

  init?(_ row: FactRow) {
    guard let function = Function(rawValue: row["function"]) else { return nil }
    self.function = function
    gene = row["gene"]
    name = row["allele"]
    drugs = row["drugs"]
    guideline = row["guideline"]
    reference = row["source"]
    note = row["note"]
    numbers = row["rs"].listItems
    proteins = row["protein"].listItems
    codings = row["coding"].listItems
    sites = [.grch37: row["grch37"], .grch38: row["grch38"]].mapValues { $0.listItems.compactMap(DoseSite.init) }
  }
}

/// A change of the genome without the bases that it leaves as they are.
struct DoseSite: Hashable, Sendable {
  let chromosome: String
  let position: Int
  let reference: String
  let alternate: String

  init(chromosome: String, position: Int, reference: String, alternate: String) {
    var (reference, alternate) = (
      Substring(reference == "-" ? "" : reference), Substring(alternate == "-" ? "" : alternate)
    )
    // An insertion without the base before it stands behind its position.
    var position = reference.isEmpty && !alternate.isEmpty ? position + 1 : position
    while let last = reference.last, last == alternate.last {
      reference.removeLast()
      alternate.removeLast()
    }
    while let first = reference.first, first == alternate.first {
      reference.removeFirst()
      alternate.removeFirst()
      position += 1
    }
    self.chromosome = chromosome
    self.position = position
    self.reference = String(reference)
    self.alternate = String(alternate)
  }

  /// `1:97915614:C:T`.
  init?(_ text: String) {
    let parts = text.split(separator: ":").map(String.init)
    guard parts.count == 4, let position = Int(parts[1]) else { return nil }
    self.init(chromosome: parts[0], position: position, reference: parts[2], alternate: parts[3])
  }
}

/// Alleles of genes that say how a drug is borne, and the genes whose alleles have star names.
package struct DoseAlleles: Sendable {
  /// A star name counts alleles; a larger number is a residue.
  private static let largestStar = 150

  /// The genes of which alleles are read.
  package let genes: Set<String>
  /// The same, few, for comparing with each.
  package let geneList: [String]
  /// Genes whose alleles have star names, those among them.
  private let starGenes: Set<String>
  private let alleles: [String: [DoseAllele]]
  private let bySite: [GenomeBuild: [DoseSite: DoseAllele]]

  init(_ rows: [FactRow]) {
    let known = rows.compactMap(DoseAllele.init)
    alleles = Dictionary(grouping: known, by: \.gene)
    genes = Set(known.map(\.gene))
    geneList = genes.sorted()
    starGenes = Set(rows.map { $0["gene"] })
    var bySite: [GenomeBuild: [DoseSite: DoseAllele]] = [:]
    for allele in known {
      for (build, sites) in allele.sites { for site in sites { bySite[build, default: [:]][site] = allele } }
    }
    self.bySite = bySite
  }

  /// The allele that a change at a place is, by its number in dbSNP or where it lies.
  ///
  /// - Parameters:
  ///   - gene: The gene that the row names; `nil` where it names none.
  ///   - build: The build by which the position is counted; without one, that which alone has an allele there.
  ///   - numbers: Numbers of dbSNP as written, several with marks between.
  /// - Returns: The allele, and what is to be borne in mind of how it was told; `nil` where the change is none.
  package func allele(
    of gene: String?, chromosome: String, position: Int, reference: String, alternate: String, build: GenomeBuild?,
    numbers: String
  ) -> (allele: DoseAllele, cautions: [Caution])? {
    let site = DoseSite(
      chromosome: Chromosome.plain(chromosome), position: position, reference: reference, alternate: alternate)
    let found = (build.map { [$0] } ?? GenomeBuild.allCases).compactMap { bySite[$0]?[site] }
      .filter { gene == nil || $0.gene == gene }
    if found.count == 1 { return (found[0], build == nil ? [.byPosition, .buildAssumed] : [.byPosition]) }
    guard let gene, !numbers.isEmpty else { return nil }
    let names = Set(numbers.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
    guard let named = alleles[gene]?.first(where: { !names.isDisjoint(with: $0.numbers) }) else { return nil }
    // A number may stand for several alleles of its site: what is stated of the bases has to be those of this one.
    let isOther =
      !(site.reference.isEmpty && site.alternate.isEmpty)
      && !named.sites.values.joined().contains { $0.reference == site.reference && $0.alternate == site.alternate }
    return isOther ? nil : (named, [])
  }

  /// What words say of the other copy of the gene: `*28/*28`, `*2A het`.
  package static func copies(_ words: some StringProtocol) -> Caution? {
    let parts = words.lowercased().split { " \t/|+,;()[]".contains($0) }
    if let said = parts.lazy.compactMap({ zygosity($0) }).first { return said }
    let stars = parts.compactMap { part in part.firstIndex(of: "*").map { part[$0...] } }
    guard words.contains("/"), stars.count == 2 else { return nil }
    if stars[0] == stars[1] { return stars[0] == "*1" ? nil : .homozygous }
    return stars.contains("*1") ? .heterozygous : nil
  }

  /// A cell without the words that say something of the other copy: `c.1679T>G` of `c.1679T>G het`.
  package static func withoutCopies(_ cell: String) -> String {
    let words = cell.split { " \t,;()[]".contains($0) }
    guard words.count > 1 else { return cell }
    let rest = words.filter { zygosity($0.lowercased()[...]) == nil }
    return rest.count == words.count ? cell : rest.joined(separator: " ")
  }

  /// What a word in lower case, of a report in whichever language is known, says of both copies.
  private static func zygosity(_ word: Substring) -> Caution? {
    guard word.utf8.count > 2, !word.utf8.contains(UInt8(ascii: "*")) else { return nil }
    let plain = word.hasSuffix(".") ? word.dropLast() : word
    if plain.hasPrefix("homoz") || plain == "hom" { return .homozygous }
    if plain.hasPrefix("heteroz") || plain == "het" { return .heterozygous }
    switch ForeignWord(String(plain))?.english {
    case "homozygous": return .homozygous
    case "heterozygous": return .heterozygous
    default: return nil
    }
  }

  /// What a genotype of a VCF says of the other copy: `0/1`, `1|1`.
  package static func copies(genotype: some StringProtocol) -> Caution? {
    let alleles = genotype.split { "/|".contains($0) }
    guard alleles.count == 2, alleles.allSatisfy({ $0 != "." }), alleles.contains(where: { $0 != "0" }) else {
      return nil
    }
    return alleles[0] == alleles[1] ? .homozygous : .heterozygous
  }

  /// Whether the gene's alleles have star names.
  package func hasStarNames(_ gene: String) -> Bool { starGenes.contains(gene) }

  /// The alleles that a text names, several joined by `/`: `*2A`, `*1/*28`, `HapB3`, of a number of dbSNP its allele;
  /// `nil` where it names none.
  ///
  /// - Parameter isCell: Whether the text is a cell, which says nothing else.
  package func name(_ text: String, of gene: String, isCell: Bool = true) -> String? {
    guard starGenes.contains(gene) else { return nil }
    var found: [String] = []
    for part in text.split(whereSeparator: { " \t/|+,;()[]".contains($0) }) {
      if let name = name(of: part, gene) {
        found.append(name)
      } else if isCell, !Self.besides.contains(part.lowercased()), Self.zygosity(part.lowercased()[...]) == nil {
        return nil
      }
    }
    return found.isEmpty ? nil : found.joined(separator: "/")
  }

  /// Words beside alleles that take nothing away from them.
  private static let besides: Set<String> = [
    "het", "hom", "heterozygous", "homozygous", "heterozygote", "homozygote", "germline", "carrier", "allele",
    "genotype",
    "diplotype", "variant", "haplotype", "het.", "hom.",
  ]

  private func name(of part: Substring, _ gene: String) -> String? {
    // `TPMT*3A` in a column of the gene TPMT.
    var word = part.uppercased().hasPrefix(gene + "*") ? part.dropFirst(gene.count) : part
    for prefix in ["p.", "c."] where word.hasPrefix(prefix) { word = word.dropFirst(2) }
    let lowered = word.lowercased()
    if lowered.hasPrefix("rs") {
      return alleles[gene]?.first { $0.numbers.contains(lowered) }?.name
    }
    if let known = alleles[gene]?.first(where: { !$0.name.hasPrefix("c.") && $0.name.lowercased() == lowered }) {
      return known.name
    }
    guard word.first == "*" else { return nil }
    let digits = word.dropFirst().prefix(while: \.isNumber)
    let rest = word.dropFirst(1 + digits.count)
    guard let number = Int(digits), number > 0, number < Self.largestStar, rest.count <= 1, rest.allSatisfy(\.isLetter)
    else { return nil }
    return "*" + digits + rest.uppercased()
  }

  /// The alleles that a change of the sequence is or names.
  package func alleles(of gene: String, _ change: SequenceChange) -> [DoseAllele] {
    guard let known = alleles[gene] else { return [] }
    let names = change.namedClass.split(separator: "/").map(String.init)
    let protein = change.proteinChange?.description ?? ""
    return known.filter { allele in
      names.contains(allele.name) || allele.proteins.contains(protein)
        || !change.codingChange.isEmpty && allele.codings.contains(change.codingChange)
    }
  }
}
