// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import Gzip
internal import InputFormats
internal import SystemIO

/// The read stage: one file, split and reduced to what rows state.
///
/// In: a path. Out: its content by sample, or the reason why there is none. One worker a file, which reads and unpacks
/// it whole; memory is kept between files. A large file is left to ``StreamedFile``.
struct FileLoader: ~Copyable {
  private var packed: [UInt8] = []
  private var text: [UInt8] = []
  private let gunzip = Gunzip()
  private let maxTextSize: Int
  private let maxLineSize: Int
  private let columns: ColumnNames
  private let tracesRows: Bool
  private let partSize: Int
  /// Files that were recognized, the latest first; most files of a batch begin like one of a few.
  private var patterns: [OpenedInput] = []
  /// As many kinds of files as a sample may have.
  private static let keptPatterns = 8

  init(
    maxTextSize: Int, maxLineSize: Int = RunOptions.usualLineSize, columns: ColumnNames = ColumnNames(),
    tracesRows: Bool = false, largeFile: Int = usualLargeFile, partSize: Int = StreamedFile.usualPartSize
  ) {
    self.tracesRows = tracesRows
    (self.largeFile, self.partSize) = (largeFile, partSize)
    self.maxTextSize = maxTextSize
    self.maxLineSize = maxLineSize
    self.columns = columns
  }

  /// What was read, with the digest of the bytes on disk.
  struct Outcome: Sendable {
    var content: FileContent
    var digest = ""
  }

  /// Files of this size and more are streamed, in bytes on disk.
  private let largeFile: Int
  /// ``largeFile`` as it is outside of tests.
  static let usualLargeFile = 8 << 20
  /// Files whose text is longer are streamed, in bytes.
  private static let largeText = 128 << 20

  /// - Parameters:
  ///   - stamp: What the file was when it was found; one that has changed since is not used.
  ///   - helpers: Other workers, who may help with a large file.
  ///   - sink: Takes samples of a large file before all of it is read.
  ///   - known: Samples of a large file that are not wanted.
  mutating func read(
    _ path: String, expecting stamp: FileStamp? = nil, helpers: (any JobBoard)? = nil,
    sink: (any SampleSink)? = nil, leavingOut known: Set<String> = []
  ) -> Outcome {
    func stream() -> Outcome {
      let file = StreamedFile(
        path, expecting: stamp, maxTextSize: maxTextSize, maxLineSize: maxLineSize, columns: columns, helpers: helpers,
        partSize: partSize, tracesRows: tracesRows, sink: sink, leavingOut: known)
      return file.read()
    }
    func failed(_ problem: String) -> FileContent {
      FileContent(path: path, failed: InputError(path: path, problem: problem))
    }
    if let stamp, stamp.isRegular, stamp.size >= largeFile { return stream() }
    do throws(SystemError) {
      let found = try FileReading.read(path, into: &packed)
      if let stamp, stamp.isRegular, !found.isSame(as: stamp) || packed.count != found.size {
        return Outcome(
          content: failed(
            "changed while it was read (is it still being written? it is read again in the next run)"))
      }
    } catch {
      return Outcome(content: failed(error.description))
    }
    let digest = "xxh64:" + XXH64.hex(packed.span)
    // Taken out for this file, as the text below, since the bytes that are read are borrowed from here too.
    var patterns: [OpenedInput] = []
    swap(&patterns, &self.patterns)
    defer { swap(&patterns, &self.patterns) }
    if packed.isEmpty { return Outcome(content: FileContent(path: path, unknown: "is empty"), digest: digest) }
    guard Gunzip.isGzip(packed.span) else {
      return Outcome(content: parse(packed.span, path, &patterns), digest: digest)
    }
    // The kept memory is borrowed for this file and given back.
    var unpacked: [UInt8] = []
    swap(&unpacked, &text)
    defer { swap(&unpacked, &text) }
    do throws(GunzipProblem) {
      try gunzip.unpack(packed.span, into: &unpacked, limit: min(maxTextSize, Self.largeText))
    } catch {
      if case .tooLarge(let limit) = error, limit < maxTextSize { return stream() }
      return Outcome(content: failed(error.description), digest: digest)
    }
    return Outcome(content: parse(unpacked.span, path, &patterns), digest: digest)
  }

  private func parse(_ text: Span<UInt8>, _ path: String, _ patterns: inout [OpenedInput]) -> FileContent {
    if let fault = LineLimit.fault(in: text, path: path, limit: maxLineSize) {
      return FileContent(path: path, failed: fault)
    }
    do throws(InputError) {
      let opened = try OpenedInput(text, path: path, like: patterns, columns: columns)
      Self.keep(opened, &patterns)
      return opened.readAll(text, tracesRows: tracesRows)
    } catch {
      var content = FileContent(path: path, failed: error)
      // The header tells what the file is, and it lacks what that needs.
      if let line = error.line, line > 0 {
        content.layout = TableLayout(
          kind: .statement, headerLine: line, separator: UInt8(ascii: "\t"),
          terminator: LineWalker.terminator(of: text))
      }
      return content
    }
  }

  private static func keep(_ opened: OpenedInput, _ patterns: inout [OpenedInput]) {
    guard opened.isPattern, !patterns.contains(where: { $0.beginsLike(opened) }) else { return }
    if patterns.count == keptPatterns { patterns.removeLast() }
    patterns.insert(opened, at: 0)
  }
}
