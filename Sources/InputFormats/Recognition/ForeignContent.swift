// SPDX-License-Identifier: Apache-2.0
/// Files that are no text tables: told by their first bytes, named as what they are, with what to do.
package enum ForeignContent {
  /// What a file is and what to give instead; `nil` when its bytes are not known to be of such a kind.
  package static func reason(_ bytes: Span<UInt8>) -> String? {
    if let known = signatures.first(where: { begins(bytes, $0.bytes) }) { return known.reason }
    if let reason = textEncoding(bytes) ?? tarReason(bytes) { return reason }
    return words(bytes)
  }

  private struct Signature {
    let bytes: [UInt8]
    let reason: String
  }

  private static let unpack = "(unpack it, or pack it with gzip, which is read)"
  private static let asText = "(save each sheet as text: TSV, or CSV UTF-8)"

  private static let signatures: [Signature] = [
    Signature(bytes: Array("PK\u{3}\u{4}".utf8), reason: "is an Excel workbook or another ZIP archive \(asText)"),
    Signature(bytes: Array("PK\u{5}\u{6}".utf8), reason: "is an empty ZIP archive"),
    Signature(
      bytes: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
      reason: "is an Excel or Word file of the old kind \(asText)"),
    Signature(
      bytes: Array("%PDF".utf8),
      reason: "is a PDF, whose words are not read (ask for the same result as a table)"),
    Signature(bytes: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], reason: "is compressed with xz \(unpack)"),
    Signature(bytes: Array("BZh".utf8), reason: "is compressed with bzip2 \(unpack)"),
    Signature(bytes: [0x28, 0xB5, 0x2F, 0xFD], reason: "is compressed with zstd \(unpack)"),
    Signature(bytes: [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], reason: "is a 7-Zip archive \(unpack)"),
    Signature(bytes: Array("Rar!".utf8), reason: "is a RAR archive \(unpack)"),
    Signature(bytes: [0x04, 0x22, 0x4D, 0x18], reason: "is compressed with LZ4 \(unpack)"),
    Signature(bytes: [0x1F, 0x9D], reason: "is compressed with compress \(unpack)"),
    Signature(
      bytes: Array("CRAM".utf8),
      reason: "is a CRAM of reads, which are not called here (give the calls: VCF or MAF)"),
    Signature(
      bytes: Array("BAM\u{1}".utf8),
      reason: "is a BAM of reads, which are not called here (give the calls: VCF or MAF)"),
    Signature(
      bytes: Array("BCF\u{2}".utf8), reason: "is a binary VCF (BCF) (write it as text: bcftools view -O z)"),
    Signature(bytes: Array("{\\rtf".utf8), reason: "is a rich text document \(asText)"),
    Signature(bytes: [0x89, 0x50, 0x4E, 0x47], reason: "is a picture (PNG)"),
    Signature(bytes: [0xFF, 0xD8, 0xFF], reason: "is a picture (JPEG)"),
    Signature(bytes: Array("GIF8".utf8), reason: "is a picture (GIF)"),
    Signature(bytes: [0x89, 0x48, 0x44, 0x46], reason: "is an HDF5 file (export its tables as text)"),
    Signature(bytes: Array("PAR1".utf8), reason: "is a Parquet file (export it as text)"),
    Signature(bytes: Array("SQLite format 3".utf8), reason: "is an SQLite database (export its tables as text)"),
    Signature(bytes: [0x52, 0x44, 0x58], reason: "is an R workspace (export its tables as text)"),
    Signature(
      bytes: Array("version https://git-lfs".utf8),
      reason: "is a Git LFS pointer and not the file itself (fetch it: git lfs pull)"),
    Signature(
      bytes: Array("/annex/objects/".utf8),
      reason: "is a git-annex pointer and not the file itself (fetch it: git annex get)"),
  ]

  /// UTF-16 and UTF-32, by their mark or by a zero in every other byte.
  private static func textEncoding(_ bytes: Span<UInt8>) -> String? {
    let advice = "(save it as UTF-8; Excel calls that CSV UTF-8 or Text (tab delimited))"
    if begins(bytes, [0xFF, 0xFE, 0x00, 0x00]) || begins(bytes, [0x00, 0x00, 0xFE, 0xFF]) {
      return "is text in UTF-32 \(advice)"
    }
    if begins(bytes, [0xFF, 0xFE]) || begins(bytes, [0xFE, 0xFF]) { return "is text in UTF-16 \(advice)" }
    let count = min(bytes.count, 512)
    guard count >= 8 else { return nil }
    var zeros = [0, 0]
    for index in 0..<count where bytes[index] == 0 { zeros[index & 1] += 1 }
    if zeros[0] + zeros[1] > 0, max(zeros[0], zeros[1]) * 5 >= count * 2, min(zeros[0], zeros[1]) == 0 {
      return "is text in UTF-16 \(advice)"
    }
    return zeros[0] + zeros[1] > 0 ? "is binary and no text (give a table as text)" : nil
  }

  private static func tarReason(_ bytes: Span<UInt8>) -> String? {
    guard bytes.count > 262 else { return nil }
    for (place, byte) in "ustar".utf8.enumerated() where bytes[257 + place] != byte { return nil }
    return "is a TAR archive (unpack it and give the folder)"
  }

  /// Pages and records of text that are no tables.
  private static func words(_ bytes: Span<UInt8>) -> String? {
    var start = 0
    if begins(bytes, [0xEF, 0xBB, 0xBF]) { start = 3 }
    while start < bytes.count, bytes[start] <= 0x20 { start += 1 }
    let rest = bytes.extracting(start..<min(bytes.count, start + 64))
    var lowered = ""
    for index in rest.indices where rest[index] < 0x80 {
      let isUpper = rest[index] >= 0x41 && rest[index] <= 0x5A
      lowered.unicodeScalars.append(UnicodeScalar(rest[index] | (isUpper ? 0x20 : 0)))
    }
    if lowered.hasPrefix("<!doctype html") || lowered.hasPrefix("<html") || lowered.hasPrefix("<head") {
      return "is a page of HTML, mostly an error message in the place of a download (fetch the file again)"
    }
    if ["@hd\t", "@sq\tsn:", "@rg\t"].contains(where: { lowered.hasPrefix($0) }), !holdsSegments(bytes) {
      return "is a SAM of reads, which are not called here (give the calls: VCF or MAF)"
    }
    return nil
  }

  /// GATK writes a header like that of reads above its tables of segments.
  private static func holdsSegments(_ bytes: Span<UInt8>) -> Bool {
    let word = Array("CONTIG\tSTART\tEND".utf8)
    guard bytes.count > word.count else { return false }
    for start in 0..<(min(bytes.count, 1 << 20) - word.count) where bytes[start] == word[0] {
      var same = true
      for index in word.indices where bytes[start + index] != word[index] { same = false; break }
      if same { return true }
    }
    return false
  }

  private static func begins(_ bytes: Span<UInt8>, _ prefix: [UInt8]) -> Bool {
    guard bytes.count >= prefix.count else { return false }
    for index in prefix.indices where bytes[index] != prefix[index] { return false }
    return true
  }
}
