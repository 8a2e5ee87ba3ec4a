// SPDX-License-Identifier: Apache-2.0
package import Alterations

/// Codes that depend on the site where the tumor arose.
package struct SiteCodes: Sendable {
  private let atSite: [TumorSite: [String: String]]
  private let implied: [String: TumorSite]
  private let organs: [TumorSite: [String]]

  init(_ rows: [FactRow]) {
    var atSite: [TumorSite: [String: String]] = [:]
    var implied: [String: TumorSite] = [:]
    var organs: [TumorSite: [String]] = [:]
    for row in rows {
      guard let site = TumorSite(rawValue: row["site"]) else { continue }
      switch row["kind"] {
      case "becomes": atSite[site, default: [:]][row["code"]] = row["at_site"]
      case "implies": implied[row["code"]] = site
      case "organ": organs[site, default: []].append(row["code"])
      default: break
      }
    }
    self.atSite = atSite
    self.implied = implied
    self.organs = organs
  }

  /// The code of a tumor of a code at a site.
  package func code(_ code: String, at site: TumorSite) -> String { atSite[site]?[code] ?? code }

  /// The site that a code says; `nil` when it says none.
  package func site(of code: String) -> TumorSite? { implied[code] }

  /// The codes of the organs of a site.
  package func organs(of site: TumorSite) -> [String] { organs[site] ?? [] }
}
