// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// Places of genes where a change has a name or a meaning of its own.
package struct NamedSites: Sendable {
  /// A change of a promoter that recurs.
  private struct Promoter: Sendable {
    let change: String
    var codings: [String] = []
    var names: [String] = []
    var positions: [Int] = []
  }

  /// A change that is recognized by where it lies or what a file calls it.
  private struct Site: Sendable {
    let change: String
    var codons: Set<Int> = []
    var bases: Set<Int> = []
    var insertions: [ClosedRange<Int>] = []
    var words: Set<String> = []
    var lost: [ClosedRange<Int>] = []
    var lostWithin: [ClosedRange<Int>] = []
    var repeated: [ClosedRange<Int>] = []
    var repeatedWithin: [ClosedRange<Int>] = []
    var residues: [ClosedRange<Int>] = []
  }

  private let promoters: [String: [Promoter]]
  private let sites: [String: [Site]]
  /// Codons of domains without which the protein does not do its work.
  private let domains: [String: [ClosedRange<Int>]]
  /// By gene: the number of an older count that is no exon.
  private let noExons: [String: Int]
  /// Few genes have a promoter that is read: looking through a list costs less than hashing the gene of every row.
  package let promoterGenes: [String]
  /// The genes that have such places.
  package let genes: Set<String>

  init(_ rows: [FactRow]) {
    var promoters: [String: [Promoter]] = [:]
    var sites: [String: [Site]] = [:]
    var domains: [String: [ClosedRange<Int>]] = [:]
    var noExons: [String: Int] = [:]
    for row in rows {
      let (gene, change, value) = (row["gene"], row["change"], row["value"])
      func promoter(_ set: (inout Promoter) -> Void) {
        var own = promoters[gene] ?? []
        let place = own.firstIndex { $0.change == change } ?? own.count
        if place == own.count { own.append(Promoter(change: change)) }
        set(&own[place])
        promoters[gene] = own
      }
      func site(_ set: (inout Site) -> Void) {
        var own = sites[gene] ?? []
        let place = own.firstIndex { $0.change == change } ?? own.count
        if place == own.count { own.append(Site(change: change)) }
        set(&own[place])
        sites[gene] = own
      }
      let numbers = value.listItems.compactMap { Int($0) }
      let ranges = value.listItems.compactMap(FactCheck.range)
      switch row["kind"] {
      case "coding": promoter { $0.codings.append(value) }
      case "name": promoter { $0.names.append(value) }
      case "position": promoter { $0.positions += numbers }
      case "splice_codons": site { $0.codons.formUnion(numbers) }
      case "splice_bases": site { $0.bases.formUnion(numbers) }
      case "inframe_insertion": if let range = FactCheck.range(value) { site { $0.insertions.append(range) } }
      case "critical_domain": if let range = FactCheck.range(value) { domains[gene, default: []].append(range) }
      case "exons_lost": site { $0.lost += ranges }
      case "exons_lost_within": site { $0.lostWithin += ranges }
      case "exons_repeated": site { $0.repeated += ranges }
      case "exons_repeated_within": site { $0.repeatedWithin += ranges }
      case "no_exon": noExons[gene] = numbers.first
      case "residues_lost": site { $0.residues += ranges }
      case "effect_words": site { $0.words.insert(value) }
      default: break
      }
    }
    self.promoters = promoters
    self.sites = sites
    self.domains = domains
    self.noExons = noExons
    promoterGenes = promoters.keys.sorted()
    genes = Set(promoters.keys).union(sites.keys)
  }

  // MARK: Promoters

  /// Whether changes of the gene's promoter are read.
  package func hasPromoter(_ gene: String) -> Bool { promoterGenes.contains(gene) }

  /// Whether a text is the common name of a change of the gene's promoter, in upper case.
  package func isPromoterName(_ name: String, gene: String) -> Bool {
    promoters[gene]?.contains { $0.names.contains(name) } ?? false
  }

  /// The common names of changes of the gene's promoter, in upper case.
  package func promoterNames(of gene: String) -> [String] { promoters[gene]?.flatMap(\.names) ?? [] }

  /// A known change of a promoter, from a coding change, a common name or the position on any build.
  package func promoterChange(of gene: String, coding: String, position: Int) -> String? {
    guard let own = promoters[gene] else { return nil }
    let upper = coding.uppercased()
    let named = own.first { promoter in
      promoter.codings.contains { coding.contains($0) } || promoter.names.contains { upper.contains($0) }
    }
    return (named ?? own.first { $0.positions.contains(position) })?.change
  }

  // MARK: Other places

  /// What a change at a splice site of the gene is called, by the codon, or by the base of the coding sequence that it
  /// lies beside: below 0 before it.
  package func spliceChange(of gene: String, codon: Int? = nil, base: Int? = nil) -> String? {
    sites[gene]?.first { site in
      codon.map(site.codons.contains) ?? false || base.map(site.bases.contains) ?? false
    }?.change
  }

  /// Whether the gene has splice sites that are read.
  package func hasSpliceSites(_ gene: String) -> Bool { sites[gene]?.contains { !$0.codons.isEmpty } ?? false }

  /// What the loss of these residues is called, where they are those of whole exons.
  package func change(of gene: String, losing residues: ClosedRange<Int>) -> String? {
    sites[gene]?.first { $0.residues.contains(residues) }?.change
  }

  /// What the words of a file for lost exons of the gene are called.
  package func change(of gene: String, words: String) -> String? {
    sites[gene]?.first { $0.words.contains(words) }?.change
  }

  /// Whether the loss or repeat of whole exons of the gene has a name.
  package func namesExons(of gene: String) -> Bool {
    sites[gene]?.contains { site in
      ![site.lost, site.lostWithin, site.repeated, site.repeatedWithin].allSatisfy(\.isEmpty)
    } ?? false
  }

  /// What the loss of whole exons of the gene is called.
  package func change(of gene: String, lost exons: ClosedRange<Int>) -> String? {
    sites[gene]?.first { site in
      site.lost.contains(exons) || site.lostWithin.contains { Self.holds($0, exons) }
    }?.change
  }

  /// What whole exons of the gene that stand twice are called.
  package func change(of gene: String, repeated exons: ClosedRange<Int>) -> String? {
    sites[gene]?.first { site in
      site.repeated.contains(exons) || site.repeatedWithin.contains { Self.holds($0, exons) }
    }?.change
  }

  /// The exons that numbers may mean where an older count of the gene is one ahead from somewhere on.
  package func readings(of exons: ClosedRange<Int>, of gene: String) -> [ClosedRange<Int>] {
    guard let none = noExons[gene], exons.upperBound > none else { return [exons] }
    let older = { (number: Int) in number > none ? number - 1 : number }
    return [exons, older(exons.lowerBound)...older(exons.upperBound)]
  }

  private static func holds(_ outer: ClosedRange<Int>, _ inner: ClosedRange<Int>) -> Bool {
    outer.lowerBound <= inner.lowerBound && inner.upperBound <= outer.upperBound
  }

  /// Whether a residue lies in a domain of the gene that is critical and well established.
  package func isInCriticalDomain(_ residue: Int, of gene: String) -> Bool {
    domains[gene]?.contains { $0.contains(residue) } ?? false
  }

  /// The codons in which an in-frame insertion of the gene is the named change.
  package func insertionRanges(_ change: String, of gene: String) -> [ClosedRange<Int>] {
    sites[gene]?.first { $0.change == change }?.insertions ?? []
  }

  /// Whether the table has a change of that name for the gene.
  package func hasChange(_ change: String, of gene: String) -> Bool {
    sites[gene]?.contains { $0.change == change } ?? false
  }

  /// What skipping of an exon of the gene is called; `nil` where the table does not name it.
  package func skipping(ofExon exon: Int, gene: String) -> String? {
    sites[gene]?.first { $0.change == "EXON \(exon) skipping" }?.change
  }
}
