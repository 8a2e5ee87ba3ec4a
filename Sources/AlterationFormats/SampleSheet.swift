internal import DelimitedText

/// What a lab says of its samples: a TSV, or a CSV, with one row a sample (CONTRACT, "Finding samples").
public struct SampleSheet: Sendable {
  /// One sample's row, cells trimmed, missing ones empty.
  public struct Entry: Sendable, Hashable {
    /// The sample's identifier.
    public var sampleID = ""
    /// The patient's identifier.
    public var patientID = ""
    /// The tumor type as written; the most specific of the columns that hold one.
    public var tumorType = ""
    /// The column the tumor type came from.
    public var tumorTypeColumn = ""
    /// Further texts to try when the first cannot be mapped.
    public var otherTumorTypes: [String] = []
    /// Where the tumor arose, as written.
    public var site = ""
    /// Other cells by canonical column name: `purity`, `ploidy`, `tmb`, `msi`, ...
    public var values: [String: String] = [:]
    /// Measurements of the sheet by column as written, for biomarkers.
    public var line = 0

    /// An entry that says nothing yet.
    public init() {}

    /// Takes up what another row says and this one leaves open.
    mutating func fill(from other: Entry) {
      if patientID.isEmpty { patientID = other.patientID }
      if tumorType.isEmpty {
        tumorType = other.tumorType
        tumorTypeColumn = other.tumorTypeColumn
      } else if !other.tumorType.isEmpty {
        otherTumorTypes.append(other.tumorType)
      }
      otherTumorTypes += other.otherTumorTypes
      if site.isEmpty { site = other.site }
      values.merge(other.values) { own, _ in own }
    }
  }

  /// The rows in file order.
  public let entries: [Entry]
  /// Where a sample's row is.
  private let bySample: [String: Int]
  private let byPatient: [String: [Int]]
  /// Rows of TCGA barcodes by their first 12 characters.
  private let byBarcode: [String: [Int]]

  init(entries: [Entry]) {
    self.entries = entries
    var samples: [String: Int] = [:]
    var patients: [String: [Int]] = [:]
    var barcodes: [String: [Int]] = [:]
    for (index, entry) in entries.enumerated() {
      if entry.sampleID.hasPrefix("TCGA-") { barcodes[String(entry.sampleID.prefix(12)), default: []].append(index) }
      if !entry.sampleID.isEmpty, samples[entry.sampleID] == nil { samples[entry.sampleID] = index }
      if !entry.patientID.isEmpty { patients[entry.patientID, default: []].append(index) }
    }
    bySample = samples
    byPatient = patients
    byBarcode = barcodes
  }

  /// Several sheets as one: the first that says something of a sample is believed, later ones fill what it leaves open.
  ///
  /// A sheet of patients, without samples, fills the rows of each patient's samples. `nil` when there is no sheet.
  public static func merged(_ sheets: [SampleSheet]) -> SampleSheet? {
    guard var entries = sheets.first?.entries else { return nil }
    for sheet in sheets.dropFirst() {
      var places: [String: [Int]] = [:]
      var patients: [String: [Int]] = [:]
      for (index, entry) in entries.enumerated() {
        if !entry.sampleID.isEmpty { places[entry.sampleID, default: []].append(index) }
        if !entry.patientID.isEmpty { patients[entry.patientID, default: []].append(index) }
      }
      for entry in sheet.entries {
        let own = entry.sampleID.isEmpty ? patients[entry.patientID] : places[entry.sampleID]
        if let own, !own.isEmpty {
          for index in own { entries[index].fill(from: entry) }
        } else {
          entries.append(entry)
        }
      }
    }
    // What is known of a patient alone is known of each of the patient's samples.
    let patients = entries.filter { $0.sampleID.isEmpty && !$0.patientID.isEmpty }
    for patient in patients {
      for index in entries.indices where entries[index].patientID == patient.patientID {
        if !entries[index].sampleID.isEmpty { entries[index].fill(from: patient) }
      }
    }
    return SampleSheet(entries: entries)
  }

  /// The row of a sample.
  ///
  /// A TCGA barcode also finds the row of the same sample written shorter or longer.
  public func entry(for sampleID: String) -> Entry? {
    if let index = bySample[sampleID] { return entries[index] }
    guard sampleID.hasPrefix("TCGA-") else { return nil }
    for length in [16, 15, 12] where sampleID.utf8.count > length {
      if let index = bySample[String(sampleID.prefix(length))] { return entries[index] }
    }
    if sampleID.utf8.count <= 16, let tumors = byBarcode[String(sampleID.prefix(12))],
      let index = tumors.first(where: { entries[$0].sampleID.hasPrefix(sampleID) })
    {
      return entries[index]
    }
    if let rows = byPatient[String(sampleID.prefix(12))],
      let first = rows.first(where: { entries[$0].sampleID.isEmpty })
        ?? rows.first
    {
      return entries[first]
    }
    return nil
  }

  // MARK: Reading

  private static let idColumns = [
    "sample_id", "tumor_sample_barcode", "sampleid", "sample", "sample_barcode", "tumor_sample_id",
  ]
  private static let tumorTypeColumns = [
    "oncotree_code", "tumor_type", "cancer_type_detailed", "cdr_histological_type", "histological_type",
    "primary_pathology_histological_type", "oncotree", "cancer_type", "tumor_type_code", "diagnosis",
  ]
  private static let siteColumns = ["site", "tumor_tissue_site", "primary_site", "anatomic_site"]
  private static let patientColumns = [
    "bcr_patient_barcode", "tumor_sample_barcode_min", "patient_id", "patient",
  ]
  private static let valueColumns: [String: String] = [
    "purity": "purity", "tumor_purity": "purity", "ploidy": "ploidy", "assay": "assay", "panel": "panel",
    "gene_panel": "panel", "tmb": "tmb", "tmb_nonsynonymous": "tmb", "msi": "msi", "msi_type": "msi",
    "msi_status": "msi", "mmr": "mmr", "prior_therapy": "prior_therapy", "age": "age", "line": "line",
    "files": "files", "vaf_limit": "vaf_limit", "lod": "vaf_limit", "her2": "her2", "er": "er", "pr": "pr",
    "pd_l1": "pd_l1", "pdl1": "pd_l1", "tls": "tls",
    "hrd": "hrd", "origin": "origin", "disease_code": "disease_code", "acronym": "acronym",
  ]

  /// Whether a header is a sheet's: an identifier and something about the tumor.
  static func recognizes(_ header: InputHeader) -> Bool {
    let names = Set(header.cells.map { $0.lowercased() })
    guard !names.contains("hugo_symbol") else { return false }
    // A sheet of patients names no sample.
    if names.contains("patient_id"), !idColumns.contains(where: names.contains) { return true }
    guard idColumns.contains(where: names.contains) else { return false }
    return tumorTypeColumns.contains(where: names.contains) || siteColumns.contains(where: names.contains)
      || patientColumns.contains(where: names.contains) || names.contains("purity") || names.contains("tumor_purity")
      || names.contains("fab_classification")
  }

  /// Reads a sheet's rows.
  ///
  /// The header has been found; `lines` walks on behind it.
  static func read(
    header opened: InputHeader, text: Span<UInt8>, walker: inout LineWalker, path: String,
    rejected: inout [InputError]
  ) -> SampleSheet {
    let header = opened.cells
    let names = header.map { $0.lowercased() }
    func position(_ wanted: [String]) -> Int? { wanted.lazy.compactMap { names.firstIndex(of: $0) }.first }
    let idColumn = position(idColumns)
    let patientColumn = position(patientColumns).flatMap { $0 == idColumn ? nil : $0 }
    let typeColumns = tumorTypeColumns.compactMap { names.firstIndex(of: $0) }
    let siteColumn = position(siteColumns)
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
      for (column, name) in names.enumerated() {
        if let canonical = valueColumns[name], !cell(column).isEmpty, entry.values[canonical] == nil {
          entry.values[canonical] = cell(column)
        }
      }
      entries.append(entry)
    }
    return SampleSheet(entries: entries)
  }
}
