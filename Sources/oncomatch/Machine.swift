// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

internal import Batch
internal import Synchronization

/// The machine the program runs on.
enum Machine {
  /// The date of today, ISO, in UTC.
  static var today: String { BatchRun.today }

  /// Processors that are online.
  static var coreCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// The processor that the program was built for.
  static var architecture: String {
    #if arch(x86_64)
      "x86_64"
    #elseif arch(arm64)
      "aarch64"
    #else
      "other"
    #endif
  }

  /// How many workers may be asked for.
  static let workerCounts = 1...1024

  /// How many files have to be open at once.
  static let leastFiles = 32

  /// Lets the process open as many files as the system allows it; a merge keeps a table of every shard open.
  ///
  /// - Returns: How many these are.
  static func allowManyFiles() -> Int {
    var limit = rlimit()
    guard unsafe getrlimit(Int32(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return leastFiles }
    limit.rlim_cur = limit.rlim_max
    unsafe setrlimit(Int32(RLIMIT_NOFILE.rawValue), &limit)
    return Int(clamping: limit.rlim_max)
  }

  /// Seconds of a clock that only goes forward.
  static var seconds: Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// A variable of the environment; empty where it is not set.
  static func environment(_ name: String) -> String {
    guard let value = unsafe getenv(name) else { return "" }
    return unsafe String(cString: value)
  }

  /// Makes new files and folders readable by their owner alone.
  static func keepFilesPrivate() { umask(0o077) }
}

/// A wish from outside that the run should end.
enum Interruption {
  private static let received = Atomic<Int32>(0)

  /// The signal that came; 0 while none has.
  static var signal: Int32 { received.load(ordering: .relaxed) }

  /// Takes SIGINT and SIGTERM as a wish to end after the samples in hand; a second one ends the program at once, and so
  /// does the end of the time that is left for them, whatever the program waits for.
  static func watch() {
    var last = sigaction()
    unsafe last.__sigaction_handler.sa_handler = { _ in
      let said: StaticString =
        RunLog.speaksJSON
        ? "{\"type\": \"error\", \"level\": \"error\", \"message\": \"interrupted: the next run does the rest\"}\n"
        : "interrupted: finished samples are complete, the next run does the rest\n"
      _ = unsafe write(2, said.utf8Start, said.utf8CodeUnitCount)
      _exit(128 + Interruption.signal)
    }
    unsafe sigaction(SIGALRM, &last, nil)
    for number in [SIGINT, SIGTERM] {
      var action = sigaction()
      unsafe action.__sigaction_handler.sa_handler = { number in
        Interruption.received.store(number, ordering: .relaxed)
        // What is left for the samples in hand: 1.4 s.
        var time = itimerval()
        time.it_value.tv_sec = 1
        time.it_value.tv_usec = 400_000
        unsafe setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &time, nil)
      }
      action.sa_flags = Int32(truncatingIfNeeded: SA_RESETHAND)
      unsafe sigaction(number, &action, nil)
    }
    // A file that may not grow further is an error to report, not the end.
    var ignored = sigaction()
    unsafe ignored.__sigaction_handler.sa_handler = SIG_IGN
    unsafe sigaction(SIGXFSZ, &ignored, nil)
    // A parent may have left them blocked.
    var wanted = sigset_t()
    unsafe sigemptyset(&wanted)
    for number in [SIGINT, SIGTERM, SIGALRM] { unsafe sigaddset(&wanted, number) }
    unsafe pthread_sigmask(SIG_UNBLOCK, &wanted, nil)
  }
}
