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
    .createFolderIn: "create a folder in",
  ]

  @Test(arguments: SystemError.Operation.allCases)
  func `an error says what was tried, on what, and what the system says`(operation: SystemError.Operation) throws {
    errno = ENOENT
    let error = SystemError(operation, "reports/run.json")
    let words = try #require(Self.words[operation])
    #expect(error.description == "cannot \(words) reports/run.json: No such file or directory")
    #expect(operation.isCreation == words.hasPrefix("create"))
  }

  @Test(arguments: [(ENOSPC, true), (EDQUOT, true), (EACCES, false)])
  func `a full device is told from other errors`(code: Int32, isFull: Bool) {
    errno = code
    #expect(SystemError(.write, "f").isDiskFull == isFull)
  }
}
