internal import Matching
package import Knowledge

/// Thresholds that decide what a change is, and gates that decide what is looked at and shown.
package struct Thresholds: Sendable, Equatable {
  /// Copies from which on a gain is an amplification in a diploid tumor.
  package var amplificationCopies = 6.0
  /// Cancer cell fraction below which a change is flagged as subclonal.
  package var subclonalFraction = 0.5
  /// Allele fraction below which support is flagged as low, for samples whose sheet has no `vaf_limit`; `nil` for none.
  package var lowSupport: Double?
  /// Whether all genes count as tested for mutations, as in an exome.
  package var isWholeExome = false
  /// Allele fraction below which a row is filtered; 0 for none.
  package var leastFraction = 0.0
  /// The weakest level that is shown.
  package var lowestLevel = Rule.Level.e

  /// The values that hold without settings.
  package init() {}

  /// The values by their names in a settings file.
  var settings: [(name: String, value: String)] {
    [
      ("thresholds.amplification_copies", String(amplificationCopies)),
      ("thresholds.subclonal_fraction", String(subclonalFraction)),
      ("thresholds.low_support_vaf", lowSupport.map { String($0) } ?? ""),
      ("input.whole_exome", String(isWholeExome)), ("gates.min_vaf", String(leastFraction)),
      ("gates.lowest_level", lowestLevel.rawValue),
    ]
  }
}

extension Thresholds {
  /// What is shown of a sample's matches; rows that are not are counted in the message.
  func shown(_ matches: SampleMatches, message: inout String) -> SampleMatches {
    guard lowestLevel != .e else { return matches }
    var shown = matches
    shown.therapies.removeAll { $0.rule.level > lowestLevel }
    shown.options.removeAll { $0.best.rule.level > lowestLevel }
    // Derived pairs are of the weakest level.
    shown.combinations = []
    let count = matches.therapies.count - shown.therapies.count + matches.combinations.count
    if count > 0 {
      let remark = "\(count) \(count == 1 ? "row" : "rows") below level \(lowestLevel.rawValue) not shown (settings)"
      message = message.isEmpty ? remark : message + "; " + remark
    }
    return shown
  }
}
