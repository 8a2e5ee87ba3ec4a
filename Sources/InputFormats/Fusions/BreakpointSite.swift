// SPDX-License-Identifier: Apache-2.0
/// One end of a rearrangement as MSK-IMPACT describes it: `Intron of EGFR(+): 37Kb before exon 2`.
struct BreakpointSite {
  /// The gene that the description names; empty when it names none.
  let gene: String
  /// Whether the gene is read in the direction of the chromosome's numbers.
  let isForward: Bool?
  /// The first exon behind the breakpoint, in the direction of the gene; `nil` when the break is in an exon.
  let nextExon: Int?
  /// The exon that the breakpoint cuts.
  let cutExon: Int?

  init(_ description: String) {
    let open = description.firstIndex(of: "(")
    gene = open.flatMap { description[..<$0].split(separator: " ").last.map(String.init) } ?? ""
    isForward =
      if description.contains("(+)") { true } else if description.contains("(-)") { false } else { nil }
    let words = description.split(separator: " ")
    // `Exon 5 of FGFR1(-)`.
    cutExon = words.first == "Exon" && words.count > 2 && words[2] == "of" ? Int(words[1]) : nil
    let exon = words.last.flatMap { UInt16($0) }.map { Int($0) }
    nextExon =
      switch words.suffix(3).prefix(2).joined(separator: " ") {
      case "before exon": exon
      case "after exon": exon.map { $0 + 1 }
      default: nil
      }
  }

  /// How the joined parts of two sites stand to each other.
  enum Arrangement {
    case firstIsFivePrime, secondIsFivePrime
    /// Both are 5-prime parts, or both are 3-prime parts: nothing is read across the junction.
    case antisense
  }

  /// What the joined ends make of the two genes.
  ///
  /// `3to5` joins the part before the first breakpoint to the part behind the second one, in the direction of the
  /// chromosome's numbers (Delly's `CT`); which gene comes first depends on the direction of both.
  static func arrangement(_ connection: String, _ first: BreakpointSite, _ second: BreakpointSite) -> Arrangement? {
    guard let one = first.isForward, let two = second.isForward else { return nil }
    let ends = connection.lowercased().split(separator: "to")
    guard ends.count == 2, ends.allSatisfy({ $0 == "3" || $0 == "5" }) else { return nil }
    let isFirstUpstream = (ends[0] == "3") == one
    let isSecondUpstream = (ends[1] == "3") == two
    if isFirstUpstream == isSecondUpstream { return .antisense }
    return isFirstUpstream ? .firstIsFivePrime : .secondIsFivePrime
  }
}

/// What a rearrangement inside a gene does to its exons, in the words that files use themselves.
enum ExonWords {
  /// `exon 2-7 deletion`, `exon 14 duplication`.
  static func text(_ exons: ClosedRange<Int>, _ event: String = "deletion") -> String {
    exons.count == 1 ? "exon \(exons.lowerBound) \(event)" : "exon \(exons.lowerBound)-\(exons.upperBound) \(event)"
  }

  /// What joining the end of one exon to the beginning of another one does: exons between are lost, or those from the
  /// second to the first stand twice.
  static func junction(last: Int, first: Int) -> String? {
    if first > last + 1 { return text(last + 1...first - 1) }
    return first <= last ? text(first...last, "duplication") : nil
  }
}
