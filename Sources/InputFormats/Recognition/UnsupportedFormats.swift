// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// Tables that are known and give no calls for a sample's genes: named, with what to give instead.
struct UnsupportedFormats: InputReader {
  private struct Kind {
    let name: String
    /// Columns that a table of the kind has, in lower case.
    var columns: [String] = []
    /// How the first cell begins, for texts without a header.
    var beginnings: [String] = []
    /// How the first cell below the header begins, where the header alone does not tell.
    var secondLine = ""
    /// Whether it is a test's result that a sample misses when it cannot be used.
    var assays: [AssayKind] = []
    /// Whether the table holds many samples.
    var isCohort = false
    let reason: String
  }

  private static let signatures =
    "holds shares of mutational signatures, which open no rule (give HRD or MSI as results)"

  private static let kinds: [Kind] = [
    Kind(
      name: "bins (CNVkit, log2 ratios)", columns: ["chromosome", "start", "end", "gene", "log2"],
      assays: [.copyNumber],
      reason:
        "holds log2 ratios of bins, which are not calls (give the segments: cnvkit.py segment, then call with purity and ploidy; its column cn is read)"
    ),
    Kind(
      name: "GISTIC lesions", columns: ["unique name", "wide peak limits"], isCohort: true,
      reason: "holds regions of a cohort (give all_thresholded.by_genes)"),
    Kind(
      name: "GISTIC scores", columns: ["type", "g-score"], isCohort: true,
      reason: "holds scores of a cohort (give all_thresholded.by_genes)"),
    Kind(
      name: "GISTIC peaks", beginnings: ["cytoband"], secondLine: "q value", isCohort: true,
      reason: "holds genes of a cohort's peaks (give all_thresholded.by_genes)"),
    Kind(
      name: "GISTIC genes (cBioPortal)", columns: ["genes_in_region", "genes_in_peak"], isCohort: true,
      reason: "holds genes of a cohort's peaks (give data_cna)"),
    Kind(
      name: "structural variants (LINX svs)", columns: ["svid", "vcfidstart", "vcfidend"],
      reason: "names no fusions (give linx.fusion.tsv)"),
    Kind(
      name: "breakends (LINX)", columns: ["svid", "isstart", "gene", "disruptive"], assays: [.fusions],
      reason: "holds ends of rearrangements, not what they come to (give linx.fusion.tsv and linx.driver.catalog.tsv)"),
    Kind(
      name: "bins (Control-FREEC, ratios)", columns: ["chromosome", "start", "ratio", "medianratio", "copynumber"],
      assays: [.copyNumber],
      reason: "holds bins, which are no segments (give _CNVs, or _CNVs.p.value.txt of assess_significance.R)"),
    Kind(
      name: "copies by chromosome arm (GISTIC)", columns: ["chromosome arm"], assays: [.copyNumber], isCohort: true,
      reason: "holds ratios of arms, not of genes (give all_thresholded.by_genes)"),
    Kind(
      name: "germline deletions (PURPLE)", columns: ["regionstart", "detectionmethod", "tumorstatus"],
      assays: [.copyNumber],
      reason: "holds deletions of the germline by exons, not what is left of the genes (give the JSON of ORANGE, or a "
        + "table of mutations with the deletion as a row of its gene)"),
    Kind(
      name: "exon calls (ExomeDepth)", columns: ["start.p", "end.p", "nexons", "reads.ratio"], assays: [.copyNumber],
      reason: "holds ratios of reads in exons, which are no copies (give a table with gene and copy_number, or the "
        + "call in words: homozygous deletion, amplification)"),
    Kind(
      name: "segments by clone (HATCHet)", columns: ["cn_normal", "u_normal"], assays: [.copyNumber],
      reason: "holds the copies of each clone and not of the tumor (give segments with chromosome, start, end and "
        + "total_cn of the main clone)"),
    Kind(
      name: "segments (Chromosome Analysis Suite)", columns: ["cn state", "full location"], assays: [.copyNumber],
      reason: "is an export whose columns each lab chooses (give a table with chromosome, start, end and total_cn, "
        + "and name the build: --genome)"),
    Kind(
      name: "segments (Nexus Copy Number)", columns: ["chromosome region", "event", "probe median"],
      assays: [.copyNumber],
      reason: "holds events by the medians of probes, which are no copies (give a table with gene and the call in "
        + "words: homozygous deletion, amplification)"),
    Kind(name: "quality (PURPLE)", beginnings: ["qcstatus"], reason: "holds only measures of quality"),
    Kind(name: "mutational signatures", columns: ["signature", "contribution"], reason: signatures),
    Kind(name: "mutational signatures (SBS)", columns: ["sbs1", "sbs2"], isCohort: true, reason: signatures),
    Kind(
      name: "mutational signatures (cBioPortal)", columns: ["entity_stable_id", "confidencestatement"], isCohort: true,
      reason: signatures),
    Kind(
      name: "generic assay (cBioPortal)", columns: ["entity_stable_id"], isCohort: true,
      reason: "holds an assay that no rule uses (give its result as a biomarker)"),
    Kind(
      name: "cell-line names", columns: ["broad", "ccle_name", "sanger"], isCohort: true,
      reason: "holds only names of cell lines"),
    Kind(
      name: "case list or metadata (cBioPortal)",
      beginnings: [
        "cancer_study_identifier:", "type_of_cancer:", "genetic_alteration_type:", "datatype:", "data_filename:",
        "case_list_",
      ], isCohort: true, reason: "describes a study and not the alterations of its samples"),
  ]

  /// cBioPortal's list of tumor types has no header; its third cell is a color's name.
  private static let cancerTypes = Kind(
    name: "tumor types of a study (cBioPortal)", isCohort: true,
    reason: "names tumor types and no samples (give data_clinical_sample)")
  private static let colors = [
    "pink", "blue", "red", "green", "gray", "grey", "yellow", "orange", "purple", "black", "white", "brown", "cyan",
    "teal", "violet", "gold", "magenta", "salmon", "turquoise",
  ]

  /// DepMap's matrices, a gene a column, a model a row: copies, ratios, expression and counts of mutations look alike.
  private static let geneColumns = Kind(
    name: "matrix with genes in columns (DepMap)", assays: [.copyNumber], isCohort: true,
    reason: "holds a gene in each column and does not say what its numbers are: copies, ratios, expression or "
      + "mutations (give OmicsSomaticMutations.csv and OmicsFusionFiltered.csv, and copies as rows with the columns "
      + "model_id, gene and copy_number)")

  /// Whether columns are called `ERBB2 (2064)`, a gene with its number of Entrez.
  private static func hasGeneColumns(_ header: InputHeader) -> Bool {
    guard header.cells.count > 2 else { return false }
    let genes = header.cells.count { name in
      guard name.hasSuffix(")"), let open = name.lastIndex(of: "("), name[..<open].hasSuffix(" ") else { return false }
      let number = name[name.index(after: open)...].dropLast()
      return !number.isEmpty && (number.allSatisfy(\.isNumber) || number == "Unknown")
    }
    return genes >= 2 && genes * 2 > header.cells.count - 6
  }

  private let kind: Kind

  var formatName: String { kind.name }
  var rowKind: TableLayout.RowKind? { nil }
  var headerIsData: Bool { kind.columns.isEmpty }

  static func recognizes(_ header: InputHeader) -> Bool { kind(of: header) != nil }

  private static func kind(of header: InputHeader) -> Kind? {
    let first = header.cells.first?.lowercased() ?? ""
    if (3...4).contains(header.cells.count), colors.contains(where: header.cells[2].lowercased().hasSuffix),
      !header.cells[2].contains(" ")
    {
      return cancerTypes
    }
    if hasGeneColumns(header) { return geneColumns }
    return kinds.first { kind in
      if !kind.columns.isEmpty { return kind.columns.allSatisfy { header.column($0) != nil } }
      return kind.beginnings.contains { first.hasPrefix($0) }
        && header.firstRow.first.map { $0.lowercased().hasPrefix(kind.secondLine) } ?? kind.secondLine.isEmpty
    }
  }

  init(_ header: InputHeader) throws(InputError) {
    guard let kind = Self.kind(of: header) else {
      throw InputError(path: header.path, line: header.line, problem: "is of no known kind")
    }
    self.kind = kind
  }

  func readAll(_ text: Span<UInt8>, walker: inout LineWalker, path: String) -> FileContent {
    var content = FileContent(
      path: path, format: kind.name,
      .refused(Refusal(reason: kind.reason, isCohort: kind.isCohort, assays: kind.assays)))
    while let line = walker.next(in: text) {
      if !RowFields.isBlank(line, text) { content.rowsRead += 1 }
    }
    return content
  }
}
