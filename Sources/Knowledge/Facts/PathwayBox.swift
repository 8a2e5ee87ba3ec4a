// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// A box of the picture of pathways.
package struct PathwayBox: Sendable {
  /// Its heading.
  package let title: String
  /// The pathways that it stands for.
  package let pathways: [String]
  /// The tests that it stands for.
  package let biomarkers: [String]
  /// The headings of the boxes that it drives.
  package let drives: [String]
  /// The heading of the box beside it that it holds back; empty for none.
  package let holdsBack: String

  init(_ row: FactRow) {
    title = row["box"]
    pathways = row["pathways"].listItems
    biomarkers = row["biomarkers"].listItems
    drives = row["drives"].listItems
    holdsBack = row["holds_back"]
  }
}

/// Small sets that matching goes by.
package struct MatchingSets: Sendable {
  /// Pathways that stand in for each other when one is blocked.
  package let signalingPathways: Set<String>
  /// Pathways of the pair of agents that stands first among equals.
  package let plannedPair: Set<String>
  /// Classes of agents whose effect the surroundings of the tumor decide.
  package let checkpointClasses: Set<String>
  /// Tests that look at the surroundings of the tumor.
  package let microenvironmentTests: Set<String>
  /// Kinds of agents that are used in tumors of their own and say in which.
  package let lineageModalities: Set<String>

  init(_ rows: [FactRow]) {
    func members(_ name: String) -> Set<String> { Set(rows.filter { $0["set"] == name }.map { $0["member"] }) }
    signalingPathways = members("signaling_pathway")
    plannedPair = members("planned_pair")
    checkpointClasses = members("checkpoint_class")
    microenvironmentTests = members("microenvironment_test")
    lineageModalities = members("lineage_modality")
  }
}
