// SPDX-License-Identifier: Apache-2.0
package import DelimitedText
internal import InputFormats
internal import SystemIO

/// The part of a cohort that one machine does.
///
/// A sample falls to the shard `hash(key) % N + 1`, where `hash` is XXH64 with seed 0 of the key's UTF-8 bytes and the key
/// is the sample's identifier; of a TCGA barcode it is the first 12 characters, the patient, since barcodes of different
/// length may name one tumor; of a sample with a date in the sheet it is the patient's identifier, so that the samples of
/// a patient's course are in one shard. Neither other samples nor the machine play a part, so a sample stays where it is
/// when the cohort grows.
package struct CohortPart: Sendable {
  private enum Kind {
    case shard(Int, of: Int)
    case list(Set<String>, keys: Set<String>, digest: String)
  }

  private let kind: Kind
  /// The patients of samples with a date.
  private var patients: [String: String] = [:]

  /// Shard `number` of `count`, counted from 1; `nil` when there is no such shard.
  package init?(shard number: Int, of count: Int) {
    guard count >= 1, number >= 1, number <= count else { return nil }
    kind = .shard(number, of: count)
  }

  /// The shard that a text such as `2/7` names; `nil` when it names none.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int(parts[0]), let count = Int(parts[1]) else { return nil }
    self.init(shard: number, of: count)
  }

  /// The samples that a file lists, one identifier a line; `#` begins a comment line, gzip is unpacked.
  package init(list path: String) throws(InputError) {
    let bytes = try SideFile.text(path)
    var ids: Set<String> = []
    for written in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      // As in a sheet, blanks at the ends of a name are none of it.
      var line = written
      while line.first == 0x20 { line.removeFirst() }
      while line.last == 0x20 { line.removeLast() }
      if line.first == UInt8(ascii: "#") { continue }
      if let tab = line.firstIndex(of: 0x09) {
        throw InputError(
          path: path, line: bytes[..<tab].count { $0 == 0x0A } + 1, value: String(decoding: line, as: UTF8.self),
          problem: "has several columns (one sample identifier per line is expected)")
      }
      let id = String(decoding: line, as: UTF8.self)
      if !id.isEmpty { ids.insert(id) }
    }
    guard !ids.isEmpty else {
      throw InputError(path: path, problem: "lists no sample (one identifier per line is expected)")
    }
    let text = ids.sorted().joined(separator: "\n")
    kind = .list(ids, keys: Set(ids.map(Self.key)), digest: XXH64.hex(Array(text.utf8).span))
  }

  /// The same part, where samples of one patient that have dates stay together.
  func together(by sheet: SampleSheet?) -> CohortPart {
    guard case .shard = kind, let sheet else { return self }
    var part = self
    for entry in sheet.entries where !entry.sampleID.isEmpty && !entry.patientID.isEmpty {
      // The key of a barcode is its patient already, however long the barcode is.
      let isDated = ["sample_date", "sample_order"].contains { entry.values[$0] != nil } || !entry.events.isEmpty
      guard isDated, !TCGABarcode.isStart(entry.sampleID) else { continue }
      part.patients[entry.sampleID] = entry.patientID
      part.patients[SampleName.printable(entry.sampleID)] = entry.patientID
    }
    return part
  }

  /// `2/7`, or `list` and a digest; what run.json calls the part.
  package var name: String {
    switch kind {
    case .shard(let number, let count): "\(number)/\(count)"
    case .list(_, _, let digest): "list xxh64:" + digest
    }
  }

  /// The identifiers listed; `nil` for a shard.
  var listed: Set<String>? {
    if case .list(let ids, _, _) = kind { return ids }
    return nil
  }

  /// What of an identifier decides where its sample goes.
  static func key(_ sampleID: String) -> String {
    guard let barcode = TCGABarcode(sampleID), barcode.namesPatient else { return sampleID }
    return barcode.patient
  }

  /// The shard a sample falls to, counted from 1.
  package static func shard(of sampleID: String, count: Int) -> Int {
    Int(XXH64.hash(Array(key(sampleID).utf8).span) % UInt64(max(1, count))) + 1
  }

  /// Whether rows under an identifier may belong to a sample of this part.
  func mayHold(_ sampleID: String) -> Bool {
    switch kind {
    case .shard(let number, let count): Self.shard(of: patients[sampleID] ?? sampleID, count: count) == number
    case .list(_, let keys, _): keys.contains(Self.key(sampleID))
    }
  }

  /// Whether a finished sample is reported by this part.
  ///
  /// - Parameter isOwned: Whether it was found in a folder that no other shard reads.
  func reports(_ sampleID: String, isOwned: Bool) -> Bool {
    switch kind {
    case .shard: isOwned || mayHold(sampleID)
    case .list(let ids, _, _): ids.contains(sampleID)
    }
  }
}
