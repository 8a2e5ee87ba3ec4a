#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

internal import BatchPipeline

/// The machine the program runs on.
enum Machine {
  /// The date of today, ISO, in UTC.
  static var today: String { BatchRun.today }

  /// Processors that are online.
  static var coreCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
