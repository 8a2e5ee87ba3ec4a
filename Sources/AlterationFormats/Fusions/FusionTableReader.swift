internal import DelimitedText

/// Where one caller's table keeps what we need of a fusion; all names in lower case.
struct FusionDialect: Sendable {
  /// For people.
  let name: String
  /// Columns that together are found in this caller's tables alone.
  let signature: [String]
  /// The 5-prime partner, or the first where the table states no order.
  var fivePrime: [String] = []
  /// The 3-prime partner, or the second.
  var threePrime: [String] = []
  /// Both partners in one cell.
  var fusionName: [String] = []
  /// Whether the columns of the partners state their order.
  var isOrdered = true
  var frame: [String] = []
  var sample: [String] = []
  /// A column, and words in it that set a row aside, with the reason.
  var setAside: (column: String, words: [String], reason: String)?
  /// Columns that other tables have and this one must not.
  var unlike: [String] = []

  private static let sampleNames = ["sample_id", "tumor_sample_barcode", "sample", "tumor_sample", "model_id"]

  /// The dialects, the more particular first.
  static let all: [FusionDialect] =
    [
      FusionDialect(
        name: "Arriba", signature: ["gene1", "gene2", "breakpoint1", "confidence"], fivePrime: ["gene1"],
        threePrime: ["gene2"], frame: ["reading_frame"],
        setAside: ("confidence", ["low"], "low confidence of the caller")),
      FusionDialect(
        name: "STAR-Fusion", signature: ["fusionname", "leftgene", "rightgene"], fivePrime: ["leftgene"],
        threePrime: ["rightgene"], frame: ["prot_fusion_type"]),
      FusionDialect(
        name: "FusionCatcher", signature: ["gene_1_symbol(5end_fusion_partner)", "gene_2_symbol(3end_fusion_partner)"],
        fivePrime: ["gene_1_symbol(5end_fusion_partner)"], threePrime: ["gene_2_symbol(3end_fusion_partner)"],
        frame: ["predicted_effect"]),
      FusionDialect(
        name: "JAFFA", signature: ["fusion genes", "spanning reads", "classification"], fusionName: ["fusion genes"],
        frame: ["inframe"], sample: ["sample"],
        setAside: ("classification", ["lowconfidence"], "low confidence of the caller")),
      FusionDialect(
        name: "EricScript", signature: ["genename1", "genename2", "ericscore"], fivePrime: ["genename1"],
        threePrime: ["genename2"]),
      FusionDialect(
        name: "LINX", signature: ["genestart", "geneend", "reported", "phased"], fivePrime: ["genestart"],
        threePrime: ["geneend"], frame: ["phased"],
        setAside: ("reported", ["false"], "not reported by the caller")),
      FusionDialect(
        name: "PCGR", signature: ["fusiongene", "leftbreakpoint", "rightbreakpoint"], fusionName: ["fusiongene"]),
      FusionDialect(
        name: "cell-line table", signature: ["feature", "partner", "which_match"], fivePrime: ["feature"],
        threePrime: ["partner"], isOrdered: false, sample: ["model_id"]),
      FusionDialect(
        name: "cBioPortal, one row a gene", signature: ["hugo_symbol", "fusion", "tumor_sample_barcode"],
        fivePrime: ["hugo_symbol"], fusionName: ["fusion"], isOrdered: false, frame: ["frame"],
        sample: ["tumor_sample_barcode"], unlike: ["variant_classification"]),
      FusionDialect(
        name: "OncoKB", signature: ["tumor_sample_barcode", "fusion"], fusionName: ["fusion"],
        sample: ["tumor_sample_barcode"], unlike: ["hugo_symbol", "variant_classification"]),
    ]
    + [
      ("gene5", "gene3"), ("gene_5prime", "gene_3prime"), ("five_prime_gene", "three_prime_gene"),
      ("5_prime_gene", "3_prime_gene"), ("upstream_gene", "downstream_gene"), ("5'_gene", "3'_gene"),
      ("gene5prime", "gene3prime"), ("fiveprimegene", "threeprimegene"),
    ].map { five, three in
      FusionDialect(
        name: "table", signature: [five, three], fivePrime: [five], threePrime: [three], frame: ["frame", "inframe"],
        sample: sampleNames)
    }
    + [("gene1", "gene2"), ("gene_1", "gene_2"), ("genea", "geneb"), ("partner1", "partner2")].map { first, second in
      FusionDialect(
        name: "table", signature: [first, second], fivePrime: [first], threePrime: [second], isOrdered: false,
        frame: ["frame", "inframe", "reading_frame"], sample: sampleNames, unlike: ["sv_status"])
    }
    + ["fusion", "fusion_name", "fusion_gene", "#fusion"].map { column in
      FusionDialect(
        name: "table", signature: [column], fusionName: [column], frame: ["frame", "inframe", "reading_frame"],
        sample: sampleNames, unlike: ["hugo_symbol", "variant_classification", "sv_status"])
    }
}

/// Reads one fusion a row, as fusion callers and plain tables write them.
struct FusionTableReader: RecordReader {
  private let header: InputHeader
  private let dialect: FusionDialect
  private let fivePrime: Int?
  private let threePrime: Int?
  private let fusionName: Int?
  private let frame: Int?
  private let sample: Int?
  private let verdict: Int?

  var formatName: String { "fusions (\(dialect.name))" }
  var assays: [String] { ["fusions"] }

  static func recognizes(_ header: InputHeader) -> Bool { dialect(of: header) != nil }

  private static func dialect(of header: InputHeader) -> FusionDialect? {
    FusionDialect.all.first { dialect in
      dialect.signature.allSatisfy { header.column($0) != nil }
        && dialect.unlike.allSatisfy { header.column($0) == nil }
    }
  }

  init(_ header: InputHeader) throws(InputError) {
    self.header = header
    guard let dialect = Self.dialect(of: header) else {
      throw InputError(path: header.path, line: header.line, problem: "is no table of fusions")
    }
    self.dialect = dialect
    func column(_ names: [String]) -> Int? { names.lazy.compactMap { header.column($0) }.first }
    fivePrime = column(dialect.fivePrime)
    threePrime = column(dialect.threePrime)
    fusionName = column(dialect.fusionName)
    frame = column(dialect.frame)
    sample = column(dialect.sample)
    verdict = dialect.setAside.flatMap { header.column($0.column) }
  }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout FileContent) {
    var fields = RowFields(separator: header.separator)
    while let line = walker.next(in: text) {
      if RowFields.isBlank(line, text) { continue }
      fields.split(line, text)
      content.rowsRead += 1
      let batch = content.batchNumber(of: fields.string(sample, text))
      content.batches[batch].counts.read += 1
      let five = fields.cell(fivePrime, text)
      let three = fields.cell(threePrime, text)
      let name = fields.cell(fusionName, text)
      if let missing = missingColumn(fields, text) {
        content.batches[batch].counts.rejected += 1
        content.rejected.append(
          InputError(
            path: header.path, line: walker.lineNumber, column: header.name(missing),
            problem: "is empty (the row needs it)"))
        continue
      }
      if let rule = dialect.setAside, rule.words.contains(fields.string(verdict, text).lowercased()) {
        content.batches[batch].counts.filtered += 1
        content.filteredReasons[rule.reason, default: 0] += 1
        continue
      }
      var record = RawRecord()
      record.kind = .fusion
      record.line = Int32(truncatingIfNeeded: walker.lineNumber)
      record.gene = content.batches[batch].keep(text.extracting(Self.symbol(five, text)))
      record.secondGene = content.batches[batch].keep(text.extracting(Self.symbol(three, text)))
      record.change = content.batches[batch].keep(text.extracting(name))
      // Columns named for the ends of the transcript state the order of the partners.
      if dialect.isOrdered, !five.isEmpty || !three.isEmpty {
        record.codingChange = content.batches[batch].keep(Array("5to3".utf8).span)
      }
      record.effect = content.batches[batch].keep(Array(frameWord(fields, text).utf8).span)
      content.batches[batch].records.append(record)
    }
  }

  private func missingColumn(_ fields: RowFields, _ text: Span<UInt8>) -> Int? {
    if let sample, fields.cell(sample, text).isEmpty { return sample }
    let hasName = !fields.cell(fusionName, text).isEmpty
    if !hasName, fields.cell(fivePrime, text).isEmpty, fields.cell(threePrime, text).isEmpty {
      return fusionName ?? fivePrime ?? threePrime
    }
    return nil
  }

  /// STAR-Fusion hangs an identifier onto the symbol: `EML4^ENSG00000143924`.
  private static func symbol(_ cell: Range<Int>, _ text: Span<UInt8>) -> Range<Int> {
    for index in cell where text[index] == UInt8(ascii: "^") { return cell.lowerBound..<index }
    return cell
  }

  private func frameWord(_ fields: RowFields, _ text: Span<UInt8>) -> String {
    let word = fields.string(frame, text).lowercased()
    switch word {
    case "true", "yes": return "in-frame"
    case "false", "no": return "out-of-frame"
    default: return word
    }
  }
}
