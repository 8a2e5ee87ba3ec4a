#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// What the system says of a file, enough to tell whether it changed.
package struct FileStamp: Hashable, Sendable {
  /// Size in bytes.
  package let size: Int
  /// Modification time in nanoseconds since 1970.
  package let modified: Int
  /// The file's number on its file system.
  package let inode: UInt64
  /// Whether it is a folder.
  package let isDirectory: Bool
  /// Whether it is a regular file.
  package let isRegular: Bool

  /// The stamp of a path, links followed; `nil` when nothing is there or it cannot be looked at.
  package init?(path: String) {
    var info = stat()
    guard unsafe stat(path, &info) == 0 else { return nil }
    self.init(info)
  }

  /// A stamp that was noted earlier.
  package init(size: Int, modified: Int, inode: UInt64) {
    self.size = size
    self.modified = modified
    self.inode = inode
    isDirectory = false
    isRegular = true
  }

  /// Whether the file was not written to between the two stamps.
  package func isSame(as other: FileStamp) -> Bool {
    size == other.size && modified == other.modified && inode == other.inode
  }

  init(_ info: stat) {
    size = Int(info.st_size)
    modified = Int(info.st_mtim.tv_sec) * 1_000_000_000 + Int(info.st_mtim.tv_nsec)
    inode = UInt64(info.st_ino)
    isDirectory = info.st_mode & S_IFMT == S_IFDIR
    isRegular = info.st_mode & S_IFMT == S_IFREG
  }
}

/// Reads whole files into memory that is kept between calls.
package enum FileReading {
  /// Reads a file.
  ///
  /// - Parameter bytes: Receives the content in place of what it held; its memory is kept.
  /// - Returns: The stamp of the file that was read.
  @discardableResult
  package static func read(_ path: String, into bytes: inout [UInt8]) throws(SystemError) -> FileStamp {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError(.open, path) }
    defer { close(descriptor) }
    var info = stat()
    guard unsafe fstat(descriptor, &info) == 0 else { throw SystemError(.inspect, path) }
    let stamp = FileStamp(info)
    let expected = stamp.isRegular ? stamp.size : 0
    var count = 0
    if bytes.count < expected + 1 { bytes = Array(repeating: 0, count: expected + 1) }
    while true {
      if count == bytes.count { bytes.append(contentsOf: repeatElement(0, count: max(1 << 16, bytes.count))) }
      let got = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe systemRead(descriptor, buffer.baseAddress.map { unsafe $0 + count }, buffer.count - count)
      }
      if got < 0 {
        if errno == EINTR { continue }
        throw SystemError(.read, path)
      }
      if got == 0 { break }
      count += got
    }
    bytes.removeLast(bytes.count - count)
    return stamp
  }

  /// Appends a part of an open file to `bytes`.
  package static func append(
    _ descriptor: Int32, offset: Int, count: Int, to bytes: inout [UInt8], name: String
  ) throws(SystemError) {
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: count))
    var done = 0
    while done < count {
      let got = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe pread(
          descriptor, buffer.baseAddress.map { unsafe $0 + start + done }, count - done, off_t(offset + done))
      }
      if got < 0, errno == EINTR { continue }
      if got <= 0 { throw SystemError(.read, name) }
      done += got
    }
  }

  /// The names in a folder, sorted by bytes, without `.` and `..`.
  package static func names(in directory: String) throws(SystemError) -> [String] {
    guard let handle = unsafe opendir(directory) else { throw SystemError(.openFolder, directory) }
    defer { unsafe closedir(handle) }
    var names: [String] = []
    while let entry = unsafe readdir(handle) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  unsafe read(descriptor, buffer, count)
}

/// A file that is read in parts.
package final class ReadableFile: Sendable {
  private let descriptor: Int32
  private let path: String

  /// Opens a file; `nil` when that is not possible.
  package init?(_ path: String) {
    self.path = path
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { return nil }
  }

  /// Appends up to `count` bytes from a place on; fewer at the end of the file.
  package func read(offset: Int, count: Int, into bytes: inout [UInt8]) throws(SystemError) {
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: count))
    var done = 0
    while done < count {
      let got = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe pread(
          descriptor, buffer.baseAddress.map { unsafe $0 + start + done }, count - done, off_t(offset + done))
      }
      if got < 0, errno == EINTR { continue }
      if got < 0 { throw SystemError(.read, path) }
      if got == 0 { break }
      done += got
    }
    bytes.removeLast(count - done)
  }

  deinit { close(descriptor) }
}
