// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// Words of knowledge bases, and examples that are written beside rules.
package struct ImportWords: Sendable {
  private struct Key: Hashable {
    let source: String
    let kind: String
    let words: String
  }

  private struct Meaning: Sendable {
    let gene: String
    let means: String
  }

  private let meanings: [Key: [Meaning]]

  init(_ rows: [FactRow]) {
    var meanings: [Key: [Meaning]] = [:]
    for row in rows {
      let key = Key(source: row["from"], kind: row["kind"], words: row["words"])
      meanings[key, default: []].append(Meaning(gene: row["gene"], means: row["means"]))
    }
    self.meanings = meanings
  }

  private func meaning(_ kind: String, _ words: String, from source: String = "any") -> [Meaning] {
    meanings[Key(source: source, kind: kind, words: words)] ?? []
  }

  /// The agent or class that a source calls a family by.
  package func agent(ofFamily words: String, from source: String) -> String? {
    meaning("agent_family", words, from: source).first?.means
  }

  /// The codons of a gene that words mean, each with the residue there.
  package func codons(_ words: String, gene: String) -> [(residue: String, number: Int)]? {
    meaning("codons", words).first { $0.gene == gene }.map { known in
      known.means.listItems.compactMap { item in Int(item.dropFirst()).map { (String(item.prefix(1)), $0) } }
    }
  }

  /// What a deletion in an exon of a gene means where the words mean a change inside the exon.
  package func effect(ofDeletionInExon exon: Int, gene: String) -> String? {
    meaning("inframe_exon", String(exon)).first { $0.gene == gene }?.means
  }

  /// The gene and class of change that a source gives a name of its own.
  package func variant(_ words: String, from source: String) -> (gene: String, name: String)? {
    meaning("variant", words, from: source).first.map { ($0.gene, $0.means) }
  }

  /// What is cited for items of a source whose file names no study.
  package func references(of source: String) -> [String] { meaning("reference", "own", from: source).map(\.means) }

  /// A partner for examples of fusions in which the gene has a role.
  package func partner(_ role: AlterationSpec.FusionRole) -> String {
    meaning("partner", role == .fivePrime ? "5prime" : "3prime").first?.means ?? ""
  }

  /// A code for examples of rules with a scope.
  package func example(ofScope scope: String) -> String? { meaning("tumor", scope).first?.means }

  /// What meets a condition, in words.
  package func example(ofCondition condition: String) -> String? { meaning("condition", condition).first?.means }

  /// Whether a condition is what a change of a gene says already.
  package func isImplied(_ condition: String, gene: String, eventClass: String) -> Bool {
    meaning("implied_by", condition).contains { $0.gene == gene && $0.means.listItems.contains(eventClass) }
  }
}
