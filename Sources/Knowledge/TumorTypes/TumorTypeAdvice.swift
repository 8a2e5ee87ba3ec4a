// SPDX-License-Identifier: Apache-2.0
extension TumorTypeTree {
  /// What to write in the place of a type that is not known: the nearest code or name.
  package func advice(_ text: String) -> String {
    let word = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let upper = word.uppercased()
    let nodes = nodes
    let code = codes.filter { abs($0.utf8.count - upper.utf8.count) <= 1 }
    let names = nodes.map { $0.name.lowercased() } + otherNames.filter { $0.utf8.count > 7 }.sorted()
    let near =
      word.utf8.count <= 7 ? NearestName.find(upper, among: code) : NearestName.find(word.lowercased(), among: names)
    guard let near else { return "give an OncoTree code" }
    let node =
      nodes.first { $0.code == near || $0.name.lowercased() == near }
      ?? understand(near).flatMap { known in nodes.first { $0.code == known.code } }
    return node.map { "did you mean \($0.code), \($0.name)?" } ?? "give an OncoTree code"
  }
}
