// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// What tumor types are called beside their codes, by the key of the name, with the numbers of the types.
struct TumorTypeNames: Sendable {
  /// Names of the tree.
  let names: NumberedNames
  /// The types that stand for main types.
  let mainTypes: NumberedNames
  /// Names that clinics use.
  let aliases: NumberedNames
  /// Names of the tree and of clinics by their sorted words, without those of course and stage.
  let byWords: NumberedNames
  /// Retired codes, each with its place among ``successors``.
  let retired: NumberedNames
  /// By place: the types that took the place of a retired code.
  let successors: [[Int32]]
  /// Grades that retired codes said, by code and by the key of the old name.
  let retiredGrades: NumberedNames

  /// The names of types with the numbers of a table.
  init(_ table: TumorTypeTable) {
    var (names, mains): ([String: Int32], [String: Int32]) = ([:], [:])
    func isHigher(_ one: Int, _ other: Int32) -> Bool { table.levels[one] < table.levels[Int(other)] }
    for number in table.codes.indices {
      let node = table.node(number)
      let key = Self.key(node.name)
      if names[key].map({ isHigher(number, $0) }) ?? true { names[key] = Int32(number) }
      let main = Self.key(node.mainType)
      guard !main.isEmpty else { continue }
      // The type that stands for a main type is its highest.
      if mains[main].map({ isHigher(number, $0) }) ?? true { mains[main] = Int32(number) }
    }
    let numbered = BuiltInTable.tumorAliases.text.records(["alias", "code"]).compactMap { record in
      table.numbers[record[1]].map { (Self.key(record[0]), $0) }
    }
    var aliases = Dictionary(numbered, uniquingKeysWith: { first, _ in first })
    // Where one type is asked for, a name of several stands for what is above all of them.
    for record in BuiltInTable.tumorAliases.text.records(["alias", "code"]) where record[1].contains(";") {
      let several = record[1].listItems.compactMap { table.numbers[$0] }
      aliases[Self.key(record[0])] = several.dropFirst().reduce(several.first) { common, next in
        common.flatMap { table.common($0, next) }
      }
    }
    self.names = .read(names)
    mainTypes = .read(mains)
    self.aliases = .read(aliases)
    byWords = .read(Self.byWords(names, aliases))
    var (retired, grades): ([String: Int32], [String: Int32]) = ([:], [:])
    var successors: [[Int32]] = []
    // A name of clinics may stand for several types, as an older code does.
    for record in BuiltInTable.tumorAliases.text.records(["alias", "code"]) where record[1].contains(";") {
      retired[Self.key(record[0]).uppercased()] = Int32(successors.count)
      successors.append(record[1].listItems.compactMap { table.numbers[$0] })
    }
    let rows = BuiltInTable.oncotreeRetired.text.records(["old_code", "current_codes", "name", "grade"])
    for record in rows {
      if retired[record[0]] == nil {
        retired[record[0]] = Int32(successors.count)
        successors.append(record[1].listItems.compactMap { table.numbers[$0] })
      }
      guard let grade = Int32(record[3]) else { continue }
      grades[record[0]] = grade
      grades[Self.key(record[2])] = grade
    }
    (self.retired, self.successors, retiredGrades) = (.read(retired), successors, .read(grades))
  }

  /// As the build laid them out.
  init(_ stream: inout LaidOutStream) {
    (names, mainTypes, aliases, byWords) = (stream.names(), stream.names(), stream.names(), stream.names())
    (retired, successors, retiredGrades) = (stream.names(), stream.lists(), stream.names())
  }

  func write(to numbers: inout LayoutNumbers) {
    for part in [names, mainTypes, aliases, byWords, retired] { numbers.append(names: part) }
    numbers.append(lists: successors)
    numbers.append(names: retiredGrades)
  }

  private static func byWords(_ names: [String: Int32], _ aliases: [String: Int32]) -> [String: Int32] {
    var numbers: [String: Int32] = [:]
    for part in [names, aliases] {
      for (key, number) in part.sorted(by: { $0.key < $1.key }) {
        let words = key.split(separator: " ").filter { !courseWords.contains(String($0)) }.sorted()
        let sorted = words.joined(separator: " ")
        if words.count > 1, numbers[sorted] == nil { numbers[sorted] = number }
      }
    }
    return numbers
  }

  /// Words that say nothing of the histology.
  static let courseWords: Set<String> = [
    "stage", "grade", "i", "ii", "iii", "iv", "iva", "ivb", "iiia", "iiib", "iiic", "metastatic", "advanced",
    "recurrent", "relapsed", "refractory", "locally", "unresectable", "primary", "platinum", "sensitive", "resistant",
    "newly", "diagnosed", "progressive", "disease", "pretreated", "castration", "m1", "nos", "of", "the", "patient",
    "with", "extensive", "limited", "inoperable",
  ]

  /// Letter case, hyphens, parentheses and runs of white space do not tell names apart; nor does British spelling.
  static func key(_ text: String) -> String {
    var key: [UInt8] = []
    key.reserveCapacity(text.utf8.count)
    var start = 0
    for byte in text.utf8 {
      switch byte {
      case 0x41...0x5A: key.append(byte | 0x20)
      case 0x20, 0x09, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","):
        guard let last = key.last, last != 0x20 else { break }
        respell(&key, from: start)
        key.append(0x20)
        start = key.count
      default: key.append(byte)
      }
    }
    if start == key.count { key = key.dropLast() } else { respell(&key, from: start) }
    return String(decoding: key, as: UTF8.self)
  }

  /// Writes the word at the end of a key in the singular and as in America.
  private static func respell(_ key: inout [UInt8], from start: Int) {
    func isWord(_ word: StaticString) -> Bool { ByteText.equals(key.span.extracting(start..<key.count), word) }
    guard key.count - start > 5 else { return }
    switch key[start] {
    case UInt8(ascii: "t"):
      if isWord("tumour") || isWord("tumours") || isWord("tumors") {
        key.removeSubrange(start..<key.count)
        key.append(contentsOf: "tumor".utf8)
      }
    case UInt8(ascii: "l"):
      if isWord("leukaemia") { key.remove(at: start + 4) } else if isWord("lymphomas") { key.removeLast() }
    case UInt8(ascii: "s"): if isWord("sarcomas") { key.removeLast() }
    case UInt8(ascii: "c"): if isWord("carcinomas") { key.removeLast() }
    case UInt8(ascii: "m"): if isWord("melanomas") { key.removeLast() }
    case UInt8(ascii: "g"): if isWord("gliomas") { key.removeLast() }
    case UInt8(ascii: "o"): if key[start...].starts(with: "oesophag".utf8) { key.remove(at: start) }
    default: break
    }
  }
}
