// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import JSONText
internal import Knowledge

/// One genomic or clinical node of a CTML tree: fields that have to hold together.
///
/// `!` before a value turns a genomic node as a whole and a clinical field by itself. What cannot be read stays in the
/// tree as a condition that is always open.
struct CTMLNode {
  private let conditions: ConditionReader
  private let fields: [String: JSONValue]
  private let place: String

  init(_ conditions: ConditionReader, _ fields: [String: JSONValue], _ place: String) {
    (self.conditions, self.fields, self.place) = (conditions, fields, place)
  }

  /// A value without its `!`, and whether it had one.
  private static func value(_ text: String) -> (text: String, isNegated: Bool) {
    text.hasPrefix("!") ? (String(text.dropFirst()).trimmed, true) : (text, false)
  }

  private func text(_ field: String) -> String? {
    guard let words = fields[field]?.words, !words.isEmpty else { return nil }
    return Self.value(words).text
  }

  private func open(_ field: String, _ problem: String, _ remarks: inout [CTMLTrial.Fault]) -> TrialCondition {
    let value = fields[field]?.words ?? JSONTrials.texts(fields[field]).joined(separator: ", ")
    remarks.append(
      CTMLTrial.Fault(field: "\(place).\(field)", value: value, problem: problem + "; the condition stays unknown"))
    return .notRead("\(field): \(value)")
  }

  // MARK: Genomic

  private static let genomicFields: Set<String> = [
    "hugo_symbol", "variant_category", "protein_change", "wildcard_protein_change", "variant_classification", "exon",
    "cnv_call", "fusion_partner_hugo_symbol", "wildtype", "mmr_status", "ms_status",
    // Names for people.
    "display_name", "comment", "comments",
  ]

  /// What a genomic node asks for.
  func genomic(_ remarks: inout [CTMLTrial.Fault]) -> TrialCondition {
    for field in fields.keys.sorted() where Self.genomicFields.contains(field) && !Self.isForPeople(field) {
      guard let value = fields[field], value.words == nil else { continue }
      if case .null = value { continue }
      let items = value.elements.compactMap(\.words)
      guard case .array(let all) = value, items.count == all.count else {
        return open(field, "is neither a value nor a list of values", &remarks)
      }
      if !items.isEmpty { return genomic(field, anyOf: items, &remarks) }
    }
    return single(&remarks)
  }

  /// One node for each value of a list: any of those wanted, and none of those excluded.
  private func genomic(
    _ field: String, anyOf items: [String], _ remarks: inout [CTMLTrial.Fault]
  ) -> TrialCondition {
    let isExcluding = fields.contains { $0.key != field && Self.isNegated($0.value) }
    var (wanted, excluded): ([TrialCondition], [TrialCondition]) = ([], [])
    for item in items {
      var node = fields
      node[field] = .string(item)
      let condition = CTMLNode(conditions, node, place).genomic(&remarks)
      if isExcluding || item.hasPrefix("!") { excluded.append(condition) } else { wanted.append(condition) }
    }
    let parts = [TrialCondition.any(of: wanted)].compactMap(\.self) + excluded
    return .all(of: parts) ?? .notRead("\(field): an empty list")
  }

  /// Whether a value, or one of a list, begins with `!`.
  private static func isNegated(_ value: JSONValue) -> Bool {
    value.words?.hasPrefix("!") ?? value.elements.contains { $0.words?.hasPrefix("!") == true }
  }

  /// Whether a field has names for people, and no condition.
  private static func isForPeople(_ field: String) -> Bool { ["display_name", "comment", "comments"].contains(field) }

  /// What a genomic node with one value in each field asks for.
  private func single(_ remarks: inout [CTMLTrial.Fault]) -> TrialCondition {
    let isNegated = fields.values.contains { $0.words?.hasPrefix("!") == true }
    var parts: [TrialCondition] = []
    for field in ["mmr_status", "ms_status"] where text(field) != nil { parts.append(repair(field, &remarks)) }
    if text("hugo_symbol") != nil || text("fusion_partner_hugo_symbol") != nil || text("variant_category") != nil {
      parts.append(alteration(&remarks))
    }
    for field in fields.keys.sorted() where !Self.genomicFields.contains(field) {
      parts.append(open(field, "is a field that is not read", &remarks))
    }
    guard let condition = TrialCondition.all(of: parts) else {
      return open(fields.keys.sorted().first ?? "", "asks for nothing that is read", &remarks)
    }
    return isNegated ? .not(condition) : condition
  }

  private func alteration(_ remarks: inout [CTMLTrial.Fault]) -> TrialCondition {
    let category = (text("variant_category") ?? "").lowercased().filter(\.isLetter)
    let isFusion = ["structuralvariation", "structuralvariant", "sv", "fusion"].contains(category)
    let partner = text("fusion_partner_hugo_symbol") ?? ""
    guard let name = text("hugo_symbol"), !Self.isAnyGene(name) else {
      let isOfAnyGenes = fields["hugo_symbol"] != nil && (partner.isEmpty || Self.isAnyGene(partner))
      if isFusion, isOfAnyGenes { return .anyFusion }
      // Any gene with a partner is a fusion of the partner.
      guard isFusion, !partner.isEmpty, !Self.isAnyGene(partner), !Self.isIntergenic(partner) else {
        return open(
          fields["hugo_symbol"] == nil ? "variant_category" : "hugo_symbol", "names no gene to look at", &remarks)
      }
      return gene("fusion_partner_hugo_symbol", partner, &remarks) { gene, _ in .fusion(of: gene) }
    }
    return gene("hugo_symbol", name, &remarks) { gene, remarks in
      if let wildtype = text("wildtype")?.lowercased() {
        if ["true", "yes", "y"].contains(wildtype) { return .rule(.wildType(gene)) }
        if !["false", "no", "n"].contains(wildtype) { return open("wildtype", "is not true or false", &remarks) }
      }
      switch category {
      case "mutation", "mut": return mutation(gene, &remarks)
      case "copynumbervariation", "cnv": return copyNumber(gene, &remarks)
      case _ where isFusion: return fusion(gene, partner, &remarks)
      case "", "anyvariation", "any":
        if fields["protein_change"] != nil || fields["wildcard_protein_change"] != nil || fields["exon"] != nil
          || fields["variant_classification"] != nil
        {
          return mutation(gene, &remarks)
        }
        if fields["cnv_call"] != nil { return copyNumber(gene, &remarks) }
        if !partner.isEmpty { return fusion(gene, partner, &remarks) }
        return .any([.mutation(gene), .anyCopies(of: gene), .fusion(of: gene)])
      default: return open("variant_category", "is no category that is read", &remarks)
      }
    }
  }

  private static func isAnyGene(_ name: String) -> Bool { name.lowercased().filter(\.isLetter) == "anygene" }
  private static func isIntergenic(_ name: String) -> Bool { name.lowercased() == "intergenic" }

  /// A condition about a gene; open where the name is none.
  private func gene(
    _ field: String, _ name: String, _ remarks: inout [CTMLTrial.Fault],
    _ make: (String, inout [CTMLTrial.Fault]) -> TrialCondition
  ) -> TrialCondition {
    do throws(SpecProblem) {
      return make(try conditions.gene(name), &remarks)
    } catch {
      let problem = error.description.replacing("'\(name)' ", with: "")
      remarks.append(
        CTMLTrial.Fault(
          field: "\(place).\(field)", value: name, problem: problem + "; the condition stays unknown"))
      return .notRead("\(field): \(name)")
    }
  }

  /// The field that says most decides; a gene alone means any change of it.
  private func mutation(_ gene: String, _ remarks: inout [CTMLTrial.Fault]) -> TrialCondition {
    var parts: [TrialCondition] = []
    func add(_ field: String, _ atom: String) {
      do throws(SpecProblem) {
        parts.append(try conditions.atom(atom, gene: gene))
      } catch {
        parts.append(open(field, error.description.replacing("'\(atom)' ", with: ""), &remarks))
      }
    }
    if let change = text("protein_change") { add("protein_change", change.hasPrefix("p.") ? change : "p." + change) }
    if let change = text("wildcard_protein_change") {
      // `p.V600` is any change at the residue.
      let codon = change.drop { !$0.isNumber }
      if !codon.isEmpty, codon.allSatisfy(\.isNumber) {
        add("wildcard_protein_change", "CODON \(codon)")
      } else {
        parts.append(open("wildcard_protein_change", "is no residue such as p.V600", &remarks))
      }
    }
    let effect = text("variant_classification").map(Self.effect)
    if let exon = text("exon") {
      add("exon", ["EXON \(exon)", effect.flatMap(\.self)].compactMap(\.self).joined(separator: " "))
      if effect == .some(nil) { parts.append(open("variant_classification", "is no class that is read", &remarks)) }
    } else if let effect {
      if let effect {
        add("variant_classification", effect)
      } else {
        parts.append(open("variant_classification", "is no class that is read", &remarks))
      }
    }
    return .all(of: parts) ?? .mutation(gene)
  }

  /// The atom of a class of the Mutation Annotation Format; `nil` for others.
  private static func effect(_ name: String) -> String? {
    switch name.lowercased().filter(\.isLetter) {
    case "missensemutation", "missense": "missense"
    case "nonsensemutation", "nonsense": "nonsense"
    case "frameshiftdel", "frameshiftins", "frameshift": "frameshift"
    case "inframedel", "inframedeletion": "inframe_del"
    case "inframeins", "inframeinsertion": "inframe_ins"
    case "splicesite", "splice": "splice"
    case "translationstartsite", "startlost": "start_lost"
    case "nonstopmutation", "stoplost": "stop_lost"
    default: nil
    }
  }

  private func copyNumber(_ gene: String, _ remarks: inout [CTMLTrial.Fault]) -> TrialCondition {
    func call(_ wanted: AlterationSpec.CopyNumberClass) -> TrialCondition {
      .rule(.alteration(gene: gene, .copyNumber(wanted)))
    }
    guard let written = text("cnv_call") else { return .anyCopies(of: gene) }
    switch written.lowercased().filter(\.isLetter) {
    case "highamplification", "amplification", "highlevelamplification": return call(.amplification)
    case "lowamplification", "gain", "lowlevelamplification": return call(.gain)
    case "homozygousdeletion", "deepdeletion": return call(.homozygousDeletion)
    case "heterozygousdeletion", "shallowdeletion": return .all([call(.loss), .not(call(.homozygousDeletion))])
    default: return open("cnv_call", "is no call that is read", &remarks)
    }
  }

  private func fusion(_ gene: String, _ partner: String, _ remarks: inout [CTMLTrial.Fault]) -> TrialCondition {
    if partner.isEmpty || Self.isAnyGene(partner) { return .fusion(of: gene) }
    if Self.isIntergenic(partner) {
      return .all([.fusion(of: gene), .notRead("fusion partner of \(gene): intergenic")])
    }
    return self.gene("fusion_partner_hugo_symbol", partner, &remarks) { other, _ in
      // In either order; whoever looked for fusions of the gene looked for both.
      let pairs = other == gene ? [(gene, gene)] : [(gene, other), (other, gene)]
      return .any(
        of: pairs.map { .rule(.alteration(gene: gene, .exactFusion(fivePrime: $0.0, threePrime: $0.1))) })
        ?? .fusion(of: gene)
    }
  }

  /// Mismatch repair and microsatellites say one thing in two words.
  private func repair(_ field: String, _ remarks: inout [CTMLTrial.Fault]) -> TrialCondition {
    let biomarkers = conditions.reference.facts.biomarkers
    let (repair, instability) = (biomarkers.first(.repair).name, biomarkers.first(.instability).name)
    func either(_ first: String, _ second: String) -> TrialCondition {
      .any([
        .rule(.measurement(name: repair, MeasurementTest(word: first))),
        .rule(.measurement(name: instability, MeasurementTest(word: second))),
      ])
    }
    let written = (text(field) ?? "").lowercased()
    if written.contains("deficient") || written.contains("mmr-d") || written.contains("msi-h") {
      return either("deficient", "high")
    }
    if written.contains("proficient") || written.contains("mmr-p") || written.contains("mss") {
      return either("proficient", "stable")
    }
    return open(field, "is no status that is read", &remarks)
  }

  // MARK: Clinical

  /// What a clinical node asks for.
  func clinical(_ remarks: inout [CTMLTrial.Fault]) -> TrialCondition {
    var parts: [TrialCondition] = []
    for field in fields.keys.sorted() where !Self.isForPeople(field) {
      let value = fields[field] ?? .null
      let values = value.words.map { [$0] } ?? value.elements.compactMap(\.words)
      guard !values.isEmpty, value.words != nil || values.count == value.elements.count else {
        parts.append(open(field, "has no value", &remarks))
        continue
      }
      var (wanted, excluded): ([TrialCondition], [TrialCondition]) = ([], [])
      for value in values.map(Self.value) {
        let condition = clinical(field, value.text, &remarks)
        if value.isNegated { excluded.append(.not(condition)) } else { wanted.append(condition) }
      }
      // None of those excluded, and any of those wanted; limits of a number are the ends of one range.
      if field.hasSuffix("_numerical") {
        parts += wanted
      } else if let part = TrialCondition.any(of: wanted) {
        parts.append(part)
      }
      parts += excluded
    }
    return .all(of: parts) ?? .notRead("an empty node")
  }

  private func clinical(_ field: String, _ value: String, _ remarks: inout [CTMLTrial.Fault]) -> TrialCondition {
    switch field {
    case "oncotree_primary_diagnosis", "oncotree_diagnosis", "oncotree_primary_diagnosis_name":
      if let claim = conditions.tumors.claim(ofTreeName: value) { return .tumor(claim) }
      return open(field, "is no name of the OncoTree (\(conditions.tumors.advice(value)))", &remarks)
    case "age_numerical":
      if let test = ConditionReader.comparison(value) { return .age(test) }
      return open(field, "is no limit of age (for example >=18)", &remarks)
    case "gender", "sex":
      if let sex = Sex(written: value) { return .sex(sex) }
      return open(field, "is not Female or Male", &remarks)
    case "tmb_numerical":
      let name = conditions.reference.facts.biomarkers.first(.burden).name
      if let test = ConditionReader.comparison(value) { return .rule(.measurement(name: name, test)) }
      return open(field, "is no limit (for example >=10)", &remarks)
    case "prior_treatment_agent": return .rule(.priorTherapy(value))
    default: break
    }
    let written = field.uppercased().replacing("_STATUS", with: "").filter { $0.isLetter || $0.isNumber }
    if field.hasSuffix("_status"), let biomarker = conditions.reference.facts.biomarkers.written(written),
      ["positive", "negative"].contains(value.lowercased())
    {
      return .rule(.measurement(name: biomarker.name, MeasurementTest(word: value.lowercased())))
    }
    return open(field, "is a field that is not read", &remarks)
  }
}

extension TrialCondition {
  /// A fusion in which the gene is a partner.
  fileprivate static func fusion(of gene: String) -> TrialCondition { .rule(.alteration(gene: gene, .fusion(.any))) }

  /// More or fewer copies than usual.
  fileprivate static func anyCopies(of gene: String) -> TrialCondition {
    .any(
      [.amplification, .gain, .loss].map { .rule(.alteration(gene: gene, .copyNumber($0))) })
  }
}
