package import DelimitedText
package import InputFormats

/// Reads a text as a run would read a file with that content.
///
/// - Throws: ``InputError`` when the file is refused.
package func readInput(_ text: String, path: String = "input.txt") throws(InputError) -> FileContent {
  try readInput(Array(text.utf8), path: path)
}

/// Reads bytes as a run would read a file with that content.
///
/// - Throws: ``InputError`` when the file is refused.
package func readInput(_ bytes: [UInt8], path: String = "input.txt") throws(InputError) -> FileContent {
  try OpenedInput(bytes.span, path: path).readAll(bytes.span)
}

extension FileContent {
  /// The records of all samples.
  package var records: [RawRecord] { batches.flatMap(\.records) }

  /// The records of all samples as `sample: gene change [effect]`, for comparison.
  package var statements: [String] {
    batches.flatMap { batch in
      batch.records.map { record in
        let parts = [record.gene, record.secondGene, record.change, record.codingChange, record.effect]
          .map { batch.string($0) }
        return "\(batch.sampleID): " + parts.joined(separator: "|")
      }
    }
  }
}
