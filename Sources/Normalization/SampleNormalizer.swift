package import Alterations
package import InputFormats

/// Brings the rows of one sample into canonical form and makes rows that state one alteration one.
///
/// In: the rows of each of the sample's files. Out: its alterations in input order, and the fate of every row. Rows of
/// genes that no rule names take the short way (``PassiveRows``) and stay apart.
package struct SampleNormalizer: Sendable {
  let normalizer: Normalizer
  private let gate: SupportGate
  /// Whether rows of genes that no rule names take the short way.
  private let usesShortWay: Bool

  /// A normalizer of samples by one of rows.
  ///
  /// - Parameters:
  ///   - gate: The support that a mutation must have.
  ///   - usesShortWay: Whether rows of genes that no rule names take the short way; the long one says the same.
  package init(normalizer: Normalizer, gate: SupportGate = SupportGate(), usesShortWay: Bool = true) {
    self.normalizer = normalizer
    self.gate = gate
    self.usesShortWay = usesShortWay
  }

  /// A row that cannot be understood.
  package struct Rejection: Sendable {
    /// The file and line.
    package let source: SourceLocation
    /// The column and its cell.
    package let column: String, value: String
    /// What is wrong, with the remedy.
    package let problem: String
  }

  /// What the rows of a sample state.
  package struct Result: Sendable {
    /// What rules may name, in input order.
    package var alterations: [Alteration] = []
    /// Why an alteration, by its place, is not evaluated.
    package var notEvaluated: [Int: String] = [:]
    /// The row behind each kept statement: its file, and the place of the alteration it became.
    package var rows: [(file: Int32, alteration: Int)] = []
    /// Changes of genes that no rule names.
    package var passive: [PassiveAlteration] = []
    /// The order of all alterations in the input: the place in ``alterations``, or -1 minus the place in ``passive``;
    /// empty without passive ones.
    package var order: [Int32] = []
    /// Fates of rows by file; those that are matched or not are counted once rules were tried.
    package var countsByFile: [Int32: RowCounts] = [:]
    /// Rows not looked at, by file and reason.
    package var filteredByFile: [Int32: [String: Int]] = [:]
    /// Rows that cannot be understood.
    package var rejected: [Rejection] = []
  }

  /// Normalizes the rows of a sample's files, in their order.
  ///
  /// - Parameters:
  ///   - ploidy: Mean copies of the sample's genome; 2 when not known.
  ///   - build: The build of the genome where a file does not state it.
  package func normalize(
    _ parts: [(file: Int32, batch: RecordBatch)], ploidy: Double, build: GenomeBuild? = nil
  ) -> Result {
    var result = Result()
    var places: [AlterationKey: Int] = [:]
    var passivePlaces = PassivePlaces()
    var key = PassiveKey()
    var order: [Int32] = []
    for (file, written) in parts {
      var counts = RowCounts()
      counts.read = written.counts.read
      counts.filtered = written.counts.filtered
      counts.rejected = written.counts.rejected
      let batch = expanded(written, file: file, build: build, &counts, &result)
      for record in batch.records {
        if let refusal = gate.refusal(of: record) {
          counts.filtered += 1
          result.filteredByFile[file, default: [:]][refusal, default: 0] += 1
          continue
        }
        if usesShortWay, let passive = normalizer.passive.read(record, batch, file: file, key: &key) {
          counts.unmatched += 1
          if key.isSet, let place = passivePlaces[key] {
            if place < 0 {
              // A row before it said more of the same change.
              counts.unmatched -= 1
              result.rows.append((file, -1 - place))
              continue
            }
            if result.passive[place].alleleFraction < 0 {
              result.passive[place].alleleFraction = passive.alleleFraction
            }
            if result.passive[place].origin == .unknown { result.passive[place].origin = passive.origin }
            continue
          }
          if key.isSet { passivePlaces.set(key, to: result.passive.count) }
          order.append(Int32(-1 - result.passive.count))
          result.passive.append(passive)
          continue
        }
        let alteration: Alteration
        var reason = ""
        switch normalizer.normalize(record, batch, file: file, ploidy: ploidy) {
        case .kept(let kept): alteration = kept
        case .notEvaluated(let kept, let why): (alteration, reason) = (kept, why)
        case .filtered(let why):
          counts.filtered += 1
          result.filteredByFile[file, default: [:]][why, default: 0] += 1
          continue
        case .rejected(let column, let value, let problem):
          counts.rejected += 1
          result.rejected.append(
            Rejection(
              source: SourceLocation(file: file, line: record.line), column: column, value: value, problem: problem))
          continue
        }
        let plainKey = normalizer.passive.key(alteration)
        if let plainKey, let place = passivePlaces[plainKey], place >= 0 {
          counts.unmatched += 1
          continue
        }
        let wholeKey = AlterationKey(alteration)
        if let place = places[wholeKey] {
          result.alterations[place].support(by: alteration)
          result.rows.append((file, place))
          continue
        }
        let place = result.alterations.count
        places[wholeKey] = place
        if let plainKey { passivePlaces.set(plainKey, to: -1 - place) }
        if !reason.isEmpty { result.notEvaluated[place] = reason }
        result.alterations.append(alteration)
        order.append(Int32(place))
        result.rows.append((file, place))
      }
      result.countsByFile[file, default: RowCounts()].add(counts)
    }
    if !result.passive.isEmpty { result.order = order }
    settleCopies(parts, ploidy: ploidy, &result)
    return result
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

  init(_ alteration: Alteration) {
    gene = alteration.gene
    kind = Kind(alteration.event)
    if case .sequence(let sequence) = alteration.event {
      change = sequence.proteinChange?.description ?? sequence.effect.rawValue
      // Without a protein change two rows are one only where the coding change says so.
      coding =
        sequence.proteinChange == nil || sequence.proteinChange?.first == 0
        ? sequence.codingChange + "@" + alteration.asWritten + "@" + String(alteration.source?.line ?? 0) : ""
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
