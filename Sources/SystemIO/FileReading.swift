// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Reads whole files into memory that is kept between calls.
package enum FileReading {
  /// What a pipe may give, in bytes.
  package static let largestPipe = 256 << 20
  /// What a file may grow by while it is read, in bytes.
  private static let largestGrowth = 64 << 20

  /// Reads a file, or a pipe that ends.
  ///
  /// Neither waits for a pipe that nobody writes to nor reads without end: a device is refused, and so is a pipe that
  /// gives too much.
  ///
  /// - Parameters:
  ///   - bytes: Receives the content in place of what it held; its memory is kept.
  ///   - isRegular: Whether it has to be a regular file, and no pipe.
  /// - Returns: The stamp of the file that was read.
  @discardableResult
  package static func read(
    _ path: String, into bytes: inout [UInt8], isRegular: Bool = false
  ) throws(SystemError) -> FileStamp {
    let (descriptor, stamp) = try opened(path, isRegular: isRegular)
    defer { close(descriptor) }
    let expected = stamp.isRegular ? stamp.size : 0
    let most = stamp.isRegular ? expected + largestGrowth : largestPipe
    var room = expected + 1
    bytes.makeEmpty(room: room)
    while true {
      if bytes.count == room { room += max(1 << 16, room) }
      let got = bytes.append(atMost: room - bytes.count, from: descriptor)
      if got < 0 {
        if errno == EINTR { continue }
        throw SystemError(.read, path)
      }
      if got == 0 { break }
      if bytes.count > most { throw SystemError(.readEndless, path, code: EFBIG) }
    }
    return stamp
  }

  /// Opens a file to read it.
  ///
  /// A pipe in the place of a file does not hold the program up: what lies there is looked at before it is read.
  ///
  /// - Parameter isRegular: Whether it has to be a regular file, and no pipe.
  package static func opened(
    _ path: String, isRegular: Bool
  ) throws(SystemError) -> (descriptor: Int32, stamp: FileStamp) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw SystemError(.open, path) }
    var info = stat()
    guard unsafe fstat(descriptor, &info) == 0 else {
      let error = SystemError(.inspect, path)
      close(descriptor)
      throw error
    }
    let stamp = FileStamp(info)
    if stamp.isRegular || stamp.isDirectory { return (descriptor, stamp) }
    if isRegular || stamp.isDevice {
      close(descriptor)
      throw SystemError(stamp.isDevice ? .readDevice : .readPipe, path, code: EINVAL)
    }
    // What is read of a pipe is waited for.
    _ = fcntl(descriptor, F_SETFL, 0)
    return (descriptor, stamp)
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

  /// What lies in a folder.
  package struct Names {
    /// The names, sorted by bytes, without `.` and `..`.
    package var names: [String] = []
    /// Names that are not UTF-8, with `%` and two digits for each byte that is not ASCII.
    package var undecodable: [String] = []
  }

  /// The names in a folder.
  ///
  /// - Throws: ``SystemError`` also where the listing breaks off: half of a folder is not the folder.
  package static func list(_ directory: String) throws(SystemError) -> Names {
    guard let handle = unsafe opendir(directory) else { throw SystemError(.openFolder, directory) }
    defer { unsafe closedir(handle) }
    var found = Names()
    while true {
      errno = 0
      guard let entry = unsafe readdir(handle) else {
        guard errno == 0 else { throw SystemError(.list, directory) }
        break
      }
      let bytes = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: UInt8.self, capacity: 256) { name in
          unsafe Array(UnsafeBufferPointer(start: name, count: strnlen(UnsafeRawPointer(name), 256)))
        }
      }
      if let name = String(validating: bytes, as: UTF8.self) {
        if name != ".", name != ".." { found.names.append(name) }
      } else {
        found.undecodable.append(escaped(bytes))
      }
    }
    found.names.sort { $0.isBefore($1) }
    found.undecodable.sort()
    return found
  }

  private static func escaped(_ bytes: [UInt8]) -> String {
    var name = ""
    for byte in bytes {
      if byte < 0x80 {
        name.unicodeScalars.append(UnicodeScalar(byte))
      } else {
        name += "%" + String(byte, radix: 16, uppercase: true)
      }
    }
    return name
  }

  /// The names in a folder, sorted by bytes, without `.` and `..`, and without those that are not UTF-8.
  package static func names(in directory: String) throws(SystemError) -> [String] { try list(directory).names }
}

private func strnlen(_ text: UnsafeRawPointer, _ most: Int) -> Int {
  var count = 0
  while count < most, unsafe text.load(fromByteOffset: count, as: UInt8.self) != 0 { count += 1 }
  return count
}

/// `read`, whose name other functions of the house take.
func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  unsafe read(descriptor, buffer, count)
}

/// A file that is read in parts.
package final class ReadableFile: Sendable {
  private let descriptor: Int32
  private let path: String

  /// Opens a file; `nil` when that is not possible, or it is a pipe or a device.
  package init?(_ path: String) {
    self.path = path
    guard let opened = try? FileReading.opened(path, isRegular: true) else { return nil }
    descriptor = opened.descriptor
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
