internal import Alterations
internal import Matching

/// Reads the rows of one of our own tables by the names of its columns.
struct CohortTable {
  let bytes: [UInt8]

  /// One row: the wanted cells in the wanted order.
  struct Row {
    fileprivate let bytes: [UInt8]
    fileprivate let cells: [Range<Int>]

    /// A cell as text, without the mark that keeps spreadsheets from running it.
    func string(_ index: Int) -> String {
      var range = cells[index]
      if range.count > 1, bytes[range.lowerBound] == UInt8(ascii: "'"),
        [UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@")]
          .contains(bytes[range.lowerBound + 1])
      {
        range = range.lowerBound + 1..<range.upperBound
      }
      return String(decoding: bytes[range], as: UTF8.self)
    }

    /// A cell as a whole number, 0 when it is none.
    func number(_ index: Int) -> Int {
      bytes[cells[index]].reduce(0) { $1 >= 0x30 && $1 <= 0x39 && $0 < 1 << 50 ? $0 * 10 + Int($1 - 0x30) : $0 }
    }

    /// Whether the cell is exactly this word.
    func equals(_ index: Int, _ word: StaticString) -> Bool {
      let range = cells[index]
      guard range.count == word.utf8CodeUnitCount else { return false }
      return word.withUTF8Buffer { buffer in
        for offset in 0..<range.count where bytes[range.lowerBound + offset] != (unsafe buffer[offset]) { return false }
        return true
      }
    }
  }

  /// Calls the body with each row; a column that the table lacks is empty.
  func forEach(_ columns: [String], body: (Row) -> Void) {
    var places: [Int]?
    var ranges: [Range<Int>] = []
    var start = 0
    while start < bytes.count {
      ranges.removeAll(keepingCapacity: true)
      var from = start
      var index = start
      while index < bytes.count, bytes[index] != 0x0A {
        if bytes[index] == 0x09 {
          ranges.append(from..<index)
          from = index + 1
        }
        index += 1
      }
      ranges.append(from..<index)
      start = index + 1
      if let places {
        let end = index..<index
        body(Row(bytes: bytes, cells: places.map { $0 >= 0 && $0 < ranges.count ? ranges[$0] : end }))
      } else {
        let header = ranges.map { String(decoding: bytes[$0], as: UTF8.self) }
        places = columns.map { header.firstIndex(of: $0) ?? -1 }
      }
    }
  }
}

/// What the cohort's page shows, gathered from the tables.
struct Cohort {
  struct Sample {
    let id: String
    let patient: String
    /// The place of the tumor type in ``types``.
    let type: Int
    let status: String
    let tier: Tier?
    let alterations: Int
    let matched: Int
    let therapies: Int
    let conditional: Int
  }

  /// What kind of change a cell of the oncoprint shows; the order of drawing and of sorting.
  enum Kind: Int, CaseIterable {
    case fusion, amplification, deletion, truncating, splice, inframe, missense, promoter, other

    /// The letter in the page's data and the class of its style.
    var letter: Character {
      switch self {
      case .fusion: "f"
      case .amplification: "a"
      case .deletion: "d"
      case .truncating: "t"
      case .splice: "s"
      case .inframe: "i"
      case .missense: "m"
      case .promoter: "p"
      case .other: "o"
      }
    }

    var words: String {
      switch self {
      case .fusion: "fusion"
      case .amplification: "amplification"
      case .deletion: "homozygous deletion"
      case .truncating: "truncating"
      case .splice: "splice"
      case .inframe: "in-frame"
      case .missense: "missense"
      case .promoter: "promoter"
      case .other: "other"
      }
    }

    init(kind: String, name: String) {
      switch kind {
      case "FUSION": self = .fusion
      case "CNA": self = name == "AMP" ? .amplification : name == "HOMDEL" ? .deletion : .other
      case "MUT": self = VariantEffect(rawValue: name).map(Self.init) ?? .other
      default: self = .other
      }
    }

    init(_ effect: VariantEffect) {
      switch effect {
      case .nonsense, .frameshift, .startLost: self = .truncating
      case .splice: self = .splice
      case .inframeDeletion, .inframeInsertion: self = .inframe
      case .missense: self = .missense
      case .promoter: self = .promoter
      case .stopLost, .spliceRegion, .synonymous, .noncoding, .structural, .unknown: self = .other
      }
    }
  }

  /// A gene of the oncoprint with the kinds of change of each altered sample.
  struct Gene {
    let symbol: String
    var cells: [Int: Set<Kind>] = [:]
  }

  /// A therapy with the samples that have a row for it.
  struct Therapy {
    let name: String
    /// The sample, its best tier and whether every row of it waits for a test; in the order of the samples.
    var samples: [(sample: Int, tier: Tier.Step?, isConditional: Bool)] = []

    func count(tier: Tier.Step, isConditional: Bool) -> Int {
      samples.count { $0.tier == tier && $0.isConditional == isConditional }
    }
  }

  private(set) var samples: [Sample] = []
  /// Tumor types, the most frequent first.
  private(set) var types: [String] = []
  /// The most altered genes, at most ``geneLimit``.
  private(set) var genes: [Gene] = []
  /// How many genes have a matched alteration at all.
  private(set) var geneCount = 0
  /// Altered samples in the order of the oncoprint.
  private(set) var altered: [Int] = []
  /// Therapies, those of most samples first.
  private(set) var therapies: [Therapy] = []

  static let geneLimit = 40

  init(samples: [UInt8], therapies: [UInt8], alterations: [UInt8]) {
    let places = readSamples(CohortTable(bytes: samples))
    readTherapies(CohortTable(bytes: therapies), places)
    readAlterations(CohortTable(bytes: alterations), places)
  }

  private mutating func readSamples(_ table: CohortTable) -> [String: Int] {
    let columns = [
      "sample_id", "patient_id", "tumor_type", "status", "highest_tier", "n_alterations", "n_matched", "n_therapies",
      "n_conditional",
    ]
    var counts: [String: Int] = [:]
    table.forEach(columns) { counts[$0.string(2), default: 0] += 1 }
    types = counts.keys.sorted { (counts[$1] ?? 0, $0) < (counts[$0] ?? 0, $1) }
    let places = Dictionary(uniqueKeysWithValues: types.enumerated().map { ($1, $0) })
    var found: [Sample] = []
    table.forEach(columns) { row in
      found.append(
        Sample(
          id: row.string(0), patient: row.string(1), type: places[row.string(2)] ?? 0, status: row.string(3),
          tier: Tier(named: row.string(4)), alterations: row.number(5), matched: row.number(6),
          therapies: row.number(7),
          conditional: row.number(8)))
    }
    samples = found
    return Dictionary(found.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Rows of an alteration that speak for a therapy and are neither overridden nor withdrawn nor about a class.
  private mutating func readTherapies(_ table: CohortTable, _ places: [String: Int]) {
    var found: [Therapy] = []
    var known: [String: Int] = [:]
    table.forEach(["sample_id", "therapy", "direction", "verdict", "rung", "tier"]) { row in
      guard row.equals(2, "sensitivity"), !row.equals(3, "withdrawn"), !row.equals(3, "overridden"),
        !row.equals(4, "histology"), !row.equals(4, "inferred")
      else { return }
      let name = row.string(1)
      // Most names hold no parenthesis; to look for a word in each would cost more than the rest of the page.
      guard !(name.utf8.contains(UInt8(ascii: "(")) && name.contains("(class)")),
        let sample = places[row.string(0)]
      else { return }
      let isConditional = row.equals(3, "conditional")
      let place: Int
      if let old = known[name] {
        place = old
      } else {
        place = found.count
        known[name] = place
        found.append(Therapy(name: name))
      }
      if let last = found[place].samples.indices.last, found[place].samples[last].sample == sample {
        // Rows come by tier; one that stands without a test counts before one that waits.
        if found[place].samples[last].isConditional, !isConditional {
          found[place].samples[last] = (sample, Tier.Step(rawValue: row.string(5)), false)
        }
      } else {
        found[place].samples.append((sample, Tier.Step(rawValue: row.string(5)), isConditional))
      }
    }
    therapies = found.sorted { ($1.samples.count, $0.name) < ($0.samples.count, $1.name) }
  }

  private mutating func readAlterations(_ table: CohortTable, _ places: [String: Int]) {
    var found: [Gene] = []
    var known: [String: Int] = [:]
    table.forEach(["outcome", "kind", "sample_id", "gene", "class"]) { row in
      guard row.equals(0, "matched"), !row.equals(1, "BIOMARKER"), !row.equals(1, "EXPR"), !row.equals(1, "WT"),
        let sample = places[row.string(2)]
      else { return }
      let symbol = row.string(3)
      if known[symbol] == nil {
        known[symbol] = found.count
        found.append(Gene(symbol: symbol))
      }
      guard let place = known[symbol] else { return }
      found[place].cells[sample, default: []].insert(Kind(kind: row.string(1), name: row.string(4)))
    }
    geneCount = found.count
    found.sort { ($1.cells.count, $0.symbol) < ($0.cells.count, $1.symbol) }
    genes = Array(found.prefix(Self.geneLimit))
    sortSamples()
  }

  /// The memo sort: samples with the first gene altered come first, among them those with the second, and so on.
  private mutating func sortSamples() {
    var keys: [Int: [UInt8]] = [:]
    let none = UInt8(Kind.allCases.count)
    for (place, gene) in genes.enumerated() {
      for (sample, kinds) in gene.cells {
        let first = kinds.map(\.rawValue).min() ?? 0
        keys[sample, default: [UInt8](repeating: none, count: genes.count)][place] = UInt8(first)
      }
    }
    altered = keys.keys.sorted { left, right in
      guard let one = keys[left], let other = keys[right], one != other else { return left < right }
      for place in one.indices where (one[place] < none) != (other[place] < none) { return one[place] < none }
      return one.lexicographicallyPrecedes(other)
    }
  }
}
