// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import InputFormats
internal import Knowledge
internal import Matching
internal import Reports

/// The burden of mutations, counted from a sample's calls and the size of its assay.
///
/// Guide: Normalizing, Mutational burden from calls. An estimate of ours opens nothing by itself: a high one makes rows
/// conditional on the number that a test states.
struct MutationalBurden {
  /// What came of it.
  enum Outcome {
    case computed(perMegabase: Double, changes: Int)
    /// Too few bases to tell.
    case assayTooSmall
    /// No silent changes among the calls: the list was filtered.
    case filteredList
  }

  /// From where on it is held to be high.
  static let limit = 10.0
  /// The least size of an assay, in millions of bases.
  static let leastMegabases = 0.5
  /// More than the genome has.
  static let largestMegabases = 4000.0
  /// The least allele fraction that counts.
  static let leastFraction = 0.05
  /// Of a list that was not filtered, at least one call in so many is silent.
  private static let callsPerSilent = 20

  let outcome: Outcome
  let megabases: Double

  init(
    _ alterations: [Alteration], without notEvaluated: Matcher.NotEvaluated, _ unlisted: [Alteration],
    megabases: Double
  ) {
    self.megabases = megabases
    var (changes, silent) = (0, 0)
    func count(_ alteration: Alteration) {
      guard case .sequence(let change) = alteration.event, alteration.source != nil, alteration.origin != .germline,
        !alteration.cautions.contains(.commonInPopulation),
        alteration.variantAlleleFraction ?? 1 >= Self.leastFraction
      else { return }
      if change.effect == .synonymous { silent += 1 }
      if Self.changesProtein(change.effect) { changes += 1 }
    }
    for (place, alteration) in alterations.enumerated() where notEvaluated[place] == nil { count(alteration) }
    for alteration in unlisted { count(alteration) }
    outcome =
      if megabases < Self.leastMegabases {
        .assayTooSmall
      } else if silent == 0 || silent * Self.callsPerSilent < changes {
        .filteredList
      } else {
        .computed(perMegabase: Double(changes) / megabases, changes: changes)
      }
  }

  private static func changesProtein(_ effect: VariantEffect) -> Bool {
    switch effect {
    case .missense, .nonsense, .frameshift, .inframeDeletion, .inframeInsertion, .splice, .startLost, .stopLost: true
    default: false
    }
  }

  /// What is said of it, with method and limits.
  var remark: String {
    switch outcome {
    case .computed(let value, let changes):
      "TMB computed from calls: \(Self.plain(value)) per Mb (\(changes) changes of proteins in \(Self.plain(megabases)) Mb, "
        + "without germline calls, common polymorphisms and allele fractions under 5 %); an estimate, used as a condition "
        + "and not as a result"
    case .assayTooSmall:
      "TMB not computed from calls: \(Self.plain(megabases)) Mb are too few (\(Self.plain(Self.leastMegabases)) at least)"
    case .filteredList:
      "TMB not computed from calls: there are too few silent changes among them, so that the list seems filtered"
    }
  }

  /// The finding where it is high; it names no number, so that rules wait for one.
  func finding(named name: String) -> Alteration? {
    guard case .computed(let value, let changes) = outcome, value >= Self.limit else { return nil }
    return Alteration(
      gene: name, event: .measurement(Measurement(name: name, word: "high")),
      asWritten: "computed from calls: \(changes) changes in \(Self.plain(megabases)) Mb, \(Self.plain(value)) per Mb")
  }

  static func plain(_ value: Double) -> String {
    let tenths = (value * 100).rounded() / 100
    return tenths == tenths.rounded() ? String(Int(tenths)) : String(tenths)
  }
}

extension SampleProcessor {
  /// Computes the burden of mutations where the size of the assay is known and no value is stated.
  func countBurden(
    _ entry: SampleSheet.Entry?, _ notEvaluated: Matcher.NotEvaluated, _ profile: inout SampleProfile,
    _ report: inout SampleReport
  ) {
    let name = context.table.reference.facts.biomarkers.first(.burden).nameOfResults
    var stated = number("assay_mb", entry, &report.remark)
    if let size = stated, size <= 0 || size > MutationalBurden.largestMegabases {
      append(
        "assay_mb '\(entry?.values["assay_mb"] ?? "")' of the sample sheet is no size of an assay in millions of bases and"
          + " is not used (write 38 for 38 Mb)", to: &report.remark)
      stated = nil
    }
    guard let size = stated ?? settings.assayMegabases ?? panelMegabases, size > 0,
      report.assaysSeen.contains(.mutations), !profile.alterations.contains(where: { $0.gene == name })
    else { return }
    let burden = MutationalBurden(
      profile.alterations, without: notEvaluated, report.unlisted, megabases: size)
    append(burden.remark, to: &report.remark)
    if let finding = burden.finding(named: name) { profile.alterations.append(finding) }
  }
}
