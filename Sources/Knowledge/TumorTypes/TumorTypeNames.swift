// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// What tumor types are called beside their codes, by the key of the name.
struct TumorTypeNames: Sendable {
  /// The number of the node of that name.
  let nodes: [String: Int]
  /// The code that stands for a main type.
  let mainTypes: [String: String]
  /// Codes by the names that clinics use.
  let aliases: [String: String]
  /// Grades that retired codes said, by code and by the key of the old name.
  let retiredGrades: [String: Int]

  /// - Parameter positions: The number of the node of each code.
  init(nodes tree: [TumorTypeTree.Node], positions: [String: Int], retired: NamedTable, aliases names: NamedTable) {
    var nodes: [String: Int] = [:]
    var mains: [String: String] = [:]
    for (index, node) in tree.enumerated() {
      let key = Self.key(node.name)
      if nodes[key].map({ tree[$0].level > node.level }) ?? true { nodes[key] = index }
      let main = Self.key(node.mainType)
      guard !main.isEmpty else { continue }
      // The code that stands for a main type is its highest node.
      if let known = mains[main].flatMap({ positions[$0] }), tree[known].level <= node.level { continue }
      mains[main] = node.code
    }
    self.nodes = nodes
    mainTypes = mains
    var grades: [String: Int] = [:]
    for record in retired.records(["old_code", "name", "grade"]) {
      guard let grade = Int(record[2]) else { continue }
      grades[record[0]] = grade
      grades[Self.key(record[1])] = grade
    }
    retiredGrades = grades
    aliases = Dictionary(
      names.records(["alias", "code"]).map { (Self.key($0[0]), $0[1]) }, uniquingKeysWith: { first, _ in first })
  }

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
