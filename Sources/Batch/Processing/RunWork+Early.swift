// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import Gzip
internal import InputFormats
internal import Normalization
internal import SystemIO

/// Samples of a large file that are done while it is being read.
extension RunWork {
  /// Samples that were given on before their file was read and are not to stay.
  enum Undone: Sendable {
    case none
    case some(Set<String>)
    case all

    /// Whether a sample that was given on early is one of them.
    func holds(_ id: String) -> Bool {
      switch self {
      case .none: false
      case .some(let ids): ids.contains(id)
      case .all: true
      }
    }

    /// Whether what became of a sample is not to stay.
    func holds(_ outcome: SampleOutcome) -> Bool { outcome.isEarly && holds(outcome.sampleID) }

    var isNone: Bool {
      if case .none = self { return true }
      return false
    }
  }

  /// Where samples of a file go that is being read.
  final class EarlyFile: SampleSink {
    private let run: RunWork
    private let index: Int
    private let time = Locked(0.0)
    private let givesUp = Locked(false)
    private let wasAsked = Locked(false)

    init(run: RunWork, index: Int) { (self.run, self.index) = (run, index) }

    /// Whether the file is one of whose samples some may have been given on.
    var isUsed: Bool { wasAsked.withLock { $0 } }

    /// Seconds that were spent on samples by the one who reads.
    var seconds: Double { time.withLock { $0 } }

    func take(from rows: inout ReadRows, isGrouped: Bool, _ opened: OpenedInput) {
      guard let head = opened.contentOfAnySample else { return }
      wasAsked.withLock { $0 = true }
      if run.giveEarly(index, from: &rows, isGrouped: isGrouped, head) { givesUp.withLock { $0 = true } }
    }

    func hasGivenUp() -> Bool {
      givesUp.withLock { givesUp in
        defer { givesUp = false }
        return givesUp
      }
    }

    func relieve() {
      let start = StageClock.now()
      if run.relieve() { time.withLock { $0 += StageClock.now() - start } }
    }
  }

  /// Whether samples of a file may be done before it is read: reports in folders of their own are not written before, and
  /// no other run left samples that stay.
  func mayGiveEarly(_ index: Int) -> Bool {
    options.givesEarly && !options.writesSampleFiles && carried.isEmpty && waiting.isEmpty && lost.isEmpty
      && known[index] == nil && files[index].stamp.isRegular
  }

  private func giveEarly(_ index: Int, from rows: inout ReadRows, isGrouped: Bool, _ head: FileContent) -> Bool {
    let (found, givesUp) = assembler.giveEarly(
      index, from: &rows, isGrouped: isGrouped, head, knowsGenes: processor.normalizer.knowsGenes)
    if givesUp { undo(.all) }
    if found.isEmpty { return givesUp }
    notes.withLock { notes in
      notes.progress.samples += found.count
      notes.progress.early += found.count
    }
    queue.add(found)
    return false
  }

  /// Lists of samples that wait while more is read.
  private static let most = 8

  /// Does samples as long as many wait; `false` where none was done.
  private func relieve() -> Bool {
    guard queue.lists > Self.most else { return false }
    var desk = spareDesks.withLock { $0.popLast() } ?? Desk(options)
    while queue.lists > Self.most / 2, !options.isInterrupted(), let sample = queue.takeSample() {
      process(sample, &desk)
    }
    spareDesks.withLock { $0.append(desk) }
    return true
  }

  /// Settles what became of samples that were given on, once all of their file was read.
  ///
  /// - Returns: Whether some of them stay, so that the file's genes are known.
  func settleEarly(_ index: Int, _ outcome: inout FileLoader.Outcome, _ loader: inout FileLoader) -> Bool {
    switch assembler.judgeEarly(index, outcome.content) {
    case .noneWas: return false
    case .stay: break
    case .noneStays(let readsAgain):
      undo(.all)
      if readsAgain {
        outcome = loader.read(files[index].path, expecting: files[index].stamp, helpers: queue)
      }
      return false
    case .again(let ids):
      undo(.some(ids))
      let digest = outcome.digest
      outcome = loader.read(
        files[index].path, expecting: files[index].stamp, helpers: queue, leavingOut: assembler.released)
      guard case .alterations = outcome.content.kind, outcome.content.fault == nil, outcome.digest == digest else {
        // It is another file than it was.
        assembler.takeBackAll()
        undo(.all)
        if outcome.digest != digest {
          let fault = InputError(path: files[index].path, problem: "\(StreamProblem.changed)")
          outcome.content = FileContent(path: files[index].path, failed: fault)
        }
        return false
      }
    }
    guard case .alterations(var rows) = outcome.content.kind else { return false }
    rows.isRest = true
    outcome.content.kind = .alterations(rows)
    return true
  }

  private func undo(_ samples: Undone) {
    undone.withLock { $0 = samples }
    tables.forgetSome()
  }
}
