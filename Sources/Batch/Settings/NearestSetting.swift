// SPDX-License-Identifier: Apache-2.0
/// The known key, option or command that a mistyped one is closest to.
package enum NearestSetting {
  /// What to tell a person.
  package static func advice(for name: String, among known: [String]) -> String {
    let last = name.split(separator: ".").last.map(String.init) ?? name
    let distances = known.map { candidate in
      let end = candidate.split(separator: ".").last.map(String.init) ?? candidate
      return (min(distance(name, candidate), distance(last, end)), candidate)
    }
    guard let nearest = distances.min(by: { $0 < $1 }), nearest.0 <= max(2, last.utf8.count / 2) else {
      return "known: " + known.joined(separator: ", ")
    }
    return "did you mean \(nearest.1)?"
  }

  /// Letters to insert, remove, change or swap.
  static func distance(_ one: String, _ other: String) -> Int {
    let (first, second) = (Array(one.utf8), Array(other.utf8))
    var rows = [Array(0...second.count)]
    for (row, byte) in first.enumerated() {
      var next = [row + 1]
      for (column, otherByte) in second.enumerated() {
        var least = min(rows[row][column] + (byte == otherByte ? 0 : 1), rows[row][column + 1] + 1, next[column] + 1)
        if row > 0, column > 0, byte == second[column - 1], first[row - 1] == otherByte {
          least = min(least, rows[row - 1][column - 1] + 1)
        }
        next.append(least)
      }
      rows.append(next)
    }
    return rows[first.count][second.count]
  }
}
