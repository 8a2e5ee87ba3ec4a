// SPDX-License-Identifier: Apache-2.0
internal import InputFormats

/// The sample of flat files whose names begin alike (`S1.maf.gz`, `S1.purple.purity.tsv`) where one of them names it and
/// no other says otherwise.
enum SharedIdentifiers {
  /// The identifier by the number of the file; files that stand alone have none.
  static func find(in layout: InputLayout, _ contents: [Int: FileContent]) -> [Int: String] {
    var groups: [String: [Int]] = [:]
    for index in layout.flat {
      let file = layout.files[index]
      let name = file.path.split(separator: "/").last.map(String.init) ?? ""
      let first = name.split(separator: ".").first.map(String.init) ?? name
      groups[file.directory + "/" + first, default: []].append(index)
    }
    var shared: [Int: String] = [:]
    for (name, members) in groups where members.count > 1 {
      let contents = members.compactMap { contents[$0]?.kind }
      guard !contents.contains(where: { $0.sampleIDs.count > 1 || $0.sheet != nil }) else { continue }
      let ids = Set(contents.flatMap(\.sampleIDs).filter { !$0.isEmpty && !SamplePlaceholder.matches($0) })
      guard ids.count <= 1 else { continue }
      let stem = name.split(separator: "/").last.map(String.init) ?? name
      for member in members { shared[member] = ids.first ?? stem }
    }
    return shared
  }
}
