// SPDX-License-Identifier: Apache-2.0
/// The files of one sample as text: mutations, copy number, fusions, and its row of the sample sheet.
///
/// All of them follow from the seed and the sample's number alone, so a sample is the same in a batch of any size.
struct SampleText {
  let name: String
  private let seed: UInt64
  private let number: Int

  init(seed: UInt64, number: Int) {
    self.seed = seed
    self.number = number
    let digits = String(number)
    name = "SAMPLE-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }

  private func random(_ purpose: UInt64) -> SplitMix {
    SplitMix(seed: (seed ^ UInt64(number)) &+ purpose &* 0xD1B5_4A32_D192_ED03)
  }

  // MARK: Mutations

  static let mutationsHead = "#version 2.4\n" + MAFRows.header.joined(separator: "\t") + "\n"

  func mutations(rows: Int) -> String {
    var maker = MAFRows(seed: seed &+ UInt64(number))
    var text = ""
    for _ in 0..<rows { text += maker.row(sample: name) }
    return text
  }

  // MARK: Copy number

  static let copyNumberHead = "Hugo_Symbol\tEntrez_Gene_Id\tSample_Id\tValue\n"

  /// Genes of a panel.
  private static let panel = """
    ABL1 AKT1 AKT2 ALK APC AR ARID1A ATM ATR ATRX AURKA AXL BAP1 BARD1 BCL2 BRAF BRCA1 BRCA2 BRIP1 CCND1 CCND2 CCND3 \
    CCNE1 CDH1 CDK12 CDK4 CDK6 CDKN1B CDKN2A CDKN2B CHEK1 CHEK2 CREBBP CSF1R CTNNB1 DDR2 DNMT3A EGFR EP300 ERBB2 \
    ERBB3 ERBB4 ERCC2 ESR1 EZH2 FANCA FANCC FBXW7 FGFR1 FGFR2 FGFR3 FGFR4 FH FLCN FLT3 FOXL2 GATA3 GNA11 GNAQ GNAS \
    HRAS IDH1 IDH2 IGF1R INPP4B JAK1 JAK2 JAK3 KDM6A KDR KEAP1 KIT KMT2D KRAS MAP2K1 MAP2K2 MAP3K1 MCL1 MDM2 MDM4 \
    MED12 MEN1 MET MITF MLH1 MSH2 MSH6 MTOR MYC MYCN NBN NF1 NF2 NFE2L2 NOTCH1 NOTCH2 NRAS NTRK1 NTRK2 NTRK3 PALB2 \
    PDGFRA PDGFRB PIK3CA PIK3CB PIK3R1 PMS2 POLE PTCH1 PTEN PTPN11 RAD51C RAD51D RAF1 RB1 RET RHOA RICTOR ROS1 SETD2 \
    SMAD4 SMARCA4 SMARCB1 SMO SRC STK11 TERT TP53 TSC1 TSC2 VHL
    """.split(separator: " ")

  var copyNumber: String {
    var random = random(1)
    var text = ""
    for gene in Self.panel {
      let call =
        switch random.below(60) {
        case 0: "2"
        case 1: "-2"
        case 2...6: "1"
        case 7...12: "-1"
        default: "0"
        }
      text += "\(gene)\t0\t\(name)\t\(call)\n"
    }
    return text
  }

  // MARK: Fusions

  static let fusionsHead =
    """
    Sample_Id SV_Status Site1_Hugo_Symbol Site1_Region_Number Site1_Region Site1_Chromosome Site1_Position \
    Site2_Hugo_Symbol Site2_Region_Number Site2_Region Site2_Chromosome Site2_Position Site2_Effect_On_Frame NCBI_Build \
    Class Tumor_Split_Read_Count Tumor_Paired_End_Read_Count Event_Info Connection_Type Annotation DNA_Support \
    RNA_Support
    """.split(separator: " ").joined(separator: "\t") + "\n"

  private static let drivers: [(five: String, three: String)] = [
    ("EML4", "ALK"), ("ETV6", "NTRK3"), ("TPM3", "NTRK1"), ("CD74", "ROS1"), ("KIF5B", "RET"), ("FGFR3", "TACC3"),
    ("FGFR2", "BICC1"), ("CCDC6", "RET"), ("TMPRSS2", "ERG"), ("EWSR1", "FLI1"), ("SS18", "SSX1"), ("COL1A1", "PDGFB"),
  ]
  private static let bystanders = [
    "PVT1", "IMMP2L", "MAGI2", "FHIT", "WWOX", "LRP1B", "CSMD1", "PTPRD", "DLG2", "MACROD2", "PARD3B", "SHANK2",
  ]

  var fusions: String {
    var random = random(2)
    var text = ""
    for _ in 0..<random.below(5) {
      let isDriver = random.below(12) == 0
      let driver = random.pick(Self.drivers)
      let five = isDriver ? driver.five : random.pick(Self.bystanders)
      let three = isDriver ? driver.three : random.pick(Self.bystanders)
      let cells = [
        name, "SOMATIC", five, String(1 + random.below(20)), "intron", String(1 + random.below(22)),
        String(1_000_000 + random.below(100_000_000)), three, String(1 + random.below(20)), "intron",
        String(1 + random.below(22)), String(1_000_000 + random.below(100_000_000)),
        isDriver ? "In_frame" : random.pick(["In_frame", "Out_of_frame", ""]), "GRCh38",
        random.pick(["TRANSLOCATION", "DELETION", "INVERSION", "DUPLICATION"]), String(3 + random.below(60)),
        String(random.below(40)), "Fusion", "5to3", "\(five)-\(three) fusion", "yes", random.pick(["yes", "no", ""]),
      ]
      text += cells.joined(separator: "\t") + "\n"
    }
    return text
  }

  // MARK: Sample sheet

  static let sheetHead = "sample_id\tpatient_id\ttumor_type\tpurity\tploidy\tage\tline\ttmb\tmsi\n"

  /// Codes, names and aliases, as sheets mix them; the more frequent tumors of a center twice.
  private static let tumorTypes = [
    "LUAD", "LUAD", "NSCLC", "BRCA", "BRCA", "IDC", "COAD", "COADREAD", "READ", "PRAD", "PAAD", "SKCM", "MEL", "GIST",
    "LMS", "ULMS", "Leiomyosarcoma", "STAD", "CHOL", "BLCA", "UCEC", "HGSOC", "GBM", "THPA", "CCRCC", "HNSC", "ESCA",
    "LUSC", "SS", "DDLS", "ACC", "SCLC",
  ]

  var sheetRow: String {
    var random = random(3)
    let cells = [
      name, "P\(number)", random.pick(Self.tumorTypes), "0.\(30 + random.below(65))",
      "\(2 + random.below(2)).\(random.below(10))", String(25 + random.below(60)),
      random.pick(["", "first", "second_plus"]), "\(random.below(20)).\(random.below(10))",
      random.below(20) == 0 ? "MSI-H" : "MSS",
    ]
    return cells.joined(separator: "\t") + "\n"
  }
}
