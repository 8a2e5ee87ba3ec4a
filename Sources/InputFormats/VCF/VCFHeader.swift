// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// What the header of a VCF says of its columns and annotation.
struct VCFHeader: Sendable {
  /// The identifier of the tumor; empty when the file gives it none.
  private(set) var sampleID = ""
  /// The column of the tumor; `nil` for a file of sites alone.
  private(set) var tumorColumn: Int?
  /// The column of the matched normal.
  private(set) var normalColumn: Int?
  /// Whether the only column is a normal: what it holds is germline.
  private(set) var isOfNormal = false
  /// The number of columns.
  let columnCount: Int
  /// How the annotation is laid out.
  private(set) var layout: AnnotationLayout?
  /// Keys in `INFO` that hold a frequency in a general population.
  private(set) var frequencyTags: [[UInt8]] = []
  /// The build of the genome that the header tells.
  private(set) var build: GenomeBuild?
  /// Keys in `INFO` that hold what curators say of a change, with their letters and digits.
  private(set) var statementTags: [(tag: [UInt8], key: String)] = []
  /// Why the annotation that the file has is not read; empty where it has none or it is read.
  private(set) var unreadAnnotation = ""
  /// Why the file gives no calls; empty when it is read.
  private(set) var refusal = ""
  /// Whether records give copies of stretches.
  private(set) var hasCopies = false
  /// Whether they give nothing else.
  private(set) var isOfCopies = false
  /// Whether records name the partners of fusions in keys of their own, and whether they give nothing else.
  private(set) var hasFusions = false, isOfFusions = false
  /// Whether records give the ends of rearrangements alone, and no genes.
  private(set) var isOfBreaks = false
  /// Whether records are annotated by Ion Reporter.
  private(set) var namesFunctions = false
  /// Purity and ploidy as callers of copy numbers write them.
  private(set) var facts = BatchFacts()

  init(_ header: InputHeader) {
    columnCount = header.cells.count
    var facts = Facts()
    for line in header.preamble { facts.note(line) }
    layout = facts.layouts[.snpEff] ?? facts.layouts[.vep] ?? facts.layouts[.funcotator] ?? facts.layouts[.csq]
    frequencyTags = facts.frequencyTags
    statementTags = facts.statementTags
    build = facts.builds.count == 1 ? facts.builds.first : nil
    self.facts = facts.ofBatch
    facts.noteFirst(header.firstRow)
    isOfCopies = facts.givesCopies && !facts.givesReads
    namesFunctions = facts.namesFunctions
    hasCopies = isOfCopies || facts.givesCopies && facts.namesGenes
    isOfFusions = facts.namesPartners && !facts.givesSmallChanges
    hasFusions = facts.namesPartners || facts.namesGenes && facts.countsReads
    if facts.builds.count > 1 {
      refusal = "names two builds of the genome, GRCh37 and GRCh38 (give one of them: write the header anew)"
      return
    }
    if let found = layout, found.symbol < 0 {
      unreadAnnotation = "is annotated without gene symbols (run VEP again with --symbol --hgvs)"
      layout = nil
    } else if layout == nil {
      unreadAnnotation = facts.foreign
      isOfBreaks =
        facts.isStructural && (facts.isOfBreakCaller || facts.beginsWithBreak) && !hasCopies && !hasFusions
        && !namesFunctions
    }
    guard columnCount > 9 else { return }
    let columns = Array(9..<columnCount)
    normalColumn = columns.first { facts.normals.contains(header.cells[$0]) }
    guard let tumor = Self.tumor(columns, header.cells, facts) else {
      let names = columns.prefix(6).map { header.cells[$0] }.joined(separator: ", ")
      refusal =
        "does not say which of its columns is the tumor: \(names)"
        + (columns.count > 6 ? ", ..." : "")
        + " (keep one: bcftools view -s TUMOR, or add a header line ##tumor_sample=NAME)"
      return
    }
    tumorColumn = tumor
    // `N` and `BLOOD` tell a normal from the tumor beside it; alone they may be part of any name.
    let upper = header.cells[tumor].uppercased()
    isOfNormal =
      facts.normals.contains(header.cells[tumor])
      || Self.role(upper) == .normal && (upper.contains("NORMAL") || upper.contains("GERMLINE"))
    if normalColumn == nil, columns.count == 2 { normalColumn = columns.first { $0 != tumor } }
    // VarScan, Strelka and others call every tumor TUMOR; that is its role and no identifier.
    let name = header.cells[tumor]
    sampleID = Self.roles.contains(name.uppercased()) ? "" : name
  }

  private static let roles: Set<String> = ["TUMOR", "TUMOUR", "T", "NORMAL", "N", "SAMPLE", "PRIMARY", "UNKNOWN"]

  /// By the header's word, by name, by not being the normal, or as the only column.
  private static func tumor(_ columns: [Int], _ cells: [String], _ facts: Facts) -> Int? {
    let stated = columns.filter { facts.tumors.contains(cells[$0]) }
    if stated.count == 1 { return stated[0] }
    if columns.count == 1 { return columns[0] }
    let normals = columns.filter { facts.normals.contains(cells[$0]) }
    let named = columns.filter { role(cells[$0]) == .tumor && !normals.contains($0) }
    if named.count == 1 { return named[0] }
    let others = columns.filter { !normals.contains($0) && role(cells[$0]) != .normal }
    return others.count == 1 ? others[0] : nil
  }

  private enum Role { case tumor, normal, unknown }

  /// The role that a name tells: `HCC1395_TUMOR_DNA`, `P01-N`, `TCGA-..-01A`.
  private static func role(_ name: String) -> Role {
    var isTumor = false
    var isNormal = false
    let words = name.uppercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber })
    for word in words {
      if ["TUMOR", "TUMOUR", "T", "SOMATIC", "CANCER", "METASTASIS"].contains(word) { isTumor = true }
      if ["NORMAL", "N", "GERMLINE", "BLOOD", "CONTROL", "PBMC"].contains(word) { isNormal = true }
    }
    if words.first == "TCGA", words.count > 3, let code = Int(words[3].prefix(2)) {
      if code < 10 { isTumor = true } else { isNormal = true }
    }
    return isTumor == isNormal ? .unknown : isTumor ? .tumor : .normal
  }

  /// What the lines above the columns say.
  private struct Facts {
    var tumors: Set<String> = []
    var normals: Set<String> = []
    var layouts: [AnnotationLayout.Tool: AnnotationLayout] = [:]
    var statementTags: [(tag: [UInt8], key: String)] = []
    var frequencyTags: [[UInt8]] = []
    var foreign = ""
    /// Whether a key speaks of rearrangements, the caller makes nothing else, and the first record is one.
    var isStructural = false, isOfBreakCaller = false, beginsWithBreak = false
    var builds: Set<GenomeBuild> = []
    var ofBatch = BatchFacts()
    /// Whether columns hold copies of stretches, and whether they hold reads of changes.
    var givesCopies = false, givesReads = false, givesSmallChanges = false
    /// Whether a key names genes (Ion Torrent), partners of fusions (nf-core/rnafusion), reads of a fusion (Ion Torrent).
    var namesGenes = false, namesPartners = false, countsReads = false
    var namesFunctions = false

    mutating func note(_ line: String) {
      noteBuild(line)
      if line.hasPrefix("##tumor_sample=") {
        tumors.insert(String(line.dropFirst(15)))
      } else if line.hasPrefix("##normal_sample=") {
        normals.insert(String(line.dropFirst(16)))
      } else if line.hasPrefix("##INFO=<ID=") {
        info(line)
      } else if line.hasPrefix("##FORMAT=<ID=") {
        noteKey(line.dropFirst(13).prefix { $0 != "," })
      } else if line.hasPrefix("##OverallPloidy=") {
        ofBatch.ploidy = BatchFacts.number(String(line.dropFirst(16)))
      } else if line.hasPrefix("##EstimatedTumorPurity=") {
        ofBatch.purity = BatchFacts.number(String(line.dropFirst(23)))
      } else if line.hasPrefix("##ALT=<ID=BND") || line.hasPrefix("##source=GenerateSVCandidates")
        || line.hasPrefix("##source=LUMPY")
      {
        isStructural = true
      }
      if line.hasPrefix("##source=") {
        let name = line.dropFirst(9).lowercased()
        if Self.breakCallers.contains(where: { name.hasPrefix($0) }) {
          isStructural = true
          isOfBreakCaller = true
        }
      }
    }

    private static let breakCallers = [
      "generatesvcandidates", "lumpy", "delly", "gridss", "svaba", "smoove", "sniffles",
    ]

    private mutating func noteKey(_ key: Substring) {
      switch key {
      case "CN", "TCN", "FC": givesCopies = true
      case "AD", "AO", "AF", "TIR", "AU", "FREQ", "VAF":
        givesReads = true
        givesSmallChanges = true
      case "PR", "SR", "DV", "RV", "SU": givesReads = true
      default: break
      }
    }

    /// What the first record says where the header names none of its keys.
    mutating func noteFirst(_ cells: [String]) {
      guard cells.count > 7 else { return }
      if cells.count > 8 { for key in cells[8].split(separator: ":") { noteKey(key) } }
      if cells[7].contains("SVTYPE=CNV") { givesCopies = true }
      if cells[7].contains("GENEA=") { namesPartners = true }
      // A small change in front of stretches.
      if cells[4].allSatisfy(\.isLetter) { givesReads = true } else { beginsWithBreak = true }
    }

    /// What `##reference`, the assembly of `##contig` or the lengths of chromosomes say.
    private mutating func noteBuild(_ line: String) {
      if line.hasPrefix("##reference=") || line.hasPrefix("##assembly=") {
        let name = line.drop { $0 != "=" }.split(whereSeparator: { "/\\".contains($0) }).last ?? ""
        if let build = GenomeBuild(name) ?? GenomeBuild(line) { builds.insert(build) }
      } else if line.hasPrefix("##contig=") {
        let fields = line.split(whereSeparator: { "<>,".contains($0) })
        if let assembly = fields.first(where: { $0.hasPrefix("assembly=") }),
          let build = GenomeBuild(assembly.dropFirst(9))
        {
          builds.insert(build)
        }
        let length = fields.first { $0.hasPrefix("length=") }.flatMap { Int($0.dropFirst(7)) }
        if let build = length.flatMap({ GenomeBuild(chromosomeLength: $0) }) { builds.insert(build) }
      }
    }

    private mutating func info(_ line: String) {
      if line.contains("|"), let layout = AnnotationLayout(line) {
        if layouts[layout.tool] == nil { layouts[layout.tool] = layout }
        return
      }
      let id = line.dropFirst(11).prefix { $0 != "," }
      switch id {
      case "EFF": foreign = "carries the old EFF field of SnpEff (run snpEff ann again without -classic)"
      case "FUNCOTATION":
        foreign = "is annotated by Funcotator without its fields being named (give its MAF, or annotate with VEP)"
      case "BCSQ": foreign = "is annotated by bcftools csq without its fields being named (annotate with VEP or SnpEff)"
      case "AAChange.refGene", "AAChange.ensGene", "AAChange.refGeneWithVer":
        foreign = "is annotated by ANNOVAR (give the multianno.txt that was written beside it)"
      case "SVTYPE", "SVLEN", "MATEID": isStructural = true
      case "FUNC":
        namesGenes = true
        namesFunctions = true
      case "RAW_CN": namesGenes = true
      case "CN": givesCopies = true
      case "GENEA": namesPartners = true
      case "READ_COUNT": countsReads = true
      default:
        if ["gnomad_af", "gnomade_af", "gnomadg_af"].contains(id.lowercased()) { frequencyTags.append(Array(id.utf8)) }
        let key = InputHeader.key(String(id))
        if SideColumns.isStatement(key) { statementTags.append((Array(id.utf8), key)) }
      }
    }
  }
}
