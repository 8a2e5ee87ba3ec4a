// SPDX-License-Identifier: Apache-2.0
internal import Knowledge

extension OutputTable {
  /// The columns of context.tsv.
  static let contextFields = [
    Field("sample_id", "Identifier of the sample."),
    Field("tumor_type", "OncoTree code used; empty if none."),
    Field(
      "kind", "What the row is about.", words: Rule.Statement.Kind.allCases.map(\.rawValue) + ["germline", "dose"]),
    Field("gene", "HGNC symbols or biomarkers joined by ';'."),
    Field("alteration", "Canonical form; several joined by ';'."),
    Field("alteration_as_written", "As in the input."),
    Field(
      "statement", "What is said of it; of the germline whether its origin is stated, of an allele its function.",
      words: Rule.Statement.allCases.map(\.rawValue) + ["stated", "likely"]
        + DoseAllele.Function.allCases.map(\.rawValue)),
    Field("level", "Evidence level.", words: ["A1", "A2", "B", "C", "D", "E"]),
    Field("tumor_scope", "The tumors the row is about: OncoTree codes or groups joined by ';'."),
    Field(
      "proximity", "How close the tumor type is to the row's; lineage where it is a wider code of it.",
      words: ["same", "bridge", "lineage", "other", "crossing", "agnostic"]),
    Field(
      "rung", "Step of the match ladder.",
      words: ["exact", "codon", "range", "class", "oncogenic", "gene", "biomarker", "histology", "inferred"]),
    Field("condition", "What would have to be tested."),
    Field("flags", "Words of caution joined by ';'."),
    Field("rule_id", "The row shown."),
    Field("more_support", "How many more rows say the same.", type: "integer"),
    Field("references", "PMID, DOI, LABEL or NCT, joined by ';'."),
    Field("table_version", "Version of the table that holds the row."),
    Field("note", "Limits of the evidence."),
  ]
}
