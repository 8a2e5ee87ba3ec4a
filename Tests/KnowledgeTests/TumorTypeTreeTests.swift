// SPDX-License-Identifier: Apache-2.0
import Knowledge
import TestSupport
import Testing

private let tree = Clinic.table.reference.tumorTypes

@Suite("Tumor types")
struct TumorTypeTreeTests {
  private func proximity(_ code: String, _ include: String, except exclude: String = "") -> Proximity? {
    let list = { (text: String) in text.split(separator: ";").map(String.init) }
    return tree.proximity(of: code, to: TumorScope(include: list(include), exclude: list(exclude)))?.proximity
  }

  @Test(
    "the code itself or one below it is the same",
    arguments: [
      ("LMS", "LMS"), ("LUAD", "NSCLC"), ("LUSC", "NSCLC"), ("COAD", "COADREAD"), ("IDC", "BRCA"), ("DDLS", "LIPO"),
      ("ULMS", "USARC"), ("ULMS", "LMS_GROUP"), ("UMLMS", "LMS_GROUP"), ("UELMS", "LMS_GROUP"), ("CELI", "LMS_GROUP"),
      ("LMS", "GIST;LMS"), ("RAML", "RCC"), ("UCS", "UCEC"),
    ])
  func same(code: String, scope: String) {
    #expect(proximity(code, scope) == .same)
  }

  @Test(
    "one histology in two organs is a bridge",
    arguments: [
      ("LMS", "ULMS"), ("ULMS", "LMS"), ("CELI", "LMS"), ("LMS", "CELI"), ("UMLMS", "ULMS"), ("UELMS", "LMS"),
      ("PECOMA", "UPECOMA"), ("UPECOMA", "PECOMA"), ("ESS", "LGESS"), ("ANGS", "BA"), ("BA", "ANGS"), ("LIAS", "ANGS"),
      ("BA", "LIAS"),
    ])
  func bridge(code: String, scope: String) {
    #expect(proximity(code, scope) == .bridge)
  }

  @Test(
    "the same parent under the organ node is the lineage",
    arguments: [
      ("LUAD", "LUSC"), ("LUSC", "LUAD"), ("COAD", "READ"), ("IDC", "ILC"), ("WDLS", "DDLS"), ("ULMS", "ESS"),
    ])
  func lineage(code: String, scope: String) {
    #expect(proximity(code, scope) == .lineage)
  }

  @Test(
    "lineage never counts the organ node as the shared parent",
    arguments: [
      ("LMS", "GIST"), ("GIST", "LMS"), ("LMS", "LIPO"), ("LMS", "DES"), ("LMS", "TGCT"), ("SYNS", "LMS"),
      ("UCEC", "ULMS"),
    ])
  func organNode(code: String, scope: String) {
    #expect(proximity(code, scope) == .other)
  }

  @Test(
    "anything else solid is other",
    arguments: [("LMS", "MEL"), ("COAD", "NSCLC"), ("LMS", "PRAD"), ("CELI", "CESC")])
  func other(code: String, scope: String) {
    #expect(proximity(code, scope) == .other)
  }

  @Test(
    "blood and solid tumors do not lend to each other",
    arguments: [("AML", "MEL"), ("LMS", "DLBCLNOS"), ("PCM", "BRCA"), ("GIST", "CML")])
  func crossing(code: String, scope: String) {
    #expect(proximity(code, scope) == nil)
  }

  @Test("`ANY` is the whole tree", arguments: ["LMS", "AML", "DLBCLNOS", "MEL"])
  func any(code: String) {
    #expect(proximity(code, "ANY") == .agnostic)
  }

  @Test(
    "`SOLID_TUMOR` is the tree without LYMPH and MYELOID",
    arguments: [
      ("LMS", true), ("MEL", true), ("GB", true), ("AML", false), ("PCM", false), ("DLBCLNOS", false), ("CML", false),
    ])
  func solid(code: String, isSolid: Bool) {
    #expect(proximity(code, "SOLID_TUMOR") == (isSolid ? .agnostic : nil))
  }

  @Test("the same code is closer than the agnostic scope beside it")
  func closest() {
    #expect(proximity("LMS", "SOLID_TUMOR;LMS") == .same)
  }

  @Test(
    "exclusion wins over inclusion",
    arguments: [
      ("COAD", "SOLID_TUMOR", "COADREAD"), ("LMS", "LMS", "LMS"), ("DDLS", "STS_GROUP", "LIPO"),
      ("GIST", "ANY", "GIST"),
    ])
  func exclusion(code: String, scope: String, excluded: String) {
    #expect(proximity(code, scope, except: excluded) == nil)
  }

  @Test("a code written `=CODE` does not cover its subtree")
  func exactCode() {
    #expect(proximity("NSCLC", "=NSCLC") == .same)
    #expect(proximity("LUAD", "=NSCLC") != .same)
  }

  @Test("an excluded `=CODE` leaves what is below it")
  func excludedExactCode() {
    #expect(proximity("NSCLC", "NSCLC", except: "=NSCLC") == nil)
    #expect(proximity("LUAD", "NSCLC", except: "=NSCLC") == .same)
  }

  @Test(
    "rules never climb up: a sample coded by an ancestor is lineage and less specific",
    arguments: [("NSCLC", "LUAD"), ("RCC", "RAML"), ("COADREAD", "COAD"), ("LIPO", "DDLS")])
  func ancestor(code: String, scope: String) throws {
    let found = try #require(tree.proximity(of: code, to: TumorScope(include: [scope])))
    #expect(found.proximity == .lineage)
    #expect(found.isLessSpecific)
  }

  @Test("a descendant is not less specific")
  func descendant() throws {
    #expect(try #require(tree.proximity(of: "LUAD", to: TumorScope(include: ["NSCLC"]))).isLessSpecific == false)
  }

  @Test("an unknown type is met by agnostic rules alone")
  func unknownType() {
    #expect(proximity("", "SOLID_TUMOR") == .agnostic)
    #expect(proximity("", "ANY") == .agnostic)
    #expect(proximity("", "LMS") == nil)
  }

  @Test("LMS_GROUP is leiomyosarcoma of any organ")
  func leiomyosarcomaGroup() {
    let covered = tree.nodes.map(\.code).filter { tree.covers("LMS_GROUP", $0) }
    #expect(Set(covered) == ["LMS", "ULMS", "UMLMS", "UELMS", "CELI"])
  }

  @Test(
    "STS_GROUP holds the soft-tissue sarcomas of all organs",
    arguments: ["LMS", "ULMS", "CELI", "PBS", "BA", "MPNST", "LIAS", "DDLS", "SYNS", "ANGS", "ESS", "MFH"])
  func sarcomaGroup(code: String) {
    #expect(proximity(code, "STS_GROUP") == .same)
  }

  @Test(
    "STS_GROUP leaves out what is no sarcoma or not of this kind",
    arguments: [
      "GIST", "DES", "TGCT", "ALT", "LM", "MPC", "MYXO", "STMYEC", "PGNG", "MF", "IMS", "AA", "HEMA", "OFMT", "HDCS",
      "DCS", "ULM", "USTUMP",
    ])
  func outsideSarcomaGroup(code: String) {
    #expect(tree.node(code) != nil)
    #expect(!tree.covers("STS_GROUP", code))
    #expect(proximity(code, "STS_GROUP") != .same)
  }

  @Test(
    "names, aliases, main types, retired codes and British spelling are understood",
    arguments: [
      ("LMS", "LMS", "code"), ("lms", "LMS", "code"), ("Leiomyosarcoma", "LMS", "name"),
      ("uterine leiomyosarcoma", "ULMS", "name"), ("Uterine  Leiomyosarcoma ", "ULMS", "name"),
      ("Lung Adenocarcinoma", "LUAD", "name"), ("abc-dlbcl", "ABC", "alias"), ("GBM", "GB", "retired_code"),
      ("DLBCL", "DLBCLNOS", "retired_code"), ("CLL", "CLLSLL", "retired_code"), ("MM", "PCM", "retired_code"),
      ("Gastrointestinal Stromal Tumour", "GIST", "alias"), ("Acute Myeloid Leukaemia", "AML", "alias"),
      ("Acute Myelocytic Leukemia", "AML", "alias"), ("acute granulocytic leukaemia", "AML", "alias"),
      ("Acute non-lymphocytic leukemia", "AML", "alias"), ("Acute Lymphatic Leukemia", "LNM", "alias"),
      ("T-cell acute lymphocytic leukemia", "TLL", "alias"), ("Chronic Granulocytic Leukaemia", "CML", "alias"),
      ("Kahler's disease", "PCM", "alias"), ("Hypernephroma", "RCC", "alias"), ("Womb cancer", "UTERUS", "alias"),
    ])
  func understood(text: String, code: String, source: String) throws {
    let found = try #require(tree.understand(text))
    #expect([found.code, found.source.rawValue] == [code, source])
  }

  @Test(
    "a retired code with several successors or none is not replaced by one of them",
    arguments: [("ALL", "alias"), ("LEUK", nil), ("PCT", nil)] as [(String, String?)])
  func retiredWithoutSuccessor(text: String, source: String?) {
    #expect(tree.understand(text)?.source.rawValue == source)
  }

  @Test("what names no tumor is not understood", arguments: ["xyzzy", "", "  ", "strange growth"])
  func notUnderstood(text: String) {
    #expect(tree.understand(text) == nil)
  }

  @Test("every code is understood as itself")
  func everyCode() {
    for node in tree.nodes { #expect(tree.understand(node.code)?.code == node.code) }
  }

  @Test("every name is understood as a type of that name")
  func everyName() {
    for node in tree.nodes where tree.understand(node.name).map({ $0.source == .name }) ?? true {
      let found = tree.understand(node.name).flatMap { tree.node($0.code) }
      #expect(found?.name.lowercased() == node.name.lowercased(), "\(node.code)")
    }
  }

  @Test(
    "blood tumors lie under LYMPH and MYELOID",
    arguments: [("AML", true), ("PCM", true), ("LMS", false), ("GB", false)])
  func blood(code: String, isBlood: Bool) {
    #expect(tree.isBlood(code) == isBlood)
  }

  @Test(
    "kinds of a tumor that the tree files by organ, or beside it, are kinds of it",
    arguments: [
      ("IBC", "BRCA", Proximity.same), ("MMBC", "BRCA", .same), ("SSRCC", "STAD", .same), ("ARMM", "MEL", .same),
      ("SARCL", "NSCLC", .same), ("UCU", "BLCA", .same), ("BRCA", "IBC", .lineage), ("UM", "MEL", .other),
      ("ARMM", "COADREAD", .other), ("DCIS", "BRCA", .other),
    ])
  func kindsElsewhere(code: String, scope: String, proximity: Proximity) {
    #expect(tree.proximity(of: code, to: TumorScope(include: [scope]))?.proximity == proximity)
  }
}
