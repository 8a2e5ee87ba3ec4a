// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// What a lab says of its samples: a TSV, or a CSV, with one row a sample (guide: Runs, Finding samples).
package struct SampleSheet: Sendable {
  /// One sample's row, cells trimmed, missing ones empty.
  package struct Entry: Sendable {
    /// The sample's identifier.
    package var sampleID = ""
    /// The patient's identifier.
    package var patientID = ""
    /// The tumor type as written; the most specific of the columns that hold one.
    package var tumorType = ""
    /// The column the tumor type came from.
    package var tumorTypeColumn = ""
    /// Further texts to try when the first cannot be mapped.
    package var otherTumorTypes: [String] = []
    /// Where the tumor arose, as written.
    package var site = ""
    /// Other cells by canonical column name: `purity`, `ploidy`, `tmb`, `msi`, ...
    package var values = SheetValues()
    /// Where the row stands, counted from 1.
    package var line = 0
    /// Where other rows of the sample stand that it was joined with.
    package var moreLines: [Int] = []
    /// The file.
    package var path = ""
    /// The file and line.
    package var place: String { "\(path):\(line)" }
    /// What other rows say of the sample that this one says otherwise.
    package var rivals: [Rival] = []
    /// What timelines say of the patient.
    package var events: [TimelineEvent] = []

    /// An entry that says nothing yet.
    package init() {}

    /// Takes up what another row says and this one leaves open.
    ///
    /// - Parameter isSameSample: Whether the other row is of this very sample; what is known of a patient alone may
    ///   differ between samples.
    mutating func fill(from other: Entry, isSameSample: Bool = false) {
      if isSameSample { noteRivals(other) }
      // What rows of the patient say otherwise concerns the sample as far as its own row leaves it open.
      if other.sampleID.isEmpty { rivals += other.rivals.filter { leavesOpen($0.column, isTumorType: $0.isTumorType) } }
      if patientID.isEmpty { patientID = other.patientID }
      if tumorType.isEmpty {
        tumorType = other.tumorType
        tumorTypeColumn = other.tumorTypeColumn
      } else if !other.tumorType.isEmpty {
        otherTumorTypes.append(other.tumorType)
      }
      otherTumorTypes += other.otherTumorTypes
      if site.isEmpty { site = other.site }
      values.fill(from: other.values)
      if !other.events.isEmpty { events += other.events.filter { !events.contains($0) } }
    }
  }

  /// Two cells of one sample in two rows that are not the same.
  package struct Rival: Sendable {
    /// The name of the column.
    package let column: String
    /// The cell of the first row, and where it stands.
    package let own: String, ownPlace: String
    /// The cell of the other row, and where it stands.
    package let other: String, otherPlace: String
    /// Whether it is a tumor type, of which two names may mean one thing.
    package let isTumorType: Bool
    /// Whether both cells stand under one name.
    package let isSameColumn: Bool
  }

  /// The rows in file order.
  package let entries: [Entry]
  private let bySample: RowPlaces
  private let byPatient: RowPlaces
  /// Rows of TCGA barcodes by their first 12 characters.
  private let byBarcode: RowPlaces

  init(entries: [Entry]) {
    self.entries = entries
    var samples = RowPlaces()
    var patients = RowPlaces()
    var barcodes = RowPlaces()
    for (index, entry) in entries.enumerated() {
      if let barcode = TCGABarcode(entry.sampleID) { barcodes.add(barcode.patient, index) }
      if !entry.sampleID.isEmpty { samples.add(entry.sampleID, index) }
      if !entry.patientID.isEmpty { patients.add(entry.patientID, index) }
    }
    bySample = samples
    byPatient = patients
    byBarcode = barcodes
  }

  /// Several sheets as one: the first that says something of a sample is believed, later ones fill what it leaves open.
  ///
  /// A sheet of patients, without samples, fills the rows of each patient's samples. `nil` when there is no sheet.
  package static func merged(_ stated: [SampleSheet]) -> SampleSheet? {
    guard let one = stated.first else { return nil }
    let sheets = withJoinedPatients(stated)
    let first = sheets.first ?? one
    var entries = first.entries
    for sheet in sheets.dropFirst() {
      var places = RowPlaces()
      var patients = RowPlaces()
      for (index, entry) in entries.enumerated() {
        if !entry.sampleID.isEmpty { places.add(entry.sampleID, index) }
        if !entry.patientID.isEmpty { patients.add(entry.patientID, index) }
      }
      for entry in sheet.entries {
        let own = entry.sampleID.isEmpty ? patients[entry.patientID] : places[entry.sampleID]
        for index in own { entries[index].fill(from: entry, isSameSample: !entry.sampleID.isEmpty) }
        if own.isEmpty { entries.append(entry) }
      }
    }
    // What is known of a patient alone is known of each of the patient's samples.
    let patients = entries.filter { $0.sampleID.isEmpty && !$0.patientID.isEmpty }
    if sheets.count == 1, patients.isEmpty { return first }
    var samples = RowPlaces()
    for (index, entry) in entries.enumerated() where !entry.sampleID.isEmpty && !entry.patientID.isEmpty {
      samples.add(entry.patientID, index)
    }
    for patient in patients {
      for index in samples[patient.patientID] { entries[index].fill(from: patient) }
    }
    return SampleSheet(entries: entries)
  }

  /// The sheets with one row for each patient in place of several rows of patients: the first, with what the others say.
  private static func withJoinedPatients(_ sheets: [SampleSheet]) -> [SampleSheet] {
    func isOfPatient(_ entry: Entry) -> Bool { entry.sampleID.isEmpty && !entry.patientID.isEmpty }
    var rows: [String: Entry] = [:]
    var hasSeveral = false
    for entry in sheets.lazy.flatMap(\.entries) where isOfPatient(entry) {
      if rows[entry.patientID]?.fill(from: entry, isSameSample: true) == nil {
        rows[entry.patientID] = entry
      } else {
        hasSeveral = true
      }
    }
    guard hasSeveral else { return sheets }
    return sheets.map { sheet in
      SampleSheet(
        entries: sheet.entries.compactMap { isOfPatient($0) ? rows.removeValue(forKey: $0.patientID) : $0 })
    }
  }

  /// The rows that may speak of some samples, and those of the patients whom these rows or other sheets name; in file
  /// order.
  ///
  /// A folder's own sheet is joined to these rows alone: joined to those of a whole cohort, folder by folder, time would
  /// grow with the square of the cohort.
  package func part(about ids: Set<String>, and sheets: [SampleSheet]) -> SampleSheet {
    let others = sheets.flatMap(\.entries)
    var rows: Set<Int> = []
    for id in ids.union(others.map(\.sampleID)) {
      rows.formUnion(bySample[id])
      guard let patient = TCGABarcode(id)?.patient else { continue }
      rows.formUnion(byBarcode[patient])
      rows.formUnion(byPatient[patient])
    }
    for patient in Set(others.map(\.patientID)).union(rows.map { entries[$0].patientID }) where !patient.isEmpty {
      rows.formUnion(byPatient[patient])
    }
    return SampleSheet(entries: rows.sorted().map { entries[$0] })
  }

  /// The row of a sample.
  ///
  /// A TCGA barcode also finds the row of the same sample written shorter or longer.
  package func entry(for sampleID: String) -> Entry? {
    if let index = bySample.first(sampleID) { return entries[index] }
    guard let barcode = TCGABarcode(sampleID) else { return nil }
    if let index = barcode.shorter.lazy.compactMap(bySample.first).first { return entries[index] }
    if sampleID.utf8.count <= 16,
      let index = byBarcode[barcode.patient].first(where: { entries[$0].sampleID.hasPrefix(sampleID) })
    {
      return entries[index]
    }
    let rows = byPatient[barcode.patient]
    return (rows.first { entries[$0].sampleID.isEmpty } ?? rows.first).map { entries[$0] }
  }

  // MARK: Reading

  private static let idColumns = [
    "sample_id", "tumor_sample_barcode", "sampleid", "sample", "sample_barcode", "tumor_sample_id",
    "kids_first_biospecimen_id", "biospecimen_id", "specimen_id", "modelid", "model_id", "depmap_id",
    "tumor_id", "aliquot_id", "sample_name",
  ]
  private static let tumorTypeColumns = [
    "oncotree_code", "tumor_type", "cancer_type_detailed", "cdr_histological_type", "histological_type",
    "primary_pathology_histological_type", "oncotree", "cancer_type", "tumor_type_code", "diagnosis",
    "oncotreecode",
  ]
  private static let siteColumns = ["site", "tumor_tissue_site", "primary_site", "anatomic_site"]
  private static let patientColumns = [
    "bcr_patient_barcode", "tumor_sample_barcode_min", "patient_id", "patient",
  ]
  private static let valueColumns: [String: String] = [
    "purity": "purity", "tumor_purity": "purity", "ploidy": "ploidy", "assay": "assay", "panel": "panel",
    "gene_panel": "panel", "tmb": "tmb", "tmb_nonsynonymous": "tmb", "msi": "msi", "msi_type": "msi",
    "msi_status": "msi", "mmr": "mmr", "prior_therapy": "prior_therapy", "age": "age", "sex": "sex", "gender": "sex",
    "line": "line",
    "files": "files", "vaf_limit": "vaf_limit", "lod": "vaf_limit", "her2": "her2", "er": "er", "pr": "pr",
    "pd_l1": "pd_l1", "pdl1": "pd_l1", "pd_l1_tps": "pd_l1_tps", "pdl1_tps": "pd_l1_tps", "tps": "pd_l1_tps",
    "pd_l1_cps": "pd_l1_cps", "pdl1_cps": "pd_l1_cps", "cps": "pd_l1_cps", "her2_fish": "her2_fish",
    "her2_ish": "her2_fish", "her2_ihc": "her2_ihc", "her2_status": "her2", "er_status": "er",
    "pr_status": "pr", "hrd_status": "hrd", "tls": "tls",
    "tmb_score": "tmb", "tmb_value": "tmb", "tumor_mutational_burden": "tmb", "tmb_per_mb": "tmb", "tmb_mut_mb": "tmb",
    "mutational_burden": "tmb", "tmb_status": "tmb_status", "tmb_class": "tmb_status", "msi_class": "msi",
    "microsatellite_status": "msi", "microsatellite_instability": "msi", "msi_result": "msi",
    "msi_score": "msi_score", "msisensor_score": "msi_score", "msi_sensor_score": "msi_score",
    "msi_score_mantis": "mantis_score", "mantis_score": "mantis_score", "mmr_status": "mmr", "dmmr": "mmr",
    "ebv": "ebv", "ebv_status": "ebv", "hpv": "hpv", "hpv_status": "hpv", "mcpyv": "mcpyv", "mcpyv_status": "mcpyv",
    "wgd": "wgd", "whole_genome_doubling": "wgd", "genome_doubling": "wgd", "genome_doubled": "wgd",
    "genome_build": "genome_build", "ncbi_build": "genome_build", "reference_genome": "genome_build",
    "grade": "grade", "who_grade": "grade", "cns_who_grade": "grade", "tumor_grade": "grade",
    "histologic_grade": "grade", "histological_grade": "grade", "neoplasm_histologic_grade": "grade",
    "sample_type": "sample_type", "tissue_type": "sample_type",
    "sample_class": "sample_type", "hrd": "hrd", "origin": "origin",
    "assay_mb": "assay_mb", "panel_mb": "assay_mb", "assay_megabases": "assay_mb", "assay_size_mb": "assay_mb",
    "disease_code": "disease_code", "acronym": "acronym",
    "sample_date": "sample_date", "collection_date": "sample_date", "sample_collection_date": "sample_date",
    "biopsy_date": "sample_date", "date_of_biopsy": "sample_date", "specimen_date": "sample_date",
    "date_of_collection": "sample_date", "sample_order": "sample_order",
  ]

  /// What the columns of a header hold, by their names in lower case with `_` in the place of blanks, brackets and other
  /// signs: `TMB (nonsynonymous)`, `PD-L1 TPS (%)`.
  private static func keys(_ header: [String]) -> [String] {
    header.map { name in
      name.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "_")
    }
  }

  /// Words of a column's name that say nothing of what it holds.
  private static let idleWords: Set<Substring> = ["status", "score", "result", "value", "class", "call", "by", "cvr"]

  /// What each column holds; `nil` for one that nothing is known of.
  ///
  /// `ER_STATUS_BY_IHC` and `IHC_HER2` are read as `er` and `her2_ihc` where no other column has that name.
  private static func values(_ header: [String]) -> [String?] {
    let keys = keys(header)
    let exact = keys.map { valueColumns[$0] }
    let ofGenes = header.map(GeneResultColumns.name)
    let isMatrix = ofGenes.count { $0 != nil } > GeneResultColumns.most
    return keys.indices.map { place in
      let key = keys[place]
      if let known = exact[place] { return known }
      if !isMatrix, let gene = ofGenes[place] { return gene }
      let words = key.split(separator: "_").filter { !idleWords.contains($0) }
      let ways = [words, words.reversed(), words.filter { $0 != "ihc" }]
      let found = ways.lazy.compactMap { valueColumns[$0.joined(separator: "_")] }.first
      // A score of a receptor may be one of several kinds, none of them a share of cells.
      let isScore = ["er", "pr"].contains(found) && key.contains("score")
      return found.flatMap { isScore || vagueColumns.contains($0) || exact.contains($0) ? nil : $0 }
    }
  }

  /// Columns of tables of mutations as portals' pages export them.
  private static let changeColumns: Set<String> = ["protein_change", "mutation_type", "functional_impact"]

  /// What other tables have beside a sample too.
  private static let vagueColumns: Set<String> = [
    "line", "files", "assay", "origin", "sample_date", "sample_order", "sex",
  ]

  /// Whether a header is a sheet's: an identifier and something about the tumor.
  static func recognizes(_ header: InputHeader) -> Bool {
    let keys = keys(header.cells)
    let names = Set(keys)
    // A table of changes by position has no gene.
    if PlaceColumns(header).hasNotation { return false }
    guard !names.contains("hugo_symbol"), changeColumns.isDisjoint(with: names) || names.contains("sample") else {
      return false
    }
    // Results by gene, one column each, are no sheet unless it is named as one.
    let isPlain = idColumns.contains { id in header.cells.contains { $0.lowercased() == id } }
    guard isPlain || !header.cells.contains(where: { CodingGeneNames.contains(Array($0.utf8).span) }) else {
      return false
    }
    if TimelineReader.recognizes(header.cells.map { $0.lowercased() }) { return true }
    // A sheet of patients names no sample.
    if names.contains("patient_id"), !idColumns.contains(where: names.contains) { return true }
    guard idColumns.contains(where: names.contains) else { return false }
    return tumorTypeColumns.contains(where: names.contains) || siteColumns.contains(where: names.contains)
      || patientColumns.contains(where: names.contains) || names.contains("purity") || names.contains("tumor_purity")
      || names.contains("fab_classification") || GeneResultColumns.areAllResults(header.cells, beside: idColumns)
      || header.column("gene", "gene_symbol", "symbol", "chromosome", "chrom", "chr", "start", "fusion", "value") == nil
        && values(header.cells).contains { $0.map { !vagueColumns.contains($0) } ?? false }
  }

  /// Reads a sheet's rows.
  ///
  /// The header has been found; `lines` walks on behind it.
  static func read(
    header opened: InputHeader, text: Span<UInt8>, walker: inout LineWalker, path: String,
    rejected: inout [InputError]
  ) -> SampleSheet {
    let header = opened.cells
    let names = keys(header)
    if TimelineReader.recognizes(header.map { $0.lowercased() }) {
      return TimelineReader.read(header: opened, text: text, walker: &walker, path: path, rejected: &rejected)
    }
    func position(_ wanted: [String]) -> Int? { wanted.lazy.compactMap { names.firstIndex(of: $0) }.first }
    let idColumn = position(idColumns)
    let patientColumn = position(patientColumns).flatMap { $0 == idColumn ? nil : $0 }
    let typeColumns = tumorTypeColumns.compactMap { names.firstIndex(of: $0) }
    let siteColumn = position(siteColumns)
    let values = SheetValues.Columns(values(header))
    var fields = RowFields(separator: opened.separator)
    var entries: [Entry] = []
    while let line = walker.next(in: text) {
      if line.isEmpty || text[line.lowerBound] == UInt8(ascii: "#") { continue }
      fields.split(line, text)
      let cells = (0..<fields.count).map { fields.string($0, text) }
      if cells.allSatisfy(\.isEmpty) { continue }
      func cell(_ column: Int?) -> String { column.map { $0 < cells.count ? cells[$0] : "" } ?? "" }
      var entry = Entry()
      entry.sampleID = cell(idColumn)
      entry.line = walker.lineNumber
      entry.path = path
      entry.patientID = cell(patientColumn)
      if entry.sampleID.isEmpty, idColumn != nil || entry.patientID.isEmpty {
        rejected.append(
          InputError(
            path: path, line: walker.lineNumber, column: header[idColumn ?? patientColumn ?? 0],
            problem: "is empty (a row needs its sample's identifier)"))
        continue
      }
      for column in typeColumns where !cell(column).isEmpty {
        if entry.tumorType.isEmpty {
          entry.tumorType = cell(column)
          entry.tumorTypeColumn = header[column]
        } else {
          entry.otherTumorTypes.append(cell(column))
        }
      }
      entry.site = cell(siteColumn)
      entry.values = values.read(cells)
      entries.append(entry)
    }
    settleNumbers(&entries)
    return SampleSheet(entries: joined(entries))
  }

  /// Rows of one sample as one row.
  private static func joined(_ entries: [Entry]) -> [Entry] {
    var places: [String: Int] = [:]
    var kept: [Entry] = []
    kept.reserveCapacity(entries.count)
    for entry in entries {
      if !entry.sampleID.isEmpty, let place = places[entry.sampleID] {
        kept[place].fill(from: entry, isSameSample: true)
        kept[place].moreLines.append(entry.line)
        continue
      }
      if !entry.sampleID.isEmpty { places[entry.sampleID] = kept.count }
      kept.append(entry)
    }
    return kept
  }

  /// Columns of numbers, in which other cells may tell whether a comma divides decimals.
  private static let numbers = ["tmb", "purity", "ploidy", "vaf_limit", "hrd", "assay_mb"]

  private static func settleNumbers(_ entries: inout [Entry]) {
    for name in numbers {
      let cells = entries.compactMap { $0.values[name] }
      guard cells.contains(where: { WrittenNumber($0) == .unclear }),
        let convention = WrittenNumber.convention(of: cells)
      else { continue }
      for index in entries.indices {
        guard let cell = entries[index].values[name], WrittenNumber(cell) == .unclear,
          let number = WrittenNumber(cell, convention: convention).value
        else { continue }
        entries[index].values.set(name, String(number))
      }
    }
  }
}

extension SampleSheet.Entry {
  /// Cells of which one sample has one; other columns may list several things in several rows.
  private static let single = [
    "purity", "ploidy", "tmb", "msi", "mmr", "hrd", "her2", "her2_ihc", "er", "pr", "pd_l1", "pd_l1_tps",
    "pd_l1_cps", "tls", "origin", "genome_build", "age", "sex",
  ]

  /// Whether nothing is said in a column.
  fileprivate func leavesOpen(_ column: String, isTumorType: Bool) -> Bool {
    if isTumorType { return tumorType.isEmpty }
    return column == "site" ? site.isEmpty : values[column] == nil
  }

  /// Notes what another row of the sample says otherwise.
  fileprivate mutating func noteRivals(_ other: SampleSheet.Entry) {
    func note(_ column: String, _ own: String, _ theirs: String, isTumorType: Bool = false, isSameColumn: Bool = true) {
      guard !own.isEmpty, !theirs.isEmpty, own.lowercased() != theirs.lowercased() else { return }
      if column == "genome_build", let build = GenomeBuild(own), build == GenomeBuild(theirs) { return }
      if column == "sex", let sex = Sex(written: own), sex == Sex(written: theirs) { return }
      if let one = WrittenNumber(own).value, let two = WrittenNumber(theirs).value {
        // An age in whole years is that of a year.
        if column == "age" ? abs(one - two) < 1 : one == two { return }
      }
      rivals.append(
        SampleSheet.Rival(
          column: column, own: own, ownPlace: place, other: theirs, otherPlace: other.place, isTumorType: isTumorType,
          isSameColumn: isSameColumn))
    }
    note(
      tumorTypeColumn, tumorType, other.tumorType, isTumorType: true,
      isSameColumn: tumorTypeColumn.lowercased() == other.tumorTypeColumn.lowercased())
    note("site", site, other.site)
    note("patient_id", patientID, other.patientID)
    for name in Self.single { note(name, values[name] ?? "", other.values[name] ?? "") }
  }
}
