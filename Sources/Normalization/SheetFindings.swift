// SPDX-License-Identifier: Apache-2.0
package import Alterations
package import InputFormats
internal import SystemIO

extension Normalizer {
  /// What the row of a sample sheet states of a tumor.
  package struct SheetFindings {
    package var measured: [Alteration] = []
    /// Findings of genes that have a column of their own.
    package var ofGenes: [Alteration] = []
    /// Cells that are not used, each with the reason.
    package var unclear: [(column: String, value: String, reason: String)] = []
    /// Genes of which a cell says that a test failed or is uncertain.
    package var undetermined: [AssayKind: Set<String>] = [:]
  }

  /// Reads the cells of a sheet's row that state findings.
  package func findings(of entry: SampleSheet.Entry) -> SheetFindings {
    var found = SheetFindings()
    (found.measured, found.unclear) = measurements(of: entry)
    for (name, cell) in entry.values.stated where GeneResultColumns.isName(name) {
      let understood = clinic.value.understand("\(name) \(cell)")
      for gene in understood.undetermined {
        found.undetermined[.mutations, default: []].insert(gene)
        found.undetermined[.fusions, default: []].insert(gene)
      }
      guard understood.notUnderstood.isEmpty, !understood.alterations.isEmpty else {
        found.unclear.append((name, cell, "cannot be read"))
        continue
      }
      found.ofGenes += understood.alterations.map { finding in
        var finding = finding
        finding.asWritten = "\(name) \(cell)"
        return finding
      }
    }
    return found
  }
}
