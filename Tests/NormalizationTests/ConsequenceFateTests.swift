// SPDX-License-Identifier: Apache-2.0
import Alterations
import DelimitedText
import InputFormats
import Normalization
import TestSupport
import Testing

/// One row with a class, in each format that states classes, and what becomes of it.
private struct ClassedRow {
  let gene: String, term: String, protein: String, coding: String

  /// The row as a file of each format.
  var files: [(format: String, text: String)] {
    let mafProtein = protein.isEmpty ? "." : protein
    let mafCoding = coding.isEmpty ? "." : coding
    return [
      (
        "MAF",
        "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\tHGVSc\n"
          + "\(gene)\t\(term)\tS1\t\(mafProtein)\t\(mafCoding)\n"
      ),
      (
        "MAF, VEP's column",
        "Hugo_Symbol\tVariant_Classification\tConsequence\tTumor_Sample_Barcode\tHGVSp_Short\tHGVSc\n"
          + "\(gene)\t\t\(term)\tS1\t\(mafProtein)\t\(mafCoding)\n"
      ),
      (
        "table",
        "sample_id\tgene\tprotein_change\tcdna_change\tvariant_class\n"
          + "S1\t\(gene)\t\(protein)\t\(coding)\t\(term)\n"
      ),
      (
        "CSQ",
        vcf(
          #"##INFO=<ID=CSQ,Number=.,Type=String,Description="Format: Allele|Consequence|SYMBOL|HGVSc|HGVSp">"#,
          "CSQ=T|\(term)|\(gene)|\(coding)|\(protein)")
      ),
      (
        "ANN",
        vcf(
          #"##INFO=<ID=ANN,Number=.,Type=String,Description="'Allele | Annotation | Gene_Name | HGVS.c | HGVS.p' ">"#,
          "ANN=T|\(term)|\(gene)|\(coding)|\(protein)")
      ),
      (
        "ICGC",
        "icgc_mutation_id\ticgc_sample_id\tconsequence_type\taa_mutation\tcds_mutation\tgene_affected\n"
          + "MU1\tS1\t\(term)\t\(protein)\t\(coding)\t\(gene)\n"
      ),
    ]
  }

  private func vcf(_ field: String, _ info: String) -> String {
    "##fileformat=VCFv4.2\n\(field)\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n1\t10\t.\tA\tT\t.\tPASS\t\(info)\n"
  }

  private static let builder = Normalizer(table: Clinic.table)

  /// What becomes of the row of a file, with the class of the alteration.
  static func fate(_ text: String) throws -> String {
    let content = try readInput(text)
    let batch = try #require(content.batches.first)
    guard let record = batch.records.first else {
      return content.filteredReasons.keys.sorted().map { "filtered: \($0)" }.joined()
        + content.rejected.map { "rejected: \($0.problem)" }.joined()
    }
    func shown(_ alteration: Alteration) -> String {
      guard case .sequence(let change) = alteration.event else { return "\(alteration)" }
      return change.effect.rawValue
    }
    switch builder.normalize(record, batch, file: 0) {
    case .kept(let alteration): return "kept " + shown(alteration)
    case .notEvaluated(let alteration, let reason): return "not evaluated \(shown(alteration)): \(reason)"
    case .filtered(let reason): return "filtered: \(reason)"
    case .rejected(_, _, let problem): return "rejected: \(problem)"
    }
  }

  /// What becomes of the row in each format; one answer where they agree.
  func fates() throws -> [String: [String]] {
    var found: [String: [String]] = [:]
    for (format, text) in files { found[try Self.fate(text), default: []].append(format) }
    return found
  }
}

/// A class means the same in every format.
struct ConsequenceFateTests {
  private struct Term: Sendable {
    let term: String, effect: VariantEffect, use: Consequence.Use

    /// Words that name a class of their own beside the effect.
    static let named: Set<String> = ["ITD", "Exon skipping", "vIII deletion", "vIII", "KDD", "CTD"]

    static let all = Consequences.withBuiltInTable { NamedTable($0) }.records(["term", "effect", "use"]).compactMap {
      cells -> Term? in
      guard let effect = VariantEffect(rawValue: cells[1]), let use = Consequence.Use(rawValue: cells[2]) else {
        return nil
      }
      return Term(term: cells[0], effect: effect, use: use)
    }

    /// The fate of a row of TP53 with `p.R175H`.
    var withProtein: String {
      switch use {
      case .filter, .intron, .promoter: return "filtered: non-coding class"
      case .stated: return "kept missense"
      case .startKept: return "kept synonymous"
      default:
        if effect == .synonymous {
          return
            "not evaluated synonymous: class '\(term)' and change 'p.R175H' contradict each other (state the one that holds)"
        }
        // Another residue is one of the exon, whatever a class calls the place.
        return [.unknown, .structural, .splice].contains(effect) ? "kept missense" : "kept \(effect.rawValue)"
      }
    }

    /// The fate of a row of TP53 with a coding change alone.
    var withoutProtein: String {
      switch use {
      case .filter, .intron, .promoter, .stated: return "filtered: non-coding class"
      case .startKept: return "kept synonymous"
      default: break
      }
      return switch effect {
      case .unknown:
        "not evaluated unknown: class '\(term)' does not say what the change does, and no protein change is given"
      case .structural: "not evaluated structural: class '\(term)' does not say what is left of the gene's product"
      // The fifth base of an intron is none of the site.
      case .splice: "kept splice_region"
      default: "kept \(effect.rawValue)"
      }
    }
  }

  @Test func `each term of the table has one class and one fate in every format`() throws {
    for term in Term.all where term.use != .fusion && !Term.named.contains(term.term) {
      let stated = ClassedRow(gene: "TP53", term: term.term, protein: "p.R175H", coding: "c.524G>A")
      var fates = try stated.fates()
      #expect(fates.keys.sorted() == [term.withProtein], "\(term.term): \(fates)")
      let silent = ClassedRow(gene: "TP53", term: term.term, protein: "", coding: "c.375+5G>A")
      fates = try silent.fates()
      #expect(fates.keys.sorted() == [term.withoutProtein], "\(term.term): \(fates)")
    }
  }

  @Test func `each term of an intron is looked at beside an exon, each of a promoter before TERT`() throws {
    for term in Term.all {
      switch term.use {
      case .intron:
        let row = ClassedRow(gene: "TP53", term: term.term, protein: "", coding: "c.375+1G>A")
        #expect(try row.fates().keys.sorted() == ["kept splice"], "\(term.term)")
      case .promoter:
        let row = ClassedRow(gene: "TERT", term: term.term, protein: "", coding: "c.-124C>T")
        #expect(try row.fates().keys.sorted() == ["kept promoter"], "\(term.term)")
      default: continue
      }
    }
  }

  @Test(arguments: Term.named.sorted())
  func `a class with a name of its own has that name in every format`(term: String) throws {
    let fates = try ClassedRow(gene: "EGFR", term: term, protein: "", coding: "").fates()
    #expect(fates.keys.sorted() == [term == "Exon skipping" ? "kept splice" : "kept structural"], "\(fates)")
  }

  @Test(arguments: ["Fusion", "gene_fusion"])
  func `a fusion in a column of classes is a fusion in a MAF and in a table`(term: String) throws {
    let row = ClassedRow(gene: "ALK", term: term, protein: "EML4-ALK", coding: "")
    for (format, text) in row.files.prefix(3) {
      #expect(try ClassedRow.fate(text) == "kept EML4::ALK", "\(format)")
    }
  }

  @Test(arguments: ["telomere_variant", "Missens", "Rearranged", "intron_variant&telomere_variant"])
  func `a word that is not known is kept in every format, named and counted`(term: String) throws {
    let unknown = term.split(separator: "&").last.map(String.init) ?? term
    let row = ClassedRow(gene: "TP53", term: term, protein: "p.R175H", coding: "c.524G>A")
    for (format, text) in row.files {
      let content = try readInput(text)
      #expect(try ClassedRow.fate(text) == "kept missense", "\(format)")
      #expect(content.batches.map(\.unknownClasses) == [[unknown: 1]], "\(format)")
      #expect(content.filteredReasons.isEmpty, "\(format)")
    }
    let silent = ClassedRow(gene: "TP53", term: term, protein: "", coding: "")
    #expect(
      try silent.fates().keys.sorted()
        == ["not evaluated unknown: class '\(unknown)' is not known, and no protein change is given"])
  }

  @Test(arguments: [
    ("TP53", "Rearrangement", "p.R175H", "kept missense"), ("RB1", "Read-through", "p.*929Rext", "kept stop_lost"),
    ("PTEN", "Start_Codon_SNP", "p.M1?", "kept start_lost"), ("PTEN", "Start_Codon_Ins", "p.M1?", "kept start_lost"),
    ("CDKN2A", "Stop_Codon_Del", "p.*157Yext*?", "kept stop_lost"),
    ("BRCA1", "rare_amino_acid_variant", "p.U12C", "kept missense"), ("ATM", "Essential_Splice", "", "kept splice"),
    ("NF1", "De_novo_Start_OutOfFrame", "p.R440*", "kept nonsense"),
    ("TP53", "Targeted_Region", "p.R175H", "kept missense"),
    ("APC", "lincRNA", "", "filtered: non-coding class"), ("APC", "RNA", "", "filtered: non-coding class"),
    (
      "RB1", "transcript_ablation", "",
      "not evaluated structural: class 'transcript_ablation' does not say what is left of the gene's product"
    ),
    ("TP53", "exon_loss_variant", "p.E5_K90del", "kept inframe_del"),
    ("TP53", "start_retained_variant", "p.M1?", "kept synonymous"),
  ])
  func `suppressors keep what rare words say`(gene: String, term: String, protein: String, expected: String) throws {
    let fates = try ClassedRow(gene: gene, term: term, protein: protein, coding: "").fates()
    #expect(fates.keys.sorted() == [expected], "\(fates)")
  }
}
