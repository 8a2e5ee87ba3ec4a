// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Questions as clinicians ask them, with what must and must not come out.
///
/// `Cases/queries.tsv` has one question a row. `expects` lists conditions joined by ` ; `: each names cells that some row
/// must have, such as `therapy=avapritinib tier=II-C`; `!` in front means that no row may have them; `stderr:` text that
/// must be said, `!stderr:` what must not; `exit:` the exit code. A value that ends in `*` is a beginning.
struct QueryCaseTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let tumorType: String
    let findings: [String]
    let expects: [String]

    var testDescription: String { name }
  }

  static let cases: [Case] = {
    let file = Program.root.appending(path: "Tests/EndToEndTests/Cases/queries.tsv")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return Table(text).rows.map { row in
      Case(
        name: row["name"] ?? "", tumorType: row["tumor_type"] ?? "",
        findings: (row["findings"] ?? "").components(separatedBy: " | ").filter { !$0.isEmpty },
        expects: (row["expects"] ?? "").components(separatedBy: " ; "))
    }
  }()

  @Test func `there are cases`() { #expect(Self.cases.count >= 30) }

  @Test(arguments: cases) func `a question has its answer`(_ question: Case) throws {
    let type = question.tumorType.isEmpty ? [] : ["--tumor-type", question.tumorType]
    let outcome = try Program.run(["query"] + type + question.findings)
    let table = Table(outcome.output)
    var status: Int32 = 0
    for expectation in question.expects {
      if expectation.hasPrefix("exit:") {
        status = Int32(expectation.dropFirst(5)) ?? -1
      } else if expectation.hasPrefix("stderr:") {
        #expect(outcome.errors.contains(expectation.dropFirst(7)), "\(outcome.errors)")
      } else if expectation.hasPrefix("!stderr:") {
        #expect(!outcome.errors.contains(expectation.dropFirst(8)), "\(outcome.errors)")
      } else {
        let isForbidden = expectation.hasPrefix("!")
        let cells = Self.cells(isForbidden ? String(expectation.dropFirst()) : expectation)
        let hits = table.rows.filter { row in cells.allSatisfy { Self.fits(row[$0.0] ?? "", $0.1) } }
        #expect(hits.isEmpty == isForbidden, "\(expectation): \(hits.count) rows; stderr: \(outcome.errors)")
      }
    }
    #expect(outcome.status == status)
  }

  /// `therapy=encorafenib + cetuximab tier=I-A` in pairs; a value goes on to the next `name=`.
  private static func cells(_ text: String) -> [(String, String)] {
    var pairs: [(String, String)] = []
    for word in text.trimmingCharacters(in: .whitespaces).split(separator: " ") {
      if let equals = word.firstIndex(of: "="), word[..<equals].allSatisfy({ $0.isLowercase || $0 == "_" }),
        equals != word.startIndex
      {
        pairs.append((String(word[..<equals]), String(word[word.index(after: equals)...])))
      } else if !pairs.isEmpty {
        pairs[pairs.count - 1].1 += " " + word
      }
    }
    return pairs
  }

  private static func fits(_ cell: String, _ wanted: String) -> Bool {
    if wanted.hasSuffix("*") { return cell.hasPrefix(wanted.dropLast()) }
    return cell == wanted
  }
}
