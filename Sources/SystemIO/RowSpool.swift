// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Rows of finished samples until the tables are put in order: the newest in memory, the rest in a file without a name,
/// which the system removes whatever happens.
///
/// One worker appends; when all have stopped, one reader reads.
package final class RowSpool: @unchecked Sendable {
  private var pending: [UInt8] = []
  private var written = 0
  private var descriptor: Int32 = -1
  private let directory: String
  private static let limit = 128 << 10
  /// Linux's `__O_TMPFILE`, which the platform's module does not show.
  private static let nameless: Int32 = 0o20000000

  package init(directory: String) { self.directory = directory }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Where rows lie.
  package struct Place: Sendable {
    package var offset = 0
    package var count = 0
  }

  /// Takes rows in.
  package func append(_ rows: [UInt8]) throws(SystemError) -> Place {
    let place = Place(offset: written + pending.count, count: rows.count)
    pending.append(contentsOf: rows)
    if pending.count >= Self.limit { try flush() }
    return place
  }

  private func flush() throws(SystemError) {
    if descriptor < 0 {
      descriptor = unsafe open(directory, Self.nameless | O_DIRECTORY | O_RDWR | O_CLOEXEC, 0o600)
      // Some file systems know no nameless files; there the rows stay in memory.
      guard descriptor >= 0 else { return }
    }
    var bytes: [UInt8] = []
    swap(&bytes, &pending)
    try FileWriting.writeAll(descriptor, bytes.span, name: "\(directory) (rows on their way)")
    written += bytes.count
    bytes.removeAll(keepingCapacity: true)
    swap(&bytes, &pending)
  }

  /// Appends the rows of a place to `bytes`.
  package func read(_ place: Place, into bytes: inout [UInt8]) throws(SystemError) {
    if place.count == 0 { return }
    if place.offset >= written {
      let start = place.offset - written
      bytes.append(contentsOf: pending[start..<start + place.count])
      return
    }
    try FileReading.append(descriptor, offset: place.offset, count: place.count, to: &bytes, name: directory)
  }
}
