#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Writes files beside their place and renames them, so that a reader sees the old or the new file and never a part.
public enum FileWriting {
  /// Replaces a file's content in one step.
  ///
  /// - Parameter mode: Permission bits of a new file, before the process's mask.
  public static func replace(_ path: String, with bytes: Span<UInt8>, mode: UInt32 = 0o666) throws(SystemError) {
    let temporary = path + ".part"
    let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw SystemError("create \(path)") }
    var failure: SystemError?
    var offset = 0
    unsafe bytes.withUnsafeBytes { buffer in
      while offset < buffer.count {
        let wrote = unsafe write(descriptor, buffer.baseAddress.map { unsafe $0 + offset }, buffer.count - offset)
        if wrote < 0 {
          if errno == EINTR { continue }
          failure = SystemError("write \(path)")
          return
        }
        offset += wrote
      }
    }
    if close(descriptor) != 0, failure == nil { failure = SystemError("write \(path)") }
    if failure == nil, unsafe rename(temporary, path) != 0 { failure = SystemError("rename \(temporary)") }
    if let failure {
      unsafe unlink(temporary)
      throw failure
    }
  }

  /// Makes a folder and those above it; one that is there already is fine.
  public static func makeDirectory(_ path: String) throws(SystemError) {
    if unsafe mkdir(path, 0o777) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
      throw SystemError("create folder \(path)")
    }
    try makeDirectory(String(path[..<slash]))
    if unsafe mkdir(path, 0o777) != 0, errno != EEXIST { throw SystemError("create folder \(path)") }
  }

  /// Makes sure that what was written to the file system of `directory` is on the disk.
  public static func synchronize(_ directory: String) {
    let descriptor = unsafe open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    _ = syncFileSystem(descriptor)
    close(descriptor)
  }
}

/// Linux's `syncfs`, which the platform's module hides behind a feature macro.
@_silgen_name("syncfs")
private func syncFileSystem(_ descriptor: Int32) -> Int32
