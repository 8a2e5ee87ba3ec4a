// SPDX-License-Identifier: Apache-2.0
internal import SystemIO

/// Sizes of the files of a sample's report, by what stands behind the sample's name.
///
/// The reports of a run have the same files, so that samples of a cohort share the list of names.
struct FileSizes: Hashable, Sendable {
  /// What stands behind the sample's name, in the order of their bytes.
  private(set) var names: [String] = []
  private var sizes: [Int] = []

  /// Sizes of no files.
  init() {}

  /// Sizes by name.
  init(_ sizes: [String: Int]) {
    names = sizes.keys.sorted { $0.isBefore($1) }
    self.sizes = names.map { sizes[$0] ?? 0 }
  }

  /// - Parameters:
  ///   - names: Sorted and each once.
  ///   - sizes: As many.
  init(names: [String], sizes: [Int]) { (self.names, self.sizes) = (names, sizes) }

  var isEmpty: Bool { names.isEmpty }

  /// Names with their sizes, in the order of the names.
  var byName: [(name: String, size: Int)] { zip(names, sizes).map { (name: $0, size: $1) } }

  func has(_ name: String) -> Bool { names.contains(name) }

  /// Another size of a file that is there.
  mutating func replace(_ name: String, with size: Int) {
    if let place = names.firstIndex(of: name) { sizes[place] = size }
  }
}
