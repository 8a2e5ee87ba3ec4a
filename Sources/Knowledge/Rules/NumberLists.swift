// SPDX-License-Identifier: Apache-2.0

/// Lists of small numbers, all in one array.
///
/// Public and no part of a product: only what is public is compiled into the modules that use it.
public struct NumberLists: Equatable, Sendable, RandomAccessCollection {
  @usableFromInline let numbers: [Int32]
  /// By list: where it begins; one more at the end.
  @usableFromInline let starts: [Int32]

  /// Lists from arrays.
  package init(_ lists: [[Int32]]) {
    numbers = lists.flatMap(\.self)
    starts = lists.reduce(into: [0]) { starts, list in starts.append(starts[starts.count - 1] + Int32(list.count)) }
  }

  /// The places at which an array holds each number, in order; -1 is none.
  ///
  /// - Parameter count: How many numbers there are.
  package init(placesIn array: [Int32], count: Int) {
    var starts = [Int32](repeating: 0, count: count + 1)
    for number in array where number >= 0 { starts[Int(number) + 1] += 1 }
    for number in 0..<count { starts[number + 1] += starts[number] }
    var places = [Int32](repeating: 0, count: Int(starts[count]))
    var next = starts
    for (place, number) in array.enumerated() where number >= 0 {
      places[Int(next[Int(number)])] = Int32(place)
      next[Int(number)] += 1
    }
    (numbers, self.starts) = (places, starts)
  }

  /// As the build laid them out.
  package init(_ stream: inout LaidOutStream) {
    let lengths = stream.array()
    let numbers = stream.array()
    var (starts, end): ([Int32], Int32) = ([0], 0)
    starts.reserveCapacity(lengths.count + 1)
    for length in lengths {
      end = Swift.min(end + Swift.max(length, 0), Int32(numbers.count))
      starts.append(end)
    }
    (self.numbers, self.starts) = (numbers, starts)
  }

  package func write(to numbers: inout LayoutNumbers) {
    numbers.append(map { Int32($0.count) })
    numbers.append(self.numbers)
  }

  /// 0.
  @inlinable public var startIndex: Int { 0 }
  /// How many lists there are.
  @inlinable public var endIndex: Int { starts.count - 1 }

  /// A list by its place.
  @inlinable public subscript(place: Int) -> ArraySlice<Int32> { numbers[Int(starts[place])..<Int(starts[place + 1])] }

  /// How many numbers a list has.
  @inlinable public func count(of place: Int) -> Int { Int(starts[place + 1] - starts[place]) }
}
