internal import DelimitedText

/// Tables that are known and give no calls for a sample's genes: named, with what to give instead.
struct KnownTables: RecordReader {
  private struct Kind {
    let name: String
    /// Columns that a table of the kind has, in lower case.
    let columns: [String]
    /// How the first cell begins, for texts without a header.
    var beginnings: [String] = []
    /// Whether it is a test's result that a sample misses when it cannot be used.
    var assays: [String] = []
    /// Whether the table holds many samples.
    var isCohort = false
    let reason: String
  }

  private static let segments =
    "holds segments without genes (give calls by gene: GISTIC all_thresholded.by_genes, cBioPortal data_cna, PURPLE cnv.gene, CNVkit call with genes)"

  private static let kinds: [Kind] = [
    Kind(
      name: "segments (SEG, log2 ratios)", columns: ["chrom", "loc.start", "loc.end", "seg.mean"],
      assays: ["copy_number"], isCohort: true, reason: segments),
    Kind(
      name: "segments (CBS)", columns: ["chromosome", "start.bp", "end.bp", "seg.cn"], assays: ["copy_number"],
      isCohort: true, reason: segments),
    Kind(
      name: "segments (allele-specific)", columns: ["chromosome", "start", "end", "nmajor", "nminor"],
      assays: ["copy_number"], reason: segments),
    Kind(
      name: "segments (ASCAT)", columns: ["sample", "chr", "startpos", "endpos", "nmajor", "nminor"],
      assays: ["copy_number"], isCohort: true, reason: segments),
    Kind(
      name: "segments (PURPLE)", columns: ["chromosome", "start", "end", "copynumber", "bafcount"],
      assays: ["copy_number"], reason: segments),
    Kind(
      name: "segments (CNVkit, log2 ratios)", columns: ["chromosome", "start", "end", "gene", "log2"],
      assays: ["copy_number"],
      reason: "holds log2 ratios, which are no calls (run cnvkit.py call with purity and ploidy; its column cn is read)"
    ),
    Kind(
      name: "GISTIC lesions", columns: ["unique name", "wide peak limits"],
      reason: "holds regions of a cohort (give all_thresholded.by_genes)"),
    Kind(
      name: "GISTIC scores", columns: ["type", "g-score"],
      reason: "holds scores of a cohort (give all_thresholded.by_genes)"),
    Kind(
      name: "GISTIC peaks", columns: [], beginnings: ["cytoband"],
      reason: "holds genes of a cohort's peaks (give all_thresholded.by_genes)"),
    Kind(
      name: "GISTIC genes (cBioPortal)", columns: ["genes_in_region", "genes_in_peak"],
      reason: "holds genes of a cohort's peaks (give data_cna)"),
    Kind(
      name: "structural variants (LINX svs)", columns: ["svid", "vcfidstart", "vcfidend"],
      reason: "names no genes (give linx.fusion.tsv)"),
    Kind(name: "quality (PURPLE)", columns: [], beginnings: ["qcstatus"], reason: "holds measures of quality alone"),
    Kind(
      name: "mutational signatures", columns: ["signature", "contribution"],
      reason: "holds shares of signatures, which open no rule"),
    Kind(
      name: "mutational signatures (cBioPortal)", columns: ["entity_stable_id"],
      reason: "holds shares of signatures, which open no rule"),
    Kind(
      name: "cell-line names", columns: ["broad", "ccle_name", "sanger"], reason: "holds names of cell lines alone"),
    Kind(
      name: "case list (cBioPortal)", columns: [], beginnings: ["cancer_study_identifier:"],
      reason: "lists samples of a study and says nothing of their alterations"),
  ]

  private let kind: Kind

  var formatName: String { kind.name }
  var assays: [String] { kind.assays }
  var headerIsData: Bool { true }

  static func recognizes(_ header: InputHeader) -> Bool { kind(of: header) != nil }

  private static func kind(of header: InputHeader) -> Kind? {
    let first = header.cells.first?.lowercased() ?? ""
    return kinds.first { kind in
      if kind.columns.isEmpty { return kind.beginnings.contains { first.hasPrefix($0) } }
      return kind.columns.allSatisfy { header.column($0) != nil }
    }
  }

  init(_ header: InputHeader) throws(InputError) {
    guard let kind = Self.kind(of: header) else {
      throw InputError(path: header.path, line: header.line, problem: "is of no known kind")
    }
    self.kind = kind
  }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout FileContent) {
    content.refusal = kind.reason
    content.isRefusedCohort = kind.isCohort
  }
}
