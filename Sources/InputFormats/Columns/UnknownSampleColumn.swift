// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// Finds a column that looks like the sample's where no known one is there.
///
/// Rows of several patients read as those of one would make one report of them.
enum UnknownSampleColumn {
  /// The lines that are looked at.
  private static let most = 4000

  /// The first column that seems to name samples; `nil` when there is none.
  ///
  /// - Parameter others: Columns that the reader knows.
  static func find(_ header: InputHeader, _ text: Span<UInt8>, walker: LineWalker) -> Int? {
    guard header.sampleColumn == nil else { return nil }
    let candidates = header.cells.indices.filter { mayName(header.cells[$0]) }
    guard !candidates.isEmpty else { return nil }
    var columns = candidates.map { Column(place: $0, isHinted: isHinted(header.cells[$0])) }
    var walker = walker
    var fields = RowFields(separator: header.separator)
    var rows = 0
    while rows < most, let line = walker.next(in: text) {
      if RowFields.isBlank(line, text) { continue }
      fields.split(line, text)
      rows += 1
      for index in columns.indices { columns[index].add(fields.string(columns[index].place, text)) }
    }
    return columns.first { $0.namesSamples(rows: rows) }?.place
  }

  /// What the cells of a column look like.
  private struct Column {
    let place: Int
    let isHinted: Bool
    private var counts: [String: Int] = [:]
    private var last = ""
    private var runs = 0
    private var isFilled = true
    private var areIdentifiers = true

    init(place: Int, isHinted: Bool) {
      self.place = place
      self.isHinted = isHinted
    }

    mutating func add(_ cell: String) {
      guard isFilled else { return }
      if cell.isEmpty {
        isFilled = false
        return
      }
      counts[cell, default: 0] += 1
      if cell != last { runs += 1 }
      last = cell
      if areIdentifiers, !UnknownSampleColumn.isIdentifier(cell) { areIdentifiers = false }
    }

    func namesSamples(rows: Int) -> Bool {
      guard isFilled, counts.count >= 2, rows > counts.count else { return false }
      if isHinted {
        return areIdentifiers || counts.keys.contains { !$0.allSatisfy(\.isNumber) } || rows >= 2 * counts.count
      }
      // Without a telling name: identifiers, each with several rows that follow each other, or of one shape in any order.
      return areIdentifiers && rows >= 3 * counts.count && counts.values.allSatisfy { $0 >= 2 }
        && (runs == counts.count || counts.count >= 3 && areOfOneShape)
    }

    /// Whether all are numbered alike: `PAT-001` and `PAT-017`, of three digits and more.
    private var areOfOneShape: Bool {
      let shapes = Set(counts.keys.map { $0.map { $0.isNumber ? "9" : $0.isLetter ? "A" : $0 } })
      guard let shape = shapes.first, shapes.count == 1 else { return false }
      return String(shape).contains("999")
    }
  }

  private static let hints = [
    "sample", "patient", "subject", "specimen", "biospecimen", "donor", "individual", "participant", "aliquot",
    "barcode", "biopsy", "accession", "person", "pseudonym", "probenr", "probennummer", "echantillon", "muestra",
    "campione", "patiente",
    "tumorid", "tumourid", "caseid", "casenumber", "caseno", "casecode", "casename", "caseref", "kennung", "proband",
    "fallnummer", "fallnr", "labno", "labnr", "labid", "labnumber", "labcode", "auftragsnummer", "befundnummer",
    "eingangsnummer", "journalnummer", "dossier",
  ]
  /// Names that are short enough to be parts of others.
  private static let shortHints: Set<String> = ["pat", "pats", "mrn", "pid"]
  private static let notHints = [
    "norm", "count", "number of", "freq", "total", "size", "nsample", "numsample", "type", "status", "germline",
    "class", "date", "source", "purity", "qc", "file", "path", "uuid",
  ]
  /// Parts of names of columns that repeat words of their own.
  private static let others = [
    "tier", "level", "class", "type", "category", "exon", "intron", "score", "acmg", "evidence", "pathway", "build",
    "genome", "version", "status", "transcript", "refseq", "cytoband", "domain", "band", "panel", "assay", "kit",
    "platform", "sequenc", "caller", "filter", "chrom", "gene", "dbsnp", "rsid", "cosmic", "strand", "start", "end",
    "pos", "ref", "alt", "allele", "effect", "consequence", "impact", "hgvs", "protein", "cdna", "codon", "amino",
    "feature", "symbol", "center", "centre", "url", "link", "pubmed", "pmid", "drug", "therapy", "comment", "note",
    "fusion", "breakpoint", "site", "region", "frame", "copy", "cn", "segment", "arm", "zygosity", "genotype", "method",
    "hotspot", "predict", "clin", "sift", "polyphen", "call", "role", "function", "amplicon", "pool", "plate", "well",
    "lane", "batch", "primer", "probe", "target", "clone", "cluster", "block", "bait", "interval", "tile", "variant",
    "mutation", "event", "operator", "user", "analyst",
  ]

  private static func isHinted(_ name: String) -> Bool {
    let key = InputHeader.key(name)
    return (shortHints.contains(key) || hints.contains { key.contains($0) }) && !notHints.contains { key.contains($0) }
      && !SampleColumns.matchedNormals.contains(key)
  }

  private static func mayName(_ name: String) -> Bool {
    let key = InputHeader.key(name)
    if isHinted(name) { return true }
    return !key.isEmpty && !others.contains { key.contains($0) } && !notHints.contains { key.contains($0) }
      && !SampleColumns.matchedNormals.contains(key)
  }

  /// `P001`, `BS_1`, `24-1187`: letters or marks beside digits, and no name of a gene's part or a place.
  private static func isIdentifier(_ text: String) -> Bool {
    guard (2...40).contains(text.utf8.count) else { return false }
    var hasDigit = false
    var hasOther = false
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39: hasDigit = true
      case 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): hasOther = true
      default: return false
      }
    }
    let lowered = text.lowercased()
    return hasDigit && hasOther
      && ![
        "ens", "nm_", "np_", "nr_", "xm_", "rs", "cos", "ccds", "chr", "uc0", "exon", "grch", "hg1", "hg3", "pm", "nct",
      ].contains {
        lowered.hasPrefix($0)
      }
  }
}
