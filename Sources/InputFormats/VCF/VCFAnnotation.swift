// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// The one of a record's annotations that speaks for an allele.
struct VCFAnnotation {
  /// The consequence cell, terms joined by `&`.
  private(set) var cell = 0..<0
  /// What its most severe term says.
  private(set) var reading = Consequences.Reading()
  /// The gene, by its symbol where there is one.
  private(set) var gene = 0..<0
  /// `c.` notation without the accession.
  private(set) var codingChange = 0..<0
  /// Whether its transcript is stated to be of no protein.
  private(set) var isOfOtherRNA = false
  /// `p.` notation without the accession.
  private(set) var proteinChange = 0..<0
  /// The residues as VEP writes them beside their place: `V/E`.
  private(set) var aminoAcids = 0..<0
  /// The place of the residues.
  private(set) var proteinPosition = 0..<0
  /// The transcript.
  private(set) var transcript = 0..<0
  /// Frequency in a general population; -1 when not given.
  private(set) var frequency: Double = -1
  /// What curators say of the change.
  private(set) var statements = StatedPathogenicity()
  private var score = -1

  /// The alleles of a record as the annotation names them.
  struct Allele {
    /// The number in `ALT`, counted from 1, and how many there are.
    let number, count: Int
    /// The allele as written, and without the first base where VEP drops it.
    let bases, trimmed: Range<Int>
  }

  /// Chooses: what changes the protein of a flagged transcript, MANE first; the flagged pick, the inside of a gene before
  /// its surroundings, MANE, canonical, coding, most severe.
  ///
  /// - Returns: `nil` when no annotation is for the allele.
  static func best(
    of value: Range<Int>, for allele: Allele, layout: AnnotationLayout, _ text: Span<UInt8>
  ) -> VCFAnnotation? {
    var best: VCFAnnotation?
    var promoter: VCFAnnotation?
    forEach(value, for: allele, layout: layout, text) { block in
      if block.score > best?.score ?? -1 { best = block }
      if block.reading.consequence.use == .promoter, promoter == nil, block.isLookedAt(text) { promoter = block }
    }
    // Of a promoter that matters VEP may pick a neighbor's intron.
    if let found = best, let promoter, found.reading.consequence.use == .promoter || !found.isLookedAt(text) {
      return promoter
    }
    return best
  }

  /// The choice for each gene by itself, in the order of the annotation.
  static func bestByGene(
    _ value: Range<Int>, for allele: Allele, layout: AnnotationLayout, _ text: Span<UInt8>
  ) -> [VCFAnnotation] {
    var found: [VCFAnnotation] = []
    forEach(value, for: allele, layout: layout, text) { block in
      guard let place = found.firstIndex(where: { ByteText.areSame($0.gene, block.gene, text) }) else {
        return found.append(block)
      }
      if block.score > found[place].score { found[place] = block }
    }
    return found
  }

  /// Calls `body` with each annotation of an allele.
  static func forEach(
    _ value: Range<Int>, for allele: Allele, layout: AnnotationLayout, _ text: Span<UInt8>,
    _ body: (VCFAnnotation) -> Void
  ) {
    var fields = [Range<Int>](repeating: 0..<0, count: layout.last + 1)
    var start = value.lowerBound
    var number = 0
    while start < value.upperBound {
      let end = min(
        LineWalker.firstIndex(of: UInt8(ascii: ","), in: text, from: start) ?? value.upperBound, value.upperBound)
      split(start..<end, into: &fields, text)
      start = end + 1
      number += 1
      // Funcotator lists a block in brackets for each allele, in their order.
      if layout.tool == .funcotator {
        guard number == allele.number else { continue }
        fields[0] = withoutBracket(fields[0], text)
      }
      if allele.count > 1 || layout.tool == .snpEff, !speaks(fields, of: allele, layout, text) { continue }
      body(VCFAnnotation(fields, layout, text))
    }
  }

  private static func split(_ block: Range<Int>, into fields: inout [Range<Int>], _ text: Span<UInt8>) {
    var index = block.lowerBound
    for place in fields.indices {
      let start = index
      while index < block.upperBound, text[index] != UInt8(ascii: "|") { index += 1 }
      fields[place] = start..<index
      if index < block.upperBound { index += 1 }
    }
  }

  private static func withoutBracket(_ field: Range<Int>, _ text: Span<UInt8>) -> Range<Int> {
    field.first.map { text[$0] } == UInt8(ascii: "[") ? field.dropFirst() : field
  }

  private static func speaks(
    _ fields: [Range<Int>], of allele: Allele, _ layout: AnnotationLayout, _ text: Span<UInt8>
  ) -> Bool {
    switch layout.tool {
    case .funcotator: return true
    case .csq:
      return layout.baseChange < 0 || CodingRange.names(fields[layout.baseChange], allele.bases, text)
    case .vep, .snpEff: break
    }
    if layout.alleleNumber >= 0, let number = ByteText.count(text.extracting(fields[layout.alleleNumber])) {
      return number == allele.number
    }
    let name = fields[layout.allele]
    // SnpEff compares a tumor's allele with the germline's as `G-C`; what it does to the reference stands beside it.
    if layout.tool == .snpEff, allele.count == 1 {
      for index in name.dropFirst().dropLast() where text[index] == UInt8(ascii: "-") {
        if ByteText.isBases(text.extracting(name.lowerBound..<index)) { return false }
      }
      return true
    }
    let wanted = layout.tool == .snpEff ? allele.bases : allele.trimmed
    if wanted.isEmpty { return name.count == 1 && text[name.lowerBound] == UInt8(ascii: "-") }
    return ByteText.areSame(name, wanted, text)
  }

  private init(_ fields: [Range<Int>], _ layout: AnnotationLayout, _ text: Span<UInt8>) {
    func field(_ place: Int) -> Range<Int> { place < 0 ? 0..<0 : fields[place] }
    cell = ByteText.trimmed(field(layout.consequence), in: text)
    // bcftools marks what lies behind a stop.
    if layout.tool == .csq, let first = cell.first, text[first] == UInt8(ascii: "*") { cell = cell.dropFirst() }
    reading = Consequences.builtIn.read(cell, in: text)
    gene = ByteText.trimmed(field(layout.symbol), in: text)
    if gene.isEmpty { gene = ByteText.trimmed(field(layout.geneID), in: text) }
    codingChange = Self.withoutAccession(field(layout.codingChange), text)
    proteinChange = Self.withoutAccession(field(layout.proteinChange), text)
    transcript = ByteText.trimmed(field(layout.feature), in: text)
    aminoAcids = field(layout.aminoAcids)
    proteinPosition = field(layout.proteinPosition)
    for (place, key) in layout.statements where !fields[place].isEmpty {
      statements.formUnion(StatedPathogenicity(text.extracting(fields[place]), column: key))
    }
    for place in layout.frequencies { frequency = max(frequency, Self.highest(fields[place], text)) }
    score = max(1, reading.severity)
    let isPicked = !ByteText.isMissing(text.extracting(field(layout.pick)))
    let isMANE = !ByteText.isMissing(text.extracting(field(layout.mane)))
    let isCanonical = !ByteText.isMissing(text.extracting(field(layout.canonical)))
    // VEP may pick an intron, or a neighbor, where the transcript that everybody counts on has its protein changed.
    if changesProtein, isPicked || isMANE || isCanonical { score += isMANE ? 3 << 14 : 1 << 15 }
    if isInsideTranscript { score += 1 << 12 }
    if isPicked { score += 1 << 13 }
    if isMANE { score += 1 << 11 }
    if isCanonical { score += 1 << 10 }
    let biotype = text.extracting(field(layout.biotype))
    if ByteText.equals(biotype, "protein_coding") || ByteText.equals(biotype, "Coding")
      || ByteText.equals(biotype, "mRNA")
    {
      score += 1 << 9
    }
    isOfOtherRNA = !biotype.isEmpty && score & 1 << 9 == 0
  }

  /// Whether its class is one of another protein.
  private var changesProtein: Bool {
    switch reading.consequence.effect {
    case .missense, .nonsense, .frameshift, .inframeDeletion, .inframeInsertion, .splice, .startLost, .stopLost: true
    case .spliceRegion, .promoter, .synonymous, .noncoding, .structural, .unknown: false
    }
  }

  /// Whether it speaks of the inside of a transcript.
  var isInsideTranscript: Bool { reading.severity >= Consequences.insideTranscript }

  /// Whether a row with this annotation is looked at.
  ///
  /// - Parameter addsCodons: Whether its allele adds three bases or more.
  func isLookedAt(_ text: Span<UInt8>, addsCodons: Bool = false) -> Bool {
    reading.consequence.isLookedAt(
      gene: text.extracting(gene), coding: text.extracting(codingChange), statesProtein: !proteinChange.isEmpty,
      tellsResidues: ProteinCell.tellsResidues(text.extracting(proteinChange)), addsCodons: addsCodons)
  }

  /// Whether one of the terms shifts the frame.
  func shiftsFrame(_ text: Span<UInt8>) -> Bool { Consequences.builtIn.says(.frameshift, cell, in: text) }

  /// The change of the protein as text, in the notation of proteins.
  func protein(_ layout: AnnotationLayout, _ text: Span<UInt8>) -> String {
    let cell = text.extracting(proteinChange)
    guard layout.tool == .csq else { return ByteText.string(cell) }
    return CodingRange.proteinChange(cell, shiftsFrame: shiftsFrame(text)) ?? ""
  }

  private static func withoutAccession(_ cell: Range<Int>, _ text: Span<UInt8>) -> Range<Int> {
    let cell = ByteText.trimmed(cell, in: text)
    var start = cell.lowerBound
    for index in cell where text[index] == UInt8(ascii: ":") { start = index + 1 }
    return start..<cell.upperBound
  }

  /// The highest of frequencies joined by `&`; -1 when there is none.
  static func highest(_ cell: Range<Int>, _ text: Span<UInt8>) -> Double {
    var highest: Double = -1
    var start = cell.lowerBound
    while start < cell.upperBound {
      var end = start
      while end < cell.upperBound, text[end] != UInt8(ascii: "&"), text[end] != UInt8(ascii: ",") { end += 1 }
      if let value = ByteText.number(text.extracting(start..<end)) { highest = max(highest, value) }
      start = end + 1
    }
    return highest
  }
}

extension ByteText {
  /// Whether two places of a text hold the same.
  static func areSame(_ left: Range<Int>, _ right: Range<Int>, _ text: Span<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    for offset in 0..<left.count where text[left.lowerBound + offset] != text[right.lowerBound + offset] {
      return false
    }
    return true
  }

  /// Whether the cell holds bases alone.
  static func isBases(_ cell: Span<UInt8>) -> Bool {
    for index in cell.indices {
      switch cell[index] & 0xDF {
      case UInt8(ascii: "A"), UInt8(ascii: "C"), UInt8(ascii: "G"), UInt8(ascii: "T"), UInt8(ascii: "N"): continue
      default: return false
      }
    }
    return cell.count > 0
  }
}
