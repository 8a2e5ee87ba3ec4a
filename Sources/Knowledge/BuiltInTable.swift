internal import CBuiltInTables
internal import DelimitedText

/// A table that is compiled into the program.
enum BuiltInTable: Int32, CaseIterable {
  case rules, agents, oncotree, oncotreeRetired, tumorAliases, tumorGroups, genes, geneClinicNames, exons, hotspots
  case geneRoles, polymorphisms, legacyNumbering, pathways, predispositionGenes
  case diseaseTerms, consequences

  /// Hands the bytes to `body`.
  func withBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    let count = oncomatch_table_size(rawValue)
    // The bytes are constants of the program and outlive every use.
    let buffer = unsafe UnsafeBufferPointer(start: oncomatch_table_bytes(rawValue), count: count)
    return body(unsafe Span(_unsafeElements: buffer))
  }

  /// The table's rows.
  var text: NamedTable { withBytes { NamedTable($0) } }
}
