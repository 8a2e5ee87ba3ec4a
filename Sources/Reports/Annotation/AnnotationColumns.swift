// SPDX-License-Identifier: Apache-2.0
internal import Matching

/// Under which names `oncomatch annotate` adds columns.
package enum AnnotationNames: String, CaseIterable, Sendable {
  /// Names of ours.
  case oncomatch
  /// Those that scripts for the OncoKB annotator read; what stands in the columns is ours.
  case oncokb
}

/// The columns that `oncomatch annotate` adds (guide: Annotate, Columns).
package enum AnnotationColumns {
  /// The columns behind a row that states something of a sample.
  package static func ofRows(_ names: AnnotationNames) -> [String] {
    switch names {
    case .oncomatch:
      ["sample", "tumor_type", "row", "gene", "alteration", "class", "oncogenicity", "outcome"].map(own)
        + (evidence + ["against", "condition", "rule_ids", "references", "flags", "reason", "table_version"]).map(own)
    case .oncokb:
      [
        "ANNOTATED", "GENE_IN_ONCOKB", "VARIANT_IN_ONCOKB", "MUTATION_EFFECT", "MUTATION_EFFECT_CITATIONS", "ONCOGENIC",
      ] + levels + highest + ["TX_CITATIONS"] + implications("Dx", hasCitations: true)
        + implications("Px", hasCitations: true)
        + ["ONCOMATCH_TIER", "ONCOMATCH_CONDITION", "ONCOMATCH_CLOSED", "ONCOMATCH_ROW", "ONCOMATCH_REASON"]
        + [levelsAreOurs]
    }
  }

  /// The columns behind the row of a sample in a clinical file.
  package static func ofSamples(_ names: AnnotationNames) -> [String] {
    switch names {
    case .oncomatch:
      (["sample", "tumor_type", "status"] + evidence + ["n_alterations", "n_matched", "best_option", "best_because"]
        + ["assays_seen", "assays_missing", "reason", "table_version"]).map(own)
    case .oncokb:
      levels + highest + implications("Dx", hasCitations: false) + implications("Px", hasCitations: false)
        + [
          "ONCOGENIC_MUTATIONS", "#ONCOGENIC_MUTATIONS", "RESISTANCE_MUTATIONS", "#RESISTANCE_MUTATIONS",
          "#MUTATIONS_WITH_SENSITIVE_THERAPEUTIC_IMPLICATIONS", "#MUTATIONS_WITH_RESISTANCE_THERAPEUTIC_IMPLICATIONS",
          "#MUTATIONS_WITH_DIAGNOSTIC_IMPLICATIONS", "#MUTATIONS_WITH_PROGNOSTIC_IMPLICATIONS", "#MUTATIONS",
          "ONCOMATCH_TIER", "ONCOMATCH_STATUS", "ONCOMATCH_REASON", levelsAreOurs,
        ]
    }
  }

  /// The columns in front of those of a row where a cell of a matrix has a row of its own.
  package static let ofCells = ["SAMPLE_ID", "CANCER_TYPE", "HUGO_SYMBOL", "ALTERATION"]

  /// The place of the column that says why a row was not looked at, among those of rows or of samples.
  package static func reasonPlace(_ columns: [String]) -> Int? {
    columns.firstIndex { $0 == own("reason") || $0 == "ONCOMATCH_REASON" }
  }

  /// Says in the header that the levels are ours; its cells name the table.
  package static let levelsAreOurs = "LEVELS_ARE_OF_ONCOMATCH"

  private static func own(_ name: String) -> String { "oncomatch_" + name }

  private static let evidence =
    ["tier", "level", "resistance_level"] + groups.map(\.rawValue)
  /// Groups of therapies in the order of their columns.
  static let groups: [TherapyOption.Group] = [
    .opened, .conditional, .byTumorType, .closed, .noBenefit, .withdrawn,
  ]

  private static let levels = OncoKBLevel.allCases.map(\.rawValue)
  private static let highest = ["HIGHEST_LEVEL", "HIGHEST_SENSITIVE_LEVEL", "HIGHEST_RESISTANCE_LEVEL"]

  /// Columns of what a change says of diagnosis or prognosis; ours are empty.
  private static func implications(_ kind: String, hasCitations: Bool) -> [String] {
    (1...3).map { "LEVEL_\(kind)\($0)" } + ["HIGHEST_\(kind.uppercased())_LEVEL"]
      + (hasCitations ? ["\(kind.uppercased())_CITATIONS"] : [])
  }
}
