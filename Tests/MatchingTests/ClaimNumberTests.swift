// SPDX-License-Identifier: Apache-2.0
import DelimitedText
import TestSupport
import Testing
@testable import Knowledge
@testable import Matching

@Suite("Numbers of claims")
struct ClaimNumberTests {
  /// The groups of rules that have one value.
  private func groups<Key: Hashable>(_ rules: RuleList, by key: (Int) -> Key) -> Set<Set<Int>> {
    Set(Dictionary(grouping: rules.indices, by: key).values.map(Set.init))
  }

  @Test("Two rows of the built-in table have one number exactly where they have one claim key")
  func builtIn() {
    let rules = KnowledgeBase.builtIn.rules
    let numbers = RuleIndex(table: KnowledgeBase.builtIn).claims
    #expect(numbers.count == rules.count && rules.count > 3000)
    let keys = groups(rules) { rules[$0].claimKey }
    #expect(keys.count < rules.count)
    #expect(groups(rules) { numbers[$0] } == keys)
  }

  @Test(
    "What a claim is made of divides it, the order of lists and the support do not",
    arguments: [
      (["alteration_spec": "p.V559A"], false), (["requires": "PDGFRA AMP"], false),
      (["agents": "sunitinib"], false), (["agents": "imatinib + sunitinib"], false),
      (["direction": "resistance"], false), (["oncotree_include": "LMS"], false),
      (["oncotree_include": "GIST;LMS"], true), (["oncotree_exclude": "ULMS"], false), (["body": "guideline"], false),
      (["line": "first"], false), (["origin": "germline"], false), (["site": "uterine"], false),
      (["level": "D"], true), (["reference": "PMID:2"], true), (["note": "another"], true), ([:], true),
    ])
  func parts(cells: [String: String], isSame: Bool) throws {
    let one = InventedRule("A1", "KIT", "p.V559D", "imatinib", level: "C", in: "LMS;GIST")
    var other = one
    other.cells.merge(cells) { $1 }
    other.cells["rule_id"] = "A2"
    let table = InventedClinic(one, other).table
    try #require(table.rules.count == 2, "\(table.faults)")
    let numbers = RuleIndex(table: table).claims
    #expect((numbers[0] == numbers[1]) == isSame)
    #expect((table.rules[0].claimKey == table.rules[1].claimKey) == isSame)
  }

  @Test(
    "A part of a text is found where its bytes stand",
    arguments: [
      ("FUSION", "FUSION", true), ("ALK FUSION EXON 20", "EXON", true), ("positive", "low", false), ("aab", "ab", true),
      ("aaab", "aab", true), ("", "a", false), ("3+;2+", "3+", true), ("posit", "positive", false), ("any", "", true),
    ])
  func holds(text: String, part: String, isHeld: Bool) { #expect(text.holds(part) == isHeld) }
}
