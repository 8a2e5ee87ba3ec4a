// SPDX-License-Identifier: Apache-2.0
package import Alterations
internal import DelimitedText

/// Turns copy-number calls in numbers or words into the canonical ones (guide: Normalizing, Copy number).
package enum CopyNumberNormalizer {
  /// A call and what is remarkable about it.
  package struct Result: Hashable, Sendable {
    /// The canonical call.
    package let call: CopyNumberCall
    /// `partial` for -1.5 and for an amplification of a part of the gene; `oneAlleleAssumed` for a loss without a word for
    /// both alleles.
    package let caution: Caution?

    /// A call, with what is to be borne in mind where there is such a thing.
    package init(_ call: CopyNumberCall, caution: Caution? = nil) {
      self.call = call
      self.caution = caution
    }
  }

  /// A GISTIC-style call (`2`, `2.0`, `+2`, `-1.5`) or a word (`AMP`, `DeepDel`, `homozygous deletion`); `nil` when it is neither.
  package static func call(_ text: String) -> Result? {
    // One digit, as nearly all cells are.
    if text.utf8.count == 1, let byte = text.utf8.first {
      switch byte {
      case UInt8(ascii: "0"): return Result(.neutral)
      case UInt8(ascii: "1"): return Result(.gain)
      case UInt8(ascii: "2"): return Result(.amplification)
      default: break
      }
    }
    if let number = WrittenNumber(text).value {
      switch number {
      case 2: return Result(.amplification)
      case 1: return Result(.gain)
      case 0: return Result(.neutral)
      case -1: return Result(.heterozygousLoss)
      case -1.5: return Result(.homozygousDeletion, caution: .partial)
      case -2: return Result(.homozygousDeletion)
      default: return nil
      }
    }
    return words[text.lowercased().filter { $0.isLetter || $0.isNumber }]
  }

  private static let words: [String: Result] = {
    var table: [String: Result] = [:]
    for (result, words) in [
      (Result(.amplification), amplified), (Result(.amplification, caution: .partial), partlyAmplified),
      (Result(.gain), gained), (Result(.neutral), unchanged), (Result(.homozygousDeletion), bothLost),
      (Result(.lossOfHeterozygosity), oneParent), (Result(.heterozygousLoss), oneLost),
      (Result(.heterozygousLoss, caution: .oneAlleleAssumed), lost),
    ] {
      for word in words { table[word] = result }
    }
    return table
  }()

  private static let amplified = [
    "amp", "amplification", "amplified", "highlevelamplification", "highlevelamp", "highamplification", "highamp",
    "hlamp", "focalamplification", "focalamp", "fullamp", "fullamplification", "geneamplification",
    "strongamplification", "highlyamplified", "amplificationpositive", "amplificationdetected",
    "amplificationhigh", "amplificationhighlevel", "amphigh", "amplificationfocal", "ampfocal",
    "focalhighlevelamplification",
  ]
  private static let partlyAmplified = ["partialamp", "partialamplification"]
  private static let gained = [
    "gain", "gained", "lowlevelgain", "lowgain", "copygain", "copynumbergain", "cngain", "duplication", "dup",
    "gainofcopies", "gainofcopynumber", "copynumbergained",
  ]
  private static let unchanged = [
    "neutral", "wt", "wildtype", "diploid", "normal", "none", "nochange", "copyneutral", "copynumberneutral",
    "cnneutral", "unchanged", "balanced", "notamplified", "noamplification", "nonamplified", "unamplified",
    "notdeleted",
    "nodeletion", "nogain", "noloss", "nocopynumberchange", "nocnv", "nocna", "intact", "retained",
  ]
  private static let bothLost = [
    "homdel", "deepdel", "deepdeletion", "homozygousdeletion", "biallelicdeletion", "homozygousloss", "deeploss", "hd",
    "biallelicloss", "homozygouslydeleted", "homozygouslylost", "biallelicallydeleted", "fulldel", "fulldeletion",
    "fullloss", "completeloss", "completedeletion", "twocopyloss", "twocopydeletion", "lossofbothalleles",
    "lossofbothcopies", "deletionofbothalleles", "bothallelesdeleted", "bothalleleslost", "homloss", "homdeletion",
    "homozygousdel", "biallelicdel", "deeplydeleted", "bothcopieslost", "bothcopiesdeleted", "deletionofbothcopies",
    "2copyloss", "2copydeletion", "homodel", "homodeletion", "deletionhomozygous", "losshomozygous",
  ]
  private static let oneParent = [
    "loh", "lossofheterozygosity", "cnloh", "copyneutralloh", "copyneutrallossofheterozygosity", "neutralloh", "cnnloh",
    "copynumberneutralloh", "upd", "uniparentaldisomy",
  ]
  private static let oneLost = [
    "losshet", "hetloss", "shallowdel", "shallowdeletion", "shallowloss", "hetdel", "heterozygousdeletion",
    "heterozygousloss", "hemdel", "hemizygousdeletion", "hemizygousloss", "monoallelicloss", "monoallelicdeletion",
    "singlecopyloss", "singlecopydeletion", "onecopyloss", "onecopydeletion", "heterozygouslydeleted",
    "lossofoneallele",
    "lossofonecopy", "hetdeletion", "heterozygousdel",
  ]
  private static let lost = [
    "loss", "deletion", "deleted", "del", "lost", "copyloss", "copynumberloss", "copynumberdeletion", "cnloss",
    "genedeletion", "focaldeletion", "focalloss", "copynumberlost",
  ]

  // MARK: Calls and copies

  /// What one cell, or a clinician's words, say of copies: `amplified (12 copies)`, `CN=12`, `FULL_AMP`.
  package struct Statement: Hashable, Sendable {
    /// The call, where there is one.
    package var call: Result?
    /// The number of copies, where there is one.
    package var copies: Double?

    /// Reads a text; `nil` when it holds anything else.
    package init?(_ text: String) {
      if let call = CopyNumberNormalizer.call(text) {
        self.call = call
        return
      }
      var (copies, rest) = Self.copies(in: text)
      if copies == nil { (copies, rest) = Self.copiesInBrackets(text) }
      guard let copies else { return nil }
      self.copies = copies
      let words = rest.split(separator: " ").filter { !Self.fillers.contains(String($0)) }
      rest = words.joined(separator: " ")
      // `0 copies (homozygous)` says twice the same.
      if copies < 0.5, ["homozygous", "biallelic", "hom"].contains(rest) { rest = "" }
      if rest.contains(where: \.isLetter) {
        guard let call = CopyNumberNormalizer.call(rest) else { return nil }
        self.call = call
      }
    }

    /// Words beside a number that say nothing more.
    private static let fillers: Set<String> = [
      "about", "approximately", "approx", "approx.", "ca", "ca.", "estimated", "mean", "average", "total", "per",
      "cell", "nucleus", "gene", "signals", "in", "tumor", "cells", "of", "the",
    ]

    /// The number that stands in brackets behind a call: `AMP (14)`.
    private static func copiesInBrackets(_ text: String) -> (copies: Double?, rest: String) {
      guard let open = text.lastIndex(of: "("), text.hasSuffix(")"), open > text.startIndex else { return (nil, text) }
      let inside = text[text.index(after: open)...].dropLast().drop { "~<>≥≤x ".contains($0) }
      let before = String(text[..<open]).trimmingWhiteSpace
      guard CopyNumberNormalizer.call(before) != nil, let number = WrittenNumber(inside).value else {
        return (nil, text)
      }
      return (number, before)
    }

    /// The number beside `copies`, `copy`, `CN` or `copy number`, and what is left of the text.
    package static func copies(in text: String) -> (copies: Double?, rest: String) {
      // A comma between digits belongs to the number.
      let words = text.lowercased().split { " ()[]=:;".contains($0) }
        .map { word in String(word.drop { $0 == "," }.reversed().drop { $0 == "," }.reversed()) }
        // `copy number >= 10` is that number or more.
        .filter { !$0.isEmpty && !$0.allSatisfy { "~>≥".contains($0) } }
      var rest = words
      var found: Double?
      func number(_ place: Int) -> Double? {
        guard words.indices.contains(place) else { return nil }
        let digits = words[place].drop { "~>≥".contains($0) }
        return digits.allSatisfy { $0.isNumber || $0 == "." || $0 == "," } ? WrittenNumber(digits).value : nil
      }
      func take(_ value: Double, _ places: [Int]) {
        found = value
        for place in places where rest.indices.contains(place) { rest[place] = "" }
      }
      for (place, word) in words.enumerated() where found == nil {
        if ["copies", "copy"].contains(word), let value = number(place - 1) {
          take(value, [place - 1, place])
        } else if ["cn", "gcn", "tcn", "copies", "ploidy_cn", "copynumber", "copy_number", "total_cn"].contains(word),
          let value = number(place + 1)
        {
          take(value, [place, place + 1])
        } else if word == "number", place > 0, words[place - 1] == "copy",
          let value = number(place + 1)
            ?? (words.indices.contains(place + 1) && words[place + 1] == "of" ? number(place + 2) : nil)
        {
          take(value, [place - 1, place, place + 1, place + 2].filter { $0 <= place + 1 || words[place + 1] == "of" })
        } else if word.hasPrefix("cn"), let value = WrittenNumber(word.dropFirst(2)).value {
          take(value, [place])
        } else if word.hasPrefix("copy-number"), let value = number(place + 1) {
          take(value, [place, place + 1])
        }
      }
      return (found, rest.filter { !$0.isEmpty }.joined(separator: " "))
    }
  }

  /// The number of a cell that gives copies from below, or about: `>10`, `≥ 8`, `~7`; `nil` for any other cell.
  ///
  /// Numbers of -2 to 2 may be calls and are left alone.
  package static func boundedCopies(_ text: String) -> Double? {
    guard let sign = text.first, ">≥~≈+".contains(sign) else { return nil }
    let rest = text.drop { ">≥=~≈+ ".contains($0) }
    guard let number = WrittenNumber(rest).value, number > 2 else { return nil }
    return number
  }

  /// Why a call and a number of copies cannot both be; `nil` when they can.
  ///
  /// - Parameters:
  ///   - ploidy: Mean copies of the genome; 2 when not known.
  ///   - amplification: Copies from which on a gain is an amplification at ploidy 2.
  package static func contradiction(
    _ result: Result, copies: Double, ploidy: Double = 2, amplification: Double = Normalizer.usualAmplificationCopies
  ) -> String? {
    // A part of the gene may have other copies than the whole.
    if result.caution == .partial { return nil }
    let slack = 0.05
    let isContradictory =
      switch result.call {
      case .amplification: copies <= ploidy + slack
      case .gain: copies < ploidy - slack
      case .homozygousDeletion: copies >= 1
      case .heterozygousLoss: copies > ploidy + slack
      case .neutral:
        [.amplification, .homozygousDeletion].contains(
          call(copies: copies, ploidy: ploidy, amplification: amplification))
      case .lossOfHeterozygosity: false
      }
    guard isContradictory else { return nil }
    return "called \(result.call.rawValue) with \(plain(copies)) copies at a ploidy of \(plain(ploidy))"
  }

  /// A number without needless digits.
  package static func plain(_ number: Double) -> String {
    let rounded = (number * 100).rounded() / 100
    return rounded == rounded.rounded() && abs(rounded) < 1e9 ? String(Int(rounded)) : String(rounded)
  }

  /// Total copies of a gene as a call (guide: Normalizing, Copy number).
  ///
  /// - Parameters:
  ///   - copies: Mean total copies in tumor cells.
  ///   - ploidy: Mean copies of the genome; 2 when not known.
  ///   - amplification: Copies from which on a gain is an amplification at ploidy 2.
  package static func call(
    copies: Double, ploidy: Double = 2, amplification: Double = Normalizer.usualAmplificationCopies
  ) -> CopyNumberCall {
    if copies < 0.5 { return .homozygousDeletion }
    let threshold = ploidy <= 2.5 ? amplification : max(amplification, ploidy + 4)
    if copies >= threshold { return .amplification }
    if copies >= ploidy + 1 { return .gain }
    return copies <= ploidy - 1 ? .heterozygousLoss : .neutral
  }
}
