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
  /// The last file that was recognized; most files of a batch begin alike.
  private var last: OpenedInput?

  init(maxTextSize: Int, maxLineSize: Int = RunOptions.usualLineSize) {
    self.maxTextSize = maxTextSize
    self.maxLineSize = maxLineSize
  }

  /// What was read, with the digest of the bytes on disk.
  struct Outcome: Sendable {
    var content: FileContent
    var digest = ""
    /// Why the file could not be read; its samples fail.
    var failure: InputError?
    /// Whether the file is of no known kind and therefore left alone.
    var isUnknown = false

    /// What a file of no known kind is, with its path.
    var unreadReason: String { "\(content.path): \(content.remarks.joined(separator: "; ")), not read" }
  }

  /// Files of this size and more are streamed, in bytes on disk.
  private static let largeFile = 8 << 20
  /// Files whose text is longer are streamed, in bytes.
  private static let largeText = 128 << 20

  /// What run.json calls a file of no known kind.
  static let unknownFormat = "unknown"
  /// What run.json calls a sample sheet.
  static let sheetFormat = "sample sheet"
  /// What run.json calls files that say which genes were assayed.
  static let panelFormats: Set<String> = ["gene panel", "panels of samples (cBioPortal)"]

  /// - Parameters:
  ///   - stamp: What the file was when it was found; one that has changed since is not used.
  ///   - helpers: Other workers, who may help with a large file.
  mutating func read(
    _ path: String, expecting stamp: FileStamp? = nil, helpers: (any JobBoard)? = nil
  ) -> Outcome {
    func stream() -> Outcome {
      StreamedFile(path, expecting: stamp, maxTextSize: maxTextSize, maxLineSize: maxLineSize, helpers: helpers).read()
    }
    if let stamp, stamp.isRegular, stamp.size >= Self.largeFile { return stream() }
    var outcome = Outcome(content: FileContent(path: path, format: "unknown"))
    do throws(SystemError) {
      let found = try FileReading.read(path, into: &packed)
      if let stamp, stamp.isRegular, !found.isSame(as: stamp) || packed.count != found.size {
        outcome.failure = InputError(
          path: path, problem: "changed while it was read (is it still being written? it is read again in the next run)"
        )
        return outcome
      }
    } catch {
      outcome.failure = InputError(path: path, problem: error.description)
      return outcome
    }
    outcome.digest = "xxh64:" + XXH64.hex(packed.span)
    if packed.isEmpty {
      outcome.isUnknown = true
      outcome.content.remarks.append("is empty")
      return outcome
    }
    guard Gunzip.isGzip(packed.span) else {
      outcome.failure = LineLimit.fault(in: packed.span, path: path, limit: maxLineSize)
      if outcome.failure != nil { return outcome }
      last = Self.parse(packed.span, path, like: last, &outcome)
      return outcome
    }
    // The kept memory is borrowed for this file and given back.
    var unpacked: [UInt8] = []
    swap(&unpacked, &text)
    do throws(GunzipProblem) {
      try gunzip.unpack(packed.span, into: &unpacked, limit: min(maxTextSize, Self.largeText))
      outcome.failure = LineLimit.fault(in: unpacked.span, path: path, limit: maxLineSize)
      if outcome.failure == nil { last = Self.parse(unpacked.span, path, like: last, &outcome) }
    } catch {
      if case .tooLarge(let limit) = error, limit < maxTextSize {
        outcome = stream()
      } else {
        outcome.failure = InputError(path: path, problem: error.description)
      }
    }
    swap(&unpacked, &text)
    return outcome
  }

  private static func parse(
    _ text: Span<UInt8>, _ path: String, like last: OpenedInput?, _ outcome: inout Outcome
  ) -> OpenedInput? {
    do throws(InputError) {
      let opened = try OpenedInput(text, path: path, like: last)
      outcome.isUnknown = !opened.isRecognized
      outcome.content = opened.readAll(text)
      return opened
    } catch {
      outcome.failure = error
      return last
    }
  }
}
