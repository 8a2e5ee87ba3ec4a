// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText
internal import Knowledge

/// Reads what a rearrangement inside one gene does to it: exons lost or repeated, by words, numbers or breakpoints.
///
/// Which exons have a name stands in the table of named sites.
struct IntragenicRearrangement {
  /// What came of it.
  enum Reading {
    case change(SequenceChange)
    /// What is left of the gene's product cannot be told.
    case open(String)
  }

  let gene: String
  let words: RearrangementWords
  let byPlace: RearrangementWords.ExonEvent?
  let sequences: SequenceNormalizer
  let isSuppressor: Bool

  var reading: Reading {
    let frame = words.frame
    let events = words.exonEvents
    let names = names(events)
    if names.count > 1 { return .open("a rearrangement inside the gene that is called by several names") }
    if let name = names.first {
      if words.deniesExons { return .open("a rearrangement inside the gene of which exons are said to be intact") }
      // The loss or repetition of these exons keeps the frame; who says otherwise means another change.
      if frame == .outOfFrame { return outOfFrame(events) ?? .open("\(name) that is said to be out of frame") }
      let effect = VariantEffect(ofNamedClass: name)
      return .change(SequenceChange(effect: effect, namedClass: name))
    }
    if frame == .outOfFrame, let change = outOfFrame(events) { return change }
    if isSuppressor, frame == .unknown, !words.deniesExons, !words.cutsExon, let event = events.first ?? byPlace,
      events.count < 2,
      let change = sequences.loss(of: gene, event)
    {
      return .change(change)
    }
    if isSuppressor, frame == .unknown, words.truncates, !words.deniesExons {
      return .change(SequenceChange(effect: .frameshift, namedClass: "truncating rearrangement"))
    }
    if isSuppressor, words.isDisruptedTwice {
      return .change(SequenceChange(effect: .frameshift, namedClass: "homozygous disruption"))
    }
    return .open("a rearrangement inside the gene whose effect is not stated")
  }

  /// The names that words, exons and breakpoints give, each once.
  private func names(_ events: [RearrangementWords.ExonEvent]) -> [String] {
    var names = words.namedClasses(sequences).filter { name in
      !name.hasPrefix("EXON ") || sequences.sites.hasChange(name, of: gene)
    }
    let name = { (event: RearrangementWords.ExonEvent) in sequences.sites.name(of: event, in: gene) }
    let told = events.compactMap(name)
    // Numbers go before breakpoints, which lie within an exon at times.
    for name in told.isEmpty ? [byPlace].compactMap({ $0 }).compactMap(name) : told where !names.contains(name) {
      names.append(name)
    }
    return names
  }

  /// A suppressor whose frame is lost is lost.
  private func outOfFrame(_ events: [RearrangementWords.ExonEvent]) -> Reading? {
    guard isSuppressor else { return nil }
    let what = (events.first ?? byPlace)?.description ?? "rearrangement"
    return .change(SequenceChange(effect: .frameshift, namedClass: "\(what), out of frame"))
  }

  // MARK: Breakpoints

  /// What two breakpoints in a gene do to its exons, where the table has them.
  ///
  /// - Parameters:
  ///   - table: The exons of the gene.
  ///   - positions: The break of the first part and of the second part.
  ///   - buildNamed: The build as a file names it; without one the positions must be ends of exons in one build only.
  ///   - kind: What the row calls the rearrangement, in lower case.
  static func event(
    _ table: ExonPositions, _ positions: [Int], buildNamed: String, kind: String
  ) -> RearrangementWords.ExonEvent? {
    guard positions.count == 2,
      let build = GenomeBuild(buildNamed) ?? table.build(ofEnds: positions),
      let first = table.place(of: positions[0], build: build),
      let second = table.place(of: positions[1], build: build)
    else { return nil }
    if kind.holds("inver") { return nil }
    switch (first, second) {
    case (.exon(let last), .exon(let next)):
      // Away from the names, a break within an exon leaves a part of it.
      guard table.haveNames || table.areEnds(positions, build: build) else { return nil }
      // Transcripts: the end of one exon is joined to the beginning of another.
      if kind.holds("dupl") { return .repeated(min(last, next)...max(last, next)) }
      if next > last + 1 { return .lost(last + 1...next - 1) }
      return next <= last ? .repeated(next...last) : nil
    case (.intron(let one), .intron(let other)):
      guard one != other else { return nil }
      let exons = min(one, other) + 1...max(one, other)
      if kind.holds("dupl") { return .repeated(exons) }
      return kind.holds("del") ? .lost(exons) : nil
    default: return nil
    }
  }
}

extension SequenceNormalizer {
  /// What the loss or the repeat of whole exons makes of a tumor suppressor: lost where the frame, or the start, is.
  ///
  /// `nil` for other genes, where the frame is kept, and where it hangs on the way in which exons are counted.
  func loss(of gene: String, _ event: RearrangementWords.ExonEvent) -> SequenceChange? {
    guard reference?.roles[gene]?.isSuppressor == true, let coding = residues.genes.gene(gene) else { return nil }
    guard let exons = event.exons else { return nil }
    let areLost = event == .lost(exons)
    let effects = Set(sites.readings(of: exons, of: gene).map { coding.effect(ofExons: $0, areLost: areLost) })
    guard effects.count == 1, let effect = effects.first ?? nil else { return nil }
    let what = effect == .startLost ? "start lost" : effect == .nonsense ? "end lost" : "out of frame"
    return SequenceChange(effect: effect, namedClass: "\(event), \(what)")
  }
}

extension NamedSites {
  /// What the loss or repeat of whole exons of a gene is called; `nil` where it has no name.
  func name(of event: RearrangementWords.ExonEvent, in gene: String) -> String? {
    switch event {
    case .lost(let exons): change(of: gene, lost: exons)
    case .repeated(let exons): change(of: gene, repeated: exons)
    case .inverted: nil
    }
  }
}

extension RearrangementWords.ExonEvent: CustomStringConvertible {
  /// The exons that are lost or repeated.
  var exons: ClosedRange<Int>? {
    switch self {
    case .lost(let exons), .repeated(let exons): exons
    case .inverted: nil
    }
  }

  /// `exon 3-5 deletion`.
  var description: String {
    switch self {
    case .lost(let exons): Self.words(exons) + " deletion"
    case .repeated(let exons): Self.words(exons) + " duplication"
    case .inverted: "rearrangement"
    }
  }

  /// `exon 14`, `exon 2-7`.
  static func words(_ exons: ClosedRange<Int>) -> String {
    exons.count == 1 ? "exon \(exons.lowerBound)" : "exon \(exons.lowerBound)-\(exons.upperBound)"
  }
}
