// SPDX-License-Identifier: Apache-2.0
internal import JSONText

/// Records of the Jackson Laboratory's knowledgebase as JSON, made a table: arrays, objects that hold them at any depth, or
/// one object a line.
enum JacksonRecords {
  /// The text of a table with one row for each record of evidence; `nil` where the bytes are no JSON.
  static func table(_ bytes: Span<UInt8>) -> [UInt8]? {
    guard let first = bytes.indices.first(where: { bytes[$0] > 0x20 }),
      bytes[first] == UInt8(ascii: "{") || bytes[first] == UInt8(ascii: "[")
    else { return nil }
    var records: [JSONValue] = []
    if let whole = try? JSONValue(bytes) {
      collect(whole, &records)
    } else {
      var start = 0
      for index in 0...bytes.count where index == bytes.count || bytes[index] == 0x0A {
        if index > start, let value = try? JSONValue(bytes.extracting(start..<index)) { collect(value, &records) }
        start = index + 1
      }
    }
    var text = JacksonEvidence.columns.map(\.name).joined(separator: "\t") + "\n"
    for record in records { text += row(record).joined(separator: "\t") + "\n" }
    return Array(text.utf8)
  }

  /// Finds objects with a profile, a therapy and a response.
  private static func collect(_ value: JSONValue, _ found: inout [JSONValue]) {
    switch value {
    case .object(let members):
      if members["responseType"] != nil, members["molecularProfile"] != nil, members["therapy"] != nil {
        found.append(value)
      } else {
        for key in members.keys.sorted() { if let inner = members[key] { collect(inner, &found) } }
      }
    case .array(let elements): for element in elements { collect(element, &found) }
    case .string, .integer, .number, .bool, .null: break
    }
  }

  private static func row(_ record: JSONValue) -> [String] {
    let tumor = record["indication"] ?? record["indications"]
    let papers = (record["references"]?.elements ?? []).map { words($0["pubMedId"]) }.filter { !$0.isEmpty }
    let isDisease = words(tumor?["source"]).uppercased() == "DOID"
    return [
      words(record["molecularProfile"]?["profileName"]), words(tumor?["name"]), words(record["responseType"]),
      words(record["therapy"]?["therapyName"]), words(record["approvalStatus"]), words(record["evidenceType"]),
      words(record["efficacyEvidence"]), papers.joined(separator: " "), words(record["id"]),
      isDisease ? words(tumor?["id"]).replacing("DOID:", with: "") : "",
    ]
  }

  /// A text or number without what would divide rows or cells.
  private static func words(_ value: JSONValue?) -> String {
    let text = value?.text ?? value?.integer.map(String.init) ?? ""
    return String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
  }
}
