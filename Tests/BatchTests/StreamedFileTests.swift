// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import InputFormats
import Foundation
import Gzip
import SystemIO
import TestSupport
import Testing
@testable import Batch

/// What reading a file from end to end says of it.
private enum GzipProblems {
  static func ofStream(_ path: String) -> String? {
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    do {
      let stream = try GzipStream(path, expecting: nil, limit: 1 << 30)
      while true { if try stream.fill(&buffer, from: GzipStream.history).isEnd { return nil } }
    } catch {
      return "\(error)"
    }
  }
}

@Suite("Large files, read in parts")
struct StreamedFileTests {
  private static let header =
    "Hugo_Symbol\tVariant_Classification\tHGVSp_Short\tTumor_Sample_Barcode\tt_alt_count\tt_depth\tFILTER\tRemark\n"

  /// Rows of many samples, some of them rejected or filtered, one very long.
  private static func rows(_ count: Int, end: String = "\n") -> String {
    (0..<count).map { number in
      switch number % 11 {
      case 3: "\tMissense_Mutation\tp.R1H\tS\(number % 7)\t1\t2\tPASS\t"
      case 5: "TP53\tIntron\t\tS\(number % 7)\t1\t2\tPASS\t"
      case 7: "TP53\tMissense_Mutation\tp.R175H\tS\(number % 7)\t1\t2\tlow_quality\t"
      case 9: "# a remark"
      default:
        "KRAS\tMissense_Mutation\tp.G\(number)D\tS\(number % 7)\t\(number)\t\(number * 2)\tPASS\t"
          + (number % 97 == 0 ? String(repeating: "x", count: 9000) : "")
      }
    }.joined(separator: end)
  }

  private static func describe(_ outcome: FileLoader.Outcome) -> [String] {
    var lines = [
      "\(outcome.content.format) \(outcome.content.rowsRead) \(outcome.content.failure?.description ?? "whole")"
    ]
    for batch in outcome.content.batches {
      lines.append("\(batch.sampleID) \(batch.counts)")
      for record in batch.records {
        lines.append("\(record.line) \(record.texts(in: batch)) \(record.mutation?.altCount ?? -1)")
      }
    }
    lines += outcome.content.rejected.map(\.description)
    lines += outcome.content.filteredReasons.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    return lines
  }

  @Test(
    "a file that was written to since it was found is not used, and says so",
    arguments: ["plain", "gzip", "bgzip"])
  func changed(packing: String) throws {
    let path = NSTemporaryDirectory() + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: path) }
    let text = Array((Self.header + Self.rows(3000)).utf8)
    let bytes = packing == "gzip" ? gzip(text) : packing == "bgzip" ? bgzip(text) : text
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let now = try #require(FileStamp(path: path))
    func read(_ stamp: FileStamp) -> FileLoader.Outcome {
      StreamedFile(path, expecting: stamp, maxTextSize: 1 << 30, helpers: nil, partSize: 1 << 14).read()
    }
    #expect(read(now).content.failure == nil)
    #expect(read(now).content.rowsRead > 2000)
    for stamp in [
      FileStamp(size: now.size, modified: now.modified - 1, identity: now.identity),
      FileStamp(
        size: now.size, modified: now.modified,
        identity: FileStamp.Identity(device: now.identity.device, inode: now.identity.inode + 1)),
    ] {
      let outcome = read(stamp)
      #expect(
        outcome.content.failure?.description.contains("changed while it was read") == true,
        "\(outcome.content.failure as Any)")
      #expect(outcome.content.batches.isEmpty, "nothing of it is used")
    }
  }

  private func compare(_ text: String, parts: [Int] = [400, 1000, 4096, 70_000], _ pack: ([UInt8]) -> [UInt8]) throws {
    let path = NSTemporaryDirectory() + UUID().uuidString
    try Data(pack(Array(text.utf8))).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    var task = FileLoader(maxTextSize: 1 << 30)
    let whole = task.read(path)
    for size in parts {
      for workers in [0, 1, 3] {
        let streamed = Self.read(path, size, workers)
        #expect(streamed.digest == whole.digest)
        let (one, other) = (Self.describe(streamed), Self.describe(whole))
        let difference = zip(one, other).first { $0 != $1 }
        #expect(difference == nil && one.count == other.count, "parts of \(size), \(workers) helpers")
      }
    }
  }

  /// Reads with workers beside that take jobs until all is done.
  private static func read(_ path: String, _ size: Int, _ workers: Int) -> FileLoader.Outcome {
    let stamp = FileStamp(path: path)
    guard workers > 0 else {
      return StreamedFile(path, expecting: stamp, maxTextSize: 1 << 30, helpers: nil, partSize: size).read()
    }
    let board = WorkQueue<Int>(files: [], workers: workers)
    let group = DispatchGroup()
    for _ in 1..<max(2, workers) {
      DispatchQueue.global().async(group: group) {
        while true {
          switch board.next() {
          case .help(let job): job()
          default: return
          }
        }
      }
    }
    let outcome = StreamedFile(path, expecting: stamp, maxTextSize: 1 << 30, helpers: board, partSize: size).read()
    board.close()
    group.wait()
    return outcome
  }

  @Test("the content is that of the file read whole, however parts are cut and whoever reads them")
  func content() throws {
    try compare("#version 2.4\n" + Self.header + Self.rows(1200)) { gzip($0) }
    try compare("#version 2.4\n" + Self.header + Self.rows(1200) + "\n") { $0 }
  }

  @Test("ends of line may be of any kind")
  func lineEnds() throws {
    try compare((Self.header + Self.rows(500)).replacingOccurrences(of: "\n", with: "\r\n")) { gzip($0) }
    try compare((Self.header + Self.rows(500)).replacingOccurrences(of: "\n", with: "\r")) { gzip($0) }
    try compare(Self.header + String(repeating: "\n", count: 20_000) + Self.rows(20)) { gzip($0) }
  }

  @Test("a file of a kind that is read in one piece is read in one piece")
  func wholeFiles() throws {
    let rows = (0..<800).map { "GENE\($0)\t\($0 % 3)\t0\t-2" }.joined(separator: "\n")
    try compare("Hugo_Symbol\tS1\tS2\tS3\n" + rows) { gzip($0) }
    try compare(String(repeating: "no table\n", count: 5000)) { gzip($0) }
  }

  @Test("a header without rows is a file without rows")
  func empty() throws { try compare(Self.header) { gzip($0) } }

  @Test("blocks of bgzip are unpacked by all workers and joined in order", arguments: [100, 3000, 65_280])
  func blocks(size: Int) throws {
    try compare("#version 2.4\n" + Self.header + Self.rows(1200), parts: [4096]) { bgzip($0, block: size) }
    try compare(Self.header + Self.rows(1200, end: "\r\n") + "\r\n", parts: [4096]) { bgzip($0, block: size) }
    // Another member between blocks, and zeros at the end.
    try compare(Self.header + Self.rows(900), parts: [4096]) {
      bgzip(Array($0.prefix(5000)), block: size) + gzip(Array($0.dropFirst(5000))) + bgzip([]) + [0, 0, 0]
    }
  }

  @Test("ends of a rearrangement find each other across the whole of a VCF")
  func rearrangements() throws {
    let fields = "Allele|Consequence|SYMBOL|BIOTYPE|HGVSc|HGVSp|PICK|MANE_SELECT|CANONICAL|gnomADe_AF"
    var text = """
      ##fileformat=VCFv4.2
      ##INFO=<ID=CSQ,Number=.,Type=String,Description="Consequence annotations from Ensembl VEP. Format: \(fields)">
      #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO
      2\t10\tb1\tA\tA[2:29[\t.\tPASS\tMATEID=b2;CSQ=[2:29[|intron_variant|EML4|protein_coding|||1|||

      """
    for position in 11..<900 {
      text += "2\t\(position)\t.\tA\tT\t.\tPASS\tCSQ=T|missense_variant|KRAS|protein_coding|c.35G>A|p.Gly12Asp|1|||\n"
    }
    text += "2\t2900\tb2\tA\t]2:10]A\t.\tPASS\tMATEID=b1;CSQ=]2:10]|intron_variant|ALK|protein_coding|||1|||\n"
    try compare(text) { bgzip($0, block: 9000) }
    let path = NSTemporaryDirectory() + UUID().uuidString
    try Data(gzip(Array(text.utf8))).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let content = Self.read(path, 1000, 2).content
    let fusion = try #require(content.batches.first?.records.last { $0.kind == .fusion }?.fusion)
    #expect(content.batches[0].string(fusion.first) + content.batches[0].string(fusion.second) == "ALKEML4")
  }

  @Test("a file of blocks without the block that ends it has lost some, and fails")
  func lostBlocks() throws {
    let path = NSTemporaryDirectory() + UUID().uuidString
    try Data(bgzip(Array((Self.header + Self.rows(900)).utf8), block: 4000, isWhole: false))
      .write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    var task = FileLoader(maxTextSize: 1 << 30)
    for outcome in [task.read(path), Self.read(path, 1000, 0), Self.read(path, 1000, 2)] {
      #expect(outcome.content.failure?.problem.contains("truncated") == true)
      #expect(outcome.content.batches.isEmpty)
    }
    #expect(GzipProblems.ofStream(path)?.contains("truncated") == true)
  }

  @Test("a file that is cut short fails, and nothing of it is kept")
  func truncated() throws {
    let path = NSTemporaryDirectory() + UUID().uuidString
    let packed = gzip(Array((Self.header + Self.rows(1200)).utf8))
    try Data(packed.dropLast(packed.count / 2)).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    for workers in [0, 2] {
      let outcome = Self.read(path, 1000, workers)
      #expect(outcome.content.failure?.problem.contains("truncated") == true)
      #expect(outcome.content.batches.isEmpty)
    }
  }
}
