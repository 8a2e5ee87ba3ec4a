// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// A lab that validated a table does not get answers of another one unasked.
struct TableVersionTests {
  /// The version and digest of the built-in table, as `table info` prints them.
  private static func builtIn() throws -> (version: String, digest: String) {
    let said = try Program.run(["table", "info"])
    let row = try #require(said.output.split(separator: "\n").first { $0.hasPrefix("table\tbuilt-in\t") })
    let cells = row.split(separator: "\t").map(String.init)
    return (String(cells[2].dropFirst("version ".count)), String(cells[3].dropFirst("digest ".count)))
  }

  @Test func `the table that was validated is used, by version or by digest`() throws {
    let own = try Self.builtIn()
    for wanted in [own.version, own.digest] {
      let said = try Program.run(["query", "--tumor-type", "GIST", "KIT V559D", "--table-version", wanted])
      #expect(said.status == 0)
      #expect(said.output.contains("imatinib"))
    }
  }

  @Test(arguments: ["2020.1.1", "xxh64:0000000000000000", "", "built-in"])
  func `another table is refused before anything is read or written`(wanted: String) throws {
    let place = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: place) }
    let out = place.appending(path: "out")
    for arguments in [
      ["run", "SampleData", "--out", out.path], ["check", "SampleData"],
      ["query", "--tumor-type", "GIST", "KIT V559D"],
    ] {
      let said = try Program.run(arguments + ["--table-version", wanted])
      #expect(said.status == 78)
      #expect(said.output.isEmpty)
      #expect(said.errors.contains("--table-version '\(wanted)': the built-in table of this program is"))
      #expect(said.errors.contains(try Self.builtIn().version))
    }
    #expect(!FileManager.default.fileExists(atPath: out.path))
  }

  @Test func `without the built-in rules the version is that of the facts they are read with`() throws {
    let own = try Self.builtIn()
    let said = try Program.run(
      ["query", "--tumor-type", "GIST", "KIT V559D", "--no-builtin-table", "--table-version", own.digest])
    #expect(said.status == 78)
  }

  @Test(
    "without any rule nothing is answered",
    arguments: [["query", "--tumor-type", "GIST", "KIT V559D"], ["run", "SampleData", "--out", "nowhere"]])
  func noRules(arguments: [String]) throws {
    let said = try Program.run(arguments + ["--no-builtin-table"])
    #expect(said.status == 78 && said.errors.contains("no rule is in use") && said.output.isEmpty)
  }
}
