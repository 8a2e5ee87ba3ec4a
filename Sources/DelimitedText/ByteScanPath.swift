// SPDX-License-Identifier: Apache-2.0
internal import CByteScan

/// How this build looks for bytes, which the processor it was made for decides; all of them find the same.
package enum ByteScanPath: String, CaseIterable, Sendable {
  /// Byte by byte, on any processor.
  case portable
  /// 16 bytes at once on x86-64.
  case sse2
  /// 16 bytes at once on 64-bit ARM.
  case neon

  /// The path that this build took.
  package static var current: ByteScanPath {
    switch Int(oncomatch_scan_path()) {
    case oncomatch_scan_sse2: .sse2
    case oncomatch_scan_neon: .neon
    default: .portable
    }
  }
}
