// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// The normal tissue beside each tumor, as files name it; of a large cohort there are many, so names are kept in a list.
struct MatchedNormals: Sendable {
  private var pairs: [(tumor: String, normal: String)] = []
  /// Places of ``pairs`` by the normal tissue, then by the tumor.
  private var byNormal: [Int32] = []
  private var isSettled = true

  /// Notes what a tumor's rows name; what was noted of the tumor first stays.
  mutating func add(_ normal: String, of tumor: String) {
    guard !normal.isEmpty else { return }
    pairs.append((tumor, normal))
    isSettled = false
  }

  /// Sorts what was noted, so that it can be asked.
  mutating func settle() {
    if isSettled { return }
    isSettled = true
    // The order of equal ones stays, so that the first is kept.
    pairs.sort { $0.tumor < $1.tumor }
    var kept = 0
    for place in pairs.indices where kept == 0 || pairs[kept - 1].tumor != pairs[place].tumor {
      pairs[kept] = pairs[place]
      kept += 1
    }
    pairs.removeSubrange(kept...)
    byNormal = pairs.indices.map { Int32($0) }
    byNormal.sort { pairs[Int($0)].normal < pairs[Int($1)].normal }
  }

  /// The names of normal tissues that were noted, settled or not.
  var normals: some Sequence<String> { pairs.lazy.map(\.normal) }

  /// Whether a sample names a normal tissue, so that it is a tumor; of what is settled.
  func isTumor(_ id: String) -> Bool {
    let place = pairs.lowerBound(isBefore: { $0.tumor < id })
    return place < pairs.count && pairs[place].tumor == id
  }

  /// The first of the tumors that name a sample as their normal tissue, of what is settled; `nil` when none does.
  func tumor(besides normal: String) -> String? {
    let place = byNormal.lowerBound(isBefore: { pairs[Int($0)].normal < normal })
    guard place < byNormal.count, pairs[Int(byNormal[place])].normal == normal else { return nil }
    return pairs[Int(byNormal[place])].tumor
  }
}
