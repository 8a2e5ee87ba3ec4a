// SPDX-License-Identifier: Apache-2.0
public import Alterations
public import DelimitedText
internal import Gzip
internal import InputFormats
public import Knowledge
public import Matching
internal import Normalization

/// Reads the bytes of a lab's file, such as a MAF or a VCF, into the canonical alterations of its samples.
///
/// What a file is, is decided by its content, as in a run:
///
/// ```swift
/// let content = try AlterationReader(table: .builtIn).read(bytes, name: "cohort.maf")
/// for sample in content.samples { print(sample.profile.sampleID, sample.profile.alterations.count) }
/// ```
///
/// Immutable, so one serves all threads.
public struct AlterationReader: Sendable {
  /// What a file holds.
  public struct Content: Sendable {
    /// The format and its dialect: `MAF (vcf2maf)`; what else the file is where it gives no calls.
    public let format: String
    /// The samples in order of first appearance; a file without sample names is one sample whose name is empty.
    public let samples: [Sample]
    /// Rows that cannot be understood, in file order.
    public let rejected: [InputError]
    /// Why the file as a whole gives no calls, and the like.
    public let remarks: [String]
    /// How many rows were not looked at, by reason.
    public let filtered: [String: Int]
  }

  /// What a file says of one sample.
  public struct Sample: Sendable {
    /// Its alterations; what the file does not say, such as the tumor type, is for the caller to fill in.
    public var profile: SampleProfile
    /// Why an alteration, by its place, cannot be evaluated; for the matcher.
    public let notEvaluated: Matcher.NotEvaluated
  }

  private let normalizer: SampleNormalizer

  /// A reader that names genes and changes as a table does.
  public init(table: KnowledgeBase) {
    normalizer = SampleNormalizer(normalizer: Normalizer(table: table), usesShortWay: false)
  }

  /// Reads a whole file.
  ///
  /// - Parameters:
  ///   - bytes: The file, plain or gzip.
  ///   - name: What messages call it.
  /// - Throws: ``DelimitedText/InputError`` when the file is damaged, or of a known kind and without what the kind needs.
  public func read(_ bytes: [UInt8], name: String = "input") throws(InputError) -> Content {
    let text = try Self.unpacked(bytes, name)
    let file = try OpenedInput(text.span, path: name).readAll(text.span)
    var rejected = file.rejected
    var batches: [RecordBatch] = []
    var filtered: [String: Int] = [:]
    var remarks = file.remarks
    switch file.kind {
    case .alterations(let rows): (batches, filtered) = (rows.batches, rows.filtered.byReason)
    case .sampleSheet, .genePanel, .samplePanels: break
    case .refused(let refusal): remarks.append(refusal.reason)
    case .unknown(let reason): remarks.append(reason)
    case .failed(let error): throw error
    }
    let samples = batches.map { batch in
      let ploidy = batch.facts.ploidy
      let found = normalizer.normalize([(file: 0, batch: batch)], ploidy: ploidy ?? 2)
      rejected += found.rejected.map { row in
        InputError(path: name, line: Int(row.source.line), column: row.column, value: row.value, problem: row.problem)
      }
      for reasons in found.filteredByFile.values { filtered.merge(reasons, uniquingKeysWith: +) }
      let profile = SampleProfile(
        sampleID: batch.sampleID, tumorTypes: [], alterations: found.alterations,
        purity: batch.facts.purity, ploidy: ploidy)
      return Sample(profile: profile, notEvaluated: found.notEvaluated)
    }
    rejected.sort { ($0.line ?? 0) < ($1.line ?? 0) }
    return Content(
      format: file.format, samples: samples, rejected: rejected,
      remarks: remarks, filtered: filtered)
  }

  private static let largestText = 16 << 30

  private static func unpacked(_ bytes: [UInt8], _ name: String) throws(InputError) -> [UInt8] {
    guard Gunzip.isGzip(bytes.span) else { return bytes }
    var text: [UInt8] = []
    do {
      try Gunzip().unpack(bytes.span, into: &text, limit: largestText)
    } catch {
      throw InputError(path: name, problem: error.description)
    }
    return text
  }
}
