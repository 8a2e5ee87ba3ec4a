// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Holds an output folder for one run; the lock is on the folder itself, so no file is left behind.
package struct OutputLock: ~Copyable {
  private let descriptor: Int32

  /// Makes the folder when it is not there, and locks it.
  ///
  /// - Parameter makes: Whether a folder that is not there is made; else nothing is locked.
  /// - Throws: ``SystemError`` when the folder cannot be made or opened.
  /// - Returns: `nil` when another run holds it.
  package static func acquire(_ directory: String, makes: Bool = true) throws(SystemError) -> OutputLock? {
    if !makes, FileStamp(path: directory) == nil { return OutputLock(descriptor: -1) }
    try FileWriting.makeDirectory(directory)
    let descriptor = unsafe open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError(.createFiles, directory) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let isHeld = errno == EWOULDBLOCK
      let error = SystemError(.lock, directory)
      close(descriptor)
      if isHeld { return nil }
      throw error
    }
    return OutputLock(descriptor: descriptor)
  }

  private init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { if descriptor >= 0 { close(descriptor) } }
}
