// SPDX-License-Identifier: Apache-2.0
import Testing

/// Which room may import which.
struct ImportTests {
  /// The rooms from the ground floor up; each may import those before it.
  private static let order = [
    "SystemIO", "Gzip", "DelimitedText", "JSONText", "Alterations", "Knowledge", "TableLayout", "TrialFiles",
    "InputFormats", "Normalization", "Matching", "TableLayoutWriter", "Reports", "Query", "Batch", "TableImport",
    "Oncomatch", "OncomatchBatch", "oncomatch",
  ]

  /// What a room leaves alone although it stands above it; `*` is every room.
  private static let apart: [(room: String, others: [String], why: String)] = [
    ("Alterations", ["*"], "the vocabulary needs nothing"),
    ("InputFormats", ["Knowledge"], "what a file says does not depend on what is known"),
    ("Matching", ["InputFormats", "Gzip", "DelimitedText", "Reports"], "values in, values out: no file, no report"),
    ("Query", ["Batch"], "one tumor needs no run"),
    ("TableImport", ["Batch"], "a table is made without a run"),
  ]

  /// C libraries behind the rooms, which no order concerns.
  private static let libraries: Set<String> = ["CZlib", "CLibdeflate", "CBuiltInTables", "CByteScan"]

  /// What the build itself runs; it imports no room.
  private static let plugin = "Sources/LayOutTables/"

  @Test func `the manifest names every room that the order knows, and no other`() {
    #expect(Manifest.rooms.map(\.name).sorted() == Self.order.sorted())
  }

  @Test func `every file of Sources belongs to a room`() {
    let housed = Set(Manifest.rooms.flatMap(\.files).map(\.path))
    let homeless = Manifest.swiftFiles(below: "Sources").map(\.path)
      .filter { !housed.contains($0) && !$0.hasPrefix(Self.plugin) }
    #expect(homeless == [])
  }

  @Test(arguments: order) func `a room declares what it imports and imports what it declares`(name: String) throws {
    let room = try #require(Manifest.rooms.first { $0.name == name })
    let ours = room.imported.intersection(Self.libraries.union(Self.order)).subtracting([name])
    #expect(ours.subtracting(room.declared) == [], "\(name) imports what it does not declare")
    #expect(Set(room.declared).subtracting(ours) == [], "\(name) declares what it does not import")
  }

  @Test(arguments: order) func `a room imports only rooms below it`(name: String) throws {
    let room = try #require(Manifest.rooms.first { $0.name == name })
    let floor = try #require(Self.order.firstIndex(of: name))
    for file in room.files {
      for other in file.imports where other != name {
        guard let place = Self.order.firstIndex(of: other) else { continue }
        #expect(place < floor, "\(file.path) imports \(other), which stands above \(name)")
        for rule in Self.apart where rule.room == name {
          #expect(!rule.others.contains(other) && rule.others != ["*"], "\(file.path) imports \(other): \(rule.why)")
        }
      }
    }
  }

  @Test func `no module has the name of a type in it`() {
    let type = #/^(?:@\w+ )*(?:\w+ )*(?:struct|enum|class|actor|protocol|typealias) (?<name>\w+)/#
    for room in Manifest.rooms {
      for file in room.files {
        let names = file.lines.compactMap { $0.firstMatch(of: type).map { String($0.output.name) } }
        #expect(!names.contains(room.name), "\(file.path)")
      }
    }
  }
}
