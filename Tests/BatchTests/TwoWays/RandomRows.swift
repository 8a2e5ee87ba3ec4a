// SPDX-License-Identifier: Apache-2.0
import Alterations
import Knowledge
import TestSupport

/// Numbers that are the same for the same seed on every machine.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A whole number below `limit`.
  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

  /// One of the items.
  mutating func pick<Item>(_ items: [Item]) -> Item { items[below(items.count)] }

  /// Whether one of so many cases is it.
  mutating func isOne(in count: Int) -> Bool { below(count) == 0 }
}

/// Rows of a MAF as callers and annotators write them, most of them of genes that no rule names: plain changes in several
/// notations, with coding changes that agree or not, repeated in other words, beside rows of every other kind.
struct RandomRows {
  static let columns = [
    "Hugo_Symbol", "Tumor_Sample_Barcode", "Variant_Classification", "HGVSp_Short", "HGVSc", "Mutation_Status",
    "t_depth", "t_alt_count", "gnomAD_AF",
  ]
  static let samples = (1...12).map { "S\($0)" }

  private var random: SplitMix
  private let unlisted: [String]
  private let listed: [String]
  private let otherNames: [String]
  private var last: [String: [[String]]] = [:]

  init(seed: UInt64, table: KnowledgeBase) {
    random = SplitMix(seed: seed)
    let genes = table.reference.genes
    let known = table.knownGenes
    unlisted = (0..<genes.count).map { genes.symbol(GeneID(rawValue: Int32($0))) }.filter { !known.contains($0) }
    listed = known.filter { genes.isSymbol($0) }.sorted()
    otherNames = Self.aliases
  }

  /// The text of a file, header and all.
  mutating func text(_ count: Int) -> String {
    var lines = [Self.columns]
    for _ in 0..<count {
      let row = next()
      last[row[1], default: []].append(row)
      lines.append(row)
    }
    return lines.map { $0.joined(separator: "\t") }.joined(separator: "\n") + "\n"
  }

  /// A sheet that says of some samples how pure they are and what their assay can see.
  mutating func sheet() -> String {
    let rows = Self.samples.map { sample in
      let purity = random.pick(["", "0.3", "0.8", "80"])
      let limit = random.pick(["", "", "0.05", "10"])
      return [sample, random.pick(["LMS", "LUAD", "BRCA"]), purity, random.pick(["", "3.1"]), limit]
    }
    return ([["sample_id", "tumor_type", "purity", "ploidy", "vaf_limit"]] + rows)
      .map { $0.joined(separator: "\t") }.joined(separator: "\n") + "\n"
  }

  private mutating func next() -> [String] {
    let sample = random.pick(Self.samples)
    if random.isOne(in: 4), let before = last[sample], !before.isEmpty { return varied(random.pick(before)) }
    let codon = random.pick([
      1, 2, 9, 1 + random.below(30), 1 + random.below(3000), 999_999, 1_000_000, 1_234_567, 9_999_999, 12_345_678,
    ])
    let (change, effect) = change(codon)
    return [
      gene(), sample, effect, change, coding(codon), random.pick(["", "SOMATIC", "Somatic", "GERMLINE", "unknown"]),
      random.pick(["", "100", "250"]), String(random.below(100)), random.pick(["", "", "", "0.001", "0.01", "0.2"]),
    ]
  }

  private mutating func gene() -> String {
    switch random.below(16) {
    case 0, 1: random.pick(listed)
    case 2: random.pick(otherNames)
    case 3: random.pick(["ER", "PR", "HER2", "PD1", "p16", "AR", "FGFR", "1-Mar", "RP11-206L10.9", "", "Unknown"])
    case 4: random.pick(unlisted).lowercased()
    default: random.pick(unlisted)
    }
  }

  private static let residues = Array("ACDEFGHIKLMNPQRSTVWYUXBZ*").map(String.init)
  private static let threeLetters = [
    "A": "Ala", "C": "Cys", "D": "Asp", "E": "Glu", "F": "Phe", "G": "Gly", "H": "His", "I": "Ile", "K": "Lys",
    "L": "Leu", "M": "Met", "N": "Asn", "P": "Pro", "Q": "Gln", "R": "Arg", "S": "Ser", "T": "Thr", "V": "Val",
    "W": "Trp", "Y": "Tyr", "U": "Sec", "*": "Ter",
  ]

  /// A protein change and the class that the caller gives it.
  private mutating func change(_ codon: Int) -> (change: String, effect: String) {
    let (first, last) = (random.pick(Self.residues), random.pick(Self.residues))
    func classes(_ maf: String, _ term: String) -> String {
      switch random.below(8) {
      case 0: random.pick(Self.effects)
      case 1, 2: term
      case 3: term + "&splice_region_variant"
      case 4: maf.uppercased()
      case 5: maf.replacing("_Mutation", with: "")
      default: maf
      }
    }
    switch random.below(14) {
    case 0: return ("p.\(first)\(codon)*", classes("Nonsense_Mutation", "stop_gained"))
    case 1: return ("p.\(first)\(codon)\(first)", classes("Silent", "synonymous_variant"))
    case 2: return ("p.\(first)\(codon)=", classes("Silent", "synonymous_variant"))
    case 3: return (notation(first, codon, last), classes("Missense_Mutation", "missense_variant"))
    case 4:
      return ("p.\(first)\(codon)\(last)fs*\(1 + random.below(20))", classes("Frame_Shift_Del", "frameshift_variant"))
    case 5: return ("p.\(first)\(codon)del", classes("In_Frame_Del", "inframe_deletion"))
    case 6: return ("", classes("Splice_Region", "splice_region_variant"))
    case 7: return (random.pick(["", "p.X\(codon)_splice"]), classes("Splice_Site", "splice_donor_variant"))
    case 8:
      return (
        random.pick(["", "p.?", "p.=", "?", "p.(=)", "0\(codon)", "p.\(first)0\(codon)\(last)"]),
        random.pick(Self.effects)
      )
    default: return ("p.\(first)\(codon)\(last)", classes("Missense_Mutation", "missense_variant"))
    }
  }

  /// Every word of the vocabulary of consequences, no word, and one that it does not hold.
  private static let effects = ["", "unheard_of"] + records(of: "consequences").dropFirst().map { $0[0] }

  /// A substitution as other tools write it.
  private mutating func notation(_ first: String, _ codon: Int, _ last: String) -> String {
    let long = (Self.threeLetters[first] ?? first, Self.threeLetters[last] ?? last)
    switch random.below(6) {
    case 0: return "p.\(long.0)\(codon)\(long.1)"
    case 1: return "p.(\(long.0)\(codon)\(long.1))"
    case 2: return "ENSP00000288602:p.\(first)\(codon)\(last)"
    case 3: return "\(first)\(codon)\(last)"
    case 4: return "p.\(first)\(codon)>\(last)"
    default: return "p.\(first)\(codon)delins\(last)"
    }
  }

  private mutating func coding(_ codon: Int) -> String {
    let base = random.pick(["A", "C", "G", "T"])
    let plain = "\(max(1, codon * 3 - random.below(3)))\(base)>\(random.pick(["A", "C", "G", "T"]))"
    let other = "\(1 + random.below(5000))\(base)>A"
    switch random.below(16) {
    case 0: return "c." + other
    case 1: return "ENST00000288602.6:c." + other
    case 2: return "(c.\(other))"
    case 3: return "NM_1(ABC):(c.\(other))"
    case 4: return other
    case 5:
      return random.pick([
        "", "c.", "c.?", "n.\(other)", "c.-\(other)", "c.*\(other)", "c.\(codon)del", "c.A>", ">", "c.(\(other)",
      ])
    case 6: return "c.\(1 + random.below(2000))+\(1 + random.below(12))\(base)>T"
    case 7: return "ENST00000288602.6:c.\(1 + random.below(2000))-\(1 + random.below(30))\(base)>T"
    case 8: return "c.\(random.pick(["9223372036854775807", "99999999999999999999", "0", "007"]))\(base)>T"
    case 9: return "ENST00000288602.6:c." + plain
    default: return "c." + plain
    }
  }

  /// A row before it, said in other words or with other numbers.
  private mutating func varied(_ row: [String]) -> [String] {
    var row = row
    if random.isOne(in: 2), let change = ProteinChange(row[3]), change.consequence == .substitution, change.first > 0 {
      row[3] = notation(String(change.firstResidue), change.first, change.replacement)
    } else if random.isOne(in: 2), let change = ProteinChange(row[3]) {
      row[3] = change.description
    }
    if random.isOne(in: 3) { row[2] = random.pick(Self.effects) }
    if random.isOne(in: 2) { row[4] = coding(1 + random.below(3000)) }
    if random.isOne(in: 2) { row[5] = random.pick(["", "SOMATIC", "GERMLINE"]) }
    if random.isOne(in: 2) { row[6] = random.pick(["", "80"]) }
    if random.isOne(in: 2) { row[8] = random.pick(["", "0.3"]) }
    return row
  }

  /// Every other name of the table of genes.
  private static let aliases = records(of: "genes").flatMap { cells in
    cells.count < 3 ? [] : cells[2].split(separator: ";").map(String.init)
  }

  /// The rows of a built-in table, its header first.
  private static func records(of table: String) -> [[String]] {
    let text = (try? SourceFiles.text("Sources/CBuiltInTables/tables/\(table).tsv")) ?? ""
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }
}
