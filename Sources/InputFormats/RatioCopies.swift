// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// What a tumor's share of a sample and its mean copies make of ratios.
package struct PurityAndPloidy: Sendable {
  /// The share of tumor cells, above 0 up to 1.
  package let purity: Double
  /// Mean copies of the tumor's genome.
  package let ploidy: Double

  /// `nil` where one of the two is not known or cannot be.
  package init?(purity: Double?, ploidy: Double?) {
    guard let purity, let ploidy, purity > 0, purity <= 1, ploidy > 0 else { return nil }
    self.purity = purity
    self.ploidy = ploidy
  }

  /// The copies in tumor cells behind a log2 ratio on an autosome, of which normal cells have two.
  ///
  /// A ratio of 0 is the mean of all cells: `purity * ploidy + 2 * (1 - purity)`.
  package func copies(log2 ratio: Double) -> Double {
    // A ratio below 2^-20 is none that is measured.
    var power = 1.0
    let bounded = min(max(ratio, -20), 20)
    power = Self.powerOfTwo(bounded)
    let mean = purity * ploidy + 2 * (1 - purity)
    return max(0, (power * mean - 2 * (1 - purity)) / purity)
  }

  /// Two to the power of a number between -20 and 20.
  private static func powerOfTwo(_ exponent: Double) -> Double {
    let whole = exponent.rounded(.down)
    // The series of e to the power of a number below ln 2.
    let rest = (exponent - whole) * 0.693_147_180_559_945_3
    var term = 1.0
    var sum = 1.0
    for number in 1...20 {
      term *= rest / Double(number)
      sum += term
    }
    return Double(sign: .plus, exponent: Int(whole), significand: sum)
  }
}

extension RecordBatch {
  /// What became of ratios.
  package struct RatioOutcome: Sendable {
    /// The lines of rows whose sample has no purity or no ploidy.
    package var withoutFit: [Int32] = []
    /// The lines of rows on a sex chromosome, of which the copies in normal cells are not known.
    package var onSexChromosome: [Int32] = []
  }

  /// Whether there are ratios among the records.
  package var hasRatios: Bool {
    records.contains { record in
      switch record.statement {
      case .segment(let segment): segment.isRatio
      case .copyNumber(let copyNumber): copyNumber.isRatio
      case .mutation, .fusion, .biomarker: false
      }
    }
  }

  /// Puts copies in the place of ratios; without a fit, and on sex chromosomes, rows are taken out.
  package mutating func settleRatios(fit: PurityAndPloidy?) -> RatioOutcome {
    var outcome = RatioOutcome()
    let old = records
    records = []
    records.reserveCapacity(old.count)
    for var record in old {
      let (isRatio, chromosome, written) = ratio(of: record)
      guard isRatio else {
        records.append(record)
        continue
      }
      guard let fit, let value = Double(written) else {
        outcome.withoutFit.append(record.line)
        continue
      }
      if Self.isSexChromosome(chromosome) {
        outcome.onSexChromosome.append(record.line)
        continue
      }
      let copies = (fit.copies(log2: value) * 100).rounded() / 100
      let text = keep(String(copies))
      switch record.statement {
      case .segment(var segment):
        segment.copies = text
        segment.isRatio = false
        record.statement = .segment(segment)
      case .copyNumber(var copyNumber):
        copyNumber.amount = text
        copyNumber.isCopies = true
        copyNumber.isRatio = false
        record.statement = .copyNumber(copyNumber)
      case .mutation, .fusion, .biomarker: break
      }
      records.append(record)
    }
    return outcome
  }

  private func ratio(of record: RawRecord) -> (isRatio: Bool, chromosome: String, written: String) {
    switch record.statement {
    case .segment(let segment) where segment.isRatio: (true, string(segment.chromosome), string(segment.copies))
    case .copyNumber(let row) where row.isRatio: (true, string(row.chromosome), string(row.amount))
    default: (false, "", "")
    }
  }

  private static func isSexChromosome(_ name: String) -> Bool {
    ["X", "Y"].contains(Chromosome.plain(name))
  }
}
