// SPDX-License-Identifier: Apache-2.0
package import Alterations
package import InputFormats
internal import Knowledge

/// Brings the rows of one sample into canonical form and makes rows that state one alteration one.
///
/// In: the rows of each of the sample's files. Out: its alterations in input order, and the fate of every row. Rows of
/// genes that no rule names take the short way (``PlainRows``) and stay apart.
package struct SampleNormalizer: Sendable {
  let normalizer: Normalizer
  private let gate: SupportGate
  private let keepsCodingChanges: Bool
  /// Whether rows of genes that no rule names take the short way.
  private let usesShortWay: Bool
  /// Whether it is kept what became of every row.
  let tracesRows: Bool
  /// Which alterations are left out as the settings have it; `nil` where none is.
  private let leavesOut: (@Sendable (Alteration) -> Bool)?

  /// A normalizer of samples by one of rows.
  ///
  /// - Parameters:
  ///   - gate: The support that a mutation must have.
  ///   - keepsCodingChanges: Whether rows that take the short way keep the change of the coding sequence; costs time.
  ///   - usesShortWay: Whether rows of genes that no rule names take the short way and stay apart; the long one says
  ///     the same and keeps them among the alterations.
  ///   - tracesRows: Whether it is kept what became of every row.
  ///   - leavesOut: Which alterations are left out as the settings have it; goes with the long way only.
  package init(
    normalizer: Normalizer, gate: SupportGate = SupportGate(), keepsCodingChanges: Bool = false,
    usesShortWay: Bool = true, tracesRows: Bool = false, leavesOut: (@Sendable (Alteration) -> Bool)? = nil
  ) {
    self.leavesOut = leavesOut
    self.tracesRows = tracesRows
    self.normalizer = normalizer
    self.keepsCodingChanges = keepsCodingChanges
    self.gate = gate
    self.usesShortWay = usesShortWay
  }

  /// Normalizes the rows of a sample's files, in their order.
  ///
  /// - Parameters:
  ///   - ploidy: Mean copies of the sample's genome; 2 when not known.
  ///   - build: The build of the genome where a file does not state it.
  ///   - fit: Purity and ploidy where both are known, for log2 ratios.
  package func normalize(
    _ parts: [(file: Int32, batch: RecordBatch)], ploidy: Double, build: GenomeBuild? = nil, fit: PurityAndPloidy? = nil
  ) -> Result {
    var gathered = Gathered(tracesRows: tracesRows)
    var parts = parts
    normalizer.markRepairPanel(&parts)
    for (file, written) in parts {
      for row in written.setAside { gathered.trace(.filtered(row.reason), row.line, file) }
      var counts = RowCounts()
      counts.read = written.counts.read
      counts.filtered = written.counts.filtered
      counts.filteredCalls = written.counts.filteredCalls
      counts.rejected = written.counts.rejected
      let batch = expanded(written, file: file, build: build, fit: fit, &counts, &gathered.result)
      for record in batch.records { take(record, batch, file, ploidy: ploidy, build: build, &gathered, &counts) }
      gathered.result.leaveOpen(batch.leftOpen.compactMap(normalizer.genes.symbol).map { ($0, .mutations) })
      gathered.result.countsByFile[file, default: RowCounts()].add(counts)
    }
    gathered.countFiltered()
    settleCopies(parts, ploidy: ploidy, &gathered.result)
    noteAdjacentChanges(&gathered.result.alterations)
    return gathered.result
  }

  /// Adds what a row states, or why it is not looked at.
  private func take(
    _ written: RawRecord, _ batch: RecordBatch, _ file: Int32, ploidy: Double, build: GenomeBuild?,
    _ gathered: inout Gathered, _ counts: inout RowCounts
  ) {
    if written.isRefused {
      if case .kept(let alteration) = read(written, batch, file: file, ploidy: ploidy, build: build),
        alteration.isSequence
      {
        gathered.result.refused.append(alteration)
      }
      return
    }
    var record = written
    if let refusal = gate.refusal(of: record) {
      counts.filtered += 1
      counts.filteredCalls += 1
      gathered.filter(refusal, file)
      gathered.trace(.filtered(refusal), record.line, file)
      return
    }
    if usesShortWay, let plain = normalizer.plain.find(record, batch) {
      let fate = gathered.add(plain.key, file, &counts) {
        normalizer.plain.alteration(plain, record, batch, file: file, keepsCodingChange: keepsCodingChanges)
      }
      gathered.trace(fate, record.line, file)
      return
    }
    if let stated = normalizer.mixed(record, batch, file) {
      return add(mixed: stated, record, batch, file, &gathered, &counts)
    }
    addOthers(of: &record, batch, file, build, &gathered)
    switch read(record, batch, file: file, ploidy: ploidy, build: build) {
    case .kept(let alteration):
      if case .biomarker = record.statement { gathered.result.testResults += 1 }
      let fate = add(alteration, "", file, &gathered, &counts)
      gathered.trace(fate, record.line, file)
    case .notEvaluated(let alteration, let reason):
      if case .mutation(let row) = record.statement, row.gene.isEmpty {
        gathered.result.notAnnotated[alteration.gene, default: 0] += 1
      }
      let fate = add(alteration, reason, file, &gathered, &counts)
      gathered.trace(fate, record.line, file)
    case .filtered(let reason):
      gathered.result.leaveOpen(normalizer.undetermined(by: record, batch))
      gathered.result.noteTest(record, batch)
      for gene in normalizer.unchanged(by: record, batch) { gathered.result.unchanged.insert(gene) }
      counts.filtered += 1
      gathered.filter(reason, file)
      gathered.trace(.filtered(reason), record.line, file)
    case .rejected(let column, let value, let problem):
      counts.rejected += 1
      gathered.result.leaveOpen(normalizer.undetermined(byUnusable: record, batch))
      let source = SourceLocation(file: file, line: record.line)
      gathered.result.rejected.append(Rejection(source: source, column: column, value: value, problem: problem))
      gathered.trace(.rejected(column: column, value: value, problem: problem), record.line, file)
    }
  }

  /// Adds what a cell of several kinds of findings states; one that denies all that it names is no finding.
  private func add(
    mixed stated: [Alteration], _ record: RawRecord, _ batch: RecordBatch, _ file: Int32, _ gathered: inout Gathered,
    _ counts: inout RowCounts
  ) {
    let kept = stated.filter { alteration in
      !(leavesOut?(alteration) ?? false) && (normalizer.keepsGermline || !normalizer.table.isOfGermline(alteration))
    }
    guard let last = kept.last else {
      counts.filtered += 1
      let reason = stated.isEmpty ? "stated as not found" : Normalizer.leftOutReason
      gathered.filter(reason, file)
      gathered.trace(.filtered(reason), record.line, file)
      return
    }
    var uncounted = RowCounts()
    for alteration in kept.dropLast() {
      let fate = add(alteration, "", file, isRow: false, &gathered, &uncounted)
      gathered.trace(fate, record.line, file)
    }
    gathered.trace(add(last, "", file, &gathered, &counts), record.line, file)
  }

  /// What a row is, if it is not left out.
  private func read(
    _ record: RawRecord, _ batch: RecordBatch, file: Int32, ploidy: Double, build: GenomeBuild?
  ) -> Normalizer.Result {
    let result = normalizer.normalize(record, batch, file: file, ploidy: ploidy, build: build)
    guard let leavesOut else { return result }
    switch result {
    case .kept(let alteration), .notEvaluated(let alteration, _):
      return leavesOut(alteration) ? .filtered(Normalizer.leftOutReason) : result
    case .filtered, .rejected: return result
    }
  }

  /// Adds all changes of a cell that holds several but the last, which stands for the row.
  private func addOthers(
    of record: inout RawRecord, _ batch: RecordBatch, _ file: Int32, _ build: GenomeBuild?, _ gathered: inout Gathered
  ) {
    if case .biomarker(let row) = record.statement {
      var uncounted = RowCounts()
      for found in normalizer.besides(row, batch, SourceLocation(file: file, line: record.line)) {
        let fate = add(found, "", file, isRow: false, &gathered, &uncounted)
        gathered.trace(fate, record.line, file)
      }
    }
    // What a cell denies or doubts is left whole.
    guard case .mutation(let row) = record.statement, NoCallWords.reason(record.statement, batch) == nil else { return }
    let changes = normalizer.changes(of: row, batch)
    for other in changes.dropLast() {
      record.statement = .mutation(other)
      var uncounted = RowCounts()
      switch read(record, batch, file: file, ploidy: 2, build: build) {
      case .kept(let alteration):
        let fate = add(alteration, "", file, isRow: false, &gathered, &uncounted)
        gathered.trace(fate, record.line, file)
      case .notEvaluated(let alteration, let reason):
        let fate = add(alteration, reason, file, isRow: false, &gathered, &uncounted)
        gathered.trace(fate, record.line, file)
      case .filtered, .rejected: break
      }
    }
    record.statement = .mutation(changes[changes.count - 1])
  }

  /// Adds what the long way made of a row; that takes no less of it apart than the short one.
  ///
  /// - Parameter isRow: False for a change that shares its row with another, which counts for the row.
  /// - Returns: What the row became.
  private func add(
    _ alteration: Alteration, _ reason: String, _ file: Int32, isRow: Bool = true, _ gathered: inout Gathered,
    _ counts: inout RowCounts
  ) -> RowTrace.Fate {
    // Most genes that come this way are such that the tables speak of them.
    guard case .sequence = alteration.event, let gene = normalizer.plain.unknown(alteration.gene) else {
      return gathered.add(alteration, PlainKey(), reason, file, isRow: isRow, mergesByCoding: true, &counts)
    }
    guard usesShortWay else {
      return gathered.add(alteration, PlainKey(), reason, file, isRow: isRow, &counts)
    }
    let key = normalizer.plain.key(alteration, of: gene) ?? PlainKey()
    if reason.isEmpty, let unlisted = normalizer.plain.unlisted(alteration) {
      return gathered.add(key, file, isRow: isRow, &counts) { unlisted }
    }
    return gathered.add(alteration, key, reason, file, isRow: isRow, &counts)
  }
}

extension SampleNormalizer {
  /// Marks pairs of substitutions in one codon that may be one change, also where one of them alone changes nothing.
  private func noteAdjacentChanges(_ alterations: inout [Alteration]) {
    var changes: [(codon: Int, place: Int)] = []
    for (place, alteration) in alterations.enumerated() {
      guard case .sequence(let change) = alteration.event, let protein = change.proteinChange,
        [.substitution, .nonsense, .synonymous].contains(protein.consequence), protein.first == protein.last
      else { continue }
      changes.append((protein.first, place))
    }
    changes.sort { $0 < $1 }
    for (index, (codon, one)) in changes.enumerated() {
      for (_, other) in changes[(index + 1)...].prefix(while: { $0.codon == codon })
      where alterations[one].gene == alterations[other].gene && Self.mayBeOne(alterations[one], alterations[other]) {
        for place in [one, other] where !alterations[place].cautions.contains(.mayBeOneChange) {
          alterations[place].cautions.append(.mayBeOneChange)
        }
      }
    }
  }

  /// Whether two changes of one codon lie on two of its bases, as far as that is told, and are as frequent as each other.
  private static func mayBeOne(_ one: Alteration, _ other: Alteration) -> Bool {
    func base(_ alteration: Alteration) -> Int? {
      guard case .sequence(let change) = alteration.event else { return nil }
      return CodingEdit(notation: change.codingChange).map(\.first.base)
    }
    if let first = base(one), let second = base(other), !(1...2).contains(abs(first - second)) { return false }
    guard let first = one.variantAlleleFraction, let second = other.variantAlleleFraction else { return true }
    return abs(first - second) <= 0.25 * max(first, second)
  }
}

/// What was gathered of a sample so far.
private struct Gathered {
  var result = SampleNormalizer.Result()
  private let tracesRows: Bool
  private var places: [AlterationKey: Int] = [:]
  /// Which of the two lists a plain change is in, and its place there.
  private var plainPlaces = PlainPlaces()
  /// How many alterations there are.
  private var count: Int32 = 0
  private var filtered: (file: Int32, reason: String, rows: Int) = (-1, "", 0)

  init(tracesRows: Bool) {
    self.tracesRows = tracesRows
    places.reserveCapacity(48)
  }

  /// Keeps what became of a row, where that is wanted.
  mutating func trace(_ fate: RowTrace.Fate, _ line: Int32, _ file: Int32) {
    if tracesRows { result.traces.append(RowTrace(file: file, line: line, fate)) }
  }

  /// Counts a row that is not looked at; most of a file are left out for one reason.
  mutating func filter(_ reason: String, _ file: Int32) {
    if file != filtered.file || reason != filtered.reason {
      countFiltered()
      (filtered.file, filtered.reason) = (file, reason)
    }
    filtered.rows += 1
  }

  /// Adds the rows that were counted last to the result.
  mutating func countFiltered() {
    if filtered.rows > 0 {
      result.filteredByFile[filtered.file, default: [:]][filtered.reason, default: 0] += filtered.rows
    }
    filtered.rows = 0
  }

  /// Adds a change of a gene of which the tables say nothing, or what it says to one that is there.
  ///
  /// - Parameter make: Makes the change; one that is new is made in its place.
  /// - Returns: What the row became.
  mutating func add(
    _ key: PlainKey, _ file: Int32, isRow: Bool = true, _ counts: inout RowCounts, _ make: () -> Alteration
  ) -> RowTrace.Fate {
    if key.isSet, let known = plainPlaces[key] {
      if known.isListed {
        result.alterations[known.place].support(by: make())
        if isRow { result.rows.append((file, known.place)) }
        return .alteration(known.place)
      }
      counts.unmatched += 1
      support(known.place, by: make())
      return .unlisted(known.place)
    }
    counts.unmatched += 1
    let place = result.unlisted.count
    if key.isSet { plainPlaces.set(key, to: PlainPlaces.Place(isListed: false, place: place)) }
    result.unlisted.append(make())
    result.unlisted[place].number = count
    count += 1
    return .unlisted(place)
  }

  /// Adds what a row says of an alteration that is there, as far as it may be said of such a one.
  private mutating func support(_ place: Int, by other: Alteration) {
    result.unlisted[place].support(by: other)
    result.unlisted[place].cautions = result.unlisted[place].cautions.plain
  }

  /// Adds an alteration, or what it says to one that is there.
  ///
  /// - Parameter key: What makes it one with rows that take the short way; not set for others.
  /// - Returns: What the row became.
  mutating func add(
    _ alteration: Alteration, _ key: PlainKey, _ reason: String, _ file: Int32, isRow: Bool,
    mergesByCoding: Bool = false, _ counts: inout RowCounts
  ) -> RowTrace.Fate {
    if key.isSet, let known = plainPlaces[key], !known.isListed {
      counts.unmatched += 1
      support(known.place, by: alteration)
      return .unlisted(known.place)
    }
    let whole = AlterationKey(alteration, mergesByCoding: mergesByCoding)
    if let place = places[whole] {
      result.alterations[place].support(by: alteration)
      // What one row states clearly another need not: the order of rows makes no difference.
      if reason.isEmpty { result.notEvaluated[place] = nil }
      if isRow { result.rows.append((file, place)) }
      return .alteration(place)
    }
    let place = result.alterations.count
    places[whole] = place
    if key.isSet { plainPlaces.set(key, to: PlainPlaces.Place(isListed: true, place: place)) }
    if !reason.isEmpty { result.notEvaluated[place] = reason }
    result.alterations.append(alteration)
    result.alterations[place].number = count
    count += 1
    if isRow { result.rows.append((file, place)) }
    return .alteration(place)
  }
}

/// What makes two rows speak of one alteration.
private struct AlterationKey: Hashable {
  enum Kind: Hashable {
    case sequence, copyNumber, fusion, measurement, absence

    init(_ event: Alteration.Event) {
      switch event {
      case .sequence: self = .sequence
      case .copyNumber: self = .copyNumber
      case .fusion: self = .fusion
      case .measurement: self = .measurement
      case .wildType, .absent: self = .absence
      }
    }
  }

  let gene: String
  let kind: Kind
  let change: String
  let coding: String

  /// - Parameter mergesByCoding: Whether rows without a protein change are one where their coding changes are; else each
  ///   line is one of its own.
  init(_ alteration: Alteration, mergesByCoding: Bool) {
    gene = alteration.gene
    kind = Kind(alteration.event)
    if case .sequence(let sequence) = alteration.event {
      change = sequence.proteinChange?.description ?? sequence.effect.rawValue
      let isOnProtein = (sequence.proteinChange?.first ?? 0) > 0
      let source = alteration.source
      coding =
        isOnProtein
        ? ""
        : mergesByCoding && !sequence.codingChange.isEmpty
          ? sequence.codingChange
          : "\(sequence.codingChange)@\(alteration.asWritten)@\(source?.file ?? 0):\(source?.line ?? 0)"
    } else {
      change = alteration.description
      coding = ""
    }
  }
}

extension Alteration {
  /// Takes up what another row says of the same alteration.
  fileprivate mutating func support(by other: Alteration) {
    if variantAlleleFraction == nil { variantAlleleFraction = other.variantAlleleFraction }
    if cancerCellFraction == nil { cancerCellFraction = other.cancerCellFraction }
    if copyNumber == nil { copyNumber = other.copyNumber }
    if depth == nil { depth = other.depth }
    if origin == .unknown { origin = other.origin }
    if case .fusion(let mine) = event, case .fusion(let theirs) = other.event {
      // Callers print a row for each pair of breakpoints; one that keeps the frame makes the fusion.
      if Self.weight(theirs.frame) > Self.weight(mine.frame) {
        event = other.event
      } else if mine.junction.isEmpty, mine.description == theirs.description, mine.frame == theirs.frame {
        event = other.event
      }
      if !other.cautions.contains(.possibleFusion) { cautions.removeAll { $0 == .possibleFusion } }
      for caution in other.cautions where caution != .possibleFusion && !cautions.contains(caution) {
        cautions.append(caution)
      }
      return
    }
    for caution in other.cautions where !cautions.contains(caution) { cautions.append(caution) }
  }

  private static func weight(_ frame: Fusion.Frame) -> Int {
    switch frame {
    case .inFrame: 2
    case .unknown: 1
    case .outOfFrame: 0
    }
  }
}
