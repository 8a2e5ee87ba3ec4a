// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// What curators say of a change, as columns of a row tell it; two that contradict each other stand both in it.
package struct StatedPathogenicity: OptionSet, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let pathogenic = StatedPathogenicity(rawValue: 1)
  package static let benign = StatedPathogenicity(rawValue: 2)
  package static let uncertain = StatedPathogenicity(rawValue: 4)

  /// What one cell says: `Pathogenic/Likely_pathogenic`, `Likely Oncogenic`, `uncertain_significance`.
  ///
  /// - Parameter column: What the column is named after, by its letters and digits.
  init(_ cell: Span<UInt8>, column: String) {
    self = []
    guard !ByteText.isMissing(cell) else { return }
    let isQuestion = Self.questions.contains(column)
    let isGraded = Self.graded.contains(column)
    var start = 0
    for index in 0...cell.count {
      guard index == cell.count || Self.separates(cell[index]) else { continue }
      if index > start { insert(Self.word(cell.extracting(start..<index), isQuestion: isQuestion, isGraded: isGraded)) }
      start = index + 1
    }
    // ClinVar's lists add what older or other alleles were said to be; a doubt among them takes no statement back.
    if contains(.uncertain), contains(.pathogenic) || contains(.benign) { remove(.uncertain) }
  }

  private mutating func insert(_ other: StatedPathogenicity) { formUnion(other) }

  private static func separates(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "/"), UInt8(ascii: "&"), UInt8(ascii: "|"): true
    default: false
    }
  }

  /// Columns that ask `pathogenic?`, whose answer is yes or no.
  private static let questions: Set<String> = [
    "pathogenic", "ispathogenic", "oncogenic", "isoncogenic", "likelypathogenic",
  ]
  /// Columns whose classes are numbers from 1 (benign) to 5 (pathogenic).
  private static let graded: Set<String> = [
    "acmg", "acmgclass", "acmgclassification", "classification", "pathogenicityclass", "pathogenicity", "variantclass",
    "clinvarclass", "class",
  ]

  private static func word(_ bytes: Span<UInt8>, isQuestion: Bool, isGraded: Bool) -> StatedPathogenicity {
    guard bytes.count <= 80 else { return [] }
    let key = InputHeader.key(ByteText.string(bytes))
    switch key {
    case "pathogenic", "likelypathogenic", "oncogenic", "likelyoncogenic", "predictedoncogenic", "putativedriver",
      "knowndriver", "pathogenicvariant", "likelypathogenicvariant", "probablypathogenic", "pathogeniclowpenetrance",
      "likelypathogeniclowpenetrance", "knownpathogenic", "expectedpathogenic", "knownoncogenic", "gainoffunction",
      "likelygainoffunction":
      return .pathogenic
    case "benign", "likelybenign", "neutral", "likelyneutral", "polymorphism", "benignvariant", "likelybenignvariant",
      "probablybenign", "nonpathogenic", "notpathogenic":
      return .benign
    case "uncertainsignificance", "uncertain", "vus", "variantofuncertainsignificance", "unknownsignificance",
      "variantofunknownsignificance", "inconclusive", "conflictinginterpretationsofpathogenicity",
      "conflictingclassificationsofpathogenicity", "conflicting", "conflictingdatafromsubmitters":
      return .uncertain
    case "yes", "true", "1", "y": if isQuestion { return .pathogenic }
    default: break
    }
    if isQuestion { return [] }
    switch key {
    // 4 and 5 mean the same in the older codes of ClinVar, lower numbers do not.
    case "4", "5", "class4", "class5", "c4", "c5", "p", "lp": return .pathogenic
    case "class1", "class2", "c1", "c2", "b", "lb": return .benign
    case "class3", "c3": return .uncertain
    case "1", "2": return isGraded ? .benign : []
    case "3": return isGraded ? .uncertain : []
    default: return []
    }
  }
}

/// Columns beside the change that settle what a row means: numbers of the gene in other catalogs, and what curators say
/// of the change.
///
/// It is made once a file; without such columns it costs nothing.
struct SideColumns: Sendable {
  private struct Identifier {
    let slot: Int
    let bare: GeneIdentifier.Authority?
  }

  private static let identifierColumns: [(key: String, bare: GeneIdentifier.Authority?)] = [
    ("entrezgeneid", .entrez), ("entrezid", .entrez), ("entrez", .entrez), ("ncbigeneid", .entrez),
    ("geneentrezid", .entrez), ("hgncid", .hgnc), ("hgnc", .hgnc), ("geneid", .entrez), ("ensemblgeneid", nil),
    ("ensemblid", nil), ("ensemblgene", nil), ("ensgid", nil), ("geneensemblid", nil), ("ensemblgeneidentifier", nil),
    ("gene", nil), ("geneaffected", nil), ("ensembl", nil), ("dbgeneid", nil), ("locusid", .entrez),
  ]

  private static let statementColumns = [
    "clinsig", "clnsig", "clinvarvcfclnsig", "clinvarclnsig", "clinvarsig", "clinvarsignificance", "clinvar",
    "clinvarclinsig", "clinicalsignificance", "clinvarclinicalsignificance", "clinvarpathogenicity", "oncogenic",
    "oncogenicity",
    "isoncogenic", "cbpdriver", "pathogenic", "ispathogenic", "likelypathogenic", "pathogenicity", "pathogenicityclass",
    "acmg", "acmgclass", "acmgclassification", "clinvarclassification", "variantpathogenicity", "classification",
    "oncokboncogenic", "clinvarclass", "interpretation", "onc",
  ]

  /// Whether a column of this name (letters and digits, lower case) holds what curators say of a change.
  static func isStatement(_ key: String) -> Bool { statementColumns.contains(key) }

  /// Columns of the fraction of tumor cells that carry the change, the best first.
  private static let cellFractionColumns = [
    "ccf", "cancercellfraction", "tumorccf", "tccf", "ccfestimate", "ccfexpectedcopies", "ccfexpectedcopiesem",
    "ccfmcopies", "ccfmcopiesem", "ccfmedian", "ccfmean", "absoluteccf", "ccfhat",
  ]

  private var identifiers: [Identifier] = []
  private var cellFractions: [Int] = []
  private var statements: [(slot: Int, key: String)] = []
  /// The columns that are read, in the order of the slots.
  private(set) var columns: [Int] = []

  /// - Parameter gene: The column that the reader takes the symbol from.
  init(_ header: InputHeader, gene: Int?) {
    for (key, bare) in Self.identifierColumns {
      guard let column = header.keyPlaces[key], column != gene else { continue }
      identifiers.append(Identifier(slot: columns.count, bare: bare))
      columns.append(column)
    }
    for key in Self.statementColumns {
      guard let column = header.keyPlaces[key] else { continue }
      statements.append((columns.count, key))
      columns.append(column)
    }
    for key in Self.cellFractionColumns {
      guard let column = header.keyPlaces[key] else { continue }
      cellFractions.append(columns.count)
      columns.append(column)
    }
  }

  /// The fraction of tumor cells that carry the change, 0...1, of the first column that holds one; -1 where none does.
  ///
  /// Estimates may lie a little above 1; far above it they are percent.
  @inline(__always)
  func cellFraction(_ text: Span<UInt8>, _ cell: (Int) -> Range<Int>) -> Float {
    for slot in cellFractions {
      let range = cell(slot)
      guard !range.isEmpty, let number = ByteText.number(text.extracting(range)), (0...100).contains(number) else {
        continue
      }
      return Float(number > 1.5 ? number / 100 : min(number, 1))
    }
    return -1
  }

  /// The gene's number: of the first column that holds one.
  ///
  /// - Parameter cell: The cell of a slot, counted as ``columns`` are.
  @inline(__always)
  func identifier(_ text: Span<UInt8>, _ cell: (Int) -> Range<Int>) -> GeneIdentifier {
    for identifier in identifiers {
      let range = cell(identifier.slot)
      if !range.isEmpty, let found = GeneIdentifier(text.extracting(range), bare: identifier.bare) { return found }
    }
    return GeneIdentifier()
  }

  /// What curators say of the change, all columns together.
  @inline(__always)
  func stated(_ text: Span<UInt8>, _ cell: (Int) -> Range<Int>) -> StatedPathogenicity {
    var all: StatedPathogenicity = []
    for (slot, key) in statements {
      let range = cell(slot)
      if !range.isEmpty { all.formUnion(StatedPathogenicity(text.extracting(range), column: key)) }
    }
    return all
  }
}

extension RowFields {
  /// A cell as written, also one that says "missing"; empty when the row is too short.
  func raw(_ column: Int) -> Range<Int> { column < count ? self[column] : 0..<0 }
}
