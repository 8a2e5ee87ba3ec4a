// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// An error number of the system with the words for it.
public struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was tried.
  public enum Operation: Hashable, Sendable, CaseIterable {
    case open, openFolder, list, inspect, read, write, rename, lock
    /// Something that is no file, or does not end.
    case readDevice, readPipe, readEndless
    case create, createFolder
    /// Anything in a folder.
    case createFiles
    /// A folder of a name of its own in a folder.
    case createFolderIn

    /// Whether something new was to be made.
    public var isCreation: Bool {
      switch self {
      case .create, .createFolder, .createFiles, .createFolderIn: true
      case .open, .openFolder, .list, .inspect, .read, .write, .rename, .lock: false
      case .readDevice, .readPipe, .readEndless: false
      }
    }

    /// What stands before the path.
    var words: String {
      switch self {
      case .open: "open"
      case .openFolder: "open folder"
      case .list: "list folder"
      case .inspect: "look at"
      case .read, .readDevice, .readPipe, .readEndless: "read"
      case .write: "write"
      case .rename: "rename"
      case .lock: "lock"
      case .create: "create"
      case .createFolder: "create folder"
      case .createFiles: "create files in"
      case .createFolderIn: "create a folder in"
      }
    }
  }

  /// The error number.
  public let code: Int32
  /// What was tried.
  public let operation: Operation
  /// The file or folder it was tried on.
  public let path: String

  /// The error that the system just reported.
  package init(_ operation: Operation, _ path: String) {
    code = errno
    self.operation = operation
    self.path = path
  }

  /// An error that the program itself found.
  package init(_ operation: Operation, _ path: String, code: Int32) {
    self.code = code
    self.operation = operation
    self.path = path
  }

  /// `cannot open reports/run.json: ` and the system's words.
  public var description: String {
    "cannot \(operation.words) \(path): \(reason)"
  }

  private var reason: String {
    switch operation {
    case .readDevice: "it is a device (only files and pipes that end are read)"
    case .readPipe: "it is a pipe or a socket (only regular files are read)"
    case .readEndless: "it does not end (put what it gives in a file)"
    default: unsafe String(cString: strerror(code))
    }
  }

  /// Whether the device is full or a quota is reached.
  public var isDiskFull: Bool { code == ENOSPC || code == EDQUOT }
}
