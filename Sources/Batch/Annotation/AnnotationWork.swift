// SPDX-License-Identifier: Apache-2.0
internal import InputFormats
internal import Knowledge
internal import Normalization
internal import Reports
internal import SystemIO

/// The stages from read to match for files that come back, done by a fixed set of workers.
///
/// In: the files. Out: the answers of their samples and what each file is. One bad file or sample is noted; the others
/// go on.
final class AnnotationWork: Sendable {
  private struct Found: Sendable {
    var samples: [SampleAnswers] = []
    var contents: [Int: FileContent] = [:]
    var wasInterrupted = false
  }

  private let options: RunOptions
  private let request: Annotation.Request
  private let files: [InputFile]
  private let assembler: SampleAssembler
  private let processor: SampleProcessor
  private let context: ReportContext
  private let queue: WorkQueue<AssembledSample>
  private let found = Locked(Found())

  init(
    options: RunOptions, request: Annotation.Request, files: [InputFile], sheet: SampleSheet?, table: KnowledgeBase,
    context: ReportContext
  ) {
    self.options = options
    self.request = request
    self.files = files
    self.context = context
    let genes = Normalizer.geneNormalizer(table)
    assembler = SampleAssembler(files: files, reading: Array(files.indices), sheet: sheet) { names in
      Set(names.compactMap { genes.symbol($0) })
    }
    processor = SampleProcessor(options: options, table: table, files: files, context: context)
    queue = WorkQueue(files: Array(files.indices), workers: options.jobs)
    if files.isEmpty { finishReading() }
  }

  /// Does all work; `false` when it was asked to end early.
  func run() -> Bool {
    WorkerPool.run(options.jobs) { [self] _ in
      var loader = FileLoader(
        maxTextSize: options.maxTextSize, maxLineSize: options.maxLineSize, columns: options.settings.columnNames,
        tracesRows: true)
      var clock = StageClock()
      while true {
        if options.isInterrupted() {
          found.withLock { $0.wasInterrupted = true }
          queue.cancel()
          return
        }
        switch queue.next() {
        case .finish: return
        case .help(let job): job()
        case .readFile(let index): read(index, &loader)
        case .process(let sample): process(sample, &clock)
        }
      }
    }
    return !found.withLock { $0.wasInterrupted }
  }

  /// The answers of all samples, by their identifiers.
  var samples: [SampleAnswers] {
    found.withLock { $0.samples }.sorted { $0.sampleID.isBefore($1.sampleID) }
  }

  /// What each file is, by its number, without what its rows state.
  var contents: [Int: FileContent] { found.withLock { $0.contents } }

  private func read(_ index: Int, _ loader: inout FileLoader) {
    var content = loader.read(files[index].path, expecting: files[index].stamp, helpers: queue).content
    content.fault = content.fault ?? processor.normalizer.fault(of: content)
    found.withLock { $0.contents[index] = content.withoutRows }
    queue.add(assembler.add(index, content))
    if queue.finishedFile() { finishReading() }
  }

  private func finishReading() {
    queue.add(assembler.finish())
    queue.close()
  }

  private func process(_ sample: AssembledSample, _ clock: inout StageClock) {
    let result = processor.evaluate(sample, clock: &clock)
    let kinds = found.withLock { $0.contents.compactMapValues(\.layout?.kind) }
    let answers = SampleAnswers(
      sample, result, context, request,
      isMatrix: { kinds[Int($0)] == .cells })
    found.withLock { $0.samples.append(answers) }
  }
}
