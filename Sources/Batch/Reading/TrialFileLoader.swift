// SPDX-License-Identifier: Apache-2.0
package import DelimitedText
internal import Gzip
package import Knowledge
internal import SystemIO
internal import TrialFiles

/// Reads the registry files that a lab names.
package enum TrialFileLoader {
  /// Reads files, plain or gzipped, into one registry.
  ///
  /// - Parameter countries: Countries in which a study has to have a site; empty for any.
  package static func read(
    _ paths: [String], countries: [String], table: KnowledgeBase
  ) throws(InputError) -> TrialRegistry {
    let reader = TrialFileReader(table.reference)
    var files: [TrialRegistry.File] = []
    for path in paths {
      let stamp = FileStamp(path: path)
      if stamp?.isDirectory == true {
        throw InputError(path: path, problem: "is a folder (name its files one by one)")
      }
      let date = String(WallClock.text((stamp?.modified ?? 0) / 1_000_000_000).prefix(10))
      let name = path.split(separator: "/").last.map(String.init) ?? path
      do throws(InputError) {
        files.append(try reader.read(try text(of: path), name: name, date: date))
      } catch {
        // A fault of the file as a whole is told under the path that was typed.
        throw InputError(
          path: path, line: error.line, column: error.column, value: error.value, problem: error.problem)
      }
    }
    return TrialRegistry(files, countries: countries)
  }

  private static func text(of path: String) throws(InputError) -> [UInt8] {
    var bytes: [UInt8] = []
    do throws(SystemError) {
      try FileReading.read(path, into: &bytes)
    } catch {
      throw InputError(path: path, problem: error.description)
    }
    guard Gunzip.isGzip(bytes.span) else { return bytes }
    var text: [UInt8] = []
    do throws(GunzipProblem) {
      try Gunzip().unpack(bytes.span, into: &text, limit: TrialFileReader.largestFile)
    } catch {
      throw InputError(path: path, problem: error.description)
    }
    return text
  }
}
