// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Writes files beside their place and renames them, so that a reader sees the old or the new file and never a part.
package enum FileWriting {
  /// Replaces a file's content in one step.
  ///
  /// - Parameter mode: Permission bits of a new file, before the process's mask.
  package static func replace(_ path: String, with bytes: Span<UInt8>, mode: UInt32 = 0o666) throws(SystemError) {
    let temporary = path + ".part"
    let descriptor = createNew(temporary, mode: mode)
    guard descriptor >= 0 else { throw SystemError(.create, path) }
    var failure: SystemError?
    do throws(SystemError) {
      try writeAll(descriptor, bytes, name: path)
    } catch {
      failure = error
    }
    if close(descriptor) != 0, failure == nil { failure = SystemError(.write, path) }
    if failure == nil, unsafe rename(temporary, path) != 0 { failure = SystemError(.rename, temporary) }
    if let failure {
      unsafe unlink(temporary)
      throw failure
    }
  }

  /// Opens a file that was not there before; one that a killed run left, or a link that lies in wait, is removed first.
  static func createNew(_ path: String, mode: UInt32) -> Int32 {
    let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let descriptor = unsafe open(path, flags, mode)
    guard descriptor < 0, errno == EEXIST else { return descriptor }
    remove(path)
    return unsafe open(path, flags, mode)
  }

  /// Writes all bytes to an open file.
  package static func writeAll(_ descriptor: Int32, _ bytes: Span<UInt8>, name: String) throws(SystemError) {
    var failure: SystemError?
    var offset = 0
    unsafe bytes.withUnsafeBytes { buffer in
      while offset < buffer.count {
        let wrote = unsafe write(descriptor, buffer.baseAddress.map { unsafe $0 + offset }, buffer.count - offset)
        if wrote < 0 {
          if errno == EINTR { continue }
          failure = SystemError(.write, name)
          return
        }
        offset += wrote
      }
    }
    if let failure { throw failure }
  }

  /// Removes a file; one that is not there is fine.
  package static func remove(_ path: String) { unsafe unlink(path) }

  /// Removes a folder with the files in it; folders in it stay, and so does it then.
  package static func removeFolder(_ path: String) {
    for name in (try? FileReading.names(in: path)) ?? [] { remove(path + "/" + name) }
    unsafe rmdir(path)
  }

  /// Removes a folder in which nothing is; another one stays.
  package static func removeEmptyFolder(_ path: String) { unsafe rmdir(path) }

  /// Makes a folder and those above it; one that is there already is fine.
  package static func makeDirectory(_ path: String) throws(SystemError) {
    if unsafe mkdir(path, 0o777) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
      throw SystemError(.createFolder, path)
    }
    try makeDirectory(String(path[..<slash]))
    if unsafe mkdir(path, 0o777) != 0, errno != EEXIST { throw SystemError(.createFolder, path) }
  }

  /// Makes an empty folder of its own where temporary files go.
  package static func makeTemporaryDirectory() throws(SystemError) -> String {
    let parent = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    var path = (parent + "/oncomatch-XXXXXX").utf8CString
    let isMade = unsafe path.withUnsafeMutableBufferPointer { buffer in
      unsafe buffer.baseAddress.flatMap { unsafe mkdtemp($0) } != nil
    }
    if !isMade { throw SystemError(.createFolderIn, parent) }
    return unsafe path.withUnsafeBufferPointer { buffer in
      unsafe buffer.baseAddress.map { unsafe String(cString: $0) } ?? ""
    }
  }

  /// Makes sure that what was written to the file system of `directory` is on the disk.
  ///
  /// A file system that has no such call is left to itself.
  package static func synchronize(_ directory: String) throws(SystemError) {
    let descriptor = unsafe open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError(.openFolder, directory) }
    let isDone = syncFileSystem(descriptor) == 0 || errno == ENOSYS || errno == EINVAL
    let error = SystemError(.write, directory)
    close(descriptor)
    if !isDone { throw error }
  }
}

/// Linux's `syncfs`, which the platform's module hides behind a feature macro.
@_silgen_name("syncfs")
private func syncFileSystem(_ descriptor: Int32) -> Int32

/// A file that is written in parts beside its place and renamed when it is whole.
///
/// One that is never put in its place is removed.
package final class GrowingFile {
  /// What stands behind the name of a file on its way.
  package static let suffix = ".part"

  private let path: String
  private let temporary: String
  private var descriptor: Int32
  private var pending: [UInt8] = []
  private var hash = XXH64.Stream()
  private var isInPlace = false
  /// Bytes written so far.
  package private(set) var size = 0

  /// Opens the file beside its place.
  ///
  /// - Parameter suffix: What stands behind its name until it is whole.
  package init(_ path: String, suffix: String = suffix, mode: UInt32 = 0o666) throws(SystemError) {
    self.path = path
    temporary = path + suffix
    descriptor = FileWriting.createNew(temporary, mode: mode)
    if descriptor < 0 { throw SystemError(.create, path) }
    pending.reserveCapacity(2 * Self.pieceSize)
  }

  private static let pieceSize = 128 << 10

  /// Where the next bytes will stand.
  package var end: Int { size + pending.count }

  /// Appends bytes made by `body`.
  package func append(_ body: (inout [UInt8]) throws(SystemError) -> Void) throws(SystemError) {
    try body(&pending)
    if pending.count >= Self.pieceSize { try flush() }
  }

  private func flush() throws(SystemError) {
    var bytes: [UInt8] = []
    swap(&bytes, &pending)
    hash.update(bytes.span)
    try FileWriting.writeAll(descriptor, bytes.span, name: path)
    size += bytes.count
    bytes.removeAll(keepingCapacity: true)
    swap(&bytes, &pending)
  }

  /// Appends a part of what was written to `bytes`; the part is one that was appended in one piece.
  package func read(_ offset: Int, _ count: Int, into bytes: inout [UInt8]) throws(SystemError) {
    if offset >= size {
      bytes += pending[offset - size..<offset - size + count]
    } else {
      try FileReading.append(descriptor, offset: offset, count: count, to: &bytes, name: path)
    }
  }

  /// Writes what is left and closes the file, which is not in its place yet; nothing can be read from it then.
  ///
  /// - Returns: The digest of all bytes.
  package func finish() throws(SystemError) -> String {
    try flush()
    pending = []
    // A full disk or quota may show at the end alone.
    let isWritten = close(descriptor) == 0
    let failure = SystemError(.write, path)
    descriptor = -1
    if !isWritten { throw failure }
    return hash.hex
  }

  /// Puts the file in its place.
  package func moveIntoPlace() throws(SystemError) {
    if unsafe rename(temporary, path) != 0 { throw SystemError(.rename, temporary) }
    isInPlace = true
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if !isInPlace { unsafe unlink(temporary) }
  }
}
