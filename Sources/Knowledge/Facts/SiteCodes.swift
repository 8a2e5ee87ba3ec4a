/// Codes that depend on the site where the tumor arose.
package struct SiteCodes: Sendable {
  private let atSite: [String: [String: String]]
  private let implied: [String: String]
  private let organs: [String: [String]]

  init(_ rows: [FactRow]) {
    var atSite: [String: [String: String]] = [:]
    var implied: [String: String] = [:]
    var organs: [String: [String]] = [:]
    for row in rows {
      switch row["kind"] {
      case "becomes": atSite[row["site"], default: [:]][row["code"]] = row["at_site"]
      case "implies": implied[row["code"]] = row["site"]
      case "organ": organs[row["site"], default: []].append(row["code"])
      default: break
      }
    }
    self.atSite = atSite
    self.implied = implied
    self.organs = organs
  }

  /// The code of a tumor of a code at a site.
  package func code(_ code: String, at site: String) -> String { atSite[site]?[code] ?? code }

  /// The site that a code says; `nil` when it says none.
  package func site(of code: String) -> String? { implied[code] }

  /// The codes of the organs of a site.
  package func organs(of site: String) -> [String] { organs[site] ?? [] }
}
