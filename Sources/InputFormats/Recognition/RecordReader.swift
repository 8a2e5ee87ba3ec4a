internal import DelimitedText

/// Reads the data lines of one input after its header was recognized.
///
/// A reader is a value that is made once a file; parts of the file may be read by several threads.
protocol RecordReader: Sendable {
  /// Whether a file that begins like this is for this reader; decided by content, never by the name of the file.
  static func recognizes(_ header: InputHeader) -> Bool
  /// A reader for a file with this header.
  ///
  /// - Throws: ``InputError`` when the file is of this kind but lacks what the kind needs.
  init(_ header: InputHeader) throws(InputError)
  /// Name and dialect for people: `MAF (vcf2maf)`.
  var formatName: String { get }
  /// What kinds of alteration such a file can report: `mutations`, `copy_number`, `fusions`, `biomarkers`.
  var assays: [String] { get }
  /// Whether the line taken for the header holds data already.
  var headerIsData: Bool { get }
  /// Whether every line can be read without those around it, so that parts of a file may be read apart; what lines say
  /// together is left to ``finish(_:)``.
  var readsInParts: Bool { get }
  /// The same reader for another file with the same header line; `nil` when more than that line decides.
  func reading(_ path: String) -> Self?
  /// Reads lines of data into `content`.
  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout FileContent)
  /// Settles what lines far apart say together, when all have been read.
  func finish(_ content: inout FileContent)
}

extension RecordReader {
  var headerIsData: Bool { false }
  var readsInParts: Bool { false }
  func finish(_ content: inout FileContent) {}
  func reading(_ path: String) -> Self? { nil }
}
