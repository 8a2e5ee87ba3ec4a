// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge
internal import Matching

/// What a sample says of the patient and not of the tumor: changes in the germline, and alleles by which drugs are borne.
struct GermlineFindings {
  /// A change that is, or may well be, in the germline.
  struct Finding {
    /// Its place in the sample's list.
    let alteration: Int
    /// Whether the input says so; else its allele fraction suggests it.
    let isStated: Bool
    /// What its gene predisposes to; empty where the table does not know.
    let predisposition: String
    /// Therapies that rest on it and are open, or open but for a test.
    let therapies: [String]
  }

  /// An allele by which a drug is borne.
  struct Allele {
    let alteration: Int
    let allele: DoseAllele
    /// Whether the input says that it is in the germline, or its name says it.
    let isStated: Bool
    /// What the input says of the other copy of the gene, for people; empty where it says nothing.
    let copies: String
  }

  /// What has to be done with each.
  static let advice = "confirm in a certified laboratory"

  let findings: [Finding]
  let alleles: [Allele]

  var isEmpty: Bool { findings.isEmpty && alleles.isEmpty }

  init(_ matches: SampleMatches?, _ reference: ReferenceTables) {
    guard let matches, !matches.constitutional.isEmpty else {
      (findings, alleles) = ([], [])
      return
    }
    var findings: [Finding] = []
    var alleles: [Allele] = []
    for place in matches.constitutional {
      let annotated = matches.alterations[place]
      let alteration = annotated.alteration
      switch alteration.event {
      case .absent, .wildType, .measurement: continue
      case .sequence, .copyNumber, .fusion: break
      }
      if case .sequence(let change) = alteration.event {
        let known = reference.facts.doseAlleles.alleles(of: alteration.gene, change)
        if alteration.origin != .somatic {
          alleles += known.map {
            Allele(
              alteration: place, allele: $0, isStated: alteration.origin == .germline,
              copies: alteration.cautions.first { $0 == .heterozygous || $0 == .homozygous }?.words ?? "")
          }
        }
        if !known.isEmpty || change.namedClass.hasPrefix("*") { continue }
      }
      let isStated = alteration.origin == .germline
      guard isStated || alteration.cautions.contains(.possibleGermline), annotated.outcome != .notEvaluated,
        !annotated.oncogenicity.isBenign
      else { continue }
      let therapies = Self.therapies(place, matches)
      let predisposition = reference.predispositionGenes[alteration.gene] ?? ""
      guard !predisposition.isEmpty || !therapies.isEmpty || annotated.oncogenicity.isOncogenic else { continue }
      findings.append(
        Finding(alteration: place, isStated: isStated, predisposition: predisposition, therapies: therapies))
    }
    self.findings = findings
    // Two changes may mark one allele.
    var told: Set<String> = []
    self.alleles = alleles.filter {
      told.insert("\($0.allele.gene) \($0.allele.name) \($0.isStated) \($0.copies)").inserted
    }
  }

  private static func therapies(_ place: Int, _ matches: SampleMatches) -> [String] {
    var names: [String] = []
    for option in matches.options where option.because.contains(place) {
      guard option.group == .opened || option.group == .conditional, !names.contains(option.therapy) else { continue }
      names.append(option.therapy)
    }
    return names
  }
}

extension GermlineFindings.Finding {
  /// `germline as stated` or what suggests it.
  var origin: String {
    isStated ? "germline as the input states" : "likely germline by its allele fraction, not tested"
  }
}

extension GermlineFindings.Allele {
  /// What it says of drugs, for people.
  var words: String {
    let function =
      switch allele.function {
      case .none: "no function"
      case .decreased: "decreased function"
      }
    let origin = isStated ? "" : "; origin not stated"
    let note = allele.note.isEmpty ? "" : "; " + allele.note
    return "\(allele.gene) \(allele.name): allele of \(function), matters for the dose of \(allele.drugs)"
      + " (\(allele.guideline))\(copies.isEmpty ? "" : "; " + copies)\(origin)\(note)"
  }
}

extension AnnotatedAlteration {
  /// What it is held to be, with what that rests on: `oncogenic: pathogenic (ClinVar 2020-11)`.
  var classification: String {
    let reason = oncogenicity.reason
    return ReportWords.oncogenicity(oncogenicity.verdict) + (reason.isEmpty ? "" : ": " + reason)
  }
}
