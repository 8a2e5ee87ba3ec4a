// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What libFuzzer calls for every input; the target is named by `FUZZ_TARGET`.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  target.run(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

/// The target of this process.
private let target: FuzzTarget = {
  let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
  guard let target = FuzzTarget(rawValue: name) else {
    print("FUZZ_TARGET '\(name)' is not one of \(FuzzTarget.allCases.map(\.rawValue).joined(separator: " "))")
    exit(64)
  }
  return target
}()

/// Where this process keeps its files: in `FUZZ_FOLDER`, which is thrown away as a whole.
let place: String = {
  let folder = ProcessInfo.processInfo.environment["FUZZ_FOLDER"] ?? NSTemporaryDirectory()
  return folder + "/\(getpid())"
}()

/// Ends the process like any other crash, so that libFuzzer keeps the input.
func require(_ holds: Bool, _ message: @autoclosure () -> String) {
  guard !holds else { return }
  FileHandle.standardError.write(Data("broken promise: \(message())\n".utf8))
  abort()
}
