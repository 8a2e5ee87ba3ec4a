import ArgumentParser
import CLibdeflate
import Foundation

/// Makes batches of tumor files of realistic width from a seed, for benchmarks.
@main
struct Generate: ParsableCommand {
  @Argument(help: "Folder or, with --cohort, file to write.")
  var output: String

  @Option(help: "Samples.")
  var samples = 1000

  @Option(help: "Mutations a sample.")
  var rows = 300

  @Option(help: "Seed.")
  var seed: UInt64 = 20_261_123

  @Flag(help: "One file for all samples.")
  var cohort = false

  @Flag(help: "Also write copy number and fusions of each sample.")
  var withCopyNumber = false

  func run() throws {
    let head = "#version 2.4\n" + MAFRows.header.joined(separator: "\t") + "\n"
    if cohort {
      var packer = Packer()
      FileManager.default.createFile(atPath: output, contents: nil)
      let file = try FileHandle(forWritingTo: URL(filePath: output))
      var text = head
      // One stream in many blocks would be bgzip; a single member is what gzip makes, so the text is packed as a whole.
      for sample in 0..<samples {
        var maker = MAFRows(seed: seed &+ UInt64(sample))
        for _ in 0..<rows { text += maker.row(sample: Self.name(sample)) }
      }
      try file.write(contentsOf: packer.pack(text))
      return
    }
    for sample in 0..<samples {
      var packer = Packer()
      let name = Self.name(sample)
      let folder = output + "/" + name
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      var maker = MAFRows(seed: seed &+ UInt64(sample))
      var text = head
      for _ in 0..<rows { text += maker.row(sample: name) }
      try packer.pack(text).write(to: URL(filePath: "\(folder)/\(name).maf.gz"))
      guard withCopyNumber else { continue }
      var random = SplitMix(seed: seed ^ UInt64(sample))
      var calls = "Hugo_Symbol\tEntrez_Gene_Id\tSample_Id\tValue\n"
      for gene in ["PTEN", "RB1", "CDKN2A", "MDM2", "CDK4", "ERBB2", "EGFR", "MET", "FGFR1", "BRCA2", "KIT", "PDGFRA"] {
        calls += "\(gene)\t0\t\(name)\t\(random.pick(["0", "0", "0", "0", "1", "-1", "2", "-2"]))\n"
      }
      try packer.pack(calls).write(to: URL(filePath: "\(folder)/\(name).cna.tsv.gz"))
    }
  }

  private static func name(_ number: Int) -> String {
    let digits = String(number)
    return "SAMPLE-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }
}

/// Packs texts as gzip at the level that gzip uses.
struct Packer {
  private let compressor = libdeflate_alloc_compressor(6)

  mutating func pack(_ text: String) -> Data {
    let bytes = Array(text.utf8)
    var packed = [UInt8](repeating: 0, count: libdeflate_gzip_compress_bound(compressor, bytes.count))
    let size = libdeflate_gzip_compress(compressor, bytes, bytes.count, &packed, packed.count)
    return Data(packed.prefix(size))
  }
}
