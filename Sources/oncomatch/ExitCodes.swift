// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser

/// The exit codes of the program (guide: Runs, Exit codes).
extension ExitCode {
  static let someSamplesFailed = ExitCode(3)
  static let badInput = ExitCode(65)
  static let noInput = ExitCode(66)
  static let cannotCreate = ExitCode(73)
  static let inputOutputError = ExitCode(74)
  static let temporaryFailure = ExitCode(75)
  static let configuration = ExitCode(78)
}
