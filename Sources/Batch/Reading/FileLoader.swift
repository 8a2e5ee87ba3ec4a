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
  /// The last file that was recognized; most files of a batch begin alike.
  private var last: OpenedInput?

  init(
    maxTextSize: Int, maxLineSize: Int = RunOptions.usualLineSize, columns: ColumnNames = ColumnNames()
  ) {
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
  private static let largeFile = 8 << 20
  /// Files whose text is longer are streamed, in bytes.
  private static let largeText = 128 << 20

  /// - Parameters:
  ///   - stamp: What the file was when it was found; one that has changed since is not used.
  ///   - helpers: Other workers, who may help with a large file.
  mutating func read(
    _ path: String, expecting stamp: FileStamp? = nil, helpers: (any JobBoard)? = nil
  ) -> Outcome {
    func stream() -> Outcome {
      let file = StreamedFile(
        path, expecting: stamp, maxTextSize: maxTextSize, maxLineSize: maxLineSize, columns: columns, helpers: helpers)
      return file.read()
    }
    func failed(_ problem: String) -> FileContent {
      FileContent(path: path, failed: InputError(path: path, problem: problem))
    }
    if let stamp, stamp.isRegular, stamp.size >= Self.largeFile { return stream() }
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
    if packed.isEmpty { return Outcome(content: FileContent(path: path, unknown: "is empty"), digest: digest) }
    guard Gunzip.isGzip(packed.span) else {
      let parsed = Self.parse(packed.span, path, maxLineSize, columns, like: last)
      last = parsed.opened
      return Outcome(content: parsed.content, digest: digest)
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
    let parsed = Self.parse(unpacked.span, path, maxLineSize, columns, like: last)
    last = parsed.opened
    return Outcome(content: parsed.content, digest: digest)
  }

  private static func parse(
    _ text: Span<UInt8>, _ path: String, _ maxLineSize: Int, _ columns: ColumnNames, like last: OpenedInput?
  ) -> (content: FileContent, opened: OpenedInput?) {
    if let fault = LineLimit.fault(in: text, path: path, limit: maxLineSize) {
      return (FileContent(path: path, failed: fault), last)
    }
    do throws(InputError) {
      let opened = try OpenedInput(text, path: path, like: last, columns: columns)
      return (opened.readAll(text), opened)
    } catch {
      return (FileContent(path: path, failed: error), last)
    }
  }
}
