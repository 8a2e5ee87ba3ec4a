import Foundation
import SystemIO
import Testing

struct FileStampTests {
  @Test(
    arguments: [
      (FileStamp(size: 5, modified: 7, inode: 9), true), (FileStamp(size: 6, modified: 7, inode: 9), false),
      (FileStamp(size: 5, modified: 8, inode: 9), false), (FileStamp(size: 5, modified: 7, inode: 10), false),
    ])
  func `a file is the same by size, time and number`(stamp: FileStamp, isSame: Bool) {
    let other = FileStamp(size: 5, modified: 7, inode: 9)
    #expect(stamp.isSame(as: other) == isSame)
    #expect(other.isSame(as: stamp) == isSame)
  }

  @Test func `a file that takes another's place has another number`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (place, other) = (folder.appending(path: "a"), folder.appending(path: "b"))
    try Data("one".utf8).write(to: place)
    let before = try #require(FileStamp(path: place.path))
    try Data("two".utf8).write(to: other)
    let moved = unsafe rename(other.path, place.path)
    #expect(moved == 0)
    let after = try #require(FileStamp(path: place.path))
    #expect(before.size == after.size && before.inode != after.inode)
    #expect(FileStamp(path: other.path) == nil)
  }
}
