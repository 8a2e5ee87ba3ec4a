// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import InputFormats
internal import Knowledge

/// Rearrangements that are known by two positions and by the sides that are joined there (guide: Normalizing, Fusions).
extension Normalizer {
  /// One of the two breaks.
  private struct End {
    let place: Breakpoint
    let written: String
    /// The genes that are broken there.
    let genes: [GeneCoordinates.Body]
  }

  /// A junction in one build of the genome.
  private struct Reading {
    let build: GenomeBuild
    let first: End, second: End

    var isInGenes: Bool { !first.genes.isEmpty || !second.genes.isEmpty }
  }

  /// What a junction comes to in one build: a fusion, a break or nothing.
  func junction(_ row: RawFusion, _ batch: RecordBatch, _ source: SourceLocation, _ build: GenomeBuild?) -> Result {
    let written = (batch.string(row.firstBreakpoint), batch.string(row.secondBreakpoint))
    guard let first = Breakpoint(written.0), let second = Breakpoint(written.1) else {
      return .rejected(column: "ALT", value: batch.string(row.name), problem: "names no two positions")
    }
    func reading(_ build: GenomeBuild) -> Reading {
      func end(_ place: Breakpoint, _ written: String) -> End {
        End(
          place: place, written: written,
          genes: GeneCoordinates.builtIn.genes(on: place.chromosome, at: place.position, build: build))
      }
      return Reading(build: build, first: end(first, written.0), second: end(second, written.1))
    }
    let stated = GenomeBuild(batch.string(row.build)) ?? build
    let all = (stated.map { [$0] } ?? GenomeBuild.allCases).map(reading)
    let readings = all.filter(\.isInGenes)
    guard let only = readings.first else { return .filtered("rearrangement outside of the genes that are known") }
    let make = { (gene: String, event: Alteration.Event, cautions: [Caution]) in
      Alteration(
        gene: gene, event: event, asWritten: batch.string(row.name), origin: self.origin(row.status, batch),
        cautions: cautions, source: source)
    }
    if stated != nil { return self.read(only, row, batch, make, assumed: false) }
    // Without a build a junction is read only where one build alone makes a fusion of it.
    let fused = readings.filter { isFusion($0, row.joined) }
    if fused.count == 1 { return self.read(fused[0], row, batch, make, assumed: true) }
    return .rejected(
      column: "genome build", value: "",
      problem: "is not stated, and the rearrangement is not evaluated (name the build: --genome GRCh38, or a column "
        + "genome_build in the sample sheet)")
  }

  // MARK: Two genes

  /// The two genes of a junction: those of which fusions are known go before others that lie at the same break.
  private func pair(_ reading: Reading) -> (first: GeneCoordinates.Body, second: GeneCoordinates.Body)? {
    let orientation = FusionOrientation(table: table)
    func chosen(_ genes: [GeneCoordinates.Body]) -> GeneCoordinates.Body? {
      genes.first { orientation.isKnownPartner($0.gene) } ?? genes.first
    }
    // A gene in which both breaks lie is changed inside.
    if let same = reading.first.genes.first(where: { own in reading.second.genes.contains { $0.gene == own.gene } }) {
      return (same, same)
    }
    guard let first = chosen(reading.first.genes), let second = chosen(reading.second.genes) else { return nil }
    return (first, second)
  }

  /// Whether both breaks lie in genes that may be fused, in one direction.
  private func isFusion(_ reading: Reading, _ joined: JoinedSides) -> Bool {
    guard let pair = pair(reading), pair.first.gene != pair.second.gene else { return false }
    if case .antisense = Self.arrangement(pair, joined) { return false }
    return true
  }

  private enum Arrangement { case firstIsFivePrime, secondIsFivePrime, either, antisense(fivePrime: Bool) }

  /// Which gene's beginning is kept: that before the break of a gene in the direction of the positions, and behind it of
  /// one against it.
  private static func arrangement(
    _ pair: (first: GeneCoordinates.Body, second: GeneCoordinates.Body), _ joined: JoinedSides
  ) -> Arrangement {
    guard let kept = joined.keepsBefore else {
      return pair.first.isForward == pair.second.isForward ? .antisense(fivePrime: true) : .either
    }
    let isFirstBegun = kept.first == pair.first.isForward
    let isSecondBegun = kept.second == pair.second.isForward
    if isFirstBegun == isSecondBegun { return .antisense(fivePrime: isFirstBegun) }
    return isFirstBegun ? .firstIsFivePrime : .secondIsFivePrime
  }

  private func read(
    _ reading: Reading, _ row: RawFusion, _ batch: RecordBatch,
    _ make: @escaping (String, Alteration.Event, [Caution]) -> Alteration, assumed: Bool
  ) -> Result {
    let cautions: [Caution] = [.byPosition] + (assumed ? [.buildAssumed] : [])
    guard let pair = pair(reading) else { return oneEnd(reading, row.joined, make, cautions) }
    if pair.first.gene == pair.second.gene {
      return inside(pair.first.gene, reading, row, batch, make)
    }
    let arrangement = Self.arrangement(pair, row.joined)
    var sides = [
      Fusion.Side(gene: pair.first.gene, breakpoint: reading.first.written),
      Fusion.Side(gene: pair.second.gene, breakpoint: reading.second.written),
    ]
    var places = [reading.first.place.position, reading.second.place.position]
    let orientation = FusionOrientation(table: table)
    switch arrangement {
    case .antisense(let fivePrime):
      let fusion = Fusion(sides[0], sides[1], isOrdered: false)
      guard orientation.isKnownPartner(pair.first.gene) || orientation.isKnownPartner(pair.second.gene) else {
        return .filtered(Self.notReadOn)
      }
      let oriented = orientation.orient(fusion).fusion
      return .notEvaluated(
        make(orientation.gene(of: oriented), .fusion(oriented), cautions + [.possibleFusion]),
        Self.whyNotReadOn(row.joined, fivePrime: fivePrime))
    case .secondIsFivePrime:
      sides.reverse()
      places.reverse()
    case .firstIsFivePrime: break
    case .either:
      // Both junctions are there; the one that rules know is told.
      if orientation.orient(Fusion(sides[0], sides[1], isOrdered: false)).fusion.fivePrimeGene != pair.first.gene {
        sides.reverse()
        places.reverse()
      }
    }
    let frame = takeExons(&sides, places, reading.build)
    let annotated = orientation.annotated(Fusion(sides[0], sides[1], isOrdered: true, frame: frame))
    return .kept(
      make(orientation.gene(of: annotated.fusion), .fusion(annotated.fusion), cautions + annotated.cautions))
  }

  /// Takes the exons at a junction from the positions of the breaks, and the frame where both lie between exons.
  private func takeExons(_ sides: inout [Fusion.Side], _ places: [Int], _ build: GenomeBuild) -> Fusion.Frame {
    let genes = table.reference.codingGenes
    let last = genes.gene(sides[0].gene)?.exons(brokenAt: places[0], in: build)
    let next = genes.gene(sides[1].gene)?.exons(brokenAt: places[1], in: build)
    sides[0].exon = last?.exonBefore
    sides[1].exon = next?.exonBehind
    guard let before = last?.basesBefore, let behind = next?.basesBefore else { return .unknown }
    return before % 3 == behind % 3 ? .inFrame : .outOfFrame
  }

  // MARK: Two genes that an annotation names

  /// What the joined sides make of two partners that are named.
  enum Settled {
    /// A fusion, in its order where the directions of both genes tell it.
    case ordered(Fusion)
    /// Nothing is read across the junction, with the reason.
    case readNowhere(Fusion, why: String)
    /// The same of two genes whose fusions are not known.
    case ofNoInterest
  }

  static let notReadOn = "rearrangement of two genes that are not read on across the junction"

  private static func whyNotReadOn(_ joined: JoinedSides, fivePrime: Bool) -> String {
    let ends =
      joined == .inversion
      ? "both genes run alike, and an inversion turns one of them round"
      : fivePrime ? "the beginnings of both genes are joined" : "the ends of both genes are joined"
    return "\(ends): nothing is read across the junction"
  }

  /// Settles which of two named partners is the 5-prime one: that whose beginning is kept at the junction.
  ///
  /// - Parameter places: Of the breaks: of the first partner and of the second one, unless the tables know better.
  func settled(_ found: Fusion, _ joined: JoinedSides, _ places: (String, String)) -> Settled {
    var sides = [
      Fusion.Side(gene: found.fivePrimeGene, exon: found.fivePrime.exon),
      Fusion.Side(gene: found.threePrimeGene, exon: found.threePrime.exon),
    ]
    let coordinates = GeneCoordinates.builtIn
    func lies(_ side: Int, at place: String) -> Bool {
      Breakpoint(place).map { coordinates.isInside(sides[side].gene, on: $0.chromosome, at: $0.position) } ?? false
    }
    // Some annotations name the partners in an order of their own.
    if !lies(0, at: places.0), !lies(1, at: places.1), lies(1, at: places.0) || lies(0, at: places.1) {
      sides.reverse()
    }
    (sides[0].breakpoint, sides[1].breakpoint) = places
    func fusion(isReversed: Bool, isOrdered: Bool) -> Fusion {
      let (five, three) = isReversed ? (sides[1], sides[0]) : (sides[0], sides[1])
      return Fusion(five, three, isOrdered: isOrdered, frame: found.frame)
    }
    let directions = sides.map { coordinates.isForward($0.gene) }
    guard let kept = joined.keepsBefore else {
      // Both junctions of an inversion are there; of genes that run alike neither is read on.
      guard let one = directions[0], let two = directions[1], one == two else {
        return .ordered(fusion(isReversed: false, isOrdered: false))
      }
      return readNowhere(fusion(isReversed: false, isOrdered: false), joined, fivePrime: true)
    }
    let begun = [directions[0].map { $0 == kept.first }, directions[1].map { $0 == kept.second }]
    if let one = begun[0], let two = begun[1] {
      if one == two { return readNowhere(fusion(isReversed: false, isOrdered: false), joined, fivePrime: one) }
      return .ordered(fusion(isReversed: !one, isOrdered: true))
    }
    // Of one gene alone it is known: its beginning makes it the 5-prime partner; its end fits a partner of any direction.
    if let one = begun[0] ?? begun[1].map({ !$0 }) {
      let isBegun = begun[0] ?? begun[1] ?? false
      return .ordered(fusion(isReversed: !one, isOrdered: isBegun))
    }
    return .ordered(fusion(isReversed: false, isOrdered: false))
  }

  private func readNowhere(_ fusion: Fusion, _ joined: JoinedSides, fivePrime: Bool) -> Settled {
    let orientation = FusionOrientation(table: table)
    guard orientation.isKnownPartner(fusion.fivePrimeGene) || orientation.isKnownPartner(fusion.threePrimeGene) else {
      return .ofNoInterest
    }
    return .readNowhere(fusion, why: Self.whyNotReadOn(joined, fivePrime: fivePrime))
  }

  // MARK: One gene

  /// A gene that is joined to a place in no gene of the tables.
  private func oneEnd(
    _ reading: Reading, _ joined: JoinedSides, _ make: (String, Alteration.Event, [Caution]) -> Alteration,
    _ cautions: [Caution]
  ) -> Result {
    let isFirst = !reading.first.genes.isEmpty
    let own = isFirst ? reading.first : reading.second
    let other = isFirst ? reading.second : reading.first
    let orientation = FusionOrientation(table: table)
    for gene in own.genes where orientation.isKnownPartner(gene.gene) {
      var fusion = orientation.single(gene.gene)
      if let kept = joined.keepsBefore,
        ((isFirst ? kept.first : kept.second) == gene.isForward) == fusion.fivePrimeGene.isEmpty
      {
        // What is kept is not the part that its fusions have.
        continue
      }
      if fusion.fivePrimeGene.isEmpty {
        fusion.threePrime.breakpoint = own.written
        fusion.fivePrime.breakpoint = other.written
      } else {
        fusion.fivePrime.breakpoint = own.written
        fusion.threePrime.breakpoint = other.written
      }
      return .notEvaluated(
        make(gene.gene, .fusion(fusion), cautions + [.partnerUnknown, .possibleFusion]),
        "the other end (\(other.written)) lies in no gene of the tables: whether \(gene.gene) is fused is not known "
          + "(annotate the file, or test the RNA)")
    }
    guard let broken = own.genes.first(where: { isSuppressor($0.gene) }) else {
      return .filtered("rearrangement of no gene whose fusions or loss are known")
    }
    return .notEvaluated(
      make(broken.gene, .sequence(SequenceChange(effect: .structural)), cautions),
      "a break in \(broken.gene); what is left of the gene is not known")
  }

  /// A rearrangement inside one gene.
  private func inside(
    _ gene: String, _ reading: Reading, _ row: RawFusion, _ batch: RecordBatch,
    _ make: @escaping (String, Alteration.Event, [Caution]) -> Alteration
  ) -> Result {
    let kind =
      switch row.joined {
      case .threeToFive: "deletion"
      case .fiveToThree: "duplication"
      default: "inversion"
      }
    let isSuppressor = isSuppressor(gene)
    let exons = ExonPositions(
      gene, genes: sequences.residues.genes, sites: sequences.sites, isSuppressor: isSuppressor)
    let byPlace = exons.flatMap {
      IntragenicRearrangement.event(
        $0, [reading.first.place.position, reading.second.place.position].sorted(),
        buildNamed: reading.build.name, kind: kind)
    }
    guard byPlace != nil || isSuppressor else {
      return .filtered("rearrangement inside one gene that takes or repeats no exon with a name")
    }
    return insideGene(
      gene,
      FusionRow(
        first: gene, second: gene, info: "", frameCell: "", details: [kind], words: RearrangementWords([kind]),
        make: { make($0, $1, [.byPosition] + $2) }), byPlace)
  }
}
