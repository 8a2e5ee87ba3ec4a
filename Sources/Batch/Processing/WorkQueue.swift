// SPDX-License-Identifier: Apache-2.0
internal import Dispatch
internal import SystemIO

/// A piece of a larger piece of work that any worker may do.
typealias Job = @Sendable () -> Void

/// Where a worker with a large file finds helpers.
protocol JobBoard: Sendable {
  /// How many workers there are.
  var workers: Int { get }
  /// Offers a job to whoever is free first.
  func add(job: @escaping Job)
  /// Takes a job back, if one is left.
  func takeJob() -> Job?
}

/// Hands work to a fixed set of workers: parts of a file in hand first, samples that are ready, files to read after them.
///
/// In: files in their order, samples as they become complete. Out: one piece of work a call, to any number of workers.
/// The number of samples waiting stays small by itself: a worker takes a sample before it reads another file, so a slow
/// reporter holds back the readers. A failed piece of work is the worker's to record; the queue goes on.
final class WorkQueue<Sample: Sendable>: JobBoard {
  /// What a worker is to do next.
  enum Work: Sendable {
    case help(Job)
    case readFile(Int)
    case process(Sample)
    case finish
  }

  private struct State: Sendable {
    var nextFile = 0
    var jobs: [Job] = []
    /// Samples as they came, each list from its last to its first.
    var samples: [[Sample]] = []
    var firstList = 0
    var busyReaders = 0
    var isClosed = false
    var isCancelled = false
    var waiting = 0

    /// The sample that waits longest; `nil` when none does.
    ///
    /// What was taken is not kept in memory, and moving the rest to the front costs no more than taking it did.
    mutating func takeSample() -> Sample? {
      guard firstList < samples.count else { return nil }
      let sample = samples[firstList].popLast()
      guard samples[firstList].isEmpty else { return sample }
      samples[firstList] = []
      firstList += 1
      if firstList > 256, firstList * 2 > samples.count {
        samples.removeFirst(firstList)
        firstList = 0
      }
      return sample
    }
  }

  private let files: [Int]
  private let onTake: @Sendable (Sample) -> Void
  private let state = Locked(State())
  private let wake = DispatchSemaphore(value: 0)

  let workers: Int

  /// - Parameters:
  ///   - files: The numbers of the files to read, in their order.
  ///   - workers: How many ask for work.
  ///   - onTake: Is told of samples in the order in which they are handed out.
  init(files: [Int], workers: Int, onTake: @escaping @Sendable (Sample) -> Void = { _ in }) {
    self.files = files
    self.onTake = onTake
    self.workers = workers
  }

  func add(job: @escaping Job) {
    let isWaited = state.withLock { state in
      state.jobs.append(job)
      guard state.waiting > 0 else { return false }
      state.waiting -= 1
      return true
    }
    if isWaited { wake.signal() }
  }

  func takeJob() -> Job? { state.withLock { $0.jobs.isEmpty ? nil : $0.jobs.removeFirst() } }

  /// The next piece of work; waits while other workers may still make some.
  func next() -> Work {
    while true {
      let work: Work? = state.withLock { state in
        if !state.jobs.isEmpty { return .help(state.jobs.removeFirst()) }
        if state.isCancelled { return .finish }
        if let sample = state.takeSample() {
          onTake(sample)
          return .process(sample)
        }
        if state.nextFile < files.count {
          state.nextFile += 1
          state.busyReaders += 1
          return .readFile(files[state.nextFile - 1])
        }
        if state.isClosed { return .finish }
        state.waiting += 1
        return nil
      }
      if let work { return work }
      wake.wait()
    }
  }

  /// Takes a sample, if one waits.
  func takeSample() -> Sample? {
    state.withLock { state in
      guard !state.isCancelled, let sample = state.takeSample() else { return nil }
      onTake(sample)
      return sample
    }
  }

  /// How many lists of samples wait.
  var lists: Int { state.withLock { $0.samples.count - $0.firstList } }

  /// Adds samples that are complete.
  func add(_ samples: consuming [Sample]) {
    guard !samples.isEmpty else { return }
    samples.reverse()
    let samples = samples
    let woken = state.withLock { state in
      state.samples.append(samples)
      let woken = min(state.waiting, samples.count)
      state.waiting -= woken
      return woken
    }
    for _ in 0..<woken { wake.signal() }
  }

  /// A file has been read.
  ///
  /// Returns whether it was the last one.
  func finishedFile() -> Bool {
    state.withLock { state in
      state.busyReaders -= 1
      return state.busyReaders == 0 && state.nextFile == files.count
    }
  }

  /// No more samples will come.
  func close() {
    let woken = state.withLock { state in
      state.isClosed = true
      let woken = state.waiting
      state.waiting = 0
      return woken
    }
    for _ in 0..<woken { wake.signal() }
  }

  /// Ends all work after the pieces in hand.
  func cancel() {
    let woken = state.withLock { state in
      state.isCancelled = true
      let woken = state.waiting
      state.waiting = 0
      return woken
    }
    for _ in 0..<woken { wake.signal() }
  }
}

/// A fixed set of threads, one serial queue each, so that a waiting worker never keeps another from starting.
enum WorkerPool {
  /// Runs `body` on `count` threads and waits for all of them.
  static func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    let group = DispatchGroup()
    for number in 0..<max(1, count) {
      DispatchQueue(label: "oncomatch.worker.\(number)").async(group: group) { body(number) }
    }
    group.wait()
  }
}
