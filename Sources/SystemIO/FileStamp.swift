// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// What the system says of a file, enough to tell whether it changed.
package struct FileStamp: Hashable, Sendable {
  /// Which file it is: its number, and the device that the number is of.
  package struct Identity: Hashable, Sendable {
    /// The number of the device.
    package let device: UInt64
    /// The file's number on it.
    package let inode: UInt64

    /// Which file it is, as it was noted earlier.
    package init(device: UInt64, inode: UInt64) {
      self.device = device
      self.inode = inode
    }
  }

  /// Size in bytes.
  package let size: Int
  /// Modification time in nanoseconds since 1970; one that does not fit, before 1678 or behind 2262, is the nearest.
  package let modified: Int
  /// When its content, name or rights were last changed, in nanoseconds since 1970; nobody can set this back.
  package let changed: Int
  /// Which file it is.
  package let identity: Identity
  /// Whether it is a folder.
  package let isDirectory: Bool
  /// Whether it is a regular file.
  package let isRegular: Bool
  /// Whether it is a device, of characters or of blocks.
  package let isDevice: Bool
  /// Whether it is a link, where links were not followed.
  package let isLink: Bool

  /// The file's number on its file system.
  package var inode: UInt64 { identity.inode }

  /// The stamp of a path, links followed; `nil` when nothing is there or it cannot be looked at.
  package init?(path: String) {
    var info = stat()
    guard unsafe stat(path, &info) == 0 else { return nil }
    self.init(info)
  }

  /// The stamp of a path that may itself be a link.
  package init?(link path: String) {
    var info = stat()
    guard unsafe lstat(path, &info) == 0 else { return nil }
    self.init(info)
  }

  /// A stamp that was noted earlier.
  package init(size: Int, modified: Int, identity: Identity) {
    self.size = size
    self.modified = modified
    changed = modified
    self.identity = identity
    isDirectory = false
    isRegular = true
    isDevice = false
    isLink = false
  }

  /// A path that is there, without links.
  package static func realPath(_ path: String) -> String? {
    guard let real = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  /// Whether the file was not written to between the two stamps.
  package func isSame(as other: FileStamp) -> Bool {
    size == other.size && modified == other.modified && identity == other.identity
  }

  /// How many seconds it has been left alone.
  ///
  /// A time that lies well ahead says nothing; there it is told from when the file was last changed in any way.
  ///
  /// - Parameter now: Seconds since 1970.
  package func age(at now: Int) -> Int {
    let second = 1_000_000_000
    let own = modified / second
    return own > now + Self.clockSkew ? now - changed / second : now - own
  }

  /// How far the clocks of two machines may lie apart, in seconds.
  private static let clockSkew = 3600

  init(_ info: stat) {
    size = Int(info.st_size)
    modified = Self.nanoseconds(info.st_mtim)
    changed = Self.nanoseconds(info.st_ctim)
    identity = Identity(device: UInt64(info.st_dev), inode: UInt64(info.st_ino))
    let kind = info.st_mode & S_IFMT
    isDirectory = kind == S_IFDIR
    isRegular = kind == S_IFREG
    isDevice = kind == S_IFCHR || kind == S_IFBLK
    isLink = kind == S_IFLNK
  }

  private static func nanoseconds(_ time: timespec) -> Int {
    let (whole, isTooFar) = Int(time.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, isBeyond) = whole.addingReportingOverflow(Int(time.tv_nsec))
    return isTooFar || isBeyond ? (time.tv_sec < 0 ? .min : .max) : sum
  }
}
