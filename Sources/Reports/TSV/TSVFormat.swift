// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

extension ReportFormat {
  /// The sample's rows of options.tsv, therapies.tsv and alterations.tsv.
  package static let tsv = ReportFormat(
    "tsv", isStandard: true,
    sample: { view in
      [(OutputTable.options, view.options), (.therapies, view.therapies), (.alterations, view.alterations)].map {
        table, rows in
        var buffer = TSVWriter(capacity: rows.count + 512)
        buffer.row(table.columns)
        buffer.append(rows: rows)
        return ReportFile(name: "." + table.fileName, bytes: buffer.bytes)
      }
    })
}
