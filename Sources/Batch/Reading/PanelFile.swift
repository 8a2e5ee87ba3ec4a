// SPDX-License-Identifier: Apache-2.0
package import DelimitedText
internal import InputFormats
package import Knowledge
internal import Normalization

/// The genes of an assay, brought to current symbols.
package enum PanelFile {
  /// What a panel file names.
  package struct Reading: Sendable {
    /// Current symbols.
    package let genes: Set<String>
    /// Names that are no gene.
    package let unknown: [String]
    /// Millions of bases that a BED covers; `nil` where the file is none.
    package let megabases: Double?
  }

  /// Reads a panel file, plain or gzipped.
  package static func read(_ path: String, table: KnowledgeBase) throws(InputError) -> Reading {
    let text = try SideFile.text(path)
    let reader = try PanelReader(text.span, path: path)
    let genes = Normalizer.geneNormalizer(table)
    var known: Set<String> = []
    var unknown: [String] = []
    for name in reader.names {
      if let symbol = genes.symbol(name) { known.insert(symbol) } else { unknown.append(name) }
    }
    guard !known.isEmpty else {
      throw InputError(
        path: path, value: unknown[0],
        problem: "is no gene symbol, and neither is any other of its \(unknown.count) names")
    }
    return Reading(genes: known, unknown: unknown, megabases: reader.megabases)
  }
}
