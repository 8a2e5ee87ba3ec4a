// SPDX-License-Identifier: Apache-2.0
package import Alterations
package import DelimitedText
internal import Reports
internal import SystemIO

/// One row of a file of overrides.
struct LabOverride: Sendable {
  /// The alteration that is meant.
  let alteration: Alteration
  /// Whether all samples are meant.
  let isForAll: Bool
  /// As written.
  let words: String
  let statement: LabStatement
  let line: Int
  /// Whether it is signed on a day that cannot be.
  var isAhead = false
}

/// What a lab states of alterations of its samples (guide: Overrides): a TSV with one row an alteration.
package struct LabOverrides: Sendable {
  private var bySample: [String: [LabOverride]] = [:]
  /// The file, as typed.
  let path: String
  /// The digest of its bytes; empty where there is none.
  let digest: String

  /// The word for all samples.
  private static let everySample = "*"
  private static let columns = [
    ["sample_id", "sample", "tumor_sample_barcode"], ["alteration", "variant", "change"], ["gene", "hugo_symbol"],
    ["classification", "class", "pathogenicity"], ["call"], ["who", "by", "signed_by"], ["when", "date", "signed_on"],
    ["why", "reason", "comment"],
  ]

  /// No file.
  package init() { (path, digest) = ("", "") }

  /// Reads a file.
  ///
  /// - Parameter understand: The alterations that words name; `nil` where they are not understood.
  /// - Throws: ``Faults`` with every row that cannot be used: none is left out unsaid.
  package init(path: String, understand: (String) -> [Alteration]?) throws(Faults) {
    let bytes: [UInt8]
    do throws(InputError) {
      bytes = try SideFile.text(path)
    } catch {
      throw Faults(errors: [error], isUnreadable: true)
    }
    try self.init(bytes, path: path, understand: understand)
  }

  /// Reads the bytes of a file.
  init(_ bytes: [UInt8], path: String, understand: (String) -> [Alteration]?) throws(Faults) {
    self.path = path
    digest = XXH64.hex(bytes.span)
    let table = NamedTable(bytes.span)
    let header = table.header.map { $0.lowercased() }
    let places = Self.columns.map { names in names.lazy.compactMap { header.firstIndex(of: $0) }.first }
    var reading = Reading(path: path, header: table.header, places: places)
    try reading.checkHeader(line: table.headerLine)
    for row in table.rows where row.cells.contains(where: { !$0.isEmpty }) {
      if let (sample, override) = reading.read(row, understand) {
        bySample[sample, default: []].append(override)
      }
    }
    reading.compare(bySample)
    if !reading.errors.isEmpty { throw Faults(errors: reading.errors, isUnreadable: false) }
  }

  /// Why a file cannot be used.
  package struct Faults: Error {
    /// Every fault, in the order of the file.
    package let errors: [InputError]
    /// Whether the file itself cannot be read.
    package let isUnreadable: Bool
  }

  /// What is stated of a sample, by its names.
  func of(_ sampleID: String, _ names: [String] = []) -> [LabOverride] {
    if bySample.isEmpty { return [] }
    var seen: Set<String> = []
    let keys = ([Self.everySample, sampleID] + names).filter { seen.insert($0).inserted }
    return keys.flatMap { bySample[$0] ?? [] }.sorted { $0.line < $1.line }
  }

  /// Samples that are named and are none of these, with the first line that names each.
  func strangers(to known: Set<String>) -> [(sampleID: String, line: Int)] {
    bySample.filter { $0.key != Self.everySample && !known.contains($0.key) }
      .map { ($0.key, $0.value[0].line) }.sorted { $0.1 < $1.1 }
  }

  /// The digest of what is stated of a sample, with that of its row of the sheet; the latter where nothing is stated.
  func digest(_ entry: String, of sampleID: String, _ names: [String]) -> String {
    let own = of(sampleID, names)
    if own.isEmpty { return entry }
    let parts = own.flatMap { item in
      let stated = item.statement
      return [
        item.words, stated.classification?.rawValue ?? "", stated.call?.rawValue ?? "", stated.who, stated.when,
        stated.why,
      ]
    }
    return XXH64.hex(Array(([entry] + parts).joined(separator: "\u{1F}").utf8).span)
  }
}

extension LabOverrides {
  /// Reads rows and notes what is wrong with them.
  private struct Reading {
    let path: String
    let header: [String]
    let places: [Int?]
    var errors: [InputError] = []

    private static let names = ["sample_id", "alteration", "gene", "classification", "call", "who", "when", "why"]

    func checkHeader(line: Int) throws(Faults) {
      let isClassified = places[3] != nil || places[4] != nil
      let missing =
        [0, 1, 5, 6, 7].filter { places[$0] == nil }.map { Self.names[$0] }
        + (isClassified ? [] : ["classification or call"])
      guard !missing.isEmpty else { return }
      let error = InputError(
        path: path, line: line,
        problem: "lacks \(missing.joined(separator: ", ")) (an overrides file is a TSV with the columns sample_id,"
          + " alteration, classification or call, who, when, why)")
      throw Faults(errors: [error], isUnreadable: false)
    }

    private mutating func fault(_ row: NamedTable.Row, _ column: Int, _ problem: String) {
      let place = places[column]
      let value = place.map { $0 < row.cells.count ? row.cells[$0] : "" } ?? ""
      errors.append(
        InputError(
          path: path, line: row.line, column: place.map { header[$0] } ?? Self.names[column], value: value,
          problem: problem))
    }

    mutating func read(
      _ row: NamedTable.Row, _ understand: (String) -> [Alteration]?
    ) -> (sample: String, override: LabOverride)? {
      let before = errors.count
      func cell(_ column: Int) -> String {
        places[column].map { $0 < row.cells.count ? row.cells[$0] : "" } ?? ""
      }
      if cell(0).isEmpty { fault(row, 0, "is empty (name the sample, or * for all samples)") }
      for (column, words) in [(5, "name who decided"), (6, "give the date as YYYY-MM-DD"), (7, "give the reason")]
      where cell(column).isEmpty { fault(row, column, "is empty (\(words))") }
      if !cell(6).isEmpty, CourseDay(cell(6))?.isDate != true {
        fault(row, 6, "is no clear date (write YYYY-MM-DD)")
      }
      var stated = LabStatement(who: cell(5), when: CourseDay(cell(6))?.description ?? cell(6), why: cell(7))
      stated.classification = Self.classification(cell(3))
      if !cell(3).isEmpty, stated.classification == nil {
        fault(
          row, 3,
          "is no classification (pathogenic, likely pathogenic, oncogenic, likely oncogenic, VUS, likely benign, benign)"
        )
      }
      stated.call = Self.call(cell(4))
      if !cell(4).isEmpty, stated.call == nil {
        fault(row, 4, "is no call (artifact, false positive, germline, somatic, confirmed)")
      }
      if cell(3).isEmpty, cell(4).isEmpty {
        fault(row, places[3] == nil ? 4 : 3, "is empty (state a classification, or a call)")
      }
      if stated.classification != nil, stated.call == .artifact {
        fault(row, 4, "contradicts the classification (an artifact has none: leave one of the two cells empty)")
      }
      let words = cell(2).isEmpty || cell(1).hasPrefix(cell(2) + " ") ? cell(1) : cell(2) + " " + cell(1)
      var found: Alteration?
      if cell(1).isEmpty {
        fault(row, 1, "is empty (name gene and change, such as EGFR p.T790M)")
      } else if let understood = understand(words), let first = understood.first {
        found = first
        if understood.contains(where: { $0.gene != first.gene || $0.description != first.description }) {
          fault(row, 1, "names several alterations (write one row for each)")
        }
      } else {
        fault(row, 1, "is not understood (write gene and change, such as EGFR p.T790M, MYC amplification, EML4::ALK)")
      }
      guard errors.count == before, let found else { return nil }
      let isForAll = cell(0) == LabOverrides.everySample
      var override = LabOverride(
        alteration: found, isForAll: isForAll, words: words, statement: stated, line: row.line)
      override.isAhead = CourseDay(cell(6))?.isFarAhead ?? false
      return (cell(0), override)
    }

    /// Two rows on one alteration of a sample have to agree.
    mutating func compare(_ bySample: [String: [LabOverride]]) {
      for (sample, rows) in bySample.sorted(by: { $0.key < $1.key }) {
        for (place, row) in rows.enumerated() {
          for earlier in rows[..<place] where row.names(earlier.alteration) {
            let (one, other) = (earlier.statement, row.statement)
            let isClass =
              one.classification != nil && other.classification != nil
              && one.classification != other.classification
            let isCall = one.call != nil && other.call != nil && one.call != other.call
            guard isClass || isCall else { continue }
            errors.append(
              InputError(
                path: path, line: row.line, column: isClass ? "classification" : "call", value: row.words,
                problem: "contradicts line \(earlier.line) for sample '\(sample)' (keep the row that holds)"))
          }
        }
      }
      errors.sort { ($0.line ?? 0, $0.column) < ($1.line ?? 0, $1.column) }
    }

    private static func plain(_ text: String) -> String {
      text.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
    }

    private static func classification(_ text: String) -> LabStatement.Classification? {
      switch plain(text) {
      case "pathogenic", "class 5", "5": .pathogenic
      case "likely pathogenic", "class 4", "4": .likelyPathogenic
      case "oncogenic": .oncogenic
      case "likely oncogenic": .likelyOncogenic
      case "vus", "uncertain", "uncertain significance", "variant of uncertain significance", "unknown significance",
        "class 3", "3":
        .uncertain
      case "likely benign", "class 2", "2": .likelyBenign
      case "benign", "class 1", "1", "neutral": .benign
      default: nil
      }
    }

    private static func call(_ text: String) -> LabStatement.Call? {
      switch plain(text) {
      case "artifact", "artefact", "false positive", "fp", "sequencing artifact", "not confirmed": .artifact
      case "germline": .germline
      case "somatic": .somatic
      case "confirmed", "true positive", "tp", "verified", "validated": .confirmed
      default: nil
      }
    }
  }
}

extension LabOverride {
  /// Whether an alteration of a sample is the one that is meant.
  func names(_ other: Alteration) -> Bool { Self.isSame(alteration, other) }

  private static func isSame(_ meant: Alteration, _ other: Alteration) -> Bool {
    switch (meant.event, other.event) {
    case (.sequence(let one), .sequence(let two)):
      guard meant.gene == other.gene else { return false }
      if let first = one.proteinChange, let second = two.proteinChange {
        return first == second || first.description == second.description
      }
      if !one.codingChange.isEmpty { return one.codingChange == two.codingChange }
      return !one.namedClass.isEmpty && one.namedClass == two.namedClass || meant.description == other.description
    case (.fusion(let one), .fusion(let two)):
      return Set([one.fivePrimeGene, one.threePrimeGene]) == Set([two.fivePrimeGene, two.threePrimeGene])
    default: return meant.gene == other.gene && meant.description == other.description
    }
  }
}
