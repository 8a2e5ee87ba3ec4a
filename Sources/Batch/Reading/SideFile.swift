// SPDX-License-Identifier: Apache-2.0
package import DelimitedText
internal import Gzip
internal import InputFormats
internal import SystemIO

/// Files beside the inputs, such as tables of rules, panels and lists: text, plain or gzipped.
package enum SideFile {
  /// The text of a file without its byte order mark.
  ///
  /// - Parameter largest: Bytes that it may have unpacked.
  /// - Throws: ``InputError`` when it cannot be read, or is no text in UTF-8, with what it is.
  package static func text(_ path: String, upTo largest: Int = 1 << 30) throws(InputError) -> [UInt8] {
    var bytes: [UInt8] = []
    do throws(SystemError) {
      try FileReading.read(path, into: &bytes)
    } catch {
      throw InputError(path: path, problem: error.description)
    }
    if Gunzip.isGzip(bytes.span) {
      var text: [UInt8] = []
      do throws(GunzipProblem) {
        try Gunzip().unpack(bytes.span, into: &text, limit: largest)
      } catch {
        throw InputError(path: path, problem: error.description)
      }
      bytes = text
    }
    if let reason = ForeignContent.reason(bytes.span) { throw InputError(path: path, problem: reason) }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    return bytes
  }
}
