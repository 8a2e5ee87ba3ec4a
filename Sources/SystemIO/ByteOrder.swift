// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

extension String {
  /// Whether its UTF-8 stands before that of another text, byte by byte: the order of samples and names in all outputs.
  ///
  /// The standard library's `lexicographicallyPrecedes` takes ten times as long, and its `<` asks about canonical forms.
  package func isBefore(_ other: String) -> Bool {
    let known = unsafe utf8.withContiguousStorageIfAvailable { own in
      unsafe other.utf8.withContiguousStorageIfAvailable { others -> Bool in
        guard let first = own.baseAddress, let second = others.baseAddress else { return own.count < others.count }
        let order = unsafe memcmp(first, second, min(own.count, others.count))
        return order != 0 ? order < 0 : own.count < others.count
      }
    }
    return (known ?? nil) ?? utf8.lexicographicallyPrecedes(other.utf8)
  }
}
