// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge
internal import Matching

/// What a row's alterations are called, a word in each list for each of them.
struct RowWords {
  private(set) var genes: [String] = []
  private(set) var changes: [String] = []
  private(set) var classes: [String] = []
  private(set) var oncogenicity: [String] = []
  private(set) var outcomes: [String] = []
  private(set) var flags: [String] = []
  /// Why they were read or not, each reason once.
  var reasons: [String] = []

  /// Adds what alterations.tsv says of an alteration.
  mutating func add(_ alteration: Alteration, _ judgement: Judgement) {
    genes.append(alteration.gene)
    changes.append(alteration.description)
    classes.append(alteration.className)
    oncogenicity.append(judgement.oncogenicity.verdict.rawValue)
    outcomes.append(judgement.outcome.rawValue)
    flags += alteration.cautions.map(\.code).sorted()
    add(judgement.reason)
  }

  private mutating func add(_ reason: String) {
    if !reason.isEmpty, !reasons.contains(reason) { reasons.append(reason) }
  }
}

extension RowAnswers {
  /// The strongest of some alterations in the words of the OncoKB annotator: effect and oncogenicity.
  func oncogenicity(
    _ found: [AnnotatedAlteration], _ unlisted: [Alteration]
  ) -> (effect: String, oncogenic: String) {
    let order: [Oncogenicity.Class] = [
      .oncogenic, .likelyOncogenic, .uncertain, .likelyBenign, .benign, .notApplicable,
    ]
    let strongest = found.min { one, other in
      (order.firstIndex(of: one.oncogenicity.verdict) ?? 9) < (order.firstIndex(of: other.oncogenicity.verdict) ?? 9)
    }
    guard let strongest else {
      let isSilent = !unlisted.isEmpty && unlisted.allSatisfy(\.isSilent)
      return isSilent ? ("Likely Neutral", "Likely Neutral") : ("Unknown", "Unknown")
    }
    let effect: String
    switch strongest.oncogenicity.verdict {
    case .notApplicable: return ("", "")
    case .benign, .likelyBenign: return ("Likely Neutral", "Likely Neutral")
    case .uncertain: return ("Unknown", "Unknown")
    case .oncogenic, .likelyOncogenic: effect = self.effect(of: strongest.alteration)
    }
    return (effect, strongest.oncogenicity.verdict == .oncogenic ? "Oncogenic" : "Likely Oncogenic")
  }

  /// What an oncogenic change does to the gene's product, as far as its kind and the role of the gene tell.
  private func effect(of alteration: Alteration) -> String {
    let role = context.table.reference.roles[alteration.gene]
    let (mayGain, mayLose) = (role?.isOncogene == true, role?.isSuppressor == true)
    let (gain, loss) = ("Likely Gain-of-function", "Likely Loss-of-function")
    switch alteration.event {
    case .copyNumber(.amplification): return mayGain ? gain : "Unknown"
    case .copyNumber(.homozygousDeletion): return mayLose ? loss : "Unknown"
    case .fusion: return mayLose && !mayGain ? loss : mayGain ? gain : "Unknown"
    case .sequence(let change):
      if change.effect.isTruncating { return mayLose ? loss : "Unknown" }
      return mayGain == mayLose ? "Unknown" : mayGain ? gain : loss
    case .copyNumber, .measurement, .wildType, .absent: return "Unknown"
    }
  }
}

extension Alteration {
  /// A call of copies in the words of the OncoKB annotator; what else it is in ours.
  var callName: String {
    guard case .copyNumber(let call) = event else { return description }
    return switch call {
    case .amplification: "Amplification"
    case .gain: "Gain"
    case .heterozygousLoss: "Loss"
    case .homozygousDeletion: "Deletion"
    case .lossOfHeterozygosity, .neutral: call.rawValue
    }
  }
}
