// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import InputFormats
internal import Reports

extension AnnotatedTable {
  /// Writes the table, piece by piece.
  ///
  /// - Parameter sink: Takes the next bytes.
  /// - Throws: What `sink` throws, and ``InputError`` where the file is not what it was when it was read.
  package func write(to sink: ([UInt8]) throws -> Void) throws -> Outcome {
    var outcome = Outcome()
    let width = try width()
    var place = 0
    var isHeaderWritten = false
    try forEachPiece { text, firstLine in
      var out: [UInt8] = []
      var walker = LineWalker(firstLine: firstLine, terminator: layout.terminator)
      while let line = walker.next(in: text) {
        let number = walker.lineNumber
        let end = text.extracting(line.upperBound..<min(walker.offset, text.count))
        if number == layout.headerLine, !isHeaderWritten {
          isHeaderWritten = true
          outcome.sharedNames = shared(text.extracting(line))
          if isDivided {
            let names = AnnotationColumns.ofCells + columns
            Self.append(cells: names.map { Array($0.utf8)[...] }, UInt8(ascii: "\t"), isFirst: true, to: &out)
          } else {
            Self.append(text.extracting(line), to: &out)
            pad(layout.count(text.extracting(line)), to: width, &out)
            append(columns.map { Array($0.utf8)[...] }, to: &out)
          }
          Self.append(end, to: &out)
          continue
        }
        guard number > layout.headerLine, !layout.isPassedOver(text.extracting(line)) else {
          if !isDivided {
            Self.append(text.extracting(line), to: &out)
            Self.append(end, to: &out)
          }
          continue
        }
        outcome.rows += 1
        while place < lines.count, lines[place].line < number { place += 1 }
        var last = place
        while last < lines.count, lines[last].line == number { last += 1 }
        if isDivided {
          divide(lines[place..<last], &out)
          continue
        }
        Self.append(text.extracting(line), to: &out)
        pad(layout.count(text.extracting(line)), to: width, &out)
        append(cells(line: number, lines[place..<last]), to: &out)
        Self.append(end, to: &out)
      }
      try sink(out)
    }
    return outcome
  }

  /// The most cells that a line has, from the header on.
  private func width() throws -> Int {
    var width = 0
    try forEachPiece { text, firstLine in
      var walker = LineWalker(firstLine: firstLine, terminator: layout.terminator)
      while let line = walker.next(in: text) {
        guard walker.lineNumber >= layout.headerLine else { continue }
        let cells = text.extracting(line)
        if walker.lineNumber > layout.headerLine, layout.isPassedOver(cells) { continue }
        width = max(width, layout.count(cells))
      }
    }
    return width
  }

  private func forEachPiece(_ body: (Span<UInt8>, Int) throws -> Void) throws {
    try TextPieces.forEach(of: path, terminator: layout.terminator, limit: maxTextSize, body)
  }

  /// Rows of their own for the calls of a row of a matrix.
  private func divide(_ found: ArraySlice<Line>, _ out: inout [UInt8]) {
    for line in found {
      let cells = Self.split(samples[Int(line.sample)].cells(line.cells))
      // A sample whose row cannot be read has no call to show.
      Self.append(cells: cells, UInt8(ascii: "\t"), isFirst: true, to: &out)
      out.append(0x0A)
    }
  }

  /// Names of the header that are ours too.
  private func shared(_ header: Span<UInt8>) -> [String] {
    let own = Set(columns)
    return layout.texts(header).filter(own.contains)
  }

  // MARK: Bytes

  private func pad(_ count: Int, to width: Int, _ out: inout [UInt8]) {
    if count < width { out += repeatElement(layout.separator, count: width - count) }
  }

  private func append(_ cells: [ArraySlice<UInt8>], to out: inout [UInt8]) {
    Self.append(cells: cells, layout.separator, isFirst: false, to: &out)
  }

  /// Appends cells, quoted where they hold the byte between cells.
  private static func append(
    cells: [ArraySlice<UInt8>], _ separator: UInt8, isFirst: Bool, to out: inout [UInt8]
  ) {
    let quote = UInt8(ascii: "\"")
    for (place, cell) in cells.enumerated() {
      if place > 0 || !isFirst { out.append(separator) }
      if separator != UInt8(ascii: "\t"), cell.contains(where: { $0 == separator || $0 == quote }) {
        out.append(quote)
        for byte in cell { out += byte == quote ? [quote, quote] : [byte] }
        out.append(quote)
      } else {
        out += cell
      }
    }
  }

  private static func append(_ text: Span<UInt8>, to out: inout [UInt8]) {
    unsafe text.withUnsafeBufferPointer { unsafe out.append(contentsOf: $0) }
  }
}
