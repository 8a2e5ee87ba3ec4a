// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge
internal import Matching

/// The words of the tables in the words of people.
enum ReportWords {
  static func verdict(_ match: TherapyMatch) -> String {
    guard match.rule.direction == .resistance else { return verdict(match.verdict) }
    return switch match.verdict {
    case .overridden: "outweighed by stronger evidence"
    case .conflicting: "with dissent"
    default: verdict(match.verdict)
    }
  }

  static func verdict(_ verdict: Verdict) -> String {
    switch verdict {
    case .supported: "supported"
    case .conditional: "conditional"
    case .conflicting: "conflicting evidence"
    case .overridden: "overridden by resistance"
    case .caution: "caution"
    case .withdrawn: "withdrawn"
    case .hypothesis: "hypothesis"
    }
  }

  static func direction(_ direction: Rule.Direction) -> String {
    switch direction {
    case .sensitivity: "sensitivity"
    case .resistance: "resistance"
    case .noBenefit: "no benefit"
    case .context: "context"
    }
  }

  static func line(_ line: Rule.Line) -> String {
    switch line {
    case .any: "any line"
    case .neoadjuvant: "neoadjuvant"
    case .adjuvant: "adjuvant"
    case .consolidation: "consolidation"
    case .maintenance: "maintenance"
    case .first: "first line"
    case .secondPlus: "second line or later"
    case .last: "last line"
    }
  }

  /// `FDA: approved, 2018-04-18`.
  static func regulatoryStatus(_ rule: Rule) -> String {
    let body =
      switch rule.authority {
      case .fda, .ema: rule.authority.rawValue
      case .guideline: "Guideline"
      case .literature: "Literature"
      }
    if rule.regulatoryStatus == .notApplicable, rule.statusDate.isEmpty {
      return rule.authority == .fda || rule.authority == .ema ? body + ": no regulatory status" : body
    }
    // A paper or a guideline has no day on which a regulator decided.
    let isRegulator = rule.authority == .fda || rule.authority == .ema
    if !isRegulator, rule.statusDate.isEmpty, rule.withdrawnDate.isEmpty, rule.regulatoryStatus != .withdrawn {
      return body + ": " + rule.regulatoryStatus.rawValue
    }
    let status =
      switch rule.regulatoryStatus {
      case .accelerated: "accelerated approval"
      case .notApplicable: "no regulatory status"
      default: rule.regulatoryStatus.rawValue
      }
    if rule.regulatoryStatus == .withdrawn {
      let when = rule.withdrawnDate.isEmpty ? rule.statusDate : rule.withdrawnDate
      return "\(body): withdrawn, \(when.isEmpty ? "date unknown" : when)"
    }
    let withdrawn = rule.withdrawnDate.isEmpty ? "" : "; withdrawn \(rule.withdrawnDate)"
    return "\(body): \(status), \(rule.statusDate.isEmpty ? "date unknown" : rule.statusDate)\(withdrawn)"
  }

  static func proximity(_ proximity: Proximity) -> String {
    switch proximity {
    case .same: "same tumor type"
    case .agnostic: "rule for any tumor of this kind"
    case .bridge: "same histology in another organ"
    case .lineage: "related tumor type"
    case .other: "evidence from another tumor type"
    case .crossing: "evidence across solid and blood tumors"
    }
  }

  static func rung(_ rung: Rung) -> String {
    switch rung {
    case .exact: "exact change"
    case .codon: "same codon"
    case .range: "exon or range"
    case .effectClass: "class of change"
    case .oncogenic: "any oncogenic change"
    case .gene: "any change of the gene"
    case .biomarker: "biomarker"
    case .histology: "tumor type only"
    case .inferred: "inferred"
    }
  }

  static func oncogenicity(_ verdict: Oncogenicity.Class) -> String {
    switch verdict {
    case .oncogenic: "oncogenic"
    case .likelyOncogenic: "likely oncogenic"
    case .uncertain: "uncertain significance"
    case .likelyBenign: "likely benign"
    case .benign: "benign"
    case .notApplicable: "not applicable"
    }
  }

  static func outcome(_ outcome: AnnotatedAlteration.Outcome) -> String {
    switch outcome {
    case .matched: "Matched"
    case .noRule: "No match"
    case .vus: "No match (VUS)"
    case .benign: "No match (benign)"
    case .silent: "No match (silent)"
    case .notEvaluated: "Not evaluated"
    }
  }

  static func status(_ status: SampleReport.Status) -> String {
    switch status {
    case .reported: "reported"
    case .noMatch: "no match"
    case .notEvaluated: "not evaluated"
    case .failed: "failed"
    case .deferred: "deferred"
    }
  }

  static func assay(_ kind: AssayKind) -> String {
    switch kind {
    case .mutations: "mutations"
    case .copyNumber: "copy number"
    case .fusions: "fusions"
    case .biomarkers: "biomarkers (TMB, MSI, HRD, stains)"
    }
  }

  /// A fraction as a percentage without Foundation.
  static func percent(_ value: Double) -> String {
    guard abs(value) < 1e12 else { return String(value * 100) + "%" }
    let tenths = Int((value * 1000).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)%" : "\(tenths / 10).\(abs(tenths % 10))%"
  }

  /// A number with at most two decimals.
  static func plain(_ value: Double) -> String {
    guard abs(value) < 1e12 else { return String(value) }
    let hundredths = (value * 100).rounded() / 100
    return hundredths == hundredths.rounded() ? String(Int(hundredths)) : String(hundredths)
  }

  static func count(_ number: Int, _ one: String, _ many: String) -> String { "\(number) \(number == 1 ? one : many)" }
}

/// The address behind a reference of a rule.
enum ReferenceLink {
  /// What to print and where it leads; `nil` for whatever is not of a known form.
  static func of(_ reference: String) -> (words: String, address: String)? {
    if let address = address(reference) { return (reference, address) }
    // A label may end in the address of its text.
    guard reference.hasPrefix("LABEL:"), let space = reference.lastIndex(of: " ") else { return nil }
    let address = reference[reference.index(after: space)...]
    guard address.hasPrefix("https://"), address.utf8.allSatisfy(isPlain) else { return labelPage(reference) }
    return (String(reference[..<space]), String(address))
  }

  /// A label without an address of its own leads to the page of its product, at the regulator or the library that keeps
  /// its labels.
  private static func labelPage(_ reference: String) -> (words: String, address: String)? {
    let words = reference.dropFirst(6).split(separator: " ")
    guard words.count >= 2, isProduct(words[1]) else { return nil }
    switch words[0] {
    case "EMA": return (reference, "https://www.ema.europa.eu/en/medicines/human/EPAR/\(words[1])")
    case "FDA":
      // The library keeps products that are packed together under each of their names.
      let name = words[1].prefix { $0 != "-" }
      return (reference, "https://dailymed.nlm.nih.gov/dailymed/search.cfm?labeltype=all&query=\(name)")
    default: return nil
    }
  }

  /// The words of a reference for people: `FDA label Yondelis 2015-10-23`.
  static func plain(_ words: String) -> String {
    // The number of PubMed Central has its own letters.
    guard words.hasPrefix("LABEL:") else { return words.hasPrefix("PMCID:PMC") ? String(words.dropFirst(6)) : words }
    var parts = words.dropFirst(6).split(separator: " ").map(String.init)
    guard parts.count > 1, ["FDA", "EMA"].contains(parts[0]) else { return "label " + words.dropFirst(6) }
    if isProduct(parts[1]) {
      parts[1] = parts[1].split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(
        separator: "-")
    }
    parts.insert("label", at: 1)
    return parts.joined(separator: " ")
  }

  /// The words of a label without its day: `FDA label Yondelis`; those of any other reference whole.
  static func product(_ words: String) -> String {
    let plain = plain(words)
    guard words.hasPrefix("LABEL:"), let space = plain.lastIndex(of: " ") else { return plain }
    let last = plain[plain.index(after: space)...]
    return last.allSatisfy({ $0.isASCII && $0.isNumber || $0 == "-" }) ? String(plain[..<space]) : plain
  }

  /// Whether a word is the name of a product, or the names of products that are packed together.
  private static func isProduct(_ word: some StringProtocol) -> Bool {
    word.first != "-" && word.last != "-" && word.allSatisfy { $0.isASCII && $0.isLowercase || $0 == "-" }
  }

  /// A reference for people without its address.
  static func short(_ reference: String) -> String { plain(of(reference)?.words ?? reference) }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"), UInt8(ascii: ":"):
      true
    default: false
    }
  }

  /// The address of a paper or a trial.
  private static func address(_ reference: String) -> String? {
    if let id = digits(reference, after: "PMID:") { return "https://pubmed.ncbi.nlm.nih.gov/" + id + "/" }
    if let id = digits(reference, after: "PMCID:PMC") ?? digits(reference, after: "PMCID:") {
      return "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC" + id + "/"
    }
    if let id = digits(reference, after: "NCT"), id.utf8.count == 8 {
      return "https://clinicaltrials.gov/study/NCT" + id
    }
    if let doi = rest(reference, after: "DOI:"), doi.hasPrefix("10.") { return "https://doi.org/" + encoded(doi) }
    return nil
  }

  private static func rest(_ reference: String, after prefix: String) -> String? {
    guard reference.hasPrefix(prefix) else { return nil }
    let rest = reference.dropFirst(prefix.count).drop { $0 == " " }
    return rest.isEmpty ? nil : String(rest)
  }

  private static func digits(_ reference: String, after prefix: String) -> String? {
    guard let rest = rest(reference, after: prefix), rest.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return rest
  }

  /// The text with every byte that may not stand in a path as `%` and two digits.
  static func encoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"),
        UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "+"),
        UInt8(ascii: "@"), UInt8(ascii: "="):
        result.unicodeScalars.append(UnicodeScalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
      }
    }
    return result
  }
}
