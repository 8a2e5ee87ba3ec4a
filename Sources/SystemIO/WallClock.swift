// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// The calendar.
package enum WallClock {
  /// Seconds since 1970.
  package static var seconds: Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return time.tv_sec
  }

  /// `2026-11-23T08:15:00Z`.
  package static func text(_ seconds: Int) -> String {
    var parts = unsafe tm()
    var time = time_t(seconds)
    unsafe gmtime_r(&time, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let year = unsafe 1900 + parts.tm_year
    let date = unsafe [parts.tm_mon + 1, parts.tm_mday].map(two).joined(separator: "-")
    let hour = unsafe [parts.tm_hour, parts.tm_min, parts.tm_sec].map(two).joined(separator: ":")
    return "\(year)-\(date)T\(hour)Z"
  }
}
