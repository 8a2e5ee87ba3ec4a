// SPDX-License-Identifier: Apache-2.0
internal import CBuiltInTables
internal import DelimitedText
internal import SystemIO

/// A table that is compiled into the program.
enum BuiltInTable: Int32, CaseIterable {
  case rules, agents, oncotree, oncotreeRetired, tumorAliases, tumorGroups, genes, geneClinicNames, exons
  case geneCoordinates, hotspots
  case geneRoles, polymorphisms, pathogenicity, legacyNumbering, pathways, predispositionGenes
  case diseaseTerms
  case biomarkers, stainGrades, scoreLimits, lineageStains, surrogates, wildTypeDependence, fusionRoles, diagnosisReview
  case namedChanges, namedSites, priorTherapyWords, siteCodes, pathwayBoxes, matchingSets, oncogenicityPoints
  case clinicPhrases, importWords, lintExplained, consequences
  case codingExons, codingSequences, knownCodons, knownPositions, transcriptNumbering, otherNumbering
  case geneIdentifiers, statements, doseAlleles, foreignWords, countryNames, resultWords

  /// The name of its file without the ending: `wild_type_dependence`.
  var name: String {
    "\(self)".reduce(into: "") { name, character in
      name += character.isUppercase ? "_" + character.lowercased() : String(character)
    }
  }

  /// Hands the bytes to `body`.
  func withBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    let count = oncomatch_table_size(rawValue)
    // The bytes are constants of the program and outlive every use.
    let buffer = unsafe UnsafeBufferPointer(start: oncomatch_table_bytes(rawValue), count: count)
    return body(unsafe Span(_unsafeElements: buffer))
  }

  /// Where the first row begins: behind the comment lines and the header.
  var firstRow: Int {
    withBytes { bytes in
      var walker = LineWalker()
      while let line = walker.next(in: bytes) {
        if bytes[line.lowerBound] != UInt8(ascii: "#") { return line.upperBound + 1 }
      }
      return bytes.count
    }
  }

  /// The table's rows.
  var text: NamedTable { withBytes { NamedTable($0) } }

  /// The table's rows without the cells of some columns.
  func text(without skipped: [String]) -> NamedTable { withBytes { NamedTable($0, without: skipped) } }

  /// Hands each row to `body` by the cells of some columns, of which no others are made.
  func forEachRecord(_ names: [String], _ body: ([String]) -> Void) {
    withBytes { NamedTable.forEachRecord(names, of: $0, body) }
  }

  /// The comment lines and the header, without rows.
  var head: NamedTable {
    withBytes { bytes in
      var walker = LineWalker(terminator: LineWalker.terminator(of: bytes))
      while let line = walker.next(in: bytes) {
        if line.isEmpty || bytes[line.lowerBound] == UInt8(ascii: "#") { continue }
        return NamedTable(bytes.extracting(0..<line.upperBound))
      }
      return NamedTable(bytes)
    }
  }

  /// The row that begins at a place.
  ///
  /// - Parameter line: Its number.
  func row(at start: Int, line: Int) -> NamedTable.Row { withBytes { NamedTable.row(at: start, line: line, of: $0) } }

  /// By number of a line: where it begins.
  var lineStarts: [Int: Int32] {
    withBytes { bytes in
      var walker = LineWalker(terminator: LineWalker.terminator(of: bytes))
      var starts: [Int: Int32] = [:]
      while let line = walker.next(in: bytes) { starts[walker.lineNumber] = Int32(line.lowerBound) }
      return starts
    }
  }

  /// All tables but the rules: what rules are read and matched with.
  static var reference: [BuiltInTable] { allCases.filter { $0 != .rules } }

  /// The digest of all tables, made once, when it is first asked for.
  static let digestOfAll = digest(of: allCases)

  /// The digest of tables, one behind the other.
  static func digest(of tables: [BuiltInTable]) -> String {
    var hash = XXH64.Stream()
    for table in tables { table.withBytes { hash.update($0) } }
    return hash.hex
  }
}
