// SPDX-License-Identifier: Apache-2.0
/// The formats we read.
///
/// To add one: write its reader in a file of its own, and name it here. The first that recognizes a header takes the
/// file, so the more particular stand first.
enum FormatRegistry {
  static let readers: [any InputReader.Type] = [
    OwnTables.self,
    VCFReader.self,
    JSONResultReader.self,
    VendorXMLReader.self,
    SectionedReportReader.self,
    VEPDefaultReader.self,
    AnnovarReader.self,
    ICGCReader.self,
    SimplifiedAlterationReader.self,
    GenePanelFileReader.self,
    SampleSummaryReader.self,
    ScarScoreReader.self,
    MicrosatelliteReader.self,
    GenePanelMatrixReader.self,
    StructuralVariantReader.self,
    MAFReader.self,
    FusionTableReader.self,
    LongCopyNumberReader.self,
    GeneCopiesReader.self,
    SegmentReader.self,
    LogRatioReader.self,
    ExpressionReader.self,
    UnsupportedFormats.self,
    BiomarkerTableReader.self,
    CopyNumberMatrixReader.self,
    MutationTableReader.self,
  ]
}
