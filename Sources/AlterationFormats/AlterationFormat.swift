public import DelimitedText

/// Reads the data lines of one input after its header was recognized.
protocol RecordReader: Sendable {
  /// Name and dialect for people: `MAF (vcf2maf)`.
  var formatName: String { get }
  /// What kinds of alteration such a file can report: `mutations`, `copy_number`, `fusions`, `biomarkers`.
  var assays: [String] { get }
  /// Reads lines of data into `content`; several threads may read parts of one file.
  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout FileContent)
}

/// The formats we read, each recognized by its header and never by its name.
///
/// To add one: write its reader, and add a case here.
enum AlterationFormat: CaseIterable {
  case structuralVariants, maf, longCopyNumber, copyNumberMatrix

  /// Whether a header is this format's.
  func recognizes(_ header: [String]) -> Bool {
    switch self {
    case .maf: MAFColumns.recognizes(header)
    case .structuralVariants: StructuralVariantReader.recognizes(header)
    case .longCopyNumber: LongCopyNumberReader.recognizes(header)
    case .copyNumberMatrix: CopyNumberMatrixReader.recognizes(header)
    }
  }

  /// A reader for a file with this header.
  func reader(header: [String], line: Int, path: String) throws(InputError) -> any RecordReader {
    switch self {
    case .maf: try MAFReader(header: header, line: line, path: path)
    case .structuralVariants: StructuralVariantReader(header: header, path: path)
    case .longCopyNumber: LongCopyNumberReader(header: header, path: path)
    case .copyNumberMatrix: CopyNumberMatrixReader(header: header, path: path)
    }
  }
}

extension MAFReader: RecordReader {
  var assays: [String] { ["mutations"] }
}

/// A file whose header has been read.
public struct OpenedInput: Sendable {
  private enum Role {
    case records(any RecordReader)
    case sheet([String])
    case unknown(String)
  }

  private let path: String
  private let role: Role
  private let offset: Int
  private let firstLine: Int
  private let terminator: UInt8

  /// Whether the file was recognized.
  public var isRecognized: Bool {
    if case .unknown = role { return false }
    return true
  }

  /// Recognizes a file by its first lines.
  ///
  /// - Parameter text: The unpacked beginning of the file; must hold the whole header.
  /// - Throws: ``InputError`` when the file is of a known kind but lacks what that kind needs.
  public init(_ text: Span<UInt8>, path: String) throws(InputError) {
    self.path = path
    terminator = LineWalker.terminator(of: text)
    let hasMark = text.count >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF
    var walker = LineWalker(offset: hasMark ? 3 : 0, terminator: terminator)
    var firstCells: [String] = []
    var tried = 0
    while tried < 64, let line = walker.next(in: text) {
      let cells = Self.cells(line, text)
      if cells.allSatisfy(\.isEmpty) || cells[0].hasPrefix("##") { continue }
      let isComment = cells[0].hasPrefix("#")
      if firstCells.isEmpty, !isComment { firstCells = cells }
      tried += 1
      let header = isComment ? [String(cells[0].dropFirst())] + cells.dropFirst() : cells
      for format in AlterationFormat.allCases where format.recognizes(header) {
        role = .records(try format.reader(header: header, line: walker.lineNumber, path: path))
        offset = walker.offset
        firstLine = walker.lineNumber + 1
        return
      }
      if !isComment {
        if SampleSheet.recognizes(header) {
          role = .sheet(header)
          offset = walker.offset
          firstLine = walker.lineNumber + 1
          return
        }
        // Data stand below a header; a second line without one would only be guessed at.
        break
      }
    }
    let shown = firstCells.prefix(6).joined(separator: ", ")
    role = .unknown(firstCells.isEmpty ? "is empty" : "has no header that is known (it begins: \(shown))")
    offset = text.count
    firstLine = 1
  }

  /// Reads all data of a text that is wholly in memory.
  public func readAll(_ text: Span<UInt8>) -> FileContent {
    var content = emptyContent()
    var walker = LineWalker(offset: offset, firstLine: firstLine, terminator: terminator)
    switch role {
    case .records(let reader):
      reader.read(text, walker: &walker, into: &content)
    case .sheet(let header):
      content.sheet = SampleSheet.read(
        header: header, text: text, walker: &walker, path: path, rejected: &content.rejected)
    case .unknown(let reason):
      content.remarks.append(reason)
    }
    return content
  }

  private func emptyContent() -> FileContent {
    switch role {
    case .records(let reader):
      var content = FileContent(path: path, format: reader.formatName)
      content.assays = reader.assays
      return content
    case .sheet: return FileContent(path: path, format: "sample sheet")
    case .unknown: return FileContent(path: path, format: "unknown")
    }
  }

  private static func cells(_ line: Range<Int>, _ text: Span<UInt8>) -> [String] {
    var cells: [String] = []
    var start = line.lowerBound
    for index in line.lowerBound...line.upperBound where index == line.upperBound || text[index] == 0x09 {
      cells.append(ByteText.string(text.extracting(ByteText.trimmed(start..<index, in: text))))
      start = index + 1
    }
    // Some tools end every row with tabs; they are no columns.
    while cells.count > 1, cells.last?.isEmpty == true { cells.removeLast() }
    return cells
  }
}
