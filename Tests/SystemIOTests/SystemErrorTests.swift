// SPDX-License-Identifier: Apache-2.0
import Testing
@testable import SystemIO

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

struct SystemErrorTests {
  private static let words: [SystemError.Operation: String] = [
    .open: "open", .openFolder: "open folder", .inspect: "look at", .read: "read", .write: "write", .rename: "rename",
    .lock: "lock", .create: "create", .createFolder: "create folder", .createFiles: "create files in",
    .createFolderIn: "create a folder in", .list: "list folder", .readDevice: "read", .readPipe: "read",
    .readEndless: "read",
  ]
  /// What is wrong with an input that no call of the system finds fault with.
  private static let own: [SystemError.Operation: String] = [
    .readDevice: "it is a device (only files and pipes that end are read)",
    .readPipe: "it is a pipe or a socket (only regular files are read)",
    .readEndless: "it does not end (put what it gives in a file)",
  ]

  @Test(arguments: SystemError.Operation.allCases)
  func `an error says what was tried, on what, and what the system says`(operation: SystemError.Operation) throws {
    errno = ENOENT
    let error = SystemError(operation, "reports/run.json")
    let words = try #require(Self.words[operation])
    let reason = Self.own[operation] ?? "No such file or directory"
    #expect(error.description == "cannot \(words) reports/run.json: \(reason)")
    #expect(operation.isCreation == words.hasPrefix("create"))
  }

  @Test(arguments: [(ENOSPC, true), (EDQUOT, true), (EACCES, false)])
  func `a full device is told from other errors`(code: Int32, isFull: Bool) {
    errno = code
    #expect(SystemError(.write, "f").isDiskFull == isFull)
  }
}
