// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge

/// Makes atoms of genes and of the words that knowledge bases use for what happened to them.
struct AtomVocabulary: Sendable {
  let reference: ReferenceTables
  private let examples = ExampleChanges()

  init(reference: ReferenceTables) { self.reference = reference }

  /// The current symbol of a gene.
  func symbol(_ name: String) throws(ImportProblem) -> String {
    switch reference.genes.resolve(name) {
    case .symbol(let gene), .alias(let gene): return reference.genes.symbol(gene)
    case .ambiguous: throw .refused("gene name is not unique", "'\(name)' is a name of several genes")
    case .dateLike, .unknown:
      if let symbol = reference.clinicNames[GeneNameKey.plain(name)]?.gene { return symbol }
      throw .refused("gene is not known", "'\(name)' is not a current gene symbol or a name of one gene")
    }
  }

  // MARK: Changes of the sequence

  /// Protein changes of one gene.
  func changes(_ gene: String, _ changes: [ProteinChange]) -> BiomarkerExpression {
    let specs = changes.map(\.description)
    return .atom(
      BiomarkerAtom(
        kind: .exactChange, gene: gene, eventClass: "MUT", specs: specs, examples: specs.map { "\(gene) \($0)" },
        denials: ["\(gene) wild type"]))
  }

  /// Any substitution at codons, each with the residue that stands there.
  func codons(_ gene: String, _ codons: [(residue: String, number: Int)]) -> BiomarkerExpression {
    let examples = codons.flatMap { residue, number -> [String] in
      let known = self.examples.substitutions(of: gene, in: number...number).map { "\(gene) \($0)" }
      return known + ["A", "V"].filter { $0 != residue }.map { "\(gene) \(residue)\(number)\($0)" }
    }
    return .atom(
      BiomarkerAtom(
        kind: .codon, gene: gene, eventClass: "MUT", specs: codons.map { "CODON \($0.number)" }, examples: examples,
        denials: ["\(gene) wild type"]))
  }

  /// A change of the coding sequence that names no protein change.
  func coding(_ gene: String, _ change: String) -> BiomarkerExpression {
    .atom(
      BiomarkerAtom(
        kind: .exactChange, gene: gene, eventClass: "MUT", specs: [change], examples: ["\(gene) \(change)"],
        denials: ["\(gene) wild type"]))
  }

  /// A named class such as `ITD`, `vIII` or `EXON 14 skipping`.
  func named(_ gene: String, _ name: String, example: String) -> BiomarkerExpression {
    .atom(
      BiomarkerAtom(
        kind: .namedChange, gene: gene, eventClass: "MUT", specs: [name], examples: [example],
        denials: ["\(gene) wild type"]))
  }

  /// Skipping of an exon; `nil` where the table of named sites does not have it.
  func skipping(_ gene: String, exon: Int) -> BiomarkerExpression? {
    reference.facts.sites.skipping(ofExon: exon, gene: gene).map {
      named(gene, $0, example: "\(gene) exon \(exon) skipping")
    }
  }

  /// Changes in an exon, of one class or any.
  func exon(_ gene: String, _ number: Int, effect: String = "") throws(ImportProblem) -> BiomarkerExpression {
    guard let codons = reference.exons.codons(gene: gene, exon: number) else {
      throw .deferred("exon is not in the exon table", "exon \(number) of \(gene)")
    }
    let spec = "EXON \(number)" + (effect.isEmpty ? "" : " " + effect)
    return ranges(gene, [(codons, spec, effect)], exon: number)
  }

  /// Changes in ranges of codons, each of one class or any.
  func ranges(
    _ gene: String, _ ranges: [(codons: ClosedRange<Int>, spec: String, effect: String)], exon: Int? = nil
  ) -> BiomarkerExpression {
    var found: [String] = []
    for (codons, _, effect) in ranges {
      let middle = (codons.lowerBound + codons.upperBound) / 2
      switch effect {
      case "":
        found += examples.substitutions(of: gene, in: codons).prefix(3).map { "\(gene) \($0)" }
        if let exon { found.append("\(gene) exon \(exon) mutation") }
        found.append("\(gene) p.X\(middle)A")
      case "inframe_del":
        if let exon { found.append("\(gene) exon \(exon) deletion") }
        found.append("\(gene) p.X\(middle)del")
      case "inframe_ins":
        if let exon { found.append("\(gene) exon \(exon) insertion") }
        found.append("\(gene) p.X\(middle)dup")
      case "inframe": found.append("\(gene) p.X\(middle)del")
      case "frameshift", "truncating": found.append("\(gene) p.X\(middle)fs")
      case "nonsense": found.append("\(gene) p.X\(middle)*")
      case "splice": found.append("\(gene) p.X\(middle)_splice")
      case "missense": found.append("\(gene) p.X\(middle)A")
      default: break
      }
    }
    return .atom(
      BiomarkerAtom(
        kind: .namedChange, gene: gene, eventClass: "MUT", specs: ranges.map(\.spec), examples: found,
        denials: ["\(gene) wild type"]))
  }

  /// A mutation of the gene without more words: one that activates an oncogene, any oncogenic one else.
  func mutation(_ gene: String) -> BiomarkerExpression {
    reference.roles[gene] == .oncogene ? activating(gene) : oncogenic(gene)
  }

  /// A change that activates the gene.
  func activating(_ gene: String) -> BiomarkerExpression {
    .atom(
      BiomarkerAtom(
        kind: .changeClass, gene: gene, eventClass: "MUT", specs: ["activating"],
        examples: examples.substitutions(of: gene).prefix(3).map { "\(gene) \($0)" }
          + ["\(gene) activating mutation"], denials: ["\(gene) wild type"]))
  }

  /// Any change held to be oncogenic.
  func oncogenic(_ gene: String) -> BiomarkerExpression {
    .atom(
      BiomarkerAtom(
        kind: .changeClass, gene: gene, eventClass: "MUT", specs: ["oncogenic"],
        examples: examples.substitutions(of: gene).prefix(3).map { "\(gene) \($0)" }
          + ["\(gene) frameshift mutation", "\(gene) pathogenic mutation"], denials: ["\(gene) wild type"]))
  }

  /// Changes of one class: `truncating`, `frameshift`, `nonsense`, `splice`, `missense`, `promoter`.
  func effect(_ gene: String, _ effects: [String]) -> BiomarkerExpression {
    let examples = effects.map { effect in
      switch effect {
      case "truncating": "\(gene) frameshift mutation"
      case "promoter": "\(gene) promoter mutation"
      case "splice": "\(gene) splice site mutation"
      case "inframe_del": "\(gene) in-frame deletion"
      case "inframe_ins": "\(gene) in-frame insertion"
      default: "\(gene) \(effect) mutation"
      }
    }
    return .atom(
      BiomarkerAtom(
        kind: .changeClass, gene: gene, eventClass: "MUT", specs: effects, examples: examples,
        denials: ["\(gene) wild type"]))
  }

  /// Loss of function by whatever way.
  func lossOfFunction(_ gene: String) -> BiomarkerExpression {
    .atom(
      BiomarkerAtom(
        kind: .changeClass, gene: gene, eventClass: "LOF", specs: ["LOF"],
        examples: ["\(gene) homozygous deletion"], denials: ["\(gene) wild type"]))
  }

  /// Loss of both alleles.
  func biallelicLoss(_ gene: String) -> BiomarkerExpression {
    .atom(
      BiomarkerAtom(
        kind: .changeClass, gene: gene, eventClass: "LOF", specs: ["BIALLELIC"],
        examples: ["\(gene) homozygous deletion"]))
  }

  // MARK: The rest

  /// A call of copy number: `AMP`, `HOMDEL`, `LOH`.
  func copyNumber(_ gene: String, _ call: String) -> BiomarkerExpression {
    let words = ["AMP": "amplification", "HOMDEL": "homozygous deletion", "LOH": "loss of heterozygosity"]
    return .atom(
      BiomarkerAtom(
        kind: .copyNumber, gene: gene, eventClass: "CNA", specs: [call],
        examples: ["\(gene) \(words[call] ?? call)"], denials: ["no \(gene) \(words[call] ?? call)"]))
  }

  /// A fusion of two genes; `v` and `?` stand for any partner.
  func fusion(_ fivePrime: String, _ threePrime: String) throws(ImportProblem) -> BiomarkerExpression {
    let open: Set<String> = ["v", "?", "V", ""]
    if open.contains(fivePrime), open.contains(threePrime) { throw .refused("fusion names no gene") }
    if open.contains(fivePrime) {
      let gene = try symbol(threePrime)
      return fusion(gene, specs: ["FUSION 3prime"], examples: ["\(gene) fusion", "\(partner(.threePrime))::\(gene)"])
    }
    if open.contains(threePrime) {
      let gene = try symbol(fivePrime)
      return fusion(gene, specs: ["FUSION 5prime"], examples: ["\(gene) fusion", "\(gene)::\(partner(.fivePrime))"])
    }
    let five = try symbol(fivePrime)
    let three = try symbol(threePrime)
    let gene = driver(fivePrime: five, threePrime: three)
    return fusion(gene, specs: ["\(five)::\(three)"], examples: ["\(five)::\(three)"])
  }

  /// A common partner of a gene in a role, for examples.
  private func partner(_ role: AlterationSpec.FusionRole) -> String { reference.facts.importWords.partner(role) }

  /// A fusion of two genes whose order the source does not keep.
  func unorderedFusion(_ one: String, _ other: String) throws(ImportProblem) -> BiomarkerExpression {
    let (one, other) = (try symbol(one), try symbol(other))
    let gene = driver(fivePrime: other, threePrime: one)
    return fusion(
      gene, specs: ["\(other)::\(one)", "\(one)::\(other)"], examples: ["\(other)::\(one)", "\(one)::\(other)"])
  }

  /// The partner that drives the tumor: the oncogene, of two the 3-prime one.
  private func driver(fivePrime: String, threePrime: String) -> String {
    let isFive = reference.roles[threePrime]?.isOncogene != true && reference.roles[fivePrime]?.isOncogene == true
    return isFive ? fivePrime : threePrime
  }

  /// A fusion of a gene, in whatever role.
  func fusion(of gene: String) -> BiomarkerExpression { fusion(gene, specs: ["FUSION"], examples: ["\(gene) fusion"]) }

  private func fusion(_ gene: String, specs: [String], examples: [String]) -> BiomarkerExpression {
    .atom(
      BiomarkerAtom(
        kind: .fusion, gene: gene, eventClass: "FUSION", specs: specs, examples: examples,
        denials: ["no \(gene) fusion"]))
  }

  /// How much protein or transcript there is.
  func expression(_ gene: String, _ amount: ExpressionAmount) -> BiomarkerExpression {
    let stain = reference.facts.biomarkers.ofGene(gene)
    let isShare = stain?.reading == .share
    let name = isShare ? stain?.nameOfResults ?? gene : gene
    var specs: [String]
    var examples: [String]
    switch amount {
    case .present: (specs, examples) = (["positive", "high"], ["\(name) expression positive", "\(name) positive"])
    case .high: (specs, examples) = (["high"], ["\(name) overexpression", "\(name) expression high"])
    case .low:
      (specs, examples) = (["low", "loss", "negative"], ["\(name) expression negative", "\(name) protein loss"])
    }
    if let stain, stain.reading == .graded {
      // A stain in grades has a status of its own.
      switch amount {
      case .present, .high:
        (specs, examples) = (["positive", "IHC = 3+", "IHC = 2+ AND ISH = positive"], ["\(stain.name) positive"])
      case .low: (specs, examples) = (["negative"], ["\(stain.name) negative"])
      }
    }
    if isShare, amount == .high { (specs, examples) = (["high", "positive"], ["\(name) positive"]) }
    return .atom(
      BiomarkerAtom(kind: .measurement, gene: name, eventClass: "EXPR", specs: specs, examples: examples))
  }

  /// A score or stain with the words of the rule table.
  func measurement(
    _ name: String, _ specs: [String], eventClass: String = "BIOMARKER", example: String
  ) -> BiomarkerExpression {
    .atom(BiomarkerAtom(kind: .measurement, gene: name, eventClass: eventClass, specs: specs, examples: [example]))
  }

  /// A gene that was tested and is unchanged.
  func wildType(_ gene: String) -> BiomarkerExpression {
    .atom(
      BiomarkerAtom(
        kind: .wildType, gene: gene, eventClass: "WT", specs: ["WT"], examples: ["\(gene) wild type"],
        denials: ["\(gene) pathogenic mutation"]))
  }
}

/// How much of a protein or transcript evidence speaks of.
enum ExpressionAmount: Sendable {
  case present, high, low
}
