// SPDX-License-Identifier: Apache-2.0
internal import SystemIO

/// The genes that samples of courses were assayed for, each set once.
enum CoursePanels {
  /// The genes as one text, sorted.
  static func text(_ genes: Set<String>) -> String { genes.sorted().joined(separator: ";") }

  /// What a set of genes is called in run.json.
  static func key(_ genes: Set<String>) -> String { XXH64.hex(Array(text(genes).utf8).span) }

  /// The genes of a text.
  static func genes(_ text: String) -> Set<String> { Set(text.split(separator: ";").map(String.init)) }
}
