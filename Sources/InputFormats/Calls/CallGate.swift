// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// Columns by which a row says that there is no mutation, or by which its caller takes the row back.
///
/// It is made once a file and holds the columns that the file has; without any it costs nothing. To know another
/// column, add it to ``tests``.
struct CallGate: Sendable {
  /// What a row says of itself.
  enum Verdict {
    case call
    /// The row states no mutation, or its caller set it aside; with the reason, whether it may be a call all the same and
    /// not a statement that there is none, and whether it leaves open if there is one.
    case noCall(String, mayBeCall: Bool, leavesOpen: Bool)
    /// The row states no mutation unless the whole column says the same, by the number of the test.
    case doubtful(Int)

    /// Why the row is taken out, whatever it may be beside.
    var reason: String? { if case .noCall(let reason, _, _) = self { reason } else { nil } }
    /// The number of the test that takes it out unless its column was not filled.
    var doubt: Int? { if case .doubtful(let number) = self { number } else { nil } }
  }

  /// What the cell of a column must be like to take the row out.
  private enum Rule {
    /// Reads of the change, 0; another column tells whether there were reads at all.
    case isZero
    /// Reads of one kind, 0, as in all columns of other kinds.
    case areZero
    case says(CallWords)
    case saysOtherThan(CallWords)
    /// Words that together say so, and `no` or `none` alone.
    case tells(CallPhrase)
    case answers
    /// Words of the table of results, also those that say it in such a column alone.
    case means(Set<ResultWords.Meaning>)
    /// A list of tags that holds one of these.
    case lists([String])
  }

  private struct Test: Sendable {
    let columns: [String]
    let rule: Rule
    let reason: Reason
    /// Whether one value in all rows of a long table means that the column was not filled.
    var mayBeUnfilled = false
  }

  /// A test on a column that the file has.
  private final class Active: Sendable {
    let slot: Int
    let name: String
    let test: Test
    /// Columns of all reads, for a test of zero; of reads of other kinds, for a test of all kinds.
    let depths: [Int]

    init(slot: Int, name: String, test: Test, depths: [Int] = []) {
      self.slot = slot
      self.name = name
      self.test = test
      self.depths = depths
    }
  }

  /// What nearly all rows need of a test, without a class to hold on to.
  private struct Quick: Sendable {
    let slot: Int
    /// The words that the cell is compared with; `nil` where more has to be read.
    let words: CallWords?
    /// See ``CallWords/beginnings``.
    let beginnings: UInt64
    let isOtherThan: Bool
    let mayBeUnfilled: Bool

    init(_ active: Active) {
      slot = active.slot
      mayBeUnfilled = active.test.mayBeUnfilled
      switch active.test.rule {
      case .says(let words): (self.words, isOtherThan) = (words, false)
      case .saysOtherThan(let words): (self.words, isOtherThan) = (words, true)
      case .isZero, .areZero, .lists, .tells, .answers, .means: (words, isOtherThan) = (nil, false)
      }
      beginnings = words?.beginnings ?? 0
    }

    /// Whether the cell is one of the words, which few cells begin like.
    @inline(__always)
    func isOneOf(_ words: CallWords, _ cell: Span<UInt8>) -> Bool {
      CallWords.mayBegin(cell[0], beginnings) && words.contain(cell)
    }
  }

  /// A column that is asked, with all its tests: rows say the same many times over, and nearly all say nothing.
  private struct Column: Sendable {
    let slot: Int
    /// The number of its test of zero, where that is the only one; `nil` where there is none.
    let zeroTest: Int?
    /// Whether what its tests say rests on its cell alone.
    let isAlone: Bool

    init(slot: Int, tests: [(number: Int, test: Active)]) {
      self.slot = slot
      let zeros = tests.filter { if case .isZero = $0.test.test.rule { true } else { false } }
      zeroTest = zeros.count == 1 && tests.count == 1 ? zeros[0].number : nil
      isAlone = tests.allSatisfy(\.test.depths.isEmpty) && zeros.isEmpty
    }
  }

  /// A cell of at most eight bytes, as a number.
  fileprivate struct ShortCell: Equatable {
    private var bytes: UInt64 = 0
    private var count: UInt8 = 0

    /// No cell.
    init() {}

    /// A cell that is not empty; none where it is longer.
    @inline(__always)
    init(_ cell: Span<UInt8>) {
      guard cell.count <= 8 else { return }
      for index in cell.indices { bytes = bytes << 8 | UInt64(cell[index]) }
      count = UInt8(truncatingIfNeeded: cell.count)
    }

    var isSet: Bool { count > 0 }
  }

  /// Why a row is taken out.
  private enum Reason: String {
    case noReads = "no read carries the change"
    case none = "stated as no mutation"
    case uncertain = "stated as uncertain"
    case setAside = "set aside by its caller"
    case genotype = "genotype without the change"
    case filter = "FILTER not PASS"
    case normalTissue = "found in normal tissue"

    /// Whether the row may be a call all the same, and not a statement that there is none.
    var mayBeCall: Bool { self != .noReads && self != .none && self != .normalTissue }
  }

  /// Columns that hold the result of a call and nothing else, and columns that may tell it in words.
  private static let results = [
    "detected", "detectedyn", "isdetected", "called", "ispresent", "present", "detectionstatus", "detection", "result",
    "results", "mutationresult", "mutationdetected", "variantdetected", "fusiondetected", "mutated", "ismutated",
    "testresult", "finalresult", "qualitativeresult", "pcrresult", "ngsresult", "fishresult", "assayresult",
    "resulttext",
    "result1", "finalcall", "presence", "posneg", "mutatedyn", "variantdetectedyesno", "variantdetectedyn",
    "ergebnis", "befund", "resultado", "resultat", "risultato", "rsultat", "résultat",
  ]
  private static let statements = [
    "mutationstatus", "somaticstatus", "validationstatus", "variantstatus", "callstatus", "svstatus", "fusionstatus",
    "resultinterpretation", "interpretation", "variantcall", "outcome", "conclusion", "assessment",
  ]
  /// Columns that may say it in a word.
  private static let sayings = [
    "mutationstatus", "somaticstatus", "validationstatus", "variantstatus", "callstatus", "calltype", "detected",
    "detectionstatus", "detection", "result", "mutationresult", "status", "svstatus", "fusionstatus", "testresult",
    "variantcall", "allelecall", "call", "comment", "comments", "remark", "remarks", "note", "notes", "interpretation",
    "finding", "outcome",
  ]
  /// Reads of a rearrangement by their kinds: across the junction, and on both sides of it.
  private static let supportOfFusions = [
    "splitreads", "splitreads1", "splitreads2", "splitreadcount", "spanningreads", "spanningreadcount", "spanningpairs",
    "spanningfragcount", "spanningfrags", "junctionreads", "junctionreadcount", "discordantmates", "discordantpairs",
    "encompassingreads", "readcounts", "readcount", "numreads", "readsupport", "fusionsupportingreads", "uniquereads",
    "tumorreadcount", "tumorsplitreadcount", "tumorpairedendreadcount", "ffpm",
  ]
  private static let tissues = [
    "sampletype", "tissuetype", "specimentype", "tissue", "specimen", "origin", "sampleorigin", "samplesource",
  ]

  private static let tests: [Test] = [
    Test(
      columns: [
        "taltcount", "tumoraltcount", "tumouraltcount", "altcount", "altreads", "taltreads", "tumoraltreads",
        "variantreads", "taltdepth", "tumoraltdepth", "mutantallelereadcount", "tvarreads", "varreads",
        "alleledepthalt",
        "altalleledepth", "altdepth", "mutreads", "mutantreads", "supportingreads",
      ], rule: .isZero, reason: .noReads, mayBeUnfilled: true),
    Test(
      columns: [
        "tvaf", "vaf", "tumorvaf", "allelefraction", "allelefrequency", "variantallelefrequency",
        "variantallelefraction", "variantfrequency", "mutantallelefrequency", "mutantallelefraction", "allelefreqt",
        "variantallele", "variantallelepercent", "itumorf", "tumorf", "vafpercent", "percentvaf", "vafpct", "pctvaf",
        "allelefractionpercent", "allelefrequencypercent",
      ], rule: .isZero, reason: .noReads, mayBeUnfilled: true),
    Test(
      columns: ["mutationstatus", "somaticstatus", "validationstatus", "variantstatus"], rule: .says(.empty),
      reason: .none, mayBeUnfilled: true),
    Test(columns: supportOfFusions, rule: .areZero, reason: .noReads, mayBeUnfilled: true),
    Test(columns: sayings, rule: .says(.noCall), reason: .none),
    Test(columns: sayings + ["confidence", "validation", "evidence"], rule: .says(.open), reason: .uncertain),
    Test(columns: ["classification"], rule: .says(.takenBack), reason: .setAside),
    Test(columns: results, rule: .means([.untested, .uncertain]), reason: .uncertain),
    Test(columns: results, rule: .answers, reason: .none),
    Test(columns: results, rule: .means([.absent]), reason: .none),
    Test(columns: results + statements, rule: .tells(.absent), reason: .none),
    Test(columns: results + statements, rule: .tells(.open), reason: .uncertain),
    Test(columns: ["confirmed", "isconfirmed"], rule: .says(.no), reason: .uncertain, mayBeUnfilled: true),
    Test(columns: tissues, rule: .says(.normalTissue), reason: .normalTissue),
    Test(
      columns: ["gt", "tgt", "tumorgt", "genotype", "tumorgenotype", "tgenotype", "zygosity"],
      rule: .says(.referenceGenotype), reason: .genotype, mayBeUnfilled: true),
    Test(
      columns: ["keep", "keepfusion", "keepvariant", "ispass", "passed", "passfilter", "passedfilter", "pass"],
      rule: .says(.no), reason: .setAside),
    Test(
      columns: [
        "isartifact", "artifact", "artefact", "isartefact", "blacklisted", "inblacklist", "banned", "isbanned",
        "isfalsepositive", "falsepositive", "suppressed", "suppress", "excluded", "isexcluded", "isfiltered", "removed",
        "isblacklisted", "likelyartifact",
      ], rule: .says(.yes), reason: .setAside),
    Test(columns: ["judgement", "judgment"], rule: .says(.noCall), reason: .setAside),
    Test(columns: ["judgement", "judgment"], rule: .says(.open), reason: .setAside),
    Test(
      columns: ["qcstatus", "callqc", "variantqc", "passfail", "qc", "qcresult", "qcflag"], rule: .says(.noCall),
      reason: .setAside),
    Test(
      columns: ["qcstatus", "callqc", "variantqc", "passfail", "qc", "qcresult", "qcflag"], rule: .says(.open),
      reason: .setAside),
    Test(
      columns: [
        "filter", "filterstatus", "vcffilter", "callfilter", "dragenfilter", "fusionfilter", "tumorfilter",
        "mutectfilter", "strelkafilter", "cnvfilter", "filters", "filterflag", "filterflags",
      ], rule: .saysOtherThan(.pass), reason: .filter),
    // FusionCatcher's tag of partners that are known not to be fused.
    Test(columns: ["fusiondescription"], rule: .lists(["banned"]), reason: .setAside),
  ]

  private static let depthColumns = [
    "tdepth", "tumordepth", "depth", "dp", "coverage", "trefcount", "refcount", "tumorrefcount", "totalreadcount",
    "totalreads", "refreads",
  ]

  private var active: [Active] = []
  private var quick: [Quick] = []
  private var asked: [Column] = []

  /// Whether there is nothing to ask.
  var isEmpty: Bool { active.isEmpty }
  /// The columns that are asked, in the order of ``check(_:_:_:)``'s slots.
  private(set) var columns: [Int] = []

  /// The tests on the columns of a header.
  ///
  /// - Parameter others: Columns that the reader heeds itself, by their letters and digits.
  init(_ header: InputHeader, except others: Set<String> = []) {
    var slots: [Int: Int] = [:]
    func slot(_ column: Int) -> Int {
      if let known = slots[column] { return known }
      slots[column] = columns.count
      columns.append(column)
      return columns.count - 1
    }
    let names = header.cells.map(InputHeader.key)
    for test in Self.tests {
      for key in test.columns {
        guard !others.contains(key), let column = header.keyPlaces[key] else { continue }
        let own = slot(column)
        var depths: [Int] = []
        switch test.rule {
        case .isZero: depths = Self.depthColumns.compactMap { header.keyPlaces[$0] }.map(slot)
        case .areZero: depths = test.columns.filter { $0 != key }.compactMap { header.keyPlaces[$0] }.map(slot)
        default: break
        }
        active.append(Active(slot: own, name: header.cells[column], test: test, depths: depths))
      }
    }
    // facets-suite has a column for each reason to suppress a call.
    for (column, name) in names.enumerated()
    where name.hasPrefix("suppress") && name != "suppress" && name != "suppressed" {
      active.append(
        Active(
          slot: slot(column), name: header.cells[column],
          test: Test(columns: [], rule: .says(.yes), reason: .setAside)))
    }
    quick = active.map(Quick.init)
    let tests = Dictionary(grouping: active.indices.map { (number: $0, test: active[$0]) }, by: \.test.slot)
    asked = tests.keys.sorted().map { Column(slot: $0, tests: tests[$0] ?? []) }
  }

  /// How often each test took rows out, for ``ReadRows/settleDoubts()``.
  struct Tally {
    fileprivate(set) var doubts: [ReadRows.Doubt]
    /// By column: the last cell that passed all its tests.
    fileprivate var passed: [ShortCell]
  }

  /// A tally for some rows.
  var tally: Tally {
    Tally(
      doubts: active.map {
        ReadRows.Doubt(
          column: $0.name, reason: $0.test.reason.rawValue, leavesOpen: $0.test.reason == .uncertain)
      },
      passed: Array(repeating: ShortCell(), count: asked.count))
  }

  /// What a row says of itself.
  ///
  /// - Parameter cell: The cell of a slot, counted as ``columns`` are, as written and without white space at its ends.
  @inline(__always)
  func check(_ text: Span<UInt8>, _ tally: inout Tally, _ cell: (Int) -> Range<Int>) -> Verdict {
    passes(text, tally, cell) ? .call : checkAll(text, &tally, cell)
  }

  /// Whether a row says nothing that rows before it did not say.
  @inline(__always)
  private func passes(_ text: Span<UInt8>, _ tally: borrowing Tally, _ cell: (Int) -> Range<Int>) -> Bool {
    for number in asked.indices {
      let range = cell(asked[number].slot)
      if range.isEmpty { continue }
      if let zero = asked[number].zeroTest {
        guard tally.doubts[zero].saysOther, text[range.lowerBound] != 0x30 || Self.isPlainShare(range, text) else {
          return false
        }
        continue
      }
      let short = ShortCell(text.extracting(range))
      guard short.isSet, short == tally.passed[number] else { return false }
    }
    return true
  }

  /// Whether a cell is a number of digits and a point that is not zero.
  @inline(__always)
  private static func isPlainShare(_ range: Range<Int>, _ text: Span<UInt8>) -> Bool {
    var isZero = true
    for index in range {
      switch text[index] {
      case 0x30, UInt8(ascii: "."): continue
      case 0x31...0x39: isZero = false
      default: return false
      }
    }
    return !isZero
  }

  private func checkAll(_ text: Span<UInt8>, _ tally: inout Tally, _ cell: (Int) -> Range<Int>) -> Verdict {
    var doubt: Int?
    for number in quick.indices {
      let test = quick[number]
      let range = cell(test.slot)
      if range.isEmpty { continue }
      let bytes = text.extracting(range)
      guard takesOut(bytes, number, text, cell) else {
        if test.mayBeUnfilled, !ByteText.isMissing(bytes) { tally.doubts[number].saysOther = true }
        continue
      }
      guard test.mayBeUnfilled else {
        let reason = active[number].test.reason
        return .noCall(
          Self.worded(reason, active[number].name, bytes), mayBeCall: reason.mayBeCall,
          leavesOpen: reason == .uncertain)
      }
      tally.doubts[number].rows += 1
      if doubt == nil { doubt = number }
    }
    if let doubt { return .doubtful(doubt) }
    for number in asked.indices where asked[number].isAlone {
      tally.passed[number] = ShortCell(text.extracting(cell(asked[number].slot)))
    }
    return .call
  }

  @inline(__always)
  private func takesOut(
    _ bytes: Span<UInt8>, _ number: Int, _ text: Span<UInt8>, _ cell: (Int) -> Range<Int>
  ) -> Bool {
    guard let words = quick[number].words else { return takesOutByMore(bytes, active[number], text, cell) }
    return quick[number].isOneOf(words, bytes) != quick[number].isOtherThan
      && !(quick[number].isOtherThan && ByteText.isMissing(bytes))
  }

  private func takesOutByMore(
    _ bytes: Span<UInt8>, _ active: Active, _ text: Span<UInt8>, _ cell: (Int) -> Range<Int>
  ) -> Bool {
    switch active.test.rule {
    case .isZero:
      guard bytes[0] == 0x30, ByteText.number(bytes) == 0 else { return false }
      // No read at all says nothing of the change.
      for slot in active.depths {
        let depth = cell(slot)
        if !depth.isEmpty, let count = ByteText.number(text.extracting(depth)) { return count > 0 }
      }
      return true
    case .areZero:
      func isZero(_ cell: Span<UInt8>) -> Bool { ByteText.number(cell) == 0 }
      return isZero(bytes)
        && active.depths.allSatisfy { slot in
          let other = text.extracting(cell(slot))
          return ByteText.isMissing(other) || isZero(other)
        }
    case .says(let words): return words.contain(bytes)
    case .tells(let phrase): return CallPhrase(bytes) == phrase
    case .answers: return CallPhrase.isNo(bytes)
    case .means(let meanings):
      guard bytes.count <= 40, !ByteText.isMissing(bytes),
        let said = ResultWords.builtIn.meaning(of: ByteText.string(bytes))
      else { return false }
      return meanings.contains(said)
    case .saysOtherThan(let words): return !ByteText.isMissing(bytes) && !words.contain(bytes)
    case .lists(let tags):
      let listed = ByteText.string(bytes).lowercased().split { ",; ".contains($0) }
      return tags.contains { tag in listed.contains { $0 == tag } }
    }
  }

  private static func worded(_ reason: Reason, _ column: String, _ bytes: Span<UInt8>) -> String {
    reason == .filter
      ? reason.rawValue : "\(reason.rawValue) (\(column) \(ByteText.string(bytes).prefix(40)))"
  }
}
