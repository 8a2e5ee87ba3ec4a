// SPDX-License-Identifier: Apache-2.0
/// Formats of files that speak of samples whose alterations other files hold, each by its name in reports and run.json.
package enum CohortFormat: String, Sendable, CaseIterable {
  case sampleSheet = "sample sheet"
  case genePanel = "gene panel"
  case samplePanels = "panels of samples (cBioPortal)"

  /// Whether such a file says what was assayed.
  package var isPanel: Bool {
    switch self {
    case .sampleSheet: false
    case .genePanel, .samplePanels: true
    }
  }
}
