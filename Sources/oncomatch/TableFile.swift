// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Batch
internal import DelimitedText
internal import SystemIO

/// Tables that the `table` commands read and write.
enum TableFile {
  /// The text of a file, unpacked where it is gzipped; ends the program when it cannot be read.
  static func read(_ path: String) throws -> [UInt8] {
    do throws(InputError) {
      return try bytes(path)
    } catch {
      let code = FileStamp(path: StandardInput.path(path)) == nil ? ExitCode.noInput : ExitCode.configuration
      RunLog.error(error, code: code)
      throw code
    }
  }

  /// The text of a file or of standard input, unpacked where it is gzipped.
  static func bytes(_ path: String) throws(InputError) -> [UInt8] {
    do throws(InputError) {
      return try SideFile.text(StandardInput.path(path))
    } catch {
      throw InputError(path: path, problem: error.problem)
    }
  }

  /// Writes lines in one step; ends the program when that fails.
  static func write(_ lines: [String], to path: String) throws {
    let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
    do throws(SystemError) {
      try FileWriting.replace(path, with: bytes.span)
    } catch {
      Console.fail(error.description)
      throw error.operation.isCreation ? ExitCode.cannotCreate : ExitCode.inputOutputError
    }
  }

  /// The last part of a path.
  static func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
