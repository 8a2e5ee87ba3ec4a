// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import JSONText
internal import Knowledge
internal import Matching
internal import SystemIO

extension ReportFormat {
  /// A bundle of HL7 FHIR R4 in the forms of the Genomics Reporting guide.
  package static let fhir = ReportFormat(
    "fhir", showsCodingChanges: true,
    sample: { view in
      [ReportFile(name: ".fhir.json", bytes: FHIRBundle(report: view.report, context: view.context).bytes)]
    })
}

/// A sample's report as FHIR: patient, specimen, an observation for each alteration and for each therapy that rests on
/// one or is closed by one, and the report that holds them.
///
/// Codes are those of the guide (STU3); what it has no code for is text. Addresses of resources are made from the
/// sample's identifier, so the same report gives the same bytes.
struct FHIRBundle {
  let report: SampleReport
  let context: ReportContext

  private static let guide = "http://hl7.org/fhir/uv/genomics-reporting/"
  private static let loinc = "http://loinc.org"
  private static let guideCodes = guide + "CodeSystem/tbd-codes-cs"

  var bytes: [UInt8] {
    var json = JSONWriter(indentedDepth: 4)
    json.object { json in
      json.value("resourceType", "Bundle")
      json.value("type", "collection")
      json.array("entry") { json in
        entry("patient", &json, patient)
        entry("specimen", &json, specimen)
        for (index, annotated) in alterations.enumerated() {
          entry("alteration-\(index)", &json) { variant(annotated.alteration, .decided(annotated), &$0) }
        }
        for (place, unlisted) in report.unlisted.enumerated() {
          entry("alteration-\(alterations.count + place)", &json) {
            variant(unlisted, Judgement(unlisted: unlisted), &$0)
          }
        }
        for index in implications { entry("option-\(index)", &json) { implication(index, &$0) } }
        entry("report", &json, diagnosticReport)
      }
    }
    json.finish()
    return json.bytes
  }

  private var alterations: [AnnotatedAlteration] { report.matches?.alterations ?? [] }

  /// Places of the answers that rest on an alteration; the guide derives every implication from a finding.
  private var implications: [Int] {
    let options = report.matches?.options ?? []
    return options.indices.filter { !options[$0].findings.isEmpty }
  }

  // MARK: Resources

  private func entry(_ key: String, _ json: inout JSONWriter, _ body: (inout JSONWriter) -> Void) {
    json.object { json in
      json.value("fullUrl", address(key))
      json.object("resource") { body(&$0) }
    }
  }

  private func patient(_ json: inout JSONWriter) {
    json.value("resourceType", "Patient")
    if !report.patientID.isEmpty { identifier(report.patientID, "urn:oncomatch:patient", &json) }
  }

  private func specimen(_ json: inout JSONWriter) {
    json.value("resourceType", "Specimen")
    if !report.sampleID.isEmpty { identifier(report.sampleID, "urn:oncomatch:sample", &json) }
    concept("type", text: "tumor", &json)
    reference("subject", "patient", &json)
  }

  private func variant(_ alteration: Alteration, _ judgement: Judgement, _ json: inout JSONWriter) {
    let isMeasurement = if case .measurement = alteration.event { true } else { false }
    observation(profile: isMeasurement ? nil : "variant", &json)
    if isMeasurement {
      concept("code", text: alteration.gene, &json)
    } else {
      concept("code", system: Self.loinc, code: "69548-6", display: "Genetic variant assessment", &json)
    }
    common(&json)
    switch alteration.event {
    case .measurement: json.value("valueString", Self.text(alteration.description))
    case .wildType, .absent:
      concept("valueCodeableConcept", system: Self.loinc, code: "LA9634-2", display: "Absent", &json)
    case .sequence, .copyNumber, .fusion:
      if judgement.leavesOpen {
        concept("valueCodeableConcept", system: Self.loinc, code: "LA11884-6", display: "Indeterminate", &json)
      } else {
        concept("valueCodeableConcept", system: Self.loinc, code: "LA9633-4", display: "Present", &json)
      }
    }
    json.array("component") { json in
      if !isMeasurement { components(of: alteration, &json) }
      let words =
        [
          alteration.gene + " " + alteration.description, judgement.oncogenicity.verdict.rawValue, judgement.reason,
        ]
        + alteration.cautions.map(\.words).sorted()
        .filter { !$0.isEmpty }
      component(Self.guideCodes, "conclusion-string", "Conclusion String", &json) { json in
        json.value("valueString", Self.text(words.joined(separator: "; ")))
      }
    }
  }

  private func components(of alteration: Alteration, _ json: inout JSONWriter) {
    component(Self.loinc, "48018-6", "Gene studied [ID]", &json) { json in
      concept("valueCodeableConcept", text: alteration.gene, &json)
    }
    if case .sequence(let change) = alteration.event {
      if let protein = change.proteinChange {
        component(Self.loinc, "48005-3", "Amino acid change (pHGVS)", &json) { json in
          concept("valueCodeableConcept", text: protein.description, &json)
        }
      }
      if !change.codingChange.isEmpty {
        component(Self.loinc, "48004-6", "DNA change (c.HGVS)", &json) { json in
          concept("valueCodeableConcept", text: change.codingChange, &json)
        }
      }
    }
    if let fraction = alteration.variantAlleleFraction {
      component(Self.loinc, "81258-6", "Sample variant allelic frequency [NFr]", &json) { quantity(fraction, &$0) }
    }
    if let copies = alteration.copyNumber {
      component(Self.loinc, "82155-3", "Genomic structural variant copy number", &json) { quantity(copies, &$0) }
    }
    switch alteration.origin {
    case .somatic: source("LA6684-0", "Somatic", &json)
    case .germline: source("LA6683-2", "Germline", &json)
    case .unknown: break
    }
  }

  private func source(_ code: String, _ display: String, _ json: inout JSONWriter) {
    component(Self.loinc, "48002-0", "Genomic source class [Type]", &json) { json in
      concept("valueCodeableConcept", system: Self.loinc, code: code, display: display, &json)
    }
  }

  private func implication(_ index: Int, _ json: inout JSONWriter) {
    guard let matches = report.matches else { return }
    let option = matches.options[index]
    observation(profile: "therapeutic-implication", &json)
    citations(option.shownReferences.filter { !$0.isEmpty }, &json)
    concept("code", system: Self.guideCodes, code: "therapeutic-implication", display: "Therapeutic Implication", &json)
    common(&json)
    let note = option.best.rule.note
    if !note.isEmpty { json.array("note") { json in json.object { $0.value("text", Self.text(note)) } } }
    json.array("derivedFrom") { json in
      for alteration in option.findings {
        json.object { $0.value("reference", address("alteration-\(alteration)")) }
      }
    }
    json.array("component") { json in
      for agent in option.agents {
        component(Self.loinc, "51963-7", "Medication assessed [ID]", &json) { json in
          concept("valueCodeableConcept", text: agent, &json)
        }
      }
      component(Self.guideCodes, "predicted-therapeutic-implication", "Predicted Therapeutic Implication", &json) {
        effect(option, &$0)
      }
      component(Self.loinc, "93044-6", "Level of evidence", &json) { json in
        let tier = option.best.tier == .none ? "" : "AMP/ASCO/CAP tier \(option.best.tier.name), "
        concept("valueCodeableConcept", text: tier + "level \(option.best.rule.level.rawValue)", &json)
      }
      if !option.tumorType.isEmpty {
        component(Self.guideCodes, "phenotypic-treatment-context", "Phenotypic treatment context", &json) { json in
          let name = context.table.reference.tumorTypes.node(option.tumorType)?.name ?? option.tumorType
          concept("valueCodeableConcept", system: "urn:oncotree", code: option.tumorType, display: name, &json)
        }
      }
      component(Self.guideCodes, "conclusion-string", "Conclusion String", &json) { json in
        json.value("valueString", Self.text(conclusion(option, matches)))
      }
    }
  }

  private func citations(_ references: [String], _ json: inout JSONWriter) {
    guard !references.isEmpty else { return }
    json.array("extension") { json in
      for reference in references {
        json.object { json in
          json.value("url", "http://hl7.org/fhir/StructureDefinition/workflow-relatedArtifact")
          json.object("valueRelatedArtifact") { json in
            json.value("type", "citation")
            json.value("citation", Self.text(reference))
            if let link = ReferenceLink.of(reference) { json.value("url", link.address) }
          }
        }
      }
    }
  }

  /// The answer for a therapy in one line, with the part of the first page that it stands in.
  private func conclusion(_ option: TherapyOption, _ matches: SampleMatches) -> String {
    var words = ["\(option.therapy): \(option.group.rawValue.withSpaces)"]
    if option.group.isRanked { words.append(ReportWords.verdict(option.verdict)) }
    words.append(option.approval(context.table.reference.tumorTypes))
    let (because, against) = (option.becauseWords(matches), option.againstWords(matches))
    if !because.isEmpty { words.append("because of " + because.replacing(";", with: ", ")) }
    if !against.isEmpty { words.append("against it " + against.replacing(";", with: ", ")) }
    if !option.openQuestions.isEmpty { words.append("test: " + option.best.condition.joined(separator: ", ")) }
    words.append("rules " + option.shownRows.map(\.rule.id).joined(separator: ", "))
    return words.joined(separator: "; ")
  }

  /// What the answer says as a code of the guide; what waits or is contested is text, so that no code says more.
  private func effect(_ option: TherapyOption, _ json: inout JSONWriter) {
    switch option.group {
    case .conditional: concept("valueCodeableConcept", text: "responsive if the test is met", &json)
    case .opened where option.verdict == .conflicting, .byTumorType where option.verdict == .conflicting:
      concept("valueCodeableConcept", text: "conflicting evidence", &json)
    case .opened, .byTumorType:
      concept("valueCodeableConcept", system: Self.loinc, code: "LA6677-4", display: "Responsive", &json)
    case .closed:
      concept("valueCodeableConcept", system: Self.loinc, code: "LA6676-6", display: "Resistant", &json)
    case .noBenefit: concept("valueCodeableConcept", text: ReportWords.direction(.noBenefit), &json)
    case .withdrawn: concept("valueCodeableConcept", text: "withdrawn, no option", &json)
    }
  }

  private func diagnosticReport(_ json: inout JSONWriter) {
    json.value("resourceType", "DiagnosticReport")
    json.object("meta") { $0.values("profile", [Self.guide + "StructureDefinition/genomic-report"]) }
    json.value("status", status)
    json.array("category") { json in
      coded("http://terminology.hl7.org/CodeSystem/v2-0074", "GE", "Genetics", &json)
    }
    concept("code", system: Self.loinc, code: "51969-4", display: "Genetic analysis report", &json)
    reference("subject", "patient", &json)
    json.array("specimen") { json in json.object { $0.value("reference", address("specimen")) } }
    let results =
      (0..<report.alterationCount).map { "alteration-\($0)" } + implications.map { "option-\($0)" }
    if !results.isEmpty {
      json.array("result") { json in
        for key in results { json.object { $0.value("reference", address(key)) } }
      }
    }
    let tables = context.table.sources.map { "\($0.name) \($0.version)" }.joined(separator: ", ")
    let words =
      [report.message.isEmpty ? "" : report.message + ".", "oncomatch \(context.programVersion), table \(tables)."]
      .filter { !$0.isEmpty }
      + ReportContext.statements
    json.value("conclusion", Self.text(words.joined(separator: " ")))
  }

  private var status: String {
    switch report.status {
    case .reported, .noMatch: "final"
    case .failed: "cancelled"
    case .notEvaluated, .deferred: "registered"
    }
  }

  // MARK: Parts

  private func observation(profile: String?, _ json: inout JSONWriter) {
    json.value("resourceType", "Observation")
    if let profile { json.object("meta") { $0.values("profile", [Self.guide + "StructureDefinition/" + profile]) } }
  }

  /// Status, category, subject and specimen of an observation.
  private func common(_ json: inout JSONWriter) {
    json.value("status", "final")
    json.array("category") { json in
      coded("http://terminology.hl7.org/CodeSystem/observation-category", "laboratory", "Laboratory", &json)
      coded("http://terminology.hl7.org/CodeSystem/v2-0074", "GE", "Genetics", &json)
    }
    reference("subject", "patient", &json)
    reference("specimen", "specimen", &json)
  }

  private func identifier(_ value: String, _ system: String, _ json: inout JSONWriter) {
    json.array("identifier") { json in
      json.object { json in
        json.value("system", system)
        json.value("value", Self.text(value))
      }
    }
  }

  private func reference(_ name: StaticString, _ key: String, _ json: inout JSONWriter) {
    json.object(name) { $0.value("reference", address(key)) }
  }

  private func coded(_ system: String, _ code: String, _ display: String, _ json: inout JSONWriter) {
    json.object { json in
      json.array("coding") { json in
        json.object { json in
          json.value("system", system)
          json.value("code", code)
          json.value("display", display)
        }
      }
    }
  }

  private func concept(
    _ name: StaticString, system: String, code: String, display: String, _ json: inout JSONWriter
  ) {
    json.object(name) { json in
      json.array("coding") { json in
        json.object { json in
          json.value("system", system)
          json.value("code", code)
          json.value("display", display)
        }
      }
    }
  }

  private func concept(_ name: StaticString, text: String, _ json: inout JSONWriter) {
    json.object(name) { $0.value("text", Self.text(text)) }
  }

  private func component(
    _ system: String, _ code: String, _ display: String, _ json: inout JSONWriter,
    value: (inout JSONWriter) -> Void
  ) {
    json.object { json in
      concept("code", system: system, code: code, display: display, &json)
      value(&json)
    }
  }

  private func quantity(_ value: Double, _ json: inout JSONWriter) {
    json.object("valueQuantity") { json in
      json.value("value", (value * 1e4).rounded() / 1e4)
      json.value("system", "http://unitsofmeasure.org")
      json.value("code", "1")
    }
  }

  /// FHIR has no empty texts.
  private static func text(_ text: String) -> String { text.isEmpty ? "not stated" : text }

  /// The address of a resource: a UUID (version 8) made from the sample's identifier and the resource's place.
  private func address(_ key: String) -> String {
    var hash = Array(SHA256.hash(Array("\(report.sampleID)\u{1F}\(key)".utf8)).prefix(16))
    hash[6] = hash[6] & 0x0F | 0x80
    hash[8] = hash[8] & 0x3F | 0x80
    var text = "urn:uuid:"
    for (index, byte) in hash.enumerated() {
      if [4, 6, 8, 10].contains(index) { text += "-" }
      text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return text
  }
}

extension TherapyOption {
  /// The alterations behind the rows that are shown: what it rests on, and what speaks against it, each once.
  fileprivate var findings: [Int] {
    Array(Set(because + (bestAgainst?.alterations ?? []))).sorted()
  }
}
