// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

extension FileWriting {
  /// Puts a file in a second place in one step: as a link to the same content, or as a copy where there can be no link.
  ///
  /// Safe for files that are only ever replaced and never changed in place.
  package static func link(_ path: String, to target: String) throws(SystemError) {
    if let one = FileStamp(path: path), let other = FileStamp(path: target), one == other { return }
    let temporary = target + ".part"
    unsafe unlink(temporary)
    if unsafe Glibc.link(path, temporary) == 0 {
      let moved = unsafe rename(temporary, target)
      let error = SystemError(.rename, temporary)
      // Where both were one file already, rename does nothing.
      unsafe unlink(temporary)
      if moved != 0 { throw error }
      return
    }
    var bytes: [UInt8] = []
    try FileReading.read(path, into: &bytes)
    try replace(target, with: bytes.span)
  }
}
