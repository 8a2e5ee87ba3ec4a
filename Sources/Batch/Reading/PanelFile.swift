// SPDX-License-Identifier: Apache-2.0
package import DelimitedText
internal import Gzip
internal import InputFormats
package import Knowledge
internal import Normalization
internal import SystemIO

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
    var bytes: [UInt8] = []
    do throws(SystemError) {
      try FileReading.read(path, into: &bytes)
    } catch {
      throw InputError(path: path, problem: error.description)
    }
    if Gunzip.isGzip(bytes.span) {
      var text: [UInt8] = []
      do throws(GunzipProblem) {
        try Gunzip().unpack(bytes.span, into: &text, limit: 1 << 28)
      } catch {
        throw InputError(path: path, problem: error.description)
      }
      bytes = text
    }
    let reader = try PanelReader(bytes.span, path: path)
    let genes = Normalizer.geneNormalizer(table)
    var known: Set<String> = []
    var unknown: [String] = []
    for name in reader.names {
      if let symbol = genes.symbol(name) { known.insert(symbol) } else { unknown.append(name) }
    }
    return Reading(genes: known, unknown: unknown, megabases: reader.megabases)
  }
}
