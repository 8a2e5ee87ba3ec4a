// SPDX-License-Identifier: Apache-2.0
import Alterations
import TestSupport
import Testing
@testable import Knowledge

/// A gene, a tumor type or an agent that the program goes by is a row of a table and no literal of the code.
@Suite("No facts in code", .enabled(if: SourceFiles.arePresent))
struct NoFactsInCodeTests {
  /// Words that are names of genes or codes too and mean something else where they stand.
  private static let otherWords: Set<String> = [
    "MAF", "PDF", "STAR", "CBS", "TF", "DPT", "CISH", "WT", "ALT", "SS", "FA", "READ", "MCN", "MCC",
  ]
  /// Examples in messages and help, by file: they name a gene so that a reader sees what to write.
  private static let examples: [String: Set<String>] = [
    "Normalizer+Fusions.swift": ["EML4", "ALK"],
    "ClinicalText.swift": ["BRAF"],
    "QueryCommand.swift": ["KIT", "EML4", "ALK", "KRAS"],
    "LabOverrides.swift": ["EGFR", "ALK", "EML4", "MYC"],
    "HelpEnding.swift": ["BRCA2", "EGFR", "LUAD", "TP53"],
  ]
  private static let reference = Clinic.table.reference

  private static func isSymbol(_ word: String) -> Bool {
    guard let gene = reference.genes.gene(word) else { return false }
    let symbol = reference.genes.symbol(gene)
    // In lower case too where a digit shows that no plain word is meant.
    return symbol == word || symbol.lowercased() == word && word.count > 3 && word.contains(where: \.isNumber)
  }

  private static func names(in literal: String) -> [String] {
    let joined = Set(literal.split { !$0.isLetter && !$0.isNumber && $0 != "-" }.map(String.init))
    let words = joined.union(literal.split { !$0.isLetter && !$0.isNumber }.map(String.init))
    var found = words.filter { word in
      // A part of a word with a hyphen is no code: `PD-L1`.
      word.count > 1 && !otherWords.contains(word)
        && (isSymbol(word) || joined.contains(word) && reference.tumorTypes.node(word) != nil)
    }
    if reference.agents.agent(literal)?.isClassToken == true { found.insert(literal) }
    return found.sorted()
  }

  @Test("no string of the sources names a gene, a tumor type or a class of agents")
  func literals() throws {
    let paths = SourceFiles.paths(in: "Sources", endingWith: ".swift")
    #expect(paths.count > 100)
    for path in paths {
      let file = path.split(separator: "/").last.map(String.init) ?? ""
      let allowed = Self.examples[file] ?? []
      for (line, literal) in SwiftLiterals(try SourceFiles.text(path)).literals {
        let names = Self.names(in: literal).filter { !allowed.contains($0) }
        #expect(names.isEmpty, "\(path):\(line): \(names.joined(separator: ", ")) in \"\(literal)\"")
      }
    }
  }

  @Test("the allowed examples are there", arguments: examples.keys.sorted())
  func allowed(file: String) throws {
    let path = try #require(SourceFiles.paths(in: "Sources", endingWith: "/" + file).first)
    let found = Set(SwiftLiterals(try SourceFiles.text(path)).literals.flatMap { Self.names(in: $0.text) })
    #expect(found == Self.examples[file])
  }

  @Test(
    "strings are found wherever they stand, comments are not",
    arguments: [
      (#"let a = "KIT" // "MET""#, ["KIT"]), (#"/* "KIT" */ let a = "MET""#, ["MET"]),
      (#"f("a\(b == "KIT" ? "x" : "y")c")"#, ["KIT", "a", "c", "x", "y"]),
      ("let a = \"\"\"\n  KIT\n  \"\"\"", ["\n  KIT\n  "]),
      (##"let a = #"KI"T"#"##, [#"KI"T"#]), (#"let a = "K\"IT""#, [#"K\"IT"#]), (#"/// "KIT""#, []),
    ])
  func scanner(code: String, literals: [String]) {
    let found = SwiftLiterals(code).literals.map(\.text).filter { !$0.isEmpty }
    #expect(found.sorted() == literals)
  }
}

/// The string literals of a Swift source; what stands between interpolations is a literal of its own.
struct SwiftLiterals {
  private(set) var literals: [(line: Int, text: String)] = []
  private let text: [Character]
  private var place = 0
  private var line = 1

  init(_ source: String) {
    text = Array(source)
    code(untilParenthesis: false)
  }

  private func begins(_ word: String) -> Bool {
    let word = Array(word)
    return place + word.count <= text.count && Array(text[place..<place + word.count]) == word
  }

  private mutating func step(_ count: Int = 1) {
    for _ in 0..<count where place < text.count {
      if text[place].isNewline { line += 1 }
      place += 1
    }
  }

  private mutating func code(untilParenthesis: Bool) {
    var depth = 0
    while place < text.count {
      if begins("//") {
        while place < text.count, !text[place].isNewline { step() }
      } else if begins("/*") {
        while place < text.count, !begins("*/") { step() }
        step(2)
      } else if let hashes = openingHashes {
        literal(hashes: hashes)
      } else {
        if text[place] == "(" { depth += 1 }
        if text[place] == ")" {
          if untilParenthesis, depth == 0 { return step() }
          depth -= 1
        }
        step()
      }
    }
  }

  /// How many `#` stand before the quotation mark of a literal that begins here.
  private var openingHashes: Int? {
    var count = 0
    while place + count < text.count, text[place + count] == "#" { count += 1 }
    return place + count < text.count && text[place + count] == "\"" ? count : nil
  }

  private mutating func literal(hashes: Int) {
    step(hashes)
    let mark = begins("\"\"\"") ? "\"\"\"" : "\""
    step(mark.count)
    let fence = String(repeating: "#", count: hashes)
    var start = line
    var part = ""
    while place < text.count, !begins(mark + fence) {
      if begins("\\" + fence + "(") {
        literals.append((start, part))
        part = ""
        step(2 + hashes)
        code(untilParenthesis: true)
        start = line
      } else {
        if hashes == 0, text[place] == "\\" {
          part.append(text[place])
          step()
        }
        if place < text.count { part.append(text[place]) }
        step()
      }
    }
    step(mark.count + hashes)
    literals.append((start, part))
  }
}
