// SPDX-License-Identifier: Apache-2.0
internal import Knowledge

/// Indications that a regulator withdrew; what rests on the same therapy and biomarker goes with them.
struct WithdrawnIndications {
  private struct Key: Hashable {
    let therapy: Int32, gene: Int32, tumorType: String
  }
  private var withdrawn: Set<Key> = []
  private let opposition: Opposition

  init(_ matches: [TherapyMatch], _ opposition: Opposition) {
    self.opposition = opposition
    var standing: Set<Key> = []
    for match in matches where match.rule.direction == .sensitivity {
      // Of an unknown tumor only rules for any tumor are met.
      let isHere = match.proximity == .same || match.proximity == .agnostic || match.tumorType.isEmpty
      if match.rule.regulatoryStatus == .withdrawn, isHere {
        withdrawn.insert(key(match))
      } else if match.rule.level == .a1, isHere,
        match.rule.regulatoryStatus == .approved || match.rule.regulatoryStatus == .accelerated
      {
        standing.insert(key(match))
      }
    }
    withdrawn.subtract(standing)
  }

  private func key(_ match: TherapyMatch) -> Key {
    let (index, rule) = (opposition.index, match.ruleIndex)
    return Key(therapy: index.therapies[rule], gene: index.genes[rule], tumorType: match.tumorType)
  }

  /// Whether a row goes with a withdrawn indication.
  func covers(_ match: TherapyMatch) -> Bool {
    opposition.isWithdrawn(match) || !withdrawn.isEmpty && withdrawn.contains(key(match))
  }
}
