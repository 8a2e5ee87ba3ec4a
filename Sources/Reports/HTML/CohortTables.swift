// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText
internal import Matching

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
    /// Therapies with a rank, and those that are closed.
    let options: Int
    let closed: Int
    /// The therapy of rank 1, and what it rests on.
    let best: String
    let because: String
    /// Kinds of assay that the sample lacks, in words.
    let missing: String
    /// Those of them that find changes of genes; all of them where the sample could not be read.
    let lacks: Set<Assay>
    /// Where it comes from: its folder and its names in the files, and the remark on one that has no answer.
    let source: String
    /// Whether its page is of what was looked at: of one that only the sheet names there may be one of an earlier run.
    var hasPage: Bool
    /// Changes that a rule reads and that ``because`` does not name.
    var changes: [String] = []
  }

  /// A kind of assay that finds changes of genes.
  enum Assay: Int, CaseIterable {
    case mutations = 1
    case copyNumber = 2
    case fusions = 4

    /// Its word in samples.tsv.
    var word: String {
      switch self {
      case .mutations: "mutations"
      case .copyNumber: "copy_number"
      case .fusions: "fusions"
      }
    }

    /// The assay that finds a kind of alteration.
    init?(kind: String) {
      switch kind {
      case "MUT": self = .mutations
      case "CNA": self = .copyNumber
      case "FUSION": self = .fusions
      default: return nil
      }
    }
  }

  /// What is known of a gene of a sample in which nothing was found.
  enum Coverage: CaseIterable {
    case unchanged, partlyAssayed, notAssayed
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
    /// The assays that found its changes in this cohort.
    var assays: Set<Assay> = []

    /// What is known of it in a sample that shows no change of it.
    func coverage(_ sample: Sample) -> Coverage {
      let lacking = assays.intersection(sample.lacks)
      return lacking.isEmpty ? .unchanged : lacking == assays ? .notAssayed : .partlyAssayed
    }
  }

  /// A therapy with the samples that have a row for it.
  struct Therapy {
    let name: String
    /// The sample, its best tier and whether every row of it waits for a test; in the order of the samples.
    var samples: [(sample: Int, tier: Tier.Step?, isConditional: Bool)] = []

    /// How many samples it is opened in by tier, the strongest first, then by all.
    var strength: [Int] {
      Tier.Step.allCases.map { count(tier: $0, isConditional: false) } + [samples.count]
    }

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
  /// All samples in the order of the oncoprint: altered ones, then those without a matched alteration.
  private(set) var drawn: [Int] = []
  /// How many samples have each status, in the order of the words.
  private(set) var statuses: [(status: String, count: Int)] = []
  /// Therapies, those of the strongest tier first, then those of most samples.
  private(set) var therapies: [Therapy] = []

  static let geneLimit = 40

  /// Gathers a cohort from tables that begin with their headers.
  init(samples: [UInt8], options: [UInt8], alterations: [UInt8]) {
    let places = readSamples(TSVRow(table: samples))
    readOptions(TSVRow(table: options), places)
    readAlterations(TSVRow(table: alterations), places)
  }

  /// Notes samples that have no page of their own.
  mutating func leaveUnlinked(_ isWithoutPage: (String) -> Bool) {
    for index in samples.indices where isWithoutPage(samples[index].id) { samples[index].hasPage = false }
  }

  private mutating func readSamples(_ rows: TSVRow) -> [String: Int] {
    let header = rows.header
    let type = header.column("tumor_type")
    var counts: [String: Int] = [:]
    var row = rows
    while row.next() { counts[row.value(type), default: 0] += 1 }
    types = counts.keys.sorted { (counts[$1] ?? 0, $0) < (counts[$0] ?? 0, $1) }
    let places = Dictionary(uniqueKeysWithValues: types.enumerated().map { ($1, $0) })
    let (id, patient) = (header.column("sample_id"), header.column("patient_id"))
    let (status, tier) = (header.column("status"), header.column("highest_tier"))
    let (best, because) = (header.column("best_option"), header.column("best_because"))
    let missing = header.column("assays_missing")
    let (names, folder, message) = (header.column("input_ids"), header.column("directory"), header.column("message"))
    let numbers = header.columns(["n_alterations", "n_matched", "n_options", "n_closed"])
    var found: [Sample] = []
    row = rows
    while row.next() {
      let counts = numbers.map { row.integer($0) ?? 0 }
      found.append(
        Sample(
          id: row.value(id), patient: row.value(patient), type: places[row.value(type)] ?? 0,
          status: row.value(status), tier: Tier(named: row.value(tier)), alterations: counts[0], matched: counts[1],
          options: counts[2], closed: counts[3], best: DrugName.plain(row.value(best)),
          because: Self.reason(row.value(best), row.value(because)),
          missing: row.value(missing).replacing(";", with: ", ").withSpaces,
          lacks: Self.lacking(row.value(missing), row.value(status)),
          source: Self.source(
            row.value(id), row.value(names), row.value(folder), row.value(status), row.value(message)),
          hasPage: !Self.isListedOnly(row.value(status), folder: row.value(folder))
        ))
    }
    samples = found
    var byStatus: [String: Int] = [:]
    for sample in found { byStatus[sample.status, default: 0] += 1 }
    let order = ["reported", "no_match", "not_evaluated", "failed", "deferred"]
    statuses = byStatus.keys.sorted {
      (order.firstIndex(of: $0) ?? 9, $0) < (order.firstIndex(of: $1) ?? 9, $1)
    }.map { ($0, byStatus[$0] ?? 0) }
    return Dictionary(found.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether a row of samples.tsv is of a sample without a file, which only the sheet names.
  static func isListedOnly(_ status: String, folder: String) -> Bool {
    status == SampleReport.Status.notEvaluated.rawValue && folder.isEmpty
  }

  private static func lacking(_ missing: String, _ status: String) -> Set<Assay> {
    if status == SampleReport.Status.failed.rawValue { return Set(Assay.allCases) }
    let words = missing.split(separator: ";")
    return Set(Assay.allCases.filter { assay in words.contains { $0 == assay.word } })
  }

  /// What a search may ask for beside the names that are shown.
  private static func source(
    _ id: String, _ names: String, _ folder: String, _ status: String, _ message: String
  ) -> String {
    let last = folder.split(separator: "/").last.map(String.init) ?? ""
    let hasAnswer = status == SampleReport.Status.reported.rawValue || status == SampleReport.Status.noMatch.rawValue
    return [names, last == id ? "" : last, hasAnswer ? "" : message].filter { !$0.isEmpty && $0 != id }
      .joined(separator: " ")
  }

  /// What the best option rests on; a therapy without an alteration stands for the tumor type.
  private static func reason(_ best: String, _ because: String) -> String {
    !best.isEmpty && because.isEmpty ? "tumor type" : PlainCell.alterations(because)
  }

  /// Therapies that an alteration opens, or would with a test.
  private mutating func readOptions(_ rows: TSVRow, _ places: [String: Int]) {
    let header = rows.header
    let (sampleID, therapy) = (header.column("sample_id"), header.column("therapy"))
    let (tier, group) = (header.column("tier"), header.column("group"))
    var found: [Therapy] = []
    var known: [String: Int] = [:]
    var row = rows
    while row.next() {
      let isConditional = row.equals(group, "conditional")
      guard isConditional || row.equals(group, "opened"), let sample = places[row.value(sampleID)] else { continue }
      let name = DrugName.plain(row.value(therapy))
      let place = known[name] ?? found.count
      if place == found.count {
        known[name] = place
        found.append(Therapy(name: name))
      }
      let entry = (sample, Tier.Step(rawValue: row.value(tier)), isConditional)
      if let last = found[place].samples.indices.last, found[place].samples[last].sample == sample {
        // Of a tumor with two types the one in which it stands without a test counts.
        if found[place].samples[last].isConditional, !isConditional { found[place].samples[last] = entry }
      } else {
        found[place].samples.append(entry)
      }
    }
    therapies = found.map { (therapy: $0, strength: $0.strength) }.sorted { one, other in
      if one.strength != other.strength { return other.strength.lexicographicallyPrecedes(one.strength) }
      return one.therapy.name < other.therapy.name
    }.map(\.therapy)
  }

  private mutating func readAlterations(_ rows: TSVRow, _ places: [String: Int]) {
    let header = rows.header
    let (sampleID, gene, outcome) = (header.column("sample_id"), header.column("gene"), header.column("outcome"))
    let (kind, name, change) = (header.column("kind"), header.column("class"), header.column("alteration"))
    var found: [Gene] = []
    var known: [String: Int] = [:]
    var row = rows
    while row.next() {
      guard row.equals(outcome, "matched"), let sample = places[row.value(sampleID)] else { continue }
      let symbol = row.value(gene)
      let words = PlainCell.alterations(symbol + " " + row.value(change))
      if !samples[sample].because.contains(words) { samples[sample].changes.append(words) }
      if row.equals(kind, "BIOMARKER") || row.equals(kind, "EXPR") || row.equals(kind, "WT") { continue }
      if known[symbol] == nil {
        known[symbol] = found.count
        found.append(Gene(symbol: symbol))
      }
      guard let place = known[symbol] else { continue }
      found[place].cells[sample, default: []].insert(Kind(kind: row.value(kind), name: row.value(name)))
      if let assay = Assay(kind: row.value(kind)) { found[place].assays.insert(assay) }
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
    drawn = altered + samples.indices.filter { keys[$0] == nil }
  }
}
