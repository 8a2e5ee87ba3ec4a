// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import SystemIO

/// A table of a finished run that is sorted by sample; only where each sample's rows lie is in memory.
struct RecordedTable {
  /// Where rows lie in the file.
  private typealias Place = (offset: Int, count: Int)

  /// Its columns, which may be those of an older program.
  let header: TSVHeader
  private let file: ReadableFile
  private let places: [String: Place]

  private static let pieceSize = 1 << 20

  /// Opens a table; `nil` when it is not there or is not what the run wrote.
  init?(_ path: String, digest: String) {
    guard let file = ReadableFile(path) else { return nil }
    var hash = XXH64.Stream()
    var index = Index()
    var piece: [UInt8] = []
    var offset = 0
    repeat {
      piece.removeAll(keepingCapacity: true)
      guard (try? file.read(offset: offset, count: Self.pieceSize, into: &piece)) != nil else { return nil }
      offset += piece.count
      hash.update(piece.span)
      index.add(piece)
    } while !piece.isEmpty
    guard let (header, places) = index.finish(), "xxh64:" + hash.hex == digest else { return nil }
    (self.file, self.header, self.places) = (file, header, places)
  }

  /// The rows of a sample.
  func rows(of sampleID: String) throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    if let place = places[TSVWriter.text(sampleID)] {
      try file.read(offset: place.offset, count: place.count, into: &bytes)
    }
    return bytes
  }

  /// Finds where each sample's rows begin and end while the bytes of the table come in pieces.
  private struct Index {
    private var header: TSVHeader?
    private var finder = FieldFinder(columns: [])
    /// The beginning of a line whose end has not come yet.
    private var rest: [UInt8] = []
    /// Where `rest` begins in the file.
    private var offset = 0
    /// The sample of the row that came last, as it stands in its cell, and where its rows begin.
    private var current: [UInt8] = []
    private var start: Int?
    private var places: [String: Place] = [:]

    mutating func add(_ piece: [UInt8]) {
      var bytes: [UInt8] = []
      swap(&bytes, &rest)
      bytes += piece
      rest = Array(bytes[index(bytes)...])
    }

    /// Takes whole lines in.
    ///
    /// - Returns: How many bytes they have.
    private mutating func index(_ bytes: [UInt8]) -> Int {
      var walker = LineWalker()
      let text = bytes.span
      var used = 0
      while let line = walker.next(in: text), line.upperBound < text.count {
        if header == nil {
          let header = TSVHeader(line: text.extracting(line))
          finder = FieldFinder(columns: [header.column("sample_id").place])
          self.header = header
        } else {
          _ = finder.find(in: text, line: line)
          if start == nil || !isCurrent(text.extracting(finder.field(0))) {
            close(at: offset + line.lowerBound)
            current = Array(bytes[finder.field(0)])
            start = offset + line.lowerBound
          }
        }
        used = walker.offset
      }
      offset += used
      return used
    }

    private func isCurrent(_ cell: Span<UInt8>) -> Bool {
      guard cell.count == current.count else { return false }
      for index in cell.indices where cell[index] != current[index] { return false }
      return true
    }

    private mutating func close(at end: Int) {
      if let start { places[String(decoding: current, as: UTF8.self)] = (start, end - start) }
    }

    /// The columns, and where rows lie; `nil` where the last line has no end or no column names the sample.
    mutating func finish() -> (header: TSVHeader, places: [String: Place])? {
      guard rest.isEmpty, let header, header.has("sample_id") else { return nil }
      close(at: offset)
      return (header, places)
    }
  }
}
