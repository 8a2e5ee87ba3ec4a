// SPDX-License-Identifier: Apache-2.0
import Foundation
import Gzip
import SystemIO
import TestSupport
import Testing

@Suite("gzip, piece by piece")
struct GzipStreamTests {
  /// Texts that make all kinds of blocks and matches.
  static let texts: [(name: String, bytes: [UInt8])] = {
    var state: UInt64 = 42
    func random() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
    let noise = (0..<70_000).map { _ in UInt8(truncatingIfNeeded: random()) }
    let rows = (0..<1500).map { "TP53\tchr17\t\(random() % 7_700_000)\tp.R\($0 % 390)H\tMissense_Mutation\t\($0)" }
    var texts: [(String, [UInt8])] = [
      ("nothing", []), ("one byte", [65]), ("noise", noise), ("rows", Array(rows.joined(separator: "\n").utf8)),
      ("one letter", [UInt8](repeating: 65, count: 90_000)),
      ("few letters", (0..<60_000).map { _ in UInt8(65 + random() % 3) }),
      ("far matches", Array(noise.prefix(32_768) + noise.prefix(32_768) + noise.prefix(300))),
    ]
    for period in [2, 3, 5, 7, 8, 9, 15, 16, 17, 31] {
      texts.append(("period \(period)", (0..<5000).map { UInt8(97 + $0 % period) }))
    }
    return texts
  }()

  /// Unpacks a file whose bytes are given, in pieces of `piece` bytes.
  static func unpack(_ packed: [UInt8], piece: Int = 4000, limit: Int = 1 << 30) throws -> [UInt8] {
    let path = NSTemporaryDirectory() + UUID().uuidString
    try Data(packed).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let stream = try GzipStream(path, expecting: packed.count, limit: limit)
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: GzipStream.history + piece)
    while true {
      let (end, isEnd) = try stream.fill(&buffer, from: GzipStream.history)
      text += buffer[GzipStream.history..<end]
      if isEnd { break }
      let kept = Array(buffer[end - GzipStream.history..<end])
      buffer.replaceSubrange(0..<kept.count, with: kept)
    }
    #expect(stream.digest == XXH64.hex(packed.span))
    return text
  }

  static func problem(_ packed: [UInt8], limit: Int = 1 << 30) -> GunzipProblem? {
    do {
      _ = try unpack(packed, limit: limit)
      return nil
    } catch StreamProblem.gunzip(let problem) {
      return problem
    } catch {
      return .corrupt
    }
  }

  @Test("whatever zlib packs is unpacked, at every level and strategy", arguments: texts.map(\.name))
  func levels(name: String) throws {
    let text = try #require(Self.texts.first { $0.name == name }).bytes
    for level in [0, 1, 6, 9] {
      for strategy in PackingStrategy.allCases {
        let made = try Self.unpack(gzip(text, level: level, strategy: strategy))
        #expect(made == text, "level \(level), \(strategy)")
      }
    }
  }

  @Test("it does not matter where the pieces are cut", arguments: [321, 322, 511, 1000, 32_768, 100_000])
  func pieces(size: Int) throws {
    for (name, text) in Self.texts {
      let made = try Self.unpack(gzip(text), piece: size)
      #expect(made == text, "\(name)")
    }
  }

  @Test("members follow each other; matches do not reach into the one before")
  func members() throws {
    let packed = Self.texts.flatMap { gzip($0.bytes) }
    let made = try Self.unpack(packed)
    #expect(made == Self.texts.flatMap(\.bytes))
    #expect(try Self.unpack(packed + [0, 0, 0, 0]) == made)
    #expect(Self.problem(packed + [0, 0, 7]) == .trailingBytes(offset: packed.count))
    #expect(Self.problem(packed + Array("text".utf8)) == .trailingBytes(offset: packed.count))
  }

  @Test("a file that ends too early is named truncated, wherever it ends")
  func truncated() {
    for text in [Self.texts[3].bytes, Self.texts[2].bytes] {
      let packed = gzip(Array(text.prefix(3000)))
      for count in 2..<packed.count {
        #expect(Self.problem(Array(packed[..<count])) == .truncated, "cut at \(count) of \(packed.count)")
      }
    }
  }

  /// Blocks of `bgzip` beside other members; whether the file may be whole.
  static let blocks: [(name: String, bytes: [UInt8], isWhole: Bool)] = {
    let text = Array("TP53\tp.R175H\n".utf8)
    let (whole, open, plain) = (bgzip(text), bgzip(text, isWhole: false), gzip(text))
    // A block that claims more bytes than it has, as a damaged copy may; the zeros behind it are not its trailer.
    var long = open
    long[16] += 20
    return [
      ("blocks", whole, true), ("blocks without their end", open, false),
      ("a member, then blocks", plain + whole, true),
      ("a member, then blocks without their end", plain + open, false),
      ("blocks, then a member", whole + plain, true), ("blocks and zeros", whole + [0, 0, 0], true),
      ("blocks without their end, then a member", open + plain, true),
      ("a block that claims to be longer", long + [UInt8](repeating: 0, count: 40), false),
      ("such a block and an end", long + bgzip([]), true),
    ]
  }()

  @Test("the block that ends a bgzip file must not be missing, in one piece or in many", arguments: blocks.map(\.name))
  func blockEnds(name: String) throws {
    let (_, bytes, isWhole) = try #require(Self.blocks.first { $0.name == name })
    #expect(Self.problem(bytes) == (isWhole ? nil : .truncated))
    var text: [UInt8] = []
    var problem: GunzipProblem?
    do throws(GunzipProblem) { try Gunzip().unpack(bytes.span, into: &text, limit: 1 << 20) } catch { problem = error }
    #expect(problem == (isWhole ? nil : .truncated))
  }

  @Test("no flipped bit goes unnoticed where it matters")
  func damaged() throws {
    let text = Array(Self.texts[3].bytes.prefix(700))
    let packed = gzip(text)
    for index in 0..<packed.count * 8 {
      var bytes = packed
      bytes[index / 8] ^= 1 << UInt8(index % 8)
      // The time, the system and the flags of the header say nothing of the text.
      if index / 8 < 2 || (4..<10).contains(index / 8) || index / 8 == 3 { continue }
      // Bits between the end of the last block and the trailer stand for nothing.
      let isHarmless = (try? Self.unpack(bytes)) == text
      #expect(Self.problem(bytes) != nil || isHarmless, "bit \(index)")
    }
  }

  @Test("optional fields of a header are passed over")
  func header() throws {
    let plain = gzip(Array("text".utf8))
    let fields: [UInt8] = [3, 0, 1, 2, 3] + Array("name\0".utf8) + Array("remark\0".utf8) + [9, 9]
    var packed = Array(plain[..<10]) + fields + plain[10...]
    packed[3] = 4 + 8 + 16 + 2
    #expect(try Self.unpack(packed) == Array("text".utf8))
  }

  @Test("a text above the limit ends with the limit in the message")
  func limit() {
    let packed = gzip([UInt8](repeating: 65, count: 1 << 20))
    #expect(Self.problem(packed, limit: 1000) == .tooLarge(limit: 1000))
    #expect(Self.problem(packed, limit: 1 << 20) == nil)
  }

  @Test("what is not gzip is handed on as it is")
  func plain() throws {
    let text = Self.texts[3].bytes
    #expect(try Self.unpack(text) == text)
    #expect(try Self.unpack([]) == [])
  }
}
