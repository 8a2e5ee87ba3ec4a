// SPDX-License-Identifier: Apache-2.0
package import DelimitedText

/// A file whose header has been read.
package struct OpenedInput: Sendable {
  private enum Role {
    case reader(any InputReader)
    case sheet(InputHeader)
    case unknown(String)
  }

  let path: String
  private let role: Role
  /// The lines from the first to the header, where they alone decide what the file is; else empty.
  private let beginning: [UInt8]
  /// What the line that names the columns tells of those below it.
  private let columns: ColumnLine
  /// Where the first line of data begins.
  package let offset: Int
  /// The number of the first line of data, counted from 1.
  package let firstLine: Int
  /// The byte that ends a line.
  package let terminator: UInt8
  /// The byte between cells.
  let separator: UInt8

  /// Whether files that begin with the same lines can be read like it.
  package var isPattern: Bool { !beginning.isEmpty }

  /// Whether the file was recognized.
  package var isRecognized: Bool {
    if case .unknown = role { return false }
    return true
  }

  /// Recognizes a file by its first lines.
  ///
  /// - Parameters:
  ///   - text: The unpacked beginning of the file; must hold the whole header.
  ///   - path: The file as it is printed.
  ///   - others: Files that were recognized before; one that begins with the same lines as one of them is read in the
  ///     same way at once.
  /// - Throws: ``InputError`` when the file is of a known kind but lacks what that kind needs.
  ///   - columns: What a lab calls columns of its own tables.
  package init(
    _ text: Span<UInt8>, path: String, like others: [OpenedInput] = [], columns: ColumnNames = ColumnNames()
  ) throws(InputError) {
    for other in others {
      guard let same = other.reading(text, path) else { continue }
      self = same
      return
    }
    self.path = path
    if let reason = ForeignContent.reason(text) {
      role = .unknown(reason)
      (offset, firstLine, beginning, terminator, separator) = (text.count, 1, [], 0x0A, 0x09)
      self.columns = ColumnLine()
      return
    }
    terminator = LineWalker.terminator(of: text)
    let hasMark = text.count >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF
    var walker = LineWalker(offset: hasMark ? 3 : 0, terminator: terminator)
    var preamble: [String] = []
    var firstCells: [String] = []
    var tried = 0
    while tried < Self.triedLines, let line = walker.next(in: text) {
      if RowFields.isEmpty(line, text) || tried == 0 && Self.namesSeparator(line, text) { continue }
      let isComment = text[line.lowerBound] == UInt8(ascii: "#")
      if Self.isPreamble(line, text) {
        preamble.append(ByteText.string(text.extracting(line)))
        continue
      }
      tried += 1
      // Below a first line that is no header only a line that says it is one, with `#`, may be the header still: some
      // tools write a log line first.
      if !firstCells.isEmpty, !isComment { continue }
      let header = Self.header(
        line, text, walker, path: path, preamble: preamble, isComment: isComment, columns: columns)
      if !isComment { firstCells = header.cells }
      if let (role, isData) = try Self.role(header, mayBeSheet: !isComment) {
        (self.role, separator) = (role, header.separator)
        try Self.refuseUnknownSamples(role, header, text, walker)
        offset = isData ? line.lowerBound : walker.offset
        firstLine = isData ? walker.lineNumber : walker.lineNumber + 1
        beginning = terminator == 0x0A && !isData ? Self.beginning(of: text, upTo: offset, role) : []
        self.columns = ColumnLine(
          line: isData ? [] : Self.bytes(text.extracting(line)), header: Self.namesSamples(role, header) ? header : nil)
        return
      }
      if isComment { preamble.append(ByteText.string(text.extracting(line))) }
    }
    let shown = firstCells.prefix(6).map { String($0.prefix(40)) }.joined(separator: ", ")
    role = .unknown(
      firstCells.isEmpty
        ? (preamble.isEmpty ? "is empty" : "holds only comments")
        : "has no header that is known (it begins: \(shown))")
    (offset, firstLine, beginning, separator) = (text.count, 1, [], 0x09)
    self.columns = ColumnLine()
  }

  /// Lines with two `#`; `@SQ` and its like stand above the tables of GATK.
  private static func isPreamble(_ line: Range<Int>, _ text: Span<UInt8>) -> Bool {
    let start = line.lowerBound
    guard line.count > 1 else { return false }
    return text[start] == UInt8(ascii: "#") && text[start + 1] == UInt8(ascii: "#")
      || text[start] == UInt8(ascii: "@") && line.count > 3 && text[start + 3] == UInt8(ascii: "\t")
  }

  /// `sep=;`, by which spreadsheets are told what divides the cells.
  private static func namesSeparator(_ line: Range<Int>, _ text: Span<UInt8>) -> Bool {
    let start = line.lowerBound
    return line.count == 5 && text[start + 3] == UInt8(ascii: "=")
      && zip(start..., "sep".utf8).allSatisfy { text[$0] | 0x20 == $1 }
  }

  /// The line that names the columns.
  private struct ColumnLine {
    /// Its bytes; empty where it holds data or there is none.
    let line: [UInt8]
    /// What it says, where a column of it names the row's sample.
    let header: InputHeader?
    /// The names of its columns, where one of them names the row's sample; else none.
    let names: Set<String>

    init(line: [UInt8] = [], header: InputHeader? = nil) {
      (self.line, self.header, names) = (line, header, Set(header?.cells ?? []))
    }
  }

  private static func bytes(_ text: Span<UInt8>) -> [UInt8] {
    unsafe text.withUnsafeBufferPointer { unsafe Array($0) }
  }

  private static func namesSamples(_ role: Role, _ header: InputHeader) -> Bool {
    guard case .reader(let reader) = role else { return false }
    return reader.mayHoldSamples && reader.namesSamples && header.sampleColumn != nil
  }

  private static func beginning(of text: Span<UInt8>, upTo end: Int, _ role: Role) -> [UInt8] {
    guard case .reader(let reader) = role, reader.reading("") != nil, end <= text.count else { return [] }
    // Without a sample's column the rows have to be looked at too.
    if reader.mayHoldSamples, !reader.namesSamples { return [] }
    return bytes(text.extracting(0..<end))
  }

  /// Whether two files begin with the same lines.
  package func beginsLike(_ other: OpenedInput) -> Bool { beginning == other.beginning }

  /// The same reading of another text, if that begins with the same lines.
  private func reading(_ text: Span<UInt8>, _ path: String) -> OpenedInput? {
    guard !beginning.isEmpty, text.count >= beginning.count, case .reader(let reader) = role,
      let other = reader.reading(path)
    else { return nil }
    for index in beginning.indices where beginning[index] != text[index] { return nil }
    return OpenedInput(of: path, .reader(other), like: self)
  }

  private init(of path: String, _ role: Role, like other: OpenedInput) {
    self.path = path
    self.role = role
    (beginning, columns) = (other.beginning, other.columns)
    (offset, firstLine) = (other.offset, other.firstLine)
    (terminator, separator) = (other.terminator, other.separator)
  }

  /// How the lines of the file lie; `nil` where they are no rows of a table.
  package var layout: TableLayout? {
    let (kind, headerIsData): (TableLayout.RowKind?, Bool)
    switch role {
    case .reader(let reader): (kind, headerIsData) = (reader.rowKind, reader.headerIsData)
    case .sheet: (kind, headerIsData) = (.sample, false)
    case .unknown: return nil
    }
    return kind.map {
      TableLayout(
        kind: $0, headerLine: headerIsData ? 0 : firstLine - 1, separator: separator, terminator: terminator)
    }
  }

  /// Whether its lines are rows of one table.
  var isTable: Bool {
    switch role {
    case .reader(let reader): reader.rowKind != nil
    case .sheet: true
    case .unknown: false
    }
  }

  private static let triedLines = 64

  private static func role(_ header: InputHeader, mayBeSheet: Bool) throws(InputError) -> (Role, isData: Bool)? {
    // Events of a timeline, such as tests in a laboratory, look like rows of other tables.
    if mayBeSheet, TimelineReader.recognizes(header.cells.map { $0.lowercased() }) { return (.sheet(header), false) }
    for reader in FormatRegistry.readers where reader.recognizes(header) {
      let made = try reader.init(header)
      return (.reader(made), made.headerIsData)
    }
    return mayBeSheet && SampleSheet.recognizes(header) ? (.sheet(header), false) : nil
  }

  /// Throws where a column seems to name samples and is not known: its patients would be made one.
  private static func refuseUnknownSamples(
    _ role: Role, _ header: InputHeader, _ text: Span<UInt8>, _ walker: LineWalker
  ) throws(InputError) {
    guard case .reader(let reader) = role, reader.mayHoldSamples,
      let column = UnknownSampleColumn.find(header, text, walker: walker)
    else { return }
    throw InputError(
      path: header.path, line: header.line, column: header.name(column),
      problem: "seems to name samples and is not known as such "
        + "(name it sample_id, or map it in a settings file: [columns] sample = \"\(header.name(column))\")")
  }

  private static func header(
    _ line: Range<Int>, _ text: Span<UInt8>, _ walker: LineWalker, path: String, preamble: [String], isComment: Bool,
    columns: ColumnNames
  ) -> InputHeader {
    let hasTab = line.contains { text[$0] == UInt8(ascii: "\t") }
    let separator = hasTab ? UInt8(ascii: "\t") : Self.separator(line, text)
    var fields = RowFields(separator: separator)
    var cells = fields.texts(isComment ? line.lowerBound + 1..<line.upperBound : line, text)
    // R quotes names of columns.
    cells = cells.map { $0.count > 1 && $0.first == "\"" && $0.last == "\"" ? String($0.dropFirst().dropLast()) : $0 }
    // Some tools end every row with tabs; they are no columns.
    while cells.count > 1, cells.last?.isEmpty == true { cells.removeLast() }
    var ahead = walker
    var firstRow: [String] = []
    while firstRow.isEmpty, let next = ahead.next(in: text) {
      if !RowFields.isEmpty(next, text) { firstRow = fields.texts(next, text) }
    }
    // R writes names of rows without a name for their column.
    if cells.count > 1, firstRow.count == cells.count + 1, firstRow.last?.isEmpty == false, !isComment {
      cells.insert("", at: 0)
    }
    return InputHeader(
      path: path, line: walker.lineNumber, cells: columns.renamed(cells), preamble: preamble, separator: separator,
      firstRow: firstRow, expression: columns.expression)
  }

  /// What divides the cells of a line without tabs: the most frequent of comma, semicolon and bar.
  private static func separator(_ line: Range<Int>, _ text: Span<UInt8>) -> UInt8 {
    var counts = [UInt8(ascii: ","): 0, UInt8(ascii: ";"): 0, UInt8(ascii: "|"): 0]
    for index in line { counts[text[index]]? += 1 }
    let most = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
    return most.flatMap { $0.value > 0 ? $0.key : nil } ?? UInt8(ascii: "\t")
  }

  /// Whether parts of the file may be read apart, each of whole lines; their contents are joined in order.
  package var readsInParts: Bool {
    partReader != nil
  }

  /// What holds of any sample of the file, before all rows are read; `nil` where it has to be read to its end.
  package var contentOfAnySample: FileContent? {
    guard let reader = partReader, reader.readsSamplesApart else { return nil }
    var content = FileContent(path: path, format: reader.formatName, .alterations(SampleRows(assays: reader.assays)))
    content.columnNames = columns.names
    return content
  }

  private var partReader: (any RecordReader)? {
    if case .reader(let reader) = role { return reader.partReader }
    return nil
  }

  /// Reads whole lines.
  ///
  /// - Parameters:
  ///   - text: The lines, from `start` on.
  ///   - firstLine: The number of the first of them.
  ///   - tracesRows: Whether rows that are not looked at are kept with their lines.
  package func readPart(
    _ text: Span<UInt8>, from start: Int, firstLine: Int, tracesRows: Bool = false
  ) -> ReadRows {
    var rows = ReadRows(tracesRows: tracesRows)
    guard let reader = partReader else { return rows }
    var walker = LineWalker(
      offset: start, firstLine: firstLine, terminator: terminator, passingOver: columns.line)
    reader.read(text, walker: &walker, into: &rows)
    return rows
  }

  /// The content of a file whose parts were read apart and joined.
  package func content(of rows: consuming ReadRows) -> FileContent {
    if let reader = partReader {
      return settled(reader.content(of: rows, path: path))
    }
    return rows.content(path: path, format: "unknown", assays: [])
  }

  /// Reads all data of a text that is wholly in memory.
  ///
  /// - Parameter tracesRows: Whether rows that are not looked at are kept with their lines.
  package func readAll(_ text: Span<UInt8>, tracesRows: Bool = false) -> FileContent {
    if let fault = cutShort(text) { return FileContent(path: path, failed: fault) }
    let content = read(text, tracesRows)
    // A column of identifiers that holds none states none: the folder or the file names the sample.
    if content.lacksIdentifiers, case .reader(let reader) = role,
      let header = columns.header?.of(path).withoutSampleColumn, let other = try? type(of: reader).init(header)
    {
      let unnamed = OpenedInput(of: path, .reader(other), like: self).read(text, tracesRows)
      if !unnamed.lacksIdentifiers { return settled(unnamed) }
    }
    return settled(content)
  }

  private func settled(_ content: FileContent) -> FileContent {
    var content = content
    content.layout = layout
    content.columnNames = columns.names
    content.fault = content.fault ?? content.secondHeader
    return content
  }

  private func read(_ text: Span<UInt8>, _ tracesRows: Bool) -> FileContent {
    var walker = LineWalker(
      offset: offset, firstLine: firstLine, terminator: terminator, passingOver: columns.line)
    switch role {
    case .reader(let reader):
      if tracesRows, reader.rowKind != nil, let rows = reader as? any RecordReader {
        return rows.readAll(text, walker: &walker, path: path, tracesRows: true)
      }
      return reader.readAll(text, walker: &walker, path: path)
    case .sheet(let header):
      var rejected: [InputError] = []
      let sheet = SampleSheet.read(header: header, text: text, walker: &walker, path: path, rejected: &rejected)
      var content = FileContent(path: path, format: CohortFormat.sampleSheet.rawValue, .sampleSheet(sheet))
      content.rejected = rejected
      return content
    case .unknown(let reason): return FileContent(path: path, unknown: reason)
    }
  }
}
