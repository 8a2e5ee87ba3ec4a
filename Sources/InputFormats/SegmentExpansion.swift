// SPDX-License-Identifier: Apache-2.0
package import Alterations

extension RecordBatch {
  /// What became of segments.
  package struct SegmentOutcome: Sendable {
    /// Rows that were added because a segment holds several genes.
    package var added = 0
    /// The lines of segments in which no gene of the tables lies.
    package var withoutGene: [Int32] = []
    /// The lines of segments whose build of the genome is not known.
    package var withoutBuild: [Int32] = []
  }

  /// Whether there are segments among the records.
  package var hasSegments: Bool {
    records.contains { record in
      if case .segment = record.statement { return true }
      return false
    }
  }

  /// Puts a row for each gene in the place of each segment.
  ///
  /// - Parameters:
  ///   - build: The build of the genome where rows do not state it.
  ///   - genes: The genes whose middle lies on a stretch of a chromosome.
  package mutating func expandSegments(
    build: GenomeBuild?,
    genes: (_ chromosome: String, _ start: Int, _ end: Int, _ build: GenomeBuild) -> [String]
  ) -> SegmentOutcome {
    var outcome = SegmentOutcome()
    let old = records
    records = []
    records.reserveCapacity(old.count)
    for record in old {
      guard case .segment(let segment) = record.statement else {
        records.append(record)
        continue
      }
      guard let build = GenomeBuild(string(segment.build)) ?? build else {
        outcome.withoutBuild.append(record.line)
        continue
      }
      let names = genes(string(segment.chromosome), Int(segment.start), Int(segment.end), build)
      if names.isEmpty { outcome.withoutGene.append(record.line) } else { outcome.added += names.count - 1 }
      for name in names {
        var copyNumber = RawCopyNumber()
        copyNumber.gene = keep(name)
        copyNumber.isCopies = !segment.copies.isEmpty
        copyNumber.amount = copyNumber.isCopies ? segment.copies : segment.call
        if copyNumber.isCopies { copyNumber.call = segment.call }
        records.append(RawRecord(line: Int(record.line), .copyNumber(copyNumber)))
      }
    }
    return outcome
  }
}
