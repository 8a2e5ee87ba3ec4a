// SPDX-License-Identifier: Apache-2.0
internal import CZlib

/// Unpacks gzip members piece by piece through zlib, which reads every odd stream.
@safe struct InflateStream: ~Copyable {
  /// What one step did.
  enum Step: Equatable {
    /// Bytes taken and bytes made; both 0 when more input is needed.
    case progress(consumed: Int, produced: Int)
    /// A member ended after this many bytes taken and made.
    case end(consumed: Int, produced: Int)
    case corrupt
  }

  private let stream: UnsafeMutablePointer<z_stream>

  init() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // 15 window bits plus 16: gzip framing, check sums verified.
    let status = unsafe inflateInit2_(stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib cannot start")
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Makes ready for the next member.
  mutating func reset() { unsafe inflateReset(stream) }

  /// Unpacks as much as fits.
  mutating func step(_ packed: Span<UInt8>, into text: inout [UInt8], at start: Int = 0) -> Step {
    let available = min(packed.count, 1 << 30)
    let room = min(text.count - start, 1 << 30)
    var status: Int32 = Z_OK
    var consumed = 0
    var produced = 0
    unsafe packed.withUnsafeBufferPointer { input in
      unsafe text.withUnsafeMutableBufferPointer { output in
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        unsafe stream.pointee.avail_in = UInt32(available)
        unsafe stream.pointee.next_out = output.baseAddress.map { unsafe $0 + start }
        unsafe stream.pointee.avail_out = UInt32(room)
        status = unsafe inflate(stream, Z_NO_FLUSH)
        consumed = available - Int(unsafe stream.pointee.avail_in)
        produced = room - Int(unsafe stream.pointee.avail_out)
      }
    }
    switch status {
    case Z_STREAM_END: return .end(consumed: consumed, produced: produced)
    case Z_OK, Z_BUF_ERROR: return .progress(consumed: consumed, produced: produced)
    default: return .corrupt
    }
  }
}
