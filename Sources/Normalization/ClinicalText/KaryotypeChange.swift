// SPDX-License-Identifier: Apache-2.0

/// A rearrangement of chromosomes as a karyotype names it: `t(9;22)(q34;q11.2)`, `inv(16)(p13q22)`.
///
/// Which genes are joined is told by the bands: several pairs of genes lie on the same two chromosomes.
struct KaryotypeChange: Equatable, Sendable {
  /// A band by its arm and number, without what stands behind a point.
  struct Band: Equatable, Sendable {
    let arm: Character
    let number: Int
  }

  /// A band of a chromosome: `11q23`.
  struct Place: Equatable, Sendable {
    /// In lower case.
    let chromosome: String
    let band: Band

    init?(_ text: Substring) {
      guard let arm = text.firstIndex(where: { "pq".contains($0) }),
        let band = KaryotypeChange.bands(text[arm...]).first
      else { return nil }
      (chromosome, self.band) = (String(text[..<arm]), band)
    }
  }

  /// `t` or `inv`.
  let kind: String
  /// As written, in lower case.
  let chromosomes: [String]
  /// By chromosome the bands that are broken, of an uncertain break several; empty where none are stated.
  private(set) var bands: [[Band]]

  /// All that a text in lower case names.
  static func all(in text: String) -> [KaryotypeChange] {
    guard text.contains("t(") || text.contains("inv(") else { return [] }
    let plain = text.replacing(") (", with: ")(")
    var found: [KaryotypeChange] = []
    var rest = plain[...]
    while let open = rest.firstIndex(of: "(") {
      let word = rest[..<open]
      let kind = word.hasSuffix("inv") ? "inv" : word.hasSuffix("t") ? "t" : ""
      let isWord = word.dropLast(kind.count).last.map { !$0.isLetter && !$0.isNumber } ?? true
      rest = rest[rest.index(after: open)...]
      guard !kind.isEmpty, isWord, let first = bracket(&rest), let change = KaryotypeChange(kind, first, bands: &rest)
      else { continue }
      found.append(change)
    }
    return found
  }

  private init?(_ kind: String, _ first: Substring, bands rest: inout Substring) {
    let chromosomes = first.split(separator: ";").map { String($0.filter { !$0.isWhitespace }) }
    let isNamed = chromosomes.allSatisfy { Int($0).map { (1...22).contains($0) } ?? ["x", "y"].contains($0) }
    guard isNamed, chromosomes.count > 1 || kind == "inv" && chromosomes.count == 1 else { return nil }
    self.kind = kind
    self.chromosomes = chromosomes
    bands = []
    guard rest.first == "(" else { return }
    var behind = rest.dropFirst()
    guard let second = Self.bracket(&behind) else { return }
    rest = behind
    let parts = second.split { ";,:".contains($0) }.map(Self.bands)
    let all = parts.flatMap(\.self)
    if chromosomes.count == 1 {
      bands = all.count > 1 ? [all] : []
    } else if parts.count == chromosomes.count, !parts.contains(where: \.isEmpty) {
      bands = parts
    } else if all.count == chromosomes.count {
      // `(q34q11)`.
      bands = all.map { [$0] }
    }
  }

  /// What stands before the bracket that closes; the text goes on behind it.
  private static func bracket(_ rest: inout Substring) -> Substring? {
    guard let close = rest.firstIndex(where: { "()".contains($0) }), rest[close] == ")" else { return nil }
    defer { rest = rest[rest.index(after: close)...] }
    return rest[..<close]
  }

  /// `q34.1`, `p13q22`, `q22-23`, `q11~13`.
  fileprivate static func bands(_ text: Substring) -> [Band] {
    var bands: [Band] = []
    var rest = text[...]
    while let first = rest.first {
      if "pq".contains(first) || first.isNumber && !bands.isEmpty {
        let digits = rest.drop { !$0.isNumber }.prefix(while: \.isNumber)
        let arm = "pq".contains(first) ? first : bands.last?.arm ?? "q"
        // `p210` is a protein.
        guard digits.count < 3, let number = Int(digits) else { return bands }
        bands.append(Band(arm: arm, number: number))
        rest = rest[digits.endIndex...]
        // What stands behind the point is finer than the tables.
        if rest.first == "." { rest = rest.dropFirst().drop(while: \.isNumber) }
      } else {
        rest = rest.dropFirst()
      }
    }
    return bands
  }

  /// How far the bands are from those of a known rearrangement of the same chromosomes, 0 where none are stated; `nil`
  /// where it is another one.
  ///
  /// A change of three chromosomes is known by two of them where their bands are stated.
  ///
  /// - Parameter limit: How far a band may be: bands are told apart by eye, and laboratories name neighbors. All of them
  ///   together are no farther than one may be.
  func distance(to known: KaryotypeChange, upTo limit: Int) -> Int? {
    guard kind == known.kind else { return nil }
    // Both chromosomes of a pair may be joined: `t(16;16)`.
    let places =
      chromosomes == known.chromosomes
      ? Array(chromosomes.indices) : known.chromosomes.compactMap { chromosomes.firstIndex(of: $0) }
    guard places.count == known.chromosomes.count else { return nil }
    if bands.isEmpty || known.bands.isEmpty { return chromosomes == known.chromosomes ? 0 : nil }
    var sum = 0
    for (place, wanted) in zip(places, known.bands) {
      guard let nearest = kind == "inv" ? Self.ends(bands[place], wanted) : Self.nearest(bands[place], wanted),
        nearest <= (kind == "inv" ? 1 : limit)
      else { return nil }
      sum += nearest
    }
    return sum <= 2 ? sum : nil
  }

  /// Whether a translocation is broken at a band.
  func breaks(at place: Place) -> Bool {
    kind == "t" && zip(chromosomes, bands).contains { $0 == place.chromosome && $1.contains(place.band) }
  }

  /// The nearest of several bands that laboratories name for one break.
  private static func nearest(_ stated: [Band], _ known: [Band]) -> Int? {
    known.flatMap { band in stated.filter { $0.arm == band.arm }.map { abs($0.number - band.number) } }.min()
  }

  /// Both breaks of an inversion, each by its own.
  private static func ends(_ stated: [Band], _ known: [Band]) -> Int? {
    func place(_ band: Band) -> Int { band.arm == "p" ? -band.number : band.number }
    let (one, other) = (stated.sorted { place($0) < place($1) }, known.sorted { place($0) < place($1) })
    guard one.count == other.count, zip(one, other).allSatisfy({ $0.arm == $1.arm }) else { return nil }
    return zip(one, other).map { abs($0.number - $1.number) }.max()
  }
}
