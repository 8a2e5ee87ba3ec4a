// SPDX-License-Identifier: Apache-2.0
import DelimitedText
import Foundation
import Knowledge
import TestSupport
import Testing
@testable import TrialFiles

/// Registry files in every layout, whole and broken.
struct TrialFileTests {
  private static let reader = TrialFileReader(Clinic.table.reference)

  private static func read(_ text: String, _ name: String = "r.txt") throws(InputError) -> TrialRegistry.File {
    try reader.read(Array(text.utf8), name: name, date: "2026-11-01")
  }

  private static let header = "NCT Number,Study Title,Study Status,Conditions,Sex,Age,Phases,Locations"
  private static let ctml = """
    protocol_no: TRIAL-1
    status: Open to Accrual
    treatment_list:
      step:
        - step_code: '1'
          arm:
            - arm_code: A
              match:
                - and:
                    - genomic: {hugo_symbol: BRAF, variant_category: Mutation, protein_change: p.V600E}
                    - clinical: {oncotree_primary_diagnosis: Melanoma, age_numerical: ">=18"}
    """

  private static func study(_ id: String, _ condition: String = "Melanoma") -> String {
    """
    {"protocolSection": {"identificationModule": {"nctId": "\(id)", "briefTitle": "A study"},
     "statusModule": {"overallStatus": "RECRUITING", "lastUpdatePostDateStruct": {"date": "2026-10-02"}},
     "conditionsModule": {"conditions": ["\(condition)"], "keywords": ["BRAF"]}, "designModule": {"phases": ["PHASE1", "PHASE2"]},
     "eligibilityModule": {"eligibilityCriteria": "Inclusion:\\n* ECOG 0-1", "sex": "FEMALE", "minimumAge": "18 Years"},
     "contactsLocationsModule": {"locations": [{"country": "Japan"}, {"country": "France", "status": "WITHDRAWN"}]}}}
    """
  }

  @Test func `the CSV download`() throws {
    let file = try Self.read(
      Self.header
        + "\nTRIAL-1,\"A, title\nof two lines\",RECRUITING,Melanoma|Breast Cancer,ALL,\"ADULT, OLDER_ADULT\",PHASE1|PHASE2,"
        + "\"A Hospital, Tokyo, Japan|B, Seoul, Korea, Republic of\"\nTRIAL-2,B,COMPLETED,Melanoma,ALL,ADULT,NA,\n")
    #expect(file.trials.map(\.id) == ["TRIAL-1", "TRIAL-2"] && file.lost == 0 && file.date == "2026-11-01")
    let trial = try #require(file.trials.first)
    #expect(trial.title == "A, title of two lines" && trial.phase == "PHASE1/PHASE2")
    #expect(trial.countries == ["Japan", "Korea, Republic of"] && trial.line == 2)
    #expect(trial.unread == [.criteriaNotInFile, .ageLimits] && !trial.isClosed)
    #expect(file.trials[1].isClosed && file.trials[1].countries == nil && file.trials[1].line == 4)
  }

  @Test(arguments: [
    ("one study", study("TRIAL-1"), 1), ("a list", "[\(study("TRIAL-1")), \(study("TRIAL-2"))]", 2),
    ("a page", "\u{FEFF}{\"studies\": [\(study("TRIAL-1"))], \"nextPageToken\": \"x\"}", 1),
  ])
  func `the JSON of the API`(layout: String, text: String, count: Int) throws {
    let file = try Self.read(text)
    #expect(file.trials.count == count && file.faults.isEmpty)
    let trial = try #require(file.trials.first)
    #expect(trial.id == "TRIAL-1" && trial.status.standing == .open && trial.updated == "2026-10-02")
    #expect(trial.countries == ["Japan"], "a site that is withdrawn is none")
    #expect(trial.unread == [.criteria("Inclusion:\n* ECOG 0-1")])
  }

  @Test func `CTML in YAML and in JSON is one study`() throws {
    let json = """
      [{"protocol_no": "TRIAL-1", "status": "Open to Accrual", "treatment_list": {"step": [{"step_code": 1, "arm": [
       {"arm_code": "A", "match": [{"and": [
         {"genomic": {"hugo_symbol": "BRAF", "variant_category": "Mutation", "protein_change": "p.V600E"}},
         {"clinical": {"oncotree_primary_diagnosis": "Melanoma", "age_numerical": ">=18"}}]}]}]}]}}]
      """
    let (yaml, other) = (try Self.read(Self.ctml), try Self.read(json))
    #expect(yaml.faults.isEmpty && other.faults.isEmpty)
    let arms = try #require(yaml.trials.first?.arms)
    #expect(arms.map(\.name) == ["A"] && arms[0].condition != nil)
    #expect(arms[0].condition == other.trials.first?.arms.first?.condition)
    // Several documents, and a list, are several studies.
    let two = Self.ctml + "\n---\n" + Self.ctml.replacing("TRIAL-1", with: "TRIAL-2")
    #expect(try Self.read(two).trials.map(\.id) == ["TRIAL-1", "TRIAL-2"])
  }

  @Test func `steps, arms and dose levels are parts, and those that are suspended are none`() throws {
    let file = try Self.read(
      """
      protocol_no: TRIAL-1
      treatment_list:
        step:
        - step_code: '1'
          match:
          - clinical: {oncotree_primary_diagnosis: _SOLID_}
          arm:
          - arm_code: A
            arm_suspended: Y
          - arm_code: B
            dose_level:
            - {level_code: '1', level_suspended: N, match: [{genomic: {hugo_symbol: KIT}}]}
            - {level_code: '2', level_suspended: Y, match: [{genomic: {hugo_symbol: MET}}]}
          - arm_code: A
        - step_code: '2'
      """)
    let arms = try #require(file.trials.first?.arms)
    #expect(arms.map(\.name) == ["step 1, A", "step 1, B level 1", "step 1, B level 2", "step 1, A (2)", "step 2"])
    #expect(arms.map(\.isSuspended) == [true, false, true, false, false])
    #expect(arms[1].condition?.names == ["KIT"] && arms[4].condition == nil)
  }

  @Test func `a table of one's own states its date and its conditions in the rule language`() throws {
    let file = try Self.read(
      """
      # date: 2026-10-15
      trial_id\ttitle\tarm\tstatus\tcountries\ttumor_types\ttumor_types_exclude\tconditions\tage\tsex\tcriteria
      TRIAL-1\tOne\tA\topen\tJapan;France\tNSCLC;Melanoma\t\tEGFR p.L858R AND NOT EGFR p.T790M\t>=18;<75\tfemale\tECOG 0-1
      TRIAL-1\tOne\tB\tsuspended\tJapan\tSOLID_TUMOR\tGIST\tTMB >= 10 OR MSI high\t\t\t
      TRIAL-2\tTwo\t\tclosed\t\t\t\tHER2 AMP AND\t\t\t
      TRIAL-3\tThree\t\t\t\tBrest Cancer\t\tKIT p.V559D\t\t\t
      TRIAL-4\tFour\t\t\t\t\t\tHER2 AMP\tadult\t\t
      TRIAL-5\tFive\t\t\t\t\t\tHER2 AMP\t\tmale\t
      """)
    #expect(file.date == "2026-10-15" && file.lost == 3)
    // Each arm has its own status, countries and criteria.
    try #require(file.trials.map(\.id) == ["TRIAL-1", "TRIAL-1", "TRIAL-5"])
    #expect(file.trials.flatMap(\.arms).map(\.name) == ["A", "B", ""])
    #expect(file.trials[0].countries == ["Japan", "France"] && file.trials[1].countries == ["Japan"])
    #expect(file.trials[1].isClosed && TrialRegistry([file]).closedCount == 0 && TrialRegistry([file]).openCount == 2)
    // Another name of a gene is its current symbol.
    #expect(file.trials[2].arms[0].condition?.names == ["ERBB2"])
    let said = file.faults.map(\.description)
    #expect(said.count == 3)
    #expect(said.contains { $0.hasPrefix("r.txt:5: conditions 'HER2 AMP AND'") && $0.contains("left out") })
    #expect(said.contains { $0.hasPrefix("r.txt:6: tumor_types 'Brest Cancer'") })
    #expect(said.contains { $0.hasPrefix("r.txt:7: age 'adult'") && $0.contains(">=18") })
  }

  @Test(arguments: [
    ("", "is empty"), (" \n\t\n", "is empty"), ("<!DOCTYPE html><html>", "HTML"), ("\u{FEFF}<html>", "HTML"),
    ("PK\u{3}\u{4}xxxx", "zip"), ("hello", "no known layout"), ("a,b,c\n1,2,3\n", "NCT Number"),
    ("{\"studies\": [", "JSON"), ("[]", "names no study"), ("{\"studies\": []}", "names no study"),
    ("[" + String(repeating: "[", count: 100_000), "JSON"), ("{\"a\": 1}", "protocolSection"),
    ("NCT Number\tTitle\nTRIAL-1\tx\n", "tabs between"),
    ("NCT Number,Study Title\nTRIAL-1,x\n", "'conditions' is not among the columns"),
    (header + "\nTRIAL-1,\"open\n", "not closed"), (header + "\n", "names no study"),
    (header + "\nTRIAL-1,x\n", "has 2 fields and the header 8"), ("trial_id\ttitle\nTRIAL-1\tx\n", "conditions"),
    ("name\tconditions\nTRIAL-1\tx\n", "trial_id"), ("trial_id\tconditions\nT\tBRAF V600E\n", "(write p.V600E)"),
    ("trial_id\tconditions\nT\tKIT v559d OR KIT D816V\n", "is not an alteration (write"),
    ("protocol_no: &a TRIAL-1\nx: *a\n", "anchor"),
    ("protocol_no: TRIAL-1\n", "treatment_list"), ("treatment_list: {step: []}\n", "protocol_no"),
    ("- 1\n- 2\n", "not an object"), ("# only a comment\n", "comment lines only"), ("a\u{0}b", "not text"),
    ("protocol_no: TRIAL-1\ntreatment_list: {step: [{arm: [{match: [{xor: []}]}]}]}\n", "'xor' is not and, or, not"),
    ("protocol_no: TRIAL-1\ntreatment_list: {step: [{arm: [{match: [{and: []}]}]}]}\n", "not a list with conditions"),
    (
      "protocol_no: TRIAL-1\ntreatment_list: {step: [{match: [{not: [{genomic: {hugo_symbol: KIT}}, {genomic: {hugo_symbol: MET}}]}]}]}\n",
      "holds 2 conditions"
    ),
  ])
  func `a file from which nothing can be read says why`(text: String, problem: String) {
    #expect {
      _ = try Self.read(text)
    } throws: { error in
      let said = "\(error)"
      return said.hasPrefix("r.txt") && said.contains(problem)
    }
  }

  @Test func `one study that is broken does not lose the others`() throws {
    let noID = Self.study("TRIAL-9").replacing("\"nctId\": \"TRIAL-9\", ", with: "")
    let list = try Self.read("[\(Self.study("TRIAL-1")), \(noID), 7, \(Self.study("TRIAL-2"))]")
    #expect(list.trials.map(\.id) == ["TRIAL-1", "TRIAL-2"] && list.lost == 2 && list.faults.count == 2)
    let rows = try Self.read(
      Self.header + "\nTRIAL-1,A,RECRUITING,Melanoma,ALL,ADULT,NA,\n,B,RECRUITING,Melanoma,ALL,ADULT,NA,\nTRIAL-3,cut\n"
        + "TRIAL-4,D,RECRUITING,Melanoma,ALL,ADULT,NA,\n")
    #expect(rows.trials.map(\.id) == ["TRIAL-1", "TRIAL-4"] && rows.lost == 2)
    #expect(rows.faults.map { $0.line ?? 0 } == [3, 4])
  }

  @Test(arguments: [
    ("hugo_symbol: KIT", "hugo_symbol: BRCA", "BRCA"), ("hugo_symbol: KIT", "hugo_symbol: NOSUCH1", "NOSUCH1"),
    ("variant_category: Mutation", "variant_category: Wobble", "Wobble"),
    ("hugo_symbol: KIT", "hugo_symbol: KIT, zygosity: hom", "zygosity"),
    ("Melanoma", "Melanomma", "did you mean"), (">=18", "adult", "adult"), ("Female", "Mare", "Mare"),
    ("Positive", "Perhaps", "Perhaps"), ("protein_change: p.V559D", "protein_change: p.Q", "p.Q"),
  ])
  func `what a node says and nobody understands is named and stays open`(plain: String, odd: String, said: String)
    throws
  {
    let text = """
      protocol_no: TRIAL-1
      treatment_list: {step: [{match: [{and: [
       {genomic: {hugo_symbol: KIT, variant_category: Mutation, protein_change: p.V559D}},
       {clinical: {oncotree_primary_diagnosis: Melanoma, age_numerical: ">=18", gender: Female, er_status: Positive}}]}]}]}
      """
    let whole = try Self.read(text)
    #expect(whole.faults.isEmpty)
    let file = try Self.read(text.replacing(plain, with: odd))
    #expect(file.trials.count == 1 && file.lost == 0)
    let fault = try #require(file.faults.first)
    #expect(fault.description.contains(said) && fault.description.contains("TRIAL-1"))
    #expect(Self.isOpen(try #require(file.trials[0].arms[0].condition)))
  }

  private static func isOpen(_ condition: TrialCondition) -> Bool {
    switch condition {
    case .all(let parts), .any(let parts): parts.contains(where: isOpen)
    case .not(let inner): isOpen(inner)
    case .notRead: true
    default: false
    }
  }

  @Test func `an identifier counts once, of the first file that has it`() throws {
    let first = try Self.read(Self.study("TRIAL-1"), "a.json")
    let second = try Self.read(
      "[\(Self.study("TRIAL-1")), \(Self.study("TRIAL-2")), \(Self.study("TRIAL-2"))]", "b.json")
    let registry = TrialRegistry([first, second])
    #expect(registry.trials.map(\.id) == ["TRIAL-1", "TRIAL-2"] && registry.trials.map(\.file) == [0, 1])
    #expect(registry.faults.map(\.value) == ["TRIAL-1", "TRIAL-2"])
    #expect(registry.faults[0].problem.contains("a.json"))
  }

  @Test func `countries leave studies out, and those without sites stay`() throws {
    let file = try Self.read(
      Self.header
        + "\nT1,A,RECRUITING,Melanoma,ALL,ADULT,NA,\"X, Lyon, France\"\nT2,A,RECRUITING,Melanoma,ALL,ADULT,NA,\"X, Kobe, Japan\"\n"
        + "T3,A,RECRUITING,Melanoma,ALL,ADULT,NA,\nT4,A,SUSPENDED,Melanoma,ALL,ADULT,NA,\"X, Kobe, Japan\"\n")
    let registry = TrialRegistry([file], countries: ["japan"])
    #expect(registry.isLeftOut == [true, false, false, true])
    #expect(registry.closedCount == 1 && registry.elsewhereCount == 1 && registry.openCount == 2)
    #expect(registry.unknownCountries.isEmpty)
    #expect(TrialRegistry([file], countries: ["Peru"]).unknownCountries.first?.contains("France, Japan") == true)
  }

  @Test(arguments: [
    ("RECRUITING", 0), ("Open to Accrual", 0), ("Enrolling by invitation", 0), ("NOT_YET_RECRUITING", 1),
    ("UNKNOWN", 2),
    ("", 2), ("Active", 2), ("COMPLETED", 3), ("Terminated", 3), ("WITHDRAWN", 3), ("suspended", 3),
    ("ACTIVE_NOT_RECRUITING", 3), ("Active, not recruiting", 3), ("Closed to Accrual", 3), ("CLOSED", 3),
    ("TEMPORARILY_NOT_AVAILABLE", 3), ("On Hold", 3),
  ])
  func `whether a study takes patients`(words: String, place: Int) {
    #expect(TrialStatus(words).standing.rawValue == place)
  }

  @Test func `bytes changed at random are read or refused with a reason`() {
    let texts = [
      Self.ctml, Self.study("TRIAL-1"), "[\(Self.study("TRIAL-1"))]",
      Self.header + "\nTRIAL-1,\"A, b\",RECRUITING,Melanoma|Cancer,ALL,\"ADULT, CHILD\",PHASE1,\"X, Kobe, Japan\"\n",
      "trial_id\tconditions\ttumor_types\tage\nT1\tNOT (BRAF p.V600E OR WT(KRAS))\tMEL;NSCLC\t>=18\n",
    ]
    var state: UInt64 = 24
    func random(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let marks = Array("\"'[]{}:,-!&*|>#\n\t \\0".utf8) + [0, 0xFF, 0xEF]
    for round in 0..<3000 {
      var bytes = Array(texts[round % texts.count].utf8)
      for _ in 0..<(1 + random(4)) {
        let place = random(bytes.count)
        switch random(4) {
        case 0: bytes[place] = marks[random(marks.count)]
        case 1: bytes.insert(marks[random(marks.count)], at: place)
        case 2: bytes.remove(at: place)
        default: bytes.removeSubrange(place..<min(bytes.count, place + random(40)))
        }
        if bytes.isEmpty { bytes = [0x20] }
      }
      do {
        let file = try Self.reader.read(bytes, name: "r", date: "")
        #expect(!file.trials.isEmpty && file.faults.allSatisfy { !$0.problem.isEmpty })
      } catch {
        #expect(!error.problem.isEmpty)
      }
    }
  }

  // MARK: Files beside the project

  @Test(.enabled(if: SharedData.isPresent, "the real files lie beside the project"))
  func `layouts that hospitals download`() throws {
    let folder = try #require(SharedData.folder).appending(path: "trials")
    func read(_ name: String) throws -> TrialRegistry.File {
      try Self.reader.read(Array(try Data(contentsOf: folder.appending(path: name))), name: name, date: "2026-11-01")
    }
    let csv = try read("ctgov_v2_download_3rows.csv")
    #expect(csv.trials.count == 3 && csv.lost == 0)
    #expect(csv.trials.map(\.status.words) == ["UNKNOWN", "RECRUITING", "NOT_YET_RECRUITING"])
    let json = try read("ctgov_v2_download_NCT05913115.json")
    #expect(
      json.trials.map(\.id) == ["NCT05913115"] && json.trials[0].isClosed && json.trials[0].countries == ["Japan"])
    let yaml = try read("matchminer_ctml_11-112.yaml")
    #expect(yaml.trials[0].arms.map(\.name) == ["ARM1", "ARM2"] && yaml.faults.isEmpty)
    let variants = try read("matchminer_ctml_structured_sv.json")
    #expect(variants.trials[0].arms.map(\.name) == ["DOSE", "DOSE (2)"])
    #expect(variants.faults.map(\.value) == ["BRCA", "BRCA", "RANDB2"])
    let header = Array(try Data(contentsOf: folder.appending(path: "ctgov_v2_csv_default_header.txt")))
    #expect {
      _ = try Self.reader.read(header, name: "h", date: "")
    } throws: { "\($0)".contains("names no study") }
  }

  @Test func `a thousand studies of each layout are read`() throws {
    let row = "A title,RECRUITING,Melanoma|Breast Cancer,ALL,\"ADULT, OLDER_ADULT\",PHASE1,\"X, Kobe, Japan\"\n"
    let texts = [
      Self.header + "\n" + (1...1000).map { "TRIAL-\($0)," + row }.joined(),
      "[" + (1...1000).map { Self.study("TRIAL-\($0)") }.joined(separator: ",") + "]",
      (1...1000).map { Self.ctml.replacing("TRIAL-1", with: "TRIAL-\($0)") }.joined(separator: "\n---\n"),
      "trial_id\tconditions\ttumor_types\n"
        + (1...1000).map { "TRIAL-\($0)\tBRAF p.V600E AND NOT KRAS p.G12C\tMEL;NSCLC\n" }.joined(),
    ]
    for text in texts {
      let file = try Self.read(text)
      #expect(file.trials.count == 1000 && file.faults.isEmpty && file.trials.last?.id == "TRIAL-1000")
    }
  }
}
