// SPDX-License-Identifier: Apache-2.0
#if LAID_OUT
  /// What the build laid out of the built-in tables, where the room Knowledge looks for it.
  ///
  /// The text stands in a file that the plugin LayOutTables lets the target TableLayoutWriter write.
  ///
  /// - Parameter count: Takes the number of bytes.
  @c(oncomatch_layout)
  public func layoutOfTables(_ count: UnsafeMutablePointer<Int>) -> UnsafePointer<UInt8> {
    unsafe count.pointee = layout.utf8CodeUnitCount
    return unsafe layout.utf8Start
  }
#endif
