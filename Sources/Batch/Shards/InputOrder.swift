// SPDX-License-Identifier: Apache-2.0
/// The order in which a run finds files, told from their paths: inputs as typed, in a folder files before folders, names
/// by their bytes.
struct InputOrder {
  private let roots: [String]

  /// - Parameter inputs: What was typed.
  init(inputs: [String]) { roots = inputs.map(Discovery.withoutSlash) }

  /// Whether a file comes before another.
  func precedes(_ one: String, _ other: String) -> Bool {
    let (first, second) = (root(of: one), root(of: other))
    if first != second { return first < second }
    let (here, there) = (one.utf8.split(separator: 0x2F), other.utf8.split(separator: 0x2F))
    for (place, (name, otherName)) in zip(here, there).enumerated() where !name.elementsEqual(otherName) {
      let (isFile, isOtherFile) = (place == here.count - 1, place == there.count - 1)
      return isFile != isOtherFile ? isFile : name.lexicographicallyPrecedes(otherName)
    }
    return here.count < there.count
  }

  private func root(of path: String) -> Int {
    roots.firstIndex { path == $0 || path.hasPrefix($0 + "/") } ?? roots.count
  }
}
