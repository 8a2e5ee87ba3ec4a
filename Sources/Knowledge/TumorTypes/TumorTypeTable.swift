// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// The types of the OncoTree by their numbers, the root first.
struct TumorTypeTable: Sendable {
  /// By number: the code.
  let codes: [String]
  /// By code: the number.
  let numbers: [String: Int32]
  /// By number: the number of the type above, -1 for none.
  let parents: [Int32]
  /// By number: how many types are above.
  let levels: [Int32]
  /// By number: whether it is a tumor of the blood.
  let isBlood: [Bool]
  /// By number: the WHO grade that the code says, -1 for none.
  let grades: [Int32]
  /// By number: where its row begins, of which names are read when they are asked for.
  private let rows: [Int32]
  private let columns: [Int]

  private static let home = BuiltInTable.oncotree
  private static let columnNames = ["code", "name", "main_type", "parent", "tissue", "grade"]

  /// - Parameter bloodCodes: The types that are tumors of the blood with all below them.
  init(bloodCodes: Set<String>) {
    let text = Self.home.text
    let records = text.records(Self.columnNames)
    codes = records.map { $0[0] }
    let numbers = Self.numbers(codes)
    self.numbers = numbers
    let parents = records.map { numbers[$0[3]] ?? -1 }
    self.parents = parents
    var levels = [Int32](repeating: -1, count: records.count)
    var isBlood = [Bool](repeating: false, count: records.count)
    func visit(_ number: Int) {
      guard levels[number] < 0 else { return }
      levels[number] = 0
      let parent = Int(parents[number])
      if parent >= 0, parent != number {
        visit(parent)
        levels[number] = levels[parent] + 1
        isBlood[number] = isBlood[parent]
      }
      if bloodCodes.contains(records[number][0]) { isBlood[number] = true }
    }
    for number in records.indices { visit(number) }
    (self.levels, self.isBlood) = (levels, isBlood)
    grades = records.map { Int32($0[5]) ?? -1 }
    let starts = Self.home.lineStarts
    rows = text.rows.map { starts[$0.line] ?? 0 }
    columns = Self.home.head.columns(Self.columnNames)
  }

  /// As the build laid them out.
  init(_ stream: inout LaidOutStream) {
    codes = stream.texts()
    numbers = Self.numbers(codes)
    (parents, levels, isBlood) = (stream.array(), stream.array(), stream.flags())
    (grades, rows) = (stream.array(), stream.array())
    columns = Self.home.head.columns(Self.columnNames)
  }

  func write(to numbers: inout LayoutNumbers) {
    numbers.append(texts: codes)
    numbers.append(parents)
    numbers.append(levels)
    numbers.append(flags: isBlood)
    numbers.append(grades)
    numbers.append(rows)
  }

  private static func numbers(_ codes: [String]) -> [String: Int32] {
    var numbers: [String: Int32] = [:]
    numbers.reserveCapacity(codes.count)
    for (number, code) in codes.enumerated() { numbers[code] = Int32(number) }
    return numbers
  }

  /// The number of a code; `nil` for what is none.
  func number(_ code: String) -> Int? { numbers[code].map { Int($0) } }

  /// The type of a number with its names.
  func node(_ number: Int) -> TumorTypeTree.Node {
    let cells = Self.home.row(at: Int(rows[number]), line: 0).cells
    func cell(_ column: Int) -> String {
      cells.indices.contains(columns[column]) ? cells[columns[column]] : ""
    }
    return TumorTypeTree.Node(code: codes[number], name: cell(1), mainType: cell(2), tissue: cell(4))
  }

  /// Whether a type is another one or lies below it.
  ///
  /// - Parameter besides: By type: another one that it counts as a kind of.
  func isWithin(_ number: Int, _ other: Int, besides: [Int: Int]) -> Bool {
    var number = number
    while number >= 0 {
      if number == other { return true }
      if let second = besides[number], isWithin(second, other, besides: besides) { return true }
      number = Int(parents[number])
    }
    return false
  }

  /// The level of the lowest type that two types have in common; -1 for none.
  func commonLevel(_ first: Int, _ second: Int) -> Int {
    var (left, right) = (first, second)
    while left != right {
      if levels[left] >= levels[right] { left = Int(parents[left]) } else { right = Int(parents[right]) }
      if left < 0 || right < 0 { return -1 }
    }
    return Int(levels[left])
  }

  /// The nearest type above two, which may be one of them; `nil` where there is none.
  func common(_ one: Int32, _ other: Int32) -> Int32? {
    var (one, other) = (Int(one), Int(other))
    while one != other {
      let isDeeper = levels[one] >= levels[other]
      let parent = Int(parents[isDeeper ? one : other])
      guard parent >= 0, parent != (isDeeper ? one : other) else { return nil }
      if isDeeper { one = parent } else { other = parent }
    }
    return Int32(one)
  }
}
