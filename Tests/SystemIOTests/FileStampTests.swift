// SPDX-License-Identifier: Apache-2.0
import Foundation
import SystemIO
import Testing

struct FileStampTests {
  private static func stamp(_ size: Int, _ modified: Int, device: UInt64 = 1, inode: UInt64) -> FileStamp {
    FileStamp(size: size, modified: modified, identity: FileStamp.Identity(device: device, inode: inode))
  }

  @Test(
    arguments: [
      (stamp(5, 7, inode: 9), true), (stamp(6, 7, inode: 9), false),
      (stamp(5, 8, inode: 9), false), (stamp(5, 7, inode: 10), false),
      // Two disks number their files alike.
      (stamp(5, 7, device: 2, inode: 9), false),
    ])
  func `a file is the same by size, time, device and number`(one: FileStamp, isSame: Bool) {
    let other = Self.stamp(5, 7, inode: 9)
    #expect(one.isSame(as: other) == isSame)
    #expect(other.isSame(as: one) == isSame)
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
    #expect(before.size == after.size && before.identity != after.identity)
    #expect(FileStamp(path: other.path) == nil)
  }
}
