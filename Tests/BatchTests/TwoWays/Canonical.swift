// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A sample's reports with nothing left in them of the order and place of its alterations.
enum Canonical {
  /// A JSON report: alterations by their content, and what points to them with the content in place of the number.
  static func report(_ data: Data) throws -> [String] {
    var report = try object(data)
    let alterations = (report["alterations"] as? [[String: Any]] ?? []).map { alteration in
      var alteration = alteration
      alteration["flags"] = (alteration["flags"] as? [String])?.sorted()
      return text(alteration)
    }
    func content(_ number: Any?) -> String {
      guard let number = number as? Int, alterations.indices.contains(number) else { return "none" }
      return alterations[number]
    }
    report["alterations"] = alterations.sorted()
    report["matches"] = (report["matches"] as? [[String: Any]])?.map { match in
      match.merging(["alterations": (match["alterations"] as? [Any] ?? []).map(content)]) { $1 }
    }
    report["options"] = (report["options"] as? [[String: Any]])?.map { option in
      option.merging(["because": (option["because"] as? [Any] ?? []).map(content)]) { $1 }
    }
    for list in ["near_misses", "germline", "dose_safety"] {
      report[list] = (report[list] as? [[String: Any]])?.map { item in
        item.merging(["alteration": content(item["alteration"])]) { $1 }
      }
    }
    report["context"] = (report["context"] as? [[String: Any]])?.map { row in
      row.merging(["alterations": (row["alterations"] as? [Any] ?? []).map(content)]) { $1 }
    }
    return lines(report)
  }

  /// A bundle: resources by their content, and what points to them with the content in place of the address.
  static func bundle(_ data: Data) throws -> [String] {
    let bundle = try object(data)
    let entries = bundle["entry"] as? [[String: Any]] ?? []
    var contents: [String: String] = [:]
    for entry in entries {
      let content = text(entry["resource"] ?? "").replacing(#/urn:uuid:[0-9a-f-]+/#, with: "")
      contents[entry["fullUrl"] as? String ?? ""] = content
    }
    return entries.flatMap { entry -> [String] in
      guard var resource = entry["resource"] as? [String: Any] else { return ["no resource"] }
      for list in ["result", "derivedFrom"] {
        resource[list] = (resource[list] as? [[String: Any]])?
          .map { contents[$0["reference"] as? String ?? ""] ?? "nothing is there" }.sorted()
      }
      return lines(resource).map { $0.replacing(#/urn:uuid:[0-9a-f-]+/#, with: "an address") }
    }.sorted()
  }

  /// The alterations of a page: those of its tables, and what the list of genes that no rule speaks of says.
  static func page(_ html: String) -> (rows: [Row], list: String) {
    let parts = html.split(separator: "id=\"alterations\"").dropFirst()
    let section = parts.first?.split(separator: "</section>").first ?? ""
    let rows = section.matches(of: #/<tr id="a\d+">(.*?)<\/tr>/#.dotMatchesNewlines()).map { match in
      Row(
        cells: match.output.1.matches(of: #/<t[hd][^>]*>(.*?)<\/t[hd]>/#.dotMatchesNewlines()).map { cell in
          plain(String(cell.output.1).replacing(#/<(?:span|small).*?<\/(?:span|small)>/#, with: ""))
        })
    }
    let list = section.firstMatch(of: #/<p class="small">(.*?): no rule in the table\.<\/p>/#)
    return (rows, list.map { plain(String($0.output.1)) } ?? "")
  }

  /// A row of a page's table of alterations.
  struct Row: Hashable {
    let cells: [String]

    /// What the list of genes that no rule speaks of has in place of the row: numbers only where there is a caution.
    var inList: String {
      let measured = cells.count > 4 ? cells[4] : ""
      let cautions = measured.split(separator: ", ").filter { part in
        !part.hasPrefix("VAF ") && part != "somatic" && part != "germline"
      }
      return cells[0] + (cautions.isEmpty ? "" : " (\(measured))")
    }
  }

  /// The words of a list, whose order within an entry depends on the order of rows.
  static func words(_ list: String) -> [String] {
    list.replacing(" (", with: ", ").replacing(")", with: "").split(separator: ", ").map(String.init).sorted()
  }

  private static func plain(_ html: String) -> String {
    html.replacing(#/<[^>]*>/#, with: "").replacingOccurrences(of: "&gt;", with: ">")
      .replacingOccurrences(of: "&lt;", with: "<").replacingOccurrences(of: "&#39;", with: "'")
      .replacingOccurrences(of: "&amp;", with: "&")
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static func object(_ data: Data) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
  }

  private static func text(_ value: Any) -> String {
    let data = try? JSONSerialization.data(withJSONObject: value, options: [.sortedKeys, .fragmentsAllowed])
    return data.map { String(decoding: $0, as: UTF8.self) } ?? "no JSON"
  }

  private static func lines(_ object: [String: Any]) -> [String] {
    object.sorted { $0.key < $1.key }.flatMap { key, value -> [String] in
      (value as? [Any] ?? [value]).map { "\(key): \(text($0))" }
    }
  }
}
