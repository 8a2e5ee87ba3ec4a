// SPDX-License-Identifier: Apache-2.0

extension RandomAccessCollection where Index == Int {
  /// The first place of a sorted list that does not lie before what is looked for; its end when all do.
  ///
  /// It is public, and no part of a product: only what is public is compiled into the modules that use it.
  ///
  /// - Parameter isBefore: Whether an element lies before it.
  @inlinable
  public func lowerBound(isBefore: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
