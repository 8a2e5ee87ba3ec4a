// SPDX-License-Identifier: Apache-2.0
internal import Matching

extension ReportFormat {
  /// A table that MultiQC shows beside its other modules (custom content).
  package static let multiqc = ReportFormat(
    "multiqc",
    cohort: { view in
      [ReportFile(name: "multiqc/oncomatch_mqc.tsv", bytes: MultiQCTable.bytes(view.feed))]
    })
}

/// One row a sample with its status, its best option and the number of its therapies by tier, each therapy once.
enum MultiQCTable {
  private static let settings = """
    # id: 'oncomatch'
    # section_name: 'oncomatch'
    # description: 'therapies matched to alterations, by best tier; for research use only'
    # plot_type: 'table'
    # pconfig:
    #     id: 'oncomatch_table'
    #     title: 'oncomatch: therapies by tier'
    #     no_violin: true

    """

  private static let tierColumns = ["tier_I_A", "tier_I_B", "tier_II_C", "tier_II_D"]

  static func bytes(_ feed: CohortFeed) -> [UInt8] {
    let cohort = Cohort(samples: feed.samples, options: feed.options, alterations: feed.alterations)
    var counts = [[Int]](repeating: [0, 0, 0, 0], count: cohort.samples.count)
    var waiting = [Int](repeating: 0, count: cohort.samples.count)
    for therapy in cohort.therapies {
      for entry in therapy.samples {
        if entry.isConditional {
          waiting[entry.sample] += 1
        } else if let tier = entry.tier {
          counts[entry.sample][tier.place] += 1
        }
      }
    }
    var text = settings
    text +=
      (["Sample", "status", "tumor_type", "highest_tier"] + tierColumns
      + ["conditional", "closed", "alterations", "matched", "best_option", "because"]).joined(separator: "\t") + "\n"
    for (index, sample) in cohort.samples.enumerated() {
      let numbers = counts[index] + [waiting[index], sample.closed, sample.alterations, sample.matched]
      let cells =
        [sample.id, sample.status, cohort.types[sample.type], sample.tier?.name ?? ""].map(cell)
        + numbers.map(String.init) + [sample.best, sample.because].map(cell)
      text += cells.joined(separator: "\t") + "\n"
    }
    return Array(text.utf8)
  }

  /// A text as MultiQC shows it: it puts cells into its page as they are, and a line that begins with `#` is a comment.
  private static func cell(_ text: String) -> String {
    var safe = ""
    for character in text {
      switch character {
      case "&": safe += "&amp;"
      case "<": safe += "&lt;"
      case ">": safe += "&gt;"
      case "\"": safe += "&quot;"
      case "'": safe += "&#39;"
      case "#" where safe.isEmpty: safe += "&num;"
      default: safe.append(character)
      }
    }
    return safe
  }
}
