internal import AlterationFormats
internal import DelimitedText

/// The read stage: one file, read whole, unpacked whole, split and reduced to what rows state.
///
/// In: a path. Out: its content by sample, or the reason why there is none. One worker a file; memory is kept between
/// files.
struct FileTask: ~Copyable {
  private var packed: [UInt8] = []
  private var text: [UInt8] = []
  private let gunzip = Gunzip()
  private let maxTextSize: Int
  private let maxLineSize: Int

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
  }

  /// What run.json calls a sample sheet.
  static let sheetFormat = "sample sheet"
  /// What run.json calls files that say which genes were assayed.
  static let panelFormats: Set<String> = ["gene panel", "panels of samples (cBioPortal)"]

  /// - Parameter stamp: What the file was when it was found; one that has changed since is not used.
  mutating func read(_ path: String, expecting stamp: FileStamp? = nil) -> Outcome {
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
    outcome.digest = "xxh64:" + ContentDigest.hex(packed.span)
    if packed.isEmpty {
      outcome.isUnknown = true
      outcome.content.remarks.append("is empty")
      return outcome
    }
    guard Gunzip.isGzip(packed.span) else {
      outcome.failure = LineLimit.fault(in: packed.span, path: path, limit: maxLineSize)
      if outcome.failure != nil { return outcome }
      Self.parse(packed.span, path, &outcome)
      return outcome
    }
    // The kept memory is borrowed for this file and given back.
    var unpacked: [UInt8] = []
    swap(&unpacked, &text)
    do throws(GunzipProblem) {
      try gunzip.unpack(packed.span, into: &unpacked, limit: maxTextSize)
      outcome.failure = LineLimit.fault(in: unpacked.span, path: path, limit: maxLineSize)
      if outcome.failure == nil { Self.parse(unpacked.span, path, &outcome) }
    } catch {
      outcome.failure = InputError(path: path, problem: error.description)
    }
    swap(&unpacked, &text)
    return outcome
  }

  private static func parse(_ text: Span<UInt8>, _ path: String, _ outcome: inout Outcome) {
    do throws(InputError) {
      let opened = try OpenedInput(text, path: path)
      outcome.isUnknown = !opened.isRecognized
      outcome.content = opened.readAll(text)
    } catch {
      outcome.failure = error
    }
  }
}
